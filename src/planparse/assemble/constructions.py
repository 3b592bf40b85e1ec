"""The name of a number: rows of rules/constructions.toml matched on the tokens around it, the first that fits taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from planparse.assemble.clauses import CLOSERS, OPENERS
from planparse.assemble.shapes import MARKERS, compile_shape, named_words
from planparse.assemble.tokens import Alphabet, Token, make_alphabet
from planparse.cache import recall
from planparse.model import Kind
from planparse.rules import read

SHORTEST = 2  # a single character names nothing
_EDGE = frozenset("，。；：、！？ 的")
_SLOT = re.compile(r"\{(\w+)(?:\|(\w+))?\}")  # a group, and what stands for it where it is empty
_MARKS = frozenset(("level", "verb"))
_STATING = ("level", "tail", "verb")  # which group says the verb, the nearest to the number first


class Construction(NamedTuple):
    """A row: the shape, what it is for, and how its groups make the name."""

    id: str
    pattern: Any
    name: str
    kinds: frozenset[str]
    units: frozenset[str]
    change: bool | None
    verb: str | None
    wide: bool  # begins before the clause
    after: bool  # the name stands behind the number
    shared: bool  # names each value of an enumeration
    limit: bool  # for the time within which something is done: 5日|内
    price: float


class Stretch(NamedTuple):
    """The tokens around a number that may name it: before it, those of its sentence before, and behind it.

    `bounded` tells that words between stand for a bound or a comparison, `changed` that the number is a difference,
    `limit` that something happens within it: 5日|内.
    """

    kind: Kind
    unit: str
    before: list[Token]
    wide: list[Token]
    behind: list[Token]
    bounded: bool
    changed: bool
    limit: bool


class Reading(NamedTuple):
    """What one construction makes of a number: its name, where that stands, and the verb that governs or states it."""

    construction: str
    text: str
    start: int
    end: int
    verb: str | None = None
    price: float = 1.0


@cache
def _table() -> dict[str, Any]:
    return recall("constructions", lambda: read("constructions"))


@cache
def alphabet() -> Alphabet:
    """The codes of tokens that the shapes are written in."""
    table = _table()
    rows = [*table["phrase"], *table["construction"]]
    shapes = [*table["macros"].values(), *(row["shape"] for row in rows)]
    return make_alphabet(named_words(shapes))


@cache
def constructions() -> tuple[Construction, ...]:
    """The rows of rules/constructions.toml in their order."""
    return tuple(map(_compile, _table()["construction"]))


def _compile(row: Mapping[str, Any]) -> Construction:
    shape = row["shape"]
    where = f"rules/constructions.toml: {row['id']}"
    return Construction(
        row["id"],
        compile_shape(shape, _table()["macros"], alphabet(), where),
        row.get("name", "{name}{tail}"),
        frozenset(row.get("kinds", ())),
        frozenset(row.get("units", ())),
        row.get("change"),
        row.get("verb"),
        bool(row.get("wide")),
        shape.startswith("Q"),
        bool(row.get("shared")),
        bool(row.get("limit")),
        row.get("price", 1.0),
    )


@lru_cache(maxsize=16384)
def _match(row: Construction, codes: str) -> dict[str, tuple[int, int]] | None:
    """Where the groups of a row stand in a string of codes; many clauses have the same."""
    match = row.pattern.match(codes)
    return {name: match.span(name) for name in match.re.groupindex if match.start(name) >= 0} if match else None


def readings(stretch: Stretch, last: str, *, shared: bool = False) -> Iterator[Reading]:
    """What the constructions make of a number, the best first; `last` is what was named before in the sentence.

    `shared` asks only those that name each value of an enumeration."""
    marks = MARKERS["BOUND"] * stretch.bounded + MARKERS["Q"]
    behind = "".join([token.code for token in stretch.behind])
    codes = "".join([token.code for token in stretch.before]) + marks + behind
    wide = ""
    for row in constructions():
        if not _is_for(row, stretch) or shared > row.shared:
            continue
        tokens, left = stretch.before, len(stretch.before)
        line = codes
        if row.wide:
            wide = wide or "".join([token.code for token in stretch.wide]) + marks + behind
            tokens, left, line = stretch.wide, len(stretch.wide), wide
        at = left + len(marks) - 1 if row.after else 0
        if (groups := _match(row, line[at:] if at else line)) is not None:
            places = [*tokens, *[None] * len(marks), *stretch.behind][at:]
            if reading := _reading(row, groups, places, last):
                yield reading


def _is_for(row: Construction, stretch: Stretch) -> bool:
    """Whether a row is for numbers of this kind."""
    kind = not row.kinds or stretch.kind in row.kinds
    kind = kind and stretch.limit >= row.limit
    return kind and (not row.units or stretch.unit in row.units) and row.change in (None, stretch.changed)


def read_phrase(name: str, tokens: list[Token]) -> Reading | None:
    """What a [[phrase]] row reads of tokens that stand before no number: whose clause it is, the last name in it."""
    row = _phrases()[name]
    groups = _match(row, "".join([token.code for token in tokens]) + MARKERS["Q"])
    return _reading(row, groups, [*tokens, None], "") if groups else None


@cache
def _phrases() -> dict[str, Construction]:
    return {row["id"]: _compile(row) for row in _table()["phrase"]}


def _reading(row: Construction, groups: dict[str, tuple[int, int]], tokens: list[Any], last: str) -> Reading | None:
    """The name that the groups make, None where one of them names nothing."""
    said: dict[str, str] = {"last": last}
    start, end = None, 0
    for name, (first, after) in groups.items():
        if name in _MARKS:
            continue
        begin, stop = trimmed(tokens[first:after], behind=None in tokens[:first])
        said[name] = "".join(t.text for t in tokens[first:after])[begin:stop] if stop > begin else ""
        start = tokens[first].start + begin if start is None and first < after else start
        end = max(end, tokens[after - 1].end) if first < after else end
    slots = [slot for slot, _ in _SLOT.findall(row.name)]
    if any(len(said.get(slot, "")) < SHORTEST for slot in slots if slot in ("name", "last")):
        return None
    said["verb"] = tokens[groups["verb"][0]].text if "verb" in groups else ""
    text = _SLOT.sub(lambda slot: said.get(slot[1]) or slot[2] or "", row.name)
    verb = row.verb or next((tokens[groups[mark][0]].text for mark in _STATING if mark in groups), None)
    return Reading(row.id, text, start or 0, end, verb, row.price)


def trimmed(tokens: list[Token], *, behind: bool = False) -> tuple[int, int]:
    """Which part of the text of some tokens names a thing: without marks at its ends, or brackets without a partner.

    Behind a number only the first of members is counted that are one kind of thing.
    """
    tokens = _first_of_alike(tokens) if behind else tokens
    text = "".join(token.text for token in tokens)
    start, end = 0, len(text)
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and (text[end - 1] in _EDGE or text[end - 1] in "和与"):
        end -= 1
    return _balanced(text, start, end)


def _first_of_alike(tokens: list[Token]) -> list[Token]:
    """The first of coordinate members that have one head each: 2个通用技术|实验室|和创新|实验室|."""
    for i, token in enumerate(tokens):
        alike = 0 < i < len(tokens) - 1 and tokens[i - 1].text == tokens[-1].text
        if alike and token.text in ("、", "和", "与", "及"):
            return tokens[:i]
    return tokens


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without a bracket or quotation mark that has no partner in it."""
    while start < end and text[start] in CLOSERS:
        start += 1
    while start < end and text[end - 1] in OPENERS:
        end -= 1
    for open_, close in OPENERS.items():
        opened, closed = text.count(open_, start, end), text.count(close, start, end)
        if opened > closed and text[start] == open_:
            start += 1
        elif closed > opened and text[end - 1] == close:
            end -= 1
    return start, end
