"""Boxes that stand in the middle of a sentence: 专栏 that a typesetter puts where the page has room."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.characters import CLOSERS, TERMINAL
from planparse.labels import parse_label
from planparse.read.page_layout import Run

FULL = 0.6  # of the widest line: a line of this width may go on
_AFTER_SENTENCES = "".join(CLOSERS)


def set_boxes_aside(pages: Sequence[list[Run]], boxes: Sequence[Sequence[Run]]) -> None:
    """Moves the lines of boxes that cut a sentence before the paragraph that it stands in, or, at the head of a page,
    behind it; running heads and feet are known by then."""
    for number, lines in enumerate(pages):
        for box in boxes[number]:
            inside = [i for i, line in enumerate(lines) if not line.furniture and box.holds(line)]
            if inside and inside == list(range(inside[0], inside[-1] + 1)):
                _set_aside(pages, number, inside[0], inside[-1] + 1)


def _set_aside(pages: Sequence[list[Run]], number: int, start: int, end: int) -> None:
    lines = pages[number]
    above = [i for i in range(start) if not lines[i].furniture]
    below = [i for i in range(end, len(lines)) if not lines[i].furniture]
    before = lines[above[-1]] if above else _text(pages, number - 1, -1)
    after = lines[below[0]] if below else _text(pages, number + 1, 0)
    if before is None or after is None or not _goes_on(before, after, max(line.width for line in lines)):
        return
    block = lines[start:end]
    del lines[start:end]
    if above:
        place = next((i for i in reversed(above) if _begins(lines, i)), above[0])
    else:
        rest = range(start, len(lines))
        place = next((i + 1 for i in rest if _is_ended(lines[i]) or _is_indented(lines, i + 1)), len(lines))
    lines[place:place] = block


def _text(pages: Sequence[list[Run]], number: int, end: int) -> Run | None:
    """The first or the last line of a page, its head and foot aside; none where there is no such page."""
    text = [line for line in pages[number] if not line.furniture] if 0 <= number < len(pages) else []
    return text[end] if text else None


def _goes_on(before: Run, after: Run, widest: float) -> bool:
    """Whether a line that a box follows breaks off, and the one behind the box goes on with it."""
    if before.rows is not None or after.rows is not None or _is_ended(before) or before.width < FULL * widest:
        return False
    return not after.text[:1].isspace() and parse_label(after.text) is None


def _begins(lines: Sequence[Run], i: int) -> bool:
    """Whether a line is the first of its paragraph."""
    return lines[i].text[:1].isspace() or (i > 0 and (lines[i - 1].rows is not None or _is_ended(lines[i - 1])))


def _is_indented(lines: Sequence[Run], i: int) -> bool:
    return i < len(lines) and lines[i].text[:1].isspace()


def _is_ended(line: Run) -> bool:
    return line.text.rstrip().rstrip(_AFTER_SENTENCES)[-1:] in TERMINAL
