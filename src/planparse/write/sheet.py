"""A table of plain values: what `eval`, `diff` and `fulfil` hand to the writers of CSV, JSON, HTML and spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from planparse.characters import columns as width
from planparse.write.to_csv import field


class Heading(NamedTuple):
    """A column: its name in data, and its header for readers of Chinese."""

    name: str
    zh: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under columns. A value is a str, int, float, date, or None for an empty cell."""

    title: str
    columns: tuple[Heading, ...]
    rows: list[tuple[object, ...]]


def sheet_csv(sheet: Sheet, *, bom: bool = False, zh: bool = False) -> str:
    """CSV by RFC 4180, safe to open in a spreadsheet."""
    lines = [_header(sheet, zh), *([field(value) for value in row] for row in sheet.rows)]
    return ("\ufeff" if bom else "") + "".join(",".join(line) + "\r\n" for line in lines)


def sheet_xlsx(sheet: Sheet, *, zh: bool = False) -> bytes:
    """A workbook of one sheet, with numbers and days as such."""
    from planparse.write.workbook import Page, write_workbook

    return write_workbook([Page("对照" if zh else "comparison", _header(sheet, zh), sheet.rows)])


def _header(sheet: Sheet, zh: bool) -> list[str]:
    return [column.zh if zh else column.name for column in sheet.columns]


def sheet_text(sheet: Sheet) -> str:
    """The rows in aligned columns, hanzi two wide: text to the left, numbers to the right.

    >>> print(sheet_text(Sheet("", (Heading("name", "名"), Heading("n", "数")), [("规划", 0.5), ("a", 12)])), end="")
    name      n
    规划  0.500
    a        12
    """
    body = [[_shown(value) for value in row] for row in sheet.rows]
    head = [column.name for column in sheet.columns]
    widths = [max(width(line[i]) for line in [head, *body]) for i in range(len(head))]
    right = [bool(sheet.rows) and all(isinstance(row[i], (int, float)) for row in sheet.rows) for i in range(len(head))]
    lines = [
        "  ".join(_padded(text, wide, to) for text, wide, to in zip(line, widths, right, strict=True))
        for line in [head, *body]
    ]
    return "".join(line.rstrip() + "\n" for line in lines)


def _shown(value: object) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _padded(text: str, wide: int, right: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if right else text + space
