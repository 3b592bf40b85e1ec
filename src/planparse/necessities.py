"""Characters without one of which a pattern cannot match, read off its syntax: a text that has none is not tried.

Of all such sets the smallest is taken: of 占(?:总数|全部)的? that is 占. Only what a match cannot go without counts, so
that no text is ruled out that might match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from re import _constants as syntax  # type: ignore[attr-defined]
from typing import Any

from planparse.openings import Tree, parse_tree

_MOST = 4096  # characters of a set


def find_necessary(pattern: str, given: Iterable[str] = ()) -> frozenset[str]:
    """The smallest set of characters of which every match takes one, or looks at one; empty where there is none.

    `given` are characters that every text has.

    >>> sorted(find_necessary("占?全部(?:的|之[内中])+")), sorted(find_necessary("占?"))
    (['全'], [])
    """
    always = frozenset(given)
    sets = (chars for chars in _necessary(parse_tree(pattern)) if chars.isdisjoint(always))
    return min(sets, key=len, default=frozenset())


def _necessary(tree: Tree | None) -> Iterator[frozenset[str]]:
    """Sets of characters of each of which every match of a tree has one."""
    for operator, argument in tree or ():
        match operator:
            case syntax.LITERAL:
                yield frozenset({chr(argument)})
            case syntax.IN:
                if chars := _listed(argument):
                    yield chars
            case syntax.BRANCH:
                least = [min(_necessary(branch), key=len, default=None) for branch in argument[1]]
                if None not in least:
                    yield frozenset().union(*least)  # type: ignore[arg-type]
            case syntax.SUBPATTERN if not argument[1]:  # flags of its own
                yield from _necessary(argument[-1])
            case syntax.ATOMIC_GROUP:
                yield from _necessary(argument)
            case syntax.MAX_REPEAT | syntax.MIN_REPEAT | syntax.POSSESSIVE_REPEAT if argument[0]:
                yield from _necessary(argument[-1])
            case syntax.ASSERT if argument[0] > 0:
                yield from _necessary(argument[1])


def _listed(items: Any) -> frozenset[str]:
    """The characters of a set that lists them; empty of any other."""
    chars: set[str] = set()
    for operator, argument in items:
        match operator:
            case syntax.LITERAL:
                chars.add(chr(argument))
            case syntax.RANGE if argument[1] - argument[0] < _MOST:
                chars.update(map(chr, range(argument[0], argument[1] + 1)))
            case _:
                return frozenset()
    return frozenset(chars)
