"""Many documents: order, budget, resuming, folders."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, SAMPLES
from planparse.batch import Tally, run_batch
from planparse.batch.deliver import ToFile, ToFolder
from planparse.batch.parts import Options
from planparse.batch.store import Store
from planparse.files import whole_file
from planparse.inputs import find_inputs
from planparse.limits import Budget
from planparse.model import PlanparseError
from poisons import CODES, poisoned, write_plans

Run = Callable[..., subprocess.CompletedProcess[bytes]]
BUDGET = Budget(seconds=3, megabytes=300)


def extract(plans: Path, output: Path, *, form: str = "json", jobs: int = 2, **options: Any) -> Tally:
    """A batch into a folder, when the output has no suffix, or into a file."""
    inputs = list(find_inputs([str(plans)]))
    to_folder = not output.suffix
    delivery = ToFolder(output, inputs, [str(plans)], form) if to_folder else ToFile(output, inputs)
    arguments: dict[str, Any] = {"budget": BUDGET, "watch": lambda *_: None, **options}
    return run_batch(inputs, delivery, Options(form=form, alone=to_folder), jobs=jobs, **arguments)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.name.startswith(".planparse")
    }


def test_poisons_cost_only_themselves(tmp_path: Path) -> None:
    paths = write_plans(tmp_path / "plans", 36, poisons=6)
    clean = extract(tmp_path / "plans", tmp_path / "clean")
    assert (clean.ok, clean.failed) == (36, 0)
    tally = extract(tmp_path / "plans", tmp_path / "out", process=poisoned)
    assert (tally.ok, tally.failed, tally.cut_off) == (30, 6, 6)
    expected, found = contents(tmp_path / "clean"), contents(tmp_path / "out")
    assert found.keys() == expected.keys()
    codes = []
    for path in paths:
        name = f"{path.relative_to(tmp_path / 'plans')}.json"
        kind = path.stem.partition("-")[0]
        if kind in CODES:
            document = json.loads(found[name])["documents"][0]
            assert (document["status"], document["warnings"][0]["code"]) == ("failed", CODES[kind])
            codes.append(CODES[kind])
        else:
            assert found[name] == expected[name]
    assert set(codes) == set(CODES.values())
    again = extract(tmp_path / "plans", tmp_path / "out")  # what was cut off is tried again, the rest is not
    assert (again.ok, again.kept) == (36, 30)
    assert contents(tmp_path / "out") == expected


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "parquet"])
def test_any_number_of_jobs_gives_the_bytes_of_one_process(tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    from planparse.api import extract_many
    from planparse.write import render

    write_plans(tmp_path / "plans", 8)
    content = render(list(extract_many(i.name for i in find_inputs([str(tmp_path / "plans")]))), form)
    for jobs in (1, 3):
        extract(tmp_path / "plans", tmp_path / f"{jobs}.{form}", form=form, jobs=jobs)
        assert (tmp_path / f"{jobs}.{form}").read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"1.{form}", f"3.{form}", "plans"]  # nothing is left over


class Interrupted(Exception):
    pass


def test_an_interrupted_batch_writes_what_it_has_and_goes_on(tmp_path: Path) -> None:
    def interrupt(name: str, result: object, tally: Tally) -> None:
        if tally.done == 5:
            raise KeyboardInterrupt

    write_plans(tmp_path / "plans", 12)
    extract(tmp_path / "plans", tmp_path / "whole.json")
    first = extract(tmp_path / "plans", tmp_path / "all.json", watch=interrupt)
    assert (first.interrupted, first.done) == (True, 5)
    assert len(json.loads((tmp_path / "all.json").read_bytes())["documents"]) == 5
    second = extract(tmp_path / "plans", tmp_path / "all.json")
    assert (second.interrupted, second.done, second.kept) == (False, 12, 5)
    assert (tmp_path / "all.json").read_bytes() == (tmp_path / "whole.json").read_bytes()


def test_only_what_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plans, out = tmp_path / "plans", tmp_path / "out"
    paths = write_plans(plans, 10)
    extract(plans, out)
    paths[0].write_text("2030年计划\n\n新增学位800个。\n", encoding="utf-8")
    paths[1].unlink()
    (out / "000" / "00002.txt.json").unlink()
    (out / "mine.json").write_text("{}")  # not ours: stays
    tally = extract(plans, out)
    assert (tally.done, tally.kept, tally.removed) == (9, 7, 1)
    extract(plans, tmp_path / "anew")
    (out / "mine.json").unlink()
    assert contents(out) == contents(tmp_path / "anew")
    assert extract(plans, out).kept == 9
    assert extract(plans, out, fresh=True).kept == 0
    monkeypatch.setattr("planparse.rules.fingerprint", lambda: "edited rules")
    assert extract(plans, out).kept == 0


def test_a_second_run_waits_outside(tmp_path: Path) -> None:
    write_plans(tmp_path / "plans", 2)
    out = tmp_path / "out"
    out.mkdir()
    store = Store(out / ".planparse", "")
    with pytest.raises(PlanparseError, match="another run is writing here"):
        extract(tmp_path / "plans", out)
    store.close()
    (out / ".planparse").write_bytes(b"no database, but long enough to be looked at as if it were one" * 100)
    with pytest.raises(PlanparseError, match="remove it"):
        extract(tmp_path / "plans", out)


def test_results_never_share_a_name(tmp_path: Path) -> None:
    long = "某" * 80
    for name in ("a/x.txt", "b/x.txt", "b/x.md", f"b/{long}甲.txt", f"b/{long}乙.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    folders = [str(tmp_path / "a"), str(tmp_path / "b")]
    places = ToFolder(tmp_path / "out", list(find_inputs(folders)), folders, "json").places
    assert places[:3] == ["a/x.txt.json", "b/x.md.json", "b/x.txt.json"]
    assert len({*places}) == 5 and max(len(Path(place).name.encode()) for place in places) < 250
    assert ToFolder(tmp_path / "out", list(find_inputs(folders[:1])), folders[:1], "csv").places == ["x.txt.csv"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_bytes(b"before")
    (tmp_path / "link.csv").symlink_to(path)
    with pytest.raises(Interrupted), whole_file(path) as file:
        file.write(b"half")
        raise Interrupted
    assert path.read_bytes() == b"before"
    with whole_file(tmp_path / "link.csv") as file:
        file.write(b"after")
    assert path.read_bytes() == b"after"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.csv", "link.csv"]
    with whole_file(Path(os.devnull)) as file:
        file.write(b"gone")


KILLED = """
import os, sys
from pathlib import Path
from test_batch import extract
if __name__ == "__main__":
    plans, out, survivors = sys.argv[1:]
    watch = lambda name, result, tally: tally.done == int(survivors) and os.kill(os.getpid(), 9)
    extract(Path(plans), Path(out), watch=watch)
