"""What pdfium says of one page: its lines, its characters and their boxes, its rules, and what is set over its text."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import pypdfium2.raw as pdfium
import regex
from pypdfium2 import PdfMatrix

from planparse.characters import RADICALS, raised
from planparse.limits import MAX_SIDE
from planparse.read.page_layout import Run, around, stands_high
from planparse.read.pdfium_calls import (
    Box,
    Corners,
    are_generated,
    are_unnamed,
    as_handle,
    boxes,
    corners,
    form_objects,
    kind_of,
    page_objects,
    render_modes,
    text_objects,
)
from planparse.read.ruled_tables import THIN, Point, rules_along
from planparse.read.spoken_text import find_spoken
from planparse.read.text_layers import COMMON
from planparse.read.unseen_text import find_unseen

LARGE = 30.0  # points; faint text of this height is a watermark
FAINT = 160  # of 255: lighter than this, or less opaque than 255 - this
GROUND = 0.5  # of the page's width: a box without outline that is wider is the ground of a text, and no cell
LINE = (8.0, 60.0)  # points; a picture of this height, wider than four of it, may be a line of text
CENTRED = 0.03  # of the page's width: no further from its middle is what is set in it
MAX_FORMS = 4  # forms in forms that are looked into
NARROW = 0.15  # of its height: characters are wider than this
BLACK = (0, 0, 0, 255)
MAX_RULES = 4  # of a page without text or pictures that is blank; letters may be drawn as paths
MAX_SEGMENTS = 1_000  # of a path; what has more is a drawing
_BREAK = r"\ufffe\x02"  # pdfium's signs for a hyphen and the line end behind it
_ODD = regex.compile(rf"[\u2e80-\u2fdf\uf900-\ufaff\ue010-\ue012{_BREAK}]")
_RADICAL = regex.compile(r"[\u2e80-\u2fdf](?=.)")
_NONE = "\x00"  # stands where a character is none of the text
_FOUNDER = {"\ue010": ".", "\ue011": "-", "\ue012": "—"}  # the narrow signs in the fonts of Founder's typesetters
_REPAIRS = {**RADICALS, **_FOUNDER, "\ufffe": "-", "\x02": "-"}
_Text = tuple[int, int | None, Run]  # object, quarter turns (None: at an angle), box
_Drawing = tuple[int, Run]  # path, box
_NO_TEXT = pdfium.FPDF_TEXTRENDERMODE_UNKNOWN  # how what is none is said to be drawn
_Span = tuple[int, int]
_WORD = regex.compile(rf"([^\s{_BREAK}]+[{_BREAK}]?|[{_BREAK}])([^\S\r\n]+(?=\S))?")
_FIGURES = regex.compile(  # what it begins with is asked first: three times as fast
    r"(?=[0-9a-h])(?:[0-9]+|(?<![A-Za-z]|[a-z][A-Z])[a-h](?![A-Za-z])|(?<=[A-Z]{2})[a-h](?![A-Za-z]))"
)
_NOTED = regex.compile(r"[\u4e00-\u9fff）)] ")  # behind what a note's letter may stand with a blank between


class PdfPage:
    """One page of a PDF, set upright: a page whose text runs sideways is turned. To be closed after use."""

    def __init__(self, page: Any) -> None:
        self.page, self.textpage = page, page.get_textpage()
        self.text: str = self.textpage.get_text_range()
        self.bounds: tuple[float, float, float, float] = page.get_bbox()
        self._box = pdfium.FS_RECTF()
        self.rules: list[Run] = []
        self.objects = 0
        self.blank = False  # nothing is drawn on it but a rule or two
        self.pictured = False  # pictures cover more than half of the page
        self.headline = False  # a picture stands where a title would
        self.spoken: list[Run] = []  # words for glyphs that the text is without
        self.hidden = False  # its text is not seen, as that which a recognition program lays under or over a picture
        self.turn = 0  # quarter turns of the text, counter-clockwise
        self.aside: set[int] = set()  # stamps, watermarks, and text that no viewer shows
        self._drawings: list[_Drawing] = []
        texts = self._look_over()
        if any(c[1] != c[3] or c[2] < c[0] or c[5] - c[1] >= LARGE for _, c in texts):
            self._look_closer([text for text in texts if text[0] not in self.aside])
        self.rules = [self._upright(rule) for rule in self.rules]
        self.spoken = [self._upright(words) for words in self.spoken]

    def picture(self, dpi: int) -> tuple[Any, float]:
        """The page as a PIL picture of at most MAX_SIDE pixels, and the size of its pixels in points."""
        scale = min(dpi / 72, MAX_SIDE / max(self.page.get_size()))
        return self.page.render(scale=scale).to_pil(), 1 / scale

    @cached_property
    def unnamed(self) -> int:
        """How many letters and figures are but codes of glyphs that the file names no character for; what looks like a
        common hanzi is not asked for."""
        asked = {character for character in set(self.text) - COMMON if character.isalnum()}
        at = [i for i, character in enumerate(self.text) if character in asked]
        return sum(map(bool, are_unnamed(self.textpage, self._at(at))))

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

    def words(self) -> tuple[list[Run], str] | None:
        """What blanks and ruling lines set apart, each with the blank behind it, and raised figures: faster than
        characters. And what is set over the text, or not seen. None where text is turned, or runs into what is not.
        """
        if self.turn:
            return None
        found = list(_WORD.finditer(self.text))
        spans = [match.span(1) for match in found]
        over = ""
        if self.aside:
            left_out, also = (self._are_aside([span[end] - end for span in spans]) for end in (0, 1))
            if left_out != also:
                return None
            over = "".join(match[1] for match, aside in zip(found, left_out, strict=True) if aside)
            found = [match for match, aside in zip(found, left_out, strict=True) if not aside]
            spans = [match.span(1) for match in found]
        ends = self._ends(spans)
        words = self._between(spans, *ends)
        marks = self._raised(spans, words)
        cuts = {place for at in marks for place in (at, at + 1)}
        for span, first, last in zip(spans, *ends, strict=True):
            if first[1] >= last[3] or last[1] >= first[3]:
                cuts.update(range(*span))
        cuts |= self._cuts(spans, words)
        if cuts:
            spans = list(_cut(spans, sorted(cuts)))
            words = self._runs(spans)
        blanks = [match.span(2) for match in found if match[2]]
        generated = are_generated(self.textpage, self._at([start for start, _ in blanks]))
        typed = {start: self.text[start:end] for (start, end), made in zip(blanks, generated, strict=True) if not made}
        for (start, end), word in zip(spans, words, strict=True):
            if start in marks:
                word.text = raised(word.text)
            word.text += typed.get(end, "")
        return [*words, *self.spoken], over

    def _are_aside(self, at: Sequence[int]) -> list[bool]:
        """Whether characters of the text are none that a reader of the page takes for its text."""
        if not self.aside:
            return [False] * len(at)
        return [item in self.aside for item in text_objects(self.textpage, self._at(at))]

    def _raised(self, spans: Sequence[_Span], words: Sequence[Run]) -> set[int]:
        """The figures and marks that are set small and high in their word, or beside the character before them."""
        starts = [start for start, _ in spans]
        chains = [match.span() for match in _FIGURES.finditer(self.text)] if spans else []
        before = [self._before(start) for start, _ in chains]
        places = [at for first, (start, end) in zip(before, chains, strict=True) for at in (first, *range(start, end))]
        lines = boxes(self.textpage, self._at(places))
        found = {at: (bottom, top) for at, (_, bottom, _, top) in zip(places, lines, strict=True)}
        base = self.bounds[1]
        raised: set[int] = set()
        beside = (0.0, 0.0)
        for first, (start, end) in zip(before, chains, strict=True):
            word = words[bisect_right(starts, start) - 1]
            if start - 2 not in raised or self.text[start - 1] not in ",，":  # 炉ᵃ,|ᵇ: both stand beside the hanzi
                beside = found[first]
            for at in range(start, end):
                low, high = found[at]
                if stands_high(low, high, *beside) or stands_high(low - base, high - base, word.bottom, word.top):
                    raised.add(at)
                else:
                    beside = low, high
        return raised

    def _before(self, at: int) -> int:
        """The character beside which a figure or mark stands: a note's letter may have a blank before it; itself where
        a blank or a line's end parts it from all others."""
        if not at or not self.text[at - 1].isspace():
            return max(0, at - 1)
        return at - 2 if self.text[at].islower() and _NOTED.fullmatch(self.text[max(0, at - 2) : at]) else at

    def _cuts(self, spans: Sequence[_Span], words: Sequence[Run]) -> set[int]:
        """The characters of words that run back, or over a ruling line."""
        uprights = sorted((r for r in self.rules if r.height > r.width), key=lambda r: r.left)
        xs = [rule.left for rule in uprights]
        return {
            place
            for span, word in zip(spans, words, strict=True)
            if word.width < NARROW * word.height * len(word.text)
            or (xs and any(rule.bottom < word.middle[1] < rule.top for rule in _within(uprights, xs, word)))
            for place in range(*span)
        }

    def characters(self) -> tuple[list[Run], str]:
        """The characters of the page with their boxes, blanks left out; and what is set over them or not seen."""
        found: list[Run] = []
        over: list[str] = []
        at = [i for i, character in enumerate(self.text) if not character.isspace()]
        for i, box, aside in zip(at, boxes(self.textpage, self._at(at)), self._are_aside(at), strict=True):
            text = self._repaired[i]
            if text == _NONE:
                continue
            if aside:
                over.append(text)
            elif any(box):
                found.append(self._upright(Run(*box, text)))
        return [*found, *self.spoken], "".join(over)

    @cached_property
    def _repaired(self) -> str:
        return str(_ODD.sub(lambda odd: _REPAIRS.get(odd[0], odd[0]), self._once))

    @cached_property
    def _once(self) -> str:
        """The text without radicals of glyphs that stand for a radical and its hanzi, and are given as both."""
        pairs = [m.start() for m in _RADICAL.finditer(self.text) if RADICALS.get(m[0]) == self.text[m.end()]]
        places = [at for start in pairs for at in (start, start + 1)]
        found = boxes(self.textpage, self._at(places)) if pairs else []
        twice = {at for at, one, two in zip(pairs, found[::2], found[1::2], strict=True) if one == two}
        return "".join(_NONE if i in twice else c for i, c in enumerate(self.text)) if twice else self.text

    @cached_property
    def _places(self) -> Sequence[int]:
        """Where each character of the text stands in pdfium's list, which holds some without a code, and rare ones
        twice."""
        count = self.textpage.count_chars()
        if count == len(self.text):
            return range(count)
        units = accumulate((1 + (character > "\uffff") for character in self.text), initial=0)
        return [pdfium.FPDFText_GetCharIndexFromTextIndex(self.textpage, unit) for unit in units]

    def _at(self, indices: Sequence[int]) -> Sequence[int]:
        """Where characters of the text stand in pdfium's list."""
        places = self._places
        return indices if isinstance(places, range) else [places[i] for i in indices]

    def _runs(self, spans: Sequence[_Span]) -> list[Run]:
        """What stands between two places of one line, with the box around its first and its last character."""
        return self._between(spans, *self._ends(spans))

    def _ends(self, spans: Sequence[_Span]) -> tuple[list[Box], list[Box]]:
        """The boxes of the first and of the last character of each."""
        first = boxes(self.textpage, self._at([start for start, _ in spans]))
        return first, boxes(self.textpage, self._at([end - 1 for _, end in spans]))

    def _between(self, spans: Sequence[_Span], first: Sequence[Box], last: Sequence[Box]) -> list[Run]:
        texts = [self._repaired[start:end].replace(_NONE, "") for start, end in spans]
        return [
            self._upright(Run(a[0], min(a[1], b[1]), b[2], max(a[3], b[3]), text))
            for text, a, b in zip(texts, first, last, strict=True)
        ]

    def _upright(self, run: Run) -> Run:
        """The run as a reader sees it who has turned the page, measured from its lower left corner."""
        left, bottom, right, top = self.bounds
        if left == bottom == self.turn == 0:
            return run
        x0, y0, x1, y1 = run.left - left, run.bottom - bottom, run.right - left, run.top - bottom
        width, height = right - left, top - bottom
        if self.turn == 1:
            return Run(y0, width - x1, y1, width - x0, run.text)
        if self.turn == 2:
            return Run(width - x1, height - y1, width - x0, height - y0, run.text)
        if self.turn == 3:
            return Run(height - y1, x0, height - y0, x1, run.text)
        return Run(x0, y0, x1, y1, run.text)

    def _look_over(self) -> list[tuple[int, Corners]]:
        """One pass over the objects of the page: its rules are noted, its text objects given."""
        texts: list[tuple[int, Corners]] = []
        modes: list[int] = []  # how each of them is drawn
        pictures: list[Run] = []
        covered = 0  # how many text objects a picture as large as a page covers
        groups: list[tuple[list[int], PdfMatrix | None, int]] = [(page_objects(self.page), None, 0)]
        for objects, form, depth in groups:  # and those of the forms among them
            drawn = render_modes(objects)
            self.objects += len(objects)
            before = len(texts)
            items = [item for item, mode in zip(objects, drawn, strict=True) if mode != _NO_TEXT]
            texts += zip(items, _through(form, corners(items)), strict=True)
            modes += [mode for mode in drawn if mode != _NO_TEXT]
            for item, mode in zip(objects, drawn, strict=True) if len(items) < len(objects) else ():
                if mode != _NO_TEXT:
                    before += 1
                elif (kind := kind_of(item)) == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORMS:
                    groups.append((form_objects(item), _matrix(item, form), depth + 1))
                elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                    bounds = _bounds(item, form)
                    if not self._is_ground(item, bounds):
                        self.rules += _rules(item, bounds, form)
                    self._drawings.append((item, bounds))
                elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                    bounds = _bounds(item, form)
                    pictures.append(bounds)
                    covered = before if bounds.width * bounds.height > 0.5 * self.area else covered
        self.spoken = list(find_spoken(texts))
        thick = [box for _, box in self._drawings if min(box.width, box.height) >= THIN]
        self.blank = not (self.text.strip() or self.spoken or pictures or thick or len(self._drawings) > MAX_RULES)
        self.headline = any(self._is_headline(box) for box in pictures)
        self.pictured = sum(box.width * box.height for box in pictures) > 0.5 * self.area
        if self.pictured:
            unseen = modes[covered:].count(pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
            self.hidden = 2 * (covered + unseen) > len(texts)
        else:
            self.aside = find_unseen(texts, modes, self._drawings, pictures, self.bounds)
        return texts

    def _is_headline(self, picture: Run) -> bool:
        """Whether a picture is a line of large letters in the middle of the page, neither a logo nor as wide as it."""
        width = self.bounds[2] - self.bounds[0]
        middle = abs(picture.middle[0] - self.bounds[0] - width / 2) < CENTRED * width
        return middle and LINE[0] < picture.height < LINE[1] and 4 * picture.height < picture.width < 0.8 * width

    def _is_ground(self, item: int, bounds: Run) -> bool:
        """Whether a path only lays a ground under the text: a box without outline, in white or as wide as the text."""
        if min(bounds.height, bounds.width) < THIN:
            return False
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(as_handle(item), filled, stroked)
        if stroked.value or not filled.value:
            return False
        return bounds.width > GROUND * (self.bounds[2] - self.bounds[0]) or min(_colour(item)) == 255

    def _look_closer(self, texts: list[tuple[int, Corners]]) -> None:
        """Notes how the text of the page is turned, and what is set over it."""
        placed: list[_Text] = []
        for item, place in texts:
            box = Run(min(place[::2]), min(place[1::2]), max(place[::2]), max(place[1::2]))
            if box.width:
                placed.append((item, _turns(item, place), box))
        turns = Counter(turn for _, turn, _ in placed if turn is not None)
        self.turn = turns.most_common(1)[0][0] if turns else 0
        self.aside |= set(_overlay(placed, self.turn, self._drawings))


def _cut(spans: Iterable[_Span], places: Sequence[int]) -> Iterator[_Span]:
    for start, end in spans:
        yield from pairwise([start, *places[bisect_right(places, start) : bisect_left(places, end)], end])


def _within(uprights: Sequence[Run], xs: Sequence[float], word: Run) -> Sequence[Run]:
    """The upright rules at places well inside a word."""
    return uprights[bisect_right(xs, word.left + THIN / 2) : bisect_right(xs, word.right - THIN / 2)]


def _through(form: PdfMatrix | None, corners: list[Corners]) -> Iterable[Corners]:
    """Corners on the page of what stands in a form."""
    if form is None:
        return corners
    points = [[form.on_point(*each[i : i + 2]) for i in (0, 2, 4, 6)] for each in corners]
    return [(*a, *b, *c, *d) for a, b, c, d in points]


def _matrix(item: int, form: PdfMatrix | None) -> PdfMatrix:
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(as_handle(item), own)
    return PdfMatrix.from_raw(own).multiply(form) if form else PdfMatrix.from_raw(own)


def _bounds(item: int, form: PdfMatrix | None) -> Run:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(as_handle(item), *edges)
    box = [edge.value for edge in edges]
    return Run(*(form.on_rect(*box) if form else box))


def _turns(item: int, place: Corners) -> int | None:
    """The quarter turns of a text object; a size below zero is a half turn more, which the corners do not show."""
    turn = _quarter_turns(place[2] - place[0], place[3] - place[1])
    if not turn:
        return turn
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(as_handle(item), size)
    return turn if size.value >= 0 else (turn + 2) % 4


def _quarter_turns(along: float, up: float) -> int | None:
    """How many quarter turns text that runs so far along and up is set at, counter-clockwise; None at another angle."""
    if min(abs(along), abs(up)) > 0.02 * max(abs(along), abs(up)):
        return None
    return (0 if along > 0 else 2) if abs(along) > abs(up) else (1 if up > 0 else 3)


def _rules(item: int, bounds: Run, form: PdfMatrix | None) -> list[Run]:
    """The upright and level lines of a path: its sides when it is a box, itself when it is thin."""
    if min(bounds.height, bounds.width) < THIN:
        return [bounds]
    path = as_handle(item)
    count = pdfium.FPDFPath_CountSegments(path)
    if count > MAX_SEGMENTS:
        return []
    matrix, x, y = _matrix(item, form), ctypes.c_float(), ctypes.c_float()
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


def _overlay(texts: list[_Text], turn: int, drawings: list[_Drawing]) -> list[int]:
    """What is set over a page's text: what stands at an angle, the stamp around it, and large faint text."""
    slanted = [text for text in texts if text[1] != turn]
    upright = [text for text in texts if text[1] == turn]
    over = [item for item, _, box in upright if box.height >= LARGE and _is_faint(_colour(item))]
    if slanted:
        colours = {_colour(item) for item, _, _ in slanted} - {BLACK}
        stamp = around([box for _, _, box in slanted])
        rings = [box for item, box in drawings if box.holds(stamp) and _colour(item, stroke=True) in colours]
        stamp = around([stamp, *rings])
        over += [item for item, _, box in upright if stamp.holds(box) and _colour(item) in colours]
    return [*(item for item, _, _ in slanted), *over]


def _colour(item: int, *, stroke: bool = False) -> tuple[int, ...]:
    """Red, green, blue and opacity, of 255."""
    parts = [ctypes.c_uint() for _ in range(4)]
    ask = pdfium.FPDFPageObj_GetStrokeColor if stroke else pdfium.FPDFPageObj_GetFillColor
    ask(as_handle(item), *parts)
    return tuple(part.value for part in parts)


def _is_faint(colour: tuple[int, ...]) -> bool:
    return FAINT < min(colour[:3]) < 255 or colour[3] < 255 - FAINT
