"""Files as people's programs write them: other encodings, shapes and remains of editing."""

import io
import json
import zipfile

import docx
import pytest

from daehwa.documents import Unreadable, read_bytes
from daehwa.documents.walking import walk

TEXT = "옥상 정원은 4월부터 엽니다. 열쇠는 안내대에 있습니다."


def pairs(data, name):
    return [(one.question, one.answer) for one in read_bytes(data, name).questions]


@pytest.mark.parametrize("encoding", ["utf-32", "utf-16", "utf-16-le", "utf-16-be"])
def test_wide_encodings_are_read_with_a_mark_and_without(encoding):
    (section,) = read_bytes(TEXT.encode(encoding), "a.txt").sections
    assert section.text == TEXT


def test_a_few_control_characters_are_blanks_and_many_are_no_text():
    (section,) = read_bytes(b"Bell \x07 and \x0b more \x1b words.", "a.txt").sections
    assert section.text.split() == ["Bell", "and", "more", "words."]
    for data in (b"\x01\x02\x03" * 20, b"words with \0 one zero in the middle of them all"):
        with pytest.raises(Unreadable, match="not text"):
            read_bytes(data, "a.txt")


QUESTION, ANSWER = "Do you lend umbrellas?", "Yes, at the door."
SCHEMA = {
    "@context": "https://schema.org",
    "@type": "FAQPage",
    "mainEntity": [
        {
            "@type": "Question",
            "name": QUESTION,
            "acceptedAnswer": {"@type": "Answer", "text": "<p>Yes, at the&nbsp;door.</p>"},
        }
    ],
}


@pytest.mark.parametrize(
    "value",
    [
        SCHEMA,
        {"data": {"items": [{"question": QUESTION, "answer": ANSWER}]}},
        [{"questions": [QUESTION], "answers": [ANSWER]}],
        [{"id": 3, "q": QUESTION, "a": "Yes, <b>at the door</b>."}],
        {"version": 2, "faq": {QUESTION: ANSWER}},
    ],
)
def test_questions_stand_in_json_of_any_shape(value):
    assert pairs(json.dumps(value).encode(), "a.json") == [(QUESTION, ANSWER)]


@pytest.mark.parametrize("value", [{"name": "x", "port": 3}, {"db": {"host": "x"}, "n": 1}])
def test_a_configuration_is_no_list_of_questions(value):
    with pytest.raises(Unreadable, match="no questions"):
        read_bytes(json.dumps(value).encode(), "a.json")


def test_half_a_letter_in_json_is_left_out_and_a_broken_line_is_named():
    half = b'[{"question": "Open?", "answer": "Yes \\ud83d."}]'
    assert pairs(half, "a.json") == [("Open?", "Yes .")]
    with pytest.raises(Unreadable, match="line 2 is not JSON"):
        read_bytes(b'{"question": "a", "answer": "b"}\n{"question"\n', "a.jsonl")


@pytest.mark.parametrize(
    "table",
    [
        f'sep=;\nquestion;answer\n{QUESTION};"{ANSWER}"\n',
        f'자주 묻는 질문,,\n번호,질문 내용,답변 내용\n1,{QUESTION},"{ANSWER}"\n',
        f'Question ID,Question,Answer,Updated\nq1,{QUESTION},"{ANSWER}",2024\n',
        f'question,answer\n{QUESTION},"<ul><li>Yes, at the door.</li></ul>"\n',
    ],
)
def test_tables_as_programs_export_them(table):
    assert pairs(table.encode(), "a.csv") == [(QUESTION, ANSWER)]


def test_a_table_of_anything_else_is_read_by_its_rows():
    (section,) = read_bytes("품목,가격\n비누,3000원\n수건,\n".encode(), "prices.csv").sections
    assert section.text == "품목: 비누 | 가격: 3000원\n품목: 수건"
    assert pairs(b"When is tea?,At four.\nIs it free?,Yes.\n", "a.csv")[0][0] == "When is tea?"


def test_a_comparison_is_no_tag():
    assert pairs(b"question,answer\nIs a<b?,if a < b or c > d\n", "a.csv")[0][1].startswith(
        "if a <"
    )


