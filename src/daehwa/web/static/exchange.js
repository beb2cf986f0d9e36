/** What was said, and the answers to it, as a tree: each version of a turn has what followed it. */

import { Answer } from "./answer.js";

/** A new session or message id: 24 hexadecimal digits, fit for Lex. */
export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const VERSION = /\.(\d+)$/;

/** The versions of a turn carry its first id and a number of their own. @param {string} id */
export const firstId = (id) => id.replace(VERSION, "");

/** One place in the talk: its versions are the same words asked again, or other words for them. */
export class Exchange {
  /** @type {Answer[]} */
  answers = [];
  shown = 0; // which of the answers

  /** @param {string} id */
  constructor(id) {
    this.id = id;
  }

  get current() {
    return this.answers[this.shown];
  }

  get text() {
    return this.current.question.text;
  }

  get label() {
    return this.current.question.label;
  }

  get at() {
    return this.current.question.at;
  }

  get delivery() {
    if (this.current.taken) return "sent";
    return this.current.underway ? "sending" : "failed";
  }

  /** One more version, which is the one to see. @param {Question} question @param {string | undefined} follows a message id */
  answer(question, follows, messageId = this.#nextId()) {
    const answer = new Answer(messageId, question, follows);
    this.shown = this.answers.push(answer) - 1;
    return answer;
  }

  #nextId() {
    const last = Math.max(0, ...this.answers.map(({ messageId }) => Number(VERSION.exec(messageId)?.[1] ?? 1)));
    return last ? `${this.id}.${last + 1}` : this.id;
  }
}

/** All that was said in a talk, with its branches. */
export class Tree {
  /** In the order in which they began. @type {Exchange[]} */
  #all = [];
  /** The one that was begun last. @type {Answer | undefined} */
  newest;

  get size() {
    return this.#all.length;
  }

  get first() {
    return this.answers[0];
  }

  /** @param {Exchange} exchange */
  has(exchange) {
    return this.#all.includes(exchange);
  }

  get answers() {
    return this.#all.flatMap(({ answers }) => answers);
  }

  /** @returns {[Exchange, Answer][]} */
  get pairs() {
    return this.#all.flatMap((exchange) => exchange.answers.map((answer) => /** @type {[Exchange, Answer]} */ ([exchange, answer])));
  }

  /** @param {string | undefined} messageId */
  find(messageId) {
    return this.answers.find((one) => one.messageId === messageId);
  }

  /** Where the versions of a turn stand; a new place comes last. @param {string} id */
  place(id) {
    const known = this.#all.find((exchange) => exchange.id === id);
    if (known) return known;
    const exchange = new Exchange(id);
    this.#all.push(exchange);
    return exchange;
  }

