"""Every type that crosses a stage, and the errors.

Offsets are code points and end-exclusive, always. `Span`s inside the pipeline count in the normal text; what is
written counts in the source text, the one that `planparse text` prints.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    import pandas

SCHEMA_VERSION = "1"

Status = Literal["planned", "achieved"]
Kind = Literal[
    "percentage",
    "percentage_point",
    "ratio",
    "count",
    "money",
    "measure",
    "duration",
    "rank",
    "score",
    "coverage",
    "milestone",
]
Comparator = Literal["=", ">=", "<=", ">", "<", "~", "range"]
Change = Literal["increase", "decrease"]
Binding = Literal["binding", "expected"]
Reason = Literal[
    "date",
    "period",
    "ordinal",
    "label",
    "slogan",
    "name",
    "age",
    "grade",
    "document-number",
    "phone",
    "structure",
    "indefinite",
    "redacted",
    "page-furniture",
    "unresolved",
    "rejected",
]
Verdict = Literal["accepted", "edited", "added", "rejected"]
DocumentStatus = Literal["ok", "partial", "failed"]
Ocr = Literal["auto", "always", "never"]
"""Which pages are recognised from their picture: those without a text layer, all, or none."""


# ---------------------------------------------------------------- errors


class PlanparseError(Exception):
    """What went wrong with one input: a stable `code`, and a message that names what to do next."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class ReadError(PlanparseError):
    """The input could not be read as text; nothing of it was extracted."""

    code = "unreadable"


class RuleError(PlanparseError):
    """A rule file is wrong: which file, which rule, and what about it."""

    code = "bad-rule"


# ---------------------------------------------------------------- read


