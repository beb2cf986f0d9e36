"""Markdown as people's models write it: by CommonMark, beside markdown-it-py, and in Korean."""

import html
import random
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from playwright.async_api import expect
from tests.web.edges import card, from_model, reply

ORACLE = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(
    ["table", "strikethrough"]
)
BLOCK = {"p", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "hr"}
BLOCK |= {"pre", *(f"h{level}" for level in range(1, 7))}
KEPT = {"href", "title", "src", "alt", "start"}


class Tree(HTMLParser):
    """HTML as nested lists [tag, attributes, ...children], spaces between blocks left out."""

    def __init__(self):
        super().__init__()
        self.root = ["", {}]
        self.open = [self.root]

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        tag = "del" if tag == "s" else tag
        kept = {name: value for name, value in told.items() if name in KEPT}
        if "text-align" in (told.get("style") or ""):
            kept["align"] = told["style"].split(":")[1]
        elif told.get("align"):
            kept["align"] = told["align"]
        node = [tag, kept]
        self.open[-1].append(node)
        if tag not in ("br", "hr", "img"):
            self.open.append(node)

    def handle_endtag(self, tag):
        if tag not in ("br", "hr", "img"):
            self.open.pop()

    def handle_data(self, data):
        before = self.open[-1]
        if len(before) > 2 and isinstance(before[-1], str):
            before[-1] += data
        else:
            before.append(data)


def tree(source):
    parser = Tree()
    parser.feed(source)
    return tidy(parser.root)


def tidy(node):
    tag, attributes, *children = node
    if tag == "code":
        return [tag, attributes, "".join(children).removesuffix("\n")]
    kept = []
    for place, child in enumerate(children):
        if not isinstance(child, str):
            kept.append(tidy(child))
            continue
        beside = [one[0] for one in children[max(place - 1, 0) : place + 2] if one is not child]
        text = child
        if place and children[place - 1][0] == "br":
            text = text.lstrip("\n")
        if any(one in BLOCK for one in beside) or tag in BLOCK:
            text = text.strip("\n")
        if text:
            kept.append(text)
    return [tag, attributes, *kept]


# What our elements are without the frames around code and tables, and without what is the page's.
_SHOW = """async texts => {
  const {show} = await moduleOf("markdown.js");
  return texts.map(text => {
    const place = document.createElement("div");
    show(place, text);
    for (const one of place.querySelectorAll(".code-head")) one.remove();
    for (const one of place.querySelectorAll("div, span")) one.replaceWith(...one.childNodes);
    for (const one of place.querySelectorAll("[dir]")) one.removeAttribute("dir");
    return place.innerHTML;
  });
}"""


@pytest.fixture
def chat(same_chat):
    """One page for all: what is shown is the last answer, or an element of the test's own."""
    return same_chat


@pytest.fixture
def shown(chat):
    async def shown(*texts):
        return await chat.page.evaluate(_SHOW, list(texts))

    return shown


