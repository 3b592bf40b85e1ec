"""Small files that would take the machine: each ends in seconds with its text or a code."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable

import pytest

from planparse.limits import DEFAULT
from planparse.model import PlanparseError
from planparse.pipeline import parse_bytes
from planparse.read.pdf_streams import check_streams
from test_bad_input import WORD, package

TEXT = '<TextObject Boundary="{0} {0} 10 10" Size="5"><TextCode X="0" Y="0">新建5所</TextCode></TextObject>'
STYLE = '<w:style w:styleId="s{}"><w:basedOn w:val="s{}"/></w:style>'
STYLED = '<w:document xmlns:w="urn:w"><w:body>' + '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr></w:p>' * 9
ENTITY = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "ha">]>{WORD.format("&a;")}'


def ofd(content: str, pages: int = 1) -> bytes:
    members = {
        "OFD.xml": "<OFD><DocBody><DocRoot>d.xml</DocRoot></DocBody></OFD>",
        "d.xml": "<Document><Pages>" + '<Page BaseLoc="p.xml"/>' * pages + "</Pages></Document>",
        "p.xml": f"<Page><Content>{content}</Content></Page>",
    }
    return package({name: text.encode() for name, text in members.items()})


def docx(document: str, styles: str) -> bytes:
    parts = {"word/document.xml": document, "word/styles.xml": f'<w:styles xmlns:w="urn:w">{styles}</w:styles>'}
    return package({name: text.encode() for name, text in parts.items()})


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "far.ofd": (lambda: ofd("".join(TEXT.format(i * 1e7) for i in range(100))), "ok"),
    "again.ofd": (lambda: ofd(TEXT.format(9), pages=2_000), "bomb"),
    "styles.docx": (
        lambda: docx(STYLED + "</w:body></w:document>", "".join(STYLE.format(i, i + 1) for i in range(4_000))),
        "no-text",
    ),
    "entity.docx": (lambda: package({"word/document.xml": ENTITY.encode("utf-16")}), "unsafe-xml"),
    "comments.html": (lambda: b"<!---->" * 500 + b"2025", "ok"),
    "open.html": (lambda: b"<html><body>" + b"<div>" * 2_500 + b"<\n" * 20_000, "ok"),
    "spans.html": (
        lambda: (
            b"<html><table><tr>"
            + b"<td rowspan=65534 colspan=1000>5" * 40
            + b"</tr>"
            + b"<tr><td>6" * 800
            + b"</table>"
        ),
        "ok",
    ),
    "slow.html": (lambda: b"<html><meta charset=utf-7><body>2025 " + b"+AAAA-" * 100_000, "ok"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_takes_little_time(name: str) -> None:
    make, outcome = BOMBS[name]
    content, began = make(), time.process_time()
    document = parse_bytes(content, name)
    assert time.process_time() - began < 15
    assert (document.warnings[0].code if document.status == "failed" else document.status) == outcome


INSTRUCTIONS = zlib.compress(b"0 0 9 9 re f " * 1_000_000, 9)
LIES = {
    "its checksum": (INSTRUCTIONS[:-4] + b"xxxx", "/Filter/FlateDecode"),
    "its kind": (INSTRUCTIONS, "/Filter/FlateDecode/Subtype/Image"),
    "its filter": (INSTRUCTIONS, "/Filter 9 0 R"),
}


@pytest.mark.parametrize("what", LIES)
def test_a_stream_that_lies_about_itself_is_unpacked(what: str) -> None:
    packed, said = LIES[what]
    head = f"%PDF-1.4\n4 0 obj<</Length {len(packed)}{said}>>stream\n".encode()
    with pytest.raises(PlanparseError) as caught:
        check_streams(head + packed + b"\nendstream endobj\n", DEFAULT)
    assert caught.value.code == "bomb"


def pdf(objects: dict[int, bytes], kids: bytes = b"3 0 R") -> bytes:
    """A PDF of objects of ours, on a page with the resources of object 4 that draws /F."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % kids.count(b"R"),
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 4 0 R/Contents 5 0 R>>",
        5: stream(b"", b"/F Do"),
        **objects,
    }
    body, places = b"%PDF-1.5\n", []
    for number, content in sorted(objects.items()):
        places.append((number, len(body)))
        body += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places)
    return body + b"xref\n" + table + b"trailer<</Root 1 0 R/Size 99>>\nstartxref\n%d\n%%%%EOF" % len(body)


