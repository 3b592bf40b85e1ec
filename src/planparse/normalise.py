"""Stage 2, normalise: undoes wraps, page furniture, full-width forms and stray spaces; characters keep their origin."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from planparse.cache import compiled
from planparse.characters import INVISIBLE, RAISED, RAISED_LETTERS
from planparse.lines import PAGE_NUMBER, Line, mark_furniture, split_lines
from planparse.model import NormalText, Source, Span, Table
from planparse.paragraphs import find_paragraphs

_INK = rf"[^\s{''.join(sorted(INVISIBLE))}]"
_INKED = compiled(f"{_INK}+")  # what stands between blanks
_POWER = rf"(?<=[A-Za-zµμ米×]|×10)[{RAISED}]|(?<=(?<![\d.])10)[{RAISED[3:]}]"
_MARK = rf"[{RAISED}{RAISED_LETTERS}]"
_UNMARKED = compiled(
    rf"(?:(?!{_MARK}|(?<={_MARK})[,，]{_MARK}){_INK}|{_POWER})+"
)  # without the marks of notes: raised, but no power of m or 10
_RAISED = compiled(_MARK)
_NOT_BETWEEN_DIGITS = [
    (mark, compiled(rf"{mark}(?:(?<!\d{mark})|(?!\d))"), written) for mark, written in ((",", "，"), (":", "："))
]

_YEAR = compiled(
    r"[一二][〇零九][〇零一二三四五六七八九]{2}"
    r"(?=学?年|[-—–~～至到、和][一二][〇零九][〇零一二三四五六七八九]{2}学?年)"
)
_YEAR_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_STRAIGHT = compiled(r'"([^"\n]*)"')
_N = "[一二三四五六七八九十]"
_STOP = compiled(  # 一.目标 and （二）.任务 are labels
    rf"(?<=[\u4e00-\u9fff）”%])(?<!\n{_N})(?<!\n{_N}{{2}})(?<!{_N}）)\.(?![A-Za-z.])"
)
FEW_STOPS = 3  # points that may end nothing: 阿里木.买买提


def normalise(source: Source) -> NormalText:
    """The text of a source as its author wrote it, one paragraph a line, and where each character came from."""
    lines = split_lines(source.text, source.furniture)
    mark_furniture(lines, source.page_starts)
    tables = tuple(sorted(_extent(table.rows) for table in source.tables))
    starts = [table.start for table in tables]
    prose = [line for line in lines if not (i := bisect_left(starts, line.end)) or line.start >= tables[i - 1].end]
    _mark_between_rows(lines, source.tables)
    joined = Joined()
    for paragraph in find_paragraphs(prose):
        for line in paragraph:
            joined.add_words(line.text, line.start)
        joined.add("\n", paragraph[-1].end)
    furniture = tuple(sorted([*source.furniture, *(Span(line.start, line.end) for line in lines if line.furniture)]))
    return NormalText(joined.text(), joined.starts, joined.places, source.text, furniture, tables)


def _mark_between_rows(lines: list[Line], tables: tuple[Table, ...]) -> None:
    """Page numbers that stand within a table, and are no cell of it, are furniture."""
    for table in tables:
        cells = [cell for row in table.rows for cell in row if cell is not None]
        taken = sorted(
            [*(Span(cell.start, cell.end) for cell in cells), *(span for cell in cells for span in cell.rest)]
        )
        extent = Span(taken[0].start, taken[-1].end)
        for line in lines[bisect_left(lines, extent.start, key=lambda line: line.start) :]:
            if line.start >= extent.end:
                break
            at = bisect_left(taken, Span(line.end, line.end))
            if not (at and taken[at - 1].end > line.start) and PAGE_NUMBER.fullmatch(line.text):
                line.furniture = True


def _extent(rows: tuple[tuple[object, ...], ...]) -> Span:
    cells = [cell for row in rows for cell in row if cell is not None]
    return Span(min(c.start for c in cells), max(c.end for c in cells))  # type: ignore[attr-defined]


@dataclass(slots=True)
class Joined:
    """A text so far, in pieces, none of them empty, and the runs of it that stand in the source as they are."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    starts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def text(self) -> str:
        """What was added, with the marks of a Chinese text, and years in digits."""
        written = _punctuate("".join(self.pieces))
        return str(_YEAR.sub(lambda year: year[0].translate(_YEAR_DIGITS), written))

    def add(self, piece: str, place: int) -> None:
        """Adds what stands at a place of the source."""
        if not self.starts or place - self.places[-1] != self.length - self.starts[-1]:
            self.starts.append(self.length)
            self.places.append(place)
        self.pieces.append(piece)
        self.length += len(piece)

    def add_words(self, words: str, start: int) -> None:
        """Adds a line that begins there, without its blanks."""
        spaced = bool(self.pieces) and _ends_word(self.pieces[-1][-1], words[0])
        last = 0
        ink = _UNMARKED if _RAISED.search(words) else _INKED
        for piece in ink.finditer(words):
            place = start + piece.start()
            spaced |= piece.start() > last and not INVISIBLE.issuperset(words[last : piece.start()])
            if last and (tab := words.rfind("\t", last, piece.start())) >= 0:
                self.add("\t", start + tab)
            elif self.pieces and spaced and _needs_space(self.pieces[-1][-1], piece[0][0]):
                self.add(" ", place - 1)
            self.add(piece[0], place)
            spaced, last = False, piece.end()


def _needs_space(before: str, after: str) -> bool:
    """Whether a space between two characters means something: between Latin words, or two numbers."""
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def _ends_word(before: str, after: str) -> bool:
    """Whether a line end between two characters stands for a space; in 5|A and E|SI it only cut a word in two."""
    return before.islower() or after.islower()


def _punctuate(text: str) -> str:
    """Commas and colons become full-width unless they stand between digits (1,234 and 1:350 keep theirs); straight
    quotes are paired by paragraphs, and points end sentences where they do so in most of the text."""
    if '"' in text:
        text = _STRAIGHT.sub(r"“\1”", text)
    if max(text.count("。"), FEW_STOPS) < len(_STOP.findall(text)):
        text = _STOP.sub("。", text)
    for mark, pattern, written in _NOT_BETWEEN_DIGITS:
        if mark in text:
            text = pattern.sub(written, text)
    return text
