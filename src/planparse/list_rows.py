"""The rows of rules as a person reads them: a line each, and one row laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import regex

from planparse.patterns import NAMED_PIECE
from planparse.rules import RULE_FILES, files, read, read_base, rows

_PIECE = regex.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P?<\w+>|<?[=!]|[:>|]))?|\)[*+?]*(?:\{[\d,]*\})?[+?]?|\||\n\s*"
    r"|[^\\\[()|\n]+"
)
_LONG = 60  # characters of what a row says


class Listed(NamedTuple):
    """A row: its file, its id, the pack that it came in ("" for planparse's own), and what it says in a line."""

    file: str
    id: str
    pack: str
    said: str


def list_rows() -> Iterator[Listed]:
    """Every row and word of every file that packs can add to."""
    shapes = read_base("fields")
    for name in files():
        if shapes[name].get("closed"):
            continue
        base = read_base(name)
        for part, value in read(name).items():
            if name == "fragments":
                yield Listed(name, part, value.get("pack", ""), _said(value))
            elif part in shapes[name].get("rows", {}):
                key = shapes[name]["rows"][part].get("key", "id")
                yield from (Listed(name, row[key], row.get("pack", ""), _said(row)) for row in value)
            elif part not in shapes[name].get("own", ()):
                yield from _words(name, part, value, base.get(part))


def _words(name: str, part: str, value: Any, base: Any) -> Iterator[Listed]:
    if isinstance(value, list):
        yield from (Listed(name, str(word), "" if word in base else "(pack)", part) for word in value)
        return
    for key, said in value.items():
        own = "" if isinstance(base, dict) and base.get(key) == said else "(pack)"
        yield Listed(name, key, own, f"{part}: {_cut(said)}")


def _said(row: Mapping[str, Any]) -> str:
    named = (row.get("note"), row.get("en"), row.get("example"), *row.get("examples", ())[:1])
    return _cut(next((one if isinstance(one, str) else one[0] for one in named if one), row.get("pattern", "")))


def _cut(said: Any) -> str:
    text = " ".join(said if isinstance(said, list) and all(isinstance(s, str) for s in said) else [str(said)])
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


def show_row(id: str) -> str | None:
    """A row laid out: its file, what that is for, each field with what it says and means, and where it is used; None
    when there is none.

    >>> print(show_row("veto.page-of-pages").splitlines()[0])
    veto.page-of-pages  rules/vetoes.toml
    """
    shapes = read_base("fields")
    for name in files():
        shape = shapes[name]
        for part, value in read(name).items():
            if name == "fragments" and part == id:
                return _laid_out(id, name, value, shapes["common"], shape)
            if part in shape.get("rows", {}):
                own = shape["rows"][part]
                for row in value:
                    if row.get(own.get("key", "id")) == id:
                        fields = {**({} if "key" in own else shapes["common"]), **own.get("fields", {})}
                        return _laid_out(id, name, row, fields, shape)
    found = [row for row in list_rows() if row.id == id]
    return "\n".join(f"{row.id}  {row.pack or 'rules'}/{row.file}.toml  {row.said}" for row in found) or None


def _laid_out(id: str, name: str, row: Mapping[str, Any], fields: Mapping[str, Any], shape: Mapping[str, Any]) -> str:
    lines = [f"{id}  {row.get('pack') or 'rules'}/{name}.toml", f"  {shape['about']}", ""]
    for field, value in row.items():
        if field in ("id", "pack"):
            continue
        about = fields.get(field, {}).get("about", "")
        lines.append(f"  {field}" + (f"  ({about})" if about else ""))
        lines += [f"    {line}" for line in _lines(field, value)]
    pieces = sorted(set(NAMED_PIECE.findall(str(row.get("pattern", "")))) - row.get("any", {}).keys())
    if pieces:
        lines.append(f"  made of {', '.join(pieces)}")
    if users := [
        other.id for file in (*RULE_FILES, "fragments") for other in rows(file) if f"{{{{{id}}}}}" in other.pattern
    ]:
        lines.append(f"  used in {', '.join(users)}")
    return "\n".join(lines)


def _lines(field: str, value: Any) -> Iterator[str]:
    if field in ("pattern", "shape"):
        yield from lay_out(value)
    elif isinstance(value, dict):
        for key, said in value.items():
            yield f"{key}: {'  '.join(map(str, said)) if isinstance(said, list) else said}"
    elif isinstance(value, list):
        yield from (" → ".join(one) if isinstance(one, list) else str(one) for one in value)
    else:
        yield str(value)


def lay_out(pattern: str) -> Iterator[str]:
    """A pattern with each alternative of a group on a line of its own, set in by depth.

    >>> list(lay_out("甲(?:乙|丙(?=丁))戊"))
    ['甲', '(?:', '  乙', '| 丙', '  (?=', '    丁', '  )', ')', '戊']
    """
    depth, line, mark = 0, "", ""
    for piece in _PIECE.findall(pattern):
        if piece[0] not in "(|)\n":
            line += piece
            continue
        if line.strip():
            yield "  " * max(0, depth - bool(mark)) + mark + line.strip()
        line, mark = "", "" if piece[0] != "|" else "| "
        if piece[0] == "(":
            yield "  " * depth + piece
            depth += 1
        elif piece[0] == ")":
            depth = max(0, depth - 1)
            yield "  " * depth + piece
    if line.strip():
        yield "  " * max(0, depth - bool(mark)) + mark + line.strip()
