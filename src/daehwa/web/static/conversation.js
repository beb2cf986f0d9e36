/** One conversation with one bot: what was said, and what is going on. No elements in here. */

import { Failure } from "./api.js";

/** A new session or message id: 24 hexadecimal digits, fit for Lex. */
export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A question asked again carries its first id and its number, so that a reload can pair them. */
const againId = (id, times) => `${id}.${times}`;
const firstId = (id) => id.replace(/\.\d+$/, "");

// An answer: {messageId, text (what streamed in), line (what is going on), reply, failure, rating,
// state: "waiting", "streaming", "reconnecting", "done", "stopped", "incomplete" or "failed"}.
// An exchange: {id, text (sent), label (a button's words), at, answers, shown (which of them),
// delivery: "sending", "sent" or "failed"}.

/** Tells "change" (with the exchange), "finished" and "failed" (and answer), "reset", "busy", "lost", "expired". */
export class Conversation extends EventTarget {
  exchanges = [];
  expired = false;
  heardAt = Date.now();
  #api;
  #store;
  #who;
  #answering;
  #running = null;

  constructor(api, store, who) {
    super();
    this.#api = api;
    this.#store = store;
    this.#who = who;
    this.sessionId = this.#kept("session") ?? newId();
  }

  get who() {
    return this.#who;
  }

  /** Has anything been said to the server before? */
  get returning() {
    return Boolean(this.#kept("session"));
  }

  get running() {
    return this.#running !== null;
  }

  /** The last answer that is there to see. */
  get last() {
    const exchange = this.exchanges.at(-1);
    return exchange?.answers[exchange.shown];
  }

  /** Take up the conversation where the server has it; false when there is none. */
  async restore() {
    const unsent = this.#kept("unsent");
    const history = this.#kept("session") && (await this.#api.history(this.sessionId, this.#who));
    if (history) this.#adopt(history);
    if (unsent && !this.#find(unsent.messageId)) {
      const lost = this.#message(unsent.text, unsent.label, unsent.messageId);
      lost.delivery = "failed";
      lost.failure = new Failure("network");
    } else if (unsent && this.#find(unsent.messageId)?.answer.state !== "waiting") {
      this.#keep("unsent", undefined);
    }
    this.#tell("reset");
    for (const exchange of this.exchanges)
      for (const answer of exchange.answers) if (answer.state === "waiting") this.#resume(exchange, answer);
    return this.exchanges.length > 0;
  }

  /** Send what the person said; `label` is what they saw on the button they pressed. */
  send(text, label = text) {
    if (this.running) return;
    const exchange = this.#message(text, label, newId());
    this.#mark(text);
    this.#ask(exchange, this.#answer(exchange, exchange.id));
  }

  /** Send a message that failed once more: the same message to the server, never a second one. */
  retry(exchange) {
    if (this.running) return;
    const answer = exchange.answers.at(-1) ?? this.#answer(exchange, exchange.id);
    Object.assign(answer, { state: "waiting", text: "", failure: undefined });
    this.#ask(exchange, answer);
  }

  /** Ask the same thing again; the answers so far stay. */
  again(exchange) {
    if (this.running) return;
    this.#ask(exchange, this.#answer(exchange, againId(exchange.id, exchange.answers.length + 1)));
  }

  /** Take a failed message out; its words go back to the person. */
  withdraw(exchange) {
    this.exchanges = this.exchanges.filter((other) => other !== exchange);
    this.#keep("unsent", undefined);
    this.#tell("reset");
    return exchange.text;
  }

  /** Stop the answer that is being made: here at once, and at the server, which would go on. */
  stop() {
    if (!this.#running || this.#running.signal.aborted) return;
    this.#running.abort();
    this.#api.stop(this.sessionId, this.#answering, this.#who).catch(() => {});
  }

  /** Look away: an answer that is being made goes on at the server, to be found there later. */
  leave() {
    this.#running?.abort();
  }

  /** Forget everything, here and on the server; true when the server did. */
  async clear() {
    this.stop();
    const old = this.#kept("session");
    this.sessionId = newId();
    this.exchanges = [];
    this.expired = false;
    this.#keep("session", undefined);
    this.#keep("unsent", undefined);
    this.#tell("reset");
    if (!old) return true;
    return this.#api.forget(old, this.#who).then(() => true, (failure) => failure.status === 404);
  }

  async rate(answer, rating, comment) {
    await this.#api.rate(this.sessionId, answer.messageId, rating, comment, this.#who);
    answer.rating = rating;
  }

  /** Ask whether the server still remembers; "expired" is told once. */
  async check() {
    if (this.running || this.expired || !this.exchanges.length) return;
    const history = await this.#api.history(this.sessionId, this.#who).catch(() => undefined);
    if (history === undefined || this.running) return;
    this.heardAt = Date.now();
    if (history === null || history.expired) {
      this.expired = true;
      this.#tell("expired");
    }
  }

  /** Another tab spoke in this session: show what it said. */
  async catchUp() {
    if (this.running || this.#kept("session") !== this.sessionId) return;
    const history = await this.#api.history(this.sessionId, this.#who).catch(() => null);
    if (!history || this.running) return;
    const known = this.exchanges.flatMap(({ answers }) => answers).filter(({ state }) => state === "done").length;
    if (history.turns.filter(({ state }) => state === "done").length > known) {
      this.exchanges = [];
      this.#adopt(history);
      this.#tell("reset");
    }
  }

  /** The server is back: see what became of the answers that were cut off. */
  async reconnected() {
    for (const exchange of [...this.exchanges])
      for (const answer of exchange.answers)
        if (answer.state === "failed" && answer.failure?.unreachable) await this.#recover(exchange, answer);
  }

  #kept(name) {
    return this.#store.get(`${name}:${this.#who.botId}:${this.#who.localeId}`);
  }

  #keep(name, value) {
    this.#store.set(`${name}:${this.#who.botId}:${this.#who.localeId}`, value);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #message(text, label, id) {
    const exchange = { id, text, label, at: new Date(), delivery: "sending", answers: [], shown: 0 };
    this.exchanges.push(exchange);
    return exchange;
  }

  #answer(exchange, messageId) {
    const answer = { messageId, state: "waiting", text: "", rating: null, at: new Date() };
    exchange.answers.push(answer);
    exchange.shown = exchange.answers.length - 1;
    return answer;
  }

