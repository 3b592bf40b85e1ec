"""How much of what a text says its scan says, in each state: measure_scans.py [--states A,B] [TEXT ...]

A table of states and documents: f1 of the records, and in brackets the share of the text's records that the scan has
in every field an analyst reads. `two columns`, `level rules` and `no rules` are layouts, drawn in the fair state.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import twins
from scans import STATES

import planparse

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
LAYOUTS: dict[str, dict[str, Any]] = {
    **{state: {"state": state} for state in STATES},
    "two columns": {"columns": 2},
    "level rules": {"rules": "level"},
    "no rules": {"rules": "none"},
}


def main(*arguments: str) -> None:
    wanted, paths = list(LAYOUTS), [Path(a) for a in arguments]
    if arguments[:1] == ("--states",):
        wanted, paths = arguments[1].split(","), paths[2:]
    paths = paths or SAMPLES
    print("| state |", " | ".join(path.stem for path in paths), "| seconds |", flush=True)
    print("|---|" + "---|" * (len(paths) + 1))
    for layout in wanted:
        started = time.perf_counter()
        cells = [_compare(path, LAYOUTS[layout]) for path in paths]
        print(f"| {layout} |", " | ".join(cells), f"| {time.perf_counter() - started:.0f} |", flush=True)


def _compare(path: Path, layout: dict[str, Any]) -> str:
    text = planparse.extract(path)
    try:
        scan = planparse.extract(twins.as_scan(twins.blocks(path), **layout), name="scan.pdf")
    except planparse.PlanparseError as error:
        return error.code
    found, expected = (Counter((t.indicator, t.value, t.unit, t.status) for t in d.targets) for d in (scan, text))
    f1 = 2 * (found & expected).total() / (found.total() + expected.total())
    whole, own = _whole(scan), _whole(text)
    if "-v" in sys.argv:
        _show(scan, text)
    return f"{f1:.3f} ({(whole & own).total() / own.total():.3f})"


def _show(scan: planparse.Document, text: planparse.Document) -> None:
    a, b = _whole(scan), _whole(text)
    for sign, rows in (("-", b - a), ("+", a - b)):
        for row in rows:
            print("   ", sign, *row)
    for w in scan.warnings:
        print("    !", w.code, w.message)


def _whole(document: planparse.Document) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            *(t.indicator, t.value, t.value_max, t.unit, t.comparator, t.change, t.baseline, t.per, t.status, t.kind),
            t.time and (t.time.start, t.time.end),
            bool(t.table),
        )
        for t in document.targets
    )


if __name__ == "__main__":
    main(*[a for a in sys.argv[1:] if a != "-v"])
