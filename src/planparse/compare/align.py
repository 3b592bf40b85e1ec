"""Which records of two documents are of the same indicator: by its id, else by its name; never by resemblance."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from planparse.compare.amounts import amount, words_about
from planparse.indicators import fold_name
from planparse.model import Target
from planparse.rules import read
from planparse.ruleset import per_ruleset, recent_per_ruleset

SHORT = 2  # hanzi: 学位 and 就业 are one indicator only under one verb
GENERAL = "the name is too general to be recognised in another document"
LIKE = 0.75  # of difflib's ratio: names shown to a person as possibly the same, never judged


def name_key(target: Target) -> str:
    """The name as it is compared: folded, 新增 in front wherever the document puts it.

    >>> from planparse import extract
    >>> [name_key(t) for t in extract("2024年计划\\n\\n新增学位800个。增加城镇新增就业人数300人。".encode()).targets]
    ['新增学位', '新增城镇就业人数']
    """
    names = read("compare")["names"]
    name = _bare(target.indicator)
    if target.kind == "coverage":
        for ending in names["coverage"]:
            name = name.removesuffix(ending)
    text = words_about(target)
    for word in names["added"]:
        if word in text:
            return str(word) + name.replace(word, "")
    return name


@recent_per_ruleset(4096)
def _bare(name: str) -> str:
    bare = fold_name(name)
    for place in read("indicators")["folding"]["places"]:
        bare = bare.removeprefix(place)
    return bare


def is_general(target: Target) -> bool:
    """Whether a name says too little to be recognised in another document."""
    return not target.indicator_id and _bare(target.indicator) in _general()


@per_ruleset
def _general() -> frozenset[str]:
    return frozenset(fold_name(name) for name in read("compare")["names"]["general"])


def same_indicator(one: Target, two: Target) -> bool:
    """Whether two records name the same indicator."""
    if one.indicator_id and two.indicator_id:
        return one.indicator_id == two.indicator_id
    if is_general(one) or is_general(two):
        return False
    first, second = _keys(one, two)
    if first != second:
        return False
    return len(first) > SHORT or (one.action is not None and one.action == two.action)


def _keys(one: Target, two: Target) -> tuple[str, str]:
    """Both names; where one side is a full coverage, the other without its 覆盖率."""
    keys = [name_key(one), name_key(two)]
    if "coverage" in (one.kind, two.kind):
        for ending in read("compare")["names"]["coverage"]:
            keys = [key.removesuffix(ending) for key in keys]
    return keys[0], keys[1]


def resembles(one: Target, two: Target) -> bool:
    """Whether two names are close enough to show one beside the other, of quantities that could be compared."""
    if is_general(one) or is_general(two) or one.change != two.change:
        return False
    left, right = amount(one), amount(two)
    dimensions = {found and found.dimension for found in (left, right)}  # None for both: two milestones
    return len(dimensions) == 1 and likeness(one, two) >= LIKE


def most_alike(target: Target, records: Iterable[Target]) -> Target | None:
    """The record that most resembles a target; None when none does."""
    like = [record for record in records if resembles(target, record)]
    return max(like, key=lambda record: likeness(target, record), default=None)


def likeness(one: Target, two: Target) -> float:
    """How alike two names are, from 0 to 1.

    A name within one of up to twice its length counts as alike; a short one (发电量, 新能源发电量) only where the
    amounts are equal.
    """
    first, second = _bare(one.indicator), _bare(two.indicator)
    short, long = sorted((first, second), key=len)
    enough = SHORT - 1 if amount(one) == amount(two) else SHORT + 1
    if enough < len(short) <= len(long) <= 2 * len(short) and short in long:
        return max(LIKE, len(short) / len(long))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def scope(target: Target) -> str | None:
    """全国 or 全省, where the name says that the figure is not the document's own."""
    return next((word for word in read("compare")["names"]["scopes"] if target.indicator.startswith(word)), None)
