"""What pdfium says of one page: its lines, its characters and their boxes, its rules, and what is set over its text."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium
import regex
from pypdfium2 import PdfMatrix

from planparse.characters import RADICALS
from planparse.read.page_layout import Run, around
from planparse.read.ruled_tables import THIN, Point, rules_along

LARGE = 30.0  # points; faint text of this height is a watermark
FAINT = 160  # of 255: lighter than this, or less opaque than 255 - this
MAX_FORMS = 4  # forms in forms that are looked into
BLACK = (0, 0, 0, 255)
MAX_SEGMENTS = 1_000  # of a path; what has more is a drawing
_REPAIRS = {**RADICALS, 0xFFFE: "-", 0x02: "-"}  # the last two stand for a hyphen and the line end behind it
_LINE = regex.compile("[^\r\n\ufffe\x02]+[\ufffe\x02]?")


@dataclass(slots=True)
class _Text:
    """A text object: where it stands, and how many quarter turns it is set at; None at an angle."""

    item: Any
    box: Run
    turn: int | None


class PdfPage:
    """One page of a PDF, set upright: a page whose text runs sideways is turned. To be closed after use."""

    def __init__(self, page: Any) -> None:
        self.page, self.textpage = page, page.get_textpage()
        self.text: str = self.textpage.get_text_range()
        self.bounds: tuple[float, float, float, float] = page.get_bbox()
        self.rules: list[Run] = []
        self.objects = 0
        self.drops = False  # characters without a box, of a font that the file does not hold: pdfium leaves them out
        texts = self._look_over()
        self.turn = Counter(text.turn for text in texts if text.turn is not None).most_common(1)[0][0] if texts else 0
        self.rules = [self._upright(rule) for rule in self.rules]
        self.overlay = {_address(text.item) for text in _overlay(texts, self.turn)}  # stamps and watermarks

    def close(self) -> None:
        self.textpage.close()
        self.page.close()

    @property
    def height(self) -> float:
        left, bottom, right, top = self.bounds
        return right - left if self.turn % 2 else top - bottom

    def segments(self) -> list[Run]:
        """The boxes of what is set in one font, without its text: cheaper than characters."""
        return [Run(*self.textpage.get_rect(i)) for i in range(self.textpage.count_rects())]

    def lines(self) -> list[Run] | None:
        """The text layer's own lines with their boxes, which two characters of each give; None where it has others."""
        if self.turn or self.overlay or any(self.bounds[:2]) or len(self.text) != self.textpage.count_chars():
            return None
        lines: list[Run] = []
        for match in _LINE.finditer(self.text):
            raw = match[0]
            if raw.strip():
                first, last = match.start() + len(raw) - len(raw.lstrip()), match.start() + len(raw.rstrip()) - 1
                a, b = (self.textpage.get_charbox(i, loose=True) for i in (first, last))
                lines.append(Run(a[0], min(a[1], b[1]), b[2], max(a[3], b[3]), raw.translate(_REPAIRS)))
        return lines

    def characters(self) -> tuple[list[Run], str]:
        """The characters of the page with their boxes, blanks left out; and what is set over them."""
        raw, box = self.textpage.raw, pdfium.FS_RECTF()
        found: list[Run] = []
        over: list[str] = []
        for i in range(self.textpage.count_chars()):
            text = chr(pdfium.FPDFText_GetUnicode(raw, i)).translate(_REPAIRS)
            if not text.strip():
                continue
            if self.overlay and _address(pdfium.FPDFText_GetTextObject(raw, i)) in self.overlay:
                over.append(text)
            elif pdfium.FPDFText_GetLooseCharBox(raw, i, box):
                found.append(self._upright(Run(box.left, box.bottom, box.right, box.top, text)))
        return found, "".join(over)

    def _upright(self, run: Run) -> Run:
        """The run as a reader sees it who has turned the page, measured from its lower left corner."""
        left, bottom, right, top = self.bounds
        x0, y0, x1, y1 = run.left - left, run.bottom - bottom, run.right - left, run.top - bottom
        width, height = right - left, top - bottom
        turned = (
            (x0, y0, x1, y1),
            (y0, width - x1, y1, width - x0),
            (width - x1, height - y1, width - x0, height - y0),
            (height - y1, x0, height - y0, x1),
        )[self.turn]
        return Run(*turned, run.text)

    def _look_over(self) -> list[_Text]:
        """One pass over the objects of the page: its rules are noted, its text objects given."""
        texts: list[_Text] = []
        box = (ctypes.c_float * 4)()
        edges = [ctypes.cast(ctypes.byref(box, 4 * i), ctypes.POINTER(ctypes.c_float)) for i in range(4)]
        for item, kind, form in _objects(self.page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject):
            self.objects += 1
            if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT):
                continue
            pdfium.FPDFPageObj_GetBounds(item, *edges)
            bounds = Run(*(form.on_rect(*box) if form else box))
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.rules += _rules(item, bounds, form)
            elif bounds.right > bounds.left:
                texts.append(_Text(item, bounds, _quarter_turns(_matrix(item, form))))
            else:
                self.drops |= not pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item))
        return texts


