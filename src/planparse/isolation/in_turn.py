"""A few items, one behind the other, in a child of this process: what an item does to the child costs that item alone.

The child is forked and shares all that this process has loaded, which takes some milliseconds; what it replies comes
through a pipe. Where it dies or is past its time, another one goes on behind the item that it had.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Generic, NoReturn

from planparse import cache
from planparse.isolation.bounds import (
    OUT_OF_MEMORY,
    Failure,
    Item,
    Reply,
    alarm,
    dead,
    die_with,
    interrupts_held_back,
    late,
    limit_memory,
    reply,
)
from planparse.limits import Budget

HEAD = 8  # bytes, in front of each reply: how many it has
PIECE = 1_000_000  # bytes that are taken from the pipe at once
END_SECONDS = 30  # for a child that is done to keep what it had to make


def in_turn(
    items: Sequence[Item], process: Callable[[Item], Reply], budget: Budget
) -> Generator[tuple[Item, Reply | Failure], None, None]:
    """Each item with the reply of `process` or the failure instead, in their order.

    Where this process cannot be forked, `process` runs in it, without limits.
    """
    done = 0
    while done < len(items):
        if not _can_fork():
            yield from ((item, reply(process, item)) for item in items[done:])
            return
        try:
            child = Child(items[done:], process, budget)
        except OSError as error:
            failure = Failure("no-workers", f"no process can be started for it ({error.strerror}); try again")
            yield from ((item, failure) for item in items[done:])
            return
        try:
            for item in items[done:]:
                outcome = child.outcome()
                done += 1
                yield item, outcome
                if child.ended:
                    break
            else:
                child.wait()
        finally:
            child.end()


def _can_fork() -> bool:
    """On Linux, which keeps to a limit of memory, and while there is one thread: others, and what they lock, are not
    in the child."""
    return sys.platform == "linux" and len([*Path("/proc/self/task").iterdir()]) == 1


class Child(Generic[Item, Reply]):
    """The parent's end of a process that works on items in turn."""

    def __init__(self, items: Sequence[Item], process: Callable[[Item], Reply], budget: Budget) -> None:
        self.budget, self.pid, self.ended = budget, 0, False
        self.pipe, theirs = os.pipe()
        try:
            parent = os.getpid()
            with interrupts_held_back():
                self.pid = os.fork()
                if not self.pid:
                    die_with(parent)
                    os.close(self.pipe)  # or this process would read itself, were the parent killed
                    _live(theirs, items, process, budget)
        except BaseException:  # Ctrl-C too
            self.end()
            raise
        finally:
            os.close(theirs)

    def outcome(self) -> Reply | Failure:
        """What became of the next item."""
        deadline = time.monotonic() + self.budget.seconds
        try:
            size = int.from_bytes(self._take(HEAD, deadline), "big")
            return pickle.loads(self._take(size, deadline))  # type: ignore[no-any-return]
        except TimeoutError:
            self.end()
            return late(self.budget)
        except EOFError:
            return dead(self.end(), self.budget)

    def _take(self, size: int, deadline: float) -> bytes:
        """So many bytes from the pipe. TimeoutError when they do not come in time, EOFError when the child is dead."""
        content = bytearray()
        while len(content) < size:
            if not self._has_news(deadline - time.monotonic()):
                raise TimeoutError
            piece = os.read(self.pipe, min(PIECE, size - len(content)))
            if not piece:
                raise EOFError
            content += piece
        return bytes(content)

    def _has_news(self, seconds: float) -> bool:
        """Whether the child says something, or dies, in so many seconds."""
        told = select.poll()
        told.register(self.pipe, select.POLLIN)
        return bool(told.poll(max(0, 1000 * seconds)))

    def wait(self) -> None:
        """Lets a child that is done keep what it had to make."""
        self._has_news(END_SECONDS)

    def end(self) -> int:
        """Kills the process, if it still lives; the status that it ended with, the negative number of a signal."""
        if not self.ended:
            self.ended, self.status = True, 0
            os.close(self.pipe)
            if self.pid:
                os.kill(self.pid, signal.SIGKILL)  # nothing to one that is dead and not yet waited for
                self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status


def _live(pipe: int, items: Sequence[Item], process: Callable[[Item], Reply], budget: Budget) -> NoReturn:
    """The life of a child; it ends without the exit handlers of this process, and prints nothing of what it meets."""
    status = 1
    try:
        limit_memory(budget.megabytes)
        for item in items:
            with alarm(budget.seconds):
                content = pickle.dumps(reply(process, item), protocol=5)
            with os.fdopen(pipe, "wb", closefd=False) as file:
                file.write(len(content).to_bytes(HEAD, "big"))
                file.write(content)
        cache.save()
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    finally:
        os._exit(status)
