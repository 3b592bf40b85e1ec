"""From what stands on the pages of one document to its Source: the same for PDF, OFD and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import regex

from planparse.model import Source, Span, Warning
from planparse.read.aligned_tables import AlignedTables
from planparse.read.boxes import set_boxes_aside
from planparse.read.page_edges import find_steps, mark_edges
from planparse.read.page_layout import Layout, Run, group_lines, in_columns, overlap, segments, split_line
from planparse.read.page_seams import mark_repeats
from planparse.read.pages import SourceBuilder
from planparse.read.ruled_tables import TooManyRules, find_ruled_tables
from planparse.read.text_layers import count_nameless, has_split_brackets

MIN_CELLS, MIN_ROWS = 3, 3  # that make a table of a scan where lines stand side by side
PARAGRAPH = 1.35  # line pitches between two paragraphs that space sets apart
Unread = Literal["page-without-text", "garbled-text-layer"]
UNREAD: dict[Unread, str] = {
    "page-without-text": "page {} has no text layer, or next to none",
    "garbled-text-layer": "the text layer of page {} is garbled (its characters are not those that the page shows)",
}


class RecognisedPage(NamedTuple):
    """What is recognised in a picture of `height` points: ruled tables, the lines outside of them, whole or in parts
    that stand apart, what is no part of the text, and the figures that are hard to read with the lines they stand in.
    """

    lines: list[Run]
    tables: list[Run]
    aside: list[str]
    doubts: list[tuple[str, str]]
    height: float


class PageReader:
    """Reads pages one after the other; what a page does not show, the pages before may have shown."""

    def __init__(self) -> None:
        self.pages: list[list[Run]] = []
        self.heights: list[float] = []
        self.recognised: dict[int, list[tuple[str, str]]] = {}  # pages that were read from their picture: their doubts
        self.unread: dict[int, Unread] = {}  # of pages that are left without their text, and why
        self.boxes: dict[int, list[Run]] = {}  # the frames of pages, which hold a column of text
        self.warnings: list[Warning] = []
        self.layout, self.aligned = Layout(), AlignedTables()

    def read(self, runs: Sequence[Run], rules: Sequence[Run], height: float, *, aside: Iterable[str] = ()) -> None:
        """The next page, from its runs of text and its ruling lines; what stands aside of its text is furniture."""
        try:
            tables, boxes = find_ruled_tables(rules, runs)
        except TooManyRules:
            self.warn("tables-not-read", "the lines of page {} are too many for tables; its text is kept")
            tables, boxes = [], []
        self.boxes[self.number] = boxes
        _, lines = self._arrange(_outside(tables, runs), tables)
        self.add([*lines, *_furniture(aside)], height)

    def _arrange(self, runs: Sequence[Run], ruled: Sequence[Run]) -> tuple[Sequence[Run], list[Run]]:
        """The runs outside of tables, now that those without upright rules are found; and all lines in order."""
        gutter = self.layout.right_of(segments(runs, ruled))
        columns = [r for r in runs if r.middle[0] < gutter], [r for r in runs if r.middle[0] >= gutter]
        aligned = [table for column in columns if column for table in self.aligned.find(column)]
        if aligned:
            runs, ruled = _outside(aligned, runs), [*ruled, *aligned]
            gutter = self.layout.right_of(segments(runs, ruled))
        return runs, in_columns([*runs, *ruled], gutter)

    def add_plain(self, words: Sequence[Run], height: float, *, aside: Iterable[str] = ()) -> bool:
        """The next page, from its words, if they show neither columns nor tables, and none stands over another."""
        rows = group_lines(words)
        if any(overlap(row) for row in rows):
            return False
        lines = [split_line(row) for row in rows]
        if self.aligned.may_hold(lines) or self.layout.find_gutter([piece for line in lines for piece in line]):
            return False
        self.aligned.open = []
        self.add([*self.layout.order_lines(lines), *_furniture(aside)], height)
        return True

    def add_recognised(self, page: RecognisedPage) -> None:
        """The next page, from what was recognised in its picture."""
        self.recognised[self.number] = page.doubts
        rest, lines = self._arrange(page.lines, page.tables)
        if sum(len(line) >= MIN_CELLS for line in group_lines(rest)) >= MIN_ROWS:
            self.warn("tables-not-read", "a table of page {} has no ruling lines that can be seen; it is read as text")
        self.add([*lines, *_furniture(page.aside)], page.height)

    def add(self, lines: list[Run], height: float, *, blank: bool = False) -> None:
        """The next page, as lines in reading order; one without any lacks its text unless nothing is drawn on it."""
        if not lines and not blank:
            self.unread.setdefault(self.number, "page-without-text")
        self.pages.append(lines)
        self.heights.append(height)

    @property
    def number(self) -> int:
        """Of the page that is being read."""
        return len(self.pages) + 1

    def warn(self, code: str, message: str) -> None:
        """A warning about the page that is being read."""
        self.warnings.append(Warning(code=code, message=message.format(self.number), page=self.number))

    def warn_of_text(self, text: str, *, nameless: bool = False, mistaken: bool) -> None:
        """Warns of what the text of a page shows of itself; `nameless`: glyphs of it are known to lack a character."""
        if mistaken:
            self.warn("doubtful-text", "page {}: hardly a word of its text layer is known; look at the page")
        if nameless or count_nameless(text):
            self.warn("glyphs-without-characters", "page {} shows characters that the file does not name")
        if has_split_brackets(text):
            self.warn("doubtful-text", "page {}: letters stand for the brackets of a formula; look at the page")

    @property
    def has_text(self) -> bool:
        return any(not line.furniture for lines in self.pages for line in lines)

    def source(self, name: str, media_type: str, sha256: str, *, advice: str) -> Source:
        """The Source that the pages make, running heads and feet marked; `advice` is for pages left without text."""
        mark_edges(self.pages, self.heights)
        mark_repeats(self.pages)
        set_boxes_aside(self.pages, [self.boxes.get(number, []) for number in range(1, self.number)])
        steps = find_steps(self.pages)
        pitch = steps[len(steps) // 4] if steps else 0.0
        out = SourceBuilder()
        out.warnings += [
            Warning(code=why, message=f"{UNREAD[why].format(number)}; {advice}", page=number)
            for number, why in self.unread.items()
        ]
        out.warnings += self.warnings
        last: Run | None = None  # what stands before, page furniture aside
        for number, lines in enumerate(self.pages, 1):
            start, parts = out.page(), len(out.parts)
            turned = True  # nothing but page furniture stands between this and the page or column before
            for line in lines:
                turned |= last is not None and line.top > last.top
                if line.rows is not None:
                    out.table(line.rows, goes_on=turned and _same_shape(last, line))
                else:
                    if not turned and last and _begins_paragraph(last, line, pitch):
                        out.write("\n")
                    out.line(line.text, furniture=line.furniture)
                if not line.furniture:
                    last, turned = line, False
            out.write("\f")
            if number in self.recognised:
                out.recognised.append(Span(start, out.length))
                out.doubtful += _places("".join(out.parts[parts:]), start, self.recognised[number])
        return out.source(name, media_type, sha256)


def _furniture(texts: Iterable[str]) -> list[Run]:
    return [Run(0, 0, 0, 1, text, furniture=True) for text in texts if text.strip()]


def _places(text: str, start: int, doubts: Iterable[tuple[str, str]]) -> Iterator[Span]:
    """Where figures stand in the text of a page that begins at an offset: in their line, or wherever it has them."""
    for line, figure in doubts:
        at = text.find(line)
        first, last = (at, at + len(line)) if at >= 0 else (0, len(text))
        for match in regex.finditer(rf"(?<![\d.]){regex.escape(figure)}(?!\d)", text, pos=first, endpos=last):
            yield Span(start + match.start(), start + match.end())


def _outside(tables: Sequence[Run], runs: Sequence[Run]) -> Sequence[Run]:
    if not tables:
        return runs
    return [run for run in runs if not any(table.holds(run) for table in tables)]


def _begins_paragraph(before: Run, line: Run, pitch: float) -> bool:
    """Whether more space stands before a line than lines of its size leave."""
    low, high = sorted((before.height, line.height))
    larger = high / low if low > 0 else 1.0  # a box without height says nothing of its size
    return before.rows is None and before.middle[1] - line.middle[1] > PARAGRAPH * pitch * larger


def _same_shape(before: Run | None, after: Run) -> bool:
    """Whether a table at the head of a page can go on with the one at the foot of the page before."""
    return bool(before and before.rows and after.rows and len(before.rows[0]) == len(after.rows[0]))
