/** Everything around the talk: who is there, the menus, the look, the banner, quiet words. */

import { h, icon } from "./dom.js";
import { language, languageOf, speak, t } from "./strings.js";

const NEAR = 64; // pixels from the bottom that still count as being there
const TOAST_MS = 2200;
const SPOKEN_MS = 6000;
const OTHERS_SHOWN = 3;

const $ = (id) => document.getElementById(id);

/** Say every fixed string of the page in the interface's language. */
export function sayFixedStrings() {
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]")) {
    const label = t(element.dataset.tLabel);
    element.setAttribute("aria-label", label);
    if (element.matches("button")) element.title = label;
  }
}

/** Have a screen reader say `text`, once; urgent words interrupt. */
export function announce(text, { urgent = false, tongue = language() } = {}) {
  const words = h("p", { lang: languageOf(text, tongue) }, text);
  $(urgent ? "assertive" : "polite").append(words);
  // Gone before anyone reading the page comes across it a second time.
  setTimeout(() => words.remove(), SPOKEN_MS);
}

let toastTimer;

/** A short word that passes by, for eyes and ears. */
export function whisper(text) {
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $("toast").classList.remove("shown"), TOAST_MS);
  announce(text);
}

/** The bot's face: the configured logo, or the page's own mark. */
export function face(logo) {
  const address = logo && URL.canParse(logo, document.baseURI) ? new URL(logo, document.baseURI) : undefined;
  const safe = address && (address.protocol === "https:" || address.origin === location.origin);
  const picture = h("img", { src: safe ? address.href : "icon.svg", alt: "" });
  picture.addEventListener("error", () => { picture.src = "icon.svg"; }, { once: true });
  return picture;
}

/** Light, dark, or as the system says. */
export function paint(theme) {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
  const paper = getComputedStyle(document.body).backgroundColor;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = paper;
}

/** The configured accent colour, with white or black on it, whichever reads better. */
export function tint(accent) {
  if (!accent || !CSS.supports("color", accent)) return;
  const root = document.documentElement.style;
  root.setProperty("--accent", accent);
  const probe = h("i", { hidden: true });
  probe.style.color = accent;
  document.body.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  probe.remove();
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  root.setProperty("--on-accent", 1.05 / (light + 0.05) >= 4.5 ? "#fff" : "#111");
}

/** The line under the name: what can be talked about just now. */
export function showStatus({ state = "ready", source, line, progress } = {}, lost) {
  const waiting = ["downloading", "loading", "missing"].includes(state);
  const own = waiting ? t(`model.${state}`) : source === "embedded" ? t("ready.embedded") : t("ready");
  const percent = state === "downloading" && typeof progress === "number" ? ` ${Math.floor(progress * 100)}%` : "";
  $("status").dataset.state = lost ? "lost" : waiting ? state : "ready";
  $("status-words").textContent = lost ? t("error.network") : (waiting && line ? line : own) + (line?.includes("%") ? "" : percent);
  const bar = $("progress");
  bar.hidden = lost || !["downloading", "loading"].includes(state);
  bar.setAttribute("aria-label", own);
  if (percent) bar.value = progress;
  else bar.removeAttribute("value");
}

const paragraph = (place, text, tongue) => {
  $(place).hidden = !text;
  $(place).textContent = text ?? "";
  $(place).lang = languageOf(text ?? "", tongue);
};

/** Two lines to press: what it is, and what comes of it. */
const offer = (title, note, tongue, onclick) =>
  h("button", { type: "button", class: "chip", onclick },
    h("span", { lang: languageOf(title, tongue) }, title),
    note && h("span", { class: "note", lang: languageOf(note, tongue) }, note));

/** The first page: who is there, and what can be said; `say(text)`. */
export function greet({ about, greeting, starters = [], notes = {} }, tongue, say) {
  paragraph("bot-about", about, tongue);
  paragraph("greeting", greeting, tongue);
  $("starters").replaceChildren(...starters.map((starter) => offer(starter, notes[starter], tongue, () => say(starter))));
}

/** A language's name, as those who speak it write it. */
const ownName = (tag) => new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;

/** The first page's way to other bots; `choose({botId, localeId})`. */
export function offerOthers(bots, choose) {
  const list = bots.slice(0, OTHERS_SHOWN).map(({ id: botId, name, description, locales }) => {
    const locale = locales.find(({ id }) => id.startsWith(language())) ?? locales[0];
    const tongue = locale.id.split("_")[0];
    const note = [locale.about ?? description, tongue !== language() && ownName(tongue)].filter(Boolean).join(" · ");
    return offer(name, note, tongue, () => choose({ botId, localeId: locale.id }));
  });
  if (bots.length > OTHERS_SHOWN)
    list.push(h("button", { type: "button", class: "chip", popovertarget: "picker" }, t("bot.more", { count: bots.length - OTHERS_SHOWN })));
  $("others-list").replaceChildren(...list);
}

