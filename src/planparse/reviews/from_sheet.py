"""Corrections in a spreadsheet or CSV that `extract` or `convert` wrote: cells that a person has changed.

A row is known by its id, a column by its header in either language. What is changed is held against what the
document would write in that cell, so that an untouched sheet corrects nothing.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from planparse.model import Document, ReadError, Review, Target, Time
from planparse.reviews.corrections import EDITED, Correction, Outcome
from planparse.write import COLUMNS, Column, terms
from planparse.write.to_csv import cell

PLAIN = ("indicator", "status", "kind", "comparator", "unit", "change", "baseline_text", "per", "action", "binding")
NUMBERS = ("value", "value_max", "baseline")
DAYS = {"deadline": "end", "as_of": "end", "time_end": "end", "time_start": "start"}
NEEDED = ("indicator", "status", "kind", "comparator")
CODES: Mapping[str, Iterable[str]] = {
    "status": terms.STATUS,
    "kind": terms.KIND,
    "change": terms.CHANGE,
    "binding": terms.BINDING,
    "comparator": ("=", ">=", "<=", ">", "<", "~", "range"),
    "review": terms.VERDICT,
}
BY_NAME = {name: column for column in COLUMNS for name in (column.name, column.zh)}


class Row(NamedTuple):
    """A row of a sheet: its number as a spreadsheet counts, and its cells by the names of their columns."""

    number: int
    cells: Mapping[str, object]


def read_sheet(content: bytes) -> list[Row]:
    """The rows of an XLSX or CSV; records that its ledger says are rejected are rows with that verdict.

    ReadError where it is neither, or has no column of ids.
    """
    rows = list(_xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content))
    if rows and "id" not in rows[0].cells:
        raise ReadError(
            "it has no column “id” (编号), without which no record can be told; write it anew", code="no-id"
        )
    return rows


def _csv_rows(content: bytes) -> Iterator[Row]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ReadError("it is neither UTF-8 nor GB18030; save it as CSV UTF-8", code="unreadable")
    header, *rows = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    for number, values in enumerate(rows, 2):
        yield Row(number, _named(header, values))


def _xlsx_rows(content: bytes) -> Iterator[Row]:
    import zipfile

    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        first, *others = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ReadError(f"the spreadsheet cannot be read: {error}; save it as XLSX again", code="damaged") from None
    for number, values in enumerate(first[1:], 2):
        yield Row(number, _named(first[0], values))
    for rows in others:
        header = [str(name) for name in rows[0]] if rows else []
        if {"id", "reason"} <= set(header) or {"编号", "原因"} <= set(header):
            yield from _rejected_rows(header, rows)


def _rejected_rows(header: list[str], rows: list[tuple[object, ...]]) -> Iterator[Row]:
    for number, values in enumerate(rows[1:], 2):
        cells = _named(header, values)
        if cells.get("id") is not None:
            known = {name: cells.get(name) for name in ("id", "source", "reviewer", "note")}
            yield Row(number, {**known, "review": "rejected"})


def _named(header: Iterable[object], values: Iterable[object]) -> dict[str, object]:
    """The cells of a row by the names of columns; empty ones are None."""
    return {
        BY_NAME[str(name)].name: None if value is None or value == "" else value
        for name, value in zip(header, values, strict=False)
        if str(name) in BY_NAME
    }


def sheet_corrections(rows: Iterable[Row], documents: list[Document], outcome: Outcome) -> list[list[Correction]]:
    """The corrections of each document that the rows make; what cannot be taken up is said."""
    owners: dict[str, list[tuple[int, Target]]] = {}
    for index, document in enumerate(documents):
        for target in [*document.targets, *document.rejected]:
            owners.setdefault(target.id, []).append((index, target))
    found: list[list[Correction]] = [[] for _ in documents]
    seen: list[set[str]] = [set() for _ in documents]
    for row in _unique(rows, outcome):
        owner = _owner(row, owners, documents, outcome)
        if owner is None:
            continue
        index, target = owner
        seen[index].add(target.id)
        correction = _correction(row, documents[index], target, outcome)
        if correction is not None:
            found[index].append(correction)
    for document, ids in zip(documents, seen, strict=True):
        if ids and (left := sum(target.id not in ids for target in document.targets)):
            outcome.notes.append(f"{left} records of {document.document.source} have no row: left as they were")
    return found


def _unique(rows: Iterable[Row], outcome: Outcome) -> Iterator[Row]:
    """The rows that have an id of their own; a record that two rows have otherwise is in doubt, and left."""
    by_id: dict[tuple[str, object], list[Row]] = {}
    for row in rows:
        if row.cells.get("id") is None:
            if any(value is not None for value in row.cells.values()):
                outcome.notes.append(f"row {row.number} has no id: not taken up; add records on the review page")
            continue
        by_id.setdefault((str(row.cells["id"]), row.cells.get("source")), []).append(row)
    for (id_, _), group in by_id.items():
        if all(row.cells == group[0].cells for row in group):
            yield group[0]
        else:
            numbers = " and ".join(str(row.number) for row in group)
            outcome.notes.append(f"rows {numbers} have the id {id_} and differ: none of them was taken up")


def _owner(
    row: Row, owners: Mapping[str, list[tuple[int, Target]]], documents: list[Document], outcome: Outcome
) -> tuple[int, Target] | None:
    """The document and the record that a row is of."""
    held = owners.get(str(row.cells["id"]), [])
    source = row.cells.get("source")
    if len(held) > 1 and source is not None:
        held = [one for one in held if documents[one[0]].document.source == source] or held
    if len(held) == 1:
        return held[0]
    why = "no record has" if not held else f"records of {len(held)} documents have"
    outcome.notes.append(f"row {row.number}: {why} the id {row.cells['id']}: not taken up")
    return None


def _correction(row: Row, document: Document, target: Target, outcome: Outcome) -> Correction | None:
    """What a row says otherwise than its record; None where it says the same."""
    changed: dict[str, object] = {}
    for name, value in row.cells.items():
        column = BY_NAME[name]
        try:
            if not _same(new := _read(column, value), column.value(document, target)):
                changed[name] = new
        except ValueError as error:
            outcome.notes.append(f"row {row.number}, {name}: {error}; left as it was")
    earlier = document.reviews.get(target.id)
    said: dict[str, Any] = {name: changed[name] for name in ("review", "reviewer", "note") if name in changed}
    fields = _fields(changed, target, row.number, outcome)
    if not said and not fields:
        return None
    verdict: Any = said.get("review", earlier.verdict if earlier else None)
    if fields and verdict in (None, "accepted"):
        verdict = "edited"
    review = replace(
        earlier or Review(),
        verdict=verdict,
        reviewer=said.get("reviewer", earlier.reviewer if earlier else None),
        note=said.get("note", earlier.note if earlier else None),
    )
    return Correction(target.id, review, {**fields, **EDITED} if fields else {}, target)


def _read(column: Column, value: object) -> object:
    """A cell as its record has it; ValueError says what is wrong with it."""
    if value is None:
        if column.name in NEEDED:
            raise ValueError("it is empty")
        return None
    if column.type in ("number", "integer"):
        return _number(value)
    if column.type == "date":
        return _day(value)
    text = str(value).strip()
    if text.startswith("'") and cell(text[1:]) == text:
        text = text[1:]
    code = next((code for code, zh in column.terms.items() if zh == text), text)
    if column.name in CODES and code not in CODES[column.name]:
        raise ValueError(f"{text!r} is none of {', '.join(CODES[column.name])}")
    return code


def _number(value: object) -> int | float:
    if isinstance(value, str):
        try:
            value = float(value.replace(",", "").replace("，", ""))
        except ValueError:
            raise ValueError(f"{value!r} is no number") from None
    assert isinstance(value, (int, float))
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    try:
        year, month, day = map(int, str(value).strip().replace("/", "-").split("-"))
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{value!r} is no day such as 2025-12-31") from None


def _same(one: object, two: object) -> bool:
    if isinstance(two, str):
        return "".join(str(one or "").split()) == "".join(two.split())
    return one == two


def _fields(changed: Mapping[str, object], target: Target, number: int, outcome: Outcome) -> dict[str, Any]:
    """The fields of a record that changed cells mean."""
    fields: dict[str, Any] = {name: changed[name] for name in (*PLAIN, *NUMBERS) if name in changed}
    if "responsible" in changed:
        fields["responsible"] = [body for body in str(changed["responsible"] or "").split("、") if body]
    if "indicator" in fields:
        fields["indicator_id"] = changed.get("indicator_id")
    days = {name: changed[name] for name in DAYS if name in changed}
    ends = Counter(value for name, value in days.items() if DAYS[name] == "end")
    if len(ends) > 1:
        outcome.notes.append(f"row {number}: its days differ ({', '.join(days)}); the time was left as it was")
    elif days or "time_text" in changed:
        fields["time"] = _time(target.time or Time(), days, changed)
    return fields


def _time(time: Time, days: Mapping[str, object], changed: Mapping[str, object]) -> Time | None:
    named: dict[str, Any] = {DAYS[name]: value for name, value in days.items()}
    if "time_text" in changed:
        named["text"] = changed["time_text"]
    time = replace(time, **named)
    time = replace(time, basis="explicit" if time.text else "document")
    return time if time.text or time.start or time.end else None
