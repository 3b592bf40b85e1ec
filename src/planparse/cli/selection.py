"""The options that choose records: the same words for every command that has records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from planparse.cli.console import usage

if TYPE_CHECKING:
    from planparse.select import Selection

Statuses = Annotated[str, typer.Option("--status", help="Only these records: planned or achieved.")]
Kinds = Annotated[str, typer.Option("--kind", metavar="A,B", help="Only records of these kinds: percentage,money …")]
Indicators = Annotated[
    str, typer.Option("--indicator", metavar="A,B", help="Only these indicators: ids, Chinese names or parts of names.")
]
Sections = Annotated[
    str, typer.Option("--section", metavar="A,B", help="Only records of these sections: 三, 三>2, words of a heading.")
]
Where = Annotated[
    str,
    typer.Option(
        "--where", metavar="CONDITION", help="Only records of which it holds: \"value >= 90 and unit == '%'\"."
    ),
]


def make_selection(
    status: str = "", kind: str = "", indicator: str = "", section: str = "", where: str = ""
) -> Selection:
    """The checked selection, or an exit with the reason."""
    from planparse.model import Kind, PlanparseError, Status
    from planparse.select import Selection, read_condition

    statuses, kinds, indicators, sections = map(_parts, (status, kind, indicator, section))
    for option, given, known in (("--status", statuses, get_args(Status)), ("--kind", kinds, get_args(Kind))):
        for word in given:
            if word not in known:
                usage(f"{option} is one of {', '.join(known)}, not {word!r}")
    try:
        if where:
            read_condition(where)
    except PlanparseError as error:
        usage(str(error))
    return Selection(statuses, kinds, indicators, sections, where)


def _parts(given: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in given.split(",") if word.strip())
