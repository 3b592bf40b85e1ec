"""The output contract as a JSON Schema, and outputs read back: `planparse schema`, `eval`, `diff`.

pydantic checks what comes in from outside; extraction itself never imports it, because defining its models takes
longer than extracting a small document.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from planparse.model import Document, Output, ReadError


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
    try:
        return _adapter().validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the top"
        raise ReadError(
            f"this is no output of planparse extract -f json: at {place}, {first['msg']}", code="not-an-output"
        ) from None
