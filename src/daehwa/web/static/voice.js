/** Speaking and listening, by the browser where it can, else by the server where that can: neither is fetched before it is wanted. */

import { $ } from "./dom.js";
import { language, t } from "./strings.js";

const browserListens = "SpeechRecognition" in window || "webkitSpeechRecognition" in window;
// Some browsers have the object and no voice.
const browserSpeaks = () => "speechSynthesis" in window && speechSynthesis.getVoices().length > 0;

export class Voice {
  #on;
  #server = false;
  /** @type {import("./speech.js").Reader | undefined} */
  #reader;
  /** @type {import("./speech.js").Microphone | undefined} */
  #microphone;

  /** @param {{ talk(): Conversation | undefined, composer: { text: string }, whisper(text: string): void, changed(): void }} on */
  constructor(on) {
    this.#on = on;
    $("mic").addEventListener("click", () => this.#listen());
    this.server = false;
  }

  /** Whether the server hears and speaks. @param {boolean} can */
  set server(can) {
    this.#server = can;
    $("mic").hidden = !(browserListens || (can && "MediaRecorder" in window && Boolean(navigator.mediaDevices)));
  }

  can() {
    return browserSpeaks() || this.#server;
  }

  /** @param {Answer} answer */
  reads(answer) {
    return this.#reader?.reads(answer) ?? false;
  }

  /** Read an answer aloud, or no more. @param {Answer} answer @param {string} text */
  async toggle(answer, text) {
    const [{ Reader, browserMouth }, other] = await this.#parts(browserSpeaks());
    this.#reader ??= new Reader((problem) => {
      if (problem) this.#on.whisper(t("read.failed"));
      this.#on.changed();
    }, other?.serverMouth((part) => this.#talk.speech(part)) ?? browserMouth);
    this.#reader.toggle(answer, text, this.#tongue);
  }

  /** Neither listen nor speak any more. */
  stop() {
    this.#microphone?.stop();
    this.#reader?.stop();
  }

  /** Also after a change of language. */
  refresh() {
    this.#microphone?.refresh();
  }

  async #listen() {
    const [{ Microphone, browserEar }, other] = await this.#parts(browserListens);
    this.#microphone ??= new Microphone($("mic"), {
      read: () => this.#on.composer.text,
      fill: (text) => { this.#on.composer.text = text; },
      tongue: () => this.#tongue,
      whisper: this.#on.whisper,
    }, other?.serverEar((recording) => this.#talk.transcribe(recording)) ?? browserEar);
    this.#microphone.toggle();
  }

  /** @param {boolean} own the browser can */
  #parts(own) {
    return Promise.all([import("./speech.js"), own ? undefined : import("./recording.js")]);
  }

  get #talk() {
    const talk = this.#on.talk();
    if (!talk) throw new Error("nobody is talked to");
    return talk;
  }

  get #tongue() {
    return this.#on.talk()?.who.localeId.split("_")[0] ?? language();
  }
}
