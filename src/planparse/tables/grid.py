"""The grid of a table: its header rows, what each column holds, merged cells, the name and the unit of a row."""

from __future__ import annotations

from typing import NamedTuple, TypeGuard

from planparse.cache import compiled
from planparse.dates import number
from planparse.model import Cell, Place, Span, Table, TimeMention
from planparse.rules import cue, rules
from planparse.tables.captions import name_of_table
from planparse.tables.heads import Column, find_unit, is_unit, read_head
from planparse.tables.sheet import Sheet

MOST_HEADERS = 3  # rows
LEAST_HEADS = 3  # cells of a header that stands below a form
_YEAR = compiled(r"(?:19|20)\d{2}(?:[-—–~～至](?:19|20)\d{2})?")
EMPTY = compiled(r"[-—–/\\…·.\s无]*")
_BOUND = compiled(r"[≤<＜≥>＞]")
_SIZE = compiled(r"[≤<＜≥>＞]|[\d. ]+[-—–~～至][\d. ]+$")  # of what the rows of a table differ in
_LEVEL = compiled(r"[一二三四]级指标[①-⑳\d]?")
_HANZI = compiled(r"[\u4e00-\u9fff]")


class Grid(NamedTuple):
    """A table with its header read; its cells below that are of these columns."""

    table: Table
    sheet: Sheet
    columns: list[Column]
    names: tuple[int, ...]  # the columns of names, the most special last
    body: range  # the rows below the header
    values: frozenset[int]  # the columns of amounts that are understood
    unit: str | None  # of the whole table
    time: TimeMention | None
    subject: str = ""  # what the caption says it is about, where its one row has no name
    origins: tuple[tuple[int, int], ...] = ()  # where the rows begin in the table as it is set, if it is folded there

    def place(self, table: int, row: int, column: int) -> Place:
        """Where a cell stands in a table as it is set."""
        at, first = self.origins[row] if self.origins else (row, 0)
        return Place(index=table, row=at, column=first + column)

    @property
    def first_cell(self) -> Span:
        """Where the first cell that holds anything stands in the source."""
        return next(Span(cell.start, cell.end) for row in self.table.rows for cell in row if _filled(cell))

    @property
    def is_lost(self) -> bool:
        """Whether it has amounts, and no head says of any what they are."""
        columns = self.only("text", "content", "value")
        return not self.values and any(_is_numeric(self.table, self.sheet, i, self.body) for i in columns)

    @property
    def base(self) -> TimeMention | None:
        """The earlier of its two years, where the other is not the next: what a plan counts from; of three none."""
        years = {year: t for column in self.columns if (t := column.time) and (year := number(t.groups.get("year")))}
        first, last = min(years, default=0), max(years, default=0)
        return years[first] if len(years) == 2 and last - first > 1 else None

    def only(self, *roles: str) -> list[int]:
        """The columns of a role."""
        return [i for i, column in enumerate(self.columns) if column.role in roles]

    def merged(self, row: int, column: int) -> str:
        """The words of a cell, or of the one above that goes on over it."""
        for above in range(row, self.body.start - 1, -1):
            cells = self.table.rows[above]
            if column < len(cells) and cells[column] is not None:
                return self.sheet.at(above, column)
        return ""

    def of(self, row: int, role: str) -> str:
        """What the first column of a role has in a row."""
        return self.merged(row, columns[0]) if (columns := self.only(role)) else ""

    def named_unit(self, row: int) -> str | None:
        """The unit that the name of a row gives; that of the row above where it is a part of what that names."""
        title = self.title(row)
        if unit := find_unit(title):
            return str(unit["unit"])
        is_part = row > self.body.start and cue("table.part").match(title)
        return self.named_unit(row - 1) if is_part else None

    def title(self, row: int) -> str:
        """The most special name that a row has, its unit with it."""
        own = [self.sheet.at(row, i) for i in self.names if self.sheet.at(row, i)]
        if own and own[-1].endswith("的"):  # 总磷 | 2006年起建设的
            return self.merged(row, self.names[0]) + own[-1]
        title = own[-1] if own else self.merged(row, self.names[-1]) if self.names else self.subject
        return title if not _SIZE.match(title) else self.columns[self.names[-1]].measure + title


