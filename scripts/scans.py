"""Draws pages as scanners give them: pictures in a PDF without a text layer, in a good or in a bad state.

The font is a package that only this needs, so that the pictures do not depend on the fonts of the machine. What is
chance comes from the number of the page, so that the bytes never change.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from importlib.resources import files
from math import cos, pi, sin
from random import Random
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps
from reportlab.lib.pagesizes import A4

FONT = "NotoSerifSC-Regular.otf"
DPI = 150
INK, PAPER = 40, 255
NEVER = time.gmtime(0)  # no date in the PDF, so that the bytes never change
RED, BLUE = (205, 30, 35), (40, 60, 150)

Spoil = Callable[[Image.Image, int], Image.Image]  # the picture of a page, and its number from 0


class ScanCanvas:
    """As much of a reportlab canvas as the PDF twins use; points from the lower left corner become pixels."""

    def __init__(self, state: str = "fair", height: float = A4[1]) -> None:
        self.state, self.height = STATES[state], height
        self.pages: list[Image.Image] = []
        self.font_file = files("pylopdf_fonts_zh_cn") / FONT
        self._begin()

    def _begin(self) -> None:
        self.page = Image.new("L", (self._pixels(A4[0]), self._pixels(self.height)), PAPER)
        self.pen = ImageDraw.Draw(self.page)

    def setFont(self, _: str, size: float) -> None:
        self.font = ImageFont.truetype(io.BytesIO(self.font_file.read_bytes()), self._pixels(size))

    def drawString(self, x: float, y: float, text: str, anchor: str = "ls") -> None:
        self.pen.text((self._pixels(x), self._pixels(self.height - y)), text, INK, self.font, anchor=anchor)

    def drawCentredString(self, x: float, y: float, text: str) -> None:
        self.drawString(x, y, text, anchor="ms")

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        top = self.height - y - height
        self.pen.rectangle([self._pixels(v) for v in (x, top, x + width, top + height)], outline=INK)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.pen.line([self._pixels(v) for v in (x1, self.height - y1, x2, self.height - y2)], INK)

    def showPage(self) -> None:
        page = self.page
        for spoil in self.state.spoils:
            page = spoil(page, len(self.pages))
        self.pages.append(page)
        self._begin()

    def as_pdf(self) -> bytes:
        """The pages shown so far, as JPEG pictures in a PDF."""
        out = io.BytesIO()
        first, *others = self.pages
        first.save(
            out,
            "PDF",
            save_all=True,
            append_images=others,
            resolution=self.state.dpi,
            quality=self.state.quality,
            creationDate=NEVER,
            modDate=NEVER,
        )
        return out.getvalue()

    def _pixels(self, points: float) -> int:
        return round(points * self.state.dpi / 72)


def askew(degrees: float) -> Spoil:
    """Laid down at an angle, counter-clockwise."""
    return lambda page, _: page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=_paper(page))


def turned(degrees: int) -> Spoil:
    """Laid down upside down, or on its side."""
    return lambda page, _: page.rotate(degrees, expand=True)


def noisy(share: float) -> Spoil:
    """A share of each pixel is chance."""

    def spoil(page: Image.Image, number: int) -> Image.Image:
        noise = Image.frombytes("L", page.size, Random(number).randbytes(page.width * page.height))
        return Image.blend(page, noise.convert(page.mode), share)

    return spoil


def speckled(page: Image.Image, number: int) -> Image.Image:
    """Dust: black dots of one to three pixels, one to a square centimetre."""
    chance, pen = Random(number), ImageDraw.Draw(page)
    for _ in range(21 * 30):
        x, y, size = chance.randrange(page.width), chance.randrange(page.height), chance.randrange(3)
        pen.rectangle([x, y, x + size, y + size], fill=(INK,) * len(page.getbands()))
    return page


def grey(page: Image.Image, _: int) -> Image.Image:
    """Faint print on dark paper, darker still towards one side, as of a photocopy of a book."""
    shade = (
        ImageOps.invert(Image.linear_gradient("L")).rotate(90).resize(page.size).point(lambda v: 170 + v * 70 // 255)
    )
    return ImageChops.multiply(page.point(lambda v: 80 + v * 175 // 255), shade.convert(page.mode))


def blurred(page: Image.Image, _: int) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur(page.width / 1240))


def two_tone(page: Image.Image, _: int) -> Image.Image:
    """Black and white, as a fax."""
    return page.point(lambda v: 0 if v < 150 else 255).convert("1").convert("L")


def shown_through(page: Image.Image, _: int) -> Image.Image:
    """The print of the other side shows."""
    return ImageChops.multiply(page, ImageOps.mirror(page).point(lambda v: 205 + v * 50 // 255))


def stamped(page: Image.Image, _: int) -> Image.Image:
    """A round red stamp, 40 mm wide, with a star and words around it, over the last lines of the page."""
    size = round(page.width * 40 / 210)
    stamp = Image.new("RGB", (size, size), "white")
    pen, font = ImageDraw.Draw(stamp), _font(size // 8)
    pen.ellipse([2, 2, size - 3, size - 3], outline=RED, width=size // 30)
    points = [(size / 2 + r * sin(a), size / 2 - r * cos(a)) for a, r in _star(size / 6)]
    pen.polygon(points, fill=RED)
    for i, character in enumerate("临江区人民政府办公室"):
        turn = (i - 4.5) * 27
        letter = Image.new("RGB", (size, size), "white")
        ImageDraw.Draw(letter).text((size / 2, size * 0.14), character, RED, font, anchor="mm")
        stamp = ImageChops.multiply(stamp, letter.rotate(-turn, Image.Resampling.BICUBIC, fillcolor="white"))
    ink = page.point(lambda v: 255 if v < 128 else 0).crop((0, 0, page.width, page.height * 14 // 15)).getbbox()
    lowest = ink[3] if ink else page.height // 2
    inked = Image.new("RGB", page.size, "white")
    inked.paste(stamp, (page.width * 45 // 100, max(0, lowest - size * 2 // 3)))
    return ImageChops.multiply(page.convert("RGB"), inked)


def punched(page: Image.Image, _: int) -> Image.Image:
    """Two holes at the left margin, and a dark strip along the edge."""
    pen, radius = ImageDraw.Draw(page), round(page.width * 3 / 210)
    pen.rectangle([0, 0, page.width // 60, page.height], fill=(70,) * len(page.getbands()))
    for y in (page.height * 35 // 100, page.height * 65 // 100):
        x = round(page.width * 12 / 210)
        pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=(25,) * len(page.getbands()))
    return page


def written_on(page: Image.Image, number: int) -> Image.Image:
    """Notes in blue ink at the right margin, and a line drawn under a line of text."""
    page, chance = page.convert("RGB"), Random(number)
    pen, unit = ImageDraw.Draw(page), page.width / 210
    for y in range(4):
        x, top = 188 * unit, (60 + 55 * y) * unit
        for _ in range(4):
            stroke = [(x + chance.uniform(0, 14) * unit, top + chance.uniform(0, 12) * unit) for _ in range(5)]
            pen.line(stroke, fill=BLUE, width=round(unit / 2), joint="curve")
    pen.line([(40 * unit, 100 * unit), (120 * unit, 101 * unit)], fill=BLUE, width=round(unit / 2))
    return page


def compressed(page: Image.Image, _: int) -> Image.Image:
    """Saved once already, as a small JPEG."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=20)
    return Image.open(out)


