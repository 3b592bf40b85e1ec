"""Which documents the arguments of the command line mean: files, folders, globs, standard input."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from planparse.harmless import harmless
from planparse.model import PlanparseError, ReadError
from planparse.suffixes import IN_FOLDERS

LOCK = "~$"  # what Word puts before the name of a document that is open


class Input(NamedTuple):
    """One document to read: what the output calls it, the file it is in, or why there is none.

    `path` is "-" for standard input. `name` is `path` with control characters, and what is no UTF-8, escaped.
    """

    name: str
    path: str
    error: PlanparseError | None = None


def find_inputs(given: Iterable[str], exclude: Sequence[str] = ()) -> Iterator[Input]:
    """The documents that the arguments name, in their order; an argument that names none is one with an error.

    What a pattern of `exclude` fits, by its path or its name alone, is left out: drafts/*, *旧版*.
    """
    for argument in given:
        try:
            paths = ["-"] if argument == "-" else map(_written, expand(argument))
            yield from (Input(harmless(path), path) for path in paths if not _is_excluded(path, exclude))
        except PlanparseError as error:
            yield Input(harmless(argument), argument, error)


def _is_excluded(path: str, exclude: Sequence[str]) -> bool:
    return any(
        fnmatch(path, pattern) or fnmatch(Path(path).name, pattern) or fnmatch(path, f"*/{pattern}")
        for pattern in exclude
    )


def find_unread(given: Iterable[str]) -> Counter[str]:
    """The kinds of files in the folders among the arguments that are not read, and how many there are of each."""
    kinds: Counter[str] = Counter()
    for folder in filter(os.path.isdir, given):
        for path in Path(folder).rglob("*"):
            if _is_shown(path, Path(folder)) and path.suffix.lower() not in IN_FOLDERS:
                kinds[path.suffix.lower() or path.name] += 1
    return kinds


def _is_shown(path: Path, folder: Path) -> bool:
    """Whether a file in a folder is one that people look at: neither hidden nor the lock of an open Word document."""
    return (
        os.path.isfile(path)
        and not path.name.startswith(LOCK)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _is_plain(path: str) -> bool:
    return os.path.isfile(path) and not Path(path).name.startswith(LOCK)


def _written(path: Path) -> str:
    """The path as a command takes it: a file called - is ./-, for - alone is standard input."""
    return "./-" if str(path) == "-" else str(path)


def expand(given: str) -> list[Path]:
    """The files that an argument names, sorted; ReadError when a folder or glob holds none."""
    if not given.strip():
        raise ReadError("an empty name means no file; check the variable that it comes from", code="empty-name")
    if re.match(r"https?://", given):
        raise ReadError("this is a web address; save the page or file first, and name that", code="web-address")
    path = Path(given)
    if os.path.isdir(path):  # False, not an error, in a folder that may not be searched
        found = sorted(p for p in path.rglob("*") if p.suffix.lower() in IN_FOLDERS and _is_shown(p, path))
        if not found:
            raise ReadError(
                f"the folder holds no document ({', '.join(sorted(IN_FOLDERS))}); name the files themselves",
                code="no-documents",
            )
        return found
    if not os.path.exists(path) and glob.has_magic(given):
        found = sorted(Path(p) for p in glob.glob(given, recursive=True) if _is_plain(p))  # noqa: PTH207 absolute patterns too
        if not found:
            raise ReadError("the pattern matches no file; check it, and quote it", code="no-documents")
        return found
    return [path]
