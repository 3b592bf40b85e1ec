"""Patterns as rows write them: put together from named pieces, and taken apart into their alternatives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import regex

from planparse.model import RuleError

NAMED_PIECE = regex.compile(r"\{\{(\w+)\}\}")
_WRAP = regex.compile(r"\n *")
NOTHING = "(?!)"
_SHOWN = 10  # characters to both sides
SECONDS = 1.0  # that a pattern of a pack may take for one match; those of planparse take a millisecond
PROBE_SECONDS = 0.2  # that it may take for a text of 200 characters
_PUMPED = 200
_WORD = regex.compile(r"\w+")


def expand(pattern: str, pieces: Mapping[str, str]) -> str:
    """The pattern in one line, with every {{piece}} written out; KeyError names a piece that there is not.

    >>> expand("(?:约|\\n  近){{number}}", {"number": r"\\d+"})
    '(?:约|近)(?:\\\\d+)'
    """
    return str(NAMED_PIECE.sub(lambda match: f"(?:{pieces[match[1]]})", _WRAP.sub("", pattern)))


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


class Limited:
    """A pattern that somebody else wrote: as a compiled one, but a match may take a second at most; then RuleError."""

    __slots__ = ("compiled", "fullmatch", "groupindex", "match", "pattern", "search", "sub", "where")

    def __init__(self, compiled: Any, where: str) -> None:
        """`where` names its row."""
        self.compiled, self.where = compiled, where
        self.pattern, self.groupindex = compiled.pattern, compiled.groupindex
        self.match, self.search = _within(compiled.match, where), _within(compiled.search, where)
        self.fullmatch, self.sub = _within(compiled.fullmatch, where), _within(compiled.sub, where)

    def __reduce__(self) -> tuple[type[Limited], tuple[Any, str]]:
        return Limited, (self.compiled, self.where)

    def finditer(self, *given: Any) -> Iterator[Any]:
        """The matches, all found at once."""
        found = _within(lambda *bounds, **limit: list(self.compiled.finditer(*bounds, **limit)), self.where)(*given)
        return iter(found)


def _within(operation: Callable[..., Any], where: str) -> Callable[..., Any]:
    """An operation of a pattern that keeps its time."""

    def timed(*given: Any, **options: Any) -> Any:
        try:
            return operation(*given, timeout=SECONDS, **options)
        except TimeoutError:
            raise RuleError(
                f"{where}: its pattern took more than {SECONDS:g} seconds at one place of the text; bound its "
                "repetitions ({1,16}, ++), or switch it off",
                code="slow-rule",
            ) from None

    return timed


_PUMPS = ("1", "一", "甲", "a", " ", "，", "万", "\n", "12，", "甲、")


def backtracks(pattern: Any) -> str | None:
    r"""A text at which a pattern takes long, because its repetitions share what they can take; None for none of many.

    >>> backtracks(regex.compile(r"(?:\d|\d\d)+个")), backtracks(regex.compile(r"\d+个"))
    ('1111111111…', None)
    """
    own = sorted({char for char in pattern.pattern if char.isalnum() or char > "\u2e80"})[:64]
    end = "\0" + "\0".join(_WORD.findall(pattern.pattern))  # without what it cannot do without, it would not be tried
    for pump in (*_PUMPS, *own):
        text = pump * (_PUMPED // len(pump))
        try:
            pattern.search(text + end, timeout=PROBE_SECONDS)
        except TimeoutError:
            return f"{text[:10]}…"
    return None


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
