"""What stands on a page beside its text: heads and feet, notes, stamps, watermarks; pages set sideways; OFD's ways."""

from __future__ import annotations

import io
import math
import sys
import zipfile
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import planparse
from conftest import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import twins

PLAN = [
    "临江区2025年工作计划",
    "　　年内新建学校5所，覆盖率达到95%，全部镇街都要按照统一的",
    "部署完成改造任务，确保如期见效。",
    "　　新增学位1260个，选派近50名骨干教师到乡村任教，全部镇街都",
    "要建立责任清单，改造校舍面积300平方米，培训教师72人次。",
]
VALUES = [5, 95, 1260, 50, 300, 72]
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write(canvas: Canvas, lines: list[str], y: float = 740, size: float = 12, leading: float = 21) -> None:
    canvas.setFont(twins.FONT, size)
    for n, line in enumerate(lines):
        canvas.drawString(72 + (24 if line.startswith("　") else 0), y - leading * n, line.lstrip("　"))


def read(content: bytes) -> tuple[list[float | None], list[str]]:
    """The values of the targets, and the page furniture that holds a number."""
    document = planparse.extract(content)
    assert {w.code for w in document.warnings} <= {"time-not-understood"}  # these plans have no year
    furniture = [s.quote for s in document.skipped if s.reason == "page-furniture"]
    return [t.value for t in document.targets], furniture


FEET = [
    ("— {} —", "— 3 —"),
    ("- {} -", "- 3 -"),
    ("第 {} 页 共 12 页", "第 3 页 共 12 页"),
    ("{}/12", "3/12"),
    ("{}", "3"),
    ("2025年3月15日 第{}版", "2025年3月15日 第3版"),
]


@pytest.mark.parametrize(("form", "third"), FEET)
@pytest.mark.parametrize("size", [9, 12, 14])
def test_heads_and_feet_make_no_record(form: str, third: str, size: float) -> None:
    """A head and a foot of any print: the first page has another head than the left and right ones."""
    heads = ["临江区人民政府文件 2025年3月15日", "二、扩大学位300个", "临江区公报 2025年第3期", "三、培训教师20人"]

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            body = [line.replace("，", f"，{'甲乙丙丁'[number - 1]}类", 1) for line in PLAN]
            write(canvas, body if number == 1 else body[1:])
            write(canvas, [heads[number - 1]], y=A4[1] - 42, size=size)
            canvas.drawCentredString(A4[0] / 2, 40, form.format(number))

        return draw

    values, furniture = read(pdf(*map(page, range(1, 5))))
    assert values == VALUES * 4
    assert set(heads) <= set(furniture)
    assert third in furniture


@pytest.mark.parametrize(
    "tops", [["新增学位300个。"] * 2, ["1.新增学位200个。", "2.新增学位400个。", "3.新增学位900个。"]]
)
@pytest.mark.parametrize("y", [800, 785])
def test_what_pages_begin_with_is_no_head(tops: list[str], y: float) -> None:
    """Text at the very top of its page, which recurs but for its number."""

    def page(top: str, rest: list[str]) -> Draw:
        return lambda canvas: write(canvas, [top, *rest], y=y)

    body = [[line.replace("，", f"，{mark}类", 1) for line in PLAN[1:]] for mark in "甲乙丙"]
    values, furniture = read(pdf(*(page(top, rest) for top, rest in zip(tops, body, strict=False))))
    assert values == [v for top in tops for v in (int(top[-5:-2]), *VALUES)]
    assert not furniture


def test_the_foot_of_a_cover_is_no_running_foot() -> None:
    """It stands as low as the page numbers, in large letters."""

    def cover(canvas: Canvas) -> None:
        write(canvas, ["船舶涂装作业排放标准"], y=560, size=22)
        write(canvas, ["临江省渔业厅", "发布", "临江省港务局"], y=78, size=18, leading=24)

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, [line.replace("，", f"，{'甲乙丙丁'[number]}类", 1) for line in PLAN[1:]])
            write(canvas, [str(number)], y=42, size=9)

        return draw

    document = planparse.extract(pdf(cover, *map(page, (1, 2, 3))))
    assert document.document.issuer == "临江省渔业厅 临江省港务局"


