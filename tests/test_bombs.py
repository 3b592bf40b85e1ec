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
