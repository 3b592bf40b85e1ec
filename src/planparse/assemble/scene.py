"""One sentence with what the rules found in it, and the records made from it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from planparse.assemble.bounds import find_regular, may_interrupt, read_per_behind
from planparse.assemble.clauses import BRACKET, OPENERS, bracket_start, clause_start
from planparse.assemble.constructions import Heard, Reading, alphabet, read_phrase
from planparse.assemble.course import Course
from planparse.assemble.evidence import Evidence, find_evidence, find_in_sentence
from planparse.assemble.record import Record
from planparse.assemble.tokens import Tokens, read_tokens
from planparse.model import Node, Quantity, Sentence, Span, TimeMention
from planparse.rules import cue

REACH = 60  # characters around a time of another sentence in which it may be a base


@dataclass(slots=True)
class Scene:
    """One sentence with what the rules found in it."""

    text: str
    sentence: Sentence
    path: list[Node]
    quantities: list[Quantity]
    times: list[TimeMention]
    course: Course
    before: Sentence | None = None
    since: int = 0  # where the sentence begins that this one goes on with after a ；
    excluded: list[Span] = field(default_factory=list)
    earlier: Record | None = None  # the last of the paragraph before this sentence
    records: list[Record] = field(default_factory=list)  # of its numbers so far, but for those spoken of in passing
    chained: list[Record] = field(default_factory=list)  # of the parts of its sentence before a ；
    baselines: dict[Span, Quantity] = field(default_factory=dict)

    asked: dict[Span, Heard] | None = None  # how each number could be read, where somebody asks
    heard: list[Evidence] | None = None
    cut: dict[int, Tokens] = field(default_factory=dict)  # tokens by where the clause or bracket of them begins
    bracketed: bool = field(init=False)

    def __post_init__(self) -> None:
        self.bracketed = BRACKET.search(self.text, self.sentence.start, self.sentence.end) is not None

    @property
    def last(self) -> Record | None:
        """The record before, in this sentence."""
        return self.records[-1] if self.records else None

    def named(self) -> list[str]:
        """What the records so far name, each once in a row, without its shares where more is told."""
        whole = [record for record in self.records if not record.why["name"].rule.startswith("share.")]
        told = whole or self.records
        return [name for name, _ in groupby(record.indicator for record in told)]

    def words(self) -> list[Evidence]:
        """What the words of the sentence say of the status of what stands in it, those of a base left out."""
        if self.heard is None:
            since, end = self.since, self.sentence.end
            found = find_in_sentence(self.text, since, end)
            quoted, bases = found["quoted"], found["base"]
            self.heard = [
                one
                for one in found["words"]
                if not any(one.span.overlaps(other.span) for other in (quoted if one.reach else quoted + bases))
            ]
        return self.heard

    def is_base(self, time: Span) -> bool:
        """Whether a time only says what something is counted from: 按|上年度|平均工资的60%."""
        around = find_evidence("base", self.text, max(0, time.start - REACH), time.end + REACH)
        return any(time.overlaps(base.span) for base in around)

    def tokens(self, begin: int, end: int) -> Tokens:
        """The tokens of a stretch of the sentence: those of the brackets that it stands in, or of the sentence."""
        opening = bracket_start(self.text, begin, self.sentence.start) if self.bracketed else self.sentence.start
        if opening not in self.cut:
            closer = OPENERS.get(self.text[opening - 1]) if opening > self.sentence.start else None
            close = self.text.find(closer, opening, self.sentence.end) if closer else -1
            self.cut[opening] = self._read(opening, close if close >= 0 else self.sentence.end)
        return self.cut[opening].within(begin, end)

    def _read(self, start: int, end: int) -> Tokens:
        atoms = [(quantity.span, "NUMBER") for quantity in self.quantities]
        atoms += [(time.span, "TIME") for time in self.times]
        atoms += [(span, "GAP") for span in self.excluded]
        atoms += [(Span(*match.span()), "GAP") for match in cue("name.ground").finditer(self.text, start, end)]
        atoms += [(span, "PER") for span in self._pers(start, end)]
        inside = [atom for atom in atoms if start <= atom[0].start and atom[0].end <= end]
        return read_tokens(self.text, start, end, inside, alphabet())

    def _pers(self, start: int, end: int) -> set[Span]:
        """Where 每年, 每次 and their like stand around the numbers of a stretch."""
        found: set[Span] = set()
        for quantity in self.quantities if may_interrupt(self.text, start, end) else ():
            if start <= quantity.span.start < end:
                floor = clause_start(self.text, quantity.span.start, start)
                found.update(find_regular(self.text, floor, quantity.span.start))
                if behind := read_per_behind(self.text, quantity.span.end):
                    found.add(behind)
        return found

    def phrase(self, row: str, begin: int, end: int) -> Reading | None:
        """What a row for phrases reads of a stretch of the sentence."""
        return read_phrase(row, self.tokens(begin, end))

    def plain_tokens(self, begin: int, end: int) -> Tokens:
        """The tokens of a stretch that all else goes on from, with the times in it."""
        times = [(time.span, "TIME") for time in self.times if begin <= time.span.start < end]
        return read_tokens(self.text, begin, end, times, alphabet())

    def other_tokens(self, begin: int, end: int) -> Tokens:
        """The tokens of another sentence, of which nothing but its words matters."""
        return read_tokens(self.text, begin, end, (), alphabet())
