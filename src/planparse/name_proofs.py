"""What the sentences of constructions do not ask for: each alternative of a shape and each word of its sets is deleted
in turn, those of a macro in the rows that use it, and an example or reject of a row must notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import regex

from planparse.assemble import constructions
from planparse.assemble.constructions import Construction, alphabet, make_construction
from planparse.assemble.shapes import translate
from planparse.assemble.tokens import Alphabet
from planparse.check_names import faults_of, named_rows, put
from planparse.patterns import Cut, cuts
from planparse.possible import possible
from planparse.rules import read
from planparse.ruleset import per_ruleset

_SET = regex.compile(r"\[(?!\^)([^\]]+)\]")
_UNUSED = "\uf8ff"  # stands for all the tokens that no sentence of a row holds


def unproved_names() -> Iterator[tuple[str, str]]:
    """The row or macro, and the alternative that can be deleted from it, ‹marked›."""
    macros = read("constructions")["macros"]
    for row in (row for row in named_rows() if row.get("examples")):
        for cut in shape_cuts(row["shape"]):
            if not _notices(row, {**row, "shape": cut.left}, macros):
                yield row["id"], cut.place
    for name, shape in macros.items():
        users = [row for row in named_rows() if row.get("examples") and name in _used(row["shape"], macros)]
        for cut in shape_cuts(shape):
            reached = (row for row in users if _possible(cut.left, macros, row["id"]) != _whole(shape, row["id"]))
            if not any(_notices(row, row, {**macros, name: cut.left}) for row in reached):
                yield name, cut.place


def shape_cuts(shape: str) -> Iterator[Cut]:
    """A shape without each of its alternatives, and without each word of its sets.

    >>> [cut.left for cut in shape_cuts("NOUN [到 至] (?:Q|$)")]
    ['NOUN [到 至] (?:$)', 'NOUN [到 至] (?:Q)', 'NOUN [ 至] (?:Q|$)', 'NOUN [到 ] (?:Q|$)']
    """
    yield from cuts(shape)
    for found in _SET.finditer(shape):
        for word in regex.finditer(r"\S+", found[1]) if " " in found[1].strip() else ():
            start, end = found.start(1) + word.start(), found.start(1) + word.end()
            place = f"{shape[max(0, start - 10) : start]}‹{word[0]}›{shape[end : end + 10]}"
            yield Cut(place, shape[:start] + shape[end:])


@cache
def _used_by(shape: str) -> frozenset[str]:
    return frozenset(regex.findall(r"[A-Z_]+", shape))


def _used(shape: str, macros: Mapping[str, str]) -> set[str]:
    """The macros of a shape, and those of these."""
    own = {name for name in _used_by(shape) if name in macros}
    return own.union(*(_used(macros[name], macros) for name in own))


def _notices(row: Mapping[str, Any], changed: Mapping[str, Any], macros: Mapping[str, str]) -> bool:
    """Whether a sentence of a row is read otherwise when its shape or macros are changed."""
    pattern = _possible(changed["shape"], macros, row["id"])
    if pattern == _whole(row["shape"], row["id"]):
        return False
    if pattern is None:  # nothing is left that could match
        return True
    with _replaced(make_construction(changed, regex.compile(pattern))):
        return any(faults_of(row))


@per_ruleset
def _whole(shape: str, id: str) -> str | None:
    """What is possible of a shape as it is written."""
    return _possible(shape, read("constructions")["macros"], id)


def _possible(shape: str, macros: Mapping[str, str], id: str) -> str | None:
    """What of a shape can match in the sentences of a row."""
    return possible(translate(shape, macros, _letters(id), id), _UNUSED)


def compile_row(row: Mapping[str, Any], macros: Mapping[str, str], letters: Alphabet) -> Construction:
    """A row with other macros, or other letters for tokens, than those of the file."""
    return make_construction(row, regex.compile(translate(row["shape"], macros, letters, row["id"])))


@contextmanager
def _replaced(row: Construction) -> Iterator[None]:
    """Has the constructions read with this row in the place of its own."""
    rows = tuple(row if other.id == row.id else other for other in constructions.constructions())
    phrases = {id: row if id == row.id else other for id, other in constructions.phrases().items()}
    with put(constructions, constructions=lambda: rows, phrases=lambda: phrases):
        yield


class _Seen(Alphabet):
    """An alphabet with only the tokens that some sentences hold, all others as one: the same shapes for them, and
    compiled much faster."""

    def __init__(self, whole: Alphabet, seen: set[str]) -> None:
        super().__init__({kind: code for kind, code in whole.codes.items() if code in seen})
        self.codes["", whole.asked] = _UNUSED
        self.by_atom = whole.by_atom
        self.whole, self.seen = whole, seen

    def _of_word(self, word: str) -> str:
        code = self.whole.of_word(word)
        return code if code in self.seen else _UNUSED


@per_ruleset
def _letters(id: str) -> Alphabet:
    """The tokens that the sentences of a row hold."""
    seen: set[str] = set()
    match = constructions._match

    def watch(pattern: Any, codes: str) -> Any:
        seen.update(codes)
        return match(pattern, codes)

    all_tried = tuple(replace(row, necessary=frozenset()) for row in constructions.constructions())
    with put(constructions, _match=watch, constructions=lambda: all_tried):
        list(faults_of(next(row for row in named_rows() if row["id"] == id)))
    return _Seen(alphabet(), seen)
