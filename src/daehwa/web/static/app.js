/** The chat page's entry: finds the server, opens the conversation, ties the parts together. */

import { Connection, findApi } from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { h } from "./dom.js";
import { Drawer } from "./drawer.js";
import { ExchangeView } from "./messages.js";
import { Store, openFrame } from "./place.js";
import * as shell from "./shell.js";
import { browserLanguage, language, languageOf, speak, t } from "./strings.js";
import { answerText, downloadTranscript, inWords, loadMarkdown } from "./words.js";

const MODEL_POLL_MS = 2000;
const IDLE_CHECK_MS = 60_000;
const LOCALES = { ko: "ko_KR", en: "en_US" };

const $ = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.search);
const store = new Store(parameters.get("widget") ?? "page");
const frame = openFrame(parameters);
const views = new Map();
let api;
let config = { bots: [], look: {} };
let conversation;
let scene;
let pending = 0;

speak(parameters.get("lang") ?? store.get("language") ?? browserLanguage());
const theme = parameters.get("theme") ?? store.get("theme") ?? "system";
shell.sayFixedStrings();
shell.paint(theme);
shell.fitKeyboard();

const connection = new Connection(async () => {
  config = await api.config(localeHint());
});
$("input").addEventListener("focus", loadMarkdown, { once: true });
const drawer = new Drawer($("drawer"), shell.whisper);
const follower = new shell.Follower($("log"), $("content"), $("newer"));
const composer = new Composer($("composer"), {
  say: (text) => choose(text),
  stop: () => conversation?.stop(),
  keep: (draft) => conversation && store.set(draftKey(), draft || undefined),
  whisper: shell.whisper,
});

shell.openMenus({
  theme(name) {
    store.set("theme", name);
    shell.paint(name);
  },
  language(name) {
    store.set("language", name);
    relabel();
    const same = conversation?.exchanges.length ? undefined : localeIn(name);
    if (same) open({ botId: conversation.who.botId, localeId: same });
  },
  download: (format) => downloadTranscript(format, { title: scene.bot, conversation }),
  details: () => drawer.show(conversation?.last),
  fresh,
}, { theme, language: language() });
shell.bannerFor(connection, () => shell.showStatus(config.answer, connection.lost));
shell.showStatus({ state: "ready" });
$("status-words").textContent = `${t("start")}…`;

connection.addEventListener("found", async () => {
  if (!conversation) await begin();
  else await conversation.reconnected();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || !conversation?.running) return;
  if (!document.querySelector(":popover-open, dialog[open]")) conversation.stop();
});
document.addEventListener("visibilitychange", returned);
addEventListener("focus", returned);
store.addEventListener("elsewhere", ({ detail }) => detail.startsWith("heard:") && conversation?.catchUp());
frame?.hear({
  focus: () => composer.focus(),
  theme: ({ theme: name }) => shell.paint(name),
  say: ({ text }) => typeof text === "string" && choose(text),
});
if (frame) {
  document.documentElement.classList.add("framed");
  $("leave").hidden = false;
  $("leave").addEventListener("click", () => frame.tell("close"));
  addEventListener("keydown", (event) => {
    const quiet = !conversation?.running && !drawer.open && !document.querySelector(":popover-open, dialog[open]");
    if (event.key === "Escape" && quiet && !event.isComposing) frame.tell("close");
  });
}

start();

async function start() {
  try {
    api = await findApi();
    config = await api.config(localeHint());
  } catch {
    connection.lose();
    return;
  }
  await begin();
}

/** The server is there for the first time: dress the page and open the conversation. */
async function begin() {
  const { look = {} } = config;
  shell.tint(look.accent);
  for (const place of document.querySelectorAll("header .face, .welcome .face")) place.replaceChildren(shell.face(look.logo));
  $("details").hidden = look.debug === false;
  composer.limit = config.limits?.text ?? 1024;
  watchModel();
  await open(chosen());
  frame?.tell("ready");
}

