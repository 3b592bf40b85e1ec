"""Canonical indicators: the id under which a name can be compared across years and places."""

from __future__ import annotations

from typing import Any

from planparse.cache import recall
from planparse.characters import fold
from planparse.rules import read
from planparse.ruleset import per_ruleset, recent_per_ruleset

_MARKS = str.maketrans("", "", "“”‘’《》 \u3000")


def find_indicator(name: str, verb: str | None = None) -> str | None:
    """The id of the indicator that a name stands for, its governing verb taken into account; None when unknown.

    >>> find_indicator("九年义务教育巩固率"), find_indicator("就业", "城镇新增"), find_indicator("“不明”率")
    ('compulsory-education-retention', 'urban-new-jobs', None)
    """
    bare, spellings, places = fold_name(name), _spellings(), _places()
    if bare.startswith(places):
        for place in places:
            bare = bare.removeprefix(place)
    return spellings.get(bare) or (spellings.get(fold_name(verb) + bare) if verb else None)


def indicator_row(id_: str) -> dict[str, Any] | None:
    """The row of rules/indicators.toml with an id: its names in both languages, its field and its unit.

    >>> indicator_row("urban-new-jobs")["unit"]
    '人'
    """
    return _rows().get(id_)


@per_ruleset
def _rows() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in read("indicators")["indicator"]}


@per_ruleset
def _spellings() -> dict[str, str]:
    """Every spelling of every indicator in rules/indicators.toml, and the id it stands for."""
    return recall("spellings", _read_spellings)


def _read_spellings() -> dict[str, str]:
    spellings: dict[str, str] = {}
    for row in read("indicators")["indicator"]:
        for spelling in [row["name"], *row.get("aliases", ())]:
            spellings[fold_name(spelling)] = row["id"]
    return spellings


@per_ruleset
def _places() -> tuple[str, ...]:
    """What says only whose an indicator is, in the order in which it is left out."""
    return tuple(_folding()["places"])


@per_ruleset
def _folding() -> dict[str, Any]:
    return recall("folding", lambda: read("indicators")["folding"])


@recent_per_ruleset(4096)
def fold_name(name: str) -> str:
    """A name without marks, each thing said in one of the ways that rules/indicators.toml lists for it.

    >>> fold_name("第二产业占地区生产总值的比例") == fold_name("第二产业占GDP比重")
    True
    """
    plain = fold(name).translate(_MARKS)
    for other, usual in _folding()["same"]:
        plain = plain.replace(other, usual)
    return plain
