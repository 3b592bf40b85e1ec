"""One sentence with what the rules found in it, and the records made from it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from planparse.assemble.bounds import find_regular
from planparse.assemble.confidence import Guess
from planparse.assemble.timing import Dated
from planparse.model import Change, Comparator, Kind, Node, Quantity, Sentence, Span, Status, TimeMention


@dataclass(slots=True)
class Record:
    """A target in normal offsets, before pages, ids and the canonical name are added."""

    span: Span
    kind: Kind
    status: Status
    indicator: str
    rule: str
    sentence: Sentence
    path: list[Node]
    comparator: Comparator = "="
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    action: str | None = None
    change: Change | None = None
    baseline: Decimal | None = None
    baseline_text: str | None = None
    per: str | None = None
    dated: Dated | None = None
    responsible: list[str] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)


@dataclass(slots=True)
class Scene:
    """One sentence with what the rules found in it."""

    text: str
    sentence: Sentence
    path: list[Node]
    quantities: list[Quantity]
    times: list[TimeMention]
    before: Sentence | None = None
    since: int = 0  # where the sentence begins that this one goes on with after a ；
    excluded: list[Span] = field(default_factory=list)
    earlier: Record | None = None  # the last of the paragraph before this sentence
    last: Record | None = None
    named: list[str] = field(default_factory=list)  # by the records so far, one after another
    baselines: dict[Span, Quantity] = field(default_factory=dict)

    def holes(self, begin: int, end: int) -> list[Span]:
        """What interrupts the name before a number: times, and 每年 and its like."""
        return sorted([*(t.span for t in self.times), *self.excluded, *find_regular(self.text, begin, end)])
