"""One sentence with what the rules found in it, and the records made from it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from planparse.assemble.bounds import find_regular
from planparse.assemble.clauses import OPENERS, bracket_start, clause_start
from planparse.assemble.constructions import Reading, alphabet, read_phrase
from planparse.assemble.record import Record
from planparse.assemble.tokens import Tokens, read_tokens
from planparse.model import Node, Quantity, Sentence, Span, TimeMention


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

    cut: dict[int, Tokens] = field(default_factory=dict)  # tokens by where the clause or bracket of them begins

    def tokens(self, begin: int, end: int) -> Tokens:
        """The tokens of a stretch of the sentence: those of the brackets that it stands in, or of the sentence."""
        opening = bracket_start(self.text, begin, self.sentence.start)
        if opening not in self.cut:
            closer = OPENERS.get(self.text[opening - 1]) if opening > self.sentence.start else None
            close = self.text.find(closer, opening, self.sentence.end) if closer else -1
            self.cut[opening] = self._read(opening, close if close >= 0 else self.sentence.end)
        return self.cut[opening].within(begin, end)

    def _read(self, start: int, end: int) -> Tokens:
        atoms = [(quantity.span, "NUMBER") for quantity in self.quantities]
        atoms += [(time.span, "TIME") for time in self.times]
        atoms += [(span, "GAP") for span in self.excluded]
        atoms += [(span, "PER") for span in self._pers(start, end)]
        inside = [atom for atom in atoms if start <= atom[0].start and atom[0].end <= end]
        return read_tokens(self.text, start, end, inside, alphabet())

    def _pers(self, start: int, end: int) -> set[Span]:
        """Where 每年, 每次 and their like stand before the numbers of a stretch."""
        found: set[Span] = set()
        for quantity in self.quantities:
            if start <= quantity.span.start < end:
                floor = clause_start(self.text, quantity.span.start, start)
                found.update(find_regular(self.text, floor, quantity.span.start))
        return found

    def phrase(self, row: str, begin: int, end: int) -> Reading | None:
        """What a row for phrases reads of a stretch of the sentence."""
        return read_phrase(row, self.tokens(begin, end))

    def other_tokens(self, begin: int, end: int) -> Tokens:
        """The tokens of another sentence, of which nothing but its words matters."""
        return read_tokens(self.text, begin, end, (), alphabet())
