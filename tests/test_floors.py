"""The project's own gold: floors are raised when they are beaten, never lowered."""

from __future__ import annotations

import planparse
from conftest import ROOT, SAMPLES
from planparse.score import add, read_gold, score

FLOORS = {"f1": 0.995, "strict_f1": 0.99, "indicator": 0.99, "time": 0.99, "status": 1.0, "section": 1.0}


def test_floors_on_the_samples() -> None:
    scores = []
    for path in SAMPLES:
        document = planparse.extract(path)
        gold = read_gold(ROOT / "samples" / "gold" / f"{path.stem}.gold.jsonl", document.text)
        scores.append(score(gold, document))
    total = add(scores)
    below = {name: total.figures()[name] for name, floor in FLOORS.items() if total.figures()[name] < floor}
    assert below == {}, total.faults
