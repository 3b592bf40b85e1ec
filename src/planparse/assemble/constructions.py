"""The name of a number: rows of rules/constructions.toml matched on the tokens around it, the first that fits taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import regex

from planparse.assemble.shapes import MARKERS, asked_roles, compile_shape, named_words
from planparse.assemble.tokens import NO_TOKENS, Alphabet, Tokens, WordKind, make_codes
from planparse.cache import recall
from planparse.engine import compile_pattern
from planparse.lexicon import roles_of
from planparse.model import Kind
from planparse.necessities import find_necessary
from planparse.patterns import Limited
from planparse.rules import read
from planparse.ruleset import BASE, in_force, per_ruleset, recent_per_ruleset, using

SHORTEST = 2  # a single character names nothing
_EDGE = frozenset("，。；：、！？ 的")
_PIECE = re.compile(r"\{(\w+)(?:\|(\w+))?\}|([^{]+)")  # of a name: a group, or plain words
_MARKS = frozenset(("level", "verb"))
_STATING = ("level", "tail", "verb")  # which group says the verb, the nearest to the number first


@dataclass(frozen=True, slots=True, eq=False)
class Construction:
    """A row: the shape, what it is for, and how its groups make the name."""

    id: str
    pattern: Any
    name: tuple[tuple[str, str], ...]  # its pieces: a group with what stands for it where it is empty, or plain words
    kinds: frozenset[str]
    units: frozenset[str]
    change: bool | None
    verb: str | None
    wide: bool  # begins before the clause
    after: bool  # the name stands behind the number
    shared: bool  # names each value of an enumeration
    tail: bool  # reads what stands behind the last number of a list
    aside: bool  # no number behind goes on with its name
    short: bool  # a single character is a name: 18个|村
    limit: bool  # for the time within which something is done: 5日|内
    slots: tuple[str, ...]  # of the name; where they hold nothing it is none
    needs: frozenset[str]  # groups that must have caught something
    necessary: frozenset[str]  # codes without one of which the shape matches nothing, where there are such


class Stretch(NamedTuple):
    """The tokens around a number that may name it: before it, those of its sentence before, and behind it;
    `tail`, where it begins a list, those behind its last number. Few rows ask for those that are `wide`.

    `bounded` tells that words between stand for a bound or a comparison, `changed` that the number is a difference,
    `limit` that something happens within it: 5日|内.
    """

    kind: Kind
    unit: str
    before: Tokens
    wide: Callable[[], Tokens]
    behind: Tokens
    tail: Tokens | None
    bounded: bool
    changed: bool
    limit: bool


class Line(NamedTuple):
    """The tokens before and behind a number with its mark between them, where that stands, and all their codes."""

    tokens: Tokens
    number: int
    codes: frozenset[str]


def _line(before: Tokens, marks: str, behind: Tokens) -> Line:
    tokens = before.around(marks, behind)
    return Line(tokens, len(before.codes) + len(marks) - 1, frozenset(tokens.codes))


class Reading(NamedTuple):
    """What one construction makes of a number: its name, where that stands, and the verb that governs or states it."""

    construction: str
    text: str
    start: int
    end: int
    verb: str | None = None


class Heard(NamedTuple):
    """The tokens around a number and everything that constructions can make of them, the best first."""

    stretch: Stretch
    readings: tuple[Reading, ...]


@per_ruleset
def _table() -> dict[str, Any]:
    return recall("constructions", lambda: read("constructions"))


@per_ruleset
def alphabet() -> Alphabet:
    """The codes of tokens that the shapes are written in."""
    return Alphabet(recall("alphabet", _make_codes))


def _make_codes() -> dict[WordKind, str]:
    table = _table()
    rows = [*table["phrase"], *table["construction"]]
    shapes = [*table["macros"].values(), *(row["shape"] for row in rows)]
    return make_codes(asked_roles(shapes), named_words(shapes))


@per_ruleset
def constructions() -> tuple[Construction, ...]:
    """The rows of rules/constructions.toml in their order."""
    return tuple(map(_compile, _table()["construction"]))


def _compile(row: Mapping[str, Any]) -> Construction:
    where = f"{row.get('pack', 'rules')}/constructions.toml: {row['id']}"
    make = regex.compile if "pack" in row else _pattern  # only regex can be timed
    pattern = compile_shape(row["shape"], _table()["macros"], alphabet(), where, make)
    necessary = recall(f"necessary {row['shape']}", lambda: _necessary(pattern.pattern))
    return make_construction(row, Limited(pattern, where) if "pack" in row else pattern, necessary)


def _pattern(text: str) -> Any:
    known = _base().get(text)
    return known.pattern if known else compile_pattern(text)


def _necessary(text: str) -> frozenset[str]:
    known = _base().get(text)
    return known.necessary if known else find_necessary(text, MARKERS["Q"])


@per_ruleset
def _base() -> Mapping[str, Construction]:
    """Where packs are in force, planparse's own rows by the text of their patterns: what no pack changes is not made
    again."""
    if in_force() is BASE:
        return {}
    with using(BASE):
        return {row.pattern.pattern: row for row in (*constructions(), *phrases().values())}


def make_construction(row: Mapping[str, Any], pattern: Any, necessary: frozenset[str] = frozenset()) -> Construction:
    """A row at work, with its shape compiled."""
    name = tuple((group, empty or plain) for group, empty, plain in _PIECE.findall(row.get("name", "{name}{tail}")))
    return Construction(
        row["id"],
        pattern,
        name,
        frozenset(row.get("kinds", ())),
        frozenset(row.get("units", ())),
        row.get("change"),
        row.get("verb"),
        bool(row.get("wide")),
        row["shape"].startswith("Q"),
        bool(row.get("shared")),
        bool(row.get("tail")),
        bool(row.get("aside")),
        bool(row.get("short")),
        bool(row.get("limit")),
        tuple(group for group, _ in name if group in ("name", "last")),
        frozenset(row.get("needs", ())),
        necessary,
    )


@per_ruleset
def asides() -> frozenset[str]:
    """The rows whose names no number behind goes on with."""
    return frozenset(row.id for row in constructions() if row.aside)


@lru_cache(maxsize=16384)
def _match(row: Construction, codes: str) -> dict[str, tuple[int, int]] | None:
    """Where the groups of a shape stand in a string of codes; many clauses have the same. By the row: to tell a pattern
    from another, Python reads all of it."""
    match = row.pattern.match(codes)
    return {name: match.span(name) for name in match.re.groupindex if match.start(name) >= 0} if match else None


def readings(stretch: Stretch, last: str, *, shared: bool = False) -> Iterator[Reading]:
    """What the constructions make of a number, the best first; `last` is what was named before in the sentence.

    `shared` asks only those that name each value of an enumeration."""
    marks = MARKERS["BOUND"] * stretch.bounded + MARKERS["Q"]
    near = _line(stretch.before, marks, stretch.behind)
    far: Line | None = None
    for row in rows_for(stretch.kind, stretch.unit, stretch.changed, stretch.limit, shared):
        line = near
        if row.wide:
            line = far = far or _line(stretch.wide(), marks, stretch.behind)
        if row.tail:
            if stretch.tail is None:
                continue
            line = _line(stretch.wide() if row.wide else stretch.before, marks, stretch.tail)
        if row.necessary and line.codes.isdisjoint(row.necessary):
            continue
        if reading := _read(row, line, last):
            yield reading


@recent_per_ruleset(1024)
def rows_for(kind: Kind, unit: str, changed: bool, limit: bool, shared: bool) -> tuple[Construction, ...]:
    """The constructions for numbers of a kind, in a unit, that are a difference or not, a limit or not, of an
    enumeration or not."""
    return tuple(
        row
        for row in constructions()
        if (not row.kinds or kind in row.kinds)
        and (not row.units or unit in row.units)
        and row.change in (None, changed)
        and limit >= row.limit
        and shared <= row.shared
    )


def read_phrase(name: str, tokens: Tokens) -> Reading | None:
    """What a [[phrase]] row reads of tokens that stand before no number: whose clause it is, the last name in it."""
    return _read(phrases()[name], _line(tokens, MARKERS["Q"], NO_TOKENS), "")


@per_ruleset
def phrases() -> dict[str, Construction]:
    """The [[phrase]] rows."""
    return {row["id"]: _compile(row) for row in _table()["phrase"]}


def _read(row: Construction, line: Line, last: str) -> Reading | None:
    """What a row makes of the tokens around a number; None where it names nothing."""
    tokens, number, _ = line
    first = number if row.after else 0
    groups = _match(row, tokens.codes[first:])
    if groups is None or not row.needs <= groups.keys():
        return None
    said: dict[str, str] = {"last": last}
    start, end = None, 0
    for name, (begin, stop) in groups.items():
        if name in _MARKS or begin == stop:
            continue
        begin, stop = first + begin, first + stop
        cut = stop if begin < number else _end_of_alike(tokens, begin, stop)
        said[name], left = _trimmed(tokens.written(begin, cut))
        start = tokens.starts[begin] + left if start is None else start
        end = max(end, tokens.ends[stop - 1])
    for slot in row.slots:
        if len(said.get(slot, "")) < (1 if row.short else SHORTEST):
            return None
    verbs = {mark: tokens.word(first + groups[mark][0]) for mark in _STATING if mark in groups}
    said["verb"] = verbs.get("verb", "")
    text = "".join([said.get(group) or empty for group, empty in row.name])
    acts = (word for word in verbs.values() if "aid" not in roles_of(word))
    return Reading(row.id, text, start or 0, end, row.verb or next(acts, None))


def _trimmed(text: str) -> tuple[str, int]:
    """What of a text names a thing, without marks at its ends, and where that begins."""
    start, end = 0, len(text)
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and (text[end - 1] in _EDGE or (text[end - 1] in "和与" and text[end - 2 : end] != "之和")):
        end -= 1
    close = text.find("）", start, end - 1)
    if text.startswith("（", start) and close > 0:  # 新建|（改扩建）|客运站
        start = close + 1
    return text[start:end], start


def _end_of_alike(words: Tokens, begin: int, stop: int) -> int:
    """Where the first of coordinate members ends that have one head each: 2个通用技术|实验室|和创新|实验室|."""
    head = words.word(stop - 1)
    for i in range(begin + 1, stop - 1):
        if words.word(i) in ("、", "和", "与", "及") and words.word(i - 1) == head:
            return i
    return stop
