"""`planparse rules`: look after the rule files."""

from __future__ import annotations

import typer

from planparse.cli.console import OK, SOME_FAILED, say

rules = typer.Typer(no_args_is_help=True, help="Look after the rule files.")


@rules.callback()
def _rules() -> None:
    pass


@rules.command()
def check() -> None:
    """Hold every rule against its own examples, rejects and gaps."""
    from planparse.check import check_rules

    count, faults = check_rules()
    for fault in faults:
        say(fault)
    say(f"{count} rules, {len(faults)} faults")
    raise typer.Exit(SOME_FAILED if faults else OK)
