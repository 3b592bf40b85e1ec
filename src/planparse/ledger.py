"""The ledger: every number of a document is in a target, in a time that a target uses, or here with a reason."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from planparse.model import Mentions, NormalText, Reason, Span, Veto

_TIME_REASONS: dict[str, Reason] = {
    "time.plan": "period",
    "time.plan-end": "period",
    "time.years": "period",
    "time.past-years": "period",
    "time.coming-years": "period",
}


def find_skipped(
    normal: NormalText,
    mentions: Mentions,
    vetoes: list[Veto],
    labels: list[Span],
    used: list[Span],
) -> Iterator[Veto]:
    """What no target uses, in normal offsets and reading order: each number once, with the reason nearest to it."""
    taken = _Cover(used)
    labelled = _Cover(labels)
    reasons = [*vetoes, *mentions.vetoes]
    reasons += [Veto(t.span, _TIME_REASONS.get(t.rule, "date"), t.rule) for t in mentions.times]
    covers = _Cover([v.span for v in reasons])
    reported: set[int] = set()
    named: set[int] = set()
    for spot in mentions.spots:
        if taken.holding(spot) is not None:
            continue
        label = labelled.holding(spot)
        if label is not None:
            if label not in named:
                named.add(label)
                yield Veto(labels[label], "label", "split.label")
            continue
        index = covers.holding(spot)
        if index is None:
            yield Veto(spot, "unresolved", "ledger.unresolved")
        elif index not in reported:
            reported.add(index)
            yield reasons[index]


class _Cover:
    """Spans that may overlap, and which of them holds a given one."""

    def __init__(self, spans: list[Span]) -> None:
        order = sorted(range(len(spans)), key=lambda i: spans[i])
        self.order = order
        self.starts = [spans[i].start for i in order]
        self.spans = [spans[i] for i in order]

    def holding(self, spot: Span) -> int | None:
        """The index of a span that shares a character with the spot; the one that begins last, if several do."""
        i = bisect_right(self.starts, spot.end - 1) - 1
        for k in range(i, max(-1, i - 8), -1):
            if self.spans[k].end > spot.start:
                return self.order[k]
        return None
