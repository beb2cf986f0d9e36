/** The message box. */

import { $ } from "./dom.js";
import { t } from "./strings.js";

const HAN = /\p{Script=Han}/u;
const HANGUL = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]/;
const COUNT_FROM = 0.85; // of the limit
const COMMITTED_MS = 100; // Safari's Enter comes this soon after the composition that it ended

/**
 * Call `send` when Enter means "send". While a Korean syllable is composed, Enter ends it and
 * sends: the text is read once it is whole. For Japanese and Chinese, and for the Hanja of a
 * Korean word, Enter only takes the candidate. Browsers order these events in four ways; see tests/web/test_ime.py.
 * @param {HTMLTextAreaElement} field @param {() => void} send
 */
export function sendOnEnter(field, send) {
  /** @param {string} composed */
  const isHangul = (composed) => HANGUL.test(composed) && !HAN.test(composed);
  let composing = false;
  let hangul = false;
  let wanted = false;
  let newline = false;
  let endedAt = -Infinity;

  const soon = () => {
    wanted = true;
    setTimeout(() => {
      if (!wanted) return;
      wanted = false;
      send();
    });
  };
  /** @param {KeyboardEvent} event */
  const enter = (event) => {
    const during = composing || event.isComposing;
    if (during && !hangul && !wanted) return; // the candidate is taken, nothing more
    event.preventDefault();
    if (wanted) return;
    const endedIt = event.timeStamp - endedAt < COMMITTED_MS;
    if (during) wanted = true;
    else if (!endedIt || hangul) soon();
  };

  field.addEventListener("compositionstart", () => {
    composing = true;
    hangul = false;
    wanted = false;
  });
  field.addEventListener("compositionupdate", ({ data }) => {
    if (data) hangul = isHangul(data);
  });
  field.addEventListener("compositionend", (event) => {
    composing = false;
    endedAt = event.timeStamp;
    if (event.data) hangul = isHangul(event.data);
    // It looked like a syllable, and became the Hanja that Enter took.
    if (wanted && hangul) soon();
    else wanted = false;
  });
  field.addEventListener("keydown", (event) => {
    // While composing, Windows and Firefox call the key "Process"; its code still says Enter.
    const isEnter = event.key === "Enter" || ["Enter", "NumpadEnter"].includes(event.code);
    if (!isEnter) {
      if (composing) wanted = false;
      return;
    }
    newline = event.shiftKey;
    if (!newline) enter(event);
  });
  field.addEventListener("keyup", () => { newline = false; });
  field.addEventListener("beforeinput", (event) => {
    // Phone keyboards type a line break without a keydown that names the key.
    if (event.inputType !== "insertLineBreak" || newline) return;
    event.preventDefault();
    if (wanted || (composing && !hangul)) return;
    if (composing) wanted = true;
    else soon();
  });
}

/**
 * Show near the limit how much there is, and what is too much. @param {HTMLTextAreaElement} field
 * @param {HTMLElement} counter @param {number} limit @returns {boolean} it is too much
 */
export function gauge(field, counter, limit) {
  const count = [...field.value.trim()].length;
  const over = count - limit;
  counter.hidden = count < limit * COUNT_FROM;
  counter.textContent = over > 0 ? t("count.over", { over }) : t("count", { count, limit });
  field.setAttribute("aria-invalid", String(over > 0));
  return over > 0;
}

export class Composer {
  #form = $("composer");
  #field = $("input");
  #button = $("send");
  #counter = $("count");
  #limit = 1024;
  #busy = false;
  #act;

  /** @param {Record<"say" | "draft" | "whisper", (text: string) => void> & { stop: () => void }} act */
  constructor(act) {
    const form = this.#form;
    this.#act = act;
    sendOnEnter(this.#field, () => this.#send());
    this.#field.addEventListener("input", () => this.#changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#busy) act.stop();
      else this.#send();
    });
    // The second press of a double click is meant for what the button was at the first.
    this.#button.addEventListener("click", (event) => { if (event.detail > 1) event.preventDefault(); });
    // Nor is the key that is still held.
    this.#button.addEventListener("keydown", (event) => { if (event.repeat) event.preventDefault(); });
    // What is dropped beside the box would take the place of the page.
    for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => {
      const { target, dataTransfer } = /** @type {DragEvent} */ (event);
      if (target instanceof Element && target.matches("input, textarea")) return;
      event.preventDefault();
      if (name === "drop") this.text += dataTransfer?.getData("text") ?? "";
    });
    form.addEventListener("click", (event) => {
      const { target } = event;
      if (target === form || (target instanceof Element && target.matches(".composer-box"))) this.focus();
    });
    this.refresh();
  }

  get text() {
    return this.#field.value;
  }

  set text(value) {
    this.#field.value = value;
    this.#changed();
  }

  /** @param {number} value */
  set limit(value) {
    this.#limit = value;
    this.refresh();
  }

  /** @param {string} value */
  set placeholder(value) {
    this.#field.placeholder = value;
  }

  /** While an answer runs the button stops it. @param {boolean} value */
  set busy(value) {
    if (this.#busy === value) return;
    this.#busy = value;
    this.refresh();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  /** Also after a change of language. */
  refresh() {
    const over = gauge(this.#field, this.#counter, this.#limit);
    if (!CSS.supports("field-sizing", "content")) {
      this.#field.style.height = "auto";
      this.#field.style.height = `${this.#field.scrollHeight}px`;
    }
    const label = this.#busy ? t("stop") : t("send");
    this.#button.setAttribute("aria-label", label);
    this.#button.title = label;
    this.#button.dataset.act = this.#busy ? "stop" : "send";
    this.#button.querySelector("use")?.setAttribute("href", this.#busy ? "#i-stop" : "#i-up");
    // Not `disabled`: the focus must not fall off the button when the text is gone.
    this.#button.setAttribute("aria-disabled", String(!this.#busy && (over || !this.#field.value.trim())));
  }

  #changed() {
    this.#act.draft(this.#field.value);
    this.refresh();
  }

  #send() {
    const text = this.#field.value.trim();
    if (!text) return;
    if (gauge(this.#field, this.#counter, this.#limit)) {
      this.#act.whisper(this.#counter.textContent);
      return;
    }
    if (this.#busy) {
      this.#act.whisper(t("input.wait"));
      return;
    }
    this.text = "";
    this.#act.say(text);
  }
}
