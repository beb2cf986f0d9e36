/** Everything around the talk, and how it looks and what it shows by its owner's settings. */

import { $, h, hide, icon } from "./dom.js";
import { language, languageOf, speak, t } from "./strings.js";

const TOAST_MS = 2200;
const SPOKEN_MS = 6000;
const OTHERS_SHOWN = 3;
const MARK = new URL("icon.svg", import.meta.url).href;

/**
 * Put a theme's colours and corners on, in place of those that another bot's has `worn`; gives the names of what is on now.
 * @param {Theme | null | undefined} theme @param {string[]} worn
 */
export function dress(theme, worn) {
  const { light = {}, dark = {}, radius } = /** @type {Partial<Theme>} */ (theme ?? {});
  const { style } = document.documentElement;
  for (const name of worn) style.removeProperty(name);
  /** @type {string[]} */
  const now = [];
  /** @param {string} name @param {string} value */
  const put = (name, value) => {
    style.setProperty(name, value);
    now.push(name);
  };
  for (const [name, colour] of Object.entries(light)) {
    const value = `light-dark(${colour}, ${dark[name] ?? colour})`;
    if (/^[\w-]+$/.test(name) && CSS.supports("color", value)) put(`--${name}`, value);
  }
  if (Number.isInteger(radius)) put("--round", `${radius}px`);
  return now;
}

/**
 * What is meant for whoever is here: the owner, on their own machine, or a visitor.
 * @param {Theme | null | undefined} theme @param {boolean} owner @returns {Shown}
 */
export const shownTo = (theme, owner) => ({ sources: theme?.sources ?? (owner ? "full" : "kind"), details: theme?.details ?? owner });

export function sayFixedStrings() {
  for (const element of document.querySelectorAll("[data-t], [data-t-label]")) {
    const [words, label] = ["data-t", "data-t-label"].map((name) => element.getAttribute(name));
    if (words) element.textContent = t(words);
    if (!label) continue;
    element.setAttribute("aria-label", t(label));
    if (element.matches("button")) element.setAttribute("title", t(label));
  }
}

/** Have a screen reader say `text`, once; urgent words interrupt. @param {string} text */
export function announce(text, { urgent = false, tongue = language() } = {}) {
  const words = h("p", { lang: languageOf(text, tongue) }, text);
  $(urgent ? "assertive" : "polite").append(words);
  // Gone before anyone reading the page comes across it a second time.
  setTimeout(() => words.remove(), SPOKEN_MS);
}

const toast = { timer: 0 };

/** A short word that passes by, for eyes and ears. @param {string} text */
export function whisper(text) {
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => $("toast").classList.remove("shown"), TOAST_MS);
  announce(text);
}

/** The configured logo, or the page's own mark, in its colours. @param {string | null} [logo] */
export function face(logo) {
  if (!logo) return icon("mark");
  const address = logo && URL.canParse(logo, document.baseURI) ? new URL(logo, document.baseURI) : undefined;
  const safe = address && (address.protocol === "https:" || address.origin === location.origin);
  const picture = h("img", { src: safe ? address.href : MARK, alt: "" });
  picture.addEventListener("error", () => { picture.src = MARK; }, { once: true });
  return picture;
}

const systemDark = matchMedia("(prefers-color-scheme: dark)");

/** @param {string} theme */
export function paint(theme) {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
  const paper = getComputedStyle(document.body).backgroundColor;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.setAttribute("content", paper);
  // At dusk some systems turn dark.
  systemDark.onchange = () => paint(theme);
}

/** Take over the theme that was chosen in another tab. @param {string} theme */
export const chooseTheme = (theme) => [...$("menu").querySelectorAll("input")].find(({ value }) => value === theme)?.click();

/** Set the accent, with white or black on it, whichever reads better. @param {string | null} [accent] */
export function tint(accent) {
  if (!accent || !CSS.supports("color", accent)) return;
  const root = document.documentElement.style;
  root.setProperty("--accent", accent);
  const probe = h("i", { hidden: true });
  probe.style.color = `color-mix(in lab, ${accent}, ${accent})`; // whatever space it is written in
  document.body.append(probe);
  // WCAG 2.2's 4.5 to 1 for white is a lightness of 49.9.
  const dark = parseFloat(getComputedStyle(probe).color.slice(4)) < 49.9;
  probe.remove();
  // Where white can be read on it, it can be read on white.
  if (!dark) root.setProperty("--accent-ink", "light-dark(var(--ink), color-mix(in oklab, var(--accent) 52%, #fff))");
  else root.removeProperty("--accent-ink");
  root.setProperty("--on-accent", dark ? "#fff" : "#111");
}

/**
 * The line under the name: what can be talked about just now.
 * @param {Partial<AnswerStatus>} answer @param {boolean} [lost]
 */