def _objects(
    parent: Any, count: Any, get: Any, form: PdfMatrix | None = None, depth: int = 0
) -> Iterator[tuple[Any, int, PdfMatrix | None]]:
    """The objects of a page and of the forms in it: handle, kind, and the matrix of the forms that hold it."""
    for i in range(count(parent)):
        item = get(parent, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        yield item, kind, form
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORMS:
            inner = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
            yield from _objects(item, *inner, _matrix(item, form), depth + 1)


def _matrix(item: Any, form: PdfMatrix | None) -> PdfMatrix:
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, own)
    return PdfMatrix.from_raw(own).multiply(form) if form else PdfMatrix.from_raw(own)


def _quarter_turns(matrix: PdfMatrix) -> int | None:
    """How many quarter turns text is set at, counter-clockwise; None at another angle."""
    along, up = matrix.a, matrix.b
    if min(abs(along), abs(up)) > 0.02 * max(abs(along), abs(up)):
        return None
    return (0 if along > 0 else 2) if abs(along) > abs(up) else (1 if up > 0 else 3)


def _rules(path: Any, bounds: Run, form: PdfMatrix | None) -> list[Run]:
    """The upright and level lines of a path: its sides when it is a box, itself when it is thin."""
    if min(bounds.height, bounds.width) < THIN:
        return [bounds]
    count = pdfium.FPDFPath_CountSegments(path)
    if count > MAX_SEGMENTS:
        return []
    matrix, x, y = _matrix(path, form), ctypes.c_float(), ctypes.c_float()
    sides: list[tuple[Point, Point]] = []
    begin = last = (0.0, 0.0)
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            sides.append((last, point))
        if pdfium.FPDFPathSegment_GetClose(segment):
            sides.append((point, begin))
        last = point
    return rules_along(sides)


def _overlay(texts: list[_Text], turn: int) -> list[_Text]:
    """What is set over a page's text: what stands at an angle, the stamp around it, and large faint text."""
    slanted = [text for text in texts if text.turn != turn]
    upright = [text for text in texts if text.turn == turn]
    over = [text for text in upright if text.box.height >= LARGE and _is_faint(_colour(text.item))]
    if slanted:
        colours = {_colour(text.item) for text in slanted} - {BLACK}
        stamp = around([text.box for text in slanted])
        over += [text for text in upright if stamp.holds(text.box) and _colour(text.item) in colours]
    return [*slanted, *over]


def _colour(item: Any) -> tuple[int, ...]:
    """Red, green, blue and opacity, of 255."""
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(item, *parts)
    return tuple(part.value for part in parts)


def _is_faint(colour: tuple[int, ...]) -> bool:
    return FAINT < min(colour[:3]) < 255 or colour[3] < 255 - FAINT


def _address(handle: Any) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value
