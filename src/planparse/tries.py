"""What other rules change in documents: records that they gain, lose and read otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planparse.model import Document, Skipped, Target
from planparse.pipeline import parse
from planparse.read import read_bytes
from planparse.ruleset import Ruleset, using

_COMPARED = (
    "indicator",
    "indicator_id",
    "action",
    "comparator",
    "value",
    "value_max",
    "unit",
    "change",
    "per",
    "status",
)


class Changed(NamedTuple):
    """One record that differs: "+" gained, "-" lost, "~" read otherwise; how it is read, and its sentence."""

    sign: str
    source: str
    said: str
    sentence: str


def differences(before: Document, after: Document) -> Iterator[Changed]:
    """How two readings of one document differ, in reading order."""
    old, new = ({(t.start, t.end): t for t in document.targets} for document in (before, after))
    name = after.document.source
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place), new.get(place)
        if was is None and now is not None:
            yield Changed("+", name, shown(now), now.sentence)
        elif now is None and was is not None:
            yield Changed("-", name, shown(was), was.sentence)
        elif was and now and any(getattr(was, field) != getattr(now, field) for field in _COMPARED):
            yield Changed("~", name, f"{shown(was)} → {shown(now)}", now.sentence)


def shown(target: Target) -> str:
    """A record in a line.

    >>> from planparse import extract
    >>> shown(extract("2024年计划\\n\\n新增学位800个以上。".encode()).targets[0])
    '800个 | 学位 | 新增 | >= 800 个 | school-places'
    """
    value = "" if target.value is None else f"{target.value}{f'..{target.value_max}' if target.value_max else ''}"
    amount = " ".join(part for part in (target.comparator, value, target.unit or "") if part)
    parts = [target.quote, target.indicator, target.action or "—", amount, target.indicator_id or ""]
    return " | ".join(part for part in parts if part)


def read_twice(content: bytes, name: str, rulesets: Iterable[Ruleset]) -> list[Document]:
    """A document as each of some rulesets reads it."""
    documents = []
    for ruleset in rulesets:
        with using(ruleset):
            documents.append(parse(read_bytes(content, name)))
    return documents


def reasons(document: Document) -> dict[tuple[int, int], Skipped]:
    """The skipped numbers of a document by their places."""
    return {(skipped.start, skipped.end): skipped for skipped in document.skipped}
