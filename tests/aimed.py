"""Kills at every step of a batch: of workers and their servers, and of the batch itself in a process of its own."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from typing import Any

from planparse.batch import Tally, run_batch
from planparse.batch.deliver import ToFile, ToFolder
from planparse.batch.parts import Options
from planparse.batch.store import Store
from planparse.inputs import find_inputs
from planparse.isolation import supervise
from planparse.isolation.supervise import Worker
from planparse.limits import Budget

STEPS = ("born", "ready", "taken", "idle")
"""Of a worker: it has been started, it has begun with its first item, it was given another, it waits for one."""
POINTS = ("claim", "write", "replace", "keep", "kept", "finish")
"""Of a batch: before a name is claimed, before its file is written, before it appears, before and after its row is
kept, before what is left is delivered."""


def victim(whom: str, worker: Any) -> int | None:
    if whom == "worker":
        return int(worker.process.pid)
    if whom == "server":
        return forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    return resource_tracker._resource_tracker._pid  # type: ignore[attr-defined]


def live_late(*given: Any) -> None:
    """The life of a worker that is killed before it is ready, however long that takes on a busy machine."""
    time.sleep(0.3)
    supervise._work(*given)


@contextmanager
def killing(whom: str, step: str, count: int, times: int = 1) -> Iterator[list[int]]:
    """Kills somebody when workers have come to a step so often; yields the list of those killed."""
    seen, killed = [0], list[int]()

    def reach(now: str, worker: Any) -> None:
        if now != step:
            return
        seen[0] += 1
        pid = victim(whom, worker)
        if count <= seen[0] < count + times and pid is not None:
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    plain = {name: getattr(Worker, name) for name in ("__init__", "outcome", "next")}
    live = supervise._work

    def born(self: Any, *arguments: Any) -> None:
        plain["__init__"](self, *arguments)
        reach("born", self)

    def outcome(self: Any) -> Any:
        said = plain["outcome"](self)
        if said is None:
            reach("ready", self)
        return said

    def taken(self: Any, item: Any) -> Any:
        reach("idle", self)
        worker = plain["next"](self, item)
        reach("taken", worker)
        return worker

    Worker.__init__, Worker.outcome, Worker.next = born, outcome, taken  # type: ignore[method-assign, assignment]
    if step == "born":
        supervise._work = live_late
    try:
        yield killed
    finally:
        supervise._work = live
        for name, method in plain.items():
            setattr(Worker, name, method)


def extract(plans: Path, output: Path) -> Tally:
    """A batch of two workers into a folder, when the output has no suffix, or into a file."""
    inputs = list(find_inputs([str(plans)]))
    delivery: Any = ToFile(output, inputs) if output.suffix else ToFolder(output, inputs, [str(plans)], "json")
    options = Options(form="json", alone=not output.suffix)
    budget = Budget(seconds=20, megabytes=500)
    return run_batch(inputs, delivery, options, jobs=2, budget=budget, watch=lambda *_: None)


def files(output: Path) -> dict[str, bytes]:
    """What a batch has delivered."""
    if output.suffix:
        return {"all": output.read_bytes()} if output.exists() else {}
    found = sorted(path for path in output.rglob("*.json") if path.name[0] != ".")
    return {str(path.relative_to(output)): path.read_bytes() for path in found}


def die_at(point: str, count: int) -> None:
    """This process ends, as by kill -9, when it comes to a point so often."""
    seen = [0]

    def before(act: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **named: Any) -> Any:
            seen[0] += 1
            if seen[0] == count:
                os.kill(os.getpid(), signal.SIGKILL)
            return act(*arguments, **named)

        return watched

    def after(act: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **named: Any) -> Any:
            done = act(*arguments, **named)
            before(lambda: None)()
            return done

        return watched

    match point:
        case "claim":
            Store.claim = before(Store.claim)  # type: ignore[method-assign]
        case "write":
            Store.claim = after(Store.claim)  # type: ignore[method-assign]
        case "replace":
            Path.replace = before(Path.replace)  # type: ignore[method-assign]
        case "keep":
            Store.keep = before(Store.keep)  # type: ignore[method-assign]
        case "kept":
            Store.keep = after(Store.keep)  # type: ignore[method-assign]
        case "finish":
            for kind in (ToFile, ToFolder):
                kind.finish = before(kind.finish)  # type: ignore[method-assign]


if __name__ == "__main__":
    die_at(sys.argv[3], int(sys.argv[4]))
    extract(Path(sys.argv[1]), Path(sys.argv[2]))