ANSWERS = {
    "steps": "순서는 이래요.\n\n1. 물을 끓여요.\n   - 큰 냄비\n   - 소금\n2. 면을 넣어요.\n\n끝!",
    "two lists": "- 하나\n- 둘\n\n* 다른 목록\n\n1) 괄호\n2) 번호",
    "loose": "- 하나\n\n- 둘\n\n  둘의 둘째 문단\n- 셋",
    "from seven": "7. 일곱\n8. 여덟",
    "lazy": "> 인용한 말이\n이어져요\n\n- 항목이\n이어져요",
    "nested quote": "> 밖\n> > 안\n>\n> - 목록\n>   1. 번호",
    "code in a list": "- 이렇게:\n\n  ```sh\n  make run\n  ```\n- 끝",
    "code": "```js\nconst a = `b`;\n\n  two();\n```\n\n    indented\n\n    code\n\n글",
    "unclosed code": "```\n끝이 없는\n코드",
    "tildes": "~~~~\n~~~\n~~~~",
    "table": "표:\n\n| 이름 | 값 | 셋 |\n|:---|---:|:-:|\n| `a` | **1** | x |\n| b\\|c | |\n글",
    "bare table": "a | b\n--- | ---\n1 | 2\n\n끝",
    "headings": "# 하나\n## 둘 ##\n### *셋* ###\n####### 일곱\n#아님\n\n큰 것\n===\n작은 것\n---",
    "rules": "글\n\n***\n- - -\n___",
    "emphasis": "*a* **b** ***c*** ~~d~~ _e_ __f__ **a *b* c** *a **b** c* *a **b***",
    "no emphasis": "2 * 3 * 4, snake_case_name, ** b **, c_d_e, 5*6",
    "odd marks": "***a** b* **a*b**c* *a**b*",
    "code spans": "`a` ``b ` c`` ` d ` `` ` `` ```` a `b",
    "links": '[a](https://a.b/c_(d) "제목") [b](<https://a.b/c-d>) [*c*](https://c.d) [e',
    "references": '[글][1], [1], [글][] [없음]\n\n[1]: https://a.b "제목"\n[글]: <https://c.d>',
    "pictures": '![그림 *하나*](https://a.b/c.png "제목") [![x](https://a.b/x.png)](https://a.b)',
    "autolinks": "<https://a.b/c?d=e&f> <a@b.co> <notalink>",
    "escapes": "\\*a\\* \\_b\\_ \\# \\[c\\](d) \\` 1\\. C:\\Users",
    "entities": "&amp; &lt;b&gt; &copy; &#44032; &#x1F600; &nope; &#0;",
    "html": "<b>굵게</b> <img src=x onerror=alert(1)> <!-- a --> 1 < 2 > 0",
    "breaks": "한 줄\n두 줄  \n세 줄\\\n네 줄",
    "spaces": "빈 줄이\n\n\n\n많아요",
    "empty items": "-\n- a\n-\n\n글",
    "numbers in text": "2026년\n12. 25. 은 성탄절\n\n1986\\. 좋은 해",
    "many levels": "- a\n  - b\n    - c\n      - d\n    - e\n- f",
}


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_answer_looks_as_commonmark_says(shown, name):
    (ours,) = await shown(ANSWERS[name])
    assert tree(ours) == tree(ORACLE.render(ANSWERS[name]))


WORDS = ("파도", "바다가", "a", "book", "**굵게**", "*기울여*", "`코드`", "~~거짓~~", "x_y")
MARKS = ("1", "*", "**", "_", "[글](https://a.b)", "`", "\\*", "&amp;", "<b>", "!", "(", "]")


def sentence(draw):
    """Words and marks; a word first, so that no list begins by chance."""
    return " ".join([draw.choice(WORDS), *draw.choices(WORDS + MARKS, k=draw.randint(0, 7))])


def item(draw, mark, depth):
    inner = sentence(draw)
    if depth < 2 and draw.random() < 0.3:
        inner += draw.choice(["\n", "\n\n"]) + block(draw, depth + 1)
    return mark + inner.replace("\n", "\n" + " " * len(mark))


def block(draw, depth=0):
    """A block of a random kind, with blocks in it where its kind may have them."""
    kind = draw.choice(["p", "p", "ul", "ol", "quote", "code", "h", "table", "hr"])
    if kind in ("ul", "ol"):
        marks = [f"{at}. " if kind == "ol" else "- " for at in range(1, draw.randint(2, 5))]
        gap = draw.choice(["\n", "\n", "\n\n"])
        return gap.join(item(draw, mark, depth) for mark in marks)
    if kind == "quote" and depth < 2:
        return "> " + block(draw, depth + 1).replace("\n", "\n> ")
    rows = [f"| 값 | {draw.randint(1, 99)} |" for _ in range(draw.randint(1, 3))]
    plain = {
        "code": f"```py\n{sentence(draw)}\n\n  {sentence(draw)}\n```",
        "h": "#" * draw.randint(1, 4) + " " + sentence(draw),
        "table": "\n".join(["| 이름 | 수 |", "|---|--:|", *rows]),
        "hr": "***",
    }
    return plain.get(kind) or "\n".join(sentence(draw) for _ in range(draw.randint(1, 3)))


async def test_texts_put_together_at_random_look_as_commonmark_says(shown):
    draw = random.Random(7)
    texts = ["\n\n".join(block(draw) for _ in range(draw.randint(1, 4))) for _ in range(300)]
    for text, ours in zip(texts, await shown(*texts), strict=True):
        assert tree(ours) == tree(ORACLE.render(text)), text


OPEN = '<li class="task"><input type="checkbox" disabled="" aria-label="할 일">'
DONE = '<li class="task"><input type="checkbox" disabled="" checked="" aria-label="한 일">'


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ('**"인용"**은 굵게', '<p><strong>"인용"</strong>은 굵게</p>'),
        ("**서울(京)**은 *수(水)*예요", "<p><strong>서울(京)</strong>은 <em>수(水)</em>예요</p>"),
        ("가격은**'만 원'**이에요", "<p>가격은<strong>'만 원'</strong>이에요</p>"),
        ("1~2시간이나 3~4시간", "<p>1~2시간이나 3~4시간</p>"),
        ("~~취소~~했어요", "<p><del>취소</del>했어요</p>"),
        ("파일_이름_은", "<p>파일_이름_은</p>"),
        ("- [ ] 할 일\n- [x] 한 일", f"<ul>{OPEN}할 일</li>{DONE}한 일</li></ul>"),
    ],
)  # fmt: skip
async def test_korean_as_it_is_written(shown, text, looks):
    (ours,) = await shown(text)
    assert html.unescape(ours) == looks


