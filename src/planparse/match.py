"""Stage 4, match: the rules find times, quantities and vetoes in a text, each character claimed once.

A document's title wins over a time, a time over any other veto, a veto over a quantity; within one kind the longest
wins, then file order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from planparse.dates import ONWARD
from planparse.finder import Finder, Found, opened_cue
from planparse.model import Kind, Mentions, Quantity, Span, TimeMention, Veto
from planparse.numerals import FORMAL, Amount, multiplier, parse_amount
from planparse.rules import Rule, basis_aliases, cue, rules, signs, unit_table
from planparse.ruleset import per_ruleset

_HANZI_DIGITS = frozenset("一二三四五六七八九十百千万亿两零〇半壹贰叁肆伍陆柒捌玖拾佰仟廿卅")
HALF = Decimal("0.5")
MOST_DOUBLINGS = 30  # 翻|九亿|番 is no figure of a plan
_KINDS = ("times", "vetoes", "quantities")


def find_mentions(text: str) -> Mentions:
    """Every time, quantity and veto of a text, in reading order."""
    numbers = [match.span() for match in opened_cue("number.amount").finditer(text)]
    found: dict[str, list[Found]] = {kind: [] for kind in _KINDS}
    for item in _finder().find(text, numbers):
        found[item[1].source].append(item)
    all_vetoes = list(_read_vetoes(found["vetoes"]))
    titles = _Claims([veto.span for veto, rule in all_vetoes if rule["over_times"]])
    times = [time for time in _read_times(found["times"], text) if not titles.overlap(time.span)]
    claimed = _Claims([t.span for t in times])
    vetoes = [veto for veto, _ in all_vetoes if not claimed.overlap(veto.span)]
    claimed = _Claims(sorted([t.span for t in times] + [v.span for v in vetoes]))
    quantities = list(_read_quantities(found["quantities"], text, claimed))
    spots = [Span(*m.span()) for m in opened_cue("ledger.number").finditer(text)]
    return Mentions(quantities, times, vetoes, spots)


@per_ruleset
def _finder() -> Finder:
    return Finder("mentions", [*rules("times"), *rules("vetoes"), *quantity_rules().tried])


def _leftmost(found: Iterable[Found]) -> Iterator[Found]:
    """The first match at each place, by file order, and none that begins inside the one before."""
    end = 0
    for item in found:
        start, _, match = item
        if start >= end and match.end() > start:
            end = match.end()
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


def _read_times(found: Iterable[Found], text: str) -> list[TimeMention]:
    """Leftmost, of those that begin at one place the longest, then file order; two joined by 至 are one span."""
    times: list[TimeMention] = []
    points: list[bool] = []  # whether the time may be the end of a span
    end = 0
    for start, here in groupby(found, key=itemgetter(0)):
        _, rule, match = max(here, key=lambda item: item[2].end())
        if start < end or match.end() == start:
            continue
        end = match.end()
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        time = TimeMention(Span(*match.span()), match[0], groups, rule.id, bool(rule["bounds"]))
        if times and points[-1] and rule["point"] and _are_joined(text, times[-1], time):
            times[-1] = _spanning(text, times[-1], time)
            points[-1] = False
        else:
            times.append(time)
            points.append(bool(rule["point"]))
    return [_with_since(text, time) for time in times]


def _are_joined(text: str, first: TimeMention, last: TimeMention) -> bool:
    """Whether two times are the ends of a span: 2022年10月|至2023年9月底, 3月—次年5月."""
    if "to" in first.groups or first.is_deadline:
        return False
    if first.span.end == last.span.start:
        return last.groups.get("to") in ("至", "到")
    return cue("time.joined").fullmatch(text, first.span.end, last.span.start) is not None and "to" not in last.groups


def _spanning(text: str, first: TimeMention, last: TimeMention) -> TimeMention:
    span = Span(first.span.start, last.span.end)
    return TimeMention(span, text[span.start : span.end], first.groups, "time.span", True, last.groups)


def _with_since(text: str, time: TimeMention) -> TimeMention:
    """With the 从 or 自 before a time from which something holds, or a span."""
    start = time.span.start
    spans = time.until is not None or not time.groups.keys().isdisjoint(("year2", "month2", "day2", "quarter2"))
    if not (spans or time.groups.get("edge") in ONWARD) or text[start - 1 : start] not in ("从", "自"):
        return time
    return time._replace(span=Span(start - 1, time.span.end), text=text[start - 1] + time.text)


def _read_vetoes(found: Iterable[Found]) -> Iterator[tuple[Veto, Rule]]:
    for _, rule, match in _leftmost(found):
        yield Veto(Span(*match.span()), rule["reason"], rule.id), rule


def _read_quantities(found: Iterable[Found], text: str, claimed: _Claims) -> Iterator[Quantity]:
    """Leftmost, and of those that begin at one place the longest."""
    behind = quantity_rules().behind
    end = 0
    for start, here in groupby(found, key=itemgetter(0)):
        if start < end or _inside_number(text, start):
            continue
        quantity = _longest(here, behind)
        if quantity is not None and not claimed.overlap(quantity.span):
            end = quantity.span.end
            yield quantity


def _inside_number(text: str, at: int) -> bool:
    """Whether the number that a character belongs to has begun before it: 2 in 12, 5 in 1.5, 千 in 两千."""
    if text[at] in _HANZI_DIGITS:
        return at > 0 and text[at - 1] in _HANZI_DIGITS
    before = at - 1 if at > 1 and text[at - 1] in ".," else at
    return text[at].isdecimal() and before > 0 and text[before - 1].isdecimal()


def _longest(found: Iterable[Found], behind: Mapping[Kind, Rule]) -> Quantity | None:
    """The quantity that the longest match reads; among equals the first rule's."""
    best: Quantity | None = None
    for _, rule, match in found:
        if best is None or match.end() > best.span.end:
            best = _quantity(rule, match, behind) or best
    return best