def test_a_title_in_smaller_letters_is_no_head() -> None:
    """On the second page of a browser's print, right below the head."""
    head = "渔港管理规定 - 渔业网 http://example.org/2025/1.htm"

    def page(lines: list[str], size: float) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, [head], y=820, size=8)
            write(canvas, lines, y=796, size=size, leading=16)
            write(canvas, PLAN[1:] * 5, y=796 - 16 * len(lines), size=15)

        return draw

    title = ["临江省渔港管理规定", "临江省渔业厅 2025-01-01"]
    assert title[0] in planparse.extract(pdf(page([], 12), page(title, 12), page([], 12))).text.replace(head, "")
    document = planparse.extract(pdf(page(title, 11), page([], 11), page([], 11)))
    assert document.document.title == title[0]


def stamp(canvas: Canvas) -> None:
    write(canvas, PLAN)
    canvas.setFillColorRGB(0.8, 0, 0)
    canvas.translate(330, 690)
    for n, character in enumerate("临江区人民政府办公室12"):
        angle = math.radians(150 - 11 * n)
        canvas.saveState()
        canvas.translate(45 * math.cos(angle), 45 * math.sin(angle))
        canvas.rotate(math.degrees(angle) - 90)
        canvas.drawString(0, 0, character)
        canvas.restoreState()
    canvas.drawCentredString(0, 20, "公文专用章7")
    canvas.setStrokeColorRGB(0.8, 0, 0)
    canvas.circle(0, 0, 60)
    canvas.drawCentredString(0, -45, "第36号")


def watermarks(canvas: Canvas) -> None:
    write(canvas, PLAN)
    canvas.setFillColorRGB(0.85, 0.85, 0.85)
    canvas.setFont(twins.FONT, 60)
    canvas.drawString(90, 680, "征求意见稿3")
    canvas.translate(150, 500)
    canvas.rotate(45)
    canvas.drawString(0, 0, "内部资料8")


def sideways(canvas: Canvas) -> None:
    canvas.setPageRotation(90)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    write(canvas, PLAN, y=500)


@pytest.mark.parametrize(("draw", "aside"), [(stamp, "12公文专用章7第36号"), (watermarks, "内部资料8"), (sideways, "")])
def test_what_is_set_over_the_text_stays_out_of_it(draw: Draw, aside: str) -> None:
    values, furniture = read(pdf(draw))
    assert values == VALUES
    assert set(aside) <= set("".join(furniture))


def test_a_note_may_be_marked_at_the_start_of_a_line() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, [*PLAN[:3], "全部学校满意度", "保持在96%以上，确保如期见效。"])
        canvas.setFont(twins.FONT, 7)
        canvas.drawString(68, 740 - 21 * 4 + 5, "1")
        write(canvas, ["1 满意度按2020年的口径计算。"], y=115, size=9)

    values, furniture = read(pdf(draw))
    assert values == [5, 95, 96]
    assert "".join(furniture) == "1 满意度按2020年的口径计算。"


