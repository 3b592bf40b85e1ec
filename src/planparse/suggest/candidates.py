"""The rows that could put a correction right, by what differs: a unit, a name cut wrong, a spelling, a slogan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planparse.indicators import find_indicator, fold_name
from planparse.lexicon import roles
from planparse.model import Document, Target
from planparse.new_rows import Addition, spelling, unit
from planparse.rules import lexicon, unit_table
from planparse.score import Gold, squeeze
from planparse.words import cut

SHORTEST, LONGEST = 2, 8  # characters of a word that is proposed
KINDS = ("measure", "count", "money", "duration", "score", "rank", "percentage")

Candidate = tuple[str, tuple[Addition, ...]]
"""What rows are in a line, and the rows."""


def pairs(gold: Gold, document: Document) -> Iterator[tuple[dict[str, Any], Target | None]]:
    """Each corrected record with the target that stands where it does."""
    places = {len(squeeze(document.text[: target.start])): target for target in document.targets}
    for row in gold.records:
        yield row, places.get(row["span"].start)


def candidates(gold: Gold, document: Document) -> Iterator[Candidate]:
    """Every row that some correction of a document speaks for, untried."""
    asked = {row["span"].start for row in gold.records}
    for row, target in pairs(gold, document):
        yield from _for_unit(row, target, document)
        yield from _for_name(row, target)
        yield from _for_spelling(row, target)
    for target in document.targets:
        if len(squeeze(document.text[: target.start])) not in asked:
            yield from _for_slogan(target)


def _for_unit(row: dict[str, Any], target: Target | None, document: Document) -> Iterator[Candidate]:
    """A unit that is not known; a name whose numbers have none."""
    name, kind = row.get("unit"), row.get("kind", "measure")
    text = row["at"].replace("⟦", "").replace("⟧", "")
    if name and name not in unit_table() and kind in KINDS and name in text:
        yield f"unit {name} ({kind})", tuple(unit(name, kind, [], text))
    if not name and target is None and kind == "score":
        for word in row["indicator"]:
            if len(word) <= LONGEST:
                yield f"numbers of {word} have no unit", (Addition("lexicon", "index", word=word),)


def _for_name(row: dict[str, Any], target: Target | None) -> Iterator[Candidate]:
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


def _for_spelling(row: dict[str, Any], target: Target | None) -> Iterator[Candidate]:
    """Another spelling of an indicator, where one of the accepted names is known: one of them, or what stood there."""
    names: dict[str, None] = dict.fromkeys([*row["indicator"], *([target.indicator] if target else [])])
    ids = {name: find_indicator(name, row.get("action")) for name in names}
    known = next((name for name, id_ in ids.items() if id_), None)
    if known is None:
        return
    for name in (name for name, id_ in ids.items() if not id_):
        if known not in name and name not in known:
            yield f"{name} is a spelling of {known}", tuple(spelling(fold_name(name), fold_name(known)))


def _for_slogan(target: Target) -> Iterator[Candidate]:
    """A number that is none: with what follows it in its sentence."""
    start = target.sentence.find(target.quote)
    if start < 0 or any(char.isdecimal() for char in target.quote):
        return
    behind = start + len(target.quote)
    word = target.quote
    for piece in cut(target.sentence[behind : behind + LONGEST]):
        word += piece
        if word.isalpha() and len(word) > len(target.quote) + 1:
            yield f"slogan {word}", (Addition("lexicon", "slogans", word=word),)
            return


def word_of(additions: tuple[Addition, ...]) -> str:
    """The word of the document that rows are about.

    >>> word_of((Addition("lexicon", "noun", word="丝绸展会"),)), word_of(tuple(unit("标箱", "count", [], "3标箱")))
    ('丝绸展会', '标箱')
    """
    first = additions[0]
    if first.pair:
        return first.pair[0]
    return str(first.row.get("unit") or first.row["name"]) if first.row else first.key or first.word
