"""What the documents link to and say to type is there, and users can read it in both languages."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from daehwa.answers import ANSWERERS
from daehwa.stores import STORES

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:src|href|srcset)=\"([^\"]+)\"")
FENCED = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
MAKE = re.compile(r"\bmake ((?:[A-Z]+=\S+ )*)([a-z][a-z-]*)")
BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LEVEL = re.compile(r"^(#{1,6}) ", re.MULTILINE)
# A comment is translated; a setting that is commented out is not.
COMMENT = re.compile(r"(?:^|\s+)# (?!\w+ = ).*$", re.MULTILINE)
PLACEHOLDER = re.compile(r"<[^>\n]*>")
ROW = re.compile(r"^\|(.*?)\|", re.MULTILINE)

# Pages for those who work on the project; all others are for users, and exist in both languages.
FOR_CONTRIBUTORS = {
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/architecture.md",
    "docs/extending.md",
}
MADE_FROM_THE_CODE = "<!-- Made from the code"
USER_PAGES = [
    document
    for document in DOCUMENTS
    if not document.name.endswith(".ko.md")
    and str(document.relative_to(ROOT)) not in FOR_CONTRIBUTORS
    and not document.read_text(encoding="utf-8").startswith(MADE_FROM_THE_CODE)
]


def anchors(document):
    """The anchors of a document's headings, by the rule that GitHub follows."""
    text = re.sub(
        r"^(```|~~~).*?^\1",
        "",
        document.read_text(encoding="utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    found = set()
    for heading in HEADING.findall(text):
        plain = re.sub(r"[*`]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        number = 0
        while (anchor if not number else f"{anchor}-{number}") in found:
            number += 1
        found.add(anchor if not number else f"{anchor}-{number}")
    return found


def links(document):
    for match in LINK.finditer(CODE.sub("", document.read_text(encoding="utf-8"))):
        yield unquote(match[1] or match[2])


def by_name(document):
    return str(document.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=by_name)
def test_links_lead_somewhere(document):
    for link in links(document):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path) if path else document
        assert target.exists(), f"{link} is not there"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{link}: there is no such heading"


@pytest.mark.parametrize("document", DOCUMENTS, ids=by_name)
def test_make_has_the_targets_that_the_document_names(document):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    code = " ".join(match[0] for match in CODE.finditer(document.read_text(encoding="utf-8")))
    for _, target in MAKE.findall(code):
        assert target in targets, f"`make {target}` is not in the Makefile"


def in_korean(page):
    return page.with_name(f"{page.stem}.ko.md")


def top(document):
    return document.read_text(encoding="utf-8").partition("\n## ")[0]


# Their bot speaks the page's language, and so do its files.
LOCALE_FILE = re.compile(r"`[a-z]{2}_[A-Z]{2}\.yaml`")
OF_ITS_LANGUAGE = {"tutorial.md"}


def shape(text):
    """What no translation changes of a page with a bot of its own language: kinds and lengths."""
    return [(language, len(body.splitlines())) for language, body in BLOCK.findall(text)]


def commands(text):
    """The language and lines of each block of code without what a translation changes.

    Of a drawing, which has no language, the number of lines.
    """
    return [
        (language, PLACEHOLDER.sub("<>", COMMENT.sub("", body)).splitlines())
        if language
        else len(body.splitlines())
        for language, body in BLOCK.findall(text)
    ]


def rows(text):
    """The code in the first cell of each row of the tables; names stay as they are.

    A locale's file is that of the page's own language.
    """
    cells = ROW.findall(LOCALE_FILE.sub("`<locale>.yaml`", FENCED.sub("", text)))
    return [re.findall(r"`[^`]+`", cell) for cell in cells]


def figures(text):
    """The numbers of each section; Korean has more of them, since it writes "five" as 5."""
    sections = re.split(r"^#{1,6} .*$", FENCED.sub("", text), flags=re.MULTILINE)
    return [
        {figure.rstrip(".,") for figure in re.findall(r"\d[\d.,]*", section)}
        for section in sections
    ]


def test_the_pages_for_users_are_known():
    names = {str(page.relative_to(ROOT)) for page in USER_PAGES}
    assert {"README.md", "docs/aws.md", "docs/configuration.md", "docs/server.md"} <= names


@pytest.mark.parametrize("page", USER_PAGES, ids=by_name)
class TestPageForUsers:
    def test_exists_in_both_languages_and_each_links_to_the_other(self, page):
        korean = in_korean(page)
        assert korean.exists(), f"{korean.name} is missing: users read this page in Korean too"
        assert f"[한국어]({korean.name})" in top(page)
        assert f"[English]({page.name})" in top(korean)

    def test_has_the_same_headings_in_both(self, page):
        english, korean = (
            LEVEL.findall(FENCED.sub("", document.read_text(encoding="utf-8")))
            for document in (page, in_korean(page))
        )
        assert korean == english

    def test_has_the_same_code_in_both_but_for_comments(self, page):
        code = shape if page.name in OF_ITS_LANGUAGE else commands
        english, korean = (
            code(document.read_text(encoding="utf-8")) for document in (page, in_korean(page))
        )
        assert korean == english

    def test_has_the_same_rows_in_its_tables_in_both(self, page):
        english, korean = (
            rows(document.read_text(encoding="utf-8")) for document in (page, in_korean(page))
        )
        assert korean == english

    def test_has_every_figure_of_a_section_in_both(self, page):
        english, korean = (
            figures(document.read_text(encoding="utf-8")) for document in (page, in_korean(page))
        )
        missing = [ours - theirs for ours, theirs in zip(english, korean, strict=True)]
        assert not any(missing), missing

    def test_in_korean_it_links_to_pages_in_korean_where_there_are_any(self, page):
        korean = in_korean(page)
        for link in links(korean):
            target = (korean.parent / link.partition("#")[0]).resolve()
            assert target not in USER_PAGES or target == page, f"{link}: link to its translation"


@pytest.mark.parametrize("page", ["configuration.md", "configuration.ko.md"])
def test_the_configuration_pages_name_every_answerer_and_store(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    absent = [name for name in (*ANSWERERS, "none") if f"`{name}`" not in text]
    absent += [kind.form for kind in STORES if kind.schemes[0] not in text.lower()]
    assert absent == []
