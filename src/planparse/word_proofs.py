"""What the sentences of roles do not ask for: each role of each word is taken from it in turn, and a sentence with the
word in it must be read otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial

from planparse import lexicon, rules
from planparse.assemble import constructions, scene
from planparse.assemble.constructions import compile_row
from planparse.assemble.tokens import Alphabet
from planparse.check_names import names_of, parts_of
from planparse.dictionary import dictionary
from planparse.lexicon import NO_ROLE, SHORT, endings, roles, roles_of
from planparse.name_proofs import put
from planparse.rules import read
from planparse.words import _pieces as cut_words

FIRST = 0xE000  # of the codes


def unproved_words() -> Iterator[tuple[str, str]]:
    """The roles, each with a word that can be taken from it unnoticed."""
    table, lists = read("words"), rules.lexicon()
    of_roles = ((role, word, _without) for word, row in table["words"].items() for role in row.split())
    in_patterns = {name for source in rules.RULE_FILES for row in rules.rows(source) for name in row["each"] or ()}
    of_lists = (
        (name, word, _unlisted)
        for name, words in lists.items()
        if isinstance(words, list) and f"word_{name}" not in in_patterns
        for word in words
    )
    with _every_code():
        for name, word, absent in (*of_roles, *of_lists):
            sentences = (table if absent is _without else lists)["each"].get(name, ())
            if not _is_proved(word, sentences, partial(absent, name, word)):
                yield name, word


def _is_proved(word: str, sentences: Iterable[list[str]], absent: Callable[[], AbstractContextManager[None]]) -> bool:
    """Whether one of some sentences with a word in it is read as expected, and where the word is absent otherwise."""
    for text, expected in sentences:
        parts = parts_of(text.replace("{}", word))
        if (names_of(parts) or "") == expected.replace("{}", word):
            with absent():
                if (names_of(parts) or "") != expected.replace("{}", word):
                    return True
    return False


class _Letters(Alphabet):
    """The codes also of the sets of roles that are left when one is taken from a word; a word that shapes name has a
    code for each role that it can be without."""

    def __init__(self, whole: Alphabet) -> None:
        self.variants = {(word, less) for word in whole.by_word for less in ("", *roles_of(word))}
        known = {NO_ROLE, SHORT, *roles().values(), *(has - {role} for has in roles().values() for role in has)}
        known |= {has | more for has in known for more in endings().values()}
        codes = map(chr, range(FIRST, FIRST + 6144))
        self.by_atom = {atom: next(codes) for atom in whole.by_atom}
        self.by_roles = {has: next(codes) for has in sorted(known, key=sorted)}
        self.by_variant = {variant: next(codes) for variant in sorted(self.variants)}
        self.by_word: dict[str, str] = {}
        for (word, _), code in self.by_variant.items():
            self.by_word[word] = self.by_word.get(word, "") + code

    def of_role(self, role: str) -> str:
        named = (code for (word, less), code in self.by_variant.items() if role in roles_of(word) - {less})
        return "".join([*(code for has, code in self.by_roles.items() if role in has), *named])


class _Cutting(Alphabet):
    """These codes for cutting a sentence: a word that shapes name has one, and so has it without a role."""

    def __init__(self, letters: _Letters, without: tuple[str, str] = ("", "")) -> None:
        self.by_atom, self.by_roles = letters.by_atom, letters.by_roles
        self.by_word = {word: code for (word, less), code in letters.by_variant.items() if less == ""}
        if without in letters.by_variant:
            self.by_word[without[0]] = letters.by_variant[without]
        self.of_word = self._of_word  # type: ignore[assignment]


@cache
def _letters() -> _Letters:
    return _Letters(constructions.alphabet())


@contextmanager
def _every_code() -> Iterator[None]:
    """Has sentences cut and read with these codes."""
    table = read("constructions")
    rows = tuple(compile_row(row, table["macros"], _letters()) for row in table["construction"])
    phrases = {row["id"]: compile_row(row, table["macros"], _letters()) for row in table["phrase"]}
    letters = _Cutting(_letters())
    with (
        put(constructions, constructions=lambda: rows, phrases=lambda: phrases),
        put(scene, alphabet=lambda: letters),
    ):
        yield


@contextmanager
def _without(role: str, word: str) -> Iterator[None]:
    """Has a word read without one of its roles."""
    letters = _Cutting(_letters(), (word, role))
    kept = roles()[word]
    roles()[word] = kept - {role}
    _forget()
    try:
        with put(scene, alphabet=lambda: letters):
            yield
    finally:
        roles()[word] = kept
        _forget()


@contextmanager
def _unlisted(name: str, word: str) -> Iterator[None]:
    """Has a word out of a list of the lexicon; a noun is then none that sentences are cut at."""
    words = rules.lexicon()[name]
    known = dict(dictionary()[word[:2]]).get(len(word), {})
    place, share = words.index(word), known.get(word)
    words.remove(word)
    if name == "noun" and share is not None:
        del known[word]
    _forget()
    try:
        yield
    finally:
        words.insert(place, word)
        if share is not None:
            known[word] = share
        _forget()


def _forget() -> None:
    lexicon.roles_of.cache_clear()
    lexicon.words.cache_clear()
    rules.words.cache_clear()
    cut_words.cache_clear()
