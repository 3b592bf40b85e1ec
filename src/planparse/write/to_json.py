"""The JSON contract: one shape for one input or many, and one record a line, so that outputs can be diffed."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from planparse._version import __version__
from planparse.model import SCHEMA_VERSION, Document


def to_json(documents: list[Document]) -> str:
    """Every document with its outline, targets and ledger; ends with a line end."""
    head = f'{{"schema_version": {_dump(SCHEMA_VERSION)}, "generator": {_dump(f"planparse {__version__}")},\n'
    return head + '"documents": [' + ",\n".join(map(document_json, documents)) + "]}\n"


def document_json(document: Document) -> str:
    """One document as JSON: a line for each outline node, target, skipped number and warning."""
    return (
        f'{{"document": {_dump(document.document)},\n'
        f' "outline": {_lines(document.outline)},\n'
        f' "targets": {_lines(document.targets)},\n'
        f' "skipped": {_lines(document.skipped)},\n'
        f' "status": {_dump(document.status)},\n'
        f' "warnings": {_lines(document.warnings)},\n'
        f' "reviews": {_named_lines(document.reviews)},\n'
        f' "rejected": {_lines(document.rejected)}}}'
    )


def as_json(value: Any) -> Any:
    """The plain JSON value of an output type: objects for dataclasses, ISO strings for dates.

    >>> from planparse.model import Time
    >>> as_json(Time(end=date(2024, 12, 31)))
    {'text': None, 'start': None, 'end': '2024-12-31', 'basis': 'document'}
    """
    if is_dataclass(value) and not isinstance(value, type):
        names, get = _getter(type(value))
        return {
            name: item if type(item) in _PLAIN else as_json(item) for name, item in zip(names, get(value), strict=True)
        }
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value


_PLAIN = {str, int, float, bool, type(None)}


@cache
def _getter(type_: type) -> tuple[tuple[str, ...], attrgetter[tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(type_))
    return names, attrgetter(*names)


def _dump(value: Any) -> str:
    return json.dumps(as_json(value), ensure_ascii=False)


def _lines(items: list[Any]) -> str:
    return "[\n  " + ",\n  ".join(map(_dump, items)) + "]" if items else "[]"


def _named_lines(items: dict[str, Any]) -> str:
    lines = (f"{_dump(name)}: {_dump(item)}" for name, item in items.items())
    return "{\n  " + ",\n  ".join(lines) + "}" if items else "{}"