class State(NamedTuple):
    """What a scanner, and what happened to the paper before, make of a page."""

    spoils: tuple[Spoil, ...]
    dpi: int = DPI
    quality: int = 70


_FAIR = (askew(0.3), noisy(0.1))
_COPIED = (punched, grey, blurred, askew(-1.2), noisy(0.05), compressed)
STATES: dict[str, State] = {
    "fair": State(_FAIR),
    "askew to the left": State((askew(2), noisy(0.1))),
    "askew to the right": State((askew(-2), noisy(0.1))),
    "noisy": State((askew(0.3), noisy(0.3))),
    "speckled": State((speckled, *_FAIR)),
    "grey": State((grey, *_FAIR)),
    "blurred": State((blurred, *_FAIR)),
    "two-tone at 200 dpi": State((askew(0.3), two_tone), dpi=200),
    "200 dpi": State(_FAIR, dpi=200),
    "300 dpi": State(_FAIR, dpi=300),
    "100 dpi": State(_FAIR, dpi=100),
    "compressed": State((*_FAIR, compressed)),
    "shown through": State((shown_through, *_FAIR)),
    "stamped": State((stamped, *_FAIR)),
    "punched": State((punched, *_FAIR)),
    "written on": State((written_on, *_FAIR)),
    "upside down": State((turned(180), *_FAIR)),
    "turned to the left": State((turned(90), *_FAIR)),
    "turned to the right": State((turned(270), *_FAIR)),
    "copied": State(_COPIED),
    "stamped and copied": State((stamped, *_COPIED)),
}


def _paper(page: Image.Image) -> int | tuple[int, ...]:
    return (PAPER,) * 3 if page.mode == "RGB" else PAPER


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO((files("pylopdf_fonts_zh_cn") / FONT).read_bytes()), size)


def _star(radius: float) -> list[tuple[float, float]]:
    """Angle and distance of the corners of a star, clockwise from its tip."""
    return [(pi * i / 5, radius if i % 2 == 0 else 0.4 * radius) for i in range(10)]
