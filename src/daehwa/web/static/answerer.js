/** Who answers what the bot does not know, and whether that can be had just now. */

import { showing } from "./dress.js";
import { $ } from "./dom.js";
import { showStatus } from "./shell.js";
import { t } from "./strings.js";

/** @param {AnswerStatus | undefined} answer @param {boolean} lost the server is out of reach */
export function showAnswerer(answer, lost) {
  const { source = "none", state = "off", ...rest } = answer ?? {};
  const off = ["off", "missing"].includes(state) || source === "none";
  const named = showing.sources === "full";
  if (answer) $("about").textContent = t(off ? "about.none" : !named ? "about.ai" : source === "embedded" ? "about.embedded" : "about.model");
  showStatus(answer ? { ...rest, state } : {}, lost);
}
