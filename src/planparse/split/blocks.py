"""The paragraphs of a text, those cut in two whose heading ran into its body when lines were joined."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from planparse.cache import compiled
from planparse.characters import columns
from planparse.model import Span
from planparse.rules import cue
from planparse.split.candidates import Candidate
from planparse.typesetting import Setting

SHORT_COLUMNS = 12  # a line that leaves six hanzi of its room free ended where its author ended it
LEAST_COLUMNS = 8
HEADING_COLUMNS = 120  # of a heading, on two lines
RAGGED = 0.15  # of lines that break off short inside sentences: then the ends of lines say nothing
_ENDS_HEADING = compiled(r"[\u4e00-\u9fff\d）”》%]")
_INSIDE = compiled(r"[，、；：。！？]")
_MARKED = compiled(r"[，、；：。！？”）》]")
_OPENS_BODY = compiled(r"[\u4e00-\u9fff\d“《（]")
_DOTS = re.compile("[.…·‥⋯]{3}")
_LEADER = compiled(r"[.…·‥⋯]{3,}[\s-]*\d{1,4}-?")
_PLAIN = compiled(r"[\u4e00-\u9fff\d]|“十[一二三四五]五”")


class Room:
    """How wide the lines of a text are, where it is set to a width, and whether they break off at random."""

    def __init__(self, text: str, setting: Setting, paragraphs: list[Span]) -> None:
        widths = sorted(columns(text[a:b]) for a, b in _whole_lines(setting, paragraphs))
        self.width = widths[int(0.8 * (len(widths) - 1))] if widths else 0
        lines = setting.lines
        short = sum(
            1
            for before, after in pairwise(lines)
            if text[after - 1] not in "。；：" and columns(text[before:after]) < self.width - SHORT_COLUMNS
        )
        self.ragged = short > RAGGED * len(lines)


def find_paragraphs(text: str, setting: Setting) -> list[Span]:
    """The lines of a normal text, those of a table of contents as the source has them."""
    found: list[Span] = []
    start = 0
    leaders = _DOTS.search(text) is not None
    while (stop := text.find("\n", start)) >= 0:
        if leaders and _LEADER.search(text, start, stop):
            cuts = _contents_lines(text, setting, start, stop)
            found += [Span(a, b) for a, b in pairwise(sorted({start, *cuts, stop}))]
        elif stop > start:
            found.append(Span(start, stop))
        start = stop + 1
    return found


def _contents_lines(text: str, setting: Setting, start: int, stop: int) -> set[int]:
    """Where entries of a table of contents, and its title, begin and end in a paragraph."""
    lines = setting.lines[bisect_right(setting.lines, start) : bisect_left(setting.lines, stop)]
    spans = list(pairwise([start, *lines, stop]))
    listed = (s for s in spans if _LEADER.search(text, *s) or cue("heading.contents").match(text[slice(*s)]))
    return {place for span in listed for place in span}


def cut_blocks(
    text: str, setting: Setting, room: Room, paragraphs: Sequence[Span], labels: Sequence[Candidate]
) -> list[Span]:
    """The paragraphs, cut before what opens a line of its own inside them, and behind headings that the source had on
    lines of their own."""
    ends = {c.label.start: c.label.end for c in labels if c.place != "inline"}
    starts = list(ends)
    blocks: list[Span] = []
    for paragraph in paragraphs:
        lines = setting.lines[bisect_right(setting.lines, paragraph.start) : bisect_left(setting.lines, paragraph.end)]
        opened = set(starts[bisect_right(starts, paragraph.start) : bisect_left(starts, paragraph.end)])
        opened.update(a for a, b in pairwise([*lines, paragraph.end]) if _opens(text, a, b, room))
        for start, stop in pairwise([paragraph.start, *sorted(opened), paragraph.end]):
            cut = _heading_end(text, setting, Span(start, stop), room, ends.get(start))
            blocks += [Span(start, cut), Span(cut, stop)] if cut else [Span(start, stop)]
    return blocks


def _opens(text: str, start: int, stop: int, room: Room) -> bool:
    """Whether a line inside a paragraph names an annex, or is a heading below the last line of a sentence."""
    if text[start] != "附" and text[start - 1] != "。":
        return False
    line = text[start:stop]
    if cue("heading.annex").match(line):
        return True
    free = not room.ragged and text[start - 1] == "。" and not _INSIDE.search(line)
    return free and LEAST_COLUMNS <= columns(line) < room.width - SHORT_COLUMNS


def _whole_lines(setting: Setting, paragraphs: list[Span]) -> Iterator[tuple[int, int]]:
    """The lines of paragraphs that go on with another line."""
    for start, stop in paragraphs:
        inner = setting.lines[bisect_right(setting.lines, start) : bisect_left(setting.lines, stop)]
        yield from pairwise([start, *inner])


def _heading_end(text: str, setting: Setting, span: Span, room: Room, label_end: int | None) -> int | None:
    """Where the body begins behind a heading on one line or two of its own; None where all is one."""
    stop = span.end
    start = span.start if label_end is None else label_end
    for end in setting.lines[bisect_right(setting.lines, start) : bisect_left(setting.lines, stop)][:2]:
        title = text[start:end]
        if columns(title) > HEADING_COLUMNS or _INSIDE.search(title[-1:]) or "。" in title:
            return None
        if _ends_short(text, setting, span.start, end, room):
            body = _PLAIN if room.ragged else _OPENS_BODY
            sure = label_end is not None or not (room.ragged or _INSIDE.search(title))
            sure = sure and _is_full(text, setting, end, stop, room)
            return end if sure and _ENDS_HEADING.match(title[-1]) and body.match(text, end) else None
    return _gap_end(text, setting, Span(start, stop))


def _ends_short(text: str, setting: Setting, start: int, end: int, room: Room) -> bool:
    """Whether the line that ends here leaves room for more."""
    at = bisect_left(setting.lines, end)
    begin = max(start, setting.lines[at - 1] if at else 0)
    return columns(text[begin:end]) < room.width - SHORT_COLUMNS


def _is_full(text: str, setting: Setting, start: int, stop: int, room: Room) -> bool:
    """Whether a line fills its room, or ends with a mark: in a narrow cell every line breaks off."""
    after = bisect_right(setting.lines, start)
    end = min(stop, setting.lines[after]) if after < len(setting.lines) else stop
    return bool(_MARKED.match(text[end - 1])) or columns(text[start:end]) >= room.width - SHORT_COLUMNS


def _gap_end(text: str, setting: Setting, span: Span) -> int | None:
    """Where a body begins behind a heading and the indent of a paragraph on the same line."""
    first = bisect_right(setting.gaps, span.start + 3)
    end = setting.gaps[first] if first < len(setting.gaps) else span.end
    title = text[span.start : end]
    return end if end < span.end and not _INSIDE.search(title) and "。" in text[end : span.end] else None