def is_value(text: str) -> bool:
    """Whether the words of a cell are but an amount: 控制在4.5以内, 全覆盖; no date, no code, no prose."""
    return len(text) <= 20 and bool(cue("table.amount").fullmatch(text)) and not cue("table.no-amount").search(text)


def name_of(title: str) -> str:
    """A row's name without its number and unit: 1.2 学位（万个）."""
    unit = find_unit(title)
    bare = title[: unit.start()] + title[unit.end() :] if unit else title
    number, mark = cue("table.number").match(bare), cue("table.mark").search(bare)
    return bare[number.end() if number else 0 : mark.start() if mark else None]


def read_grid(table: Table, sheet: Sheet) -> Grid:
    """The grid of a table; without values where no column says of its amounts what they are."""
    first = _first_head(table, sheet)
    body = range(_header_end(table, sheet, first), len(table.rows))
    width = max(len(row) for row in table.rows)
    heads = [read_head(sheet, _head_spans(table, sheet, i, range(first, body.start))) for i in range(width)]
    names = _names(table, sheet, heads, first, body)
    caption = sheet.normal.text[: sheet.rows[first].start]
    limit = next((rule for rule in rules("tables") if rule["comparator"] and rule.pattern.search(caption)), None)
    heads = [head._replace(rule=head.rule or limit) if head.role in ("text", "value") else head for head in heads]
    above = [find_unit(caption), *(heads[i].unit for i in names)]
    unit = next((found if isinstance(found, str) else found["unit"] for found in above if found), None)
    times = [t for t in sheet.mentions.times if t.span.end <= sheet.rows[first].start]
    subject = name_of_table(caption) if not names and len(body) == 1 else ""
    grid = Grid(table, sheet, _inherited(heads), names, body, frozenset(), unit, times[0] if times else None, subject)
    values = (i for i in range(width) if (names or subject) and i not in names and _is_understood(grid, i))
    return grid._replace(values=frozenset(values))


def _first_head(table: Table, sheet: Sheet) -> int:
    """The row in which the header begins: the first of several cells, or one below a form to be filled in, where
    a column of names is headed and amounts follow: |姓名| |性别| | above |一级指标|二级指标|分值|."""
    wide = [i for i, row in enumerate(table.rows) if sum(_filled(cell) for cell in row) > 1]
    for i in wide:
        words = [sheet.at(i, column) for column in range(len(table.rows[i]))]
        if any(map(is_value, words)):
            break
        if sum(map(bool, words)) >= LEAST_HEADS and any(_heads_names(word) for word in words):
            return i
    return wide[0] if wide else 0


def _heads_names(words: str) -> bool:
    rule = next((rule for rule in rules("tables") if rule.pattern.search(words)), None)
    return rule is not None and rule["role"] == "name"


def _filled(cell: Cell | None) -> TypeGuard[Cell]:
    return cell is not None and bool(cell.text.strip())


def _header_end(table: Table, sheet: Sheet, first: int) -> int:
    """Where the rows of the body begin: a row without a name and without values goes on with the header, and so does
    what stands between the two: 15米 and 30米 above 一级 and 二级."""
    end = first + 1
    for row in range(end, min(len(table.rows), first + MOST_HEADERS)):
        words = [sheet.at(row, i) for i in range(len(table.rows[row]))]
        if words[0] or not any(words):
            break
        if not any(is_value(word) and not _YEAR.fullmatch(word) for word in words):
            end = row + 1
    return end


def _head_spans(table: Table, sheet: Sheet, column: int, header: range) -> list[Span]:
    """The cells of a header that stand above a column, those that span it, too, below the same ones."""
    spans = []
    first = 0  # the leftmost column that the cells above span
    for row in header:
        cells = table.rows[row]
        at = last = min(column, len(cells) - 1)
        while at > first and cells[at] is None:
            at -= 1
        if cells[at] is not None:
            first = at
        if (row, at) in sheet.cells and (at == column or cells[last] is None):
            spans.append(sheet.cells[row, at])
    return spans


