"""Measures how often records with each trait are strictly right, and writes rules/confidence.toml.

    calibrate.py [FOLDER ...]

A folder holds texts with gold that no row was written on; then what the corpus holds counts as written on, too.

Log-odds are added up over the traits of a record (assemble/confidence.py), each pulled towards nothing as long as few
records have it. Documents that rows were written on (samples, dev) have a term of their own, which extraction leaves
out: confidence is that of a document nobody has seen. Each document is then left out in turn and foretold by the
others; what this shows to be said too boldly is toned down, and its table is printed.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from math import exp, log
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from planparse.assemble.confidence import LOOKS, chance_of, traits
from planparse.pipeline import trace
from planparse.read import read_bytes
from planparse.score import BANDS, gold_beside, read_gold, score

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
SEEN = (ROOT / "samples", CORPUS / "dev")
"""Folders whose documents rows were written on."""
WILD = CORPUS / "wild"
PULL = 8.0  # towards nothing, in records
FREE = 0.01  # for what all records have
COST, LEAST_COST = -0.5, -0.1  # of a name that looks wrong: as long as nothing is known of it, and at any rate
SURE = 0.95
"""Of the records at this confidence or above at least this share is right on documents that were left out."""
NEVER = 9.0
BASE, OLD = "base", "seen"
Weights = dict[str, float]


class Case(NamedTuple):
    """A record that gold speaks of: its document, its traits, and whether it is strictly right."""

    document: str
    traits: tuple[str, ...]
    right: bool

    @property
    def seen(self) -> bool:
        return OLD in self.traits


def read_cases(seen: Iterable[Path], unseen: Iterable[Path]) -> Iterator[Case]:
    """The records of every text that has gold."""
    for folder, known in [*((folder, True) for folder in seen), *((folder, False) for folder in unseen)]:
        for text in sorted(folder.glob("*.txt")):
            if path := gold_beside(text):
                traced = trace(read_bytes(text.read_bytes(), text.name))
                extra = (BASE, OLD) if known else (BASE,)
                for one in score(read_gold(path, traced.document.text), traced.document).judged:
                    made = traced.made.get(one.target.id)
                    found = sorted(set(traits(made[0]))) if made else []
                    yield Case(text.stem, (*found, *extra), one.right)


def fit(cases: list[Case], start: Weights | None = None, sweeps: int = 60) -> Weights:
    """The weight of each trait by which the cases are best foretold, found one after another until none moves."""
    having: dict[str, list[int]] = defaultdict(list)
    for i, case in enumerate(cases):
        for trait in case.traits:
            having[trait].append(i)
    weights = {trait: (start or {}).get(trait, _prior(trait)) for trait in sorted({*having, *LOOKS})}
    sums = [sum(weights[trait] for trait in case.traits) for case in cases]
    for _ in range(sweeps):
        moved = max(abs(_move(trait, having[trait], weights, sums, cases)) for trait in weights)
        if moved < 1e-3:
            break
    return weights


def _prior(trait: str) -> float:
    return COST if trait in LOOKS else 0.0


def _move(trait: str, having: list[int], weights: Weights, sums: list[float], cases: list[Case]) -> float:
    """One step of a weight towards its best value; how far it was."""
    pull = FREE if trait in (BASE, OLD) else PULL
    slope, bend = pull * (_prior(trait) - weights[trait]), pull
    for i in having:
        chance = sigmoid(sums[i])
        slope += cases[i].right - chance
        bend += chance * (1 - chance)
    step = max(-1.0, min(1.0, slope / bend))
    if trait in LOOKS:
        step = min(step, LEAST_COST - weights[trait])
    weights[trait] += step
    for i in having:
        sums[i] += step
    return step


def sigmoid(total: float) -> float:
    return 1 / (1 + exp(-total))


def total_of(case: Case, weights: Weights) -> float:
    """The log-odds that extraction sees: without what is known of documents that rows were written on."""
    return sum(weights.get(trait, 0.0) for trait in case.traits if trait != OLD)


def foretell(cases: list[Case], weights: Weights) -> list[tuple[float, Case]]:
    """The log-odds of each case by the weights of all documents but its own."""
    found = []
    for name in dict.fromkeys(case.document for case in cases):
        others = fit([case for case in cases if case.document != name], weights, sweeps=10)
        found += [(total_of(case, others), case) for case in cases if case.document == name]
    return found


def tone_down(foretold: list[tuple[float, Case]]) -> tuple[float, float]:
    """By what log-odds are to be multiplied and what is to be added, so that they are right on unseen documents."""
    unseen = [(total, case.right) for total, case in foretold if not case.seen]
    slope, shift = 1.0, 0.0
    for _ in range(200):
        gaps = [(total, right - sigmoid(slope * total + shift)) for total, right in unseen]
        slope += 0.5 * sum(total * gap for total, gap in gaps) / len(unseen)
        shift += 0.5 * sum(gap for _, gap in gaps) / len(unseen)
    return min(slope, 1.0), shift


def sure_from(unseen: list[tuple[float, bool]]) -> float:
    """The least log-odds from which on what is said to be sure is so; each is of a record nobody had seen."""
    best, count, right = NEVER, 0, 0
    for total, alike in groupby(sorted(unseen, reverse=True), key=itemgetter(0)):
        hits = [hit for _, hit in alike]
        count, right = count + len(hits), right + sum(hits)
        if right / count >= SURE and total >= log(SURE / (1 - SURE)):
            best = total
    return best


def write(cases: list[Case], weights: Weights, slope: float, shift: float, sure: float) -> str:
    """The content of rules/confidence.toml."""
    count: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        for trait in case.traits:
            count[trait].append(case.right)
    documents = len({case.document for case in cases})
    lines = [
        "# Written by `make calibrate`. The confidence of a record is the sigmoid of base and the weights of its",
        "# traits (assemble/confidence.py). n: how many records of gold have the trait; right: the",
        f"# share of them that is strictly right. Measured on {len(cases)} records of {documents} documents.",
        f"base = {slope * weights[BASE] + shift:.2f}",
        f"sure = {sure:.2f}  # log-odds from which on 0.95 and more are said",
        "",
        "[traits]",
    ]
    for trait, weight in weights.items():
        if trait not in (BASE, OLD):
            right = count[trait]
            row = f"weight = {slope * weight:.2f}, n = {len(right)}, right = {sum(right) / max(1, len(right)):.2f}"
            lines.append(f'"{trait}" = {{ {row} }}')
    return "\n".join(lines) + "\n"


def show(name: str, foretold: list[tuple[float, bool]]) -> None:
    """How many records of each confidence there are, and how many of them are right."""
    loss = -sum(log(chance if right else 1 - chance) for chance, right in foretold) / len(foretold)
    print(
        f"{name}: {len(foretold)} records, {sum(right for _, right in foretold) / len(foretold):.3f} right, {loss:.3f}"
    )
    for low, high in zip(BANDS, (*BANDS[1:], 2.0), strict=True):
        band = [right for chance, right in foretold if low <= chance < high]
        print(f"  {low:.2f} to {min(high, 1):.2f}: {len(band):>5}" + (f"  {sum(band) / len(band):.3f}" if band else ""))


def main() -> None:
    given = [Path(name) for name in sys.argv[1:]]
    cases = list(read_cases([*SEEN, WILD], given) if given else read_cases(SEEN, [WILD]))
    weights = fit(cases)
    foretold = foretell(cases, weights)
    slope, shift = tone_down(foretold) if any(not case.seen for _, case in foretold) else (1.0, 0.0)
    unseen = [(slope * total + shift, case.right) for total, case in foretold if not case.seen]
    sure = sure_from(unseen)
    (ROOT / "rules" / "confidence.toml").write_text(write(cases, weights, slope, shift, sure), encoding="utf-8")
    chances = [(chance_of(slope * total + shift, sure), case) for total, case in foretold]
    print(f"log-odds × {slope:.2f} {shift:+.2f}; each document left out:")
    show("all", [(chance, case.right) for chance, case in chances])
    show("unseen", [(chance, case.right) for chance, case in chances if not case.seen])


if __name__ == "__main__":
    main()
