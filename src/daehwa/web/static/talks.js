/** The talks that this browser remembers, and the tabs that they are open in. */

const MOST = 300;
const TITLE = 60; // characters

/** @param {Who} who */
const place = ({ botId, localeId }) => `${botId}:${localeId}`;

/** Emits "turn" and "ended" (detail: the session's id), and "begun" (detail: which one it left). */
export class Talks extends EventTarget {
  #store;
  #tabs;
  #here;

  /** @param {Store} store @param {string} widget whose talks these are */
  constructor(store, widget) {
    super();
    this.#store = store;
    this.#here = tabMemory(`daehwa:${widget}:session:`);
    this.#tabs = new BroadcastChannel(`daehwa:${widget}`);
    this.#tabs.addEventListener("message", ({ data: { word, detail } }) =>
      this.dispatchEvent(new CustomEvent(word, { detail })));
  }

  /** The latest first. @returns {Talk[]} */
  get list() {
    return this.#store.get("talks") ?? [];
  }

  /** @param {string | undefined} sessionId */
  find(sessionId) {
    return this.list.find((talk) => talk.sessionId === sessionId);
  }

  /** The session that this tab is in, or the one that was begun last. @param {Who} who @returns {string | undefined} */
  current(who) {
    return this.#here(place(who)) ?? this.#here(place(who), this.#store.get(`session:${place(who)}`));
  }

  /** Be in a session, here and in tabs to come; undefined: in none yet. @param {Who} who @param {string | undefined} sessionId */
  enter(who, sessionId) {
    this.#here(place(who), sessionId ?? "");
    this.#store.set(`session:${place(who)}`, sessionId);
  }

  /** Be where the other tabs are. @param {Who} who */
  follow(who) {
    this.#here(place(who), this.#store.get(`session:${place(who)}`) ?? "");
  }

  /** The secret of a session; that of an earlier release stood alone. @param {Who} who @param {string} sessionId @returns {string | undefined} */
  secret(who, sessionId) {
    const known = this.find(sessionId);
    return known ? known.secret : this.#store.get(`secret:${place(who)}`);
  }

  /** Remember a talk, or what is new of it. @param {Talk} talk */
  keep({ title, ...talk }) {
    const before = this.find(talk.sessionId);
    const others = this.list.filter(({ sessionId }) => sessionId !== talk.sessionId);
    const kept = { ...before, ...talk, title: before?.title || title.trim().slice(0, TITLE) };
    this.#store.set("talks", [kept, ...others].slice(0, MOST));
  }

  /** @param {string} sessionId @param {string} title */
  rename(sessionId, title) {
    this.#store.set("talks", this.list.map((talk) => (talk.sessionId === sessionId ? { ...talk, title } : talk)));
  }

  /** Forget a talk, in every tab. @param {string} sessionId */
  drop(sessionId) {
    this.#store.set("talks", this.list.filter((talk) => talk.sessionId !== sessionId));
    for (const name of ["unsent", "seen"]) this.#store.set(`${name}:${sessionId}`, undefined);
    this.announce("ended", sessionId);
  }

  /** Let the other tabs know. @param {"turn" | "ended" | "begun"} word @param {string} detail */
  announce(word, detail) {
    this.#tabs.postMessage({ word, detail });
  }
}

/** What this tab remembers, and it alone; empty: nothing, though other tabs may. @param {string} prefix */
function tabMemory(prefix) {
  /** @param {string} key @param {string} [value] */
  return (key, value) => {
    try {
      if (value !== undefined) sessionStorage.setItem(prefix + key, value);
      return sessionStorage.getItem(prefix + key) ?? undefined;
    } catch {
      return value; // storage is forbidden here
    }
  };
}
