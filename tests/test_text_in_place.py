"""Text files and Markdown are read where they stand: every quote is the file's own text at its offsets."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import planparse
from planparse.characters import VEIL, veil
from planparse.read.from_markdown import find_marks

PLAN = """# 临江区2025年**教育**工作要点

## 一、扩大*普惠*供给 ##

- 年内新建[公办园](https://example.cn/a_(1).html "详情")**4所**，新增学位`1260个`[^1]。
* 普惠园覆盖率达到**93%**以上，~~建成桥梁9座，~~新建绿地20亩<sup>[2]</sup>。

## 二、提升办学质量

> 小学生近视率较上年降低1\\.2个百分点<!-- 待核 -->。
![第3张图](b.png)

| 指标 | 单位 | 2024年 | **2025年** |
|:---|:-:|---|---:|
| 学前教育 | | | |
| 毛入园率 | % | 91.5 | **95** |

<table border="1">
<tr><td rowspan="2">指标</td><td colspan="2">2025年</td></tr>
<tr><td>城区</td><td>镇街</td></tr>
<tr><td>护理床位（张）</td><td><p>800</p></td><td>120</td></tr>
</table>

---

[^1]: 含改造学位
"""
FOUND = [
    ("公办园", 4),
    ("学位", 1260),
    ("普惠园覆盖率", 93),
    ("绿地", 20),
    ("小学生近视率", 1.2),
    ("毛入园率", 91.5),
    ("毛入园率", 95),
]


def assert_in_place(document: planparse.Document, decoded: str) -> None:
    assert document.text == decoded
    for record in [*document.targets, *document.skipped]:
        assert decoded[record.start : record.end] == record.quote
    for node in document.outline:
        assert decoded[node.start : node.end].strip()


@pytest.mark.parametrize(
    ("newline", "encoding", "suffix"), [*product(["\n", "\r\n"], ["utf-8-sig", "gb18030"], ["md", "txt"])]
)
def test_markdown_is_read_in_place(newline: str, encoding: str, suffix: str) -> None:
    text = PLAN.replace("\n", newline)
    document = planparse.extract(text.encode(encoding), name=f"plan.{suffix}")
    assert_in_place(document, text)
    assert [(t.indicator, t.value) for t in document.targets][: len(FOUND)] == FOUND
    assert [(node.label, node.title) for node in document.outline] == [("一", "扩大普惠供给"), ("二", "提升办学质量")]
    assert document.document.title == "临江区2025年教育工作要点"
    assert [warning.code for warning in document.warnings] == ["struck-out"]
    assert {t.table.row for t in document.targets if t.table} >= {2}


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("***强调***的**话**和*词*", "强调的话和词"),
        ("- [x] 完成\n+ 新建\n  * 改造", "完成\n新建\n改造"),
        ("见[附件](a.doc)和[1]", "见附件和[1]"),
        ("### 三、保障 ###", "三、保障"),
        ("> > 引用", "引用"),
        ("标题\n====\n\n***\n", "标题\n\n\n\n"),
        ("```text\n新建5所\n```", "\n新建5所\n"),
        ("第一<br/>第二&nbsp;三", "第一第二三"),
        ("共250<sup>9</sup>人，CO<sub>2</sub>，3m<sup>3</sup>", "共250人，CO2，3m3"),
        ("跨**两\n行**的话", "跨两\n行的话"),
    ],
)
def test_marks_are_no_words(marked: str, words: str) -> None:
    assert veil(marked, find_marks(marked)).replace(VEIL, "") == words


@pytest.mark.parametrize(
    "text",
    [
        "2*3与4*5",
        "a_b_c与d_e",
        "-5%以下，#5号楼",
        "*注：口径有调整",
        "增长<5%且>3%",
        "[1]见说明",
        "— 3 —",
        "1. 新建\n2. 改造",
        "“**”号",
        "5~~6",
    ],
)
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    assert veil(text, find_marks(text)) == text


PIECES = [
    "# 计划\n",
    "## 一、任务 ##\n",
    "**新建**学校5所。\n",
    "- 覆盖率达到`95%`\n",
    "* 招聘[教师](x/3.html)20名\n",
    "> 投资1.5亿元\n",
    "|指标|2024年|2025年|\n|-|-|-|\n|入园率（%）|90|**95**|\n",
    "<table><tr><td>指标<td>2025年</tr><tr><td>床位<td>8</table>\n",
    "~~改造3处~~*5个*\n",
    "\n",
    "1. 全覆盖[^2]\n",
    "　　年内 完成５０ 项\t3\n",
    "```\n7所\n",
    "指标\t单位\t2025年\n学位\t个\t800\n",
    "3\\*4\n",
]


@settings(max_examples=150, deadline=None)
@given(
    pieces=st.lists(st.one_of(st.sampled_from(PIECES), st.text("*_`~#|<>[]()-\\ \n一5所%", max_size=8)), max_size=12),
    suffix=st.sampled_from(["md", "txt", "csv"]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
@example(["|指标|2024年|2025年|\n|-|-|-|\n|入园率（%）|90|95|\n", "|3\\*4\n"], "md", "\n")  # a mark in a cell
def test_any_text_is_read_in_place(pieces: list[str], suffix: str, newline: str) -> None:
    text = ("2025年计划\n" + "".join(pieces)).replace("\n", newline)
    assert_in_place(planparse.extract(text.encode(), name=f"a.{suffix}"), text)
