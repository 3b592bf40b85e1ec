"""What a later plan asks for against an earlier one, or one place against another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planparse.compare.align import GENERAL, is_general, most_alike, same_indicator
from planparse.compare.amounts import amount
from planparse.compare.comparable import since, why_not
from planparse.compare.rows import Comparison, Row
from planparse.indicators import fold_name
from planparse.model import Document, Status, Target
from planparse.places import find_origin

OF_PLACES = {"dropped": "only in A", "new": "only in B", "raised": "higher in B", "lowered": "lower in B"}


def diff(one: Document, two: Document, status: Status = "planned") -> Comparison:
    """Each target as raised, lowered, unchanged, reworded, dropped or new, or unclear with the reason.

    Raised and lowered speak of the number; a rank is raised when it comes nearer to the first. See docs/compare.md.

    >>> from planparse import extract
    >>> plans = [extract(text=f"甲县{year}年计划\\n\\n新建公园{n}个。") for year, n in ((2024, 3), (2025, 5))]
    >>> [(row.verdict, row.indicator) for row in diff(*plans).rows]
    [('raised', '公园')]
    """
    before = [t for t in one.targets if t.status == status]
    after = [t for t in two.targets if t.status == status]
    rows = _Pairing(one, two, before, after).rows()
    if are_two_places(one, two):
        rows = [replace(row, verdict=OF_PLACES.get(row.verdict, row.verdict)) for row in rows]
    return Comparison("diff", one, two, rows)


def are_two_places(one: Document, two: Document) -> bool:
    """Whether the documents are of two places: what only one has is then neither new nor dropped."""
    places = find_origin(one.document).place, find_origin(two.document).place
    return None not in places and places[0] != places[1]


class _Pairing:
    """Pairs each earlier record with at most one later one: the same sentence first, then the same year."""

    def __init__(self, one: Document, two: Document, before: list[Target], after: list[Target]) -> None:
        self.one, self.two, self.before, self.after = one, two, before, after
        self.free = {target.id: target for target in after}
        self.wanted = {t.id for t in after if any(_may_pair(earlier, t) for earlier in before)}
        self.paired: list[tuple[Target, Target]] = []

    def rows(self) -> list[Row]:
        kept = {target.id: self.free.pop(target.id) for target in self.before if self.is_same(target)}
        rows = {target.id: Row("unchanged", target, kept[target.id]) for target in self.before if target.id in kept}
        self.paired = [(target, kept[target.id]) for target in self.before if target.id in kept]
        left = [target for target in self.before if target.id not in kept]
        for target in sorted(left, key=lambda t: not self.has_same_year(t)):
            rows[target.id] = self.row(target)
        return [rows[t.id] for t in self.before] + [self.new(t) for t in self.free.values()]

    def is_same(self, target: Target) -> bool:
        """Whether the later document says the very same in the same words, for the same time."""
        other = self.free.get(target.id)
        return other is not None and replace(other, start=0, end=0, page=None, section=[], heading=None) == replace(
            target, start=0, end=0, page=None, section=[], heading=None
        )

    def has_same_year(self, target: Target) -> bool:
        """Whether the later document has a record of the indicator for the same year: those choose first."""
        return any(_may_pair(target, other) and _year(target) == _year(other) for other in self.free.values())

    def row(self, target: Target) -> Row:
        same = [other for other in self.free.values() if _may_pair(target, other)]
        same.sort(key=lambda other: _year(target) != _year(other))
        fitting = [other for other in same if self.why_not(target, other) is None]
        if same:
            other = self.free.pop((fitting or same)[0].id)
            alike = [one for one in fitting if _year(one) == _year(fitting[0])]
            if len({_value(one) for one in alike}) > 1:
                return Row("unclear", target, other, "stated more than once, with different values")
            self.paired.append((target, other))
            return _compared(target, other, self.why_not(target, other))
        if partner := next((two for one, two in self.paired if _says_again(target, one)), None):
            return _compared(target, partner, self.why_not(target, partner))
        rest = [other for other in self.free.values() if other.id not in self.wanted]
        if otherwise := next((other for other in self.after if _says_otherwise(target, other)), None):
            return Row("unclear", target, None, f"the other document states only {_sort(otherwise)}")
        if like := most_alike(target, rest):
            return Row("unclear", target, self.free.pop(like.id), _why_another_name(target, like))
        return _unclear_or("dropped", target, None)

    def new(self, target: Target) -> Row:
        if earlier := next((one for one, two in self.paired if _says_again(target, two)), None):
            return _compared(earlier, target, self.why_not(earlier, target))
        if otherwise := next((earlier for earlier in self.before if _says_otherwise(target, earlier)), None):
            return Row("unclear", None, target, f"the other document states only {_sort(otherwise)}")
        return _unclear_or("new", None, target)

    def why_not(self, one: Target, two: Target) -> str | None:
        """Values are for the same day, or for the same year of each document's period."""
        due = _due(one), _due(two)
        years = _year_of(self.one, one), _year_of(self.two, two)
        if due[0] != due[1] and None not in years and years[0] != years[1]:
            return f"for different years of the plan: {due[0]} and {due[1]}"
        return why_not(one, two)


