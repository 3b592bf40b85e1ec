"""`planparse extract`: the targets of documents, in any format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import Inputs, put, read_all, report, usage
from planparse.limits import MAX_CHARACTERS

if TYPE_CHECKING:
    from planparse.model import Document


def extract(
    inputs: Inputs,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write; the suffix is the format.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", "-f", help="json, jsonl, csv or table.")] = None,
    bom: Annotated[
        bool | None, typer.Option("--bom/--no-bom", help="Byte-order mark of a CSV (default: in files).")
    ] = None,
    headers: Annotated[str, typer.Option(help="CSV headers: en or zh.")] = "en",
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Records below this go to the ledger as unresolved.")
    ] = 0,
    columns: Annotated[str, typer.Option(help="Columns of the flat forms, in order: indicator,value,unit")] = "",
    max_characters: Annotated[int, typer.Option(help="Refuse longer documents", min=1)] = MAX_CHARACTERS,
) -> None:
    """Extract the targets of documents."""
    from planparse import write

    form = _choose_format(form, output)
    if headers not in ("en", "zh"):
        usage(f"--headers is en or zh, not {headers!r}")
    try:
        write.choose(_names(columns))
    except ValueError as error:
        usage(str(error))
    documents = list(read_all(inputs, max_characters))
    if min_confidence:
        documents = [document.with_confidence(min_confidence) for document in documents]
    if form == "table":
        _print_table(documents)
    else:
        text = write.render(
            documents,
            form,
            bom=bom if bom is not None else output is not None,
            headers=headers,
            columns=_names(columns),
        )
        put(text, output)
    raise typer.Exit(report(documents))


def _choose_format(form: str | None, output: Path | None) -> str:
    from planparse import write

    if form is not None and form not in write.FORMATS:
        usage(f"there is no format {form!r}; the formats are {', '.join(write.FORMATS)}")
    if form is None and output is not None:
        form = write.format_of(output)
        if form is None:
            usage(f"the suffix of {output} names no format; use .json, .jsonl or .csv, or give -f")
    return form or ("table" if sys.stdout.isatty() and output is None else "json")


def _print_table(documents: list[Document]) -> None:
    from rich.console import Console

    from planparse.write.to_table import print_table

    print_table([d for d in documents if d.status != "failed"], Console())


def _names(columns: str) -> list[str]:
    return [name.strip() for name in columns.split(",") if name.strip()]
