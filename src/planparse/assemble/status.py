"""Planned or achieved: the wording decides, then the section, then the time, and a document plans."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from planparse.cache import compiled
from planparse.model import Node, Span, Status
from planparse.rules import rules

_PERIOD = compiled(r"“?([一二三四五六七八九十]{1,3})五”?(?=时期|期间|以来)")


class Verdict(NamedTuple):
    status: Status
    basis: str  # words, heading, time, document


def title_status(title: str | None) -> Status | None:
    """What the title says of a document's records: a plan's are planned, those of a review or bulletin achieved.

    >>> title_status("某县2023年水利工作总结"), title_status("某县“十四五”水利规划"), title_status("某县政府工作报告")
    ('achieved', 'planned', None)
    """
    found = {status for status in _patterns("title") if _says(title or "", 0, len(title or ""), status, "title")}
    return found.pop() if len(found) == 1 else None


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
    found = [
        (match.start(), status)
        for status, patterns in _patterns("heading").items()
        for pattern in patterns
        if (match := pattern.search(title))
    ]
    if len({status for _, status in found}) > 1 and len({match[1] for match in _PERIOD.finditer(title)}) > 1:
        return "both"  # “十四五”时期成就和“十五五”时期目标
    return min(found)[1] if found else None


@cache
def _patterns(where: str) -> dict[Status, list[Any]]:
    """The patterns of rules/status.toml for a title, heading, clause or time, by what they say."""
    patterns: dict[Status, list[Any]] = {"achieved": [], "planned": []}
    for rule in rules("status"):
        if rule["where"] == where:
            patterns[rule["status"]].append(rule.pattern)
    return patterns


class Place(NamedTuple):
    """Where a record stands: its clause, its sentence, the headings above it, and what the document's title says."""

    text: str
    clause: Span
    sentence: Span
    path: list[Node]
    title: Status | None


def read_status(place: Place, last_day: date | None, first_planned: date | None, *, until_now: bool) -> Verdict:
    """The status of a record dated by `last_day`, in a document that plans from `first_planned` on; `until_now` when
    its time is one that reports name (截至3月底)."""
    text, clause, sentence = place.text, place.clause, place.sentence
    heading = heading_status(place.path)
    done, planned = (_says(text, *clause, status) for status in ("achieved", "planned"))
    done = done or until_now
    past = last_day is not None and first_planned is not None and last_day < first_planned
    coming = last_day is not None and first_planned is not None and last_day >= first_planned
    if past:
        return Verdict("achieved", "time")
    if done and not planned and not (coming and heading == "planned"):
        return Verdict("achieved", "words")
    if heading == "achieved" and planned and coming:
        return Verdict("planned", "words")
    if heading:
        return Verdict(heading, "heading")
    if place.title == "planned" or planned or _says(text, sentence.start, clause.end, "planned", "sentence"):
        return Verdict("planned", "words" if planned else "document")
    if place.title == "achieved":
        return Verdict("achieved", "document")
    if _says(text, *sentence, "achieved", "report"):
        return Verdict("achieved", "words")
    return Verdict("planned", "document")


def reports(text: str, start: int, end: int) -> bool:
    """Whether a time is one up to which something has been counted: 截至3月底, 前三季度, 1—7月, 今年以来."""
    return _says(text, max(0, start - 2), end, "achieved", "time")


def _says(text: str, start: int, end: int, status: Status, where: str = "clause") -> bool:
    return any(pattern.search(text, start, end) for pattern in _patterns(where)[status])
