"""Proposes rows from what a person corrected: each is tried on the corrected documents before it is proposed.

A row costs a ruleset of its own, half a second or two, and a reading of every document that has its word. So that a
hundred can be tried, those whose words share no sentence are tried together first; what puts nothing right then is
tried no more.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from planparse.indicators import find_indicator
from planparse.model import Document, RuleError, Target
from planparse.new_rows import Addition, write_rows
from planparse.packs import read_packs
from planparse.pipeline import parse
from planparse.read import read_bytes
from planparse.rules import files, read_base
from planparse.ruleset import Ruleset, in_force, using
from planparse.rulesets import of_packs
from planparse.score import Gold, squeeze
from planparse.suggest.candidates import Candidate, candidates, pairs, word_of

_STOP = re.compile(r"[。；！？\n]")


Place = tuple[str, str]
"""+ and where a corrected record stands, or - and the id of one that nobody asked for."""
Right = dict[tuple[Place, str], str]
"""What is right of a record, its number or all of it, or wrongly there; with its sentence."""


class Corrected(NamedTuple):
    """A document, its content, and what a person says is in it."""

    name: str
    content: bytes
    gold: Gold


class Suggestion(NamedTuple):
    """Rows, what they are in a line, the sentences that they put right, and those that they put wrong."""

    said: str
    additions: tuple[Addition, ...]
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    mends: frozenset[Place] = frozenset()


class _Read(NamedTuple):
    """A corrected document as it is read now: its text, what is right in it, and what nobody asked for."""

    given: Corrected
    text: str
    right: Right


def suggest(corrected: Sequence[Corrected]) -> Iterator[Suggestion]:
    """The rows that put something right, those first that put most right; what one puts wrong is said with it."""
    documents = [_read(one) for one in corrected]
    read = [
        _Read(one, squeeze(document.text), _right(one.gold, document))
        for one, document in zip(corrected, documents, strict=True)
    ]
    found: dict[str, tuple[Addition, ...]] = {}
    for one, document in zip(corrected, documents, strict=True):
        found.update(candidates(one.gold, document))
    helpful = [one for round_ in _rounds(found, documents) for one in _helpful(round_, read)]
    tried = [_try(said, additions, read) for said, additions in helpful]
    yield from sorted((one for one in tried if one and one.speaks_for), key=lambda one: -len(one.speaks_for))


def _read(one: Corrected) -> Document:
    return parse(read_bytes(one.content, one.name))


def _right(gold: Gold, document: Document) -> Right:
    """What is as corrected, and what nobody asked for."""
    found: Right = {}
    asked = set()
    for row, target in pairs(gold, document):
        asked.add(row["span"].start)
        if target and target.unit == row.get("unit") and target.value == row.get("value"):
            place = "+", row["at"]
            found[place, "number"] = target.sentence
            if target.indicator in row["indicator"] or _is_same(target, row):
                found[place, "all"] = target.sentence
    places = ((len(squeeze(document.text[: target.start])), target) for target in document.targets)
    return found | {(("-", target.id), "all"): target.sentence for place, target in places if place not in asked}


def _is_same(target: Target, row: dict[str, Any]) -> bool:
    """Whether a target is of the indicator that a person named, in other words."""
    ids = {find_indicator(name, row.get("action")) for name in row["indicator"]}
    return target.indicator_id is not None and target.indicator_id in ids


# ---------------------------------------------------------------- many at once


def _rounds(found: dict[str, tuple[Addition, ...]], documents: Sequence[Document]) -> list[list[Candidate]]:
    """The candidates in as few rounds as may be: no sentence has the words of two of one round."""
    sentences = [squeeze(part) for document in documents for part in _STOP.split(document.text)]
    rounds: list[tuple[list[Candidate], set[int]]] = []
    for said, additions in found.items():
        own = {i for i, sentence in enumerate(sentences) if word_of(additions) in sentence}
        free = next((one for one in rounds if not one[1] & own), None)
        if free is None:
            rounds.append(free := ([], set()))
        free[0].append((said, additions))
        free[1].update(own)
    return [members for members, _ in rounds]


def _helpful(round_: Sequence[Candidate], read: Sequence[_Read]) -> list[Candidate]:
    """Of candidates that are tried together, those with whose word a sentence comes right."""
    if len(round_) == 1:
        return list(round_)
    try:
        ruleset = _with([addition for _, additions in round_ for addition in additions])
    except RuleError:  # of one of them: which, shows where each stands alone
        return list(round_)
    better: dict[Place, str] = {}
    with using(ruleset):
        for one in read:
            better.update(_difference(one.right, _right(one.given.gold, _read(one.given)))[0])
    gained = [squeeze(sentence) for sentence in better.values()]
    return [(said, additions) for said, additions in round_ if any(word_of(additions) in one for one in gained)]


# ---------------------------------------------------------------- one alone


def _try(said: str, additions: tuple[Addition, ...], read: Sequence[_Read]) -> Suggestion | None:
    """A candidate with what it puts right and wrong in the documents that have its word, and in the examples of
    planparse's own constructions; None where it cannot be a row."""
    word = word_of(additions)
    examples = [sentence for sentence in _examples() if word in sentence]
    own = [_names(sentence) for sentence in examples]
    speaks_for, against, mends = list[str](), list[str](), set[Place]()
    try:
        with using(_with(additions)):
            for one in read:
                if word in one.text:
                    better, worse = _difference(one.right, _right(one.given.gold, _read(one.given)))
                    speaks_for += better.values()
                    against += worse.values()
                    mends |= better.keys()
            against += [sentence for sentence, was in zip(examples, own, strict=True) if _names(sentence) != was]
    except RuleError:
        return None
    return Suggestion(said, additions, tuple(sorted(speaks_for)), tuple(sorted(against)), frozenset(mends))


