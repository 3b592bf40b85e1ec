"""Pages that are pictures: RapidOCR, which the extra `ocr` installs, recognises their lines and tables."""

from __future__ import annotations

import logging
from functools import cache
from importlib.util import find_spec
from typing import Any

from planparse.limits import DEFAULT, MAX_SIDE, Limits
from planparse.model import Ocr, ReadError, Warning
from planparse.read.page_layout import Run, group_lines

INSTALL = "pip install 'planparse[ocr]'"
MIN_CELLS, MIN_ROWS = 3, 3  # that make a table where lines stand side by side
MARK = 40  # characters; what a scanner's program or a seal writes over a picture has fewer
SURE = 0.9  # the score of a line; below, a warning names it


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
        self.pages: list[int] = []  # the numbers of those that were recognised
        self.doubtful: dict[int, list[str]] = {}  # their lines with a low score
        self.unruled: list[int] = []  # those with rows of cells and no ruling lines

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

    def runs(self, picture: Any, points: float, *, number: int) -> list[Run]:
        """The tables and lines of a page, in no order; none where nothing is recognised.

        `picture` is a PIL image, `points` the size of its pixels.
        """
        import numpy

        from planparse.read.scan_layout import place

        pixels = numpy.asarray(picture.convert("L"))
        try:
            found = _engine()(pixels, return_word_box=True, return_single_char_box=True)
        except Exception:  # whatever a picture makes the engine raise: the page is then one without text
            return []
        if found.boxes is None:
            return []
        self.pages.append(number)
        low = [text for text, score in zip(found.txts, found.scores, strict=True) if score < SURE]
        if low:
            self.doubtful[number] = low
        runs = place(pixels, found, points)
        lines = group_lines(run for run in runs if run.rows is None)
        if sum(len(line) >= MIN_CELLS for line in lines) >= MIN_ROWS:
            self.unruled.append(number)
        return runs

    def warnings(self) -> list[Warning]:
        """Which pages were recognised, and which of their lines with doubt."""
        if not self.pages:
            return []
        which = f"page {', '.join(map(str, self.pages))}"
        message = f"the text of {which} was recognised from pictures; check its records against them"
        doubt = "page {} is hard to read at: {}"
        unruled = "a table of page {} has no ruling lines that can be seen; it is read as text"
        return [
            Warning(code="recognised-text", message=message),
            *(
                Warning(code="doubtful-text", message=doubt.format(page, " | ".join(lines)), page=page)
                for page, lines in self.doubtful.items()
            ),
            *(Warning(code="tables-not-read", message=unruled.format(page), page=page) for page in self.unruled),
        ]


@cache
def _engine() -> Any:
    """RapidOCR with the models of its wheel, for all documents. Its direction classifier turns upright lines on their
    head, and its own least score would drop lines without a word: both are off."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    own = {"Global.use_cls": False, "Global.text_score": 0, "Global.max_side_len": MAX_SIDE}
    return RapidOCR(params={"Global.log_level": "error", **own})