/** Which bot to talk to: the address's, the last one, or the server's default in our language. */
function chosen() {
  const wanted = [
    { botId: parameters.get("bot"), localeId: parameters.get("locale") },
    store.get("who"),
  ];
  for (const who of wanted) {
    const bot = config.bots.find(({ id, name }) => who?.botId && (id === who.botId || name === who.botId));
    const locale = bot?.locales.find(({ id }) => id === who.localeId) ?? bot?.locales[0];
    if (locale) return { botId: bot.id, localeId: locale.id };
  }
  const { botId, localeId } = config.default;
  return { botId, localeId: localeIn(language(), botId) ?? localeId };
}

function localeIn(tongue, botId = conversation?.who.botId) {
  return config.bots.find(({ id }) => id === botId)?.locales.find(({ id }) => id.startsWith(tongue))?.id;
}

const localeHint = () => conversation?.who.localeId ?? LOCALES[language()];
const draftKey = () => `draft:${conversation.who.botId}:${conversation.who.localeId}`;

/** Open the conversation with a bot, where it was left. */
async function open(who) {
  conversation?.leave();
  store.set("who", who);
  const mine = new Conversation(api, store, who);
  conversation = mine;
  const now = (listener) => (event) => conversation === mine && listener(event.detail);
  mine.addEventListener("reset", now(redraw));
  mine.addEventListener("change", now(redrawSoon));
  mine.addEventListener("busy", now(() => {
    composer.busy = mine.running;
    redrawSoon();
  }));
  mine.addEventListener("finished", now(({ answer }) => {
    shell.announce(`${scene.bot}: ${answerText(answer)}`, { tongue: scene.tongue });
    drawer.follow(mine.last);
    follower.arrived();
    frame?.tell("spoke");
  }));
  mine.addEventListener("failed", now(({ answer }) => shell.announce(inWords(answer.failure), { urgent: true })));
  mine.addEventListener("lost", now(() => connection.lose()));
  mine.addEventListener("expired", now(() => {
    redraw();
    shell.announce(t("expired"));
  }));
  setScene();
  composer.text = store.get(draftKey()) ?? "";
  composer.busy = false;
  try {
    if (mine.returning) await loadMarkdown(); // so that nothing is drawn twice
    await mine.restore();
  } catch {
    redraw();
    if (conversation === mine) {
      shell.announce(t("load.failed"), { urgent: true });
      conversation = undefined;
      connection.lose();
    }
    return;
  }
  if (conversation === mine) follower.toEnd();
}

/** Who speaks, and what can be done with what is said. */
function setScene() {
  const { botId, localeId } = conversation.who;
  const bot = config.bots.find(({ id }) => id === botId);
  const locale = bot.locales.find(({ id }) => id === localeId);
  const { look = {} } = config;
  const name = (config.bots.length === 1 && (look.title ?? config.title)) || bot.name;
  const tongue = localeId.split("_")[0];
  scene = {
    bot: name,
    tongue,
    starters: locale.starters ?? [],
    avatar: () => h("span", { class: "face", "aria-hidden": "true" }, shell.face(look.logo)),
    choose,
    fresh,
    whisper: shell.whisper,
    retry: (exchange) => refocusAfter(() => conversation.retry(exchange)),
    again: (exchange) => refocusAfter(() => conversation.again(exchange)),
    edit(exchange) {
      composer.text = conversation.withdraw(exchange);
      composer.focus();
    },
    details: look.debug !== false && ((one) => drawer.show(one)),
    turnTo(exchange, shown) {
      exchange.shown = shown;
      redraw1(exchange);
    },
    async rate(one, rating, comment) {
      try {
        await conversation.rate(one, rating, comment);
        return true;
      } catch {
        shell.whisper(t("rate.failed"));
        return false;
      }
    },
  };
  document.title = name;
  $("name").textContent = name;
  $("identity").setAttribute("aria-label", t("bot.now", { bot: name }));
  composer.placeholder = locale.placeholder || t("input.placeholder");
  $("greeting-name").textContent = name;
  shell.greet({ ...locale, greeting: locale.greeting || look.greeting || t("welcome") }, tongue, choose);
  showModel();
  // Whoever fixed the bot in the address meant this one.
  const others = parameters.has("bot") ? [] : config.bots.filter(({ id }) => id !== botId);
  shell.offerOthers(others, (who) => {
    open(who);
    composer.focus();
  });
  shell.fillPicker(config.bots, conversation.who, (who) => {
    $("picker").hidePopover();
    drawer.follow(undefined);
    open(who);
  });
}

