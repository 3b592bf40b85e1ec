"""How sure a record is: what the rules had to guess of it, each guess at its price."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Guess = Literal[
    "name-from-record-before",
    "name-from-clause-before",
    "name-shared",
    "name-short",
    "name-long",
    "name-of-a-clause",
    "status-by-section",
    "time-from-paragraph",
    "time-from-heading",
    "no-unit",
    "milestone",
    "milestone-subject",
]

SURE = 0.98  # two careful readers agree on this share of the records
PRICE: dict[Guess, float] = {
    "name-from-record-before": 0.93,
    "name-from-clause-before": 0.6,
    "name-shared": 0.85,
    "name-short": 0.87,
    "name-long": 0.87,
    "name-of-a-clause": 0.9,
    "status-by-section": 0.995,
    "time-from-paragraph": 0.99,
    "time-from-heading": 0.98,
    "no-unit": 0.95,
    "milestone": 0.95,
    "milestone-subject": 0.85,
}
RECOGNISED = 0.9  # of a text read from a picture; its records stay below this
DOUBTFUL = 0.5  # of such a text where the figure is hard to read
SHORT, LONG = 2, 26  # hanzi; a name outside is seldom cut where a reader would


def confidence(guesses: Iterable[Guess]) -> float:
    """The confidence of a record in which these guesses were made, to two places.

    >>> confidence([]), confidence(["name-from-clause-before"]), confidence(["status-by-section", "time-from-heading"])
    (0.98, 0.59, 0.96)
    """
    product = SURE
    for guess in guesses:
        product *= PRICE[guess]
    return round(product, 2)


def recognised(sure: float, *, doubtful: bool = False) -> float:
    """The confidence of a record whose text was read from a picture, with a figure that is hard to read or without.

    >>> recognised(0.98), recognised(0.98, doubtful=True)
    (0.88, 0.49)
    """
    return round(sure * (DOUBTFUL if doubtful else RECOGNISED), 2)


def name_guesses(name: str) -> list[Guess]:
    """What the length of a name says of it."""
    if len(name) <= SHORT:
        return ["name-short"]
    return ["name-long"] if len(name) > LONG else []
