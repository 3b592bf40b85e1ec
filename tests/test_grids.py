"""Tables in plain text: which lines make one, and what its cells are."""

from __future__ import annotations

import pytest

from planparse.read.grids import find_grids


def cells(text: str) -> list[list[list[str | None]]]:
    found = find_grids(text)
    for table in found:
        assert all(text[c.start : c.end] == c.text for row in table.rows for c in row if c)
    return [[[cell and cell.text for cell in row] for row in table.rows] for table in found]


ROWS = [["指标", "单位", "2025年"], ["入园率", "%", "95"], ["学位", "个", "800"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("指标\t单位\t2025年\n入园率\t%\t95\n学位\t个\t800\n", ROWS),
        ("指标\t\t单位\t2025年\n入园率\t%\t\t95\n学位\t\t\t个\t800", ROWS),
        ("\t指标\t单位\t2025年\r\n\t入园率\t%\t95\r\n\t学位\t个\t800", ROWS),
        ("|指标|单位|2025年|\n|---|---|---|\n| 入园率 | % | 95 |\n|学位|个|800", ROWS),
        ("指标  单位  2025年\n入园率  %  95\n学位\u2003\u2003个\u3000\u3000800\n", ROWS),
        ("指标\t单位\t2025年\n入园率\t%\t95\n- 3 -\n\f学位\t个\t800\n", ROWS),
        ("指标\t单位\t2025年\n入园率\t%\t95\n—————\n学位\t个\t800\n", ROWS),
        ("指标\t单位\t2025年\n学前\t\t\n入园率\t\t95\n", [ROWS[0], ["学前", "", ""], ["入园率", "", "95"]]),
        ("指标\t单位\t2025年\n一、学前\n入园率\t%\t95\n", [ROWS[0], ["一、学前"], ROWS[1]]),
        ("指标\t2025年\n入园率\t95\n", [["指标", "2025年"], ["入园率", "95"]]),
    ],
    ids=[
        "tabs",
        "tabs that push",
        "set in",
        "bars",
        "gaps",
        "page end",
        "rule",
        "empty cells",
        "group",
        "two columns",
    ],
)
def test_lines_that_make_a_table(text: str, expected: list[list[str]]) -> None:
    assert cells(f"2025年计划\n\n{text}\n\n后面是正文。\n") == [expected]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["入园率      %               95", "学位        个      700"],
            [["入园率", "%", "", "95"], ["学位", "个", "700", ""]],
        ),
        (["  学位              700     800"], [["学位", "", "700", "800"]]),
        (["一、学前教育"], [["一、学前教育"]]),
        (["入园率      %     90.25     95.5"], [["入园率", "%", "90.25", "95.5"]]),
    ],
    ids=["missing year", "missing unit", "group", "none missing"],
)
def test_a_missing_cell_leaves_a_wider_gap(rows: list[str], expected: list[list[str]]) -> None:
    text = "\n".join(
        [
            "指标        单位    2024年  2025年",
            "巩固率      %       98      99",
            *rows,
            "完成率      %       90      91",
        ]
    )
    assert cells(f"2025年计划\n\n{text}\n\n")[0][2:-1] == expected


def test_a_caption_parts_two_tables() -> None:
    table = "指标\t2025年\n学位\t800\n"
    assert cells(f"{table}表2 投入\n{table}") == [[["指标", "2025年"], ["学位", "800"]]] * 2


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t职务\t电话\n甲\t主任\t01\n乙\t科员\t02\n",
        "指标  单位  2025年\n入园率  95\n",
        "一、目标\t3\n二、任务\t5\n",
        "指标\t2025年\n\n入园率\t95\n",
        "本报讯 3 月 5 日，教育局召开会议，总结 2024 年工作，部署 2025 年任务。\n"
        "会上表彰 12 所学校、30 名教师和 5 个社区 。\n"
        "会议要求 2025 年新建学校 4 所、新增学位 1260 个以上。\n",
        "2025年全区项目名称、单位和目标，按季度公布，各单位要抓好落实，确保全年任务圆满完成，不得拖延。\t年\n甲\t乙\n",
    ],
    ids=["no header", "gaps in two cells", "contents", "blank line", "blanks around numbers", "prose"],
)
def test_lines_that_make_none(text: str) -> None:
    assert cells(text) == []
