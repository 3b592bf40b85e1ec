"""`planparse convert`: an output of `extract -f json`, corrected or not, in another format."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import OK, is_folder, read_stdin, refuse_inputs, trouble, usage
from planparse.cli.output import (
    Bom,
    Columns,
    Corrections,
    Form,
    Headers,
    NoColor,
    Output,
    Pretty,
    ReviewLink,
    Sort,
    Writer,
    take_up,
)
from planparse.cli.selection import Indicators, Kinds, Sections, Statuses, Where, make_selection
from planparse.limits import Limits

ANY_SIZE = Limits(max_file_bytes=sys.maxsize)  # an output holds any number of documents
OUTPUTS = (".json", ".jsonl", ".ndjson")

if TYPE_CHECKING:
    from planparse.model import Document


def convert(
    context: typer.Context,
    inputs: Annotated[
        list[str], typer.Argument(metavar="JSON...", help="Outputs of extract (.json, .jsonl), folders of them, or -.")
    ],
    output: Output = None,
    form: Form = None,
    bom: Bom = None,
    headers: Headers = "en",
    columns: Columns = "",
    review_link: ReviewLink = None,
    sort: Sort = "place",
    corrections: Corrections = [],  # noqa: B006  never changed
    pretty: Pretty = False,
    no_color: NoColor = False,
    status: Statuses = "",
    kind: Kinds = "",
    indicator: Indicators = "",
    section: Sections = "",
    where: Where = "",
) -> None:
    """Write the records of JSON outputs, also corrected ones, in another format."""
    selection = make_selection(status, kind, indicator, section, where)
    writer = Writer.of(context)
    if writer.in_folder:
        usage(f"convert writes one file, and {output} is a folder; name the file")
    refuse_inputs(output, [*inputs, *corrections])
    documents = take_up([document for given in inputs for document in _read(given)], corrections)
    documents = [selection.of(document) for document in documents]
    if writer.form == "html":
        documents = [_with_text(document, inputs) for document in documents]
    writer.write(documents, ["planparse", "convert", *inputs])
    raise typer.Exit(OK)


def _with_text(document: Document, inputs: list[str]) -> Document:
    """A document with its text, for a page that shows it."""
    from planparse.model import PlanparseError
    from planparse.outputs import with_text

    folders = [path if path.is_dir() else path.parent for path in map(Path, inputs)]
    try:
        return with_text(document, folders, password=os.environ.get("PLANPARSE_PASSWORD"))
    except PlanparseError as error:
        trouble(document.document.source, error)


def _read(given: str) -> list[Document]:
    from planparse.api import load
    from planparse.contract import read_output
    from planparse.flat import read_jsonl
    from planparse.model import PlanparseError, ReadError

    if is_folder(given):
        found = sorted(path for path in Path(given).rglob("*") if path.suffix.lower() in OUTPUTS and path.is_file())
        if not found:
            trouble(given, ReadError("the folder holds no output of extract (.json, .jsonl)", code="no-documents"))
        return [document for path in found for document in _read(str(path))]
    try:
        content = read_stdin(ANY_SIZE) if given == "-" else load(Path(given), ANY_SIZE)
        return read_jsonl(content) if given.lower().endswith((".jsonl", ".ndjson")) else read_output(content).documents
    except PlanparseError as error:
        trouble(given, error)
