"""Why a cell is empty: what a document says of an indicator in other words, for other years, without a number."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from planparse.compare.align import name_key
from planparse.compare.amounts import convert
from planparse.indicators import indicator_row
from planparse.model import Document, Span, Status, Target
from planparse.panels.cells import Cell, Entry, Period
from planparse.panels.measures import SHARES
from planparse.ruleset import per_ruleset

Reason = Literal["other years", "other words", "no number", "not stated"]
ALIKE = 0.6  # of the pairs of characters that two names share: shown to a person, never counted
CANDIDATES = 3
Alike = Mapping[tuple[Status, str], Sequence[Target]]


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """An indicator of which a document says nothing for a period.

    `records` are what it says for other years, or under names that are like this one's; `words` a clause that names
    the indicator without a number, `place` where that stands in the text.
    """

    entry: Entry
    status: Status
    period: Period | None
    indicator: str
    reason: Reason
    records: tuple[Target, ...] = ()
    words: str = ""
    place: Span | None = None


def explain_gap(
    entry: Entry, status: Status, period: Period | None, indicator: str, cells: Iterable[Cell], alike: Alike
) -> Gap:
    """The gap with the nearest thing that the document says; `alike` as `LikeNames.find` gives it."""
    elsewhere = tuple(c.record for c in cells if c.measure.indicator == indicator and c.status == status)
    if elsewhere:
        return Gap(entry, status, period, indicator, "other years", elsewhere[:CANDIDATES])
    if like := _convertible(alike.get((status, indicator), ()), indicator):
        return Gap(entry, status, period, indicator, "other words", like)
    if place := _find_named(entry.document, status, indicator):
        words = "".join(entry.document.text[place.start : place.end].split())
        return Gap(entry, status, period, indicator, "no number", words=words, place=place)
    return Gap(entry, status, period, indicator, "not stated")


class LikeNames:
    """Which indicators a name without an id resembles; each name is compared once."""

    def __init__(self, indicators: Iterable[str]) -> None:
        self.indicators = {name: indicator for indicator in indicators for name in spellings(indicator)}
        self.pairs: dict[str, list[str]] = defaultdict(list)
        for name in self.indicators:
            for pair in _pairs(name):
                self.pairs[pair].append(name)
        self.known: dict[str, frozenset[str]] = {}

    def find(self, document: Document) -> Alike:
        """The records of a document, gone through once, whose names are like those of an indicator."""
        found: dict[tuple[Status, str], list[Target]] = defaultdict(list)
        for target in document.targets:
            if target.indicator_id is None:
                for indicator in self._of(target):
                    found[target.status, indicator].append(target)
        return found

    def _of(self, target: Target) -> frozenset[str]:
        name = target.indicator
        if name not in self.known:
            own = _pairs(name_key(target))
            shared = Counter(spelling for pair in own for spelling in self.pairs.get(pair, ()))
            self.known[name] = frozenset(
                self.indicators[spelling]
                for spelling, n in shared.items()
                if 2 * n >= ALIKE * (len(own) + len(_pairs(spelling)))
            )
        return self.known[name]


def _convertible(like: Iterable[Target], indicator: str) -> tuple[Target, ...]:
    """Of records with like names those that are perhaps of the indicator: their amounts convert."""
    row = indicator_row(indicator)
    return tuple(
        target
        for target in like
        if row is not None and (convert(1, target.unit or "", row["unit"]) or (target.change and target.unit in SHARES))
    )[:CANDIDATES]


@per_ruleset
def spellings(indicator: str) -> tuple[str, ...]:
    """The names of an indicator, as the rules write them."""
    row = indicator_row(indicator)
    return (row["name"], *row["aliases"]) if row else ()


def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[i : i + 2] for i in range(len(name) - 1))


def _find_named(document: Document, status: Status, indicator: str) -> Span | None:
    """The clause that names an indicator in a sentence that holds records of the same status."""
    text = document.text
    named = [name for name in spellings(indicator) if len(name) >= 4 and name in text]  # shorter ones: in other words
    places = [target.start for target in document.targets if target.status == status] if named else []
    for name in named:
        for match in re.finditer(re.escape(name), text):
            start, end = _cut(text, match.start(), match.end(), "。\n")
            if any(start <= place < end for place in places):
                return _cut(text, match.start(), match.end(), "，。；：\n")
    return None


def _cut(text: str, start: int, end: int, marks: str) -> Span:
    first = max(text.rfind(mark, 0, start) for mark in marks) + 1
    return Span(first, min((at for mark in marks if (at := text.find(mark, end)) >= 0), default=len(text)))
