"""What a person sees of a batch, on standard error: a bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from planparse.batch import Tally
from planparse.batch.task import Result
from planparse.harmless import harmless
from planparse.messages import language, said

EVERY = 30  # seconds between lines
WORDS = {
    "en": {
        "done": "{task.completed} of {task.total} documents",
        "found": "{task.fields[targets]} targets, {task.fields[failed]} failed, {task.fields[rate]:.1f}/s",
        "partial": "{} partial",
        "failed": "{} failed",
        "unchanged": "{} unchanged",
        "removed": "{} removed",
        "and": ", ",
    },
    "zh": {
        "done": "{task.completed} / {task.total} 份文件",
        "found": "记录 {task.fields[targets]} 条，失败 {task.fields[failed]}，每秒 {task.fields[rate]:.1f} 份",
        "partial": "部分读出 {}",
        "failed": "失败 {}",
        "unchanged": "未变 {}",
        "removed": "已移除 {}",
        "and": "，",
    },
}


class Reporter:
    """Says what documents warn of, how far the batch is, and at the end what came of it.

    `quiet` leaves only failures, `progress` False everything that is said before the end.
    """

    def __init__(self, documents: int, *, quiet: bool, progress: bool) -> None:
        self.quiet = quiet
        self.progress = progress and not quiet
        self.console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False, emoji=False)
        self.bar = Progress(
            TextColumn(WORDS[language()]["done"]),
            BarColumn(),
            TextColumn(WORDS[language()]["found"]),
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
            disable=not (self.progress and self.console.is_terminal),
        )
        self.task = self.bar.add_task("", total=documents, targets=0, failed=0, rate=0.0)
        self.began = self.said = time.monotonic()

    def __enter__(self) -> Reporter:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    def watch(self, name: str, result: Result, tally: Tally) -> None:
        """Called after every document."""
        if result.status == "failed" or not self.quiet:
            for warning in result.warnings:
                self._say(f"planparse: {name}: {warning.message} [{warning.code}]")
        now = time.monotonic()
        rate = (tally.done - tally.kept) / (now - self.began or 1)
        self.bar.update(self.task, completed=tally.done, targets=tally.targets, failed=tally.failed, rate=rate)
        if self.progress and not self.console.is_terminal and now - self.said >= EVERY:
            self.said = now
            left = f", {(tally.documents - tally.done) / rate / 60:.0f} minutes left" if rate else ""
            self._say(
                f"planparse: {tally.done:,} of {tally.documents:,} documents, {tally.targets:,} targets, "
                f"{tally.failed:,} failed, {rate:.1f}/s{left}"
            )

    def summary(self, tally: Tally) -> None:
        """The last line."""
        if self.quiet:
            return
        counts = {"partial": tally.partial, "failed": tally.failed, "unchanged": tally.kept, "removed": tally.removed}
        words = WORDS[language()]
        details = words["and"].join(words[what].format(f"{count:,}") for what, count in counts.items() if count)
        seconds = time.monotonic() - self.began
        self._say(
            f"planparse: {tally.done:,} documents{f' ({details})' if details else ''}, {tally.targets:,} targets, "
            f"{seconds:,.1f} s"
        )
        if tally.interrupted:
            self._say(
                f"planparse: interrupted, {tally.documents - tally.done:,} documents left; the same command goes on"
            )

    def _say(self, line: str) -> None:
        self.console.print(harmless(said(line)))
