"""What a word can be in a clause: the roles of rules/words.toml, a row a word."""

from __future__ import annotations

from functools import cache

from planparse.cache import recall
from planparse.rules import read

NO_ROLE: frozenset[str] = frozenset()


@cache
def roles() -> dict[str, frozenset[str]]:
    """The roles of every word of rules/words.toml."""
    return recall("roles", lambda: {word: frozenset(row.split()) for word, row in read("words")["words"].items()})


@cache
def words(*wanted: str) -> frozenset[str]:
    """The words that have one of these roles.

    >>> "达到" in words("level"), "学校" in words("verb", "level")
    (True, False)
    """
    return frozenset(word for word, has in roles().items() if not has.isdisjoint(wanted))
