/** Staying at the bottom of the log only while the person is there. */

const NEAR = 64; // pixels from the bottom that still count as being there

export class Follower {
  #log;
  #button;
  #stuck = true;
  #top = 0;

  constructor(log, content, button) {
    this.#log = log;
    this.#button = button;
    log.addEventListener("scroll", () => {
      const up = log.scrollTop < this.#top - 1;
      this.#top = log.scrollTop;
      if (this.#atBottom()) this.#stick(true);
      else if (up) this.#stick(false);
    }, { passive: true });
    log.addEventListener("wheel", ({ deltaY }) => deltaY < 0 && this.#overflows() && this.#stick(false), { passive: true });
    button.addEventListener("click", () => {
      this.toEnd({ smooth: true });
      log.focus({ preventScroll: true });
    });
    const follow = new ResizeObserver(() => this.#stuck && this.#jump());
    follow.observe(content);
    follow.observe(log);
  }

  /** Something new is there: follow it, or offer to. */
  arrived() {
    if (this.#stuck) this.#jump();
    else this.#button.hidden = false;
  }

  /** Go to the end and stay there. */
  toEnd({ smooth = false } = {}) {
    this.#stick(true);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (smooth && !calm) this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: "smooth" });
    else this.#jump();
  }

  #overflows() {
    return this.#log.scrollHeight > this.#log.clientHeight + 1;
  }

  #atBottom() {
    return this.#log.scrollHeight - this.#log.clientHeight - this.#log.scrollTop < NEAR;
  }

  #stick(stuck) {
    this.#stuck = stuck;
    if (stuck) this.#button.hidden = true;
  }

  #jump() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#top = this.#log.scrollTop;
  }
}