  /** One more version, begun now. @param {Exchange} exchange @param {Question} question @param {string} follows */
  version(exchange, question, follows) {
    const answer = exchange.answer(question, follows);
    // What comes after the last turn that the server has need not say so.
    const after = this.#kept(follows);
    if (after !== this.#kept(this.newest?.messageId ?? "")) answer.after = after;
    this.newest = answer;
    const before = this.find(follows);
    if (before) before.next = answer.messageId;
    return answer;
  }

  /** Put what was not sent where it stood, before what was said next, or at the end. @param {Unsent} unsent */
  putBack({ messageId, text, label, follows, after, next }) {
    const later = this.find(next);
    // Since then something may have been said in another tab.
    const before = later ? later.follows : after === undefined ? this.newest?.messageId : follows;
    const answer = this.place(firstId(messageId)).answer({ text, label, at: new Date() }, before ?? "", messageId);
    Object.assign(answer, { after, next });
    if (later) this.#lead(before, messageId, (one) => firstId(one.messageId) === firstId(later.messageId));
    else this.newest = answer;
    return answer;
  }

  /** Have what the server has not come last, since it is sent now; not what puts an earlier turn anew. @param {Exchange} exchange @param {Answer} answer */
  moveLast(exchange, answer) {
    /** @param {Answer | undefined} one @returns {boolean} */
    const isAnswered = (one) => Boolean(one && (one.reply || isAnswered(this.#after(one))));
    if (!isAnswered(this.#after(answer)) || !this.newest || answer.after !== undefined || exchange.answers.length > 1) return;
    this.#lead(answer.messageId, answer.follows);
    this.#toEnd(exchange, answer, this.newest);
  }

  /** @param {Answer} answer */
  #after({ messageId }) {
    return this.answers.find(({ follows }) => follows === messageId);
  }

  /** Have what came after one message come after another. @param {string | undefined} from @param {string | undefined} to @param {(one: Answer) => boolean} [which] */
  #lead(from, to, which = () => true) {
    for (const one of this.answers) if (one.follows === from && which(one)) one.follows = to;
  }

  /** @param {Exchange} exchange @param {Answer} answer @param {Answer} before */
  #toEnd(exchange, answer, before) {
    answer.follows = before.messageId;
    answer.next = undefined;
    before.next = answer.messageId;
    this.#all = [...this.#all.filter((other) => other !== exchange), exchange];
    this.newest = answer;
  }

  /** Did another tab say something after the same answer? @param {Answer} answer */
  forks(answer) {
    return this.#all.some(({ answers: [one] }) => one !== answer && one.taken && one.follows === answer.follows && firstId(one.messageId) !== firstId(answer.messageId));
  }

  /** The answer, or the nearest before it, that the server has. @param {string} messageId */
  #kept(messageId) {
    for (let id = messageId; id;) {
      const answer = this.find(id);
      if (!answer || answer.reply || (answer.taken && !(answer.failure && !answer.failure.unreachable))) return id;
      id = answer.follows ?? "";
    }
    return "";
  }

  /** Take a version out. @param {Exchange} exchange @param {Answer} answer */
  withdraw(exchange, answer) {
    exchange.answers = exchange.answers.filter((other) => other !== answer);
    exchange.shown = exchange.answers.length - 1;
    this.#lead(answer.messageId, answer.follows);
    if (!exchange.answers.length) this.#all = this.#all.filter((other) => other !== exchange);
    this.newest = this.#all.at(-1)?.answers.at(-1);
  }

  /** Take up what the server has. @param {Turn[]} turns @param {string | undefined} before what the first of them comes after, where that is known */
  adopt(turns, before) {
    // By their ids: a talk may have thousands of turns.
    const answers = new Map(this.answers.map((one) => [one.messageId, one]));
    let last = before;
    for (const turn of turns) {
      const known = answers.get(turn.messageId);
      const answer = known ?? this.#adopted(turn, last, answers);
      if (known) this.#reorder(known, turn.reply?.follows ?? last);
      last = turn.messageId;
      if (turn.state === "running" || (known && !known.failure?.unreachable)) continue;
      answer.settle(turn.reply);
    }
  }

  /** Two tabs may have spoken at once: which of them came first, the server knows. @param {Answer} answer @param {string | undefined} before */
  #reorder(answer, before) {
    const first = firstId(answer.messageId) === answer.messageId;
    if (!first || !before || answer.after !== undefined || answer.follows === before || this.#kept(answer.follows ?? "") === before) return;
    answer.follows = before;
    if (this.newest?.messageId === before) this.newest = answer;
  }

  /** What was not sent comes after all that was, also from elsewhere; not what puts an earlier turn anew. */
  moveUnsent() {
    for (const exchange of [...this.#all]) {
      const answer = exchange.answers[0];
      const { newest } = this;
      const leads = this.answers.some(({ follows, state }) => follows === answer.messageId && state !== "unsent");
      if (answer.state !== "unsent" || answer.after !== undefined || !newest || newest === answer || leads) continue;
      this.#toEnd(exchange, answer, newest);
    }
  }

  /**
   * @param {Turn} turn @param {string | undefined} before the turn that was taken before it
   * @param {Map<string, Answer>} answers those that are known, and this one then
   */
  #adopted({ messageId, text, at: when, reply, feedback }, before, answers) {
    const at = new Date(when);
    const exchange = this.place(firstId(messageId));
    const follows = reply?.follows ?? exchange.answers[0]?.follows ?? before;
    const parent = answers.get(follows ?? "");
    const button = parent?.buttons.find(({ value }) => value === text);
    if (parent) parent.chosen = button?.value ?? null;
    const answer = exchange.answer({ text, label: button?.text ?? text, at }, follows, messageId);
    answer.at = at;
    answer.feedback = feedback;
    answer.take();
    answers.set(messageId, answer);
    this.newest = answer;
    return answer;
  }

  /** Take up what was said before all that is here. @param {Turn[]} turns @param {string | undefined} before as of `adopt` */
  adoptEarlier(turns, before) {
    const [known, newest] = [this.#all, this.newest];
    this.#all = [];
    this.adopt(turns, before);
    for (const exchange of known) {
      const whole = this.#all.find(({ id }) => id === exchange.id);
      for (const answer of exchange.answers) answer.follows ??= whole?.answers[0].follows ?? turns.at(-1)?.messageId ?? "";
      if (whole) whole.answers.push(...exchange.answers);
      else this.#all.push(exchange);
    }
    this.newest = newest;
  }

  /** The talk on the branch of an answer: what led to it, and what followed. Shows its versions. @param {Answer | undefined} answer */
  branchOf(answer) {
    /** @type {Map<string, Exchange>} */
    const places = new Map(this.pairs.map(([exchange, one]) => [one.messageId, exchange]));
    /** @type {Map<string | undefined, Exchange>} */
    const next = new Map(this.#all.map((exchange) => [exchange.answers[0].follows, exchange]));
    /** @type {Set<Exchange>} */
    const before = new Set();
    for (let id = answer?.messageId; id; ) {
      const exchange = places.get(id);
      if (!exchange || before.has(exchange)) break;
      exchange.shown = exchange.answers.findIndex(({ messageId }) => messageId === id);
      before.add(exchange);
      id = exchange.current.follows;
    }
    const branch = new Set([...before].reverse());
    for (let last = [...branch].at(-1); last; ) {
      const after = next.get(last.current.messageId);
      if (!after || branch.has(after)) break;
      branch.add(after);
      last = after;
    }
    return [...branch];
  }
}
