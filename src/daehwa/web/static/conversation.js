/** One conversation with one bot: what was said, and what is going on. No elements in here. */

import { Failure } from "./api.js";
import { Tree, newId } from "./exchange.js";
import { Runs } from "./runs.js";

const MOST_TRIES = 3; // without the person
const SPREAD_MS = 500;

/** What happens to it comes as ConversationEvents. */
export class Conversation extends EventTarget {
  /** The branch that the person sees. @type {Exchange[]} */
  exchanges = [];
  /** Why the talk is over, if it is. @type {Ending | undefined} */
  ending;
  earlier = false; // is there more at the server?
  heardAt = Date.now();
  #api;
  #talks;
  #store;
  #who;
  #tree = new Tree();
  #runs;
  #returning;

  /** @param {Api} api @param {Store} store @param {Talks} talks @param {Who} who */
  constructor(api, store, talks, who) {
    super();
    this.#api = api;
    this.#store = store;
    this.#talks = talks;
    this.#who = who;
    this.#runs = new Runs(api, {
      turn: (answer) => this.#turn(answer),
      emit: (name, detail) => this.#emit(name, detail),
      ended: (exchange, answer) => this.#ended(exchange, answer),
    });
    const known = talks.current(who);
    this.#returning = Boolean(known);
    this.sessionId = known || newId();
    /** @type {string | undefined} */
    this.secret = known ? talks.secret(who, known) : undefined;
  }

  get who() {
    return this.#who;
  }

  /** Was it there before this page was loaded? */
  get returning() {
    return this.#returning;
  }

  /** Is an answer on its way? One that may be made no more does not count until it grows. */
  get running() {
    return this.#runs.current !== null;
  }

  /** Has the server something that the person waits for, and cannot be reached? */
  get waiting() {
    return this.#tree.answers.some(({ failure }) => failure?.unreachable);
  }

  /** May an answer still come, also one that does not count as running? */
  get awaited() {
    return this.#tree.answers.some(({ underway, failure }) => underway || (failure?.unreachable && !failure.absent));
  }

  get last() {
    return this.exchanges.at(-1)?.current;
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
    if (this.#returning) await this.#unlock();
    const transcript = this.#returning ? await this.#api.history(this.#session) : null;
    if (transcript) this.#adopt(transcript);
    if (this.#tree.size || this.#talks.find(this.sessionId)?.heard) this.ending ??= endingOf(transcript);
    this.#takeUpUnsent();
    const seen = this.#store.get(`seen:${this.sessionId}`);
    this.#show(this.#tree.find(seen) ?? this.#tree.newest);
    this.#emit("reset");
    this.#resumeAll();
    return this.exchanges.length > 0;
  }

  /** What was said before all that is known here: the next part of it, or `all`. */
  async loadEarlier({ all = false } = {}) {
    try {
      for (let more = true; more; more = all && this.earlier) await this.#loadPart();
    } finally {
      this.#show(this.last ?? this.#tree.newest);
      this.#emit("reset");
    }
  }

  async #loadPart() {
    const { first } = this.#tree;
    const transcript = first ? await this.#api.history(this.#session, first.messageId) : null;
    this.earlier = transcript?.earlier ?? false;
    // Of the first of a part it is not known what was before it.
    if (transcript) this.#tree.adoptEarlier(transcript.turns, this.earlier ? undefined : "");
  }

  /** `label` is what the person saw on the button they pressed. @param {string} text */
  send(text, label = text) {
    if (this.running) return;
    if (this.ending === "deleted") this.begin();
    const exchange = this.#tree.place(newId());
    const answer = this.#version(exchange, { text, label, at: new Date() }, this.last?.messageId ?? "");
    this.#mark(text);
    this.#ask(exchange, answer);
  }

  /** Send the same message once more, never a second one; like `again` and `rewrite`, not while an answer runs. @param {Exchange} exchange */
  retry(exchange) {
    const { current } = exchange;
    this.#tree.moveLast(exchange, current);
    current.ask();
    this.#keepOrder(current);
    this.#show(current);
    this.#ask(exchange, current);
  }

  /** Ask the same thing again; the answers so far stay, each with what followed it. @param {Exchange} exchange */
  again(exchange) {
    this.rewrite(exchange, exchange.text, exchange.label);
  }

  /** Say it in other words; the words so far stay, with their answers. @param {Exchange} exchange @param {string} text */
  rewrite(exchange, text, label = text) {
    const { follows = "", question } = exchange.current;
    const meant = text === question.label ? question.text : text; // a button's words are not what it says
    this.#ask(exchange, this.#version(exchange, { text: meant, label, at: new Date() }, follows));
  }

  /** See another version, and what followed it. @param {Exchange} exchange @param {number} at */
  turnTo(exchange, at) {
    this.#show(exchange.answers[at]);
    this.#store.set(`seen:${this.sessionId}`, exchange.answers[at].messageId);
    this.#emit("reset");
  }

  /** Take a failed message out. @param {Exchange} exchange */
  withdraw(exchange) {
    const { text, current } = exchange;
    this.#tree.withdraw(exchange, current);
    this.#saveUnsent(current, false);
    this.#show(exchange.current ?? this.#tree.find(current.follows));
    this.#emit("reset");
    return text;
  }

  /** Stop the answer that is being made: here at once, and at the server, which would go on. */
  stop() {
    const stopped = this.#runs.stop();
    if (stopped) this.#api.stop(this.#turn(stopped)).catch(() => {});
  }

  /** Look away: an answer that is being made goes on at the server, to be found there later; nothing is sent from here any more. */
  leave() {
    this.#runs.leave();
    this.exchanges = [];
  }

  /** Begin another talk; this one stays in the list. */
  begin() {
    const old = this.sessionId;
    this.leave();
    this.sessionId = newId();
    this.secret = undefined;
    this.#tree = new Tree();
    this.ending = undefined;
    this.#returning = this.earlier = false;
    this.#runs.current = null;
    this.#talks.enter(this.#who, undefined);
    this.#talks.announce("begun", old);
    this.#emit("reset");
    this.#emit("busy");
  }

  /** Forget everything, here and on the server, and begin anew; true when the server did. @returns {Promise<boolean>} */
  clear() {
    this.stop();
    const old = this.#session;
    const known = this.#talks.find(old.sessionId) ?? this.#returning;
    this.begin();
    this.#talks.drop(old.sessionId);
    return known ? forget(this.#api, old) : Promise.resolve(true);
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
    if (this.running || this.ending || !this.#tree.answers.some(({ reply }) => reply)) return;
    const transcript = await this.#api.history(this.#session).catch(() => undefined);
    if (transcript === undefined || this.running) return;
    this.heardAt = Date.now();
    const ending = endingOf(transcript);
    if (ending) this.end(ending);
  }

  /** Another tab spoke in this session: show what it said, as it is answered. */
  async catchUp() {
    const transcript = await this.#api.history(this.#session).catch(() => null);
    if (!transcript || this.ending === "deleted") return;
    const atEnd = this.last === this.#tree.newest;
    const before = this.#tree.newest;
    this.#adopt(transcript);
    this.#tree.moveUnsent();
    this.heardAt = Date.now();
    if (atEnd && !this.running && before !== this.#tree.newest) this.#show(this.#tree.newest);
    else this.#show(this.last);
    this.#emit("reset");
    this.#resumeAll();
  }

  /** The server is back: see what became of the answers that were cut off, and of the talk. */
  async reconnected() {
    const lost = this.#tree.pairs.filter(([, { failure }]) => failure?.unreachable);
    for (const [exchange, answer] of lost) await this.#runs.recover(exchange, answer);
    this.#emit("busy");
    await this.check();
  }

  /** @param {Ending} ending */
  end(ending) {
    this.ending = ending;
    this.#emit("expired");
  }

  get #session() {
    return { ...this.#who, sessionId: this.sessionId, secret: this.secret };
  }

  /** All that was said, as a test of the bot. */
  test() {
    return this.#api.test(this.#session);
  }

  /** Have the session's secret; one of an earlier release, which had none, moves to it. */
  async #unlock() {
    if (this.secret) return;
    this.secret = (await this.#api.begin(this.#session)).sessionSecret;
    this.#store.set(`secret:${this.#who.botId}:${this.#who.localeId}`, this.secret);
  }

  /** The words of a recording. @param {Blob} recording */
  async transcribe(recording) {
    await this.#unlock();
    return (await this.#api.transcribe(this.#session, recording)).text;
  }

  /** A text as sound. @param {string} text */
  async speech(text) {
    await this.#unlock();
    return this.#api.speech(this.#session, text);
  }

  /** @param {Answer} answer */
  #turn({ messageId }) {
    return { ...this.#session, messageId };
  }

  /**
   * @template {keyof ConversationEvents} Name
   * @param {Name} name @param {ConversationEvents[Name]} [detail]
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Show the branch of an answer. @param {Answer | undefined} answer */
  #show(answer) {
    this.exchanges = this.#tree.branchOf(answer);
  }

  /** @param {Exchange} exchange @param {Question} question @param {string} follows */
  #version(exchange, question, follows) {
    const answer = this.#tree.version(exchange, question, follows);
    this.#keepOrder(answer);
    this.#show(answer);
    this.#store.set(`seen:${this.sessionId}`, undefined);
    return answer;
  }

  /** What the server does not have is kept with what was said next. @param {Answer} answer */
  #keepOrder({ follows }) {
    const before = this.#tree.find(follows);
    if (!before?.failure || before.reply) return;
    before.failure.again = false; // it waits for the person now
    this.#saveUnsent(before);
  }

  /** Which button of the answer before was meant? @param {string} text */
  #mark(text) {
    const before = this.exchanges.at(-2);
    if (!before) return;
    const button = before.current.buttons.find(({ value, text: label }) => value === text || label === text);
    before.current.chosen = button?.value ?? null;
    this.#emit("change", before);
  }

  /** @param {Transcript} transcript */
  #adopt({ turns, expired, earlier }) {
    if (!this.#tree.size) this.earlier = earlier;
    if (expired) this.ending = "expired";
    else if (this.ending === "expired") this.ending = undefined;
    // Of the first of a part it is not known what was before it.
    this.#tree.adopt(turns, this.earlier && !this.#tree.size ? undefined : "");
  }

  /** Messages that the server may not have had: they are there, or shown as what failed. */
  #takeUpUnsent() {
    // From the last to the first: each may name the one that was said next.
    for (const unsent of this.#unsent.reverse()) {
      const answer = this.#tree.find(unsent.messageId);
      if (answer) {
        if (!answer.underway) this.#saveUnsent(answer, false);
        continue;
      }
      const { kind = "network", ...more } = unsent.why ?? {};
      this.#tree.putBack(unsent).fail(Object.assign(new Failure(kind, more), { absent: true }));
    }
  }

  #resumeAll() {
    for (const [exchange, answer] of this.#tree.pairs)
      if (answer.underway && !this.#runs.has(answer)) this.#runs.resume(exchange, answer);
  }

  /** @param {Exchange} exchange @param {Answer} answer */
  #ask(exchange, answer) {
    this.ending = undefined;
    this.#talks.enter(this.#who, this.sessionId);
    this.#saveUnsent(answer);
    let announced = false;
    return this.#runs.see(exchange, answer, async (heard, stopped) => {
      await this.#unlock();
      this.#keep(exchange);
      const message = { ...this.#turn(answer), text: answer.question.text, follows: answer.after };
      return this.#api.ask(message, (event) => {
        if (!announced) this.#talks.announce("turn", this.sessionId);
        announced = true;
        heard(event);
      }, stopped);
    });
  }

  /** @param {Exchange} exchange */
  #keep({ label }, heard = false) {
    const { sessionId, secret } = this;
    this.#talks.keep({ ...this.#who, sessionId, secret, title: label, at: Date.now(), ...(heard && { heard }) });
  }

  /** Of all tabs. @returns {Unsent[]} */
  get #unsent() {
    return [this.#store.get(`unsent:${this.sessionId}`) ?? []].flat();
  }

  /** @param {Answer} answer */
  #saveUnsent({ question: { text, label }, messageId, follows, after, next, failure }, pending = true) {
    const unsent = this.#unsent.filter((one) => one.messageId !== messageId);
    const why = failure && { ...failure, message: failure.message, again: false };
    if (pending) unsent.push({ text, label, messageId, follows, after, next, why });
    this.#store.set(`unsent:${this.sessionId}`, unsent.length ? unsent : undefined);
  }

  /** @param {Exchange} exchange @param {Answer} answer */
  #ended(exchange, answer) {
    this.heardAt = Date.now();
    if (!this.#tree.has(exchange)) return;
    if (answer.failure?.passing && !answer.reply) this.#retryLater(exchange, answer, answer.failure);
    // A turn that failed has left nothing at the server: after a reload only we know of it.
    this.#saveUnsent(answer, Boolean(answer.failure && !answer.reply));
    if (answer.reply) {
      this.ending = undefined;
      this.#keep(exchange, true);
      if (this.#tree.forks(answer)) this.catchUp();
    }
    this.#talks.announce("turn", this.sessionId);
    this.#emit("change", exchange);
    this.#emit(answer.failure ? "failed" : "finished", { exchange, answer });
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
      if (answer.failure !== failure || !failure.again) return;
      failure.again = false;
      if (this.last === answer && !this.running) this.retry(exchange);
      else this.#emit("change", exchange); // the talk went on elsewhere: it is the person's to send
    }, (failure.retryAfter ?? 0) * 1000 + Math.random() * SPREAD_MS);
  }
}

/** Whether and why the talk is over, as the server has it. @param {Transcript | null} transcript @returns {Ending | undefined} */
function endingOf(transcript) {
  if (transcript?.open) return undefined;
  if (!transcript?.turns.length) return "gone";
  // Answers that were all cut have begun no session yet, so none has ended.
  return transcript.turns.some(({ state }) => state === "done") ? "expired" : undefined;
}

/** Have the server forget a session; true when it did. @param {Api} api @param {Session} session */
export async function forget(api, session) {
  try {
    await api.forget(session);
    return true;
  } catch (failure) {
    return failure instanceof Failure && failure.status === 404;
  }
}
