"""Which lines of a source belong to one paragraph: hard wraps, page breaks, narrow columns, page furniture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from planparse.cache import compiled
from planparse.characters import BLANKS, CLOSERS, INVISIBLE, TERMINAL, VEIL, columns, fold, veil
from planparse.labels import parse_label
from planparse.model import Span

_UNSEEN = "".join(INVISIBLE)
_NOTHING = dict.fromkeys(map(ord, INVISIBLE))
_BREAKS = "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_CLOSERS = "".join(CLOSERS)
PAGE_NUMBER = compiled(r"[-—–－·•\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－·•\s]*")
_CONTENTS = compiled(r"目\s*[录次]")
_ENTRY = compiled(r".{2,80}?(?:(?P<leader>[.…·‥⋯]{2,})|\t)\s*\d{1,4}")  # of a table of contents
_DIGITS = compiled(r"\d+")
_DASHES = compiled(r"[-—]{2}")
_PROSE = compiled(r"[，。；]")
WRAP_COLUMNS = 110  # the widest line of a hard-wrapped page: 55 hanzi
SLACK_COLUMNS = 9  # an indent of two hanzi, and what line breaking rules may leave over
HEADING_COLUMNS = 64  # a heading longer than 32 hanzi is prose


@dataclass(slots=True)
class Line:
    """One source line: its place without outer blanks, its folded text, and what stands around it.

    `begins` tells that a mark, which is no text, opens it: the bullet of an item.
    """

    start: int
    end: int
    text: str
    indent: int
    after_blank: bool
    width: int
    begins: bool = False
    furniture: bool = False

    @property
    def ended(self) -> bool:
        """Whether the line ends as a sentence does."""
        tail = self.text.rstrip(_CLOSERS)
        return bool(tail) and (tail[-1] in TERMINAL or self.text[-1] in "：")


def split_lines(text: str, furniture: Sequence[Span] = ()) -> list[Line]:
    """The lines of a text that hold anything, in order, without what the reader knows to be furniture."""
    lines: list[Line] = []
    position, blank = 0, False
    for raw in fold(veil(text, furniture)).splitlines(keepends=True):
        stripped = raw.strip(BLANKS + _UNSEEN + _BREAKS)
        if stripped:
            begin = len(raw) - len(raw.lstrip(BLANKS + _UNSEEN))
            lead = raw[:begin]
            indent = columns(lead.translate(_NOTHING)) if begin else 0
            end = position + begin + len(stripped)
            lines.append(Line(end - len(stripped), end, stripped, indent, blank, columns(stripped), VEIL in lead))
            blank = False
        else:
            blank |= VEIL not in raw
        position += len(raw)
    return lines


def mark_furniture(lines: list[Line], page_starts: tuple[int, ...]) -> None:
    """Marks page numbers, tables of contents, and heads and feet that recur at the edge of pages."""
    edges = _page_edges(lines, page_starts)
    heads = Counter(_wording(lines[i]) for i in edges)
    for i in edges:
        key = _wording(lines[i])
        if len(page_starts) > 2 and heads[key] >= max(3, len(page_starts) // 2) and lines[i].width <= HEADING_COLUMNS:
            lines[i].furniture = True
    _mark_contents(lines)
    for line in lines:
        if (
            PAGE_NUMBER.fullmatch(line.text)
            and not line.text.endswith("年")
            and (not line.text.isdigit() or page_starts)
        ):
            line.furniture = True


def _mark_contents(lines: list[Line]) -> None:
    """Marks the entries of a table of contents: a title, and its page behind leaders, or below 目录 behind a tab."""
    inside = False
    for line in lines:
        entry = _ENTRY.fullmatch(line.text) if line.text[-1].isdigit() else None
        line.furniture |= entry is not None and (inside or entry["leader"] is not None)
        inside = line.furniture or _CONTENTS.fullmatch(line.text) is not None


def _wording(line: Line) -> str:
    """What recurs of a head or foot: all but its numbers, unless it is a sentence."""
    return line.text if line.ended else str(_DIGITS.sub("#", line.text))


def _page_edges(lines: list[Line], page_starts: tuple[int, ...]) -> list[int]:
    """Indices of the first two and last two lines of every page."""
    pages: dict[int, list[int]] = {}
    page = 0
    for i, line in enumerate(lines):
        while page < len(page_starts) and page_starts[page] <= line.start:
            page += 1
        pages.setdefault(page, []).append(i)
    return sorted({i for members in pages.values() for i in (*members[:2], *members[-2:])}) if page_starts else []


def find_paragraphs(lines: list[Line]) -> list[list[Line]]:
    """The lines grouped into paragraphs, furniture left out."""
    kept = [line for line in lines if not line.furniture]
    widths = _local_widths(kept)
    spaced = _blank_everywhere(kept)
    wrapped = _is_wrapped(kept)
    indented = wrapped and _indents_begin_paragraphs(kept, widths)
    paragraphs: list[list[Line]] = []
    for i, line in enumerate(kept):
        begins = indented and _is_indented(line)
        cut = indented and i and _is_cut(kept[i - 1], widths[i - 1])
        if i and not begins and (cut or _continues(kept, i, widths[i - 1], wrapped, spaced)):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether the text is set to a width: no line is long, and many break off in the middle of a sentence."""
    prose = [line for line in lines if line.width > 24]
    if len(prose) < 4:
        return False
    widest = sorted(line.width for line in prose)[int(0.95 * (len(prose) - 1))]
    broken = sum(not line.ended for line in prose)
    return widest <= WRAP_COLUMNS and broken >= 0.4 * len(prose)


