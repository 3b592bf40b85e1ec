"""Streams that are closed or full, files without end: one line, and the right status."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from poisons import write_plans

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
PLAN = "2025年计划\n\n新增学位800个。\n"
COMMAND = shlex.join([sys.executable, "-m", "planparse"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    write_plans(tmp_path / "plans", 3)
    with (tmp_path / "sparse.txt").open("wb") as file:
        file.truncate(10**13)
    return tmp_path


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """A line of shell in which PP is the command."""
    return subprocess.run(
        ["bash", "-c", f'PP() {{ {COMMAND} "$@"; }}; {line}'], cwd=folder, capture_output=True, timeout=60, check=False
    )


LINES = {  # and the status, and what standard error says
    "PP extract a.txt >/dev/full": (1, b"cannot write standard output: No space left"),
    "PP extract a.txt >&-": (1, b"cannot write standard output"),
    "PP text a.txt >/dev/full": (1, b"cannot write standard output: No space left"),
    "PP extract plans a.txt -f jsonl -q >/dev/full": (1, b"cannot write standard output: No space left"),
    "PP extract plans a.txt -f jsonl -q >&-": (1, b"cannot write standard output"),
    "PP extract a.txt | true; exit ${PIPESTATUS[0]}": (0, b""),
    "PP extract nothing.txt 2>&-": (1, b""),
    "PP extract nothing.txt 2>/dev/full": (1, b""),
    "PP extract - <&-": (1, b"standard input cannot be read"),
    "PP extract - a.txt -f jsonl -q <&-": (1, b"standard input cannot be read"),
    "PP extract /dev/zero": (1, b"[too-large]"),
    "PP extract sparse.txt": (1, b"[too-large]"),
    "cat /dev/zero | PP extract -": (1, b"[too-large]"),
    "ulimit -f 1; PP extract a.txt a.txt a.txt a.txt -o all.json -q": (1, b"cannot"),
    "ulimit -n 12; PP extract plans -o out/ -q": (1, b"Too many open files"),
}


@pytest.mark.parametrize("line", LINES)
def test_one_line_and_the_right_status(folder: Path, line: str) -> None:
    status, said = LINES[line]
    done = shell(line, folder)
    assert (done.returncode, b"Traceback" in done.stderr) == (status, False), done.stderr.decode()
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == bool(said), done.stderr.decode()
    if "2>" in line:
        assert b"planparse:" not in done.stdout  # what is for a person never lands among the records


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs another user to be refused")
def test_a_folder_that_may_not_be_searched(folder: Path) -> None:
    from planparse.inputs import find_inputs

    for path in (folder, *folder.parents[:3]):
        path.chmod(0o755)
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    (closed / "a.txt").write_text(PLAN, encoding="utf-8")
    os.seteuid(65534)
    try:
        found = list(find_inputs([str(closed), str(closed / "a.txt"), str(closed / "*.txt")]))
    finally:
        os.seteuid(0)
    assert [given.error is None for given in found][1] and len(found) == 3
