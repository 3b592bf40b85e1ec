"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name when the block ends without an error, complete and on the disk.

    Until then it is a hidden neighbour; a killed process leaves that behind, and the next one takes it away: what
    lies there is never written through, for it may be a link. Devices and pipes are written to directly.
    """
    path = Path(os.path.realpath(path))  # through a symbolic link, so that the link stays one
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    draft = path.with_name(f".{path.name[:60]}.draft")
    draft.unlink(missing_ok=True)
    with draft.open("xb") as file:
        own = os.fstat(file.fileno())
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            _remove(draft, own)
            raise
    try:
        if not _is_there(draft, own):
            raise OSError(errno.EBUSY, "another run is writing the same file")
        draft.replace(path)
    except OSError:
        _remove(draft, own)
        raise
    _sync_folder(path.parent)


def _remove(draft: Path, own: os.stat_result) -> None:
    if _is_there(draft, own):
        draft.unlink()


def _is_there(draft: Path, own: os.stat_result) -> bool:
    """Whether the draft is still our own, not one that another run has begun in its place."""
    try:
        return os.path.samestat(own, draft.lstat())
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # where folders cannot be opened, renames are journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