def _blank_everywhere(lines: list[Line]) -> bool:
    """Whether blank lines stand between most lines, inside sentences too, so that they say nothing about paragraphs."""
    before = [a for a, b in pairwise(lines) if b.after_blank]
    inside = sum(not line.ended and _PROSE.search(line.text) is not None for line in before)
    return len(before) > 0.6 * len(lines) and inside > 0.1 * len(before)


def _indents_begin_paragraphs(lines: list[Line], widths: list[int]) -> bool:
    """Whether the first line of a paragraph is indented and the others are not: then an indent alone says so."""
    first = [i for i, line in enumerate(lines) if i and _is_indented(line)]
    flush = sum(not line.indent for line in lines)
    before = [(lines[i - 1], widths[i - 1] - SLACK_COLUMNS) for i in first]
    after_end = sum(line.ended or _is_indented(line) or line.width < room for line, room in before)
    return len(first) >= 4 and flush >= len(first) // 2 and after_end >= 0.9 * len(first)


def _is_indented(line: Line) -> bool:
    """By about two hanzi; a centred line stands further in."""
    return 3 <= line.indent <= 6


def _local_widths(lines: list[Line], reach: int = 4) -> list[int]:
    """The width of the column that each line stands in: the widest of its neighbours."""
    widths = [line.width for line in lines]
    return [max(widths[max(0, i - reach) : i + reach + 1]) for i in range(len(widths))]


def _continues(lines: list[Line], i: int, width: int, wrapped: bool, spaced: bool) -> bool:
    """Whether line i goes on with the paragraph of the line before it."""
    before, line = lines[i - 1], lines[i]
    if not wrapped and before.ended:
        return False
    if line.begins or parse_label(line.text) is not None or _DASHES.match(line.text):
        return False
    if before.text[-1] in "，、":
        return True
    if not wrapped:
        return before.text[-1] not in "）" and _is_prose(before) and not line.indent
    if line.indent >= 4 and line.indent > before.indent:
        return False
    blank = line.after_blank and not spaced
    if blank and (before.ended or _stands_alone(lines, i - 1)):
        return False
    if not before.ended and not blank and not spaced:
        return True
    return before.width >= width - SLACK_COLUMNS


def _is_cut(line: Line, width: int) -> bool:
    """Whether a full line breaks off inside a sentence: what it goes on with is no label (第|一、第三产业)."""
    inside = line.text[-1] in "：；" or (not line.ended and _PROSE.search(line.text) is not None)
    return inside and line.width >= width - SLACK_COLUMNS


def _is_prose(line: Line) -> bool:
    """A line with the punctuation of running text, so that its missing end is a broken sentence, not a heading."""
    if parse_label(line.text) is not None and "。" not in line.text:
        return False
    return bool(_PROSE.search(line.text)) and (line.width > 40 or "。" in line.text)


def _stands_alone(lines: list[Line], i: int) -> bool:
    """Whether line i has blank lines on both sides, or is the last of a two-line heading that has."""
    line = lines[i]
    if _PROSE.search(line.text):
        return False
    return line.after_blank or (i > 0 and lines[i - 1].after_blank and not _PROSE.search(lines[i - 1].text))
