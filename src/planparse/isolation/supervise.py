"""Worker processes under budget: whatever an item does to its worker costs that item alone.

Each worker has a pipe of its own to the parent and holds one item at a time, so that a worker can be killed at any
moment without anything shared being left half written or locked.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Generator, Iterable
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, NamedTuple

from planparse.isolation.bounds import (
    OUT_OF_MEMORY,
    Failure,
    Item,
    Reply,
    alarm,
    dead,
    interrupts_held_back,
    late,
    limit_memory,
    reply,
)
from planparse.limits import Budget
from planparse.model import PlanparseError

START_SECONDS = 120  # for a worker to be born and warm
PAUSE = 0.2  # seconds, longer with each try
START_TRIES = 5  # for an item to get a worker; one may be killed from outside as it is born
READY = "ready"

# Forked from a server process that has imported PRELOAD: a worker is there in 10 ms instead of the seconds that the
# dictionary takes, and shares its memory. The server has one thread only, which the parent, with its progress display,
# cannot promise; and a fork of the parent would hold copies of the other workers' pipes, and never see them close.
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
PRELOAD = "planparse.batch.warm"


def supervise(
    items: Iterable[Item], process: Callable[[Item], Reply], *, jobs: int, budget: Budget
) -> Generator[tuple[Item, Reply | Failure], None, None]:
    """Each item with the reply of `process` or the failure instead, in the order in which they are finished.

    `process` must be importable, for it runs in `jobs` processes; items are taken one at a time, as workers get free.
    """
    waiting = iter(items)
    workers: list[Worker[Item, Reply]] = []
    try:
        workers += (_start(process, budget, item) for item in islice(waiting, jobs))
        while workers:
            for worker in _with_news(workers):
                if (outcome := worker.outcome()) is None:
                    continue
                workers.remove(worker)
                if isinstance(outcome, Unborn):
                    workers.append(_start(process, budget, worker.item, worker.tries + 1))
                    continue
                yield worker.item, outcome
                workers += (worker.next(item) for item in islice(waiting, 1))
                if worker not in workers:
                    worker.end()
    finally:
        for worker in workers:
            worker.end()


def _with_news(workers: list[Worker[Item, Reply]]) -> list[Worker[Item, Reply]]:
    """The workers that have something to say, have died, or are past their time; waits for the first of them.

    That a worker has died its pipe says, which no other process holds; what says it of a process would also be said of
    all when the server dies that forked them.
    """
    left = min(worker.deadline for worker in workers) - time.monotonic()
    sources = {worker.pipe: worker for worker in workers}
    told = {sources[source] for source in wait(list(sources), max(0, left))}
    now = time.monotonic()
    return [worker for worker in workers if worker in told or worker.deadline <= now]


class Unborn(NamedTuple):
    """Of a worker that died before it began with its item, which is still to be done."""


def _start(process: Callable[[Item], Reply], budget: Budget, item: Item, tries: int = 1) -> Worker[Item, Reply]:
    """A worker for an item. PlanparseError when none comes to life, however often it is tried."""
    trouble = "they die before they are ready"
    while tries <= START_TRIES:
        try:
            return Worker(process, budget, item, tries)
        except (OSError, EOFError) as error:  # the server that forks it has died, or the pipe of the worker is broken
            trouble = getattr(error, "strerror", None) or trouble
            time.sleep(PAUSE * tries)  # a server that has been killed is not known to be dead at once
            tries += 1
    raise PlanparseError(
        f"the worker processes do not start ({trouble}); try again, or reinstall planparse", code="no-workers"
    )


class Worker(Generic[Item, Reply]):
    """The parent's end of a process that works on one item at a time."""

    def __init__(self, process: Callable[[Item], Reply], budget: Budget, item: Item, tries: int = 1) -> None:
        context: Any = multiprocessing.get_context(METHOD)
        if METHOD == "forkserver":
            context.set_forkserver_preload([PRELOAD])
        self.duty, self.budget, self.item, self.tries = process, budget, item, tries
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, process, budget), daemon=True)
        try:
            if METHOD == "forkserver":
                resource_tracker.ensure_running()  # or it is started with the rest, and lets interrupts in again
            with interrupts_held_back():
                self.process.start()
            theirs.close()
            self.pipe.send(item)
        except (OSError, EOFError):
            self.pipe.close()  # whoever may have been born ends by that
            theirs.close()
            raise
        self.ready = False
        self.deadline = time.monotonic() + START_SECONDS

    def next(self, item: Item) -> Worker[Item, Reply]:
        """The worker that has the next item: this one, or another where this one is dead."""
        try:
            self.pipe.send(item)
        except OSError:
            self.end()
            return _start(self.duty, self.budget, item)
        self.item = item
        self.deadline = time.monotonic() + self.budget.seconds
        return self

    def outcome(self) -> Reply | Failure | Unborn | None:
        """What became of the item; None when the worker has only now begun with it."""
        try:
            reply: Any = self.pipe.recv() if self.pipe.poll() else self._silence()
        except (EOFError, OSError):
            reply = self._death()
        if reply != READY:
            return reply  # type: ignore[no-any-return]
        self.ready = True
        self.deadline = time.monotonic() + self.budget.seconds
        return None

    def end(self) -> None:
        """Kills the process, if it still lives, and waits for it."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def _silence(self) -> Failure | Unborn:
        self.end()
        if not self.ready:
            return Unborn()
        return late(self.budget)

    def _death(self) -> Failure | Unborn:
        self.process.join(1)  # it may have lost the pipe and still live
        status = self.process.exitcode
        self.end()
        if not self.ready:
            return Unborn()
        return dead(status, self.budget)


def _work(pipe: Connection, process: Callable[[Item], Reply], budget: Budget) -> None:
    """The life of a worker, which ends when the parent closes the pipe or is no more."""
    limit_memory(budget.megabytes)
    try:
        pipe.send(READY)
        while True:
            item = pipe.recv()
            with alarm(budget.seconds):
                pipe.send(reply(process, item))
    except (EOFError, OSError):
        return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