/** Say what answers what the bot does not know, and whether it can already. */
function showModel() {
  const { answer } = config;
  const off = !answer || ["off", "missing"].includes(answer.state) || answer.source === "none";
  $("about").textContent = off ? t("about.none") : t(answer.source === "embedded" ? "about.embedded" : "about.model");
  shell.showStatus(answer, connection.lost);
}

/** Say `text`; `label` is what the person saw when they pressed a button for it. */
function choose(text, label) {
  if (!conversation) return;
  if (conversation.running) {
    shell.whisper(t("input.wait"));
    return;
  }
  refocusAfter(() => conversation.send(text, label));
  follower.toEnd();
}

/** Buttons vanish when they are pressed; the focus goes where the talk goes on. */
function refocusAfter(act) {
  act();
  redraw();
  const touch = matchMedia("(hover: none)").matches;
  if (document.activeElement?.closest("#composer")) return;
  if (touch) $("log").focus({ preventScroll: true });
  else composer.focus();
}

async function fresh() {
  const untouched = !conversation?.exchanges.length;
  if (!conversation || (!untouched && !conversation.expired && !(await shell.confirmFresh()))) return;
  const erased = conversation.clear();
  drawer.follow(undefined);
  follower.toEnd();
  composer.focus();
  if (!(await erased)) shell.whisper(t("fresh.failed"));
}

function redrawSoon() {
  pending ||= requestAnimationFrame(redraw);
}

/** Bring the whole log up to date; only what changed is touched. */
function redraw() {
  cancelAnimationFrame(pending);
  pending = 0;
  const { exchanges, running, expired } = conversation;
  for (const [exchange, view] of views) {
    if (exchanges.includes(exchange)) continue;
    view.element.remove();
    views.delete(exchange);
  }
  const made = [];
  for (const exchange of exchanges) {
    if (!views.has(exchange)) {
      const view = new ExchangeView(exchange, scene);
      views.set(exchange, view);
      made.push(view.element);
    }
    redraw1(exchange);
  }
  $("turns").append(...made);
  $("welcome").hidden = false;
  $("welcome").classList.toggle("small", exchanges.length > 0);
  $("starters").hidden = exchanges.length > 0 || !scene.starters.length;
  follower.still = exchanges.length === 0;
  $("others").hidden = exchanges.length > 0 || !$("others-list").childElementCount;
  $("expired").hidden = !expired || running;
  // Once for all: following means a layout of the whole talk.
  if (running || made.length) follower.arrived();
}

function redraw1(exchange) {
  const last = exchange === conversation.exchanges.at(-1);
  views.get(exchange)?.update({ last, busy: conversation.running });
}

/** The interface's language changed: say everything again. */
function relabel() {
  composer.refresh();
  drawer.refresh();
  if (!conversation) return;
  for (const { element } of views.values()) element.remove();
  views.clear();
  setScene();
  redraw();
}

/** The person came back after a while: does the server still know the conversation? */
function returned() {
  if (document.visibilityState !== "visible" || !conversation) return;
  if (Date.now() - conversation.heardAt > IDLE_CHECK_MS) conversation.check();
}

/** Follow the model while it is being fetched or loaded. */
function watchModel() {
  const { state } = config.answer ?? {};
  if (!["downloading", "loading"].includes(state)) return;
  setTimeout(async () => {
    if (document.visibilityState === "visible" && !connection.lost) {
      const renewed = await api.config(localeHint()).catch(() => undefined);
      if (renewed && conversation) {
        config = renewed;
        showModel();
      }
    }
    watchModel();
  }, MODEL_POLL_MS);
}
