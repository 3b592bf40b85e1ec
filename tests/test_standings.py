"""Documents by genre, in which each number says what it is: «a result» or ‹a plan›."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

import planparse

FILES = sorted((Path(__file__).parent / "standings").glob("*.txt"))
MARKED = regex.compile(r"[«‹](?P<quote>[^»›]+)[»›]")


def read_documents(path: Path) -> list[tuple[str, str]]:
    """The kinds of a file, each with its document."""
    parts = regex.split(r"^# ", path.read_text(encoding="utf-8"), flags=regex.M)[1:]
    return [(kind, text.lstrip()) for kind, _, text in (part.partition("\n") for part in parts)]


def wanted(text: str) -> dict[int, str]:
    """Where each marked number begins in the text without its marks, and which status it has there."""
    return {
        match.start() - 2 * i: ("achieved" if match[0][0] == "«" else "planned") + f" {match['quote']}"
        for i, match in enumerate(MARKED.finditer(text))
    }


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=f"{path.stem}: {kind}") for path in FILES for kind, text in read_documents(path)]
)
def test_each_number_has_the_status_that_its_mark_says(text: str) -> None:
    document = planparse.extract(MARKED.sub(r"\g<quote>", text).encode())
    found = {target.start: f"{target.status} {target.quote}" for target in document.targets}
    assert {start: found.get(start) for start in wanted(text)} == wanted(text)


def test_there_are_documents_of_many_genres() -> None:
    assert sum(len(read_documents(path)) for path in FILES) >= 30
