/** What the elements of a talk know of it, and what can be done with what is said. */

import { whisper } from "./shell.js";
import { t } from "./strings.js";

/**
 * `act` does something whose button vanishes; `compose` puts words into the message box.
 * @param {Conversation} conversation
 * @param {Pick<Scene, "bot" | "tongue" | "starters" | "choose" | "voice" | "details"> &
 *   { act(what: () => void): void, compose(text: string): void }} page
 * @returns {Scene}
 */
export const sceneOf = (conversation, { act, compose, ...page }) => ({
  ...page,
  whisper,
  retry: (exchange) => act(() => conversation.retry(exchange)),
  again: (exchange) => act(() => conversation.again(exchange)),
  edit: (exchange) => compose(conversation.withdraw(exchange)),
  rewrite: (exchange, text) => {
    if (conversation.running) whisper(t("input.wait"));
    else act(() => conversation.rewrite(exchange, text));
  },
  turnTo: (exchange, shown) => conversation.turnTo(exchange, shown),
  rate: (one, rating, comment) => conversation.rate(one, rating, comment).then(() => true, () => {
    whisper(t("rate.failed"));
    return false;
  }),
});
