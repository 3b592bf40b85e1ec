"""Pages that are pictures: recognised where the extra `ocr` is installed, said to be left out where it is not."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
import typer
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import planparse
from conftest import ROOT, SAMPLES
from planparse.cli.console import USAGE, check_ocr
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


def pictures(*pages: list[str], state: str = "fair") -> list[Image.Image]:
    """Strips of paper with these lines."""
    canvas = ScanCanvas(state, height=360)
    for lines in pages:
        canvas.setFont("", 12)
        for number, line in enumerate(lines):
            canvas.drawString(60, 310 - 21 * number, line)
        canvas.showPage()
    return canvas.pages


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


@needs_engine
def test_pages_of_an_ofd_that_are_left_as_pictures_are_said() -> None:
    mixed = scanned_ofd([[], [SCAN[1]]], "2025年工作计划：年内新建学校5所。")
    document = planparse.extract(mixed, name="mixed.ofd", ocr="never")
    assert records(document) == [("学校", 5, 1, False)]
    assert (document.status, [(w.code, w.page) for w in document.warnings]) == ("partial", [("page-without-text", 2)])
    assert "--ocr never" in document.warnings[0].message


LINES = ["2025年工作计划", "年内新建学校5所，改造教室120间。", "义务教育巩固率达到98.5%，入园率不低于92%。"]
TARGETS = [("学校", 5, 1, True), ("教室", 120, 1, True), ("义务教育巩固率", 98.5, 1, True), ("入园率", 92, 1, True)]


@needs_engine
@pytest.mark.parametrize(
    "state",
    ["askew to the left", "speckled", "shown through", "stamped", "turned to the left"],
)
def test_what_a_person_can_read_is_read(state: str) -> None:
    document = planparse.extract(saved("PDF", *pictures(LINES, state=state)), name="scan.pdf")
    assert records(document) == TARGETS


INDICATORS: twins.Rows = [
    ["指标", "单位", "2020年", "2025年", "属性"],
    ["义务教育巩固率", "%", "95.2", "98", "约束性"],
    ["新增学位数", "个", "—", "12000", "预期性"],
    ["人均预期寿命", "岁", "77.3", "78.5", "预期性"],
    ["养老床位数", "张", "860", "1500", "约束性"],
]


@needs_engine
@pytest.mark.parametrize("rules", ["level", "none"])
def test_a_table_without_upright_rules_says_what_its_text_says(rules: Literal["level", "none"]) -> None:
    def cells(document: Document) -> list[tuple[object, ...]]:
        return [(t.indicator, t.value, t.unit, t.binding, t.status, t.time, t.table) for t in document.targets]

    plan: list[twins.Block] = ["公共服务规划（2021—2025年）", "主要指标如下。", INDICATORS]
    scan = planparse.extract(twins.as_scan(plan, rules=rules), name="scan.pdf")
    assert len(scan.targets) == 7
    assert cells(scan) == cells(planparse.extract(twins.as_text(plan, 40).encode(), name="plan.txt"))
    assert (scan.status, [w.code for w in scan.warnings]) == ("ok", ["recognised-text"])


@needs_engine
def test_a_table_that_is_not_certain_is_said() -> None:
    rows = [f"{place}　　　　{school}　　　　{name}" for place, school, name in PEOPLE]
    document = planparse.extract(saved("PNG", *pictures(["2025年工作计划", *rows])), name="table.png")
    assert document.targets == []
    assert (document.status, "tables-not-read" in [w.code for w in document.warnings]) == ("partial", True)


PEOPLE = [("东城", "第一小学", "王老师"), ("西城", "第二中学", "李老师"), ("南城", "实验学校", "张老师")]


class Recognised:
    """What the engine would say of a page: lines with the place of their left upper corner, and doubtful characters."""

    def __init__(self, *lines: tuple[int, int, str], size: int = 25, doubtful: str = "") -> None:
        self.txts = tuple(text for _, _, text in lines)
        self.scores = tuple(0.97 for _ in lines)
        import numpy

        self.boxes = numpy.array([self.box(x, y, x + size * len(text), y + size) for x, y, text in lines])
        self.word_results = tuple(
            [
                (char, 0.5 if char in doubtful else 0.99, self.box(x + size * i, y, x + size * i + size, y + size))
                for i, char in enumerate(text)
            ]
            for x, y, text in lines
        )

    @staticmethod
    def box(left: int, top: int, right: int, bottom: int) -> list[list[float]]:
        return [[left, top], [right, top], [right, bottom], [left, bottom]]


PAPER = saved("PNG", Image.new("L", (1240, 1754), "white"))


@needs_engine
def test_a_figure_that_is_hard_to_read_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Recognised((150, 200, "2025年工作计划"), (200, 250, "年内新建学校5所，改造教室7间。"), doubtful="7")
    monkeypatch.setattr(scans, "_engine", lambda: lambda *_, **__: found)
    document = planparse.extract(PAPER, name="plan.png")
    school, room = document.targets
    assert (school.value, room.value) == (5, 7)
    assert room.confidence < 0.6 < school.confidence
    assert [w.message for w in document.warnings if w.code == "doubtful-text"] == [
        "page 1 is hard to read at: …校5所，改造教室7"
    ]


@needs_engine
def test_a_note_at_the_margin_is_no_part_of_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [(150, 200 + 50 * n, "各区要抓好落实，确保各项任务按期完成，着力新建改建中小学校舍共") for n in range(4)]
    found = Recognised(*lines, (1000, 205, "同意3人"), (150, 400, "5所。"))
    monkeypatch.setattr(scans, "_engine", lambda: lambda *_, **__: found)
    document = planparse.extract(PAPER, name="plan.png")
    assert [t.value for t in document.targets] == [5]
    assert "同意" not in document.targets[0].sentence
    assert [(s.quote.strip(), s.reason) for s in document.skipped] == [("同意3人", "page-furniture")]


# pdfium takes lines of the same words for one, where the machine has no font to measure them by
TASKS = [f"各区要抓好{task}，确保各项任务按期完成。" for task in ("春耕", "防汛", "秋收", "冬训", "普查")]
LAYER = "\n".join(["2025年工作计划", *TASKS, "年内新建学校5所。"])


def with_layer(text: str, *, strips: int = 1, under: bool = False, mode: int = 3) -> bytes:
    """A PDF of a picture, in strips, and a text layer over or under it; mode 3 is invisible."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 400))
    draw = [lambda: canvas.drawText(layer)]
    layer = canvas.beginText(40, 360)
    layer.setFont(twins.FONT, 12)
    layer.setTextRenderMode(mode)
    for line in text.splitlines():
        layer.textLine(line)
    paper = ImageReader(Image.new("L", (600, 400 // strips), "white"))
    strip = [partial(canvas.drawImage, paper, 0, 400 * n / strips, 600, 400 / strips) for n in range(strips)]
    for step in [*draw, *strip] if under else [*strip, *draw]:
        step()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("under", [True, False])
def test_what_another_program_recognised_is_said(under: bool) -> None:
    document = planparse.extract(with_layer(LAYER, under=under, mode=0 if under else 3), name="scan.pdf")
    assert [(t.value, t.ocr, t.confidence < 0.9) for t in document.targets] == [(5, True, True)]
    assert [w.code for w in document.warnings] == ["recognised-text"]
    assert "--ocr always" in document.warnings[0].message


def test_a_background_is_no_scan() -> None:
    document = planparse.extract(with_layer(LAYER, mode=0), name="plan.pdf")
    assert [(t.value, t.ocr) for t in document.targets] == [(5, False)]
    assert not document.warnings


def test_a_layer_of_another_script_is_no_text(no_engine: None) -> None:
    with pytest.raises(PlanparseError, match="garbled"):
        planparse.extract(with_layer("2O25{J^Itf^il iS:A^^3iLTt, ff^\n" * 8), name="scan.pdf")


def test_a_page_of_pictures_in_strips_has_no_text(no_engine: None) -> None:
    document = planparse.extract(with_layer("Scanned by some program", strips=4, mode=0), name="scan.pdf")
    assert (document.status, document.warnings[0].code) == ("partial", "page-without-text")


@needs_engine
@pytest.mark.parametrize("size", [(1, 1), (1, 2000), (2000, 1)])
def test_a_strip_of_paper_is_no_text(size: tuple[int, int]) -> None:
    with pytest.raises(PlanparseError) as caught:
        planparse.extract(saved("PNG", Image.new("L", size, "white")), name="strip.png")
    assert caught.value.code == "no-text"


@needs_engine
def test_threads_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(saved("PNG", *pictures(LINES, state="copied")))

    def output(threads: str) -> bytes:
        command = [sys.executable, "-m", "planparse", "extract", "scan.png", "-f", "json"]
        environment = {**os.environ, "OMP_NUM_THREADS": threads}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True).stdout

    assert output("1") == output("2") != b""


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
