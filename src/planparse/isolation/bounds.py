"""What holds in every process that reads documents for another: its memory, its time, and how its end is told."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from planparse.limits import Budget
from planparse.model import PlanparseError

Item = TypeVar("Item")
Reply = TypeVar("Reply")

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
OUT_OF_MEMORY = 86  # the exit status of a process whose memory ran out: nothing need be allocated to say it


class Failure(NamedTuple):
    """Why an item has no reply: `timeout`, `out-of-memory`, `killed`, `crashed` or `internal-error`."""

    code: str
    message: str

    @property
    def error(self) -> PlanparseError:
        return PlanparseError(self.message, code=self.code)


def late(budget: Budget) -> Failure:
    """Of a process that was past its time."""
    return Failure(
        "timeout", f"not finished after {budget.seconds:g} seconds; allow more with --timeout, or split the document"
    )


def dead(status: int | None, budget: Budget) -> Failure:
    """Of a process that ended with a status, the negative number of a signal that killed it."""
    if status == OUT_OF_MEMORY:
        return Failure(
            "out-of-memory",
            f"needs more than {budget.megabytes} MB; allow more with --memory, or split the document",
        )
    if status == -signal.SIGKILL:
        return Failure(
            "killed", "its process was killed from outside, perhaps for want of memory; try it with --jobs 1"
        )
    return Failure("crashed", f"its process ended with status {status}; the file is likely damaged: fetch it again")


def reply(process: Callable[[Item], Reply], item: Item) -> Reply | Failure:
    """What comes of an item, in the process that reads it; MemoryError is for that process to die of."""
    try:
        return process(item)
    except MemoryError:
        raise
    except Exception as error:
        return Failure("internal-error", f"{type(error).__name__}: {error}; this is a defect of planparse: report it")


def die_with(parent: int) -> None:
    """Has the kernel kill this process when its parent dies, so that nothing it started lives on: a killed command
    ends LibreOffice, too. Linux alone."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it was too late
        os._exit(1)


def limit_memory(megabytes: int) -> None:
    """Limits what the process allocates; mapped files do not count. Only Linux keeps to it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Should the parent have been killed, the kernel ends a process that hangs a little after its time."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, 2 * seconds + 10)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Ctrl-C goes to every process of a terminal; those started in here leave it to the parent."""
    if os.name == "nt":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