def stream(described: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream\n" % (described, len(content), content)


def form(resources: bytes, content: bytes) -> bytes:
    return stream(b"/Subtype/Form/BBox[0 0 9 9]" + resources, content)


DOUBLED = {
    n: form(b"/Resources<</XObject<</F %d 0 R>>>>" % (n + 1), b"/F Do /F Do" if n < 49 else b"0 0 9 9 re f")
    for n in range(10, 50)
}
EACH_OTHER = b"/Resources<</XObject<<" + b"".join(b"/F%d %d 0 R" % (n, n) for n in range(10, 24)) + b">>>>"
ALL_OF_THEM = b"".join(b"/F%d Do " % n for n in range(10, 24))
LARGE = {4: b"<</XObject<</F 10 0 R>>>>", 10: form(b"", b"0 0 9 9 re f " * 100_000)}
FORMS = {
    "twice": {4: b"<</XObject<</F 10 0 R>>>>", **DOUBLED},
    "by other names": {
        4: b"<</X#4Fbject 6 0 R>>",
        6: b"<</#46 %\n10 0 R>>",
        **{n: content.replace(b"/F ", b"/#46 %\n") for n, content in DOUBLED.items()},
    },
    "by resources of the page": {
        4: b"<</XObject<</F 10 0 R" + b"".join(b"/F%d %d 0 R" % (n, n) for n in range(10, 50)) + b">>>>",
        **{n: form(b"", b"/F%d Do /F%d Do" % (n + 1, n + 1)) for n in range(10, 49)},
        49: form(b"", b"0 0 9 9 re f"),
    },
    "by a packed object": {
        4: b"<</XObject 7 0 R>>",
        8: stream(b"/Type/ObjStm/N 1/First 4", b"7 0 <</F 10 0 R>>"),
        **DOUBLED,
    },
    "each other": {4: b"<</XObject<</F 10 0 R>>>>", **{n: form(EACH_OTHER, ALL_OF_THEM) for n in range(10, 24)}},
    "as a picture": {
        4: b"<</XObject<</F 10 0 R>>>>",
        **{n: content.replace(b"/Subtype", b"/X<</Subtype/Image>>/Subtype") for n, content in DOUBLED.items()},
    },
    "a large one often": {5: stream(b"", b"/F Do " * 300), **LARGE},
}


@pytest.mark.parametrize("how", FORMS)
def test_forms_that_draw_each_other_are_weighed(how: str) -> None:
    with pytest.raises(PlanparseError) as caught:
        check_streams(pdf(FORMS[how]), DEFAULT)
    assert caught.value.code == "bomb"


def test_a_page_that_is_listed_often_is_weighed_as_often() -> None:
    check_streams(pdf(LARGE, b"3 0 R " * 200), DEFAULT)
    with pytest.raises(PlanparseError):
        check_streams(pdf(LARGE, b"3 0 R " * 300), DEFAULT)


def test_forms_of_many_pages_are_no_bomb() -> None:
    pages = {n: b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</XObject<</F %d 0 R>>>>>>" % (n + 300)
             for n in range(100, 400)}  # fmt: skip
    forms = {n: form(b"/Resources<</XObject<</F %d 0 R>>>>" % (n + 300), b"/F Do") for n in range(400, 700)}
    inner = {n: form(b"", b"0 0 9 9 re f " * 1_000) for n in range(700, 1000)}
    check_streams(pdf({**pages, **forms, **inner}, b" ".join(b"%d 0 R" % n for n in pages)), DEFAULT)
