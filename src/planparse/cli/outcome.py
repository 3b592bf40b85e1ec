"""What came of the inputs, for those who have to act on it: the exit status, and a file of what could not be read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import OK, SOME_FAILED, put, say

if TYPE_CHECKING:
    from planparse.model import Document, Warning

Strict = Annotated[bool, typer.Option("--strict", help="A document that is read only in part counts as failed.")]
FailuresFile = Annotated[
    Path | None, typer.Option("--failures", metavar="FILE", help="Write what failed, and why, as JSON Lines.")
]
Exclude = Annotated[
    list[str], typer.Option("--exclude", metavar="GLOB", help="Leave out files: drafts/*, *旧版*. May be repeated.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the files that would be read, and read none.")]


class Outcome:
    """The documents that failed; with `strict`, those that are not whole as well."""

    def __init__(self, *, strict: bool, file: Path | None) -> None:
        self.strict, self.file = strict, file
        self.failed: list[dict[str, object]] = []

    def note(self, name: str, status: str, warnings: Iterable[Warning]) -> None:
        """Takes a finished document."""
        if status == "failed" or (self.strict and status == "partial"):
            self.failed.append(
                {
                    "source": name,
                    "status": status,
                    "warnings": [{"code": w.code, "message": w.message, "page": w.page} for w in warnings],
                }
            )

    def note_all(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self.note(document.document.source, document.status, document.warnings)

    def finish(self, status: int = OK) -> int:
        """Writes the file, empty where nothing failed; the exit status."""
        if self.file is not None:
            put("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.failed), self.file)
        partial = sum(row["status"] == "partial" for row in self.failed)
        if partial:
            say(f"planparse: {partial} documents are read only in part, which --strict counts as failed")
        return status or (SOME_FAILED if self.failed else OK)


def say_unread(given: Iterable[str]) -> None:
    """Which kinds of files in the folders were not read."""
    from planparse.inputs import find_unread

    kinds = find_unread(given).most_common()
    if kinds:
        named = ", ".join(f"{count} {kind}" for kind, count in kinds[:8])
        more = sum(count for _, count in kinds[8:])
        say(f"planparse: not read in folders: {named}{f' and {more} others' if more else ''}")
