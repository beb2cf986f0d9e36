/** The chat page's entry: finds the server, opens the conversation, ties the parts together. */

import { Connection, findApi } from "./api.js";
import { chosen, localeIn, missing } from "./choosing.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { $, pictures } from "./dom.js";
import { Later } from "./later.js";
import { Log, contextOf, showPending } from "./log.js";
import { openPlace } from "./place.js";
import * as shell from "./shell.js";
import { browserLanguage, language, speak, t } from "./strings.js";
import { Talks } from "./talks.js";
import { Voice } from "./voice.js";
import { answerText, endInWords, inWords, loadMarkdown } from "./words.js";

const MODEL_POLL_MS = 2000;
const IDLE_CHECK_MS = 60_000;
/** @type {Record<string, string>} */
const LOCALES = { ko: "ko_KR", en: "en_US" };

/** @param {Who} who */
const tongueOf = ({ localeId }) => localeId.split("_")[0];

const parameters = new URLSearchParams(location.search);
const around = await openPlace(parameters);

class Page {
  #parameters = parameters;
  #store = around.store;
  #talks = new Talks(around.store, parameters.get("widget") ?? "page");
  #frame = around.frame;
  /** @type {[string, string?][]} */
  #unsaid = []; // what waits until the talk is open, or an answer over: texts and labels
  /** @type {Api | undefined} */
  #api;
  /** @type {PageConfig | undefined} */
  #config;
  /** @type {Conversation | undefined} */
  #conversation;
  #opening = true; // what was said before is not there yet
  #name = ""; // of who speaks
  /** @type {Shown} */
  #shown = { sources: "full", details: false };
  /** @type {string[]} */
  #worn = []; // of the bot's theme
  /** @type {Promise<void> | undefined} */
  #signing;
  #connection = new Connection(() => this.#fetchConfig(),
    () => document.visibilityState === "visible" && Boolean(this.#conversation?.waiting));
  #log = new Log();
  #later = new Later({
    talk: () => this.#conversation,
    api: () => this.#api,
    bots: () => this.#config?.bots ?? [],
    name: () => this.#name,
    sources: () => this.#shown.sources,
    open: (who) => this.#open(who),
    fresh: () => this.#startAnew(),
  }, this.#talks);

