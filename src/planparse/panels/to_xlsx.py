"""A panel as a workbook: what is planned and what is achieved, each a table of numbers whose cells lead to the row of
the long form with their sentence; why cells are empty; the documents."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planparse.model import PlanparseError
from planparse.panels.cells import Cell
from planparse.panels.columns import (
    CELLS,
    COMPARATORS,
    ORIGIN,
    VALUES_ZH,
    cell_sheet,
    cells_by_place,
    document_sheet,
    entry_link,
    gap_sheet,
    gap_text,
    gaps_by_place,
    in_chinese,
    measure_name,
)
from planparse.panels.gaps import Gap
from planparse.panels.table import Panel, Row
from planparse.write.exact import is_exact
from planparse.write.sheet import Sheet
from planparse.write.workbook import CHARACTERS, CREATED, HEADER, LINKS, NO_XML, ROWS, UNTOUCHED, Link

NAMES = {
    "en": {"planned": "planned", "achieved": "achieved", "long": "cells", "gaps": "gaps", "documents": "documents"},
    "zh": {"planned": "计划", "achieved": "已达", "long": "明细", "gaps": "缺项", "documents": "文件"},
}
FROZEN = 5  # place, level, year, status and period stay in sight
WHOLE, BROKEN = "#,##0", "#,##0.0#######"
WIDTHS = {"sentence": 60, "indicator": 24, "source": 24, "place": 16}


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.header = book.add_format({**HEADER, "text_wrap": True, "valign": "top"})
        self.plain = book.add_format()
        self.gap = book.add_format({"font_color": "#767676", "italic": True})
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1})
        self._book = book
        self._numbers: dict[tuple[str, bool, bool], Format] = {}

    def number(self, cell: Cell) -> Format:
        """A number with its comparator in sight; one that the document states otherwise elsewhere is marked."""
        sign, whole = COMPARATORS[cell.amount.comparator], isinstance(cell.amount.value, int)
        if (sign, whole, cell.agrees) not in self._numbers:
            shown = WHOLE if whole else BROKEN
            style = {"num_format": f'"{sign}"{shown}' if sign else shown, "align": "right"}
            marked = {} if cell.agrees else {"bg_color": "#FFF2CC"}
            self._numbers[sign, whole, cell.agrees] = self._book.add_format({**style, **marked})
        return self._numbers[sign, whole, cell.agrees]


class _Links(NamedTuple):
    """The rows of the long form and of the gaps that cells lead to, and how many links a workbook may still hold."""

    cells: dict[int, int]
    gaps: dict[int, int]
    left: list[int]

    def take(self) -> bool:
        self.left[0] -= 1
        return self.left[0] >= 0


def to_xlsx(panel: Panel, *, zh: bool = False, review_link: str | None = None) -> bytes:
    """The bytes of a workbook; PlanparseError when it would have more rows than a spreadsheet holds."""
    language = "zh" if zh else "en"
    if len(panel.cells) > ROWS:
        raise PlanparseError(
            "more cells than a spreadsheet holds; write Parquet, or ask for less", code="too-many-rows"
        )
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, **UNTOUCHED}) as book:
        book.set_properties({"created": CREATED})
        styles = _Styles(book)
        telling = [gap for gap in panel.gaps if gap.reason != "not stated"]
        links = _Links(
            {id(cell): row for row, cell in enumerate(panel.cells, 2)},
            {id(gap): row for row, gap in enumerate(telling, 2)},
            [LINKS - (len(panel.cells) if review_link else 0)],
        )
        for status, rows in groupby(panel.rows(), key=lambda row: row.status):
            _put_table(book.add_worksheet(NAMES[language][status]), panel, list(rows), styles, links, language)
        long = book.add_worksheet(NAMES[language]["long"])
        _put_sheet(long, cell_sheet(panel), styles, zh=zh)
        if review_link:
            _put_review(long, panel.cells, review_link, styles)
        _put_sheet(book.add_worksheet(NAMES[language]["gaps"]), gap_sheet(telling), styles, zh=zh)
        _put_sheet(book.add_worksheet(NAMES[language]["documents"]), document_sheet(panel), styles, zh=zh)
    return out.getvalue()


def _put_table(sheet: Worksheet, panel: Panel, rows: list[Row], styles: _Styles, links: _Links, language: str) -> None:
    measures, gap_columns = panel.measures([rows[0].status]), panel.gap_columns()
    cells, gaps = cells_by_place(panel), gaps_by_place(panel)
    heads = [heading.zh if language == "zh" else heading.name for heading, _ in ORIGIN]
    units = [f"{measure_name(m, language)}\n{m.unit}".rstrip() for m in measures]
    for place, text in enumerate([*heads, *units]):
        sheet.write_string(0, place, text, styles.header)
    for number, row in enumerate(rows, 1):
        for place, (heading, get) in enumerate(ORIGIN):
            words = VALUES_ZH.get(heading.name, {}) if language == "zh" else {}
            value = get(row)
            _put(sheet, number, place, words.get(str(value), value), styles.plain)
        for place, measure in enumerate(measures, len(ORIGIN)):
            if cell := cells.get((row, measure)):
                _put_cell(sheet, number, place, cell, styles, links, language)
            elif (gap := gaps.get((row, measure.indicator))) and gap_columns[row.status, measure.indicator] == measure:
                _put_gap(sheet, number, place, gap, styles, links, language)
    sheet.set_column(0, len(heads) - 1, 10)
    sheet.set_column(len(heads), len(heads) + len(measures) - 1, 16)
    _finish(sheet, len(rows), len(heads) + len(measures), FROZEN)


def _put_cell(
    sheet: Worksheet, row: int, place: int, cell: Cell, styles: _Styles, links: _Links, language: str
) -> None:
    """A number that leads to its sentence; a range, or a number that a spreadsheet would round, as text."""
    amount, style = cell.amount, styles.number(cell)
    text = f"{COMPARATORS[amount.comparator]}{amount.value}" + (f"–{amount.value_max}" if amount.value_max else "")
    if links.take():
        sheet.write_url(row, place, f"internal:'{NAMES[language]['long']}'!A{links.cells[id(cell)]}", style, text)
    if amount.value_max is None and is_exact(amount.value):
        sheet.write_number(row, place, amount.value, style)
    else:
        sheet.write_string(row, place, text, style)


def _put_gap(sheet: Worksheet, row: int, place: int, gap: Gap, styles: _Styles, links: _Links, language: str) -> None:
    words = VALUES_ZH["reason"] if language == "zh" else {"other words": "perhaps"}
    reason, said = words.get(gap.reason, gap.reason), gap_text(gap)
    if said and links.take():
        target = f"internal:'{NAMES[language]['gaps']}'!A{links.gaps[id(gap)]}"
        sheet.write_url(row, place, target, styles.gap, f"{reason}：{said}"[:80])
    else:
        sheet.write_string(row, place, f"{reason}：{said}"[:80] if said else "—", styles.gap)


def _put_sheet(sheet: Worksheet, content: Sheet, styles: _Styles, *, zh: bool) -> None:
    for place, heading in enumerate(content.columns):
        sheet.write_string(0, place, heading.zh if zh else heading.name, styles.header)
        sheet.set_column(place, place, WIDTHS.get(heading.name, 12))
    for number, row in enumerate((in_chinese(content) if zh else content).rows, 1):
        for place, value in enumerate(row):
            _put(sheet, number, place, value, styles.plain)
    _finish(sheet, len(content.rows), len(content.columns), 1)


def _put_review(sheet: Worksheet, cells: Sequence[Cell], review: str, styles: _Styles) -> None:
    place = len(CELLS)
    sheet.write_string(0, place, "review", styles.header)
    for row, cell in enumerate(cells[:LINKS], 1):
        sheet.write_url(row, place, Link(entry_link(cell.entry, cell.record, review)), styles.link)


def _put(sheet: Worksheet, row: int, place: int, value: object, style: Format) -> None:
    if value is None:
        return
    if isinstance(value, (int, float)) and is_exact(value):
        sheet.write_number(row, place, value, style)
        return
    text = str(value)
    if not text.isprintable() or len(text) > CHARACTERS:  # hardly ever: most texts are only looked at
        text = NO_XML.sub("\ufffd", text)[:CHARACTERS]
    sheet.write_string(row, place, text, style)


def _finish(sheet: Worksheet, rows: int, columns: int, frozen: int) -> None:
    sheet.freeze_panes(1, frozen)
    sheet.autofilter(0, 0, rows, columns - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
