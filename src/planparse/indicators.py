"""Canonical indicators: the id under which a name can be compared across years and places."""

from __future__ import annotations

from functools import cache

from planparse.characters import fold
from planparse.rules import read

_MARKS = str.maketrans("", "", "“”‘’《》 \u3000")
_QUALIFIERS = (
    "全市",
    "全省",
    "全县",
    "全区",
    "全旗",
    "全国",
    "全盟",
    "全州",
    "我市",
    "我省",
    "我县",
    "我区",
    "我旗",
    "年末",
)


def find_indicator(name: str, verb: str | None = None) -> str | None:
    """The id of the indicator that a name stands for, its governing verb taken into account; None when unknown.

    >>> find_indicator("九年义务教育巩固率"), find_indicator("就业", "城镇新增"), find_indicator("“不明”率")
    ('compulsory-education-retention', 'urban-new-jobs', None)
    """
    bare = _plain(name)
    for qualifier in _QUALIFIERS:
        bare = bare.removeprefix(qualifier)
    return _spellings().get(bare) or (_spellings().get(_plain(verb) + bare) if verb else None)


@cache
def _spellings() -> dict[str, str]:
    """Every spelling of every indicator in rules/indicators.toml, and the id it stands for."""
    spellings: dict[str, str] = {}
    for row in read("indicators")["indicator"]:
        for spelling in [row["name"], *row["aliases"]]:
            spellings[_plain(spelling)] = row["id"]
    return spellings


def _plain(name: str) -> str:
    return fold(name).translate(_MARKS)
