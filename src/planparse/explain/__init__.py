"""How a number was read: what it became, the readings that were possible, what decided each part; or what is missing.

`planparse explain` shows it. Everything is gathered from what the stages said of themselves while they read; nothing is
decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from planparse.assemble.confidence import measured, traits
from planparse.assemble.constructions import Heard, alphabet
from planparse.assemble.evidence import NOWHERE
from planparse.assemble.record import Record
from planparse.assemble.tokens import Tokens
from planparse.lexicon import SHORT, roles_of
from planparse.model import NormalText, PlanparseError, Skipped, Span, Target
from planparse.pipeline import Trace
from planparse.reasons import Missing, Rule, describe
from planparse.rules import cue

Outcome = Literal["target", "skipped", "time", "none"]
BEYOND = 6  # characters behind a number that are shown where none of them is a unit


@dataclass(frozen=True, slots=True)
class Word:
    """A token of the clause, and what it can be: 新增 is a verb."""

    text: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """What one construction reads: count.behind takes 学位 for what 800个 counts."""

    construction: str
    name: str
    verb: str | None
    taken: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """What decided one part: its value, the rule, the words that it read, and how far before the number these end
    (behind it, below zero)."""

    part: str
    value: str
    rule: str
    words: str | None = None
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """What spoke for a result, above zero, or for a plan, below: 了 speaks for a result."""

    rule: str
    weight: float
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Trait:
    """What a record was measured by, what it adds to the log-odds of being right, and on how many records of gold."""

    name: str
    weight: float
    n: int
    right: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number of a document in source offsets, and how it came to be what it is."""

    quote: str
    start: int
    end: int
    page: int | None
    outcome: Outcome
    target: Target | None = None
    skipped: Skipped | None = None
    dates: tuple[str, ...] = ()
    """The ids of the records that a time dates."""
    words: tuple[Word, ...] = ()
    ways: tuple[Way, ...] = ()
    grounds: tuple[Ground, ...] = ()
    evidence: tuple[Weight, ...] = ()
    """What spoke of its status, the loudest first."""
    traits: tuple[Trait, ...] = ()
    """What its confidence is made of, what weighs most first."""
    missing: Missing | None = None
    beyond: str = ""
    """What follows a number that no rule reads."""
    rules: dict[str, Rule] = field(default_factory=dict)
    """Every row of the rules that is named above, by its id."""


def explain_all(trace: Trace) -> list[Explanation]:
    """Every number of a document in reading order: targets, times that date them, and what is skipped.

    >>> from planparse.pipeline import trace
    >>> from planparse.read import read_bytes
    >>> said = explain_all(trace(read_bytes("某县2025年工作要点\\n\\n新增学位800个，办好第三届书展。".encode(), "-")))
    >>> [(one.quote, one.outcome) for one in said]
    [('2025年', 'skipped'), ('800个', 'target'), ('第三届', 'skipped')]
    """
    found = [*_targets(trace), *_times(trace), *_skipped(trace)]
    return sorted(found, key=lambda one: (one.start, one.end))


def explain_at(trace: Trace, offset: int) -> Explanation:
    """The number that stands at an offset of the source; PlanparseError names the nearest where none does."""
    text = trace.document.text
    if not 0 <= offset < len(text):
        raise PlanparseError(
            f"there is no offset {offset}: the text has {len(text)} characters, counted from 0", code="no-such-offset"
        )
    known = explain_all(trace)
    holding = [one for one in known if one.start <= offset < one.end]
    if holding:
        return min(holding, key=lambda one: one.end - one.start)
    if unread := next((span for span in _numbers(text) if span.start <= offset < span.end), None):
        return _unread(trace, unread)
    message = f"no number stands at {offset}"
    if known:
        near = min(known, key=lambda one: min(abs(one.start - offset), abs(one.end - 1 - offset)))
        message += f"; the nearest is {_plain(near.quote)!r} at {near.start}"
    raise PlanparseError(message, code="no-number")


def explain_id(trace: Trace, id_: str) -> Explanation:
    """The record with this id, or the only one whose id begins so."""
    found = [one for one in _targets(trace) if one.target and one.target.id.startswith(id_)]
    if not id_ or len(found) != 1:
        several = f"{len(found)} records have ids that begin with" if found and id_ else "no record has the id"
        raise PlanparseError(f"{several} {id_!r}; explain without --id lists them", code="no-such-record")
    return found[0]


def _targets(trace: Trace) -> Iterator[Explanation]:
    for target in trace.document.targets:
        if target.id not in trace.made:
            yield _named(trace, Span(target.start, target.end), "target", target=target)
            continue
        record, text = trace.made[target.id]
        heard = trace.heard.get(record.span) if text is trace.normal else None
        yield _named(
            trace,
            Span(target.start, target.end),
            "target",
            target=target,
            words=tuple(_words(heard, target.quote)) if heard else (),
            ways=tuple(_ways(heard, record)) if heard else (),
            grounds=tuple(_grounds(record, target, text)),
            evidence=tuple(_evidence(record, text)),
            traits=tuple(_traits(record)),
        )


