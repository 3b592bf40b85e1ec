"""Which engine reads a pattern: Python's own, three times as fast, unless the pattern needs what only regex has.

regex has lookbehinds of any length and one name for several groups; it remembers where a repetition has failed, so that
one within another stays fast; and its words and their borders are those of Unicode.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
from array import array
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as syntax  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import regex

Tree = Any  # Python's own: pairs of an operator and its argument
Program = tuple[Any, ...]
_REPEATS = (syntax.MAX_REPEAT, syntax.MIN_REPEAT, syntax.POSSESSIVE_REPEAT)
_FEW = 4  # times that a part may come again with no need to remember anything
_OF_WORDS = (syntax.CATEGORY_WORD, syntax.CATEGORY_NOT_WORD)


def compile_pattern(pattern: str) -> Any:
    """The compiled pattern; `regex.error` where no engine can read it.

    >>> [type(compile_pattern(pattern)).__module__ for pattern in ("年底(?:前)?", "(?<=年|季度)底", "(?:[一二]+、?)+")]
    ['re', '_regex', '_regex']
    """
    return regex.compile(pattern) if _tree(pattern) is None else re.compile(pattern)


def program(pattern: str) -> Program:
    """What Python's own engine makes of a pattern that it reads, in a form that can be kept."""
    tree = parser.parse(pattern)
    names: dict[str, int] = tree.state.groupdict
    by_number: list[str | None] = [None] * tree.state.groups
    for name, number in names.items():
        by_number[number] = name
    code = array("I", compiler._code(tree, tree.state.flags)).tobytes()
    return pattern, tree.state.flags, code, tree.state.groups - 1, names, tuple(by_number)


def from_program(pattern: str, flags: int, code: bytes, *groups: Any) -> re.Pattern[str]:
    """The compiled pattern that has this program."""
    return _sre.compile(pattern, flags, memoryview(code).cast("I").tolist(), *groups)  # type: ignore[no-any-return]


def _tree(pattern: str) -> Tree | None:
    """The tree of a pattern for Python's own engine, None for regex."""
    try:
        tree = parser.parse(pattern)
    except re.error:
        return None
    return tree if tree.state.flags == re.UNICODE and not _needs_regex(tree) else None


def _needs_regex(tree: Tree, again: bool = False) -> bool:
    """Whether something in a tree is read better, or otherwise, by regex; `again` tells that the tree is repeated."""
    for operator, argument in tree:
        if operator in _REPEATS:
            repeats = argument[1] - argument[0] > _FEW
            if (repeats and again) or _needs_regex(argument[2], again or repeats):
                return True
        elif _differs(operator, argument) or any(_needs_regex(part, again) for part in _parts(operator, argument)):
            return True
    return False


def _differs(operator: Any, argument: Any) -> bool:
    match operator:
        case syntax.IN:
            return any(item == (syntax.CATEGORY, name) for item in argument for name in _OF_WORDS)
        case syntax.AT:
            return argument in (syntax.AT_BOUNDARY, syntax.AT_NON_BOUNDARY)
        case syntax.ASSERT | syntax.ASSERT_NOT if argument[0] < 0:
            least, most = argument[1].getwidth()
            return bool(least != most)
    return False


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
