"""The lines and tables of a PDF page in reading order: columns, first-line indents, running heads and feet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import regex

Rows = list[list[str | None]]
MIN_SIDE = 4  # lines on either side of a gutter
BIN = 4.0  # points; gutters and line heights are measured in steps of this
MAX_CROSSING = 0.2  # of the lines may run across a gutter: headings, heads and feet
EDGE = 0.08  # of the page height: where running heads and page numbers stand


@dataclass(slots=True)
class Run:
    """What stands together on a page: characters of one line, or a table. Points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str = ""
    rows: Rows | None = None
    furniture: bool = False

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def holds(self, other: Run) -> bool:
        x, y = other.middle
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def strips(self) -> list[Run]:
        """The rows of a table as lines of its width."""
        height = self.height / len(self.rows or [1])
        count = range(len(self.rows or []))
        return [Run(self.left, self.top - (i + 1) * height, self.right, self.top - i * height) for i in count]

    def same_line(self, other: Run) -> bool:
        """Whether the two overlap by half of the lower one's height; boxes of fonts without outlines have none."""
        if self.rows is not None or other.rows is not None:
            return False
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared > 0.5 * min(self.height, other.height) or abs(self.bottom - other.bottom) < BIN


class Layout:
    """Puts the pages of one document in order; a page with too few lines to show its columns has those before it."""

    def __init__(self) -> None:
        self.gutter: float | None = None

    def find_lines(self, textpage: Any) -> list[Run]:
        """The lines of a plain page, in the text layer's own order unless the page has columns."""
        gutter = self._gutter(_segments(textpage))
        return _own_lines(textpage) if gutter is None else _in_columns(_characters(textpage), gutter)

    def order_lines(self, textpage: Any, characters: Sequence[Run], tables: Sequence[Run]) -> list[Run]:
        """The lines that the characters of a page make, tables in their place."""
        outside = [run for run in characters if not any(table.holds(run) for table in tables)]
        segments = [run for run in _segments(textpage) if not any(table.holds(run) for table in tables)]
        gutter = self._gutter([*segments, *(strip for table in tables for strip in table.strips())])
        return _in_columns([*outside, *tables], float("inf") if gutter is None else gutter)

    def order_runs(self, runs: Sequence[Run]) -> list[Run]:
        """The lines that runs of text make, when nothing but their place is known; tables in their place."""
        gutter = self._gutter([part for run in runs for part in (run.strips() or [run])])
        return _in_columns(runs, float("inf") if gutter is None else gutter)

    def _gutter(self, segments: Sequence[Run]) -> float | None:
        found = find_gutter(segments)
        if found is None and self.gutter is not None:
            crossing = sum(s.left < self.gutter < s.right for s in segments)
            beyond = sum(s.left > self.gutter for s in segments)
            found = self.gutter if beyond and crossing <= MAX_CROSSING * len(segments) else None
        self.gutter = found or self.gutter
        return found


def _segments(textpage: Any) -> list[Run]:
    return [Run(*textpage.get_rect(i)) for i in range(textpage.count_rects())]


def _characters(textpage: Any) -> list[Run]:
    """The characters of a page with their boxes, blanks left out."""
    text = textpage.get_text_range()
    if len(text) != textpage.count_chars():  # characters outside the BMP: offsets of text and boxes differ
        return _own_lines(textpage)
    kept = [(i, c) for i, c in enumerate(text) if _clean(c).strip()]
    return [replace(Run(*textpage.get_charbox(i, loose=True)), text=c) for i, c in kept]


