"""Lines that a page repeats from the foot of the one before, as browsers print a page that they cut in pictures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from planparse.read.page_layout import Run

LEAST_LINES, LEAST_CHARACTERS = 2, 30
MOST_LINES = 12


def mark_repeats(pages: Sequence[Sequence[Run]]) -> None:
    """Marks the lines at the head of a page as furniture that are the last ones of the page before."""
    for before, page in pairwise([[line for line in lines if not line.furniture] for lines in pages]):
        for line in page[: _repeated(before, page)]:
            line.furniture = True


def _repeated(before: Sequence[Run], page: Sequence[Run]) -> int:
    """How many lines of a page are those that the page before ends with.

    >>> texts = "新建、改建学校，", "增加学位，缩小城乡之间的教育差距，补齐短板。", "建设公园"
    >>> lines = [Run(0, 0, 9, 9, text) for text in texts]
    >>> _repeated(lines[:2], lines), _repeated(lines, lines[1:]), _repeated(lines[1:], lines)
    (2, 0, 0)
    """
    words = ["".join(line.text.split()) if line.rows is None else None for line in before[-MOST_LINES:]]
    heads = ["".join(line.text.split()) if line.rows is None else None for line in page[:MOST_LINES]]
    for count in range(min(len(words), len(heads)), LEAST_LINES - 1, -1):
        tail = words[-count:]
        if None not in tail and tail == heads[:count] and sum(len(text or "") for text in tail) >= LEAST_CHARACTERS:
            return count
    return 0
