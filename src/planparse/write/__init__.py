"""Stage 6, write: the columns are known once, here; each format is a small module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from planparse.model import Document, Target
from planparse.write import terms

if TYPE_CHECKING:
    from planparse.page_images import PageImage

Type = Literal["string", "number", "integer", "date"]


class Column(NamedTuple):
    """A column of the flat forms: its name, its Chinese header, the value a record has in it, and that value's type.

    `terms` are its codes in Chinese, where its values are codes.
    """

    name: str
    zh: str
    value: Callable[[Document, Any], object]
    type: Type = "string"
    terms: Mapping[str, str] = {}

    def cell(self, document: Document, item: Any, language: str) -> object:
        """The value of a cell for readers of a language."""
        value = self.value(document, item)
        return terms.in_chinese(value, self.terms) if self.terms and language == "zh" else value

    def header(self, language: str) -> str:
        return self.zh if language == "zh" else self.name


def _time_end(status: str) -> Callable[[Document, Target], object]:
    return lambda _, t: t.time.end if t.time is not None and t.status == status else None


def _time(name: str) -> Callable[[Document, Target], object]:
    return lambda _, t: getattr(t.time, name) if t.time is not None else None


def _field(name: str) -> Callable[[Document, Target], object]:
    return lambda _, t: getattr(t, name)


def _review(name: str) -> Callable[[Document, Target], object]:
    return lambda d, t: getattr(d.reviews[t.id], name) if t.id in d.reviews else None


COLUMNS = (
    Column("source", "来源文件", lambda d, _: d.document.source),
    Column("title", "文件标题", lambda d, _: d.document.title),
    Column("section", "章节", lambda _, t: " > ".join(t.section)),
    Column("heading", "所在标题", _field("heading")),
    Column("status", "状态", _field("status"), terms=terms.STATUS),
    Column("kind", "类型", _field("kind"), terms=terms.KIND),
    Column("indicator", "指标", _field("indicator")),
    Column("indicator_id", "指标编码", _field("indicator_id")),
    Column("action", "动作", _field("action")),
    Column("comparator", "比较", _field("comparator")),
    Column("value", "目标值", _field("value"), "number"),
    Column("value_max", "目标值上限", _field("value_max"), "number"),
    Column("unit", "单位", _field("unit")),
    Column("change", "增减", _field("change"), terms=terms.CHANGE),
    Column("baseline", "基期值", _field("baseline"), "number"),
    Column("baseline_text", "基期说明", _field("baseline_text")),
    Column("per", "频次或口径", _field("per")),
    Column("binding", "指标属性", _field("binding"), terms=terms.BINDING),
    Column("responsible", "责任单位", lambda _, t: "、".join(t.responsible)),
    Column("deadline", "完成时限", _time_end("planned"), "date"),
    Column("as_of", "截至时间", _time_end("achieved"), "date"),
    Column("time_text", "时间原文", _time("text")),
    Column("time_start", "时间起", _time("start"), "date"),
    Column("time_end", "时间止", _time("end"), "date"),
    Column("time_basis", "时间依据", _time("basis"), terms=terms.BASIS),
    Column("quote", "原文数字", _field("quote")),
    Column("sentence", "原句", _field("sentence")),
    Column("page", "页码", _field("page"), "integer"),
    Column("start", "起始位置", _field("start"), "integer"),
    Column("end", "结束位置", _field("end"), "integer"),
    Column("table", "表格位置", lambda _, t: f"{t.table.index}/{t.table.row}/{t.table.column}" if t.table else None),
    Column("rule", "规则", _field("rule")),
    Column("confidence", "置信度", _field("confidence"), "number"),
    Column("id", "编号", _field("id")),
    Column("review", "审核", _review("verdict"), terms=terms.VERDICT),
    Column("reviewer", "审核人", _review("reviewer")),
    Column("note", "备注", _review("note")),
)

OPTIONAL = (Column("why", "判定依据", lambda _, t: "; ".join(f"{part}: {rule}" for part, rule in t.why.items())),)
"""Columns that are written where they are named."""

FORMATS = ("json", "jsonl", "csv", "csv.gz", "xlsx", "parquet", "sqlite", "html", "table")
BINARY = ("csv.gz", "xlsx", "parquet", "sqlite")
SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".csv.gz": "csv.gz",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".db": "sqlite",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".html": "html",
    ".htm": "html",
}


def format_of(path: Path) -> str | None:
    """The format that a file's suffix asks for, or None."""
    return SUFFIXES.get("".join(path.suffixes[-2:]).lower()) or SUFFIXES.get(path.suffix.lower())


def render(
    documents: list[Document],
    form: str,
    *,
    bom: bool = False,
    headers: str = "en",
    columns: Iterable[str] = (),
    review_link: str | None = None,
    page_images: Sequence[Sequence[PageImage]] = (),
    sort: str = "place",
    against: Sequence[Document] = (),
    before: Path | None = None,
) -> str | bytes:
    """The output of a format as a whole; `columns` chooses and orders those of the flat forms.

    `review_link` is the address of the review page that the records of a spreadsheet link to; `page_images` are the
    pictures of each document's pages, for the review page itself, which lists the records in the order of `sort`:
    by place, or by confidence, the least sure first; it shows where it differs from the same documents `against` it.
    `before` is the database that the documents are added to.
    """
    if form == "json":
        from planparse.write.to_json import to_json

        return to_json(documents)
    if form == "jsonl":
        from planparse.write.to_jsonl import to_jsonl

        return to_jsonl(documents, choose(columns))
    if form == "xlsx":
        from planparse.write.to_xlsx import to_xlsx

        return to_xlsx(documents, choose(columns), headers=headers, review_link=review_link)
    if form == "parquet":
        from planparse.write.to_parquet import to_parquet

        return to_parquet(documents, choose(columns))
    if form == "sqlite":
        from planparse.write.to_sqlite import to_sqlite

        return to_sqlite(documents, before)
    if form == "html":
        from planparse.write.to_review import to_review

        return to_review(documents, page_images, sort=sort, against=against)
    from planparse.write.to_csv import compressed, to_csv

    content = to_csv(documents, choose(columns), bom=bom, headers=headers)
    return compressed(content.encode()) if form == "csv.gz" else content


def choose(names: Iterable[str]) -> tuple[Column, ...]:
    """The columns of these names, in either language, in this order; all of them for none.

    ValueError names an unknown one.
    """
    names = list(names)
    if not names:
        return COLUMNS
    by_name = {name: column for column in (*COLUMNS, *OPTIONAL) for name in (column.name, column.zh)}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        known = ", ".join(f"{column.name} {column.zh}" for column in (*COLUMNS, *OPTIONAL))
        raise ValueError(f"there is no column {unknown[0]!r}; the columns are {known}; either name will do")
    return tuple(by_name[name] for name in names)
