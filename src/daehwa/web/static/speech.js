/** Speaking and listening: the microphone of the message box, reading answers aloud, and what the browser has for both. */

import { languageOf, t } from "./strings.js";

/** @type {Record<string, string>} */
const TAGS = { ko: "ko-KR", en: "en-US", ja: "ja-JP", zh: "zh-CN" };
const LONGEST = 180; // letters of one utterance: Chromium falls silent in longer ones
const DENIED = ["not-allowed", "service-not-allowed", "audio-capture"];

/**
 * A microphone: idle, starting, listening, and writing where that takes a while. What is heard is
 * written behind what stands in the box, and changes until it is final; the person sends it.
 */
export class Microphone {
  #button;
  #box;
  #ear;
  /** @type {Partial<Listening> | undefined} */
  #hearing;

  /** @param {HTMLElement} button @param {{ read(): string, fill(text: string): void, tongue(): string, whisper(text: string): void }} box @param {Ear} ear */
  constructor(button, box, ear) {
    this.#button = button;
    this.#box = box;
    this.#ear = ear;
  }

  toggle() {
    const hearing = this.#hearing;
    if (!hearing) this.#start();
    else if (hearing.finish && this.#button.dataset.state === "listening") hearing.finish();
    else this.stop();
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
    hearing?.stop?.();
  }

  #start() {
    const before = this.#box.read();
    /** @type {Partial<Listening>} */
    const hearing = {};
    this.#hearing = hearing;
    this.#show("starting");
    Object.assign(hearing, this.#ear(this.#box.tongue(), {
      show: (state) => this.#hearing === hearing && this.#show(state),
      heard: (words) => this.#hearing === hearing && this.#box.fill([before.trimEnd(), words].filter(Boolean).join(" ")),
      over: (problem) => {
        if (this.#hearing !== hearing) return;
        this.#end(hearing);
        if (problem) this.#box.whisper(t(`mic.${problem}`));
      },
    }));
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

/** The browser's own. @type {Ear} */
export function browserEar(tongue, { show, heard, over }) {
  const { SpeechRecognition, webkitSpeechRecognition } = /** @type {any} */ (window);
  const recognizer = new (SpeechRecognition ?? webkitSpeechRecognition)();
  Object.assign(recognizer, {
    lang: TAGS[tongue] ?? tongue,
    interimResults: true,
    continuous: true,
    onstart: () => show("listening"),
    onresult: (/** @type {any} */ { results }) => heard([...results].map(([best]) => best?.transcript ?? "").join("").trim()),
    onerror: (/** @type {any} */ { error }) =>
      over(error === "aborted" ? "" : DENIED.includes(error) ? "denied" : error === "no-speech" ? "silent" : "failed"),
    onend: () => over(""),
  });
  try {
    recognizer.start();
  } catch {
    over("failed");
  }
  return { stop: () => recognizer.stop() };
}

/** A text in pieces that end where a sentence ends, if they can. @param {string} text */
export const utterances = (text) => text.match(new RegExp(`[^.!?。\\n]{1,${LONGEST}}[.!?。]*`, "g"))?.map((one) => one.trim()).filter(Boolean) ?? [];

/** The browser's own. @type {Mouth} */
export function browserMouth(parts, tongue, over) {
  for (const [at, part] of parts.entries()) {
    const one = new SpeechSynthesisUtterance(part);
    one.lang = TAGS[languageOf(part, tongue)] ?? tongue;
    one.onerror = () => over();
    if (at === parts.length - 1) one.onend = () => over();
    speechSynthesis.speak(one);
  }
  return () => speechSynthesis.cancel();
}

/** Reads one answer at a time. */
export class Reader {
  /** @type {object | undefined} */
  #of;
  #silence = () => {};
  #changed;
  #mouth;

  /** @param {(problem?: string) => void} changed called when it begins and when it ends @param {Mouth} mouth */
  constructor(changed, mouth) {
    this.#changed = changed;
    this.#mouth = mouth;
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
    this.#silence = this.#mouth(parts, tongue, (problem) => this.#of === answer && this.#done(problem));
    this.#changed();
  }

  stop() {
    if (!this.#of) return;
    this.#done();
    this.#silence();
  }

  /** @param {string} [problem] */
  #done(problem) {
    this.#of = undefined;
    this.#changed(problem);
  }
}
