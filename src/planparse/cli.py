"""The commands. Data goes to standard output, everything else to standard error; no logic of its own."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from planparse.limits import DEFAULT, Limits

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Extract structured targets from Chinese government policy documents.",
)
rules_app = typer.Typer(no_args_is_help=True, help="Look after the rule files.")
app.add_typer(rules_app, name="rules")

Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - for standard input.")
]
OneInput = Annotated[str, typer.Argument(metavar="INPUT", help="A file, or - for standard input.")]
RaisedLimits = Annotated[
    list[str], typer.Option("--limit", metavar="NAME=VALUE", help=f"Raise a limit: {', '.join(Limits.names())}.")
]
OK, SOME_FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def _version(asked: bool) -> None:
    if asked:
        from planparse._version import __version__

        print(f"planparse {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
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
    limit: RaisedLimits = [],  # noqa: B006  never changed
    max_characters: Annotated[
        int | None, typer.Option(help="Refuse longer documents; short for --limit max_characters=VALUE.", min=1)
    ] = None,
) -> None:
    """Extract the targets of documents."""
    from planparse import write

    form = _choose_format(form, output)
    if headers not in ("en", "zh"):
        _usage(f"--headers is en or zh, not {headers!r}")
    try:
        write.choose(_names(columns))
    except ValueError as error:
        _usage(str(error))
    limits = _raise(limit if max_characters is None else [*limit, f"max_characters={max_characters}"])
    documents = [_sure_enough(document, min_confidence) for document in _read_all(inputs, limits)]
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
        _put(text, output)
    raise typer.Exit(_report(documents))


@app.command()
def outline(source: OneInput, limit: RaisedLimits = []) -> None:  # noqa: B006  never changed
    """Print the tree of headings and numbered items."""
    document = _one(source, _raise(limit))
    for node in document.outline:
        label = f"{node.label}  " if node.label else ""
        _put(f"{'  ' * (node.level - 1)}{label}{node.title}\n")


@app.command()
def text(source: OneInput, limit: RaisedLimits = []) -> None:  # noqa: B006  never changed
    """Print the text that offsets count in."""
    _put(_one(source, _raise(limit)).text)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the JSON output."""
    import json

    from planparse.model import Output

    _put(json.dumps(Output.model_json_schema(mode="serialization"), ensure_ascii=False, indent=1) + "\n")


@rules_app.command("check")
def check() -> None:
    """Hold every rule against its own examples, rejects and gaps."""
    from planparse.check import check_rules

    count, faults = check_rules()
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{count} rules, {len(faults)} faults", file=sys.stderr)
    raise typer.Exit(SOME_FAILED if faults else OK)


# ---------------------------------------------------------------- shared by the commands


def _choose_format(form: str | None, output: Path | None) -> str:
    from planparse import write

    if form is not None and form not in write.FORMATS:
        _usage(f"there is no format {form!r}; the formats are {', '.join(write.FORMATS)}")
    if form is None and output is not None:
        form = write.format_of(output)
        if form is None:
            _usage(f"the suffix of {output} names no format; use .json, .jsonl or .csv, or give -f")
    return form or ("table" if sys.stdout.isatty() and output is None else "json")


def _read_all(inputs: list[str], limits: Limits):  # type: ignore[no-untyped-def]
    """The Documents of the inputs, in order; what is wrong with one is its own matter."""
    from planparse.api import extract_many, failed
    from planparse.inputs import expand
    from planparse.model import PlanparseError
    from planparse.pipeline import parse_bytes

    password = os.environ.get("PLANPARSE_PASSWORD")
    for given in inputs:
        if given == "-":
            yield parse_bytes(sys.stdin.buffer.read(), "-", password=password, limits=limits)
            continue
        try:
            paths = expand(given)
        except PlanparseError as error:
            yield failed(given, error)
        else:
            yield from extract_many(paths, password=password, limits=limits)


def _raise(given: list[str]) -> Limits:
    """The limits that the command line raises: NAME=VALUE, hyphens for underscores if wanted."""
    values: dict[str, int] = {}
    for item in given:
        name, _, value = item.replace("-", "_").partition("=")
        if name not in Limits.names() or not value.isdecimal() or not int(value):
            _usage(f"--limit is NAME=VALUE, not {item!r}; the names are {', '.join(Limits.names())}")
        values[name] = int(value)
    return replace(DEFAULT, **values)


def _sure_enough(document, least: float):  # type: ignore[no-untyped-def]
    return document.with_confidence(least) if least else document


def _one(source: str, limits: Limits):  # type: ignore[no-untyped-def]
    """The Document of one input, or an exit with the reason."""
    document = next(iter(_read_all([source], limits)))
    if document.status == "failed":
        raise typer.Exit(_report([document]))
    return document


def _report(documents) -> int:  # type: ignore[no-untyped-def]
    """One line on standard error for each warning; the exit status."""
    for document in documents:
        for warning in document.warnings:
            print(f"planparse: {document.document.source}: {warning.message} [{warning.code}]", file=sys.stderr)
    return SOME_FAILED if not documents or any(d.status == "failed" for d in documents) else OK


def _put(text: str, output: Path | None = None) -> None:
    """UTF-8 to a file or to standard output, whatever the console's own encoding is."""
    if output is not None:
        try:
            output.write_bytes(text.encode())
        except OSError as error:
            print(f"planparse: cannot write {output}: {error.strerror}", file=sys.stderr)
            raise typer.Exit(SOME_FAILED) from None
        return
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  the reader has gone; nothing more can be said
        raise typer.Exit(OK) from None


def _print_table(documents) -> None:  # type: ignore[no-untyped-def]
    from rich.console import Console

    from planparse.write.to_table import print_table

    print_table([d for d in documents if d.status != "failed"], Console())


def _names(columns: str) -> list[str]:
    return [name.strip() for name in columns.split(",") if name.strip()]


def _usage(message: str) -> None:
    print(f"planparse: {message}", file=sys.stderr)
    raise typer.Exit(USAGE)