def _due(target: Target) -> date | None:
    return target.time.end if target.time else None


def _year_of(document: Document, target: Target) -> int | None:
    """Which year of the document's period a record is for, from 0."""
    due, period = _due(target), document.document.period
    return due.year - period.start.year if due and period and period.start else None


def _unclear_or(verdict: str, one: Target | None, two: Target | None) -> Row:
    general = any(target is not None and is_general(target) for target in (one, two))
    return Row("unclear", one, two, GENERAL) if general else Row(verdict, one, two)


def _may_pair(one: Target, two: Target) -> bool:
    """Records of one indicator that say the same sort of thing of it: levels with levels, changes with changes."""
    if (one.kind == "milestone") != (two.kind == "milestone") or (one.change is None) != (two.change is None):
        return False
    if (one.kind == "rank") != (two.kind == "rank") or (one.change and since(one) != since(two)):
        return False
    return same_indicator(one, two)


def _says_otherwise(one: Target, two: Target) -> bool:
    """Whether two records name one indicator and say another sort of thing of it: a growth is no level."""
    return same_indicator(one, two) and not _may_pair(one, two)


def _says_again(one: Target, two: Target) -> bool:
    """Whether two records of one document say the same: a target that is stated again is neither dropped nor new."""
    same_time = _year(one) == _year(two) and one.per == two.per
    return same_time and one.comparator == two.comparator and amount(one) == amount(two) and _may_pair(one, two)


def _sort(target: Target) -> str:
    """What sort of thing a record says."""
    if target.kind in ("milestone", "rank"):
        return f"a {target.kind} of it"
    if target.change is None:
        return "a level of it"
    return f"a change of it{f' against {since(target)}' if since(target) else ''}"


def _why_another_name(one: Target, two: Target) -> str:
    """Why two records are only shown beside each other; equal names are no other names."""
    if fold_name(one.indicator) == fold_name(two.indicator):
        return f"the same name, but {one.action or 'no verb'} and {two.action or 'no verb'}"
    return "perhaps the same under another name"


def _year(target: Target) -> int | None:
    due = _due(target)
    return due.year if due else None


def _compared(one: Target, two: Target, reason: str | None) -> Row:
    if reason:
        return Row("unclear", one, two, reason)
    if one.kind == "milestone":
        return Row("unchanged", one, two)
    if one.change != two.change:
        return Row("reworded", one, two, f"{one.change} before, {two.change} after")
    old, new = amount(one), amount(two)
    assert old is not None and new is not None
    if old == new:
        return Row("unchanged", one, two)
    moves = {
        (b > a) - (b < a) for a, b in ((old.low, new.low), (old.high, new.high)) if a is not None and b is not None
    }
    if one.comparator != two.comparator and moves <= {0}:
        return Row("reworded", one, two, f"{one.comparator} before, {two.comparator} after")
    if moves - {0} == {1}:
        return Row("lowered" if _is_place(one) else "raised", one, two)
    if moves - {0} == {-1}:
        return Row("raised" if _is_place(one) else "lowered", one, two)
    return Row("reworded", one, two, "the bounds move in different directions")


def _is_place(target: Target) -> bool:
    return target.kind == "rank" and not target.change


def _value(target: Target) -> object:
    return target.value, target.value_max, target.comparator, target.change
