"""What the proof of a row does not ask for: each alternative of its pattern, and each word of its lists, is deleted in
turn, and an example or reject of the row must notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from planparse.check import CHECKED, Proof, find_faults, lists_of, proof_of, proof_of_word
from planparse.name_proofs import unproved_names
from planparse.patterns import cuts
from planparse.rules import Fragments, Row, compile_row, rows


class Unproved(NamedTuple):
    """An alternative, or a word of a list, that can be deleted from a row and nothing of its proof notices."""

    source: str
    row: str
    place: str


def find_unproved(*sources: str) -> Iterator[Unproved]:
    """Those of the rows of some files, or of all."""
    for row in (row for source in sources or CHECKED if source in CHECKED for row in rows(source)):
        for place in unproved_of(row):
            yield Unproved(row.source, row.id, place)
    if not sources or "constructions" in sources:
        yield from (Unproved("constructions", row, place) for row, place in unproved_names())


def unproved_of(row: Row) -> Iterator[str]:
    """Where they stand in a row, each ‹marked›."""
    proof = proof_of(row)
    pieces = Fragments(proof.texts)
    for cut in cuts(row.pattern):
        if not _fails(replace(row, pattern=cut.left), proof, pieces):
            yield cut.place
    for name, words in lists_of(row).items():
        for word in words:
            without = replace(row, lists=row.lists | {name: [other for other in words if other != word]})
            own = proof_of_word(row, name, word)
            if not _fails(without, own, Fragments(own.texts)) and not _fails(without, proof, pieces):
                yield f"{name} = ‹{word}›"


def _fails(row: Row, proof: Proof, pieces: Fragments) -> bool:
    """Whether a row gets something of a proof wrong."""
    try:
        return any(find_faults(compile_row(row, pieces), proof))
    except IndexError:  # the group that was read is gone with the alternative
        return True
