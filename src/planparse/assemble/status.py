"""Planned or achieved: the wording decides, then the section, then the time, and a document plans."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from planparse.cache import compiled
from planparse.model import Node, Status
from planparse.rules import rules

_PERIOD = compiled(r"“?([一二三四五六七八九十]{1,3})五”?(?=时期|期间|以来)")


class Verdict(NamedTuple):
    status: Status
    basis: str  # words, heading, time, document


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
    """The patterns of rules/status.toml for a heading or a clause, by what they say."""
    patterns: dict[Status, list[Any]] = {"achieved": [], "planned": []}
    for rule in rules("status"):
        if rule["where"] == where:
            patterns[rule["status"]].append(rule.pattern)
    return patterns


def read_status(
    text: str, start: int, end: int, path: list[Node], last_day: date | None, first_planned: date | None
) -> Verdict:
    """The status of a record whose clause is text[start:end], dated by `last_day`, in a document that plans from
    `first_planned` on."""
    heading = heading_status(path)
    done, planned = (_says(text, start, end, status) for status in ("achieved", "planned"))
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
    return Verdict("planned", "words" if planned else "document")


def _says(text: str, start: int, end: int, status: Status) -> bool:
    return any(pattern.search(text, start, end) for pattern in _patterns("clause")[status])
