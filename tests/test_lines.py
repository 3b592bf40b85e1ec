"""Sentences by kind: what is read of each is what was reviewed."""

from __future__ import annotations

import pytest

from line_cases import FILES, read_sentences, records_of


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(sentence, lines, id=f"{path.stem}: {sentence[:24]}")
        for path in FILES
        for sentence, lines in read_sentences(path)
    ],
)
def test_line(sentence: str, expected: list[str]) -> None:
    assert records_of(sentence) == expected


def test_the_files_hold_kinds() -> None:
    """Ten sentences of each kind or more, as a rule: less than that shows no construction."""
    assert sum(len(list(read_sentences(path))) for path in FILES) >= 200
