"""A sentence as tokens: its words, and as atoms what is more than words: numbers, times, quotes, brackets.

Each token has a code, one character for what it can be in a clause, so that the shapes of constructions can be matched
on the codes of a stretch of tokens as on a text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from planparse.assemble.clauses import OPENERS
from planparse.cache import compiled
from planparse.lexicon import NO_ROLE, role_sets, roles_of
from planparse.model import Span
from planparse.words import cut

ATOMS = ("NUMBER", "TIME", "PER", "GAP", "QUOTED", "ASIDE")
"""What is no word: another number, a time, what an amount is counted out on, what interrupts a name, a stretch in
quotation marks or brackets."""
_OPENER = compiled(f"[{''.join(OPENERS)}]")
_FIRST = 0xE000  # of the codes: private use, no character of any shape


class Tokens(NamedTuple):
    """Words and atoms that follow each other: their codes, and where each begins and ends in the text."""

    text: str
    codes: str
    starts: list[int]
    ends: list[int]

    def within(self, begin: int, end: int) -> Tokens:
        """Those of a stretch."""
        text, codes, starts, ends = self
        first, after = bisect_left(starts, begin), bisect_right(ends, end)
        return Tokens(text, codes[first:after], starts[first:after], ends[first:after])

    def around(self, marks: str, behind: Tokens) -> Tokens:
        """These, marks that take no room, and those behind them."""
        text, codes, starts, ends = self
        places = [ends[-1] if ends else 0] * len(marks)
        return Tokens(text, codes + marks + behind.codes, starts + places + behind.starts, ends + places + behind.ends)

    def word(self, i: int) -> str:
        """One of them as it is written."""
        return self.text[self.starts[i] : self.ends[i]]

    def written(self, first: int = 0, after: int = 0) -> str:
        """Those from one to before another, or to the last, as they are written."""
        return self.text[self.starts[first] : self.ends[after - 1]] if self.starts else ""


NO_TOKENS = Tokens("", "", [], [])


WordKind = tuple[str, frozenset[str]]
"""A word that shapes name, or none, and the roles that it has of those that shapes ask for."""


class Alphabet:
    """The codes of words by their kinds, and those of atoms."""

    def __init__(self, codes: dict[WordKind, str]) -> None:
        self.codes = codes
        self.by_atom = {atom: chr(_FIRST + len(codes) + i) for i, atom in enumerate(ATOMS)}
        self.asked = NO_ROLE.union(*(has for _, has in codes))
        self.of_word = lru_cache(maxsize=16384)(self._of_word)
        self.of_role = cache(self._of_role)

    def _of_word(self, word: str) -> str:
        """The code of any word."""
        has = roles_of(word) & self.asked
        return self.codes.get((word, has)) or self.codes["", has]

    def _of_role(self, role: str) -> str:
        """All codes of words that can be this, in order."""
        return "".join([code for (_, has), code in self.codes.items() if role in has])


def make_codes(asked: Sequence[str], named: Iterable[str]) -> dict[WordKind, str]:
    """The codes for all words, of which shapes ask for some roles, and name some."""
    roles = frozenset(asked)
    kinds = {("", has & roles) for has in role_sets()} | {(word, roles_of(word) & roles) for word in named}
    return in_order(kinds, asked, _FIRST)


def in_order(kinds: Iterable[WordKind], asked: Sequence[str], first: int) -> dict[WordKind, str]:
    """Codes for kinds of words, so that those which have a role lie together, and best those that have the first: a
    pattern for them is short."""
    order = sorted(kinds, key=lambda kind: ([role not in kind[1] for role in asked], kind[0]))
    return {kind: chr(first + i) for i, kind in enumerate(order)}


def read_tokens(text: str, start: int, end: int, atoms: Iterable[tuple[Span, str]], alphabet: Alphabet) -> Tokens:
    """The tokens of text[start:end] in order; `atoms` are spans, each with what it is. What stands in brackets or
    quotation marks is one token, with the atoms in it."""
    codes: list[str] = []
    starts: list[int] = []
    position = start
    found = [*atoms, *_enclosed(text, start, end), (Span(end, end), "")]
    for span, kind in sorted(found, key=lambda atom: (atom[0].start, -atom[0].end)):  # “十四五”期间 before “十四五”
        if span.start < position or span.end > end:
            continue
        words = cut(text[position : span.start])
        codes += map(alphabet.of_word, words)
        starts += accumulate(map(len, words[:-1]), initial=position) if words else ()
        if kind:
            codes.append(alphabet.by_atom[kind])
            starts.append(span.start)
        position = span.end
    return Tokens(text, "".join(codes), starts, [*starts[1:], end] if starts else [])


def _enclosed(text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """The stretches in brackets and quotation marks, outermost first."""
    while match := _OPENER.search(text, start, end):
        close = text.find(OPENERS[match[0]], match.end(), end)
        start = close + 1 if close >= 0 else end
        yield Span(match.start(), start), "ASIDE" if match[0] in "（【〔" else "QUOTED"
