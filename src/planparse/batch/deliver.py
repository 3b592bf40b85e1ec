"""Where results go: each to a file of its own in a folder, or all to one file or to standard output."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from planparse.batch.parts import Options, put_together
from planparse.batch.store import Store
from planparse.batch.task import Result, Task
from planparse.files import whole_file
from planparse.inputs import Input

LONGEST_NAME = 200  # bytes; file systems hold 255


class Delivery(Protocol):
    """Takes the results of a batch; `places` are the names in the store of its inputs' results, in their order."""

    places: list[str]
    store_path: Path | None
    done_with_store: bool  # once everything is delivered

    def has(self, place: str) -> bool:
        """Whether a result that the store knows of is still there."""

    def keep(self, store: Store, task: Task, result: Result) -> None:
        """Takes a result."""

    def finish(self, store: Store, options: Options, *, complete: bool) -> int:
        """Delivers what is still to be; the number of results that were removed because their input is gone."""

    def forget(self, store: Store) -> None:
        """Removes what earlier runs delivered."""


class ToFolder:
    """One file a document: `plans/a/b.pdf` becomes `out/a/b.pdf.json` when `plans` is the folder of all inputs.

    Names are paths relative to the folder that the inputs have in common, so no two documents share one.
    """

    done_with_store = False  # the next run looks up what has changed since

    def __init__(self, folder: Path, inputs: list[Input], folders: Iterable[str], form: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.store_path: Path | None = folder / ".planparse"
        self.roots = [os.path.abspath(root) for root in folders]
        paths = [os.path.abspath(given.name) for given in inputs]
        common = os.path.commonpath(self.roots + [os.path.dirname(path) for path in paths])
        self.places = [f"{_short(os.path.relpath(path, common))}.{form}" for path in paths]

    def has(self, place: str) -> bool:
        return (self.folder / place).is_file()

    def keep(self, store: Store, task: Task, result: Result) -> None:
        path = self.folder / task.place
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(result.part or b"")
        store.keep(task.place, os.path.abspath(task.path), result, None)

    def finish(self, store: Store, options: Options, *, complete: bool) -> int:
        """Removes the results of inputs that have gone from the folders that were given."""
        orphans = [
            place
            for place, path in store.inputs()
            if complete and not os.path.lexists(path) and any(Path(path).is_relative_to(root) for root in self.roots)
        ]
        for place in orphans:
            self._remove(store, place)
        return len(orphans)

    def forget(self, store: Store) -> None:
        for place, _ in store.inputs():
            self._remove(store, place)

    def _remove(self, store: Store, place: str) -> None:
        (self.folder / place).unlink(missing_ok=True)
        store.forget(place)


def _short(path: str) -> str:
    """The path with a file name that leaves room for a suffix; a hash stands for what is cut off."""
    folder, name = os.path.split(path)
    if len(name.encode()) > LONGEST_NAME:
        digest = hashlib.sha256(name.encode()).hexdigest()[:12]
        name = f"{name.encode()[:LONGEST_NAME].decode(errors='ignore')}~{digest}"
    return os.path.join(folder, name)


class ToFile:
    """All documents in one file, or on standard output; until then the store has their parts."""

    done_with_store = True

    def __init__(self, file: Path | None, inputs: list[Input]) -> None:
        self.file = file
        self.store_path = None if file is None else file.with_name(f".{file.name}.planparse")
        self.places = [given.name for given in inputs]

    def has(self, place: str) -> bool:
        return True

    def keep(self, store: Store, task: Task, result: Result) -> None:
        store.keep(task.place, os.path.abspath(task.path), result, result.part)

    def finish(self, store: Store, options: Options, *, complete: bool) -> int:
        parts = (part for place in self.places if (part := store.part(place)) is not None)
        if self.file is None:
            put_together(parts, options, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with whole_file(self.file) as file:
                put_together(parts, options, file)
        return 0

    def forget(self, store: Store) -> None:
        for place in self.places:
            store.forget(place)
