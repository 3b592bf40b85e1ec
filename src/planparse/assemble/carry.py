"""What a clause leaves unsaid, and from where it is carried on: rows of rules/carries.toml, the first that answers.

A row is asked with a line, {clause}‹{name}›{carried}: the words before the number in its clause, what they name by
themselves, and what one of the sources of the row names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any, NamedTuple

import regex

from planparse.assemble.clauses import bracket_start, clause_end, clause_start
from planparse.assemble.constructions import read_phrase
from planparse.assemble.record import Record
from planparse.assemble.scene import Scene
from planparse.cache import compiled
from planparse.engine import compile_pattern
from planparse.lexicon import NO_ROLE, roles, roles_of
from planparse.model import Kind, Quantity, RuleError, Span
from planparse.patterns import Limited
from planparse.rules import Rule, cue, lexicon, rules
from planparse.ruleset import per_ruleset, recent_per_ruleset
from planparse.words import cut

WHOLE = "{name}"  # how a row makes the name that says nothing of it
GROUP = compiled(r"\{(\w+)\}")
WIDER = 1  # characters of a population before a part of it: 中|小学
DEEDS = frozenset(("verb", "stage"))
LONGEST_SUBJECT = 12  # a longer phrase is a clause, not what the next one is about


class Focus(NamedTuple):
    """A number whose clause leaves something unsaid: whether it is a difference, where the words about it begin, and
    what these name by themselves."""

    scene: Scene
    quantity: Quantity
    changed: bool
    begin: int
    name: str = ""

    def said(self, begin: int) -> str:
        """The words before the number from a place on, and what they name."""
        return f"{self.scene.text[begin : self.quantity.span.start]}‹{self.name}›"

    def alike(self) -> list[Record]:
        """What was measured so far as this number measures; where the sentence has no records, before its ；."""
        kind = self.quantity.kind, self.quantity.unit, self.changed
        told = self.scene.records or self.scene.chained
        return [one for one in told if (one.kind, one.unit, bool(one.change)) == kind]

    def in_unit(self) -> list[Record]:
        """The records of the sentence in the unit of the number."""
        return [one for one in self.scene.records if one.unit == self.quantity.unit]


class Carried(NamedTuple):
    """A name with what its clause left unsaid, and the row that said it."""

    name: str
    rule: str


class Row(NamedTuple):
    """A row of the file, its pattern up to › (asked first, for what is carried on is dear to find), and the roles that
    the name must have one of, if any; whether it is asked with the whole sentence."""

    rule: Rule
    near: Any
    of: frozenset[str]
    wide: bool


def carry(missing: str, focus: Focus) -> Carried | None:
    """What a number measures where its clause names nothing (`missing` is "name"), or only whose figure it is, or only
    what is measured ("owner")."""
    quantity, has = focus.quantity, _roles_of(focus.name)
    near, far = focus.said(focus.begin), focus.said(focus.scene.since)
    for row in rows_for(missing, quantity.kind, quantity.unit, focus.changed):
        said = far if row.wide else near
        if not (row.of and row.of.isdisjoint(has)) and row.near.search(said):
            found = (_named(row, said + told) for source in row.rule["from"] for told in SOURCES[source](focus))
            if full := next(filter(None, found), None):
                return Carried(full, row.rule.id)
    return None


def _roles_of(name: str) -> frozenset[str]:
    """What a whole name can be: a word's roles, or those of nothing but verbs, 竣工投产, 优化调整."""
    return roles().get(name) or frozenset.intersection(DEEDS, *map(roles_of, cut(name)))


def carry_to_each(name: str, told: list[str]) -> list[Carried] | None:
    """A name that says only what is measured, of each of those before: 企业2家、合作社5家，|总数|分别突破20家、50家."""
    has = roles().get(name, NO_ROLE)
    rows = (row for row in rows_of("owner") if "last" in row.rule["from"] and not (row.of and row.of.isdisjoint(has)))
    each = ([Carried(_named(row, f"‹{name}›{one}"), row.rule.id) for one in told] for row in rows)
    return next((names for names in each if all(one.name for one in names)), None)


@recent_per_ruleset(1024)
def rows_for(missing: str, kind: Kind, unit: str | None, changed: bool) -> tuple[Row, ...]:
    """The rows for what is missing of a number of a kind, in a unit, that is a difference or not."""
    return tuple(
        row
        for row in rows_of(missing)
        if kind in (row.rule["kinds"] or (kind,))
        and unit in (row.rule["units"] or (unit,))
        and row.rule["change"] in (None, changed)
    )


