"""How sure a record is: the share of records with its traits that is right, measured on gold and kept in
rules/confidence.toml; `make calibrate` writes that file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import repeat
from math import exp
from operator import attrgetter
from typing import Any

from planparse.assemble.evidence import weigh
from planparse.assemble.record import Record
from planparse.cache import recall
from planparse.lexicon import endings, words
from planparse.rules import read
from planparse.ruleset import per_ruleset

RECOGNISED = 0.9  # of a text read from a picture; its records stay below this
DOUBTFUL = 0.5  # of such a text where the figure is hard to read
SHORT, LONG = 2, 20  # hanzi; a name outside is seldom cut where a reader would
LOUD = (1.5, 4.0)  # what the evidence of a status weighs, faint below the first, clear from the second on
LOOKS = ("looks.short", "looks.long", "looks.headless", "looks.number", "looks.hanging")
"""What may be wrong with a name."""
SURE = 0.95
_MEASURED = ("head", "part", "rate", "bare")
_DIGIT = re.compile(r"\d")
_RULE = attrgetter("rule")
_HANGING = ("由", "从", "到", "不", "至", "和", "的", "在")


def traits(record: Record) -> list[str]:
    """What a record is measured by: what decided each of its parts, its kind, how its name is made."""
    weight = abs(weigh(record.evidence))
    loud = "evidence.faint" if weight < LOUD[0] else "evidence.clear" if weight >= LOUD[1] else "evidence.fair"
    undated = () if "time" in record.why else ("time.document",)
    parts = map(_RULE, record.why.values())
    return [f"kind.{record.kind}", *parts, *undated, loud, *name_traits(record.indicator)]


def name_traits(name: str) -> Iterator[str]:
    """What may be wrong with a name: its length, an end that measures nothing, a number in it, a word that hangs on.

    >>> [*name_traits("覆盖率")], [*name_traits("学位")], [*name_traits("30家企业营业额由")]
    ([], ['looks.short'], ['looks.headless', 'looks.number', 'looks.hanging'])
    """
    if len(name) <= SHORT:
        yield "looks.short"
    elif len(name) > LONG:
        yield "looks.long"
    if not name.endswith(_heads().get(name[-1:], ())):
        yield "looks.headless"
    if _DIGIT.search(name):
        yield "looks.number"
    if name.endswith(_HANGING):
        yield "looks.hanging"


@per_ruleset
def _heads() -> dict[str, tuple[str, ...]]:
    """What ends the name of something measured, by its last character."""
    measured = [end for end, has in endings().items() if has & set(_MEASURED)]
    heads: dict[str, tuple[str, ...]] = {}
    for head in (*words(*_MEASURED), *measured):
        heads[head[-1]] = (*heads.get(head[-1], ()), head)
    return heads


@per_ruleset
def measured() -> dict[str, Any]:
    """What rules/confidence.toml holds: the base, from where on a record is sure, and each trait with its weight, its n
    and the share that is right."""
    return recall("confidence", lambda: read("confidence"))


def confidence(found: Iterable[str]) -> float:
    """The confidence of a record with these traits, to two places; a trait that was never measured changes nothing.

    >>> confidence(["level.of-rate"]) > confidence(["level.of-rate", "looks.hanging", "looks.short"]) > 0
    True
    """
    table, weights = measured(), _weights()
    return chance_of(table["base"] + sum(map(weights.get, found, repeat(0.0))), table["sure"])


@per_ruleset
def _weights() -> dict[str, float]:
    return {trait: row["weight"] for trait, row in measured()["traits"].items()}


def chance_of(total: float, sure: float) -> float:
    """The confidence that log-odds stand for; 0.95 and more is only said from those on that proved `sure`.

    >>> chance_of(3.0, 2.9), chance_of(3.0, 3.1), chance_of(0.0, 3.0)
    (0.95, 0.94, 0.5)
    """
    chance = round(1 / (1 + exp(-total)), 2)
    return chance if chance < SURE or total >= sure else SURE - 0.01


def recognised(sure: float, *, doubtful: bool = False) -> float:
    """The confidence of a record whose text was read from a picture, with a figure that is hard to read or without.

    >>> recognised(0.98), recognised(0.98, doubtful=True)
    (0.88, 0.49)
    """
    return round(sure * (DOUBTFUL if doubtful else RECOGNISED), 2)
