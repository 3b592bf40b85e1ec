"""`planparse convert`: an output of `extract -f json`, corrected or not, in another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import OK, SOME_FAILED, refuse_inputs, say, usage
from planparse.cli.output import Bom, Columns, Form, Headers, NoColor, Output, Pretty, ReviewLink, Sort, Writer

if TYPE_CHECKING:
    from planparse.model import Document


def convert(
    inputs: Annotated[list[str], typer.Argument(metavar="JSON...", help="Outputs of extract -f json, or - for one.")],
    output: Output = None,
    form: Form = None,
    bom: Bom = None,
    headers: Headers = "en",
    columns: Columns = "",
    review_link: ReviewLink = None,
    sort: Sort = "place",
    pretty: Pretty = False,
    no_color: NoColor = False,
) -> None:
    """Write the records of JSON outputs, also corrected ones, in another format."""
    writer = Writer(
        output,
        form,
        bom=bom,
        headers=headers,
        columns=columns,
        review_link=review_link,
        pretty=pretty,
        no_color=no_color,
        sort=sort,
    )
    if writer.form == "html":
        usage("a review page needs the document's own text; make it with planparse extract")
    if writer.in_folder:
        usage(f"convert writes one file, and {output} is a folder; name the file")
    refuse_inputs(output, inputs)
    documents = [document for given in inputs for document in _read(given)]
    writer.write(documents, ["planparse", "convert", *inputs])
    raise typer.Exit(OK)


def _read(given: str) -> list[Document]:
    import sys

    from planparse.api import load
    from planparse.contract import read_output
    from planparse.model import PlanparseError

    try:
        return read_output(sys.stdin.buffer.read() if given == "-" else load(Path(given))).documents
    except PlanparseError as error:
        say(f"planparse: {given}: {error} [{error.code}]")
        raise typer.Exit(SOME_FAILED) from None