def _named(row: Row, line: str) -> str:
    """The name that a row makes of a line; "" where it does not fit."""
    match = row.rule.pattern.search(line)
    if match is None:
        return ""
    pieces = (row.rule["name"] or WHOLE).split("+")
    made: Iterator[str] = (GROUP.sub(lambda group: match[group[1]] or "", piece) for piece in pieces)
    return reduce(_beside, made)


def _beside(name: str, rest: str) -> str:
    """Two names as one, of which the second may begin as the first ends, or with a population of which that is a part:
    农村居民|居民人均可支配收入, 小学|中小学近视率.

    >>> _beside("农村居民", "居民人均可支配收入"), _beside("小学", "中小学近视率")
    ('农村居民人均可支配收入', '小学近视率')
    """
    if 0 < (at := rest.find(name)) <= WIDER:
        return name + rest[at + len(name) :]
    said = next((name[i:] for i in range(len(name)) if rest.startswith(name[i:])), "")
    return name + rest.removeprefix(said)


@per_ruleset
def rows_of(missing: str) -> tuple[Row, ...]:
    """The rows for what is missing, in their order."""
    return tuple(make_row(rule, compiled) for rule in rules("carries") if rule["missing"] == missing)


def make_row(rule: Rule, compile_: Callable[[str], Any] = compile_pattern) -> Row:
    """A row at work; RuleError where its pattern cannot be parted at ›."""
    near = "".join(rule.pattern.pattern.rpartition("›")[:2])
    of = frozenset(rule["of"] or ())
    if not isinstance(rule.pattern, Limited):
        return Row(rule, compile_(near), of, bool(rule["wide"]))
    try:
        return Row(rule, Limited(regex.compile(near), rule.pattern.where), of, bool(rule["wide"]))
    except regex.error as error:
        raise RuleError(f"{rule.pattern.where}: the pattern is none up to ›: {error}; let no group hold it") from None


# ---------------------------------------------------------------- sources


def _last(focus: Focus) -> Iterator[str]:
    """The record before; that before a ； where the number is a difference."""
    told = focus.scene.records or (focus.scene.chained if focus.changed else [])
    yield from (one.indicator for one in told[-1:])


def _thing(focus: Focus) -> Iterator[str]:
    yield from (one.indicator for one in focus.scene.records[-1:] if one.kind != "money")


def _amount(focus: Focus) -> Iterator[str]:
    """The last amount, shares of it left out: 收入12亿元，为预算的102%，|增长5%|."""
    for one in reversed(focus.scene.records or focus.scene.chained):
        if one.kind != "percentage":
            yield one.indicator
        if one.kind != "percentage" or one.change:
            return


def _in_unit(focus: Focus) -> Iterator[str]:
    yield from (one.indicator for one in focus.in_unit()[-1:])


def _more(focus: Focus) -> Iterator[str]:
    """What the sentence counts more of; of several it is of none."""
    more = {one.indicator for one in focus.in_unit() if (one.value or 0) > focus.quantity.value}
    if len(more) == 1:
        yield from more


def _alike(focus: Focus) -> Iterator[str]:
    yield from (one.indicator for one in focus.alike()[-1:])


def _whole(focus: Focus) -> Iterator[str]:
    """What the last is a part of."""
    parted = "owner" in alike[-1].why if (alike := focus.alike()) else False
    yield from (one.indicator for one in reversed(alike) if parted and "owner" not in one.why)


def _outside(focus: Focus) -> Iterator[str]:
    """What was measured alike right before the bracket of the number: 床位200张（|公办120张|）."""
    scene, at = focus.scene, focus.quantity.span.start
    opening = bracket_start(scene.text, at, scene.sentence.start) if scene.bracketed else scene.sentence.start
    if scene.text[opening - 1 : opening] == "（":
        begin = clause_start(scene.text, opening - 1, scene.sentence.start)
        told = [one for one in focus.alike() if begin <= one.span.start < opening]
        yield from (one.indicator for one in told[-1:])


def _counterpart(focus: Focus) -> Iterator[str]:
    """What was measured of the part beside this one, as it is called of this: 多层住宅|物业费, of |高层住宅|."""
    name = focus.name
    for parts in lexicon()["counterparts"].values():
        if name.startswith(tuple(parts)):
            part = max((part for part in parts if name.startswith(part)), key=len)
            others = [other + name.removeprefix(part) for other in parts if other != part]
            yield from (
                told.replace(other, name, 1) for told in _alike(focus) for other in others if other in told != other
            )


def _difference(focus: Focus) -> Iterator[str]:
    """The first that has changed."""
    yield from (str(one.indicator) for one in (*focus.scene.chained, *focus.scene.records) if one.change)


