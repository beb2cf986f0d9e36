/** What few visitors open, fetched when it is wanted: the list of talks, what is behind an answer, the transcript. */

import { forget } from "./conversation.js";
import { loadLaterStyle } from "./dom.js";
import { whisper } from "./shell.js";
import { t } from "./strings.js";

/**
 * @typedef {object} LaterPage
 * @property {() => Conversation | undefined} talk
 * @property {() => Api | undefined} api
 * @property {() => PageBot[]} bots
 * @property {() => string} name of who speaks
 * @property {() => Shown["sources"]} sources what is shown of who answers
 * @property {(who: Who) => Promise<void>} open
 * @property {() => void} fresh
 */

/** What was fetched; a word where it could not be. @template Module @param {Promise<Module>} load @returns {Promise<Module | undefined>} */
const fetched = (load) => load.catch(() => {
  whisper(t("load.failed"));
  return undefined;
});

export class Later {
  #page;
  #talks;
  /** @type {import("./drawer.js").Drawer | undefined} */
  #drawer;
  /** @type {import("./talklist.js").TalkList | undefined} */
  #list;

  /** @param {LaterPage} page @param {Talks} talks */
  constructor(page, talks) {
    this.#page = page;
    this.#talks = talks;
  }

  /** Show what is behind an answer. @param {Answer} [answer] */
  async details(answer) {
    const { api, talk } = this.#page;
    const parts = await fetched(Promise.all([import("./drawer.js"), loadLaterStyle()]));
    if (!parts) return;
    this.#drawer ??= new parts[0].Drawer(whisper, /** @type {Api} */ (api()), () => talk()?.test(), this.#page.sources);
    this.#drawer.show(answer);
  }

  /** What is behind another answer, if that is shown. @param {Answer} [answer] */
  follow(answer) {
    this.#drawer?.follow(answer);
  }

  /** Also after a change of language. */
  refresh() {
    this.#drawer?.refresh();
  }

  /** The whole talk, however long it is. @param {"txt" | "md" | "json"} format */
  async download(format) {
    const conversation = this.#page.talk();
    if (!conversation) return;
    const parts = await fetched(Promise.all([import("./transcript.js"), conversation.earlier && conversation.loadEarlier({ all: true })]));
    parts?.[0].downloadTranscript(format, { title: this.#page.name(), conversation, sources: this.#page.sources() });
  }

  /** The list of this browser's talks. */
  async talks() {
    const { talk, bots, open, fresh } = this.#page;
    const parts = await fetched(import("./talklist.js"));
    if (!parts) return;
    this.#list ??= new parts.TalkList(this.#talks, {
      current: talk,
      nameOf: (botId) => bots().find(({ id }) => id === botId)?.name,
      open: (one) => {
        this.#talks.enter(one, one.sessionId);
        this.follow(undefined);
        return open({ botId: one.botId, localeId: one.localeId });
      },
      fresh,
      forget: (one) => this.#forget(one),
      loadAll: async () => {
        const shown = talk();
        if (shown?.earlier) await fetched(shown.loadEarlier({ all: true }));
      },
    });
    this.#list.show();
  }

  /** Erase a talk, here and at the server. @param {Talk} one */
  async #forget(one) {
    const [conversation, api] = [this.#page.talk(), this.#page.api()];
    const ours = conversation?.sessionId === one.sessionId;
    if (!ours) this.#talks.drop(one.sessionId);
    const done = ours ? await conversation.clear() : api && await forget(api, one);
    if (!done) whisper(t("fresh.failed"));
  }
}
