"""Whether a reported value keeps a planned one: a verdict only where the words leave no other reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple

from planparse.compare.amounts import AMOUNTS, Amount, amount, clause
from planparse.compare.comparable import why_not
from planparse.model import Target
from planparse.rules import read

Direction = Literal["up", "down"]


class Verdict(NamedTuple):
    """`kept`, `missed` or `unclear`, and for the last why."""

    name: str
    reason: str = ""


def judge(plan: Target, report: Target) -> Verdict:
    """The verdict on a planned record and one that is reported of the same indicator."""
    reason = _why_not_in_time(plan, report) or why_not(plan, report)
    if reason:
        return Verdict("unclear", reason)
    if plan.kind == "milestone":
        return Verdict("kept")
    if plan.change != report.change:
        return Verdict("missed", f"{plan.change} planned, {report.change} reported")
    wanted, found = amount(plan), amount(report)
    assert wanted is not None and found is not None
    return _hold(wanted, found, better(plan))


def _why_not_in_time(plan: Target, report: Target) -> str | None:
    """The report must be of the time that the plan is due: not before it, not of a later one, not of a longer one."""
    due = plan.time.end if plan.time else None
    as_of = report.time.end if report.time else None
    first = report.time.start if report.time else None
    if due is None:
        return "the plan says no time"
    if as_of is None:
        return "the report says no time"
    if as_of < due:
        return f"in progress: due {due}, reported as of {as_of}"
    if first is not None and first > due:
        return f"due {due}, reported of a later time, from {first}"
    if as_of > due:
        return f"due {due}, reported only as of {as_of}"
    return None


def better(target: Target) -> Direction | None:
    """Which way a planned value may be passed and still be kept; None where the words do not tell.

    >>> from planparse import extract
    >>> text = "2024年计划\\n\\n巩固率达到95%，近视率48%，税收占比80%，综合考评进入前三名。"
    >>> [better(target) for target in extract(text.encode()).targets]
    ['up', 'down', None, 'down']
    """
    if target.comparator in (">=", ">"):
        return "up"
    if target.comparator in ("<=", "<"):
        return "down"
    if target.kind == "rank" and not target.change:
        return "down"
    if target.kind == "coverage":
        return "up" if target.value else "down"
    words = read("compare")["directions"]
    less = any(word in target.indicator for word in words["less"])
    untold = any(word in target.indicator for word in words["open"])
    if target.change == "decrease":
        return "up"  # the more it falls, as planned
    if target.change == "increase":
        return None if less or untold else "up"
    text = f"{target.action or ''} {clause(target)}"
    if less or any(word in text for word in words["falling"]):
        return "down"
    if target.baseline is not None and target.value is not None and target.baseline != target.value:
        return "up" if target.value > target.baseline else "down"
    if untold or target.kind == "duration":
        return None
    if target.kind in AMOUNTS or any(word in text for word in words["rising"]):
        return "up"
    return None


def _hold(wanted: Amount, found: Amount, way: Direction | None) -> Verdict:
    if found.about and not (wanted.about and (found.low, found.high) == (wanted.low, wanted.high)):
        return Verdict("unclear", "only about how much is reported")
    wanted = _passable(wanted, way)
    if _within(found, wanted):
        return Verdict("kept")
    if way is None:
        return Verdict("unclear", "the words do not tell which way is better")
    if wanted.about:
        return Verdict("unclear", "about this much was planned; how near is near enough is for a person to say")
    if _is_on_the_edge(found, wanted):
        return Verdict("unclear", "just the value that was to be passed is reported; it may be rounded")
    return Verdict("missed") if _apart(found, wanted) else Verdict("unclear", "the report gives a bound, not the value")


def _passable(wanted: Amount, way: Direction | None) -> Amount:
    """What keeps a planned value: it, and all that is better."""
    if way == "up":
        return replace(wanted, high=None, high_open=False)
    if way == "down":
        return replace(wanted, low=None, low_open=False)
    return wanted


def _within(found: Amount, wanted: Amount) -> bool:
    """Whether every value that the report allows is one that the plan wants."""
    above = wanted.low is None or (
        found.low is not None and (found.low, found.low_open) >= (wanted.low, wanted.low_open)
    )
    below = wanted.high is None or (
        found.high is not None and (-found.high, found.high_open) >= (-wanted.high, wanted.high_open)
    )
    return above and below


def _is_on_the_edge(found: Amount, wanted: Amount) -> bool:
    """Whether one value is reported, and it is the bound that the plan wants passed: 突破3亿人次, 3亿人次."""
    if found.low != found.high:
        return False
    return (wanted.low_open and found.low == wanted.low) or (wanted.high_open and found.high == wanted.high)


def _apart(found: Amount, wanted: Amount) -> bool:
    """Whether no value that the report allows is one that the plan wants."""
    return _before(found, wanted) or _before(wanted, found)


def _before(one: Amount, two: Amount) -> bool:
    if one.high is None or two.low is None:
        return False
    return one.high < two.low or (one.high == two.low and (one.high_open or two.low_open))
