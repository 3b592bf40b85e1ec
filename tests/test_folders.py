"""Nothing is written or removed outside the folder that was named, and nothing that planparse did not write."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planparse.batch import Tally, run_batch
from planparse.batch.deliver import ToFolder
from planparse.batch.parts import Options
from planparse.batch.store import Store
from planparse.files import whole_file
from planparse.inputs import find_inputs
from planparse.limits import Budget
from planparse.model import PlanparseError
from poisons import write_plans

Run = Callable[..., subprocess.CompletedProcess[bytes]]
PLAN = "2025年计划\n\n新增学位800个。\n".encode()


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    write_plans(tmp_path / "plans", 2)
    return tmp_path / "plans"


def extract(plans: Path, out: Path, *, fresh: bool = False) -> Tally:
    inputs = list(find_inputs([str(plans)]))
    delivery = ToFolder(out, inputs, [str(plans)], "json")
    options = Options(form="json", alone=True)
    budget = Budget(seconds=9, megabytes=300)
    return run_batch(inputs, delivery, options, jobs=1, budget=budget, watch=lambda *_: None, fresh=fresh)


def prepare(out: Path, places: list[str], missing: Path) -> None:
    """A store as somebody else may have made it, whose inputs are gone."""
    extract(missing.parent, out)
    rows = sqlite3.connect(out / ".planparse")
    for place in places:
        rows.execute("INSERT INTO result VALUES (?, ?, '', '', 'ok', 0, NULL)", (place, os.fsencode(missing)))
    rows.commit()
    rows.close()


@pytest.mark.parametrize("fresh", [False, True])
def test_names_in_a_store_that_lead_elsewhere_remove_nothing(plans: Path, tmp_path: Path, fresh: bool) -> None:
    out, kept = tmp_path / "out", tmp_path / "kept"
    kept.mkdir()
    for name in ("mine.json", "other.json"):
        (kept / name).write_text("mine")
    out.mkdir()
    (out / "link").symlink_to(kept)
    (out / "notes.txt").write_text("mine")
    (out / "linked.json").symlink_to(kept / "mine.json")
    places = ["../kept/mine.json", str(kept / "other.json"), "link/mine.json", "linked.json", "notes.txt", "x\0y.json"]
    prepare(out, places, plans / "gone.txt")
    extract(plans, out, fresh=fresh)
    assert sorted(p.name for p in kept.iterdir()) == ["mine.json", "other.json"]
    assert (out / "notes.txt").exists() and (out / "linked.json").is_symlink()


def test_a_store_with_bytes_that_are_no_text_is_refused(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(plans, out)
    content = (out / ".planparse").read_bytes()
    (out / ".planparse").write_bytes(content.replace(b"CREATE TABLE result (", b"CREATE TABLE r\xff\xfe\x8blt (", 1))
    with pytest.raises(PlanparseError) as caught:
        extract(plans, out)
    assert caught.value.code == "no-store"


FOREIGN = {
    "another table": "CREATE TABLE other (name TEXT)",
    "our table without our mark": "CREATE TABLE result (name TEXT PRIMARY KEY, path BLOB NOT NULL)",
    "a trigger": "CREATE TRIGGER more AFTER INSERT ON result BEGIN DELETE FROM result; END",
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_foreign_store_is_refused(plans: Path, tmp_path: Path, what: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    if "trigger" in what:
        Store(out / ".planparse", "").close()
    rows = sqlite3.connect(out / ".planparse")
    rows.execute(FOREIGN[what])
    rows.close()
    before = (out / ".planparse").read_bytes()
    with pytest.raises(PlanparseError, match="not what planparse keeps"):
        extract(plans, out)
    assert (out / ".planparse").read_bytes()[100:] == before[100:]


@pytest.mark.parametrize("name", [".planparse", ".planparse-wal", ".planparse-journal"])
def test_a_store_that_is_a_link_is_refused(plans: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "precious").write_bytes(b"")
    (out / name).symlink_to(tmp_path / "precious")
    with pytest.raises(PlanparseError, match="not what planparse keeps"):
        extract(plans, out)
    assert (tmp_path / "precious").read_bytes() == b""


def test_a_file_that_another_wrote_stays_and_costs_one_document(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "000").mkdir(parents=True)
    (out / "000" / "00001.txt.json").write_text("mine")
    assert (extract(plans, out).ok, extract(plans, out).failed) == (1, 1)
    assert (out / "000" / "00001.txt.json").read_text() == "mine"
    (out / "000" / "00001.txt.json").unlink()
    assert extract(plans, out).ok == 2
    (out / ".planparse").unlink()  # what a run with the same outcome wrote is its own again
    assert extract(plans, out).ok == 2


@pytest.mark.parametrize("link", ["000", "000/00001.txt.json"])
def test_results_are_not_written_through_links(plans: Path, tmp_path: Path, link: str) -> None:
    out, away = tmp_path / "out", tmp_path / "away"
    (away / "000").mkdir(parents=True)
    (out / link).parent.mkdir(parents=True)
    (out / link).symlink_to(away / link)
    assert extract(plans, out).failed == 2 if link == "000" else 1
    assert [p for p in away.rglob("*") if p.is_file()] == []


def test_a_draft_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    (tmp_path / ".all.csv.draft").symlink_to(tmp_path / "precious")
    with whole_file(tmp_path / "all.csv") as file:
        file.write(b"ours")
    assert (tmp_path / "precious").read_text() == "mine"
    assert (tmp_path / "all.csv").read_bytes() == b"ours" and not (tmp_path / "all.csv").is_symlink()


def test_two_runs_on_one_file_never_tear_it(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="another run"), whole_file(tmp_path / "a") as first:
        first.write(b"first")
        with whole_file(tmp_path / "a") as second:
            second.write(b"second")
    assert (tmp_path / "a").read_bytes() == b"second"


def test_a_file_and_a_folder_that_would_share_a_name(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    (plans / "a.txt.json").mkdir(parents=True)
    for name in ("a.txt", "a.txt.json/b.txt"):
        (plans / name).write_bytes(PLAN)
    assert extract(plans, tmp_path / "out").ok == 2
    assert len(list((tmp_path / "out").rglob("*.txt*.json"))) == 3  # two files and the folder
    assert extract(plans, tmp_path / "out").kept == 2


def test_names_that_are_escaped_alike(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    for name, places in ((b"\xff.txt", 1), (b"\\xff.txt", 2)):
        Path(os.fsdecode(bytes(plans) + b"/" + name)).write_bytes(PLAN.replace(b"800", str(places).encode()))
    assert extract(plans, tmp_path / "out").ok == 2
    contents = [p.read_bytes() for p in (tmp_path / "out").rglob("*.json")]
    assert len(contents) == 2 and contents[0] != contents[1]


def test_a_file_called_minus_is_no_standard_input(planparse: Run, tmp_path: Path) -> None:
    (tmp_path / "-").write_bytes(PLAN)
    done = subprocess.run(
        [sys.executable, "-m", "planparse", "extract", "./-", "-", "-f", "jsonl"],
        input="2025年计划\n\n新建学校3所。\n".encode(),
        capture_output=True,
        cwd=tmp_path,
        check=True,
    )
    assert ["学位" in line for line in done.stdout.decode().splitlines()] == [True, False]


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_names_do_nothing_to_a_terminal(planparse: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / "a\x1b[2Jb\nplanparse: all is well.txt"
    path.write_bytes("2025年计划\n\n各项工作。".encode())
    done = planparse("extract", str(path), str(tmp_path / "no\x1b[2J.txt"), "-f", form)
    assert done.returncode == 1
    assert b"\x1b[2J" not in done.stdout + done.stderr
    assert not any(line.startswith(b"planparse: all is well") for line in done.stderr.splitlines())


OVER = {
    "extract": ("extract", "page.html", "-o", "page.html"),
    "extract through a link": ("extract", "page.html", "-o", "link.html"),
    "convert": ("convert", "all.json", "-o", "all.json"),
    "diff": ("diff", "page.html", "all.json", "-o", "all.json"),
    "export": ("export", "page.txt", "--to", "brat", "-o", "."),
    "export of an output": ("export", "all.json", "--to", "brat", "-o", "."),
}


@pytest.mark.parametrize("what", OVER)
def test_an_input_is_never_written_over(tmp_path: Path, what: str) -> None:
    command = [sys.executable, "-m", "planparse"]
    for name in ("page.html", "page.txt"):
        (tmp_path / name).write_bytes(b"<!doctype html><p>2025</p>\n" + PLAN if name == "page.html" else PLAN)
    (tmp_path / "link.html").symlink_to("page.html")
    subprocess.run([*command, "extract", "page.txt", "-o", "all.json"], cwd=tmp_path, check=True)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    done = subprocess.run([*command, *OVER[what]], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, b"is an input itself" in done.stderr) == (2, True), done.stderr
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.name in before} == before
