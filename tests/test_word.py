"""What Word documents are made of, in both formats: numbers, merged cells, changes, fields, notes, text boxes."""

from __future__ import annotations

import random
import struct
import sys
from pathlib import Path

import pytest

import planparse
from conftest import ROOT
from planparse.model import ReadError
from planparse.read import read_bytes
from planparse.read.compound import Compound
from planparse.read.doc_format import WordFile

sys.path.insert(0, str(ROOT / "scripts"))
import word_parts as word
from word_parts import cell, level, paragraph, run, table

FIXTURES = Path(__file__).parent / "fixtures"
LEGACY = (FIXTURES / "word-features.doc").read_bytes()
FEATURES = {"features.docx": word.features(), "features.doc": LEGACY}
LINES = """\
临江区2021—2025年公共服务规划
一、总体要求
（一）发展目标
到2025年，新建学校12所。
（二）主要指标
类别	指标	单位	2020年	2025年	属性
教育	幼儿毛入园率	%	85	≥92	约束性
	新增学位	万个	—	〔3.5〕
二、卫生健康
卫生	千人床位数	张	5.1	6.2	预期性
二、重点任务
（一）补齐短板
1.新建公园7处。
2.改造泵站8座。
①其中𡌶口泵站2座。
垃圾处理覆盖率达到95%以上。
详见附表。
公开部分。
站点继续增加。
本规划由区政府负责解释。
专栏：新建桥梁6座。
脚注：站点已建成4个。""".splitlines()


def lines(content: bytes) -> list[str]:
    return [line.rstrip() for line in read_bytes(content, "a.docx").text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", FEATURES)
def test_both_formats_give_what_a_reader_sees(name: str) -> None:
    document = planparse.extract(FEATURES[name], name=name)
    assert [line.rstrip() for line in document.text.splitlines() if line.strip()] == LINES
    assert [w.code for w in document.warnings] == ["tracked-changes", "hidden-text"]
    assert [(t.indicator, t.value, t.binding) for t in document.targets if t.table] == [
        ("幼儿毛入园率", 85, "binding"),
        ("幼儿毛入园率", 92, "binding"),
        ("新增学位", 35_000, "binding"),
        ("千人床位数", 5.1, "expected"),
        ("千人床位数", 6.2, "expected"),
    ]


def test_a_legacy_document_says_what_its_text_says() -> None:
    original = planparse.extract(ROOT / "samples" / "work-plan-2025.txt")
    legacy = planparse.extract(FIXTURES / "work-plan-2025.doc")
    assert [(t.id, t.indicator, t.value, t.time) for t in legacy.targets] == [
        (t.id, t.indicator, t.value, t.time) for t in original.targets
    ]
    assert [(n.label, n.title) for n in legacy.outline] == [(n.label, n.title) for n in original.outline]
    assert [w.code for w in legacy.warnings] == [w.code for w in original.warnings]


# ---------------------------------------------------------------- automatic numbers


def numbered(places: list[tuple[str, str]], *lists: str, styles: str = "") -> list[str]:
    """The labels that paragraphs get, each given by its list and depth, or by its style."""
    body = [
        paragraph("甲。", number=key, depth=depth) if depth or not styles else paragraph("甲。", style=key)
        for key, depth in places
    ]
    return [
        line.removesuffix("甲。").strip()
        for line in lines(word.docx("".join(body), numbering="".join(lists), styles=styles))
    ]


@pytest.mark.parametrize(
    ("form", "pattern", "start", "expected"),
    [
        ("chineseCounting", "%1、", 9, ["九、", "十、", "十一、"]),
        ("chineseCountingThousand", "第%1条", 99, ["第九十九条", "第一百条", "第一百零一条"]),
        ("ideographDigital", "%1、", 9, ["九、", "一〇、", "一一、"]),
        ("decimalEnclosedCircle", "%1", 1, ["①", "②", "③"]),
        ("decimalEnclosedCircleChinese", "%1", 9, ["⑨", "⑩", "⑪"]),
        ("decimalEnclosedParen", "%1", 1, ["⑴", "⑵", "⑶"]),
        ("decimalFullWidth", "%1．", 9, ["９．", "１０．", "１１．"]),
        ("decimal", "（%1）", 1, ["（1）", "（2）", "（3）"]),
        ("upperLetter", "%1.", 2, ["B.", "C.", "D."]),
        ("bullet", "\uf06c", 1, ["", "", ""]),
    ],
)
def test_number_formats(form: str, pattern: str, start: int, expected: list[str]) -> None:
    lists = word.definition(0, level(0, form, pattern, start=start)), word.use(1, 0)
    assert numbered([("1", "0")] * 3, *lists) == expected


CHAPTERS = word.definition(
    0,
    level(0, "chineseCounting", "第%1章"),
    level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    level(2, "chineseCounting", "第%3条", '<w:lvlRestart w:val="0"/>'),
)
ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
OTHER = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1)", start=5)}</w:lvlOverride>'


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["10", "11", "11", "10", "11"], ["第一章", "1.1", "1.2", "第二章", "2.1"]),
        (["10", "12", "10", "12"], ["第一章", "第一条", "第二章", "第二条"]),
        (["10", "20", "10"], ["第一章", "第二章", "第三章"]),
        (["10", "10", "30", "30"], ["第一章", "第二章", "第一章", "第二章"]),
        (["40", "40"], ["5)", "6)"]),
        (["11"], ["1.1"]),
    ],
    ids=["levels", "articles count on", "lists of one definition", "begun anew", "level replaced", "nothing above"],
)
def test_levels_and_restarts(places: list[str], expected: list[str]) -> None:
    uses = word.use(1, 0), word.use(2, 0), word.use(3, 0, ANEW), word.use(4, 0, OTHER)
    assert numbered([(place[0], place[1]) for place in places], CHAPTERS, *uses) == expected


