/** One answer, from the question to its end. No elements and no network in here. */

import { Failure } from "./api.js";

// What may happen to an answer in each of its states, and where that leads. The server `take`s
// the question, words come `piece` by piece, and it ends: `finish`, `breakOff`, `stop` (by the
// person) or `fail`. To `lose` the way to the server is no end: it may turn out that the answer
// is still made (`follow`). What was never taken is "unsent": it can be `ask`ed once more.
const ENDS = { finish: "done", breakOff: "incomplete", stop: "stopped", fail: "failed" };
const NONE = { ...ENDS, ask: "sending", follow: "waiting" };

/** @type {Record<string, Record<string, string>>} */
export const TABLE = {
  sending: { ...ENDS, take: "waiting", lose: "reconnecting", fail: "unsent" },
  waiting: { ...ENDS, take: "waiting", piece: "streaming", lose: "reconnecting" },
  streaming: { ...ENDS, take: "streaming", piece: "streaming", lose: "reconnecting" },
  reconnecting: { ...ENDS, follow: "waiting" },
  failed: NONE,
  unsent: NONE,
  done: {},
  incomplete: {},
  stopped: {},
};

export class Answer {
  state = "sending";
  text = ""; // what streamed in
  at = new Date();
  line = ""; // what is going on
  /** @type {Source | undefined} */
  source;
  /** @type {ChatReply | undefined} */
  reply;
  /** @type {Failure | undefined} */
  failure;
  tries = 0; // how often it was sent again without the person
  /** @type {Feedback | null} */
  feedback = null;
  /** @type {string | null | undefined} */
  chosen; // the value of the button that was pressed; null: none of them
  #incoming = "";

  /** What the request has to say of where it belongs. @type {string | undefined} */
  after;

  /** What was said after it, for what the server does not have. @type {string | undefined} */
  next;

  /**
   * `follows` is the message id of the answer that it came after: empty for none, undefined where
   * that is not known yet.
   * @param {string} messageId @param {Question} question @param {string | undefined} follows
   */
  constructor(messageId, question = { text: "", label: "", at: new Date() }, follows = undefined) {
    this.messageId = messageId;
    this.question = question;
    this.follows = follows;
  }

  /** Is it being made? */
  get underway() {
    return "take" in TABLE[this.state] || this.state === "reconnecting";
  }

  /** Has the server had the question? */
  get taken() {
    return !["sending", "unsent"].includes(this.state);
  }

  ask() {
    this.#go("ask");
    this.text = this.#incoming = "";
    this.failure = undefined;
  }

  /** @param {StatusEvent} [status] */
  take(status) {
    this.#go("take");
    this.line = status?.line ?? this.line;
    this.source = status?.source ?? this.source;
  }

  /** @param {string} text */
  piece(text) {
    this.#go("piece");
    this.#incoming += text;
    // A stream that is taken up again starts from the beginning: never show less than before.
    if (this.#incoming.length >= this.text.length) this.text = this.#incoming;
  }

  lose() {
    this.#go("lose");
  }

  follow() {
    this.#go("follow");
    this.#incoming = "";
    this.failure = undefined;
  }

  stop() {
    this.#go("stop");
  }

  /** @param {Failure} failure */
  fail(failure) {
    this.#go("fail");
    this.failure = failure;
  }

  /** Take the reply in (null: it was lost); one that only says why there is no answer is shown as what went wrong. @param {ChatReply | null} reply */
  settle(reply) {
    if (this.state === "sending") this.take();
    this.reply = reply ? this.#whole(reply) : undefined;
    this.line = "";
    this.failure = undefined;
    if (!reply?.error) {
      this.#go(reply?.incomplete === false ? "finish" : reply?.stopped ? "stop" : "breakOff");
      return;
    }
    const wordless = reply.source === "none";
    this.fail(new Failure("failed", { ...reply.error, message: wordless ? reply.msg : undefined }));
    if (wordless) this.reply = { ...reply, messages: [] };
  }

  /** What a server that died had kept may be less than what it had sent: nothing is taken back. @param {ChatReply} reply */
  #whole(reply) {
    const cut = reply.incomplete && this.text.length > reply.msg.length && this.text.startsWith(reply.msg);
    return cut ? { ...reply, msg: this.text, messages: [{ contentType: /** @type {const} */ ("PlainText"), content: this.text }] } : reply;
  }

  /** The buttons of its cards. */
  get buttons() {
    return (this.reply?.messages ?? []).flatMap((message) => message.imageResponseCard?.buttons ?? []);
  }

  /** @param {string} event */
  #go(event) {
    const next = TABLE[this.state][event];
    if (!next) throw new Error(`an answer that is ${this.state} cannot ${event}`);
    this.state = next;
  }
}
