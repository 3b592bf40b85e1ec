"""Stage 5, assemble: the mentions of a sentence become records, each with its name, bounds, time and status."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from planparse.assemble.amounts import quantity_records
from planparse.assemble.constructions import Heard
from planparse.assemble.context import explained_in
from planparse.assemble.course import Course
from planparse.assemble.enumeration import drop_context
from planparse.assemble.milestones import milestone_records
from planparse.assemble.record import Record
from planparse.assemble.responsible import Responsibles
from planparse.assemble.scene import Scene
from planparse.assemble.timing import Clock
from planparse.dates import NO_DAYS, Calendar
from planparse.model import (
    LONGEST_SENTENCE,
    Mentions,
    Node,
    NormalText,
    Outline,
    Quantity,
    Sentence,
    Span,
    TimeMention,
    Veto,
)
from planparse.rules import cue, having

MOST_CHAINED = 12  # records of the parts of a sentence before a ； that what follows may lean on


@dataclass(slots=True)
class Assembly:
    """The records of a document, the vetoes its context added, the times its records use, and those among these that
    are no days."""

    records: list[Record] = field(default_factory=list)
    vetoes: list[Veto] = field(default_factory=list)
    used_times: list[TimeMention] = field(default_factory=list)
    undated: list[TimeMention] = field(default_factory=list)


def assemble(
    normal: NormalText,
    outline: Outline,
    sentences: list[Sentence],
    mentions: Mentions,
    calendar: Calendar,
    title: str | None = None,
    heard: dict[Span, Heard] | None = None,
) -> Assembly:
    """Every record of a document in reading order; `heard` is filled with how each number could be read."""
    text = normal.text
    clock = Clock(text, calendar, mentions.times, sentences, title)
    course = Course(text, calendar, title)
    responsibles = Responsibles(text, outline)
    quantities, times = _deal(sentences, mentions.quantities), _deal(sentences, mentions.times)
    interrupting = having("interrupts", "vetoes")
    vetoes = _deal(sentences, [veto for veto in mentions.vetoes if veto.rule in interrupting])
    assembly = Assembly()
    last: Sentence | None = None
    path: list[Node] = []
    since = 0
    explained = explained_in(text)
    named = title if title and cue("context.title").search(title) else ""
    for i, sentence in enumerate(sentences):
        if text[sentence.start - 1] != "；" or sentence.end - since > LONGEST_SENTENCE:
            since = sentence.start
        if last is None or sentence.node != last.node:
            path = outline.path(sentence.node)
        clock.enter(sentence, path, times.get(i, ()))
        course.enter(sentence, path)
        if explained.start <= sentence.start < explained.end and not _looks_ahead(times.get(i, ())):
            assembly.vetoes += [Veto(q.span, "structure", "context.explained") for q in quantities.get(i, ())]
        elif named and not assembly.records and text[sentence.start : sentence.end].strip() in named:
            assembly.vetoes += [Veto(q.span, "name", "context.title") for q in quantities.get(i, ())]
        elif i in quantities or i in times:
            scene = Scene(text, sentence, path, quantities.get(i, []), times.get(i, []), course)
            scene.since, scene.asked = since, heard
            scene.chained = [record for record in assembly.records[-MOST_CHAINED:] if record.span.start >= since]
            if assembly.records and assembly.records[-1].sentence.paragraph == sentence.paragraph:
                scene.earlier = assembly.records[-1]
            scene.before = last if last is not None and last.paragraph == sentence.paragraph else None
            scene.excluded = [veto.span for veto in vetoes.get(i, ())]
            records = _add_records(scene, clock, responsibles, assembly)
            clock.leave([record.span for record in records if record.kind == "milestone"])
        last = sentence
    return assembly


def _looks_ahead(times: Sequence[TimeMention]) -> bool:
    """Whether a sentence plans though it explains a word: 到2030年."""
    return any(time.rule in having("horizon", "times") for time in times)


_Found = TypeVar("_Found", Quantity, TimeMention, Veto)


def _deal(sentences: list[Sentence], items: list[_Found]) -> dict[int, list[_Found]]:
    """The items that begin in each sentence, by its index."""
    starts = [sentence.start for sentence in sentences]
    dealt: dict[int, list[_Found]] = {}
    for item in items:
        i = bisect_right(starts, item.span.start) - 1
        if i >= 0 and item.span.start < sentences[i].end:
            dealt.setdefault(i, []).append(item)
    return dealt


def _add_records(scene: Scene, clock: Clock, responsibles: Responsibles, assembly: Assembly) -> list[Record]:
    """The records of one sentence, in reading order."""
    assembly.vetoes += drop_context(scene)
    records = sorted([*quantity_records(scene, clock), *milestone_records(scene, clock)], key=lambda r: r.span)
    for record in records:
        record.responsible = responsibles.of(scene.sentence)
    assembly.records += records
    for dated in (record.dated for record in records if record.dated is not None):
        (assembly.undated if dated.days == NO_DAYS else assembly.used_times).append(dated.mention)
    return records
