"""Which title a page gives its text, and what of a page is furniture."""

from __future__ import annotations

import pytest

import planparse
from planparse.read import read_bytes

TITLE = "临江区公共租赁住房管理办法"
BODY = (
    "<p>第一条 为加强管理，保障居民基本住房，结合本区实际，制定本办法。</p>"
    "<p>第二条 单套建筑面积不超过60平方米，年内新建公共租赁住房800套。</p>"
    "<p>第三条 区住建局负责组织实施，镇街配合；每月公示1次。</p>"
)
SITE = "<title>临江区住房和建设局</title>"
HEAD = (
    "<div id=top><a href='/'>首页</a>|<a href='/xx'>信息公开</a></div>"
    "<div>当前位置：<a href='/'>首页</a> &gt; 政策</div>"
)
INFO = (
    "<div><span>来源：</span><span>日期：2024-04-29</span><span>【字号 <a href='javascript:s(1)'>大</a> "
    "<a href='javascript:s(2)'>中</a> <a href='javascript:s(3)'>小</a>】</span>【<a href='#'>内容纠错</a>】</div>"
)


def page(head: str, above: str, body: str = BODY, below: str = "") -> bytes:
    text = f"<div id=zoom>{body}</div>"
    return f"<html><head><meta charset=utf-8>{head}</head><body>{HEAD}{above}{text}{below}</body></html>".encode()


def text_of(content: bytes) -> list[str]:
    return [line for line in read_bytes(content, "a.html").text.splitlines() if line]


@pytest.mark.parametrize(
    ("head", "above"),
    [
        (SITE, f"<h1>{TITLE}</h1>{INFO}"),
        (SITE, f"<table><tr><td class=titleorange03>{TITLE}</td></tr><tr><td>{INFO}</td></tr></table>"),
        (SITE, f"<div class=article-title>{TITLE}</div>{INFO}"),
        (SITE, f"<div class=con><b>{TITLE}</b></div>{INFO}"),
        (SITE, f"<div class=title>政策文件</div><p class=bt_1>{TITLE}</p>{INFO}"),
        (f"<title>{TITLE}_政策文件库_政府信息公开专栏</title>", f"<p>政策文件库</p>{INFO}"),
        (SITE, f"<h1>临江区公共租赁<br>住房管理办法</h1>{INFO}"),
        (f"{SITE}<meta name=ArticleTitle content='{TITLE}'>", INFO),
        (f"{SITE}<meta name='articletitle' content='（转载）{TITLE}'>", f"<h1>政策文件</h1>{INFO}"),
        (f"<title>{TITLE}_临江区住房和建设局</title>", INFO),
        (f"<title>临江区政府网-{TITLE}</title>", INFO),
        (f"<title>{TITLE} - 临江区人民政府门户网站</title>", INFO),
    ],
    ids=[
        "heading",
        "layout cell",
        "class",
        "bold",
        "short class",
        "window of three",
        "two lines",
        "meta",
        "copied",
        "window",
        "site first",
        "portal",
    ],
)
def test_the_title_above_the_text_beats_the_name_of_the_site(head: str, above: str) -> None:
    assert text_of(page(head, above))[:2] == [TITLE, "第一条 为加强管理，保障居民基本住房，结合本区实际，制定本办法。"]
    assert planparse.extract(page(head, above), name="a.html").document.title == TITLE


def test_hyphens_between_figures_part_no_title() -> None:
    title = "临江区2014-2016年随迁子女升学方案"
    assert text_of(page(f"<title>{title}-临江教育网</title>", ""))[0] == title


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (SITE, f"<p>临建〔2024〕5号</p><p>{TITLE}</p>{BODY}"),
        (f"<title>{TITLE}_临江区政府</title>", f"<p>临江区公共租赁</p><p>住房管理办法</p>{BODY}"),
        (SITE, f"<h2>{TITLE}</h2>{BODY}"),
        (
            "<meta name=generator content='LibreOffice 7.4'><title>旧城改造办法（2009年稿）</title>",
            f"<p>{TITLE}</p>{BODY}",
        ),
        ("<meta name=Generator content='Microsoft Word 15'><title>关于会议的通知稿件</title>", f"<p>{TITLE}</p>{BODY}"),
    ],
    ids=["number first", "two lines", "own heading", "LibreOffice", "Word"],
)
def test_a_text_with_a_title_of_its_own_gets_no_other(head: str, body: str) -> None:
    lines = text_of(page(head, "", body))
    assert "".join(lines[: lines.index("第一条 为加强管理，保障居民基本住房，结合本区实际，制定本办法。")]) in (
        TITLE,
        "临建〔2024〕5号" + TITLE,
    )


