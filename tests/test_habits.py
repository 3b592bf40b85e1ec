"""What people expect of a command: -h, examples, pipes, -o -, and words where something is missing or does nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from planparse.cli import COMMANDS

Run = Callable[..., subprocess.CompletedProcess[bytes]]

PLAN = "甲县2024年工作要点\n\n一、教育\n新增学位800个。"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    return path


def test_every_command_has_help_and_an_example(planparse: Run) -> None:
    for name in sorted(set(COMMANDS) - {"rules"}):
        shown = planparse(name, "-h").stdout.decode()
        assert f"Example: planparse {name} " in " ".join(shown.split()), name
    assert planparse("-h").returncode == planparse("rules", "-h").returncode == 0


def test_what_is_piped_is_read_without_a_name(planparse: Run) -> None:
    done = planparse("extract", "-f", "csv", "--columns", "quote", stdin=PLAN.encode())
    assert done.stdout.decode().split() == ["quote", '"800个"']


def test_a_dash_is_standard_output(planparse: Run, plan: Path) -> None:
    for command, first in (("extract", "source,"), ("panel", "place,")):
        assert planparse(command, str(plan), "-f", "csv", "-o", "-").stdout.decode().startswith(first)
    assert not (ROOT / "-").exists()
    assert "800个" in planparse("extract", str(plan), "-o", "-").stdout.decode()


WRONG = [  # arguments after the command, the exit status, what is said
    (["extract", ""], 1, "empty name"),
    (["extract", "https://example.org/plan.pdf?id=1"], 1, "web address"),
    (["extract", "PLAN", "-o", ""], 2, "names no file"),
    (["extract", "PLAN", "-o", "nowhere/targets.csv"], 2, "make it first: mkdir -p nowhere"),
    (["panel", "PLAN", "-o", "nowhere/panel.csv"], 2, "make it first: mkdir -p nowhere"),
    (["extract", "PLAN", "-f", "json", "--bom"], 2, "--bom does nothing in json"),
    (["extract", "PLAN", "-f", "json", "--headers", "zh"], 2, "--headers zh does nothing in json"),
    (["extract", "PLAN", "-f", "json", "--columns", "value"], 2, "--columns does nothing in json"),
    (["extract", "PLAN", "-f", "csv", "--review-link", "review.html"], 2, "--review-link does nothing in csv"),
    (["outline", "FOLDER"], 2, "means 2 documents"),
    (["text", "FOLDER"], 2, "means 2 documents"),
]


@pytest.mark.parametrize(("arguments", "status", "words"), WRONG, ids=lambda value: str(value)[:50])
def test_what_is_wrong_is_said(planparse: Run, plan: Path, arguments: list[str], status: int, words: str) -> None:
    plan.with_name("second.txt").write_text(PLAN, "utf-8")
    names = {"PLAN": str(plan), "FOLDER": str(plan.parent)}
    done = planparse(*[names.get(argument, argument) for argument in arguments])
    assert (done.returncode, words in done.stderr.decode()) == (status, True), done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_what_is_set_for_a_folder_may_do_nothing_in_a_format(planparse: Run, plan: Path) -> None:
    plan.with_name("planparse.toml").write_text('headers = "zh"\n', "utf-8")
    assert planparse("extract", str(plan), "-f", "json").returncode == 0
    assert planparse("extract", str(plan), "-f", "csv").stdout.decode().startswith("来源文件")
