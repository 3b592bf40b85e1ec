"""A fast start: nothing heavy is imported, and what is kept between runs changes nothing but the time."""

from __future__ import annotations

import io
import os
import pickle
import random
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, SAMPLES
from planparse import cache, words
from planparse.ruleset import Ruleset, using

SMALL = str(ROOT / "samples" / "press-piece-2024.txt")
HEAVY = {"pydantic", "rich", "pdfplumber", "pypdfium2", "selectolax", "markdown_it", "xlsxwriter", "olefile", "tomllib"}
UNUSED = {"pkg_resources.extern", "jieba.finalseg.prob_emit"}  # what jieba would import, and we do without


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "importtime", "-m", "planparse", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=True)


def imported(done: subprocess.CompletedProcess[str]) -> set[str]:
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


def told(done: subprocess.CompletedProcess[str]) -> tuple[str, list[str]]:
    """What a run printed, and what it said beside its imports."""
    return done.stdout, [line for line in done.stderr.splitlines() if not line.startswith("import time:")]


def test_the_version_imports_nothing() -> None:
    assert {name for name in imported(run("--version")) if name.startswith("planparse")} == {
        "planparse",
        "planparse._version",
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, list[str]]]:
    """A cache that a run has made, and what it printed and said."""
    folder = tmp_path_factory.mktemp("cache")
    return folder, told(run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(folder)))


@pytest.fixture
def kept(made: tuple[Path, object], tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(made[0], tmp_path / "cache")


def test_a_small_text_imports_nothing_heavy(kept: Path) -> None:
    assert not imported(run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(kept))) & (HEAVY | UNUSED)


def test_the_cache_changes_nothing(kept: Path) -> None:
    outputs = {
        run("extract", *map(str, SAMPLES), "-f", "csv", PLANPARSE_CACHE=where).stdout
        for where in ("off", str(kept), str(kept))
    }
    assert len(outputs) == 1


def test_a_second_run_makes_nothing_anew(made: tuple[Path, object], kept: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}
    assert told(run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(kept))) == made[1]
    assert {name.partition("-")[0] for name in before} == {"rules", "words"} and len(before) == 2
    assert {path.name: path.stat().st_mtime_ns for path in kept.iterdir()} == before


def with_head(body: bytes) -> bytes:
    """What is believed to be whole."""
    return cache._head(body) + body


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut": lambda content: content[:99],
    "garbled": lambda content: content[:40] + random.Random(1).randbytes(200) + content[240:],
    "zeros": lambda content: with_head(b"\0" * 100),
    "hostile": lambda content: with_head(pickle.dumps(os.system)),
}


@pytest.mark.parametrize("how", DAMAGED)
def test_nothing_is_taken_from_a_damaged_or_hostile_cache(
    how: str, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = kept.glob("rules-*")
    monkeypatch.setattr(cache, "_folder", lambda: kept)
    monkeypatch.setattr(cache, "_name", lambda ruleset: path.name)
    whole, damaged = Ruleset(), Ruleset()
    cache._load(whole)
    path.write_bytes(DAMAGED[how](path.read_bytes()))
    cache._load(damaged)
    assert len(whole.kept) > 100 and damaged.kept == {}


def test_an_entry_that_cannot_be_read_is_made_anew() -> None:
    ruleset = Ruleset()
    ruleset.loaded, ruleset.kept["x"] = True, pickle.dumps(os.system)
    with using(ruleset):
        assert cache.recall("x", lambda: "anew") == "anew"
    cache._unsaved.remove(ruleset)


def test_a_damaged_or_hostile_cache_is_made_anew(made: tuple[Path, object], kept: Path) -> None:
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    for name, content in before.items():
        how = "hostile" if name.startswith("rules") else "garbled"
        (kept / name).write_bytes(DAMAGED[how](content))
    assert told(run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(kept))) == made[1]
    assert {path.name for path in kept.iterdir()} == before.keys()
    assert all(path.stat().st_size > 1_000_000 for path in kept.iterdir())


def test_the_cache_holds_no_code() -> None:
    with pytest.raises(pickle.UnpicklingError, match="no place"):
        cache._Unpickler(io.BytesIO(pickle.dumps(os.system))).load()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="folders have no owner and mode there")
def test_a_folder_that_others_may_write_to_is_not_used(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = sorted(path.name for path in kept.iterdir())
    monkeypatch.setenv("PLANPARSE_CACHE", str(kept))
    for mode, used in ((0o700, True), (0o777, False), (0o770, False)):
        kept.chmod(mode)
        cache._folder.cache_clear()
        assert (cache.open_file(names[0]) is not None) == used
        cache.store(f"rules-{mode}", b"")
        assert (kept / f"rules-{mode}").exists() == used
    monkeypatch.undo()
    cache._folder.cache_clear()


def test_the_kept_dictionary_cuts_as_jieba_does() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = words._jieba().Tokenizer()
        words._build(whole)
    text = "".join(path.read_text(encoding="utf-8") for path in SAMPLES)
    for piece in [*text.split("，"), "在B超室用AT&T的5G网, 㐂\n龘龘ab c", ""]:
        assert words.cut(piece) == list(whole.cut(piece, HMM=False))
