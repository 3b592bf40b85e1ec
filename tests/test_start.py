"""A fast start: nothing heavy is imported, and what is kept between runs changes nothing but the time."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from conftest import ROOT, SAMPLES
from planparse import cache, words

SMALL = str(ROOT / "samples" / "press-piece-2024.txt")
HEAVY = {"pydantic", "rich", "pdfplumber", "pypdfium2", "selectolax", "markdown_it", "xlsxwriter", "olefile", "tomllib"}
UNUSED = {"pkg_resources.extern", "jieba.finalseg.prob_emit"}  # what jieba would import, and we do without


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "importtime", "-m", "planparse", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=True)


def imported(done: subprocess.CompletedProcess[str]) -> set[str]:
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


def test_the_version_imports_nothing() -> None:
    assert {name for name in imported(run("--version")) if name.startswith("planparse")} == {
        "planparse",
        "planparse._version",
    }


def test_a_small_text_imports_nothing_heavy(tmp_path: Path) -> None:
    run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(tmp_path))
    assert not imported(run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(tmp_path))) & (HEAVY | UNUSED)


def test_the_cache_changes_nothing(tmp_path: Path) -> None:
    outputs = {
        run("extract", *map(str, SAMPLES), "-f", "csv", PLANPARSE_CACHE=where).stdout
        for where in ("off", str(tmp_path), str(tmp_path))
    }
    assert len(outputs) == 1


def test_a_second_run_makes_nothing_anew(tmp_path: Path) -> None:
    run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(tmp_path))
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(tmp_path))
    assert len(before) == 2
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("content", [b"", b"\0" * 100, pickle.dumps(os.system)], ids=["empty", "zeros", "hostile"])
def test_a_damaged_or_hostile_cache_is_made_anew(content: bytes, tmp_path: Path) -> None:
    expected = run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(tmp_path)).stdout
    for path in tmp_path.iterdir():
        path.write_bytes((len(content) + 8).to_bytes(8, "big") + content)
    assert run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(tmp_path)).stdout == expected


def test_the_cache_holds_no_code() -> None:
    with pytest.raises(pickle.UnpicklingError, match="no place"):
        cache._Unpickler(io.BytesIO(pickle.dumps(os.system))).load()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="folders have no owner and mode there")
def test_a_folder_that_others_may_write_to_is_not_used(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    run("extract", SMALL, "-f", "json", PLANPARSE_CACHE=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_kept_dictionary_cuts_as_jieba_does() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = words._jieba().Tokenizer()
        words._build(whole, words._own_words())
    text = "".join(path.read_text(encoding="utf-8") for path in SAMPLES)
    for piece in [*text.split("，"), "在B超室用AT&T的5G网, 㐂\n龘龘ab c", ""]:
        assert words.cut(piece) == list(whole.cut(piece, HMM=False))
