"""Pictures of pages: PNG, JPEG, and TIFF with any number of pages."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from planparse.limits import DEFAULT, MAX_SIDE, Limits
from planparse.model import Ocr, ReadError, Source
from planparse.read.page_reader import PageReader
from planparse.read.scans import Scans

LONG_SIDE = 842  # points; a picture seldom knows the size of its page: as long as A4


def read_image(
    content: bytes, name: str, sha256: str, media_type: str, *, ocr: Ocr = "auto", limits: Limits = DEFAULT
) -> Source:
    """The Source of a picture's pages; ReadError when it cannot be decoded, or nothing is recognised in it."""
    scans, reader = Scans(ocr, limits), PageReader()
    if not scans.want(unread=True):
        raise ReadError(f"this is a picture; {scans.advice()}", code="unsupported-format")
    for number, picture in enumerate(_pictures(content, limits), 1):
        points = LONG_SIDE / max(picture.size)
        recognised = scans.read(picture, points, number=number)
        if recognised is None:
            reader.add([], picture.height * points)
        else:
            reader.add_recognised(recognised)
    if not reader.has_text:
        raise ReadError("no text could be recognised in the picture; is it sharp?", code="no-text")
    reader.warnings += scans.warnings()
    return reader.source(name, media_type, sha256, advice=scans.advice())


def _pictures(content: bytes, limits: Limits) -> Iterator[Any]:
    """The pages of a picture file, upright, on white, and no larger than recognition needs."""
    from PIL import Image, ImageOps, ImageSequence

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit here is lower
            picture = Image.open(io.BytesIO(content))
        pages = getattr(picture, "n_frames", 1)
        limits.check("max_scanned_pages", pages, "pages of the picture", code="too-large")
        for frame in ImageSequence.Iterator(picture):
            limits.check("max_pixels", frame.width * frame.height, "pixels of a page", code="too-large")
            page = on_paper(ImageOps.exif_transpose(frame))
            page.thumbnail((MAX_SIDE, MAX_SIDE))
            yield page
    except Image.DecompressionBombError:
        raise ReadError("a page has more than 178,000,000 pixels; make it smaller", code="too-large") from None
    except (OSError, SyntaxError) as error:  # what PIL raises for a damaged picture
        raise ReadError(f"the picture cannot be decoded ({error}); fetch it again", code="damaged") from None


def on_paper(picture: Any) -> Any:
    """The picture in gray or in colours, on white where it is transparent."""
    from PIL import Image

    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")
