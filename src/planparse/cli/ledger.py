"""`planparse ledger`: the numbers of documents that are no targets, each with the reason and its sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from planparse.cli.console import OK, Inputs, Packs, RaisedLimits, put, raise_limits, read_all, report, say, usage

if TYPE_CHECKING:
    from planparse.model import Document, Skipped

ENDS = "。！？；\n\r\t"
WIDEST = 60  # characters of a sentence to either side


def ledger(
    inputs: Inputs,
    reason: Annotated[
        list[str], typer.Option("--reason", help="Only those with this reason: unresolved, name, slogan …")
    ] = [],  # noqa: B006  never changed
    rules: Packs = [],  # noqa: B006  never changed
    limit: RaisedLimits = [],  # noqa: B006  never changed
) -> None:
    """Print the numbers that are no targets: where, what, why, by which rule, and the sentence."""
    from planparse.inputs import find_inputs
    from planparse.model import Reason

    if unknown := next((one for one in reason if one not in get_args(Reason)), None):
        usage(f"there is no reason {unknown!r}; the reasons are {', '.join(get_args(Reason))}")
    documents = list(read_all(find_inputs(inputs), limits=raise_limits(limit)))
    counts = Counter[str]()
    for document in documents:
        for entry in document.skipped:
            if not reason or entry.reason in reason:
                counts[entry.reason] += 1
                put(_line(document, entry, several=len(documents) > 1))
    say(_summary(counts))
    failed = [document for document in documents if document.status == "failed"]
    raise typer.Exit(report(failed) if failed else OK)


def _summary(counts: Counter[str]) -> str:
    """How many entries there are of each reason, in the language of the reader."""
    from planparse.messages import language
    from planparse.write.terms import REASON

    if language() == "zh":
        return "，".join(f"{REASON.get(name, name)} {count}" for name, count in counts.most_common()) or "没有"
    return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none"


def _line(document: Document, entry: Skipped, *, several: bool) -> str:
    quote = " ".join(entry.quote.split())
    fields = (str(entry.start), quote, entry.reason, entry.rule, sentence_at(document.text, entry.start, entry.end))
    return "\t".join([document.document.source, *fields] if several else fields) + "\n"


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around a stretch of a text, cut where it is long.

    >>> sentence_at("甲。新增学位800个，完工。丙", 6, 10)
    '新增学位800个，完工。'
    """
    first = max(text.rfind(mark, 0, start) for mark in ENDS) + 1
    last = min((place + 1 for mark in ENDS if (place := text.find(mark, end)) >= 0), default=len(text))
    return " ".join(text[max(first, start - WIDEST) : min(last, end + WIDEST)].split())