def _clause(focus: Focus) -> Iterator[str]:
    """The subject of the clause before, when that has no number of its own: 总值创历史新高，|达到52亿元|."""
    scene, begin = focus.scene, focus.begin
    floor = scene.last.span.end if scene.last else scene.sentence.start
    if begin - 1 < floor or scene.text[begin - 1] != "，":
        return
    earlier = clause_start(scene.text, begin - 1, floor)
    subject = scene.phrase("subject", earlier, begin - 1)
    if subject and (earlier > floor or scene.last is None):
        yield subject.text


def _lead(focus: Focus) -> Iterator[str]:
    """What is measured of all that is listed behind a colon: 起付标准为：一级医院120元，二级医院|350元|."""
    scene = focus.scene
    colon = scene.text.rfind("：", scene.since, focus.begin)
    if colon >= 0:
        begin = clause_start(scene.text, colon, scene.since)
        subject = read_phrase("before", scene.other_tokens(begin, colon))
        yield from (subject.text for subject in [subject] if subject)


def _topic(focus: Focus) -> Iterator[str]:
    """Whose clause the one before is, or the sentence before in the same paragraph: 经营主体增量提质，|总量|突破."""
    if focus.scene.last is None:
        yield from (_clause if focus.begin > focus.scene.sentence.start else _sentence)(focus)


def _object(focus: Focus) -> Iterator[str]:
    if name := named_before(focus.scene, focus.begin):
        yield name


def named_before(scene: Scene, begin: int) -> str:
    """What the clause before names last, when no number stands in between: 推进改扩建工程，|8月底前完成验收."""
    if begin <= scene.sentence.start:
        return ""
    last = [q for q in scene.quantities if q.span.end < begin]
    earlier = clause_start(scene.text, begin - 1, last[-1].span.end if last else scene.sentence.start)
    phrase = scene.phrase("before", earlier, begin - 1)
    return phrase.text if phrase else ""


def _ground(focus: Focus) -> Iterator[str]:
    """What the number counts in a stretch that all behind it goes on from: 在整治易涝点|15处|的基础上, or
    在建成|5个|示范村的基础上."""
    if ground := _ground_around(focus):
        scene, (start, end) = focus.scene, focus.quantity.span
        phrase = read_phrase("before", scene.plain_tokens(ground.start + 1, start))
        behind = scene.text[end : ground.end].removesuffix("基础上").removesuffix("的")
        yield from filter(None, (phrase.text if phrase else "", behind))


def _ahead(focus: Focus) -> Iterator[str]:
    """What is counted behind such a stretch in the same unit: 在完成|12公里|的基础上，再改造管网20公里."""
    scene, ground = focus.scene, _ground_around(focus)
    behind = (q for q in scene.quantities if ground and q.span.start >= ground.end)
    counted = next((q.span.start for q in behind if q.unit == focus.quantity.unit), None)
    phrase = (
        scene.phrase("before", clause_start(scene.text, counted, ground.end), counted) if counted and ground else None
    )
    yield from (phrase.text,) if phrase else ()


def _ground_around(focus: Focus) -> Span | None:
    """The stretch around the number that all behind it goes on from."""
    text, sentence, at = focus.scene.text, focus.scene.sentence, focus.quantity.span.start
    grounds = (Span(*found.span()) for found in cue("name.ground").finditer(text, sentence.start, sentence.end))
    return next((ground for ground in grounds if ground.start <= at < ground.end), None)


def _sentence(focus: Focus) -> Iterator[str]:
    earlier = focus.scene.before
    if earlier is None:
        return
    end = clause_end(focus.scene.text, earlier.start, earlier.end)
    subject = read_phrase("subject", focus.scene.other_tokens(earlier.start, end))
    if subject and len(subject.text) <= LONGEST_SUBJECT:
        yield subject.text


def _paragraph(focus: Focus) -> Iterator[str]:
    """What the paragraph counted last, when in this unit."""
    earlier = focus.scene.earlier
    if earlier is not None and earlier.unit == focus.quantity.unit:
        yield earlier.indicator


def _heading(focus: Focus) -> Iterator[str]:
    if focus.scene.path and focus.scene.path[-1].title:
        yield focus.scene.path[-1].title


def _quote(focus: Focus) -> Iterator[str]:
    yield focus.scene.text[focus.quantity.span.start : focus.quantity.span.end]


SOURCES: dict[str, Callable[[Focus], Iterator[str]]] = {
    "last": _last,
    "thing": _thing,
    "amount": _amount,
    "unit": _in_unit,
    "more": _more,
    "alike": _alike,
    "whole": _whole,
    "outside": _outside,
    "counterpart": _counterpart,
    "difference": _difference,
    "clause": _clause,
    "object": _object,
    "lead": _lead,
    "topic": _topic,
    "ground": _ground,
    "ahead": _ahead,
    "paragraph": _paragraph,
    "heading": _heading,
    "quote": _quote,
}
