"""Indicator tables: every numeric cell of an indicator row becomes a record, dated by its column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from planparse.cache import compiled
from planparse.characters import fold
from planparse.indicators import find_indicator
from planparse.model import Cell, Change, Comparator, Kind, Place, Reason, Skipped, Source, Span, Table, Target, Time
from planparse.numerals import parse_amount, plain
from planparse.rules import unit_table

Period = tuple[date | None, date | None]
_NAME = compiled(r"指标|名称|项目|内容|任务")
_UNIT = compiled(r"单位|计量")
_ATTRIBUTE = compiled(r"属性|性质|类型")
_NUMBER = compiled(r"序号|编号|^#$")
_BODY = compiled(r"责任|牵头|负责|部门")
_YEAR = compiled(r"(?P<year>(?:19|20)\d{2})")
_GROWTH = compiled(r"年均|增速|增长|增幅")
_UNIT_IN_NAME = compiled(r"[（(](?P<unit>[^（）()]{1,14})[）)]\s*$|[,，:：]\s*(?P<unit>[%万亿\w/]{1,8})$")
_HANZI = compiled(r"[\u4e00-\u9fff]")
_LETTER = compiled(r"[\u4e00-\u9fffA-Za-z%‰℃]")
_COMMA = compiled(r"[、，,]")
_NUMBERING = compiled(r"^[\d.、\s（）]+|\s+|\*")
_DIGITS = compiled(r"\d[\d.,]*")
_CELL = compiled(
    r"(?P<before>[≥≤><＞＜~≈约]|不低于|不少于|不超过|大于|小于|超过)?=?\s*(?P<low>\d[\d,]*(?:\.\d+)?)(?:[-—–~～至](?P<high>\d[\d,]*(?:\.\d+)?))?\s*"
    r"(?P<unit>[万亿]?(?:%|(?!左右|以上|以下|以内)[\u4e00-\u9fff/（）]{1,8}?)?)(?P<after>以上|以内|以下|左右)?"
)
_SYMBOLS: dict[str, Comparator] = {
    "≥": ">=",
    "不低于": ">=",
    "不少于": ">=",
    "以上": ">=",
    "≤": "<=",
    "不超过": "<=",
    "以内": "<=",
    "以下": "<=",
    ">": ">",
    "＞": ">",
    "大于": ">",
    "超过": ">",
    "<": "<",
    "＜": "<",
    "小于": "<",
    "约": "~",
    "≈": "~",
    "~": "~",
    "左右": "~",
}
_BINDING: dict[str, Literal["binding", "expected"]] = {"约束": "binding", "预期": "expected"}


class Columns(NamedTuple):
    """What the columns of a table hold, as its header says. A name may have several, the most special last."""

    names: tuple[int, ...]
    unit: int | None
    attribute: int | None
    number: int | None
    body: int | None
    years: dict[int, int]
    growth: frozenset[int]
    header_rows: int  # with a caption above


Identify = Callable[[str, str], str]


def read_tables(source: Source, period: Period, identify: Identify) -> tuple[list[Target], list[Skipped]]:
    """The records of every indicator table of a source, and the numbers in it that are none."""
    targets: list[Target] = []
    skipped: list[Skipped] = []
    for index, table in enumerate(source.tables):
        columns = read_header(table)
        found = list(_rows(source, table, index, columns, period, identify)) if columns else []
        targets += found
        skipped += _rest(source, table, columns, [Span(t.start, t.end) for t in found])
    return targets, skipped


def read_header(table: Table) -> Columns | None:
    """The columns of an indicator table, or None when no column is named by a year or a target."""
    first = next((i for i, row in enumerate(table.rows) if sum(bool(cell and cell.text) for cell in row) > 1), 0)
    header = table.rows[first : first + 2]  # below a caption
    if len(header) > 1 and any(_is_value(c) for c in header[1]):
        header = header[:1]
    width = max(len(row) for row in table.rows)
    top = _spread(header[0])
    heads = [fold(" ".join(cell.text for row in (top, *header[1:]) if (cell := _at(row, i)))) for i in range(width)]
    name = _first(heads, _NAME)
    if name is None:
        return None
    names = tuple(i for i in range(name, width) if _at(top, i) == _at(top, name))
    years = {i: int(m["year"]) for i, head in enumerate(heads) if (m := _YEAR.search(head)) and i not in names}
    growth = frozenset(i for i, head in enumerate(heads) if i not in names and _GROWTH.search(head))
    if not years:
        return None
    return Columns(
        names,
        _first(heads, _UNIT),
        _first(heads, _ATTRIBUTE),
        _first(heads, _NUMBER),
        _first(heads, _BODY),
        {i: y for i, y in years.items() if i not in growth},
        growth,
        first + len(header),
    )


def _spread(row: tuple[Cell | None, ...]) -> tuple[Cell | None, ...]:
    """The uppermost row of a header, a cell that spans columns in all of them: nothing is above that would go on."""
    cells: list[Cell | None] = []
    for cell in row:
        cells.append(cells[-1] if cell is None and cells else cell)
    return tuple(cells)


def _first(heads: list[str], pattern: Any) -> int | None:
    return next((i for i, head in enumerate(heads) if pattern.search(head)), None)


def _is_value(cell: Cell | None) -> bool:
    return (
        cell is not None
        and _CELL.fullmatch(_bare(cell.text)) is not None
        and not _YEAR.fullmatch(fold(cell.text).strip("年"))
    )


def _bare(text: str) -> str:
    """A cell without the brackets that mark a total over the period: 〔800〕, [800]."""
    return fold(text).strip(" 〔〕[]［］*")


def _rows(
    source: Source,
    table: Table,
    index: int,
    columns: Columns,
    period: Period,
    identify: Identify,
) -> Iterator[Target]:
    for number, row in enumerate(table.rows[columns.header_rows :], columns.header_rows):
        title = _title(table, number, columns)
        if title is None or not _HANZI.search(title.text) or _texts(row) == _texts(table.rows[0]):
            continue  # no name, or a header that the next page repeats
        baseline: Decimal | None = None
        for column in sorted({**columns.years, **dict.fromkeys(columns.growth, 0)}):
            cell = _at(row, column)
            match = _CELL.fullmatch(_bare(cell.text)) if cell else None
            if cell is None or match is None:
                continue
            target = _target(
                source,
                table,
                Place(index=index, row=number, column=column),
                columns,
                cell,
                match,
                period,
                baseline,
                identify,
            )
            if target is None:
                continue
            if target.status == "achieved":
                baseline = Decimal(str(target.value))
            yield target


def _texts(row: tuple[Cell | None, ...]) -> list[str | None]:
    return [cell.text if cell else None for cell in row]


def _at(row: tuple[Cell | None, ...], column: int | None) -> Cell | None:
    return row[column] if column is not None and column < len(row) else None


def _merged(table: Table, row: int, column: int | None, columns: Columns) -> Cell | None:
    """The cell of a column, or the one above that goes on over it."""
    for above in table.rows[row : columns.header_rows - 1 : -1]:
        if column is None or column >= len(above):
            break
        if above[column] is not None:
            return above[column]
    return None


def _title(table: Table, row: int, columns: Columns) -> Cell | None:
    """The most special name that a row has."""
    own = [cell for i in columns.names if (cell := _at(table.rows[row], i)) and cell.text]
    return own[-1] if own else _merged(table, row, columns.names[-1], columns)


def _target(
    source: Source,
    table: Table,
    place: Place,
    columns: Columns,
    cell: Cell,
    match: Any,
    period: Period,
    baseline: Decimal | None,
    identify: Identify,
) -> Target | None:
    row = table.rows[place.row]
    title = _title(table, place.row, columns)
    assert title is not None
    unit_cell = _merged(table, place.row, columns.unit, columns)
    in_name = _UNIT_IN_NAME.search(title.text)
    written = match["unit"] or (unit_cell.text if unit_cell else "") or (in_name["unit"] if in_name else "")
    scale, kind, unit = read_unit(fold(written))
    low, high = parse_amount(match["low"]), parse_amount(match["high"]) if match["high"] else None
    if low is None:
        return None
    growth = place.column in columns.growth
    year = columns.years.get(place.column)
    achieved = year is not None and period[0] is not None and year < period[0].year
    quote = source.text[cell.start : cell.end].strip()
    begin = cell.start + source.text[cell.start : cell.end].index(quote)
    start, end = begin, begin + len(quote)
    attribute = _merged(table, place.row, columns.attribute, columns)
    body = _merged(table, place.row, columns.body, columns)
    indicator = fold(_UNIT_IN_NAME.sub("", title.text) if in_name and _is_unit(in_name["unit"]) else title.text)
    indicator = _NUMBERING.sub("", indicator)
    change: Change | None = "increase" if growth else None
    symbol = _SYMBOLS.get(match["before"] or "") or _SYMBOLS.get(match["after"] or "") or "="
    sentence = " ".join(c.text for c in row if c is not None)
    head = _at(table.rows[0], place.column)
    return Target(
        id=identify(sentence + (head.text if head else ""), quote),
        status="achieved" if achieved else "planned",
        kind="percentage" if growth else kind,
        indicator=indicator,
        indicator_id=find_indicator(indicator),
        comparator="range" if high else symbol,
        value=plain(low.value * (1 if growth else scale)),
        value_max=plain(high.value * scale) if high else None,
        unit="%" if growth else unit,
        change=change,
        baseline=None if achieved or growth or baseline is None else plain(baseline),
        per="年均" if growth else None,
        time=_time(source, cell, head, year, period),
        binding=next((v for k, v in _BINDING.items() if attribute and k in attribute.text), None),
        responsible=_COMMA.split(body.text) if body and body.text else [],
        quote=quote,
        sentence=sentence,
        start=start,
        end=end,
        page=source.page_at(start),
        table=place,
        rule="table.cell",
        confidence=0.95,
    )


def _time(source: Source, cell: Cell, head: Cell | None, year: int | None, period: Period) -> Time | None:
    """The column's year; a bracketed total runs over the document's period."""
    total = source.text[cell.start : cell.end].strip()[:1] in "〔[［"
    if year is not None and not total:
        return Time(
            text=head.text if head else str(year), start=date(year, 1, 1), end=date(year, 12, 31), basis="explicit"
        )
    return Time(start=period[0], end=period[1]) if period != (None, None) else None


def read_unit(written: str) -> tuple[Decimal, Kind, str | None]:
    """Multiplier, kind and unit of a unit cell.

    >>> read_unit("万人次"), read_unit("%"), read_unit("—")
    ((Decimal('10000'), 'count', '人次'), (Decimal('1'), 'percentage', '%'), (Decimal('1'), 'count', None))
    """
    bare = written.strip(" （）()〔〕")
    scale = Decimal(1)
    while bare[:1] in ("万", "亿") and len(bare) > 1:
        scale *= {"万": 10**4, "亿": 10**8}[bare[0]]
        bare = bare[1:]
    kind, unit = unit_table().get(bare, ("count", bare or None))
    if unit and not _LETTER.search(unit):
        unit = None
    return scale, kind, unit  # type: ignore[return-value]


def _is_unit(text: str) -> bool:
    return fold(text).strip().lstrip("万亿") in unit_table()


def _rest(source: Source, table: Table, columns: Columns | None, taken: list[Span]) -> Iterator[Skipped]:
    """The numbers of a table that are no records: years of the header, row numbers, figures inside names."""
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is None or any(span.overlaps(Span(cell.start, cell.end)) for span in taken):
                continue
            for match in _DIGITS.finditer(source.text[cell.start : cell.end]):
                yield Skipped(
                    quote=match[0],
                    start=cell.start + match.start(),
                    end=cell.start + match.end(),
                    reason=_reason(columns, number, column),
                    rule="table.cell",
                )


def _reason(columns: Columns | None, row: int, column: int) -> Reason:
    if columns is None or row < columns.header_rows:
        return "period"
    return "label" if column == columns.number else "name"
