"""Rewrites the expected comparisons of samples/pairs; read the diff row by row before committing it."""

from __future__ import annotations

from pathlib import Path

import planparse
from planparse.compare import Comparison, diff, fulfil
from planparse.write.to_table import value_text

PAIRS = Path(__file__).parents[1] / "samples" / "pairs"


def table(comparison: Comparison) -> str:
    """The verdicts as a Markdown table, one row each."""
    lines = ["| verdict | indicator | one | two | reason |", "|---|---|---|---|---|"]
    for row in comparison.rows:
        sides = [value_text(side) if side else "" for side in (row.one, row.two)]
        lines.append("| " + " | ".join([row.verdict, row.indicator, *sides, row.reason]) + " |")
    return "\n".join(lines) + "\n"


def comparisons() -> dict[str, Comparison]:
    """Each expected file by name, and the comparison it is of."""
    plan, next_plan, report = (planparse.extract(PAIRS / f"{n}.txt") for n in ("plan-2023", "plan-2024", "report-2024"))
    return {"fulfil.md": fulfil(plan, report), "diff.md": diff(plan, next_plan)}


if __name__ == "__main__":
    for name, comparison in comparisons().items():
        (PAIRS / name).write_text(table(comparison), encoding="utf-8")
