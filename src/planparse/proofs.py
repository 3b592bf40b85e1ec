"""What the proof of a row does not ask for: each alternative of its pattern, and each word of its lists, is deleted in
turn, and an example or reject of the row must notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from planparse.check import CHECKED, Proof, find_faults, proof_of, proof_of_word
from planparse.patterns import cuts
from planparse.rules import Row, compile_row, fill_fragments, rows, word_lists


class Unproved(NamedTuple):
    """An alternative, or a word of a list, that can be deleted from a row and nothing of its proof notices."""

    source: str
    row: str
    place: str


def find_unproved(*sources: str) -> Iterator[Unproved]:
    """Those of the rows of some files, or of all."""
    for row in (row for source in sources or CHECKED for row in rows(source)):
        for place in unproved_of(row):
            yield Unproved(row.source, row.id, place)


def unproved_of(row: Row) -> Iterator[str]:
    """Where they stand in a row, each ‹marked›."""
    proof = proof_of(row)
    pieces = _pieces(proof)
    for cut in cuts(row.pattern):
        if not _fails(replace(row, pattern=cut.left), proof, pieces):
            yield cut.place
    for name, words in row.lists.items():
        for word in words:
            without = replace(row, lists=row.lists | {name: [other for other in words if other != word]})
            own = proof_of_word(row, name, word)
            if not _fails(without, own, _pieces(own)) and not _fails(without, proof, pieces):
                yield f"{name} = ‹{word}›"


def _pieces(proof: Proof) -> dict[str, str]:
    """The fragments, of all words only those that the proof holds: the same for its texts, and compiled at once."""
    return fill_fragments(_within(word_lists(), proof))


def _within(lists: dict[str, list[str]], proof: Proof) -> dict[str, list[str]]:
    texts = proof.texts
    return {name: [word for word in words if word in texts] for name, words in lists.items()}


def _fails(row: Row, proof: Proof, pieces: dict[str, str]) -> bool:
    """Whether a row gets something of a proof wrong."""
    limited = replace(row, lists=_within(row.lists, proof))
    try:
        return any(find_faults(compile_row(limited, pieces), proof))
    except IndexError:  # the group that was read is gone with the alternative
        return True
