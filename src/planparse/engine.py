"""Which engine reads a pattern: Python's own, three times as fast, unless the pattern needs what only regex has.

regex remembers where a repetition has failed, so that one within another stays fast; and its words and their borders
are those of Unicode. Python's own has neither lookbehinds of any length nor one name for several groups, but can do
with what comes to the same: a lookbehind for each length, and one group, where no more than one of them can match.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
import sys
from array import array
from collections.abc import Callable
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as syntax  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import regex

Tree = Any  # Python's own: pairs of an operator and its argument
Program = tuple[Any, ...]
_REPEATS = (syntax.MAX_REPEAT, syntax.MIN_REPEAT, syntax.POSSESSIVE_REPEAT)
_SINGLE = (syntax.LITERAL, syntax.NOT_LITERAL, syntax.IN, syntax.ANY)
_KEEPS_WHOLE = sys.version_info >= (3, 11, 5)  # before, what a possessive group took could be wrong: cpython #106052
_MOST = 16  # lookbehinds in the place of one
_FEW = 4  # times that a part may come again with no need to remember anything
_OF_WORDS = (syntax.CATEGORY_WORD, syntax.CATEGORY_NOT_WORD)


class _State(parser.State):  # type: ignore[misc]
    """Gives all groups of one name one number."""

    def opengroup(self, name: str | None = None) -> int:
        if name is None or name not in self.groupdict:
            return super().opengroup(name)  # type: ignore[no-any-return]
        number: int = self.groupdict[name]
        self.groupwidths[number] = None
        return number


class _NeedsRegexError(Exception):
    """A pattern has what only regex reads."""


def compile_pattern(pattern: str) -> Any:
    """The compiled pattern; `regex.error` where no engine can read it.

    >>> [type(compile_pattern(pattern)).__module__ for pattern in ("年底(?:前)?", "(?<=年|季度)底", "(?:[一二]+、?)+")]
    ['re', 're', '_regex']
    """
    tree = _tree(pattern)
    return regex.compile(pattern) if tree is None else from_program(*_program(pattern, tree))


def program(pattern: str) -> Program:
    """What Python's own engine makes of a pattern that it reads, in a form that can be kept."""
    return _program(pattern, _tree(pattern) or parser.parse(pattern))


def _program(pattern: str, tree: Tree) -> Program:
    names: dict[str, int] = tree.state.groupdict
    by_number: list[str | None] = [None] * tree.state.groups
    for name, number in names.items():
        by_number[number] = name
    code = array("I", compiler._code(tree, tree.state.flags)).tobytes()
    return pattern, tree.state.flags, code, tree.state.groups - 1, names, tuple(by_number)


def from_program(pattern: str, flags: int, code: bytes, *groups: Any) -> re.Pattern[str]:
    """The compiled pattern that has this program."""
    return _sre.compile(pattern, flags, memoryview(code).cast("I").tolist(), *groups)  # type: ignore[no-any-return]


class Kept:
    """A pattern that an earlier run compiled, and this one does when it first uses it: a text asks for few of them."""

    __slots__ = (
        *("compiled", "made", "pattern"),
        *("findall", "finditer", "fullmatch", "groupindex", "match", "search", "split", "sub"),
    )

    def __init__(self, make: Callable[..., Any], given: Program) -> None:
        """`make` makes it of what is `given`, its text first."""
        self.made, self.pattern = (make, given), given[0]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "compiled":
            make, given = self.made
            self.compiled = make(*given)
            return self.compiled
        operation = getattr(self.compiled, name)
        if name in Kept.__slots__:
            setattr(self, name, operation)
        return operation

    def __reduce__(self) -> tuple[type[Kept], tuple[Callable[..., Any], Program]]:
        return Kept, self.made


def _tree(pattern: str) -> Tree | None:
    """The tree of a pattern for Python's own engine, None for regex."""
    try:
        tree = parser.parse(pattern, 0, _State())
        _last_group(tree)
        _fix_lookbehinds(tree)
    except (re.error, _NeedsRegexError):
        return None
    return tree if tree.state.flags == re.UNICODE and not _needs_regex(tree) else None


