"""What a word can be in a clause: the roles of rules/words.toml, a row a word."""

from __future__ import annotations

from planparse.cache import recall
from planparse.rules import read
from planparse.ruleset import per_ruleset, recent_per_ruleset

NO_ROLE: frozenset[str] = frozenset()
SHORT = frozenset(("short",))


@per_ruleset
def roles() -> dict[str, frozenset[str]]:
    """The roles of every word of rules/words.toml; those of one character are short besides."""
    return recall("roles", lambda: {word: _read(word, row) for word, row in read("words")["words"].items()})


@per_ruleset
def endings() -> dict[str, frozenset[str]]:
    """The roles that any word has besides which ends in this."""
    return recall("endings", lambda: {end: frozenset(row.split()) for end, row in read("words")["endings"].items()})


def _read(word: str, row: str) -> frozenset[str]:
    return frozenset(row.split()) | (SHORT if len(word) == 1 else NO_ROLE)


@recent_per_ruleset(16384)
def roles_of(word: str) -> frozenset[str]:
    """The roles of any word; a verb has none by how it ends: 省|级, but 升级.

    >>> sorted(roles_of("占比")), sorted(roles_of("覆盖率")), roles_of("道路"), sorted(roles_of("水"))
    (['head', 'part', 'rate'], ['rate'], frozenset(), ['short'])
    >>> sorted(roles_of("省级")), "grade" in roles_of("升级")
    (['grade'], False)
    """
    return with_ending(word, roles().get(word) or (SHORT if len(word) == 1 else NO_ROLE))


def with_ending(word: str, own: frozenset[str]) -> frozenset[str]:
    """The roles of a word that has these of its own, with those by how it ends."""
    if "verb" in own:
        return own
    return own.union(*(more for end, more in endings().items() if word.endswith(end)))


def role_sets() -> set[frozenset[str]]:
    """Every set of roles that a word can have."""
    unlisted = ["囧", "囧囧", *endings(), *("囧" + end for end in endings())]
    return {roles_of(word) for word in (*roles(), *unlisted)}


@per_ruleset
def words(*wanted: str) -> frozenset[str]:
    """The words that have one of these roles.

    >>> "达到" in words("level"), "学校" in words("verb", "level")
    (True, False)
    """
    return NO_ROLE.union(*(by_role().get(role, ()) for role in wanted))


@per_ruleset
def actions() -> frozenset[str]:
    """The words that can be an action: they govern or state, and do more than help a verb.

    >>> "建成" in actions(), "累计" in actions()
    (True, False)
    """
    return words("verb", "level") - words("aid")


@per_ruleset
def by_role() -> dict[str, set[str]]:
    """The words of rules/words.toml that have each role."""
    found: dict[str, set[str]] = {}
    for word, has in roles().items():
        for role in has:
            found.setdefault(role, set()).add(word)
    return found
