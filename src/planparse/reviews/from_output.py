"""Corrections in a JSON output: the reviews of its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from planparse.model import Document
from planparse.reviews.corrections import Correction

EDITABLE = (
    *("indicator", "indicator_id", "status", "kind", "comparator", "value", "value_max", "unit", "change"),
    *("baseline", "baseline_text", "per", "action", "time", "binding", "responsible"),
)
"""What of a record a person may say otherwise."""


def find_corrections(document: Document, reviewed: Iterable[Document]) -> list[Correction]:
    """What the reviewed documents say of a document: the same content, else the same name."""
    reviewed = list(reviewed)
    sha256, name = document.document.sha256, PurePath(document.document.source).name
    same = [one for one in reviewed if sha256 and one.document.sha256 == sha256]
    named = [one for one in reviewed if PurePath(one.document.source).name == name]
    return [correction for one in (same or named)[:1] for correction in _corrections(one)]


def _corrections(reviewed: Document) -> Iterator[Correction]:
    """An accepted record holds as a whole, of an edited one what was changed."""
    targets = {target.id: target for target in [*reviewed.targets, *reviewed.rejected]}
    for id_, review in reviewed.reviews.items():
        target = targets.get(id_)
        if target is None:
            continue
        names = EDITABLE if review.verdict in ("accepted", "added") else tuple(review.before)
        names = () if review.verdict == "rejected" else names
        yield Correction(id_, review, {name: getattr(target, name) for name in names}, target)
