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

/**
 * The talk on the branch of an answer: what led to it, and what followed. Shows its versions.
 * @param {Exchange[]} all in the order in which they began @param {Answer | undefined} answer
 */
export function branchOf(all, answer) {
  /** @type {Map<string, Exchange>} */
  const places = new Map(all.flatMap((exchange) => exchange.answers.map((one) => [one.messageId, exchange])));
  /** @type {Map<string | undefined, Exchange>} */
  const next = new Map(all.map((exchange) => [exchange.answers[0].follows, exchange]));
  // A set, since a talk may have thousands of turns.
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
