"""How a number is bounded and distributed: comparator, change, per, and the baseline it is counted from."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from planparse.model import Change, Comparator, Kind, Quantity, Span
from planparse.rules import Rule, any_cue, cue, having, one_of, rules
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
    said: Rule | None = None
    if _any_comparator("after").match(text, quantity.span.end, ceiling):  # most numbers stand without
        matches = ((rule, rule.pattern.match(text, end, ceiling)) for rule in _comparators("after"))
        said, end = next((rule, match.end()) for rule, match in matches if match)
    if _any_comparator("before").search(text, floor, quantity.span.start):
        for rule in _comparators("before"):
            match = rule.pattern.search(text, floor, quantity.span.start)
            if match is None or (match.groupdict().get("bound") and text[end : end + 1] == "的"):
                continue  # 禁止使用厚度低于0.01毫米|的|地膜: what is forbidden is not the bound
            said, start = said or rule, match.start()
            if start == floor and match.groupdict().get("bound"):  # 避免|学生用眼|超过
                start = match.start("bound")
            break
    symbol: Comparator | None = said["symbol"] if said else None
    if quantity.value_max is not None:
        symbol = "range"
    if quantity.rule in having("round", "quantities") and text[quantity.span.start - 1] == "上":
        symbol = ">="
    symbol = having("comparator", "quantities").get(quantity.rule, symbol)
    return Bound(symbol or (">" if quantity.more else "="), start, end, said.id if said else None)


@per_ruleset
def _comparators(side: str) -> list[Rule]:
    """The rows of rules/comparators.toml for one side of a number."""
    return [rule for rule in rules("comparators") if rule["side"] == side]


@per_ruleset
def _any_comparator(side: str) -> Any:
    return one_of(rule.pattern for rule in _comparators(side))


@per_ruleset
def _any_change() -> Any:
    return one_of(rule.pattern for rule in rules("changes"))


_PLAIN = frozenset(get_args(Kind)) - {"score"}
"""The kinds of numbers that a row without kinds is for: a score is a level but where points come or go."""


class Difference(NamedTuple):
    """Whether a value is a difference, what place it is counted from, where the words for it begin, and the row."""

    change: Change | None = None
    than: str | None = None
    start: int | None = None
    rule: str | None = None


def read_change(text: str, quantity: Quantity, floor: int) -> Difference:
    """Whether the value is a difference, and the place it is counted from (高于|全国|1.7个百分点)."""
    if quantity.value < 0 and quantity.value_max is None:
        found = read_change(text, quantity._replace(value=-quantity.value), floor)
        return found._replace(change="decrease") if found.change == "increase" else found
    if quantity.kind in ("coverage", "milestone") or quantity.rule in having("doubling", "quantities"):
        return Difference()
    if quantity.kind == "rank" and quantity.rule not in having("step", "quantities"):
        return Difference()
    before = text[floor : quantity.span.start]
    compared = "较" in before or "比" in before
    for rule in rules("changes") if _any_change().search(text, floor, quantity.span.start) else ():
        compares, change = rule["compares"], rule["change"]
        match = rule.pattern.search(text, floor, quantity.span.start) if compared or not compares else None
        if match is None or quantity.kind not in (rule["kinds"] or _PLAIN):
            continue
        if change == "level":
            return Difference()
        than = match.groupdict().get("than")
        bounded = than and not compares and quantity.kind != "percentage_point"  # 高于全国|8000元
        if bounded and "增" not in text[floor : match.start()]:
            return Difference()
        return Difference(change, than, match.start() if than else None, rule.id)
    if match := cue("difference.pace").match(text, quantity.span.end):
        return Difference("decrease" if match["down"] else "increase", rule="difference.pace")
    if change := _nominal_change(text, quantity, floor):
        return Difference(change, rule="difference.by-unit")
    return Difference()


def _nominal_change(text: str, quantity: Quantity, floor: int) -> Change | None:
    """A percentage point or a step in rank is a difference wherever its verb stands: 提高|巩固率|3个百分点."""
    if quantity.kind != "percentage_point" and quantity.rule not in having("step", "quantities"):
        return None
    return "decrease" if cue("difference.down").search(text, floor, quantity.span.start) else "increase"


def read_per(text: str, floor: int, start: int) -> Span | None:
    """Where the distributive basis nearest before a number stands: 每年, 每人每月, 每个旗县, 年均."""
    found = None
    for match in any_cue(*PER).finditer(text, floor, start):
        found = Span(*match.span())
    return found


def find_regular(text: str, floor: int, start: int) -> list[Span]:
    """Where 每年, 每次 and their like stand before a number: they interrupt its name."""
    return [Span(*match.span()) for match in any_cue(*INTERRUPTING).finditer(text, floor, start)]


def baseline_start(text: str, low: Quantity, floor: int) -> int:
    """Where 由 or 从 stands before a baseline."""
    match = cue("baseline.from").search(text, floor, low.span.start)
    return match.start() if match else low.span.start


def read_than(text: str, floor: int, start: int) -> str | None:
    """What a difference is counted from, as written: 较上年, 同比, 比2020年."""
    match = cue("difference.than").search(text, floor, start)
    return match[0] if match else None


def is_baseline(text: str, lows: list[Quantity], high: Quantity, floor: int) -> bool:
    """Whether numbers are what those that follow are counted from: 由54.9%提高到58.8%; `high` is the first of these."""
    first, last = lows[0], lows[-1]
    if first.kind != high.kind or first.unit not in (high.unit, None):
        return False
    return bool(cue("baseline.from").search(text, floor, first.span.start)) and bool(
        cue("baseline.to").fullmatch(text, last.span.end, high.span.start)
    )
