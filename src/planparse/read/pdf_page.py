"""What pdfium says of one page: its lines, its characters and their boxes, its rules, and what is set over its text."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium
import regex
from pypdfium2 import PdfMatrix

from planparse.characters import RADICALS
from planparse.limits import MAX_SIDE
from planparse.read.page_layout import Run, around, is_raised
from planparse.read.ruled_tables import THIN, Point, rules_along

LARGE = 30.0  # points; faint text of this height is a watermark
FAINT = 160  # of 255: lighter than this, or less opaque than 255 - this
MAX_FORMS = 4  # forms in forms that are looked into
BLACK = (0, 0, 0, 255)
MAX_SEGMENTS = 1_000  # of a path; what has more is a drawing
_REPAIRS = str.maketrans(
    {**RADICALS, "\ufffe": "-", "\x02": "-"}
)  # the last two stand for a hyphen and the line end behind it
_Text = tuple[Any, int | None, tuple[float, float, float, float]]  # object, quarter turns (None: at an angle), box
_WORD = regex.compile(r"\S+")
_SHORT_FIGURE = regex.compile(r"(?<!\d)\d{1,2}(?!\d)")
_LINE = regex.compile("[^\r\n\ufffe\x02]+[\ufffe\x02]?")


class PdfPage:
    """One page of a PDF, set upright: a page whose text runs sideways is turned. To be closed after use."""

    def __init__(self, page: Any) -> None:
        self.page, self.textpage = page, page.get_textpage()
        self.text: str = self.textpage.get_text_range()
        self.bounds: tuple[float, float, float, float] = page.get_bbox()
        self._box = pdfium.FS_RECTF()
        self.rules: list[Run] = []
        self.objects = 0
        self.pictured = False  # pictures cover more than half of the page
        self.hidden = False  # its text is not seen, as that which a recognition program lays under or over a picture
        self.drops = False  # characters without a box, of a font that the file does not hold: pdfium leaves them out
        texts = self._look_over()
        turns = Counter(turn for _, turn, _ in texts if turn is not None)
        self.turn = turns.most_common(1)[0][0] if turns else 0
        self.rules = [self._upright(rule) for rule in self.rules]
        self.overlay = {_address(item) for item in _overlay(texts, self.turn)}  # stamps and watermarks

    def picture(self, dpi: int) -> tuple[Any, float]:
        """The page as a PIL picture of at most MAX_SIDE pixels, and the size of its pixels in points."""
        scale = min(dpi / 72, MAX_SIDE / max(self.page.get_size()))
        return self.page.render(scale=scale).to_pil(), 1 / scale

    def close(self) -> None:
        self.textpage.close()
        self.page.close()

    @property
    def area(self) -> float:
        left, bottom, right, top = self.bounds
        return (right - left) * (top - bottom)

    @property
    def height(self) -> float:
        left, bottom, right, top = self.bounds
        return right - left if self.turn % 2 else top - bottom

    def lines(self) -> list[tuple[Run, list[Run]]] | None:
        """The text layer's own lines, each with the boxes of the words that blanks divide: faster than characters.

        None where the page has other lines, or notes that raised figures mark.
        """
        if self.turn or self.overlay or self.drops or any(self.bounds[:2]):
            return None
        if len(self.text) != self.textpage.count_chars():
            return None
        lines: list[tuple[Run, list[Run]]] = []
        for match in _LINE.finditer(self.text):
            words = [self._between(*word.span()) for word in _WORD.finditer(self.text, *match.span())]
            if not words:
                continue
            line = around(words)
            line.text = match[0].translate(_REPAIRS)
            figures = _SHORT_FIGURE.finditer(self.text, *match.span())
            if any(is_raised(self._between(*figure.span()), line) for figure in figures):
                return None
            lines.append((line, words))
        return lines

    def _between(self, start: int, end: int) -> Run:
        """The box of some characters of one line, from the first and the last of them."""
        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self.textpage.raw, start, box)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if end - start > 1:
            pdfium.FPDFText_GetLooseCharBox(self.textpage.raw, end - 1, box)
            bottom, right, top = min(bottom, box.bottom), box.right, max(top, box.top)
        return Run(left, bottom, right, top)

    def characters(self) -> tuple[list[Run], str]:
        """The characters of the page with their boxes, blanks left out; and what is set over them."""
        raw, box = self.textpage.raw, self._box
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
        pictures, covered = 0.0, 0  # the area of all pictures, and how many text objects one as large as a page covers
        box, matrix = (ctypes.c_float * 4)(), pdfium.FS_MATRIX()
        edges = [ctypes.cast(ctypes.byref(box, 4 * i), ctypes.POINTER(ctypes.c_float)) for i in range(4)]
        for item, kind, form in _objects(self.page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject):
            self.objects += 1
            if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE):
                continue
            pdfium.FPDFPageObj_GetBounds(item, *edges)
            left, bottom, right, top = form.on_rect(*box) if form else box
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.rules += _rules(item, Run(left, bottom, right, top), form)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                area = (right - left) * (top - bottom)
                covered = len(texts) if area > 0.5 * self.area else covered
                pictures += area
            elif right <= left:
                self.drops |= not pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item))
            else:
                pdfium.FPDFPageObj_GetMatrix(item, matrix)
                turn = 0 if matrix.b == 0 < matrix.a and not form else _quarter_turns(_matrix(item, form))
                texts.append((item, turn, (left, bottom, right, top)))
        self.pictured = pictures > 0.5 * self.area
        if self.pictured:
            mode, invisible = pdfium.FPDFTextObj_GetTextRenderMode, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            self.hidden = 2 * (covered + sum(mode(item) == invisible for item, _, _ in texts[covered:])) > len(texts)
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


def _overlay(texts: list[_Text], turn: int) -> list[Any]:
    """What is set over a page's text: what stands at an angle, the stamp around it, and large faint text."""
    slanted = [text for text in texts if text[1] != turn]
    upright = [text for text in texts if text[1] == turn]
    over = [item for item, _, box in upright if box[3] - box[1] >= LARGE and _is_faint(_colour(item))]
    if slanted:
        colours = {_colour(item) for item, _, _ in slanted} - {BLACK}
        stamp = around([Run(*box) for _, _, box in slanted])
        over += [item for item, _, box in upright if stamp.holds(Run(*box)) and _colour(item) in colours]
    return [*(item for item, _, _ in slanted), *over]


def _colour(item: Any) -> tuple[int, ...]:
    """Red, green, blue and opacity, of 255."""
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(item, *parts)
    return tuple(part.value for part in parts)


def _is_faint(colour: tuple[int, ...]) -> bool:
    return FAINT < min(colour[:3]) < 255 or colour[3] < 255 - FAINT


def _address(handle: Any) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value
