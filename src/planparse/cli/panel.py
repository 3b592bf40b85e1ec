"""`planparse panel`: many documents side by side."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planparse.cli.console import (
    SOME_FAILED,
    Inputs,
    Packs,
    RaisedLimits,
    check_output,
    put,
    raise_limits,
    read_results,
    refuse_inputs,
    report,
    say,
    trouble,
    usage,
)
from planparse.cli.output import ReviewLink, check_headers
from planparse.cli.selection import Kinds, Sections, Where, make_selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from planparse.panels import Panel

FORMATS = ("xlsx", "csv", "parquet", "html")


def panel(
    inputs: Inputs = [],  # noqa: B006  never changed
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="NAME.xlsx, .csv, .parquet, or .html: a table and a chart.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", "-f", help="xlsx, csv, parquet or html.")] = None,
    indicators: Annotated[
        str, typer.Option(metavar="A,B", help="Ids or Chinese names, in order: gdp-growth,粮食产量 (default: all).")
    ] = "",
    years: Annotated[str, typer.Option(metavar="YEARS", help="2026, 2021-2025 or 2026,2030 (default: all).")] = "",
    status: Annotated[str, typer.Option(help="planned, achieved or both.")] = "both",
    kind: Kinds = "",
    section: Sections = "",
    where: Where = "",
    wide: Annotated[bool, typer.Option("--wide", help="CSV and Parquet: a row a document instead of a cell.")] = False,
    headers: Annotated[str, typer.Option(help="Headers and page: en or zh.")] = "en",
    review_link: ReviewLink = None,
    limit: RaisedLimits = [],  # noqa: B006  never changed
    rules: Packs = [],  # noqa: B006  never changed
) -> None:
    """Lay documents side by side: places and years down, indicators across, each cell with its sentence.

    planparse panel reports/*.pdf --indicators gdp-growth,urban-new-jobs --years 2026 -o panel.xlsx
    """
    check_output(output)
    form = _choose_format(form, output)
    check_headers(headers)
    if wide and form not in ("csv", "parquet"):
        usage("--wide is for CSV and Parquet; XLSX and HTML are wide already")
    selection = make_selection(kind=kind, section=section, where=where)
    wanted_years, statuses = _parse_years(years), _parse_status(status)
    from planparse.model import PlanparseError
    from planparse.panels import make_panel
    from planparse.panels.table import find_wanted

    names = [name.strip() for name in indicators.split(",") if name.strip()]
    try:
        for name in names:
            find_wanted(name)
    except PlanparseError as error:
        usage(str(error))
    limits = raise_limits(limit)
    refuse_inputs(output, inputs)
    documents = [document for given in inputs for document in read_results(given, limits, records_only=True)]
    exit_status = report(documents)
    read = [selection.of(document) for document in documents if document.status != "failed"]
    made = make_panel(read, names, years=wanted_years, statuses=statuses)
    from planparse.panels.render import render_panel

    zh = headers == "zh"
    try:
        content = render_panel(made, form, wide=wide, zh=zh, bom=str(output or "-") != "-", review_link=review_link)
    except PlanparseError as error:
        trouble(str(output or "standard output"), error)
    put(content, output)
    _say_summary(made)
    raise typer.Exit(exit_status if made.entries else SOME_FAILED)


def _choose_format(form: str | None, output: Path | None) -> str:
    if form is None:
        form = "csv" if output is None or str(output) == "-" else output.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        usage(f"there is no format {form!r} for a panel; the formats are {', '.join(FORMATS)}")
    if form in ("xlsx", "parquet") and output is None and sys.stdout.isatty():
        usage(f"{form} is not for a terminal; use -o panel.{form}")
    if form == "parquet":
        from planparse.model import PlanparseError
        from planparse.write import COLUMNS
        from planparse.write.to_parquet import arrow_schema

        try:
            arrow_schema(COLUMNS)
        except PlanparseError as error:  # now, not when everything has been read
            usage(str(error))
    return form


def _parse_years(given: str) -> Callable[[int], bool]:
    """Whether a year is asked for: 2026, 2021-2025, 2026,2030."""
    spans = []
    for part in filter(None, re.split(r"[,，、\s]+", given)):
        match = re.fullmatch(r"(\d{4})(?:[-–—](\d{4}))?", part)
        if match is None:
            usage(f"--years is 2026, 2021-2025 or 2026,2030, not {given!r}")
        spans.append((int(match[1]), int(match[2] or match[1])))
    return lambda year: not spans or any(first <= year <= last for first, last in spans)


def _parse_status(given: str) -> list[Literal["planned", "achieved"]]:
    if given not in ("planned", "achieved", "both"):
        usage(f"--status is planned, achieved or both, not {given!r}")
    return ["planned", "achieved"] if given == "both" else [given]  # type: ignore[list-item]


def _say_summary(made: Panel) -> None:
    without = sum(entry.origin.place is None for entry in made.entries)
    say(
        f"planparse: {len(made.entries)} documents, {len({c.measure.indicator for c in made.cells})} indicators, "
        f"{len(made.cells)} cells, {len(made.gaps)} gaps"
        + (f"; {without} documents name no place and stand under their title" if without else "")
    )
