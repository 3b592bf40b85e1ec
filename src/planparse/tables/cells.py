"""A cell is a short clause: {time}，{name}{what the head measures}{cell}, with the unit it lacks, read as prose is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planparse.assemble.amounts import reasons
from planparse.assemble.bounds import Difference, read_change, read_comparator, read_per, signed
from planparse.assemble.course import Course
from planparse.assemble.evidence import read_evidence
from planparse.assemble.record import Dated, Decision, Record, Said
from planparse.assemble.scene import Scene
from planparse.assemble.status import Verdict, decide, status_of
from planparse.cache import compiled
from planparse.characters import RAISED
from planparse.dates import Calendar, resolve
from planparse.match import read_quantity
from planparse.model import Binding, Kind, Node, Quantity, Sentence, Span, TimeMention
from planparse.rules import cue, unit_table
from planparse.tables.grid import Grid, is_value, name_of
from planparse.tables.heads import Column, is_unit

_FRAME = compiled(r"[（［〔\[(]?(?P<inside>.*?)[）］〕\])*]*")
_POWER = compiled(f"[{RAISED}]")
_RANGE = compiled(r"[-—–~～至到]{1,2}")
_COMMA = compiled(r"[、，,；]")
_OWN_UNIT = compiled(r"\d(?:[\u4e00-\u9fff]|%)")
_BARE: frozenset[Kind] = frozenset(("score", "count"))  # of a number without a unit: 差异系数0.3, 50万|以上
_LEVEL = "个"  # stands for a unit that nobody gave
_BINDING: dict[str, Binding] = {"约束": "binding", "预期": "expected"}


class Setting(NamedTuple):
    """Where a table stands: on which path, in a document of which years and title."""

    table: int
    path: list[Node]
    calendar: Calendar
    title: str | None


class Amount(NamedTuple):
    """A number of a cell: what the clause makes of it, and where it stands in the table."""

    clause: str
    floor: int  # where the words about the number begin in the clause
    quantity: Quantity  # in the clause
    span: Span  # in the table


def _is_alike(record: Record, other: Record) -> bool:
    """Whether two cells of a row say the same of two years: both a level, or both a growth."""
    return record.kind == other.kind and (record.change is None) == (other.change is None)


def cell_records(grid: Grid, setting: Setting) -> Iterator[Record]:
    """The records of the amounts of a table, row by row."""
    for row in grid.body:
        title = grid.title(row)
        if not any("\u4e00" <= char <= "\u9fff" for char in title) or _repeats_header(grid, row):
            continue
        baseline: Record | None = None
        for column in sorted(grid.values or _amounts_in_prose(grid, row)):
            for amount in read_amounts(grid, row, column):
                record = _record(grid, setting, row, column, amount)
                if baseline and record.status == "planned" and _is_alike(record, baseline):
                    fell = baseline.change == "decrease"
                    record.baseline = baseline.value and (-baseline.value if fell else baseline.value)
                if record.status == "achieved":
                    baseline = record
                yield record


def _amounts_in_prose(grid: Grid, row: int) -> Iterator[int]:
    """The columns of prose whose cell in this row is but an amount with its unit: |100分|, where others say
    |在镇里工作的加5分|."""
    for column in grid.only("content", "text", "value"):
        words = grid.sheet.at(row, column)
        if column not in grid.names and grid.columns[column].measure and is_value(words) and _OWN_UNIT.search(words):
            yield column


def _repeats_header(grid: Grid, row: int) -> bool:
    """Whether the row is the header again, at the top of the next page."""
    first = grid.table.rows[grid.body.start - 1]
    return [cell and cell.text for cell in grid.table.rows[row]] == [cell and cell.text for cell in first]


def read_amounts(grid: Grid, row: int, column: int) -> Iterator[Amount]:
    """The amounts of a cell, each with the clause that it makes."""
    span = grid.sheet.cells.get((row, column))
    if span is None:
        return
    head, text = grid.columns[column], grid.sheet.normal.text
    inside = Span(*_FRAME.fullmatch(text, *span).span("inside"))
    start = inside.start + text.startswith("+", *inside)
    value = text[start : inside.end]
    time = f"{head.time.text}，" if head.time else ""
    lead = time + name_of(grid.title(row)) + head.measure
    lead += "为" if lead[-1:].isascii() else ""
    clause, shown = lead + value, len(value)  # how much of the cell the number may take
    begin, end = _number(clause, len(lead))
    found = list(_quantities(clause, len(lead)))
    if found and begin < found[0].span.start - len(lead) < end:  # 6～|9: the range has no unit
        found = []
    unit = _unit_for(grid, row, column, value[:end]) if end else ""
    if end and (not found or (unit and found[0].kind in _BARE and found[0].unit is None)):
        shown = end
        clause, found = _with_unit(lead, value[:end], unit, value[end:])
    for quantity in found:
        begin, end = quantity.span.start - len(lead), min(quantity.span.end - len(lead), shown)
        if value[:begin] == "-":
            quantity, begin = quantity._replace(value=-quantity.value), 0
        if begin >= end:  # a number of the unit that was lent, not of the cell
            continue
        yield Amount(clause, len(time), quantity, Span(start + begin, start + end))


def _with_unit(lead: str, number: str, unit: str, rest: str) -> tuple[str, list[Quantity]]:
    """The clause of a bare number with its unit put behind it, and the quantity that this makes of it; one that no
    number can have, or that nobody gave, is put in when it has been read."""
    if is_unit(unit):
        clause = lead + number + unit + rest
        return clause, list(_quantities(clause, len(lead)))[:1]
    bare = unit.lstrip("万亿")
    clause = f"{lead}{number}{unit.removesuffix(bare)}{_LEVEL}{rest}"
    kind: Kind = unit_table()[bare][0] if bare in unit_table() else "count"
    return clause, [q._replace(unit=bare or None, kind=kind) for q in _quantities(clause, len(lead))][:1]


def _quantities(text: str, at: int) -> Iterator[Quantity]:
    """The quantities that a text has from a place on."""
    while at < len(text):
        quantity = read_quantity(text, at)
        digit = text[at].isdecimal()
        if quantity is not None:
            yield quantity
            at = quantity.span.end
        else:
            at += 1
            while digit and at < len(text) and (text[at].isdecimal() or text[at] in ".,"):
                at += 1


def _number(clause: str, at: int) -> tuple[int, int]:
    """Where the first number of a cell begins and ends in it, or the range that it begins; 0 and 0 where there is none,
    or a power, 10⁴. It is read behind the name of the row, where |1 230| is one number."""
    number = cue("number.amount").search(clause, at)
    if number is None or _POWER.match(clause, number.end()):
        return 0, 0
    joint = _RANGE.match(clause, number.end())
    upper = cue("number.amount").search(clause, joint.end()) if joint else None
    return number.start() - at, (upper.end() if upper and upper.start() == joint.end() else number.end()) - at


def _unit_for(grid: Grid, row: int, column: int, number: str) -> str:
    """The unit that a bare number has by its head, its row, its row's name or the whole table."""
    if cue("table.no-unit").search(grid.title(row)):
        return ""
    head, named = grid.columns[column], grid.named_unit(row)
    lent = head.rule["unit"] if head.rule else None
    if named and _kind_of(named) == "count" and _kind_of(grid.unit) == "measure":  # mg/m³ of |喷漆设备（线）|
        named = None
    unit = head.unit or lent or grid.of(row, "unit") or named or grid.unit or ""
    unit = unit.strip("（）〔〕") if any(char.isalnum() or char in "%‰℃" for char in unit) else ""
    return str(unit.lstrip("万亿") if number[-1] in "万亿" else unit)


