"""Where a label may stand: at the beginning of a paragraph or line, behind a gap, inside a paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from planparse.cache import compiled
from planparse.characters import columns
from planparse.labels import Label, find_in_title, find_inline, may_begin, parse_label, read_labels, row
from planparse.model import NormalText, Span
from planparse.rules import cue
from planparse.typesetting import Setting, as_set, inked

HEADING_COLUMNS = 44
ROW_GAPS = 2  # behind its number and first cell
Place = Literal["paragraph", "glued", "line", "gap", "inline"]
_HANZI = "[一二三四五六七八九十]{1,3}"
_PAGE_NUMBER = compiled(rf"\d{{1,3}}(?={_HANZI}、|（{_HANZI}）|第{_HANZI}[章节])")
_GLUED = compiled(r"(\d{3,5})(?:\.\d{1,2}){1,4}(?=\s*[\u4e00-\u9fff])")
_OUTER = ("part", "chapter", "section", "hanzi", "hanzi-bracket", "box")
_PROSE = compiled(r"[，。；：]")
_HEADING = compiled(r"[^。；，：\n]{1,40}")
_LABELLED = 64  # characters, that a label and its title have at most
_IN_A_TITLE = compiled("[（第]")  # what a label begins with that stands there
_BARE_HEADING = compiled(r"[^。；，：\n①-⑳≤≥<>/]{1,39}[^。；，：\n\d%）]")  # no row of a table


class Candidate(NamedTuple):
    """A possible label and where it stands."""

    label: Label
    place: Place

    @property
    def sure(self) -> bool:
        return bool(row(self.label.rule)["belief"] != "doubtful")


def find_candidates(normal: NormalText, setting: Setting, paragraphs: list[Span]) -> list[Candidate]:
    """Every reading of every place where a label may stand, in reading order; of tables of contents nothing."""
    found: list[Candidate] = []
    annexes = 0
    for paragraph in paragraphs:
        text = normal.text[paragraph.start : paragraph.end]
        annexes = _annexes(text, annexes)
        if annexes:
            continue
        found += _of_paragraph(normal, setting, paragraph)
    return found


def _annexes(text: str, before: int) -> int:
    """How many annexes a list that this paragraph goes on with has named; 0 when it is none."""
    if cue("heading.annex-list").match(text):
        return 1
    label = parse_label(text) if before else None
    return before + 1 if label and label.style == "digit" and label.number == before + 1 else 0


def _of_paragraph(normal: NormalText, setting: Setting, paragraph: Span) -> Iterator[Candidate]:
    start, stop = paragraph
    lines = setting.lines[bisect_right(setting.lines, start) : bisect_left(setting.lines, stop)]
    gaps = setting.gaps[bisect_right(setting.gaps, start) : bisect_left(setting.gaps, stop)]
    text = normal.text
    begun = [b for a, b in pairwise([start, *lines]) if text[b].isascii() and _ended(text[a:b])]
    places: dict[int, Place] = {**dict.fromkeys(gaps, "gap"), **dict.fromkeys(begun, "line"), start: "paragraph"}
    inline = {label.start: label for label in _inside(text, start, stop)}
    ends = [*lines, stop]
    for at in sorted({*places, *inline}):
        place = places.get(at, "inline")
        end = ends[bisect_right(ends, at)]
        readings = [] if place == "inline" else _read(normal, at, place, end, gaps)
        if not readings and at in inline:
            readings = [Candidate(inline[at], "inline")]
        yield from readings


def _ended(line: str) -> bool:
    """Whether a line of a paragraph ends a sentence, or is a heading."""
    return line[-1] in "。；！？：）》”" or (columns(line) <= HEADING_COLUMNS and not _PROSE.search(line))


def _inside(text: str, start: int, stop: int) -> Iterator[Label]:
    """The labels inside a paragraph: behind a mark, or in the title of one that has none behind it."""
    found = find_inline(text, start, stop)
    yield from found
    own = parse_label(text, start) if _IN_A_TITLE.search(text, start + 1, min(stop, start + _LABELLED)) else None
    for label in [own, *found] if own else found:
        if title := _HEADING.match(text, label.end, stop):
            yield from find_in_title(text, label.end, title.end(), label.style)


def _read(normal: NormalText, start: int, place: Place, end: int, gaps: tuple[int, ...]) -> list[Candidate]:
    """The labels that a line may begin with, also behind a page number that stuck to it; of a row of a table none."""
    if not may_begin(normal.text[start]):
        return []
    head = as_set(normal, start)
    page = _PAGE_NUMBER.match(head)
    pages = [page.end()] if page else _pages_before_decimals(head)
    place = "glued" if pages else place
    labels = [label for page in pages or [0] for label in read_labels(head, page)]
    found = [label._replace(start=start, end=start + inked(head[: label.end])) for label in labels]
    sentence = normal.text.find("。", start, end)
    end_of_row = sentence if sentence >= 0 else end
    found = [label for label in found if bisect_left(gaps, end_of_row) - bisect_right(gaps, label.end) < ROW_GAPS]
    return [Candidate(label, place) for label in found if _may_stand(label, place, normal.text, end)]


def _pages_before_decimals(head: str) -> list[int]:
    """Where a decimal label may begin behind a page number: 10813.3.2 may be 13.3.2 or 3.3.2."""
    number = _GLUED.match(head)
    ends = (number.end(1) - 2, number.end(1) - 1) if number else ()
    return [end for end in ends if end > 0 and head[end] != "0"]


def _may_stand(label: Label, place: Place, text: str, end: int) -> bool:
    """Whether this kind of label is looked for here: inside a paragraph only what joining lines cannot know."""
    if row(label.rule)["headed"] and not _BARE_HEADING.fullmatch(text, label.end, end):
        return False
    if place == "line":
        return bool(label.path) or row(label.rule)["belief"] == "doubtful"
    return place == "paragraph" or label.style in _OUTER or (place == "glued" and bool(label.path))
