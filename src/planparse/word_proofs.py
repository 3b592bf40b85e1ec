"""What the sentences of roles do not ask for: each role of each word is taken from it in turn, and a sentence with the
word in it must be read otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from planparse import cache, lexicon, rules, words
from planparse.assemble import constructions, naming, scene
from planparse.assemble.tokens import Alphabet, WordKind, in_order
from planparse.check_names import names_of, parts_of, put
from planparse.lexicon import roles, with_ending
from planparse.name_proofs import compile_row
from planparse.rules import read
from planparse.ruleset import forget, per_ruleset

FIRST = 0xE000  # of the codes


def unproved_words() -> Iterator[tuple[str, str]]:
    """The roles, each with a word that can be taken from it unnoticed."""
    table, lists = read("words"), rules.lexicon()
    of_roles = ((role, word, _without) for word, row in table["words"].items() for role in row.split())
    in_patterns = {name for source in rules.RULE_FILES for row in rules.rows(source) for name in row["each"] or ()}
    of_lists = (
        (name, word, _unlisted)
        for name, listed in lists.items()
        if isinstance(listed, list) and f"word_{name}" not in in_patterns and name not in ("noun", "apart")
        for word in listed
    )
    with _every_code():
        for name, word, absent in (*of_roles, *of_lists):
            sentences = (table if absent is _without else lists)["each"].get(name, ())
            if not _is_proved(word, sentences, partial(absent, name, word)):
                yield name, word
    yield from unproved_cuts()


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
    """The codes in which shapes are compiled: a word that they name has several."""

    def _of_word(self, word: str) -> str:
        return "".join([code for (named, _), code in self.codes.items() if named == word])


@per_ruleset
def _codes() -> dict[WordKind, str]:
    """The codes of all words, also of what is left of each when one of its roles is taken from it."""
    whole = constructions.alphabet()
    named = {word for word, _ in whole.codes}
    kinds = set(whole.codes)
    for word, has in roles().items():
        left = [with_ending(word, has - {role}) & whole.asked for role in has]
        kinds |= {(word if word in named else "", less) for less in left}
    return in_order(kinds, sorted(whole.asked), FIRST)


@contextmanager
def _every_code() -> Iterator[None]:
    """Has sentences cut and read with these codes."""
    table, letters = read("constructions"), _Letters(_codes())
    rows = tuple(compile_row(row, table["macros"], letters) for row in table["construction"])
    phrases = {row["id"]: compile_row(row, table["macros"], letters) for row in table["phrase"]}
    with (
        put(constructions, constructions=lambda: rows, phrases=lambda: phrases),
        put(scene, alphabet=lambda: Alphabet(_codes())),
    ):
        yield


@contextmanager
def _without(role: str, word: str) -> Iterator[None]:
    """Has a word read without one of its roles."""
    kept = roles()[word]
    roles()[word] = kept - {role}
    _forget()
    try:
        yield
    finally:
        roles()[word] = kept
        _forget()


@contextmanager
def _unlisted(name: str, word: str) -> Iterator[None]:
    """Has a word out of a list of the lexicon."""
    listed = rules.lexicon()[name]
    place = listed.index(word)
    listed.remove(word)
    _forget()
    try:
        yield
    finally:
        listed.insert(place, word)
        _forget()


def unproved_cuts() -> Iterator[tuple[str, str]]:
    """The nouns of the lexicon that are words without it too, and the words that it takes apart and are none."""
    with put(words, word_list=lambda name: frozenset()), put(cache, recall=lambda name, make: make()):
        plain = words.make_tokenizer()
    with put(words, _tokenizer=lambda: plain):
        forget(words._pieces)
        yield from (("noun", noun) for noun in rules.lexicon()["noun"] if words.cut(noun) == [noun])
        yield from (("apart", word) for word in rules.lexicon()["apart"] if words.cut(word) != [word])
    forget(words._pieces)


def _forget() -> None:
    forget(lexicon.roles_of, lexicon.words, lexicon.by_role, rules.words, naming._is_empty)
