/** The `/chat` wire, and whether it holds. */

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
const WAITED_FOR_MS = 1000; // while the person waits for an answer
const WAITS_MS = 600_000; // nobody does for longer
const LONGEST_WAIT_S = 60; // a person would not sit there for longer
const PATIENCE_MS = 25_000; // longer than the server takes to have something written down or spoken
const SILENCE_MS = 45_000; // the server pings more often than this while it works

/**
 * Why a request did not end well. `kind`: "network" (nothing came), "cut" (the stream ended early),
 * "silent", "stopped" (by the person), "refused" (by its status), "failed" (an error event came).
 */
export class Failure extends Error {
  again = false; // is it sent again without the person?
  absent = false; // does the server surely not have the question?

  /** @param {FailureKind} kind @param {FailureDetails} [details] */
  constructor(kind, { code, message, requestId, status, retryAfter } = {}) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.requestId = requestId;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** True when the server cannot answer at the moment, has kept nothing, and says when it will. */
  get passing() {
    const busy = this.kind === "failed" || [429, 503].includes(this.status ?? 0);
    return busy && this.retryAfter !== undefined && this.retryAfter <= LONGEST_WAIT_S;
  }

  /** True when the server may be out of reach, and asking it again later makes sense. */
  get unreachable() {
    return ["network", "cut", "silent"].includes(this.kind);
  }
}

/** Find the API: beside the page, at the address in the meta, or in the JSON file it names. */
export async function findApi() {
  const named = document.querySelector('meta[name="daehwa-api"]')?.getAttribute("content");
  const address = new URL(named || "./", document.baseURI);
  if (!address.pathname.endsWith(".json")) return new Api(address);
  const { api } = await (await fetch(address)).json();
  return new Api(new URL(api, document.baseURI));
}

export class Api {
  #base;

  /** @param {URL} base */
  constructor(base) {
    this.#base = new URL(base);
    if (!this.#base.pathname.endsWith("/")) this.#base.pathname += "/";
  }

  /** Is the server on this machine? */
  get onLoopback() {
    return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(this.#base.hostname);
  }

  /** @param {string} localeId @returns {Promise<PageConfig>} */
  config(localeId) {
    return this.#json("GET", this.#at("chat/config", { localeId }));
  }

  /** Exchange a token for a cookie that the browser keeps. @param {string} token */
  signIn(token) {
    return this.#json("POST", this.#at("chat/signin"), { token });
  }

  /** Begin a session that only its secret opens. @param {Session} session @returns {Promise<NewSession>} */
  begin({ sessionId, botId, localeId }) {
    return this.#json("POST", this.#at("chat/sessions"), { sessionId, botId, localeId });
  }

  /** The conversation so far, or what was before a turn; null when the server knows of none. @param {Session} session @returns {Promise<Transcript | null>} */
  async history(session, before = "") {
    const address = this.#session(session);
    if (before) address.searchParams.set("before", before);
    try {
      return await this.#json("GET", address, undefined, session.secret);
    } catch (failure) {
      if (failure instanceof Failure && failure.status === 404) return null;
      throw failure;
    }
  }

  /** @param {Session} session */
  forget(session) {
    return this.#json("DELETE", this.#session(session), undefined, session.secret);
  }

  /** The conversation as a file for `daehwa test`. @param {Session} session @returns {Promise<SavedTalk>} */
  test(session) {
    return this.#json("GET", this.#session(session, "/test"), undefined, session.secret);
  }

  /** The words of a recording. @param {Session} session @param {Blob} recording @returns {Promise<{ text: string }>} */
  transcribe(session, recording) {
    return this.#json("POST", this.#session(session, "/transcription"), recording, session.secret);
  }

  /** A text as sound. @param {Session} session @param {string} text */
  async speech(session, text) {
    const call = { method: "POST", body: { text }, secret: session.secret };
    const response = await this.#fetch(this.#session(session, "/speech"), call, "audio/mpeg", AbortSignal.timeout(PATIENCE_MS));
    return response.arrayBuffer();
  }

  /** Which bots serve what they were before their files were changed, and why; for who runs the server. @returns {Promise<Record<string, string>>} */
  async oldBuilds() {
    const response = await fetch(this.#at("readyz"), { cache: "no-store" });
    return (await response.json()).oldBuilds ?? {};
  }

  /** @param {TurnOf} turn @param {Feedback} feedback */
  rate(turn, feedback) {
    return this.#json("POST", this.#turn(turn, "/feedback"), feedback, turn.secret);
  }

  /** @param {ChatRequest & Session} message @param {Heard} heard @param {AbortSignal} stopped */
  ask({ secret, ...body }, heard, stopped) {
    return this.#stream(this.#at("chat"), { method: "POST", body, secret }, heard, stopped);
  }

  /** Take up an answer from its beginning. @param {TurnOf} turn @param {Heard} heard @param {AbortSignal} stopped */
  follow(turn, heard, stopped) {
    return this.#stream(this.#turn(turn), { method: "GET", secret: turn.secret }, heard, stopped);
  }

  /** What was said so far is kept. @param {TurnOf} turn */
  stop(turn) {
    return this.#json("POST", this.#turn(turn, "/stop"), undefined, turn.secret);
  }

  /** @param {string} path @param {Record<string, string>} [query] */
  #at(path, query = {}) {
    const address = new URL(path, this.#base);
    for (const [key, value] of Object.entries(query)) if (value) address.searchParams.set(key, value);
    return address;
  }

  /** @param {Session} session */
  #session({ sessionId, botId, localeId }, path = "") {
    return this.#at(`chat/sessions/${encodeURIComponent(sessionId)}${path}`, { botId, localeId });
  }

  /** @param {TurnOf} turn */
  #turn(turn, path = "") {
    return this.#session(turn, `/turns/${encodeURIComponent(turn.messageId)}${path}`);
  }

  /** @param {string} method @param {URL} address @param {object} [body] @param {string} [secret] */
  async #json(method, address, body, secret) {
    const response = await this.#fetch(address, { method, body, secret }, "application/json", AbortSignal.timeout(PATIENCE_MS));
    if (response.status === 204) return null;
    return response.json().catch(() => { throw new Failure("network"); });
  }

