/** Elements that grow: what is to be drawn is compared with what stands, and only the difference touches the page. */

import { h } from "./dom.js";

/** Something to draw. @type {El} */
export const el = (name, attributes, ...children) => ({ name, attributes, children: children.filter((one) => one !== false) });

/** @param {Drawn} drawn @returns {Standing} */
function made(drawn) {
  if (typeof drawn === "string") return { drawn, node: new Text(drawn), inner: [] };
  const node = drawn.make ? drawn.make() : h(/** @type {"div"} */ (drawn.name), drawn.attributes);
  const inner = drawn.children.map(made);
  // An empty list would still cost a call for each of thousands.
  if (inner.length) node.append(...inner.map((one) => one.node));
  return { drawn, node, inner };
}

/**
 * Draw `children` where `standing` stands in `parent`. What is the same keeps its node, a text
 * that grows its beginning: a selection in it survives.
 * @param {Element} parent @param {Standing[]} standing changed in place @param {Drawn[]} children
 */
export function patch(parent, standing, children) {
  const shared = Math.min(standing.length, children.length);
  for (let at = 0; at < shared; at += 1) {
    const [old, drawn] = [standing[at], children[at]];
    if (old.drawn === drawn || taken(old, drawn)) continue;
    standing[at] = made(drawn);
    // A picture that could not be loaded has put a link in its place.
    if (old.node.parentNode === parent) old.node.replaceWith(standing[at].node);
    else parent.insertBefore(standing[at].node, parent.childNodes[at] ?? null);
  }
  for (const { node } of standing.splice(shared)) node.remove();
  const more = children.slice(shared).map(made);
  standing.push(...more);
  parent.append(...more.map((one) => one.node));
}

/** Let what stands become `drawn`; false where it cannot. @param {Standing} old @param {Drawn} drawn */
function taken(old, drawn) {
  const before = old.drawn;
  if (typeof before === "string" || typeof drawn === "string") {
    if (typeof before !== "string" || typeof drawn !== "string") return false;
    if (before !== drawn) rewrite(/** @type {Text} */ (old.node), before, drawn);
  } else {
    if (before.name !== drawn.name || before.key !== drawn.key) return false;
    const element = /** @type {Element} */ (old.node);
    if (!drawn.make) {
      dress(element, before.attributes, drawn.attributes);
      patch(element, old.inner, drawn.children);
    }
  }
  old.drawn = drawn;
  return true;
}

/** @param {Text} node @param {string} before @param {string} after */
function rewrite(node, before, after) {
  let same = after.startsWith(before) ? before.length : 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  node.replaceData(same, before.length - same, after.slice(same));
}

/** Listeners stay: those of one kind of element do the same. @param {Element} element @param {Attributes} before @param {Attributes} after */
function dress(element, before, after) {
  if (before === after) return;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name];
    if (before[name] === value || typeof value === "function") continue;
    if (value === false || value == null) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}
