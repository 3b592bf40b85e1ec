"""What holds of every document that is read, whatever its text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from datetime import date

from planparse.characters import fold
from planparse.contract import read_output
from planparse.model import Document, PlanparseError
from planparse.write import render

_HANZI = re.compile(r"[\u4e00-\u9fff]+")
_NUMERAL = "[一二三四五六七八九十百千万亿两]"
# a few units that no other word begins with
_COUNTED = re.compile(rf"(?<!第){_NUMERAL}+(?:所|名|亩|公里|亿元|万元|吨|公顷|平方米|千瓦时)")


def faults(document: Document, *, written: bool = True) -> list[str]:
    """Everything that a document breaks; `written` holds its output against the schema too."""
    found = [*_places(document), *_days(document), *_values(document), *_unaccounted(document)]
    if document.status not in ("ok", "partial", "failed") or (document.status != "ok" and not document.warnings):
        found.append(f"status {document.status} without a warning")
    return found + ([*_outputs(document)] if written else [])


def _places(document: Document) -> Iterator[str]:
    """Quotes stand at their offsets, offsets in the text and in order, ids are of one record each."""
    size = len(document.text)
    for one in [*document.targets, *document.skipped]:
        if not 0 <= one.start < one.end <= size or document.text[one.start : one.end] != one.quote:
            yield f"{one.quote!r} is not at {one.start}"
    for node in document.outline:
        if not 0 <= node.start <= node.end <= size:
            yield f"outline {node.id} at {node.start} to {node.end} of {size}"
    for listed in (document.targets, document.skipped):
        if [(one.start, one.end) for one in listed] != sorted((one.start, one.end) for one in listed):
            yield "not in the order of the text"
    ids = [target.id for target in document.targets]
    if len(ids) != len({*ids}):
        yield "an id twice"


def _days(document: Document) -> Iterator[str]:
    spans: list[tuple[date | None, date | None]] = [(t.time.start, t.time.end) for t in document.targets if t.time]
    if document.document.period:
        spans.append((document.document.period.start, document.document.period.end))
    for start, end in spans:
        if start is not None and end is not None and start > end:
            yield f"{start} is after {end}"


def _values(document: Document) -> Iterator[str]:
    for target in document.targets:
        for value in (target.value, target.value_max, target.baseline, target.confidence):
            if value is not None and not math.isfinite(value):
                yield f"{target.quote!r} is {value}"


def _unaccounted(document: Document) -> Iterator[str]:
    """Digits and numerals with a unit that are in no record, no time that a record uses, no ledger entry."""
    text = fold(document.text)
    taken = bytearray(len(text))
    for one in [*document.targets, *document.skipped]:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    for words in {target.time.text for target in document.targets if target.time and target.time.text}:
        tight = [re.escape(char) for char in fold("".join(words.split()))]
        found_at = [found.span() for found in re.finditer(r"\s*".join(tight), text)] or list(_over_a_table(tight, text))
        for start, end in found_at:
            taken[start:end] = b"\1" * (end - start)
    for found in [*re.finditer(r"[0-9]+", text), *_COUNTED.finditer(text)]:
        if not any(taken[found.start() : found.end()]) or (
            found[0].isdecimal() and not all(taken[slice(*found.span())])
        ):
            yield f"{found[0]!r} vanished from {document.text[max(0, found.start() - 12) : found.end() + 12]!r}"


def _over_a_table(tight: list[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the characters of a time stand when the rows of a table lie between two of them."""
    for at in range(1, len(tight)):
        ends = r"\s*".join(tight[:at]), r"\s*".join(tight[at:])
        yield from (
            found.span() for found in re.finditer(rf"{ends[0]}\s*\n[^\n]*\t(?s:.*?)\t[^\n]*[\n\f]\s*{ends[1]}", text)
        )


def _outputs(document: Document) -> Iterator[str]:
    """The JSON has the shape of its schema and holds what it was made from; the CSV can be written."""
    content = render([document], "json")
    try:
        again = read_output(content).documents[0]
    except PlanparseError as error:
        yield str(error)
        return
    if render([again], "json") != content:
        yield "the JSON is not what was read from it"
    json.loads(content, parse_constant=lambda name: math.nan)
    render([document], "csv")
