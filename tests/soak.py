"""`make soak`: what `test_batch.py` tests, at length. Poisons among thousands of documents; kills at random moments."""

from __future__ import annotations

import argparse
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from planparse.batch import Tally, run_batch
from planparse.batch.deliver import ToFolder
from planparse.batch.parts import Options
from planparse.batch.process import process
from planparse.batch.task import Result
from planparse.inputs import find_inputs
from planparse.limits import Budget
from poisons import CODES, poisoned, write_plans


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*.json")) if p.name[0] != "."}


def check_poisons(work: Path, documents: int, poisons: int) -> None:
    """Every healthy document has the bytes of a clean run, every poison is listed with its code."""
    plans = work / "plans"
    write_plans(plans, documents, poisons)
    inputs = list(find_inputs([str(plans)]))
    found: dict[str, str] = {}

    def watch(name: str, result: Result, tally: Tally) -> None:
        if result.status == "failed":
            found[Path(name).stem] = result.warnings[0].code

    outputs = []
    for name, duty in (("clean", process), ("poisoned", poisoned)):
        began = time.monotonic()
        tally = run_batch(
            inputs,
            ToFolder(work / name, inputs, [str(plans)], "json"),
            Options(form="json", alone=True),
            jobs=2,
            budget=Budget(seconds=10, megabytes=300),
            watch=watch,
            process=duty,
        )
        outputs.append(contents(work / name))
        print(f"{name}: {tally.ok:,} ok, {tally.failed:,} failed, {time.monotonic() - began:.0f} s", flush=True)
    clean, dirty = outputs
    expected = {Path(i.name).stem: CODES[kind] for i in inputs if (kind := Path(i.name).stem.split("-")[0]) in CODES}
    assert found == expected, {name: code for name, code in found.items() if expected.get(name) != code}
    same = sum(clean[name] == dirty[name] for name in clean)
    assert clean.keys() == dirty.keys() and same == documents - poisons
    print(
        f"{same:,} of {documents - poisons:,} healthy documents byte-identical to the clean run;",
        dict(Counter(found.values())),
    )


def check_kills(work: Path, documents: int, kills: int, seed: int) -> None:
    """Killed at random moments, then resumed: no torn file, nothing finished lost, the same bytes in the end."""
    moments = random.Random(seed)
    plans = work / "plans"
    write_plans(plans, documents)
    outputs = [f"{work}/whole/", f"{work}/whole.csv"]
    began = time.monotonic()
    for output in outputs:
        subprocess.run(_command(plans, output), check=True, capture_output=True)
    seconds = (time.monotonic() - began) / 2
    print(f"{seconds:.1f} s without a kill", flush=True)
    for number in range(kills):
        whole, output = _files(outputs[number % 2]), outputs[number % 2].replace("whole", f"out{number}")
        for _ in range(10):  # kills of one batch, unless it is done before
            before, began = _finished(output), time.monotonic()
            said = _run(_command(plans, output), moments.uniform(0, seconds) if kills else None)
            if said is not None:
                seconds = time.monotonic() - began if before == 0 else seconds  # the machine may be less busy now
                break
            kills -= 1
            assert _files(output).items() <= whole.items(), "a torn file"
            assert _finished(output) >= before or _files(output) == whole, "something finished was lost"
        else:
            before, said = _finished(output), _run(_command(plans, output), None)
        kept = re.search(r"([\d,]+) unchanged", said or "")
        assert (int(kept[1]) if kept else 0) == before, f"{before} were finished: {said}"
        assert _files(output) == whole, "another output"
        print(f"{Path(output).name}: identical, {kills} kills to go", flush=True)
        if not kills:
            return


def _command(plans: Path, output: str) -> list[str]:
    return [sys.executable, "-m", "planparse", "extract", str(plans), "-o", output]


def _run(command: list[str], seconds: float | None) -> str | None:
    """What a run says, or None for one that is killed after so many seconds."""
    run = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        return run.communicate(timeout=seconds)[1].decode()
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        run.wait()
        return None


def _files(output: str) -> dict[str, bytes]:
    path = Path(output)
    if not path.suffix:
        return contents(path)
    return {"all": path.read_bytes()} if path.exists() else {}


def _finished(output: str) -> int:
    """The documents that the store of an output has; a copy is opened, so as not to mend it."""
    path = Path(output)
    store = path.with_name(f".{path.name}.planparse") if path.suffix else path / ".planparse"
    if not store.exists():
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            if (file := Path(f"{store}{suffix}")).exists():
                shutil.copy(file, Path(folder) / f"copy{suffix}")
        rows = sqlite3.connect(Path(folder) / "copy")
        try:
            return int(rows.execute("SELECT count(*) FROM result WHERE made_by != ''").fetchone()[0])
        except sqlite3.OperationalError:  # not even the table was made
            return 0
        finally:
            rows.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--poisons", type=int, default=250)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.poisons:
            check_poisons(Path(folder) / "poisons", arguments.documents, arguments.poisons)
        if arguments.kills:
            check_kills(Path(folder) / "kills", 300, arguments.kills, arguments.seed)
