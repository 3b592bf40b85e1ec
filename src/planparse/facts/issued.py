"""Who signed a document and when: under its text, or between its title and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from planparse.cache import compiled
from planparse.characters import columns
from planparse.dates import number
from planparse.facts.head import HeadLine, classify
from planparse.model import NormalText
from planparse.rules import cue

SIGNATURE_COLUMNS = 120
MARK = 6  # characters that a day ends with
LAST = 8  # lines in which a day alone is a signature's
_PART = compiled(r"\d+|[一二三四五六七八九十〇零廿]+")
_DAY_ENDS = compiled(r"[日\d]）?(?:印发|发布|公布)?）?$")


class Signature(NamedTuple):
    """The bodies that sign, joined as they stand, and the day."""

    issuer: str | None
    day: date | None


def read_day(written: str) -> date | None:
    """A day as documents write it; None for one that the calendar does not have.

    >>> read_day("2024年三月五日"), read_day("2024-3-5"), read_day("2023年2月30日")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), None)
    """
    parts = _PART.findall(written.replace("廿", "二十"))
    try:
        year, month, day = (number(part) or 0 for part in parts[:3])
        return date(year, month, day)
    except ValueError:
        return None


def find_signature(normal: NormalText) -> Signature:
    """The first name of bodies with a day behind or below it; only a day where none stands alone but in the last
    lines."""
    lines = [line for line in normal.text.split("\n") if line.strip()]
    alone: date | None = None
    for i, text in enumerate(lines):
        if not _DAY_ENDS.search(text[-MARK:]) or columns(text) > SIGNATURE_COLUMNS:
            continue
        line = classify(text.strip())
        day = read_day(line.found["day"]) if "day" in line.found else None
        issuer = _signed(line, lines[max(0, i - 8) : i]) if day else None
        if issuer:
            return Signature(issuer, day)
        if day and line.kind in ("day", "person") and i >= len(lines) - LAST:
            alone = alone or day
    last = classify(lines[-1].strip()) if lines and not alone else None
    return Signature(last.found["issuer"] if last and last.kind == "body" else None, alone)


def _signed(line: HeadLine, above: Sequence[str]) -> str | None:
    """The bodies that a line names before its day, or the lines above it."""
    if line.kind == "signed":
        return line.found["issuer"]
    names: list[str] = []
    for text in reversed(above) if line.kind == "day" else ():
        if columns(text) > SIGNATURE_COLUMNS or (body := classify(text.strip())).kind != "body":
            break
        names.insert(0, body.found["issuer"])
    return " ".join(names) or None


def find_issued(head: Sequence[HeadLine], signature: Signature) -> date | None:
    """The day of the signature, else that of the head: its own before one that only a site gives, then the one on
    which a rule was made public."""
    if signature.day:
        return signature.day
    days = list(_days(head))
    own = (day for line, day in days if not line.text.startswith(("发布", "更新", "时间", "日期")))
    return next(own, None) or next((day for _, day in days), None) or _made_public(head)


def _days(head: Sequence[HeadLine]) -> Iterator[tuple[HeadLine, date]]:
    for line in head:
        written = line.found.get("day") or (aside["day"] if (aside := cue("title.aside").search(line.text)) else None)
        if line.kind != "occasion" and written and (day := read_day(written)):
            yield line, day


def _made_public(head: Sequence[HeadLine]) -> date | None:
    text = "".join(line.text for line in head if line.kind in ("adopted", "enacted"))
    match = cue("issued.adopted").search(text)
    return read_day(match["day"]) if match else None