def test_banners_of_two_names() -> None:
    """文件 stands behind both of them, and touches the lines of both; a number beside a tall word is not raised."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(twins.FONT, 30)
        canvas.drawString(100, 760, "临江区发展和改革局")
        canvas.drawString(100, 728, "临江区教育体育局")
        canvas.drawString(400, 744, "文件")
        canvas.setFont(twins.FONT, 12)
        canvas.drawString(72, 690, "分类号 66")
        canvas.setFont(twins.FONT, 24)
        canvas.drawString(300, 686, "LJ44")
        write(canvas, PLAN, y=650)

    lines = [line.strip() for line in planparse.extract(pdf(draw)).text.split("\n") if line.strip()]
    assert lines[:4] == ["临江区发展和改革局", "临江区教育体育局 文件", "分类号 66 LJ44", PLAN[0]]


def test_notes_to_a_table() -> None:
    """The table may refer to them from the page before; nothing refers to one with a raised mark."""

    def first(canvas: Canvas) -> None:
        write(canvas, PLAN[:3])
        for n, cells in enumerate((["指标", "单位", "2025年"], ["公园", "个", "8"], ["满意度⑦", "%", "96"])):
            for i, cell in enumerate(cells):
                canvas.rect(72 + 150 * i, 400 - 21 * n, 150, 21)
                canvas.drawString(76 + 150 * i, 406 - 21 * n, cell)

    def second(canvas: Canvas) -> None:
        write(canvas, PLAN[3:])
        write(canvas, ["⑦ 满意度按2020年的口径计算。"], y=115, size=9)
        canvas.setFont(twins.FONT, 5)
        canvas.drawString(72, 100, "9")
        canvas.setFont(twins.FONT, 9)
        canvas.drawString(80, 97, "改造任务共有校舍17处，")
        canvas.drawString(72, 83, "其中学校6所。")
        canvas.setFont(twins.FONT, 12)
        canvas.drawString(290, 60, "2")

    values, furniture = read(pdf(first, second))
    assert values == [5, 95, 8, 96, 1260, 50, 300, 72]
    assert "".join(furniture) == "⑦ 满意度按2020年的口径计算。⁹ 改造任务共有校舍17处，其中学校6所。2"


def test_a_tall_line_of_one_column_joins_no_lines_of_the_other() -> None:
    """The heading on the right stands beside two lines on the left; a table across both columns stands below."""
    left = [
        "全区教育机构不少于21家，新增教",
        "育专业人员3142名，教育满意",
        "度保持在65%以上，办结率不低",
        "于90%。",
    ] * 3
    right = [line.replace("教育", "养老") for line in left]

    def draw(canvas: Canvas) -> None:
        write(canvas, left)
        for n, line in enumerate(right):
            canvas.drawString(310, 720 - 21 * n, line)
        canvas.setFont(twins.FONT, 20)
        canvas.drawString(310, 744, "二、主要任务")
        canvas.setFont(twins.FONT, 12)
        for n in range(14):
            for i, cell in enumerate(
                ["指标", "单位", "2025年"] if n == 0 else [f"{'甲乙丙丁'[n % 4]}类设施", "个", str(n)]
            ):
                canvas.rect(72 + 150 * i, 450 - 21 * n, 150, 21)
                canvas.drawString(76 + 150 * i, 456 - 21 * n, cell)

    text = planparse.extract(pdf(draw)).text
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert lines[:25] == [*left, "二、主要任务", *right]


@pytest.mark.parametrize("mark", ["①", "[1]", "*", "¹"])
def test_a_sentence_goes_on_beyond_the_notes_at_the_foot_of_its_page(mark: str) -> None:
    def first(canvas: Canvas) -> None:
        write(canvas, [*PLAN[:2], "部署完成改造任务"], y=300)
        left = 72 + canvas.stringWidth("部署完成改造任务", twins.FONT, 12)
        raised = mark == "¹"
        canvas.setFont(twins.FONT, 7 if raised else 12)
        canvas.drawString(left, 258 + (5 if raised else 0), "1" if raised else mark)
        canvas.setFont(twins.FONT, 12)
        canvas.drawString(left + 20, 258, "，新增学位1260个，选派近50名教师，其中骨干")
        note = f"{'1 ' if raised else mark}改造任务指2023年筛查出的危房，共有校舍17处。"
        write(canvas, [note, "其中学校8所。"], y=115, size=9, leading=14)

    def second(canvas: Canvas) -> None:
        write(canvas, ["教师20名到乡村任教。", *PLAN[3:]])

    document = planparse.extract(pdf(first, second))
    assert [t.value for t in document.targets] == [5, 95, 1260, 50, 20, 1260, 50, 300, 72]
    assert document.targets[4].indicator == "骨干教师"
    aside = "".join(s.quote for s in document.skipped if s.reason == "page-furniture")
    assert "2023" in aside and "17" in aside and "8" in aside


def test_lines_in_columns_that_are_no_table() -> None:
    """Signatures, a list in three columns and a page of three columns of prose: text, not cells."""

    def draw(canvas: Canvas) -> None:
        write(canvas, PLAN)
        for n in range(6):
            for i, text in enumerate(["甲镇中心学校", "乙镇中心学校", "共新建3所，"]):
                canvas.drawString(72 + 160 * i, 600 - 21 * n, text)

    document = planparse.extract(pdf(draw))
    assert not any(t.table for t in document.targets)
    assert [t.value for t in document.targets][:6] == VALUES


@pytest.mark.parametrize("line", ["实施“五个一批”工程，新建学校五所。", "创建“平”安校园，覆盖率达到九成。"])
def test_pieces_of_a_line_are_read_where_they_stand(line: str) -> None:
    """Some producers draw what is of another font first: both quotation marks, then the words around them."""

    def draw(canvas: Canvas) -> None:
        write(canvas, PLAN)
        opening, closing = line.index("“"), line.index("”")
        y = 740 - 21 * len(PLAN)
        gap = 1000 * (closing - opening - 1)  # thousandths of the type size
        canvas.addLiteral(f"BT 1 0 0 1 {72 + 12 * opening} {y} Tm [<201C> -{gap} <201D>] TJ ET")
        for begin, end in ((0, opening), (opening + 1, closing), (closing + 1, len(line))):
            canvas.drawString(72 + 12 * begin, y, line[begin:end])

    assert planparse.extract(pdf(draw)).text.endswith(f"{line}\n\f")


def test_blanks_between_words_that_the_file_holds_are_kept() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["2025年工作计划", "推广 open data 接口5个，办学规模 1260 人。"])
        canvas.drawString(72, 698, "达到")
        canvas.drawString(100, 698, "95%")

    assert planparse.extract(pdf(draw)).text.split("\n")[1:3] == [
        "推广 open data 接口5个，办学规模 1260 人。",
        "达到95%",
    ]


def test_rare_hanzi_move_nothing_out_of_place() -> None:
    """A hanzi beyond the basic plane is two characters to pdfium."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 740, "A" * 9)
        canvas.drawString(400, 740, "95%")
        canvas.drawString(250, 740, "open data")

    cmap = b"1 beginbfchar <41> <D842DFB7> endbfchar"
    streamed = b"9 0 obj <</Length %d>> stream\n%s\nendstream endobj\n" % (len(cmap), cmap)
    content = pdf(draw).replace(b"/Type /Font", b"/ToUnicode 9 0 R /Type /Font")
    content = content[: content.rindex(b"xref\n0")] + streamed + b"trailer" + content.rpartition(b"trailer")[2]
    assert planparse.extract(content).text.strip() == "𠮷" * 9 + " open data 95%"


