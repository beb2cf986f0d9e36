/** The `/chat` wire: one turn, its pieces as they come, the talk so far; and whether it holds. */

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
const SILENCE_MS = 45_000; // the server pings more often than this while it works

/**
 * Why a request did not end well. `kind`: "network" (nothing came), "cut" (the stream ended early),
 * "silent", "stopped" (by the person), "http" (refused), "told" (an error event in the stream).
 */
export class Failure extends Error {
  constructor(kind, { code, message, requestId, status, retryAfter, partial } = {}) {
    super(message ?? "");
    Object.assign(this, { kind, code, requestId, status, retryAfter, partial });
  }

  /** True when the server may be out of reach, and asking it again later makes sense. */
  get unreachable() {
    return ["network", "cut", "silent"].includes(this.kind);
  }
}

/** Find the API: beside the page, at the address in the meta, or in the JSON file it names. */
export async function findApi() {
  const told = document.querySelector('meta[name="daehwa-api"]')?.content || "./";
  const address = new URL(told, document.baseURI);
  if (!address.pathname.endsWith(".json")) return new Api(address);
  const { api } = await (await fetch(address)).json();
  return new Api(new URL(api, document.baseURI));
}

export class Api {
  #base;

  constructor(base) {
    this.#base = new URL(base);
    if (!this.#base.pathname.endsWith("/")) this.#base.pathname += "/";
  }

  config(localeId) {
    return this.#json("GET", this.#at("chat/config", { localeId }));
  }

  /** The conversation so far, or null when the server knows of none. */
  async history(sessionId, who) {
    try {
      return await this.#json("GET", this.#session(sessionId, "", who));
    } catch (failure) {
      if (failure.status === 404) return null;
      throw failure;
    }
  }

  forget(sessionId, who) {
    return this.#json("DELETE", this.#session(sessionId, "", who));
  }

  rate(sessionId, messageId, rating, comment, who) {
    const path = `/turns/${encodeURIComponent(messageId)}/feedback`;
    return this.#json("POST", this.#session(sessionId, path, who), { rating, comment });
  }

  /** Send a message; `heard(event, data)` gets what streams in, the whole reply is returned. */
  ask(message, heard, signal) {
    return this.#stream("POST", this.#at("chat"), message, heard, signal);
  }

  /** Take up an answer that is being made, from its beginning. */
  follow(sessionId, messageId, who, heard, signal) {
    const path = `/turns/${encodeURIComponent(messageId)}`;
    return this.#stream("GET", this.#session(sessionId, path, who), undefined, heard, signal);
  }

  /** End an answer that is being made; what was said so far is kept. */
  stop(sessionId, messageId, who) {
    const path = `/turns/${encodeURIComponent(messageId)}/stop`;
    return this.#json("POST", this.#session(sessionId, path, who));
  }

  #at(path, query = {}) {
    const address = new URL(path, this.#base);
    for (const [key, value] of Object.entries(query)) if (value) address.searchParams.set(key, value);
    return address;
  }

  #session(sessionId, path, { botId, localeId }) {
    return this.#at(`chat/sessions/${encodeURIComponent(sessionId)}${path}`, { botId, localeId });
  }

  async #json(method, address, body) {
    const response = await this.#fetch(method, address, body, "application/json", AbortSignal.timeout(15_000));
    if (response.status === 204) return null;
    return response.json().catch(() => { throw new Failure("network"); });
  }

  async #fetch(method, address, body, accept, signal) {
    const headers = { Accept: accept };
    if (body) headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(address, { method, headers, signal, body: body && JSON.stringify(body), cache: "no-store" });
    } catch {
      throw new Failure("network");
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }

  async #stream(method, address, body, heard, stopped) {
    const gaveUp = new AbortController();
    const signal = AbortSignal.any([stopped, gaveUp.signal]);
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => gaveUp.abort(), SILENCE_MS);
    };
    let taken = false;
    try {
      alive();
      const response = await this.#fetch(method, address, body, "text/event-stream", signal);
      taken = true;
      if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return await response.json();
      for await (const [event, data] of events(response.body, alive)) {
        if (event === "done") return data;
        if (event === "error") throw new Failure("told", { ...data.error, partial: data.partial });
        heard(event, data);
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

async function refusal(response) {
  const body = await response.json().catch(() => ({}));
  const retryAfter = Number(response.headers.get("Retry-After")) || undefined;
  return new Failure("http", { code: String(response.status), ...body.error, status: response.status, retryAfter });
}

/** Server-sent events of a body, as [name, data]; `alive` is called for whatever arrives. */
async function* events(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop();
      for (const block of blocks) {
        let name = "message";
        const data = [];
        for (const line of block.split(/\r?\n/)) {
          if (line.startsWith("event:")) name = line.slice(6).trim();
          else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
        }
        if (data.length) yield [name, JSON.parse(data.join("\n"))];
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * Tells "waiting" (detail: seconds until the next try), "trying" and "found".
 * `probe` is any cheap request; it rejects while the server is away.
 */
export class Connection extends EventTarget {
  #probe;
  #pause = FIRST_MS;
  #timer;
  lost = false;

  constructor(probe) {
    super();
    this.#probe = probe;
    addEventListener("online", () => this.lost && this.now());
    addEventListener("offline", () => this.lose());
  }

  /** The server did not answer: say so, and begin to try again. */
  lose() {
    if (this.lost) return;
    this.lost = true;
    this.#pause = FIRST_MS;
    this.#wait();
  }

  /** Try at once. */
  async now() {
    clearTimeout(this.#timer);
    this.#tell("trying");
    try {
      await this.#probe();
    } catch {
      this.#pause = Math.min(this.#pause * 2, LONGEST_MS);
      this.#wait();
      return;
    }
    this.lost = false;
    this.#tell("found");
  }

  #wait() {
    const until = Date.now() + this.#pause * (0.8 + 0.4 * Math.random());
    const tick = () => {
      const left = until - Date.now();
      if (left <= 0) {
        this.now();
        return;
      }
      this.#tell("waiting", Math.ceil(left / 1000));
      this.#timer = setTimeout(tick, Math.min(left, 1000));
    };
    clearTimeout(this.#timer);
    tick();
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
