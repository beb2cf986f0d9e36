/** What is around the page: the memory of the browser, and another site's page. */

const HAND_OVER_MS = 3000;
const REST = "daehwa-rest:";

/** @param {unknown} value */
const isText = (value) => typeof value === "string";

/** @param {any} value @param {...string} names */
const hasTexts = (value, ...names) => names.every((name) => isText(value?.[name]));

/** What lies under which keys, texts aside: someone else may have written there. @type {Record<string, (value: any) => boolean>} */
const SHAPES = {
  who: (one) => hasTexts(one, "botId", "localeId"),
  talks: (all) => Array.isArray(all) && all.every((one) => hasTexts(one, "botId", "localeId", "sessionId", "title")),
  unsent: (all) => [all].flat().every((one) => hasTexts(one, "messageId", "text")),
};

/** What the browser remembers for one widget; nothing is shared between two of them. */
export class Store extends EventTarget {
  #prefix;
  #memory = new Map();
  #kept;

  /** @param {string} widget @param {ParentStorage} [kept] by the page around this one, in place of here */
  constructor(widget, kept) {
    super();
    this.#prefix = `daehwa:${widget}:`;
    this.#kept = kept;
    /** @param {{ key: string | null, newValue: string | null }} change */
    const changed = ({ key, newValue }) => {
      if (key?.startsWith(this.#prefix) && newValue !== null)
        this.dispatchEvent(new CustomEvent("elsewhere", { detail: key.slice(this.#prefix.length) }));
    };
    if (kept) kept.onChange = changed;
    else addEventListener("storage", changed);
  }

  get #storage() {
    return this.#kept ?? localStorage;
  }

  /** The value kept under `key`, or undefined. @param {string} key */
  get(key) {
    if (this.#memory.has(key)) return this.#memory.get(key);
    const name = this.#prefix + key;
    try {
      const rest = this.#kept ? null : sessionStorage.getItem(REST + name);
      const value = JSON.parse(rest ?? this.#storage.getItem(name) ?? "null");
      return (SHAPES[key.split(":")[0]] ?? isText)(value) ? value : undefined;
    } catch {
      return undefined; // storage is forbidden here, or someone else wrote there
    }
  }

  /**
   * Keep `value`; undefined forgets it. Where storage is full it lasts as long as the tab, and where
   * it is forbidden as long as the page.
   * @param {string} key @param {unknown} value
   */
  set(key, value) {
    const name = this.#prefix + key;
    const words = JSON.stringify(value);
    this.#memory.delete(key);
    try {
      if (!this.#kept) sessionStorage.removeItem(REST + name);
      if (value === undefined) this.#storage.removeItem(name);
      else this.#storage.setItem(name, words);
    } catch {
      try {
        sessionStorage.setItem(REST + name, words);
      } catch {
        this.#memory.set(key, value);
      }
    }
  }
}

/** What the page around this one keeps for it: a frame of another site has no storage in many browsers. */
class ParentStorage {
  #values;
  #post;
  /** @type {(change: { key: string, newValue: string | null }) => void} */
  onChange = () => {};

  /** @param {Record<string, string>} values @param {Frame} frame */
  constructor(values, frame) {
    this.#values = new Map(Object.entries(values));
    this.#post = frame.post;
    frame.hear({
      changed: ({ key, value }) => {
        if (typeof value === "string") this.#values.set(key, value);
        else this.#values.delete(key);
        this.onChange({ key, newValue: value });
      },
    });
  }

  /** @param {string} key */
  getItem(key) {
    return this.#values.get(key) ?? null;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    this.#values.set(key, value);
    this.#post("keep", { key, value });
  }

  /** @param {string} key */
  removeItem(key) {
    this.#values.delete(key);
    this.#post("keep", { key, value: null });
  }
}

/**
 * The page around this one, and what was kept for this one: by the launcher where it offers that.
 * @param {URLSearchParams} parameters @returns {Promise<{ frame: Frame | undefined, store: Store }>}
 */
export async function openPlace(parameters) {
  const frame = openFrame(parameters);
  const widget = parameters.get("widget") ?? "page";
  if (!frame || parameters.get("keep") !== "parent") return { frame, store: new Store(widget) };
  /** @type {Record<string, string> | undefined} */
  const values = await new Promise((given) => {
    frame.hear({ kept: (data) => given(data.values) });
    frame.post("hello");
    setTimeout(given, HAND_OVER_MS); // somebody copied the address: nobody is there to answer
  });
  return { frame, store: new Store(widget, values && new ParentStorage(values, frame)) };
}

/**
 * The parent window, or undefined when the page stands alone. `parent` is the origin that the
 * launcher named; the browser's own word on who the parent is must agree with it.
 * @param {URLSearchParams} parameters @returns {Frame | undefined}
 */
function openFrame(parameters) {
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
