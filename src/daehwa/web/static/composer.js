/** The message box: Enter as every input method means it, growth, the counter, the draft. */

import { t } from "./strings.js";

const HANGUL = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]/;
const COUNT_FROM = 0.85; // of the limit
const COMMITTED_MS = 100; // Safari's Enter comes this soon after the composition that it ended

/**
 * Call `send` when Enter means "send".
 *
 * While a Korean syllable is being composed, Enter ends it and means "send": the text is read
 * in the task after compositionend, when the last syllable is whole, and a second Enter of the
 * same key press is not another one. For Japanese and Chinese, Enter only takes the candidate.
 * Chrome, Safari and Firefox tell these events in four different orders; see tests/web/test_ime.py.
 */
export function sendOnEnter(field, send) {
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
  const enter = (event) => {
    if (wanted) return event.preventDefault();
    if (composing || event.isComposing) {
      if (!hangul) return undefined; // the candidate is taken, nothing more
      wanted = true;
      return event.preventDefault();
    }
    const endedIt = event.keyCode === 229 && event.timeStamp - endedAt < COMMITTED_MS;
    event.preventDefault();
    if (!endedIt || hangul) soon();
    return undefined;
  };

  field.addEventListener("compositionstart", () => {
    composing = true;
    hangul = false;
    wanted = false;
  });
  field.addEventListener("compositionupdate", ({ data }) => {
    if (data) hangul = HANGUL.test(data);
  });
  field.addEventListener("compositionend", (event) => {
    composing = false;
    endedAt = event.timeStamp;
    if (event.data) hangul = HANGUL.test(event.data);
    if (wanted) soon();
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

/** The composer's form. `say(text)` sends; `stop()` stops; `keep(draft)` remembers a draft. */
export class Composer {
  #form;
  #field;
  #button;
  #counter;
  #limit = 1024;
  #busy = false;
  #act;

  constructor(form, { say, stop, keep, whisper }) {
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#button = form.querySelector("#send");
    this.#counter = form.querySelector("#count");
    this.#act = { say, stop, keep, whisper };
    sendOnEnter(this.#field, () => this.#send());
    this.#field.addEventListener("input", () => this.#changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#busy) stop();
      else this.#send();
    });
    form.addEventListener("click", (event) => {
      if (event.target === form || event.target.matches(".composer-box")) this.focus();
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

  set limit(value) {
    this.#limit = value;
    this.refresh();
  }

  set placeholder(value) {
    this.#field.placeholder = value;
  }

  /** While an answer runs the button stops it. */
  set busy(value) {
    if (this.#busy === value) return;
    this.#busy = value;
    this.refresh();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  /** Bring counter, height and button up to date; also after a change of language. */
  refresh() {
    const count = [...this.#field.value].length;
    const over = count - this.#limit;
    const near = count >= this.#limit * COUNT_FROM;
    this.#counter.hidden = !near;
    this.#counter.textContent = over > 0 ? t("count.over", { over }) : t("count", { count, limit: this.#limit });
    this.#form.classList.toggle("over", over > 0);
    this.#field.setAttribute("aria-invalid", String(over > 0));
    if (!CSS.supports("field-sizing", "content")) {
      this.#field.style.height = "auto";
      this.#field.style.height = `${this.#field.scrollHeight}px`;
    }
    const label = this.#busy ? t("stop") : t("send");
    this.#button.setAttribute("aria-label", label);
    this.#button.title = label;
    this.#button.dataset.act = this.#busy ? "stop" : "send";
    this.#button.querySelector("use").setAttribute("href", this.#busy ? "#i-stop" : "#i-up");
    // Not `disabled`: the focus must not fall off the button when the text is gone.
    this.#button.setAttribute("aria-disabled", String(!this.#busy && (over > 0 || !this.#field.value.trim())));
  }

  #changed() {
    this.#act.keep(this.#field.value);
    this.refresh();
  }

  #send() {
    const text = this.#field.value.trim();
    if (!text) return;
    if ([...text].length > this.#limit) {
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
