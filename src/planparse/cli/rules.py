"""`planparse rules`: look after the rule files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import OK, SOME_FAILED, Inputs, put, say, trouble, usage

if TYPE_CHECKING:
    from planparse.coverage import Coverage
    from planparse.pipeline import Trace
    from planparse.score import Gold

PARTS = ("name", "comparator", "change", "per", "time", "status")

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


@rules.command()
def coverage(
    inputs: Inputs,
    part: Annotated[str, typer.Option(help=f"Rules that decide this: {', '.join(PARTS)}.")] = "name",
    shapes: Annotated[int, typer.Option(metavar="N", help="How many shapes of the general reading are shown.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="All of it as JSON.")] = False,
) -> None:
    """How many records each construction and carry read in some documents, and the share that is right where gold
    (NAME.gold.jsonl) stands beside them or in gold/; then the shapes that only the general reading took."""
    from planparse.coverage import cover

    if part not in PARTS:
        usage(f"--part is one of {', '.join(PARTS)}, not {part!r}")
    found = cover(_traces(inputs), part)
    if as_json:
        import json
        from dataclasses import asdict

        put(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n")
    else:
        _put_coverage(found, shapes)


def _traces(inputs: list[str]) -> Iterator[tuple[Trace, Gold | None]]:
    """The documents as they are read, each with its gold where there is any."""
    from planparse.api import load
    from planparse.inputs import find_inputs
    from planparse.model import PlanparseError
    from planparse.pipeline import trace
    from planparse.read import read_bytes
    from planparse.score import gold_beside, read_gold

    for given in find_inputs(inputs):
        path = Path(given.path)
        try:
            if given.error is not None:
                raise given.error
            traced = trace(read_bytes(load(path), given.name))
            gold = gold_beside(path)
            yield traced, read_gold(gold, traced.document.text) if gold else None
        except PlanparseError as error:
            trouble(given.name, error)


def _put_coverage(found: Coverage, shapes: int) -> None:
    from planparse.write.sheet import Heading, Sheet, sheet_text

    names = ("rule", "records", "share", "judged", "right", "exact")
    rows: list[tuple[object, ...]] = [
        (rule, one.records, one.records / max(1, found.records), one.judged, *_shares(one.judged, one.right, one.exact))
        for rule, one in found.rules.items()
    ]
    put(sheet_text(Sheet("", tuple(Heading(name, name) for name in names), rows)))
    share = found.general / max(1, found.records)
    put(f"\n{found.records} records in {found.documents} documents; the general reading named {share:.1%} of them\n")
    for shape in found.shapes[:shapes]:
        put(f"{shape.records:>5}  {shape.wrong:>3} wrong  {shape.shape}\n{'':18}{shape.example}\n")


def _shares(of: int, *parts: int) -> list[float | None]:
    return [part / of if of else None for part in parts]