def _difference(was: Right, is_: Right) -> tuple[dict[Place, str], dict[Place, str]]:
    """What has come right, and what has come wrong, with their sentences."""
    come = [(key[0], is_[key]) for key in is_.keys() - was.keys()]
    gone = [(key[0], was[key]) for key in was.keys() - is_.keys()]
    better = {place: said for place, said in come if place[0] == "+"} | {p: said for p, said in gone if p[0] == "-"}
    worse = {place: said for place, said in gone if place[0] == "+"} | {p: said for p, said in come if p[0] == "-"}
    return better, worse


def _examples() -> Iterator[str]:
    """The sentences that prove the constructions of planparse."""
    for row in read_base("constructions")["construction"]:
        for example in row.get("examples", ()):
            yield example if isinstance(example, str) else example[0]


def _names(sentence: str) -> list[tuple[object, ...]]:
    """What is read of a sentence that stands alone."""
    document = parse(read_bytes(f"2025年工作要点\n\n{sentence}\n".encode(), "-"))
    return [(target.quote, target.indicator, target.unit, target.value) for target in document.targets]


def _with(additions: Sequence[Addition]) -> Ruleset:
    """The ruleset in force with some rows more."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "suggested"
        write_rows(own, additions)
        return of_packs((*in_force().packs, *read_packs([own], files())))


# ---------------------------------------------------------------- which to show


def shortest(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Of those that put the same right and wrong one: a verb before a noun, and of nouns the one that cuts no name
    apart, which is the longest."""
    kept: dict[tuple[object, ...], Suggestion] = {}
    for one in sorted(found, key=_plainness):
        kept.setdefault((one.mends, one.against), one)
    return sorted(kept.values(), key=lambda one: (bool(one.against), -len(one.speaks_for)))


def _plainness(one: Suggestion) -> tuple[bool, int]:
    is_noun = one.additions[0].part == "noun"
    return is_noun, -len(one.said) if is_noun else len(one.said)
