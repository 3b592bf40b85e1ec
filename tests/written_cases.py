"""Documents and the records read of them: tests/cases/*.md; `make golden` rewrites the records, the diff is reviewed.

A case is a title, a document between fences, and between fences the records read of it, each with its reasons below.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import regex

import planparse

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from shown import reasons, show

FILES = sorted((Path(__file__).parent / "cases").glob("*.md"))
_CASE = regex.compile(
    r"^## (?P<title>.+?)\n\n```\n(?P<input>.*?)\n```\n\n```\n(?P<expected>(?:(?!```)[^\n]*\n)*)```$", regex.M | regex.S
)


class Case(NamedTuple):
    """A document and what is read of it."""

    title: str
    document: str
    expected: str


def read_cases(path: Path) -> list[Case]:
    """The cases of a file."""
    return [Case(m["title"], m["input"], m["expected"]) for m in _CASE.finditer(path.read_text(encoding="utf-8"))]


def records_of(document: str) -> str:
    """What is read of a document, a line each and its reasons below."""
    targets = planparse.extract(document.encode()).targets
    return "".join(f"{show(target)}\n    {reasons(target)}\n" for target in targets)


def rewrite(path: Path) -> None:
    """Writes below every document of a file what is read of it now."""
    written = [f"# {path.stem}\n"]
    for case in read_cases(path):
        written.append(f"## {case.title}\n\n```\n{case.document}\n```\n\n```\n{records_of(case.document)}```\n")
    path.write_text("\n".join(written), encoding="utf-8")


if __name__ == "__main__":
    for file in FILES:
        rewrite(file)
