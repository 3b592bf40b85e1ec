"""Writes the parts of docs/rules.md and its Chinese twin that come from rules/fields.toml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from planparse.rules import read_base

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"rules.md": "about", "rules.zh-CN.md": "zh"}
_PART = re.compile(r"(<!-- from rules/fields\.toml[^\n]*-->\n).*?(<!-- end -->)", re.DOTALL)
_NAMES = {
    "about": ("Every `[[rule]]` has these", "field", "means", "values", "a line each", "lists"),
    "zh": ("每个 `[[rule]]` 都有", "字段", "含义", "取值", "一词一行", "词表"),
}


def page(content: str, language: str) -> str:
    """A page with its generated part made anew."""
    return _PART.sub(lambda part: f"{part[1]}{_files(language)}{part[2]}", content)


def _files(language: str) -> str:
    shapes = read_base("fields")
    parts = [_table(_NAMES[language][0], shapes["common"], language)]
    for name, shape in shapes.items():
        if name != "common" and not shape.get("closed"):
            parts.append(_file(name, shape, language))
    return "\n".join(parts)


def _file(name: str, shape: dict[str, Any], language: str) -> str:
    lines = [f"**`{name}.toml`** {shape[language]}\n"]
    for field, of in (("keys", 4), ("lists", 5)):
        if language == "about" and shape.get(field):
            said = "; ".join(f"`{part}` {about}" for part, about in shape[field].items())
            lines.append(f"{_NAMES[language][of]}: {said}\n")
        elif shape.get(field):
            lines.append(f"{_NAMES[language][of]}：{'、'.join(f'`{part}`' for part in shape[field])}\n")
    for part, row in shape.get("rows", {}).items():
        if row.get("fields"):
            lines.append(_table(f"`[[{part}]]`", row["fields"], language))
    return "\n".join(lines)


def _table(title: str, fields: dict[str, Any], language: str) -> str:
    _, field, means, values, *_ = _NAMES[language]
    rows = [f"| {field} | {means} | {values} |", "|---|---|---|"]
    for name, one in fields.items():
        of = ", ".join(f"`{value}`" for value in one.get("of", ())) or one["type"]
        must = " *" if one.get("must") else ""
        rows.append(f"| `{name}`{must} | {one[language]} | {of} |")
    return f"{title}\n\n" + "\n".join(rows) + "\n"


def main() -> None:
    for name, language in PAGES.items():
        path = DOCS / name
        path.write_text(page(path.read_text(encoding="utf-8"), language), encoding="utf-8")


if __name__ == "__main__":
    main()