  #find(messageId) {
    for (const exchange of this.exchanges)
      for (const answer of exchange.answers) if (answer.messageId === messageId) return { exchange, answer };
    return undefined;
  }

  /** Remember which button of the last answer was meant. */
  #mark(text) {
    const before = this.exchanges.at(-2);
    const answer = before?.answers[before.shown];
    if (!answer) return;
    const button = buttonsOf(answer).find(({ value, text: label }) => value === text || label === text);
    answer.chosen = button?.value ?? null;
    this.#tell("change", before);
  }

  #adopt({ turns, expired }) {
    this.expired = expired;
    for (const turn of turns) {
      const id = firstId(turn.messageId);
      let exchange = this.exchanges.find((other) => other.id === id);
      if (!exchange) {
        exchange = this.#message(turn.text, turn.text, id);
        Object.assign(exchange, { delivery: "sent", at: new Date(turn.at) });
        const before = this.exchanges.at(-2)?.answers.at(-1);
        const button = before && buttonsOf(before).find(({ value }) => value === turn.text);
        if (button) exchange.label = button.text;
        if (before) before.chosen = button?.value ?? null;
      }
      const answer = this.#answer(exchange, turn.messageId);
      Object.assign(answer, { at: exchange.at, rating: turn.feedback?.rating ?? null });
      if (turn.state !== "running") settle(answer, turn.reply, turn.state === "incomplete");
    }
  }

  #ask(exchange, answer) {
    exchange.delivery = exchange.answers.length > 1 ? "sent" : "sending";
    exchange.failure = undefined;
    this.#keep("session", this.sessionId);
    this.#keep("unsent", { text: exchange.text, label: exchange.label, messageId: answer.messageId });
    const message = { ...this.#who, text: exchange.text, sessionId: this.sessionId, messageId: answer.messageId };
    return this.#run(exchange, answer, (heard, signal) => this.#api.ask(message, heard, signal));
  }

  #resume(exchange, answer) {
    return this.#run(exchange, answer, (heard, signal) =>
      this.#api.follow(this.sessionId, answer.messageId, this.#who, heard, signal));
  }

  /** Let an answer come in, and see it to one of its ends. */
  async #run(exchange, answer, request) {
    const running = new AbortController();
    this.#running = running;
    this.#answering = answer.messageId;
    this.#tell("busy");
    this.#tell("change", exchange);
    let incoming = "";
    const heard = (event, data) => {
      if (running.signal.aborted) return;
      exchange.delivery = "sent";
      if (event === "status") Object.assign(answer, { line: data.line, source: data.source, status: data.state });
      if (event === "delta") {
        incoming += data.text;
        // A stream that is taken up again starts from the beginning: never show less than before.
        if (incoming.length >= answer.text.length) answer.text = incoming;
        answer.state = "streaming";
      }
      this.#tell("change", exchange);
    };
    try {
      const reply = await request(heard, running.signal);
      exchange.delivery = "sent";
      settle(answer, reply);
      this.expired = false;
    } catch (failure) {
      if (await this.#failed(exchange, answer, failure, running)) return;
    }
    if (this.#running === running) this.#running = null;
    this.heardAt = Date.now();
    if (this.exchanges.includes(exchange)) {
      if (exchange.delivery !== "failed") this.#keep("unsent", undefined);
      this.#keep("heard", this.heardAt);
      this.#tell("change", exchange);
      if (answer.failure) this.#tell("failed", { exchange, answer });
      else this.#tell("finished", { exchange, answer });
    }
    this.#tell("busy");
  }

  /** Settle a failure; true when another run has taken the answer over. */
  async #failed(exchange, answer, failure, running) {
    if (failure.kind === "stopped") {
      answer.state = "stopped";
      exchange.delivery = "sent";
      return false;
    }
    if (!(failure instanceof Failure)) throw failure;
    if (failure.unreachable && exchange.delivery === "sent" && !running.signal.aborted) {
      answer.state = "reconnecting";
      this.#tell("change", exchange);
      await new Promise((wake) => setTimeout(wake, 300));
      const became = await this.#recover(exchange, answer, running);
      if (became) return became === "followed";
    }
    if (failure.partial?.length > answer.text.length) answer.text = failure.partial;
    Object.assign(answer, { state: "failed", failure });
    // What the server never took has not been said: it can be sent once more.
    if (exchange.delivery === "sending") exchange.delivery = "failed";
    if (failure.unreachable) this.#tell("lost");
    return false;
  }

  /** Ask the server what became of an answer: "settled", "followed" by a run of its own, or not. */
  async #recover(exchange, answer, running) {
    let turn;
    try {
      const history = await this.#api.history(this.sessionId, this.#who);
      turn = history?.turns.find(({ messageId }) => messageId === answer.messageId);
    } catch {
      return undefined;
    }
    if (running?.signal.aborted) {
      answer.state = "stopped";
      return "settled";
    }
    if (!turn) return undefined;
    Object.assign(answer, { failure: undefined });
    exchange.delivery = "sent";
    if (turn.state === "running") {
      answer.state = "waiting";
      await this.#resume(exchange, answer);
      return "followed";
    }
    settle(answer, turn.reply, turn.state === "incomplete");
    this.#keep("unsent", undefined);
    this.#tell("change", exchange);
    if (!running) this.#tell("finished", { exchange, answer });
    return "settled";
  }
}

/** Take the reply in; one that only says why there is no answer is shown as what went wrong. */
function settle(answer, reply, incomplete = reply?.incomplete) {
  Object.assign(answer, { reply: reply ?? undefined, line: undefined, failure: undefined });
  answer.state = incomplete ? "incomplete" : "done";
  if (!reply?.error) return;
  const wordless = reply.source === "none";
  answer.failure = new Failure("told", { ...reply.error, message: wordless ? reply.msg : undefined });
  answer.state = "failed";
  if (wordless) answer.reply = { ...reply, messages: [] };
}

/** The buttons of an answer's cards. */
export const buttonsOf = (answer) =>
  (answer.reply?.messages ?? []).flatMap((message) => message.imageResponseCard?.buttons ?? []);