@pytest.mark.parametrize(
    ("text", "address", "rest"),
    [
        ("주소는 https://example.com/a_b_c에 있어요", "https://example.com/a_b_c", "에 있어요"),
        ("(https://example.com/a).", "https://example.com/a", ")."),
        ("**https://example.com/**", "https://example.com/", ""),
        ("[참고: https://example.com/x]", "https://example.com/x", "]"),
        ("메일은 me.a@example.com로", "mailto:me.a@example.com", "로"),
        ("[https://a.b](https://example.com/)", "https://example.com/", ""),
    ],
)
async def test_bare_addresses_are_links_and_end_where_they_end(shown, text, address, rest):
    (ours,) = await shown(text)
    assert ours.count("<a ") == 1
    assert f'href="{address}"' in ours
    after = ours.split("</a>")[1].replace("</strong>", "")
    assert html.unescape(after) == f"{rest}</p>"


async def test_a_picture_that_is_not_shown_names_the_link_around_it(shown):
    (ours,) = await shown("[![지도](https://elsewhere.invalid/x.png)](https://a.b)")
    assert ours.count("<a ") == 1
    assert ">지도</a>" in ours


async def test_no_text_takes_long(chat):
    """Repetition of what opens and never closes is shown, also where it nests too deep to read."""
    parts = [
        "*a ",
        "**a",
        "`",
        "[",
        "![",
        "[a](",
        "<a ",
        "&",
        "> ",
        "- ",
        "a@",
        "_a_ ",
        "\\",
        "|",
        "# ",
    ]
    parts += ["``` ", "[a]: ", "https://", "~~a ", "1. ", "<", "`a``b```", "*_*_", "a|\n-|\n", "  "]
    await chat.page.evaluate(
        """async parts => {
          const {show} = await moduleOf("markdown.js");
          for (const part of parts) show(document.createElement("div"), part.repeat(4000));
        }""",
        parts,
    )


# Grows texts by pieces of any size; gives those that do not look as if they had come whole.
_GROW = """async ([texts, sizes]) => {
  const {show} = await moduleOf("markdown.js");
  let turn = 0;
  return texts.filter(text => {
    const grown = document.createElement("div");
    for (let at = 1; at < text.length; at += sizes[turn++ % sizes.length])
      show(grown, text.slice(0, at), {growing: true});
    show(grown, text);
    const whole = document.createElement("div");
    show(whole, text);
    return !grown.isEqualNode(whole);
  });
}"""


async def test_what_grew_looks_as_if_it_had_come_whole(chat):
    draw = random.Random(11)
    texts = ["\n\n".join(block(draw) for _ in range(draw.randint(1, 5))) for _ in range(150)]
    texts += [
        *ANSWERS.values(),
        *("\n\n".join(draw.choices([*ANSWERS.values()], k=6)) for _ in range(10)),
    ]
    sizes = [draw.randint(1, 9) for _ in range(97)]
    assert await chat.page.evaluate(_GROW, [texts, sizes]) == []


async def test_what_grows_keeps_its_elements(chat):
    kept = await chat.page.evaluate(
        """async () => {
          const {show} = await moduleOf("markdown.js");
          const place = document.createElement("div");
          show(place, "- 하나\\n- 둘\\n\\n글", {growing: true});
          const [list] = place.children;
          show(place, "- 하나\\n- 둘\\n\\n글이 자라요\\n\\n또 글", {growing: true});
          const same = place.children[0] === list && place.childElementCount === 3;
          show(place, "다른 글");
          return same && place.childElementCount === 1;
        }"""
    )
    assert kept


async def test_an_address_that_comes_late_makes_its_link(shown, chat):
    late = await chat.page.evaluate(
        """async () => {
          const {show} = await moduleOf("markdown.js");
          const place = document.createElement("div");
          show(place, "[글][1]", {growing: true});
          show(place, "[글][1]\\n\\n[1]: https://a.b/", {growing: false});
          return place.querySelector("a")?.href;
        }"""
    )
    assert late == "https://a.b/"


