"""Why the values of two records of one indicator cannot be held against each other."""

from __future__ import annotations

from planparse.compare.align import scope
from planparse.compare.amounts import AMOUNTS, amount, comes_on_top, is_begun, is_over_years, making, months, reading
from planparse.model import Target

FAR = 5  # times: two amounts further apart than this are rarely the same thing, whatever their names say
LONG = 20  # per cent: a growth that is rarely of one year, where another is so far below it
LAST_YEAR = {"同比", "较上年", "比上年", "较去年", "比去年", "上年", "去年", None}


def why_not(one: Target, two: Target) -> str | None:
    """The reason that two values are not comparable; None when they are."""
    if "milestone" in (one.kind, two.kind):
        return None if one.kind == two.kind else "one is a milestone, the other a quantity"
    if one.change != two.change and None in (one.change, two.change):
        return "one is a change, the other a level"
    if one.change and since(one) != since(two):
        both = f"{one.baseline_text or 'last year'} and {two.baseline_text or 'last year'}"
        return f"changes against different things: {both}"
    left, right = amount(one), amount(two)
    if left is None or right is None or left.dimension != right.dimension:
        return f"the units differ: {one.unit or one.kind} and {two.unit or two.kind}"
    if scope(one) != scope(two):
        return f"another population: {scope(one) or scope(two)}"
    if (one.per or None) != (two.per or None):
        return f"counted on different things: {one.per or 'as a whole'} and {two.per or 'as a whole'}"
    return _why_not_amounts(one, two)


def _why_not_amounts(one: Target, two: Target) -> str | None:
    """Amounts and changes add up: a year is not five, and what is added is not what there is."""
    if one.kind not in AMOUNTS and not one.change:
        return None
    spans = months(one), months(two)
    if None not in spans and spans[0] != spans[1]:
        return f"one is over {spans[0]} months, the other over {spans[1]}"
    if is_over_years(one) != is_over_years(two):
        return "one gathers several years"
    if one.change and _are_far(one, two) and max(_middle(one), _middle(two)) >= LONG:
        return f"more than {FAR} times apart: perhaps over several years"
    if one.kind not in AMOUNTS:
        return None
    readings = reading(one), reading(two)
    if set(readings) == {"added", "total"} or (comes_on_top(one) != comes_on_top(two) and None in readings):
        return "one is what was added, the other perhaps the total"
    if {making(one), making(two)} == {"new", "renewed"}:
        return "one is built anew, the other partly renewed"
    if is_begun(one) != is_begun(two):
        return "one is begun, the other perhaps completed"
    if "added" in readings and None in spans and max(span or 0 for span in spans) > 12:
        return "one may be over several years, the other over one"
    if _are_far(one, two):
        return f"more than {FAR} times apart: hardly the same thing"
    return None


def _are_far(one: Target, two: Target) -> bool:
    return bool(one.value and two.value) and not 1 / FAR <= _middle(one) / _middle(two) <= FAR


def _middle(target: Target) -> float:
    found = amount(target)
    assert found is not None
    ends = [float(end) for end in (found.low, found.high) if end is not None]
    return sum(ends) / len(ends)


def since(target: Target) -> str | None:
    """What a change is counted from; None for the year before."""
    text = target.baseline_text
    return None if text in LAST_YEAR else text
