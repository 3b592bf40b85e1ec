"""JSON Lines: one record a line, the flat columns in their order."""

from __future__ import annotations

import json

from planparse.model import Document
from planparse.write import Column


def to_jsonl(documents: list[Document], columns: tuple[Column, ...]) -> str:
    """One JSON object a record; dates are ISO strings, what is absent is null."""
    return "".join(
        json.dumps({c.name: _plain(c.value(document, target)) for c in columns}, ensure_ascii=False) + "\n"
        for document in documents
        for target in document.targets
    )


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (int, float, str)) else str(value)
