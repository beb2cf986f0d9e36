/** Signing in to a server that is not for everybody. */

import { h } from "./dom.js";
import { t } from "./strings.js";
import { inWords } from "./words.js";

/** Ask for a token until the server takes one. @param {Api} api @returns {Promise<void>} */
export const signIn = (api) => new Promise((done) => {
  const input = h("input", { type: "password", autocomplete: "current-password", required: true, "aria-describedby": "signin-problem" });
  const problem = h("p", { id: "signin-problem", class: "signin-problem", role: "alert" });
  let signedIn = false;
  const dialog = h("dialog", { "aria-labelledby": "signin-title", onclose: () => {
    if (!signedIn) dialog.showModal();
  } }, h("form", { onsubmit: async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    problem.textContent = "";
    try {
      await api.signIn(input.value);
    } catch (failure) {
      const refused = /** @type {Failure} */ (failure);
      problem.textContent = refused.status === 401 ? t("signin.wrong") : inWords(refused);
      input.select();
      return;
    }
    signedIn = true;
    dialog.remove();
    done();
  } },
  h("h2", { id: "signin-title" }, t("signin")),
  h("p", {}, t("signin.about")),
  h("label", { class: "signin-token" }, h("span", {}, t("signin.token")), input),
  problem,
  h("div", { class: "dialog-actions" }, h("button", { class: "primary" }, t("signin.go")))));
  document.body.append(dialog);
  dialog.showModal();
});
