"""The commands, one module each: data goes to standard output, everything else to standard error."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

COMMANDS = {  # in the order of the help, with the module and the name of each
    "extract": "extract.extract",
    "convert": "convert.convert",
    "diff": "compare.diff",
    "fulfil": "compare.fulfil",
    "panel": "panel.panel",
    "explain": "explain.explain",
    "ledger": "ledger.ledger",
    "eval": "eval.evaluate",
    "export": "annotate.export",
    "import": "annotate.import_",
    "outline": "inspect.outline",
    "text": "inspect.text",
    "schema": "inspect.schema",
    "rules": "rules.rules",
    "config": "config.config",
}

EXAMPLES = {
    "extract": "planparse extract plan.pdf -o targets.xlsx",
    "convert": "planparse convert corrected.json -o targets.csv --columns indicator,value,unit",
    "diff": "planparse diff plan-2023.pdf plan-2024.pdf -o changes.html --only differs",
    "fulfil": "planparse fulfil plan-2023.pdf report-2024.pdf -o results.xlsx",
    "panel": "planparse panel reports/ --indicators gdp-growth,粮食产量 --years 2026 -o panel.html",
    "explain": "planparse explain plan.pdf --at 1204",
    "eval": "planparse eval gold/ output.json --errors",
    "ledger": "planparse ledger plan.pdf --reason unresolved",
    "export": "planparse export plans/ --to label-studio -o tasks.json",
    "import": "planparse import corrected.json --from label-studio -o plan.gold.jsonl",
    "outline": "planparse outline plan.docx",
    "text": "planparse text plan.pdf > plan.txt",
    "config": "planparse config plans/",
    "schema": "planparse schema --table --headers zh",
}
HELP = {"help_option_names": ["-h", "--help"]}


def run(arguments: list[str]) -> None:
    """Runs a command line; `--lang zh|en` stands anywhere in it, the locale decides without."""
    from planparse.messages import language

    arguments = _take_language(arguments)
    app = make_app(arguments)
    if language() == "zh":
        from planparse.cli import chinese_help

        chinese_help.run(app, arguments)
    app(arguments, prog_name="planparse")


def _take_language(arguments: list[str]) -> list[str]:
    """The arguments without `--lang`, which is remembered for this process and those that it starts."""
    import os

    from planparse.cli.console import usage
    from planparse.messages import LANGUAGES, VARIABLE

    left = iter(arguments)
    others: list[str] = []
    for argument in left:
        name, equals, value = argument.partition("=")
        if argument == "--":
            return [*others, argument, *left]
        if name != "--lang":
            others.append(argument)
            continue
        value = value if equals else next(left, "")
        if value not in LANGUAGES:
            try:
                usage(f"--lang is zh or en, not {value!r}")
            except typer.Exit as stop:
                raise SystemExit(stop.exit_code) from None
        os.environ[VARIABLE] = value
    return others


def make_app(arguments: Sequence[str]) -> typer.Typer:
    """The command line; only the command that the first argument names is imported, all of them for the help."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=HELP,
        help="Extract structured targets from Chinese government policy documents.",
    )
    app.callback()(_main)
    for name in arguments[:1] if arguments and arguments[0] in COMMANDS else COMMANDS:
        module, _, function = COMMANDS[name].partition(".")
        command = getattr(import_module(f"planparse.cli.{module}"), function)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name, context_settings=HELP)
        else:
            app.command(name, epilog=f"Example: {EXAMPLES[name]}", context_settings=HELP)(command)
    return app


def _version(asked: bool) -> None:
    if asked:
        from planparse._version import __version__

        print(f"planparse {__version__}")
        raise typer.Exit


def _main(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    lang: Annotated[
        str | None, typer.Option(metavar="zh|en", help="The language, anywhere on the line; by default the locale's.")
    ] = None,
) -> None:
    pass
