"""Corrections of a document, and the document with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from planparse.model import Document, Review, Skipped, Target
from planparse.write.to_json import as_json

EDITED: dict[str, Any] = {"rule": "review.edited", "confidence": 1.0, "why": {}}
"""What of a record says how it was read, once a person has written it."""


class Correction(NamedTuple):
    """What a person said of one record: the fields that are to be so, and the whole of it where that is known."""

    id: str
    review: Review
    fields: Mapping[str, Any] = {}
    target: Target | None = None


@dataclass(slots=True)
class Outcome:
    """What became of corrections: how many of each verdict stand, and what a person must know, a sentence each."""

    taken: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def count(self, verdict: str | None) -> None:
        name = verdict or "note"
        self.taken[name] = self.taken.get(name, 0) + 1

    def __str__(self) -> str:
        total = sum(self.taken.values())
        parts = ", ".join(f"{number} {verdict}" for verdict, number in sorted(self.taken.items()))
        return f"{total} corrections taken up" + (f" ({parts})" if parts else "")


def apply(document: Document, corrections: Iterable[Correction], outcome: Outcome) -> Document:
    """The document as corrected; the outcome is told what stands and what does not.

    >>> import planparse
    >>> plan = planparse.extract("2025年计划\\n\\n新增学位800个。".encode())
    >>> known = plan.targets[0].id
    >>> corrected = apply(plan, [Correction(known, Review(verdict="edited"), {"value": 900})], Outcome())
    >>> corrected.targets[0].value, corrected.reviews[known].before["value"]
    (900, 800)
    """
    known = {target.id: target for target in [*document.targets, *document.rejected]}
    reviews = dict(document.reviews)
    for one in corrections:
        current = known.get(one.id)
        if current is None:
            current = _placed(document, one, outcome)
            if current is None:
                continue
        known[one.id], reviews[one.id] = _corrected(current, one, reviews.get(one.id), outcome)
        outcome.count(reviews[one.id].verdict)
    return _document(document, known.values(), reviews)


def _corrected(target: Target, said: Correction, earlier: Review | None, outcome: Outcome) -> tuple[Target, Review]:
    """A record with a correction, and the review that keeps what it was."""
    changed = {name: value for name, value in said.fields.items() if getattr(target, name) != value}
    if changed and said.review.verdict == "accepted" and not earlier:
        outcome.notes.append(f"{target.id} {target.indicator}: accepted, but read otherwise now; kept as accepted")
    corrected = replace(target, **changed)
    plain = as_json(target)
    before = {name: plain[name] for name in changed} | (dict(earlier.before) if earlier else {})
    review = replace(said.review, before=before)
    if review.verdict in (None, "edited") and earlier and earlier.verdict == "added":
        review = replace(review, verdict="added")
    return corrected, review


def _placed(document: Document, one: Correction, outcome: Outcome) -> Target | None:
    """A record that was not extracted, where its words stand in the document; None where they do not."""
    target, verdict = one.target, one.review.verdict
    if target is None or verdict == "rejected":
        outcome.notes.append(f"{one.id}: no such record any more; nothing to correct")
        return None
    if not document.text or document.text[target.start : target.end] == target.quote:
        return target
    places = _find_all(document.text, target.quote)
    if len(places) != 1:
        outcome.notes.append(f"{one.id} {target.indicator}: “{target.quote}” no longer stands there; {verdict} is lost")
        return None
    return replace(target, start=places[0], end=places[0] + len(target.quote), page=None, table=None)


def _find_all(text: str, words: str) -> list[int]:
    places, at = [], text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def _document(document: Document, targets: Iterable[Target], reviews: dict[str, Review]) -> Document:
    """The document with its records where their reviews put them: among the targets or in the ledger."""
    ordered = sorted(targets, key=lambda target: (target.start, target.end))
    out = [target for target in ordered if (said := reviews.get(target.id)) and said.verdict == "rejected"]
    ids = {target.id for target in out}
    entries = [
        Skipped(quote=t.quote, start=t.start, end=t.end, reason="rejected", rule="review.rejected", sentence=t.sentence)
        for t in out
    ]
    ledger = [entry for entry in document.skipped if entry.reason != "rejected"]
    return replace(
        document,
        targets=[target for target in ordered if target.id not in ids],
        rejected=out,
        skipped=sorted([*ledger, *entries], key=lambda entry: (entry.start, entry.end)),
        reviews=reviews,
    )
