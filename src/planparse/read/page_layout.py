"""The lines and tables of a page in reading order: columns, first-line indents, marks of notes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex

from planparse.characters import raised

Rows = list[list[str | None]]
_MARK = regex.compile(r"[(（\[〔]?[0-9]+[)）\]〕]?\s*|[a-h]\s*")  # of a note, where it is raised
_APART = regex.compile(r"(?<=[A-Za-z])\n(?=[A-Za-z])|(?<=\d\.\d+)\n(?=\d+\.\d)|(?<=%|/[A-Za-z]{1,3})\n(?=\d)")
MIN_LINES, MIN_SIDE = 8, 3  # of a page with columns, and on either side of the gutter
BIN = 4.0  # points; gutters and line heights are measured in steps of this
MAX_PIECES = 3_000  # of a page that is looked into for columns
WIDEST = 10_000  # points of a third of a page: beyond, something stands where no page is
MAX_CROSSING = 0.2  # of the lines may run across a gutter: headings, heads and feet
WIDE = 0.6  # of the lines of a page: a table of this width stands across its columns, if it has any
LAPPED = 0.3  # of a line's height: runs that overlap by more do not stand beside each other
STACKED = 1.5  # line heights: as far words that stand over each other share the width of the page
FAR = 2.0  # hanzi: what stands further off does not show whether a figure is raised
GAP = 0.9  # of a hanzi: what sets two pieces of a line apart


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
    def width(self) -> float:
        return self.right - self.left

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
        if abs(self.bottom - other.bottom) < BIN:
            return True
        top = self.top if self.top < other.top else other.top
        bottom = self.bottom if self.bottom > other.bottom else other.bottom
        return top - bottom > 0.5 * min(self.height, other.height)


class Layout:
    """Puts the pages of one document in order; a page with too few lines to show its columns has those before it."""

    def __init__(self) -> None:
        self.gutter: float | None = None

    def order_lines(self, lines: Sequence[Sequence[Run]]) -> list[Run]:
        """The lines of a page without columns and tables, from the pieces of each."""
        return _indented([join(line) for line in lines])

    def right_of(self, segments: Sequence[Run]) -> float:
        """Where the right column of a page stands; infinitely far off where it has but one."""
        gutter = self.find_gutter(segments)
        return float("inf") if gutter is None else gutter

    def find_gutter(self, segments: Sequence[Run]) -> float | None:
        """The white space between the columns of a page, if it has columns; remembered for the pages to come."""
        found = find_gutter(segments)
        if found is None and self.gutter is not None:
            crossing = sum(s.left < self.gutter < s.right for s in segments)
            beyond = sum(s.left > self.gutter for s in segments)
            found = self.gutter if beyond and crossing <= MAX_CROSSING * len(segments) else None
        self.gutter = found or self.gutter
        return found


def segments(runs: Iterable[Run], tables: Iterable[Run]) -> list[Run]:
    """The pieces of a page's lines, and the rows of its tables where these leave room for another column."""
    found = pieces(runs)
    width = around(found).width if found else 0.0
    return [*found, *(strip for table in tables if table.width < WIDE * width for strip in table.strips())]


def pieces(runs: Iterable[Run]) -> list[Run]:
    """The stretches of each line that no gap as wide as a hanzi divides."""
    return [piece for row in group_lines(runs) for piece in split_line(row)]


def split_line(row: Sequence[Run]) -> list[Run]:
    """The stretches of one line, each with its text."""
    least = GAP * size_of(row)
    starts = [0, *(at for at, (a, b) in enumerate(pairwise(row), 1) if b.left - a.right > least), len(row)]
    return [join(row[begin:end]) for begin, end in pairwise(starts)]


