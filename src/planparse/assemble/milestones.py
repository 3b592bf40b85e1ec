"""Milestones: a calendar time that bounds a named action which has no quantity of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.constructions import Reading
from planparse.assemble.naming import named_before
from planparse.assemble.record import Dated, Record, Said
from planparse.assemble.scene import Scene
from planparse.assemble.status import status_of
from planparse.assemble.timing import Clock
from planparse.cache import compiled
from planparse.dates import NO_DAYS
from planparse.model import Quantity, Sentence, Span, TimeMention
from planparse.rules import cue, having


def milestone_records(scene: Scene, clock: Clock) -> Iterator[Record]:
    """The milestones of a sentence, in reading order."""
    kept = ""  # whose action the milestone before it was: 工程8月完工，9月投入使用
    for dated in clock.now:
        time, days = dated.mention, dated.days
        if days == NO_DAYS:
            continue
        begin = clause_start(scene.text, time.span.start, scene.sentence.start)
        end = clause_end(scene.text, time.span.end, scene.sentence.end)
        verdict = status_of(scene, Span(begin, end), dated, clock.calendar, clock.title)
        subject = subject_of(scene.text, time, scene.sentence) or kept or named_before(scene, begin)
        phrase = find_milestone(
            scene.text,
            time,
            scene.sentence,
            scene.quantities,
            achieved=verdict.status == "achieved",
            subject_before=subject,
        )
        kept = subject if phrase is not None and phrase.text.startswith(subject) else ""
        if phrase is None:
            continue
        yield Record(
            span=time.span,
            kind="milestone",
            status=verdict.status,
            indicator=phrase.text,
            rule=time.rule,
            sentence=scene.sentence,
            path=scene.path,
            action=phrase.verb,
            dated=dated,
            why={
                "name": Said("milestone"),
                "time": Said(dated.scope, time.span),
                "status": Said(f"status.{verdict.basis}"),
            },
        )


def find_milestone(
    text: str,
    time: TimeMention,
    sentence: Sentence,
    quantities: list[Quantity],
    *,
    achieved: bool,
    subject_before: str = "",
) -> Reading | None:
    """The named action that a time bounds, or None when a quantity, a statement or nothing follows it.

    `subject_before` is whose action it is when the clause does not say: 工程8月完工，|9月投入使用|.
    """
    begin = clause_start(text, time.span.start, sentence.start)
    end = clause_end(text, time.span.end, sentence.end)
    if end == time.span.end and end < sentence.end and text[end] == "，":
        end = clause_end(text, end + 1, sentence.end)
    first = end
    if _is_horizon(time):
        end = _before_quantity(text, end, sentence, quantities)
    counted = any(begin <= q.span.start < time.span.start and q.kind == "count" for q in quantities)  # 5所学校9月投用
    if (
        counted
        or any(time.span.end <= q.span.start < end for q in quantities)
        or cue("milestone.statement").match(text, time.span.end, end)
    ):
        return None
    rest = text[time.span.end : end].strip("，、 的")
    done = _of_practice(time) if not achieved else cue("milestone.finished")
    match = (
        done.search(rest)
        if time.bounds or _of_practice(time) is cue("milestone.practice")
        else cue("milestone.finished").search(rest)
    )
    if match is None or text[begin - 1 : begin] == "（":
        return None
    subject = _without_lead(text[begin : time.span.start].strip("，、 "))
    if not subject and cue("milestone.bare").fullmatch(rest):
        subject = subject_before
    name = _without_lead(subject + (rest if end == first else text[time.span.end : first].strip("，、 的")))
    return Reading("milestone", name, begin, end, match[0]) if len(name) > 3 else None


def subject_of(text: str, time: TimeMention, sentence: Sentence) -> str:
    """Whose time it is: the words of its clause before it."""
    begin = clause_start(text, time.span.start, sentence.start)
    subject = _without_lead(text[begin : time.span.start].strip("，、 "))
    return str(compiled(rf"(?:{cue('milestone.lead').pattern})$").sub("", subject))


def _without_lead(text: str) -> str:
    match = cue("milestone.lead").match(text)
    return text[match.end() :] if match else text


def _of_practice(time: TimeMention) -> Any:
    return cue("milestone.practice") if time.groups.get("edge") in ("起", "开始") else cue("milestone.completion")


def _is_horizon(time: TimeMention) -> bool:
    """到2025年, 到“十四五”末: what they date runs on over several clauses."""
    return time.rule in having("horizon", "times")


def _before_quantity(text: str, end: int, sentence: Sentence, quantities: list[Quantity]) -> int:
    """The end of the last clause before the first that holds a quantity."""
    while end < sentence.end and text[end] == "，":
        following = clause_end(text, end + 1, sentence.end)
        if any(end <= q.span.start < following for q in quantities):
            break
        end = following
    return end
