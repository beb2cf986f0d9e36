/** What is around the page: the memory of the browser, and another site's page. */

/** What the browser remembers for one widget; nothing is shared between two of them. */
export class Store extends EventTarget {
  #prefix;
  #memory = new Map();

  /** @param {string} widget */
  constructor(widget) {
    super();
    this.#prefix = `daehwa:${widget}:`;
    addEventListener("storage", ({ key, newValue }) => {
      if (key?.startsWith(this.#prefix) && newValue !== null)
        this.dispatchEvent(new CustomEvent("elsewhere", { detail: key.slice(this.#prefix.length) }));
    });
  }

  /** The value kept under `key`, or undefined. @param {string} key */
  get(key) {
    if (this.#memory.has(key)) return this.#memory.get(key);
    try {
      return JSON.parse(localStorage.getItem(this.#prefix + key) ?? "null") ?? undefined;
    } catch {
      return undefined; // storage is forbidden here, or someone else wrote there
    }
  }

  /**
   * Keep `value`; undefined forgets it. Where storage is forbidden it lasts as long as the page.
   * @param {string} key @param {unknown} value
   */
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

/**
 * The parent window, or undefined when the page stands alone. `parent` is the origin that the
 * launcher named; the browser's own word on who the parent is must agree with it.
 * @param {URLSearchParams} parameters @returns {Frame | undefined}
 */
export function openFrame(parameters) {
  const origin = parameters.get("parent");
  if (parent === window || !origin) return undefined;
  const actual = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);
  if (actual && actual !== origin) return undefined;
  const widget = parameters.get("widget");
  return {
    post: (daehwa, detail) => parent.postMessage({ daehwa, widget, ...detail }, origin),
    hear(on) {
      addEventListener("message", (event) => {
        if (event.source === parent && event.origin === origin && event.data?.widget === widget) on[event.data.daehwa]?.(event.data);
      });
    },
  };
}
