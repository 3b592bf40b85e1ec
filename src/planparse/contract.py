"""The output contract as a JSON Schema, and outputs read back: `planparse schema`, `eval`, `diff`.

pydantic checks what comes in from outside; extraction itself never imports it, because defining its models takes
longer than extracting a small document.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from planparse.model import Document, DocumentFacts, DocumentStatus, Output, ReadError, Target, Warning

_Read = TypeVar("_Read")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Records:
    """A document without its outline, ledger and reviews: a quarter less to make of a large output."""

    document: DocumentFacts
    targets: list[Target] = dataclasses.field(default_factory=list)
    status: DocumentStatus = "ok"
    warnings: list[Warning] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _RecordsOnly:
    schema_version: str
    generator: str
    documents: list[_Records]


@cache
def _adapter() -> TypeAdapter[Output]:
    return TypeAdapter(Output)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `planparse extract -f json`."""
    schema = _adapter().json_schema(mode="serialization")
    for field in ("text", "layout"):  # for callers in the same process; never written
        del schema["$defs"]["Document"]["properties"][field]
    for name in ("TextLayout", "Span"):
        del schema["$defs"][name]
    for definition in schema["$defs"].values():
        definition["additionalProperties"] = False
        definition["required"] = list(definition["properties"])
    return schema


def read_document(content: bytes) -> Document:
    """The Document of a JSON that `to_json.document_json` wrote, in this process or another."""
    return _document_adapter().validate_json(content)


@cache
def _document_adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def read_output(content: str | bytes) -> Output:
    """The Output of a JSON that `planparse extract` wrote; ReadError says where another shape begins.

    >>> read_output('{"schema_version": "1", "generator": "planparse", "documents": []}').documents
    []
    """
    return _read(_adapter(), content)


def read_records(content: str | bytes) -> list[Document]:
    """The Documents of such a JSON with their facts, records and warnings alone; ReadError as above.

    >>> read_records('{"schema_version": "1", "generator": "planparse", "documents": []}')
    []
    """
    found = _read(_records_adapter(), content).documents
    return [Document(document=d.document, targets=d.targets, status=d.status, warnings=d.warnings) for d in found]


@cache
def _records_adapter() -> TypeAdapter[_RecordsOnly]:
    return TypeAdapter(_RecordsOnly)


def _read(adapter: TypeAdapter[_Read], content: str | bytes) -> _Read:
    try:
        return adapter.validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the top"
        raise ReadError(
            f"this is no output of planparse extract -f json: at {place}, {first['msg']}", code="not-an-output"
        ) from None
