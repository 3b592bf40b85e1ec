"""Documents that do what broken ones do to a reader, chosen by their name; and plain small ones."""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path

from planparse.batch.parts import Options
from planparse.batch.process import process
from planparse.batch.task import Result, Task


def hang() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def fill_memory() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(50_000_000))


def fail() -> None:
    raise KeyError("a defect")


CODES = {
    "hang": "timeout",
    "memory": "out-of-memory",
    "exit": "crashed",
    "segfault": "crashed",
    "kill": "killed",
    "fail": "internal-error",
}
DEEDS = {
    "hang": hang,
    "memory": fill_memory,
    "exit": lambda: os._exit(3),
    "segfault": lambda: ctypes.string_at(0),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "fail": fail,
}


def poisoned(options: Options, task: Task) -> Result:
    """What a worker does with a document, after what the document does to it."""
    kind = Path(task.path).stem.partition("-")[0]
    if kind in DEEDS:
        DEEDS[kind]()
    return process(options, task)


def write_plans(folder: Path, documents: int, poisons: int = 0) -> list[Path]:
    """Small plans, each with words of its own, of which the poisons are spread evenly."""
    kinds = list(CODES)
    for number in range(documents):
        poison = poisons and number % (documents // poisons) == 1
        name = f"{kinds[number // (documents // poisons) % len(kinds)]}-{number:05}" if poison else f"{number:05}"
        path = folder / f"{number // 100:03}" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"某县{2000 + number % 30}年工作要点\n\n一、重点任务\n年内新建公办幼儿园{number + 1}所，"
            f"学前三年毛入园率达到{50 + number % 50}%以上。\n",
            encoding="utf-8",
        )
    return sorted(folder.rglob("*.txt"))
