"""Sentences and the records read of them: tests/lines/*.txt; `make golden` rewrites these, the diff is reviewed.

    # the kind that the sentences below show
    年内新建学校5所。
        planned count | 5所 | 学校 (新建) | 5所 | - | 2025-01-01/2025-12-31 document
            §一 · value quantity.count · name name.before · status status.document

A sentence of which nothing is read has no line below it. Each is read in the document of `TITLE`, under one heading.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import planparse

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from shown import reasons, show

FILES = sorted((Path(__file__).parent / "lines").glob("*.txt"))
TITLE = "某县2025年工作要点"


def read_sentences(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The sentences of a file, each with the lines below it."""
    sentence, lines = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            lines.append(line[4:])
            continue
        if sentence:
            yield sentence, lines
        sentence, lines = ("" if line.startswith("# ") or not line else line), []
    if sentence:
        yield sentence, lines


def records_of(sentence: str) -> list[str]:
    """What is read of a sentence: a line for each record, and one for its reasons."""
    targets = planparse.extract(f"{TITLE}\n\n一、重点任务\n{sentence}\n".encode()).targets
    return [line for target in targets for line in (show(target), f"    {reasons(target)}")]


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