def _times(trace: Trace) -> Iterator[Explanation]:
    """The times that date records and are none themselves."""
    own = {(target.start, target.end) for target in trace.document.targets}
    dated: dict[Span, list[str]] = {}
    for id_, (record, text) in trace.made.items():
        if record.dated is not None:
            dated.setdefault(text.source_span(*record.dated.mention.span), []).append(id_)
    for span, ids in dated.items():
        if span not in own:
            yield _named(trace, span, "time", dates=tuple(ids))


def _skipped(trace: Trace) -> Iterator[Explanation]:
    for entry in trace.document.skipped:
        span = Span(entry.start, entry.end)
        missing = _missing(trace, span) if entry.rule == "ledger.unresolved" else None
        beyond = _beyond(trace, span) if missing else ""
        ground = Ground("reason", entry.reason, entry.rule, _plain(entry.quote))
        yield _named(trace, span, "skipped", skipped=entry, missing=missing, beyond=beyond, grounds=(ground,))


def _unread(trace: Trace, span: Span) -> Explanation:
    """A number of which no rule says anything."""
    return _named(trace, span, "none", missing=_missing(trace, span), beyond=_beyond(trace, span))


def _named(trace: Trace, span: Span, outcome: Outcome, **said: object) -> Explanation:
    """An explanation with the quote, the page, and the rows that it names."""
    text, starts = trace.document.text, trace.document.layout.page_starts
    page = max(1, sum(start <= span.start for start in starts)) if starts else None
    found = Explanation(text[span.start : span.end], span.start, span.end, page, outcome, **said)  # type: ignore[arg-type]
    named = [ground.rule for ground in found.grounds] + [way.construction for way in found.ways]
    named += [one.rule for one in found.evidence]
    found.rules.update({rule: row for rule in named if (row := describe(rule))})
    return found


# ---------------------------------------------------------------- records


def _words(heard: Heard, quote: str) -> Iterator[Word]:
    yield from _roles(heard.stretch.before)
    yield Word(_plain(quote), ("this number",))
    yield from _roles(heard.stretch.behind)


def _roles(tokens: Tokens) -> Iterator[Word]:
    """The tokens, each with what it can be: its roles, or what kind of atom it is."""
    atoms = {code: name.lower() for name, code in alphabet().by_atom.items()}
    for i, code in enumerate(tokens.codes):
        word = tokens.word(i)
        yield Word(word, (atoms[code],) if code in atoms else tuple(sorted(roles_of(word) - SHORT)))


def _ways(heard: Heard, record: Record) -> Iterator[Way]:
    """Each reading once, the one that was taken first; what no construction of the clause gave stands for itself."""
    said = record.why["name"].rule if "name" in record.why else ""
    if said not in {reading.construction for reading in heard.readings}:
        yield Way(said, record.indicator, record.action, taken=True)
        said = ""
    for reading in heard.readings:
        yield Way(reading.construction, reading.text, reading.verb, reading.construction == said)
        said = "" if reading.construction == said else said


def _grounds(record: Record, target: Target, text: NormalText) -> Iterator[Ground]:
    """What decided the parts of a record, its value first."""
    yield Ground("value", _value(target), record.rule, _plain(target.quote), 0)
    for part, said in record.why.items():
        words = text.text[said.span.start : said.span.end].strip() if said.span else None
        distance = _distance(record.span, said.span) if said.span else None
        yield Ground(part, _said(target, part), said.rule, words, distance)
    if "time" not in record.why and target.time is not None:
        yield Ground("time", _said(target, "time"), "time.document")


def _evidence(record: Record, text: NormalText) -> Iterator[Weight]:
    for one in sorted(record.evidence, key=lambda one: -abs(one.weight)):
        yield Weight(one.rule, one.weight, text.text[one.span.start : one.span.end] if one.span != NOWHERE else None)


def _traits(record: Record) -> Iterator[Trait]:
    known = measured()["traits"]
    found = [Trait(name, **known[name]) for name in sorted(set(traits(record))) if name in known]
    yield from sorted(found, key=lambda trait: -abs(trait.weight))


def _distance(number: Span, words: Span) -> int | None:
    if words.overlaps(number):
        return None
    return number.start - words.end if words.start < number.start else number.end - words.start


def _said(target: Target, part: str) -> str:
    """What a record has for a part that was decided."""
    if part == "name":
        return target.indicator
    if part == "time":
        time = target.time
        return f"{time.start or ''}/{time.end or ''}" if time else "-"
    return str(getattr(target, part, None) or "-")


def _value(target: Target) -> str:
    from planparse.write.to_table import value_text

    return value_text(target)


def _plain(quote: str) -> str:
    return "".join(quote.split())


# ---------------------------------------------------------------- what is missing


def _numbers(text: str) -> Iterator[Span]:
    """Runs of digits, or of numerals in hanzi, whether or not a rule reads them."""
    for match in cue("number.amount").finditer(text):
        yield Span(*match.span())


def _missing(trace: Trace, span: Span) -> Missing:
    """What a number would need to become a record."""
    for quantity in trace.mentions.quantities:
        if trace.normal.source_span(*quantity.span).overlaps(span):
            return "sentence"
    digits = any(char.isdecimal() for char in trace.document.text[span.start : span.end])
    return "unit" if digits else "numeral-without-unit"


def _beyond(trace: Trace, span: Span) -> str:
    return trace.document.text[span.end : span.end + BEYOND].split("\n")[0].strip()
