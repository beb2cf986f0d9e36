/** Building elements without HTML text: what comes in as a string stays a string. */

const SVG = "http://www.w3.org/2000/svg";

/** An element of index.html. @type {ById} */
export const $ = (id) => /** @type {any} */ (document.getElementById(id));

/** An element; `on*` properties are listeners, true and false set and drop attributes. @type {H} */
export const h = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, String(value));
  }
  element.append(...shown(children));
  return element;
};

/** @param {Child[]} children */
export const shown = (children) => children.filter((child) => child != null && child !== false);

/** An icon of the sprite in index.html, silent for screen readers. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * @param {string} name @param {string} label @param {Attributes} [attributes]
 */
export const iconButton = (name, label, attributes = {}) =>
  h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...attributes },
    icon(name));

/** Text that only screen readers get. @param {string} text */
export const spoken = (text) => h("span", { class: "spoken" }, text);

/**
 * The web address that a text begins with, or "": a Korean particle, a sentence's full stop and
 * the bracket around it are no part of it.
 * @param {string} text
 */
export function addressAt(text) {
  let [address] = /^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x5f\x61-\x7e]+/i.exec(text) ?? [""];
  for (const [open, close] of ["()", "[]"]) {
    let depth = 0;
    const end = [...address].findIndex((sign) => {
      depth += Number(sign === open) - Number(sign === close);
      return depth < 0;
    });
    if (end >= 0) address = address.slice(0, end);
  }
  address = address.replace(/[.,;:!?'*_~]+$/, "");
  return URL.canParse(address) ? address : "";
}

/** Plain text as nodes, its web addresses as links. @param {string} text @param {string} opens */
export function linked(text, opens) {
  const nodes = [];
  let from = 0;
  for (const { index } of text.matchAll(/https?:\/\//gi)) {
    const address = index < from ? "" : addressAt(text.slice(index));
    if (!address) continue;
    nodes.push(text.slice(from, index), outward(address, opens, address));
    from = index + address.length;
  }
  return [...nodes, text.slice(from)];
}

/** @param {string} href @param {string} opens @param {Child[]} children */
export const outward = (href, opens, ...children) =>
  h("a", { href, target: "_blank", rel: "noopener noreferrer", title: opens }, ...children);

/** The hosts whose pictures are shown at once, as the page's policy allows. @type {{ answers: string[], cards: string[] }} */
export const pictures = { answers: [], cards: [] };

/** @param {string} address @param {string[]} hosts */
export const isWelcome = (address, hosts) => hosts.some((host) =>
  (host.startsWith("*.") ? hostOf(address).endsWith(host.slice(1)) : hostOf(address) === host.toLowerCase()));

/** @param {string} address */
const hostOf = (address) => URL.canParse(address) ? new URL(address).host : "";

/** A picture; where it cannot be loaded, a link to it. @param {string} src @param {Attributes} attributes @param {string} name @param {string} opens */
export function picture(src, attributes, name, opens) {
  const element = h("img", { src, loading: "lazy", referrerpolicy: "no-referrer", ...attributes });
  element.addEventListener("error", () => element.replaceWith(...(hostOf(src) ? [pictureLink(src, name, opens)] : [])), { once: true });
  return element;
}

/** A link that says whose picture it opens. @param {string} src @param {string} name @param {string} opens */
export const pictureLink = (src, name, opens) => outward(src, opens, `${name} (${hostOf(src)})`);

/** Have the style of what few visitors open. */
export const loadLaterStyle = () => new Promise((done) => {
  if (document.querySelector('[href="later.css"]')) done(undefined);
  else document.head.append(h("link", { rel: "stylesheet", href: "later.css", onload: done, onerror: done }));
});

/** Hide an element, or show it; a focus that is inside goes to the talk. @param {HTMLElement} element @param {boolean} hidden */
export function hide(element, hidden) {
  const focused = hidden && element.contains(document.activeElement);
  element.hidden = hidden;
  if (focused) $("log").focus({ preventScroll: true });
}

/** Also where the page is not in a secure context. @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const before = document.activeElement;
    const field = h("textarea", { class: "spoken", "aria-hidden": "true", tabindex: "-1" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    return done;
  }
}
