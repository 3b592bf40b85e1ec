"""Stage 5, assemble: the mentions of a sentence become records, each with its name, bounds, time and status."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from planparse.assemble.bounds import (
    Bound,
    Difference,
    is_baseline,
    read_change,
    read_comparator,
    read_per,
    read_than,
)
from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.confidence import name_guesses
from planparse.assemble.constructions import Reading
from planparse.assemble.context import veto_in_context
from planparse.assemble.milestones import find_milestone, subject_of
from planparse.assemble.naming import find_name, find_names, full_name, named_before
from planparse.assemble.responsible import Responsibles
from planparse.assemble.scene import Record, Scene
from planparse.assemble.status import Verdict, read_status, read_wider, title_status
from planparse.assemble.timing import Clock, Dated
from planparse.dates import NO_DAYS, Calendar
from planparse.model import (
    LONGEST_SENTENCE,
    Comparator,
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
) -> Assembly:
    """Every record of a document in reading order."""
    text = normal.text
    clock = Clock(text, calendar, mentions.times, title_status(title))
    responsibles = Responsibles(text, outline)
    quantities, times = _deal(sentences, mentions.quantities), _deal(sentences, mentions.times)
    vetoes = _deal(sentences, [veto for veto in mentions.vetoes if veto.rule in having("interrupts", "vetoes")])
    assembly = Assembly()
    last: Sentence | None = None
    path: list[Node] = []
    since = 0
    for i, sentence in enumerate(sentences):
        if text[sentence.start - 1] != "；" or sentence.end - since > LONGEST_SENTENCE:
            since = sentence.start
        if last is None or sentence.node != last.node:
            path = outline.path(sentence.node)
        clock.enter(sentence, path)
        if i in quantities or i in times:
            scene = Scene(text, sentence, path, quantities.get(i, []), times.get(i, []))
            scene.since = since
            if assembly.records and assembly.records[-1].sentence.paragraph == sentence.paragraph:
                scene.earlier = assembly.records[-1]
            scene.before = last if last is not None and last.paragraph == sentence.paragraph else None
            scene.excluded = [veto.span for veto in vetoes.get(i, ())]
            records = _add_records(scene, clock, responsibles, assembly)
            if scene.times:
                clock.leave(scene.times, sentence, [record.span for record in records if record.kind == "milestone"])
        last = sentence
    return assembly


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
    _drop_context(scene, assembly)
    records = sorted([*_quantity_records(scene, clock), *_milestones(scene, clock)], key=lambda r: r.span)
    for record in records:
        record.responsible = responsibles.of(scene.sentence)
    assembly.records += records
    for dated in (record.dated for record in records if record.dated is not None):
        (assembly.undated if dated.days == NO_DAYS else assembly.used_times).append(dated.mention)
    return records


def _drop_context(scene: Scene, assembly: Assembly) -> None:
    """Takes out what the context shows to be no target, and the baselines that belong to the number after them."""
    kept: list[Quantity] = []
    for quantity in scene.quantities:
        veto = veto_in_context(scene.text, quantity, scene.sentence.start, scene.sentence.end)
        if veto:
            assembly.vetoes.append(veto)
            if veto.rule == "context.duration":  # 营收|5年|增长: no part of the name around it
                scene.excluded.append(veto.span)
        else:
            kept.append(quantity)
    scene.quantities = kept
    counted_from = len(kept) > 1 and any(
        word in scene.text[scene.sentence.start : kept[-1].span.start] for word in "由从"
    )
    groups = _groups(scene) if counted_from else ()
    for lows, highs in pairwise(groups):  # 由5%、8%分别提高到7%、9%
        floor = clause_start(scene.text, lows[0].span.start, scene.sentence.start)
        if len(lows) in (1, len(highs)) and is_baseline(scene.text, lows, highs[0], floor):
            scene.baselines |= {high.span: low for low, high in zip(lows, highs, strict=False)}
    if not scene.baselines:
        return
    low_spans = {low.span for low in scene.baselines.values()}
    scene.quantities = [quantity for quantity in kept if quantity.span not in low_spans]
    assembly.vetoes += [Veto(span, "structure", "context.baseline") for span in low_spans]


def _groups(scene: Scene) -> Iterator[list[Quantity]]:
    """Numbers that stand in one enumeration: 93%、92%和73%; those of one kind, or any behind 分别."""
    group: list[Quantity] = []
    for quantity in scene.quantities:
        if group and not _goes_on(scene, group, quantity):
            yield group
            group = []
        group.append(quantity)
    if group:
        yield group


def _goes_on(scene: Scene, group: list[Quantity], quantity: Quantity) -> bool:
    """Whether a number belongs to the enumeration before it."""
    if not cue("group.joined").fullmatch(scene.text, group[-1].span.end, quantity.span.start):
        return False
    begin = clause_start(scene.text, group[0].span.start, scene.sentence.start)
    return quantity.kind == group[-1].kind or "分别" in scene.text[begin : group[0].span.start]


def _quantity_records(scene: Scene, clock: Clock) -> Iterator[Record]:
    floor = scene.sentence.start
    for group in _groups(scene):
        first = group[0]
        begin = _begin(scene, first, floor)
        respective = bool(cue("group.respective").search(scene.text, begin, first.span.start))
        names, distributed = find_names(scene, group, begin)
        shares_times = respective and len(group) > 1 and not distributed
        times = clock.each(scene.times, scene.sentence, first.span.start, len(group)) if shares_times else []
        respective = respective or distributed
        shared: Difference | None = None
        common = _common_comparator(scene, group, begin) if respective else "="
        for i, quantity in enumerate(group):
            start = begin if i == 0 or (len(group) > 1 and respective) else max(begin, floor)
            bound = read_comparator(
                scene.text, quantity, start if i == 0 else group[i - 1].span.end, scene.sentence.end
            )
            if bound.comparator == "=":
                bound = bound._replace(comparator=common)
            if shared is None or not respective:
                shared = read_change(scene.text, quantity, max(begin, floor))
            phrase = names[i] if names else find_name(scene, quantity, bound, shared, start)
            if phrase and quantity.kind == "count" and phrase.start >= quantity.span.end and _upgrades(scene, quantity):
                shared = Difference()
            record = _record(scene, clock, quantity, bound, phrase, shared, begin, times[i] if times else None)
            scene.last = record
            if record.indicator not in scene.named[-1:]:
                scene.named.append(record.indicator)
            floor = max(floor, bound.end)
            yield record


def _common_comparator(scene: Scene, group: list[Quantity], begin: int) -> Comparator:
    """What bounds every member of a distributed enumeration: the words after the last, or else before the first."""
    first, last = group[0], group[-1]
    tail = read_comparator(scene.text, last, begin, scene.sentence.end).comparator
    if tail not in ("=", "range"):
        return tail
    lead = read_comparator(scene.text, first, begin, first.span.end).comparator
    return "=" if lead == "range" or first.more else lead


def _begin(scene: Scene, quantity: Quantity, floor: int) -> int:
    """Where the words about a number begin: its clause, or in an enumeration the member that it ends."""
    at = quantity.span.start - 1 if scene.text[quantity.span.start - 1] == "“" else quantity.span.start
    start = clause_start(scene.text, at, scene.sentence.start)
    if floor <= start:
        return start
    comma = scene.text.find("、", floor, quantity.span.start)
    return comma if comma >= 0 else floor


def _upgrades(scene: Scene, quantity: Quantity) -> bool:
    """提升39个县域质效, 改善700所学校条件: the verb is about the things, not about how many they are."""
    return bool(cue("difference.upgrades").search(scene.text, scene.sentence.start, quantity.span.start))


def _record(
    scene: Scene,
    clock: Clock,
    quantity: Quantity,
    bound: Bound,
    phrase: Reading | None,
    difference: Difference,
    begin: int,
    own: Dated | None,
) -> Record:
    text, sentence = scene.text, scene.sentence
    indicator, guesses = full_name(scene, quantity, phrase, begin)
    end = clause_end(text, quantity.span.end, sentence.end)
    until = _next_number(scene, quantity, end) if scene.times else end
    dated = own or clock.at(scene.times, sentence, begin, quantity.span.start, until)
    if dated and dated.distance:
        guesses.append("time-from-paragraph" if dated.distance == 1 else "time-from-heading")
    verdict = _status(scene, clock, Span(begin, end), dated)
    if verdict[1] in ("heading", "document"):
        guesses.append("status-by-section")
    if quantity.kind == "count" and quantity.unit is None:
        guesses.append("no-unit")
    guesses += name_guesses(indicator)
    baseline = scene.baselines.get(quantity.span)
    than = difference.than or (read_than(text, begin, quantity.span.start) if difference.change else None)
    return Record(
        span=quantity.span,
        kind=quantity.kind,
        status=verdict[0],
        indicator=indicator,
        rule=quantity.rule,
        sentence=sentence,
        path=scene.path,
        comparator=bound.comparator,
        value=abs(quantity.value) if difference.change and quantity.value_max is None else quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        action=phrase.verb if phrase else None,
        change=difference.change,
        baseline=baseline.value if baseline else None,
        baseline_text=than,
        per=read_per(text, begin, quantity.span.start) or _shared_per(scene, begin),
        dated=dated,
        guesses=guesses,
    )


def _next_number(scene: Scene, quantity: Quantity, end: int) -> int:
    """Where the next number of the clause begins, or its end."""
    return next((q.span.start for q in scene.quantities if quantity.span.end <= q.span.start < end), end)


def _status(scene: Scene, clock: Clock, clause: Span, dated: Dated | None) -> Verdict:
    near = dated if dated and dated.distance < 2 else None
    last_day = near and (near.days[1] or near.days[0])
    first_planned = clock.calendar.period[0] or clock.calendar.issued
    dated_by = near.mention.span if near else None
    verdict = read_status(scene.text, clause, scene.path, last_day, first_planned, dated_by=dated_by)
    if verdict is None:
        return read_wider(scene.text, Span(scene.since, scene.sentence.end), clause.end, clock.title)
    return verdict


def _shared_per(scene: Scene, begin: int) -> str | None:
    """The basis that the first member of an enumeration gives: 每年培养A50名、B100名."""
    if scene.last is None or begin <= clause_start(scene.text, begin, scene.sentence.start):
        return None
    return scene.last.per if scene.text[begin : begin + 1] in "、和及" else None


def _milestones(scene: Scene, clock: Clock) -> Iterator[Record]:
    kept = ""  # whose action the milestone before it was: 工程8月完工，9月投入使用
    for time in scene.times:
        days = clock.days(time)
        if days == NO_DAYS or not clock.governs(time, scene.sentence.start):
            continue
        dated = Dated(time, days)
        begin = clause_start(scene.text, time.span.start, scene.sentence.start)
        end = clause_end(scene.text, time.span.end, scene.sentence.end)
        status, _ = _status(scene, clock, Span(begin, end), dated)
        subject = subject_of(scene.text, time, scene.sentence) or kept or named_before(scene, begin)
        phrase = find_milestone(
            scene.text, time, scene.sentence, scene.quantities, achieved=status == "achieved", subject_before=subject
        )
        kept = subject if phrase is not None and phrase.text.startswith(subject) else ""
        if phrase is None:
            continue
        yield Record(
            span=time.span,
            kind="milestone",
            status=status,
            indicator=phrase.text,
            rule=time.rule,
            sentence=scene.sentence,
            path=scene.path,
            action=phrase.verb,
            dated=dated,
            guesses=["milestone"],
        )