class QuantityRules(NamedTuple):
    """The rules that are tried where a number begins, and for each kind of unit the one for what stands behind it."""

    tried: tuple[Rule, ...]
    behind: Mapping[Kind, Rule]

    @classmethod
    def of(cls, given: Iterable[Rule]) -> QuantityRules:
        """These rules, parted."""
        rows = tuple(given)
        behind = {rule["kind"]: rule for rule in rows if rule["behind_unit"]}
        return cls(tuple(rule for rule in rows if not rule["behind_unit"]), behind)


@per_ruleset
def quantity_rules() -> QuantityRules:
    """Those of rules/quantities.toml."""
    return QuantityRules.of(rules("quantities"))


def read_quantity(text: str, start: int, among: QuantityRules | None = None) -> Quantity | None:
    """The quantity whose number begins at `start`: the longest that any rule reads there, or None."""
    tried, behind = among or quantity_rules()
    if among is None:
        tried = tuple(rule for rule, _ in _finder().opened_at(text, start) if rule.source == "quantities")
    matches = ((start, rule, rule.pattern.match(text, start)) for rule in tried)
    return _longest((found for found in matches if found[2] is not None), behind)


def _quantity(rule: Rule, match: Any, behind: Mapping[Kind, Rule]) -> Quantity | None:
    if rule["with_unit"]:
        return _of_unit(match, behind)
    groups = match.groupdict()
    ends = _ends(rule, groups)
    if ends is None:
        return None
    low, high, more = ends
    kind = rule["kind"] or _kind_of(groups["unit"])
    return Quantity(Span(*match.span()), kind, low, _unit(rule, groups), rule.id, high, more)


def _of_unit(match: Any, behind: Mapping[Kind, Rule]) -> Quantity | None:
    """A number with its unit, or a shorter one when that has behind it what makes it another word: 元|旦."""
    minus, low, high, unit, each, other, other_unit = match.group(*_WITH_UNIT_GROUPS)
    at = match.start("unit")
    if other_unit and high is None and _kind_of(other_unit) == _kind_of(unit):  # 35人至45人; but not 2公里到10分钟
        high, unit, each, at = other, other_unit, None, match.start("other_unit")
    ends = _between(parse_amount(low), parse_amount(high) if high else None, low, high)
    if ends is None:
        return None
    units = unit_table()
    for size in range(len(unit), 0, -1):
        if (known := units.get(unit[:size])) is None:
            continue
        written = unit + (each or "") if size == len(unit) else unit[:size]
        rule = behind[known[0]]
        if (tail := rule.pattern.match(match.string, at + len(written))) is None:
            continue
        low_end, top, more = ends
        if tail.end() > tail.start():  # 半 belongs to the last end: 两年至三年半
            low_end, top = (low_end + HALF, top) if top is None else (low_end, top + HALF)
        span = Span(match.start(), tail.end())
        return Quantity(span, known[0], -low_end if minus else low_end, _written(known, written), rule.id, top, more)
    return None


_WITH_UNIT_GROUPS = ("minus", "low", "high", "unit", "each", "other", "other_unit")


def _written(known: tuple[Kind, str], unit: str) -> str:
    """The unit as it is written to the output; a rank is counted in 名."""
    return "名" if known[0] == "rank" else known[1] if "/" not in unit else unit_of(unit)


