"""`planparse rules coverage`: what each construction and carry read, how much is right, what nothing special took."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]

TEXT = "某区2025年工作要点\n\n一、任务\n新增学位800个，巩固率达到95%。对首次上榜的企业给予20万元奖励。\n"
PLANNED = {"status": "planned"}
ROWS = [
    {"doc": {"title": "某区2025年工作要点", "period_start": "2025-01-01", "period_end": "2025-12-31"}},
    {"at": "新增学位⟦800个⟧", "kind": "count", "value": 800, "unit": "个", "indicator": "学位", **PLANNED},
    {"at": "达到⟦95%⟧", "kind": "percentage", "value": 96, "unit": "%", "indicator": "巩固率", **PLANNED},
    {"at": "⟦20万元⟧", "kind": "money", "value": 200000, "indicator": "奖励", "optional": True, **PLANNED},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    gold = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    (tmp_path / "plan.gold.jsonl").write_text(gold, encoding="utf-8")
    (tmp_path / "other.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def coverage(planparse: Run, *arguments: str) -> dict[str, object]:
    return json.loads(planparse("rules", "coverage", *arguments, "--json").stdout)  # type: ignore[no-any-return]


def test_records_are_counted_by_what_named_them(planparse: Run, folder: Path) -> None:
    found = coverage(planparse, str(folder / "plan.txt"), str(folder / "other.txt"))
    rules = found["rules"]
    assert isinstance(rules, dict)
    assert (found["documents"], found["records"]) == (2, 6)
    assert sum(one["records"] for one in rules.values()) == 6
    assert sum(one["judged"] for one in rules.values()) == 2  # what is optional counts neither way
    assert sum(one["right"] for one in rules.values()) == 1
    assert sum(one["exact"] for one in rules.values()) == 2


def test_the_general_reading_has_its_share_and_its_shapes(planparse: Run, folder: Path) -> None:
    (folder / "rest.txt").write_text("新建学校5所，学校操场3万平方米。\n", encoding="utf-8")
    found = coverage(planparse, str(folder / "plan.txt"), str(folder / "rest.txt"))
    shapes = found["shapes"]
    assert isinstance(shapes, list) and shapes
    assert found["general"] == sum(shape["records"] for shape in shapes) == 1
    assert all("Q" in shape["shape"].split() and "⟦" in shape["example"] for shape in shapes)


def test_another_part_may_be_asked_for(planparse: Run, folder: Path) -> None:
    rules = coverage(planparse, str(folder / "plan.txt"), "--part", "status")["rules"]
    assert isinstance(rules, dict) and all(rule.startswith("status.") for rule in rules)


def test_the_text_has_a_line_for_each_rule(planparse: Run, folder: Path) -> None:
    shown = planparse("rules", "coverage", str(folder / "plan.txt")).stdout.decode()
    assert shown.startswith("rule ") and "3 records in 1 documents; the general reading named" in shown


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [(["--part", "colour"], 2, "--part is one of"), (["no-such.txt"], 1, "[missing]")],
)
def test_what_cannot_be_done_is_said(
    planparse: Run, folder: Path, arguments: list[str], status: int, message: str
) -> None:
    done = planparse("rules", "coverage", str(folder / "plan.txt"), *arguments)
    assert (done.returncode, b"Traceback" in done.stderr) == (status, False)
    assert message in done.stderr.decode()


def test_what_cannot_be_read_is_named_and_the_rest_counted(planparse: Run, folder: Path) -> None:
    (folder / "empty.docx").write_bytes(b"PK")
    done = planparse("rules", "coverage", str(folder))
    assert done.returncode == 1 and "6 records in 2 documents" in done.stdout.decode()
    assert b"empty.docx" in done.stderr and b"without 1 of the inputs" in done.stderr
