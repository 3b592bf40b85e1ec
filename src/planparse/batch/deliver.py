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
from planparse.model import ReadError
from planparse.write import SUFFIXES

NOT_OURS = "is there already, and this run may not write over it; move it away, or choose another folder"
LONGEST_NAME = 200  # bytes; file systems hold 255


class Delivery(Protocol):
    """Takes the results of a batch; `places` are the names in the store of its inputs' results, in their order."""

    places: list[str]
    store_path: Path | None
    done_with_store: bool  # once everything is delivered

    def has(self, place: str) -> bool:
        """Whether a result that the store knows of is still there."""

    def keep(self, store: Store, task: Task, result: Result) -> None:
        """Takes a result; ReadError when this document's cannot be taken."""

    def finish(self, store: Store, options: Options, *, complete: bool) -> int:
        """Delivers what is still to be; the number of results that were removed because their input is gone."""

    def forget(self, store: Store) -> None:
        """Removes what earlier runs delivered."""


class ToFolder:
    """One file a document: `plans/a/b.pdf` becomes `out/a/b.pdf.json` when `plans` is the folder of all inputs.

    Names are paths relative to the folder that the inputs have in common, so no two documents share one. Nothing is
    written or removed outside the folder, through a link, or where a file lies that planparse did not write.
    """

    done_with_store = False  # the next run looks up what has changed since

    def __init__(self, folder: Path, inputs: list[Input], folders: Iterable[str], form: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.store_path: Path | None = folder / ".planparse"
        self.roots = [os.path.abspath(root) for root in folders]
        paths = [os.path.abspath(given.name) for given in inputs]
        common = os.path.commonpath(self.roots + [os.path.dirname(path) for path in paths])
        self.places = _apart([f"{_short(os.path.relpath(path, common))}.{form}" for path in paths], inputs)

    def has(self, place: str) -> bool:
        path = self.folder / place
        return path.is_file() and not path.is_symlink()

    def keep(self, store: Store, task: Task, result: Result) -> None:
        """ReadError when the result cannot lie where it belongs; that costs this document."""
        path, content = self.folder / task.place, result.part or b""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not self._holds(task.place) or not (store.knows(task.place) or _is_free(path, content)):
                raise ReadError(f"{path} {NOT_OURS}", code="output-exists")
            store.claim(task.place, os.path.abspath(task.path))
            with whole_file(path) as file:
                file.write(content)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            raise ReadError(f"{path} {NOT_OURS}", code="output-exists") from None
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
        for place, _ in list(store.inputs()):
            self._remove(store, place)

    def _remove(self, store: Store, place: str) -> None:
        if self._holds(place) and self.has(place):
            (self.folder / place).unlink()
        store.forget(place)

    def _holds(self, place: str) -> bool:
        """Whether a name is one that results have, and leads to a file in the folder, not through a link out of it."""
        path = self.folder / place
        return (
            "\0" not in place
            and path.suffix.lower() in SUFFIXES
            and not path.is_symlink()
            and Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(self.folder))
        )


def _is_free(path: Path, content: bytes) -> bool:
    """Whether nothing lies there, or the very thing that is to be written."""
    return not os.path.lexists(path) or (path.is_file() and path.read_bytes() == content)


def _apart(places: list[str], inputs: list[Input]) -> list[str]:
    """The names with a hash where several inputs would have the same one, or a file and a folder."""
    folders = {str(folder) for place in places for folder in Path(place).parents}
    holders: dict[str, str] = {}
    apart = []
    for place, given in zip(places, inputs, strict=True):
        path = "-" if given.name == "-" else os.path.abspath(given.path)
        if place in folders or holders.setdefault(place, path) != path:
            stem, form = os.path.splitext(place)
            place = f"{stem}~{hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}{form}"
        apart.append(place)
    return apart


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
        self.places = _apart([given.name for given in inputs], inputs)

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
                put_together(parts, options, file, before=self.file)
        return 0

    def forget(self, store: Store) -> None:
        for place in self.places:
            store.forget(place)
