"""The years that a document plans or reports, and the year that it speaks of where it names no period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from planparse.characters import columns
from planparse.dates import NO_DAYS, Days, last_day, number, plan_years
from planparse.facts.head import HeadLine
from planparse.facts.title import is_whole, subtitles
from planparse.rules import cue

TITLE_COLUMNS = 120
OPENING = 1200
REACH = 2500


def find_period(title: str | None, head: Sequence[HeadLine], text: str) -> Days:
    """First and last day of the years a document plans: from its title, that of the plan it carries, the meeting it
    was given at, or its opening words."""
    plain = text[:REACH]
    said: tuple[Callable[[], Days], ...] = (
        lambda: period_of(title or ""),
        lambda: _of_plan(head),
        lambda: _of_subtitle(head),
        lambda: _of_occasion(head),
        lambda: _stated(plain),
        lambda: _planned(plain[:OPENING]),
        lambda: _from(plain),
        lambda: _of_news(title, head),
        lambda: _of_speech(title, head),
    )
    return next((days for read in said if (days := read()) != NO_DAYS), NO_DAYS)


def period_of(title: str) -> Days:
    """The period that a title names; of several years the last, which is the one planned.

    >>> [str(day) for day in period_of("甲县2023年工作总结和2024年工作打算")]
    ['2024-01-01', '2024-12-31']
    """
    if cue("period.rule").search(title):
        title = cue("period.aside").sub("", title)
    if match := cue("period.months").search(title):
        return date(int(match["first"]), int(match["month"]), 1), last_day(int(match["last"]), int(match["month2"]))
    if match := cue("period.school-years").search(title):
        return date(int(match["first"]), 9, 1), date(int(match["last"]), 8, 31)
    if match := cue("period.range").search(title):
        return _years(match["first"], match["last"])
    if (match := cue("period.plan").search(title)) and (years := plan_years(match["plan"])):
        return date(years[0], 1, 1), date(years[1], 12, 31)
    named = [year for match in cue("period.year").finditer(title) if (year := number(match["year"]))]
    return _years(str(max(named)), str(max(named))) if named else NO_DAYS


def _years(first: Any, last: Any) -> Days:
    """The days of a range of years; none where it runs backwards."""
    start, end = number(first), number(last)
    return (date(start, 1, 1), date(end, 12, 31)) if start and end and start <= end else NO_DAYS


def _of_plan(head: Sequence[HeadLine]) -> Days:
    """The period of a title below the document's own: of the plan that a notice carries."""
    for line in head:
        if not line.kind and not line.prose and columns(line.text) <= TITLE_COLUMNS and is_whole(line.text):
            days = period_of(line.text)
            if days != NO_DAYS:
                return days
    return NO_DAYS


def _of_subtitle(head: Sequence[HeadLine]) -> Days:
    """The period that a line below the title names which a dash sets apart."""
    return next((days for text in subtitles(head) if (days := period_of(text)) != NO_DAYS), NO_DAYS)


def _of_occasion(head: Sequence[HeadLine]) -> Days:
    for line in head:
        if line.kind == "occasion" and (match := cue("period.occasion").search(line.text)):
            return _years(match["year"], match["year"])
    return NO_DAYS


def _stated(text: str) -> Days:
    match = cue("period.stated").search(text)
    return _years(match["first"], match["last"]) if match else NO_DAYS


def _planned(opening: str) -> Days:
    match = cue("period.planned").search(opening)
    return _years(match["year"], match["year"]) if match else NO_DAYS


def _from(text: str) -> Days:
    match = cue("period.from").search(text)
    years = number(match["count"]) if match else None
    return _years(match["year"], str(int(match["year"]) + years - 1)) if match and years else NO_DAYS


def _of_news(title: str | None, head: Sequence[HeadLine]) -> Days:
    """The year of a press piece: it reports what its day of publication belongs to."""
    if not title or is_whole(title):
        return NO_DAYS
    published = (line.text for line in head if line.kind == "day" and line.text.startswith("发布"))
    match = cue("period.occasion").search(next(published, ""))
    return _years(match["year"], match["year"]) if match else NO_DAYS


def _of_speech(title: str | None, head: Sequence[HeadLine]) -> Days:
    """The year of a speech or report on work, by the day below its title."""
    spoken = title is not None and cue("period.speech").search(title) is not None
    days = (line.text for line in head if line.kind in ("day", "occasion")) if spoken else iter(())
    match = cue("period.occasion").search(next(days, ""))
    return _years(match["year"], match["year"]) if match else NO_DAYS


def find_year(
    period: Days,
    issued: date | None,
    numbered: int | None,
    head: Sequence[HeadLine],
    text: str,
    title: str | None = None,
) -> int | None:
    """The year that 今年 means: that of a period of one year, of the day of issue, the period's first, the month on the
    cover, the one in which the document was numbered, the one that the first sentence or table begins with."""
    start, end = period
    if start and end and (start.year == end.year or cue("period.second-term").search(title or "")):
        return end.year
    if end and issued is None and cue("period.over").search(title or ""):
        return end.year
    covers = (match["year"] for line in head if (match := cue("period.cover").match(line.text)))
    dated = issued or start
    return dated.year if dated else number(next(covers, None)) or numbered or _opening_year(text[:REACH])


def _opening_year(text: str) -> int | None:
    """The year that the first sentence or the head of the first table begins with."""
    lines = [line for line in text.split("\n") if line.strip()]
    prose = next((line for line in lines if "。" in line), "")
    tables = (line for line in lines if line.startswith("表"))
    for line in (prose, *tables):
        if match := cue("period.current").match(line):
            return number(match["year"])
    return None
