"""Whose document it is: the place, its level, and the year, from what the document says of itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.model import DocumentFacts
from planparse.rules import read
from planparse.ruleset import per_ruleset


class Origin(NamedTuple):
    """`level` is country, province, city, county or township; None with a place that the document does not name."""

    place: str | None
    level: str | None
    year: int | None


def find_origin(facts: DocumentFacts) -> Origin:
    """The place of the issuer, else of the title, and the first year that the document plans.

    >>> from planparse import extract
    >>> find_origin(extract("永安市2024年政府工作报告\\n\\n新增学位800个。".encode()).document)
    Origin(place='永安市', level='city', year=2024)
    """
    year = facts.period.start.year if facts.period and facts.period.start else None
    title = re.sub(r"^\d{4}年度?", "", facts.title or "")
    for name in (facts.issuer or "", title):
        if name.startswith(tuple(read("panel")["places"]["country"])):
            return Origin("全国", "country", year)
        if match := _place_pattern().match(name):
            return Origin(match[0], level_of(match[0]), year)
    return Origin(None, None, year)


def level_of(place: str) -> str | None:
    """The level of a place by the end of its name.

    >>> level_of("甲省乙市"), level_of("丙县"), level_of("北京市"), level_of("甲省乙市丙市")
    ('city', 'county', 'province', 'county')
    """
    if place in read("panel")["places"]["provinces"]:
        return "province"
    if place.endswith("市") and "市" in place[:-1]:
        return "county"  # a city within a city
    return next((level for ending, level in read("panel")["levels"].items() if place.endswith(ending)), None)


@per_ruleset
def _place_pattern() -> re.Pattern[str]:
    """Names of places within each other: the 乡 of 萍乡市 is no end, the second 市 of 甲市市场监管局 no place."""
    endings = "|".join(sorted(read("panel")["levels"], key=len, reverse=True))
    return re.compile(rf"(?:(?![市县区旗])[\u4e00-\u9fff]{{1,12}}?(?:{endings})(?:(?<=市)|(?![市县区旗])))+")
