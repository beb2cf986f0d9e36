/** Response cards: side by side, with buttons of which one is chosen. */

import { h, icon, isWelcome, picture, pictureLink, pictures } from "./dom.js";
import { languageOf, t } from "./strings.js";

const MOST_BUTTONS = 5;

/** Cards that follow each other stand side by side. @param {HTMLElement[]} elements */
export function grouped(elements) {
  /** @type {HTMLElement[]} */
  const rows = [];
  for (const element of elements) {
    const before = rows.at(-1);
    if (!element.matches(".card")) rows.push(element);
    else if (before?.matches(".cards")) {
      before.append(element);
      // It may scroll, also when the buttons in it rest and none can have the focus.
      Object.assign(before, { tabIndex: 0, role: "group", ariaLabel: t("cards") });
    } else rows.push(h("div", { class: "cards" }, element));
  }
  return rows;
}

/**
 * The card's element; `choose(button)` is called while its buttons are active.
 * @param {ImageResponseCard} content @param {string} tongue @param {(button: Button) => void} choose
 */
export function card({ title, subtitle, imageUrl, buttons = [] }, tongue, choose) {
  const element = h("div", { class: "card" });
  if (imageUrl && isSafeImage(imageUrl)) {
    const ours = new URL(imageUrl, document.baseURI).origin === location.origin;
    element.append(ours || isWelcome(imageUrl, pictures.cards)
      ? picture(imageUrl, { class: "card-image", alt: "" }, t("image"), t("opens"))
      : pictureLink(imageUrl, t("image"), t("opens")));
  }
  const words = h("div", { class: "card-words" }, h("p", { class: "card-title", lang: languageOf(title, tongue) }, title));
  if (subtitle) words.append(h("p", { class: "card-subtitle", lang: languageOf(subtitle, tongue) }, subtitle));
  element.append(words);
  if (buttons.length) {
    element.append(h("div", { class: "card-buttons" }, ...buttons.slice(0, MOST_BUTTONS).map((meant) => {
      const { text, value } = meant;
      const one = h("button", { type: "button", class: "card-button", value, lang: languageOf(text, tongue) },
        h("span", {}, text), icon("check"));
      one.addEventListener("click", () => {
        if (one.getAttribute("aria-disabled") !== "true") choose(meant);
      });
      return one;
    })));
  }
  return element;
}

/**
 * Mark what was chosen (undefined: the buttons still wait) and put the rest to rest.
 * @param {HTMLElement} element @param {string | null} [chosen]
 */
export function settleCard(element, chosen) {
  for (const one of element.querySelectorAll("button")) {
    const mine = one.value === chosen;
    one.disabled = chosen !== undefined && !mine;
    // The chosen one keeps the focus it was pressed with, but does nothing more.
    for (const name of ["aria-pressed", "aria-disabled"]) {
      if (mine) one.setAttribute(name, "true");
      else one.removeAttribute(name);
    }
  }
}

/** @param {string} address */
function isSafeImage(address) {
  try {
    const { protocol, origin } = new URL(address, document.baseURI);
    return protocol === "https:" || (protocol === "http:" && origin === location.origin);
  } catch {
    return false;
  }
}
