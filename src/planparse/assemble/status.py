"""Planned or achieved: the wording decides, then the section, then the time, and a document plans."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from planparse.model import Node, Status
from planparse.rules import rules


class Verdict(NamedTuple):
    status: Status
    basis: str  # words, heading, time, document


def heading_status(path: list[Node]) -> Status | None:
    """What the nearest heading that says anything says."""
    for node in reversed(path):
        best: tuple[int, Status] | None = None
        for rule in rules("status"):
            if (
                rule["where"] == "heading"
                and (match := rule.pattern.search(node.title))
                and (best is None or match.start() < best[0])
            ):
                best = match.start(), rule["status"]
        if best:
            return best[1]
    return None


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
    if done and not planned:
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