def test_radicals_of_a_text_layer_are_hanzi() -> None:
    document = planparse.extract(twins.as_pdf(["2025年工作计划", "年内新增⻔诊⻋15辆，⻝堂⽤房2处。"]))
    assert [(t.indicator, t.quote) for t in document.targets] == [("门诊车", "15辆"), ("食堂用房", "2处")]


TEXT = '<TextObject Boundary="{box}" Size="5" {more}>{codes}</TextObject>'
OFD_PAGE = "<Page>{template}<Content><Layer>{body}</Layer></Content></Page>"


def code(text: str, x: float = 0, more: str = "") -> str:
    return f'<TextCode X="{x}" Y="5" {more}>{text}</TextCode>'


def line(codes: str, y: float, more: str = "", box: str = "25 {} 150 5") -> str:
    return TEXT.format(box=box.format(y), more=more, codes=codes)


def ofd(*pages: str, template: str = "") -> bytes:
    entries = "".join(f'<Page BaseLoc="P{n}.xml"/>' for n in range(len(pages)))
    names = '<CommonData><TemplatePage ID="9" BaseLoc="T.xml"/></CommonData>'
    members = {
        "OFD.xml": "<OFD>" + "".join(f"<DocBody><DocRoot>{d}/D.xml</DocRoot></DocBody>" for d in "ab") + "</OFD>",
        "a/D.xml": f"<Document>{names}<Pages>{entries}</Pages></Document>",
        "b/D.xml": '<Document><Pages><Page BaseLoc="/b/P.xml"/></Pages></Document>',
        "b/P.xml": OFD_PAGE.format(template="", body=line(code("二、附件：新增床位40张。"), 20)),
        "a/T.xml": OFD_PAGE.format(template="", body=template),
        "a/Signs/Sign_0/SignedValue.dat": "stamp 99",
    }
    used = '<Template TemplateID="9"/>'
    members |= {f"a/P{n}.xml": OFD_PAGE.format(template=used, body=body) for n, body in enumerate(pages)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


OFD_LINES = {
    "one after the other": line(code("新增学位1260个。"), 40),
    "several codes": line(code("新增学位") + code("1260个。", 20), 40),
    "steps": line(code("新增学位1260个。", 0, 'DeltaX="g 4 5 g 4 2.5 5"'), 40),
    "matrix": line(code("新增学位1260个。"), 40, 'CTM="1 0 0 1 0 12"'),
    "scaled": line(code("新增学位1260个。"), 40, 'CTM="0.8 0 0 0.8 0 0"'),
    "wide figures": line(code("新增学位1260个。", 0, 'DeltaX="g 8 5"'), 40),
}


@pytest.mark.parametrize("form", OFD_LINES)
def test_text_objects_of_an_ofd_page(form: str) -> None:
    turned = line(code("内部资料2024"), 60, 'CTM="0.7 0.7 -0.7 0.7 0 0"')
    page = line(code("一、2025年计划"), 20) + OFD_LINES[form] + turned
    document = planparse.extract(ofd(page, template=line(code("公报第3期"), 10)))
    assert [(t.indicator, t.value) for t in document.targets] == [("学位", 1260), ("床位", 40)]
    furniture = [s.quote for s in document.skipped if s.reason == "page-furniture"]
    assert furniture == ["公报第3期", "内部资料2024"]


BOX = ["专栏2 示范工程", "示范学校。评选示范学校30所。"]
CUT = ["　　年内新建学校5所，公办学位覆盖率从上一年度末的水平起步，全部镇街", "都要按照统一的部署，提高到95%以上。"]


@pytest.mark.parametrize("where", ["middle", "foot", "head", "between"])
def test_a_box_does_not_cut_the_sentence_around_it(where: str) -> None:
    """A box stands in the sentence, at the foot of its page, or at the head of the next; or between two sentences."""

    def box(canvas: Canvas, y: float) -> None:
        canvas.rect(66, y - 30, 440, 50)
        write(canvas, BOX, y=y)

    def first(canvas: Canvas) -> None:
        write(canvas, ["临江区2025年工作计划", *CUT[: 2 if where == "between" else 1]])
        if where != "head":
            box(canvas, 680)
        if where == "middle":
            write(canvas, CUT[1:], y=620)

    def second(canvas: Canvas) -> None:
        if where == "head":
            box(canvas, 740)
        write(canvas, [*(CUT[1:] if where in ("head", "foot") else ()), *PLAN[3:]], y=680)

    document = planparse.extract(pdf(first, second))
    assert sorted(t.value for t in document.targets if t.value) == [5, 30, 50, 72, 95, 300, 1260]
    lines = [line.strip() for line in document.text.split("\n") if line.strip()]
    assert lines.index(BOX[0]) + 1 == lines.index(BOX[1])
    assert lines.index(CUT[0].strip()) + 1 == lines.index(CUT[1])


def test_lines_that_a_page_repeats_are_read_once() -> None:
    """Browsers print a page that they cut in pictures so: the last lines stand at the head of the next page again."""

    def first(canvas: Canvas) -> None:
        write(canvas, PLAN[:5])

    def second(canvas: Canvas) -> None:
        write(canvas, PLAN[3:])

    assert read(pdf(first, second))[0] == VALUES
    assert read(pdf(lambda canvas: write(canvas, PLAN)))[0] == VALUES