def test_styles_pass_their_list_on() -> None:
    styles = word.LIST_STYLES + word.style("Plain", "Part", "0") + word.style("A", "B") + word.style("B", "A")
    places = [("Part", ""), ("Same", ""), ("Section", ""), ("Plain", ""), ("A", ""), ("Part", "")]
    assert numbered(places, word.LISTS, styles=styles) == ["一、", "（一）", "（二）", "", "", "二、"]


def test_an_unknown_list_is_warned_of() -> None:
    document = planparse.extract(word.docx(paragraph("新建学校5所。", number="7", depth="0")), name="a.docx")
    assert [w.code for w in document.warnings] == ["unknown-list"]


# ---------------------------------------------------------------- text

TRACKED = f"<w:rPr><w:del {word.AUTHOR}/></w:rPr>"
MOVED_FROM = f"<w:moveFrom {word.AUTHOR}>{run('移来5处。')}</w:moveFrom>"
MOVED_TO = f"<w:moveTo {word.AUTHOR}>{run('移来5处。')}</w:moveTo>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph(MOVED_FROM) + paragraph(run("乙。") + MOVED_TO), ["乙。移来5处。"]),
        (paragraph("新建学校", properties=TRACKED) + paragraph("5所。"), ["新建学校5所。"]),
        (paragraph('<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>'), ["3"]),
        (paragraph('<w:hyperlink r:id="r1"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'), ["链接"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件。')}</w:sdtContent></w:sdt>", ["控件。"]),
        (paragraph("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"), ["甲\t乙", "丙"]),
        (paragraph(run("达到") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("40%")), ["达到≥40%"]),
        (
            paragraph(run("面积20km") + run("2", '<w:vertAlign w:val="superscript"/>') + run("，5%")),
            ["面积20km²，5%"],
        ),
        (paragraph(run("公开") + run("隐去", '<w:vanish w:val="0"/>')), ["公开隐去"]),
        (
            paragraph(
                "<w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby>"
            ),
            ["拼"],
        ),
    ],
    ids=["moved", "joined", "field", "link", "control", "tab and break", "symbol", "raised", "not hidden", "ruby"],
)
def test_text(body: str, expected: list[str]) -> None:
    assert lines(word.docx(body)) == expected


