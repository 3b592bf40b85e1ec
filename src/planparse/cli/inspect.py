"""`planparse outline`, `text` and `schema`: what extraction works on, and the shape of what it writes."""

from __future__ import annotations

from planparse.cli.console import OneInput, put, read_one


def outline(source: OneInput) -> None:
    """Print the tree of headings and numbered items."""
    document = read_one(source)
    for node in document.outline:
        label = f"{node.label}  " if node.label else ""
        put(f"{'  ' * (node.level - 1)}{label}{node.title}\n")


def text(source: OneInput) -> None:
    """Print the text that offsets count in."""
    put(read_one(source).text)


def schema() -> None:
    """Print the JSON Schema of the JSON output."""
    import json

    from planparse.contract import json_schema

    put(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n")
