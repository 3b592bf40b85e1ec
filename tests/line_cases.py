"""Sentences and the records read of them: tests/lines/*.txt; `make golden` rewrites these, the diff is reviewed.

    # the kind that the sentences below show
    年内新建学校5所。
        planned count | 5所 | 学校 (新建) | 5所 | - | 2025-01-01/2025-12-31 document

A sentence of which nothing is read has no line below it. Each is read in the document of `TITLE`, under one heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import planparse
from planparse.model import Target
from planparse.write.to_table import value_text

FILES = sorted((Path(__file__).parent / "lines").glob("*.txt"))
TITLE = "某县2025年工作要点"


def show_line(target: Target) -> str:
    """Status, kind, quote, indicator with its verb, value, basis of distribution, and the time with its own basis."""
    time = target.time
    when = "-" if time is None else f"{time.start or ''}/{time.end or ''} {time.basis}"
    name = target.indicator + (f" ({target.action})" if target.action else "")
    low = f" from {target.baseline}" if target.baseline is not None else ""
    than = f" than {target.baseline_text}" if target.baseline_text else ""
    value = value_text(target) + low + than
    parts = (f"{target.status} {target.kind}", target.quote, name, value, target.per or "-", when)
    return " | ".join(" ".join(part.split()) for part in parts)


def read_sentences(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The sentences of a file, each with the lines below it."""
    sentence, lines = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            lines.append(line.strip())
            continue
        if sentence:
            yield sentence, lines
        sentence, lines = ("" if line.startswith("# ") or not line else line), []
    if sentence:
        yield sentence, lines


def records_of(sentence: str) -> list[str]:
    """What is read of a sentence, a line each."""
    document = planparse.extract(f"{TITLE}\n\n一、重点任务\n{sentence}\n".encode())
    return [show_line(target) for target in document.targets]


def rewrite(path: Path) -> None:
    """Writes below every sentence of a file what is read of it now."""
    written = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("    "):
            written.append(line)
            if line and not line.startswith("# "):
                written += [f"    {record}" for record in records_of(line)]
    path.write_text("\n".join(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for file in FILES:
        rewrite(file)
