/**
 * A chat on any page, with one line:
 *
 *   <script src="https://chat.example/embed.js" defer></script>
 *
 * Attributes: data-bot, data-locale, data-lang, data-theme ("light", "dark"), data-side ("left"),
 * data-label, data-accent, data-open (open at once), data-widget (the name that keeps two widgets
 * apart), data-target (a selector: fill that element instead of floating).
 * The host page's policy needs `script-src` and `frame-src` for the chat's origin, nothing inline;
 * the chat's server must name the host page among those that may embed it.
 */
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { dataset } = script;
  const home = new URL(".", script.src);
  const taken = document.querySelectorAll("daehwa-chat").length;
  const widget = dataset.widget ?? `widget-${taken + 1}`;
  const korean = (dataset.lang ?? navigator.language).startsWith("ko");
  const words = korean ? { open: "대화 열기", close: "대화 닫기", chat: "대화" } : { open: "Open chat", close: "Close chat", chat: "Chat" };

  const address = new URL("index.html", home);
  const parameters = {
    widget, parent: location.origin, bot: dataset.bot, locale: dataset.locale, lang: dataset.lang, theme: dataset.theme,
  };
  for (const [name, value] of Object.entries(parameters)) if (value) address.searchParams.set(name, value);

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    iframe { display: block; width: 100%; height: 100%; border: 0; background: Canvas; color-scheme: normal; }
    .panel { position: fixed; z-index: 2147483000; bottom: 96px; right: 24px; width: 400px; height: min(680px, calc(100dvh - 120px));
      overflow: hidden; border-radius: 24px; box-shadow: 0 16px 56px rgb(30 26 16 / 24%); transition: opacity .18s, translate .18s; }
    .panel[hidden] { display: block; visibility: hidden; opacity: 0; translate: 0 12px; transition: none; }
    button { position: fixed; z-index: 2147483001; bottom: 24px; right: 24px; display: grid; place-items: center; width: 60px; height: 60px;
      padding: 0; border: 0; border-radius: 50%; background: var(--accent); color: #fff; cursor: pointer; box-shadow: 0 8px 28px rgb(30 26 16 / 28%); transition: scale .15s; }
    button:hover { scale: 1.05; }
    button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    svg { width: 30px; height: 30px; fill: none; stroke: currentcolor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
    [data-unread]::after { content: ""; position: absolute; top: 3px; right: 3px; width: 14px; height: 14px; border: 2px solid #fff; border-radius: 50%; background: #d9483b; }
    .left { right: auto; left: 24px; }
    @media (max-width: 480px) { .panel, .panel.left { inset: 0; width: auto; height: auto; border-radius: 0; }
      .panel:not([hidden]) ~ button { display: none; } }
    @media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
    @media (forced-colors: active) { button { border: 2px solid ButtonText; } }`;

  const chat = document.createElement("daehwa-chat");
  const shadow = chat.attachShadow({ mode: "open" });
  // A constructed sheet is not inline style: it works under the strictest policy of a host page.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  chat.style.setProperty("--accent", dataset.accent ?? "#1f7a69");

  const frame = document.createElement("iframe");
  frame.title = dataset.label ?? words.chat;
  frame.allow = "clipboard-write";
  const load = () => { frame.src ||= address.href; };

  const target = dataset.target && document.querySelector(dataset.target);
  if (target) {
    chat.style.cssText += ";display:block;width:100%;height:100%";
    shadow.append(frame);
    target.append(chat);
    load();
    return;
  }

  const side = dataset.side === "left" ? "left" : "";
  const panel = document.createElement("div");
  panel.className = `panel ${side}`;
  panel.append(frame);
  const button = document.createElement("button");
  button.className = side;
  button.type = "button";
  const [speech, down] = drawing(button, "M5 10.5C5 6.9 8.1 4 12 4s7 2.9 7 6.5-3.1 6.5-7 6.5c-.8 0-1.6-.1-2.3-.3L6 19l.6-3.4C5.6 14.3 5 12.5 5 10.5Zm4.5 0v.01M14.5 10.5v.01", "m6.5 9.5 5.5 5.5 5.5-5.5");
  shadow.append(panel, button);
  document.body.append(chat);

  let loaded = false;
  /** @param {string} daehwa */
  const post = (daehwa) => loaded && frame.contentWindow?.postMessage({ daehwa, widget }, home.origin);
  /** @param {boolean} open */
  const show = (open) => {
    if (open) load();
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", open ? words.close : words.open);
    speech.style.display = open ? "none" : "";
    down.style.display = open ? "" : "none";
    if (open) {
      delete button.dataset.unread;
      frame.focus();
      post("focus");
    }
  };
  button.addEventListener("click", () => show(Boolean(panel.hidden)));
  // Words count only from our own frame, and from the origin that this script came from.
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== home.origin || data?.widget !== widget) return;
    if (data.daehwa === "ready") {
      loaded = true;
      if (!panel.hidden) post("focus");
    }
    if (data.daehwa === "spoke" && panel.hidden) button.dataset.unread = "";
    if (data.daehwa === "close") {
      show(false);
      button.focus();
    }
  });
  show(dataset.open !== undefined);

  /** Draw the paths into `place`. @param {Element} place @param {string[]} paths */
  function drawing(place, ...paths) {
    const names = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(names, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    place.append(svg);
    return paths.map((d) => {
      const path = document.createElementNS(names, "path");
      path.setAttribute("d", d);
      svg.append(path);
      return path;
    });
  }
})();
