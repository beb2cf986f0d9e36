/** Markdown when it is needed: the parser and the purifier come with the first text that wants them. */

let markdown;
let loading;

/** Fetch what shows Markdown; where that fails, texts stay plain. */
export function loadMarkdown() {
  loading ??= import("./markdown.js").then((module) => { markdown = module; }, () => { loading = undefined; });
  return loading;
}

/** Show a model's text in `element`, plain until Markdown can be shown; see markdown.js. */
export function show(element, text, options) {
  if (markdown) {
    markdown.show(element, text, options);
    return;
  }
  element.classList.add("raw");
  element.textContent = text;
  element.latest = [text, options];
  loadMarkdown().then(() => {
    if (!markdown) return;
    element.classList.remove("raw");
    if (!element.blocks) element.textContent = "";
    markdown.show(element, ...element.latest);
  });
}

/** What a Markdown text says, without its marks. */
export const plainText = (text) => (markdown ? markdown.plainText(text) : text);
