"""Pages as government sites have them: the plan comes out, and no record of what stands around it."""

from __future__ import annotations

import quopri
from base64 import encodebytes
from pathlib import Path

import pytest

import planparse
from planparse.model import PlanparseError

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
PARAGRAPHS = [
    "一、扩大普惠供给",
    "年内新建公办园4所，新增学位1260个，普惠园覆盖率达到93%以上。",
    "二、提升办学质量",
    "小学生近视率较上年降低1.2个百分点，课后服务覆盖全部学校；培训教师800人次。",
]
FOUND = [("公办园", 4), ("学位", 1260), ("普惠园覆盖率", 93), ("小学生近视率", 1.2), ("教师", 800)]
AROUND = ("办事服务", "互动交流", "友情链接", "公交线路", "九成")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_plan_and_nothing_around_it(page: Path) -> None:
    content = page.read_bytes().decode().encode("gb18030" if ".gb" in page.name else "utf-8")
    document = planparse.extract(content, name=page.name)
    assert [(t.indicator, t.value) for t in document.targets] == FOUND
    assert [line for line in document.text.splitlines() if line in PARAGRAPHS] == PARAGRAPHS
    assert not [words for words in AROUND if words in document.text]
    assert document.document.title == "临江区2025年教育工作要点"
    assert [node.label for node in document.outline] == ["一", "二"]
    assert not document.warnings


def test_a_long_document_keeps_its_annex() -> None:
    parts = [
        "年内新建公园7处，改造泵站8座；补齐短板，确保取得实效。" * 9,
        "附件：年内新建桥梁6座，全部通车；巡查120次。" * 6,
    ]
    page = "".join(f"<div><p>{part}</p></div>" for part in parts)
    text = planparse.extract(f"<html><body><div>{page}</div><p>版权所有，请勿转载。</p></body></html>".encode()).text
    assert text.split() == parts


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol><li>甲。<li value=4><p>乙。</p></li><li></ol><p>丙。</p>", ["1.甲。", "4.乙。", "丙。"]),
        ("<ol start='2'><li>15所学校。</li></ol><ul><li>丁。</li></ul>", ["2. 15所学校。", "丁。"]),
        ("<table><tr><td>甲<td>乙<td rowspan=0>丙<tr><td rowspan=2>丁</table>", ["甲\t乙\t丙", "丁"]),
        ("<div title='header'>公报</div><p>甲。</p><div title='footer'>— 1 —</div>", ["甲。"]),
    ],
    ids=["items", "start", "no rows", "running head"],
)
def test_structure(body: str, expected: list[str]) -> None:
    text = planparse.extract(f"<html><body>{body}</body></html>".encode()).text
    assert [line for line in text.splitlines() if line] == expected


# ---------------------------------------------------------------- labels of lists


def lines(body: str, head: str = "") -> list[str]:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return [line for line in planparse.extract(page.encode(), name="a.html").text.splitlines() if line]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("<ol>", ["1.甲。", "2.乙。"]),
        ("<ol type='I' start='4'>", ["Ⅳ.甲。", "Ⅴ.乙。"]),
        ("<ol reversed>", ["2.甲。", "1.乙。"]),
        ("<ol style='list-style-type: cjk-ideographic' start='10'>", ["十、甲。", "十一、乙。"]),
        ("<ol style='LIST-STYLE: simp-chinese-informal inside'>", ["一、甲。", "二、乙。"]),
        ("<ol style='list-style:none'>", ["甲。", "乙。"]),
        ("<ul style='list-style-type:trad-chinese-informal'>", ["一、甲。", "二、乙。"]),
        ("<ul type='disc'>", ["甲。", "乙。"]),
        ("<ol class='custom_cn2 list-paddingleft-1'>", ["（一）甲。", "（二）乙。"]),
        ("<ol class='parts'>", ["一、甲。", "二、乙。"]),
        ("<ol class='parts' style='list-style-type:decimal'>", ["1.甲。", "2.乙。"]),
    ],
)
def test_list_labels(start: str, expected: list[str]) -> None:
    style = "<style>:::x, {list-style:none} ol.parts > li, ul.menu { margin: 0; list-style: cjk-ideographic }</style>"
    if "parts" in start and "style" in start:
        style = style.replace(" > li", "")
    assert lines(f"{start}<li>甲。<li><p>乙。</p></ol>", style) == expected


