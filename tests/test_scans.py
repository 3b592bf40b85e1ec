"""Pages that are pictures: recognised where the extra `ocr` is installed, said to be left out where it is not."""

from __future__ import annotations

import io
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
import typer
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import planparse
from conftest import ROOT, SAMPLES
from planparse.cli.console import USAGE
from planparse.cli.extract import check_ocr
from planparse.model import Document, PlanparseError
from planparse.read import scans

sys.path.insert(0, str(ROOT / "scripts"))
import twins
from scans import ScanCanvas

PLAN: list[twins.Block] = ["2025年工作计划", "一、目标", "年内新建学校5所，覆盖率达到95%。"]
needs_engine = pytest.mark.skipif(not scans.can_recognise(), reason="the extra `ocr` is not installed")


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "can_recognise", lambda: False)


def pictures(*pages: list[str]) -> list[Image.Image]:
    """Strips of pages with these lines."""
    canvas = ScanCanvas()
    for lines in pages:
        canvas.setFont("", 12)
        for number, line in enumerate(lines):
            canvas.drawString(60, 790 - 21 * number, line)
        canvas.showPage()
    return [page.crop((0, 0, page.width, page.height // 5)) for page in canvas.pages]


def saved(form: str, *pages: Image.Image) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, form, **({"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}))
    return out.getvalue()


def with_mark(page: Image.Image) -> bytes:
    """A PDF of a picture over which the scanner's program writes its name."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=page.size)
    canvas.drawImage(ImageReader(page), 0, 0)
    canvas.drawString(20, 5, "Scanned by some program")
    canvas.save()
    return out.getvalue()


def records(document: Document) -> list[tuple[object, ...]]:
    return [(t.indicator, t.value, t.page, t.ocr) for t in document.targets]


@needs_engine
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_a_scan_says_what_its_text_says(sample: Path) -> None:
    def facts(document: Document) -> Counter[tuple[object, ...]]:
        return Counter((t.indicator, t.value, t.unit, t.status, bool(t.table)) for t in document.targets)

    scan = planparse.extract(twins.as_scan(twins.blocks(sample)), name="scan.pdf")
    found, expected = facts(scan), facts(planparse.extract(sample))
    assert (found & expected).total() >= 0.95 * max(found.total(), expected.total())
    assert (scan.status, scan.warnings[0].code) == ("ok", "recognised-text")
    assert all(t.ocr and t.confidence < 0.9 for t in scan.targets)
    assert all(scan.text[t.start : t.end] == t.quote for t in scan.targets)


@needs_engine
def test_only_pages_without_text_are_recognised_unless_all_are_asked_for() -> None:
    pdf = pypdfium2.PdfDocument(twins.as_pdf(PLAN))
    pdf.import_pages(pypdfium2.PdfDocument(saved("PDF", *pictures(["二、投入", "投入资金3亿元。"]))))
    out = io.BytesIO()
    pdf.save(out)
    layer = [("学校", 5, 1, False), ("覆盖率", 95, 1, False)]
    mixed = planparse.extract(out.getvalue(), name="mixed.pdf")
    assert records(mixed) == [*layer, ("资金", 300000000, 2, True)]
    assert (mixed.status, [w.code for w in mixed.warnings]) == ("ok", ["recognised-text"])
    never = planparse.extract(out.getvalue(), name="mixed.pdf", ocr="never")
    assert records(never) == layer
    assert (never.status, [(w.code, w.page) for w in never.warnings]) == ("partial", [("page-without-text", 2)])
    always = planparse.extract(out.getvalue(), name="mixed.pdf", ocr="always")
    assert records(always) == [(*record[:3], True) for record in records(mixed)]


@needs_engine
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_read(form: str) -> None:
    pages = pictures(["2025年工作计划", "年内新建学校5所。"], ["覆盖率达到95%。"])[: 2 if form == "TIFF" else 1]
    document = planparse.extract(saved(form, *pages), name="plan." + form.lower())
    assert records(document) == [("学校", 5, 1, True), ("覆盖率", 95, 2, True)][: len(pages)]
    assert (document.document.media_type, document.document.pages) == (f"image/{form.lower()}", len(pages))


@needs_engine
def test_pages_beyond_the_limit_are_said() -> None:
    content = saved("PDF", *pictures(["2025年工作计划", "年内新建学校5所。"], ["覆盖率达到95%。"]))
    document = planparse.extract(content, limits=planparse.Limits(max_scanned_pages=1))
    assert records(document) == [("学校", 5, 1, True)]
    last = document.warnings[0]
    assert (document.status, last.code, last.page) == ("partial", "page-without-text", 2)
    assert "--limit max_scanned_pages=" in last.message


@needs_engine
def test_a_mark_over_a_picture_is_no_text_layer() -> None:
    content = with_mark(*pictures(["2025年工作计划", "年内新建学校5所。"]))
    assert records(planparse.extract(content, name="marked.pdf")) == [("学校", 5, 1, True)]
    never = planparse.extract(content, name="marked.pdf", ocr="never")
    assert (never.status, never.text.strip()) == ("partial", "Scanned by some program")


def scanned_ofd(pages: list[list[Image.Image]], text: str = "", ctm: str = "") -> bytes:
    """An OFD of pages that are strips of pictures, one below the other; with a text over the first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>")
        entries = "".join(f'<Page BaseLoc="Pages/{number}.xml"/>' for number in range(len(pages)))
        common = "<PageArea><PhysicalBox>0 0 210 59</PhysicalBox></PageArea><DocumentRes>DocumentRes.xml</DocumentRes>"
        package.writestr(
            "Doc_0/Document.xml", f"<Document><CommonData>{common}</CommonData><Pages>{entries}</Pages></Document>"
        )
        media = ""
        for number, strips in enumerate(pages):
            drawn = ""
            for at, strip in enumerate(strips):
                key, high = f"{number}-{at}", 59 / len(strips)
                package.writestr(f"Doc_0/Res/{key}.png", saved("PNG", strip))
                media += f'<MultiMedia ID="{key}" Type="Image"><MediaFile>{key}.png</MediaFile></MultiMedia>'
                place = ctm or f"210 0 0 {high} 0 0"
                drawn += f'<ImageObject ResourceID="{key}" Boundary="0 {high * at} 210 {high}" CTM="{place}"/>'
            over = f'<TextObject Boundary="5 5 90 4" Size="4"><TextCode>{text}</TextCode></TextObject>'
            package.writestr(f"Doc_0/Pages/{number}.xml", f"<Page>{drawn}{over if text and not number else ''}</Page>")
        package.writestr("Doc_0/DocumentRes.xml", f'<Res BaseLoc="Res"><MultiMedias>{media}</MultiMedias></Res>')
    return out.getvalue()


def halves(page: Image.Image) -> list[Image.Image]:
    middle = page.height // 2
    return [page.crop((0, 0, page.width, middle)), page.crop((0, middle, page.width, page.height))]


SCAN = pictures(["2025年工作计划", "", "年内新建学校5所。"], ["二、投入", "投入资金3亿元。"])


@needs_engine
@pytest.mark.parametrize(
    "content",
    [
        scanned_ofd([[SCAN[0]]], "扫描仪"),
        scanned_ofd([halves(SCAN[0])]),
        scanned_ofd([[SCAN[0].transpose(Image.Transpose.ROTATE_90)]], ctm="0 59 -210 0 210 0"),
    ],
    ids=["a mark over it", "strips", "turned"],
)
def test_pages_of_an_ofd_that_are_pictures_are_recognised(content: bytes) -> None:
    document = planparse.extract(content, name="scan.ofd")
    assert records(document) == [("学校", 5, 1, True)]
    assert (document.status, [w.code for w in document.warnings]) == ("ok", ["recognised-text"])


def test_pages_of_an_ofd_that_are_left_as_pictures_are_said() -> None:
    mixed = scanned_ofd([[], [SCAN[1]]], "2025年工作计划：年内新建学校5所。")
    document = planparse.extract(mixed, name="mixed.ofd", ocr="never")
    assert records(document) == [("学校", 5, 1, False)]
    assert (document.status, [(w.code, w.page) for w in document.warnings]) == ("partial", [("page-without-text", 2)])
    assert "--ocr never" in document.warnings[0].message


@needs_engine
def test_a_table_without_ruling_lines_is_said() -> None:
    rows = [f"{name}　　　{unit}　　　{now}　　　{then}" for name, unit, now, then in ROWS]
    document = planparse.extract(saved("PNG", *pictures(["2025年工作计划", *rows])), name="table.png")
    assert document.targets == []
    assert (document.status, "tables-not-read" in [w.code for w in document.warnings]) == ("partial", True)


ROWS = [("指标", "单位", "2020年", "2025年"), ("巩固率", "%", "—", "96.5"), ("学位", "个", "—", "800")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (twins.as_scan(PLAN), "no-text-layer"),
        (scanned_ofd([[SCAN[0]]]), "no-text-layer"),
        (saved("PNG", *pictures(["计划"])), "unsupported-format"),
        (saved("TIFF", *pictures(["计划"])), "unsupported-format"),
    ],
    ids=["pdf", "ofd", "png", "tiff"],
)
def test_without_the_extra_its_name_is_said(no_engine: None, content: bytes, code: str) -> None:
    with pytest.raises(PlanparseError, match=r"planparse\[ocr\]") as caught:
        planparse.extract(content)
    assert caught.value.code == code


def test_recognition_that_is_asked_for_must_be_there(no_engine: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PlanparseError, match=r"planparse\[ocr\]"):
        planparse.extract(twins.as_pdf(PLAN), ocr="always")
    with pytest.raises(typer.Exit) as caught:
        check_ocr("always")
    assert caught.value.exit_code == USAGE
    assert "planparse[ocr]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (saved("PNG", Image.new("1", (10_000, 9_500))), "too-large"),
        (saved("PNG", Image.new("1", (20_000, 10_000))), "too-large"),
        (saved("TIFF", *[Image.new("1", (4, 4))] * 301), "too-large"),
        (saved("JPEG", Image.new("L", (900, 900)))[:700], "damaged"),
        (b"\x89PNG and no more", "damaged"),
    ],
    ids=["large", "bomb", "pages", "cut", "head"],
)
def test_pictures_that_are_refused(monkeypatch: pytest.MonkeyPatch, content: bytes, code: str) -> None:
    monkeypatch.setattr(scans, "can_recognise", lambda: True)
    with pytest.raises(PlanparseError) as caught:
        planparse.extract(content, name="picture")
    assert caught.value.code == code


@pytest.mark.parametrize("limit", ["max_pixels", "max_scanned_pages"])
def test_a_refused_picture_names_its_limit(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(scans, "can_recognise", lambda: True)
    with pytest.raises(PlanparseError, match=f"--limit {limit}="):
        planparse.extract(saved("TIFF", *[Image.new("1", (4, 4))] * 2), limits=planparse.Limits(**{limit: 1}))
