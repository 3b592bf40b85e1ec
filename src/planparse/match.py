"""Stage 4, match: the rules find times, quantities and vetoes in a text, each character claimed once.

A document's title wins over a time, a time over any other veto, a veto over a quantity; within one kind the longest
wins, then file order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from planparse.finder import Finder, Found
from planparse.model import Mentions, Quantity, Span, TimeMention, Veto
from planparse.numerals import Amount, multiplier, parse_amount, parse_chinese
from planparse.rules import Rule, cue, rules, unit_table

_HANZI_DIGITS = frozenset("一二三四五六七八九十百千万亿两零〇半")
_KINDS = ("times", "vetoes", "quantities")


def find_mentions(text: str) -> Mentions:
    """Every time, quantity and veto of a text, in reading order."""
    numbers = [Span(*match.span()) for match in cue("number.amount").finditer(text)]
    found: dict[str, list[Found]] = {kind: [] for kind in _KINDS}
    for item in _finder().find(text, numbers):
        found[item.rule.source].append(item)
    all_vetoes = list(_read_vetoes(found["vetoes"]))
    titles = _Claims([veto.span for veto, rule in all_vetoes if rule["over_times"]])
    times = [time for time in _read_times(found["times"]) if not titles.overlap(time.span)]
    claimed = _Claims([t.span for t in times])
    vetoes = [veto for veto, _ in all_vetoes if not claimed.overlap(veto.span)]
    claimed = _Claims(sorted([t.span for t in times] + [v.span for v in vetoes]))
    quantities = list(_read_quantities(found["quantities"], text, claimed))
    spots = [Span(*m.span()) for m in cue("ledger.number").finditer(text)]
    return Mentions(quantities, times, vetoes, spots)


@cache
def _finder() -> Finder:
    return Finder("mentions", [rule for kind in _KINDS for rule in rules(kind)])


def _leftmost(found: Iterable[Found]) -> Iterator[Found]:
    """The first match at each place, by file order, and none that begins inside the one before."""
    end = 0
    for item in found:
        if item.start >= end and item.match.end() > item.start:
            end = item.match.end()
            yield item


class _Claims:
    """Spans in order that later finders keep clear of."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = spans
        self.starts = [span.start for span in spans]

    def overlap(self, span: Span) -> bool:
        """Whether a claimed span shares a character with this one."""
        i = bisect_right(self.starts, span.start) - 1
        return (i >= 0 and self.spans[i].end > span.start) or (
            i + 1 < len(self.spans) and self.spans[i + 1].start < span.end
        )


def _read_times(found: Iterable[Found]) -> Iterator[TimeMention]:
    for _, rule, match in _leftmost(found):
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        yield TimeMention(Span(*match.span()), match[0], {**groups, "text": match[0]}, rule.id, bool(rule["bounds"]))


def _read_vetoes(found: Iterable[Found]) -> Iterator[tuple[Veto, Rule]]:
    for _, rule, match in _leftmost(found):
        yield Veto(Span(*match.span()), rule["reason"], rule.id), rule


def _read_quantities(found: Iterable[Found], text: str, claimed: _Claims) -> Iterator[Quantity]:
    """Leftmost, and of those that begin at one place the longest."""
    end = 0
    for start, here in groupby(found, key=itemgetter(0)):
        if start < end or _inside_number(text, start):
            continue
        quantity = _longest((rule, match) for _, rule, match in here)
        if quantity is not None and not claimed.overlap(quantity.span):
            end = quantity.span.end
            yield quantity


def _inside_number(text: str, at: int) -> bool:
    """Whether the number that a character belongs to has begun before it: 2 in 12, 5 in 1.5, 千 in 两千."""
    if text[at] in _HANZI_DIGITS:
        return at > 0 and text[at - 1] in _HANZI_DIGITS
    before = at - 1 if at > 1 and text[at - 1] in ".," else at
    return text[at].isdecimal() and before > 0 and text[before - 1].isdecimal()


def _longest(matches: Iterable[tuple[Rule, Any]]) -> Quantity | None:
    """The quantity that the longest match reads; among equals the first rule's."""
    best: Quantity | None = None
    for rule, match in matches:
        if best is None or match.end() > best.span.end:
            best = _quantity(rule, match) or best
    return best


def read_quantity(text: str, start: int) -> Quantity | None:
    """The quantity whose number begins at `start`: the longest that any rule reads there, or None."""
    found = ((rule, rule.pattern.match(text, start)) for rule in rules("quantities"))
    return _longest((rule, match) for rule, match in found if match is not None)


def _quantity(rule: Rule, match: Any) -> Quantity | None:
    groups = match.groupdict()
    kind, unit = rule["kind"], rule["unit"]
    if groups.get("unit"):
        unit = unit_of(groups["unit"])
    if kind == "rank":
        unit = "名"
    elif rule["times"] or rule.id == "quantity.percent-words":
        unit = "%"
    elif rule["doubling"]:
        unit = "倍"
    low, high = _values(rule, groups)
    if low is None or (high is not None and high.value <= low.value):
        return None
    return Quantity(
        Span(*match.span()),
        kind,
        low.value,
        unit,
        rule.id,
        high.value if high else None,
        low.more or bool(high and high.more),
    )


def unit_of(written: str) -> str:
    """The unit as it is written to the output, what it is counted on (/人, /年) with it."""
    if written in unit_table():
        return unit_table()[written][1]
    unit, slash, basis = written.partition("/")
    return unit_table().get(unit, ("", unit))[1] + slash + basis


def _values(rule: Rule, groups: dict[str, str | None]) -> tuple[Amount | None, Amount | None]:
    """The lower (or only) and the upper value; a first end without 万 or 亿 borrows those of the second."""
    if rule["value"] is not None:
        return Amount(Decimal(rule["value"])), None
    if groups.get("part") is not None:
        return _share(groups), None
    written, upper = groups["low"] or "", groups.get("high")
    low = Amount(parse_chinese("一" + written) or Decimal(0)) if rule["bare"] else parse_amount(written)
    if low is None:
        return None, None
    if rule["times"]:
        return Amount(low.value * rule["times"], low.more), None
    if rule["doubling"]:
        return Amount(Decimal(2) ** int(low.value)), None
    high = parse_amount(upper) if upper else None
    if upper and high is None:
        return None, None
    if high and multiplier(written) == 1 and low.value * multiplier(upper or "") < high.value:
        low = Amount(low.value * multiplier(upper or ""), low.more)
    return low, high


def _share(groups: dict[str, str | None]) -> Amount | None:
    """A fraction (三分之二) or ratio (1:350): its value in decimals."""
    part, whole = (
        parse_amount(groups[name] or "") or parse_amount("一" + (groups[name] or "")) for name in ("part", "whole")
    )
    if part is None or whole is None or not whole.value:
        return None
    return Amount(part.value / whole.value)
