"""The lines of a source, and which of them are page furniture: page numbers, running heads, tables of contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from planparse.cache import compiled
from planparse.characters import BLANKS, CLOSERS, INVISIBLE, TERMINAL, VEIL, columns, fold, veil
from planparse.model import Span

_BLANKS = BLANKS + "".join(INVISIBLE)
_NOTHING = dict.fromkeys(map(ord, INVISIBLE))
_AROUND = _BLANKS + "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_CLOSERS = "".join(CLOSERS)
PAGE_NUMBER = compiled(  # behind an address at the foot of what a browser printed
    r"(?:https?://\S+\s+)?[-—–－·•\s]*(?:(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?"
    r"|共\s*\d{1,4}\s*页\s*[,，/]?\s*第\s*\d{1,4}\s*页|第\s*[一二三四五六七八九十百]{1,4}\s*页"
    r"|[Pp](?:age|AGE|\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?)[-—–－·•\s]*"
)
_CONTENTS = compiled(r"[【［]?目\s*[录次][】］：]?")
# an entry of a table of contents: a title and its page, behind leaders or a tab
_ENTRY = compiled(r"(?P<title>.{2,80}?)(?:(?P<leader>(?:\s?[.…·‥⋯]){2,}\s*)|\t)[-—–（\s]*\d{1,4}[-—–）\s]*")
_GAP = compiled(rf"[{BLANKS}]{{2,}}")
_ENTRY_ENDS = frozenset("0123456789-—–）")
_NUMBER_ENDS = frozenset("0123456789-—–－·•页")  # of a page
FORM_ENDS = frozenset({"窗体顶端", "窗体底端"})  # what Word writes around a form when it saves a page
_DIGITS = compiled(r"\d+")
# what a list that is typed begins its items with; those of the private use area are the codes of symbol fonts
_BULLET = compiled(
    r"(?:[•●■◆▪▫‣∙▶►➢➤➔✓✔★☆◇□◎\uf06c\uf06e\uf075\uf09f\uf0a7\uf0b7\uf0d8\uf0fc]|·(?!·)|○(?![○〇一二三四五六七八九\d]))"
    rf"[{BLANKS}]*(?=[^\s•●■◆□])"
)
PROSE = compiled(r"[，。；]")
MAX_CONTENTS = 3  # tables of contents in one text
PAGE_LINES = 5  # that a page has at least
WRAP_COLUMNS = 110  # the widest line of a hard-wrapped page: 55 hanzi
SLACK_COLUMNS = 9  # an indent of two hanzi, and what line breaking rules may leave over
MAX_INDENT = 6  # columns of the first line of a paragraph
SHORT_COLUMNS = 24  # a line no longer than this may be anything
HEADING_COLUMNS = 64  # a heading longer than 32 hanzi is prose


@dataclass(slots=True)
class Line:
    """One source line: its place without outer blanks, its folded text, and what stands around it.

    `ended` tells that it ends as a sentence does, `is_row` that it falls into cells, `begins` that a mark, which is no
    text, opens it: an item's bullet, which the line is without.
    """

    start: int
    end: int
    text: str
    indent: int
    after_blank: bool
    width: int
    ended: bool
    is_row: bool = False
    begins: bool = False
    furniture: bool = False

    @property
    def reach(self) -> int:
        """How far to the right it goes: its width, and the indent of a paragraph, but not of a line set apart."""
        return self.width + (self.indent if self.indent <= MAX_INDENT else 0)


def split_lines(text: str, furniture: Sequence[Span] = ()) -> list[Line]:
    """The lines of a text that hold anything, in order, without what the reader knows to be furniture."""
    lines: list[Line] = []
    position, blank = 0, False
    veiled = veil(text, furniture)
    for raw, folded in zip(veiled.splitlines(keepends=True), fold(veiled).splitlines(keepends=True), strict=True):
        stripped = raw.strip(_AROUND)
        if stripped:
            begin = len(raw) - len(raw.lstrip(_BLANKS))
            lead = raw[:begin]
            indent = columns(lead.translate(_NOTHING)) if begin else 0
            start = position + begin
            words = folded[begin : begin + len(stripped)]
            ended = words[-1] == "：" or words.rstrip(_CLOSERS)[-1:] in TERMINAL
            end, width, row = start + len(words), columns(stripped), _is_row(words)
            bullet = _BULLET.match(words)
            mark = bullet.end() if bullet and not row else 0
            begins = bool(mark) or VEIL in lead
            lines.append(Line(start + mark, end, words[mark:], indent, blank, width, ended, row, begins))
            blank = False
        else:
            blank |= VEIL not in raw and raw != "\f"
        position += len(raw)
    return lines


def _is_row(text: str) -> bool:
    """Whether a line falls into cells, as the row of a table."""
    marks = text.count("\t") + text.count("|")
    if marks >= 2 or (not marks and "  " not in text and "\u3000\u3000" not in text):
        return marks >= 2
    return (marks == 1 or len(_GAP.findall(text)) >= 2) and PROSE.search(text) is None


def mark_furniture(lines: list[Line], page_starts: tuple[int, ...]) -> None:
    """Marks page numbers, tables of contents, and heads and feet that recur at the edge of pages."""
    edges = _page_edges(lines, page_starts)
    heads = Counter(_wording(lines[i]) for i in edges)
    for i in edges:
        key = _wording(lines[i])
        if len(page_starts) > 2 and heads[key] >= max(3, len(page_starts) // 2) and lines[i].width <= HEADING_COLUMNS:
            lines[i].furniture = True
    _mark_contents(lines)
    _mark_counted(lines)
    for line in lines:
        if line.text in FORM_ENDS or (
            line.text[-1] in _NUMBER_ENDS
            and PAGE_NUMBER.fullmatch(line.text)
            and (not line.text.isdigit() or page_starts)
        ):
            line.furniture = True
    if not page_starts:
        _mark_beside_numbers(lines)


def _mark_beside_numbers(lines: list[Line]) -> None:
    """Marks the heads and feet of a text without pages: what recurs above or below most of its page numbers, or is
    the title that it begins with."""
    numbers = [i for i, line in enumerate(lines) if line.furniture and PAGE_NUMBER.fullmatch(line.text)]
    beside = [i + step for step in (-1, 1) for i in numbers if 0 < i + step < len(lines) and not lines[i + step].ended]
    said = Counter(_wording(lines[i]) for i in (0, *beside))
    for i in beside:
        if said[_wording(lines[i])] >= max(2, len(numbers) // 2):
            lines[i].furniture = True


def _mark_counted(lines: list[Line]) -> None:
    """Marks the numbers alone on their lines that count on from page to page: lines that are full, or end a sentence,
    stand before them, as they do not before the numbers of rows. A single one is that of the first page of two, and
    stands within a sentence."""
    numbers = [i for i, line in enumerate(lines) if len(line.text) <= 3 and line.text.isdigit()]
    if not numbers:
        return
    widths = local_widths(lines, WRAP_COLUMNS)
    chains = [[numbers[0]]]
    for i in numbers[1:]:
        last = chains[-1][-1]
        follows = int(lines[i].text) == int(lines[last].text) + 1
        if follows and (i - last >= PAGE_LINES or i == len(lines) - 1):
            chains[-1].append(i)
        elif not follows:
            chains.append([i])
    for chain in chains:
        before = [(lines[i - 1], widths[i - 1]) for i in chain if i]
        full = [line.reach >= max(width - SLACK_COLUMNS, SHORT_COLUMNS) for line, width in before]
        apart = sum(line.ended or reaches for (line, _), reaches in zip(before, full, strict=True))
        within = PAGE_LINES <= chain[0] < len(lines) - 1 and all(full) and not before[0][0].ended
        if apart >= 0.5 * len(chain) if len(chain) > 1 else lines[chain[0]].text == "1" and within:
            for i in chain:
                lines[i].furniture = True


def _mark_contents(lines: list[Line]) -> None:
    """Marks the entries of a table of contents: a title and its page behind leaders, or below 目录 behind a tab, or
    there a title that heads a part of the text."""
    entries = [_ENTRY.fullmatch(line.text) if line.text[-1] in _ENTRY_ENDS else None for line in lines]
    heads = [i for i, line in enumerate(lines) if "目" in line.text and _CONTENTS.fullmatch(line.text)]
    for line, entry in zip(lines, entries, strict=True):
        line.furniture |= entry is not None and entry["leader"] is not None
    titles = (
        ["".join((e["title"] if e else line.text).split()) for e, line in zip(entries, lines, strict=True)]
        if heads
        else []
    )
    for head in heads[:MAX_CONTENTS]:
        to_come = Counter(titles[head + 1 :])
        for line, entry, title in zip(lines[head + 1 :], entries[head + 1 :], titles[head + 1 :], strict=True):
            to_come[title] -= 1
            line.furniture |= entry is not None or to_come[title] > 0
            if not line.furniture:
                break
            lines[head].furniture = True


def _wording(line: Line) -> str:
    """What recurs of a head or foot: all but its numbers, unless it is a sentence."""
    return line.text if line.ended else str(_DIGITS.sub("#", line.text))


def _page_edges(lines: list[Line], page_starts: tuple[int, ...]) -> list[int]:
    """Indices of the first two and last two lines of every page, where there are pages."""
    if not page_starts:
        return []
    pages: dict[int, list[int]] = {}
    page = 0
    for i, line in enumerate(lines):
        while page < len(page_starts) and page_starts[page] <= line.start:
            page += 1
        pages.setdefault(page, []).append(i)
    return sorted({i for members in pages.values() for i in (*members[:2], *members[-2:])})


def local_widths(lines: list[Line], column: int, reach: int = 4) -> list[int]:
    """The width of the column that each line stands in: that of the widest of its neighbours that is not too wide."""
    widths = [min(line.width, column) for line in lines]
    return [max(widths[max(0, i - reach) : i + reach + 1]) for i in range(len(widths))]
