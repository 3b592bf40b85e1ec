"""`planparse explain`: how a number of a document was read, in Chinese or English, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import OneInput, Packs, RaisedLimits, put, raise_limits, read_source, trouble, usage

if TYPE_CHECKING:
    from planparse.explain import Explanation


def explain(
    source: OneInput,
    at: Annotated[
        int | None, typer.Option(metavar="OFFSET", help="The number at this offset of what `planparse text` prints.")
    ] = None,
    id_: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="The record with this id, or its start.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
    limit: RaisedLimits = [],  # noqa: B006  never changed
    rules: Packs = [],  # noqa: B006  never changed
) -> None:
    """Explain how a number was read: the readings that were possible, and why one was taken; without --at and --id,
    every number of the document on a line each."""
    if at is not None and id_ is not None:
        usage("--at and --id name one number each; give one of them")
    from planparse.explain import explain_all, explain_at, explain_id
    from planparse.messages import language
    from planparse.model import PlanparseError
    from planparse.pipeline import trace

    traced = trace(read_source(source, raise_limits(limit)))
    try:
        one = explain_at(traced, at) if at is not None else explain_id(traced, id_) if id_ is not None else None
    except PlanparseError as error:
        trouble(source, error)
    _put(explain_all(traced) if one is None else one, language(), as_json)


def _put(said: list[Explanation] | Explanation, language: str, as_json: bool) -> None:
    from planparse.explain.to_text import line, text
    from planparse.write.to_json import as_json as plain

    if as_json:
        import json

        put(json.dumps(plain(said), ensure_ascii=False, indent=1) + "\n")
    elif isinstance(said, list):
        put("".join(line(one, language) + "\n" for one in said))
    else:
        put(text(said, language))
