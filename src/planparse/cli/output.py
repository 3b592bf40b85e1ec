"""What the commands that write records share: the options, and where and how the records go."""

from __future__ import annotations

import os
import shlex
import sys
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planparse.cli.console import (
    SETTLED,
    SOME_FAILED,
    check_output,
    is_folder,
    put,
    read_results,
    say,
    show_long,
    trouble,
    usage,
)

if TYPE_CHECKING:
    from planparse.model import Document
    from planparse.page_images import PageImage

Output = Annotated[
    str | None,
    typer.Option("--output", "-o", help="Where to write; the suffix is the format, a folder takes a file each."),
]
Form = Annotated[
    str | None, typer.Option("--format", "-f", help="json, jsonl, csv, csv.gz, xlsx, parquet, sqlite, html or table.")
]
Bom = Annotated[bool | None, typer.Option("--bom/--no-bom", help="Byte-order mark of a CSV (default: in files).")]
Headers = Annotated[str, typer.Option(help="Headers and codes of the flat forms: en or zh.")]
Columns = Annotated[
    str, typer.Option(help="Columns of the flat forms, in order, by either header: indicator,value,unit")
]
ReviewLink = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="The review page that the records of an XLSX link to.")
]
Sort = Annotated[
    str, typer.Option(help="Records of the table and the review page: by place, or by confidence, least sure first.")
]
Corrections = Annotated[
    list[str],
    typer.Option(
        "--corrections", metavar="FILE", help="Take up a review: JSON of the review page, or a changed XLSX or CSV."
    ),
]
WithPages = Annotated[
    bool, typer.Option("--with-pages", help="Show the pages of PDF files in the review page; about 130 kB more a page.")
]
Pretty = Annotated[bool, typer.Option("--pretty", help="The table for people, also into a pipe.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="A table without colours, as with NO_COLOR set.")]


class Writer:
    """Checked options: made before anything is read, so that wrong usage shows at once."""

    def __init__(
        self,
        output: str | None,
        form: str | None,
        *,
        bom: bool | None,
        headers: str,
        columns: str,
        review_link: str | None,
        pretty: bool,
        no_color: bool,
        with_pages: bool = False,
        sort: str = "place",
        against: str | None = None,
    ) -> None:
        from planparse import write

        output = None if output == "-" else output  # as everywhere, standard output
        check_output(output)
        self.in_folder = output is not None and is_folder(output)
        self.output = None if output is None else Path(output)
        self.form = _choose_format("table" if pretty else form, output)
        self._refuse_idle(bom=bom, headers=headers, columns=columns, review_link=review_link)
        self.bom = bom if bom is not None else output is not None
        self.headers = check_headers(headers)
        self.columns = check_columns(columns)
        self.review_link = review_link
        self.no_color = no_color
        self.with_pages = with_pages
        self.sort = sort
        self.against = against
        if self.form in write.BINARY and output is None and sys.stdout.isatty():
            usage(f"{self.form} is not for a terminal; use -o targets.{self.form}")
        if review_link is not None and len(review_link) > 2000:
            usage("--review-link is longer than a spreadsheet can hold")
        if with_pages and (self.form != "html" or self.in_folder):
            usage("--with-pages is for the review page; write it with -o review.html")
        if sort not in ("place", "confidence"):
            usage(f"--sort is place or confidence, not {sort!r}")
        if sort != "place" and self.form not in ("table", "html"):
            usage("--sort is for the table and the review page; other formats keep the order of the document")
        if against is not None and self.form != "html":
            usage("--against is for the review page; write it with -o review.html")
        if self.form == "table" and output is not None:
            usage("a table is for reading; to keep one, use -o targets.csv or -o targets.xlsx")

    @classmethod
    def of(cls, context: typer.Context) -> Writer:
        """With those of its options that a command has, which are of the same names."""
        return cls(**{name: context.params[name] for name in signature(cls).parameters if name in context.params})

    def _refuse_idle(self, *, bom: bool | None, headers: str, columns: str, review_link: str | None) -> None:
        """Options that would do nothing in this format are mistakes."""
        flat = ("csv", "csv.gz", "xlsx")
        for option, given, forms in (
            ("--bom", bom, flat[:2]),
            ("--headers zh", headers == "zh", (*flat, "table")),
            ("--columns", columns, (*flat, "jsonl", "parquet")),
            ("--review-link", review_link, ("xlsx",)),
        ):
            if given and self.form not in forms and option.split()[0].strip("-").replace("-", "_") not in SETTLED:
                usage(f"{option} does nothing in {self.form}; it is for {', '.join(forms)}")

    @property
    def style(self) -> dict[str, Any]:
        """What `write.render` takes beside the format."""
        return {
            "bom": self.bom,
            "headers": self.headers,
            "columns": self.columns,
            "review_link": self.review_link,
            "sort": self.sort,
        }

    def write(self, documents: list[Document], command: list[str]) -> None:
        """The documents in the chosen format; below a table, how `command` would keep what it shows."""
        from planparse import write
        from planparse.model import PlanparseError

        if self.form == "table":
            self._print_table(documents)
            if any(document.status != "failed" for document in documents):
                say("")
                say(f"To keep it: {shlex.join([*command, '-o', 'targets.xlsx'])}")
            return
        try:
            pages = [_page_images(document) for document in documents] if self.with_pages else ()
            against = read_results(self.against) if self.against else ()
            content = write.render(
                documents, self.form, **self.style, page_images=pages, against=against, before=self.output
            )
        except PlanparseError as error:
            say(f"planparse: {error} [{error.code}]")
            raise typer.Exit(SOME_FAILED) from None
        put(content, self.output)

    def _print_table(self, documents: list[Document]) -> None:
        from rich.console import Console

        from planparse.messages import language
        from planparse.write.to_table import print_table

        console = Console(no_color=self.no_color or None, highlight=False)
        with console.capture() as shown:
            print_table(
                documents,
                console,
                headers="zh" if language() == "zh" else self.headers,
                least_sure_first=self.sort == "confidence",
            )
        show_long(shown.get())


def _page_images(document: Document) -> list[PageImage]:
    from planparse.api import load
    from planparse.model import PlanparseError
    from planparse.page_images import page_images

    source = document.document.source
    if document.document.media_type != "application/pdf":
        return []
    if source == "-":
        say("planparse: the pages of standard input cannot be shown; name the file")
        return []
    try:
        return page_images(load(Path(source)), document, password=os.environ.get("PLANPARSE_PASSWORD"))
    except PlanparseError as error:
        say(f"planparse: {source}: {error} [{error.code}]")
        return []


SHOWN = 20  # notes on corrections; they are of a kind


def take_up(documents: list[Document], corrections: list[str]) -> list[Document]:
    """The documents with these reviews, one after the other, each summed up in a line; an exit where one is unread."""
    if not corrections:  # what reads them imports pydantic
        return documents
    from planparse import reviews
    from planparse.api import load
    from planparse.model import PlanparseError

    for given in corrections:
        try:
            documents, outcome = reviews.take_up(documents, load(Path(given)))
        except PlanparseError as error:
            trouble(given, error)
        say(f"planparse: {given}: {outcome}")
        for note in outcome.notes[:SHOWN]:
            say(f"planparse: {given}: {note}")
        if len(outcome.notes) > SHOWN:
            say(f"planparse: {given}: and {len(outcome.notes) - SHOWN} more like these")
    return documents


def check_headers(headers: str) -> str:
    if headers not in ("en", "zh"):
        usage(f"--headers is en or zh, not {headers!r}")
    return headers


def check_columns(columns: str) -> list[str]:
    from planparse import write

    names = [name.strip() for name in columns.split(",") if name.strip()]
    try:
        write.choose(names)
    except ValueError as error:
        usage(str(error))
    return names


def _choose_format(form: str | None, output: str | None) -> str:
    from planparse import write

    if form is not None and form not in write.FORMATS:
        usage(f"there is no format {form!r}; the formats are {', '.join(write.FORMATS)}")
    if form is None and output is not None:
        form = "json" if is_folder(output) else write.format_of(Path(output))
        if form is None:
            usage(
                f"the suffix of {output} names no format; use {', '.join(write.SUFFIXES)}, or give -f; "
                "for a folder, end it with a slash"
            )
    if form == "parquet":
        from planparse.model import PlanparseError

        try:
            write.render([], form)
        except PlanparseError as error:  # now, not when everything has been extracted
            usage(str(error))
    return form or ("table" if sys.stdout.isatty() and output is None else "json")
