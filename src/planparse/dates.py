"""Which days a time expression stands for. Pure: the groups of a matched time rule in, two dates out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from planparse.numerals import parse_chinese

RELATIVE = {
    "去年": -1, "上年": -1, "过去一年": -1, "一年来": -1, "上年度": -1, "前年": -2,
    "去": -1, "明年": 1, "次年": 1, "翌年": 1, "来年": 1, "明": 1, "后年": 2,
}  # fmt: skip
TEN_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
ONWARD = ("起", "起始", "开始", "以来", "以后", "之后", "后")
WITHIN = ("内", "期间", "时期", "五年", "时间", "左右")
PLAN = 5  # years of a plan: 2021–2025, 2026–2030
EVE = 10  # the month from which on the last year of a plan speaks of the next one
FIRST_PART = ("前", "头", "开局", "起步", "首")
CENTURY_TURNS = 50  # 98年 is 1998, 24年 is 2024


class Calendar(NamedTuple):
    """What a document lends its times: the year it plans, its period, and the day it was issued."""

    year: int | None = None
    period: tuple[date | None, date | None] = (None, None)
    issued: date | None = None

    def of_year(self, year: int) -> Calendar:
        """The same document, seen from a section about another year."""
        return Calendar(year, self.period, self.issued)


Groups = Mapping[str, str | None]
Days = tuple[date | None, date | None]
NO_DAYS: Days = (None, None)


def number(text: str | None) -> int | None:
    """A year, month or count written in digits or Chinese numerals.

    >>> number("2025"), number("二〇二五"), number("十二"), number(None)
    (2025, 2025, 12, None)
    """
    if not text:
        return None
    if text == "元":  # 元月
        return 1
    if text.isdigit():
        return int(text)
    value = parse_chinese(text)
    return None if value is None else int(value)


def plan_years(ordinal: str) -> tuple[int, int] | None:
    """First and last year of a five-year plan; None before the 七五 (1986), since when plans keep to years 1 to 5.

    >>> plan_years("十四"), plan_years("十五"), plan_years("三")
    ((2021, 2025), (2026, 2030), None)
    """
    count = number(ordinal)
    if count is None or not 7 <= count <= 25:
        return None
    first = 1986 + 5 * (count - 7)
    return first, first + 4


def last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def resolve(groups: Groups, calendar: Calendar, until: Groups | None = None) -> Days:
    """First and last day of a time, either None when it is open or cannot be known; `until` is the other end of a span.

    >>> resolve({"month": "四", "edge": "底前"}, Calendar(2023))
    (None, datetime.date(2023, 4, 30))
    >>> resolve({"plan": "十四", "edge": "期间"}, Calendar(2023))
    (datetime.date(2021, 1, 1), datetime.date(2025, 12, 31))
    >>> resolve({"month": "10"}, Calendar(2023), {"year": "2024", "month": "3", "edge": "底"})
    (datetime.date(2023, 10, 1), datetime.date(2024, 3, 31))
    >>> resolve({"relative": "去年", "month": "10"}, Calendar(2024), {"relative": "今年", "month": "3"})
    (datetime.date(2023, 10, 1), datetime.date(2024, 3, 31))
    """
    try:
        if until is not None:
            return _between(groups, until, calendar)
        start, end = _cut(_whole(groups, calendar), groups.get("edge"), groups)
    except (ValueError, OverflowError):  # the 31st of a month of 30 days, a thirteenth month, 万年: not a date
        return NO_DAYS
    return NO_DAYS if start and end and start > end else (start, end)


def _between(first: Groups, last: Groups, calendar: Calendar) -> Days:
    """From the first day of one time to the last of another; an end that names no year is in that of the other."""
    if _year_of(first, calendar) is None or (not _names_year(first) and _names_year(last)):
        end = _whole(last, calendar)[1]
        if end is None:
            return NO_DAYS
        start = _whole(first, calendar.of_year(end.year))[0]
        if start is not None and start > end:
            start = _whole(first, calendar.of_year(end.year - 1))[0]
    else:
        start = _whole(first, calendar)[0]
        end = _whole(last, calendar if _is_told_from_now(last) or not start else calendar.of_year(start.year))[1]
    return (start, end) if start is not None and end is not None and start <= end else NO_DAYS


def _is_told_from_now(groups: Groups) -> bool:
    """Whether a time names its year from where the document stands: 去年10月至|今年|3月, but 2023年10月至|次年|3月."""
    return groups.get("relative") not in (None, "次年", "翌年", "当年", "来年")


def _names_year(groups: Groups) -> bool:
    return any(groups.get(name) for name in ("year", "short", "relative", "plan"))


def _year_of(groups: Groups, calendar: Calendar) -> int | None:
    """The year that a time names, or the one that is spoken of."""
    if year := number(groups.get("year")):
        return year
    if short := number(groups.get("short")):
        return short + (2000 if short < CENTURY_TURNS else 1900)
    if calendar.year is None:
        return None
    if (relative := groups.get("relative")) or not (month := number(groups.get("month"))):
        return calendar.year + RELATIVE.get(relative or "", 0)
    start, end = calendar.period  # of a school year, or from July to June: each month lies in one of its years
    split = start is not None and end is not None and start.year == calendar.year == end.year - 1 and start.month > 1
    return calendar.year + (split and month < start.month)  # type: ignore[union-attr]


def _whole(groups: Groups, calendar: Calendar) -> Days:
    """The full stretch a time names, before 前, 末 and 起 cut it."""
    if groups.get("event"):
        return NO_DAYS
    if plan := groups.get("plan"):
        return _of_plan(plan, groups)
    if groups.get("count"):
        return _span(groups, calendar)
    year = _year_of(groups, calendar)
    if year is None:
        return NO_DAYS
    if past := number(groups.get("past")):
        return date(year - past, 1, 1), date(year - 1, 12, 31)
    if coming := number(groups.get("coming")):
        return _coming(coming, year, groups, calendar)
    second = number(groups.get("year2"))
    if groups.get("school"):
        return _of_school(year, second or year + 1, groups.get("semester"))
    if second:
        return date(year, 1, 1), date(second, 12, 31)
    return _within_year(year, groups)


def _coming(count: int, year: int, groups: Groups, calendar: Calendar) -> Days:
    """今明两年 from its year; 未来三年 from the document's date, where that is known and no period or plan is meant."""
    start, end = calendar.period
    meant = start and end and start.year == year and end.year - start.year == count - 1
    if calendar.issued is None or groups.get("relative") or meant or (count == PLAN and year % PLAN == 1):
        return date(year, 1, 1), date(year + count - 1, 12, 31)
    if (
        count == PLAN and calendar.issued.year % PLAN == 0 and calendar.issued.month >= EVE
    ):  # 今后五年, told in December
        return date(calendar.issued.year + 1, 1, 1), date(calendar.issued.year + PLAN, 12, 31)
    return calendar.issued, add_months(calendar.issued, 12 * count)


