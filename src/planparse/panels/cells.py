"""The cells of a panel: what each document says of a measure for a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from planparse.compare.align import scope
from planparse.model import Document, Status, Target
from planparse.panels.measures import Amount, Measure, find_measure
from planparse.places import Origin

OWN_SCOPES = {"country": "全国", "province": "全省"}  # a scope that is the document's own place says nothing


class Period(NamedTuple):
    """The years that a value is for, as they are shown: 2026, 2021–2025, 2026-06 for a time that ends within a year."""

    until: int
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A document of a panel, by its number there, and whose it is."""

    number: int
    document: Document
    origin: Origin

    @property
    def name(self) -> str:
        """What a reader calls it: its place, else its title or file."""
        facts = self.document.document
        return self.origin.place or facts.title or facts.source


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """What a document says of a measure for a period: the amount of `record`, and what else it says of the same.

    `agrees` tells whether all `others` say the same amount.
    """

    entry: Entry
    status: Status
    period: Period | None
    measure: Measure
    amount: Amount
    record: Target
    others: tuple[Target, ...] = ()
    agrees: bool = True


def find_cells(entry: Entry) -> list[Cell]:
    """The cells of one document, in the order of its records."""
    found: dict[tuple[object, ...], Cell] = {}
    for target in sorted(entry.document.targets, key=_rank):
        measured = find_measure(target)
        if measured is None or _is_of_elsewhere(target, entry.origin):
            continue
        measure, amount = measured
        period = period_of(target)
        key = target.status, period, measure
        if first := found.get(key):
            same = first.agrees and amount == first.amount
            found[key] = Cell(
                entry, target.status, period, measure, first.amount, first.record, (*first.others, target), same
            )
        else:
            found[key] = Cell(entry, target.status, period, measure, amount, target)
    return list(found.values())


def period_of(target: Target) -> Period | None:
    """The period of a record; None where nothing dates it.

    >>> from planparse import extract
    >>> text = "2026年计划\\n\\n“十五五”时期，新增学位800个。今年新增学位90个。6月底前新增学位40个。"
    >>> [period_of(t).label for t in extract(text.encode()).targets]
    ['2026–2030', '2026', '2026-06']
    """
    if target.time is None or target.time.end is None:
        return None
    start, end = target.time.start, target.time.end
    label = str(end.year) if end.month == 12 else f"{end:%Y-%m}"
    return Period(end.year, f"{start.year}–{label}" if start and start.year != end.year else label)


def document_period(document: Document) -> Period | None:
    """The period that a document plans."""
    period = document.document.period
    if period is None or period.end is None:
        return None
    start, end = period.start, period.end.year
    return Period(end, f"{start.year}–{end}" if start and start.year != end else str(end))


def _rank(target: Target) -> tuple[bool, bool, int]:
    """What is dated in its own words comes before what only the document's period dates, a result before its bound."""
    bound = target.status == "achieved" and target.comparator != "="  # 突破4000亿元、达到4211亿元
    return target.time is None or target.time.basis != "explicit", bound, target.start


def _is_of_elsewhere(target: Target, origin: Origin) -> bool:
    found = scope(target)
    return found is not None and origin.level is not None and found != OWN_SCOPES.get(origin.level, found)
