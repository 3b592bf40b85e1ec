"""`planparse rules`: look after the rule files."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from planparse.cli.console import OK, SOME_FAILED, say

rules = typer.Typer(no_args_is_help=True, help="Look after the rule files.")


@rules.callback()
def _rules() -> None:
    pass


@rules.command()
def check(
    proofs: Annotated[bool, typer.Option("--proofs", help="List what could be deleted unnoticed, too.")] = False,
) -> None:
    """Hold every rule against its own examples, rejects and gaps."""
    from planparse.check import check_rules
    from planparse.model import RuleError

    try:
        count, faults = check_rules()
    except RuleError as error:
        say(str(error))
        raise typer.Exit(SOME_FAILED) from None
    for fault in faults:
        say(fault)
    say(f"{count} rules, {len(faults)} faults")
    if proofs:
        _say_unproved()
    raise typer.Exit(SOME_FAILED if faults else OK)


def _say_unproved() -> None:
    """What no proof notices when it is deleted, row by row, and how much of each file."""
    from planparse.proofs import find_unproved
    from planparse.word_proofs import unproved_words

    found = Counter[str]()
    for source, row, place in (*find_unproved(), *(("words", *place) for place in unproved_words())):
        found[source] += 1
        say(f"rules/{source}.toml: {row}: unproved {place}")
    say(f"{found.total()} unproved: " + ", ".join(f"{name} {count}" for name, count in found.most_common()))
