"""Planned or achieved: the wording decides, then the section, then the time, and a document plans."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from planparse.assemble.record import Dated
from planparse.assemble.scene import Scene
from planparse.cache import compiled
from planparse.dates import Calendar
from planparse.model import Node, Span, Status
from planparse.rules import rules

STATUSES: tuple[Status, ...] = ("achieved", "planned")
_PERIOD = compiled(r"“?([一二三四五六七八九十]{1,3})五”?(?=时期|期间|以来)")


class Verdict(NamedTuple):
    status: Status
    basis: str  # words, heading, time, document


def title_status(title: str | None) -> Status | None:
    """What the title says of a document's records: a plan's are planned, those of a review or bulletin achieved.

    >>> title_status("某县2023年水利工作总结"), title_status("某县“十四五”水利规划"), title_status("某县政府工作报告")
    ('achieved', 'planned', None)
    """
    said = title or ""
    found = [status for status in STATUSES if _says(said, 0, len(said), status, "title")]
    return found[0] if len(found) == 1 else None


def heading_status(path: list[Node]) -> Status | None:
    """What the nearest heading that says anything says; one that speaks of results and plans leaves it open."""
    for node in reversed(path):
        said = _read_heading(node.title)
        if said is not None:
            return None if said == "both" else said
    return None


@lru_cache(maxsize=1024)
def _read_heading(title: str) -> Status | Literal["both"] | None:
    """What a heading says: of results and plans of two periods both, else what it names first."""
    found = [(match.start(), status) for status in STATUSES if (match := _pattern("heading", status).search(title))]
    if len({status for _, status in found}) > 1 and len({match[1] for match in _PERIOD.finditer(title)}) > 1:
        return "both"  # “十四五”时期成就和“十五五”时期目标
    return min(found)[1] if found else None


@cache
def _pattern(where: str, status: Status) -> Any:
    """What the rules of rules/status.toml that are read in one place say of a status, as one."""
    rows = [rule for rule in rules("status") if (rule["where"], rule["status"]) == (where, status)]
    return compiled("|".join(f"(?:{rule.pattern.pattern})" for rule in rows))


def read_status(
    text: str,
    clause: Span,
    path: list[Node],
    last_day: date | None,
    first_planned: date | None,
    *,
    dated_by: Span | None = None,
) -> Verdict | None:
    """The status of a record whose clause this is, by its words, its time and its headings; None when they leave it
    open. Its last day is that of `dated_by`, in a document that plans from `first_planned` on."""
    heading = heading_status(path)
    done, planned = (_says(text, *clause, status) for status in STATUSES)
    done = done or (heading != "planned" and _says(text, *clause, "achieved", "tally"))
    past = last_day is not None and first_planned is not None and last_day < first_planned
    coming = last_day is not None and first_planned is not None and last_day >= first_planned
    if past:
        return Verdict("achieved", "time")
    if dated_by is not None and not done:  # 截至3月底, 前三季度, 今年以来
        done = _says(text, max(0, dated_by.start - 2), dated_by.end, "achieved", "time")
    if done and not planned and not (coming and heading == "planned"):
        return Verdict("achieved", "words")
    if heading == "achieved" and planned and coming:
        return Verdict("planned", "words")
    if heading:
        return Verdict(heading, "heading")
    return Verdict("planned", "words") if planned else None


def read_wider(text: str, sentence: Span, end: int, title: Status | None) -> Verdict:
    """The status of a record by its sentence, of which its clause ends at `end`, and by the document's title."""
    if title == "planned" or _says(text, sentence.start, end, "planned", "sentence"):
        return Verdict("planned", "document")
    if title == "achieved":
        return Verdict("achieved", "document")
    if _says(text, *sentence, "achieved", "report"):
        return Verdict("achieved", "words")
    return Verdict("planned", "document")


def _says(text: str, start: int, end: int, status: Status, where: str = "clause") -> bool:
    return _pattern(where, status).search(text, start, end) is not None


def status_of(scene: Scene, clause: Span, dated: Dated | None, calendar: Calendar, title: Status | None) -> Verdict:
    """The status of a record by its clause, its time and its headings, else by its sentence and the title."""
    near = dated if dated and dated.scope != "time.heading" else None
    verdict = read_status(
        scene.text,
        clause,
        scene.path,
        near and (near.days[1] or near.days[0]),
        calendar.period[0] or calendar.issued,
        dated_by=near.mention.span if near else None,
    )
    return verdict or read_wider(scene.text, Span(scene.since, scene.sentence.end), clause.end, title)
