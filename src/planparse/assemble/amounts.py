"""The numbers of a sentence become records: each with its name, bounds, basis, time and status, and why."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.assemble.bounds import (
    Bound,
    Difference,
    read_change,
    read_comparator,
    read_per,
    read_per_behind,
    read_than,
    signed,
)
from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.constructions import Reading, asides
from planparse.assemble.enumeration import common_comparator, groups
from planparse.assemble.naming import find_name, find_names, full_name, hear, owners_of
from planparse.assemble.record import Dated, Decision, Record, Said
from planparse.assemble.scene import Scene
from planparse.assemble.status import status_of
from planparse.assemble.timing import Clock
from planparse.lexicon import roles_of
from planparse.model import Quantity, Span
from planparse.rules import cue


def quantity_records(scene: Scene, clock: Clock) -> Iterator[Record]:
    """The records of the numbers of a sentence, in reading order."""
    floor = scene.sentence.start
    for group in groups(scene):
        first = group[0]
        begin = _begin(scene, scene.baselines.get(first.span, first), floor)
        respective = bool(cue("group.respective").search(scene.text, begin, first.span.start))
        names, distributed = find_names(scene, group, begin)
        shares_times = respective and len(group) > 1 and not distributed
        times = clock.each(first.span.start, len(group)) if shares_times else []
        respective = respective or distributed
        shared: Difference | None = None
        owners = owners_of(scene, group) if respective and names is None else []
        common = common_comparator(scene, group, begin, respective=respective) if len(group) > 1 else "="
        for i, quantity in enumerate(group):
            start = begin if i == 0 or (len(group) > 1 and respective) else max(begin, floor)
            bound = read_comparator(
                scene.text, quantity, start if i == 0 else group[i - 1].span.end, scene.sentence.end
            )
            if bound.comparator == "=" != common:
                bound = bound._replace(comparator=common)
            if shared is None or not respective:
                shared = read_change(scene.text, quantity, max(begin, floor))
            phrase = names[i] if names else _like_the_first(scene, owners, i, Span(start, first.span.start))
            if phrase is None:
                phrase = find_name(scene, quantity, bound, shared, start, owners[0] if owners else None)
            if phrase and quantity.kind == "count" and phrase.start >= quantity.span.end and _upgrades(scene, quantity):
                shared = Difference()
            if scene.asked is not None:
                scene.asked[quantity.span] = hear(scene, quantity, bound, shared, start)
            difference = signed(shared, quantity)
            if names:
                difference = _of_member(scene, difference, names[i], Span(begin, first.span.start))
            record = _record(scene, clock, quantity, bound, phrase, difference, begin, times[i] if times else None)
            if record.why["name"].rule not in asides():
                scene.records.append(record)
            floor = max(floor, bound.end)
            yield record


def _of_member(scene: Scene, shared: Difference, member: Reading, before: Span) -> Difference:
    """The difference that a member of an enumeration is, none where only the last one is said to rise:
    失业率、|物价涨幅|分别控制在5%、2%."""
    rises = shared.change and "rate" in roles_of(member.text)
    return Difference() if rises and cue("difference.of-the-last").search(scene.text, *before) else shared


def _like_the_first(scene: Scene, owners: list[str], i: int, at: Span) -> Reading | None:
    """The name of a value that is told of one of those before, by that of the first of its group: 分别占12%、|15%|."""
    told = scene.records[-i].indicator if owners and i > 0 else ""
    if not told or not told.startswith(owners[0]):
        return None
    return Reading("group.named-before", owners[i] + told.removeprefix(owners[0]), at.start, at.end)


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
    reading: Reading | None,
    difference: Difference,
    begin: int,
    own: Dated | None,
) -> Record:
    indicator, why = full_name(scene, quantity, reading, difference, begin)
    end = clause_end(scene.text, quantity.span.end, scene.sentence.end)
    until = _dating_end(scene, quantity, end) if scene.times else end
    dated = own or clock.at(begin, quantity.span.start, until)
    verdict = status_of(scene, Span(begin, end), quantity.span, dated)
    per = read_per(scene.text, begin, quantity.span.start) or read_per_behind(scene.text, quantity.span.end)
    baseline = scene.baselines.get(quantity.span)
    than = difference.than or (read_than(scene.text, begin, quantity.span.start) if difference.change else None)
    why |= reasons(quantity, bound, difference, dated, per) | {"status": verdict.said}
    basis = scene.text[per.start : per.end] if per else _shared_per(scene, quantity, indicator, begin)
    return Record(
        span=quantity.span,
        kind=quantity.kind,
        status=verdict.status,
        indicator=indicator,
        rule=quantity.rule,
        sentence=scene.sentence,
        path=scene.path,
        comparator=bound.comparator,
        value=abs(quantity.value) if difference.change and quantity.value_max is None else quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        action=reading.verb if reading else None,
        change=difference.change,
        baseline=baseline.value if baseline else None,
        baseline_text=than,
        per=basis or _every(scene, clock, begin),
        dated=dated,
        why=why,
        evidence=verdict.evidence,
    )


def reasons(
    quantity: Quantity, bound: Bound, difference: Difference, dated: Dated | None, per: Span | None
) -> dict[Decision, Said]:
    """Which rows bounded, compared and dated a number, and on what it is counted out."""
    why: dict[Decision, Said] = {}
    if bound.rule:
        why["comparator"] = Said(bound.rule, Span(bound.start, bound.end))
    if difference.rule:
        why["change"] = Said(difference.rule)
    if dated:
        why["time"] = Said(dated.scope, dated.mention.span)
    if per:
        why["per"] = Said("per.before", per)
    if quantity.kind == "count" and quantity.unit is None:
        why["unit"] = Said("unit.none")
    return why


def _dating_end(scene: Scene, quantity: Quantity, end: int) -> int:
    """Where the words end that may date a number: at the next number of its clause, at its end, or behind the time of a
    clause that only says by when all is done: 改造市场8个，|9月底前|完成."""
    following = next((q.span.start for q in scene.quantities if quantity.span.end <= q.span.start < end), end)
    due = next((time.span for time in scene.times if time.span.start > end), None)
    if following < end or due is None or not scene.text.startswith("，", end):
        return following
    led = cue("milestone.lead").match(scene.text, end + 1, due.start)
    stands_alone = due.start == (led.end() if led else end + 1)
    return due.end if stands_alone and cue("time.of-it-all").match(scene.text, due.end) else end


def _every(scene: Scene, clock: Clock, begin: int) -> str | None:
    """What a deadline of every year says of the clause behind it: |每年|10月底前，检修闸门20座."""
    told = next((d.mention.span for d in clock.yearly if d.mention.span.end == begin - 1), None)
    per = read_per(scene.text, scene.sentence.start, told.start) if told else None
    return scene.text[per.start : per.end] if per else None


def _shared_per(scene: Scene, quantity: Quantity, indicator: str, begin: int) -> str | None:
    """The basis that the first member of an enumeration gives (每年培养A50名、B100名), or the whole of its parts:
    每人每年100元，|其中|省级补助40元，县级补助60元."""
    last = scene.last
    if last is None or last.per is None:
        return None
    if last.per in last.indicator.replace(indicator, "") or last.kind != quantity.kind == "percentage":
        return None  # 每万人专利拥有量达到3件、|专利产业化率|达到42%
    if quantity.kind == last.kind == "money" and "其中" in scene.text[scene.sentence.start : begin + 2]:
        return last.per
    if scene.text[begin : begin + 1] not in "、和及":
        return None
    return last.per if begin > clause_start(scene.text, begin, scene.sentence.start) else None
