"""A panel as sheets of plain values: the long form, one cell a row; the wide form, one row a document and period."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from planparse.indicators import indicator_row
from planparse.model import Target
from planparse.panels.cells import Cell, Entry
from planparse.panels.gaps import Gap
from planparse.panels.measures import Aspect, Measure
from planparse.panels.table import Panel, Row
from planparse.ruleset import per_ruleset
from planparse.write import Type
from planparse.write.sheet import Heading, Sheet
from planparse.write.terms import STATUS

ASPECT_ZH: dict[Aspect, str] = {
    "level": "",
    "growth": "增长",
    "rise": "增减",
    "points": "百分点",
    "lead": "之差",
    "rank": "位次",
    "other": "其他单位",
}
VALUES_ZH = {  # what the columns of a sheet hold in a few words of their own
    "status": STATUS,
    "level": {"country": "国家", "province": "省级", "city": "市级", "county": "县级", "township": "乡级"},
    "measure": {
        "level": "水平",
        "growth": "增长",
        "rise": "增减",
        "points": "百分点",
        "lead": "与他地之差",
        "rank": "位次",
    }
    | {"other": "其他单位"},
    "reason": {"other years": "其他年份", "other words": "名称相近", "no number": "没有数字", "not stated": "未提及"},
    "agrees": {"yes": "是", "no": "否"},
}
COMPARATORS = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ ", "range": ""}


@per_ruleset
def measure_name(measure: Measure, language: str) -> str:
    """What a column is called.

    >>> measure_name(Measure("gdp", "growth", "%", "年均"), "zh"), measure_name(Measure("gdp", "level", "元"), "en")
    ('GDP增长（年均）', 'gross domestic product of the area')
    """
    row = indicator_row(measure.indicator)
    assert row is not None
    notes = "，".join(filter(None, (measure.per, measure.since)))
    if language == "en":
        name = row["en"] if measure.aspect == "level" else f"{row['en']}, {measure.aspect}"
        return name + (f" ({notes})" if notes else "")
    return f"{row['name']}{ASPECT_ZH[measure.aspect]}" + (f"（{notes}）" if notes else "")


class Column(NamedTuple):
    """A column of the long form."""

    name: str
    zh: str
    value: Callable[[Cell], object]
    type: Type = "string"


def _record(get: Callable[[Target], object]) -> Callable[[Cell], object]:
    return lambda cell: get(cell.record)


LONG = (
    Column("place", "地区", lambda c: c.entry.name),
    Column("level", "层级", lambda c: c.entry.origin.level),
    Column("year", "文件年份", lambda c: c.entry.origin.year, "integer"),
    Column("indicator_id", "指标编码", lambda c: c.measure.indicator),
    Column("indicator", "指标", lambda c: measure_name(c.measure, "zh")),
    Column("measure", "口径", lambda c: c.measure.aspect),
    Column("per", "频次或口径", lambda c: c.measure.per),
    Column("since", "基期", lambda c: c.measure.since),
    Column("status", "状态", lambda c: c.status),
    Column("period", "时期", lambda c: c.period and c.period.label),
    Column("until", "截止年份", lambda c: c.period and c.period.until, "integer"),
    Column("comparator", "比较", lambda c: c.amount.comparator),
    Column("value", "值", lambda c: c.amount.value, "number"),
    Column("value_max", "值上限", lambda c: c.amount.value_max, "number"),
    Column("unit", "单位", lambda c: c.measure.unit or None),
    Column("quote", "原文数字", _record(lambda t: t.quote)),
    Column("sentence", "原句", _record(lambda t: t.sentence)),
    Column("source", "来源文件", lambda c: c.entry.document.document.source),
    Column("page", "页码", _record(lambda t: t.page), "integer"),
    Column("id", "编号", _record(lambda t: t.id)),
    Column("others", "另有记录", lambda c: "、".join(t.id for t in c.others) or None),
    Column("agrees", "各处一致", lambda c: "yes" if c.agrees else "no"),
)
CELLS = (  # of these, those that a workbook's list of cells has
    *("place", "indicator", "status", "period", "comparator", "value", "value_max", "unit"),
    *("sentence", "page", "id", "others"),
)
DOCUMENTS = (
    Heading("place", "地区"),
    Heading("level", "层级"),
    Heading("year", "文件年份"),
    Heading("title", "文件标题"),
    Heading("source", "来源文件"),
)
GAPS: tuple[tuple[Heading, Callable[[Gap], object]], ...] = (
    (Heading("place", "地区"), lambda g: g.entry.name),
    (Heading("year", "文件年份"), lambda g: g.entry.origin.year),
    (Heading("indicator_id", "指标编码"), lambda g: g.indicator),
    (Heading("indicator", "指标"), lambda g: measure_name(Measure(g.indicator, "level", ""), "zh")),
    (Heading("status", "状态"), lambda g: g.status),
    (Heading("period", "时期"), lambda g: g.period and g.period.label),
    (Heading("reason", "缺因"), lambda g: g.reason),
    (Heading("perhaps", "原文中相近"), lambda g: gap_text(g) or None),
    (Heading("source", "来源文件"), lambda g: g.entry.document.document.source),
)
ORIGIN: tuple[tuple[Heading, Callable[[Row], object]], ...] = (
    (Heading("place", "地区"), lambda r: r.entry.name),
    (Heading("level", "层级"), lambda r: r.entry.origin.level),
    (Heading("year", "文件年份"), lambda r: r.entry.origin.year),
    (Heading("status", "状态"), lambda r: r.status),
    (Heading("period", "时期"), lambda r: r.period and r.period.label),
    (Heading("source", "来源文件"), lambda r: r.entry.document.document.source),
)


def long_sheet(panel: Panel) -> Sheet:
    """One row a cell, what does not convert included."""
    return Sheet(
        "panel",
        tuple(Heading(column.name, column.zh) for column in LONG),
        [tuple(column.value(cell) for column in LONG) for cell in panel.cells],
    )


def cell_sheet(panel: Panel) -> Sheet:
    """The long form as a workbook has it: what its tables and its list of documents do not say already."""
    columns = [column for column in LONG if column.name in CELLS]
    return Sheet(
        "cells",
        tuple(Heading(column.name, column.zh) for column in columns),
        [tuple(column.value(cell) for column in columns) for cell in panel.cells],
    )


def gap_sheet(gaps: Iterable[Gap]) -> Sheet:
    """One row a gap: why there is no number, and the nearest thing that the document says."""
    return Sheet("gaps", tuple(heading for heading, _ in GAPS), [tuple(get(gap) for _, get in GAPS) for gap in gaps])


def document_sheet(panel: Panel) -> Sheet:
    """One row a document: whose it is."""
    rows: list[tuple[object, ...]] = [
        (e.name, e.origin.level, e.origin.year, e.document.document.title, e.document.document.source)
        for e in panel.entries
    ]
    return Sheet("documents", DOCUMENTS, rows)


def wide_sheet(panel: Panel) -> Sheet:
    """One row a document, status and period; for each measure its comparator, its value and the id of its record."""
    measures = panel.measures()
    by_place = cells_by_place(panel)
    headings = [heading for heading, _ in ORIGIN]
    for measure in measures:
        name, unit = measure_name(measure, "zh"), f"（{measure.unit}）" if measure.unit else ""
        headings += [
            Heading(f"{measure.key}:comparator", f"{name}·比较"),
            Heading(measure.key, name + unit),
            Heading(f"{measure.key}:max", f"{name}·上限"),
            Heading(f"{measure.key}:id", f"{name}·编号"),
        ]
    rows = []
    for row in panel.rows():
        values = [get(row) for _, get in ORIGIN]
        for measure in measures:
            cell = by_place.get((row, measure))
            values += _wide(cell) if cell else [None] * 4
        rows.append(tuple(values))
    return Sheet("panel", tuple(headings), rows)


def _wide(cell: Cell) -> list[object]:
    return [cell.amount.comparator, cell.amount.value, cell.amount.value_max, cell.record.id]


def cells_by_place(panel: Panel) -> dict[tuple[Row, Measure], Cell]:
    """The cell of each row and measure that has one."""
    return {(Row(cell.status, cell.entry, cell.period), cell.measure): cell for cell in panel.cells}


def gaps_by_place(panel: Panel) -> dict[tuple[Row, str], Gap]:
    """The gap of each row and indicator that has one."""
    return {(Row(gap.status, gap.entry, gap.period), gap.indicator): gap for gap in panel.gaps}


def in_chinese(sheet: Sheet) -> Sheet:
    """The same sheet with the words of its own in Chinese; what documents say is left as it is."""
    words = [VALUES_ZH.get(heading.name, {}) for heading in sheet.columns]
    rows = [
        tuple(own.get(value, value) if isinstance(value, str) else value for own, value in zip(words, row, strict=True))
        for row in sheet.rows
    ]
    return replace(sheet, rows=rows)


def gap_text(gap: Gap) -> str:
    """The nearest thing that the document says, for a person to judge."""
    return gap.words or "；".join(f"{record.indicator} {record.quote}" for record in gap.records)


def entry_link(entry: Entry, record: Target, review: str) -> str:
    """The address of a record in a review page, by the digest of its document, so that their order does not count."""
    digest = entry.document.document.sha256[:12]
    return f"{review}#{digest or entry.number}/{record.id}"
