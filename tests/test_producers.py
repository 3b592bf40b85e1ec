"""What programs that write PDF files do to a text: signs of their own, fonts left out, sizes below zero, grounds."""

from __future__ import annotations

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

import planparse
from planparse.model import ReadError
from planparse.read import read_bytes
from planparse.read.page_layout import Run
from planparse.read.page_reader import PageReader
from test_pages import PLAN, VALUES, Draw, pdf, read, twins, write

FONT = b"<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /%s /DescendantFonts [<</Type /Font "
CID = b"/Subtype /CIDFontType0 /BaseFont /%s /DW 1000 "
ORDER = b"/CIDSystemInfo <</Registry (Adobe) /Ordering (%s) /Supplement 0>>>>]>>"


def raw(content: bytes, font: bytes) -> bytes:
    """A PDF of one page, without the table of places: pdfium makes it anew."""
    return (
        b"%%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj\n"
        b"3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources <</Font <</F 5 0 R>>>>>> endobj\n"
        b"4 0 obj <</Length %d>> stream\n%s\nendstream endobj\n5 0 obj %s endobj\ntrailer <</Root 1 0 R>>\n%%%%EOF"
        % (len(content), content, font)
    )


@pytest.mark.parametrize(
    ("text", "encoding", "codec", "order"),
    [
        ("二、培训教师72人，覆盖率达到95%。", b"GBK-EUC-H", "gbk", b"GB1"),
        ("二、培訓教師72人，覆蓋率達到95%。", b"ETenms-B5-H", "big5", b"CNS1"),
        ("二、培訓教師72人，覆蓋率達到95%。", b"ETen-B5-H", "big5", b"CNS1"),
    ],
)
@pytest.mark.parametrize("together", [True, False])
def test_fonts_that_the_file_does_not_hold(
    text: str, encoding: bytes, codec: str, order: bytes, together: bool
) -> None:
    """Set in one piece, or hanzi by hanzi: of a font that is nowhere, a single hanzi has no box."""
    pieces = [text] if together else list(text)
    shown = [b"1 0 0 1 %d 740 Tm <%s> Tj" % (72 + 12 * n, p.encode(codec).hex().encode()) for n, p in enumerate(pieces)]
    content = b"BT /F 12 Tf\n" + b"\n".join(shown) + b"\nET"
    name = b"Nowhere-Light"
    document = planparse.extract(raw(content, FONT % (name, encoding) + CID % name + ORDER % order))
    assert document.text.strip() == text
    assert [t.value for t in document.targets] == [72, 95]


def test_words_for_glyphs_without_a_shape() -> None:
    """As an office program writes them that lacks the font; the page may be without others, so it says so."""
    words = "二、培训教师72人，覆盖率达到95%。"
    spans = [
        b"/Span <</ActualText <FEFF%s>>> BDC 1 0 0 1 %d 740 Tm <01> Tj EMC"
        % (character.encode("utf-16-be").hex().upper().encode(), 72 + 12 * n)
        for n, character in enumerate(words)
    ]
    font = b"<</Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 1"
    font += b" /LastChar 1 /Widths [1000] /Encoding <</Differences [1 /x]>> /CharProcs <<>> /Resources <<>>>>"
    document = planparse.extract(raw(b"BT /F 12 Tf\n" + b"\n".join(spans) + b"\nET", font))
    assert document.text.strip() == words
    assert [t.value for t in document.targets] == [72, 95]
    assert (document.status, [w.code for w in document.warnings]) == ("partial", ["glyphs-without-characters"])


@pytest.mark.parametrize(
    ("box", "codes"),
    [((200, 770, 195, 24), ["picture-not-read"]), ((40, 770, 195, 24), []), ((260, 760, 75, 60), [])],
    ids=["a title", "a logo", "an emblem"],
)
def test_a_title_that_is_a_picture(box: tuple[int, int, int, int], codes: list[str]) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, PLAN)
        canvas.drawInlineImage(Image.new("L", (60, 12), 128), *box)

    document = planparse.extract(pdf(draw))
    assert [w.code for w in document.warnings] == codes
    assert document.status == ("partial" if codes else "ok")


MIRRORED = {
    "size below zero in a turned line": (-12, (-1, 0, 0, -1), (1, 0, 0, 1)),
    "size below zero on a turned page": (-12, (1, 0, 0, 1), (-1, 0, 0, -1)),
    "upside down twice": (12, (1, 0, 0, -1), (1, 0, 0, -1)),
    "mirrored at both axes": (-12, (-1, 0, 0, 1), (1, 0, 0, -1)),
}