LOOK_AT = frozenset(
    ("doubtful-text", "split-number", "letter-in-number", "time-not-understood", "deadline-passed", "table-not-read")
)
"""The codes of warnings about what was read, and is for a person to look at."""
LOST = frozenset({"repaired", "embedded-file", "picture-not-read"})
"""The codes of warnings that a part of the document is missing, whatever page it is on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    """Something a reader of the output must know: a stable code, a sentence, and the page when there is one."""

    code: str
    message: str
    page: int | None = None

    @property
    def missing_text(self) -> bool:
        """Whether it says that a part of the document could not be read."""
        return self.code in LOST or (self.page is not None and self.code not in LOOK_AT)


class Span(NamedTuple):
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class Cell(NamedTuple):
    """One cell of a table: its text as written and where that stands in the source text, `rest` where it goes on."""

    text: str
    start: int
    end: int
    rest: tuple[Span, ...] = ()


class Table(NamedTuple):
    """A grid of cells in source offsets; None where a merged cell leaves a gap."""

    rows: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: the verbatim text that offsets count in, where its pages start, and its tables.

    `furniture` is what is no part of the words: running heads and feet that the place on the page gave away, the marks
    of Markdown. `recognised` was read from a picture, `doubtful` are figures in that which are hard to read.
    """

    name: str
    text: str
    media_type: str
    sha256: str
    page_starts: tuple[int, ...] = ()
    tables: tuple[Table, ...] = ()
    encoding: str | None = None
    warnings: tuple[Warning, ...] = ()
    furniture: tuple[Span, ...] = ()
    recognised: tuple[Span, ...] = ()
    doubtful: tuple[Span, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page, from 1, that an offset stands on; None where the format has no pages."""
        if not self.page_starts:
            return None
        return max(1, sum(start <= offset for start in self.page_starts))

    def is_recognised(self, offset: int) -> bool:
        """Whether what stands at an offset was read from a picture."""
        return any(span.start <= offset < span.end for span in self.recognised)

    def is_doubtful(self, span: Span) -> bool:
        """Whether a figure in a stretch of the text is hard to read in the picture."""
        return any(span.overlaps(figure) for figure in self.doubtful)


# ---------------------------------------------------------------- normalise


class NormalText(NamedTuple):
    """The text without wraps, page furniture and stray spaces: one paragraph a line.

    It is made of runs that stand in the source as they are: run i begins at `starts[i]`, and at `places[i]` in the
    source. `furniture` are source spans that were left out as page numbers and running heads.
    """

    text: str
    starts: Sequence[int]
    places: Sequence[int]
    source: str
    furniture: tuple[Span, ...] = ()
    table_spans: tuple[Span, ...] = ()

    def place(self, at: int) -> int:
        """Where character `at` stands in the source."""
        run = bisect_right(self.starts, at) - 1
        return self.places[run] + at - self.starts[run]

    def source_span(self, start: int, end: int) -> Span:
        """Where text[start:end] stands in the source."""
        starts, places = self.starts, self.places
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        return Span(places[first] + start - starts[first], places[last] + end - starts[last])

    def before(self, place: int) -> int:
        """The last character that stands before a place of the source, or the first of all."""
        run = max(0, bisect_left(self.places, place) - 1)
        end = self.starts[run + 1] if run + 1 < len(self.starts) else len(self.text)
        return min(self.starts[run] + max(0, place - 1 - self.places[run]), end - 1) if self.starts else 0

    def paragraphs(self) -> Iterator[Span]:
        """Where each line of the text, a paragraph, stands in the source."""
        start = 0
        for line in self.text.splitlines(keepends=True):
            yield self.source_span(start, start + max(1, len(line) - 1))
            start += len(line)

    def as_written(self, start: int, end: int) -> str:
        """The source's own characters for text[start:end], without the wraps and spaces between them."""
        starts, places, source = self.starts, self.places, self.source
        run, last = bisect_right(starts, start), bisect_left(starts, end)
        place = places[run - 1] + start - starts[run - 1]
        if run >= last:
            return source[place : place + end - start]
        cuts = [start, *starts[run:last], end]
        lengths = (after - before for before, after in pairwise(cuts))
        begun = zip([place, *places[run:last]], lengths, strict=True)
        return "".join([source[place : place + length] for place, length in begun])


# ---------------------------------------------------------------- split


class Node(NamedTuple):
    """A heading or numbered item, in normal offsets; `body` is where the text after its title begins."""

    label: str | None
    title: str
    level: int
    start: int
    body: int
    end: int
    parent: int | None = None
    label_end: int = 0


class Outline(NamedTuple):
    """The headings and items of a document in reading order; `parent` is an index into `nodes`.

    `contents` are the entries of its tables of contents, which are no text.
    """

    nodes: tuple[Node, ...] = ()
    contents: tuple[Span, ...] = ()

    def path(self, index: int | None) -> list[Node]:
        """The nodes that lead to one, outermost first."""
        nodes: list[Node] = []
        while index is not None:
            nodes.append(self.nodes[index])
            index = self.nodes[index].parent
        return nodes[::-1]

    def at(self, offset: int) -> int | None:
        """The innermost node that holds a character; None where none does."""
        held = (i for i in range(len(self.nodes) - 1, -1, -1) if self.nodes[i].start <= offset < self.nodes[i].end)
        return next(held, None)


LONGEST_SENTENCE = 1_000  # characters; authors write up to 450, and what looks at a whole sentence is done per number


class Sentence(NamedTuple):
    """A sentence in normal offsets, the outline node it stands in, and the start of its paragraph."""

    start: int
    end: int
    node: int | None
    paragraph: int


# ---------------------------------------------------------------- match


class Quantity(NamedTuple):
    """A number with its unit, read but not yet tied to anything."""

    span: Span
    kind: Kind
    value: Decimal
    unit: str | None
    rule: str
    value_max: Decimal | None = None
    more: bool = False


class TimeMention(NamedTuple):
    """A time expression: the groups its rule captured, from which `dates.resolve` makes days.

    `bounds` tells that something can be due by it (年底前), so that it may make a milestone; `until` are the groups of
    the other end of a span.
    """

    span: Span
    text: str
    groups: dict[str, str]
    rule: str
    bounds: bool = False
    until: dict[str, str] | None = None

    @property
    def is_deadline(self) -> bool:
        """Whether something is to be done before it ends: 6月底前."""
        return (self.groups.get("edge") or "").endswith("前")


class Veto(NamedTuple):
    """Why a stretch of text holds no target."""

    span: Span
    reason: Reason
    rule: str


@dataclass(slots=True)
class Mentions:
    """What the rules found in a text, each list in reading order."""

    quantities: list[Quantity] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    vetoes: list[Veto] = field(default_factory=list)
    spots: list[Span] = field(default_factory=list)


# ---------------------------------------------------------------- the output contract


_Slotted = TypeVar("_Slotted")


def _pickled_by_slots(cls: type[_Slotted]) -> type[_Slotted]:
    """Has a frozen class of several fields pickled without asking `dataclasses.fields` for each object: documents come
    from the child that reads them in three fifths of the time."""
    names = cls.__slots__  # type: ignore[attr-defined]
    setters = [getattr(cls, name).__set__ for name in names]
    get = attrgetter(*names)

    def set_state(self: _Slotted, state: tuple[Any, ...]) -> None:
        for setter, value in zip(setters, state, strict=True):
            setter(self, value)

    cls.__getstate__ = lambda self: get(self)  # type: ignore[method-assign]
    cls.__setstate__ = set_state  # type: ignore[attr-defined]
    return cls


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    start: date | None = None
    end: date | None = None


@_pickled_by_slots
@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """What dates a record; `basis` tells whether the text says it or only the document's own period does."""

    text: str | None = None
    start: date | None = None
    end: date | None = None
    basis: Literal["explicit", "document"] = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The cell of a table a record was read from."""

    index: int
    row: int
    column: int


@_pickled_by_slots
@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One quantity, or one dated milestone, that the document plans or reports."""

    id: str
    status: Status
    kind: Kind
    indicator: str
    indicator_id: str | None = None
    action: str | None = None
    comparator: Comparator = "="
    value: int | float | None = None
    value_max: int | float | None = None
    unit: str | None = None
    change: Change | None = None
    baseline: int | float | None = None
    baseline_text: str | None = None
    per: str | None = None
    time: Time | None = None
    binding: Binding | None = None
    responsible: list[str] = field(default_factory=list)
    section: list[str] = field(default_factory=list)
    heading: str | None = None
    quote: str
    sentence: str
    start: int
    end: int
    page: int | None = None
    table: Place | None = None
    ocr: bool = False
    rule: str
    confidence: float
    why: dict[str, str] = field(default_factory=dict)
    """What decided its parts: the rule, construction, carry or scope behind its name, comparator, time, status …"""


@_pickled_by_slots
@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineNode:
    id: str
    level: int
    label: str | None
    title: str
    parent: str | None
    start: int
    end: int
    page: int | None


@_pickled_by_slots
@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A number that is no target, and why; `sentence` are the words around it, as they are read."""

    quote: str
    start: int
    end: int
    reason: Reason
    rule: str
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedPack:
    """A pack of the user's own rules that a document was read with, and a hash of its content."""

    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    source: str
    sha256: str
    media_type: str
    pages: int | None
    characters: int
    encoding: str | None = None
    title: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    period: Period | None = None
    packs: list[UsedPack] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person said of a record, who and when; `before` are the fields that it had otherwise, as JSON values."""

    verdict: Verdict | None = None
    reviewer: str | None = None
    time: str | None = None
    note: str | None = None
    before: dict[str, Any] = field(default_factory=dict)


class TextLayout(NamedTuple):
    """How the source text falls into paragraphs, in source offsets: what a page that shows it needs.

    What no paragraph covers is a row of a table or `furniture`; `page_starts` is empty where the format has no pages.
    `grounds` are the words that decided the parts of a record, by its id.
    """

    paragraphs: tuple[Span, ...] = ()
    furniture: tuple[Span, ...] = ()
    page_starts: tuple[int, ...] = ()
    grounds: dict[str, dict[str, Span]] = {}  # noqa: RUF012  never changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Everything that was read out of one input.

    `reviews` are by the ids of records; those that a reviewer has thrown out are `rejected`, and in the ledger.
    `text` is the source text that offsets count in; it and its `layout` are not written to the JSON output.
    """

    document: DocumentFacts
    outline: list[OutlineNode] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    status: DocumentStatus = "ok"
    warnings: list[Warning] = field(default_factory=list)
    reviews: dict[str, Review] = field(default_factory=dict)
    rejected: list[Target] = field(default_factory=list)
    text: str = ""
    layout: TextLayout = field(default_factory=TextLayout)

    def with_confidence(self, least: float) -> Document:
        """The same document with the targets below a confidence moved to the ledger, for a person to look at.

        What a person has reviewed stays.
        """
        doubtful = [t for t in self.targets if t.confidence < least and t.id not in self.reviews]
        ids = {t.id for t in doubtful}
        entries = [
            Skipped(
                quote=t.quote, start=t.start, end=t.end, reason="unresolved", rule="confidence", sentence=t.sentence
            )
            for t in doubtful
        ]
        return replace(
            self,
            targets=[t for t in self.targets if t.id not in ids],
            skipped=sorted([*self.skipped, *entries], key=lambda s: (s.start, s.end)),
        )

    def to_json(self) -> str:
        """The output of `planparse extract -f json` for this document."""
        from planparse import forms

        return forms.to_json(self)

    def rows(self) -> list[dict[str, object]]:
        """The records as flat rows, under the columns of the CSV.

        >>> from planparse import extract
        >>> extract(text="2024年计划\\n\\n新增学位800个。").rows()[0]["value"]
        800
        """
        from planparse import forms

        return forms.rows(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The records as a table of pandas, which must be installed."""
        from planparse import forms

        return forms.to_pandas(self.rows(), forms.NAMES)

    def write(self, path: str | Path, **style: Any) -> None:
        """Writes the document in the format of the suffix: .json, .csv, .xlsx, .parquet, .db, .html (the review page) …

        `style` is what that format takes: `headers="zh"`, `columns=["value", "unit"]`, `review_link="review.html"`.
        Raises PlanparseError for a suffix that names no format.
        """
        from planparse import forms

        forms.write(self, path, **style)

    def _repr_html_(self) -> str:
        """The table that Jupyter shows."""
        from planparse import forms

        return forms.html_table(self)

    def __repr__(self) -> str:
        return f"<Document {self.document.source!r}: {len(self.targets)} targets, {self.status}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """The whole of what `planparse extract -f json` writes."""

    schema_version: str = SCHEMA_VERSION
    generator: str
    documents: list[Document]
