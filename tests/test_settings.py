"""What is set once for all: planparse.toml above the documents, PLANPARSE_*, options, in this order."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import run

PLAN = "某港2025年工作计划\n\n一、重点任务\n集装箱吞吐量达到4500万TEU。客户净推荐值达到65分。\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "year").mkdir()
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "units.toml").write_text('[measures]\n"TEU" = "达到3万TEU"\n', encoding="utf-8")
    path = tmp_path / "year" / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def settle(plan: Path, content: str) -> Path:
    path = plan.parent.parent / "planparse.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_the_nearest_file_above_the_documents_holds(plan: Path) -> None:
    settle(plan, 'format = "csv"\nheaders = "zh"\ncolumns = ["indicator", "unit"]\nrules = ["own"]\n')
    assert run("extract", str(plan))[1] == "指标,单位\n集装箱吞吐量,TEU\n客户净推荐值,分\n"
    (plan.parent / "planparse.toml").write_text('format = "csv"\ncolumns = ["unit"]\n', encoding="utf-8")
    assert run("extract", str(plan))[1] == "unit\n分\n"


def test_the_environment_goes_before_the_file_and_an_option_before_both(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(plan, 'format = "csv"\ncolumns = ["unit"]\n')
    monkeypatch.setenv("PLANPARSE_COLUMNS", "value")
    assert run("extract", str(plan))[1] == "value\n65\n"
    assert run("extract", str(plan), "--columns", "quote")[1] == 'quote\n"65分"\n'


def test_what_is_written_to_a_file_has_the_format_of_its_suffix(plan: Path) -> None:
    settle(plan, 'format = "csv"\n')
    out = plan.with_name("out.json")
    assert run("extract", str(plan), "-o", str(out))[0] == 0
    assert out.read_text(encoding="utf-8").startswith("{")


def test_config_says_what_holds_and_whence(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = settle(plan, 'headers = "zh"\nlimits = { max_pages = 5 }\n')
    monkeypatch.setenv("PLANPARSE_MIN_CONFIDENCE", "0.5")
    lines = run("config", str(plan))[1].splitlines()
    assert f"headers\tzh\t{path}" in lines
    assert "min_confidence\t0.5\tPLANPARSE_MIN_CONFIDENCE" in lines
    assert "columns\t-\tnot set" in lines


FAULTS = {
    'header = "zh"': "there is no setting 'header'; did you mean headers?",
    'headers = "fr"': "headers = 'fr': is one of en, zh",
    "rules = 3": 'rules = 3: is a list of folders: ["my-rules"]',
    "limits = { max_pages = 0 }": "limits = {'max_pages': 0}: is a table of numbers: { max_pages = 5000 }",
    "min_confidence = 2": "min_confidence = 2: is a number from 0 to 1",
    "headers": "is not valid TOML: ",
}


@pytest.mark.parametrize("content", FAULTS)
def test_a_fault_is_a_line(plan: Path, content: str) -> None:
    path = settle(plan, content)
    status, out, said = run("extract", str(plan))
    assert (status, out) == (2, "")
    assert said.startswith(f"planparse: {path}: {FAULTS[content]}")
    assert said.count("\n") == 1
