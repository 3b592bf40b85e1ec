"""Draws pages as a scanner gives them: gray pictures, a little noisy and askew, in a PDF without a text layer.

The font is a package that only this needs, so that the pictures do not depend on the fonts of the machine.
"""

from __future__ import annotations

import io
import time
from importlib.resources import files
from random import Random

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4

FONT = "NotoSerifSC-Regular.otf"
DPI = 150
INK, PAPER = 40, 255
SKEW = 0.3  # degrees
NOISE = 0.1  # share of each pixel that is chance
NEVER = time.gmtime(0)  # no date in the PDF, so that the bytes never change


class ScanCanvas:
    """As much of a reportlab canvas as the PDF twins use; points from the lower left corner become pixels."""

    def __init__(self) -> None:
        self.pages: list[Image.Image] = []
        self.font_file = files("pylopdf_fonts_zh_cn") / FONT
        self._begin()

    def _begin(self) -> None:
        self.page = Image.new("L", (_pixels(A4[0]), _pixels(A4[1])), PAPER)
        self.pen = ImageDraw.Draw(self.page)

    def setFont(self, _: str, size: float) -> None:
        self.font = ImageFont.truetype(io.BytesIO(self.font_file.read_bytes()), _pixels(size))

    def drawString(self, x: float, y: float, text: str, anchor: str = "ls") -> None:
        self.pen.text((_pixels(x), _pixels(A4[1] - y)), text, INK, self.font, anchor=anchor)

    def drawCentredString(self, x: float, y: float, text: str) -> None:
        self.drawString(x, y, text, anchor="ms")

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        top = A4[1] - y - height
        self.pen.rectangle([_pixels(v) for v in (x, top, x + width, top + height)], outline=INK)

    def showPage(self) -> None:
        noise = Image.frombytes(
            "L", self.page.size, Random(len(self.pages)).randbytes(self.page.width * self.page.height)
        )
        straight = self.page.rotate(SKEW, Image.Resampling.BICUBIC, fillcolor=PAPER)
        self.pages.append(Image.blend(straight, noise, NOISE))
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
            resolution=DPI,
            quality=70,
            creationDate=NEVER,
            modDate=NEVER,
        )
        return out.getvalue()


def _pixels(points: float) -> int:
    return round(points * DPI / 72)
