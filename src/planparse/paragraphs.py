"""Which lines belong to one paragraph: wraps at any width, page breaks, narrow columns, headings set as the body."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

from planparse.cache import compiled
from planparse.labels import parse_label
from planparse.lines import MAX_INDENT, PROSE, SHORT_COLUMNS, SLACK_COLUMNS, WRAP_COLUMNS, Line, local_widths
from planparse.rules import cue

_DASHES = compiled(r"[-—]{2}")
_MARK = compiled(r"[，。；]\S")
_LISTED = compiled(r"[，、。；]")
LEAST_HEADING, LEAST_PROSE = 8, 40  # columns
MANY = 10  # lines that break off at one width
ENDED_COLUMNS = 5  # less may be left over of a line that ends a sentence and does not end its paragraph


class _Setting(NamedTuple):
    """How the lines of a text are set: the column that prose is wrapped at, None where lines are paragraphs, and how
    wide each line might be; what blank lines, indents and short lines say."""

    column: int | None
    widest: int  # of the lines of prose
    widths: list[int]
    spaced: bool  # blank lines stand everywhere
    indented: bool  # an indent begins a paragraph, and nothing else does
    headings: bool  # a short line that is no sentence is a heading


def find_paragraphs(lines: list[Line]) -> list[list[Line]]:
    """The lines grouped into paragraphs, furniture left out."""
    kept = _without_furniture(lines)
    setting = _setting(kept)
    paragraphs: list[list[Line]] = []
    for i in range(len(kept)):
        if i and _continues(paragraphs[-1], kept, i, setting):
            paragraphs[-1].append(kept[i])
        else:
            paragraphs.append([kept[i]])
    return paragraphs


def _setting(lines: list[Line]) -> _Setting:
    column = _column(lines)
    widths = local_widths(lines, column or WRAP_COLUMNS)
    spaced = _blank_everywhere(lines)
    widest = max((line.reach for line in lines if not line.is_row), default=0)
    if column is None:
        return _Setting(None, widest, widths, spaced, indented=False, headings=False)
    headings = not _blanks_part_paragraphs(lines) and not _is_ragged(lines, widths)
    return _Setting(column, widest, widths, spaced, _indents_begin_paragraphs(lines, widths), headings)


def _without_furniture(lines: list[Line]) -> list[Line]:
    """The lines that are text; the blank lines around a page number say nothing of paragraphs."""
    kept = [line for line in lines if not line.furniture]
    for before, line in pairwise(lines):
        if before.furniture:
            line.after_blank = False
    return kept


def _column(lines: list[Line]) -> int | None:
    """The width that the text is set to, or None where its lines are paragraphs. Rows of tables have no say.

    In a wrapped text many lines break off in the middle of a sentence, and most of these are as wide as the others.
    """
    prose = [line for line in lines if line.width > SHORT_COLUMNS and not line.is_row]
    narrow = [line for line in prose if line.width <= WRAP_COLUMNS]
    broken = sorted(line.width for line in narrow if not line.ended)
    full, column = _commonest(broken) if broken else (0, 0)
    alike = full >= max(MANY, 0.8 * len(broken)) and full >= 0.2 * len(narrow)  # beside many short items
    if len(narrow) >= 4 and (alike or len(broken) >= 0.4 * len(narrow)):
        wide = len(prose) - len(narrow)
        whole = sum(line.ended and line.width > column + SLACK_COLUMNS for line in narrow)  # paragraphs on one line
        if whole < full and (wide <= 0.05 * len(prose) or (wide <= full / 2 and full >= 0.6 * len(broken))):
            return column
    broken = sorted(line.width for line in prose if line.width > WRAP_COLUMNS and _breaks_off(line))
    full, column = _commonest(broken) if broken else (0, 0)
    alike = full >= max(3, 0.8 * len(broken)) and all(line.width <= column + SLACK_COLUMNS for line in prose)
    return column if alike else None


def _commonest(widths: list[int]) -> tuple[int, int]:
    """How many of some widths, in order, lie together, and the widest of these."""
    return max((bisect_right(widths, w) - bisect_left(widths, w - SLACK_COLUMNS), w) for w in set(widths))


def _blank_everywhere(lines: list[Line]) -> bool:
    """Whether blank lines stand between most lines, inside sentences too, so that they say nothing about paragraphs."""
    before = [a for a, b in pairwise(lines) if b.after_blank]
    inside = sum(not line.ended and PROSE.search(line.text) is not None for line in before)
    return len(before) > 0.6 * len(lines) and inside > 0.1 * len(before)


def _blanks_part_paragraphs(lines: list[Line]) -> bool:
    """Whether blank lines stand between the paragraphs, so that lines without one between them are of the same."""
    behind = [b.after_blank for a, b in pairwise(lines) if a.ended]
    return sum(behind) > 0.5 * len(behind)


def _is_ragged(lines: list[Line], widths: list[int]) -> bool:
    """Whether lines break off anywhere, so that a short one says nothing: within sentences, or one behind the other."""
    short = [not line.ended and line.reach < width - SLACK_COLUMNS for line, width in zip(lines, widths, strict=True)]
    within = [is_short for line, is_short in zip(lines, short, strict=True) if _breaks_off(line)]
    behind = [
        line
        for (before, line), is_short in zip(pairwise(lines), short[1:], strict=True)
        if is_short and not before.ended and not line.is_row
    ]
    return sum(within) > 0.1 * len(within) or sum(parse_label(line.text) is None for line in behind) > 0.3 * len(lines)


def _breaks_off(line: Line) -> bool:
    """Whether a line ends in the middle of a sentence: it has marks behind its label, and none that ends one."""
    label = None if line.ended else parse_label(line.text)
    return not line.ended and _MARK.search(line.text, label.end if label else 0) is not None


def _is_heading(paragraph: list[Line], room: int) -> bool:
    """Whether lines may be a heading that is set as the body is: without a mark, more than a label, all full but the
    last one."""
    if any(not line.ended and PROSE.search(line.text) for line in paragraph):
        return False
    label = parse_label(paragraph[0].text)
    bare = label is not None and label.end == len(paragraph[0].text)
    return not bare and paragraph[0].width >= LEAST_HEADING and all(line.reach >= room for line in paragraph[:-1])


def _indents_begin_paragraphs(lines: list[Line], widths: list[int]) -> bool:
    """Whether the first line of a paragraph is indented and the others are not: then an indent alone says so."""
    first = [i for i, line in enumerate(lines) if i and _is_indented(line)]
    flush = sum(not line.indent for line in lines)
    before = [(lines[i - 1], widths[i - 1] - SLACK_COLUMNS) for i in first]
    after_end = sum(line.ended or _is_indented(line) or line.reach < room for line, room in before)
    return len(first) >= 4 and flush >= len(first) // 2 and after_end >= 0.9 * len(first)


def _is_indented(line: Line) -> bool:
    """By about two hanzi; a centred line stands further in."""
    return 3 <= line.indent <= MAX_INDENT


def _continues(paragraph: list[Line], lines: list[Line], i: int, setting: _Setting) -> bool:
    """Whether line i goes on with the paragraph of the line before it."""
    before, line, room = lines[i - 1], lines[i], setting.widths[i - 1] - SLACK_COLUMNS
    if setting.indented and _is_indented(line):  # so are all lines of a box
        within = _is_indented(before) and _is_cut(before, room)
        return within and not line.begins and parse_label(line.text) is None
    if setting.indented and _is_cut(before, room):
        return True
    if before.ended and setting.column is None:
        return False
    if cue("paragraph.field").match(line.text) and not _is_open(paragraph):
        return False
    if line.begins or parse_label(line.text) is not None or _DASHES.match(line.text) or line.is_row or before.is_row:
        return False
    if before.text[-1] in "，、":
        return True
    if setting.column is None:
        full = _breaks_off(before) and before.reach > max(LEAST_PROSE, setting.widest - SLACK_COLUMNS)
        return before.text[-1] not in "）" and (full or _is_prose(before)) and not line.indent
    if line.indent >= 4 and line.indent > before.indent:
        return False
    blank = line.after_blank and not setting.spaced
    if blank and (before.ended or _stands_alone(lines, i - 1)):
        return False
    if (
        not before.ended
        and not blank
        and not setting.spaced
        and not (setting.headings and _is_heading(paragraph, room))
    ):
        return True
    return (before.width if blank else before.reach) >= room + ENDED_COLUMNS * before.ended


def _is_open(paragraph: list[Line]) -> bool:
    """Whether a bracket of a paragraph is still open: （牵头单位：市水利局;|配合单位：各区）"""
    text = "".join(line.text for line in paragraph)
    return sum(map(text.count, "（(")) > sum(map(text.count, "）)"))


def _is_cut(line: Line, room: int) -> bool:
    """Whether a full line breaks off inside a sentence: what it goes on with is no label (第|一、第三产业)."""
    inside = line.text[-1] in "：；" or (not line.ended and _LISTED.search(line.text) is not None)
    return inside and line.reach >= room and not line.is_row


def _is_prose(line: Line) -> bool:
    """A line with the punctuation of running text, so that its missing end is a broken sentence, not a heading."""
    if parse_label(line.text) is not None and "。" not in line.text:
        return False
    return bool(PROSE.search(line.text)) and (line.reach > LEAST_PROSE or "。" in line.text)


def _stands_alone(lines: list[Line], i: int) -> bool:
    """Whether line i has blank lines on both sides, or is the last of a two-line heading that has."""
    line = lines[i]
    if PROSE.search(line.text):
        return False
    return line.after_blank or (i > 0 and lines[i - 1].after_blank and not PROSE.search(lines[i - 1].text))
