"""What goes to a worker and what comes back."""

from __future__ import annotations

from typing import NamedTuple

from planparse.model import DocumentStatus, Warning


class Kept(NamedTuple):
    """What an earlier run made of a document, which lies in the store: the hash says of which content."""

    sha256: str
    status: DocumentStatus
    targets: int


class Task(NamedTuple):
    """A document to read: its name in the output, its file, the name its result is kept under, and what is kept."""

    name: str
    path: str
    place: str
    known: Kept | None = None


class Result(NamedTuple):
    """What a document came to; `part` is None when its content is still the known one."""

    sha256: str
    status: DocumentStatus
    targets: int
    warnings: tuple[Warning, ...] = ()
    part: bytes | None = None
