/** Whether the server can be reached, and trying again with growing pauses. */

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * Tells "waiting" (detail: seconds until the next try), "trying" and "found".
 * `probe` is any cheap request; it rejects while the server is away.
 */
export class Connection extends EventTarget {
  #probe;
  #pause = FIRST_MS;
  #timer;
  lost = false;

  constructor(probe) {
    super();
    this.#probe = probe;
    addEventListener("online", () => this.lost && this.now());
    addEventListener("offline", () => this.lose());
  }

  /** The server did not answer: say so, and begin to try again. */
  lose() {
    if (this.lost) return;
    this.lost = true;
    this.#pause = FIRST_MS;
    this.#wait();
  }

  /** Try at once. */
  async now() {
    clearTimeout(this.#timer);
    this.#tell("trying");
    try {
      await this.#probe();
    } catch {
      this.#pause = Math.min(this.#pause * 2, LONGEST_MS);
      this.#wait();
      return;
    }
    this.lost = false;
    this.#tell("found");
  }

  #wait() {
    const until = Date.now() + this.#pause * (0.8 + 0.4 * Math.random());
    const tick = () => {
      const left = until - Date.now();
      if (left <= 0) {
        this.now();
        return;
      }
      this.#tell("waiting", Math.ceil(left / 1000));
      this.#timer = setTimeout(tick, Math.min(left, 1000));
    };
    clearTimeout(this.#timer);
    tick();
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
