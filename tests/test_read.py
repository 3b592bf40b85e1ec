"""Encodings, line ends, and what bad input gets."""

from __future__ import annotations

from pathlib import Path

import pytest

import planparse
from planparse.inputs import expand
from planparse.model import PlanparseError
from planparse.read.from_text import decode
from planparse.suffixes import KNOWN, NAMED_ONLY

TEXT = "二〇二五年工作计划\n一、任务\n年内新建学校５所，覆盖率达到９５％。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings(encoding: str, newline: str) -> None:
    content = TEXT.replace("\n", newline).encode(encoding)
    document = planparse.extract(content)
    assert document.text == TEXT.replace("\n", newline)
    assert [(t.indicator, t.value) for t in document.targets] == [("学校", 5), ("覆盖率", 95)]


@pytest.mark.parametrize(
    ("text", "encoding"), [("毛入园率达到九成", "gb18030"), ("计划", "utf-8"), ("学校５所", "gb18030")]
)
def test_short_texts_are_not_mistaken(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[:2] == (text, encoding)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\n ", "a.txt", "empty"),
        (bytes(range(256)) * 5, "a.bin", "binary"),
        (b"\xff\xfe\x00\xd8", "a.txt", "binary"),
        (b"\x81\x20\x99 \xfd\xff abc", "a.txt", "undecodable"),
        (b"PK\x03\x04 word", "a.docx", "damaged"),
        (b"<!DOCTYPE html><html></html>", "a.html", "no-text"),
        (b"%PDF-1.7\n%truncated", "a.pdf", "damaged"),
        (b"no header here", "a.pdf", "damaged"),
    ],
)
def test_bad_input_is_refused_with_advice(content: bytes, name: str, code: str) -> None:
    with pytest.raises(PlanparseError) as caught:
        planparse.extract(content, name=name)
    assert caught.value.code == code
    assert len(str(caught.value)) > 20


def test_a_text_that_begins_as_an_image_does_is_read() -> None:
    assert planparse.extract("BMI筛查覆盖率达到95%。".encode()).targets[0].value == 95


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.txt", "missing"), (tmp_path, "folder")):
        with pytest.raises(PlanparseError) as caught:
            planparse.extract(path)
        assert caught.value.code == code


@pytest.mark.parametrize("suffix", sorted(KNOWN - NAMED_ONLY))
def test_a_folder_holds_what_may_be_named(suffix: str, tmp_path: Path) -> None:
    for name in (f"plan{suffix}", f"PLAN2{suffix.upper()}", "photo.png", "data.csv", "notes"):
        (tmp_path / name).write_text("2025年计划")
    assert [path.name for path in expand(str(tmp_path))] == [f"PLAN2{suffix.upper()}", f"plan{suffix}"]


@pytest.mark.parametrize("suffix", [".shtml", ".xhtml", ".htm"])
def test_suffixes_of_pages_are_right(suffix: str) -> None:
    assert not planparse.extract("<html><body><p>新建学校5所。</p>".encode(), name=f"plan{suffix}").warnings


def test_pdf_with_a_password_and_without_text(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    locked, drawn = tmp_path / "locked.pdf", tmp_path / "drawn.pdf"
    canvas = Canvas(str(locked), encrypt=StandardEncryption("open", "own"))
    canvas.drawString(100, 100, "95%")
    canvas.save()
    canvas = Canvas(str(drawn))
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    for path, code in ((locked, "password"), (drawn, "no-text-layer")):
        with pytest.raises(PlanparseError) as caught:
            planparse.extract(path)
        assert caught.value.code == code
    assert planparse.extract(locked, password="open").text.strip() == "95%"


def test_a_page_without_text_is_said() -> None:
    import io

    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 100, "coverage 95%")
    canvas.showPage()
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    document = planparse.extract(out.getvalue(), name="half.pdf")
    assert document.status == "partial"
    assert [(w.code, w.page) for w in document.warnings if w.page] == [("page-without-text", 2)]


def test_what_cannot_be_seen_parts_no_number() -> None:
    document = planparse.extract("2025年计划\n\n新建学校1\u200b2\u00ad6所，建成公园3 4处。".encode())
    assert [(t.indicator, t.value) for t in document.targets][:1] == [("学校", 126)]


@pytest.mark.parametrize("between", ["………………", "......", "·········· ", "\t"])
def test_a_table_of_contents_is_no_outline(between: str) -> None:
    contents = f"目  录\n\n一、总体要求{between}1\n\n二、重点任务{between}12\n\n"
    document = planparse.extract(
        f"2025年计划\n\n{contents}一、总体要求\n\n新建学校5所。\n\n二、重点任务\n\n指标\t95\n".encode()
    )
    assert [(node.label, node.title) for node in document.outline] == [("一", "总体要求"), ("二", "重点任务")]
    assert [(s.quote[-2:], s.reason) for s in document.skipped if s.reason == "page-furniture"][-1] == (
        "12",
        "page-furniture",
    )
