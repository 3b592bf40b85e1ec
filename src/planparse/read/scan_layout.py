"""Where the recognised lines and ruled tables of a picture stand on its page: levelled, in points."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, degrees
from statistics import median
from typing import Any, NamedTuple

import cv2
import numpy
import regex

from planparse.characters import columns
from planparse.read.page_layout import Run
from planparse.read.ruled_lines import find_tables
from planparse.read.ruled_tables import table_run

ROOM = 0.3  # of a line's height, between what stands in two cells
LONG = 200  # pixels; what a line needs to show by how much the page is askew
DASHES = {"一", "-", "－", "–"}  # how the dash of a cell without a value comes out
_MARK = regex.compile(r"(?<=\p{Han})[,:;!?()]|[,:;!?()](?=\p{Han})")
_FULL_WIDTH = dict(zip(",:;!?()", "，：；！？（）", strict=True))


class Line(NamedTuple):
    """A recognised line and its characters; the line itself is one where their places are not known."""

    run: Run
    characters: list[Run]

    def within(self, cells: list[Run]) -> bool:
        """Whether it stands in these cells, and leaves room where it goes from one to the next."""
        places = [next((i for i, cell in enumerate(cells) if cell.holds(c)), None) for c in self.characters]
        room = [after.left - before.right > ROOM * before.height for before, after in pairwise(self.characters)]
        return None not in places and all(a == b or clear for (a, b), clear in zip(pairwise(places), room, strict=True))


def place(pixels: Any, found: Any, points: float) -> list[Run]:
    """The tables and lines that RapidOCR found in a gray picture; `points` is the size of a pixel."""
    high, wide = pixels.shape
    level = cv2.getRotationMatrix2D((wide / 2, high / 2), _slope(found.boxes), 1)
    straight = cv2.warpAffine(pixels, level, (wide, high), borderMode=cv2.BORDER_REPLICATE)

    def run(corners: Any, text: str) -> Run:
        moved = cv2.transform(numpy.array([corners], float), level)[0] * points
        (left, top), (right, bottom) = moved.min(axis=0).tolist(), moved.max(axis=0).tolist()
        return Run(left, high * points - bottom, right, high * points - top, text)

    known = len(found.word_results) == len(found.txts)
    lines = []
    for i, (corners, text) in enumerate(zip(found.boxes, found.txts, strict=True)):
        whole = _of_its_size(run(corners, mend(text)))
        characters = [run(box, character) for character, _, box in found.word_results[i]] if known else []
        complete = "".join(c.text for c in characters) == "".join(text.split())
        lines.append(Line(whole, characters if complete else [whole]))
    return _with_tables(lines, find_tables(straight, points), high * points)


def _slope(boxes: Any) -> float:
    """By how many degrees the lines of a page fall to the right."""
    edges = [(corners[1] - corners[0]).tolist() for corners in boxes]
    return median([degrees(atan2(y, x)) for x, y in edges if x > LONG] or [0.0])


def _of_its_size(run: Run) -> Run:
    """A line as high as its characters: a hanzi is as wide as high, and boxes leave room above and below."""
    middle, size = run.middle[1], min(run.height, 2 * (run.right - run.left) / columns(run.text))
    return Run(run.left, middle - size / 2, run.right, middle + size / 2, run.text)


def _with_tables(lines: list[Line], tables: list[Any], height: float) -> list[Run]:
    """The lines as runs, those that stand in the cells of a table as its rows."""
    runs = []
    for table in tables:
        cells = [Run(left, height - bottom, right, height - top) for left, top, right, bottom in table.cells]
        inside = [line for line in lines if line.within(cells)]
        run = table_run(table, height, [character for line in inside for character in line.characters])
        if run is not None:
            run.rows = [[cell and _mended_cell(cell) for cell in row] for row in run.rows or []]
            runs.append(run)
            lines = [line for line in lines if line not in inside]
    return [*runs, *(line.run for line in lines)]


def mend(text: str) -> str:
    """A recognised line without what recognition confuses every so often, where only one reading makes sense.

    >>> mend("降至2.1%0(去年2.5%0),任期3一5年")
    '降至2.1‰（去年2.5‰)，任期3—5年'
    """
    text = regex.sub(r"(?<=\d)%[0oO](?![\d.])", "‰", text)
    text = regex.sub(r"(?<=\d)一(?=\d)", "—", text)
    return str(_MARK.sub(lambda mark: _FULL_WIDTH[mark[0]], text))


def _mended_cell(cell: str) -> str:
    """A cell that holds nothing but a dash, which is easily taken for the hanzi of one, has no value."""
    return "—" if cell in DASHES else mend(cell)
