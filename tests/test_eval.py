"""`planparse eval`: the figures, what was gained and lost, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CORPUS, ROOT
from planparse import extract
from planparse.write import render

sys.path.insert(0, str(ROOT / "scripts"))

from compare import changes

Run = Callable[..., subprocess.CompletedProcess[bytes]]

TEXT = "某区2025年工作要点\n\n一、任务\n新增学位800个，巩固率达到95%。\n"
HEAD = {
    "doc": {"title": "某区2025年工作要点", "period_start": "2025-01-01", "period_end": "2025-12-31"},
    "outline": [[1, "一", "任务"]],
}
PLACES = {
    "at": "新增学位⟦800个⟧",
    "status": "planned",
    "kind": "count",
    "value": 800,
    "unit": "个",
    "indicator": "学位",
}
RATE = {"at": "达到⟦95%⟧", "status": "planned", "kind": "percentage", "value": 95, "unit": "%", "indicator": ["巩固率"]}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    rows = [HEAD, {**PLACES, "section": ["一"]}, {**RATE, "section": ["一"]}]
    path = tmp_path / "plan.gold.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_right_output_scores_one(planparse: Run, gold: Path) -> None:
    done = planparse("eval", str(gold), str(gold.with_name("plan.txt")), "--json")
    figures = json.loads(done.stdout)["figures"]
    assert done.returncode == 0
    assert figures["ALL"] == figures["plan"]
    assert {value for name, value in figures["ALL"].items() if name not in ("records", "bad_quote")} == {1.0}
    assert (figures["ALL"]["records"], figures["ALL"]["bad_quote"]) == (2, 0)


def test_each_fault_lowers_its_figure(planparse: Run, gold: Path, tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.json", tmp_path / "wrong.json"
    planparse("extract", str(gold.with_name("plan.txt")), "-o", str(right))
    output = json.loads(right.read_text(encoding="utf-8"))
    output["documents"][0]["targets"][0]["value"] = 900
    del output["documents"][0]["targets"][1]
    output["documents"][0]["outline"] = []
    wrong.write_text(json.dumps(output), encoding="utf-8")
    result = json.loads(planparse("eval", str(gold), str(wrong), "--before", str(right), "--json").stdout)
    figures = result["figures"]["ALL"]
    assert figures["recall"] == 0.5 and figures["precision"] == 1 and figures["value"] == 0
    assert figures["strict_f1"] == 0 and figures["outline_f1"] == 0
    assert [fault["what"] for fault in result["lost"]["plan"]] == ["WRONG", "MISSED", "HEADING MISSED"]
    assert result["gained"] == {"plan": []}
    shown = planparse("eval", str(gold), str(right), "--before", str(wrong)).stdout.decode()
    assert "gained: 3" in shown and "lost: 0" in shown


def test_a_folder_of_gold_beside_or_under_its_texts(planparse: Run) -> None:
    done = planparse("eval", "samples/gold", "samples/expected")
    assert done.returncode == 0
    assert {path.stem for path in (ROOT / "samples" / "expected").glob("*.json")} <= set(done.stdout.decode().split())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "plan.gold.jsonl:1:"),
        ('{"at": "没有⟦这句⟧", "indicator": "x"}', "is not in the document"),
        ('{"at": "⟦800个⟧"}', "'indicator' is missing"),
    ],
)
def test_malformed_gold_is_named(planparse: Run, gold: Path, line: str, message: str) -> None:
    gold.write_text(line + "\n", encoding="utf-8")
    done = planparse("eval", str(gold), str(gold.with_name("plan.txt")))
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    assert message in done.stderr.decode()


def test_a_missing_output_counts_as_missed(planparse: Run, gold: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("别的通知。", encoding="utf-8")
    two = tmp_path / "two.gold.jsonl"
    two.write_bytes(gold.read_bytes())
    (tmp_path / "two.txt").write_text(TEXT + "\n附则。", encoding="utf-8")
    done = planparse("eval", str(tmp_path), str(other), "--json")
    assert done.returncode == 1
    assert b"holds no output for plan" in done.stderr
    assert json.loads(done.stdout)["figures"]["ALL"]["recall"] == 0


def test_a_name_is_exact_letter_by_letter_and_an_action_is_the_verb(planparse: Run, gold: Path) -> None:
    rows = [HEAD, {**PLACES, "indicator": ["新学位"], "action": "新增"}, {**RATE, "action": "保持"}]
    gold.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    figures = json.loads(planparse("eval", str(gold), str(gold.with_name("plan.txt")), "--json").stdout)["figures"]
    assert (figures["ALL"]["indicator"], figures["ALL"]["exact"], figures["ALL"]["action"]) == (1, 0.5, 0.5)


def test_calibration_counts_the_records_of_each_confidence(planparse: Run, gold: Path, tmp_path: Path) -> None:
    output = tmp_path / "output.json"
    planparse("extract", str(gold.with_name("plan.txt")), "-o", str(output))
    result = json.loads(output.read_text(encoding="utf-8"))
    for target, confidence in zip(result["documents"][0]["targets"], (0.97, 0.6), strict=True):
        target["confidence"] = confidence
    result["documents"][0]["targets"][1]["value"] = 90
    output.write_text(json.dumps(result), encoding="utf-8")
    shown = planparse("eval", str(gold), str(output), "--calibration").stdout.decode()
    assert "confidence 0.50 to 0.80: 1 records, 0.000 strictly right" in shown
    assert "confidence 0.95 to 1.00: 1 records, 1.000 strictly right" in shown


@pytest.mark.skipif(not (CORPUS.parent / "tools" / "score.py").is_file(), reason="no scorer to compare with")
def test_the_figures_are_those_of_the_scorer(planparse: Run, tmp_path: Path) -> None:
    folder = CORPUS / "dev"
    for path in folder.glob("*.txt"):
        output = tmp_path / f"{path.stem}.json"
        output.write_text(render([extract(path)], "json"), encoding="utf-8")  # type: ignore[arg-type]

    def other(*options: str) -> str:
        command = [sys.executable, str(CORPUS.parent / "tools" / "score.py"), *options, str(folder), str(tmp_path)]
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout

    wanted = json.loads(other("--json"))
    figures = json.loads(planparse("eval", str(folder), str(tmp_path), "--json").stdout)["figures"]
    assert {name: {key: figures[name][key] for key in row} for name, row in wanted.items()} == wanted
    bands = [line for line in other("--calibration").splitlines() if line.startswith("confidence")]
    shown = planparse("eval", str(folder), str(tmp_path), "--calibration").stdout.decode().splitlines()
    assert bands == [line for line in shown if line.startswith("confidence")]


def test_two_readings_are_told_apart_record_by_record() -> None:
    before = extract("某区2025年工作要点\n\n一、任务\n新增学位800个，巩固率达到95%。\n".encode())
    after = extract("某区2025年工作要点\n\n一、任务\n新增学位900个，巩固率达到95%。\n".encode())
    lines = [line.split(" | ")[0:2] for line in changes(before, after)]
    assert lines == [["    - planned count", "800个"], ["    + planned count", "900个"]]
    assert list(changes(before, before)) == []
