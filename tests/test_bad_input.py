"""What bad input gets: a status and a stable code, in bounded time and memory."""

from __future__ import annotations

import base64
import io
import sys
import time
import zipfile
import zlib
from dataclasses import replace

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import planparse
from conftest import ROOT
from planparse.model import PlanparseError
from planparse.read.text_layers import is_garbled

sys.path.insert(0, str(ROOT / "scripts"))
import twins

PLAN: list[twins.Block] = ["2025年工作计划", "一、目标", "年内新建学校5所，覆盖率达到95%。"]
WORD = '<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'


def package(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def looping_pdf() -> bytes:
    """A page tree whose only kid is itself."""
    body = b"%PDF-1.4\n"
    starts = []
    for number, item in enumerate([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"], 1):
        starts.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, item)
    table = b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % start for start in starts)
    return body + table + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n%d\n%%%%EOF" % len(body)


def heavy_pdf(content: bytes, filters: str, pages: int = 1) -> bytes:
    """Pages that share one content stream, which is packed already."""
    kids = " ".join(["3 0 R"] * pages)
    items = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R>>",
    ]
    body = b"%PDF-1.4\n" + "".join(f"{n} 0 obj{item} endobj\n" for n, item in enumerate(items, 1)).encode()
    body += f"4 0 obj<</Length {len(content)}/Filter[{filters}]>>stream\n".encode() + content + b"\nendstream endobj\n"
    return body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def locked_pdf(content: str) -> bytes:
    """A page that is encrypted, and opens without a password."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("", "own"), pageCompression=1)
    canvas.drawString(100, 100, "coverage 95%")
    canvas.addLiteral(content)
    canvas.save()
    return out.getvalue()


BLANKS = zlib.compress(b" " * 60_000_000)
DTD = '<!DOCTYPE d [<!ENTITY a "{}">]>'
LAUGHS = DTD.format("ha" * 100) + WORD.format("&a;" * 100)
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + WORD.format("&a;")
DEEP = WORD.replace("<w:p>", "<w:x>" * 5_000 + "<w:p>").replace("</w:p>", "</w:p>" + "</w:x>" * 5_000).format("年")
SPAN = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr></w:tc><w:tc/></w:tr></w:tbl><w:p>'
OFD_PAGE = '<Page><TextObject Boundary="wide 0 1 1"><TextCode>年</TextCode></TextObject></Page>'
BAD = {
    "deep.docx": (package({"word/document.xml": DEEP.encode()}), "damaged"),
    "span.docx": (package({"word/document.xml": WORD.replace("<w:p>", SPAN.format("x")).encode()}), "damaged"),
    "place.ofd": (
        package(
            {
                "OFD.xml": b"<OFD><DocBody><DocRoot>d.xml</DocRoot></DocBody></OFD>",
                "d.xml": b'<Document><Pages><Page BaseLoc="p.xml"/></Pages></Document>',
                "p.xml": OFD_PAGE.encode(),
            }
        ),
        "damaged",
    ),
    "bomb.docx": (package({"word/document.xml": b" " * 60_000_000}), "bomb"),
    "laughs.docx": (package({"word/document.xml": LAUGHS.encode()}), "unsafe-xml"),
    "outside.docx": (package({"word/document.xml": OUTSIDE.encode()}), "unsafe-xml"),
    "broken.docx": (package({"word/document.xml": b"<w:document"}), "damaged"),
    "encoding.docx": (package({"word/document.xml": b"<?xml version='1.0' encoding='UTF-9'?><a/>"}), "damaged"),
    "sheet.xlsx": (package({"xl/workbook.xml": b"<workbook/>"}), "unsupported-format"),
    "empty.ofd": (package({"OFD.xml": b"<OFD/>"}), "damaged"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
    "loop.pdf": (looping_pdf(), "damaged"),
    "blanks.pdf": (heavy_pdf(BLANKS, "/FlateDecode"), "bomb"),
    "twice.pdf": (heavy_pdf(zlib.compress(BLANKS), "/FlateDecode/FlateDecode"), "bomb"),
    "in-letters.pdf": (heavy_pdf(base64.a85encode(BLANKS) + b"~>", "/A85 /Fl"), "bomb"),
    "boxes.pdf": (heavy_pdf(zlib.compress(b"0 0 9 9 re f " * 200_000), "/FlateDecode"), "bomb"),
    "locked.pdf": (locked_pdf("0 0 9 9 re f " * 200_000), "bomb"),
    "pages.pdf": (heavy_pdf(zlib.compress(b"0 0 9 9 re f"), "/FlateDecode", pages=3_001), "too-large"),
    "cut.pdf": (twins.as_pdf(PLAN)[:900], "damaged"),
    "line.txt": ("新建学校5所，".encode() * 6_000_000, "too-large"),
    "parts.mht": (
        b"MIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/related; boundary=%d\n\n--%d\n" % (n, n) for n in range(900)),
        "damaged",
    ),
    "nested.html": (b"<html><body>" + b"<div>" * 1_000_000, "no-text"),
}


@pytest.mark.parametrize("name", BAD)
def test_refused_with_a_code_in_time(name: str) -> None:
    content, code = BAD[name]
    began = time.monotonic()
    with pytest.raises(PlanparseError) as caught:
        planparse.extract(content, name=name)
    assert time.monotonic() - began < 20
    assert caught.value.code == code
    assert len(str(caught.value)) > 20


def test_a_page_of_ruled_paper_keeps_its_text() -> None:
    sides = b"".join(b"%d 0 m %d 500 l S 0 %d m 500 %d l S " % (n, n, n, n) for n in range(0, 500, 5))
    text = b"BT /F1 9 Tf 20 400 Td (coverage 95%) Tj ET "
    document = planparse.extract(heavy_pdf(zlib.compress(text + sides), "/FlateDecode"), name="paper.pdf")
    assert [w.code for w in document.warnings if w.page] == ["tables-not-read"]
    assert "95%" in document.text


def test_an_encrypted_page_that_opens_is_read() -> None:
    assert "95%" in planparse.extract(locked_pdf(""), name="locked.pdf").text


def test_nested_tags_keep_their_text() -> None:
    content = "<html><body>" + "<div>" * 100_000 + "<p>年内新建学校5所。</p>"
    assert [t.value for t in planparse.extract(content.encode(), name="a.html").targets] == [5]


def test_the_limit_of_characters_can_be_raised() -> None:
    text = "2025年计划\n新建学校5所。".encode()
    with pytest.raises(PlanparseError, match="--limit max_characters=30"):
        planparse.extract(text, limits=planparse.Limits(max_characters=10))
    assert planparse.extract(text, limits=planparse.Limits(max_characters=20)).targets[0].value == 5


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (heavy_pdf(zlib.compress(b" " * 9_000_000), "/FlateDecode"), "max_stream_ratio"),
        (twins.as_pdf(["第一页。"] * 90), "max_pages"),
        (twins.as_pdf(PLAN), "max_page_objects"),
        (twins.as_docx(PLAN), "max_members"),
        (twins.as_docx(PLAN), "max_member_bytes"),
        (twins.as_docx(PLAN), "max_total_bytes"),
        (twins.as_ofd(PLAN), "max_characters"),
    ],
)
def test_a_message_names_the_limit_that_was_passed(content: bytes, limit: str) -> None:
    least = replace(planparse.Limits(), **{limit: 1})
    with pytest.raises(PlanparseError, match=f"--limit {limit}="):
        planparse.extract(content, limits=least)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("plan.txt", twins.as_pdf(PLAN), "application/pdf"),
        ("plan.pdf.txt", twins.as_html(PLAN), "text/html"),
        ("plan.html", twins.as_ofd(PLAN), "application/ofd"),
    ],
)
def test_content_decides_and_a_wrong_suffix_is_warned_of(name: str, content: bytes, media_type: str) -> None:
    document = planparse.extract(content, name=name)
    assert document.document.media_type == media_type
    assert [w.code for w in document.warnings] == ["wrong-suffix"]
    assert [(t.indicator, t.value) for t in document.targets] == [("学校", 5), ("覆盖率", 95)]


@pytest.mark.parametrize("text", ["\ue012\ue013\ue0a1" * 20, "(cid:12)(cid:7)" * 9, "ÀÉ¼ä¹¤×÷ÒªµãÀÉ¼ä¹¤×÷Òªµã"])
def test_a_text_layer_without_characters_is_known(text: str) -> None:
    assert is_garbled(text)


def test_a_plan_in_hanzi_with_a_few_odd_marks_is_not_garbled() -> None:
    assert not is_garbled("\ue004" + "全面提升办学水平，新建学校5所，覆盖率达到95%以上。" * 2)