def find_gutter(segments: Sequence[Run]) -> float | None:
    """The x of the white space between two columns, or None. Headings may cross it; most of the lines do not.

    >>> left = [Run(70, y, 280, y + 12) for y in range(100, 700, 20)]
    >>> right = [Run(310, y, 520, y + 12) for y in range(100, 700, 20)]
    >>> find_gutter([*left, *right]), find_gutter(left)
    (296.0, None)
    """
    if len(segments) < 2 * MIN_SIDE:
        return None
    first, last = min(s.left for s in segments), max(s.right for s in segments)
    third = (last - first) / 3
    steps = [first + third + BIN * i for i in range(int(third / BIN) + 1)]
    crossing = [sum(s.left < x < s.right for s in segments) for x in steps]
    clear = [x for x, count in zip(steps, crossing, strict=True) if count == min(crossing)]
    x = clear[len(clear) // 2]
    left = [s for s in segments if s.right <= x]
    right = [s for s in segments if s.left >= x]
    if min(crossing) > MAX_CROSSING * len(segments) or min(len(left), len(right)) < MIN_SIDE:
        return None
    beside = sum(any(s.same_line(other) for other in left) for s in right)
    wide = all(sorted(s.right - s.left for s in side)[-len(side) // 4] > 0.6 * third for side in (left, right))
    return round(x / BIN) * BIN if beside >= MIN_SIDE and wide else None


def mark_edges(pages: Sequence[Sequence[Run]], heights: Sequence[float]) -> None:
    """Marks running heads and feet: what recurs in the outer margin of pages, or stands there in small print."""
    edges = [
        (line, number)
        for number, (page, height) in enumerate(zip(pages, heights, strict=True))
        for line in page
        if line.rows is None and not EDGE * height < line.middle[1] < (1 - EDGE) * height
    ]
    recurring = Counter(_without_digits(line.text) for line, _ in edges)
    for line, number in edges:
        body = median(other.height for other in pages[number] if other.rows is None)
        line.furniture = recurring[_without_digits(line.text)] > 1 or line.height < 0.85 * body


def join_lines(characters: Iterable[Run]) -> str:
    """The characters of a table cell as one line; a break between hanzi is nothing, between Latin words a space."""
    lines = [_join(row).text for row in group_rows(characters)]
    return str(regex.sub(r"(?<=[A-Za-z])\n(?=[A-Za-z])", " ", "\n".join(lines))).replace("\n", "")


def _own_lines(textpage: Any) -> list[Run]:
    """The text layer's lines with their boxes, which two characters of each give."""
    text = textpage.get_text_range()
    aligned = len(text) == textpage.count_chars()
    lines: list[Run] = []
    at = 0
    for raw in text.split("\r\n"):
        clean = _clean(raw)
        if clean.strip() and aligned:
            first, last = at + len(raw) - len(raw.lstrip()), at + len(raw.rstrip()) - 1
            a, b = (textpage.get_charbox(i, loose=True) for i in (first, last))
            lines.append(Run(a[0], min(a[1], b[1]), b[2], max(a[3], b[3]), clean))
        elif clean.strip():
            lines.append(Run(0, 1, 0, 1, clean))
        at += len(raw) + 2
    return _indented(lines) if aligned else lines


def _in_columns(runs: Sequence[Run], gutter: float) -> list[Run]:
    """Bands from top to bottom, each left column first; a line or table across the gutter begins a band."""
    ordered: list[Run] = []
    left: list[Run] = []
    right: list[Run] = []
    for row in group_rows(runs):
        at = _cut(row, gutter)
        if at is None:
            ordered += [*_indented(left), *_indented(right), _join(row)]
            left, right = [], []
            continue
        before, after = row[:at], row[at:]
        left += [_join(before)] if before else []
        right += [_join(after)] if after else []
    return [*ordered, *_indented(left), *_indented(right)]


def _cut(row: list[Run], gutter: float) -> int | None:
    """Where the right column's part of a line begins, or None for a line that goes on across the gutter.

    The widest gap near the gutter decides, not its middle: a closing mark may hang over the edge of its column.
    """
    size = row[0].height if row[0].rows is None else BIN
    if any(run.left < gutter - BIN and run.right > gutter + BIN and run.right - run.left > 3 * size for run in row):
        return None
    gaps = [
        (after.left - before.right, at)
        for at, (before, after) in enumerate(pairwise(row), 1)
        if abs((before.right + after.left) / 2 - gutter) < 2 * size or before.middle[0] < gutter <= after.middle[0]
    ]
    if not gaps or row[-1].middle[0] < gutter or row[0].middle[0] >= gutter:
        return len(row) if row[0].middle[0] < gutter else 0
    widest, at = max(gaps)
    return at if widest > 0.4 * size else None


def group_rows(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs grouped by line, from top to bottom, each line from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (-r.middle[1], r.left)):
        if rows and run.same_line(rows[-1][0]):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda r: r.left) for row in rows]


def _join(row: list[Run]) -> Run:
    """One line of a row's characters; a gap of half a hanzi is a space."""
    if row[0].rows is not None:
        return row[0]
    text = row[0].text
    for before, run in pairwise(row):
        text += (" " if run.left - before.right > 0.5 * run.height else "") + run.text
    return Run(row[0].left, min(r.bottom for r in row), max(r.right for r in row), max(r.top for r in row), text)


def _indented(lines: list[Run]) -> list[Run]:
    """Indents of the page as characters: a line that begins two hanzi to the right of the others gets two blanks."""
    prose = [line for line in lines if line.rows is None]
    if len(prose) < 2:
        return lines
    size = median(line.height for line in prose) or 1.0
    margin = min(_common([line.left for line in prose], size))
    for line in prose:
        if 1.2 <= (line.left - margin) / size <= 3.2 and not line.text[0].isspace():
            line.text = "\u3000\u3000" + line.text
    return lines


def _common(lefts: list[float], size: float) -> list[float]:
    """The left edges that at least a tenth of the lines share: a page number further out sets no margin."""
    shared = [x for x in lefts if sum(abs(x - y) < 0.5 * size for y in lefts) >= max(2, len(lefts) / 10)]
    return shared or lefts


def _without_digits(text: str) -> str:
    return str(regex.sub(r"\d+", "#", "".join(text.split())))


def _clean(text: str) -> str:
    """Without the marks that stand for a hyphen at a line's end."""
    return text.replace("\ufffe", "").replace("\x02", "")
