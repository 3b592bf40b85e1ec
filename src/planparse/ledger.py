"""The ledger: every number of a document is in a target, in a time that a target uses, or here with a reason."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Set
from itertools import chain

from planparse.model import Mentions, Reason, Span, Veto
from planparse.rules import having


def find_skipped(
    mentions: Mentions, vetoes: list[Veto], labels: list[Span], used: list[Span], undated: Set[Span]
) -> Iterator[Veto]:
    """What no target uses, in normal offsets and reading order: each number once, with the reason nearest to it.

    `undated` are times that a target uses, but that are no days.
    """
    taken = _Cover([*used, *labels])
    reasons = [*vetoes, *mentions.vetoes]
    said: dict[str, Reason] = having("reason", "times")
    for time in mentions.times:
        reason = "unresolved" if time.span in undated else said.get(time.rule, "date")
        reasons.append(Veto(time.span, reason, time.rule))
    covers = _Cover([v.span for v in reasons])
    yield from (Veto(span, "label", "split.label") for span in labels)
    reported: set[int] = set()
    for spot in chain.from_iterable(map(taken.without, mentions.spots)):
        index = covers.holding(spot)
        if index is None:
            yield Veto(spot, "unresolved", "ledger.unresolved")
            continue
        veto = reasons[index]
        if index not in reported:
            reported.add(index)
            yield veto
        if not (veto.span.start <= spot.start and spot.end <= veto.span.end):
            yield Veto(spot, veto.reason, veto.rule)


class _Cover:
    """Spans that may overlap, and which of them holds a given one."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = spans
        self.order = sorted(range(len(spans)), key=spans.__getitem__)
        self.starts = [spans[i].start for i in self.order]

    def holding(self, spot: Span) -> int | None:
        """The index of a span that shares a character with the spot; the one that begins last, if several do."""
        last = bisect_right(self.starts, spot.end - 1) - 1
        for k in range(last, max(-1, last - 8), -1):
            if self.spans[self.order[k]].end > spot.start:
                return self.order[k]
        return None

    def without(self, spot: Span) -> Iterator[Span]:
        """What these spans leave of a spot: of 1.2025 its 1, where the year is taken."""
        held = self.holding(spot)
        if held is None:
            yield spot
            return
        span = self.spans[held]
        if spot.start < span.start:
            yield from self.without(Span(spot.start, span.start))
        if span.end < spot.end:
            yield from self.without(Span(span.end, spot.end))