/** The bots and languages to choose from; `choose({botId, localeId})`. */
export function fillPicker(bots, who, choose) {
  const several = bots.flatMap(({ locales }) => locales).length > 1;
  $("identity").disabled = !several;
  $("picker").replaceChildren(...bots.map((bot) =>
    h("fieldset", { class: "bots" }, h("legend", {}, bot.name), ...bot.locales.map(({ id }) => {
      const checked = bot.id === who.botId && id === who.localeId;
      const tongue = id.split("_")[0];
      const alone = bot.locales.filter((other) => other.id.startsWith(tongue)).length === 1;
      return h("label", {},
        h("input", { type: "radio", name: "bot", checked, onchange: () => choose({ botId: bot.id, localeId: id }) }),
        h("span", { lang: tongue }, ownName(alone ? tongue : id.replace("_", "-"))), icon("check"));
    }))));
}

/** Open a sheet under its button on wide screens; CSS lays it at the bottom of narrow ones. */
function placeSheet(sheet, button) {
  const place = () => {
    const { bottom, left, right } = button.getBoundingClientRect();
    sheet.style.setProperty("--sheet-top", `${bottom + 10}px`);
    const fromRight = sheet.id === "menu";
    sheet.style.setProperty("--sheet-left", fromRight ? "auto" : `${left}px`);
    sheet.style.setProperty("--sheet-right", fromRight ? `${document.documentElement.clientWidth - right}px` : "auto");
  };
  sheet.addEventListener("beforetoggle", ({ newState }) => newState === "open" && place());
  sheet.addEventListener("toggle", ({ newState }) => newState === "open" && sheet.querySelector(":checked")?.focus());
  addEventListener("resize", () => sheet.hidePopover());
}

/**
 * Wire the menus. `on`: {theme(name), language(name), download(format), details(), fresh()}.
 * `now`: the theme and language in force.
 */
export function openMenus(on, now) {
  placeSheet($("menu"), $("menu-button"));
  placeSheet($("picker"), $("identity"));
  const menu = $("menu");
  for (const [name, value] of Object.entries(now)) menu.querySelector(`[name=${name}][value=${value}]`).checked = true;
  menu.addEventListener("change", ({ target }) => {
    if (target.name === "language") {
      speak(target.value);
      sayFixedStrings();
    }
    on[target.name](target.value);
  });
  menu.addEventListener("click", ({ target }) => {
    const format = target.dataset.format;
    if (!format) return;
    menu.hidePopover();
    on.download(format);
  });
  $("details").addEventListener("click", () => {
    menu.hidePopover();
    on.details();
  });
  $("fresh").addEventListener("click", on.fresh);
  $("expired-fresh").addEventListener("click", on.fresh);
}

/** Ask before everything is forgotten. */
export function confirmFresh() {
  const dialog = $("confirm");
  dialog.returnValue = "";
  dialog.showModal();
  dialog.querySelector(".primary").focus();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}

/** The line over the talk while the server is away; `retry` tries at once. */
export function bannerFor(connection, onChange) {
  const show = (words) => {
    $("banner").hidden = false;
    $("banner-words").textContent = words;
  };
  $("reconnect").addEventListener("click", () => connection.now());
  let told = false;
  connection.addEventListener("waiting", ({ detail: seconds }) => {
    show(t("offline", { seconds }));
    if (!told) announce(t("offline", { seconds }), { urgent: true });
    told = true;
    onChange();
  });
  connection.addEventListener("trying", () => show(t("offline.trying")));
  connection.addEventListener("found", () => {
    $("banner").hidden = true;
    told = false;
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

/** Staying at the bottom of the log only while the person is there. */
export class Follower {
  #log;
  #button;
  #stuck = true;
  #still = false;
  #top = 0;

  constructor(log, content, button) {
    this.#log = log;
    this.#button = button;
    log.addEventListener("scroll", () => {
      const up = log.scrollTop < this.#top - 1;
      this.#top = log.scrollTop;
      if (this.#atBottom()) this.#stick(true);
      else if (up) this.#stick(false);
    }, { passive: true });
    log.addEventListener("wheel", ({ deltaY }) => deltaY < 0 && this.#overflows() && this.#stick(false), { passive: true });
    button.addEventListener("click", () => {
      this.toEnd({ smooth: true });
      log.focus({ preventScroll: true });
    });
    const follow = new ResizeObserver(() => this.#stuck && this.#jump());
    follow.observe(content);
    follow.observe(log);
  }

  /** A first page is read from its top: nothing is followed. */
  set still(still) {
    if (still && !this.#still) this.#log.scrollTop = 0;
    this.#still = still;
  }

  /** Something new is there: follow it, or offer to. */
  arrived() {
    if (this.#stuck) this.#jump();
    else this.#button.hidden = false;
  }

  /** Go to the end and stay there. */
  toEnd({ smooth = false } = {}) {
    this.#stick(true);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (smooth && !calm) this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: "smooth" });
    else this.#jump();
  }

  #overflows() {
    return this.#log.scrollHeight > this.#log.clientHeight + 1;
  }

  #atBottom() {
    return this.#log.scrollHeight - this.#log.clientHeight - this.#log.scrollTop < NEAR;
  }

  #stick(stuck) {
    this.#stuck = stuck;
    if (stuck) this.#button.hidden = true;
  }

  #jump() {
    if (this.#still) return;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#top = this.#log.scrollTop;
  }
}
