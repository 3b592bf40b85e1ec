"""What the sentences of roles do not ask for: each role of each word is taken from it in turn, and a sentence with the
word in it must be read otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from planparse import lexicon
from planparse.assemble import constructions, scene
from planparse.assemble.constructions import compile_row
from planparse.assemble.tokens import Alphabet
from planparse.check_names import Parts, names_of, parts_of
from planparse.lexicon import NO_ROLE, SHORT, endings, roles, roles_of
from planparse.rules import read

FIRST = 0xE000  # of the codes
Roles = frozenset[str]


def unproved_words() -> Iterator[tuple[str, str]]:
    """The roles, each with a word that can be taken from it unnoticed."""
    table = read("words")
    with _every_code():
        for word, row in table["words"].items():
            for role in row.split():
                if not any(_asks_for(role, word, *each) for each in table["each"].get(role, ())):
                    yield role, word


def _asks_for(role: str, word: str, text: str, expected: str) -> bool:
    """Whether a sentence with a word in it is read as expected, and without this role of the word otherwise."""
    parts = parts_of(text.replace("{}", word))
    expected = expected.replace("{}", word)
    if names_of(parts) != expected:
        return False
    with _without(role, word):
        return names_of(parts) != expected


class _Letters(Alphabet):
    """The codes of an alphabet in which a word that shapes name has one for each role that it can be without."""

    def of_role(self, role: str) -> str:
        named = (code for word, less, code in _variants() if role in roles_of(word) - {less})
        return "".join([*(code for has, code in self.by_roles.items() if role in has), *named])


@cache
def _variants() -> tuple[tuple[str, str, str], ...]:
    """Of each word that shapes name, and of each role that it can be without or of none, the code."""
    codes = map(chr, range(FIRST, FIRST + 2048))
    return tuple((word, role, next(codes)) for word in constructions.alphabet().by_word for role in ("", *roles_of(word)))


@cache
def _alphabet() -> _Letters:
    """All codes: also of the sets of roles that are left when one is taken from a word."""
    whole = constructions.alphabet()
    known: set[Roles] = {NO_ROLE, SHORT, *roles().values()}
    known |= {has - {role} for has in roles().values() for role in has}
    known |= {has | more for has in known for more in endings().values()}
    codes = map(chr, range(FIRST + 2048, FIRST + 6144))
    words: dict[str, str] = {}
    for word, _, code in _variants():
        words[word] = words.get(word, "") + code
    by_roles = {has: next(codes) for has in sorted(known, key=sorted)}
    return _Letters(by_roles, words, {atom: next(codes) for atom in whole.by_atom})


@contextmanager
def _every_code() -> Iterator[None]:
    """Has sentences cut and read with these codes."""
    table = read("constructions")
    rows = tuple(compile_row(row, table["macros"], _alphabet()) for row in table["construction"])
    phrases = {row["id"]: compile_row(row, table["macros"], _alphabet()) for row in table["phrase"]}
    with _put(constructions, constructions=lambda: rows, phrases=lambda: phrases), _cut({}):
        yield


@contextmanager
def _without(role: str, word: str) -> Iterator[None]:
    """Has a word read without one of its roles."""
    variants = {word: code for other, less, code in _variants() if (other, less) == (word, role)}
    kept = roles()[word]
    roles()[word] = kept - {role}
    _forget()
    try:
        with _cut(variants):
            yield
    finally:
        roles()[word] = kept
        _forget()


def _forget() -> None:
    lexicon.roles_of.cache_clear()
    lexicon.words.cache_clear()


@contextmanager
def _cut(variants: dict[str, str]) -> Iterator[None]:
    """Has sentences cut with the codes of whole words, and of a few without a role."""
    whole = {word: code for word, less, code in _variants() if not less}
    letters = Alphabet(_alphabet().by_roles, whole | variants, _alphabet().by_atom)
    with _put(constructions, alphabet=lambda: letters), _put(scene, alphabet=lambda: letters):
        yield


@contextmanager
def _put(module: Any, **functions: Any) -> Iterator[None]:
    """Has a module use other functions."""
    kept = {name: vars(module)[name] for name in functions}
    vars(module).update(functions)
    try:
        yield
    finally:
        vars(module).update(kept)
