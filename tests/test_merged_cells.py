"""Indicator tables with cells that span rows and columns give a record for every goal, in Word and on web pages."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

import planparse
from conftest import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import word_parts as word

Grid = list[list[str]]
TITLE = "临江区2021—2025年教育规划"
LEFT, UP = "<", "^"  # the cell on the left, or above, goes on

TABLES: dict[str, tuple[str, list[tuple[str, str, str | None]]]] = {
    "category and attribute span rows": (
        """类别 指标 单位 2020年 2025年 属性
           教育 毛入园率 % 85 92 约束性
           ^ 新增学位 万个 — 〔3.5〕 ^
           卫生 床位数 张 5 6 预期性""",
        [("毛入园率", "92%", "binding"), ("新增学位", "35000个", "binding"), ("床位数", "6张", "expected")],
    ),
    "the name spans category and indicator": (
        """指标 < 单位 2020年 2025年 属性
           教育 毛入园率 % 85 92 约束性
           ^ 新增学位 万个 — 〔3.5〕 预期性
           床位数 < 张 5 6 预期性""",
        [("毛入园率", "92%", "binding"), ("新增学位", "35000个", "expected"), ("床位数", "6张", "expected")],
    ),
    "two header rows": (
        """序号 指标 单位 目标值 < 属性
           ^ ^ ^ 2020年 2025年 ^
           1 毛入园率 % 85 92 约束性
           2 新增学位 万个 — 〔3.5〕 预期性""",
        [("毛入园率", "92%", "binding"), ("新增学位", "35000个", "expected")],
    ),
    "the year spans value and total": (
        """指标 单位 2025年 < 属性
           ^ ^ 数值 〔累计〕 ^
           毛入园率 % 92 — 约束性
           新增学位 万个 — 〔3.5〕 预期性""",
        [("毛入园率", "92%", "binding"), ("新增学位", "35000个", "expected")],
    ),
    "the unit spans rows": (
        """指标 单位 2025年 属性
           毛入园率 % 92 约束性
           就读占比 ^ 93 预期性""",
        [("毛入园率", "92%", "binding"), ("就读占比", "93%", "expected")],
    ),
    "a caption and a section span all": (
        """2025年主要指标 < < <
           序号 指标 2025年 属性
           一、教育 < < <
           1 毛入园率（%） 92 约束性
           2 就读占比（%） 93 预期性""",
        [("毛入园率", "92%", "binding"), ("就读占比", "93%", "expected")],
    ),
}


def spans(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """How many columns and rows a cell covers."""
    columns = next((i for i, text in enumerate(grid[row][column + 1 :]) if text != LEFT), len(grid[row]) - column - 1)
    below = [line[column] for line in grid[row + 1 :]]
    return columns + 1, next((i for i, text in enumerate(below) if text != UP), len(below)) + 1


def as_html(grid: Grid) -> bytes:
    rows = ""
    for r, line in enumerate(grid):
        rows += "<tr>"
        for c, text in enumerate(line):
            if text not in (LEFT, UP):
                rows += '<td colspan="{}" rowspan="{}">{}</td>'.format(*spans(grid, r, c), text)
        rows += "</tr>"
    return f"<html><body><h1>{TITLE}</h1><p>为推进教育，制定本规划。</p><table>{rows}</table></body></html>".encode()


def as_docx(grid: Grid) -> bytes:
    rows = []
    for r, line in enumerate(grid):
        row = []
        for c, text in enumerate(line):
            columns, height = spans(grid, r, c)
            if text == UP:
                row.append(word.cell(merge="continue"))
            elif text != LEFT:
                row.append(word.cell(text, columns=columns, merge="begin" if height > 1 else ""))
        rows.append(row)
    return word.docx(word.paragraph(TITLE) + word.table(*rows, columns=len(grid[0])))


@pytest.mark.parametrize("render", [as_html, as_docx])
@pytest.mark.parametrize("name", TABLES)
def test_every_goal_is_a_record(name: str, render: Callable[[Grid], bytes]) -> None:
    written, expected = TABLES[name]
    document = planparse.extract(render([line.split() for line in written.splitlines()]))
    goals = [t for t in document.targets if t.status == "planned"]
    assert [(t.indicator, f"{t.value:g}{t.unit}", t.binding) for t in goals] == expected
    assert {t.time and t.time.end and t.time.end.year for t in goals} == {2025}
