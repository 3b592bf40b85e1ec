"""Cases by construction: tests/cases/*.md hold a title, an input and the records expected of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

import planparse
from show import show

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))
CASE = regex.compile(r"^## (?P<title>.+?)\n\n```\n(?P<input>.*?)\n```\n\n```\n(?P<expected>.*?)```", regex.M | regex.S)


def read_cases(path: Path) -> list[tuple[str, str, str]]:
    return [(m["title"], m["input"], m["expected"]) for m in CASE.finditer(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=f"{path.stem}: {title}")
        for path in CASES
        for title, text, expected in read_cases(path)
    ],
)
def test_case(text: str, expected: str) -> None:
    document = planparse.extract(text.encode())
    assert "".join(show(target) + "\n" for target in document.targets) == expected


def test_the_files_hold_cases() -> None:
    assert CASES and all(read_cases(path) for path in CASES)
