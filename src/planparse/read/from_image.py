"""Pictures of pages: PNG, JPEG, and TIFF with any number of pages."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from planparse.limits import MAX_PIXELS, MAX_SCANNED_PAGES, MAX_SIDE
from planparse.model import Ocr, ReadError, Source
from planparse.read.laid_out import Unread, warn_of_unread, write_pages
from planparse.read.page_layout import Layout, Run, mark_edges
from planparse.read.scans import Scans

LONG_SIDE = 842  # points; a picture seldom knows the size of its page: as long as A4


def read_image(content: bytes, name: str, sha256: str, media_type: str, *, ocr: Ocr = "auto") -> Source:
    """The Source of a picture's pages; ReadError when it cannot be decoded, or nothing is recognised in it."""
    scans, layout = Scans(ocr), Layout()
    if not scans.want(unread=True):
        raise ReadError(f"this is a picture; {scans.advice()}", code="unsupported-format")
    pages: list[list[Run]] = []
    heights: list[float] = []
    for number, picture in enumerate(_pictures(content), 1):
        points = LONG_SIDE / max(picture.size)
        pages.append(layout.order_runs(scans.runs(picture, number, points)))
        heights.append(picture.height * points)
    if not any(pages):
        raise ReadError("no text could be recognised in the picture; is it sharp and upright?", code="no-text")
    mark_edges(pages, heights)
    out = write_pages(pages, scans.pages)
    empty: dict[int, Unread] = {number: "page-without-text" for number, lines in enumerate(pages, 1) if not lines}
    out.warnings += [*warn_of_unread(empty, scans.advice()), *scans.warnings()]
    return out.source(name, media_type, sha256)


def _pictures(content: bytes) -> Iterator[Any]:
    """The pages of a picture file, upright, on white, and no larger than recognition needs."""
    from PIL import Image, ImageOps, ImageSequence

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit here is lower
            picture = Image.open(io.BytesIO(content))
        if getattr(picture, "n_frames", 1) > MAX_SCANNED_PAGES:
            raise ReadError(f"the picture has more than {MAX_SCANNED_PAGES} pages; split it", code="too-large")
        for frame in ImageSequence.Iterator(picture):
            if frame.width * frame.height > MAX_PIXELS:
                raise ReadError(f"a page has more than {MAX_PIXELS:,} pixels; make it smaller", code="too-large")
            upright = ImageOps.exif_transpose(frame)
            if "A" in upright.getbands() or "transparency" in upright.info:
                upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
            page = upright.convert("L")
            page.thumbnail((MAX_SIDE, MAX_SIDE))
            yield page
    except Image.DecompressionBombError:
        raise ReadError(f"a page has more than {MAX_PIXELS:,} pixels; make it smaller", code="too-large") from None
    except (OSError, SyntaxError) as error:  # what PIL raises for a damaged picture
        raise ReadError(f"the picture cannot be decoded ({error}); fetch it again", code="damaged") from None
