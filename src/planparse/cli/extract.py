"""`planparse extract`: the targets of documents, in any format."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import (
    OK,
    SOME_FAILED,
    Inputs,
    OcrMode,
    Packs,
    RaisedLimits,
    check_ocr,
    put,
    raise_limits,
    read_all,
    refuse_inputs,
    report,
    say,
    usage,
)
from planparse.cli.outcome import DryRun, Exclude, FailuresFile, Outcome, Strict, say_unread
from planparse.cli.output import (
    Bom,
    Columns,
    Corrections,
    Form,
    Headers,
    NoColor,
    Output,
    Pretty,
    ReviewLink,
    Sort,
    WithPages,
    Writer,
    take_up,
)
from planparse.cli.selection import Indicators, Kinds, Sections, Statuses, Where, make_selection
from planparse.limits import ALONE, Budget

if TYPE_CHECKING:
    from planparse.inputs import Input
    from planparse.model import Document
    from planparse.select import Selection

BATCH = Budget()
PARTS = (
    "json",
    "jsonl",
    "csv",
    "csv.gz",
    "parquet",
    "sqlite",
)  # formats that are put together from parts, one a document


def extract(
    context: typer.Context,
    inputs: Inputs = [],  # noqa: B006  never changed
    output: Output = None,
    form: Form = None,
    bom: Bom = None,
    headers: Headers = "en",
    rules: Packs = [],  # noqa: B006  never changed
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Records below this go to the ledger as unresolved.")
    ] = 0,
    columns: Columns = "",
    limit: RaisedLimits = [],  # noqa: B006  never changed
    max_characters: Annotated[
        int | None, typer.Option(help="Refuse longer documents; short for --limit max_characters=VALUE.", min=1)
    ] = None,
    ocr: OcrMode = "auto",
    review_link: ReviewLink = None,
    sort: Sort = "place",
    corrections: Corrections = [],  # noqa: B006  never changed
    against: Annotated[
        str | None, typer.Option(metavar="JSON", help="Another reviewer's JSON: the page shows where they differ.")
    ] = None,
    with_pages: WithPages = False,
    pretty: Pretty = False,
    no_color: NoColor = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes (default: the cores).")] = None,
    timeout: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            help="Seconds that a document may take (default: 300 in a batch, else 1,800).",
        ),
    ] = None,
    memory: Annotated[int, typer.Option(min=200, help="Megabytes that a document may take.")] = BATCH.megabytes,
    fresh: Annotated[bool, typer.Option("--fresh", help="Do not go on where an earlier run stopped.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what failed.")] = False,
    progress: Annotated[bool, typer.Option(help="Show how far a batch is.")] = True,
    engine: Annotated[str, typer.Option(help="local, or ray: many machines, Parquet into a folder.")] = "local",
    address: Annotated[str | None, typer.Option(help="Of a Ray cluster (default: this machine).")] = None,
    status: Statuses = "",
    kind: Kinds = "",
    indicator: Indicators = "",
    section: Sections = "",
    where: Where = "",
    exclude: Exclude = [],  # noqa: B006  never changed
    dry_run: DryRun = False,
    strict: Strict = False,
    failures: FailuresFile = None,
) -> None:
    """Extract the targets of documents; as html, a page to check and correct them in a browser."""
    from planparse.inputs import find_inputs

    output = None if output == "-" else output
    mode, selection = check_ocr(ocr), make_selection(status, kind, indicator, section, where)
    outcome = Outcome(strict=strict, file=failures)
    limits = raise_limits(limit if max_characters is None else [*limit, f"max_characters={max_characters}"])
    if engine == "ray":
        from planparse.cli.batch import extract_on_ray

        if selection or exclude or dry_run or strict or failures:
            usage("--engine ray writes all records of all documents; choose among them afterwards")
        if output is None or form not in (None, "parquet"):
            usage("--engine ray writes Parquet into the folder that -o names")
        raise typer.Exit(
            extract_on_ray(
                inputs,
                output,
                address=address,
                budget=Budget(timeout or BATCH.seconds, memory),
                min_confidence=min_confidence,
                limits=limits,
            )
        )
    if engine != "local":
        usage(f"--engine is local or ray, not {engine!r}")
    writer = Writer.of(context)
    if corrections and writer.in_folder:
        usage(f"--corrections goes into one file, and {output} is a folder; name the file")
    found = list(find_inputs(inputs, exclude))
    refuse_inputs(output, [*(given.path for given in found), *corrections])
    if dry_run:
        raise typer.Exit(_list_inputs(found, inputs))
    if writer.in_folder or (writer.form in PARTS and len(found) > 1 and not corrections):
        from planparse.batch.parts import Options
        from planparse.cli.batch import extract_batch
        from planparse.ruleset import in_force

        options = Options(
            form=writer.form,
            alone=writer.in_folder,
            style=writer.style,
            min_confidence=min_confidence,
            selection=selection,
            ocr=mode,
            limits=limits,
            packs=in_force().packs,
            password=os.environ.get("PLANPARSE_PASSWORD"),
        )
        folders = [given for given in inputs if os.path.isdir(given)]
        budget = Budget(timeout or BATCH.seconds, memory)
        raise typer.Exit(
            extract_batch(
                found,
                folders,
                output,
                options,
                jobs=jobs,
                budget=budget,
                fresh=fresh,
                quiet=quiet,
                progress=progress,
                outcome=outcome,
            )
        )
    documents = take_up(list(read_all(found, mode, limits, Budget(timeout or ALONE.seconds, memory))), corrections)
    documents = _select(documents, selection, min_confidence)
    writer.write(documents, ["planparse", "extract", *inputs])
    exit_status = report(documents)
    outcome.note_all(documents)
    say_unread(inputs)
    raise typer.Exit(outcome.finish(exit_status))


def _list_inputs(found: list[Input], given: list[str]) -> int:
    """Prints what would be read, and says what would not; the exit status."""
    for one in found:
        if one.error is None:
            put(f"{one.name}\n")
        else:
            say(f"planparse: {one.name}: {one.error} [{one.error.code}]")
    say_unread(given)
    return SOME_FAILED if any(one.error for one in found) or not found else OK


def _select(documents: list[Document], selection: Selection, min_confidence: float) -> list[Document]:
    """Of what was read in this process, all in memory, the records that are asked for."""
    if min_confidence:
        documents = [document.with_confidence(min_confidence) for document in documents]
    return [selection.of(document) for document in documents]
