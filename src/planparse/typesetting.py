"""How a text was set in its source: where its lines began, and where a wide gap stood between its words."""

from __future__ import annotations

from typing import NamedTuple

from planparse.characters import INVISIBLE, columns, fold
from planparse.model import NormalText

GAP_COLUMNS = 4  # two hanzi, the indent of a paragraph


class Setting(NamedTuple):
    """What the source shows and the normal text no longer does, in normal offsets: both inside paragraphs only."""

    lines: tuple[int, ...]
    gaps: tuple[int, ...]


def read_setting(normal: NormalText) -> Setting:
    """Where lines of the source begin, and what stands behind a gap, inside the paragraphs of its normal text."""
    lines: list[int] = []
    gaps: list[int] = []
    for i in range(1, len(normal.starts)):
        start = normal.starts[i]
        if normal.text[start - 1] == "\n":
            continue
        last = normal.places[i - 1] + start - normal.starts[i - 1]
        blank = normal.source[last : normal.places[i] + (normal.text[start] == " ")]
        if blank and blank.splitlines() != [blank]:
            lines.append(start)
        elif blank.isspace() and columns(blank) >= GAP_COLUMNS:
            gaps.append(start)
    return Setting(tuple(lines), tuple(gaps))


def as_set(normal: NormalText, start: int, length: int = 24) -> str:
    """The beginning of a line with the blanks that it has in the source."""
    place = normal.place(start)
    return fold(normal.source[place : place + length])


def inked(text: str) -> int:
    """How many characters of a stretch of source are kept in the normal text."""
    ink = "".join(text.split())
    return len(ink) - sum(map(ink.count, INVISIBLE))
