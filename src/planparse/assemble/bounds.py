"""How a number is bounded and distributed: comparator, change, per, and the baseline it is counted from."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from planparse.finder import Finder, opener_of
from planparse.model import Change, Comparator, Kind, Quantity, Span
from planparse.rules import Rule, any_cue, cue, having, rules
from planparse.ruleset import per_ruleset

PER = ("per.rate-of-whom", "per.counted", "per.regular", "per.each", "per.unit", "per.average", "per.all")

INTERRUPTING = ("per.counted", "per.interrupting", "per.each", "name.interrupting")


class Bound(NamedTuple):
    """A comparator, where its words before the number begin and those after the unit end, and the row that read it."""

    comparator: Comparator
    start: int
    end: int
    rule: str | None = None


def read_comparator(text: str, quantity: Quantity, floor: int, ceiling: int) -> Bound:
    """The comparator of a number: a range keeps to its ends, then what follows, what precedes, what stands inside."""
    start, end = quantity.span
    at, rows = start, _comparators()
    said: Rule | None = None
    for rule, match_at in rows.after.opened_at(text, end, ceiling):
        if match := match_at(text, end, ceiling):
            said, end = rule, match.end()
            break
    for place, rule, match in rows.before.find_by_rule(text, floor, at):
        groups = match.groupdict()
        bound = groups.get("bound")
        if bound and text[end : end + 1] == "的":
            continue  # 禁止使用厚度低于0.01毫米|的|地膜: what is forbidden is not the bound
        said, start = said or rule, at if groups.get("between") else place
        if start == floor and bound:  # 避免|学生用眼|超过
            start = match.start("bound")
        break
    symbol: Comparator | None = said["symbol"] if said else None
    if quantity.value_max is not None:
        symbol = "range"
    if quantity.rule in rows.rounding and text[at - 1] == "上":
        symbol = ">="
    symbol = rows.fixed.get(quantity.rule, symbol)
    return Bound(symbol or (">" if quantity.more else "="), start, end, said.id if said else None)


class _Comparators(NamedTuple):
    """The rows of rules/comparators.toml for either side of a number; the rows of quantities that are round (上|百),
    and those with a comparator of their own."""

    before: Finder
    after: Finder
    rounding: dict[str, Any]
    fixed: dict[str, Any]


@per_ruleset
def _comparators() -> _Comparators:
    sides = ([rule for rule in rules("comparators") if rule["side"] == side] for side in ("before", "after"))
    before, after = (Finder(f"comparators {side[0]['side']}", side) for side in sides)
    return _Comparators(before, after, having("round", "quantities"), having("comparator", "quantities"))


class _Changes(NamedTuple):
    """The rows of rules/changes.toml; the rows of quantities that are no difference (翻|两番), and those that are one
    (前移|3位); what says behind a number that it is one."""

    rows: Finder
    doubling: dict[str, Any]
    step: dict[str, Any]
    pace: Any


@per_ruleset
def _changes() -> _Changes:
    own = having("doubling", "quantities"), having("step", "quantities")
    return _Changes(Finder("changes", rules("changes")), *own, cue("difference.pace"))


_PLAIN = frozenset(get_args(Kind)) - {"score"}
"""The kinds of numbers that a row without kinds is for: a score is a level but where points come or go."""


class Difference(NamedTuple):
    """Whether a value is a difference, what place it is counted from, where the words for it begin, and the row."""

    change: Change | None = None
    than: str | None = None
    start: int | None = None
    rule: str | None = None


_NO_DIFFERENCE = Difference()


def read_change(text: str, quantity: Quantity, floor: int) -> Difference:
    """Whether the value is a difference, and the place it is counted from (高于|全国|1.7个百分点), its sign apart."""
    changes, (start, end) = _changes(), quantity.span
    if quantity.kind in ("coverage", "milestone") or quantity.rule in changes.doubling:
        return _NO_DIFFERENCE
    if quantity.kind == "rank" and quantity.rule not in changes.step:
        return _NO_DIFFERENCE
    before = text[floor:start]
    compared = "较" in before or "比" in before
    for place, rule, match in changes.rows.find_by_rule(text, floor, start):
        compares, change = rule["compares"], rule["change"]
        if (compares and not compared) or quantity.kind not in (rule["kinds"] or _PLAIN):
            continue
        if change == "level":
            return _NO_DIFFERENCE
        groups = match.groupdict()
        than, apart = groups.get("than"), groups.get("apart") and match.start("apart")
        bounded = than and not compares and quantity.kind != "percentage_point"  # 高于全国|8000元
        average = than and cue("difference.of-an-average").search(than)
        if bounded and not average and "增" not in text[floor:place]:
            return _NO_DIFFERENCE
        return Difference(change, than, place if than else apart, rule.id)
    if match := changes.pace.match(text, end):
        return Difference("decrease" if match["down"] else "increase", rule="difference.pace")
    if quantity.kind == "percentage_point" or quantity.rule in changes.step:
        return Difference(_nominal_change(text, floor, start), rule="difference.by-unit")
    return _NO_DIFFERENCE


def signed(difference: Difference, quantity: Quantity) -> Difference:
    """A difference as the sign of its number has it: 增长|-1.2%| is a decrease."""
    turned = difference.change == "increase" and quantity.value < 0 and quantity.value_max is None
    return difference._replace(change="decrease") if turned else difference


def _nominal_change(text: str, floor: int, start: int) -> Change:
    """A percentage point or a step in rank is a difference wherever its verb stands: 提高|巩固率|3个百分点."""
    return "decrease" if cue("difference.down").search(text, floor, start) else "increase"


def read_per(text: str, floor: int, start: int) -> Span | None:
    """Where the distributive basis nearest before a number stands: 每年, 每人每月, 每个旗县, 年均."""
    opener, pattern = _opened(*PER)
    if not opener.search(text, floor, start):
        return None
    found = None
    for match in pattern.finditer(text, floor, start):
        found = match.span()
    return Span(*found) if found else None


def read_per_behind(text: str, end: int) -> Span | None:
    """Where the distributive basis stands behind a unit: 300元|每亩, 100元|每人每月|的津贴."""
    match = cue("per.behind").match(text, end)
    return Span(*match.span()) if match else None


def may_interrupt(text: str, start: int, end: int) -> bool:
    """Whether a stretch holds anything that 每年, 每次 and their like begin with."""
    opener, _ = _opened(*INTERRUPTING)
    return opener.search(text, start, end) is not None


def find_regular(text: str, floor: int, start: int) -> list[Span]:
    """Where 每年, 每次 and their like stand before a number: they interrupt its name."""
    _, pattern = _opened(*INTERRUPTING)
    return [Span(*match.span()) for match in pattern.finditer(text, floor, start)]


@per_ruleset
def _opened(*cues: str) -> tuple[Any, Any]:
    """What any match of some cues begins with, and one pattern for them: most stretches hold none."""
    pattern = any_cue(*cues)
    return opener_of(pattern), pattern


def baseline_start(text: str, low: Quantity, floor: int) -> int:
    """Where 由 or 从 stands before a baseline."""
    match = cue("baseline.from").search(text, floor, low.span.start)
    return match.start() if match else low.span.start


def read_than(text: str, floor: int, start: int) -> str | None:
    """What a difference is counted from, as written: 较上年, 同比, 比2020年."""
    match = cue("difference.than").search(text, floor, start)
    return match[0] if match else None


def is_baseline(text: str, lows: list[Quantity], high: Quantity, floor: int) -> bool:
    """Whether numbers are what those that follow are counted from: 由54.9%提高到58.8%, 较上年的0.5%下降0.2个百分点;
    `high` is the first of these."""
    first, last = lows[0], lows[-1]
    if not cue("baseline.from").search(text, floor, first.span.start):
        return False
    alike = first.kind == high.kind and first.unit in (high.unit, None)
    reached = alike and cue("baseline.to").fullmatch(text, last.span.end, high.span.start)
    return bool(reached or cue("baseline.by").fullmatch(text, last.span.end, high.span.start))