def _kind_of(unit: str | None) -> Kind | None:
    quantity = read_quantity(f"1{unit}", 0) if unit else None
    return quantity.kind if quantity else None


def _record(grid: Grid, setting: Setting, row: int, column: int, amount: Amount) -> Record:
    clause, quantity = amount.clause, amount.quantity
    head = grid.columns[column]
    floor = amount.floor
    bound = read_comparator(clause, quantity, floor, len(clause))
    if bound.comparator == "=" and head.rule and head.rule["comparator"]:
        bound = bound._replace(comparator=head.rule["comparator"], rule=head.rule.id)
    difference = _difference(head, clause, quantity, floor)
    dated = date_by(head.time, grid.time, setting.calendar)
    if dated and head.rule and head.rule["last_month"]:
        dated = last_month(dated)
    verdict = _status(grid, head, setting, amount, dated)
    per = read_per(clause, floor, quantity.span.start)
    why: dict[Decision, Said] = {"name": Said("table.name"), "status": Said(verdict.said.rule)}
    for part, said in reasons(quantity, bound, difference, dated, per).items():
        why[part] = said if part == "time" else Said(said.rule)  # the others were read in the clause
    attribute = grid.of(row, "attribute")
    line = grid.sheet.rows[row]
    return Record(
        span=amount.span,
        kind=quantity.kind,
        status=verdict.status,
        indicator=name_of(grid.title(row)) + head.measure,
        rule="table.cell",
        sentence=Sentence(line.start, line.end, None, line.start),
        path=setting.path,
        comparator=bound.comparator,
        value=abs(quantity.value) if difference.change and quantity.value_max is None else quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        change=difference.change,
        per=clause[per.start : per.end] if per else head.rule["per"] if head.rule else None,
        dated=dated,
        binding=next((said for word, said in _BINDING.items() if word in attribute), None),
        responsible=bodies_of(grid, row),
        cell=grid.place(setting.table, row, column),
        why=why,
    )


