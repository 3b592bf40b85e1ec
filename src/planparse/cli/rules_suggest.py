"""`planparse rules suggest`: rows that a person's corrections speak for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import OK, Packs, put, say, trouble
from planparse.messages import said

if TYPE_CHECKING:
    from planparse.suggest import Corrected

SHOWN = 3  # sentences of a kind


def suggest(
    gold: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD...", help="NAME.gold.jsonl of the review page, NAME.txt beside it."),
    ],
    into: Annotated[Path, typer.Option("--into", metavar="FOLDER", help="The pack that a yes writes into.")] = Path(
        "my-rules"
    ),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take those that nothing speaks against.")] = False,
    rules: Packs = [],  # noqa: B006  never changed
) -> None:
    """Propose rows from corrections, each with the sentences that it puts right and wrong; nothing is taken without
    a yes."""
    from planparse.new_rows import write_rows
    from planparse.suggest import shortest
    from planparse.suggest import suggest as find

    found = shortest(find(_corrected(gold)))
    for one in found:
        mark = "?" if one.against else "+"
        put(f"{mark} {one.said}: {len(one.speaks_for)} right, {len(one.against)} wrong\n")
        put("".join(f"    right: {sentence}\n" for sentence in one.speaks_for[:SHOWN]))
        put("".join(f"    wrong: {sentence}\n" for sentence in one.against[:SHOWN]))
        asked = sys.stdin.isatty() and not yes and typer.confirm(said(f"Take it into {into}?"), default=not one.against)
        if asked or (yes and not one.against):
            for path in write_rows(into, one.additions):
                put(f"    written: {path}\n")
    say(f"{len(found)} rows proposed, {sum(bool(one.against) for one in found)} of them marked ?")
    raise typer.Exit(OK)


def _corrected(given: list[Path]) -> list[Corrected]:
    from planparse.api import load
    from planparse.model import PlanparseError
    from planparse.read import read_bytes
    from planparse.score import find_gold, read_gold
    from planparse.suggest import Corrected

    found = []
    for path in given:
        try:
            for _, gold, text in find_gold(path):
                content = load(text)
                found.append(Corrected(str(text), content, read_gold(gold, read_bytes(content, str(text)).text)))
        except PlanparseError as error:
            trouble(str(path), error)
    return found
