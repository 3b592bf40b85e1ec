"""What a record's number says as a quantity: a dimension, and the interval its value lies in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from planparse.model import Span, Target
from planparse.rules import read
from planparse.ruleset import per_ruleset

Reading = Literal["added", "total"]
Making = Literal["new", "renewed"]
AMOUNTS = ("count", "money", "measure")  # the kinds that add up over time


@dataclass(frozen=True, slots=True)
class Amount:
    """Values from `low` to `high` in the base unit of a dimension; None is without end, an open end is left out."""

    dimension: str
    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False
    about: bool = False


def amount(target: Target) -> Amount | None:
    """The quantity of a record; None for a milestone.

    >>> from planparse import extract
    >>> (target,) = extract("2024年计划\\n\\n造林15亩以上。".encode()).targets
    >>> amount(target)
    Amount(dimension='measure 平方米', low=Fraction(10000, 1), high=None, low_open=False, high_open=False, about=False)
    """
    if target.value is None:
        return None
    dimension, factor = _dimension(target)
    value = Fraction(str(target.value)) * factor
    if target.comparator == "range" and target.value_max is not None:
        return Amount(dimension, value, Fraction(str(target.value_max)) * factor)
    if target.comparator in (">=", ">"):
        return Amount(dimension, value, None, low_open=target.comparator == ">")
    if target.comparator in ("<=", "<"):
        return Amount(dimension, None, value, high_open=target.comparator == "<")
    return Amount(dimension, value, value, about=target.comparator == "~")


def _dimension(target: Target) -> tuple[str, Fraction]:
    """What a value can be compared with, and how many base units one of its units is."""
    if target.kind == "rank":
        return "rank", Fraction(1)
    if target.kind == "coverage" and target.unit is None:
        return "nothing left", Fraction(1)  # 清零: neither a share nor a count
    base, factor = _base(target.unit or "")
    kind = "percentage" if target.kind == "coverage" else target.kind
    return f"{kind} {base}".strip(), factor


def convert(value: int | float, unit: str, wanted: str) -> Fraction | None:
    """A value in another unit; None where no definition leads there.

    >>> convert(3, "斤", "吨"), convert(3, "家", "个"), convert(3, "吨", "人")
    (Fraction(3, 2000), Fraction(3, 1), None)
    """
    found = _factor(unit, wanted)
    return None if found is None else Fraction(str(value)) * found


@per_ruleset
def _factor(unit: str, wanted: str) -> Fraction | None:
    (base, factor), (other, divisor) = map(_base, (unit, wanted))
    return factor / divisor if base == other else None


def _base(unit: str) -> tuple[str, Fraction]:
    """What a unit is counted in, one word of those that count the same, and how many of these it is."""
    base, factor = read("compare")["conversions"].get(unit, (unit, "1"))
    return _counters().get(base, base), Fraction(factor)


@per_ruleset
def _counters() -> dict[str, str]:
    """Each measure word that has equals, and the first of them."""
    return {word: group[0] for group in read("compare")["counters"]["same"] for word in group}


def clause(target: Target, marks: str = "，。；：、") -> str:
    """The part of the sentence between marks that holds the number; the verb and the name of a table cell.

    >>> from planparse import extract
    >>> clause(extract("2024年计划\\n\\n新增学位800个，累计达到5000个。".encode()).targets[1])
    '累计达到5000个'
    """
    place = None if target.table else place_of(target)
    if place is None:
        return f"{target.action or ''}{target.indicator}"
    return _between(target.sentence, *place, marks)


def place_of(target: Target) -> Span | None:
    """Where the sentence holds the number: not within another number, and in a clause that has the name if any has."""
    return _place("".join(target.quote.split()), target.sentence, target.indicator)


@lru_cache(maxsize=4096)
def _place(quote: str, sentence: str, name: str) -> Span | None:
    places = [Span(*match.span()) for match in re.finditer(rf"(?<![\d.]){re.escape(quote)}", sentence)]
    named = [place for place in places if name in _between(sentence, *place, "，。；：")]
    return next(iter([*named, *places]), None)


def _between(text: str, start: int, end: int, marks: str) -> str:
    first = max(text.rfind(mark, 0, start) for mark in marks) + 1
    return text[first : min((place for mark in marks if (place := text.find(mark, end)) >= 0), default=len(text))]


def words_about(target: Target) -> str:
    """What is said of a number: its verb, its name, and its clause with the whole enumeration it stands in."""
    return f"{target.action or ''} {target.indicator} {clause(target, '，。；：')}"


def comes_on_top(target: Target) -> bool:
    """Whether the words say that an amount is new: 新增, 新建 and the like."""
    return any(word in words_about(target) for word in read("compare")["readings"]["new"])


def reading(target: Target) -> Reading | None:
    """Whether an amount is added to what there is, or is all there is; None where the words do not tell."""
    words, text = read("compare")["readings"], words_about(target)
    if any(word in text for word in words["running"]):
        return "total"
    if comes_on_top(target) or target.change or any(word in text for word in words["done"]):
        return "added"
    return "total" if any(word in text for word in words["total"]) else None


def is_begun(target: Target) -> bool:
    """Whether the words speak of a beginning (开工, 启动), which is no completion."""
    return any(word in words_about(target) for word in read("compare")["readings"]["begun"])


def making(target: Target) -> Making | None:
    """Whether the words beside the number build something new, or renew (also) what is there: 新建, 新改建."""
    text = f"{target.action or ''} {target.indicator} {clause(target)}"
    words = read("compare")["readings"]
    if any(word in text for word in words["renewed"]):
        return "renewed"
    return "new" if any(word in text for word in words["anew"]) else None


def is_over_years(target: Target) -> bool:
    """Whether the words say that a value gathers several years, whatever its time: 5年增长18%, 累计."""
    return re.search(read("compare")["readings"]["over_years"], words_about(target)) is not None


def months(target: Target) -> int | None:
    """How many months a record's time spans; None without a first and a last day."""
    if target.time is None or target.time.start is None or target.time.end is None:
        return None
    first, last = target.time.start, target.time.end
    return (last.year - first.year) * 12 + last.month - first.month + 1