  /** @param {URL} address @param {Call} call @param {string} accept @param {AbortSignal} signal */
  async #fetch(address, { method, body, secret }, accept, signal) {
    const headers = new Headers({ Accept: accept });
    const file = body instanceof Blob;
    if (body) headers.set("Content-Type", file ? body.type : "application/json");
    if (secret) headers.set("X-Session-Secret", secret);
    let response;
    try {
      response = await fetch(address, { method, headers, signal, body: file ? body : body && inJson(body), cache: "no-store" });
    } catch {
      throw new Failure("network");
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }

  /** @param {URL} address @param {Call} call @param {Heard} heard @param {AbortSignal} stopped @returns {Promise<ChatReply>} */
  async #stream(address, call, heard, stopped) {
    const gaveUp = new AbortController();
    const signal = AbortSignal.any([stopped, gaveUp.signal]);
    let timer = 0;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => gaveUp.abort(), SILENCE_MS);
    };
    let taken = false;
    try {
      alive();
      const response = await this.#fetch(address, call, "text/event-stream", signal);
      taken = true;
      if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return await response.json();
      for await (const event of events(/** @type {ReadableStream} */ (response.body), alive)) {
        if (event[0] === "done") return event[1];
        if (event[0] === "error") throw new Failure("failed", event[1].error);
        heard(event);
      }
      throw new Failure("cut");
    } catch (failure) {
      if (stopped.aborted) throw new Failure("stopped");
      if (gaveUp.signal.aborted) throw new Failure("silent");
      throw failure instanceof Failure ? failure : new Failure(taken ? "cut" : "network");
    } finally {
      clearTimeout(timer);
      gaveUp.abort();
    }
  }
}

/** Half of a sign, which a cut text may end with, is no JSON to a server. @param {object} body */
const inJson = (body) => JSON.stringify(body, (_, value) => value?.toWellFormed?.() ?? value);

/** @param {Response} response */
async function refusal(response) {
  const body = await response.json().catch(() => ({}));
  const retryAfter = Number(response.headers.get("Retry-After")) || undefined;
  return new Failure("refused", { code: String(response.status), ...body?.error, status: response.status, retryAfter });
}

/** Server-sent events of a body; `alive` is called for whatever arrives. @param {ReadableStream} body @param {() => void} alive @returns {AsyncGenerator<ChatEvent>} */
async function* events(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = /** @type {string} */ (blocks.pop());
      for (const block of blocks) {
        let name = "message";
        const data = [];
        for (const line of block.split(/\r?\n/)) {
          if (line.startsWith("event:")) name = line.slice(6).trim();
          else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
        }
        if (data.length) yield /** @type {any} */ ([name, JSON.parse(data.join("\n"))]);
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * Emits "waiting" (detail: seconds until the next try), "trying" and "reached".
 * `probe` is any cheap request; it rejects while the server is away.
 */
export class Connection extends EventTarget {
  #probe;
  #awaited;
  #pause = FIRST_MS;
  #timer = 0;
  #since = 0;
  lost = false;

  /** `awaited`: does the person wait for something that the server has? @param {() => Promise<unknown>} probe @param {() => boolean} [awaited] */
  constructor(probe, awaited = () => false) {
    super();
    this.#probe = probe;
    this.#awaited = awaited;
    addEventListener("online", () => this.lost && this.now());
    addEventListener("offline", () => this.lose());
  }

  /** The server did not answer: say so, and begin to try again. */
  lose() {
    if (this.lost) return;
    this.lost = true;
    this.#since = Date.now();
    this.#pause = FIRST_MS;
    this.#wait();
  }

  /** Try at once. */
  async now() {
    clearTimeout(this.#timer);
    this.#emit("trying");
    try {
      await this.#probe();
    } catch {
      this.#pause = Math.min(this.#pause * 2, LONGEST_MS);
      this.#wait();
      return;
    }
    this.lost = false;
    this.#emit("reached");
  }

  #wait() {
    const waits = this.#awaited() && Date.now() - this.#since < WAITS_MS;
    const pause = waits ? Math.min(this.#pause, WAITED_FOR_MS) : this.#pause;
    const until = Date.now() + pause * (0.8 + 0.4 * Math.random());
    const tick = () => {
      const left = until - Date.now();
      if (left <= 0) {
        this.now();
        return;
      }
      this.#emit("waiting", Math.ceil(left / 1000));
      this.#timer = setTimeout(tick, Math.min(left, 1000));
    };
    clearTimeout(this.#timer);
    tick();
  }

  /** @param {string} name @param {number} [detail] */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