@pytest.mark.parametrize(
    "tag", ["<body style='visibility: hidden'>", "<body style='display:none'>", "<body hidden>", "<body>"]
)
@pytest.mark.parametrize("root", ["<html>", "<html style='visibility:hidden'>"])
@pytest.mark.parametrize("wrapper", ["<div>", "<div id=app style='display:none'>", "<main hidden>"])
def test_a_page_that_a_script_shows_is_read(root: str, tag: str, wrapper: str) -> None:
    content = (
        f"{root}<head><meta charset=utf-8></head>{tag}{wrapper}<h1>{TITLE}</h1>{BODY}</div></body></html>".encode()
    )
    assert [t.quote for t in planparse.extract(content, name="a.html").targets] == ["60平方米", "800套", "1次"]


def test_what_a_page_hides_for_good_is_left_out() -> None:
    hidden = "<div style='display: none'><p>旧稿：新建住房900套。</p></div><p hidden>草稿。</p>"
    assert not [line for line in text_of(page(SITE, f"<h1>{TITLE}</h1>", BODY + hidden)) if "稿" in line]


@pytest.mark.parametrize(
    "furniture",
    [
        "<p>【字体：大 中 小】</p>",
        "<p><a href='javascript:window.print()'>打印</a> | <a href='javascript:window.close()'>关闭窗口</a></p>",
        "<p>【打印本页】【关闭窗口】</p>",
        "<div class=bdsharebuttonbox>分享到：<a>微信</a><a>微博</a></div>",
        "<p>分享到：微信 新浪微博 QQ空间</p>",
        "<p>扫一扫在手机打开当前页</p>",
        "<p>上一篇：关于召开会议的通知</p><p>下一篇：没有了</p>",
        "<p>浏览次数：1024次</p>",
        "<p>您现在的位置：首页 &gt; 政策 &gt; 规范性文件</p>",
        "<p><a href='/'>首页</a> &gt;&gt; <a href='/zc'>政策</a></p>",
        "<ul><li><a href=1.html>住房补贴办法</a><li><a href=2.html>租金标准</a><li><a href=3.html>申请指南</a>"
        "<li><a href=4.html>常见问题</a></ul>",
        "<p>某ICP备05000001号 版权所有：区住建局</p>",
    ],
)
def test_site_furniture_is_left_out(furniture: str) -> None:
    plain = text_of(page(SITE, f"<h1>{TITLE}</h1>"))
    assert text_of(page(SITE, f"<h1>{TITLE}</h1>", furniture + BODY)) == plain
    assert text_of(page(SITE, f"<h1>{TITLE}</h1>", BODY + furniture)) == plain


@pytest.mark.parametrize(
    "kept",
    [
        "<p>附件：<a href=1.doc>申请表</a></p>",
        "<ul><li><a href=1.doc>一</a><li><a href=2.pdf>二</a><li><a href=3.xls>三</a><li><a href=4.wps>四</a></ul>",
        "<p>下一条生产线投产后新增产能5万吨，打印纸用量下降5%。</p>",
        "<div class=sdfootnote><p>人口数据由区统计局提供</p></div>",
        "<div class=consider><p>数据口径为常住人口</p></div>",
    ],
)
def test_what_only_looks_like_furniture_stays(kept: str) -> None:
    assert len(text_of(page(SITE, f"<h1>{TITLE}</h1>", BODY + kept))) > len(text_of(page(SITE, f"<h1>{TITLE}</h1>")))


def test_marks_of_notes_are_no_figures() -> None:
    body = BODY.replace("800套", "800套<a class=sdfootnoteanc href='#sdfootnote1sym'><sup>9</sup></a>")
    assert "800套。" in "".join(text_of(page(SITE, f"<h1>{TITLE}</h1>", body)))


@pytest.mark.parametrize(
    ("frame", "status"),
    [
        ("<iframe src='/files/2024/plan.pdf'></iframe>", "partial"),
        ("<embed src=plan.PDF?v=1>", "partial"),
        ("<object data=plan.docx></object>", "partial"),
        ("<iframe src='https://example.cn/counter?id=1'></iframe>", "ok"),
        ("<p>附件：<a href=plan.pdf>计划</a></p>", "ok"),
    ],
)
def test_a_document_in_a_frame_is_missing_text(frame: str, status: str) -> None:
    document = planparse.extract(page(SITE, f"<h1>{TITLE}</h1>", BODY + frame), name="a.html")
    codes = [w.code for w in document.warnings if w.code != "time-not-understood"]  # the page has no year
    assert (document.status, codes) == (status, ["embedded-file"] * (status != "ok"))


