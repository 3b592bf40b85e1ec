"""Running heads, page numbers and footnotes: what stands on a page and is no part of its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, median_high

import regex

from planparse.characters import RAISED, SUPERSCRIPTS
from planparse.read.page_layout import BIN, Run, group_lines

OUTER = 0.11  # of the page height: where running heads and feet stand
EDGE = 0.08  # of the page height: where they stand even when nothing sets them apart
APART = 1.6  # line pitches from a head to the text
SMALL = 0.85  # of the body's size: the print of heads and feet
LARGER = 1.3  # than other heads or feet at its height: the foot of a cover is none
SAME_MARGIN = 10.0  # points; a head stands as far from the edge of the page as the page number does
MAX_LINES = 3  # of a head or foot
_PAGE_NUMBER = regex.compile(
    r"[-—–－·•.\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－·•.\s]*"
)
_NOTE = regex.compile(
    r"(?P<mark>[\u2460-\u2473]|[\[［〔（(]\s*\d{1,2}\s*[\]］〕）)]|[⁰¹²³⁴-⁹]{1,2}|\d{1,2}|[*＊※]+)(?!\d)"
)
_CAPTION = regex.compile(r"\s*续?附?[表图]\s?(?:[A-Z][.\s]?)?\d")
_BODY = regex.compile(r"[，、；。]$|^[（(]?(?:计量)?单位[:：]")


@dataclass(slots=True)
class _Edge:
    """A line in the outer part of a page: how far its middle is from the edge, and what sets it apart."""

    line: Run
    page: int
    distance: float
    apart: bool
    tight: bool
    small: bool

    @property
    def is_caption(self) -> bool:
        """Whether it names a table or a figure, in whatever size."""
        return bool(_CAPTION.match(self.line.text))

    @property
    def is_body(self) -> bool:
        """Whether it reads like text: the name of a table, or of the body's size, and a part of a sentence or the unit
        of a table."""
        return self.is_caption or (not self.small and bool(_BODY.search(self.line.text.strip())))

    @property
    def wording(self) -> str:
        """Its text without blanks, and without digits, for a page number differs from page to page."""
        text = "".join(self.line.text.split())
        return text if self.is_body else str(regex.sub(r"\d+", "#", text))

    @property
    def slot(self) -> int:
        """Where heads and feet of several pages stand at one height."""
        return round(self.distance / BIN)


def mark_edges(pages: Sequence[Sequence[Run]], heights: Sequence[float]) -> None:
    """Marks running heads, feet and footnotes as furniture; heights in points."""
    rows = [group_lines(page) for page in pages]
    inner = [
        [line for line in page if EDGE * height < line.middle[1] < (1 - EDGE) * height]
        for page, height in zip(pages, heights, strict=True)
    ]
    steps = find_steps(inner)
    apart = max(APART * steps[len(steps) // 4], 1.1 * steps[len(steps) * 4 // 5]) if steps else 0.0
    heads = [e for n, page in enumerate(rows) for e in _edges(page, n, heights[n], apart, top=True)]
    feet = [e for n, page in enumerate(rows) for e in _edges(page[::-1], n, heights[n], apart, top=False)]
    for edges in (feet, heads):
        _mark(edges, len(pages))
    for head in heads:
        level = [foot for foot in feet if foot.page == head.page and foot.line.furniture and foot.apart]
        apart_alone = head.apart and head.tight and not head.is_caption
        if apart_alone and any(abs(head.distance - foot.distance) < SAME_MARGIN for foot in level):
            head.line.furniture = True
    for before, page in pairwise([[], *pages]):
        _mark_footnotes([line for line in page if not line.furniture], before)


def find_steps(pages: Iterable[Iterable[Run]]) -> list[float]:
    """How far lines are below those before them, sorted: first the lines of a paragraph, then the paragraphs."""
    pairs = [pair for page in pages for pair in pairwise(line for line in page if line.rows is None)]
    return sorted(step for a, b in pairs if (step := a.middle[1] - b.middle[1]) > 0)


def _edges(rows: Sequence[Sequence[Run]], page: int, height: float, apart: float, *, top: bool) -> list[_Edge]:
    """The lines in the outer part of a page, from rows that begin at its edge."""
    body = median([line.height for row in rows for line in row if line.rows is None] or [0.0])
    middles = [row[0].middle[1] for row in rows]
    steps = [abs(a - b) for a, b in pairwise(middles)]
    gaps = [n for n, step in enumerate(steps[:MAX_LINES], 1) if step >= apart]
    edges = []
    for n, row in enumerate(rows):
        distance = height - middles[n] if top else middles[n]
        if distance > OUTER * height:
            break
        edges += [
            _Edge(line, page, distance, n < max(gaps, default=0), distance < EDGE * height, line.height < SMALL * body)
            for line in row
            if line.rows is None
        ]
    return edges


def _mark(edges: list[_Edge], pages: int) -> None:
    """Marks what recurs, what is set small, page numbers, and what stands where those do on other pages."""
    wordings = Counter(edge.wording for edge in edges if edge.apart or edge.tight)
    for edge in edges:
        known = wordings[edge.wording] > (2 if edge.is_body else 1)
        alone = (edge.small and not edge.is_body) or _is_page_number(edge.line.text)
        if (known and edge.tight) or ((known or alone) and edge.apart):
            edge.line.furniture = True
    slots: dict[int, set[int]] = {}
    sure = [edge for edge in edges if edge.apart and edge.line.furniture]
    for edge in edges:
        if edge.apart:
            slots.setdefault(edge.slot, set()).add(edge.page)
    for edge in (edge for edge in edges if not edge.is_body):
        near = {edge.slot - 1, edge.slot, edge.slot + 1}
        level = set().union(*(slots.get(slot, set()) for slot in near))
        alike = any(other.slot in near and edge.line.height <= LARGER * other.line.height for other in sure)
        if edge.apart and (alike or (edge.tight and len(level) >= max(2, 2 / 3 * pages))):
            edge.line.furniture = True


def _is_page_number(text: str) -> bool:
    """Whether a line is a page number, or several of them.

    >>> [_is_page_number(text) for text in ("— 3 —", "第 3 页 共 12 页", "3/12", "1/2  1/2", "2025年第3期")]
    [True, True, True, True, False]
    """
    return any(all(_PAGE_NUMBER.fullmatch(part) for part in parts) for parts in ([text], text.split()))


def _mark_footnotes(lines: list[Run], before: Sequence[Run]) -> None:
    """Marks the small print at the foot of a page, or of a column, that begins with a mark: a raised one, or one that
    the text or a table of the page, or of the page before, refers to."""
    prose = [line for line in lines if line.rows is None]
    body = median_high([line.height for line in prose] or [0.0])  # of a page that is half notes, the words above them
    small = [line for line in prose if line.height < 0.9 * body]
    text = "".join(_words(line) for line in (*before, *lines) if line not in small) if small else ""
    for note in small:
        match = _NOTE.match(note.text.lstrip())
        below = [line for line in lines if line.top < note.top and _beside(line, note)]
        if not match or any(line not in small and not _is_page_number(line.text) for line in below):
            continue
        mark = match["mark"].translate(SUPERSCRIPTS) if match["mark"].isdigit() else match["mark"]
        if match["mark"][0] in RAISED or mark in text:
            for line in (note, *below):
                line.furniture = True


def _words(line: Run) -> str:
    return line.text if line.rows is None else "".join(cell or "" for row in line.rows for cell in row)


def _beside(one: Run, two: Run) -> bool:
    """Whether two lines share a part of the page's width."""
    return min(one.right, two.right) > max(one.left, two.left)
