"""`planparse outline`, `text` and `schema`: what extraction works on, and the shape of what it writes."""

from __future__ import annotations

from typing import Annotated

import typer

from planparse.cli.console import OcrMode, OneInput, Packs, RaisedLimits, check_ocr, put, raise_limits, read_one
from planparse.cli.output import Columns, Headers, check_columns, check_headers


def outline(source: OneInput, limit: RaisedLimits = [], ocr: OcrMode = "auto", rules: Packs = []) -> None:  # noqa: B006  never changed
    """Print the tree of headings and numbered items."""
    document = read_one(source, raise_limits(limit), check_ocr(ocr))
    for node in document.outline:
        label = f"{node.label}  " if node.label else ""
        put(f"{'  ' * (node.level - 1)}{label}{node.title}\n")


def text(source: OneInput, limit: RaisedLimits = [], ocr: OcrMode = "auto", rules: Packs = []) -> None:  # noqa: B006  never changed
    """Print the text that offsets count in."""
    put(read_one(source, raise_limits(limit), check_ocr(ocr)).text)


def schema(
    table: Annotated[bool, typer.Option("--table", help="The Table Schema of the CSV instead.")] = False,
    headers: Headers = "en",
    columns: Columns = "",
) -> None:
    """Print the JSON Schema of the JSON output, or the Frictionless Table Schema of the CSV."""
    import json

    if table:
        from planparse.write.table_schema import table_schema

        shape = table_schema(check_columns(columns), check_headers(headers))
    else:
        from planparse.contract import json_schema

        shape = json_schema()
    put(json.dumps(shape, ensure_ascii=False, indent=1) + "\n")
