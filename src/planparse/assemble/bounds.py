"""How a number is bounded and distributed: comparator, change, per, and the baseline it is counted from."""

from __future__ import annotations

from typing import NamedTuple

import regex

from planparse.model import Change, Comparator, Quantity
from planparse.rules import rules

_PER = regex.compile(
    r"每(?:人每|户每|校每)?(?:个|所|名|家|支)?(?:旗县|地市|县|市|区|乡镇|镇|村|学校|学段|人|户|校|周|年|月|日|天|季度|季|学期|学年|次|期|万人口|万人|千人|百人|班|"
    r"[\u4e00-\u9fff]{1,6}?(?=至少|不少于|建|配|培|打造|设|\d))(?:每?(?:年|月|次|天|人))?|年均|年平均|户均|日均|月均|"
    r"人均(?=增|提高|补|\d|不|达|减)|各(?:个)?[^，。；：\d各]{1,16}?(?=(?:至少|均|都|分别)(?:要)?[^，。；\d]{0,4}(?:建|配|打|创|设|培|开|有))"
)
_BASELINE_FROM = regex.compile(
    r"(?:由|从)(?:[^，。；\d]{0,12}的?)?(?P<low>\Z)")
_BASELINE_TO = regex.compile(
    r"[^，。；、]{0,4}?(?:提高|增加|增长|上升|提升|扩大|发展|拓展|扩展|降低|下降|减少|压减|压缩|缩短|回落|增|降|减|升|调整|优化|改善|跃升|攀升|扩容|翻新|精简|缩减|上调|下调)?(?:到|至|为)了?(?:[^，。；、\d]{0,4})")
_THAN = regex.compile(
    r"(?:较|比|同比|环比)(?P<than>[^，。；\d]{0,4}(?:(?:19|20)\d{2}年|[^，。；、\d]{1,8}?)?(?:末|底|初|上年|去年|同期|年|前))?(?=[^，。；\d]{0,8}\Z)|同比(?=[^，。；\d]{0,6}\Z)")


class Bound(NamedTuple):
    comparator: Comparator
    start: int      # where its words before the number begin
    end: int        # where its words after the unit end


def read_comparator(text: str, quantity: Quantity, floor: int, ceiling: int) -> Bound:
    """The comparator of a number: a range keeps to its ends, then what follows, what precedes, what stands inside."""
    start, end = quantity.span
    symbol: Comparator | None = None
    for rule in rules("comparators"):
        if rule["side"] == "after" and (match := rule.pattern.match(text, quantity.span.end, ceiling)):
            symbol, end = rule["symbol"], match.end()
            break
    for rule in rules("comparators"):
        if rule["side"] == "before" and (match := rule.pattern.search(text, floor, quantity.span.start)):
            symbol, start = symbol or rule["symbol"], match.start()
            break
    if quantity.value_max is not None:
        symbol = "range"
    if quantity.rule == "quantity.rank-among":
        symbol = "<="
    return Bound(symbol or (">" if quantity.more else "="), start, end)


def read_change(text: str, quantity: Quantity, floor: int) -> tuple[Change | None, str | None]:
    """Whether the value is a difference, and the place it is counted from (高于|全国|1.7个百分点)."""
    if quantity.kind in ("coverage", "milestone", "score") or quantity.rule == "quantity.doubling":
        return None, None
    if quantity.kind == "rank" and quantity.rule != "quantity.rank-step":
        return None, None
    for rule in rules("changes"):
        match = rule.pattern.search(text, floor, quantity.span.start)
        if match is None:
            continue
        if rule["change"] == "level":
            return None, None
        than = match.groupdict().get("than")
        if than and quantity.kind != "percentage_point" and "增" not in text[floor:match.start()]:
            return None, None
        return rule["change"], than
    return _nominal_change(text, quantity, floor), None


def _nominal_change(text: str, quantity: Quantity, floor: int) -> Change | None:
    """A percentage point is a difference wherever the verb stands: 提高|巩固率|3个百分点."""
    if quantity.kind == "percentage_point":
        before = text[floor:quantity.span.start]
        return "decrease" if regex.search(r"降|减|缩|下|低于|回落|收窄", before) else "increase"
    if quantity.rule == "quantity.rank-step":
        return "decrease" if regex.search(r"后移|下滑|下降", text[floor:quantity.span.start]) else "increase"
    return None


def read_per(text: str, floor: int, start: int) -> str | None:
    """The distributive basis nearest before a number: 每年, 每人每月, 每个旗县, 年均."""
    found = None
    for match in _PER.finditer(text, floor, start):
        found = match[0]
    return found


def read_than(text: str, floor: int, start: int) -> str | None:
    """What a difference is counted from, as written: 较上年, 同比, 比2020年."""
    match = _THAN.search(text, floor, start)
    return match[0] if match else None


def is_baseline(text: str, low: Quantity, high: Quantity, floor: int) -> bool:
    """Whether the first of two numbers is what the second is counted from: 由54.9%提高到58.8%."""
    if low.kind != high.kind or low.unit not in (high.unit, None):
        return False
    return bool(_BASELINE_FROM.search(text, floor, low.span.start)) and \
        bool(_BASELINE_TO.fullmatch(text, low.span.end, high.span.start))
