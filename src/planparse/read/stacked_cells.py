"""Tables of which a file has kept but the cells, one a line: a header, and below it rows of as many lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from planparse.cache import compiled
from planparse.model import Cell, Table

LEAST_COLUMNS, MOST_COLUMNS, LEAST_ROWS, LONGEST = 3, 8, 2, 30
_NAME = compiled(r"序号|(?:主要)?指标(?:名称)?|项目(?:名称)?|类别|名称|任务|地区|区域")
_AMOUNTS = compiled(r"(?:19|20)\d{2}|目标|规划|计划|完成|实际|现状|基期|增[长速减]")
_FIGURE = compiled(r"[〔［\[（(≥≤><＞＜~～约+-]*\d[\d.,%％—–~～-]*[〕］\]）)]*(?:以上|以内|左右)?|[-—–/]+")
_WORDS = compiled(r"\p{Han}{2}|[%％‰]|\p{Han}")
_PROSE = compiled(r"[，。；：]")


def find_stacked(text: str) -> Iterator[Table]:
    """The tables of a text whose cells stand one a line.

    >>> table, = find_stacked("指标\\n单位\\n2025年\\n学位\\n个\\n800\\n床位\\n张\\n90\\n")
    >>> [[cell.text for cell in row] for row in table.rows]
    [['指标', '单位', '2025年'], ['学位', '个', '800'], ['床位', '张', '90']]
    """
    cells = _lines(text)
    i = 0
    while i < len(cells):
        rows = _rows_from(cells, i)
        if rows and len(_rows_from(cells, i + 1)) < len(rows):  # 主要指标 above the head 指标名称 is but a caption
            yield Table(tuple(rows))
            i = next(k for k, cell in enumerate(cells) if cell is rows[-1][-1])
        i += 1


def _lines(text: str) -> list[Cell]:
    """The lines that hold anything."""
    lines = text.splitlines(keepends=True)
    starts = accumulate(map(len, lines), initial=0)
    bare = ((start + len(line) - len(line.lstrip()), line.strip()) for start, line in zip(starts, lines, strict=False))
    return [Cell("".join(words.split()), start, start + len(words)) for start, words in bare if words]


def _rows_from(cells: Sequence[Cell], first: int) -> list[tuple[Cell, ...]]:
    """The rows of the table whose header begins with a line: of as many columns as give most of them, the most such."""
    if first == len(cells) or not _NAME.fullmatch(cells[first].text):
        return []
    found = (_rows_of(cells, first, width) for width in range(MOST_COLUMNS, LEAST_COLUMNS - 1, -1))
    rows = max(found, key=len)
    return rows if len(rows) > LEAST_ROWS else []


def _rows_of(cells: Sequence[Cell], first: int, width: int) -> list[tuple[Cell, ...]]:
    """A header of so many lines and the rows below it, all with their figures under the same heads."""
    header = tuple(cells[first : first + width])
    heads = [cell.text for cell in header]
    figures = [bool(_AMOUNTS.search(head)) for head in heads]
    if not any(figures) or any(len(head) > LONGEST / 2 or _FIGURE.fullmatch(head) for head in heads):
        return []
    rows, at = [header], first + width
    while at + width <= len(cells):
        row = tuple(cells[at : at + width])
        if all(map(_fits, row, heads, figures)):
            rows.append(row)
            at += width
        elif _WORDS.match(cells[at].text) and len(cells[at].text) <= LONGEST and not _PROSE.search(cells[at].text):
            at += 1  # the name of a group
            if not all(map(_fits, cells[at : at + width], heads, figures)) or at + width > len(cells):
                break
        else:
            break
    return rows


def _fits(cell: Cell, head: str, figure: bool) -> bool:
    """Whether a cell can stand under a head: a figure under a year, words under the rest."""
    if len(cell.text) > LONGEST or _PROSE.search(cell.text):
        return False
    return head == "序号" or bool(_FIGURE.fullmatch(cell.text)) == figure
