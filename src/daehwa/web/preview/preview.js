/** The preview of the page's settings: each choice in light and dark, anew when the file changes. */

const POLL_MS = 1000;
/** @type {Record<string, Record<string, string>>} */
const TABLES = {
  ko: {
    title: "페이지 미리보기", who: "봇과 로캘", width: "너비", language: "화면 언어", light: "밝게", dark: "어둡게",
    line: "사이트에 넣을 한 줄", copy: "복사", copied: "복사했어요",
  },
  en: {
    title: "Preview of the page", who: "Bot and locale", width: "Width", language: "Interface", light: "Light", dark: "Dark",
    line: "The line for your site", copy: "Copy", copied: "Copied",
  },
};
const chosen = navigator.language.startsWith("ko") ? "ko" : "en";
const words = TABLES[chosen];

/** @param {string} id */
const $ = (id) => /** @type {any} */ (document.getElementById(id));

document.documentElement.lang = chosen;
document.title = words.title;
$("title").textContent = words.title;
for (const name of ["who", "width", "language", "light", "dark"]) $(`${name}-label`).textContent = words[name];
$("line-title").textContent = words.line;
$("copy").textContent = words.copy;
$("language").value = chosen;

/** @param {PageConfig} config */
function fill({ bots }) {
  const before = $("who").value;
  $("who").replaceChildren(...bots.flatMap(({ id, name, locales }) => locales.map((locale) => {
    const option = document.createElement("option");
    option.value = `${id}/${locale.id}`;
    option.textContent = `${locale.speaker ?? name} · ${locale.id}`;
    return option;
  })));
  // What was chosen stays, unless the file has taken it away.
  const values = [...$("who").options].map(({ value }) => value);
  const spoken = values.find((value) => value.includes(`/${chosen}_`));
  $("who").value = values.includes(before) ? before : spoken ?? values[0];
}

function show() {
  const [bot, locale] = $("who").value.split("/");
  for (const theme of ["light", "dark"]) {
    const query = new URLSearchParams({ visitor: "", bot, locale, lang: $("language").value, theme, widget: `preview-${theme}` });
    $(theme).src = `./?${query}`;
    $(theme).style.width = `${$("width").value}px`;
  }
  const attributes = [["src", new URL("embed.js", location.href).href], ["data-bot", bot], ["data-accent", accent(bot)]].filter(([, value]) => value);
  $("line").textContent = `<script ${attributes.map(([name, value]) => `${name}="${value}"`).join(" ")} async></script>`;
}

/** @type {{ last?: string, config?: PageConfig }} */
const state = {};

/** @param {string} bot */
const accent = (bot) => state.config?.bots.find(({ id }) => id === bot)?.theme?.light?.accent;

async function look() {
  const fetched = await fetch("preview/state").then((answer) => answer.json(), () => null);
  if (fetched && JSON.stringify(fetched) !== state.last) {
    state.last = JSON.stringify(fetched);
    /** @type {PageConfig} */
    const config = await (await fetch("chat/config")).json();
    state.config = config;
    fill(config);
    $("notes").replaceChildren(...[fetched.problem, ...fetched.faint].filter(Boolean).map((text) => {
      const note = document.createElement("p");
      note.className = text === fetched.problem ? "problem" : "";
      note.textContent = text;
      return note;
    }));
    show();
  }
  setTimeout(look, POLL_MS);
}

for (const name of ["who", "width", "language"]) $(name).addEventListener("change", show);
$("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText($("line").textContent);
  $("copy").textContent = words.copied;
});
look();
