"""Planned or achieved: the wording decides, then the section, then the time, and a document plans."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import regex

from planparse.model import Node, Status
from planparse.rules import rules

_PERIOD = regex.compile(r"“?([一二三四五六七八九十]{1,3})五”?(?=时期|期间|以来)")


class Verdict(NamedTuple):
    status: Status
    basis: str  # words, heading, time, document


def heading_status(path: list[Node]) -> Status | None:
    """What the nearest heading that says anything says; one that speaks of results and plans leaves it open."""
    for node in reversed(path):
        found = {
            rule["status"] for rule in rules("status") if rule["where"] == "heading" and rule.pattern.search(node.title)
        }
        if len(found) == 1:
            return next(iter(found))
        if found:
            return None if _has_two_periods(node) else _first(node)
    return None


def _has_two_periods(node: Node) -> bool:
    """“十四五”时期成就和“十五五”时期目标: results of one period and plans of the next."""
    return len({match[1] for match in _PERIOD.finditer(node.title)}) > 1


def _first(node: Node) -> Status:
    """Which of results and plans a heading names first."""
    places = [
        (match.start(), rule["status"])
        for rule in rules("status")
        if rule["where"] == "heading" and (match := rule.pattern.search(node.title))
    ]
    status: Status = min(places)[1]
    return status


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
    return any(
        rule["where"] == "clause" and rule["status"] == status and rule.pattern.search(text, start, end)
        for rule in rules("status")
    )