def test_an_item_that_writes_its_label_has_no_other() -> None:
    assert lines("<ol><li>一、甲。<li>（二）乙。<li>一是丙。</ol>") == ["一、甲。", "（二）乙。", "3.一是丙。"]


def test_nested_lists_keep_their_numbers() -> None:
    body = "<ol><li>甲<ol type='a'><li>子。<li>丑。</ol><li>乙<ol><li>寅。</ol></ol>"
    assert lines(body) == ["1.甲", "a.子。", "b.丑。", "2.乙", "1.寅。"]


OFFICE = '<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>'
FLAT = "<ol><li><p>总体</p></ol><p>正文。</p><ol start=2><li><p>任务</p></ol>"
NESTED = (
    "<ol><li><p>总体</p><ol><li><p>目标</p></ol></ol><p>正文。</p><ol><ol><ol><li><p>公园。</p></ol><li><p>指标</p>"
    "</ol></ol><ol start=2><li><p>任务</p><ol><ol><li><p>桥梁。</p></ol></ol></ol>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (FLAT, ["1.总体", "正文。", "2.任务"]),
        (NESTED, ["一、总体", "（一）目标", "正文。", "1.公园。", "（二）指标", "二、任务", "1.桥梁。"]),
        ("<p>一、部署</p>" + FLAT, ["一、部署", "（一）总体", "正文。", "（二）任务"]),
        ("<p>（一）部署</p>" + FLAT, ["（一）部署", "一、总体", "正文。", "二、任务"]),
        ("<p>一、部署</p><ol><ol><li><p>目标</p></ol></ol>", ["一、部署", "（一）目标"]),
        ("<p>一、部署</p>" + NESTED[: NESTED.index("<p>正文")], ["一、部署", "（一）总体", "1.目标"]),
    ],
    ids=["side by side", "nested", "below 一、", "above （一）", "without items outside", "nested below 一、"],
)
def test_lists_that_libreoffice_saved_without_labels(body: str, expected: list[str]) -> None:
    assert lines(body, OFFICE) == expected
    document = planparse.extract(f"<html><head>{OFFICE}</head><body>{body}</body></html>".encode(), name="a.html")
    assert "list-labels" in [w.code for w in document.warnings]


def test_numbers_that_style_rules_draw_are_warned_of() -> None:
    style = "<style>p.item::before { counter-increment: n; content: '第' counter(n) '条' }</style>"
    page = f"<html><head>{style}</head><body><p class='item'>新建学校5所。</p></body></html>"
    assert [w.code for w in planparse.extract(page.encode(), name="a.html").warnings] == ["list-labels"]


# ---------------------------------------------------------------- pages in a single file

PAGE = "<html><head>{}<title>计划</title></head><body><p>2025年工作计划</p><p>年内新建学校5所。</p></body></html>"
CHROME = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/\r\nSubject: =?utf-8?Q?=E8=AE=A1?=\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b----1"\r\n\r\n'
)
WORD = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b----1"\n\n此文档为“单个文件网页”。\n'
PICTURE = "--b----1\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b----1--\n"


def single_file(head: str, encoding: str, transfer: str, *, said: str = "", in_page: str = "") -> bytes:
    page = PAGE.format(f'<meta charset="{in_page}">' if in_page else "").encode(encoding)
    body = encodebytes(page) if transfer == "base64" else quopri.encodestring(page)
    charset = f'; charset="{said}"' if said else ""
    part = f"--b----1\nContent-Type: text/html{charset}\nContent-Transfer-Encoding: {transfer}\n\n"
    return head.encode("gbk") + part.encode() + body + b"\n" + PICTURE.encode()


@pytest.mark.parametrize(
    "content",
    [
        single_file(CHROME, "utf-8", "quoted-printable"),
        single_file(WORD, "gbk", "quoted-printable", said="gb2312"),
        single_file(WORD, "gbk", "base64", in_page="gb2312"),
        single_file(WORD, "gbk", "base64", said="utf-8", in_page="utf-8"),
        single_file(WORD, "utf-16", "base64", said="unicode"),
    ],
    ids=["Chrome", "Word", "charset in the page", "charset that is wrong", "unknown charset"],
)
def test_a_page_in_a_single_file(content: bytes) -> None:
    document = planparse.extract(content, name="plan.mht")
    assert [(t.indicator, t.value) for t in document.targets] == [("学校", 5)]
    assert (document.document.media_type, document.warnings) == ("multipart/related", [])
    assert [w.code for w in planparse.extract(content, name="plan.doc").warnings] == ["wrong-suffix"]


