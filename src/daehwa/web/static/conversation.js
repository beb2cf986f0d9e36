/** One conversation with one bot: what was said, and what is going on. No elements in here. */

import { Answer } from "./answer.js";
import { Failure } from "./api.js";

const MOST_TRIES = 3; // without the person
const SPREAD_MS = 500;

/** A new session or message id: 24 hexadecimal digits, fit for Lex. */
export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A question asked again carries its first id and its number. @param {string} id */
const firstId = (id) => id.replace(/\.\d+$/, "");

/** What was said once, and the answers to it. */
export class Exchange {
  /** @type {Answer[]} */
  answers = [];
  shown = 0; // which of the answers

  /** @param {string} id @param {string} text sent @param {string} label a button's words */
  constructor(id, text, label, at = new Date()) {
    this.id = id;
    this.text = text;
    this.label = label;
    this.at = at;
  }

  get delivery() {
    if (this.answers.some(({ taken }) => taken)) return "sent";
    return this.answers.at(-1)?.underway ? "sending" : "failed";
  }

  /** One more answer, which is the one to see. */
  answer() {
    const times = this.answers.length + 1;
    const answer = new Answer(times > 1 ? `${this.id}.${times}` : this.id);
    this.shown = this.answers.push(answer) - 1;
    return answer;
  }
}

/** What happens to it comes as ConversationEvents. */
export class Conversation extends EventTarget {
  /** @type {Exchange[]} */
  exchanges = [];
  expired = false;
  heardAt = Date.now();
  #api;
  #store;
  #who;
  /** @type {{ answer: Answer, ending: AbortController } | null} */
  #running = null;

  /** @param {Api} api @param {Store} store @param {Who} who */
  constructor(api, store, who) {
    super();
    this.#api = api;
    this.#store = store;
    this.#who = who;
    this.sessionId = this.#stored("session") ?? newId();
    /** @type {string | undefined} */
    this.secret = this.#stored("secret");
  }

  get who() {
    return this.#who;
  }

