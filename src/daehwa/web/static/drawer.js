/** The drawer behind an answer: intent, slots, scores, timing, the reply as it came. */

import { copy, h, icon } from "./dom.js";
import { t } from "./strings.js";
import { sourceName } from "./words.js";

export class Drawer {
  #aside;
  #body;
  #opener;
  #answer;

  constructor(aside, whisper) {
    this.#aside = aside;
    this.#body = aside.querySelector(".drawer-body");
    this.whisper = whisper;
    aside.querySelector(".drawer-close").addEventListener("click", () => this.close());
    aside.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  get open() {
    return !this.#aside.hidden;
  }

  /** Show what is behind `answer`, and take the focus. */
  show(answer) {
    if (!this.open) this.#opener = document.activeElement;
    this.#aside.hidden = false;
    document.body.classList.add("with-drawer");
    this.follow(answer);
    this.#aside.querySelector("h2").focus({ preventScroll: true });
  }

  /** While open, keep to the latest answer. */
  follow(answer) {
    this.#answer = answer;
    if (this.open) this.#body.replaceChildren(...(answer?.reply ? this.#sections(answer) : [h("p", { class: "drawer-empty" }, t("details.empty"))]));
  }

  /** Say everything again, in the language of now. */
  refresh() {
    this.follow(this.#answer);
  }

  close() {
    this.#aside.hidden = true;
    document.body.classList.remove("with-drawer");
    const back = this.#opener?.isConnected ? this.#opener : document.querySelector("#menu-button");
    back.focus({ preventScroll: true });
  }

  #sections({ reply, messageId }) {
    const { intent, dialogAction, timing = {}, interpretations = [] } = reply;
    const action = [dialogAction?.type, dialogAction?.slotToElicit].filter(Boolean).join(" · ");
    const slots = Object.entries(reply.slots ?? intent?.slots ?? {});
    const json = JSON.stringify(reply, null, 2);
    const copying = h("button", { type: "button", class: "text-button" }, icon("copy"), t("details.copy"));
    copying.addEventListener("click", async () => this.whisper((await copy(json)) ? t("copied") : t("copy.failed")));
    return [
      facts([
        [t("details.source"), sourceName(reply)],
        [t("details.intent"), intent?.name],
        [t("details.state"), intent?.state],
        [t("details.confirmation"), intent?.confirmationState],
        [t("details.action"), action],
      ]),
      section(t("details.slots"), slots.length ? table(slots) : none()),
      section(t("details.interpretations"), interpretations.length
        ? h("ul", { class: "scores" }, ...interpretations.map(score)) : none()),
      section(t("details.timing"), times(timing)),
      section(t("details.ids"), facts([
        ["sessionId", reply.sessionId], ["messageId", reply.messageId ?? messageId], ["requestId", reply.requestId],
        ["botId", reply.botId], ["localeId", reply.localeId],
      ])),
      h("details", { class: "drawer-json" }, h("summary", {}, t("details.json")), copying, h("pre", { tabindex: "0" }, json)),
    ];
  }
}

const none = () => h("p", { class: "drawer-none" }, t("details.none"));
const section = (title, ...content) => h("section", {}, h("h3", {}, title), ...content);

const facts = (pairs) =>
  h("dl", { class: "facts" }, ...pairs.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));

function table(slots) {
  return h("dl", { class: "facts slots" }, ...slots.flatMap(([name, slot]) => [
    h("dt", {}, name), h("dd", { class: slot ? "" : "unfilled" }, slot ? slotWords(slot) : t("details.unfilled")),
  ]));
}

function slotWords(slot) {
  if (slot.values) return slot.values.map(slotWords).join(", ");
  if (slot.subSlots)
    return Object.entries(slot.subSlots).map(([name, one]) => `${name}: ${one ? slotWords(one) : t("details.unfilled")}`).join(", ");
  const { originalValue, interpretedValue } = slot.value ?? {};
  const meant = interpretedValue ?? originalValue ?? "";
  return originalValue && originalValue !== meant ? `${meant} ← “${originalValue}”` : meant;
}

function score({ intent, nluConfidence }) {
  const value = nluConfidence?.score ?? nluConfidence;
  const known = typeof value === "number";
  const bar = h("meter", { min: "0", max: "1", value: known ? value : 0, "aria-label": intent?.name ?? "" });
  return h("li", {}, h("span", { class: "score-name" }, intent?.name ?? "?"), known ? bar : null,
    h("span", { class: "score-value" }, known ? value.toFixed(2) : "—"));
}

function times({ totalMs, nluMs }) {
  const ms = (value) => (typeof value === "number" ? `${value < 10 ? value.toFixed(1) : Math.round(value)} ms` : undefined);
  return facts([["total", ms(totalMs)], ["nlu", ms(nluMs)]]);
}
