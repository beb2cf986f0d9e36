/** Living in a frame of another site's page. */

import { $ } from "./dom.js";
import { paint } from "./shell.js";

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
