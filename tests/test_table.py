"""The table on a terminal: aligned at every width, said in words, moved by nothing in a document."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

import hostile
import planparse as library
from conftest import ROOT, SAMPLES
from planparse.model import Document
from planparse.write.to_table import print_table, value_text

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def document() -> Document:
    return library.extract(SAMPLES[0])


def table(documents: list[Document], width: int = 80, headers: str = "en") -> list[str]:
    out = StringIO()
    print_table(documents, Console(file=out, width=width), headers=headers)
    return out.getvalue().splitlines()


def on_terminal(*arguments: str, **env: str) -> tuple[int, str]:
    """The exit status and the output of a command whose standard output is a terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **env}
    done = subprocess.Popen(
        [sys.executable, "-m", "planparse", *arguments],
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment,
    )
    os.close(theirs)
    shown = bytearray()
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # Linux says so when the other end has closed
        pass
    os.close(ours)
    return done.wait(), shown.decode()


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_values_stand_under_each_other(width: int, document: Document) -> None:
    lines = table([document], width)
    assert max(map(cell_len, lines)) <= width
    values = [value_text(target) for target in document.targets]
    rows = [line for line in lines if line.startswith(("  planned ", "  achieved"))]
    assert len(rows) == len(values)
    ends = {cell_len(line[: line.index(f" {v}") + len(v) + 1]) for line, v in zip(rows, values, strict=True)}
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("width", "header"),
    [
        (60, ["status", "indicator", "value"]),
        (80, ["status", "indicator", "value", "by"]),
        (120, ["status", "indicator", "value", "by", "in", "the", "text"]),
    ],
)
def test_a_wider_terminal_shows_more(width: int, header: list[str], document: Document) -> None:
    assert table([document], width)[1].split() == header


def test_sections_and_the_sum(document: Document) -> None:
    lines = table([document, replace(document, status="failed")], headers="zh")
    headings = [line for line in lines if " > " in line and not line.startswith(" ")]
    assert len(headings) == len(set(headings)) == len({tuple(t.section) for t in document.targets if t.section[1:]})
    planned = sum(target.status == "planned" for target in document.targets)
    counts = f"{len(document.targets)} 条记录（计划 {planned}，已达 {len(document.targets) - planned}）"
    assert any(line.startswith(counts) for line in lines)
    assert "未能读取" in lines


def test_nothing_in_a_document_is_markup_or_moves_the_cursor() -> None:
    texts = tuple(text for text in hostile.TEXTS if len(text) < 100)
    document = hostile.document(texts)
    document = replace(document, document=replace(document.document, title="[/b]\x1b]0;x\x07"))
    shown = "\n".join(table([document], 120))
    assert "[red]x[/red]" in shown and "[/b]" in shown
    assert not {char for char in shown if char < " " or "\x7f" <= char < "\xa0" or "\u202a" <= char <= "\u202e"} - {
        "\n"
    }


def test_a_terminal_gets_the_table_and_what_to_do_next() -> None:
    status, shown = on_terminal("extract", str(SAMPLES[0]))
    assert status == 0
    assert "\x1b[36mplanned" in shown
    assert f"To keep it: planparse extract {SAMPLES[0]} -o targets.xlsx" in shown


@pytest.mark.parametrize(("option", "env"), [(["--no-color"], {}), ([], {"NO_COLOR": "1"})])
def test_no_colour(option: list[str], env: dict[str, str]) -> None:
    _, shown = on_terminal("extract", str(SAMPLES[0]), *option, **env)
    assert "planned" in shown and "\x1b[3" not in shown


def test_an_xlsx_is_not_for_a_terminal() -> None:
    status, shown = on_terminal("extract", str(SAMPLES[0]), "-f", "xlsx")
    assert (status, shown.count("\n")) == (2, 1)
    assert "-o targets.xlsx" in shown


def test_pretty_forces_the_table_into_a_pipe(planparse: Run) -> None:
    done = planparse("extract", str(SAMPLES[0]), "--pretty", COLUMNS="80")
    assert done.stdout.decode().splitlines()[1].split() == ["status", "indicator", "value", "by"]
    assert b"\x1b" not in done.stdout
    assert b"To keep it" in done.stderr


def test_the_least_sure_come_first_on_request(planparse: Run, document: Document) -> None:
    done = planparse("extract", str(SAMPLES[0]), "--pretty", "--sort", "confidence", COLUMNS="120")
    shown = [float(line.split()[0]) for line in done.stdout.decode().splitlines() if line.startswith(("  0.", "  1."))]
    assert shown == sorted(round(target.confidence, 2) for target in document.targets)


@pytest.mark.parametrize("options", [["--sort", "page"], ["--sort", "confidence", "-f", "csv"]])
def test_an_order_that_is_none_is_refused(options: list[str], planparse: Run) -> None:
    done = planparse("extract", str(SAMPLES[0]), *options)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--sort is" in done.stderr


def test_a_table_is_not_kept(planparse: Run, tmp_path: Path) -> None:
    done = planparse("extract", str(SAMPLES[0]), "-f", "table", "-o", str(tmp_path / "t.txt"))
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