def find_gutter(segments: Sequence[Run]) -> float | None:
    """The x of the white space between two columns, or None. Headings may cross it; most of the lines do not.

    >>> left = [Run(70, y, 280, y + 12) for y in range(100, 700, 20)]
    >>> right = [Run(310, y, 520, y + 12) for y in range(100, 700, 20)]
    >>> find_gutter([*left, *right]), find_gutter(left)
    (296.0, None)
    """
    if not MIN_LINES <= len(segments) <= MAX_PIECES:
        return None
    first, last = min(s.left for s in segments), max(s.right for s in segments)
    third = (last - first) / 3
    if third > WIDEST:
        return None
    most = MAX_CROSSING * len(segments)
    if sum(s.left < first + third and s.right > last - third for s in segments) > most:
        return None
    steps = [first + third + BIN * i for i in range(int(third / BIN) + 1)]
    crossing = [sum(s.left < x < s.right for s in segments) for x in steps]
    if min(crossing) > most:
        return None
    found = [(_beside(segments, x, 0.6 * third), x) for x in _clear_middles(steps, crossing)]
    beside, x = max(found)
    return round(x / BIN) * BIN if beside >= MIN_SIDE else None


def _clear_middles(steps: Sequence[float], crossing: Sequence[int]) -> list[float]:
    """The middle of each stretch that the fewest lines cross: the columns of a table leave several."""
    stretches: list[list[float]] = [[]]
    for x, count in zip(steps, crossing, strict=True):
        if count == min(crossing):
            stretches[-1].append(x)
        elif stretches[-1]:
            stretches.append([])
    return [stretch[len(stretch) // 2] for stretch in stretches if stretch]


def _beside(segments: Sequence[Run], x: float, width: float) -> int:
    """How many lines to the right of a gutter stand beside one to the left; 0 unless both sides hold wide lines."""
    sides = [s for s in segments if s.right <= x], [s for s in segments if s.left >= x]
    for side in sides:
        wide = sum(s.width > width for s in side)
        if len(side) < MIN_SIDE or wide < min(MIN_LINES, len(side) / 4):
            return 0
    left, right = sides
    return sum(any(abs(s.middle[1] - other.middle[1]) < s.height for other in left) for s in right)


def join_lines(characters: Iterable[Run]) -> str:
    """The characters of a table cell as one line; a break between hanzi is nothing, between Latin words and amounts
    below each other a space."""
    lines = "\n".join(join(row).text for row in group_lines(characters))
    return str(_APART.sub(" ", lines)).replace("\n", "")


def in_columns(runs: Sequence[Run], gutter: float) -> list[Run]:
    """Lines and tables in reading order: bands from top to bottom, each left column first; a line or table across the
    gutter begins a band."""
    ordered: list[Run] = []
    left: list[Run] = []
    right: list[Run] = []
    for row in group_lines(runs):
        at = _cut(row, gutter)
        if at is None:
            ordered += [*_indented(left), *_indented(right), join(row)]
            left, right = [], []
            continue
        before, after = row[:at], row[at:]
        left += [join(before)] if before else []
        right += [join(after)] if after else []
    return [*ordered, *_indented(left), *_indented(right)]


def _cut(row: list[Run], gutter: float) -> int | None:
    """Where the right column's part of a line begins, or None for a line that goes on across the gutter.

    The widest gap near the gutter decides, not its middle: a closing mark may hang over the edge of its column.
    """
    size = row[0].height if row[0].rows is None else BIN
    if any(run.left < gutter - BIN and run.right > gutter + BIN and run.width > 3 * size for run in row):
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


def group_lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs grouped by line, from top to bottom, each line from left to right."""
    lines: list[list[Run]] = []
    box: Run | None = None  # of the last line: a single character may be as flat as 一
    for run in sorted(runs, key=lambda r: (-r.bottom - r.top, r.left)):
        if box and run.same_line(box):
            lines[-1].append(run)
            if run.bottom < box.bottom:
                box.bottom = run.bottom
            if run.top > box.top:
                box.top = run.top
        else:
            lines.append([run])
            box = Run(run.left, run.bottom, run.right, run.top, rows=run.rows)
    return _beside_two([part for line in lines for part in _unstacked(sorted(line, key=lambda r: r.left))])


def _beside_two(lines: list[list[Run]]) -> list[list[Run]]:
    """The lines, those put at the end of the next that stand behind it and behind the one above: 文件 in its middle."""
    for i in range(len(lines) - 2, 0, -1):
        word, above, below = lines[i][0], lines[i - 1][-1], lines[i + 1][-1]
        lap = LAPPED * word.height
        level = above.bottom + lap < word.top and word.bottom + lap < below.top
        if level and word.left > max(above.right, below.right) and word.rows is above.rows is below.rows is None:
            lines[i : i + 2] = [lines[i + 1] + lines[i]]
    return lines


def _unstacked(row: list[Run]) -> list[list[Run]]:
    """A line, or the lines that it is taken for where a tall word stands beside two: 文件 behind two names in red.

    What stands beside all of them goes on with the last.
    """
    if not overlap(row):
        return [row]
    levels: list[list[Run]] = []
    for run in sorted(row, key=lambda r: -r.middle[1]):
        if not levels or levels[-1][0].middle[1] - run.middle[1] > LAPPED * min(run.height, levels[-1][0].height):
            levels.append([])
        levels[-1].append(run)
    stacked = [level for level in levels if any(_is_stacked(level, other) for other in levels if other is not level)]
    if not stacked:
        return [row]
    stacked[-1].extend(run for level in levels if not any(level is other for other in stacked) for run in level)
    return [sorted(line, key=lambda r: r.left) for line in stacked]


def _is_stacked(one: Sequence[Run], two: Sequence[Run]) -> bool:
    """Whether words stand over words, and not only a mark over a mark."""
    a, b = around(one), around(two)
    return min(a.right, b.right) - max(a.left, b.left) > STACKED * max(one[0].height, two[0].height)


def size_of(line: Iterable[Run]) -> float:
    """The width of a hanzi in a line: boxes of characters may be flat, narrow or, with their font's leading, tall."""
    runs = list(line)
    return min(
        max([run.top - run.bottom for run in runs]),
        max([(run.right - run.left) / len(run.text.strip() or "-") for run in runs]),
    )


def overlap(row: Sequence[Run]) -> bool:
    """Whether a run of a line begins well before the one before it ends."""
    return any(run.left < before.right - LAPPED * (before.top - before.bottom) for before, run in pairwise(row))


def join(row: Sequence[Run]) -> Run:
    """One run of a line's characters; a gap of half a hanzi is a space, a small raised digit a note's mark."""
    if len(row) == 1:
        return row[0]
    whole, size = around(row), size_of(row)
    end = whole.left
    for run in row:
        if run.left - end > 0.5 * size and not whole.text[-1:].isspace():
            whole.text += " "
        small = run.text[:1].isascii() and _MARK.fullmatch(run.text) and is_raised(run, whole)
        mark = small and is_raised(run, around(_near(run, row, FAR * size)))
        whole.text += raised(run.text) if mark else run.text
        end = run.right
    return whole


def _near(run: Run, row: Sequence[Run], space: float) -> list[Run]:
    """The runs of a line that stand no further from one of them than so much."""
    return [other for other in row if other.left < run.right + space and other.right > run.left - space]


def is_raised(run: Run, line: Run) -> bool:
    """Whether a run is set small and high in its line, as the marks of notes are.

    >>> line = Run(0, 0, 100, 12)
    >>> is_raised(Run(90, 5, 93, 12), line), is_raised(Run(90, 0, 96, 12), line)
    (True, False)
    """
    return stands_high(run.bottom, run.top, line.bottom, line.top)


def stands_high(bottom: float, top: float, line_bottom: float, line_top: float) -> bool:
    """Whether what reaches from one height to another is small and high between those of a line."""
    height = line_top - line_bottom
    small = top - bottom < (0.9 if top >= line_top else 0.75) * height
    return small and bottom - line_bottom > 0.25 * height


def around(runs: Iterable[Run]) -> Run:
    """The box that holds all of some runs."""
    boxes = list(runs)
    return Run(
        min(r.left for r in boxes), min(r.bottom for r in boxes), max(r.right for r in boxes), max(r.top for r in boxes)
    )


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
    edges, enough = sorted(lefts), max(2, len(lefts) / 10)
    near = 0.5 * size
    return [x for x in edges if bisect_left(edges, x + near) - bisect_right(edges, x - near) >= enough] or lefts