"""


def test_kill_9_and_resume(tmp_path: Path) -> None:
    plans, out = tmp_path / "plans", tmp_path / "out"
    write_plans(plans, 60)
    extract(plans, tmp_path / "whole")
    expected = contents(tmp_path / "whole")
    command = [sys.executable, "-c", KILLED, str(plans), str(out)]
    for survivors in (3, 20):
        assert subprocess.run([*command, str(survivors)], cwd=ROOT / "tests").returncode == -signal.SIGKILL
        assert {name: expected[name] for name in contents(out)} == contents(out)
        assert len(contents(out)) == survivors
    assert extract(plans, out).kept == 20
    assert contents(out) == expected


def test_the_command(planparse: Run, tmp_path: Path) -> None:
    plans = write_plans(tmp_path / "plans", 3)
    (tmp_path / "plans" / "empty.txt").write_bytes(b"")
    done = planparse("extract", f"{tmp_path}/plans", "-o", f"{tmp_path}/out/")
    assert done.returncode == 1
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert "[empty]" in lines[0]
    assert lines[-1].startswith("planparse: 4 documents (1 failed), 6 targets")
    assert len(contents(tmp_path / "out")) == 4
    quiet = planparse("extract", "-", *map(str, plans), "-q", "-f", "jsonl", stdin=SAMPLES[0].read_bytes())
    assert quiet.stderr == b""
    sources = [json.loads(line)["source"] for line in quiet.stdout.splitlines()]
    assert list(dict.fromkeys(sources)) == ["-", *map(str, plans)]
    wrong = planparse("extract", str(plans[0]), "-o", str(tmp_path / "nothing"))
    assert (wrong.returncode, b"slash" in wrong.stderr) == (2, True)


def test_ctrl_c(tmp_path: Path) -> None:
    plans, out = tmp_path / "plans", tmp_path / "out"
    write_plans(plans, 400)
    command = [sys.executable, "-m", "planparse", "extract", str(plans), "-o", f"{out}/"]
    run = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True)
    while len(list(out.rglob("*.txt.json"))) < 3:  # names alone: a draft may be gone by the time it is opened
        time.sleep(0.1)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to every process of the command
    stderr = run.communicate(timeout=20)[1].decode()
    assert run.returncode == 130
    assert "interrupted" in stderr and "the same command goes on" in stderr
    assert "Traceback" not in stderr
