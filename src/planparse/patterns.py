"""Patterns as rows write them: put together from named pieces, and taken apart into their alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import regex

_PIECE = regex.compile(r"\{\{(\w+)\}\}")
_WRAP = regex.compile(r"\n *")
NOTHING = "(?!)"
_SHOWN = 10  # characters to both sides


def expand(pattern: str, pieces: Mapping[str, str]) -> str:
    """The pattern in one line, with every {{piece}} written out; KeyError names a piece that there is not.

    >>> expand("(?:约|\\n  近){{number}}", {"number": r"\\d+"})
    '(?:约|近)(?:\\\\d+)'
    """
    return str(_PIECE.sub(lambda match: f"(?:{pieces[match[1]]})", _WRAP.sub("", pattern)))


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first: a tree of their beginnings, three times faster than a list.

    >>> alternation(["元", "万元", "万亩", "亩"])
    '(?:万[亩元]|[亩元])'
    >>> alternation(["个", "个月"])
    '个(?:月)?'
    """
    tree: dict[str, Any] = {}
    for word in sorted(words):
        branch = tree
        for char in word:
            branch = branch.setdefault(char, {})
        branch[""] = {}
    return _branches(tree) if tree else NOTHING


def _branches(tree: dict[str, Any]) -> str:
    single = [regex.escape(char) for char, rest in tree.items() if char and rest == {"": {}}]
    parts = [regex.escape(char) + _branches(rest) for char, rest in tree.items() if char and rest != {"": {}}]
    parts += single if len(single) < 2 else [f"[{''.join(single)}]"]
    pattern = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""
    return f"(?:{pattern})?" if pattern and "" in tree else pattern


class Cut(NamedTuple):
    """An alternative of a pattern, ‹marked› where it stands there, and the pattern without it."""

    place: str
    left: str


_TOKEN = regex.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P?<\w+>|<?[=!]|[:>|]))?|[|)]", regex.DOTALL)


def cuts(pattern: str) -> Iterator[Cut]:
    """The pattern without each of its alternatives, at any depth.

    >>> [cut.left for cut in cuts("a(?:b|c(?=d|e))")]
    ['a(?:b|c(?=e))', 'a(?:b|c(?=d))', 'a(?:c(?=d|e))', 'a(?:b)']
    """
    open_groups: list[list[int]] = [[0]]  # of each group that is open, where its alternatives begin
    for token in _TOKEN.finditer(pattern):
        if token[0] == "|":
            open_groups[-1].append(token.end())
        elif token[0] == ")":
            yield from _without_each(pattern, [*open_groups.pop(), token.end()])
        elif token[0].startswith("("):
            open_groups.append([token.end()])
    yield from _without_each(pattern, [*open_groups.pop(), len(pattern) + 1])


def _without_each(pattern: str, bounds: list[int]) -> Iterator[Cut]:
    """Without each of the alternatives that begin at these places; the last is where one would begin behind them."""
    if len(bounds) > 2:
        for start, following in pairwise(bounds):
            end = following - 1
            left = pattern[:start] + pattern[following:] if start == bounds[0] else pattern[: start - 1] + pattern[end:]
            place = f"{pattern[max(0, start - _SHOWN) : start]}‹{pattern[start:end]}›{pattern[end : end + _SHOWN]}"
            yield Cut(_WRAP.sub("", place), left)
