"""Many documents: workers extract them, a store keeps what is finished, and the output has them in input order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from planparse import rules
from planparse._version import __version__
from planparse.api import failed
from planparse.batch.deliver import Delivery
from planparse.batch.parts import Options
from planparse.batch.process import process, result
from planparse.batch.store import FAULTS, Store, explained
from planparse.batch.task import Result, Task
from planparse.inputs import Input
from planparse.isolation.bounds import Failure
from planparse.isolation.supervise import supervise
from planparse.limits import Budget
from planparse.model import ReadError


@dataclass(slots=True)
class Tally:
    """How far a batch is. Of the documents, `kept` were finished by an earlier run; `cut_off` are the failures that
    another run, with other budget, may not have; `removed` are results whose input is gone."""

    documents: int
    ok: int = 0
    partial: int = 0
    failed: int = 0
    kept: int = 0
    cut_off: int = 0
    targets: int = 0
    removed: int = 0
    interrupted: bool = False

    @property
    def done(self) -> int:
        return self.ok + self.partial + self.failed

    def add(self, status: str, targets: int) -> None:
        """Counts one finished document."""
        setattr(self, status, getattr(self, status) + 1)
        self.targets += targets


Watch = Callable[[str, Result, Tally], None]


def run_batch(
    inputs: list[Input],
    delivery: Delivery,
    options: Options,
    *,
    jobs: int,
    budget: Budget,
    watch: Watch,
    fresh: bool = False,
    process: Callable[[Options, Task], Result] = process,
) -> Tally:
    """Extracts what no earlier run has finished and delivers all; after Ctrl-C, what there is.

    What is delivered does not depend on `jobs`, nor on what was finished before. `watch` is called after every
    document, in the order in which they finish. PlanparseError: another run is at work here, or none can be.
    """
    tally = Tally(len(inputs))
    store = Store(delivery.store_path, _fingerprint(options))
    try:
        if fresh:
            delivery.forget(store)
        try:
            _extract(inputs, delivery, options, store, tally, watch, partial(process, options), jobs, budget)
        except KeyboardInterrupt:
            tally.interrupted = True
        tally.removed = delivery.finish(store, options, complete=not tally.interrupted)
    except BaseException as error:
        store.close()
        if isinstance(error, FAULTS):
            raise explained(error, store.path) from None
        raise
    store.close(delete=delivery.done_with_store and not tally.interrupted and not tally.cut_off)
    return tally


def _extract(
    inputs: list[Input],
    delivery: Delivery,
    options: Options,
    store: Store,
    tally: Tally,
    watch: Watch,
    process: Callable[[Task], Result],
    jobs: int,
    budget: Budget,
) -> None:
    def tasks() -> Iterator[Task]:
        for given, place in zip(inputs, delivery.places, strict=True):
            if given.error is not None:
                finish(Task(given.name, given.path, place), result(failed(given.name, given.error), options))
                continue
            yield Task(given.name, given.path, place, store.find(place) if delivery.has(place) else None)

    def finish(task: Task, done: Result) -> None:
        try:
            if done.part is None:
                tally.kept += 1
            else:
                delivery.keep(store, task, done)
        except ReadError as error:
            done = result(failed(task.name, error), options)
        tally.add(done.status, done.targets)
        watch(task.name, done, tally)

    with closing(supervise(tasks(), process, jobs=jobs, budget=budget)) as outcomes:
        for task, outcome in outcomes:
            if isinstance(outcome, Failure):
                tally.cut_off += 1
                document = failed(task.name, outcome.error)
                finish(task, result(document, options))
            else:
                finish(task, outcome)


def _fingerprint(options: Options) -> str:
    """A hash of everything that decides about results beside the contents."""
    return hashlib.sha256("\0".join([__version__, rules.fingerprint(), repr(options)]).encode()).hexdigest()