  #composer = new Composer({
    say: (text) => this.#choose(text),
    stop: () => this.#conversation?.stop(),
    draft: (text) => this.#conversation && this.#store.set(this.#draftKey, text || undefined),
    whisper: shell.whisper,
  });

  #voice = new Voice({
    talk: () => this.#conversation,
    composer: this.#composer,
    whisper: shell.whisper,
    changed: () => this.#log.drawSoon(),
  });

  constructor() {
    const theme = this.#parameters.get("theme") ?? this.#store.get("theme") ?? "system";
    speak(this.#parameters.get("lang") ?? this.#store.get("language") ?? browserLanguage());
    shell.sayFixedStrings();
    this.#composer.refresh();
    shell.paint(theme);
    shell.fitKeyboard();
    shell.openMenus({
      theme: (name) => {
        this.#store.set("theme", name);
        shell.paint(name);
      },
      language: (name) => this.#speak(name),
      download: (format) => this.#later.download(format),
      details: () => this.#later.details(this.#conversation?.exchanges.findLast(({ current }) => current?.reply)?.current),
      fresh: () => this.#startAnew(),
    }, { theme, language: language() });
    shell.bannerFor(this.#connection, () => this.#showStatus());
    this.#showStatus();
    $("status-words").textContent = `${t("start")}…`;
    this.#listen();
    // Chosen in another tab.
    this.#store.addEventListener("elsewhere", (event) => {
      const name = /** @type {CustomEvent} */ (event).detail;
      if (name === "theme" && !this.#parameters.has(name)) shell.chooseTheme(this.#store.get(name));
    });
    if (this.#frame) shell.listenTo(this.#frame, this.#parameters.has("inline"), {
      focus: () => this.#composer.focus(),
      say: (text) => {
        this.#sayLater(text);
        this.#sayNext();
      },
      busy: () => Boolean(this.#conversation?.running),
    });
  }

  async start() {
    try {
      await this.#fetchConfig();
    } catch {
      this.#connection.lose();
      return;
    }
    await this.#begin();
  }

  get #localeHint() {
    return this.#conversation?.who.localeId ?? LOCALES[language()];
  }

  get #draftKey() {
    const { botId = "", localeId = "" } = this.#conversation?.who ?? {};
    return `draft:${botId}:${localeId}`;
  }

  async #fetchConfig() {
    const api = this.#api ??= await findApi();
    const config = () => api.config(this.#localeHint);
    this.#config = await config().catch(async (failure) => {
      if (failure.status !== 401) throw failure;
      await this.#signIn();
      return config();
    });
  }

  /** Have the person sign in; once, however many requests were refused. */
  #signIn() {
    this.#signing ??= import("./signin.js").then(({ signIn }) => signIn(/** @type {Api} */ (this.#api)))
      .finally(() => { this.#signing = undefined; });
    return this.#signing;
  }

  #listen() {
    $("input").addEventListener("input", loadMarkdown, { once: true });
    this.#connection.addEventListener("reached", () => {
      if (this.#conversation) this.#conversation.reconnected();
      else this.#begin();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || !this.#conversation?.running) return;
      if (!document.querySelector(":popover-open, dialog[open]")) this.#conversation.stop();
    });
    document.addEventListener("visibilitychange", () => this.#returned());
    addEventListener("focus", () => this.#returned());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#conversation?.catchUp());
    /** @param {"turn" | "ended" | "begun"} word @param {(conversation: Conversation) => void} act */
    const elsewhere = (word, act) => this.#talks.addEventListener(word, (event) => {
      const conversation = this.#conversation;
      if (conversation && conversation.sessionId === /** @type {CustomEvent} */ (event).detail) act(conversation);
    });
    elsewhere("turn", (conversation) => conversation.catchUp());
    elsewhere("ended", (conversation) => conversation.end("deleted"));
    elsewhere("begun", (conversation) => conversation.exchanges.length && !conversation.ending && conversation.end("moved"));
    $("earlier").addEventListener("click", () => this.#loadEarlier());
    $("talks-button").addEventListener("click", () => this.#later.talks());
  }

  /** The server is there for the first time: dress the page and open the conversation. */
  async #begin() {
    if (!this.#config) return;
    const absent = missing(this.#config, this.#parameters);
    if (absent) {
      shell.showMissing(absent);
      // Which bot speaks on another site is that site's choice.
      if (!this.#frame) shell.offerOthers(this.#config.bots, ({ botId }) => { location.search = `bot=${botId}`; });
      return;
    }
    const { look, limits, speech } = this.#config;
    this.#voice.server = speech;
    Object.assign(pictures, { answers: look.imageHosts, cards: look.cardHosts });
    this.#composer.limit = limits.text;
    this.#watchModel();
    // Who sits at a keyboard begins to type; a phone's would cover the page, a frame is not theirs yet.
    if (!this.#frame && matchMedia("(hover: hover) and (pointer: fine)").matches && document.activeElement === document.body)
      this.#composer.focus();
    await this.#open(chosen(this.#config, this.#parameters, this.#store));
    const { awaited, last } = this.#conversation ?? {};
    this.#frame?.post("ready", { busy: awaited, last: last?.reply && last.messageId });
    this.#sayNext();
  }

  /** @param {string} text @param {string} [label] */
  #sayLater(text, label) {
    this.#unsaid.push([text, label]);
    this.#showUnsaid();
  }

  /** What was said before the talk is open is there to see, and in the box of a page that comes after this one. */
  #showUnsaid() {
    const waits = this.#opening ? this.#unsaid : [];
    showPending(waits.map(([text, label = text]) => label));
    this.#store.set("unsaid", waits.map(([text]) => text).join("\n") || undefined);
  }

  /** Say what waits to be said, one after the other. */
  #sayNext() {
    if (!this.#conversation || this.#opening || this.#conversation.running) return;
    const next = this.#unsaid.shift();
    if (!next) return;
    // The focus stays where the person has it, which may be on the site around.
    this.#frame?.post("message", { text: next[0] });
    this.#conversation.send(...next);
    this.#log.toEnd();
  }

  /** Open the conversation with a bot, where it was left. @param {Who} who */
  async #open(who) {
    if (!this.#api || !this.#config) return;
    // What was typed before anything was open belongs to whatever opens first.
    let typed = this.#composer.text;
    // What was said to another one, which was not open yet, is not sent to this one.
    if (this.#conversation) typed = this.#opening ? this.#unsaid.splice(0).map(([text]) => text).join("\n") : "";
    else if (!this.#unsaid.length) typed = [this.#store.get("unsaid"), typed].filter(Boolean).join("\n");
    this.#conversation?.leave();
    this.#store.set("who", who);
    const mine = new Conversation(this.#api, this.#store, this.#talks, who);
    this.#conversation = mine;
    this.#show(mine, this.#config);
    this.#hear(mine);
    this.#composer.text = typed || (this.#store.get(this.#draftKey) ?? "");
    this.#composer.busy = false;
    this.#opening = true;
    this.#showUnsaid();
    try {
      if (mine.returning) await loadMarkdown(); // so that nothing is drawn twice
      await mine.restore();
    } catch {
      if (this.#conversation !== mine) return;
      this.#log.draw();
      shell.announce(t("load.failed"), { urgent: true });
      this.#conversation = undefined;
      this.#connection.lose();
      return;
    }
    if (this.#conversation !== mine) return;
    this.#opening = false;
    this.#showUnsaid();
    this.#log.toEnd();
    this.#sayNext();
  }

  /** @param {Conversation} mine */
  #hear(mine) {
    /** @type {Conversation["on"]} */
    const on = (name, listener) => mine.on(name, (detail) => this.#conversation === mine && listener(detail));
    on("reset", () => this.#log.draw());
    on("change", () => this.#log.drawSoon());
    on("busy", () => {
      this.#composer.busy = mine.running;
      this.#log.drawSoon();
      this.#frame?.post("busy", { busy: mine.awaited });
      this.#sayNext();
    });
    on("finished", ({ answer }) => {
      this.#log.draw(); // what has been read to be shown is not read again to be announced
      shell.announce(`${this.#name}: ${answerText(answer)} ${endInWords(answer)}`.trim(), { tongue: tongueOf(mine.who) });
      this.#later.follow(mine.last);
      this.#log.arrived();
      this.#frame?.post("answered", { text: answerText(answer), last: answer.messageId });
      const { source, dialogAction } = answer.reply ?? {};
      if (source === "intent" && dialogAction?.type === "Close") this.#frame?.post("ended", { reason: "closed" });
    });
    on("failed", ({ answer: { failure } }) => {
      // That the server is away is said with the banner.
      shell.announce(failure.kind === "network" ? t("delivery.failed") : inWords(failure), { urgent: true });
      if (failure.status === 401) this.#signIn();
    });
    on("lost", () => this.#connection.lose());
    on("expired", () => {
      this.#log.draw();
      shell.announce(t(`ended.${mine.ending}`));
      this.#frame?.post("ended", { reason: mine.ending === "expired" ? "expired" : "cleared" });
    });
  }

  /** Who speaks, and what can be done with what is said. @param {Conversation} conversation @param {PageConfig} config */
  #show(conversation, { bots, limits, look, title }) {
    const { botId, localeId } = conversation.who;
    const bot = bots.find(({ id }) => id === botId) ?? bots[0];
    const locale = bot.locales.find(({ id }) => id === localeId) ?? bot.locales[0];
    const name = locale.title || title || bot.name;
    const logo = locale.logo ?? look.logo;
    const accent = this.#parameters.get("accent") ?? (bot.theme ? null : look.accent);
    this.#worn = shell.dress(bot.theme, this.#worn);
    if (accent) shell.tint(accent);
    this.#shown = shell.shownTo(bot.theme, Boolean(this.#api?.onLoopback) && !this.#frame && !this.#parameters.has("visitor"));
    for (const place of document.querySelectorAll("header .face, .welcome .face")) place.replaceChildren(shell.face(logo));
    const tongue = tongueOf(conversation.who);
    const choose = this.#choose.bind(this);
    const context = contextOf(conversation, {
      bot: name,
      tongue,
      starters: locale.starters,
      choose,
      voice: this.#voice,
      limit: limits.text,
      sources: this.#shown.sources,
      details: this.#shown.details ? (one) => this.#later.details(one) : undefined,
      act: (what) => (conversation.running ? shell.whisper(t("input.wait")) : this.#refocusAfter(what)),
      compose: (text) => {
        this.#composer.text = text;
        this.#composer.focus();
      },
    });
    // Intents, slots and scores are for whoever makes the bot, not for a site's visitors.
    $("details").hidden = !context.details;
    this.#log.show(conversation, context);
    this.#name = name;
    document.title = name;
    $("name").textContent = name;
    this.#composer.placeholder = locale.placeholder || t("input.placeholder");
    $("greeting-name").textContent = name;
    shell.greet({ ...locale, greeting: locale.greeting || t("welcome") }, tongue, choose);
    shell.showPrivacy(locale, tongue);
    this.#showStatus();
    // Whoever fixed the bot in the address meant this one.
    const offered = this.#parameters.has("bot") ? [bot] : bots;
    const others = offered.filter(({ id }) => id !== botId);
    shell.offerOthers(others, (who) => {
      this.#open(who);
      this.#composer.focus();
    });
    shell.fillPicker(offered, conversation.who, (who) => {
      $("picker").hidePopover();
      this.#later.follow(undefined);
      this.#open(who);
    });
  }

  #showStatus() {
    shell.showAnswerer(this.#config?.answer, this.#connection.lost, this.#shown.sources === "full");
  }

  /** @param {string} text @param {string} [label] */
  #choose(text, label) {
    const conversation = this.#conversation;
    if (!conversation || this.#opening) {
      this.#sayLater(text, label);
      return;
    }
    if (conversation.running) {
      shell.whisper(t("input.wait"));
      return;
    }
    this.#frame?.post("message", { text });
    this.#voice.stop();
    this.#refocusAfter(() => conversation.send(text, label));
    this.#log.toEnd();
  }

  /** Buttons vanish when they are pressed; the focus goes where the talk goes on. @param {() => void} act */
  #refocusAfter(act) {
    act();
    this.#log.draw();
    const touch = matchMedia("(hover: none)").matches;
    if (document.activeElement?.closest("#composer")) return;
    if (touch) $("log").focus({ preventScroll: true });
    else this.#composer.focus();
  }

  async #startAnew() {
    const conversation = this.#conversation;
    if (!conversation) return;
    if (conversation.ending === "moved") {
      this.#talks.follow(conversation.who);
      await this.#open(conversation.who);
      return;
    }
    const untouched = !conversation.exchanges.length;
    const choice = untouched || conversation.ending ? "yes" : await shell.confirmFresh();
    if (!choice) return;
    const erased = choice === "erase" && conversation.clear();
    if (!erased && !untouched) conversation.begin();
    if (!untouched) this.#frame?.post("ended", { reason: "cleared" });
    this.#later.follow(undefined);
    this.#log.toEnd();
    this.#composer.focus();
    if (erased && !(await erased)) shell.whisper(t("fresh.failed"));
  }

  /** Show what was said before, and leave what the person reads where it is. */
  async #loadEarlier() {
    const conversation = this.#conversation;
    if (!conversation) return;
    $("earlier").setAttribute("aria-busy", "true");
    try {
      await conversation.loadEarlier();
    } catch {
      shell.whisper(t("load.failed"));
    }
    $("earlier").removeAttribute("aria-busy");
  }

  /** The interface's language is another one now: say everything again. @param {string} name */
  #speak(name) {
    this.#store.set("language", name);
    this.#composer.refresh();
    this.#voice.refresh();
    this.#later.refresh();
    const conversation = this.#conversation;
    if (!conversation || !this.#config) return;
    this.#show(conversation, this.#config);
    this.#log.draw();
    const { botId } = conversation.who;
    const localeId = conversation.exchanges.length ? undefined : localeIn(this.#config, name, botId);
    if (localeId) this.#open({ botId, localeId });
  }

  /** The person came back after a while: does the server still know the conversation? */
  #returned() {
    if (document.visibilityState !== "visible" || !this.#conversation) return;
    if (Date.now() - this.#conversation.heardAt > IDLE_CHECK_MS) this.#conversation.check();
  }

  /** Follow the model while it is being fetched or loaded. */
  #watchModel() {
    if (!["downloading", "loading"].includes(this.#config?.answer.state ?? "")) return;
    setTimeout(async () => {
      if (document.visibilityState === "visible" && !this.#connection.lost) {
        await this.#fetchConfig().catch(() => {});
        if (this.#conversation) this.#showStatus();
      }
      this.#watchModel();
    }, MODEL_POLL_MS);
  }
}

new Page().start();
