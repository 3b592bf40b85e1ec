"""Adds the rows of packs to a file of rules: each in its place, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from planparse.ruleset import Pack

Row = dict[str, Any]
_ORDERS = ("replaces", "before")


def merge(
    name: str, table: Mapping[str, Any], packs: Iterable[Pack], shape: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """The table of a file with those of the packs added in their order, and a line for each row that has no place.

    `shape` is what rules/fields.toml says of the file. A row of a pack has its name under "pack".
    """
    merging = _Merging(name, table, shape)
    for pack in packs:
        if name in pack.tables:
            merging.add(pack, pack.tables[name])
    return merging.table, merging.faults


class _Merging:
    """A table that grows; `owners` says which pack each row and word came from, `gone` which took one away."""

    def __init__(self, name: str, table: Mapping[str, Any], shape: Mapping[str, Any]) -> None:
        self.name = name
        self.table = {part: _copy(value) for part, value in table.items()}
        self.rows: Mapping[str, Any] = shape.get("rows", {})
        self.keyed = [
            part for part, value in table.items() if isinstance(value, dict) and part in shape.get("keys", {})
        ]
        self.faults: list[str] = []
        self.owners: dict[tuple[str, str], str] = {}
        self.gone: dict[str, str] = {}

    def add(self, pack: Pack, new: Mapping[str, Any]) -> None:
        for id in new.get("off", ()):
            if not self._remove(id):
                self._fault(pack, f"off = {id!r}", self._missing(id))
            self.gone[id] = pack.name
        for part, value in new.items():
            if part in self.rows:
                for row in value:
                    self._add_row(pack, part, row)
            elif self.name == "fragments" and part != "off":
                self._add_fragment(pack, part, value)
            elif part in self.keyed:
                for key, said in value.items():
                    self._add_key(pack, part, key, said)
            elif part != "off" and not _alike(self.table.get(part), value):
                self._fault(pack, part, "is not written as planparse's own; see it in `planparse rules list`")
            elif part != "off":
                self.table[part] = _union(self.table[part], value)

    def _fault(self, pack: Pack, row: str, said: str) -> None:
        self.faults.append(f"{pack.folder / self.name}.toml: {row}: {said}")

    def _add_row(self, pack: Pack, part: str, row: Row) -> None:
        key = self.rows[part].get("key", "id")
        id, rows = row[key], self.table.setdefault(part, [])
        ids = [other[key] for other in rows]
        place = _place(self.rows[part], rows)
        taken = id in ids and row.get("replaces") != id
        if taken:
            self._fault(pack, id, self._taken(part, id))
            return
        for order in _ORDERS:
            if (other := row.get(order)) is None:
                continue
            if other not in ids:
                self._fault(pack, id, f"{order} = {other!r}: {self._missing(other)}")
                return
            if order == "replaces" and (owner := self.owners.get((part, other))):
                self._fault(pack, id, f"{other} is replaced by the pack {owner} already; leave one of the two out")
                return
            place = ids.index(other)
        if "replaces" in row:
            rows.pop(place)
        rows.insert(place, {**{field: said for field, said in row.items() if field not in _ORDERS}, "pack": pack.name})
        self.owners[part, id] = pack.name

    def _add_fragment(self, pack: Pack, id: str, row: Row) -> None:
        if id in self.table and row.get("replaces") != id:
            self._fault(pack, id, self._taken("", id))
            return
        if "replaces" in row and (row["replaces"] != id or id not in self.table):
            self._fault(pack, id, f"replaces = {row['replaces']!r}: a fragment replaces the one of its own name")
            return
        self.table[id] = {**{field: said for field, said in row.items() if field not in _ORDERS}, "pack": pack.name}
        self.owners["", id] = pack.name

    def _add_key(self, pack: Pack, part: str, key: str, said: Any) -> None:
        known = self.table[part]
        if not _alike(next(iter(known.values())), said):
            self._fault(pack, key, f"{said!r} is not written as planparse's own, {next(iter(known.values()))!r}")
            return
        if self.name == "words" and (part, key) not in self.owners:
            known.pop(key, None)  # what a word is to the user goes before what it is to planparse
        if key in known and known[key] != said and part not in ("measures", "durations", "scores", "ranks"):
            self._fault(pack, key, f"{self._taken(part, key)}; it says {known[key]!r} there")
            return
        known.setdefault(key, said)
        self.owners[part, key] = pack.name

    def _taken(self, part: str, id: str) -> str:
        if owner := self.owners.get((part, id)):
            return f"the pack {owner} has it, too; leave it out of one of the two"
        return (
            f"planparse has it already; choose another name, or say replaces = {id!r}"
            if part in self.rows
            else (f"planparse has it already; leave it out, or add off = [{id!r}] at the top of the file")
        )

    def _missing(self, id: str) -> str:
        if id in self.gone:
            return f"the pack {self.gone[id]} has switched it off; leave one of the two out"
        close = get_close_matches(id, self._ids(), 1)
        return (
            f"there is no such row; did you mean {close[0]}?"
            if close
            else "there is no such row; see `planparse rules list`"
        )

    def _ids(self) -> list[str]:
        rows = [row[self.rows[part].get("key", "id")] for part in self.rows for row in self.table.get(part, ())]
        keys = [key for part in self.keyed for key in self.table[part]]
        return rows + keys + (list(self.table) if self.name == "fragments" else [])

    def _remove(self, id: str) -> bool:
        """Takes a row, a key or a word of a list away; whether there was one."""
        found = self.name == "fragments" and self.table.pop(id, None) is not None
        for part, value in self.table.items():
            if part in self.rows:
                key = self.rows[part].get("key", "id")
                left = [row for row in value if row[key] != id]
                found |= len(left) < len(value)
                self.table[part] = left
            elif part in self.keyed:
                found |= value.pop(id, None) is not None
            else:
                for words in value.values() if isinstance(value, dict) else (value,):
                    if isinstance(words, list) and id in words:
                        words.remove(id)
                        found = True
        return found


def _alike(known: Any, new: Any) -> bool:
    """Whether something new is made as what is known: lists of the same, tables of lists."""
    if isinstance(known, dict):
        return isinstance(new, dict) and all(_alike(known.get(name, [""]), words) for name, words in new.items())
    if isinstance(known, list) and known:
        return isinstance(new, list) and all(_alike(known[0], item) for item in new)
    return type(known) is type(new)


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return list(value) if isinstance(value, list) else value


def _place(shape: Mapping[str, Any], rows: list[Row]) -> int:
    """Where a row goes that names no other: before the plain ones where there are such."""
    if shape.get("place") != "special":
        return len(rows)
    return next((i for i, row in enumerate(rows) if row.get("plain")), len(rows))


def _union(known: Any, new: Any) -> Any:
    """Lists with the words of others added, those of each name to its own."""
    if isinstance(new, str):
        return new
    if isinstance(known, dict):
        return known | {name: _union(known.get(name, []), words) for name, words in new.items()}
    return [*known, *(word for word in new if word not in known)]
