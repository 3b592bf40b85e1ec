"""What a record says of an indicator: its level, its growth, its place among others; and in which unit."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from planparse.compare.amounts import convert
from planparse.compare.comparable import since
from planparse.indicators import indicator_row
from planparse.model import Comparator, Target

Aspect = Literal["level", "growth", "rise", "points", "lead", "rank", "other"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
SHARES = ("%", "‰")
POINTS = ("百分点", "千分点")
FLIPPED: dict[Comparator, Comparator] = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}


class Measure(NamedTuple):
    """A column: an indicator and what is said of it, a `level` of it or its `growth` in %, a `rise` in its own unit or
    in `points`, its `lead` over another place, its `rank`; `other` is what does not convert into the indicator's unit.

    `per` and `since` are what sets apart values that cannot stand in one column: 每年, 较2020年.
    """

    indicator: str
    aspect: Aspect
    unit: str
    per: str | None = None
    since: str | None = None

    @property
    def key(self) -> str:
        """The measure in one word: gdp:growth, gdp:growth:年均."""
        return ":".join(filter(None, (self.indicator, self.aspect, self.per, self.since)))


class Amount(NamedTuple):
    """A number in the unit of its measure; a fall is below zero."""

    value: int | float
    value_max: int | float | None
    comparator: Comparator


def find_measure(target: Target) -> tuple[Measure, Amount] | None:
    """The measure and the amount of a record; None where it is of no canonical indicator, or has no number.

    >>> from planparse import extract
    >>> text = "2024年计划\\n\\n地区生产总值增长5%以上，粮食产量达到800亿斤。"
    >>> [(m.key, a.comparator, a.value, m.unit) for m, a in map(find_measure, extract(text.encode()).targets)]
    [('gdp:growth', '>=', 5, '%'), ('grain-output:level', '=', 40000000, '吨')]
    """
    row = indicator_row(target.indicator_id) if target.indicator_id else None
    if row is None or target.value is None:
        return None
    aspect, unit = _aspect(target, row)
    measure = Measure(
        row.get("growth_of", row["id"]), aspect, unit, target.per or None, since(target) if target.change else None
    )
    return measure, _amount(target, unit)


def _aspect(target: Target, row: dict[str, str]) -> tuple[Aspect, str]:
    said, usual = target.unit or "", row["unit"]
    if target.kind == "rank":
        return "rank", "名"
    if said in POINTS:
        return ("lead" if target.change and since(target) else "points"), "百分点"
    if "growth_of" in row or (target.change and said in SHARES):
        return "growth", "%"
    if convert(1, said, usual) is None:
        return "other", said
    return ("rise" if target.change else "level"), usual


def _amount(target: Target, unit: str) -> Amount:
    assert target.value is not None
    value, other = (_in_unit(number, target.unit or "", unit) for number in (target.value, target.value_max))
    assert value is not None
    if target.change != "decrease":
        return Amount(value, other, target.comparator)
    low, high = (-value, None) if other is None else (-other, -value)
    return Amount(low, high, FLIPPED.get(target.comparator, target.comparator))


def _in_unit(value: int | float | None, unit: str, wanted: str) -> int | float | None:
    if value is None or unit == wanted:
        return value
    exact = convert(value, unit, wanted)
    if exact is None:
        return value
    return exact.numerator if exact.denominator == 1 else float(f"{float(exact):.12g}")