def test_what_a_style_hides_is_not_read():
    page = b"<p style='color:red; display: none'>Hidden.</p><p>Shown.</p>"
    (section,) = read_bytes(page, "a.html").sections
    assert section.text == "Shown."


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EDITED = """<w:p><w:r><w:t xml:space="preserve">Pay </w:t></w:r>
<w:ins w:id="1" w:author="a"><w:r><w:t>in euros</w:t></w:r></w:ins>
<w:del w:id="2" w:author="a"><w:r><w:delText>in francs</w:delText></w:r></w:del>
<w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:sdt><w:sdtContent><w:p><w:r><w:t>From a form.</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>
</w:pict></w:r></w:p>
<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>Outer.</w:t></w:r></w:p>
<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>Inner.</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl><w:p/></w:tc></w:tr></w:tbl>"""
NOTES = (
    f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2"><w:p><w:r><w:t>Or by card.</w:t></w:r>'
    "</w:p></w:footnote></w:footnotes>"
)
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
PUT = {
    "word/document.xml": ("<w:sectPr", EDITED + "<w:sectPr"),
    "[Content_Types].xml": (
        "</Types>",
        f'<Override PartName="/word/footnotes.xml" ContentType="{TYPES}"/></Types>',
    ),
    "word/_rels/document.xml.rels": (
        "</Relationships>",
        f'<Relationship Id="rId98" Type="{RELATION}" Target="footnotes.xml"/></Relationships>',
    ),
}


def edited():
    """A document after an editor's work: changes, a control, a box, a note, nested tables."""
    plain, file = io.BytesIO(), io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            old, new = PUT.get(name, ("", ""))
            archive.writestr(name, source.read(name).decode("latin-1").replace(old, new, 1))
        archive.writestr("word/footnotes.xml", NOTES)
    return file.getvalue()


def test_word_as_editors_leave_it():
    (section,) = read_bytes(edited(), "a.docx").sections
    assert [" ".join(line.split()) for line in section.text.splitlines() if line.strip()] == [
        "Pay in euros",
        "Or by card.",
        "From a form.",
        "In a box.",
        "Outer.",
        "Inner.",
    ]


def test_an_archive_that_was_renamed_is_named():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(Unreadable, match="not a Word document"):
        read_bytes(file.getvalue(), "a.docx")


def test_files_that_programs_keep_for_themselves_are_passed_by(tmp_path):
    for name in ("a.md", "~$a.docx", "node_modules/b.md", "__MACOSX/a.md", ".git/c.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert list(walk([tmp_path])) == [tmp_path / "a.md"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (b"<article><p>One.</p></article><article><p>Two.</p></article>", "One.\n\nTwo."),
        (b"<main></main><p>One.</p>", "One."),
        (b"<p>Left.</p><article><p>One.</p></article>", "One."),
        (b"<form id='page'><p>One.</p><input value='x'><button>Send</button></form>", "One."),
        (b"<form><label>Your name</label><input></form><p>One.</p>", "One."),
        (b"<p>O&shy;ne&#8203;.</p>", "One."),
    ],
)
def test_a_page_is_what_it_is_about(page, text):
    (section,) = read_bytes(page, "a.html").sections
    assert section.text == text


def test_json_of_titles_and_texts_is_a_document_of_sections():
    value = {"pages": [{"id": 1, "title": "Sauna", "content": "<p>Ten euros.</p>"}]}
    (section,) = read_bytes(json.dumps(value).encode(), "a.json").sections
    assert (section.headings, section.text) == (("Sauna",), "Ten euros.")


def test_json_as_programs_write_it():
    numbers = b'[{"score": NaN, "question": "How many rooms?", "answer": 12}]'
    assert pairs(numbers, "a.json") == [("How many rooms?", "12")]


def test_front_matter_of_either_kind_names_the_title():
    for text in ('+++\ntitle = "Sauna"\n+++\nHot.\n', "---\ntitle: Sauna\n---\nHot.\n"):
        document = read_bytes(text.encode(), "a.md")
        assert (document.title, document.sections[0].text) == ("Sauna", "Hot.")


def test_a_page_that_was_saved_as_text_is_read_as_a_page():
    (section,) = read_bytes(b"<!DOCTYPE html><html><p>Ten.</p></html>", "a.txt").sections
    assert section.text == "Ten."


def test_a_long_cell_and_a_bar_between_cells():
    table = f"question|answer\nLong?|{'word ' * 40_000}\n"
    assert pairs(table.encode(), "a.csv")[0][0] == "Long?"
