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

from planparse.model import Mentions, Quantity, Span, TimeMention, Veto
from planparse.numerals import Amount, multiplier, parse_amount, parse_chinese
from planparse.rules import Rule, cue, rules, unit_names, unit_table

DASHES = "-—–―~～至到"
_HANZI_DIGITS = frozenset("一二三四五六七八九十百千万亿两零〇半")


Found = tuple[int, int, Rule, Any]  # where it begins, the rule's place in its file, the rule, the match
_PLACE = itemgetter(0, 1)


def _search(rows: Iterable[tuple[int, Rule]], text: str, numbers: list[Span]) -> Iterator[Found]:
    """Every match of every rule; those that can only begin at a number are tried where one does.

    Each rule searches on its own: that is thirty times faster than one alternation of them all, because every pattern
    keeps its own shortcut to the characters it cannot do without.
    """
    for order, rule in rows:
        if rule["at_number"]:
            match_at = rule.pattern.match
            matches = [match for start, _ in numbers if (match := match_at(text, start))]
        else:
            matches = rule.pattern.finditer(text, overlapped=True)
        for match in matches:
            yield match.start(), order, rule, match


def _leftmost(found: Iterable[Found]) -> Iterator[tuple[Rule, Any]]:
    """The first match at each place, by file order, and none that begins inside the one before."""
    end = 0
    for start, _, rule, match in sorted(found, key=_PLACE):
        if start >= end and match.end() > start:
            end = match.end()
            yield rule, match


def find_mentions(text: str) -> Mentions:
    """Every time, quantity and veto of a text, in reading order."""
    numbers = [Span(*match.span()) for match in cue("number.amount").finditer(text)]
    found = list(_find_vetoes(text, numbers))
    titles = _Claims([veto.span for veto, rule in found if rule["over_times"]])
    times = [time for time in _find_times(text, numbers) if not titles.overlap(time.span)]
    claimed = _Claims([t.span for t in times])
    vetoes = [veto for veto, _ in found if not claimed.overlap(veto.span)]
    claimed = _Claims(sorted([t.span for t in times] + [v.span for v in vetoes]))
    quantities = list(_find_quantities(text, numbers, claimed))
    spots = [Span(*m.span()) for m in cue("ledger.number").finditer(text)]
    return Mentions(quantities, times, vetoes, spots)


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


def _find_times(text: str, numbers: list[Span]) -> Iterator[TimeMention]:
    for rule, match in _leftmost(_search(enumerate(rules("times")), text, numbers)):
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        yield TimeMention(Span(*match.span()), match[0], {**groups, "text": match[0]}, rule.id, bool(rule["bounds"]))


def _find_vetoes(text: str, numbers: list[Span]) -> Iterator[tuple[Veto, Rule]]:
    for rule, match in _leftmost(_search(enumerate(rules("vetoes")), text, numbers)):
        yield Veto(Span(*match.span()), rule["reason"], rule.id), rule


def _find_quantities(text: str, numbers: list[Span], claimed: _Claims) -> Iterator[Quantity]:
    """Leftmost, and of those that begin at one place the longest."""
    found = sorted([*_search(_other_rules(), text, numbers), *_search_units(text, numbers)], key=_PLACE)
    end = 0
    for start, here in groupby(found, key=itemgetter(0)):
        if start < end or _inside_number(text, start):
            continue
        quantity = _longest((rule, match) for _, _, rule, match in here)
        if quantity is not None and not claimed.overlap(quantity.span):
            end = quantity.span.end
            yield quantity


_AMOUNT_AND_UNIT = "(?P<low>{{amount}})"  # how a rule begins that reads any number before the units of its kind


@cache
def _unit_rules() -> dict[str, set[tuple[int, Rule]]]:
    """The rules that read a number and a unit, by what can follow the number: a unit's first character, or a dash."""
    by_char: dict[str, set[tuple[int, Rule]]] = {}
    for order, rule in enumerate(rules("quantities")):
        if rule.raw.startswith(_AMOUNT_AND_UNIT):
            for char in {*DASHES, *(name[0] for name in unit_names()[rule["kind"]])}:
                by_char.setdefault(char, set()).add((order, rule))
    return by_char


@cache
def _other_rules() -> tuple[tuple[int, Rule], ...]:
    return tuple(row for row in enumerate(rules("quantities")) if not row[1].raw.startswith(_AMOUNT_AND_UNIT))


def _search_units(text: str, numbers: list[Span]) -> Iterator[Found]:
    """The matches of the rules for a number and its unit; only those that know what follows the number are tried.

    A unit may begin with a numeral (三千瓦), so the last character of the number counts as following too.
    """
    by_char = _unit_rules()
    nothing: set[tuple[int, Rule]] = set()
    for start, end in numbers:
        for order, rule in by_char.get(text[end : end + 1], nothing) | by_char.get(text[end - 1], nothing):
            if match := rule.pattern.match(text, start):
                yield start, order, rule, match


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