def _of_plan(ordinal: str, groups: Groups) -> Days:
    """The years of a five-year plan, or the first or last few of them."""
    years = plan_years(ordinal)
    if years is None:
        return NO_DAYS
    first, last = years
    part = groups.get("part")
    if some := number(groups.get("years")) or (1 if part else None):
        first, last = (first, first + some - 1) if part in FIRST_PART else (last - some + 1, last)
    return date(first, 1, 1), date(last, 12, 31)


def _of_school(first: int, second: int, semester: str | None) -> Days:
    """A school year, from September to August, or one of its two terms."""
    if semester is None:
        return date(first, 9, 1), date(second, 8, 31)
    return (date(first, 9, 1), last_day(second, 2)) if semester in "一上" else (date(second, 3, 1), date(second, 8, 31))


def _within_year(year: int, groups: Groups) -> Days:
    if term := groups.get("term"):
        return _of_school(year, year + 1, "一") if term == "秋季" else (date(year, 3, 1), date(year, 8, 31))
    if quarter := number(groups.get("quarter")):
        last = number(groups.get("quarter2")) or quarter
        return date(year, 3 * quarter - 2, 1), last_day(year + (last < quarter), 3 * last)
    if quarters := number(groups.get("quarters")):
        return date(year, 1, 1), last_day(year, 3 * quarters)
    if half := groups.get("half"):
        return (date(year, 1, 1), date(year, 6, 30)) if half in "上前" else (date(year, 7, 1), date(year, 12, 31))
    month, second = number(groups.get("month")), number(groups.get("month2"))
    if month is None and second is None:
        return date(year, 1, 1), date(year, 12, 31)
    first, last = month or 1, second or month or 12
    last_year = year + (last < first)  # 11月至2月 spans the turn of the year
    if day := number(groups.get("day")):
        return date(year, first, day), date(last_year, last, number(groups.get("day2")) or day)
    if ten := groups.get("ten"):
        start, end = TEN_DAYS[ten]
        return date(year, first, start), last_day(year, first) if ten == "下旬" else date(year, first, end)
    return date(year, first, 1), last_day(last_year, last)


def _span(groups: Groups, calendar: Calendar) -> Days:
    """三年内, 30日内: from the year it names, from the document's own period of that length, or from its date."""
    count, unit = number(groups.get("count")), groups.get("unit") or ""
    if not count:
        return NO_DAYS
    if year := number(groups.get("year")):
        return date(year, 1, 1), date(year + count - 1, 12, 31)
    months = {"年": 12 * count, "个月": count}.get(unit)
    start, end = calendar.period
    if start and end and months == 12 * (end.year - start.year + 1):
        return start, end
    if calendar.issued is None:
        return NO_DAYS
    last = calendar.issued + timedelta(count) if months is None else add_months(calendar.issued, months)
    return calendar.issued, last


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the month's last.

    >>> add_months(date(2019, 1, 31), 1)
    datetime.date(2019, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _cut(days: Days, edge: str | None, groups: Groups) -> Days:
    """What 到, 前, 末, 起 and 内 leave of a stretch."""
    start, end = days
    if groups.get("to") and edge not in ONWARD:
        return None, end
    if not edge or start is None or edge.endswith(WITHIN):
        return days
    if edge in ONWARD:
        return days if groups.get("plan") else (start, None)
    if edge == "初":
        return (start, last_day(start.year, 1)) if groups.get("month") is None else (start, start.replace(day=10))
    if edge.endswith("前") and edge[0] == "年" and groups.get("year") is None:
        return days  # 年底前: any day of the year will do
    return None, end