def last_month(dated: Dated) -> Dated:
    """The last month alone of what dates a table: |本月| in one of 1—6月."""
    end = dated.days[1]
    return dated._replace(days=(end.replace(day=1), end)) if end else dated


def bodies_of(grid: Grid, row: int) -> list[str]:
    """The bodies that a row names as responsible."""
    return [body for body in _COMMA.split(grid.of(row, "body")) if body]


def _difference(head: Column, clause: str, quantity: Quantity, floor: int) -> Difference:
    """Whether the number is a difference, by its clause or by its head: 比年初增减额 -26.3 is a decrease."""
    found = signed(read_change(clause, quantity, floor), quantity)
    if head.rule is None or head.rule["change"] is None:
        return found
    return Difference("decrease" if quantity.value < 0 else "increase", rule=head.rule.id)


def date_by(time: TimeMention | None, above: TimeMention | None, calendar: Calendar) -> Dated | None:
    """The time of a column as it dates a cell, months in the year that stands above the table; else that year."""
    if time is None:
        return date_by(above, None, calendar) if above else None
    year = resolve(above.groups, calendar, above.until)[1] if above else None
    base = calendar.of_year(year.year) if year else calendar
    return Dated(time, resolve(time.groups, base, time.until), "time.column")


def _status(grid: Grid, head: Column, setting: Setting, amount: Amount, dated: Dated | None) -> Verdict:
    """Planned or achieved: what its head says and what the clause would in prose, weighed together."""
    whole = Sentence(0, len(amount.clause), None, 0)
    course = Course(amount.clause, setting.calendar, setting.title)
    course.enter(whole, setting.path)
    scene = Scene(amount.clause, whole, setting.path, [amount.quantity], [], course)
    own = dated._replace(mention=dated.mention._replace(span=Span(0, len(dated.mention.text)))) if dated else None
    heard = status_of(scene, Span(whole.start, whole.end), amount.quantity.span, own).evidence
    undated = setting.calendar.year is None and setting.calendar.period[1] is None
    base = read_evidence("days", "base") if undated and head.time and head.time == grid.base else ()
    return decide([*heard, *base, *((head.said,) if head.said else ())])