function showStatus({ state = "ready", line, progress }, lost = false) {
  const waiting = ["downloading", "loading", "missing"].includes(state);
  const own = waiting ? t(`model.${state}`) : t("ready");
  const percent = state === "downloading" && typeof progress === "number" ? ` ${Math.floor(progress * 100)}%` : "";
  $("status").dataset.state = lost ? "lost" : waiting ? state : "ready";
  $("status-words").textContent = lost ? t("error.network") : (waiting && line ? line : own) + (line?.includes("%") ? "" : percent);
  const bar = $("progress");
  bar.hidden = lost || !["downloading", "loading"].includes(state);
  bar.setAttribute("aria-label", own);
  if (percent) bar.value = progress ?? 0;
  else bar.removeAttribute("value");
}

/**
 * Who answers what the bot does not know, and whether that can be had just now.
 * @param {AnswerStatus | undefined} answer @param {boolean} lost the server is out of reach @param {boolean} named visitors see names
 */
export function showAnswerer(answer, lost, named) {
  const { source = "none", state = "off", ...rest } = answer ?? {};
  const off = ["off", "missing"].includes(state) || source === "none";
  if (answer) $("about").textContent = t(off ? "about.none" : !named ? "about.ai" : source === "embedded" ? "about.embedded" : "about.model");
  showStatus(answer ? { ...rest, state } : {}, lost);
}

/** @param {string} place @param {string | null} text @param {string} tongue */
const paragraph = (place, text, tongue) => {
  $(place).hidden = !text;
  $(place).textContent = text ?? "";
  $(place).lang = languageOf(text ?? "", tongue);
};

/**
 * @param {string} title @param {string | undefined} note @param {string} tongue @param {() => void} onclick
 */
const offer = (title, note, tongue, onclick) =>
  h("button", { type: "button", class: "chip", onclick },
    h("span", { lang: languageOf(title, tongue) }, title),
    note && h("span", { class: "note", lang: languageOf(note, tongue) }, note));

/** The first page. @param {PageLocale} locale @param {string} tongue @param {Say} say */
export function greet({ about, greeting, starters, notes }, tongue, say) {
  paragraph("bot-about", about, tongue);
  paragraph("greeting", greeting, tongue);
  $("starters").replaceChildren(...starters.map((starter) => offer(starter, notes[starter], tongue, () => say(starter))));
}

/** A page without a bot: the one that its address names is not there. @param {string} name */
export function showMissing(name) {
  const words = t("bot.missing", { name });
  $("welcome").hidden = false;
  $("greeting-name").textContent = words;
  $("composer").hidden = true;
  for (const one of ["identity", "talks-button", "fresh", "details"]) $(one).hidden = true;
  announce(words, { urgent: true });
}

/** The line under the message box. @param {PageLocale} locale @param {string} tongue */
export function showPrivacy({ privacy, privacyLink }, tongue) {
  paragraph("privacy", privacy, tongue);
  const address = privacy && privacyLink && URL.canParse(privacyLink, document.baseURI) && new URL(privacyLink, document.baseURI);
  if (address && ["https:", location.protocol].includes(address.protocol))
    $("privacy").replaceChildren(h("a", { href: address.href, target: "_blank", rel: "noopener" }, privacy));
}

/** @param {string} tag */
const ownName = (tag) => new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;

/** @param {PageBot[]} bots @param {(who: Who) => void} choose */
export function offerOthers(bots, choose) {
  const list = bots.slice(0, OTHERS_SHOWN).map(({ id: botId, name, description, locales }) => {
    const locale = locales.find(({ id }) => id.startsWith(language())) ?? locales[0];
    const tongue = locale.id.split("_")[0];
    const note = [locale.about ?? description, tongue !== language() && ownName(tongue)].filter(Boolean).join(" · ");
    return offer(locale.speaker ?? name, note, tongue, () => choose({ botId, localeId: locale.id }));
  });
  if (bots.length > OTHERS_SHOWN)
    list.push(h("button", { type: "button", class: "chip", popovertarget: "picker" }, t("bot.more", { count: bots.length - OTHERS_SHOWN })));
  $("others-list").replaceChildren(...list);
  $("others").hidden = !list.length;
}

/** The bot's name for people, in the interface's language if it has one there. @param {PageBot} bot */
const ownTitle = ({ name, locales }) =>
  (locales.find(({ id }) => id.startsWith(language())) ?? locales[0])?.speaker ?? name;

/** @param {PageBot[]} bots @param {Who} who @param {(who: Who) => void} choose */
export function fillPicker(bots, who, choose) {
  const several = bots.flatMap(({ locales }) => locales).length > 1;
  $("identity").disabled = !several;
  $("identity").title = several ? t("bot.choose") : "";
  $("picker").replaceChildren(...bots.map((bot) =>
    h("fieldset", { class: "bots" }, h("legend", {}, ownTitle(bot)), ...bot.locales.map(({ id }) => {
      const checked = bot.id === who.botId && id === who.localeId;
      const tongue = id.split("_")[0];
      const alone = bot.locales.filter((other) => other.id.startsWith(tongue)).length === 1;
      return h("label", {},
        h("input", { type: "radio", name: "bot", checked, onchange: () => choose({ botId: bot.id, localeId: id }) }),
        h("span", { lang: tongue }, ownName(alone ? tongue : id.replace("_", "-"))), icon("check"));
    }))));
}

