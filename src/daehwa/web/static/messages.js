/** What an exchange looks like. */

import { card, grouped, settleCard } from "./cards.js";
import { copy, h, icon, iconButton, linked, shown, spoken } from "./dom.js";
import { languageOf, t } from "./strings.js";
import { answerMarkdown, answerText, clock, dayName, inWords, loadMarkdown, part, show, sourceIcon, sourceName, writesMarkdown } from "./words.js";

const LONG_WAIT_MS = 8000;
const MOST_NEXT = 4;

export class ExchangeView {
  #exchange;
  #context;
  /** @type {AnswerView | undefined} */
  #answer;
  #said;
  #bubble = h("div", { class: "bubble mine" });
  #delivery = h("div", { class: "delivery" });
  #own = h("div", { class: "actions own" });
  #day = h("p", { class: "day" });
  /** @type {WeakMap<HTMLElement, unknown[]>} */
  #madeOf = new WeakMap();

  /** @param {Exchange} exchange @param {TalkContext} context */
  constructor(exchange, context) {
    this.#exchange = exchange;
    this.#context = context;
    this.#bubble.addEventListener("click", () => exchange.delivery === "failed" && context.retry(exchange));
    this.#said = h("div", { class: "said" }, this.#bubble, this.#delivery, this.#own);
    this.element = h("div", { class: "exchange" }, this.#day, this.#said);
  }

  /** The day that begins here, if one does. @param {Date | undefined} day */
  set day(day) {
    this.#day.hidden = !day;
    if (day) this.#day.textContent = dayName(day);
  }

  /** Bring the elements up to date; `last`: this is the latest exchange, `busy`: an answer runs. @param {{ last: boolean, busy: boolean }} now */
  update({ last, busy }) {
    const { delivery, answers, label, current: { failure } } = this.#exchange;
    this.#said.dataset.delivery = delivery;
    this.#renew(this.#bubble, [label], () => {
      this.#bubble.lang = languageOf(label, this.#context.tongue);
      return [spoken(`${t("you")}: `), ...linked(label, t("opens"))];
    });
    this.#renew(this.#own, [delivery === "sent"], () => (delivery === "sent" ? this.#ownTools() : []));
    this.#renew(this.#delivery, [delivery, this.#exchange.at, failure, failure?.again], () => this.#deliveryWords());
    const answer = delivery === "failed" ? undefined : answers[this.#exchange.shown];
    const act = this.#answer?.answer === answer ? undefined : focusedIn(this.element);
    if (this.#answer?.answer !== answer) {
      this.#answer?.element.remove();
      this.#answer = answer && new AnswerView(this.#exchange, answer, this.#context, this.#renew);
      if (this.#answer) this.element.append(this.#answer.element);
    }
    this.#answer?.update({ last, busy });
    if (act) button(this.element, act)?.focus({ preventScroll: true });
  }

  /** What can be done with one's own words. @returns {Child[]} */
  #ownTools() {
    const exchange = this.#exchange;
    const edit = iconButton("pen", t("edit"), { "data-act": "rewrite" });
    edit.addEventListener("click", async () => {
      const { rewrite } = await import("./rewrite.js").catch(() => ({ rewrite: undefined }));
      if (!rewrite) this.#context.whisper(t("load.failed"));
      rewrite?.(this.#said, exchange.label, (text) => this.#context.rewrite(exchange, text), edit, this.#context);
    });
    return [copyButton(() => exchange.label, this.#context.whisper), edit];
  }

  #deliveryWords() {
    const { delivery, at, current } = this.#exchange;
    if (delivery === "sending") return [h("span", {}, `${t("delivery.sending")}…`)];
    if (delivery === "sent") return [spoken(`${t("delivery.sent")}, `), h("time", { datetime: at.toISOString() }, clock(at))];
    const why = current.failure;
    return [why && problem(why, t("delivery.failed"), [
      h("button", { type: "button", class: "text-button", "data-act": "retry", onclick: () => this.#context.retry(this.#exchange) },
        icon("again"), t("retry")),
      h("button", { type: "button", class: "text-button", "data-act": "edit", onclick: () => this.#context.edit(this.#exchange) },
        icon("pen"), t("edit")),
    ])];
  }

  /** Keeps the focus inside. A failure may give way to the next between two frames: it is compared as itself, not by its kind. @type {Renew} */
  #renew = (element, key, make) => {
    if (this.#madeOf.get(element)?.every((was, at) => was === key[at])) return;
    const act = focusedIn(element);
    this.#madeOf.set(element, key);
    element.replaceChildren(...shown(make()));
    if (act) button(element, act)?.focus({ preventScroll: true });
  };
}

/** What the button does that has the focus in an element. @param {HTMLElement} element */
function focusedIn(element) {
  const { activeElement: focused } = document;
  return focused instanceof HTMLElement && element.contains(focused) ? focused.dataset.act : undefined;
}

/** @param {HTMLElement} element @param {string | undefined} act */
const button = (element, act) => /** @type {HTMLElement | null} */ (element.querySelector(`[data-act="${act}"]`));

/**
 * What went wrong, with its code and request id, and what can be done.
 * @param {Failure} failure @param {string} lead @param {Child[]} actions
 */
function problem(failure, lead, actions) {
  const codes = [
    failure.code && t("error.code", { code: failure.code }),
    failure.requestId && t("error.request", { id: failure.requestId }),
  ].filter(Boolean).join(" · ");
  return h("div", { class: "problem" },
    h("p", { class: "problem-words" }, icon("alert"), h("span", {}, [lead, (!lead || failure.kind !== "network") && inWords(failure)].filter(Boolean).join(" · "))),
    codes && h("p", { class: "problem-codes" }, codes),
    h("div", { class: "problem-actions" }, ...actions));
}

/** @param {() => string} text @param {(text: string) => void} whisper */
function copyButton(text, whisper) {
  const one = iconButton("copy", t("copy"), { "data-act": "copy" });
  one.addEventListener("click", async () => {
    const done = await copy(text());
    whisper(done ? t("copied") : t("copy.failed"));
    one.replaceChildren(icon(done ? "check" : "alert"));
    setTimeout(() => one.replaceChildren(icon("copy")), 1600);
  });
  return one;
}

class AnswerView {
  #exchange;
  #context;
  #renew;
  #bubbles = h("div", { class: "bubbles" });
  /** @type {HTMLElement | undefined} */
  #growing;
  #settled = false;
  /** @type {HTMLElement[]} */
  #cards = [];
  #waitingLine = h("span", { class: "waiting-line" }, spoken(t("waiting")));
  #waiting = h("div", { class: "waiting bubble" },
    h("span", { class: "dots" }, h("i"), h("i"), h("i")), this.#waitingLine);
  #after = h("div", { class: "after" });
  #meta = h("div", { class: "meta" });
  #comment = h("div", { class: "comment" });
  #next = h("div", { class: "next" });
  #since = Date.now();
  #timed = false;

  /** @param {Exchange} exchange @param {Answer} answer @param {TalkContext} context @param {Renew} renew */
  constructor(exchange, answer, context, renew) {
    this.answer = answer;
    this.#exchange = exchange;
    this.#context = context;
    this.#renew = renew;
    const comment = answer.feedback?.comment;
    if (comment) this.#thank(t("comment.yours", { words: comment }));
    this.element = h("div", { class: "answer" }, spoken(`${context.bot}: `), this.#bubbles, this.#waiting,
      this.#after, this.#meta, this.#comment, this.#next);
  }

  /** @param {{ last: boolean, busy: boolean }} now */
  update({ last, busy }) {
    const { answer, answer: { state, failure, reply, source, underway, feedback } } = this;
    if (this.element.dataset.state !== state) this.element.dataset.state = state;
    this.#parts(underway);
    this.#wait();
    for (const one of this.#cards) settleCard(one, last ? answer.chosen : answer.chosen ?? null);
    const latest = last && !busy;
    // Who goes on without a word on what was rated has none to say.
    if (busy) this.#comment.querySelector("form:has(:placeholder-shown)")?.remove();
    // Only what a key names is drawn anew: in a long talk nearly all of it stays as it is.
    this.#renew(this.#after, [state, failure, failure?.again, reply, failure && busy, state === "incomplete" && latest],
      () => this.#afterwords(busy, latest));
    this.#renew(this.#meta, [state, source, reply, feedback?.rating, latest, this.#context.voice?.reads(answer), this.#exchange.answers.length],
      () => this.#metaRow(underway, latest));
    this.#renew(this.#next, [latest && !underway, reply], () => (latest && !underway ? this.#nextSteps() : []));
  }

  /** The bubbles: one that grows while text streams in, then those of the whole reply. @param {boolean} growing */
  #parts(growing) {
    const { answer, answer: { reply } } = this;
    if (this.#settled) return;
    if (!reply?.messages?.length) {
      if (!answer.text) return;
      if (!this.#growing) {
        this.#growing = h("div", { class: "bubble markdown" });
        this.#bubbles.append(this.#growing);
      }
      // Saying it again would have all that has grown laid out anew.
      const tongue = languageOf(answer.text, this.#context.tongue);
      if (this.#growing.lang !== tongue) this.#growing.lang = tongue;
      show(this.#growing, answer.text, { growing: growing || answer.state !== "done" });
      return;
    }
    this.#settled = true;
    const parts = reply.messages.map((message) => part(message, reply.source));
    // The bubble that grew becomes the message it was; nothing is drawn twice. A prompt may follow it.
    const grown = parts.find((one) => one.kind === "markdown" && one.text === this.answer.text) ??
      parts.findLast((one) => one.kind === "markdown" && one.text !== "");
    const elements = parts.map((one) => {
      // What was stopped or cut is drawn as it was when it grew: its last marks may never be closed.
      const cut = answer.state !== "done" && one === grown;
      if (!this.#growing || one.kind !== "markdown" || one !== grown) return this.#partElement(one, cut);
      show(this.#growing, one.text, { growing: cut });
      return this.#growing;
    });
    if (elements.length !== 1 || elements[0] !== this.#growing) this.#bubbles.replaceChildren(...grouped(elements));
  }

  /** @param {Part} one @param {boolean} cut */
  #partElement(one, cut) {
    const { tongue, choose } = this.#context;
    if (one.kind === "card") {
      const element = card(one.card, tongue, ({ value, text }) => choose(value, text));
      this.#cards.push(element);
      return element;
    }
    const { kind, text } = one;
    const bubble = h("div", { class: `bubble ${kind}`, lang: languageOf(text, tongue) });
    if (kind === "markdown") show(bubble, text, { growing: cut });
    else bubble.append(...linked(text, t("opens")));
    return bubble;
  }

  #wait() {
    const { underway, state, line, text, reply } = this.answer;
    // A model begins to write: what shows its words is there before them.
    if (line) loadMarkdown();
    const waits = underway && !text && !reply;
    this.#waiting.hidden = !waits;
    if (!waits) return;
    const long = Date.now() - this.#since >= LONG_WAIT_MS;
    const hint = line || (state === "reconnecting" ? t("offline.trying") : long ? t("waiting.long") : "");
    if (hint) this.#waitingLine.replaceChildren(hint);
    else if (!this.#timed) setTimeout(() => this.#wait(), LONG_WAIT_MS);
    this.#timed = true;
  }

  /** Notices under the bubbles: the offline model's, where it stopped, what failed. @param {boolean} busy @param {boolean} latest @returns {Child[]} */
  #afterwords(busy, latest) {
    const { state, text, reply, failure } = this.answer;
    /** @type {Child[]} */
    const words = [];
    for (const one of reply?.sources ?? []) {
      const where = [one.title, one.heading, one.link ?? one.file].filter(Boolean).join(" · ");
      words.push(h("p", { class: "notice", title: one.text }, icon("page"), h("span", {}, ...linked(where, t("opens")))));
    }
    if (reply?.notice && reply.source !== "embedded") words.push(h("p", { class: "notice" }, icon("info"), h("span", {}, reply.notice)));
    if (state === "stopped") words.push(h("p", { class: "notice" }, icon("stop"), h("span", {}, text || reply ? t("stopped") : t("stopped.nothing"))));
    if (state === "incomplete")
      words.push(h("p", { class: "notice" }, icon("stop"), h("span", {}, t("stopped.incomplete"))),
        latest && h("button", { type: "button", class: "text-button", "data-act": "once-more", onclick: () => this.#context.again(this.#exchange) },
          icon("again"), t("again")));
    if (state === "reconnecting" && text) words.push(h("p", { class: "notice" }, icon("again"), h("span", {}, t("offline.trying"))));
    if (failure) {
      const lost = failure.kind === "failed" && !failure.passing;
      const act = lost ? this.#context.again : this.#context.retry;
      words.push(problem(failure, "", busy ? [] : [
        h("button", { type: "button", class: "text-button", "data-act": "retry", onclick: () => act(this.#exchange) },
          icon("again"), lost ? t("again") : t("retry")),
      ]));
    }
    return words;
  }

  /** @param {boolean} underway @param {boolean} latest @returns {Child[]} */
  #metaRow(underway, latest) {
    const { answer, answer: { reply } } = this;
    const source = reply?.source ?? answer.source;
    const named = reply ?? (source ? { source } : undefined);
    const { details } = this.#context;
    // The offline model's notice names it already.
    const label = source === "embedded" && reply?.notice ? reply.notice : named && sourceName(named, this.#context.sources);
    const words = label && [icon(sourceIcon(source)), h("span", {}, label)];
    const badge = words && (details && reply
      ? h("button", { type: "button", class: "badge", "data-act": "details", "data-source": source, title: t("details"),
        onclick: () => details(answer) }, ...words)
      : h("span", { class: "badge", "data-source": source }, ...words));
    if (underway) return [badge, h("span", { class: "writing" }, t("waiting"))];
    /** @param {Rating} rating */
    const rate = (rating) => iconButton(`thumb-${rating}`, t(`rate.${rating}`), {
      "data-act": rating, "aria-pressed": String(answer.feedback?.rating === rating), onclick: () => this.#rate(rating),
    });
    const models = writesMarkdown(source) || ["stopped", "incomplete", "failed"].includes(answer.state);
    this.#meta.classList.toggle("latest", latest);
    return [
      badge,
      !answer.failure && h("time", { datetime: answer.at.toISOString() }, clock(answer.at)),
      this.#pager(),
      h("span", { class: "actions" },
        ...(reply || answer.text ? [copyButton(() => answerMarkdown(answer), this.#context.whisper), this.#readButton()] : []),
        ...(reply ? [rate("up"), rate("down")] : []),
        models && latest && !answer.failure && iconButton("again", t("again"), { "data-act": "again", onclick: () => this.#context.again(this.#exchange) })),
    ];
  }

  #readButton() {
    const { voice } = this.#context;
    if (!voice?.can()) return undefined;
    const reads = voice.reads(this.answer);
    return iconButton(reads ? "stop" : "speaker", t(reads ? "read.stop" : "read"), {
      "data-act": "read", "aria-pressed": String(reads), onclick: () => voice.toggle(this.answer, answerText(this.answer)),
    });
  }

  #pager() {
    const { answers, shown: at } = this.#exchange;
    if (answers.length < 2) return undefined;
    /** @param {number} to @param {string} name @param {string} label */
    const turn = (to, name, label) => iconButton(name, label, {
      // Not `disabled`: the focus must not fall off the button at the first and the last answer.
      "data-act": name, "aria-disabled": String(!answers[to]), onclick: () => answers[to] && this.#context.turnTo(this.#exchange, to),
    });
    return h("span", { class: "pager" },
      turn(at - 1, "left", t("answer.previous")),
      h("span", {}, spoken(t("answer.of", { at: at + 1, total: answers.length })),
        h("span", { "aria-hidden": "true" }, `${at + 1}/${answers.length}`)),
      turn(at + 1, "right", t("answer.next")));
  }

  /** @param {Rating} rating */
  async #rate(rating) {
    const { answer } = this;
    const wanted = answer.feedback?.rating === rating ? null : rating;
    const done = await this.#context.rate(answer, wanted);
    if (!done) return;
    this.update({ last: this.#meta.classList.contains("latest"), busy: false });
    this.#comment.replaceChildren();
    if (!wanted) return;
    const field = h("input", { type: "text", maxlength: "500", "aria-label": t("comment.ask"), placeholder: t("comment.ask") });
    const form = h("form", {}, field, h("button", { class: "text-button" }, t("send")),
      iconButton("close", t("close"), { onclick: () => this.#endComment() }));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const words = field.value.trim();
      if (words && !(await this.#context.rate(answer, wanted, words))) return;
      this.#endComment(words && t("comment.thanks"));
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.stopPropagation();
      this.#endComment();
    });
    this.#comment.replaceChildren(form);
  }

  #endComment(thanks = "") {
    this.#thank(thanks);
    button(this.#meta, this.answer.feedback?.rating ?? "")?.focus({ preventScroll: true });
  }

  /** @param {string} words */
  #thank(words) {
    this.#comment.replaceChildren(...(words ? [h("p", { class: "thanks" }, words)] : []));
  }

  /** What can be said next: yes and no, or something new when the bot is done. @returns {Child[]} */
  #nextSteps() {
    const { reply } = this.answer;
    if (!reply) return [];
    const { choose, starters, tongue } = this.#context;
    /** @param {string} label */
    const chip = (label) => h("button", { type: "button", class: "chip", lang: languageOf(label, tongue), onclick: () => choose(label, label) }, label);
    /** @param {string} label @param {Child[]} children */
    const chips = (label, ...children) => h("div", { class: "chips", role: "group", "aria-label": label }, ...children);
    const { type } = reply.dialogAction ?? {};
    if (type === "ConfirmIntent" && !this.#cards.length && ["ko", "en"].includes(tongue))
      return [chips(t("quick"), chip(t("yes", {}, tongue)), chip(t("no", {}, tongue)))];
    if (type !== "Close" || reply.source !== "intent") return [];
    // A card already offers what comes next: one menu is enough.
    const offers = this.#cards.some((one) => one.querySelector("button"));
    return starters.length && !offers ? [chips(t("starters"), ...starters.slice(0, MOST_NEXT).map(chip))] : [];
  }
}