def _kind_of(unit: str) -> Kind:
    known = unit_table()
    return (known.get(unit) or known[unit.partition("/")[0]])[0]  # type: ignore[no-any-return]


def _unit(rule: Rule, groups: dict[str, str | None]) -> str | None:
    """The unit as it is written to the output."""
    written = groups.get("unit")
    if rule["kind"] == "rank":
        return "名"
    if sign := groups.get("sign"):
        return signs()[sign]
    if rule["unit"] is not None or not written:
        return rule["unit"]  # type: ignore[no-any-return]
    return (rule["units"] or {}).get(written) or unit_of(written)


def unit_of(written: str) -> str:
    """The unit as it is written to the output, what it is counted on (/人, /年) with it.

    >>> unit_of("km"), unit_of("μg/m³"), unit_of("元/人"), unit_of("m³/h")
    ('公里', '微克/立方米', '元/人', '立方米/小时')
    """
    if written in unit_table():
        return unit_table()[written][1]
    unit, *bases = written.split("/")
    return "/".join([unit_table().get(unit, ("", unit))[1], *map(_basis, bases)])


def _basis(written: str) -> str:
    """What a unit is counted on, a symbol by its name: m³, 万人, h."""
    bare = written.lstrip("百千万亿")
    name = basis_aliases().get(bare) or unit_table().get(bare, ("", bare))[1]
    return written.removesuffix(bare) + name


def _ends(rule: Rule, groups: dict[str, str | None]) -> Amount | None:
    """The lower (or only) value, the upper one, and whether the true one is a little larger; None when not a number."""
    if rule["value"] is not None:
        return Amount(Decimal(rule["value"]))
    if groups.get("part") is not None:
        return _shares(groups, bare=bool(rule["bare"]))
    written, upper = groups["low"] or "", groups.get("high")
    low = _amount(rule, written)
    if rule["doubling"]:
        return Amount(Decimal(2) ** int(low.value)) if low and low.value <= MOST_DOUBLINGS else None
    ends = _between(low, _amount(rule, upper), written, upper)
    if ends is None:
        return None
    value, top, more = ends
    if groups.get("minus"):
        value, top = (-value, None) if top is None else (-top, -value)
    times = Decimal(str(rule["times"] or 1))
    parts = _parts(groups, times)
    value, top = (value * times + parts, None) if top is None else (value * times, top * times + parts)
    if rule["both"]:
        return Amount(-value, value, more)
    if spread := _amount(rule, groups.get("spread")):
        return Amount(value - spread.value, value + spread.value, more)
    return Amount(value, top, more)


def _between(low: Amount | None, high: Amount | None, written: str, upper: str | None) -> Amount | None:
    """The ends of a range, or of neighbouring digits; a first end without a multiplier borrows that of the second, as
    much of it as leaves it the smaller one: 2—3百, 8000—1万."""
    if low is None or (upper and high is None):
        return None
    if high is None:
        return low
    value, last = low.value, upper or ""
    if multiplier(written, small=True) == 1 or (multiplier(written) == 1 and multiplier(last) > 1):
        shared = (value * multiplier(last, small=True), value * multiplier(last))
        value = next((size for size in shared if size < high.value), value)
    top = high.top or high.value
    return Amount(value, top, low.more or high.more) if top > value else None


def _amount(rule: Rule, written: str | None) -> Amount | None:
    """A number; in a rule of round ones 百 and 万亿 are one of their kind."""
    if not written:
        return None
    return parse_amount(written) or (parse_amount("一" + written) if rule["bare"] else None)


def _parts(groups: dict[str, str | None], times: Decimal) -> Decimal:
    """What stands behind the unit: 半, 五 in 一成五, and 角 and 分 of an amount of money."""
    total = HALF * times if groups.get("half") else Decimal(0)
    for name, size in (("ones", 1), ("tenths", 10), ("hundredths", 100)):
        if part := parse_amount((groups.get(name) or "").translate(FORMAL)):
            total += part.value / size
    return total


def _shares(groups: dict[str, str | None], *, bare: bool) -> Amount | None:
    """A fraction (三分之二) or ratio (1:350) in decimals; the ends of a range in order."""
    first, second = (_share(groups.get(f"part{n}"), groups.get(f"whole{n}"), bare=bare) for n in ("", "2"))
    if first is None or (groups.get("part2") and second is None):
        return None
    return Amount(first) if second is None else Amount(min(first, second), max(first, second))


def _share(part: str | None, whole: str | None, *, bare: bool) -> Decimal | None:
    above, below = (parse_amount(n or "") or (parse_amount(f"一{n}") if bare and n else None) for n in (part, whole))
    return above.value / below.value if above and below and below.value else None
