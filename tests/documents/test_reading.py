"""Files of every kind, as documents; and why a bad one is not read."""

import base64
import io
import quopri
import unicodedata
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from daehwa.documents import Unreadable, read_bytes
from daehwa.documents import reading as reading_module
from daehwa.documents.html_file import read_html

FILES = Path(__file__).parent / "files"


def sections(document):
    return [(section.headings, section.text) for section in document.sections]


def reason(data, name):
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, name)
    return caught.value.reason


def word(build):
    document = docx.Document()
    build(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_markdown_is_text_beneath_its_headings():
    text = """---
title: "안내"
---
# 배송

**제주**는 [추가 요금](https://example.com)이 있습니다.

## 요금표

| 지역 | 요금 |
|---|---|
| 제주 | 3천 원 |

```sh
daehwa serve
```
"""
    document = read_bytes(text.encode(), "a.md")
    assert document.title == "안내"
    assert sections(document) == [
        (("배송",), "제주는 추가 요금이 있습니다."),
        (("배송", "요금표"), "지역 | 요금\n제주 | 3천 원\n\ndaehwa serve"),
    ]
    assert [section.anchor for section in document.sections] == ["#배송", "#요금표"]


def test_the_first_heading_is_the_title_where_there_is_no_other():
    assert read_bytes(b"# Rooms\n\nThree of them.", "file.md").title == "Rooms"
    assert read_bytes(b"Three of them.", "file.md").title == "file"


def test_html_is_what_a_page_says_to_its_readers():
    page = """<html><head><title>Opening hours</title><script>alert(1)</script></head><body>
    <nav><a href="/">Home</a></nav><header>Menu</header>
    <main><h1 id="hours">Hours</h1><p>We open   at <b>nine</b>.</p>
    <table><tr><th>Day</th><th>Until</th></tr><tr><td>Sunday</td><td>six</td></tr></table></main>
    <footer>Imprint</footer></body></html>"""
    document = read_bytes(page.encode(), "hours.html")
    assert document.title == "Opening hours"
    assert sections(document) == [(("Hours",), "We open at nine.\n\nDay | Until\nSunday | six")]
    assert document.sections[0].anchor == "#hours"


RELATED = """<body><h2>환불</h2><main><p>환불은 받은 날부터 7일 안에 해 드립니다.
신청은 전화로 받고, 돈은 이틀 뒤에 들어갑니다.</p>
<h3>관련 글</h3><ul><li><a href="/faq/12?from=9">배송은 언제 오나요?</a>
<li><a href="exchange.html">교환하고 싶어요</a>
<ul><li><a href="size.html">크기가 안 맞아요</a></ul></ul>
<h3>서식</h3><ul><li><a href="form.pdf">환불 신청서</a><li><a href="letter.hwp">위임장</a></ul>
<h3>알림</h3><ul><li><a href="https://instagram.com/x">인스타그램</a>
<li><a href="https://x.com/y">엑스</a></ul></main>"""


def test_titles_of_a_sites_other_pages_are_no_text_of_this_one():
    document = read_html(RELATED.encode(), "refund.html")
    texts = [section.text for section in document.sections[1:]]
    assert texts == ["환불 신청서\n위임장", "인스타그램\n엑스"]


def test_a_page_of_links_alone_is_read():
    page = "<p>도움말</p><ul><li><a href='a'>배송 안내</a><li><a href='b'>교환 안내</a></ul>"
    assert "교환 안내" in read_html(page.encode(), "index.html").sections[0].text


def test_a_pages_heading_is_its_title_where_it_has_none_wherever_it_stands():
    assert read_html(RELATED.encode(), "refund.html").title == "환불"


def test_a_page_that_nests_without_end_is_read():
    page = "<div>" * 20_000 + "deep" + "</div>" * 20_000
    assert "deep" in read_bytes(page.encode(), "deep.html").sections[0].text


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
def test_korean_text_in_every_encoding_that_is_in_use(encoding):
    document = read_bytes("똠방각하의 영업시간은 아침 아홉 시부터".encode(encoding), "a.txt")
    assert document.sections[0].text == "똠방각하의 영업시간은 아침 아홉 시부터"


JAPANESE = "返品は購入した日から十四日以内にお申し込みください。\n"
# Jamo have the bytes of kana in another encoding.
JAMO = (
    "한글 자모: ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ. 이 순서로 사전에서 찾습니다. ㅋㅋㅋ ㅎㅎ"
)


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "utf-8"])
def test_japanese_text_in_every_encoding_that_is_in_use(encoding):
    document = read_bytes(JAPANESE.encode(encoding), "a.txt")
    assert document.sections[0].text == JAPANESE.strip()


@pytest.mark.parametrize("text", ["환불은 열나흘 안에 신청하세요. ㅠㅠ", JAMO * 3, "ㅋㅋㅋㅋ 네"])
def test_korean_text_is_not_taken_for_japanese(text):
    assert read_bytes(text.encode("cp949"), "a.txt").sections[0].text == text


ARCHIVE = """From: <Saved by Blink>
Subject: Refunds
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--X"

----X
Content-Type: text/html; charset="{charset}"
Content-Transfer-Encoding: {transfer}
Content-Location: https://shop.example/refunds

{page}
----X
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://shop.example/logo.png

iVBORw0KGgo=
----X--
"""