PLACEHOLDER = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
CHOICE = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲区"/>'
    '<w:listEntry w:val="乙区"/></w:ddList></w:ffData></w:fldChar></w:r>'
    "<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
UNSEEN = (
    '<w:style w:type="paragraph" w:styleId="Top"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Below"><w:basedOn w:val="Top"/></w:style>'
    '<w:style w:type="character" w:styleId="Raised"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Entry"><w:name w:val="toc 1"/></w:style>'
)
STYLED = "<w:r><w:rPr><w:rStyle w:val='{}'/>{}</w:rPr><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (PLACEHOLDER.format(paragraph("单击此处输入文字。")) + paragraph("正文。"), ["正文。"]),
        (paragraph(run("范围：") + PLACEHOLDER.format(run("选择一项。"))), ["范围："]),
        (paragraph(run("范围：") + CHOICE + run("。")), ["范围：乙区。"]),
        (paragraph("隐去", style="Top") + paragraph("隐去", style="Below") + paragraph("正文。"), ["正文。"]),
        (paragraph(run("正文。", '<w:vanish w:val="0"/>'), style="Below"), ["正文。"]),
        (paragraph(run("共9人") + STYLED.format("Raised", "", "3") + STYLED.format("Gone", "", "旧")), ["共9人³"]),
        (
            paragraph(word.text_box(table([cell("指标"), cell("95%")], columns=2)) + run("如下。")),
            ["如下。", "指标\t95%"],
        ),
        (paragraph(run("甲") + "<w:customXml><w:smartTag>" + run("乙") + "</w:smartTag></w:customXml>"), ["甲乙"]),
    ],
    ids=["placeholder", "in a line", "choice", "hidden by style", "shown again", "raised", "table in a box", "tags"],
)
def test_styles_controls_and_fields(body: str, expected: list[str]) -> None:
    assert lines(word.docx(body, styles=UNSEEN)) == expected


def test_form_marks_are_no_text_and_hide_nothing() -> None:
    body = (
        paragraph("窗体顶端", style="Top")
        + paragraph("临江区2025年计划")
        + paragraph("新建学校5所。")
        + paragraph("窗体底端")
    )
    document = planparse.extract(word.docx(body, styles=UNSEEN), name="a.docx")
    assert (document.document.title, document.warnings) == ("临江区2025年计划", [])


def test_a_table_of_contents_is_furniture() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    entries = (
        paragraph("一、目标\t3", style="Entry")
        + f"<w:sdt>{gallery}<w:sdtContent>{paragraph('二、投入')}</w:sdtContent></w:sdt>"
    )
    body = (
        paragraph("临江区2025年计划")
        + entries
        + paragraph("一、目标")
        + paragraph("新建学校5所。")
        + paragraph("二、投入")
    )
    document = planparse.extract(word.docx(body, styles=UNSEEN), name="a.docx")
    assert [(node.label, node.title) for node in document.outline] == [("一", "目标"), ("二", "投入")]
    assert [s.quote for s in document.skipped if s.reason == "page-furniture"] == ["一、目标\t3"]


def test_empty_paragraphs_are_counted() -> None:
    lists = word.definition(0, level(0, "decimal", "%1.")) + word.use(1, 0)
    numbers = [cell(paragraph("", number="1", depth="0")), cell("乙")]
    item = {"number": "1", "depth": "0"}
    body = paragraph("甲。", **item) + paragraph("", **item) + table(numbers, columns=2) + paragraph("丙。", **item)
    assert lines(word.docx(body, numbering=lists)) == ["1.甲。", "3.\t乙", "4.丙。"]