async def test_words_and_code_in_a_tables_cells_stay_whole_on_a_phone(open_chat, server):
    head = "| 방법 | 새 목록 | 빠르기 | 쓸 곳 |\n|---|---|---|---|\n"
    table = f"{head}| `reverse()` | 아니요 | 0.8 | 긴 목록 |"
    server.on("표", from_model(table))
    chat = await open_chat(viewport={"width": 390, "height": 844})
    await chat.say("표")
    code = chat.last.locator("code")
    assert await code.evaluate("one => one.getClientRects().length") == 1
    assert await chat.log.evaluate("log => log.scrollWidth === log.clientWidth")


FORMULAS = {
    "$E = mc^2$": "E=mc2",
    r"\(\frac{a}{b}\)": "ab",
    "\\[\nx = \\sqrt[3]{2}\n\\]": "x=23",
    r"$$\sum_{i=1}^{n} i$$": "∑i=1ni",
    r"$\mathbb{R} \to \hat{x}$": "ℝ→x^",
    r"$$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$$": "(abcd)",
    r"$f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{그 밖} \end{cases}$": "f(x)={1x>00그 밖",
    r"$속도 = \frac{거리}{시간}$": "속도=거리시간",
    r"$\left( \frac12 \right]$": "(12]",
    r"$\{1, 2\}$": "{1,2}",
    r"$\|x\|$": "‖x‖",
    "$x$": "x",
}


@pytest.mark.parametrize("text", FORMULAS)
async def test_formulas_are_mathml_however_they_are_marked(chat, server, text):
    server.on("식", from_model(f"식은 이래요.\n\n{text}"))
    await chat.say("식")
    await expect(chat.last.locator("math")).to_have_count(1)
    seen = await chat.last.locator("math semantics > mrow").evaluate(
        "one => one.textContent.replace(/[ \\u00a0]+/g, ' ').trim()"
    )
    assert seen == FORMULAS[text]
    await expect(chat.last.locator("annotation")).to_have_count(1)


@pytest.mark.parametrize(
    "text",
    [
        "5$와 10$이에요",
        "US$5, HK$6",
        "$5, or €4 and 6$.",
        "$HOME과 $PATH",
        "\\(보기\\)와 C:\\Users",
        "`$x$`",
        "\\[글\\](없음)",
    ],
)
async def test_money_paths_and_brackets_are_no_formulas(shown, text):
    (ours,) = await shown(text)
    assert "formula" not in ours
    assert "$" in ours or "(" in ours or "[" in ours


async def test_a_formula_that_cannot_be_read_stays_as_it_was_written(chat, server):
    server.on("식", from_model(r"이건 $\frac{a}{ {b$ 예요"))
    await chat.say("식")
    await expect(chat.last.locator("code.formula")).to_have_text(r"\frac{a}{ {b")
    await expect(chat.last.locator("math")).to_have_count(0)


async def test_no_letters_of_a_formula_flicker_while_it_comes(chat):
    texts = await chat.page.evaluate(
        r"""async () => {
          const {show} = await moduleOf("markdown.js");
          const text = "식 $x_1 + \\frac{a}{b}$ 그리고 \\(y^2\\) 또\n\n" +
            "\\[\nz = \\sqrt{2}\n\\]\n\n끝";
          await moduleOf("math.js");
          const place = document.createElement("div");
          const seen = [];
          for (let at = 1; at <= text.length; at += 1) {
            show(place, text.slice(0, at), {growing: true});
            await 0;
            const copy = place.cloneNode(true);
            for (const one of copy.querySelectorAll("math, .formula")) one.remove();
            seen.push(copy.textContent);
          }
          return seen.filter(one => /[\\$^{}]/.test(one));
        }"""
    )
    assert texts == []


async def test_a_line_break_in_a_cell_breaks_the_line(shown):
    (ours,) = await shown("| a |\n|---|\n| 하나<br>둘<br/>셋 |")
    assert "하나<br>둘<br>셋" in ours


async def test_words_from_right_to_left_go_that_way_with_their_lists_and_quotes(chat, server):
    server.on("글", from_model("한국어예요.\n\nمرحبا بك\n\n1. שלום\n2. עולם\n\n> مرحبا"))
    await chat.say("글")
    ways = await chat.last.evaluate(
        """one => [...one.querySelectorAll("p, ol, blockquote")]
             .map(each => getComputedStyle(each).direction)"""
    )
    assert ways == ["ltr", "rtl", "rtl", "rtl", "rtl"]
    assert await chat.log.evaluate("log => log.scrollWidth === log.clientWidth")


