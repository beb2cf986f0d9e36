/** The log: a conversation's exchanges on the screen, and what of them is in view. */

import { $, h, hide, linked, spoken } from "./dom.js";
import { ExchangeView } from "./messages.js";
import { whisper } from "./shell.js";
import { language, languageOf, t } from "./strings.js";

const NEAR = 24; // pixels from the bottom that count as being back there
const SLOP = 3; // pixels that a finger trembles
/** @type {Record<string, number>} */
const KEYS = { ArrowUp: -1, PageUp: -1, Home: -1, ArrowDown: 1, PageDown: 1, End: 1 };
const PAGE = 0.875; // of the height, as browsers scroll

/**
 * Keeps to the bottom of the log only while the person is there. Whatever they do to go up lets
 * go at once, before anything has moved; only coming back down to the bottom holds on again.
 */
class Follower {
  #log = $("log");
  #newer = $("newer");
  #stuck = true;
  #still = false;
  #top = 0;
  #away = 0; // from the bottom, when it moved last
  #finger = NaN; // where it is, while there is one
  #goal = Infinity; // the bottom as it was when the person set out for it: it may run away from them

  constructor() {
    const log = this.#log;
    // The scroll bar, dragged text, the search of the browser: all that shows only when it moves.
    log.addEventListener("scroll", () => {
      const by = log.scrollTop - this.#top;
      const nearer = this.#below < this.#away;
      this.#note();
      // A talk that gets shorter moves up as well, and is at its bottom then.
      if (by < -1 && this.#below > 1) this.#goes(-1);
      // Less than a pixel is a screen's rounding; what grows above pushes down as far as the bottom goes.
      else if (by >= 1 && (nearer || this.#goal < Infinity)) this.#arrives();
      if (!this.#stuck && this.#newer.hidden && this.#below > log.clientHeight) this.#offer(t("newest"));
    }, { passive: true });
    log.addEventListener("scrollend", () => { this.#goal = Infinity; });
    log.addEventListener("wheel", ({ deltaY, ctrlKey }) => !ctrlKey && this.#goes(deltaY), { passive: true });
    log.addEventListener("touchstart", ({ touches }) => { this.#finger = touches[0].clientY; }, { passive: true });
    log.addEventListener("touchmove", ({ touches: [{ clientY }] }) => {
      if (Math.abs(clientY - this.#finger) <= SLOP) return;
      this.#goes(this.#finger - clientY);
      this.#finger = clientY;
    }, { passive: true });
    for (const end of ["touchend", "touchcancel"])
      log.addEventListener(end, () => { this.#finger = NaN; }, { passive: true });
    addEventListener("keydown", (event) => this.#key(event));
    this.#newer.addEventListener("click", () => {
      this.toEnd({ smooth: true });
      log.focus({ preventScroll: true });
    });
    const follow = new ResizeObserver(() => this.#stuck && this.#jump());
    follow.observe($("content"));
    follow.observe(log);
  }

  /** How far it is to the bottom. */
  get #below() {
    return this.#bottom - this.#log.scrollTop;
  }

  get #bottom() {
    return this.#log.scrollHeight - this.#log.clientHeight;
  }

  /** Remember where the view is. */
  #note() {
    this.#top = this.#log.scrollTop;
    this.#away = this.#below;
  }

  /** The person goes up (less than 0) or down. @param {number} way */
  #goes(way) {
    this.#goal = way > 0 ? this.#bottom : Infinity;
    if (way > 0) this.#arrives();
    else if (way < 0 && this.#bottom > 1) this.#stick(false);
  }

  /** The person went down: as far as the bottom? */
  #arrives() {
    // A finger that is still there may only tremble.
    const near = this.#finger ? SLOP : NEAR;
    if (this.#log.scrollTop > Math.min(this.#goal, this.#bottom) - near) this.#stick(true);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { target, key, shiftKey } = event;
    const log = this.#log;
    const way = key === " " && target === log ? (shiftKey ? -1 : 1) : KEYS[key];
    if (!way || event.isComposing || !(target instanceof Element)) return;
    const writes = target.matches("input, textarea");
    if (log.contains(target) && !writes) {
      if (key === "End") this.toEnd();
      else this.#goes(way);
    }
    // Nothing scrolls in a box of a few lines: a page up there means the talk.
    if (target.matches("#input") && key.startsWith("Page") && target.scrollHeight <= target.clientHeight + 1) {
      event.preventDefault();
      this.#goes(way);
      log.scrollBy({ top: way * log.clientHeight * PAGE });
    }
  }

  /** A first page is read from its top: nothing is followed. @param {boolean} still */
  set still(still) {
    if (still && !this.#still) this.#log.scrollTop = 0;
    this.#still = still;
  }

  /** Something new is there: follow it, or offer to. */
  arrived() {
    if (this.#stuck) this.#jump();
    else this.#offer(t("newer"));
  }

  /** @param {string} words for what is down there */
  #offer(words) {
    this.#newer.hidden = false;
    $("newer-words").textContent = words;
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
    if (stuck) hide(this.#newer, true);
    else this.#note();
  }

  #jump() {
    if (!this.#still) this.#log.scrollTop = this.#log.scrollHeight;
    this.#note();
  }
}

/** What is said once the talk is open. @param {string[]} labels */
export function showPending(labels) {
  $("pending").replaceChildren(...labels.map((label) => h("div", { class: "exchange" },
    h("div", { class: "said", "data-delivery": "sending" },
      h("div", { class: "bubble mine", lang: languageOf(label, language()) }, spoken(`${t("you")}: `), ...linked(label, t("opens"))),
      h("div", { class: "delivery" }, h("span", {}, `${t("delivery.sending")}…`))))));
  if (labels.length) $("starters").hidden = true;
}

export class Log extends Follower {
  /** @type {{ conversation: Conversation, context: TalkContext } | undefined} */
  #talk;
  /** @type {Map<Exchange, ExchangeView>} */
  #views = new Map();
  #pending = 0;

  /** Show a conversation, or the same one in other words. @param {Conversation} conversation @param {TalkContext} context */
  show(conversation, context) {
    if (conversation !== this.#talk?.conversation) this.toEnd();
    this.#talk = { conversation, context };
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
    const { conversation: { exchanges, running, ending, earlier }, context } = this.#talk;
    const shown = new Set(exchanges);
    for (const [exchange, view] of this.#views) {
      if (shown.has(exchange)) continue;
      view.element.remove();
      this.#views.delete(exchange);
    }
    const fresh = exchanges.filter((exchange) => !this.#views.has(exchange));
    // What comes on top must not push away what is read.
    const log = $("log");
    const below = fresh[0] === exchanges[0] && this.#views.size ? log.scrollHeight - log.scrollTop : 0;
    for (const exchange of exchanges) {
      if (!this.#views.has(exchange)) this.#views.set(exchange, new ExchangeView(exchange, context));
      this.drawOne(exchange);
    }
    this.#arrange(exchanges);
    const begun = exchanges.length > 0;
    $("welcome").hidden = false;
    $("welcome").classList.toggle("small", begun);
    $("starters").hidden = begun || !context.starters.length;
    this.still = !begun;
    $("others").hidden = begun || !$("others-list").childElementCount;
    hide($("earlier"), !earlier);
    hide($("expired"), !ending || running);
    if (ending) {
      $("expired-words").textContent = t(`ended.${ending}`);
      $("expired-fresh").textContent = t(ending === "moved" ? "ended.go" : "ended.again");
    }
    // Once for all: following means a layout of the whole talk.
    if (below) log.scrollTop = log.scrollHeight - below;
    else if (running || fresh.length) this.arrived();
  }

  /** Put the exchanges in their order, a line with the day where another one begins. @param {Exchange[]} exchanges */
  #arrange(exchanges) {
    let before = "";
    let at = $("turns").firstElementChild;
    for (const exchange of exchanges) {
      const view = this.#views.get(exchange);
      if (!view) continue;
      const day = exchange.at.toDateString();
      view.day = day !== before && (before || day !== new Date().toDateString()) ? exchange.at : undefined;
      before = day;
      if (view.element === at) at = at.nextElementSibling;
      else $("turns").insertBefore(view.element, at);
    }
  }

  /** @param {Exchange} exchange */
  drawOne(exchange) {
    const { exchanges, running } = this.#talk?.conversation ?? { exchanges: [], running: false };
    this.#views.get(exchange)?.update({ last: exchange === exchanges.at(-1), busy: running });
  }
}

/**
 * What the elements of a talk know of it, and what can be done with what is in it. `act` asks something, and its button vanishes; `compose` puts words into the message box.
 * @param {Conversation} conversation
 * @param {Pick<TalkContext, "bot" | "tongue" | "limit" | "sources" | "starters" | "choose" | "voice" | "details"> &
 *   { act(what: () => void): void, compose(text: string): void }} page
 * @returns {TalkContext}
 */
export const contextOf = (conversation, { act, compose, ...page }) => ({
  ...page,
  whisper,
  retry: (exchange) => act(() => conversation.retry(exchange)),
  again: (exchange) => act(() => conversation.again(exchange)),
  edit: (exchange) => compose(conversation.withdraw(exchange)),
  rewrite: (exchange, text) => act(() => conversation.rewrite(exchange, text)),
  turnTo: (exchange, shown) => conversation.turnTo(exchange, shown),
  rate: (one, rating, comment) => conversation.rate(one, rating, comment).then(() => true, () => {
    whisper(t("rate.failed"));
    return false;
  }),
});
