"""What a person must look at: numbers and times that could not be read for certain, each named with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter

from planparse.model import NormalText, Source, Span, Target, Veto, Warning
from planparse.rules import rules
from planparse.ruleset import per_ruleset

SHOWN = 5  # of the same kind on a page; the ledger has them all
_WHY = {
    "split-number": "{} may be one number or two; left unresolved",
    "letter-in-number": "{} has a letter where a digit may be meant; left unresolved",
    "doubtful-text": "{} holds a character of the writer's own font between digits; left unresolved",
    "time-not-understood": "{} dates what stands there, but not to a day that is known; left undated",
    "table-not-read": "the table that begins with {} has amounts of which no head says what they are; left unresolved",
    "deadline-passed": "{} is planned by a day before the document's own; check its time, and whether it is planned",
}


@per_ruleset
def _code_of() -> dict[str, str]:
    """The code of the warning that a number taken by a rule deserves."""
    return {rule.id: rule["warning"] for rule in rules("vetoes") if rule["warning"]}


def doubtful_numbers(vetoes: Iterable[Veto], normal: NormalText, source: Source) -> list[Warning]:
    """A warning for the numbers of each page that may be read in two ways, or not at all."""
    found, codes = [], _code_of()
    for veto in vetoes:
        if code := codes.get(veto.rule):
            span = normal.source_span(*veto.span)
            found.append((code, span.start, source.text[span.start : span.end]))
    return list(_by_page(found, source))


def doubtful_times(
    undated: Mapping[int, str], targets: Iterable[Target], issued: date | None, source: Source
) -> list[Warning]:
    """A warning for the times of each page that are `undated`, by their offset, and for deadlines in the past."""
    found = [("time-not-understood", start, text) for start, text in undated.items()]
    found += [("deadline-passed", target.start, target.quote) for target in targets if _is_late(target, issued)]
    return list(_by_page(found, source))


def unread_tables(starts: Iterable[Span], source: Source) -> list[Warning]:
    """A warning for the tables of each page that no record was read of, by their first cells."""
    found = [("table-not-read", cell.start, source.text[cell.start : cell.end]) for cell in starts]
    return list(_by_page(found, source))


def _is_late(target: Target, issued: date | None) -> bool:
    time = target.time
    known = issued is not None and time is not None and time.end is not None and time.basis == "explicit"
    return known and target.status == "planned" and time.end < issued  # type: ignore[union-attr, operator]


def _by_page(found: list[tuple[str, int, str]], source: Source) -> Iterator[Warning]:
    """One warning for all that has one code on one page, or in the whole of a document without pages."""
    placed = sorted((code, source.page_at(start) or 0, start, text) for code, start, text in found)
    for (code, page), group in groupby(placed, key=itemgetter(0, 1)):
        members = list(group)
        shown = ", ".join(_shown(source, start, text) for _, _, start, text in members[:SHOWN])
        more = f" and {len(members) - SHOWN} more" if len(members) > SHOWN else ""
        where = f"page {page}: " if page else ""
        yield Warning(code=code, message=where + _WHY[code].format(shown + more), page=page or None)


def _shown(source: Source, start: int, text: str) -> str:
    words = " ".join(text.split())
    return f"“{words}”" if source.page_starts else f"“{words}” (line {source.text.count(chr(10), 0, start) + 1})"
