"""A document that is named alone is read apart too: what it does to its process costs it alone, and has a code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ROOT
from planparse.isolation.bounds import Failure
from planparse.isolation.in_turn import in_turn
from planparse.limits import Budget
from poisons import CODES, DEEDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and forks are kept to on Linux")
PLAN = "2025年计划\n\n新增学位800个。\n"
LONG = "完成12.5万元、34个、56公里，" * 3_000
BUDGET = Budget(seconds=2, megabytes=300)


def deed(kind: str) -> str:
    DEEDS.get(kind, lambda: None)()
    return kind


def poisons() -> None:
    """In a process of its own: pytest may have threads, and what has some is not forked."""
    kinds = [each for kind in CODES for each in ("before", kind, "behind")]
    outcomes = list(in_turn(kinds, deed, BUDGET))
    assert [kind for kind, _ in outcomes] == kinds
    assert [o.code if isinstance(o, Failure) else o for _, o in outcomes] == [CODES.get(kind, kind) for kind in kinds]
    given_up = in_turn(["before", "hang"], deed, BUDGET)
    assert next(given_up) == ("before", "before")
    given_up.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_poisons_cost_only_themselves_and_nothing_is_left() -> None:
    done = subprocess.run([sys.executable, __file__], cwd=ROOT / "tests", capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def extract(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "planparse", "extract", "a.txt", "-f", "json", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


LIMITS = {"--memory=200": ("学" * 40_000_000, "out-of-memory"), "--timeout=0.1": (LONG, "timeout")}


@pytest.mark.parametrize("options", LIMITS)
def test_one_document_has_limits_too(tmp_path: Path, options: str) -> None:
    text, code = LIMITS[options]
    done = extract(tmp_path, text, options)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1 and f"[{code}]" in done.stderr.decode()
    assert f'"code": "{code}"' in done.stdout.decode()


def lives(pid: int) -> bool:
    """Whether there is a process that is not dead, be it waited for or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_an_interrupt_ends_parent_and_child(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LONG, encoding="utf-8")
    command = [sys.executable, "-m", "planparse", "text", "a.txt"]
    run = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while not children.read_text():
        time.sleep(0.01)
    child = int(children.read_text())
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate()[1].decode()
    assert run.returncode == 130 and "Traceback" not in said, said
    deadline = time.monotonic() + 5  # the kernel ends it where the parent had no time to
    while lives(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not lives(child)


if __name__ == "__main__":
    poisons()
