"""Markdown read in place: its marks are furniture, its tables are tables, and offsets count in the file's own text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from planparse.cache import compiled
from planparse.characters import VEIL, veil
from planparse.model import Cell, Source, Span, Table
from planparse.read.grids import lay_out
from planparse.read.word_warnings import STRUCK_OUT

_HEADING = compiled(r"(?m)^#{1,6}[ \t]+\S")
_MARKS = compiled(r"(?m)^#{1,6}[ \t]+\S|^\s*[-*+][ \t]+\S|\*\*[^*\n]+\*\*|^\|?[ :]*-{3,}[ :]*\||^>[ \t]")
_STRUCK = compiled(r"~~(?=\S)[^~\n]+(?<=\S)~~")
# lines that are only marks; what a note or link leads to; quotes, bullets, boxes of tasks, headings
_OPENING = compiled(
    r"(?m)^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={2,}[ \t]*|`{3,}[^`\n]*|~{3,}[^~\n]*)\r?$"
    r"|^[ \t]*\[\^[^\]\n]+\]:|^[ \t]{0,3}\[[^\]\n]+\]:[ \t]*<?(?:https?:|[/#])\S*[^\n]*"
    r"|^[ \t]*(?=[>#*+-])(?:>[ \t]?)*(?:[ \t]*[-*+][ \t]++(?:\[[ xX]\][ \t]+)?)*(?:[ \t]*#{1,6}(?=[ \t]))?[ \t]*"
)
_CLOSING = compiled(r"(?m)^#{1,6}[ \t][^\n]*?([ \t]+#+[ \t]*)\r?$")  # of a heading
_RAISED = r"<sup>(?:(?<=[a-zA-Z]<sup>)(?=[23]</sup>)|[^<\n]{1,6}(?=</sup>))"  # a note's mark; 2 stays in km<sup>2</sup>
_TARGET = r"\([^()\n]{0,999}+(?:\([^()\n]{0,99}+\)[^()\n]{0,999}+){0,9}\)"
_INLINE = compiled(
    rf"\\(?=[!-/:-@\[-`{{}}~])|!\[[^\[\]\n]{{0,300}}+\]{_TARGET}|\[\^[^\[\]\n]{{1,60}}+\]"
    rf"|<!--(?s:(?:(?!-->|<!--).)*+)-->|{_RAISED}|</?[a-zA-Z][^<>]*>|&(?:nbsp|emsp|ensp|#160|#12288);"
)
_SAME_PARAGRAPH = r"[^{}\n]|\n(?![ \t]*\r?\n)"
_PAIRS = (
    compiled(rf"(?<!!)(\[)[^\[\]\n]{{1,300}}+(\]{_TARGET})"),
    compiled(rf"(\*\*)(?=\S)(?:{_SAME_PARAGRAPH.format('*')}|\*(?!\*))+?(?<=\S)(\*\*)"),
    compiled(rf"(?<![*\d])(\*)(?=[^\s*])(?:{_SAME_PARAGRAPH.format('*')})*?(?<=\S)(\*)(?!\d)"),
    compiled(rf"(?<![\\\w])(__?)(?=[^\s_])(?:{_SAME_PARAGRAPH.format('_')}|(?<=\w)_(?=\w))*?(?<=[^\s_])(\1)(?!\w)"),
    compiled(r"(?<!`)(`{1,2})(?=[^`])[^`\n]+(\1)(?!`)"),
)
_DELIMITER = compiled(r"(?m)^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?$")
_BAR = compiled(r"(?<!\\)\|")
_TABLE = compiled(r"(?si)<table\b(?:(?!</?table\b).)*+</table>")
_ROW = compiled(r"(?si)<tr\b.*?(?=<tr\b|</table>)")
_CELL = compiled(r"(?si)<t[dh]\b([^<>]*)>(.*?)(?=<t[dh]\b|</t[dhr]>|</table>|\Z)")
_SPANS = {name: compiled(rf"(?i)\b{name}\s*=\s*[\"']?(\d{{1,4}})") for name in ("colspan", "rowspan")}


def is_markdown(text: str) -> bool:
    """Whether a text is marked up: it has headings, and other marks beside them.

    >>> is_markdown("# 工作要点\\n\\n## 一、目标\\n\\n**新建**学校5所。"), is_markdown("1. 新建学校5所\\n# 注")
    (True, False)
    """
    return len(_HEADING.findall(text)) >= 2 and len(_MARKS.findall(text)) >= 3


def read_markdown(source: Source) -> Source:
    """The Source of a text that is Markdown: the same text, its marks furniture."""
    marks = [*find_marks(source.text), *source.furniture]
    struck = [Span(*match.span()) for match in _STRUCK.finditer(source.text)]
    plain = veil(source.text, marks + struck)
    return replace(
        source,
        media_type="text/markdown",
        furniture=tuple(sorted(marks + struck)),
        tables=tuple(sorted([*_piped(plain), *_in_html(source.text, plain)], key=_start)),
        warnings=(*source.warnings, *[STRUCK_OUT] * bool(struck)),
    )


def find_marks(text: str) -> list[Span]:
    """The marks of a text, in no order.

    >>> veil("## 一、**新建**[学校](a.html)5所", find_marks("## 一、**新建**[学校](a.html)5所")).replace(VEIL, "")
    '一、新建学校5所'
    """
    marks = [Span(*m.span()) for pattern in (_OPENING, _INLINE) for m in pattern.finditer(text) if m[0].strip()]
    marks += [Span(*match.span(1)) for match in _CLOSING.finditer(text)]
    for pattern in _PAIRS:
        plain = veil(text, marks)  # so that no bullet or stronger mark begins a weaker one
        marks += [Span(*match.span(side)) for match in pattern.finditer(plain) for side in (1, 2)]
    return marks


# ---------------------------------------------------------------- tables


def _start(table: Table) -> int:
    return next(cell.start for row in table.rows for cell in row if cell is not None)


def _piped(plain: str) -> Iterator[Table]:
    """The tables whose cells bars part: a header, a line of dashes, rows up to a blank line."""
    start = 0  # of what stands behind the last table
    for delimiter in _DELIMITER.finditer(plain):
        header = plain.rfind("\n", 0, max(0, delimiter.start() - 1)) + 1
        rows = [_cells(plain, header, delimiter.start())]
        if header < start or "|" not in delimiter[0] or len(rows[0]) != len(_cells(plain, *delimiter.span())):
            continue
        start = delimiter.end() + 1
        while start < len(plain) and "|" in (line := plain[start : _line_end(plain, start)]):
            rows.append(_cells(plain, start, start + len(line)))
            start += len(line) + 1
        yield Table(tuple(tuple(row) for row in rows))


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _cells(plain: str, start: int, end: int) -> list[Cell]:
    """The cells of a line; the bars at its ends part none."""
    edges = [start - 1, *(bar.start() for bar in _BAR.finditer(plain, start, end)), end]
    cells = [_cell(plain, a + 1, b) for a, b in pairwise(edges)]
    first, last = (not plain[a + 1 : b].strip(" \t\r\n" + VEIL) for a, b in (edges[:2], edges[-2:]))
    return cells[bool(first and len(edges) > 2) : len(cells) - bool(last and len(edges) > 2)]


def _cell(plain: str, start: int, end: int) -> Cell:
    """The cell of a stretch without the marks around its words."""
    blank = " \t\r\n\u3000" + VEIL
    written = plain[start:end]
    start += len(written) - len(written.lstrip(blank)) if written.strip(blank) else 0
    written = written.strip(blank)
    return Cell(" ".join(written.replace(VEIL, "").split()), start, start + len(written))


def _in_html(text: str, plain: str) -> Iterator[Table]:
    """The tables that are written in HTML."""
    for table in _TABLE.finditer(text):
        rows = [list(_html_cells(text, plain, *row.span())) for row in _ROW.finditer(text, *table.span())]
        if len(rows) > 1 and max(map(len, rows)) > 1:
            yield Table(tuple(tuple(row) for row in lay_out(rows)))


def _html_cells(text: str, plain: str, start: int, end: int) -> Iterator[tuple[Cell, int, int]]:
    for cell in _CELL.finditer(text, start, end):
        columns, rows = (int(found[1]) if (found := _SPANS[name].search(cell[1])) else 1 for name in _SPANS)
        yield _cell(plain, *cell.span(2)), columns, rows
