"""XLSX: records, outline, ledger and documents as sheets, safe to open, sort and filter.

Values are those of the contract, never scaled for display: a percentage is 93 with the unit %, and sorts as a number.
What a cell cannot hold is not lost: long texts go on in columns beside theirs, numbers over 15 digits are texts.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.url import Url, UrlTypes
from xlsxwriter.worksheet import Worksheet

from planparse.model import Document, PlanparseError
from planparse.write import Column
from planparse.write.exact import is_exact

ROWS, CHARACTERS, LINKS = 1_048_575, 32_767, 65_530  # what Excel holds
FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900: earlier days are one off in other spreadsheets
NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")  # not even escaped; other control characters are, as _x0001_
CREATED = datetime(2000, 1, 1)  # a fixed one: same records, same bytes
UNTOUCHED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDEST = 40
ARROW = "↗"

HEADER = {"bold": True, "bg_color": "#D9E2EC", "bottom": 1}
ACHIEVED = {"italic": True, "bg_color": "#E8F1E4"}
DAY = {"num_format": "yyyy-mm-dd", "align": "left"}
LINK = {"font_color": "#0563C1", "underline": 1}


class Link(Url):  # type: ignore[misc]
    """What a cell leads to. xlsxwriter itself would write a path, and the slash of a fragment, with backslashes."""

    def _parse_url(self) -> None:
        self._link_type = UrlTypes.URL
        self._link, _, self._anchor = self._original_url.partition("#")
        self._relationship_link = self._link
        self._text = ARROW


class Sheet(NamedTuple):
    """A sheet: its name, its Chinese name, its columns, and what a document has rows of."""

    name: str
    zh: str
    columns: tuple[Column, ...]
    items: Callable[[Document], Iterable[Any]]


SOURCE = Column("source", "来源文件", lambda d, _: d.document.source)
OUTLINE = (
    SOURCE,
    Column("id", "编号", lambda _, n: n.id),
    Column("level", "层级", lambda _, n: n.level),
    Column("label", "序号", lambda _, n: n.label),
    Column("title", "标题", lambda _, n: n.title),
    Column("parent", "上级编号", lambda _, n: n.parent),
    Column("page", "页码", lambda _, n: n.page),
    Column("start", "起始位置", lambda _, n: n.start),
    Column("end", "结束位置", lambda _, n: n.end),
)
LEDGER = (
    SOURCE,
    Column("quote", "原文数字", lambda _, s: s.quote),
    Column("reason", "原因", lambda _, s: s.reason),
    Column("rule", "规则", lambda _, s: s.rule),
    Column("start", "起始位置", lambda _, s: s.start),
    Column("end", "结束位置", lambda _, s: s.end),
)
DOCUMENTS = (
    SOURCE,
    Column("title", "文件标题", lambda _, d: d.document.title),
    Column("issuer", "发文机关", lambda _, d: d.document.issuer),
    Column("doc_number", "文号", lambda _, d: d.document.doc_number),
    Column("period_start", "时期起", lambda _, d: d.document.period and d.document.period.start),
    Column("period_end", "时期止", lambda _, d: d.document.period and d.document.period.end),
    Column("status", "读取情况", lambda _, d: d.status),
    Column("warnings", "警告", lambda _, d: "\n".join(f"{w.message} [{w.code}]" for w in d.warnings)),
    Column("records", "记录数", lambda _, d: len(d.targets)),
    Column("skipped", "台账数", lambda _, d: len(d.skipped)),
    Column("pages", "页数", lambda _, d: d.document.pages),
    Column("characters", "字符数", lambda _, d: d.document.characters),
    Column("media_type", "格式", lambda _, d: d.document.media_type),
    Column("encoding", "编码", lambda _, d: d.document.encoding),
    Column("sha256", "SHA-256", lambda _, d: d.document.sha256),
)


def to_xlsx(
    documents: list[Document], columns: tuple[Column, ...], *, headers: str, review_link: str | None = None
) -> bytes:
    """The bytes of a workbook; PlanparseError when it would have more rows than a spreadsheet holds."""
    if review_link is not None:
        columns = (_link_column(documents, review_link), *columns)
    sheets = (
        Sheet("records", "记录", columns, lambda d: d.targets),
        Sheet("outline", "结构", OUTLINE, lambda d: d.outline),
        Sheet("ledger", "台账", LEDGER, lambda d: d.skipped),
        Sheet("documents", "文件", DOCUMENTS, lambda d: [d]),
    )
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, **UNTOUCHED}) as book:
        book.set_properties({"created": CREATED})
        styles = _Styles(book)
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.zh if headers == "zh" else sheet.name), sheet, documents, headers, styles)
    return out.getvalue()


def _link_column(documents: list[Document], page: str) -> Column:
    """The place of each record in the review page, in order; plain text where a sheet cannot hold more links."""
    addresses = [f"{page}#{number}/{target.id}" for number, d in enumerate(documents) for target in d.targets]
    links = iter([Link(address) for address in addresses[:LINKS]] + addresses[LINKS:])
    return Column("review", "核对", lambda d, t: next(links))


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.header = book.add_format(HEADER)
        self.of = {
            (kind, achieved): book.add_format({**style, **(ACHIEVED if achieved else {})})
            for kind, style in (("plain", {}), ("day", DAY), ("link", LINK))
            for achieved in (False, True)
        }


def _fill(page: Worksheet, sheet: Sheet, documents: list[Document], headers: str, styles: _Styles) -> None:
    items = [(document, item) for document in documents for item in sheet.items(document)]
    if len(items) > ROWS:
        raise PlanparseError(
            f"{len(items)} {sheet.name} are more than the {ROWS} rows of a spreadsheet; write CSV, or fewer documents",
            code="too-many-rows",
        )
    place = 0
    for column in sheet.columns:
        values = [_parts(column.value(document, item)) for document, item in items]
        for part in range(max(map(len, values), default=1)):
            header = column.header(headers) + (f" ({part + 1})" if part else "")
            page.write_string(0, place, header, styles.header)
            width = cell_len(header) + 3  # room for the filter's arrow
            for row, ((_, item), parts) in enumerate(zip(items, values, strict=True), 1):
                value = parts[part] if part < len(parts) else None
                _put(page, row, place, value, styles, getattr(item, "status", None) == "achieved")
                if value is not None and not isinstance(value, Link):
                    width = max(width, cell_len(str(value)[:WIDEST]) + 1)
            page.set_column(place, place, min(width, WIDEST))
            place += 1
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(items), place - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS + 1}"})


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


def _put(page: Worksheet, row: int, place: int, value: object, styles: _Styles, achieved: bool) -> None:
    plain = styles.of["plain", achieved]
    if value is None:
        page.write_blank(row, place, None, plain)
    elif isinstance(value, Link):
        page.write_url(row, place, value, styles.of["link", achieved])
    elif isinstance(value, date) and value >= FIRST_DAY:
        page.write_datetime(row, place, datetime(value.year, value.month, value.day), styles.of["day", achieved])
    elif isinstance(value, (int, float)) and is_exact(value):
        page.write_number(row, place, value, plain)
    else:
        page.write_string(row, place, str(value), plain)