async def test_plain_words_from_right_to_left_end_at_their_left(chat, server):
    server.on("카드", reply("שלום!", card("שלום!", ("שלום!", "다음"), subtitle="שלום!")))
    await chat.say("مرحبا!")
    await chat.say("카드")
    # A sentence's end that goes the page's way stands before its first letter.
    ends = await chat.page.evaluate(
        r"""() => [...document.querySelectorAll(".bubble.mine, .bubble.plain, .card p, .card span")]
             .map(one => one.lastChild)
             .filter(text => /[\u0590-\u06ff]!$/.test(text.data))
             .map(text => {
               const [first, last] = [0, text.data.length - 1].map(at => {
                 const sign = document.createRange();
                 sign.setStart(text, at);
                 sign.setEnd(text, at + 1);
                 return sign.getBoundingClientRect().x;
               });
               return last < first;
             })"""
    )
    assert ends == [True] * 5


async def test_code_is_coloured_and_copied_as_it_was_written(chat, server):
    code = "# 합\ndef total(a):\n    return a + 42, 'b'"
    server.on("코드", from_model(f"```python\n{code}\n```"))
    await chat.say("코드")
    for kind, text in {
        "comment": "# 합",
        "word": "def",
        "call": "total",
        "number": "42",
        "string": "'b'",
    }.items():
        await expect(chat.last.locator(f".c-{kind}").first).to_have_text(text)
    await expect(chat.last.locator("pre")).to_have_text(code, use_inner_text=True)


async def test_coloured_code_that_grows_looks_as_if_it_had_come_whole(chat):
    different = await chat.page.evaluate(
        """async () => {
          const {coloured} = await moduleOf("colours.js");
          const line = 'const a = `b ${c}`; /* d */ call("e", 1.5); // f\\n';
          const text = line.repeat(60) + "/* open " + line.repeat(20);
          for (let at = 0; at < text.length; at += 7) coloured(text.slice(0, at), "js");
          const grown = coloured(text, "js");
          coloured("x", "py");
          return JSON.stringify(grown) !== JSON.stringify(coloured(text, "js"));
        }"""
    )
    assert not different


async def test_nested_quotes_stand_close_and_a_wide_table_scrolls_in_its_frame(open_chat, server):
    head = "| 이름이 긴 칸 | 값이 더 긴 칸 | 셋째 칸의 이름 | 넷째 칸의 이름 |"
    table = f"{head}\n|---|---|---|---|\n| a | b | c | d |"
    server.on("글", from_model(f"> 밖\n> > 안\n> > > 속\n\n{table}"))
    chat = await open_chat(viewport={"width": 390, "height": 844})
    await chat.say("글")
    lefts = await chat.bubbles.locator("blockquote").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().left)"
    )
    assert all(0 < inner - outer < 24 for outer, inner in pairwise(lefts))
    frame = chat.bubbles.locator(".table")
    assert await frame.evaluate("one => one.scrollWidth > one.clientWidth")
    # What shows that there is more: the shadow at the side, and a name for who tabs to it.
    assert "gradient" in await frame.evaluate("one => getComputedStyle(one).backgroundImage")
    await expect(frame).to_have_attribute("aria-label", "표")


async def test_a_selection_survives_while_a_list_a_table_or_a_paragraph_grows(chat):
    kept = await chat.page.evaluate(
        """async () => {
          const {show} = await moduleOf("markdown.js");
          const kinds = {
            list: ["", "- **하나** 둘 셋\\n"],
            table: ["| a | b |\\n|---|---|\\n", "| 하나 **둘** | 셋 |\\n"],
            paragraph: ["", "하나 **둘** 셋 `넷` "],
            quote: ["", "> 하나 **둘**\\n"],
            code: ["```js\\n", "const a = 1;\\n"],
          };
          const gone = [];
          for (const [kind, [head, piece]] of Object.entries(kinds)) {
            const place = document.createElement("div");
            document.body.append(place);
            show(place, head + piece.repeat(5), {growing: true});
            const range = document.createRange();
            range.selectNodeContents(place.querySelector("li, td, p, code"));
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            const before = getSelection().toString();
            for (let times = 6; times < 40; times += 1)
              show(place, head + piece.repeat(times), {growing: true});
            show(place, head + piece.repeat(40));
            const now = getSelection().toString();
            if (!now.startsWith(before.trim().slice(0, 6)) || !range.startContainer.isConnected)
              gone.push(kind);
            place.remove();
          }
          return gone;
        }"""
    )
    assert kept == []
