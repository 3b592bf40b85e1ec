"""How sure a record is: what the rules had to guess of it, each rule that guesses at its price."""

from __future__ import annotations

from collections.abc import Iterable

SURE = 0.98  # two careful readers agree on this share of the records
PRICE = {
    "carry.last": 0.93,
    "carry.before": 0.6,
    "length.short": 0.87,
    "length.long": 0.87,
    "status.narrow": 0.97,
    "time.paragraph": 0.99,
    "time.heading": 0.98,
    "unit.none": 0.95,
    "milestone": 0.95,
}
RECOGNISED = 0.9  # of a text read from a picture; its records stay below this
DOUBTFUL = 0.5  # of such a text where the figure is hard to read
SHORT, LONG = 2, 26  # hanzi; a name outside is seldom cut where a reader would


def confidence(rules: Iterable[str]) -> float:
    """The confidence of a record that these rules made, to two places.

    >>> confidence([]), confidence(["carry.before"]), confidence(["status.narrow", "time.heading"])
    (0.98, 0.59, 0.93)
    """
    product = SURE
    for rule in rules:
        product *= PRICE.get(rule, 1)
    return round(product, 2)


def recognised(sure: float, *, doubtful: bool = False) -> float:
    """The confidence of a record whose text was read from a picture, with a figure that is hard to read or without.

    >>> recognised(0.98), recognised(0.98, doubtful=True)
    (0.88, 0.49)
    """
    return round(sure * (DOUBTFUL if doubtful else RECOGNISED), 2)


def length_of(name: str) -> str | None:
    """What the length of a name says of it."""
    if len(name) <= SHORT:
        return "length.short"
    return "length.long" if len(name) > LONG else None
