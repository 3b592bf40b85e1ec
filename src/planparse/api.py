"""The library calls behind the commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from planparse.limits import DEFAULT, Limits
from planparse.model import Document, Ocr, PlanparseError
from planparse.pipeline import parse, parse_bytes
from planparse.read import read_bytes


def extract(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits = DEFAULT,
) -> Document:
    """The Document of one file, given by path or content: `.targets`, `.outline`, `.skipped`, `.warnings`, `.text`.

    `ocr` is "auto" (pages without text are recognised where `planparse[ocr]` is installed), "always" or "never".
    Raises PlanparseError when the input cannot be read; its message says what to do next, its `code` is stable.
    A `planparse.Limits` raises what is refused.
    For every target, `document.text[target.start:target.end] == target.quote`.

    >>> extract("2024年计划\\n\\n新增学位800个。".encode()).targets[0].value
    800
    """
    if isinstance(source, bytes):
        return parse(read_bytes(source, name or "-", password=password, ocr=ocr, limits=limits))
    path = Path(source)
    return extract(load(path), name=name or str(source), password=password, ocr=ocr, limits=limits)


def extract_many(
    paths: Iterable[str | Path],
    *,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits = DEFAULT,
) -> Iterator[Document]:
    """The Documents of many files, in their order; one that cannot be read has status "failed" and says why."""
    for path in paths:
        try:
            content = load(Path(path))
        except PlanparseError as error:
            yield failed(str(path), error)
        else:
            yield parse_bytes(content, str(path), password=password, ocr=ocr, limits=limits)


def load(path: Path) -> bytes:
    """The bytes of a file; ReadError when it is missing, a folder, or not ours to read."""
    from planparse.model import ReadError

    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError("there is no such file; check the path", code="missing") from None
    except IsADirectoryError:
        raise ReadError(
            "this is a folder; `planparse extract FOLDER` reads the documents in it", code="folder"
        ) from None
    except OSError as error:
        raise ReadError(f"the file cannot be read: {error.strerror}", code="unreadable") from None


def failed(name: str, error: PlanparseError) -> Document:
    """The Document that stands for an input that could not be read."""
    from planparse.model import DocumentFacts, Warning

    facts = DocumentFacts(source=name, sha256="", media_type="application/octet-stream", pages=None, characters=0)
    return Document(document=facts, status="failed", warnings=[Warning(code=error.code, message=str(error))])
