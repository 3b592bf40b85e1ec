"""XLSX: records, outline, ledger and documents as sheets.

Values are those of the contract, never scaled for display: a percentage is 93 with the unit %, and sorts as a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from planparse.model import Document, Skipped, Target
from planparse.write import COLUMNS, Column, terms
from planparse.write.workbook import LINKS, Link, Page, write_workbook

# What a reader looks at first, and prints; an order that --columns gives stays as it is.
FIRST = ("indicator", "comparator", "value", "unit")
AMOUNTS = ("value", "value_max", "baseline")
LINK = "open"
SECOND = ("quote", "value_max", "status", "change", "deadline", "as_of", "per", "page", "sentence")


class Sheet(NamedTuple):
    """A sheet: its name, its Chinese name, its columns, and what a document has rows of."""

    name: str
    zh: str
    columns: tuple[Column, ...]
    items: Callable[[Document], Iterable[Any]]


def _rejected(document: Document, entry: Skipped) -> Target | None:
    """The record behind an entry that a reviewer put into the ledger."""
    if entry.reason != "rejected":
        return None
    at = entry.start, entry.end
    return next((t for t in document.rejected if (t.start, t.end) == at and t.id in document.reviews), None)


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
    Column("reason", "原因", lambda _, s: s.reason, terms=terms.REASON),
    Column("sentence", "原句", lambda _, s: s.sentence),
    Column("id", "编号", lambda d, s: (found := _rejected(d, s)) and found.id),
    Column("reviewer", "审核人", lambda d, s: (found := _rejected(d, s)) and d.reviews[found.id].reviewer),
    Column("note", "备注", lambda d, s: (found := _rejected(d, s)) and d.reviews[found.id].note),
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
    Column("status", "读取情况", lambda _, d: d.status, terms=terms.DOCUMENT_STATUS),
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
    if columns == COLUMNS:
        columns = _for_reading(columns)
    if review_link is not None:
        columns = (_link_column(documents, review_link), *columns)
    sheets = (
        Sheet("records", "记录", columns, lambda d: d.targets),
        Sheet("outline", "结构", OUTLINE, lambda d: d.outline),
        Sheet("ledger", "台账", LEDGER, lambda d: d.skipped),
        Sheet("documents", "文件", DOCUMENTS, lambda d: [d]),
    )
    return write_workbook(_page(sheet, documents, headers) for sheet in sheets)


def _for_reading(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with those in front that a reader wants first."""
    by_name = {column.name: column for column in columns}
    return (
        *(by_name[name] for name in (*FIRST, *SECOND)),
        *(column for column in columns if column.name not in (*FIRST, *SECOND)),
    )


def _leading(columns: tuple[Column, ...], names: tuple[str, ...]) -> int:
    """How many columns there are before the first that is none of these and no link."""
    places = (i for i, column in enumerate(columns) if column.name not in (*names, LINK))
    return next(places, len(columns))


def _page(sheet: Sheet, documents: list[Document], headers: str) -> Page:
    """A sheet with its rows, those of achieved records told apart."""
    items = [(document, item) for document in documents for item in sheet.items(document)]
    return Page(
        sheet.zh if headers == "zh" else sheet.name,
        [column.header(headers) for column in sheet.columns],
        [[column.cell(document, item, headers) for column in sheet.columns] for document, item in items],
        [getattr(item, "status", None) == "achieved" for _, item in items],
        frozen=_leading(sheet.columns, FIRST),
        printed=_leading(sheet.columns, (*FIRST, *SECOND)),
        amounts=frozenset(i for i, column in enumerate(sheet.columns) if column.name in AMOUNTS),
    )


def _link_column(documents: list[Document], page: str) -> Column:
    """The place of each record in the review page, in order; plain text where a sheet cannot hold more links."""
    addresses = [f"{page}#{d.document.sha256[:12]}/{target.id}" for d in documents for target in d.targets]
    links = iter([Link(address) for address in addresses[:LINKS]] + addresses[LINKS:])
    return Column(LINK, "打开", lambda d, t: next(links))
