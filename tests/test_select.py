"""Which records and which files are asked for: filters, conditions, what is left out, what is said of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from planparse import extract
from planparse.flat import read_jsonl
from planparse.model import PlanparseError
from planparse.select import Selection, read_condition
from planparse.write import render

Run = Callable[..., subprocess.CompletedProcess[bytes]]

PLAN = """甲县2024年工作要点

一、教育
新增学位800个，九年义务教育巩固率达到95%以上。
二、经济
（一）增长
地区生产总值增长6%。招商引资到位资金30亿元，其中6月底前到位12亿元。
2023年，全县城镇新增就业700人。
"""

KEPT = [
    (Selection(statuses=("achieved",)), ["700人"]),
    (Selection(kinds=("count", "money")), ["800个", "30亿元", "12亿元", "700人"]),
    (Selection(indicators=("城镇新增就业",)), ["700人"]),
    (Selection(indicators=("gdp", "学位")), ["800个", "6%"]),
    (Selection(sections=("一",)), ["800个", "95%"]),
    (Selection(sections=("二>一",)), ["6%", "30亿元", "12亿元", "700人"]),
    (Selection(sections=("教育",)), ["800个", "95%"]),
    (Selection(where="value >= 90 and unit == '%'"), ["95%"]),
    (Selection(where="目标值 >= 90 and 单位 != '元'"), ["800个", "95%", "700人"]),
    (Selection(where="deadline < '2024-12-31'"), ["12亿元"]),
    (Selection(where="'就业' in indicator or unit in ('%',) and not comparator == '>='"), ["6%", "700人"]),
    (Selection(where="5 < value <= 95"), ["95%", "6%"]),
    (Selection(where="baseline > 0"), []),
    (Selection(where="change is not None"), ["6%"]),
]


@pytest.mark.parametrize(("selection", "quotes"), KEPT, ids=lambda value: str(value)[:60])
def test_a_selection_keeps_what_it_asks_for(selection: Selection, quotes: list[str]) -> None:
    assert [target.quote for target in selection.of(extract(PLAN.encode())).targets] == quotes


@pytest.mark.parametrize(
    "where", ["value >", "open('x')", "value.real", "valeu > 3", "value + 1 > 2", "(" * 500, "f'{value}'"]
)
def test_a_condition_is_nothing_but_comparisons(where: str) -> None:
    with pytest.raises(PlanparseError, match="--where"):
        read_condition(where)


def test_json_lines_are_read_back() -> None:
    document = extract(PLAN.encode(), name="a.txt")
    again = read_jsonl(render([document], "jsonl"))
    assert render(again, "csv") == render([document], "csv")
    with pytest.raises(PlanparseError, match="line 2 is no record"):
        read_jsonl(str(render([document], "jsonl")).split("\n")[0] + "\n{")


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    (folder / "drafts").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "drafts/c.txt", "~$a.docx", "table.xlsx"):
        (folder / name).write_text(PLAN, "utf-8")
    return folder


def test_files_are_left_out_and_said(planparse: Run, plans: Path) -> None:
    dry = planparse("extract", str(plans), "--exclude", "drafts/*", "--dry-run")
    assert [Path(line).name for line in dry.stdout.decode().splitlines()] == ["a.txt", "b.txt"]
    assert dry.stderr.decode() == "planparse: not read in folders: 1 .xlsx\n"


@pytest.mark.parametrize("inputs", [["a.txt"], ["a.txt", "bad.pdf"]], ids=["here", "batch"])
def test_filters_and_failures_hold_for_one_and_for_many(planparse: Run, plans: Path, inputs: list[str]) -> None:
    (plans / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    failures = plans.parent / "failed.jsonl"
    given = [str(plans / name) for name in inputs]
    done = planparse("extract", *given, "-f", "json", "--kind", "percentage", "--failures", str(failures), "--strict")
    output = json.loads(done.stdout)
    assert [t["quote"] for t in output["documents"][0]["targets"]] == ["95%", "6%"]
    failed = [json.loads(line)["source"] for line in failures.read_text("utf-8").splitlines()]
    assert (done.returncode, [Path(name).name for name in failed]) == (len(inputs) - 1, inputs[1:])


def test_convert_takes_folders_and_filters(planparse: Run, plans: Path) -> None:
    (plans.parent / "out").mkdir(exist_ok=True)
    for form in ("json", "jsonl"):
        planparse("extract", str(plans / "a.txt"), "-o", str(plans.parent / "out" / f"x.{form}"))
    done = planparse("convert", str(plans.parent / "out"), "-f", "csv", "--indicator", "学位", "--columns", "quote")
    assert done.stdout.decode().split() == ["quote", '"800个"', '"800个"']
    assert b"--kind is one of" in planparse("convert", str(plans), "--kind", "x").stderr
    assert b"holds no output" in planparse("convert", str(plans)).stderr
