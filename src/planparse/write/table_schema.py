"""The Frictionless Table Schema of the CSV, under either header."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin, get_type_hints

from planparse.model import Target, Time
from planparse.write import Column, choose
from planparse.write.to_csv import cell


def table_schema(columns: list[str], headers: str) -> dict[str, Any]:
    """The fields of the CSV in their order: `name` is the header, `title` the header in the other language.

    >>> table_schema(["value", "change"], "zh")["fields"][1]
    {'name': '增减', 'title': 'change', 'type': 'string', 'constraints': {'enum': ['增加', '减少']}}
    """
    other = {"en": "zh", "zh": "en"}[headers]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [
            {
                "name": column.header(headers),
                "title": column.header(other),
                "type": column.type,
                "constraints": _constraints(column, headers),
            }
            for column in choose(columns)
        ],
        "missingValues": [""],
    }


def _constraints(column: Column, headers: str) -> dict[str, Any]:
    """What the model says of a field: its values where they are few, and whether it can be absent."""
    hint = {**get_type_hints(Target), "time_basis": get_type_hints(Time)["basis"] | None}.get(column.name)
    values = [value for part in (hint, *get_args(hint)) if get_origin(part) is Literal for value in get_args(part)]
    found: dict[str, Any] = {"enum": [_code(value, column, headers) for value in values]} if values else {}
    if hint in (str, int, float) or get_origin(hint) is Literal:
        found["required"] = True
    if column.name == "confidence":
        found.update(minimum=0, maximum=1)
    return found


def _code(value: str, column: Column, headers: str) -> str:
    return column.terms.get(value, value) if headers == "zh" else cell(value)