@pytest.mark.parametrize(
    ("merges", "expected"),
    [
        (["restart", "", ""], ["甲0\tx", "\tx", "\tx"]),
        (["", "", ""], ["甲0\tx", "\tx", "\tx"]),
        (["restart", None, ""], ["甲0\tx", "甲1\tx", "甲2\tx"]),
        (["restart", "restart", ""], ["甲0\tx", "甲1\tx", "\tx"]),
    ],
    ids=["merged", "nothing begins", "parted", "begun anew"],
)
def test_cells_that_go_on_below_stand_once(merges: list[str | None], expected: list[str]) -> None:
    def merged(i: int, merge: str | None) -> str:
        mark = "" if merge is None else f'<w:vMerge w:val="{merge}"/>' if merge else "<w:vMerge/>"
        return f"<w:tc><w:tcPr>{mark}</w:tcPr>{paragraph(run(f'甲{i}'))}</w:tc>"

    body = table(*([merged(i, merge), cell("x")] for i, merge in enumerate(merges)), columns=2)
    assert lines(word.docx(body)) == expected


def test_a_table_with_the_prose_in_a_cell_is_a_frame() -> None:
    prose = "".join(paragraph(f"第{n}条 年内新建学校{n}所，改造{n}所。") for n in "一二三")
    body = table([cell("公告"), cell(prose)], [cell("来源"), cell("区教育局")], columns=2)
    assert lines(word.docx(body))[:2] == ["公告", "第一条 年内新建学校一所，改造一所。"]


PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="{}" cy="{}"/><a:graphic><a:graphicData><a:pic><a:blipFill><a:blip/>'
    "</a:blipFill></a:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


@pytest.mark.parametrize(("cx", "status"), [(7_000_000, "partial"), (2_000_000, "ok")])
def test_a_picture_as_large_as_half_a_page_may_hold_text(cx: int, status: str) -> None:
    body = paragraph("新建学校5所。") + paragraph(PICTURE.format(cx, 6_000_000))
    document = planparse.extract(word.docx(body), name="a.docx")
    assert (document.status, [w.code for w in document.warnings]) == (status, ["picture-not-read"] * (status != "ok"))


def test_an_embedded_part_is_missing_text() -> None:
    document = planparse.extract(word.docx(paragraph("新建学校5所。") + "<w:altChunk/>"), name="a.docx")
    assert (document.status, [w.code for w in document.warnings]) == ("partial", ["embedded-file"])


def test_a_document_without_text_is_no_success() -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(word.docx(paragraph(PICTURE.format(9, 9))), "a.docx")
    assert caught.value.code == "no-text"


def test_struck_text_is_left_out_with_a_warning() -> None:
    struck = paragraph(run("新建学校") + run("4", "<w:strike/>") + run("9", "<w:dstrike/>") + run("5所。"))
    document = planparse.extract(word.docx(struck), name="a.docx")
    assert ([t.value for t in document.targets], [w.code for w in document.warnings]) == ([5], ["struck-out"])


# ---------------------------------------------------------------- tables

ROW = f"<w:sdt><w:sdtContent><w:tr>{cell('甲')}{cell('乙')}</w:tr></w:sdtContent></w:sdt>"
GONE = f"<w:tr><w:trPr><w:del {word.AUTHOR}/></w:trPr>{cell('丙')}{cell('丁')}</w:tr>"
INNER = table([cell("内一"), cell("内二")], columns=2)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (table([cell("甲", columns=2), cell("乙")], columns=3), ["甲\t\t乙"]),
        (f"<w:tbl>{ROW}{GONE}</w:tbl>", ["甲\t乙"]),
        (table([cell("甲"), cell(paragraph("上") + INNER + paragraph("下"))], columns=2), ["甲\t上 内一 内二 下"]),
        (table([cell(paragraph("专栏。") + INNER)], columns=1), ["专栏。", "内一\t内二"]),
        (table([cell(paragraph(word.text_box(paragraph("框")) + run("文"))), cell("乙")], columns=2), ["文 框\t乙"]),
    ],
    ids=["spans columns", "control and deleted row", "nested", "frame", "text box"],
)
def test_tables(body: str, expected: list[str]) -> None:
    assert lines(word.docx(body)) == expected