@pytest.mark.parametrize("content", [WORD + PICTURE, WORD, CHROME + PICTURE[:90]], ids=["picture", "head", "cut"])
def test_a_single_file_without_a_page_is_refused(content: str) -> None:
    with pytest.raises(PlanparseError) as caught:
        planparse.extract(content.encode("gbk"), name="plan.mht")
    assert caught.value.code == "damaged"


# ---------------------------------------------------------------- what sites do to a plan

DATA = (
    "<table><tr><td>指标<td>单位<td>2025年</tr><tr><td>毛入园率<td>%<td>95</tr><tr><td>学位<td>个<td>800</tr></table>"
)


def test_a_data_table_in_a_layout_table_is_a_table() -> None:
    page = f"<table><tr><td><p>2025年计划。</p>{DATA}<p>新建学校5所，改造2所。</p></td></tr></table>"
    document = planparse.extract(f"<html><body>{page}</body></html>".encode(), name="a.html")
    assert [(t.indicator, t.value, bool(t.table)) for t in document.targets][:2] == [
        ("毛入园率", 95, True),
        ("学位", 800, True),
    ]


def test_preformatted_lines_are_kept_apart() -> None:
    body = "<pre>　　一、目标\n　　新建<b>学校</b>5所。\n\n　　二、投入\n</pre><p>投入3亿元。</p>"
    assert [line.strip() for line in lines(body)] == ["一、目标", "新建学校5所。", "二、投入", "投入3亿元。"]


def test_what_a_page_says_of_itself_is_no_target() -> None:
    page = "<p>2025年计划</p><p>来源：本站 发布时间：2025-02-12 09:30 浏览次数：1024次</p><p>年内新建学校5所。</p>"
    document = planparse.extract(f"<html><body>{page}</body></html>".encode(), name="a.html")
    assert [(t.indicator, t.value) for t in document.targets] == [("学校", 5)]
    assert {s.reason for s in document.skipped} == {"date"}
    assert "1024" not in document.text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>面积20km<sup>2</sup>，增速5%<sup>[1]</sup>。</p>", ["面积20km²，增速5%[¹]。"]),
        ("<p>新建<ruby>学校<rp>(</rp><rt>xuéxiào</rt><rp>)</rp></ruby>5所。</p>", ["新建学校5所。"]),
        ("<p>新建学校<del>4</del><ins>5</ins>所。<s>建成桥梁9座。</s></p>", ["新建学校5所。"]),
        (
            "<table><caption>主要指标</caption>" + DATA[7:],
            ["主要指标", "指标\t单位\t2025年", "毛入园率\t%\t95", "学位\t个\t800"],
        ),
    ],
    ids=["raised figures", "readings", "struck out", "caption"],
)
def test_what_a_reader_sees(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_page_with_broken_characters_is_read_and_warned_of(encoding: str) -> None:
    head = f"<meta charset='{encoding}'>"
    page = f"<html><head>{head}</head><body><p>2025年计划</p><p>新建学校5所。</p><p>{'完。' * 60}末</p>"
    document = planparse.extract(page.encode(encoding)[:-5] + b"\xff</p>", name="a.html")
    assert [(t.indicator, t.value) for t in document.targets] == [("学校", 5)]
    assert (document.document.encoding, [w.code for w in document.warnings]) == (
        {"gbk": "gb18030"}.get(encoding, encoding),
        ["broken-characters"],
    )


@pytest.mark.parametrize(
    "start", ["<h1>", "<meta charset=utf-8><p>", "<script>1</script><p>", "<font size=3>", "<span>"]
)
def test_a_piece_of_a_page_is_a_page(start: str) -> None:
    document = planparse.extract(f"{start}2025年计划</p><p>新建学校5所。</p>".encode(), name="a.html")
    assert (document.document.media_type, document.warnings) == ("text/html", [])