def _names(table: Table, sheet: Sheet, heads: list[Column], first: int, body: range) -> tuple[int, ...]:
    """The columns of names: those headed so, else the last that names a kind of thing, else the first of words."""
    named = [i for i, head in enumerate(heads) if head.role == "name"]
    kinds = [i for i, head in enumerate(heads) if head.role == "category"]
    words = [i for i, head in enumerate(heads) if head.role in ("text", "note")]
    found = (
        named[:1]
        or kinds[-1:]
        or _first_of_words(sheet, [i for i in words if not _is_numeric(table, sheet, i, body)], body)
        or [i for i in words[:1] if heads[i].measure and _is_of_sizes(sheet, i, body)]
        or [i for i, head in enumerate(heads) if head.role == "content" and not _has_digits(sheet, i, body)][:1]
    )
    if not found:
        return ()
    cells, role = table.rows[first], heads[found[0]].role
    end = found[0] + 1
    while end < len(cells) and heads[end].role == role and (cells[end] is None or _is_level(cells[end])):
        end += 1
    return tuple(range(found[0], end))


def _is_level(cell: Cell | None) -> bool:
    """Whether a head is of names that part those of the column before: |一级指标|二级指标|."""
    return cell is not None and bool(_LEVEL.fullmatch("".join(cell.text.split())))


def _is_of_sizes(sheet: Sheet, column: int, body: range) -> bool:
    """Whether a column parts the rows by a size: ≤100, 101～200, ＞200."""
    cells = [word for row in body if (word := sheet.at(row, column))]
    return len(cells) > 1 and all(map(_SIZE.match, cells)) and any(map(_BOUND.match, cells))


def _has_digits(sheet: Sheet, column: int, body: range) -> bool:
    """Whether a column of prose counts something; else it may name the rows: |任务内容|数量|单位|."""
    return any(char.isdecimal() for row in body for char in sheet.at(row, column))


def _first_of_words(sheet: Sheet, words: list[int], body: range) -> list[int]:
    """The first column of words; the next where the first but groups the rows: 水泥制造 | 烘干机, 磨机."""
    filled = [sum(bool(sheet.at(row, i)) for row in body) for i in words[:2]]
    return words[1:2] if len(filled) == 2 and words[1] == words[0] + 1 and filled[0] < filled[1] else words[:1]


def _is_numeric(table: Table, sheet: Sheet, column: int, body: range) -> bool:
    """Whether half of the filled cells of a column are amounts."""
    words = [word for row in body if (word := sheet.at(row, column)) and not EMPTY.fullmatch(word)]
    return bool(words) and 2 * sum(map(is_value, words)) >= len(words)


def _inherited(heads: list[Column]) -> list[Column]:
    """The columns, those about the one to their left with the time of that and what it says of their status."""
    found: list[Column] = []
    left = Column("text")
    for head in heads:
        if head.rule is not None and head.rule["of"] == "left":
            said = left.said if head.rule["spreads"] and left.said else head.said
            head = head._replace(time=head.time or left.time, said=said)
        elif head.role == "value":
            left = head
        found.append(head)
    spread = next((head.said for head in found if head.rule and head.rule["spreads"]), None)
    return [head._replace(said=head.said or spread) for head in found]


def _is_understood(grid: Grid, column: int) -> bool:
    """Whether a column of amounts is dated, or says what they are, or in what unit they are."""
    head = grid.columns[column]
    if head.role not in ("value", "text", "content") or not _is_numeric(grid.table, grid.sheet, column, grid.body):
        return False
    if head.time or head.unit or grid.unit or (head.rule and head.said):
        return True
    if any(is_unit(unit.strip("（）")) for row in grid.body if (unit := grid.of(row, "unit") or grid.named_unit(row))):
        return True
    words = [grid.sheet.at(row, column) for row in grid.body]
    own = all(_HANZI.search(word) or "%" in word for word in words if word and not EMPTY.fullmatch(word))
    return (
        own and bool(head.measure or head.rule) and 2 * _width(grid, range(grid.body.start)) >= _width(grid, grid.body)
    )


def _width(grid: Grid, rows: range) -> int:
    """How many columns have a cell of their own in these rows."""
    return len({column for row, column in grid.sheet.cells if row in rows})
