"""The pictures on the pages of an OFD: a scan is a page that is one, or strips of one."""

from __future__ import annotations

import io
import warnings
from typing import Any, NamedTuple

from planparse.limits import MAX_SIDE, Limits
from planparse.model import ReadError
from planparse.read.from_image import on_paper
from planparse.read.package import Package
from planparse.read.scans import DPI

MILLIMETRES = 25.4  # of an inch


class Picture(NamedTuple):
    """A member of the package, and how it lies on the page: x = a·u + c·v + e and y = b·u + d·v + f in millimetres,
    where u and v run from 0 to 1 over the picture."""

    member: str
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @property
    def area(self) -> float:
        return abs(self.a * self.d - self.b * self.c)


def draw(pictures: list[Picture], size: tuple[float, float], package: Package, limits: Limits) -> tuple[Any, float]:
    """The page as a PIL picture of at most MAX_SIDE pixels, white where no picture lies, and the millimetres of
    a pixel. A picture that cannot be decoded is left white; ReadError when one has too many pixels."""
    from PIL import Image

    scale = min(DPI / MILLIMETRES, MAX_SIDE / max(size))
    page = Image.new("RGB", (max(1, round(size[0] * scale)), max(1, round(size[1] * scale))), "white")
    for picture in pictures:
        shown = _decode(picture, package, limits, scale)
        if shown is not None:
            page.paste(*_laid(shown, picture, page.size, scale))
    return page, 1 / scale


def _decode(picture: Picture, package: Package, limits: Limits, scale: float) -> Any:
    """The picture, no larger than it is drawn."""
    from PIL import Image

    if picture.member not in package.names:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit here is lower
            shown = Image.open(io.BytesIO(package.read(picture.member)), formats=("JPEG", "PNG", "BMP", "TIFF", "GIF"))
        limits.check("max_pixels", shown.width * shown.height, "pixels of a picture", code="too-large")
        shown = on_paper(shown)
    except Image.DecompressionBombError:
        raise ReadError("a picture has more than 178,000,000 pixels; make it smaller", code="too-large") from None
    except (OSError, SyntaxError, ValueError):  # what PIL raises for a damaged picture, or a form that it does not know
        return None
    sides = (abs(complex(picture.a, picture.b)), abs(complex(picture.c, picture.d)))
    shown.thumbnail([max(1, round(side * scale)) for side in sides])
    return shown


def _laid(shown: Any, picture: Picture, size: tuple[int, int], scale: float) -> tuple[Any, tuple[int, int], Any]:
    """The picture where it lies on a page of a size in pixels, and the mask of the part that it covers."""
    from PIL import Image

    a, b, c, d, e, f = (value * scale for value in picture[1:])
    turned = a * d - b * c  # the inverse, because for each pixel of the page it is asked where it comes from
    u = (d / turned, -c / turned, (c * f - d * e) / turned)
    v = (-b / turned, a / turned, (b * e - a * f) / turned)
    backwards = [value * side for row, side in ((u, shown.width), (v, shown.height)) for value in row]
    mask = Image.new("L", shown.size, 255).transform(size, Image.Transform.AFFINE, backwards)
    return shown.transform(size, Image.Transform.AFFINE, backwards, Image.Resampling.BILINEAR), (0, 0), mask
