"""Text that a page holds and no viewer shows: drawn invisibly, in white on white, or beside the page."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2.raw as pdfium

from planparse.read.page_layout import Run
from planparse.read.pdfium_calls import Corners, fill_colours

WHITE, CLEAR = 250, 13  # of 255: lighter in every part is white, less opaque is not seen
_UNSEEN = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
_OUTLINED = {pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE}


def find_unseen(
    texts: Sequence[tuple[int, Corners]],
    modes: Sequence[int],
    grounds: Sequence[tuple[int, Run]],
    pictures: Sequence[Run],
    bounds: tuple[float, float, float, float],
) -> set[int]:
    """The text objects that are not seen, by how each is drawn; white ones are, on a picture or on a `ground` of
    another colour."""
    items = [item for item, _ in texts]
    left, bottom, right, top = bounds
    fills = fill_colours(items)
    unseen = {item for item, mode in zip(items, modes, strict=True) if mode in _UNSEEN}
    unseen |= {item for item, fill in zip(items, fills, strict=True) if fill[3] < CLEAR}
    far = [text for text in texts if text[1][0] > right or text[1][1] > top or text[1][4] < left or text[1][5] < bottom]
    for item, box in ((item, _box(place)) for item, place in far):
        if box.left > right or box.right < left or box.bottom > top or box.top < bottom:
            unseen.add(item)
    pale = [
        (text, mode)
        for text, mode, fill in zip(texts, modes, fills, strict=True)
        if fill[0] >= WHITE and min(fill) >= WHITE
    ]
    white = [(item, _box(place)) for (item, place), mode in pale if mode not in _OUTLINED and item not in unseen]
    if white:
        dark = [
            box for (_, box), fill in zip(grounds, fill_colours([i for i, _ in grounds]), strict=True) if _dark(fill)
        ]
        unseen |= {item for item, box in white if not any(ground.holds(box) for ground in (*dark, *pictures))}
    return unseen


def _dark(fill: tuple[int, int, int, int]) -> bool:
    return min(fill[:3]) < WHITE and fill[3] >= CLEAR


def _box(place: Corners) -> Run:
    return Run(min(place[::2]), min(place[1::2]), max(place[::2]), max(place[1::2]))
