"""What became of a plan: each planned target against what a later document reports as achieved."""

from __future__ import annotations

from planparse.compare.align import GENERAL, is_general, most_alike, same_indicator
from planparse.compare.comparable import why_not
from planparse.compare.rows import Comparison, Row
from planparse.compare.verdict import judge
from planparse.indicators import fold_name
from planparse.model import Document, Target


def fulfil(plan: Document, report: Document) -> Comparison:
    """Each planned target as kept, missed, not reported, or unclear with the reason; see docs/compare.md.

    >>> from planparse import extract
    >>> plan = extract(text="甲县2024年计划\\n\\n新建公园3个。")
    >>> report = extract(text="甲县2025年政府工作报告\\n\\n一、2024年工作回顾\\n2024年，新建公园4个。")
    >>> [(row.verdict, row.indicator) for row in fulfil(plan, report).rows]
    [('kept', '公园')]
    """
    planned = [t for t in plan.targets if t.status == "planned"]
    achieved = [t for t in report.targets if t.status == "achieved"]
    return Comparison("fulfil", plan, report, [_row(target, planned, achieved) for target in planned])


def _row(target: Target, planned: list[Target], achieved: list[Target]) -> Row:
    if is_general(target):
        return Row("unclear", target, None, GENERAL)
    same = [record for record in achieved if same_indicator(target, record)]
    if not same:
        like = most_alike(target, achieved)
        if like is None:
            return Row("not reported", target, None)
        equal = fold_name(target.indicator) == fold_name(like.indicator)
        reason = "the same name, said in another way" if equal else "perhaps reported under another name"
        return Row("unclear", target, like, reason)
    verdicts = [(judge(target, record), record) for record in same]
    decided = [(verdict, record) for verdict, record in verdicts if verdict.name != "unclear"]
    if not decided:
        verdict, record = min(verdicts, key=lambda found: _distance(target, found[1]))
        return Row(verdict.name, target, record, verdict.reason)
    verdict, record = decided[0]
    if len({found.name for found, _ in decided}) > 1:
        return Row("unclear", target, record, "reported more than once, with different results")
    if any(_rivals(target, other) for other in planned):
        return Row("unclear", target, record, "planned more than once, with different values")
    return Row(verdict.name, target, record, verdict.reason)


def _distance(target: Target, record: Target) -> tuple[bool, bool, bool]:
    """How far a record is from saying what a target does: the year's own growth is nearer than that of five years."""
    return (why_not(target, record) is not None, target.change != record.change, target.unit != record.unit)


def _rivals(one: Target, two: Target) -> bool:
    """Whether two targets of one plan say different things of the same: then neither can be told in a report."""
    return (
        one is not two
        and same_indicator(one, two)
        and one.change == two.change
        and one.value != two.value
        and one.time == two.time
        and why_not(one, two) is None
    )