@pytest.mark.parametrize("way", MIRRORED)
def test_upright_text_of_a_mirrored_line_reads_from_the_left(way: str) -> None:
    size, line, page = MIRRORED[way]

    def draw(canvas: Canvas) -> None:
        for n, words in enumerate(PLAN):
            canvas.saveState()
            canvas.translate(72 + (24 if words.startswith("　") else 0), 740 - 21 * n)
            canvas.transform(*page, 0, 0)
            text = canvas.beginText()
            text.setFont(twins.FONT, size)
            text.setTextTransform(*line, 0, 0)
            text.textOut(words.strip())
            canvas.drawText(text)
            canvas.restoreState()

    assert read(pdf(draw)) == (VALUES, [])


def test_signs_of_founder_typesetters() -> None:
    """Period, minus and dash stand among the private characters, with the gap of their narrow glyphs behind them."""
    signs = b"1 begincodespacerange <00> <ff> endcodespacerange "
    signs += b"3 beginbfchar <41> <E010> <42> <E011> <43> <E012> endbfchar"
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R>> endobj\n"
    font += b"6 0 obj <</Length %d>> stream\n%s\nendstream"
    digits = b"".join(b" <%02x> <ff1%x>" % (48 + n, n) for n in range(10))
    signs += b" 10 beginbfchar" + digits + b" endbfchar"
    content = b"BT /F 12 Tf 72 740 Td (0A4 1998C2008 B3) Tj ET"
    assert read_bytes(raw(content, font % (len(signs), signs)), "a.pdf").text.strip() == "０.４ １９９８—２００８ -３"


def test_a_glyph_for_a_radical_and_its_hanzi_is_one_character() -> None:
    codes = b"1 begincodespacerange <00> <ff> endcodespacerange "
    codes += b"3 beginbfchar <41> <2FBC9AD8> <42> <4E2D> <43> <2FBC> endbfchar"
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R>> endobj\n"
    font += b"6 0 obj <</Length %d>> stream\n%s\nendstream"
    content = raw(b"BT /F 12 Tf 72 740 Td (AB) Tj 0 -30 Td (CA) Tj ET", font % (len(codes), codes))
    assert read_bytes(content, "a.pdf").text.split() == ["高中", "高高"]


def browser_boxes(canvas: Canvas) -> None:
    """The grounds that browsers print: white, the frames of the page's parts, wider than the text."""
    canvas.setFillColorRGB(1, 1, 1)
    for box in ((18, 56, 560, 730), (18, 650, 560, 100), (18, -4000, 560, 4650), (300, 640, 30, 20)):
        canvas.rect(*box, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0, 0)
    write(canvas, PLAN)


def coloured_ground(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.9, 0.95, 1)
    for y in (730, 690, 640):
        canvas.rect(60, y, 480, 40, fill=1, stroke=0)
        canvas.rect(80, y, 440, 40, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0, 0)
    write(canvas, PLAN)


@pytest.mark.parametrize("draw", [browser_boxes, coloured_ground])
def test_the_ground_of_a_text_is_no_table(draw) -> None:  # type: ignore[no-untyped-def]
    content = pdf(draw)
    assert read_bytes(content, "a.pdf").tables == ()
    assert read(content) == (VALUES, [])


def test_cells_on_a_white_ground_are_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(18, 56, 560, 730, fill=1, stroke=0)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont(twins.FONT, 12)
        for row, cells in enumerate((("指标", "2025年"), ("新增学位（个）", "300"), ("覆盖率（%）", "95"))):
            for column, text in enumerate(cells):
                canvas.rect(72 + 150 * column, 700 - 20 * row, 150, 20)
                canvas.drawString(80 + 150 * column, 705 - 20 * row, text)

    (table,) = read_bytes(pdf(draw), "a.pdf").tables
    rows = [[cell.text for cell in row if cell] for row in table.rows]
    assert rows[1:] == [["新增学位（个）", "300"], ["覆盖率（%）", "95"]]


def test_lines_without_height_are_lines() -> None:
    """Boxes may have no height, or next to none: nothing is divided by it."""
    reader = PageReader()
    flat = Run(72, 700, 200, 700, "一、目标"), Run(72, 640, 200, 640, "新建5所")
    reader.read([*flat, Run(72, 600, 200, 612, "完")], [], 842)
    assert reader.source("a", "application/pdf", "", advice="").text.split() == ["一、目标", "新建5所", "完"]


