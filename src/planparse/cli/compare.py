"""`planparse diff` and `planparse fulfil`: two documents side by side."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from planparse.cli.console import (
    SOME_FAILED,
    Packs,
    RaisedLimits,
    check_output,
    put,
    raise_limits,
    read_results,
    refuse_inputs,
    report,
    say,
    usage,
)

if TYPE_CHECKING:
    from planparse.compare import Comparison
    from planparse.limits import Limits
    from planparse.model import Document

SAME, DIFFERS, TROUBLE = 0, 1, 2
FORMATS = ("json", "csv", "xlsx", "html", "table")

Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where to write; the suffix is the format.")]
Form = Annotated[str | None, typer.Option("--format", "-f", help="json, csv, xlsx, html or table.")]
Only = Annotated[
    str,
    typer.Option(metavar="A,B", help="Only rows with these verdicts: missed,unclear; 'differs' is all but agreement."),
]
Columns = Annotated[str, typer.Option(metavar="A,B", help="Columns of CSV and XLSX, in order, by either header.")]
ReviewLink = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="The review page of both documents, which the HTML leads to.")
]
Headers = Annotated[str, typer.Option(help="Headers of CSV and XLSX: en or zh.")]


def diff(
    one: Annotated[str, typer.Argument(metavar="A", help="The earlier document, or its extract -f json.")],
    two: Annotated[str, typer.Argument(metavar="B", help="The later one, or that of another place.")],
    status: Annotated[str, typer.Option(help="Compare what is planned or what is achieved.")] = "planned",
    only: Only = "",
    columns: Columns = "",
    review_link: ReviewLink = None,
    output: Output = None,
    form: Form = None,
    headers: Headers = "en",
    limit: RaisedLimits = [],  # noqa: B006  never changed
    rules: Packs = [],  # noqa: B006  never changed
) -> None:
    """Compare the targets of two documents. Exit status: 0 the same, 1 they differ, 2 trouble."""
    from planparse.compare import diff as compare

    check_output(output)
    form = _choose_format(form, output, headers)
    refuse_inputs(output, (one, two))
    if status not in ("planned", "achieved"):
        usage(f"--status is planned or achieved, not {status!r}")
    wanted: Literal["planned", "achieved"] = "planned" if status == "planned" else "achieved"
    limits = raise_limits(limit)
    shown = _Shown("unchanged", _verdicts(only, "unchanged"), _columns(columns, "diff", form), review_link)
    _finish(compare(_read(one, limits), _read(two, limits), wanted), shown, form, output, headers)


def fulfil(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The document that planned, or its extract -f json.")],
    achieved: Annotated[str, typer.Argument(metavar="REPORT", help="The later document that reports.")],
    only: Only = "",
    columns: Columns = "",
    review_link: ReviewLink = None,
    output: Output = None,
    form: Form = None,
    headers: Headers = "en",
    limit: RaisedLimits = [],  # noqa: B006  never changed
    rules: Packs = [],  # noqa: B006  never changed
) -> None:
    """Hold what was planned against what is reported. Exit status: 0 all kept, 1 not all, 2 trouble."""
    from planparse.compare import fulfil as compare

    check_output(output)
    form = _choose_format(form, output, headers)
    refuse_inputs(output, (plan, achieved))
    limits = raise_limits(limit)
    shown = _Shown("kept", _verdicts(only, "kept"), _columns(columns, "fulfil", form), review_link)
    _finish(compare(_read(plan, limits), _read(achieved, limits)), shown, form, output, headers)


class _Shown(NamedTuple):
    """What of a comparison is shown: the verdicts and columns that are asked for, and links; `agreed` is agreement."""

    agreed: str
    verdicts: frozenset[str]
    columns: list[str]
    review_link: str | None


def _verdicts(given: str, agreed: str) -> frozenset[str]:
    """The verdicts that --only names; none for all."""
    from planparse.compare.rows import ZH

    names = {name.strip() for name in given.split(",") if name.strip()}
    unknown = sorted(names - {*ZH, *ZH.values(), "differs"})
    if unknown:
        usage(f"--only knows no verdict {unknown[0]!r}; the verdicts are {', '.join(ZH)}, or differs")
    found = {name for name, zh in ZH.items() if {name, zh} & names}
    return frozenset(found | ({name for name in ZH if name != agreed} if "differs" in names else set()))


def _columns(given: str, kind: str, form: str) -> list[str]:
    from planparse.compare.rows import choose_columns

    names = [name.strip() for name in given.split(",") if name.strip()]
    if names and form not in ("csv", "xlsx"):
        usage("--columns is for CSV and XLSX")
    try:
        choose_columns(kind, names)
    except ValueError as error:
        usage(str(error))
    return names


def _read(given: str, limits: Limits) -> Document:
    """The one Document that an argument means, or an exit."""
    try:
        documents = read_results(given, limits)
    except typer.Exit:
        raise typer.Exit(TROUBLE) from None
    if report(documents):
        raise typer.Exit(TROUBLE)
    if len(documents) != 1:
        say(f"planparse: {given}: holds {len(documents)} documents; name the one to compare")
        raise typer.Exit(TROUBLE)
    return documents[0]


def _choose_format(form: str | None, output: Path | None, headers: str) -> str:
    if headers not in ("en", "zh"):
        usage(f"--headers is en or zh, not {headers!r}")
    if form is None and output is not None and str(output) != "-":
        form = output.suffix.lower().removeprefix(".")
    if form is not None and (form not in FORMATS or (form == "table" and output is not None)):
        usage(f"there is no format {form!r} to write; the formats are {', '.join(FORMATS[:-1])}")
    if form == "xlsx" and output is None and sys.stdout.isatty():
        usage("xlsx is not for a terminal; use -o comparison.xlsx")
    return form or ("table" if sys.stdout.isatty() and output is None else "json")


def _finish(whole: Comparison, shown: _Shown, form: str, output: Path | None, headers: str) -> None:
    """Writes a comparison and ends with the status that says whether every row agrees."""
    rows = [row for row in whole.rows if not shown.verdicts or row.verdict in shown.verdicts]
    comparison = replace(whole, rows=rows)
    if form == "table":
        from rich.console import Console

        from planparse.compare.to_table import print_comparison

        print_comparison(comparison, Console())
    else:
        try:
            put(_render(comparison, shown, form, bom=str(output or "-") != "-", zh=headers == "zh"), output)
        except typer.Exit as stop:
            raise typer.Exit(TROUBLE if stop.exit_code == SOME_FAILED else stop.exit_code) from None
    raise typer.Exit(SAME if all(row.verdict == shown.agreed for row in whole.rows) else DIFFERS)


def _render(comparison: Comparison, shown: _Shown, form: str, *, bom: bool, zh: bool) -> str | bytes:
    if form == "html":
        from planparse.compare.to_html import to_html

        return to_html(comparison, review_link=shown.review_link)
    if form == "csv":
        from planparse.write.sheet import sheet_csv

        return sheet_csv(comparison.sheet(shown.columns, zh=zh), bom=bom, zh=zh)
    if form == "xlsx":
        from planparse.write.sheet import sheet_xlsx

        return sheet_xlsx(comparison.sheet(shown.columns, zh=zh), zh=zh)
    from planparse.compare.to_json import to_json

    return to_json(comparison)