  get returning() {
    return Boolean(this.#stored("session"));
  }

  get running() {
    return this.#running !== null;
  }

  get last() {
    const exchange = this.exchanges.at(-1);
    return exchange?.answers[exchange.shown];
  }

  /**
   * Hear what happens.
   * @template {keyof ConversationEvents} Name
   * @param {Name} name @param {(detail: ConversationEvents[Name]) => void} listener
   */
  on(name, listener) {
    this.addEventListener(name, (event) => listener(/** @type {CustomEvent} */ (event).detail));
  }

  /** Take up the conversation where the server has it; false when there is none. */
  async restore() {
    /** @type {Unsent | undefined} */
    const unsent = this.#stored("unsent");
    if (this.returning) await this.#unlock();
    const transcript = this.#stored("session") && (await this.#api.history(this.#session));
    if (transcript) this.#adopt(transcript);
    const answer = unsent && this.#answers.find(({ messageId }) => messageId === unsent.messageId);
    if (unsent && !answer) {
      const { kind = "network", ...why } = unsent.why ?? {};
      this.#add(new Exchange(unsent.messageId, unsent.text, unsent.label)).answer().fail(new Failure(kind, why));
    } else if (unsent && !answer?.underway) {
      this.#save("unsent", undefined);
    }
    this.#emit("reset");
    for (const exchange of this.exchanges)
      for (const one of exchange.answers) if (one.underway) this.#resume(exchange, one);
    return this.exchanges.length > 0;
  }

  /** `label` is what the person saw on the button they pressed. @param {string} text */
  send(text, label = text) {
    if (this.running) return;
    const exchange = this.#add(new Exchange(newId(), text, label));
    this.#mark(text);
    this.#ask(exchange, exchange.answer());
  }

  /** Send the same message once more, never a second one. @param {Exchange} exchange */
  retry(exchange) {
    const answer = exchange.answers.at(-1);
    if (this.running || !answer) return;
    answer.ask();
    this.#ask(exchange, answer);
  }

  /** Ask the same thing again; the answers so far stay. @param {Exchange} exchange */
  again(exchange) {
    if (!this.running) this.#ask(exchange, exchange.answer());
  }

  /** Take a failed message out. @param {Exchange} exchange */
  withdraw(exchange) {
    this.exchanges = this.exchanges.filter((other) => other !== exchange);
    this.#save("unsent", undefined);
    this.#emit("reset");
    return exchange.text;
  }

  /** Stop the answer that is being made: here at once, and at the server, which would go on. */
  stop() {
    if (!this.#running || this.#running.ending.signal.aborted) return;
    this.#running.ending.abort();
    this.#api.stop(this.#turn(this.#running.answer)).catch(() => {});
  }

  /** Look away: an answer that is being made goes on at the server, to be found there later. */
  leave() {
    this.#running?.ending.abort();
  }

  /** Forget everything, here and on the server; true when the server did. */
  async clear() {
    this.stop();
    const old = this.returning && this.#session;
    this.sessionId = newId();
    this.secret = undefined;
    this.exchanges = [];
    this.expired = false;
    this.#save("session", undefined);
    this.#save("secret", undefined);
    this.#save("unsent", undefined);
    this.#emit("reset");
    if (!old) return true;
    try {
      await this.#api.forget(old);
      return true;
    } catch (failure) {
      return failure instanceof Failure && failure.status === 404;
    }
  }

  /** @param {Answer} answer @param {Rating | null} rating @param {string} [comment] */
  async rate(answer, rating, comment) {
    const feedback = { rating, comment: comment ?? null };
    await this.#api.rate(this.#turn(answer), feedback);
    answer.feedback = rating && feedback;
  }

  /** Ask whether the server still remembers. */
  async check() {
    // What was never answered has left no session.
    if (this.running || this.expired || !this.#answers.some(({ reply }) => reply)) return;
    const transcript = await this.#api.history(this.#session).catch(() => undefined);
    if (transcript === undefined || this.running) return;
    this.heardAt = Date.now();
    if (!transcript?.open) {
      this.expired = true;
      this.#emit("expired");
    }
  }

  /** Another tab spoke in this session: show what it said. */
  async catchUp() {
    if (this.running || this.#stored("session") !== this.sessionId) return;
    const transcript = await this.#api.history(this.#session).catch(() => null);
    if (!transcript || this.running) return;
    const known = this.#answers.filter(({ state }) => state === "done").length;
    if (transcript.turns.filter(({ state }) => state === "done").length > known) {
      this.exchanges = [];
      this.#adopt(transcript);
      this.#emit("reset");
    }
  }

  /** The server is back: see what became of the answers that were cut off. */
  async reconnected() {
    for (const exchange of [...this.exchanges])
      for (const answer of exchange.answers) if (answer.failure?.unreachable) await this.#recover(exchange, answer);
  }

  get #answers() {
    return this.exchanges.flatMap(({ answers }) => answers);
  }

  get #session() {
    return { ...this.#who, sessionId: this.sessionId, secret: this.secret };
  }

  /** Have the session's secret; one of an earlier release, which had none, moves to it. */
  async #unlock() {
    if (this.secret) return;
    this.secret = (await this.#api.begin(this.#session)).sessionSecret;
    this.#save("secret", this.secret);
  }

  /** @param {Answer} answer */
  #turn({ messageId }) {
    return { ...this.#session, messageId };
  }

  /** @param {string} name */
  #stored(name) {
    return this.#store.get(`${name}:${this.#who.botId}:${this.#who.localeId}`);
  }

  /** @param {string} name @param {unknown} value */
  #save(name, value) {
    this.#store.set(`${name}:${this.#who.botId}:${this.#who.localeId}`, value);
  }

  /**
   * @template {keyof ConversationEvents} Name
   * @param {Name} name @param {ConversationEvents[Name]} [detail]
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** @param {Exchange} exchange */
  #add(exchange) {
    this.exchanges.push(exchange);
    return exchange;
  }

