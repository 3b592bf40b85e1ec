"""What is wrong with the rows of a pack by themselves: fields and values that there are not, or that are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from planparse.ruleset import Pack

Fields = Mapping[str, Mapping[str, Any]]


def find_faults(pack: Pack, shapes: Mapping[str, Any]) -> Iterator[str]:
    """A line for each fault: file, row, what it is, and its cure; `shapes` is rules/fields.toml."""
    for name, table in pack.tables.items():
        where = f"{pack.folder / name}.toml"
        shape = shapes[name]
        if shape.get("closed"):
            yield f"{where}: packs have no part in this file; delete it"
            continue
        for part, value in table.items():
            yield from (f"{where}: {fault}" for fault in _part_faults(name, part, value, shape, shapes["common"]))


def _part_faults(name: str, part: str, value: Any, shape: Mapping[str, Any], common: Fields) -> Iterator[str]:
    if part == "off":
        if not _is_texts(value):
            yield 'off: is a list of ids; write off = ["id"]'
    elif name == "fragments":
        yield from (
            _row_faults(part, value, {**common, "id": {"type": "word"}})
            if isinstance(value, dict)
            else (f"{part}: a fragment is a table; write [{part}] and pattern = '…' below it",)
        )
    elif part in shape.get("rows", {}):
        yield from _rows_faults(part, value, shape["rows"][part], common)
    elif part in shape.get("keys", {}):
        yield from _keys_faults(part, value)
    elif part in shape.get("lists", {}):
        if not (
            _is_words(value)
            or (isinstance(value, dict) and all(isinstance(words, str) or _is_words(words) for words in value.values()))
        ):
            yield f'{part}: holds words; write {part} = ["…"]'
    elif part in shape.get("own", ()):
        yield f"{part}: packs have no part in this; delete it"
    else:
        yield f"{part}: there is no such part; {_close(part, _parts(shape))}"


def _parts(shape: Mapping[str, Any]) -> list[str]:
    return [f"[[{part}]]" for part in shape.get("rows", {})] + [*shape.get("keys", {}), *shape.get("lists", {}), "off"]


def _rows_faults(part: str, value: Any, shape: Mapping[str, Any], common: Fields) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        yield f"{part}: rows stand under [[{part}]] each; write two brackets"
        return
    key = shape.get("key", "id")
    fields = {**({} if "key" in shape else common), **shape.get("fields", {})}
    seen: set[str] = set()
    for number, row in enumerate(value, 1):
        id = row.get(key)
        where = id if isinstance(id, str) and id else f"row {number}"
        if where in seen:
            yield f"{where}: stands there twice; delete one of them"
        seen.add(where)
        yield from _row_faults(where, row, fields)
        named = shape.get("named")
        if named and "replaces" not in row and (named is True or named not in row):
            yield f'{where}: nothing asks for a new row here; say which one it replaces = "…"'


def _row_faults(where: str, row: Mapping[str, Any], fields: Fields) -> Iterator[str]:
    for name, value in row.items():
        if name not in fields:
            yield f"{where}: there is no field {name!r}; {_close(name, list(fields))}"
        elif fault := _value_fault(value, fields[name]):
            yield f"{where}: {name}: {fault}"
    for name, field in fields.items():
        if field.get("must") and name not in row:
            yield f"{where}: {name} is missing: {field['about']}; add it"


def _value_fault(value: Any, field: Mapping[str, Any]) -> str | None:
    is_right, said = _TYPES[field["type"]]
    if not is_right(value):
        return f"{_shown(value)} is not {said}; write one"
    if isinstance(value, str) and not value.strip() and field["type"] in ("word", "shape"):
        return "is empty; write something"
    of = field.get("of")
    for one in value if isinstance(value, list) else (value,):
        if of and one not in of:
            return f"there is no {_shown(one)}; {_close(str(one), of)}"
    return None


def _keys_faults(part: str, value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f'{part}: is a table; write [{part}] and a line "word" = "…" for each'
        return
    for key, said in value.items():
        if not key.strip():
            yield f"{part}: an empty name stands for nothing; delete the line"
        elif not (isinstance(said, str) or (_is_texts(said) and len(said) > 1)):
            yield f"{key}: {_shown(said)} is no text; put it in quotation marks"


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_words(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(item for item in value)
        and all(isinstance(i, str) or _is_texts(i) for i in value)
    )


def _is_proof(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, str) or (_is_texts(item) and len(item) == 2) for item in value
    )


def _is_lists(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_words(words) and words for words in value.values())


def _is_templates(value: Any) -> bool:
    said: list[Any] = list(value.values()) if isinstance(value, dict) else [None]
    return all(isinstance(item, str) or (_is_texts(item) and len(item) == 2) for item in said)


def _is_map(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


_TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "text": (lambda value: isinstance(value, str), "a text in quotation marks"),
    "word": (lambda value: isinstance(value, str), "a text in quotation marks"),
    "pattern": (lambda value: isinstance(value, str), "a pattern in quotation marks"),
    "shape": (lambda value: isinstance(value, str), "a shape in quotation marks"),
    "flag": (lambda value: isinstance(value, bool), "true or false"),
    "number": (lambda value: isinstance(value, (int, float)) and not isinstance(value, bool), "a number"),
    "texts": (_is_texts, "a list of texts"),
    "proof": (_is_proof, "a list of [text, what is made of it]"),
    "lists": (_is_lists, "a list of words for each name"),
    "templates": (_is_templates, "a text with {}, or [text, what is made of it], for each list"),
    "map": (_is_map, "a table of texts"),
}


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _close(given: str, known: list[str]) -> str:
    close = get_close_matches(given, known, 1)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
