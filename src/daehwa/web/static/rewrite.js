/** Putting one's own message in other words, in its place. */

import { h, loadLaterStyle } from "./dom.js";
import { t } from "./strings.js";
import { gauge, sendOnEnter } from "./composer.js";

/**
 * @param {HTMLElement} place holds the message, and the box meanwhile
 * @param {string} text @param {(text: string) => void} send @param {HTMLElement} opener gets the focus back
 * @param {Pick<TalkContext, "limit" | "whisper">} context
 */
export async function rewrite(place, text, send, opener, { limit, whisper }) {
  await loadLaterStyle();
  if (place.querySelector("form")) return;
  const field = h("textarea", { rows: "1", "aria-label": t("edit") });
  const counter = h("p", { class: "count" });
  const measure = () => gauge(field, counter, limit);
  field.value = text;
  field.addEventListener("input", measure);
  measure();
  const end = () => {
    form.remove();
    place.classList.remove("rewriting");
  };
  const cancel = () => {
    end();
    opener.focus({ preventScroll: true });
  };
  const submit = () => {
    const words = field.value.trim();
    if (!words) return;
    if (measure()) {
      whisper(counter.textContent);
      return;
    }
    end();
    send(words);
  };
  const form = h("form", { class: "rewrite" }, field,
    h("div", { class: "rewrite-actions" }, counter,
      h("button", { type: "button", class: "text-button", onclick: cancel }, t("cancel")),
      h("button", { class: "text-button strong" }, t("send"))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    cancel();
  });
  sendOnEnter(field, submit);
  place.classList.add("rewriting");
  place.append(form);
  field.focus();
}
