/** The drawer behind an answer: intent, slots, scores, timing, the reply as it came. */

import { $, copy, h, icon } from "./dom.js";
import { t } from "./strings.js";
import { download } from "./transcript.js";
import { sourceName } from "./words.js";

export class Drawer {
  #aside = $("drawer");
  #body = $("drawer-body");
  /** @type {Element | null} */
  #opener = null;
  /** @type {Answer | undefined} */
  #answer;
  /** @type {CloseWatcher | undefined} */
  #back;
  #whisper;
  #api;
  #test;
  #sources;

  /**
   * @param {(text: string) => void} whisper @param {Api} api @param {() => Promise<SavedTalk> | undefined} test
   * @param {() => Shown["sources"]} sources
   */
  constructor(whisper, api, test, sources) {
    this.#whisper = whisper;
    this.#api = api;
    this.#test = test;
    this.#sources = sources;
    $("drawer-close").addEventListener("click", () => this.close());
    this.#aside.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  get open() {
    return !this.#aside.hidden;
  }

  /** Show what is behind `answer`, and take the focus. @param {Answer} [answer] */
  show(answer) {
    if (!this.open) {
      this.#opener = document.activeElement;
      this.#hearBack();
    }
    this.#aside.hidden = false;
    document.body.classList.add("with-drawer");
    this.follow(answer);
    $("drawer-title").focus({ preventScroll: true });
  }

  /** While open, keep to the latest answer that there is something behind. @param {Answer} [answer] */
  follow(answer) {
    if (answer && !answer.reply && this.#answer && this.#answer !== answer) return;
    this.#answer = answer;
    if (!this.open) return;
    this.#warn();
    this.#body.replaceChildren(...(answer?.reply ? this.#sections(answer.reply) : [h("p", { class: "drawer-empty" }, t("details.empty"))]));
  }

  /** A bot whose changed files cannot be served answers as it did before them: its maker should know. */
  async #warn() {
    const builds = Object.entries(await this.#api.oldBuilds().catch(() => ({})));
    this.#body.querySelector(".old-builds")?.remove();
    if (!builds.length) return;
    const lines = builds.map(([bot, why]) => h("p", { class: "notice" }, icon("alert"), h("span", {}, `${bot}: ${why}`)));
    this.#body.prepend(h("section", { class: "old-builds" }, h("h3", {}, t("details.old")), ...lines));
  }

  /** What was said becomes a conversation that `daehwa test` holds again. */
  async #save() {
    const talk = await this.#test()?.catch(() => this.#whisper(t("load.failed")));
    if (talk) download(talk.name, "text/yaml", talk.text);
  }

  /** Say everything again, in the language of now. */
  refresh() {
    this.follow(this.#answer);
  }

  /** Where the drawer is all there is, a phone's Back closes it, as browsers do with menus. */
  #hearBack() {
    if (innerWidth > 560 || !("CloseWatcher" in window)) return;
    this.#back = new CloseWatcher();
    this.#back.onclose = () => this.close();
  }

  close() {
    this.#back?.destroy();
    this.#aside.hidden = true;
    document.body.classList.remove("with-drawer");
    const back = this.#opener instanceof HTMLElement && this.#opener.isConnected ? this.#opener : $("menu-button");
    back.focus({ preventScroll: true });
  }

  /** @param {ChatReply} reply */
  #sections(reply) {
    const { intent, dialogAction, interpretations } = reply;
    const action = [dialogAction?.type, dialogAction?.slotToElicit].filter(Boolean).join(" · ");
    const slots = Object.entries(reply.slots ?? {});
    const json = JSON.stringify(reply, null, 2);
    const copying = tool("copy", t("details.copy"), async () => this.#whisper((await copy(json)) ? t("copied") : t("copy.failed")));
    return [
      facts([
        [t("details.source"), sourceName(reply, this.#sources())],
        [t("details.intent"), intent?.name],
        [t("details.state"), intent?.state],
        [t("details.confirmation"), intent?.confirmationState],
        [t("details.action"), action],
      ]),
      section(t("details.slots"), slots.length ? table(slots) : none()),
      section(t("details.interpretations"), interpretations.length
        ? h("ul", { class: "scores" }, ...interpretations.map(score)) : none()),
      section(t("details.timing"), facts([["total", ms(reply.timing?.totalMs)], ["nlu", ms(reply.timing?.nluMs)]])),
      section(t("details.ids"), facts([
        ["sessionId", reply.sessionId], ["messageId", reply.messageId], ["requestId", reply.requestId],
        ["botId", reply.botId], ["localeId", reply.localeId],
      ])),
      tool("save", t("details.test"), () => this.#save()),
      h("details", { class: "drawer-json" }, h("summary", {}, t("details.json")), copying, h("pre", { tabindex: "0" }, json)),
    ];
  }
}

/** @param {string} name of its icon @param {string} words @param {() => void} act */
function tool(name, words, act) {
  const button = h("button", { type: "button", class: "text-button" }, icon(name), words);
  button.addEventListener("click", act);
  return button;
}

const none = () => h("p", { class: "drawer-none" }, t("details.none"));
/** @param {string} title @param {Child[]} content */
const section = (title, ...content) => h("section", {}, h("h3", {}, title), ...content);

/** @param {[string, string | undefined][]} pairs */
const facts = (pairs) =>
  h("dl", { class: "facts" }, ...pairs.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));

/** @param {[string, Slot | null][]} slots */
function table(slots) {
  return h("dl", { class: "facts slots" }, ...slots.flatMap(([name, slot]) => [
    h("dt", {}, name), h("dd", { class: slot ? "" : "unfilled" }, slot ? slotWords(slot) : t("details.unfilled")),
  ]));
}

/** @param {Slot} slot @returns {string} */
function slotWords(slot) {
  if (slot.values) return slot.values.map(slotWords).join(", ");
  if (slot.subSlots)
    return Object.entries(slot.subSlots).map(([name, one]) => `${name}: ${one ? slotWords(one) : t("details.unfilled")}`).join(", ");
  const { originalValue, interpretedValue } = slot.value ?? {};
  const meant = interpretedValue ?? originalValue ?? "";
  return originalValue && originalValue !== meant ? `${meant} ← “${originalValue}”` : meant;
}

/** @param {Interpretation} interpretation */
function score({ intent: { name }, nluConfidence }) {
  const value = nluConfidence?.score;
  return h("li", {}, h("span", { class: "score-name" }, name),
    value !== undefined && h("meter", { min: "0", max: "1", value, "aria-label": name }),
    h("span", { class: "score-value" }, value?.toFixed(2) ?? "—"));
}

/** @param {number} [value] */
const ms = (value) => (value === undefined ? undefined : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`);
