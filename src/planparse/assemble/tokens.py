"""A sentence as tokens: its words, and as atoms what is more than words: numbers, times, quotes, brackets.

Each token has a code, one character for what it can be in a clause, so that the shapes of constructions can be matched
on the codes of a stretch of tokens as on a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planparse.assemble.clauses import OPENERS
from planparse.cache import compiled
from planparse.lexicon import NO_ROLE, SHORT, endings, roles, roles_of
from planparse.model import Span
from planparse.words import cut

ATOMS = ("NUMBER", "TIME", "PER", "GAP", "QUOTED", "ASIDE")
"""What is no word: another number, a time, what an amount is counted out on, what interrupts a name, a stretch in
quotation marks or brackets."""
_OPENER = compiled(f"[{''.join(OPENERS)}]")
_FIRST = 0xE000  # of the codes: private use, no character of any shape


class Token(NamedTuple):
    """A word or an atom, and where it stands."""

    text: str
    start: int
    end: int
    code: str


class Alphabet(NamedTuple):
    """The codes: of each set of roles, of each word that shapes name, of each atom."""

    by_roles: dict[frozenset[str], str]
    by_word: dict[str, str]
    by_atom: dict[str, str]

    def of_role(self, role: str) -> str:
        """All codes of tokens that can be this."""
        named = (code for word, code in self.by_word.items() if role in roles_of(word))
        return "".join([*(code for has, code in self.by_roles.items() if role in has), *named])

    def words(self) -> str:
        """All codes of words."""
        return "".join([*self.by_roles.values(), *self.by_word.values()])


def make_alphabet(named: Iterable[str]) -> Alphabet:
    """The codes for the roles of all words, and for the words that are named in shapes."""
    codes = map(chr, range(_FIRST, _FIRST + 4096))
    known = {NO_ROLE, SHORT, *roles().values()}
    known |= {has | more for has in known for more in endings().values()}
    by_roles = {has: next(codes) for has in sorted(known, key=sorted)}
    return Alphabet(by_roles, {word: next(codes) for word in sorted(set(named))}, {atom: next(codes) for atom in ATOMS})


def read_tokens(text: str, start: int, end: int, atoms: Iterable[tuple[Span, str]], alphabet: Alphabet) -> list[Token]:
    """The tokens of text[start:end] in order; `atoms` are spans, each with what it is. What stands in brackets or
    quotation marks is one token, with the atoms in it."""
    tokens: list[Token] = []
    position = start
    found = [*atoms, *_enclosed(text, start, end), (Span(end, end), "")]
    for span, kind in sorted(found, key=lambda atom: (atom[0].start, -atom[0].end)):  # “十四五”期间 before “十四五”
        if span.start < position or span.end > end:
            continue
        for word in cut(text[position : span.start]) if span.start > position else ():
            code = alphabet.by_word.get(word) or alphabet.by_roles[roles_of(word)]
            tokens.append(Token(word, position, position + len(word), code))
            position += len(word)
        if kind:
            tokens.append(Token(text[span.start : span.end], span.start, span.end, alphabet.by_atom[kind]))
        position = span.end
    return tokens


def _enclosed(text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """The stretches in brackets and quotation marks, outermost first."""
    while match := _OPENER.search(text, start, end):
        close = text.find(OPENERS[match[0]], match.end(), end)
        start = close + 1 if close >= 0 else end
        yield Span(match.start(), start), "ASIDE" if match[0] in "（【〔" else "QUOTED"
