"""`make kill`: batches of 60 documents killed at random moments; batches whose processes die at every step there is.

Usage: kills.py [RANDOM [AIMED [SEED]]]: how many kills of each sort.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from itertools import cycle, islice, product
from pathlib import Path

from aimed import POINTS, STEPS, extract, files, killing
from poisons import write_plans
from soak import check_kills

AIMED_AT, DOCUMENTS = 24, 60  # a batch is killed ten times before it is let finish: it need not be long


def check_aimed(work: Path, kills: int, chance: random.Random) -> None:
    """Whoever dies at a step: at most the document at hand fails, and the next run has what a whole one has."""
    plans = work / "plans"
    write_plans(plans, AIMED_AT)
    for output in ("whole", "whole.json"):
        extract(plans, work / output)
    deaths = [*product(("worker", "server", "tracker"), STEPS), *product(("out", "out.json"), POINTS)]
    lost = Counter[str]()
    for number, (whom, step) in enumerate(islice(cycle(deaths), kills)):
        out = work / f"{number}-{whom if '.' in whom else 'out'}"
        count = chance.randrange(1, 6)
        if whom.startswith("out"):
            command = [sys.executable, str(Path(__file__).parent / "aimed.py"), str(plans), str(out), step, str(count)]
            ended = subprocess.run(command, check=False).returncode
            assert ended in (0, -signal.SIGKILL), f"{step}: status {ended}"
        else:
            with killing(whom, step, count):
                tally = extract(plans, out)
            assert tally.done == AIMED_AT and tally.failed <= (whom == "worker"), f"{whom} {step}: {tally}"
            lost[whom] += tally.failed
        whole = files(work / f"whole{out.suffix}")
        again = extract(plans, out)
        assert (again.ok, files(out)) == (AIMED_AT, whole), f"{whom} {step}: not what a whole run has"
    print(f"{kills} aimed kills: nothing torn or doubled; {lost.total()} documents at hand failed, and were done again")


if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="resource_tracker")
    at_random, aimed, seed = (int(given) for given in [*sys.argv[1:], *("500", "200", "1")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        if aimed:
            check_aimed(Path(folder) / "aimed", aimed, random.Random(seed))
        if at_random:
            check_kills(Path(folder) / "random", DOCUMENTS, at_random, seed)
