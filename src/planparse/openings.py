"""Which characters can open a pattern, and which can come next, read off its syntax.

A pattern is a tree whose leaves each take one character. Which leaf can follow which is found as in Glushkov's
construction of an automaton. Lookbehinds, negative lookaheads and the number of repetitions are left out of account:
the answer may hold too much, never too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as syntax  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

NUMERALS = frozenset("0123456789.,余多几一二三四五六七八九十百千万亿两零〇点壹贰叁肆伍陆柒捌玖拾佰仟")
_NAMES = re.compile(r"\?P<\w+>")  # regex lets one name stand for several groups, Python's own parser does not
_AGAIN = re.compile(r"\(\?P=\w+\)")  # what a group took once more: anything, or nothing
_SHORT = 256  # characters of a range that are all named by it
_END = ""  # what comes next at the end of a text
FOREIGN_DIGIT, OTHER_HANZI, OTHER = "٣", "囧", "ж"  # stand for all their like that no pattern names
Tree = Any  # Python's own: pairs of an operator and its argument


class Opening(NamedTuple):
    """The characters that a match can begin with, that can be its second, that can come after a number it opens with,
    and that can come next."""

    first: frozenset[str]
    second: frozenset[str]
    after_number: frozenset[str]
    then: frozenset[str]


def find_openings(patterns: list[str]) -> list[Opening]:
    """The opening of each pattern, in characters of their common alphabet: `kind_of` says which stands for another.

    >>> opening, = find_openings(["(?:[一二三]|[1-3])年内"])
    >>> sorted(opening.first), sorted(opening.second), sorted(opening.after_number)
    (['1', '2', '3', '一', '三', '二'], ['年'], ['年'])
    """
    trees = [parse_tree(pattern) for pattern in patterns]
    named = {char for tree in trees for char in _named(tree)}
    alphabet = frozenset({*named, *map(chr, range(32, 127)), "\n", _END, FOREIGN_DIGIT, OTHER_HANZI, OTHER})
    return [_Automaton(tree, alphabet).opening() for tree in trees]


def kind_of(char: str) -> str:
    """The character that stands for one that no pattern names."""
    return FOREIGN_DIGIT if char.isdecimal() else OTHER_HANZI if "\u4e00" <= char <= "\u9fff" else OTHER


def parse_tree(pattern: str) -> Tree | None:
    """The tree of a pattern, None when it holds what only regex knows."""
    try:
        tree = parser.parse(_NAMES.sub("?:", _AGAIN.sub(r"[\\s\\S]*", pattern)))
    except re.error:
        return None
    return tree if tree.state.flags == re.UNICODE else None


def _named(tree: Tree | None) -> Iterator[str]:
    """The characters that a pattern names."""
    for operator, argument in tree or ():
        match operator:
            case syntax.LITERAL | syntax.NOT_LITERAL:
                yield chr(argument)
            case syntax.RANGE if argument[1] - argument[0] < _SHORT:
                yield from map(chr, range(argument[0], argument[1] + 1))
            case syntax.BRANCH:
                for branch in argument[1]:
                    yield from _named(branch)
            case syntax.IN | syntax.ATOMIC_GROUP:
                yield from _named(argument)
            case syntax.SUBPATTERN | syntax.MAX_REPEAT | syntax.MIN_REPEAT | syntax.POSSESSIVE_REPEAT:
                yield from _named(argument[-1])
            case syntax.ASSERT | syntax.ASSERT_NOT:
                yield from _named(argument[1])


class _Part(NamedTuple):
    """A part of a pattern: whether it can be empty, and the leaves that it can begin and end with."""

    empty: bool
    first: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()


class _Automaton:
    """The leaves of a pattern, the characters that each takes, and the leaves that can follow it."""

    def __init__(self, tree: Tree | None, alphabet: frozenset[str]) -> None:
        self.alphabet = alphabet
        self.takes: list[frozenset[str]] = []
        self.follow: list[set[int]] = []
        try:
            self.whole = self._sequence(tree) if tree is not None else _Part(True)
        except NotImplementedError:  # what no rule has needed yet
            self.whole = _Part(True)

    def opening(self) -> Opening:
        if self.whole.empty:  # or unknown
            return Opening(self.alphabet, self.alphabet, self.alphabet, self.alphabet)
        first, numerals = self.whole.first, self._reached_by_numerals()
        return Opening(self._taken(first), self._next(first), self._next(numerals), self._next_but_one(numerals))

    def _reached_by_numerals(self) -> set[int]:
        """The leaves that a match can have come to when it has taken nothing but numerals."""
        reached: set[int] = set()
        ahead = set(self.whole.first)
        while ahead:
            leaf = ahead.pop()
            if leaf not in reached and not self.takes[leaf].isdisjoint(NUMERALS | {FOREIGN_DIGIT}):
                reached.add(leaf)
                ahead |= self.follow[leaf]
        return reached

    def _next(self, leaves: Iterable[int]) -> frozenset[str]:
        """What can come after one of these leaves."""
        if not self.whole.last.isdisjoint(leaves):
            return self.alphabet
        return self._taken({following for leaf in leaves for following in self.follow[leaf]})

    def _next_but_one(self, leaves: Iterable[int]) -> frozenset[str]:
        """What can come after that."""
        if not self.whole.last.isdisjoint(leaves):
            return self.alphabet
        return self._next({following for leaf in leaves for following in self.follow[leaf]})

    def _taken(self, leaves: Iterable[int]) -> frozenset[str]:
        return frozenset().union(*(self.takes[leaf] for leaf in leaves))

    def _leaf(self, chars: frozenset[str]) -> _Part:
        self.takes.append(chars)
        self.follow.append(set())
        itself = frozenset({len(self.takes) - 1})
        return _Part(False, itself, itself)

    def _join(self, before: Iterable[int], after: Iterable[int]) -> None:
        for leaf in before:
            self.follow[leaf].update(after)

    def _sequence(self, tree: Tree) -> _Part:
        whole = _Part(True)
        for operator, argument in tree:
            part = self._part(operator, argument)
            self._join(whole.last, part.first)
            whole = _Part(
                whole.empty and part.empty,
                whole.first | part.first if whole.empty else whole.first,
                whole.last | part.last if part.empty else part.last,
            )
            if operator is syntax.ASSERT and not part.empty:
                break  # the rest of the match lies within what the lookahead lets follow
        return whole

    def _part(self, operator: Any, argument: Any) -> _Part:
        match operator:
            case syntax.BRANCH:
                parts = [self._sequence(branch) for branch in argument[1]]
                return _Part(
                    any(part.empty for part in parts),
                    frozenset().union(*(part.first for part in parts)),
                    frozenset().union(*(part.last for part in parts)),
                )
            case syntax.SUBPATTERN if not argument[1]:  # flags of its own
                return self._sequence(argument[3])
            case syntax.ATOMIC_GROUP:
                return self._sequence(argument)
            case syntax.MAX_REPEAT | syntax.MIN_REPEAT | syntax.POSSESSIVE_REPEAT:
                least, most, tree = argument
                part = self._sequence(tree)
                if most > 1:
                    self._join(part.last, part.first)
                return part._replace(empty=part.empty or least == 0)
            case syntax.ASSERT if argument[0] > 0:
                return self._lookahead(argument[1])
            case syntax.ASSERT | syntax.ASSERT_NOT:
                return _Part(True)
            case syntax.AT:
                return self._leaf(frozenset({_END, "\n"})) if argument is syntax.AT_END else _Part(True)
        return self._leaf(self._chars(operator, argument))

    def _lookahead(self, tree: Tree) -> _Part:
        """(?=…) takes what it must see, and then anything."""
        seen = self._sequence(tree)
        if seen.empty:
            return _Part(True)
        rest = self._leaf(self.alphabet)
        self._join(seen.last | rest.last, rest.first)
        return _Part(False, seen.first, seen.last | rest.last)

    def _chars(self, operator: Any, argument: Any) -> frozenset[str]:
        """The characters of the alphabet that a leaf takes."""
        match operator:
            case syntax.LITERAL:
                return frozenset({chr(argument)})
            case syntax.NOT_LITERAL:
                return self.alphabet - {chr(argument)}
            case syntax.RANGE:
                low, high = argument
                within = frozenset(char for char in self.alphabet if char and low <= ord(char) <= high)
                return within if high - low < _SHORT else within | {kind_of(chr(low)), kind_of(chr(high))}
            case syntax.CATEGORY if argument is syntax.CATEGORY_DIGIT:
                return frozenset(char for char in self.alphabet if char.isdecimal())
            case syntax.IN:
                negated = argument[0][0] is syntax.NEGATE
                chars = frozenset().union(*(self._chars(*item) for item in argument[negated:]))
                return self.alphabet - chars if negated else chars
            case syntax.CATEGORY | syntax.ANY:
                return self.alphabet
        raise NotImplementedError(operator)
