"""The library calls behind the commands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from io import RawIOBase
from pathlib import Path
from typing import IO, BinaryIO

from planparse.limits import DEFAULT, Limits
from planparse.model import Document, Ocr, PlanparseError
from planparse.pipeline import parse, parse_bytes
from planparse.read import read_bytes
from planparse.ruleset import in_force, using
from planparse.rulesets import load as load_rules

PIECE = 4_000_000  # bytes that are read at once


def extract(
    source: str | Path | bytes | IO[bytes] | IO[str] | None = None,
    *,
    text: str | None = None,
    name: str | None = None,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits = DEFAULT,
    rules: Sequence[str | Path] = (),
) -> Document:
    """The Document of one file, given by path, as bytes, as an open file, or as `text`: `.targets`, `.outline`,
    `.skipped`, `.warnings`, `.text`; `.rows()`, `.to_pandas()`, `.to_json()`, `.write(path)`.

    `ocr` is "auto" (pages without text are recognised where `planparse[ocr]` is installed), "always" or "never".
    Raises PlanparseError when the input cannot be read; its message says what to do next, its `code` is stable.
    A `planparse.Limits` raises what is refused. `rules` are folders with rules of your own (docs/rules.md), which hold
    for this call alone; RuleError has a line for each fault in them.
    For every target, `document.text[target.start:target.end] == target.quote`.

    >>> extract(text="2024年计划\\n\\n新增学位800个。").targets[0].value
    800
    """
    content = _content(source, text, limits)
    name = name or (str(source) if isinstance(source, (str, Path)) else str(getattr(source, "name", "-")))
    with _with(rules):
        return parse(read_bytes(content, name, password=password, ocr=ocr, limits=limits))


def _content(source: str | Path | bytes | IO[bytes] | IO[str] | None, text: str | None, limits: Limits) -> bytes:
    """The bytes of what is given in one of the ways; TypeError when it is given in none or in two."""
    if (source is None) == (text is None):
        raise TypeError("extract takes a path, bytes or an open file, or text=…: one of them")
    if text is not None:
        return text.encode()
    if isinstance(source, bytes):
        return source
    if isinstance(source, (str, Path)):
        return load(Path(source), limits)
    assert source is not None
    content = source.read()
    return content.encode() if isinstance(content, str) else content


def extract_many(
    paths: Iterable[str | Path],
    *,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits = DEFAULT,
    rules: Sequence[str | Path] = (),
) -> Iterator[Document]:
    """The Documents of many files, in their order; one that cannot be read has status "failed" and says why.

    `rules` as in `extract`, read once.
    """
    ruleset = load_rules(rules) if rules else in_force()
    for path in paths:
        try:
            content = load(Path(path), limits)
        except PlanparseError as error:
            yield failed(str(path), error)
        else:
            with using(ruleset):
                document = parse_bytes(content, str(path), password=password, ocr=ocr, limits=limits)
            yield document


def _with(rules: Sequence[str | Path]) -> AbstractContextManager[None]:
    return using(load_rules(rules)) if rules else nullcontext()


def load(path: Path, limits: Limits = DEFAULT) -> bytes:
    """The bytes of a file; ReadError when it is missing, a folder, too large, or not ours to read."""
    from planparse.model import ReadError

    try:
        with path.open("rb", buffering=0) as file:
            return read_whole(file, limits, at_once=os.fstat(file.fileno()).st_size + 1)
    except FileNotFoundError:
        raise ReadError("there is no such file; check the path", code="missing") from None
    except IsADirectoryError:
        raise ReadError(
            "this is a folder; `planparse extract FOLDER` reads the documents in it", code="folder"
        ) from None
    except OSError as error:
        raise ReadError(f"the file cannot be read: {error.strerror}", code="unreadable") from None


def read_whole(stream: BinaryIO | RawIOBase, limits: Limits = DEFAULT, *, at_once: int = PIECE) -> bytes:
    """What comes from a stream until it ends; ReadError when that is more than a file may have, however it is given.

    `at_once` bytes are asked for at a time, no more than a file may have: a file whose size is known is copied once.
    """
    pieces, size = list[bytes](), 0
    at_once = min(max(at_once, PIECE), limits.max_file_bytes + 1)
    while piece := stream.read(at_once):
        size += len(piece)
        limits.check("max_file_bytes", size, "bytes in the file, at least", code="too-large")
        pieces.append(piece)
    return b"".join(pieces) if len(pieces) != 1 else pieces[0]


def failed(name: str, error: PlanparseError) -> Document:
    """The Document that stands for an input that could not be read."""
    from planparse.model import DocumentFacts, Warning

    facts = DocumentFacts(source=name, sha256="", media_type="application/octet-stream", pages=None, characters=0)
    return Document(document=facts, status="failed", warnings=[Warning(code=error.code, message=str(error))])
