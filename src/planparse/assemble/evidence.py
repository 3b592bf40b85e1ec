"""What the rows of rules/status.toml find in a text: each speaks for a result or for a plan, by its weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from planparse.finder import Finder, Found
from planparse.model import Span
from planparse.rules import Rule, rules
from planparse.ruleset import per_ruleset, recent_per_ruleset

_SIGN = {"achieved": 1, "planned": -1, "none": 0}
_IN_SENTENCES = "words quoted base"
_WEIGHT = attrgetter("weight")
NOWHERE = Span(-1, -1)
"""Where evidence stands that is no words of the sentence: a heading's, the title's."""


class Evidence(NamedTuple):
    """One row that spoke, its weight, above zero for a result and below for a plan, the words that it read, what it
    weighs in the clauses behind these, and whether it reaches over the whole sentence or to the clause before."""

    rule: str
    weight: float
    span: Span = NOWHERE
    carry: float = 0
    reach: str = ""


def weigh(evidence: Iterable[Evidence]) -> float:
    """What evidence says together: above zero a result, below a plan.

    >>> weigh([Evidence("status.done", 9.0), Evidence("status.will", -5.0)])
    4.0
    """
    weights: Iterator[float] = map(_WEIGHT, evidence)
    return sum(weights)


@per_ruleset
def _rows(where: str) -> tuple[Rule, ...]:
    """The rows for a place, or for several."""
    return tuple(rule for rule in rules("status") if rule["where"] in where.split())


@per_ruleset
def _finder(where: str) -> Finder:
    return Finder(f"status {where}", _rows(where))


@per_ruleset
def _said(rule: Rule) -> tuple[float, float, str]:
    """What a row weighs, there and in the clauses behind, and how far it reaches."""
    sign = _SIGN[rule["status"]]
    return sign * (rule["weight"] or 0), sign * (rule["carry"] or 0), rule["reach"] or ""


def _of(rule: Rule, span: Span = NOWHERE) -> Evidence:
    weight, carry, reach = _said(rule)
    return Evidence(rule.id, weight, span, carry, reach)


def find_evidence(where: str, text: str, start: int, end: int) -> Iterator[Evidence]:
    """All that the rows of a place find in a stretch of a text, row by row."""
    return (_of(rule, span) for rule, span in _apart(_finder(where).find_by_rule(text, start, end)))


def find_in_sentence(text: str, start: int, end: int) -> dict[str, list[Evidence]]:
    """What the rows of words, of quotes and of bases find in a sentence."""
    heard: dict[str, list[Evidence]] = {where: [] for where in _IN_SENTENCES.split()}
    for rule, span in _apart(_finder(_IN_SENTENCES).find_by_rule(text, start, end)):
        heard[rule["where"]].append(_of(rule, span))
    return heard


def _apart(found: list[Found]) -> Iterator[tuple[Rule, Span]]:
    """What a row found, then the next one, each match behind the one before."""
    last, end = "", 0
    for start, rule, match in found:
        if rule.id != last or start >= end:
            last, end = rule.id, match.end()
            yield rule, Span(start, end)


@recent_per_ruleset(4096)
def read_evidence(where: str, said: str) -> tuple[Evidence, ...]:
    """What the rows of a place say of a heading, a title, a paragraph's opening; each speaks once.

    >>> [one.rule for one in read_evidence("title", "某县2023年水利工作总结")]
    ['status.title-review']
    """
    return tuple(_of(rule) for rule in _rows(where) if rule.pattern.search(said))
