"""What a later plan asks for against an earlier one, or one place against another."""

from __future__ import annotations

from datetime import date

from planparse.compare.align import GENERAL, is_general, most_alike, same_indicator
from planparse.compare.amounts import amount
from planparse.compare.comparable import why_not
from planparse.compare.rows import Comparison, Row
from planparse.model import Document, Status, Target


def diff(one: Document, two: Document, status: Status = "planned") -> Comparison:
    """Each target as raised, lowered, unchanged, reworded, dropped or new, or unclear with the reason.

    Raised and lowered speak of the number; a rank is raised when it comes nearer to the first.
    """
    before = [t for t in one.targets if t.status == status]
    after = [t for t in two.targets if t.status == status]
    return Comparison("diff", one, two, _Pairing(one, two, before, after).rows())


class _Pairing:
    """Pairs each earlier record with at most one later one."""

    def __init__(self, one: Document, two: Document, before: list[Target], after: list[Target]) -> None:
        self.one, self.two, self.before = one, two, before
        self.free = {target.id: target for target in after}
        self.wanted = {t.id for t in after if any(_may_pair(earlier, t) for earlier in before)}

    def rows(self) -> list[Row]:
        rows = [self.row(target) for target in self.before]
        return rows + [_unclear_or("new", None, target) for target in self.free.values()]

    def row(self, target: Target) -> Row:
        same = [other for other in self.free.values() if _may_pair(target, other)]
        fitting = [other for other in same if self.why_not(target, other) is None]
        if same:
            other = self.free.pop((fitting or same)[0].id)
            if len({_value(one) for one in fitting}) > 1:
                return Row("unclear", target, other, "stated more than once, with different values")
            return _compared(target, other, self.why_not(target, other))
        rest = [other for other in self.free.values() if other.id not in self.wanted]
        if named := next((other for other in rest if same_indicator(target, other)), None):
            return Row("unclear", target, self.free.pop(named.id), why_not(target, named) or "said in another way")
        if like := most_alike(target, rest):
            return Row("unclear", target, self.free.pop(like.id), "perhaps the same under another name")
        return _unclear_or("dropped", target, None)

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
    return same_indicator(one, two)


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
