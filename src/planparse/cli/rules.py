"""`planparse rules`: look after the rule files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import OK, SOME_FAILED, Inputs, Packs, put, say, usage, use_packs
from planparse.cli.rules_new import new
from planparse.cli.rules_suggest import suggest
from planparse.messages import said

if TYPE_CHECKING:
    from planparse.coverage import Coverage
    from planparse.pipeline import Trace
    from planparse.score import Gold

PARTS = ("name", "comparator", "change", "per", "time", "status")

CheckedPacks = Annotated[
    list[str], typer.Argument(metavar="[FOLDER]...", callback=use_packs, help="Packs to check, too.")
]

rules = typer.Typer(no_args_is_help=True, help="Look after the rule files.")


rules.add_typer(new, name="new")
rules.command()(suggest)


@rules.callback()
def _rules() -> None:
    pass


@rules.command()
def check(
    folders: CheckedPacks = [],  # noqa: B006  never changed
    proofs: Annotated[bool, typer.Option("--proofs", help="List what could be deleted unnoticed, too.")] = False,
) -> None:
    """Hold every rule against its own examples, rejects and gaps; with packs, theirs too, and say which examples of
    planparse they have read otherwise."""
    from planparse.check import check_rules, taken_examples
    from planparse.model import RuleError
    from planparse.ruleset import in_force

    try:
        count, faults = check_rules()
    except RuleError as error:
        say(str(error))
        raise typer.Exit(SOME_FAILED) from None
    for fault in faults:
        say(fault)
    taken = list(taken_examples()) if in_force().packs else []
    for one in taken:
        say(f"{one.row}: {one.text!r} was read as {one.before}, with the packs as {one.after}")
    said = f", {len(taken)} examples taken" if in_force().packs else ""
    say(f"{count} rules, {len(faults)} faults{said}")
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


@rules.command("list")
def list_(
    words: Annotated[list[str], typer.Argument(metavar="[WORD]...", help="Only rows that hold these.")] = [],  # noqa: B006
    file: Annotated[str | None, typer.Option("--file", help="Only rows of this file: units, vetoes, lexicon …")] = None,
    rules: Packs = [],  # noqa: B006  never changed
) -> None:
    """Print the rows and words of the rules, a line each: file, id, pack, what it says."""
    from planparse.list_rows import list_rows

    found = [row for row in list_rows() if file in (None, row.file) and all(word in " ".join(row) for word in words)]
    put("".join("\t".join(row) + "\n" for row in found))
    raise typer.Exit(OK if found else SOME_FAILED)


@rules.command()
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a row, a unit, or a word.")],
    rules: Packs = [],  # noqa: B006  never changed
) -> None:
    """Print one row laid out: pattern, fields, examples, where it is used."""
    from difflib import get_close_matches

    from planparse.list_rows import list_rows, show_row

    text = show_row(id_)
    if text is None:
        close = get_close_matches(id_, [row.id for row in list_rows()], 1)
        usage(f"there is no row {id_!r}; " + (f"did you mean {close[0]}?" if close else "see `planparse rules list`"))
    put(text + "\n")


@rules.command()
def coverage(
    inputs: Inputs,
    rules: Packs = [],  # noqa: B006  never changed
    part: Annotated[str, typer.Option(help=f"Rules that decide this: {', '.join(PARTS)}.")] = "name",
    shapes: Annotated[int, typer.Option(metavar="N", help="How many shapes of the general reading are shown.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="All of it as JSON.")] = False,
) -> None:
    """How many records each construction and carry read in some documents, and the share that is right where gold
    (NAME.gold.jsonl) stands beside them or in gold/; then the shapes that only the general reading took."""
    from planparse.coverage import cover

    if part not in PARTS:
        usage(f"--part is one of {', '.join(PARTS)}, not {part!r}")
    unread: list[str] = []
    found = cover(_traces(inputs, unread), part)
    if as_json:
        import json
        from dataclasses import asdict

        put(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n")
    else:
        _put_coverage(found, shapes)
    if unread:
        say(f"planparse: the figures are without {len(unread)} of the inputs, which could not be read: see above")
        raise typer.Exit(SOME_FAILED)


def _traces(inputs: list[str], unread: list[str]) -> Iterator[tuple[Trace, Gold | None]]:
    """The documents as they are read, each with its gold where there is any; the names of the others are added to
    `unread`, each with a line that says why."""
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
            say(f"planparse: {given.name}: {error} [{error.code}]")
            unread.append(given.name)


def _put_coverage(found: Coverage, shapes: int) -> None:
    from planparse.write.sheet import Heading, Sheet, sheet_text

    names = ("rule", "records", "share", "judged", "right", "exact")
    rows: list[tuple[object, ...]] = [
        (rule, one.records, one.records / max(1, found.records), one.judged, *_shares(one.judged, one.right, one.exact))
        for rule, one in found.rules.items()
    ]
    put(sheet_text(Sheet("", tuple(Heading(name, name) for name in names), rows)))
    share = found.general / max(1, found.records)
    total = f"{found.records} records in {found.documents} documents; the general reading named {share:.1%} of them"
    put(f"\n{said(total)}\n")
    for shape in found.shapes[:shapes]:
        put(f"{shape.records:>5}  {shape.wrong:>3} wrong  {shape.shape}\n{'':18}{shape.example}\n")


def _shares(of: int, *parts: int) -> list[float | None]:
    return [part / of if of else None for part in parts]