def _last_group(tree: Tree, before: int = 0) -> int:
    """The last group that may match in a tree; each is one behind the last, or else what it took may be forgotten."""
    for operator, argument in tree:
        if operator is syntax.SUBPATTERN and argument[0]:
            if argument[0] <= before:
                raise _NeedsRegexError
            before = argument[0]
        if operator is syntax.BRANCH:
            before = max(_last_group(branch, before) for branch in argument[1])
            continue
        for part in _inside(operator, argument):
            before = _last_group(part, before)
    return before


def _fix_lookbehinds(tree: Tree) -> None:
    """Puts a lookbehind for each length in the place of one that has several."""
    items: list[Any] = []
    for operator, argument in tree:
        for part in _inside(operator, argument):
            _fix_lookbehinds(part)
        behind = operator in (syntax.ASSERT, syntax.ASSERT_NOT) and argument[0] < 0
        if not behind or _is_fixed(argument[1]):
            items.append((operator, argument))
            continue
        each = [(operator, (-1, parser.SubPattern(tree.state, way))) for way in _ways(argument[1])]
        if operator is syntax.ASSERT_NOT:
            items += each
        else:
            items.append((syntax.BRANCH, (None, [parser.SubPattern(tree.state, [one]) for one in each])))
    tree.data = items


def _is_fixed(tree: Tree) -> bool:
    least, most = tree.getwidth()
    return bool(least == most)


def _ways(tree: Tree) -> list[list[Any]]:
    """The trees of one length each that together take what a tree does."""
    ways: list[list[Any]] = [[]]
    for item in tree:
        ways = [[*way, *more] for way in ways for more in _ways_of(tree.state, *item)]
        if len(ways) > _MOST:
            raise _NeedsRegexError
    return ways


def _ways_of(state: Any, operator: Any, argument: Any) -> list[list[Any]]:
    if _is_fixed(parser.SubPattern(state, [(operator, argument)])):
        return [[(operator, argument)]]
    if operator is syntax.BRANCH:
        return [way for branch in argument[1] for way in _ways(branch)]
    if operator is syntax.SUBPATTERN and argument[:3] == (None, 0, 0):
        return _ways(argument[-1])
    if operator in _REPEATS and argument[1] - argument[0] < _MOST and _is_fixed(argument[2]):
        return [[(operator, (times, times, argument[2]))] for times in range(argument[0], argument[1] + 1)]
    raise _NeedsRegexError


def _needs_regex(tree: Tree, again: bool = False) -> bool:
    """Whether something in a tree is read better, or otherwise, by regex; `again` tells that the tree is repeated."""
    for operator, argument in tree:
        if operator is syntax.POSSESSIVE_REPEAT and not (_KEEPS_WHOLE or _is_single(argument[2])):
            return True
        if operator in _REPEATS:
            repeats = argument[1] - argument[0] > _FEW
            if (repeats and again) or _needs_regex(argument[2], again or repeats):
                return True
        elif _differs(operator, argument) or any(_needs_regex(part, again) for part in _parts(operator, argument)):
            return True
    return False


def _is_single(tree: Tree) -> bool:
    return len(tree) == 1 and tree[0][0] in _SINGLE


def _differs(operator: Any, argument: Any) -> bool:
    match operator:
        case syntax.IN:
            return any(item == (syntax.CATEGORY, name) for item in argument for name in _OF_WORDS)
        case syntax.AT:
            return argument in (syntax.AT_BOUNDARY, syntax.AT_NON_BOUNDARY)
    return False


def _inside(operator: Any, argument: Any) -> list[Tree]:
    return [argument[2]] if operator in _REPEATS else _parts(operator, argument)


def _parts(operator: Any, argument: Any) -> list[Tree]:
    match operator:
        case syntax.BRANCH:
            return list(argument[1])
        case syntax.SUBPATTERN:
            return [argument[-1]]
        case syntax.ASSERT | syntax.ASSERT_NOT:
            return [argument[1]]
        case syntax.ATOMIC_GROUP:
            return [argument]
        case syntax.GROUPREF_EXISTS:
            return [part for part in argument[1:] if part]
    return []
