"""Numbers that only their context shows to be no target: years in names, the indefinite 一, levels of a class."""

from __future__ import annotations

from typing import Any

from planparse.model import Quantity, Reason, Span, Veto
from planparse.rules import any_cue, cue
from planparse.rules import words as word_list
from planparse.ruleset import per_ruleset

WITHIN = ("内", "以上", "以下", "以内", "之内")  # behind a number of days, months or years
TERMS = frozenset(("个季度", "个学期"))  # 一个学期内两次 is how often, and no bound
LONG_UNITS = frozenset(("年", "周", "天", "日", "个季度", "个学期"))
SIZED = frozenset(("count", "measure", "money", "score"))
SIZES = (
    ("context.counted-before", "context.sized"),
    ("context.past-a-size", "context.of-a-size"),
    ("context.around", "context.of-a-stretch"),
    ("context.yearly", "context.of-a-plant"),
    ("context.measured", "context.past-a-bound"),
    ("context.measured-past", "context.of-a-thing"),
)
"""Cues before and behind a number that only sizes a class."""
SMALL = 20  # 三道防线, 六面红旗: a numeral below this before a weak classifier belongs to a word


def explained_in(text: str) -> Span:
    """Where a report explains its words: from a line 名词解释 on, to an annex or the end."""
    heading = cue("context.glossary").search(text)
    if heading is None:
        return Span(len(text), len(text))
    annex = cue("context.after-glossary").search(text, heading.end())
    return Span(heading.end(), annex.start() if annex else len(text))


def veto_in_context(text: str, quantity: Quantity, floor: int, ceiling: int) -> Veto | None:
    """Why a quantity is no target where it stands, or None."""
    before = text[max(floor, quantity.span.start - 12) : quantity.span.start]
    after = text[quantity.span.end : min(quantity.span.end + 64, ceiling)]
    spelled = not any(map(str.isdigit, text[quantity.span.start : quantity.span.end]))
    found: tuple[Reason, str] | None = None
    if _names_years(quantity, before, after):
        found = "date" if quantity.unit == "日" else "period", "context.duration"
    elif spelled and _is_indefinite(text, quantity, before, after):
        found = "indefinite", "context.one-thing"
    elif spelled and _is_in_a_word(quantity, before):
        found = "name", "context.counted-word"
    elif quantity.kind in SIZED and (sized := _sizes_a_class(text, quantity, floor, after)):
        found = "name", sized
    elif condition := _is_in_a_condition(text, quantity.span, floor, ceiling):
        found = "name", condition
    elif spelled and cue("context.counts-a-list").search(text, floor, quantity.span.start):
        found = "structure", "context.counts-a-list"
    elif cue("context.existing").search(before):
        found = "name", "context.existing"
    elif quantity.kind == "count" and cue("context.one-of").match(after):
        found = "structure", "context.one-of"
    return Veto(quantity.span, *found) if found else None


def _sizes_a_class(text: str, quantity: Quantity, floor: int, after: str) -> str | None:
    """How large those are that are counted or spoken of: 年产值|1亿元|以上的企业."""
    if not _any_size().match(after):
        return None
    if cue("context.size-of-class").match(after):
        return "context.size-of-class"
    if quantity.kind == "count" and cue("context.whose-rate").match(after):
        return "context.whose-rate"
    for before, behind in SIZES:
        if cue(behind).match(after) and cue(before).search(text, floor, quantity.span.start):
            return before
    return None


def _is_in_a_condition(text: str, span: Span, floor: int, ceiling: int) -> str | None:
    """What must be so for the rest of the sentence: 缴费满|15年|的，每月加发; 对床位达到|20张|以上的机构，补助."""
    if cue("context.in-a-condition").match(text, span.end, ceiling):
        return "context.in-a-condition"
    if cue("context.past-a-size-of-whom").match(text, span.end, ceiling):
        return "context.of-whom" if cue("context.of-whom").search(text, floor, span.start) else None
    return None


@per_ruleset
def _any_size() -> Any:
    """One pattern for all that may stand behind a number that sizes a class: most numbers do not."""
    return any_cue("context.size-of-class", "context.whose-rate", *(behind for _, behind in SIZES))


def _names_years(quantity: Quantity, before: str, after: str) -> bool:
    """三年规划, 五天: years and days that nothing before them makes a duration."""
    return (
        quantity.kind == "duration"
        and quantity.unit in LONG_UNITS
        and (not cue("context.duration").search(before) or (quantity.unit == "日" and before.endswith("每月")))
        and not after.startswith(("为一个周期", *WITHIN))
    )


def _is_indefinite(text: str, quantity: Quantity, before: str, after: str) -> bool:
    """一 with a classifier, unless something promises one or bounds it: 至少建设一所, 打造一条, 一个月内."""
    written = text[quantity.span.start : quantity.span.end]
    if written != "一" + (quantity.unit or "") or quantity.kind not in ("count", "duration"):
        return False
    promised = cue("context.one-thing").search(before) and quantity.unit in word_list("promised_one")
    bounded = after.startswith(WITHIN) and quantity.unit not in TERMS
    lasting = quantity.kind == "duration" and (bounded or cue("context.duration").search(before))
    return not (promised or lasting)


def _is_in_a_word(quantity: Quantity, before: str) -> bool:
    if quantity.kind == "money":
        return quantity.value < SMALL and not cue("context.paid").search(before)
    weak = quantity.unit in word_list("weak_classifier") or (quantity.value == 1 and quantity.kind == "measure")
    counted = quantity.kind in ("count", "measure", "score") and quantity.value < SMALL
    return weak and counted and not cue("context.counted-word").search(before)