  /** Which button of the last answer was meant? @param {string} text */
  #mark(text) {
    const before = this.exchanges.at(-2);
    const answer = before?.answers[before.shown];
    if (!answer) return;
    const button = answer.buttons.find(({ value, text: label }) => value === text || label === text);
    answer.chosen = button?.value ?? null;
    this.#emit("change", before);
  }

  /** @param {Transcript} transcript */
  #adopt({ turns, expired }) {
    this.expired = expired;
    for (const turn of turns) {
      const id = firstId(turn.messageId);
      const exchange = this.exchanges.find((other) => other.id === id) ?? this.#adopted(id, turn);
      const answer = exchange.answer();
      answer.messageId = turn.messageId;
      answer.at = exchange.at;
      answer.feedback = turn.feedback;
      answer.take();
      if (turn.state !== "running") answer.settle(turn.reply);
    }
  }

  /** @param {string} id @param {Turn} turn */
  #adopted(id, { text, at }) {
    const before = this.exchanges.at(-1)?.answers.at(-1);
    const button = before?.buttons.find(({ value }) => value === text);
    if (before) before.chosen = button?.value ?? null;
    return this.#add(new Exchange(id, text, button?.text ?? text, new Date(at)));
  }

  /** @param {Exchange} exchange @param {Answer} answer */
  #ask(exchange, answer) {
    this.#save("session", this.sessionId);
    this.#saveUnsent(exchange, answer);
    return this.#run(exchange, answer, async (heard, stopped) => {
      await this.#unlock();
      return this.#api.ask({ ...this.#turn(answer), text: exchange.text }, heard, stopped);
    });
  }

  /** @param {Exchange} exchange @param {Answer} answer */
  #saveUnsent({ text, label }, { messageId, failure }) {
    const why = failure && { ...failure, message: failure.message, again: false };
    this.#save("unsent", { text, label, messageId, why });
  }

  /** @param {Exchange} exchange @param {Answer} answer */
  #resume(exchange, answer) {
    return this.#run(exchange, answer, (heard, stopped) => this.#api.follow(this.#turn(answer), heard, stopped));
  }

  /**
   * See an answer to one of its ends.
   * @param {Exchange} exchange @param {Answer} answer
   * @param {(heard: Heard, stopped: AbortSignal) => Promise<ChatReply>} request
   */
  async #run(exchange, answer, request) {
    const ending = new AbortController();
    const running = { answer, ending };
    this.#running = running;
    this.#emit("busy");
    this.#emit("change", exchange);
    try {
      const reply = await request(([name, data]) => {
        if (ending.signal.aborted) return;
        answer.take(name === "status" ? data : undefined);
        if (name === "delta") answer.piece(data.text);
        this.#emit("change", exchange);
      }, ending.signal);
      answer.settle(reply);
      this.expired = false;
    } catch (failure) {
      if (await this.#failed(exchange, answer, failure, ending.signal)) return;
    }
    if (this.#running === running) this.#running = null;
    this.heardAt = Date.now();
    if (this.exchanges.includes(exchange)) {
      if (answer.failure?.passing) this.#retryLater(exchange, answer, answer.failure);
      // A turn that failed has left nothing at the server: after a reload only we know of it.
      if (answer.failure && !answer.reply && exchange.answers.length === 1) this.#saveUnsent(exchange, answer);
      else if (exchange.delivery !== "failed") this.#save("unsent", undefined);
      this.#save("heard", this.heardAt);
      this.#emit("change", exchange);
      this.#emit(answer.failure ? "failed" : "finished", { exchange, answer });
    }
    this.#emit("busy");
  }

  /**
   * Send it again when the server said, a few times, unless the person does something about it.
   * @param {Exchange} exchange @param {Answer} answer @param {Failure} failure
   */
  #retryLater(exchange, answer, failure) {
    if (answer.tries === MOST_TRIES) return;
    answer.tries += 1;
    failure.again = true;
    // Not all pages that were refused at one moment come back at one moment.
    setTimeout(() => {
      if (answer.failure === failure && this.exchanges.at(-1) === exchange) this.retry(exchange);
    }, (failure.retryAfter ?? 0) * 1000 + Math.random() * SPREAD_MS);
  }

  /**
   * Settle a failure; true when another run has taken the answer over.
   * @param {Exchange} exchange @param {Answer} answer @param {unknown} failure @param {AbortSignal} stopped
   */
  async #failed(exchange, answer, failure, stopped) {
    if (!(failure instanceof Failure)) throw failure;
    if (failure.kind === "stopped") {
      answer.stop();
      return false;
    }
    if (failure.unreachable && exchange.delivery === "sent" && !stopped.aborted) {
      answer.lose();
      this.#emit("change", exchange);
      await new Promise((wake) => { setTimeout(wake, 300); });
      const became = await this.#recover(exchange, answer, stopped);
      if (became) return became === "followed";
    }
    answer.fail(failure);
    if (failure.unreachable) this.#emit("lost");
    return false;
  }

  /**
   * Ask the server what became of an answer: "settled", "followed" by a run of its own, or not.
   * @param {Exchange} exchange @param {Answer} answer @param {AbortSignal} [stopped] of the run that lost it
   */
  async #recover(exchange, answer, stopped) {
    const transcript = await this.#api.history(this.#session).catch(() => null);
    const turn = transcript?.turns.find(({ messageId }) => messageId === answer.messageId);
    if (stopped?.aborted) {
      answer.stop();
      return "settled";
    }
    if (!turn) return undefined;
    if (turn.state === "running") {
      answer.follow();
      await this.#resume(exchange, answer);
      return "followed";
    }
    answer.settle(turn.reply);
    this.#save("unsent", undefined);
    this.#emit("change", exchange);
    if (!stopped) this.#emit("finished", { exchange, answer });
    return "settled";
  }
}