/**
 * Open a sheet under its button on wide screens; CSS lays it at the bottom of narrow ones.
 * @param {HTMLElement} sheet @param {HTMLElement} button
 */
function placeSheet(sheet, button) {
  const place = () => {
    const { bottom, left, right } = button.getBoundingClientRect();
    sheet.style.setProperty("--sheet-top", `${bottom + 10}px`);
    const fromRight = sheet.id === "menu";
    sheet.style.setProperty("--sheet-left", fromRight ? "auto" : `${left}px`);
    sheet.style.setProperty("--sheet-right", fromRight ? `${document.documentElement.clientWidth - right}px` : "auto");
  };
  sheet.addEventListener("beforetoggle", ({ newState }) => newState === "open" && place());
  sheet.addEventListener("toggle", ({ newState }) => newState === "open" &&
    /** @type {HTMLElement | null} */ (sheet.querySelector(":checked"))?.focus());
  addEventListener("resize", () => sheet.hidePopover());
}

/**
 * Wire the menus. `now`: the theme and language in force.
 * @param {MenuActs} on @param {Record<"theme" | "language", string>} now
 */
export function openMenus(on, now) {
  placeSheet($("menu"), $("menu-button"));
  placeSheet($("picker"), $("identity"));
  const menu = $("menu");
  for (const one of menu.querySelectorAll("input")) {
    const name = /** @type {keyof now} */ (one.name);
    one.checked = one.value === now[name];
    one.addEventListener("change", () => {
      if (name === "language") {
        speak(one.value);
        sayFixedStrings();
      }
      on[name](one.value);
    });
  }
  for (const one of menu.querySelectorAll("[data-format]"))
    one.addEventListener("click", () => {
      menu.hidePopover();
      on.download(/** @type {any} */ (one.getAttribute("data-format")));
    });
  $("details").addEventListener("click", () => {
    menu.hidePopover();
    on.details();
  });
  $("fresh").addEventListener("click", on.fresh);
  $("expired-fresh").addEventListener("click", on.fresh);
}

/** "yes", "erase", or "" for no. @returns {Promise<string>} */
export function confirmFresh() {
  const dialog = $("confirm");
  dialog.returnValue = "";
  dialog.showModal();
  $("confirm-yes").focus();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue), { once: true });
  });
}

/** @param {Connection} connection @param {() => void} onChange */
export function bannerFor(connection, onChange) {
  /** @param {string} words */
  const show = (words) => {
    $("banner").hidden = false;
    $("banner-words").textContent = words;
  };
  $("reconnect").addEventListener("click", () => connection.now());
  let announced = false;
  connection.addEventListener("waiting", (event) => {
    const seconds = /** @type {CustomEvent} */ (event).detail;
    show(t("offline", { seconds }));
    if (!announced) announce(t("offline", { seconds }), { urgent: true });
    announced = true;
    onChange();
  });
  connection.addEventListener("trying", () => show(t("offline.trying")));
  connection.addEventListener("reached", () => {
    hide($("banner"), true);
    announced = false;
    whisper(t("online.again"));
    onChange();
  });
}

/** Keep the room as high as what the on-screen keyboard leaves. */
export function fitKeyboard() {
  const view = visualViewport;
  if (!view) return;
  const fit = () => {
    // Pinch zoom shrinks the visual viewport too, and must not squeeze the room.
    const covered = view.scale === 1 ? Math.max(0, innerHeight - view.height) : 0;
    document.documentElement.style.setProperty("--keyboard", `${covered}px`);
    if (covered) scrollTo(0, 0);
  };
  view.addEventListener("resize", fit);
}

/**
 * Do what the page around wants, and let the person close the chat.
 * @param {Frame} frame @param {boolean} inline it fills a part of that page, and cannot be closed
 * @param {{ focus(): void, say(text: string): void, busy(): boolean }} chat
 */
export function listenTo(frame, inline, chat) {
  frame.hear({
    focus: chat.focus,
    theme: ({ theme }) => paint(theme),
    say: ({ text }) => typeof text === "string" && chat.say(text),
  });
  document.documentElement.classList.add("framed");
  $("leave").hidden = inline;
  $("leave").addEventListener("click", () => frame.post("close"));
  addEventListener("keydown", (event) => {
    const open = document.querySelector("#drawer:not([hidden]), :popover-open, dialog[open]");
    if (event.key === "Escape" && !open && !chat.busy() && !event.isComposing) frame.post("close");
  });
}
