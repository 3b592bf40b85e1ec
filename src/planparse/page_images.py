"""Pictures of a PDF's pages for the review page, with the places of the records on them.

A page is about 100 kB at the resolution used, a third more in the HTML file: twenty pages make it some 2.5 MB larger.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from planparse.characters import RADICALS
from planparse.model import Document, ReadError, Target

SCALE = 110 / 72  # pixels per point: hanzi of footnote size stay legible
MAX_PIXELS = 2400  # on the longer side, whatever size a page says it has
_HANZI = str.maketrans(RADICALS)  # as the text has them
CONTEXT = 6  # characters on each side of a quote that tell it from others like it on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where a target's quote stands on a page: boxes of left, top, width, height, in fractions of the page."""

    id: str
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """The picture of a page as a `data:` address, its size in pixels, and the regions of the targets on it."""

    data: str
    width: int
    height: int
    regions: tuple[Region, ...] = ()


def page_images(content: bytes, document: Document, *, password: str | None = None) -> list[PageImage]:
    """The pages of the PDF that a document was read from, nothing for another format.

    Raises ReadError when a page cannot be drawn.
    """
    if document.document.media_type != "application/pdf":
        return []
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError as error:
        raise _not_drawn(error) from None
    try:
        return [_page_image(pdf[index], document, index) for index in range(len(pdf))]
    except pypdfium2.PdfiumError as error:
        raise _not_drawn(error) from None
    finally:
        pdf.close()


def _not_drawn(error: Exception) -> ReadError:
    return ReadError(f"its pages cannot be drawn ({error}); the review page has its text only", code="pages-not-drawn")


def _page_image(page: Any, document: Document, index: int) -> PageImage:
    scale = min(SCALE, MAX_PIXELS / max(page.get_size()))
    picture = page.render(scale=scale).to_pil().convert("L").quantize(16)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    regions = _regions(page, document, index)
    page.close()
    return PageImage(
        data="data:image/png;base64," + base64.b64encode(out.getvalue()).decode(),
        width=picture.width,
        height=picture.height,
        regions=tuple(regions),
    )


def _regions(page: Any, document: Document, index: int) -> list[Region]:
    """Where the quotes of the page's targets stand; one whose words the page has in another order is left out."""
    starts = (*document.layout.page_starts, len(document.text))
    textpage = page.get_textpage()
    printed = textpage.get_text_range().translate(_HANZI)
    places = [i for i, char in enumerate(printed) if not char.isspace()]
    bare = "".join(printed[i] for i in places)
    regions = []
    for target in document.targets:
        if starts[index] <= target.start < starts[index + 1] and (at := _find(bare, document.text, target)) is not None:
            inside = places[at : at + len(_squeeze(target.quote))]
            regions.append(Region(id=target.id, boxes=tuple(_boxes(textpage, page, inside))))
    textpage.close()
    return regions


def _find(bare: str, text: str, target: Target) -> int | None:
    """Where a quote begins in the page's text without white space, told by the words around it."""
    quote = _squeeze(target.quote)
    before = _squeeze(text[max(0, target.start - 4 * CONTEXT) : target.start])[-CONTEXT:]
    after = _squeeze(text[target.end : target.end + 4 * CONTEXT])[:CONTEXT]
    for left, right in ((before, after), (before, ""), ("", after)):
        found = bare.find(left + quote + right)
        if found >= 0:
            return found + len(left)
    return None


def _boxes(textpage: Any, page: Any, characters: Sequence[int]) -> list[tuple[float, float, float, float]]:
    """One box for each line that the characters stand on."""
    width, height = page.get_size()
    runs: list[list[tuple[float, float, float, float]]] = [[]]
    chars = [textpage.get_charbox(i, loose=True) for i in characters]
    for box, last in zip(chars, [None, *chars], strict=False):
        if last is not None and box[0] < last[0]:  # back to the left: a new line
            runs.append([])
        runs[-1].append(box)
    boxes: list[tuple[float, float, float, float]] = []
    for run in runs:
        left, bottom = min(box[0] for box in run), min(box[1] for box in run)
        right, top = max(box[2] for box in run), max(box[3] for box in run)
        place = left / width, 1 - top / height
        size = (right - left) / width, (top - bottom) / height
        boxes.append((round(place[0], 4), round(place[1], 4), round(size[0], 4), round(size[1], 4)))
    return boxes


def _squeeze(text: str) -> str:
    return "".join(text.split())
