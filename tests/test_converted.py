"""Files that LibreOffice converts: what planparse asks of it and makes of its answer, with a script in its place."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import planparse
from conftest import ROOT
from planparse.model import PlanparseError

sys.path.insert(0, str(ROOT / "scripts"))
import word_parts as word

RTF = rb"{\rtf1\ansi\ansicpg936 \'d0\'c2}"
LEGACY = (Path(__file__).parent / "fixtures" / "word-features.doc").read_bytes()
MAIN = LEGACY.index(b"\xec\xa5")  # where the main stream begins
PLAN = word.docx(word.paragraph("2025年工作计划") + word.paragraph("年内新建学校5所。"))
MOJIBAKE = word.docx(word.paragraph("ÄêÄÚÐÂ½¨Ñ§Ð£5Ëù"))
HANGS = "sleep 60 & echo $! > {place}/pid; wait"


def patched(at: int, value: bytes) -> bytes:
    return LEGACY[: MAIN + at] + value + LEGACY[MAIN + at + len(value) :]


WORD_95 = patched(2, b"\x68\x00")
PROTECTED_95 = patched(0, b"\xdc\xa5\x68\x00" + LEGACY[MAIN + 4 : MAIN + 11] + b"\x01")
NO_PIECES = patched(0x1A6, bytes(4))


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Puts a script on the path that does what it is told, after it has written down what it was asked."""

    def install(does: str, answer: bytes = PLAN) -> None:
        (tmp_path / "answer.docx").write_bytes(answer)
        script = tmp_path / "soffice"
        does = does.format(place=tmp_path)
        script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/asked\nfor last; do :; done\n{does}\n')
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.delenv("PLANPARSE_OFFICE")

    return install


ANSWERS = "cp {place}/answer.docx $(dirname $last)/document.docx"


@pytest.mark.parametrize(
    ("content", "asked", "code", "status"),
    [
        (RTF, "--infilter=Rich Text Format", "converted", "ok"),
        (WORD_95, "--infilter=MS WinWord 6.0", "converted", "ok"),
        (NO_PIECES, "--infilter=MS Word 97", "repaired", "partial"),
    ],
    ids=["rtf", "Word 95", "damaged"],
)
def test_what_it_converts_is_read(office, tmp_path: Path, content: bytes, asked: str, code: str, status: str) -> None:
    office(ANSWERS)
    document = planparse.extract(content, name="plan.rtf" if content == RTF else "plan.doc")
    assert [(t.indicator, t.value) for t in document.targets] == [("学校", 5)]
    assert (document.status, [w.code for w in document.warnings]) == (status, [code])
    assert "LibreOffice" in document.warnings[0].message
    words = (tmp_path / "asked").read_text().splitlines()
    assert asked in words and "--headless" in words
    profile = next(word for word in words if word.startswith("-env:UserInstallation=file:///"))
    assert not Path(profile.partition("file://")[2]).exists()  # nothing is left behind


@pytest.mark.parametrize(
    ("does", "answer"),
    [("exit 1", PLAN), ("exit 0", PLAN), (ANSWERS, MOJIBAKE), ("kill -9 $$", PLAN)],
    ids=["fails", "writes nothing", "reads garbage", "crashes"],
)
def test_what_it_cannot_convert_is_refused(office, does: str, answer: bytes) -> None:
    office(does, answer)
    with pytest.raises(PlanparseError, match="could not read it either") as caught:
        planparse.extract(RTF)
    assert caught.value.code == "unsupported-format"


@pytest.mark.parametrize(
    ("content", "code"), [(PROTECTED_95, "password"), (LEGACY[: len(LEGACY) // 2], "damaged"), (b"PK\3\4", "damaged")]
)
def test_what_it_is_not_asked(office, tmp_path: Path, content: bytes, code: str) -> None:
    office(ANSWERS)
    with pytest.raises(PlanparseError) as caught:
        planparse.extract(content)
    assert caught.value.code == code
    assert planparse.extract(LEGACY).warnings[0].code == "tracked-changes"
    assert not (tmp_path / "asked").exists()


@pytest.mark.parametrize("content", [RTF, WORD_95, NO_PIECES])
def test_without_it_the_message_says_that_it_would_help(content: bytes) -> None:
    with pytest.raises(PlanparseError, match="where LibreOffice is installed") as caught:
        planparse.extract(content)
    assert caught.value.code == "unsupported-format"


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def ends(process: int) -> bool:
    deadline = time.monotonic() + 10
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(process)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_what_hangs_is_killed_with_all_that_it_started(office, tmp_path: Path) -> None:
    office(HANGS)
    with pytest.raises(PlanparseError, match="--limit max_office_seconds=2") as caught:
        planparse.extract(RTF, limits=planparse.Limits(max_office_seconds=1))
    assert caught.value.code == "timeout"
    assert ends(int((tmp_path / "pid").read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_ends_with_a_worker_that_is_killed(office, tmp_path: Path) -> None:
    office(HANGS)
    source, started = tmp_path / "plan.rtf", tmp_path / "pid"
    source.write_bytes(RTF)
    environment = {**os.environ, "TMPDIR": str(tmp_path)}  # where what a killed process leaves behind is cleared away
    command = [sys.executable, "-m", "planparse", "text", str(source)]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        deadline = time.monotonic() + 20
        while not (started.exists() and started.read_text().strip()) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    assert ends(int(started.read_text()))


def test_a_batch_says_what_was_converted(office, planparse, tmp_path: Path) -> None:
    office(ANSWERS)
    (tmp_path / "plans").mkdir()
    for name in ("a.rtf", "b.rtf"):
        (tmp_path / "plans" / name).write_bytes(RTF)
    documents = json.loads(planparse("extract", str(tmp_path / "plans"), "-f", "json").stdout)["documents"]
    assert [[w["code"] for w in document["warnings"]] for document in documents] == [["converted"]] * 2
