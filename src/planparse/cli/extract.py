"""`planparse extract`: the targets of documents, in any format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import Inputs, read_all, report, usage
from planparse.cli.output import Bom, Columns, Form, Headers, NoColor, Output, Pretty, ReviewLink, WithPages, Writer
from planparse.limits import MAX_CHARACTERS

if TYPE_CHECKING:
    from planparse.model import Ocr


def extract(
    inputs: Inputs,
    output: Output = None,
    form: Form = None,
    bom: Bom = None,
    headers: Headers = "en",
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Records below this go to the ledger as unresolved.")
    ] = 0,
    columns: Columns = "",
    max_characters: Annotated[int, typer.Option(help="Refuse longer documents", min=1)] = MAX_CHARACTERS,
    ocr: Annotated[
        str, typer.Option(help="Recognise pages that are pictures: auto (those without text), always or never.")
    ] = "auto",
    review_link: ReviewLink = None,
    with_pages: WithPages = False,
    pretty: Pretty = False,
    no_color: NoColor = False,
) -> None:
    """Extract the targets of documents; as html, a page to check and correct them in a browser."""
    writer = Writer(
        output,
        form,
        bom=bom,
        headers=headers,
        columns=columns,
        review_link=review_link,
        pretty=pretty,
        no_color=no_color,
        with_pages=with_pages,
    )
    documents = list(read_all(inputs, max_characters, check_ocr(ocr)))
    if min_confidence:
        documents = [document.with_confidence(min_confidence) for document in documents]
    writer.write(documents, ["planparse", "extract", *inputs])
    raise typer.Exit(report(documents))


def check_ocr(ocr: str) -> Ocr:
    """The mode that is asked for, or an exit when there is no such one, or the extra for it is missing."""
    if ocr not in ("auto", "always", "never"):
        usage(f"--ocr is auto, always or never, not {ocr!r}")
    if ocr == "always":
        from planparse.read.scans import INSTALL, can_recognise

        if not can_recognise():
            usage(f"--ocr always needs an extra; run {INSTALL}")
    return ocr  # type: ignore[return-value]
