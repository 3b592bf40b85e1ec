"""The commands, one module each: data goes to standard output, everything else to standard error."""

from __future__ import annotations

from typing import Annotated

import typer

from planparse.cli.convert import convert
from planparse.cli.extract import extract
from planparse.cli.inspect import outline, schema, text
from planparse.cli.rules import rules_app

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Extract structured targets from Chinese government policy documents.",
)


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


for command in (extract, outline, text, convert, schema):
    app.command()(command)
app.add_typer(rules_app, name="rules")
