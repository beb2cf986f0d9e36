/** Speaking and listening, where the browser can: the microphone of the message box, reading answers aloud. */

import { languageOf, t } from "./strings.js";

/** @type {Record<string, string>} */
const TAGS = { ko: "ko-KR", en: "en-US", ja: "ja-JP", zh: "zh-CN" };
const LONGEST = 180; // letters of one utterance: Chromium falls silent in longer ones

/** @returns {(new () => any) | undefined} */
const recognizer = () => /** @type {any} */ (window).SpeechRecognition ?? /** @type {any} */ (window).webkitSpeechRecognition;

/**
 * A microphone: idle, starting, listening. What is heard is written behind what stands in the box,
 * and changes until it is final; the person sends it.
 */
export class Microphone {
  #button;
  #box;
  /** @type {any} */
  #hearing;

  /** @param {HTMLElement} button @param {{ read(): string, fill(text: string): void, tongue(): string, whisper(text: string): void }} box */
  constructor(button, box) {
    this.#button = button;
    this.#box = box;
  }

  toggle() {
    if (this.#hearing) this.stop();
    else this.#start();
  }

  /** Also after a change of language. */
  refresh() {
    const state = this.#button.dataset.state ?? "idle";
    const label = t(`mic.${state}`);
    this.#button.setAttribute("aria-label", label);
    this.#button.title = label;
    this.#button.setAttribute("aria-pressed", String(state !== "idle"));
  }

  /** Listen no more; what was heard stays. */
  stop() {
    const hearing = this.#hearing;
    this.#end(hearing);
    hearing?.stop();
  }

  #start() {
    const Recognizer = recognizer();
    if (!Recognizer) return;
    const hearing = new Recognizer();
    const before = this.#box.read();
    Object.assign(hearing, { lang: TAGS[this.#box.tongue()] ?? this.#box.tongue(), interimResults: true, continuous: true });
    hearing.onstart = () => this.#hearing === hearing && this.#show("listening");
    hearing.onresult = (/** @type {any} */ { results }) => {
      if (this.#hearing !== hearing) return;
      const words = [...results].map(([best]) => best?.transcript ?? "").join("").trim();
      this.#box.fill([before.trimEnd(), words].filter(Boolean).join(" "));
    };
    hearing.onerror = (/** @type {any} */ { error }) => {
      if (this.#hearing !== hearing) return;
      this.#end(hearing);
      if (error !== "aborted") this.#box.whisper(t(["not-allowed", "service-not-allowed", "audio-capture"].includes(error) ? "mic.denied" : error === "no-speech" ? "mic.silent" : "mic.failed"));
    };
    hearing.onend = () => this.#end(hearing);
    this.#hearing = hearing;
    this.#show("starting");
    try {
      hearing.start();
    } catch {
      this.#end(hearing);
      this.#box.whisper(t("mic.failed"));
    }
  }

  /** @param {unknown} hearing */
  #end(hearing) {
    if (this.#hearing !== hearing) return;
    this.#hearing = undefined;
    this.#show("idle");
  }

  /** @param {string} state */
  #show(state) {
    this.#button.dataset.state = state;
    this.refresh();
  }
}

/** A text in pieces that end where a sentence ends, if they can. @param {string} text */
export const utterances = (text) => text.match(new RegExp(`[^.!?。\\n]{1,${LONGEST}}[.!?。]*`, "g"))?.map((one) => one.trim()).filter(Boolean) ?? [];

/** Reads one answer at a time. */
export class Reader {
  /** @type {object | undefined} */
  #of;
  #changed;

  /** @param {() => void} changed called when it begins and when it ends */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {object} answer */
  reads(answer) {
    return this.#of === answer;
  }

  /** Read an answer from its beginning, or fall silent where it is the one that is read. @param {object} answer @param {string} text @param {string} tongue */
  toggle(answer, text, tongue) {
    const again = this.#of !== answer;
    this.stop();
    const parts = utterances(text);
    if (!again || !parts.length) return;
    this.#of = answer;
    const over = () => this.#of === answer && this.#done();
    for (const [at, part] of parts.entries()) {
      const one = new SpeechSynthesisUtterance(part);
      one.lang = TAGS[languageOf(part, tongue)] ?? tongue;
      one.onerror = over;
      if (at === parts.length - 1) one.onend = over;
      speechSynthesis.speak(one);
    }
    this.#changed();
  }

  stop() {
    if (!this.#of) return;
    this.#done();
    speechSynthesis.cancel();
  }

  #done() {
    this.#of = undefined;
    this.#changed();
  }
}
