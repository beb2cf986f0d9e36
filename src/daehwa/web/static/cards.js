/** A Lex response card: picture, title, subtitle and up to five buttons. */

import { h, icon } from "./dom.js";
import { languageOf } from "./strings.js";

const MOST_BUTTONS = 5;

/** The card's element; `choose(button)` is called while its buttons are active. */
export function card({ title, subtitle, imageUrl, buttons = [] }, tongue, choose) {
  const element = h("div", { class: "card" });
  if (isSafeImage(imageUrl)) {
    const picture = h("img", { class: "card-image", src: imageUrl, alt: "", loading: "lazy", referrerpolicy: "no-referrer" });
    picture.addEventListener("error", () => picture.remove());
    element.append(picture);
  }
  const words = h("div", { class: "card-words" }, h("p", { class: "card-title", lang: languageOf(title ?? "", tongue) }, title ?? ""));
  if (subtitle) words.append(h("p", { class: "card-subtitle", lang: languageOf(subtitle, tongue) }, subtitle));
  element.append(words);
  if (buttons.length) {
    element.append(h("div", { class: "card-buttons" }, ...buttons.slice(0, MOST_BUTTONS).map((button) => {
      const one = h("button", { type: "button", class: "card-button", lang: languageOf(button.text, tongue) },
        h("span", {}, button.text), icon("check"));
      one.meaning = button.value;
      one.addEventListener("click", () => {
        if (one.getAttribute("aria-disabled") !== "true") choose(button);
      });
      return one;
    })));
  }
  return element;
}

/** Mark what was chosen (undefined: the buttons still wait) and put the rest to rest. */
export function settleCard(element, chosen) {
  for (const button of element.querySelectorAll(".card-button")) {
    const mine = chosen !== undefined && chosen !== null && button.meaning === chosen;
    button.disabled = chosen !== undefined && !mine;
    if (mine) button.setAttribute("aria-pressed", "true");
    else button.removeAttribute("aria-pressed");
    // The chosen one keeps the focus it was pressed with, but does nothing more.
    if (mine) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function isSafeImage(address) {
  if (!address) return false;
  try {
    const { protocol, origin } = new URL(address, document.baseURI);
    return protocol === "https:" || (protocol === "http:" && origin === location.origin);
  } catch {
    return false;
  }
}
