"""The flat forms read back: the records of a JSON Lines file as documents, as far as its columns tell."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from planparse.model import Document, DocumentFacts, ReadError, Target

TIME = {"text": "time_text", "start": "time_start", "end": "time_end", "basis": "time_basis"}
REVIEW = {"verdict": "review", "reviewer": "reviewer", "note": "note"}
NEEDED = ("status", "kind", "indicator", "quote", "sentence", "id")


def read_jsonl(content: str | bytes) -> list[Document]:
    """The documents whose records the lines are, without outline and ledger; ReadError names the line that is none.

    >>> read_jsonl('{"source": "a.txt"}')
    Traceback (most recent call last):
    planparse.model.ReadError: line 1 is no record of planparse extract -f jsonl: it lacks status; write all columns
    """
    documents: dict[str, Document] = {}
    adapter = TypeAdapter(Target)
    text = content.decode("utf-8-sig", "replace") if isinstance(content, bytes) else content
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            missing = next((name for name in NEEDED if name not in row), None)
            if missing:
                raise _no_record(number, f"it lacks {missing}; write all columns")
            target = adapter.validate_python(_nested(row))
        except (ValueError, TypeError, AttributeError, ValidationError):
            raise _no_record(number, "check that it is whole") from None
        _document_of(row, documents).targets.append(target)
    return list(documents.values())


def _nested(row: dict[str, Any]) -> dict[str, Any]:
    """A flat row as the record that it was."""
    names = set(Target.__dataclass_fields__)
    record = {name: value for name, value in row.items() if name in names and value is not None}
    time = {name: row[column] for name, column in TIME.items() if row.get(column) is not None}
    record["time"] = time or None
    record["section"] = row["section"].split(" > ") if row.get("section") else []
    record["responsible"] = row["responsible"].split("、") if row.get("responsible") else []
    review = {name: row[column] for name, column in REVIEW.items() if row.get(column) is not None}
    record["review"] = review or None
    if row.get("table"):
        record["table"] = dict(zip(("index", "row", "column"), map(int, row["table"].split("/")), strict=True))
    return {"start": 0, "end": 0, "rule": "", "confidence": 0, **record}


def _document_of(row: dict[str, Any], documents: dict[str, Document]) -> Document:
    source = str(row.get("source") or "-")
    if source not in documents:
        facts = DocumentFacts(
            source=source, sha256="", media_type="application/jsonl", pages=None, characters=0, title=row.get("title")
        )
        documents[source] = Document(document=facts)
    return documents[source]


def _no_record(number: int, what: str) -> ReadError:
    return ReadError(f"line {number} is no record of planparse extract -f jsonl: {what}", code="not-an-output")
