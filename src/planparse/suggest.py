"""Proposes rows from what a person corrected: each is tried on all the corrected documents before it is proposed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from planparse.indicators import find_indicator
from planparse.lexicon import roles
from planparse.model import Document, RuleError, Target
from planparse.new_rows import Addition, indicator, unit, write_rows
from planparse.packs import read_packs
from planparse.pipeline import parse
from planparse.read import read_bytes
from planparse.rules import files, lexicon, unit_table
from planparse.ruleset import Ruleset, in_force, using
from planparse.rulesets import of_packs
from planparse.score import Gold, squeeze
from planparse.words import cut

SHORTEST, LONGEST = 2, 8  # characters of a word that is proposed
KINDS = ("measure", "count", "money", "duration", "score", "rank", "percentage")


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


def suggest(corrected: Sequence[Corrected]) -> Iterator[Suggestion]:
    """The rows that put something right, those first that put most right; what one puts wrong is said with it."""
    before = [_read(one) for one in corrected]
    candidates: dict[str, tuple[Addition, ...]] = {}
    for one, document in zip(corrected, before, strict=True):
        candidates.update(_candidates(one.gold, document))
    right = [_right(one.gold, document) for one, document in zip(corrected, before, strict=True)]
    found = [_try(said, additions, corrected, right) for said, additions in candidates.items()]
    yield from sorted((one for one in found if one and one.speaks_for), key=lambda one: -len(one.speaks_for))


def _read(one: Corrected) -> Document:
    return parse(read_bytes(one.content, one.name))


def _pairs(gold: Gold, document: Document) -> Iterator[tuple[dict[str, Any], Target | None]]:
    """Each corrected record with the target that stands where it does."""
    places = {len(squeeze(document.text[: target.start])): target for target in document.targets}
    for row in gold.records:
        yield row, places.get(row["span"].start)


def _right(gold: Gold, document: Document) -> dict[str, str]:
    """What is exactly as corrected, and what nobody asked for: each by its place, with its sentence."""
    found: dict[str, str] = {}
    asked = set()
    for row, target in _pairs(gold, document):
        asked.add(row["span"].start)
        if (
            target
            and target.indicator in row["indicator"]
            and target.unit == row.get("unit")
            and target.value == row.get("value")
        ):
            found[f"+{row['at']}"] = target.sentence
    places = ((len(squeeze(document.text[: target.start])), target) for target in document.targets)
    return found | {f"-{target.id}": target.sentence for place, target in places if place not in asked}


def _try(
    said: str, additions: tuple[Addition, ...], corrected: Sequence[Corrected], right: list[dict[str, str]]
) -> Suggestion | None:
    """A candidate with what it puts right and wrong; None where it cannot be a row."""
    try:
        ruleset = _with(additions)
        with using(ruleset):
            now = [_right(one.gold, _read(one)) for one in corrected]
    except RuleError:
        return None
    speaks_for, against = [], []
    for was, is_ in zip(right, now, strict=True):
        speaks_for += [is_[key] for key in is_.keys() - was.keys() if key[0] == "+"]
        speaks_for += [was[key] for key in was.keys() - is_.keys() if key[0] == "-"]
        against += [was[key] for key in was.keys() - is_.keys() if key[0] == "+"]
        against += [is_[key] for key in is_.keys() - was.keys() if key[0] == "-"]
    return Suggestion(said, additions, tuple(sorted(speaks_for)), tuple(sorted(against)))


def _with(additions: Sequence[Addition]) -> Ruleset:
    """The ruleset in force with some rows more."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "suggested"
        write_rows(own, additions)
        return of_packs((*in_force().packs, *read_packs([own], files())))


def _candidates(gold: Gold, document: Document) -> Iterator[tuple[str, tuple[Addition, ...]]]:
    asked = {row["span"].start for row in gold.records}
    for row, target in _pairs(gold, document):
        yield from _for_unit(row, target, document)
        yield from _for_name(row, target)
        yield from _for_spelling(row)
    for target in document.targets:
        if len(squeeze(document.text[: target.start])) not in asked:
            yield from _for_slogan(target)


def _for_unit(
    row: dict[str, Any], target: Target | None, document: Document
) -> Iterator[tuple[str, tuple[Addition, ...]]]:
    """A unit that is not known; a name whose numbers have none."""
    name, kind = row.get("unit"), row.get("kind", "measure")
    text = row["at"].replace("⟦", "").replace("⟧", "")
    if name and name not in unit_table() and kind in KINDS and name in text:
        yield f"unit {name} ({kind})", tuple(unit(name, kind, [], text))
    if not name and target is None and kind == "score":
        for word in row["indicator"]:
            if len(word) <= LONGEST:
                yield f"numbers of {word} have no unit", (Addition("lexicon", "index", word=word),)


def _for_name(row: dict[str, Any], target: Target | None) -> Iterator[tuple[str, tuple[Addition, ...]]]:
    """A noun that was cut, a verb that was taken for a part of a name."""
    if target is None or target.indicator in row["indicator"]:
        return
    for name in row["indicator"]:
        if target.indicator.endswith(name):  # too long
            verb = target.indicator.removesuffix(name)
            if SHORTEST <= len(verb) <= 4 and verb not in roles():
                yield f"word {verb} (verb strong)", (Addition("words", "words", key=verb, word="verb strong"),)
        for size in range(SHORTEST, min(LONGEST, len(name)) + 1):
            for noun in {name[-size:], name[:size]}:
                if noun not in lexicon()["noun"] and len(cut(noun)) > 1:
                    yield f"noun {noun}", (Addition("lexicon", "noun", word=noun),)


def _for_spelling(row: dict[str, Any]) -> Iterator[tuple[str, tuple[Addition, ...]]]:
    """Another spelling of an indicator, where one of the accepted names is known."""
    ids = {name: find_indicator(name, row.get("action")) for name in row["indicator"]}
    known = next((id_ for id_ in ids.values() if id_), None)
    for name in (name for name, id_ in ids.items() if known and not id_):
        yield f"{name} is a spelling of {known}", tuple(indicator(f"{known}-spelling", name, "", "", [], plain=False))


def _for_slogan(target: Target) -> Iterator[tuple[str, tuple[Addition, ...]]]:
    """A number that is none: with what follows it in its sentence."""
    start = target.sentence.find(target.quote)
    if start < 0 or any(char.isdecimal() for char in target.quote):
        return
    for size in range(len(target.quote) + 1, len(target.quote) + 4):
        word = target.sentence[start : start + size]
        if word.isalpha() and len(word) == size:
            yield f"slogan {word}", (Addition("lexicon", "slogans", word=word),)


def shortest(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Of those that put the same right and wrong, the one whose word is shortest."""
    kept: dict[tuple[object, ...], Suggestion] = {}
    for one in sorted(found, key=lambda one: len(one.said)):
        kept.setdefault((one.additions[0].part, one.speaks_for, one.against), one)
    return sorted(kept.values(), key=lambda one: (bool(one.against), -len(one.speaks_for)))
