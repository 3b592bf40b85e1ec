"""Where two reviewers of the same document differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from planparse.model import Document, Target
from planparse.write.to_json import as_json

FIELDS = (
    *("indicator", "status", "kind", "comparator", "value", "value_max", "unit", "change", "baseline", "per"),
    *("time", "binding", "responsible"),
)
"""What of a record two readers of a document can differ on."""


def other_of(document: Document, against: Iterable[Document]) -> Document | None:
    """The same document on the other side, known by its content."""
    return next((one for one in against if one.document.sha256 == document.document.sha256), None)


def differences(one: Document, two: Document) -> dict[str, dict[str, Any]]:
    """What the other reviewer says of the records that they differ on, by id: the fields otherwise, or the verdict."""
    theirs, ours = _by_id(two), _by_id(one)
    found: dict[str, dict[str, Any]] = {}
    for id_, target in ours.items():
        if id_ not in theirs:
            found[id_] = _said(two, id_, {}, "rejected")
        elif fields := _otherwise(target, theirs[id_]):
            found[id_] = _said(two, id_, fields, "edited")
    for id_ in theirs.keys() - ours.keys():
        found[id_] = _said(two, id_, {}, "accepted")
    return found


def _said(document: Document, id_: str, fields: dict[str, Any], verdict: str) -> dict[str, Any]:
    review = document.reviews.get(id_)
    return {"verdict": verdict, "reviewer": review.reviewer if review else None, "fields": fields}


def _otherwise(one: Target, two: Target) -> dict[str, Any]:
    return {name: as_json(getattr(two, name)) for name in FIELDS if getattr(one, name) != getattr(two, name)}


def _by_id(document: Document) -> dict[str, Target]:
    return {target.id: target for target in document.targets}
