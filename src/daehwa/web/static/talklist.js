/** The list of this browser's talks, and what was said in the one on the screen. */

import { $, h, icon, iconButton, loadLaterStyle } from "./dom.js";
import { language, languageOf, t } from "./strings.js";
import { answerText, dayName } from "./words.js";

const FOUND_SHOWN = 30;
const AROUND = 28; // characters before a match

/**
 * @typedef {object} ListActs
 * @property {() => Conversation | undefined} current
 * @property {(botId: string) => string | undefined} nameOf
 * @property {(talk: Talk) => Promise<void>} open
 * @property {() => void} fresh
 * @property {(talk: Talk) => Promise<void>} forget
 * @property {() => Promise<void>} loadAll
 */

export class TalkList {
  #talks;
  #act;
  #list = h("ul", { class: "talk-list" });
  #matches = h("div", { class: "talk-matches" });
  #search = h("input", { type: "search", autocomplete: "off" });
  #sheet = h("div", { id: "talks", class: "talks", popover: "auto", role: "dialog" });
  #searches = 0;

  /** @param {Talks} talks @param {ListActs} act */
  constructor(talks, act) {
    this.#talks = talks;
    this.#act = act;
    this.#search.addEventListener("input", () => this.#draw());
    this.#sheet.addEventListener("toggle", ({ newState }) => {
      $("talks-button").setAttribute("aria-expanded", String(newState === "open"));
    });
    document.body.append(this.#sheet);
  }

  async show() {
    await loadLaterStyle();
    const close = () => this.#sheet.hidePopover();
    this.#search.value = "";
    for (const name of ["placeholder", "aria-label"]) this.#search.setAttribute(name, t("talks.search"));
    this.#sheet.setAttribute("aria-label", t("talks"));
    this.#sheet.replaceChildren(
      h("div", { class: "talks-head" }, h("h2", {}, t("talks")), iconButton("close", t("close"), { onclick: close })),
      h("button", { type: "button", class: "row", onclick: () => {
        close();
        this.#act.fresh();
      } }, icon("pen"), h("span", {}, t("fresh"))),
      h("div", { class: "talk-search" }, icon("search"), this.#search),
      h("div", { class: "talks-body" }, this.#matches, this.#list));
    this.#draw();
    this.#sheet.showPopover();
    if (matchMedia("(hover: hover)").matches) this.#search.focus();
    else this.#sheet.querySelector("button")?.focus();
  }

  async #draw() {
    const wanted = fold(this.#search.value.trim());
    const talks = this.#talks.list.filter(({ title }) => fold(title).includes(wanted));
    this.#list.replaceChildren(...talks.map((talk) => this.#row(talk)));
    if (!talks.length && !wanted) this.#list.append(h("li", { class: "talks-none" }, t("talks.none")));
    const search = (this.#searches += 1);
    this.#matches.replaceChildren();
    if (!wanted) return;
    await this.#act.loadAll();
    if (search !== this.#searches) return;
    const rows = this.#inTalk(wanted);
    const none = !rows.length && !talks.length;
    this.#matches.replaceChildren(
      ...(rows.length ? [h("p", { class: "sheet-title" }, t("talks.here", { count: rows.length })), ...rows.slice(-FOUND_SHOWN).reverse()] : []),
      ...(none ? [h("p", { class: "talks-none", role: "status" }, t("talks.nothing"))] : []));
  }

  /** What was said in this talk with those words. @param {string} wanted */
  #inTalk(wanted) {
    const { exchanges = [] } = this.#act.current() ?? {};
    return exchanges.flatMap((exchange, place) => [exchange.label, answerText(exchange.current)].flatMap((text, side) => {
      const at = fold(text).indexOf(wanted);
      if (at < 0) return [];
      // From the beginning of a word, if one begins near.
      const from = Math.max(0, at - 2 * AROUND, text.lastIndexOf(" ", at - AROUND) + 1);
      const end = at + wanted.length;
      const words = [`${from ? "…" : ""}${text.slice(from, at)}`, h("mark", {}, text.slice(at, end)), text.slice(end, end + 2 * AROUND)];
      return [h("button", { type: "button", class: "row match", lang: languageOf(text, language()), onclick: () => this.#goTo(place, side) },
        h("span", {}, ...words))];
    }));
  }

  /** @param {number} place @param {number} side 0: the person's words */
  #goTo(place, side) {
    this.#sheet.hidePopover();
    const exchange = $("turns").children[place];
    const element = /** @type {HTMLElement | null} */ (exchange.querySelector(side ? ".answer" : ".said"));
    element?.scrollIntoView({ block: "center" });
    element?.classList.add("hit");
    setTimeout(() => element?.classList.remove("hit"), 2400);
    $("log").focus({ preventScroll: true });
  }

  /** @param {Talk} talk @returns {HTMLElement} */
  #row(talk) {
    const here = this.#act.current()?.sessionId === talk.sessionId;
    const title = talk.title || t("talks.untitled");
    const about = [this.#act.nameOf(talk.botId), dayName(new Date(talk.at))].filter(Boolean).join(" · ");
    /** @type {HTMLElement} */
    const row = h("li", {},
      h("button", { type: "button", class: "row talk", "aria-current": here && "true", onclick: () => {
        this.#sheet.hidePopover();
        if (!here) this.#act.open(talk);
      } }, h("span", {}, h("span", { class: "talk-title", lang: languageOf(title, language()) }, title), h("span", { class: "note" }, about))),
      iconButton("pen", t("talks.rename", { title }), { onclick: () => this.#rename(row, talk) }),
      iconButton("trash", t("talks.delete", { title }), { onclick: () => this.#ask(row, talk) }));
    return row;
  }

  /** @param {HTMLElement} row @param {Talk} talk */
  #rename(row, talk) {
    const field = h("input", { type: "text", maxlength: "60", "aria-label": t("talks.rename", { title: talk.title }) });
    field.value = talk.title;
    let done = false;
    /** @param {boolean} keep */
    const end = (keep) => {
      if (done) return;
      done = true;
      const title = field.value.trim();
      if (keep && title) this.#talks.rename(talk.sessionId, title);
      const anew = this.#row(this.#talks.find(talk.sessionId) ?? talk);
      row.replaceWith(anew);
      anew.querySelector("button")?.focus();
    };
    const form = h("form", {}, field, h("button", { class: "text-button" }, t("talks.keep")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      end(true);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      end(false);
    });
    row.replaceChildren(form);
    field.focus();
    field.select();
  }

  /** @param {HTMLElement} row @param {Talk} talk */
  #ask(row, talk) {
    const back = () => {
      const anew = this.#row(talk);
      row.replaceWith(anew);
      anew.querySelector("button")?.focus();
    };
    const yes = h("button", { type: "button", class: "text-button danger", onclick: async () => {
      await this.#act.forget(talk);
      this.#draw();
      this.#search.focus();
    } }, t("talks.erase"));
    row.replaceChildren(h("p", { class: "talk-ask" }, t("talks.ask")), yes,
      h("button", { type: "button", class: "text-button", onclick: back }, t("cancel")));
    yes.focus();
  }
}

/** @param {string} text */
const fold = (text) => text.normalize("NFC").toLocaleLowerCase();
