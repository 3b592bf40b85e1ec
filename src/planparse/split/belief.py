"""Which readings are labels: a form that says so, or a number that goes on where another left off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from planparse.labels import Label, row
from planparse.split.candidates import Candidate

REACH = 3  # how many decimal numbers, before and after, one may look for its like


def believe(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are labels, one a place."""
    decimals = _decimals(candidates)
    boxed = False
    beside = _beside(candidates)
    believed: list[Candidate] = []
    for i, candidate in enumerate(candidates):
        if believed and believed[-1].label.start == candidate.label.start:
            continue
        if candidate.label.style == "box-item":
            credible = boxed
        else:
            credible = i in decimals if candidate.label.path else _is_label(candidate, beside[i])
            boxed = candidate.label.style == "box" or (boxed and not credible)
        if credible:
            believed.append(candidate)
    return believed


def _is_label(candidate: Candidate, beside: bool) -> bool:
    """Whether a label that is no decimal one is believed; `beside` tells that its series goes on before or after."""
    rule = row(candidate.label.rule)
    if candidate.place == "inline":
        first = candidate.label.number == 1
        return beside or (bool(rule["alone"]) and first != (candidate.label.style == "hanzi-bracket"))
    own = rule["belief"] == "own" or (candidate.label.style == "ordinal" and candidate.label.number == 1)
    return beside or (own and candidate.place != "glued")


def _beside(candidates: Sequence[Candidate]) -> list[bool]:
    """Whether the label before each in its series has the number before, or the next one the number after."""
    found = [False] * len(candidates)
    last: dict[str, int] = {}
    for i, candidate in enumerate(candidates):
        series, number = candidate.label.series, candidate.label.number
        before = last.get(series)
        gap = number - candidates[before].label.number if before is not None else 0
        if before is not None and gap == 1:
            found[i] = found[before] = True
        found[i] |= gap > 1 and candidate.place == "paragraph"
        last[series] = i
    return found


def _decimals(candidates: Sequence[Candidate]) -> set[int]:
    """The decimal labels that have their like near them: 1.2 beside 1.1 or 1.3, 1 above 1.1."""
    steps = [i for i, c in enumerate(candidates) if c.label.path or (c.label.style == "digit" and c.sure)]
    near: dict[int, set[int]] = defaultdict(set)
    for at, i in enumerate(steps):
        for j in steps[at + 1 : at + 1 + REACH]:
            if goes_on(candidates[i].label, candidates[j].label):
                near[i].add(j)
                near[j].add(i)
    pointed = [i for i in steps if candidates[i].label.path]
    believed = {i for i in pointed if any(_vouches(candidates[j], candidates[i]) for j in near[i])}
    spreading = list(believed)
    while spreading:
        for i in near[spreading.pop()] - believed:
            if len(candidates[i].label.path) > 1:
                believed.add(i)
                spreading.append(i)
    return believed | set(_chained(candidates, steps, believed))


def goes_on(label: Label, after: Label) -> bool:
    """Whether one label follows another in a numbering; of decimal ones also its first part, and the next beside what
    it is part of."""
    if not label.path and not after.path:
        return after.number == label.number + 1 and label.series == after.series
    if "decimal" not in (label.style, after.style) or {label.style, after.style} - {"decimal", "digit"}:
        return False
    path, other = label.path or (label.number,), after.path or (after.number,)
    return other == (*path, 1) or any(other == (*path[:i], path[i] + 1) for i in range(len(path)))


def _vouches(other: Candidate, candidate: Candidate) -> bool:
    """Whether one label makes another credible: a sure one of the same numbering, with a point in one of the two; what
    may be 6.1本 is the first part of 6 if both begin a paragraph."""
    if not candidate.sure and len(candidate.label.path) > 1:
        first = candidate.label.path[-1] == 1 and candidate.place == other.place == "paragraph"
        return other.sure and (len(other.label.path) > 1 or first)
    return max(len(other.label.path), len(candidate.label.path)) > 1


def _chained(candidates: Sequence[Candidate], steps: list[int], believed: set[int]) -> Iterator[int]:
    """The bare numbers that lead to a believed one or on from it, one by one: 1, 2 and 3 before 4 with its 4.1."""
    bare = [i for i in steps if row(candidates[i].label.rule)["chained"]]
    for order, step in ((bare, 1), (bare[::-1], -1)):
        number = 0
        for i in order:
            if i in believed:
                number = candidates[i].label.number
            elif number and candidates[i].label.number == number + step:
                number += step
                yield i
