/** The answers of a talk that are being made, each seen to one of its ends. No elements in here. */

import { Failure } from "./api.js";

const AGAIN_MS = 300; // before the server is asked what became of an answer

export class Runs {
  /** The answer that the person waits for. @type {Answer | null} */
  current = null;
  /** What ends the hearing of each. @type {Map<Answer, AbortController>} */
  #all = new Map();
  #api;
  #talk;

  /** @param {Api} api @param {RunsTalk} talk */
  constructor(api, talk) {
    this.#api = api;
    this.#talk = talk;
  }

  /** Is this answer followed? @param {Answer} answer */
  has(answer) {
    return this.#all.has(answer);
  }

  /** Hear no more of the answer that the person waits for; gives it, if there is one. */
  stop() {
    const ending = this.current && this.#all.get(this.current);
    if (!ending || ending.signal.aborted) return null;
    ending.abort();
    return this.current;
  }

  /** Hear no more of any. */
  leave() {
    for (const ending of this.#all.values()) ending.abort();
  }

  /** Follow an answer; nothing says yet that it is still being made. @param {Exchange} exchange @param {Answer} answer */
  resume(exchange, answer) {
    return this.see(exchange, answer, (heard, stopped) => this.#api.follow(this.#talk.turn(answer), heard, stopped), true);
  }

  /**
   * See an answer to one of its ends. `quiet`: it does not count as running until it grows.
   * @param {Exchange} exchange @param {Answer} answer
   * @param {(heard: Heard, stopped: AbortSignal) => Promise<ChatReply>} request
   */
  async see(exchange, answer, request, quiet = false) {
    const { emit, ended } = this.#talk;
    const ending = new AbortController();
    const count = () => {
      this.current = answer;
      emit("busy");
    };
    this.#all.set(answer, ending);
    if (!quiet) count();
    emit("change", exchange);
    let pieces = 0;
    try {
      const reply = await request(([name, data]) => {
        if (ending.signal.aborted) return;
        answer.take(name === "status" ? data : undefined);
        if (name === "delta") {
          answer.piece(data.text);
          pieces += 1;
        }
        if (quiet && !this.current && (name === "status" || pieces > 1)) count();
        emit("change", exchange);
      }, ending.signal);
      answer.settle(reply);
    } catch (failure) {
      if (await this.#failed(exchange, answer, failure, ending.signal)) return;
    } finally {
      this.#all.delete(answer);
    }
    if (this.current === answer) this.current = null;
    ended(exchange, answer);
    emit("busy");
  }

  /**
   * Settle a failure; true when another run has taken the answer over.
   * @param {Exchange} exchange @param {Answer} answer @param {unknown} failure
   * @param {AbortSignal} stopped
   */
  async #failed(exchange, answer, failure, stopped) {
    const { emit } = this.#talk;
    if (!(failure instanceof Failure)) throw failure;
    if (failure.kind === "stopped") {
      answer.stop();
      return false;
    }
    if (failure.code === "TurnLost" && answer.taken) {
      answer.settle(null);
      return false;
    }
    if (failure.unreachable && answer.taken && !stopped.aborted) {
      answer.lose();
      // Who cannot hear the answer cannot stop it either: the box is free for something else.
      if (this.current === answer) this.current = null;
      emit("busy");
      emit("change", exchange);
      await new Promise((wake) => { setTimeout(wake, AGAIN_MS); });
      const became = await this.recover(exchange, answer, stopped);
      if (became) return became === "followed";
    }
    answer.fail(failure);
    if (failure.unreachable) emit("lost");
    return false;
  }

  /**
   * Ask the server what became of an answer: "settled", "followed" by a run of its own, or not.
   * @param {Exchange} exchange @param {Answer} answer @param {AbortSignal} [stopped] of the run that lost it
   */
  async recover(exchange, answer, stopped) {
    const transcript = await this.#api.history(this.#talk.turn(answer)).catch(() => null);
    const turn = transcript?.turns.find(({ messageId }) => messageId === answer.messageId);
    if (stopped?.aborted) {
      answer.stop();
      return "settled";
    }
    if (!turn) {
      if (answer.failure) answer.failure.absent = Boolean(transcript);
      return undefined;
    }
    if (turn.state === "running") {
      answer.follow();
      await this.resume(exchange, answer);
      return "followed";
    }
    answer.settle(turn.reply);
    if (!stopped) this.#talk.ended(exchange, answer);
    return "settled";
  }
}
