"""Which documents the arguments of the command line mean: files, folders, globs, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from planparse.harmless import harmless
from planparse.model import PlanparseError, ReadError
from planparse.suffixes import IN_FOLDERS


class Input(NamedTuple):
    """One document to read: what the output calls it, the file it is in, or why there is none.

    `path` is "-" for standard input. `name` is `path` with control characters, and what is no UTF-8, escaped.
    """

    name: str
    path: str
    error: PlanparseError | None = None


def find_inputs(given: Iterable[str]) -> Iterator[Input]:
    """The documents that the arguments name, in their order; an argument that names none is one with an error."""
    for argument in given:
        try:
            paths = ["-"] if argument == "-" else map(_written, expand(argument))
            yield from (Input(harmless(path), path) for path in paths)
        except PlanparseError as error:
            yield Input(harmless(argument), argument, error)


def _written(path: Path) -> str:
    """The path as a command takes it: a file called - is ./-, for - alone is standard input."""
    return "./-" if str(path) == "-" else str(path)


def expand(given: str) -> list[Path]:
    """The files that an argument names, sorted; ReadError when a folder or glob holds none."""
    path = Path(given)
    if os.path.isdir(path):  # False, not an error, in a folder that may not be searched
        found = sorted(
            p
            for p in path.rglob("*")
            if p.suffix.lower() in IN_FOLDERS
            and os.path.isfile(p)
            and not any(part.startswith(".") for part in p.relative_to(path).parts)
        )
        if not found:
            raise ReadError(
                f"the folder holds no document ({', '.join(sorted(IN_FOLDERS))}); name the files themselves",
                code="no-documents",
            )
        return found
    if not os.path.exists(path) and glob.has_magic(given):
        found = sorted(Path(p) for p in glob.glob(given, recursive=True) if os.path.isfile(p))  # noqa: PTH207 absolute patterns too
        if not found:
            raise ReadError("the pattern matches no file; check it, and quote it", code="no-documents")
        return found
    return [path]
