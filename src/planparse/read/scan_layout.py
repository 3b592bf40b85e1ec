"""Where the recognised lines and ruled tables of a picture stand on its page: levelled, in points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import atan2, degrees
from statistics import median
from typing import Any, NamedTuple

import cv2
import numpy
import regex

from planparse.characters import columns
from planparse.read.page_layout import Run, around
from planparse.read.page_reader import RecognisedPage
from planparse.read.ruled_lines import find_tables
from planparse.read.ruled_tables import table_run

ROOM = 0.3  # of a line's height, between what stands in two cells
CLEAR = 1.2  # of a line's height, between the cells of a table without rules
PRINT = 0.6  # the score of a line; below it is no print: a stroke of a pen, a stain, the other side of the paper
WIDE = 0.5  # of the page's width; lines of text are wider
NOTES = 0.25  # of the number of such lines; what stands beside more of them is a column of a table
LONG = 200  # pixels; what a line needs to show by how much the page is askew
DASHES = {"一", "-", "－", "–"}  # how the dash of a cell without a value comes out
SURE_FIGURE = 0.9  # the score of a character; of the figures that are read right, one in a hundred has less
_FIGURE = regex.compile(r"[\d〇零一二两三四五六七八九十百千万亿]+(?:[.,:]\d+)*%?[‰0oO]?")
_MARK = regex.compile(r"(?<=\p{Han})[,:;!?()]|[,:;!?()](?=\p{Han})")
_DUST = regex.compile(
    r"(?<![.·])(?:^[.·](?=\p{Han})|(?<=[，。；：、！？）])[.·]|(?<=[\p{Han}--[一二三四五六七八九十]])\.(?=\p{Han})"
    r"|(?<=\p{Han})[.·]$)(?![.·])",
    regex.V1,
)  # a dot where no text has one
_FULL_WIDTH = dict(zip(",:;!?()", "，：；！？（）", strict=True))


class Line(NamedTuple):
    """A recognised line, its characters (the line itself where their places are not known), how sure it is, and which
    of its figures are not."""

    run: Run
    characters: list[Run]
    score: float
    doubtful: list[str]

    def pieces(self) -> list[Run]:
        """The line, or its parts where gaps divide it as they do the cells of a table."""
        size = self.run.height
        gaps = (i for i, (a, b) in enumerate(pairwise(self.characters), 1) if b.left - a.right > CLEAR * size)
        parts = [self.characters[begin:end] for begin, end in pairwise([0, *gaps, len(self.characters)])]
        if len(parts) == 1:
            return [self.run]
        return [_of_its_size(_joined(part)) for part in parts]

    def within(self, cells: list[Run]) -> bool:
        """Whether it stands in these cells, and leaves room where it goes from one to the next."""
        places = [next((i for i, cell in enumerate(cells) if cell.holds(c)), None) for c in self.characters]
        room = [after.left - before.right > ROOM * before.height for before, after in pairwise(self.characters)]
        return None not in places and all(a == b or clear for (a, b), clear in zip(pairwise(places), room, strict=True))


def place(pixels: Any, found: Any, points: float) -> RecognisedPage:
    """The page that RapidOCR found in a gray picture; `points` is the size of a pixel."""
    high, wide = pixels.shape
    level = cv2.getRotationMatrix2D((wide / 2, high / 2), _slope(found.boxes), 1)
    straight = cv2.warpAffine(pixels, level, (wide, high), borderMode=cv2.BORDER_REPLICATE)

    def run(corners: Any, text: str) -> Run:
        moved = cv2.transform(numpy.array([corners], float), level)[0] * points
        (left, top), (right, bottom) = moved.min(axis=0).tolist(), moved.max(axis=0).tolist()
        return Run(left, high * points - bottom, right, high * points - top, text)

    known = len(found.word_results) == len(found.txts)
    lines = []
    for i, (corners, text, score) in enumerate(zip(found.boxes, found.txts, found.scores, strict=True)):
        whole = _of_its_size(run(corners, _mended(text)))
        words = found.word_results[i] if known else ()
        characters = [run(box, character) for character, _, box in words]
        complete = "".join(c.text for c in characters) == "".join(text.split())
        figures = list(_doubtful_figures(text, [sure for _, sure, _ in words], score))
        lines.append(Line(whole, characters if complete else [whole], score, figures))
    tables, others = _take_tables(lines, find_tables(straight, points), high * points)
    aside = _beside_text(others, wide * points)
    text = [piece for line in others if line not in aside for piece in line.pieces()]
    doubts = [(line.run.text, figure) for line in lines if line not in aside for figure in line.doubtful]
    return RecognisedPage(text, tables, [line.run.text for line in aside], doubts, high * points)


def _doubtful_figures(text: str, scores: list[float], score: float) -> Iterator[str]:
    """The figures of a line with a character that the recogniser is not sure of.

    `scores` are those of its characters, blanks counted, cut off at the number of those that are no blanks.
    """
    sure = [*scores, *[score] * len(text)]
    for figure in _FIGURE.finditer(text):
        if min(sure[figure.start() : figure.end()]) < SURE_FIGURE:
            yield mend(figure[0])


def _slope(boxes: Any) -> float:
    """By how many degrees the lines of a page fall to the right."""
    edges = [(corners[1] - corners[0]).tolist() for corners in boxes]
    return median([degrees(atan2(y, x)) for x, y in edges if x > LONG] or [0.0])


def _joined(characters: list[Run]) -> Run:
    whole = around(characters)
    whole.text = _mended("".join(character.text for character in characters))
    return whole


def _of_its_size(run: Run) -> Run:
    """A line as high as its characters: a hanzi is as wide as high, and boxes leave room above and below."""
    middle, size = run.middle[1], min(run.height, 2 * (run.right - run.left) / columns(run.text))
    return Run(run.left, middle - size / 2, run.right, middle + size / 2, run.text)


def _take_tables(lines: list[Line], tables: list[Any], height: float) -> tuple[list[Run], list[Line]]:
    """The ruled tables with what stands in their cells, and the other lines."""
    found = []
    for table in tables:
        cells = [Run(left, height - bottom, right, height - top) for left, top, right, bottom in table.cells]
        inside = [line for line in lines if line.within(cells)]
        run = table_run(table, height, [character for line in inside for character in line.characters])
        if run is not None:
            run.rows = [[cell and _mended(cell) for cell in row] for row in run.rows or []]
            found.append(run)
            lines = [line for line in lines if line not in inside]
    return found, lines


def _beside_text(lines: list[Line], width: float) -> list[Line]:
    """What is no print, and what somebody wrote at the margin: beyond the edge of a line of text."""
    text = [line.run for line in lines if line.run.width > WIDE * width]
    left, right = min((run.left for run in text), default=0.0), max((run.right for run in text), default=width)
    faint = [line for line in lines if line.score < PRINT]
    beyond = [line for line in lines if line.run.middle[0] < left or line.run.middle[0] > right]
    notes = [line for line in beyond if any(line.run.same_line(run) for run in text)]
    return [*faint, *notes] if len(notes) <= NOTES * len(text) else faint


def mend(text: str) -> str:
    """A recognised line without what recognition confuses every so often, where only one reading makes sense.

    >>> mend("降至2.1%0(去年2.5%0),任期3一5年"), mend(".新建学.校5所，·改建1.5万平方米")
    ('降至2.1‰（去年2.5‰)，任期3—5年', '新建学校5所，改建1.5万平方米')
    """
    text = regex.sub(r"(?<=\d)%[0oO](?![\d.])", "‰", text)
    text = regex.sub(r"(?<=\d)一(?=\d)", "—", text)
    return str(_DUST.sub("", _MARK.sub(lambda mark: _FULL_WIDTH[mark[0]], text)))


def _mended(text: str) -> str:
    """A line or cell that holds nothing but a dash, which is easily taken for the hanzi of one, has no value."""
    return "—" if text in DASHES else mend(text)