def test_a_table_that_is_open_to_the_left_and_right() -> None:
    """Standards set tables so: level rules from side to side, upright ones only between the columns."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(twins.FONT, 12)
        for row, cells in enumerate(
            (("序号", "项目", "限值"), ("1", "总磷", "0.5"), ("2", "总氮", "15"), ("3", "色度", "30"))
        ):
            canvas.line(72, 720 - 20 * row, 372, 720 - 20 * row)
            for column, text in enumerate(cells):
                canvas.drawString(80 + 100 * column, 705 - 20 * row, text)
        canvas.line(72, 640, 372, 640)
        canvas.line(172, 640, 172, 720)
        canvas.line(272, 640, 272, 720)
        write(canvas, PLAN, y=600)

    content = pdf(draw)
    (table,) = read_bytes(content, "a.pdf").tables
    rows = [[cell.text for cell in row if cell] for row in table.rows]
    assert rows[0] == ["序号", "项目", "限值"]
    assert rows[3] == ["3", "色度", "30"]


def test_words_end_where_a_ruling_line_runs_through_them() -> None:
    """Cells so narrow that no blank is between their words; a figure that is raised in a number, and in brackets."""

    def draw(canvas: Canvas) -> None:
        for row in range(3):
            canvas.setFont(twins.FONT, 12)
            canvas.rect(72, 700 - 20 * row, 36, 20)
            canvas.rect(108, 700 - 20 * row, 60, 20)
            canvas.drawString(72, 705 - 20 * row, ("项目名", "甲乙丙", "丁戊己")[row])
            canvas.drawString(108, 705 - 20 * row, ("上限值", "10", "2026")[row])
            canvas.setFont(twins.FONT, 6)
            canvas.drawString(
                108 + canvas.stringWidth(("", "10", "2026")[row], twins.FONT, 12), 711 - 20 * row, ("", "3", "(1)")[row]
            )

    (table,) = read_bytes(pdf(draw), "a.pdf").tables
    rows = [[cell.text for cell in row if cell] for row in table.rows]
    assert rows == [["项目名", "上限值"], ["甲乙丙", "10³"], ["丁戊己", "2026(¹)"]]


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(72, 500)
    text.setFont(twins.FONT, 12)
    text.setTextRenderMode(3)
    text.textOut("另建仓库99座")
    canvas.drawText(text)


def white_on_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 500, "另建仓库99座")


def beside_the_page(canvas: Canvas) -> None:
    canvas.drawString(700, 740, "另建仓库99座")


def clear(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(72, 500, "另建仓库99座")


@pytest.mark.parametrize("draw", [invisible, white_on_white, beside_the_page, clear])
def test_what_no_viewer_shows_is_no_text(draw) -> None:  # type: ignore[no-untyped-def]
    def page(canvas: Canvas) -> None:
        write(canvas, PLAN)
        draw(canvas)

    assert read(pdf(page)) == (VALUES, ["另建仓库99座"])


def test_white_text_on_a_dark_ground_is_seen() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0.2, 0.5)
        canvas.rect(60, 480, 300, 40, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont(twins.FONT, 12)
        canvas.drawString(72, 500, "新建仓库99座。")
        canvas.setFillColorRGB(0, 0, 0)
        write(canvas, PLAN)

    assert read(pdf(page)) == ([*VALUES, 99], [])


def code(text: str) -> bytes:
    return b"<" + text.encode("gbk").hex().encode() + b"> Tj"


def test_a_glyph_without_a_character_is_said_to_be_missing() -> None:
    """A few of them leave the page, many make it no text."""
    known = FONT % (b"Nowhere", b"GBK-EUC-H") + CID % b"Nowhere" + ORDER % b"GB1"
    unknown = b"<</Type /Font /Subtype /Type1 /BaseFont /Odd /Encoding <</Differences [65 /g65 /g66]>>>>"

    def page(glyphs: bytes) -> bytes:
        plan = b"BT /F 12 Tf 72 740 Td " + code("二、培训教师72人，覆盖率达到95%。")
        content = raw(plan + b" 0 -20 Td /G 12 Tf (%s) Tj ET" % glyphs, known + b" endobj 6 0 obj " + unknown)
        return content.replace(b"/F 5 0 R", b"/F 5 0 R /G 6 0 R")

    few = read_bytes(page(b"AB 5"), "a.pdf", ocr="never")
    assert [(w.code, w.page) for w in few.warnings] == [("glyphs-without-characters", 1)]
    assert planparse.extract(page(b"AB 5"), ocr="never").status == "partial"
    with pytest.raises(ReadError, match="garbled"):
        read_bytes(page(b"ABABABABABABAB"), "a.pdf", ocr="never")


def test_a_page_of_mistaken_hanzi_is_doubtful() -> None:
    """The bytes of the text were read in another encoding before they were set."""
    plan = "临江区二〇二五年工作计划：新建学校五所，改造道路三百公里，培训教师两千名，新增学位1260个，确保如期见效。"
    wrong = plan.encode("utf-8").decode("gbk", "ignore")
    for text, codes in ((plan, []), (wrong, ["doubtful-text"])):
        content = b"BT /F 10 Tf 72 740 Td " + code(text) + b" ET"
        font = FONT % (b"Nowhere", b"GBK-EUC-H") + CID % b"Nowhere" + ORDER % b"GB1"
        assert [w.code for w in read_bytes(raw(content, font), "a.pdf", ocr="never").warnings] == codes


def test_a_blank_page_lacks_nothing() -> None:
    """The back of a title page, with the rule of its head; words drawn as paths are text that is missing."""

    def back(canvas: Canvas) -> None:
        canvas.line(72, 780, 500, 780)

    def drawn(canvas: Canvas) -> None:
        for n in range(40):
            canvas.line(72 + 9 * n, 700, 76 + 9 * n, 712)

    content = pdf(lambda canvas: write(canvas, PLAN), back, drawn)
    assert [(w.code, w.page) for w in read_bytes(content, "a.pdf").warnings] == [("page-without-text", 3)]


def test_rows_that_no_rule_divides_are_told_by_their_numbers() -> None:
    """Standards rule the head off, and leave the rows below it to their numbers."""
    columns = [["1", "2", "", "3"], ["总磷", "苯并芘", "", "色度"], ["0.5", "0.001", "0.004", "30"]]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(twins.FONT, 12)
        for column, (head, cells) in enumerate(zip(("序号", "项目", "限值"), columns, strict=True)):
            canvas.rect(72 + 100 * column, 700, 100, 20)
            canvas.rect(72 + 100 * column, 610, 100, 90)
            canvas.drawString(80 + 100 * column, 705, head)
            for row, text in enumerate(cells):
                canvas.drawString(80 + 100 * column, 680 - 20 * row, text)
        write(canvas, PLAN, y=580)

    (table,) = read_bytes(pdf(draw), "a.pdf").tables
    rows = [[cell.text for cell in row if cell] for row in table.rows]
    assert rows == [["序号", "项目", "限值"], ["1", "总磷", "0.5"], ["2", "苯并芘", "0.001 0.004"], ["3", "色度", "30"]]


@pytest.mark.parametrize(
    "name, mark", [("铅及其化合物", "a"), ("总VOC", "a"), ("甲苯", "a"), ("热处理炉 ", "a"), ("甲苯", "c,d")]
)
def test_a_raised_letter_is_the_mark_of_a_note(name: str, mark: str) -> None:
    def draw(canvas: Canvas) -> None:
        for row, cells in enumerate((("指标", "2025年"), (name, "300"), ("氨", "95"))):
            for column, text in enumerate(cells):
                canvas.rect(72 + 150 * column, 700 - 20 * row, 150, 20)
                canvas.setFont(twins.FONT, 12)
                canvas.drawString(80 + 150 * column, 705 - 20 * row, text)
                canvas.setFont(twins.FONT, 7)
                if row == 1:
                    canvas.drawString(
                        80 + 150 * column + canvas.stringWidth(text, twins.FONT, 12), 710 - 20 * row, mark
                    )
        write(canvas, [*PLAN[:2], "按表a的要求，新增a类学位600个。"], y=580)

    document = planparse.extract(pdf(draw))
    assert [(t.indicator, t.value) for t in document.targets if t.table] == [(name.strip(), 300), ("氨", 95)]
    raised = mark.translate(str.maketrans("acd", "ᵃᶜᵈ"))
    assert f"{name}{raised}\t300{raised}" in document.text
    assert "按表a的要求，新增a类学位600个。" in document.text


@pytest.mark.parametrize("caption", ["表1 各镇学位（个）", "续表2　各镇学位", "附表3 学位", "表 A.1 学位"])
def test_the_name_of_a_table_at_the_head_of_a_page_is_no_running_head(caption: str) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, ["LJ 12—2025"], y=800, size=9)
            if number == 2:
                write(canvas, [caption], y=775, size=9)
            write(canvas, [line.replace("，", f"，{'甲乙丙'[number - 1]}类", 1) for line in PLAN])
            write(canvas, [str(number)], y=42, size=9)

        return draw

    source = read_bytes(pdf(*map(page, (1, 2, 3))), "a.pdf")
    furniture = [source.text[span.start : span.end] for span in source.furniture]
    assert furniture == ["LJ 12—2025", "1", "LJ 12—2025", "2", "LJ 12—2025", "3"]
