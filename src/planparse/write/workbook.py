"""Workbooks: sheets of plain values, safe to open, sort and filter.

What a cell cannot hold is not lost: long texts go on in columns beside theirs, numbers over 15 digits are texts.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.url import Url, UrlTypes
from xlsxwriter.worksheet import Worksheet

from planparse.model import PlanparseError
from planparse.write.exact import is_exact

ROWS, CHARACTERS, LINKS = 1_048_575, 32_767, 65_530  # what Excel holds
FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900: earlier days are one off in other spreadsheets
NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")  # not even escaped; other control characters are, as _x0001_
CREATED = datetime(2000, 1, 1)  # a fixed one: same records, same bytes
UNTOUCHED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDEST = 40
ARROW = "↗"

HEADER = {"bold": True, "bg_color": "#D9E2EC", "bottom": 1}
SHADED = {"italic": True, "bg_color": "#E8F1E4"}
DAY = {"num_format": "yyyy-mm-dd", "align": "left"}
LINK = {"font_color": "#0563C1", "underline": 1}


class Link(Url):  # type: ignore[misc]
    """What a cell leads to. xlsxwriter itself would write a path, and the slash of a fragment, with backslashes."""

    def _parse_url(self) -> None:
        self._link_type = UrlTypes.URL
        self._link, _, self._anchor = self._original_url.partition("#")
        self._relationship_link = self._link
        self._text = ARROW


class Page(NamedTuple):
    """A sheet of a workbook: its name, its header, its rows of plain values, and which of these are told apart.

    The first `frozen` columns stay in sight, the first `printed` are printed (all of them for none). Numbers of the
    columns `amounts` have separators between thousands.
    """

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    shaded: Sequence[bool] = ()
    frozen: int = 0
    printed: int = 0
    amounts: frozenset[int] = frozenset()


def write_workbook(pages: Iterable[Page]) -> bytes:
    """The bytes of a workbook; PlanparseError when a page has more rows than a spreadsheet holds."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, **UNTOUCHED}) as book:
        book.set_properties({"created": CREATED})
        styles = _Styles(book)
        for page in pages:
            _fill(book.add_worksheet(page.name), page, styles)
    return out.getvalue()


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.header = book.add_format(HEADER)
        self.of = {
            (kind, shaded): book.add_format({**style, **(SHADED if shaded else {})})
            for kind, style in (("plain", {}), ("day", DAY), ("link", LINK))
            for shaded in (False, True)
        }

    def amount(self, value: float, shaded: bool) -> Format:
        """The format that shows a number with all its digits, and separators between its thousands."""
        digits = f"{value:.15g}"
        kind = "#,##0" + ("." + "0" * len(digits.partition(".")[2]) if "." in digits and "e" not in digits else "")
        if "e" in digits:
            return self.of["plain", shaded]
        if (kind, shaded) not in self.of:
            self.of[kind, shaded] = self.book.add_format({"num_format": kind, **(SHADED if shaded else {})})
        return self.of[kind, shaded]


def _fill(sheet: Worksheet, page: Page, styles: _Styles) -> None:
    if len(page.rows) > ROWS:
        raise PlanparseError(
            f"{len(page.rows)} {page.name} are more than a spreadsheet holds ({ROWS}); write CSV, or fewer documents",
            code="too-many-rows",
        )
    shaded = page.shaded or [False] * len(page.rows)
    place = 0
    for number, name in enumerate(page.header):
        values = [_parts(row[number]) for row in page.rows]
        for part in range(max(map(len, values), default=1)):
            header = name + (f" ({part + 1})" if part else "")
            sheet.write_string(0, place, header, styles.header)
            width = cell_len(header) + 3  # room for the filter's arrow
            for row, (parts, marked) in enumerate(zip(values, shaded, strict=True), 1):
                value = parts[part] if part < len(parts) else None
                if number in page.amounts and isinstance(value, (int, float)) and is_exact(value):
                    sheet.write_number(row, place, value, styles.amount(value, marked))
                else:
                    _put(sheet, row, place, value, styles, marked)
                if value is not None and not isinstance(value, Link):
                    shown = f"{value:,} " if number in page.amounts else str(value)[:WIDEST]
                    width = max(width, cell_len(shown) + 1)
            sheet.set_column(place, place, min(width, WIDEST))
            place += 1
    sheet.freeze_panes(1, page.frozen)
    _set_up_print(sheet, page)
    sheet.autofilter(0, 0, len(page.rows), place - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS + 1}"})


def _set_up_print(sheet: Worksheet, page: Page) -> None:
    """Landscape A4, as wide as a page, with the header on every one."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")
    if page.printed:
        sheet.print_area(0, 0, len(page.rows), page.printed - 1)


def _parts(value: object) -> list[object]:
    """A value as the cells it needs: one, or several for a text that is too long.

    >>> [len(part) for part in _parts("长" * 40_000)]
    [32767, 7233]
    """
    if not isinstance(value, str):
        return [value]
    value = NO_XML.sub("\ufffd", value)
    size = CHARACTERS if value.isascii() or max(value) < "\U00010000" else CHARACTERS // 2  # it counts in UTF-16
    return [value[start : start + size] for start in range(0, len(value), size)] or [None]


def _put(sheet: Worksheet, row: int, place: int, value: object, styles: _Styles, shaded: bool) -> None:
    plain = styles.of["plain", shaded]
    if value is None:
        sheet.write_blank(row, place, None, plain)
    elif isinstance(value, Link):
        sheet.write_url(row, place, value, styles.of["link", shaded])
    elif isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), styles.of["day", shaded])
    elif isinstance(value, (int, float)) and is_exact(value):
        sheet.write_number(row, place, value, plain)
    else:
        sheet.write_string(row, place, str(value), plain)
