"""Every match of many rules in one pass over a text.

Few characters open a rule, and what comes next rules out most of those: 三年 can open 三年内, 三成 cannot. So a rule is
tried only where it can begin, and most of a text is never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from planparse.cache import recall
from planparse.engine import compile_pattern
from planparse.openings import OTHER, OTHER_HANZI, find_openings, kind_of
from planparse.patterns import NOTHING, Limited
from planparse.rules import Rule, cue
from planparse.ruleset import per_ruleset

SEPARATORS = frozenset(".,")
_REACH = 256  # characters; a try with no end would search all the text ahead for what its rule cannot do without


Found = tuple[int, Rule, Any]
"""Where a match of a rule begins, the rule, and the match."""


class Finder:
    """Finds where some rules match, each at every place where it does.

    No match begins inside a number, 五届 not in 十五届, but after its point or comma: 1.2025年 may be a label
    and a year.
    Sets of rules are numbers: the rule at place i of `rules` is in those whose i-th bit is set.
    """

    def __init__(self, name: str, rules: Sequence[Rule]) -> None:
        """`name` says what rules they are, for what is kept between runs."""
        self.rules = rules
        self.opener, tables = recall(f"openings {name}", lambda: _look_ahead([rule.pattern.pattern for rule in rules]))
        first, second, after_number, then = map(_ByCharacter, tables)
        self.after_number = _ByPair(after_number, then)
        self.opened = _ByPair(first, second)
        self.members = lru_cache(maxsize=4096)(self._members)
        self.order = {rule.id: i for i, rule in enumerate(rules)}

    def find(
        self, text: str, numbers: Iterable[tuple[int, int]] = (), begin: int = 0, stop: int | None = None
    ) -> list[Found]:
        """Every match in a text, or a stretch of it, in reading order, those that begin at one place in the order of
        the rules.

        `numbers` are where the whole numbers of the text begin and end, in order.
        """
        stop = len(text) if stop is None else stop
        opened, after_number, members = self.opened, self.after_number, self.members
        found: list[Found] = []
        following = iter(numbers)
        start = end = 0
        last = stop - _REACH
        for opener in self.opener.finditer(text, begin, stop):
            at = opener.start()
            rules = opened[text[at : at + 2]]
            if not rules:
                continue
            while end <= at:
                start, end = next(following, (len(text), len(text) + 1))
            if start < at and text[at - 1] not in SEPARATORS:
                continue
            if start <= at:
                at_end = end + (text[end : end + 1] in SEPARATORS)  # 1.推动: 推 must fit
                rules &= after_number[text[at_end : at_end + 2]]
            if rules:
                reach = at + _REACH if at < last else stop
                for rule, match_at in members(rules):
                    if match := match_at(text, at, reach):
                        found.append((at, rule, match))
        return found

    def find_by_rule(self, text: str, begin: int = 0, stop: int | None = None) -> list[Found]:
        """Every match in a text, or a stretch of it, in the order of the rules."""
        found = self.find(text, (), begin, stop)
        return sorted(found, key=self._place) if len(found) > 1 else found

    def _place(self, found: Found) -> int:
        return self.order[found[1].id]

    def may_begin(self, char: str) -> bool:
        """Whether some rule can begin with a character."""
        return self.opened.first[char] > 0

    def opened_at(self, text: str, at: int, stop: int | None = None) -> list[tuple[Rule, Any]]:
        """The rules that can begin at a place, each with its way to match there."""
        return self.members(self.opened[text[at : at + 2 if stop is None else min(at + 2, stop)]])

    def _members(self, rules: int) -> list[tuple[Rule, Any]]:
        """The rules of a set, each with its way to match at a place."""
        return [(rule, rule.pattern.match) for i, rule in enumerate(self.rules) if rules >> i & 1]


def _opener(first: Mapping[str, int], second: Mapping[str, int]) -> str:
    """A pattern for every place where a rule can begin: a character that opens one, and if what it opens is words that
    are all known, a second that goes on with one of them. In Python's own: regex tries the members of a set in turn."""
    if OTHER_HANZI in first or OTHER in first:
        return "(?s:.)"
    follow = {char: {after for after, rules in second.items() if rules & first[char]} for char in first}
    wide = [char for char, after in follow.items() if OTHER_HANZI in after or OTHER in after or "" in after]
    words = {char: after for char, after in follow.items() if char not in wide}
    seconds = "".join(set().union(*words.values()))
    choices = [_set(wide)] if wide else []
    return "|".join([*choices, f"{_set(words)}(?={_set(seconds)})"] if words else choices) or NOTHING


def _set(chars: Iterable[str]) -> str:
    """A set of characters; with one digit, all of every script."""
    digits = r"\d" if any(map(str.isdecimal, chars)) else ""
    return f"[{digits}{re.escape(''.join(chars))}]"


@per_ruleset
def opened_cue(name: str) -> Any:
    """A cue that is looked for in whole texts, tried only where it can begin: Python's own engine tries everywhere."""
    plain = cue(name)
    return plain if isinstance(plain, Limited) else recall(f"opened {plain.pattern}", lambda: _opened(plain))


def opener_of(pattern: Any) -> re.Pattern[str]:
    """A pattern for what any match of one must begin with: where it finds nothing, the dearer one needs no try."""
    return recall(f"opener {pattern.pattern}", lambda: re.compile(_opener(*_tables([pattern.pattern])[:2])))


def _opened(plain: Any) -> Any:
    (opening,) = find_openings([plain.pattern])
    if OTHER_HANZI in opening.first or OTHER in opening.first:
        return plain
    return compile_pattern(f"(?={_set(opening.first)})(?:{plain.pattern})")


class _ByCharacter(dict[str, int]):
    """A set of rules for each character; one that no rule names has that of its kind."""

    def __missing__(self, char: str) -> int:
        self[char] = rules = self.get(kind_of(char), 0)
        return rules


class _ByPair(dict[str, int]):
    """The set of rules that two characters can open: those of which they are the first and the second."""

    def __init__(self, first: _ByCharacter, second: _ByCharacter) -> None:
        super().__init__()
        self.first, self.second = first, second

    def __missing__(self, pair: str) -> int:
        self[pair] = rules = self.first[pair[:1]] & self.second[pair[1:]]
        return rules


def _look_ahead(patterns: list[str]) -> tuple[re.Pattern[str], tuple[dict[str, int], ...]]:
    """Where any of some patterns can begin, and which of them can."""
    tables = _tables(patterns)
    return re.compile(_opener(tables[0], tables[1])), tables


def _tables(patterns: list[str]) -> tuple[dict[str, int], ...]:
    """The sets of rules that each character can open, be the second of, follow a number in, and come after that."""
    tables: tuple[dict[str, int], ...] = ({}, {}, {}, {})
    for i, opening in enumerate(find_openings(patterns)):
        for table, chars in zip(tables, opening, strict=True):
            for char in chars:
                table[char] = table.get(char, 0) | 1 << i
    return tables