TEXT = WordFile(Compound(LEGACY)).text
ANCHORS = struct.pack("<3I", 274, 275, 318)  # of an empty box and of the one with a text; the last is the end
BOX = "专栏：新建桥梁6座。"


@pytest.mark.parametrize(
    ("anchor", "line"),
    [
        (TEXT.index("到2025年"), "到2025年，新建学校12所。"),
        (TEXT.index("年，新建"), "到2025年，新建学校12所。"),
        (TEXT.index("主要指标"), "（二）主要指标"),
        (10_000, "本规划由区政府负责解释。"),
    ],
    ids=["at its start", "inside", "before a table", "outside the text"],
)
def test_a_text_box_follows_the_paragraph_that_it_is_anchored_in(anchor: int, line: str) -> None:
    content = LEGACY.replace(ANCHORS, struct.pack("<3I", 274, anchor, 318))
    found = lines(content)
    assert found[found.index(BOX) - 1] == line
    assert sorted(found) == sorted(map(str.rstrip, LINES))


def test_a_text_box_in_a_cell() -> None:
    content = LEGACY.replace(ANCHORS, struct.pack("<3I", 274, TEXT.index("毛入园率"), 318))
    assert [line.split("\t")[1] for line in lines(content) if BOX in line] == ["幼儿毛入园率 " + BOX]


# ---------------------------------------------------------------- bad input


def patched(at: int, value: bytes, within: bytes = b"") -> bytes:
    """The legacy document with bytes of its header, or of the stream that begins with `within`, replaced."""
    at += LEGACY.index(within) if within else 0
    return LEGACY[:at] + value + LEGACY[at + len(value) :]


MAIN = b"\xec\xa5"  # how the main stream begins
BAD = {
    "protected": (patched(0x0B, bytes([LEGACY[LEGACY.index(MAIN) + 0x0B] | 1]), MAIN), "password"),
    "Word 95": (patched(2, b"\x68\x00", MAIN), "unsupported-format"),
    "no pieces": (patched(0x1A6, bytes(4), MAIN), "unsupported-format"),
    "pieces elsewhere": (patched(0x1A2, b"\xff\xff\xff\x7f", MAIN), "damaged"),
    "too many FAT sectors": (patched(0x2C, b"\xff\xff\xff\x7f"), "damaged"),
    "sector size": (patched(0x1E, b"\xff\xff"), "damaged"),
    "only a header": (LEGACY[:512], "damaged"),
    "half": (LEGACY[: len(LEGACY) // 2], "damaged"),
    "rich text": (rb"{\rtf1\ansi\ansicpg936 \'d0\'c2}", "unsupported-format"),
    "Excel": (
        LEGACY.replace("WordDocument".encode("utf-16-le"), "Workbook\0\0\0\0".encode("utf-16-le")),
        "unsupported-format",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_with_advice(name: str) -> None:
    content, code = BAD[name]
    with pytest.raises(ReadError) as caught:
        read_bytes(content, "a.doc")
    assert caught.value.code == code
    assert len(str(caught.value)) > 20


def test_cut_and_altered_files_end_in_a_text_or_an_error() -> None:
    chance = random.Random(1)
    cut = [LEGACY[: len(LEGACY) * i // 200] for i in range(1, 200)]
    for content in cut + [_altered(chance) for _ in range(600)]:
        try:
            source = read_bytes(content, "a.doc")
        except ReadError as error:
            assert error.code in ("damaged", "unsupported-format", "password")
        else:
            assert len(source.text) < len(content)


def _altered(chance: random.Random) -> bytes:
    content = bytearray(LEGACY)
    for _ in range(chance.choice([1, 4, 16])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)
