"""`planparse rules`: look after the rule files."""

from __future__ import annotations

import typer

from planparse.cli.console import OK, SOME_FAILED, say

rules_app = typer.Typer(no_args_is_help=True, help="Look after the rule files.")


@rules_app.callback()
def _rules() -> None:
    pass


@rules_app.command()
def check() -> None:
    """Hold every rule against its own examples, rejects and gaps."""
    from planparse.check import check_rules

    count, faults = check_rules()
    for fault in faults:
        say(fault)
    say(f"{count} rules, {len(faults)} faults")
    raise typer.Exit(SOME_FAILED if faults else OK)
