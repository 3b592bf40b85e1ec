"""Writes docs/api.md from what is public: its signatures and docstrings, in the order of `planparse.__all__`."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import planparse

PAGE = Path(__file__).parent.parent / "docs" / "api.md"
MEMBERS = {"Document": ("to_json", "rows", "to_pandas", "write", "with_confidence"), "PlanparseError": (), "Limits": ()}
HEAD = """# The library

What is public: `planparse.__all__`. Everything else may change. Calls may be made from several threads at once; nothing
is changed in the host process. Written by `scripts/write_api.py` from the docstrings, whose examples are tests.
"""


def page() -> str:
    """The whole page."""
    names = [name for name in planparse.__all__ if not name.startswith("_")]
    return HEAD + "".join(entry(name, getattr(planparse, name)) for name in sorted(names, key=str.casefold))


def entry(name: str, thing: object) -> str:
    """One public name: how it is called, what it says of itself, and the methods of a class that callers use."""
    shown = name if inspect.isclass(thing) else f"{name}{_signature(thing)}"
    parts = [f"\n## {name}\n\n```python\n{shown}\n```\n\n{_words(thing)}"]
    for member in MEMBERS.get(name, ()):
        method = getattr(thing, member)
        parts.append(f"\n### {name}.{member}\n\n```python\n{member}{_signature(method)}\n```\n\n{_words(method)}")
    return "".join(parts)


def _signature(thing: object) -> str:
    shown = str(inspect.signature(thing)).replace("'", "")  # type: ignore[arg-type]
    return re.sub(r"Limits\([^)]*\)", "DEFAULT", shown)


def _words(thing: object) -> str:
    """A docstring with its example as a block."""
    words = inspect.getdoc(thing) or ""
    text, mark, example = words.partition(">>>")
    return text.rstrip() + "\n" + (f"\n```pycon\n{mark}{example.rstrip()}\n```\n" if mark else "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
