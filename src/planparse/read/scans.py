"""Pages that are pictures: RapidOCR, which the extra `ocr` installs, recognises their lines and tables."""

from __future__ import annotations

import logging
from functools import cache
from importlib.util import find_spec
from typing import Any

from planparse.cache import compiled
from planparse.limits import DEFAULT, MAX_SIDE, Limits
from planparse.model import Ocr, ReadError, Warning
from planparse.read.page_reader import RecognisedPage

INSTALL = "pip install 'planparse[ocr]'"
DPI = 150  # of a page drawn to be recognised; more takes longer and reads no better
MARK = 100  # characters; what a scanner's program or a seal writes over a picture has fewer
SURE = 0.9  # the score of a line; below, a warning names it
_NUMBERED = compiled(r"\s*[-—–－一·•]\s*\d{1,4}\s*[-—–－一·•]\s*")
CONTEXT = 8  # characters before a figure that is hard to read
FEW = 2  # characters that do not show which way a line runs
LEGIBLE = 0.8  # the score of a page; upright ones are above, those that stand on their head far below


def can_recognise() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


class Scans:
    """The pictures of one document's pages, and what is to be said of them. ReadError when the engine is asked for
    and missing."""

    def __init__(self, ocr: Ocr, limits: Limits = DEFAULT) -> None:
        if ocr == "always" and not can_recognise():
            raise ReadError(f"recognition is not installed; run {INSTALL}", code="ocr-missing")
        self.ocr, self.most = ocr, limits.max_scanned_pages
        self.turn = 0  # how many quarter turns, counter-clockwise, set the page before upright
        self.pages: list[int] = []  # the numbers of those that were recognised
        self.layers: list[int] = []  # those with a text layer that another program recognised
        self.doubtful: dict[int, list[str]] = {}  # their lines, and their figures, with a low score

    def want(self, *, unread: bool) -> bool:
        """Whether a page is to be recognised; `unread` is one without a text layer that can be used."""
        asked = self.ocr == "always" or (self.ocr == "auto" and unread and can_recognise())
        return asked and len(self.pages) < self.most

    def advice(self) -> str:
        """What to do about a page that is left without text."""
        if not can_recognise():
            return f"to have pictures recognised, run {INSTALL}"
        if self.ocr == "never":
            return "to have pictures recognised, leave out --ocr never"
        if len(self.pages) >= self.most:
            return f"{self.most:,} pages were recognised: split the file, or raise --limit max_scanned_pages=VALUE"
        return "nothing was recognised in its picture"

    def read(self, picture: Any, points: float, *, number: int) -> RecognisedPage | None:
        """The page that a picture shows, set upright; None where no print is recognised.

        `picture` is a PIL image, `points` the size of its pixels.
        """
        import numpy

        from planparse.read.scan_layout import place
        from planparse.read.scan_picture import cleaned

        gray = cleaned(numpy.asarray(picture.convert("RGB")), points)
        try:
            pixels, found = self._upright(gray)
        except Exception:  # whatever a picture makes the engine raise: the page is then one without text
            return None
        page = place(pixels, found, points) if found.boxes is not None else None
        if page is None or not (page.lines or page.tables):
            return None
        self.pages.append(number)
        unsure = (text for text, score in zip(found.txts, found.scores, strict=True) if score < SURE)
        low = [text for text in unsure if not _is_page_number(text)]
        low += [_excerpt(line, figure) for line, figure in page.doubts if line not in low]
        if low:
            self.doubtful[number] = low
        return page

    def _upright(self, pixels: Any) -> tuple[Any, Any]:
        """The picture turned so that it can be read, and what is recognised in it; first as the page before was."""
        import numpy

        def turned(quarters: int) -> tuple[Any, Any, float]:
            upright = numpy.ascontiguousarray(numpy.rot90(pixels, quarters))
            found = _engine()(upright, return_word_box=True, return_single_char_box=True)
            return upright, found, _legibility(found)

        best = turned(self.turn)
        if best[1].boxes is not None and _is_sideways(best[1]):
            self.turn = (self.turn + 1) % 4
            best = turned(self.turn)
        if best[1].boxes is not None and best[2] < LEGIBLE:
            other = turned((self.turn + 2) % 4)
            if other[2] > best[2]:
                self.turn, best = (self.turn + 2) % 4, other
        return best[:2]

    def warnings(self) -> list[Warning]:
        """Which pages were recognised, by this or another program, and which of their lines with doubt."""
        messages = [
            (self.pages, "the text of page {} was recognised from pictures; check its records against them"),
            (
                self.layers,
                "the text layer of page {} was recognised by another program; check its records against the pictures,"
                " or recognise them anew with --ocr always",
            ),
        ]
        doubt = "page {} is hard to read at: {}"
        return [
            *(
                Warning(code="recognised-text", message=message.format(", ".join(map(str, pages))))
                for pages, message in messages
                if pages
            ),
            *(
                Warning(code="doubtful-text", message=doubt.format(page, " | ".join(lines)), page=page)
                for page, lines in self.doubtful.items()
            ),
        ]


def _is_page_number(text: str) -> bool:
    """Whether a line is a page number between dashes: whether it is read well is nobody's concern.

    >>> [_is_page_number(text) for text in ("-4-", "— 12 —", "-4", "12", "3—5")]
    [True, True, False, False, False]
    """
    return _NUMBERED.fullmatch(text) is not None


def _legibility(found: Any) -> float:
    """The mean score of the characters of a page."""
    scores: list[float] = [
        score for text, score in zip(found.txts or (), found.scores or (), strict=True) for _ in text
    ]
    return sum(scores) / max(1, len(scores))


def _excerpt(line: str, figure: str) -> str:
    """A figure with some of its line before it."""
    before, _, _ = line.partition(figure)
    return ("…" + before[-CONTEXT:] if len(before) > CONTEXT else before) + figure


def _is_sideways(found: Any) -> bool:
    """Whether most characters of a page stand in lines that run up or down; single figures are taller than wide."""
    boxes = [(len(text), box) for text, box in zip(found.txts, found.boxes, strict=True) if len(text) > FEW]
    across = sum(length for length, box in boxes if abs(box[1] - box[0])[0] > abs(box[2] - box[1])[1])
    return 2 * across < sum(length for length, _ in boxes)


@cache
def _engine() -> Any:
    """RapidOCR with the models of its wheel, for all documents. Its direction classifier turns upright lines on their
    head, and its own least score would drop lines without a word: both are off."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    own = {"Global.use_cls": False, "Global.text_score": 0, "Global.max_side_len": MAX_SIDE}
    return RapidOCR(params={"Global.log_level": "error", **own})
