"""What assembly makes: a record, with the rule behind each decision that made it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from planparse.assemble.evidence import Evidence
from planparse.dates import Days
from planparse.model import Binding, Change, Comparator, Kind, Node, Place, Sentence, Span, Status, TimeMention

Decision = Literal["name", "owner", "comparator", "change", "per", "time", "status", "unit"]


class Said(NamedTuple):
    """Why something was decided: the id of a rule, construction, carry or scope, and the words it was read from."""

    rule: str
    span: Span | None = None


class Dated(NamedTuple):
    """A time that governs, its days, and by which scope it reaches: the sentence, the paragraph, a heading."""

    mention: TimeMention
    days: Days
    scope: str = "time.sentence"


@dataclass(slots=True)
class Record:
    """A target in normal offsets, before pages, ids and the canonical name are added; `why` holds its reasons,
    `evidence` what spoke for and against its status."""

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
    binding: Binding | None = None
    responsible: list[str] = field(default_factory=list)
    cell: Place | None = None
    why: dict[Decision, Said] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
