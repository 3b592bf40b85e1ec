"""How far two reviews of the same documents agree, and where they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planparse.model import Document
from planparse.write.differences import FIELDS


class Agreement(NamedTuple):
    """f1 of the records that two reviewers keep, the share of those that both keep by field, kappa on their status."""

    first: int
    second: int
    both: int
    f1: float
    fields: dict[str, float]
    kappa: float


def agree(one: Iterable[Document], two: Iterable[Document]) -> Agreement:
    """The agreement of two sets of documents, paired by their checksums, their records by their ids."""
    pairs = list(pair_documents(one, two))
    first = sum(len(a.targets) for a, _ in pairs)
    second = sum(len(b.targets) for _, b in pairs)
    others = [{target.id: target for target in b.targets} for _, b in pairs]
    shared = [(t, known[t.id]) for (a, _), known in zip(pairs, others, strict=True) for t in a.targets if t.id in known]
    return Agreement(
        first,
        second,
        len(shared),
        2 * len(shared) / (first + second) if first + second else 1.0,
        {name: _share(getattr(a, name) == getattr(b, name) for a, b in shared) for name in FIELDS},
        kappa([(a.status, b.status) for a, b in shared]),
    )


def pair_documents(one: Iterable[Document], two: Iterable[Document]) -> Iterator[tuple[Document, Document]]:
    """The documents that both sides have, by their content."""
    others = {document.document.sha256: document for document in two}
    for document in one:
        if document.document.sha256 in others:
            yield document, others[document.document.sha256]


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa: the agreement beyond what chance gives; 1 where nothing but agreement is possible.

    >>> kappa([("planned", "planned"), ("achieved", "achieved"), ("planned", "achieved"), ("achieved", "achieved")])
    0.5
    """
    if not pairs:
        return 1.0
    one, two = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum(a == b for a, b in pairs) / len(pairs)
    chance = sum(one[code] * two[code] for code in one) / len(pairs) ** 2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def _share(right: Iterable[bool]) -> float:
    values = list(right)
    return sum(values) / len(values) if values else 1.0