@pytest.mark.parametrize(
    ("charset", "transfer", "encode"),
    [
        ("utf-8", "quoted-printable", quopri.encodestring),
        ("euc-kr", "base64", base64.encodebytes),
    ],
)
def test_a_page_that_a_browser_saved_as_one_file(charset, transfer, encode):
    page = "<title>환불</title><nav>메뉴</nav><p>환불은 14일 안에 신청하세요.</p>".encode(charset)
    text = ARCHIVE.format(charset=charset, transfer=transfer, page=encode(page).decode())
    for name, archive in (("a.mhtml", text), ("a.mht", text.replace("\n", "\r\n"))):
        document = read_bytes(archive.encode(), name)
        assert document.title == "환불"
        assert sections(document) == [((), "환불은 14일 안에 신청하세요.")]


def test_an_archive_without_a_page_is_broken():
    assert reason(b"From: a\n\nHello.", "a.mhtml") == "broken"


def test_a_page_in_the_encoding_that_it_names():
    page = '<meta charset="euc-kr"><p>배송은 사흘 걸립니다.</p>'.encode("cp949")
    assert read_bytes(page, "a.html").sections[0].text == "배송은 사흘 걸립니다."


def test_western_text_is_not_taken_for_korean():
    assert read_bytes("Café au lait, señor".encode("cp1252"), "a.txt").sections[0].text == (
        "Café au lait, señor"
    )


def test_decomposed_hangul_becomes_what_people_type():
    text = unicodedata.normalize("NFD", "한글 문서")
    document = read_bytes(text.encode(), unicodedata.normalize("NFD", "안내문.txt"))
    assert document.sections[0].text == "한글 문서"
    assert document.title == "안내문"


def test_a_pdf_has_a_section_for_each_page():
    document = read_bytes((FILES / "refunds.pdf").read_bytes(), "refunds.pdf")
    assert document.title == "환불 안내"
    assert "계좌로 보내신 돈은 닷새가 걸립니다." in document.sections[0].text
    assert document.sections[1].text == (
        "Refunds by card take three days. Money that was wired takes five."
    )
    assert document.sections[1].anchor == "#page=2"


def test_a_scanned_pdf_has_no_text():
    assert reason((FILES / "scanned.pdf").read_bytes(), "scanned.pdf") == "no text"


def test_an_encrypted_pdf_is_named():
    writer = pypdf.PdfWriter(clone_from=FILES / "refunds.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    assert reason(file.getvalue(), "a.pdf") == "encrypted"


@pytest.mark.parametrize("cut", [10, 1000, 40_000])
def test_a_pdf_that_was_cut_off_is_broken(cut):
    assert reason((FILES / "refunds.pdf").read_bytes()[:cut], "a.pdf") in {"broken", "no text"}


def test_word_has_headings_and_tables():
    def build(document):
        document.add_heading("반품", level=1)
        document.add_paragraph("이레 안에 보내 주세요.")
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text = "음반"
        table.rows[0].cells[1].text = "불가"

    document = read_bytes(word(build), "a.docx")
    assert sections(document) == [(("반품",), "이레 안에 보내 주세요.\n음반 | 불가")]


def test_an_archive_that_is_broken_or_a_bomb_is_named():
    good = word(lambda document: document.add_paragraph("text"))
    assert reason(good[:200], "a.docx") == "broken"
    assert reason(b"\xd0\xcf\x11\xe0" + bytes(100), "a.docx") == "encrypted"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(201 * 2**20))
    assert reason(bomb.getvalue(), "bomb.docx") == "too large"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "question,answer\n주차되나요?,네.\n"),
        ("a.csv", "질문;답변\n주차되나요?;네.\n"),
        ("a.csv", "주차되나요?,네.,https://example.com\n"),
        ("a.tsv", "answer\tquestion\n네.\t주차되나요?\n"),
        ("a.json", '[{"question": "주차되나요?", "answer": "네."}]'),
        ("a.json", '{"주차되나요?": "네."}'),
        ("a.json", '{"FaqDocuments": [{"Question": "주차되나요?", "Answer": "네."}]}'),
        ("a.jsonl", '{"질문": "주차되나요?", "답변": "네."}\n'),
    ],
)
def test_questions_and_answers(name, text):
    (pair,) = read_bytes(text.encode(), name).questions
    assert (pair.question, pair.answer) == ("주차되나요?", "네.")


def test_kendras_links_of_answers():
    text = (
        '{"FaqDocuments": [{"Question": "q?", "Answer": "a", "Attributes": {"_source_uri": "u"}}]}'
    )
    assert read_bytes(text.encode(), "a.json").questions[0].link == "u"


def test_a_table_without_questions_is_named():
    assert reason(b"a,b\n", "a.json") == "broken"
    assert reason(b'{"x": 1}', "a.json") == "no questions"
    assert reason(b"just one column\n", "a.csv") == "no questions"
    assert reason(b"[" * 100_000, "a.json") == "broken"


def test_what_is_no_document_is_named(monkeypatch):
    assert reason(b"", "a.md") == "empty"
    assert reason(b"\x00\x01\x02 binary", "a.txt") == "unknown encoding"
    assert reason(b"x", "a.exe") == "unknown kind"
    assert reason(b"<script>only()</script>", "a.html") == "no text"
    monkeypatch.setattr(reading_module, "MAX_CHARACTERS", 5)
    assert reason(b"six characters", "a.txt") == "too large"
