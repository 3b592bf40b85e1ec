"""Outputs of `extract` read back, and with the text of their documents where these are still there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from planparse.api import load as read_file
from planparse.contract import read_output
from planparse.flat import read_jsonl
from planparse.model import Document, ReadError
from planparse.pipeline import parse
from planparse.read import read_bytes


def load(path: str | Path) -> list[Document]:
    """The Documents of an output: a `.json`, also a corrected one, or a `.jsonl` with all columns.

    Raises PlanparseError where the file is missing or is no output.

    >>> import tempfile
    >>> from planparse import extract
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     extract(text="2024年计划\\n\\n新增学位800个。").write(f"{folder}/plan.json")
    ...     [document] = load(f"{folder}/plan.json")
    >>> document.targets[0].quote
    '800个'
    """
    content = read_file(Path(path))
    return read_jsonl(content) if Path(path).suffix.lower() in (".jsonl", ".ndjson") else read_output(content).documents


def with_text(document: Document, folders: Iterable[Path], *, password: str | None = None) -> Document:
    """A Document of an output with the text that its offsets count in, read again from its file: by its name as it
    is, else in one of the folders. ReadError where the file is missing, or is another by now.
    """
    source = Path(document.document.source)
    places = [source, *(folder / name for folder in folders for name in (source, source.name))]
    content = next((read_file(place) for place in places if place.is_file()), None)
    if document.status == "failed":
        return document
    if content is None:
        raise ReadError(
            f"a review page shows the text of its document, and {source} is not here; put it beside the JSON",
            code="document-missing",
        )
    if hashlib.sha256(content).hexdigest() != document.document.sha256:
        raise ReadError(
            f"{source} is another file than the one that was read; planparse extract {source} --corrections FILE "
            "-o review.html takes up what still applies",
            code="document-changed",
        )
    fresh = parse(read_bytes(content, str(source), password=password))
    return replace(document, text=fresh.text, layout=fresh.layout)
