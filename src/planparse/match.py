"""Stage 4, match: the rules find times, quantities and vetoes in a text, each character claimed once.

A document's title wins over a time, a time over any other veto, a veto over a quantity; within one kind the longest
wins, then file order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import regex

from planparse.model import Mentions, Quantity, Span, TimeMention, Veto
from planparse.numerals import Amount, multiplier, parse_amount, parse_chinese
from planparse.rules import Rule, alternation, rules, unit_names, unit_table


@cache
def _spot_pattern() -> Any:
    """Where a number may begin: a run of digits, a Chinese numeral, or a word that counts as one."""
    return regex.compile(
        r"\d+(?:[.,]\d+)*|[一二三四五六七八九十百千万亿两零〇半]+|翻番|全覆盖|全域覆盖|动态清零|清零|第(?=[一二三四五六七八九十\d])"
    )


@cache
def _ledger_pattern() -> Any:
    """What the ledger must account for: digit runs, Chinese numerals with a unit, and full coverage or clearance."""
    names = [name for group in unit_names().values() for name in group if "\u4e00" <= name[0] <= "\u9fff"]
    return regex.compile(
        rf"\d+(?:[.,]\d+)*|[一二三四五六七八九十百千万亿两零〇几数]*[一二三四五六七八九十百千万亿两零〇][余多几]?[万亿]?(?:{alternation(names)}|年|月|日)"
        r"|(?<=[分])之[一二三四五六七八九十]+|一半|半数|全覆盖|动态清零|清零|百分之[一二三四五六七八九十百零点]+|[一二两三四五六七八九]成(?=以上|左右|[，。；])|[一两二三]番"
    )


@cache
def _combined(name: str) -> tuple[Any, dict[str, Rule]]:
    """All rules of a file as one alternation, and which rule a group belongs to: the first that matches wins."""
    by_group: dict[str, Rule] = {}
    parts = []
    for i, rule in enumerate(rules(name)):
        group = f"rule{i}"
        by_group[group] = rule
        parts.append(f"(?P<{group}>{rule.pattern.pattern})")
    return regex.compile("|".join(parts)), by_group


def find_mentions(text: str) -> Mentions:
    """Every time, quantity and veto of a text, in reading order."""
    found = list(_find_vetoes(text))
    titles = _Claims([veto.span for veto, rule in found if rule["over_times"]])
    times = [time for time in _find_times(text) if not titles.overlap(time.span)]
    claimed = _Claims([t.span for t in times])
    vetoes = [veto for veto, _ in found if not claimed.overlap(veto.span)]
    claimed = _Claims(sorted([t.span for t in times] + [v.span for v in vetoes]))
    quantities = list(_find_quantities(text, claimed))
    spots = [Span(*m.span()) for m in _ledger_pattern().finditer(text)]
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


def _find_times(text: str) -> Iterator[TimeMention]:
    pattern, by_group = _combined("times")
    for match in pattern.finditer(text):
        rule = _owner(match, by_group)
        groups = {k: v for k, v in match.groupdict().items() if v is not None and k not in by_group}
        yield TimeMention(Span(*match.span()), match[0], {**groups, "text": match[0]}, rule.id, bool(rule["bounds"]))


def _owner(match: Any, by_group: dict[str, Rule]) -> Rule:
    return next(rule for group, rule in by_group.items() if match[group] is not None)


def _find_vetoes(text: str) -> Iterator[tuple[Veto, Rule]]:
    pattern, by_group = _combined("vetoes")
    for match in pattern.finditer(text):
        rule = _owner(match, by_group)
        if match.end() > match.start():
            yield Veto(Span(*match.span()), rule["reason"], rule.id), rule


def _find_quantities(text: str, claimed: _Claims) -> Iterator[Quantity]:
    end = 0
    for spot in _spot_pattern().finditer(text):
        if spot.start() < end:
            continue
        quantity = read_quantity(text, spot.start())
        if quantity is None or claimed.overlap(quantity.span):
            continue
        end = quantity.span.end
        yield quantity


def read_quantity(text: str, start: int) -> Quantity | None:
    """The quantity whose number begins at `start`: the longest that any rule reads there, or None."""
    best: Quantity | None = None
    for rule in rules("quantities"):
        match = rule.pattern.match(text, start)
        if match is None or (best is not None and match.end() <= best.span.end):
            continue
        best = _quantity(rule, match) or best
    return best


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
