/**
 * A chat on any page, with one line:
 *
 *   <script src="https://chat.example/embed.js" data-bot="ShopBot" async></script>
 *
 * docs/embedding.md lists the attributes, `window.Daehwa` and its events, and what the host page's
 * policy needs. What the chat remembers is kept in the storage of the host page: a frame of
 * another site has none of its own in many browsers. It is handed over by messages between the two
 * pinned origins; the chat's server must name the host page among those that may embed it.
 */
(() => {
  const EMBEDS = 'script[src*="embed.js"]';
  const HELLO_MS = 1000; // from the frame's load to the chat's first word: it is said before
  const SLOW_MS = 20_000;
  const LONGEST_PAUSE_MS = 30_000;
  const all = /** @type {HTMLScriptElement[]} */ ([...document.querySelectorAll(EMBEDS)]);
  // A bundler or a plugin may run it as something else than a classic script.
  const script = /** @type {HTMLScriptElement | undefined} */ (document.currentScript ?? all.find((one) => !("daehwa" in one)));
  // eslint-disable-next-line no-console
  const warn = (/** @type {string} */ words) => console.warn(`Daehwa: ${words}`);
  if (!script) warn("embed.js finds no <script> of its own: it cannot be imported, nor stand in a shadow tree");
  if (!script?.isConnected) return; // whoever put it here has taken it away again
  const { dataset } = script;
  const home = new URL(".", script.src);
  // Where it stands in the page, not when it arrives: scripts that are `async` come in any order.
  // One that comes after a widget was destroyed stands for the script of that widget. The same line
  // twice, in a theme and a plugin, is one widget: two launchers would lie on each other.
  const left = /** @type {any} */ (all.find((one) => /** @type {any} */ (one).daehwa === null && !one.dataset.widget));
  const widget = dataset.widget ?? `widget-${all.indexOf(left ?? all.find((one) => one.isEqualNode(script)) ?? script) + 1}`;
  if (left && !dataset.widget) left.daehwa = undefined;
  const korean = (dataset.lang ?? navigator.language).startsWith("ko");
  const labels = korean
    ? { open: "대화 열기", close: "대화 닫기", chat: "대화", dismiss: "인사 닫기", unread: "새 메시지 {n}개", lost: "대화를 불러오지 못했어요.", again: "다시 시도" }
    : { open: "Open chat", close: "Close chat", chat: "Chat", dismiss: "Dismiss greeting", unread: "{n} new", lost: "The chat could not be loaded.", again: "Try again" };

  const registry = window.Daehwa && "widget" in window.Daehwa ? window.Daehwa : register();
  const before = registry.widget(widget);
  if (before && all.some((one) => /** @type {any} */ (one).daehwa === before)) {
    warn(`there is a widget "${widget}" already; name this one with data-widget`);
    return;
  }
  before?.destroy(); // the page has put its script away, with what stood around it, and brings it again

  /** The page's `window.Daehwa`: the first widget's controls, and the way to the others. @returns {DaehwaGlobal} */
  function register() {
    /** @type {Map<string, DaehwaWidget>} */
    const widgets = new Map();
    const first = () => widgets.values().next().value;
    const pushed = Array.isArray(window.Daehwa) ? window.Daehwa : [];
    const made = {
      widgets,
      widget: (/** @type {string} */ name) => widgets.get(name),
      open: () => first()?.open(),
      close: () => first()?.close(),
      send: (/** @type {string} */ text) => first()?.send(text),
      on: (/** @type {string} */ event, /** @type {(detail: any) => void} */ act) => first()?.on(event, act) ?? (() => {}),
      destroy: () => first()?.destroy(),
      push: (/** @type {(daehwa: any) => void} */ act) => act(made),
    };
    window.Daehwa = made;
    // What the page pushed before the script was there waits for the first widget.
    queueMicrotask(() => { for (const act of pushed) act(made); });
    return made;
  }

  const FONTS = 'system-ui, "Apple SD Gothic Neo", "Malgun Gothic", sans-serif';
  const scheme = ["light", "dark"].find((one) => one === dataset.theme) ?? "light dark";
  // Whatever the page's own style says of all its elements, important or not. On the accent, white or black: whichever
  // reads better (WCAG 2.2's 4.5 to 1 for white is a lightness of 49.9).
  const STYLE = `
    :host { all: initial !important; color-scheme: ${scheme} !important; --on-accent: lab(from var(--accent) calc((49.9 - l) * infinity) 0 0) !important; }
    :host(.inside) { display: block !important; position: relative !important; width: 100% !important; height: 100% !important; }
    * { box-sizing: border-box; }
    iframe { display: block; width: 100%; height: 100%; border: 0; background: Canvas; color-scheme: normal; }
    .panel { position: fixed; z-index: 2147483000; bottom: 96px; right: 24px; width: 400px; height: min(680px, calc(100dvh - 120px));
      overflow: hidden; border-radius: 24px; background: light-dark(#f7f5f0, #151716); box-shadow: 0 0 0 1px rgb(30 26 16 / 8%), 0 16px 56px rgb(30 26 16 / 24%); transition: opacity .18s, translate .18s; }
    .panel[hidden] { display: block; visibility: hidden; opacity: 0; translate: 0 12px; transition: none; }
    button { padding: 0; border: 0; cursor: pointer; font: inherit; }
    .launcher { position: fixed; z-index: 2147483001; bottom: 24px; right: 24px; display: grid; place-items: center; width: 60px; height: 60px;
      border-radius: 50%; background: var(--accent); color: var(--on-accent); box-shadow: 0 8px 28px rgb(30 26 16 / 28%); transition: scale .15s; }
    .launcher:hover { scale: 1.05; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    svg { width: 30px; height: 30px; fill: none; stroke: currentcolor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
    img { width: 100%; height: 100%; border-radius: 50%; object-fit: cover; }
    .count { position: absolute; top: -3px; right: -3px; min-width: 22px; padding: 0 6px; border: 2px solid #fff; border-radius: 12px;
      background: #c8372b; color: #fff; font: 700 12px/18px system-ui, sans-serif; text-align: center; }
    .greeting { position: fixed; z-index: 2147483001; bottom: 98px; right: 24px; display: flex; align-items: flex-start; gap: 4px; max-width: min(300px, calc(100vw - 48px));
      padding: 4px 4px 4px 16px; border-radius: 18px 18px 5px; background: light-dark(#fff, #272c2a); color: light-dark(#1d2320, #eceeea);
      box-shadow: 0 0 0 1px light-dark(rgb(30 26 16 / 8%), rgb(255 255 255 / 12%)), 0 8px 28px rgb(30 26 16 / 18%); font: 15px/1.5 ${FONTS}; word-break: keep-all; overflow-wrap: anywhere; }
    .greeting button { background: none; color: inherit; text-align: start; }
    .greeting .words { padding: 8px 0; text-wrap: balance; }
    .greeting .dismiss { flex: none; display: grid; place-items: center; width: 32px; height: 32px; margin-top: 4px; border-radius: 50%; opacity: .65; }
    .greeting .dismiss:hover { opacity: 1; }
    .greeting svg { width: 16px; height: 16px; }
    .trouble { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 12px; padding: 24px;
      background: light-dark(#f7f5f0, #151716); color: light-dark(#1d2320, #eceeea); font: 15px/1.5 ${FONTS}; text-align: center; word-break: keep-all; }
    .trouble button { padding: 10px 18px; border-radius: 99px; background: var(--accent); color: var(--on-accent); font-weight: 600; }
    .left { right: auto; left: 24px; }
    @media (max-height: 480px) { .panel { inset: 12px 96px 12px auto; height: auto; } .panel.left { right: auto; left: 96px; } }
    .greeting.left { border-radius: 18px 18px 18px 5px; }
    [hidden] { display: none; }
    @media (max-width: 480px) { .panel, .panel.left { inset: 0; width: auto; height: auto; border-radius: 0; }
      .panel.here:not([hidden]) ~ * { display: none; } }
    @media print { :host { display: none !important; } }
    @media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
    @media (forced-colors: active) { .launcher, .greeting, .panel { border: 2px solid ButtonText; } }`;

  // What this script itself remembers; the chat's own words lie beside it, under the same prefix.
  const PREFIX = `daehwa:${widget}:`;
  const REST = "daehwa-rest:";
  const STATE = `daehwa-widget:${widget}`;
  // `counted`: the message id of the answer that was seen or counted last, in whichever tab.
  const kept = { unread: 0, waiting: false, greeted: false, counted: "", ...read("localStorage", STATE) };
  const keep = () => write("localStorage", STATE, JSON.stringify(kept));

  /** @type {Map<string, Set<(detail: any) => void>>} */
  const listeners = new Map();
  /** @param {string} event @param {object} [detail] */
  const emit = (event, detail) => {
    for (const act of listeners.get(event) ?? []) {
      try {
        act({ widget, ...detail });
      } catch (error) {
        reportError(error); // a fault of the host page's is not the chat's
      }
    }
  };
  const gone = new AbortController();
  const { signal } = gone;

  const address = new URL("index.html", home);
  const parameters = {
    widget, parent: location.origin, keep: "parent", bot: dataset.bot, locale: dataset.locale, lang: dataset.lang,
    theme: dataset.theme, accent: dataset.accent, inline: dataset.target && "1",
  };
  for (const [name, value] of Object.entries(parameters)) if (value) address.searchParams.set(name, value);

  const chat = document.createElement("daehwa-chat");
  const shadow = chat.attachShadow({ mode: "open" });
  // A constructed sheet is not inline style: it works under the strictest policy of a host page.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];

  const frame = document.createElement("iframe");
  frame.title = dataset.label ?? labels.chat;
  frame.allow = "clipboard-write; microphone";
  const load = () => { if (!frame.src) fetchChat(); };

  const side = dataset.side === "left" ? "left" : "";
  const trouble = make("div", "trouble");
  const panel = make("div", `panel ${side}`, frame, trouble);
  const launcher = make("button", `launcher ${side}`);
  const count = make("span", "count");
  const greeting = make("div", `greeting ${side}`);
  let floating = true; // or filling an element of the page
  /** @type {(open: boolean) => void} */
  let drawn = () => {};
  let here = false; // the chat's page, and not what a browser or a gateway shows in its place
  let ready = false;
  let tries = 0;
  let timer = 0;
  let wantsFocus = false; // a person opened it, not a page that loads
  /** @type {string[]} */
  const unsaid = [];
  /** @param {string} daehwa @param {object} [detail] */
  const post = (daehwa, detail) => here && frame.contentWindow?.postMessage({ daehwa, widget, ...detail }, home.origin);

  // Nothing says that a frame could not be loaded; but only the chat says hello.
  function fetchChat() {
    here = ready = false;
    frame.src = address.href;
    patience(SLOW_MS);
  }
  /** @param {number} ms until the chat counts as lost, or until the next try */
  function patience(ms, then = lose) {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  }
  function lose() {
    trouble.hidden = false;
    if (!trouble.childElementCount) {
      const again = make("button", "", labels.again);
      again.addEventListener("click", fetchChat);
      const line = make("div", "", labels.lost);
      line.setAttribute("role", "alert");
      trouble.append(line, again);
    }
    patience(Math.min(1000 * 2 ** tries, LONGEST_PAUSE_MS), () => {
      // For nobody who waits, there is no hurry: opening the panel tries again.
      if (panel.hidden && !kept.waiting && !unsaid.length) return;
      tries += 1;
      fetchChat();
    });
  }
  frame.addEventListener("load", () => { if (!here && frame.src) patience(HELLO_MS); });
  signal.addEventListener("abort", () => clearTimeout(timer));

  const showUnread = () => {
    const open = !panel.hidden;
    count.hidden = open || !kept.unread;
    count.textContent = kept.unread > 9 ? "9+" : String(kept.unread);
    const news = labels.unread.replace("{n}", String(kept.unread));
    launcher.setAttribute("aria-label", open ? labels.close : kept.unread ? `${labels.open}, ${news}` : labels.open);
    if (count.hidden) delete launcher.dataset.unread;
    else launcher.dataset.unread = String(kept.unread);
  };
  /** @param {boolean} open @param {boolean} [byPerson] */
  const show = (open, byPerson = true) => {
    if (!floating) return;
    const changes = panel.hidden === open;
    if (open && !trouble.hidden) fetchChat();
    else if (open) load();
    panel.hidden = !open;
    launcher.setAttribute("aria-expanded", String(open));
    drawn(open);
    if (open || changes) Object.assign(kept, { unread: 0, greeted: true });
    showUnread();
    greeting.hidden = kept.greeted || !dataset.greeting;
    write("sessionStorage", STATE, JSON.stringify(open));
    keep();
    if (open && byPerson) {
      wantsFocus = true;
      frame.focus();
      if (ready) post("focus");
    }
    if (changes) emit(open ? "opened" : "closed");
  };

  /** @type {Record<string, (data: any) => void>} */
  const hear = {
    hello: () => {
      clearTimeout(timer);
      here = trouble.hidden = true;
      ready = false;
      tries = 0;
      panel.classList.add("here");
      /** @type {Record<string, string>} */
      const values = {};
      try {
        for (const [store, mark] of /** @type {const} */ ([["localStorage", ""], ["sessionStorage", REST]]))
          for (const [key, value] of Object.entries(window[store])) if (key.startsWith(mark + PREFIX)) values[key.slice(mark.length)] = value;
      } catch { /* forbidden here as well: it lasts as long as the page */ }
      post("kept", { values });
    },
    keep: ({ key, value }) => typeof key === "string" && key.startsWith(PREFIX) &&
      write("sessionStorage", REST + key, write("localStorage", key, value) ? null : value), // where that one is full
    ready: ({ busy, last }) => {
      ready = true;
      if (kept.waiting && busy === false) hear.answered({ last }); // while the visitor went from page to page
      if (wantsFocus && !panel.hidden) post("focus");
      for (const text of unsaid.splice(0)) post("say", { text });
    },
    busy: ({ busy }) => {
      kept.waiting = Boolean(busy);
      keep();
    },
    message: ({ text }) => emit("message", { text }),
    answered: ({ text, last }) => {
      kept.waiting = false;
      if (last && last !== kept.counted) {
        kept.counted = last;
        if (floating && panel.hidden) kept.unread += 1;
      }
      keep();
      showUnread();
      if (text !== undefined) emit("answered", { text });
    },
    ended: ({ reason }) => emit("ended", { reason }),
    close: () => {
      if (!floating || panel.hidden) return;
      show(false);
      launcher.focus();
    },
  };
  // Words count only from our own frame, and from the origin that this script came from.
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== home.origin || data?.widget !== widget) return;
    if (Object.hasOwn(hear, data.daehwa)) hear[data.daehwa](data);
  }, { signal });
  // Another tab of the host site talks in the same session, or has read the news.
  addEventListener("storage", ({ key, newValue }) => {
    if (key?.startsWith(PREFIX)) post("changed", { key, value: newValue });
    if (key !== STATE) return;
    Object.assign(kept, read("localStorage", STATE));
    if (kept.unread && !panel.hidden && document.visibilityState === "visible") {
      kept.unread = 0; // it is read here
      keep();
    }
    showUnread();
  }, { signal });
  // What went on elsewhere while this page lay in the browser's memory.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    Object.assign(kept, read("localStorage", STATE));
    if (frame.src) fetchChat();
    if (floating) panel.hidden = !read("sessionStorage", STATE);
    show(!panel.hidden, false);
  }, { signal });

  registry.widgets.set(widget, {
    open: () => show(true),
    close: () => show(false),
    send(text) {
      const words = typeof text === "object" ? "" : String(text ?? "").trim();
      if (!words) {
        warn("there is nothing to send");
        return;
      }
      load();
      if (ready) post("say", { text: words });
      else unsaid.push(words);
    },
    on(event, act) {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event)?.add(act);
      return () => { listeners.get(event)?.delete(act); };
    },
    destroy() {
      gone.abort();
      chat.remove();
      listeners.clear();
      if (registry.widgets.get(widget) === this) registry.widgets.delete(widget);
      /** @type {any} */ (script).daehwa = null;
    },
  });
  /** @type {any} */ (script).daehwa = registry.widget(widget);

  if (document.readyState === "loading" && !document.body) addEventListener("DOMContentLoaded", begin, { signal });
  else begin();

  /** Stay in an element of the page, which may come later, go, and come again. @param {() => Element | null} find */
  function stay(find) {
    const place = () => {
      const target = chat.isConnected ? null : find();
      if (!target) return;
      if (frame.src || !floating) fetchChat();
      target.append(chat);
    };
    const watch = new MutationObserver(place);
    watch.observe(document, { childList: true, subtree: true });
    signal.addEventListener("abort", () => watch.disconnect());
    place();
  }

  function begin() {
    trouble.hidden = true;
    const accent = dataset.accent && CSS.supports("color", dataset.accent) ? dataset.accent : "#1f7a69";
    chat.style.setProperty("--accent", accent);
    const { target } = dataset;
    if (target) {
      floating = panel.hidden = false;
      chat.className = "inside";
      shadow.append(frame, trouble);
      stay(() => document.querySelector(target));
      return;
    }
    dress();
    panel.hidden = true;
    shadow.append(panel, greeting, launcher);
    // Beside the body: a page that replaces what is in there, or moves it, leaves the chat alone.
    stay(() => document.documentElement);
    const last = read("sessionStorage", STATE);
    show(typeof last === "boolean" ? last : dataset.open !== undefined, false);
    // An answer was on its way when the visitor left the last page: see what became of it.
    if (kept.waiting) load();
  }

  /** Draw the launcher and the greeting. */
  function dress() {
    /** @type {HTMLButtonElement} */ (launcher).type = "button";
    const speech = dataset.picture ? make("img", "") : drawing("M5 10.5C5 6.9 8.1 4 12 4s7 2.9 7 6.5-3.1 6.5-7 6.5c-.8 0-1.6-.1-2.3-.3L6 19l.6-3.4C5.6 14.3 5 12.5 5 10.5Zm4.5 0v.01M14.5 10.5v.01");
    if (speech instanceof HTMLImageElement) Object.assign(speech, { alt: "", src: dataset.picture });
    const down = drawing("m6.5 9.5 5.5 5.5 5.5-5.5");
    count.ariaHidden = "true";
    launcher.append(speech, down, count);
    launcher.addEventListener("click", () => show(Boolean(panel.hidden)));
    drawn = (open) => {
      speech.style.display = open ? "none" : "";
      down.style.display = open ? "" : "none";
    };
    if (!dataset.greeting) return;
    const text = make("button", "words", dataset.greeting);
    text.addEventListener("click", () => show(true));
    const dismiss = make("button", "dismiss", drawing("m6.5 6.5 11 11m0-11-11 11"));
    dismiss.setAttribute("aria-label", labels.dismiss);
    dismiss.addEventListener("click", () => {
      kept.greeted = greeting.hidden = true;
      keep();
      launcher.focus();
    });
    greeting.append(text, dismiss);
  }

  /** @param {"localStorage" | "sessionStorage"} where @param {string} key */
  function read(where, key) {
    try {
      return JSON.parse(window[where].getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {"localStorage" | "sessionStorage"} where @param {string} key @param {string | null} value */
  function write(where, key, value) {
    try {
      if (typeof value === "string") window[where].setItem(key, value);
      else window[where].removeItem(key);
      return true;
    } catch {
      return false; // forbidden here: it lasts as long as the page
    }
  }

  /** @param {string} name @param {string} className @param {...(Node | string)} inside */
  function make(name, className, ...inside) {
    const element = document.createElement(name);
    if (className) element.className = className.trim();
    element.append(...inside);
    return element;
  }

  /** @param {string} d */
  function drawing(d) {
    const names = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(names, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(names, "path");
    path.setAttribute("d", d);
    svg.append(path);
    return svg;
  }
})();
