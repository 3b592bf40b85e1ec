"""Whoever dies at whatever step of a batch: nothing is lost, torn or doubled, and the run says what happened."""

from __future__ import annotations

import signal
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from aimed import POINTS, STEPS, extract, files, killing
from conftest import ROOT
from planparse.model import PlanparseError
from poisons import write_plans

DOCUMENTS = 6


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kills") / "plans"
    write_plans(folder, DOCUMENTS)
    extract(folder, folder.parent / "whole")
    extract(folder, folder.parent / "whole.json")
    return folder


@pytest.mark.filterwarnings("ignore:resource_tracker")
@pytest.mark.parametrize(("whom", "step"), [*product(("worker", "server"), STEPS), ("tracker", "born")])
def test_a_killed_process_costs_the_document_at_hand(plans: Path, tmp_path: Path, whom: str, step: str) -> None:
    with killing(whom, step, 2) as killed:
        tally = extract(plans, tmp_path / "out")
    assert len(killed) == 1
    assert tally.done == DOCUMENTS
    assert tally.failed <= (whom == "worker" and step != "born")
    whole = files(plans.parent / "whole")
    assert len(files(tmp_path / "out")) == DOCUMENTS
    assert (extract(plans, tmp_path / "out").ok, files(tmp_path / "out")) == (DOCUMENTS, whole)


def test_workers_that_never_live_end_the_run_with_a_code(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["planparse.isolation.supervise"], "START_TRIES", 2)
    with pytest.raises(PlanparseError) as caught, killing("worker", "born", 1, times=99):
        extract(plans, tmp_path / "out")
    assert caught.value.code == "no-workers"


ENDS = [*product(("out",), POINTS), ("out.json", "keep"), ("out.json", "replace")]


@pytest.mark.parametrize(("output", "point"), ENDS)
def test_a_killed_batch_goes_on(plans: Path, tmp_path: Path, point: str, output: str) -> None:
    count = "1" if point == "finish" or (output == "out.json" and point == "replace") else "3"
    command = [sys.executable, "aimed.py", str(plans), str(tmp_path / output), point, count]
    assert subprocess.run(command, cwd=ROOT / "tests").returncode == -signal.SIGKILL
    whole = files(plans.parent / output.replace("out", "whole"))
    assert files(tmp_path / output).items() <= whole.items()
    tally = extract(plans, tmp_path / output)
    assert (tally.ok, files(tmp_path / output)) == (DOCUMENTS, whole)
    assert sorted(path.name for path in tmp_path.rglob(".*") if path.suffix == ".draft") == []
