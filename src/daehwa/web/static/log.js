/** The log: a conversation's exchanges on the screen, and what of them is in view. */

import { $ } from "./dom.js";
import { ExchangeView } from "./messages.js";

const NEAR = 64; // pixels from the bottom that still count as being there

/** Keeps to the bottom of the log only while the person is there. */
class Follower {
  #log = $("log");
  #newer = $("newer");
  #stuck = true;
  #still = false;
  #top = 0;

  constructor() {
    const log = this.#log;
    log.addEventListener("scroll", () => {
      const up = log.scrollTop < this.#top - 1;
      this.#top = log.scrollTop;
      if (log.scrollHeight - log.clientHeight - log.scrollTop < NEAR) this.#stick(true);
      else if (up) this.#stick(false);
    }, { passive: true });
    log.addEventListener("wheel", ({ deltaY }) => {
      if (deltaY < 0 && log.scrollHeight > log.clientHeight + 1) this.#stick(false);
    }, { passive: true });
    this.#newer.addEventListener("click", () => {
      this.toEnd({ smooth: true });
      log.focus({ preventScroll: true });
    });
    const follow = new ResizeObserver(() => this.#stuck && this.#jump());
    follow.observe($("content"));
    follow.observe(log);
  }

  /** A first page is read from its top: nothing is followed. @param {boolean} still */
  set still(still) {
    if (still && !this.#still) this.#log.scrollTop = 0;
    this.#still = still;
  }

  /** Something new is there: follow it, or offer to. */
  arrived() {
    if (this.#stuck) this.#jump();
    else this.#newer.hidden = false;
  }

  /** Go to the end and stay there. */
  toEnd({ smooth = false } = {}) {
    this.#stick(true);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (smooth && !calm) this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: "smooth" });
    else this.#jump();
  }

  /** @param {boolean} stuck */
  #stick(stuck) {
    this.#stuck = stuck;
    if (stuck) this.#newer.hidden = true;
  }

  #jump() {
    if (this.#still) return;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#top = this.#log.scrollTop;
  }
}

export class Log extends Follower {
  /** @type {{ conversation: Conversation, scene: Scene } | undefined} */
  #talk;
  /** @type {Map<Exchange, ExchangeView>} */
  #views = new Map();
  #pending = 0;

  /** Show a conversation, or the same one in other words. @param {Conversation} conversation @param {Scene} scene */
  show(conversation, scene) {
    this.#talk = { conversation, scene };
    for (const { element } of this.#views.values()) element.remove();
    this.#views.clear();
  }

  drawSoon() {
    this.#pending ||= requestAnimationFrame(() => this.draw());
  }

  /** Bring the whole log up to date; only what changed is touched. */
  draw() {
    cancelAnimationFrame(this.#pending);
    this.#pending = 0;
    if (!this.#talk) return;
    const { conversation: { exchanges, running, expired }, scene } = this.#talk;
    for (const [exchange, view] of this.#views) {
      if (exchanges.includes(exchange)) continue;
      view.element.remove();
      this.#views.delete(exchange);
    }
    const made = [];
    for (const exchange of exchanges) {
      if (!this.#views.has(exchange)) {
        const view = new ExchangeView(exchange, scene);
        this.#views.set(exchange, view);
        made.push(view.element);
      }
      this.drawOne(exchange);
    }
    $("turns").append(...made);
    const begun = exchanges.length > 0;
    $("welcome").hidden = false;
    $("welcome").classList.toggle("small", begun);
    $("starters").hidden = begun || !scene.starters.length;
    this.still = !begun;
    $("others").hidden = begun || !$("others-list").childElementCount;
    $("expired").hidden = !expired || running;
    // Once for all: following means a layout of the whole talk.
    if (running || made.length) this.arrived();
  }

  /** @param {Exchange} exchange */
  drawOne(exchange) {
    const { exchanges, running } = this.#talk?.conversation ?? { exchanges: [], running: false };
    this.#views.get(exchange)?.update({ last: exchange === exchanges.at(-1), busy: running });
  }
}