def test_a_page_of_a_link_alone_lacks_what_that_leads_to() -> None:
    viewer = "<html><body><p>plan.doc</p><a href='/raw/plan.doc?raw=true'>View raw</a></body></html>"
    document = planparse.extract(viewer.encode(), name="plan.html")
    assert (document.status, document.warnings[0].code) == ("partial", "embedded-file")


# ---------------------------------------------------------------- tables of contents that a page keeps

CONTENTS = "<div>" + "".join(
    f"<p><a href='#a{n}'>{label} {title} {n + 3}</a></p>"
    for n, (label, title) in enumerate([("第一章", "总则"), ("第一条", "目的"), ("第二条", "范围"), ("第二章", "保障")])
)
HEADINGS = (
    "<ol><li><h1><a name=a0></a>总则</h1></ol><ol><li><h2><a name=a1></a>目的</h2></ol><p>为保障居民，制定本办法。</p>"
    "<ol start=2><li><h2 id=a2>范围</h2></ol><p>适用于本区，包括镇街；年内新建住房800套。</p>"
    "<h1 id=a3>保障</h1><p>安排资金2亿元。</p>"
)


def test_a_saved_table_of_contents_is_furniture_and_gives_its_labels_back() -> None:
    body = f"<h1>{TITLE}</h1><p>目录</p>{CONTENTS}</div>{HEADINGS}"
    document = planparse.extract(f"<html><body>{body}</body></html>".encode(), name="a.html")
    assert [(n.label, n.title) for n in document.outline] == [
        ("第一章", "总则"),
        ("第一条", "目的"),
        ("第二条", "范围"),
        ("第二章", "保障"),
    ]
    assert "第二条 范围 5" in document.text
    assert document.document.title == TITLE
    assert [s.quote for s in document.skipped if s.reason == "page-furniture"] == [
        "第一章 总则 3",
        "第一条 目的 4",
        "第二条 范围 5",
        "第二章 保障 6",
    ]


# ---------------------------------------------------------------- tables


def rows_of(body: str) -> list[list[list[str | None]]]:
    source = read_bytes(page(SITE, f"<h1>{TITLE}</h1>", BODY + body), "a.html")
    return [[[cell and cell.text for cell in row] for row in table.rows] for table in source.tables]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "<tr><th rowspan=2>指标<th rowspan=2>单位<th colspan=2>目标值</tr><tr><th>2025年<th>2030年</tr>"
            "<tr><td rowspan=2>住房<td>套<td>8<td>9</tr><tr><td>平方米<td>10<td>12</tr>",
            [
                ["指标", "单位", "目标值", None],
                [None, None, "2025年", "2030年"],
                ["住房", "套", "8", "9"],
                [None, "平方米", "10", "12"],
            ],
        ),
        (
            "<thead><tr><td>指标<td>2025年</thead>"
            "<tbody><tr><td colspan=2>一、住房</tr><tr><td>新建（套）<td>8</tr></tbody>",
            [["指标", "2025年"], ["一、住房", None], ["新建（套）", "8"]],
        ),
        (
            "<tr><td>指标<td>2025年</tr><tr><td><p>城镇登记</p><p>失业率</p><td>5<sup>2</sup>%</tr>"
            "<tr><td><table><tr><td>面积<td>（亩）</table><td>3</tr>",
            [["指标", "2025年"], ["城镇登记 失业率", "5²%"], ["面积 （亩）", "3"]],
        ),
    ],
    ids=["second header row", "group row", "lines and tables in cells"],
)
def test_grids(table: str, expected: list[list[str | None]]) -> None:
    assert rows_of(f"<table border=1>{table}</table>") == [expected]


def test_a_layout_table_is_no_grid_though_little_stands_in_it() -> None:
    letter = "<p>各镇街：</p><p>现将办法印发你们。</p><p>区住建局</p>"
    cells = f"<tr><td>{INFO}<td></tr><tr><td>{letter}<td></tr><tr><td>相关文档:<td></tr>"
    assert read_bytes(page(SITE, f"<h1>{TITLE}</h1>", f"<table>{cells}</table>"), "a.html").tables == ()
