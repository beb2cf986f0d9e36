/** What the browser remembers for one widget; nothing is shared between two of them. */
export class Store extends EventTarget {
  #prefix;
  #memory = new Map();

  constructor(widget) {
    super();
    this.#prefix = `daehwa:${widget}:`;
    addEventListener("storage", ({ key, newValue }) => {
      if (key?.startsWith(this.#prefix) && newValue !== null)
        this.dispatchEvent(new CustomEvent("elsewhere", { detail: key.slice(this.#prefix.length) }));
    });
  }

  /** The value kept under `key`, or undefined. */
  get(key) {
    if (this.#memory.has(key)) return this.#memory.get(key);
    try {
      return JSON.parse(localStorage.getItem(this.#prefix + key)) ?? undefined;
    } catch {
      return undefined; // storage is forbidden here, or someone else wrote there
    }
  }

  /** Keep `value`; undefined forgets it. Where storage is forbidden it lasts as long as the page. */
  set(key, value) {
    try {
      if (value === undefined) localStorage.removeItem(this.#prefix + key);
      else localStorage.setItem(this.#prefix + key, JSON.stringify(value));
      this.#memory.delete(key);
    } catch {
      this.#memory.set(key, value);
    }
  }
}
