"""Stage 5, assemble: the mentions of a sentence become records, each with its name, bounds, time and status."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from planparse.assemble.bounds import (
    Bound,
    Difference,
    baseline_start,
    find_regular,
    is_baseline,
    read_change,
    read_comparator,
    read_per,
    read_than,
)
from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.confidence import Guess, name_guesses
from planparse.assemble.context import veto_in_context
from planparse.assemble.distribute import distribute
from planparse.assemble.milestones import find_milestone, subject_of
from planparse.assemble.phrases import Phrase, after, around, before, is_verbal, subject_of_clause
from planparse.assemble.responsible import Responsibles
from planparse.assemble.status import read_status
from planparse.assemble.timing import Clock, Dated
from planparse.dates import Calendar
from planparse.model import (
    Change,
    Comparator,
    Kind,
    Mentions,
    Node,
    NormalText,
    Outline,
    Quantity,
    Sentence,
    Span,
    Status,
    TimeMention,
    Veto,
)
from planparse.rules import cue, words

INTERRUPTING = ("veto.thresholds", "veto.years-past")  # 总量|跨过两个万亿元大关|、达到
LONGEST_SUBJECT = 12  # a longer phrase before a milestone is a clause, not what it is about
_BARE_HEADS = ("率", "占比", "比例", "比重")


@dataclass(slots=True)
class Record:
    """A target in normal offsets, before pages, ids and the canonical name are added."""

    span: Span
    kind: Kind
    status: Status
    indicator: str
    rule: str
    sentence: Sentence
    path: list[Node]
    comparator: Comparator = "="
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    action: str | None = None
    change: Change | None = None
    baseline: Decimal | None = None
    baseline_text: str | None = None
    per: str | None = None
    dated: Dated | None = None
    responsible: list[str] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)


@dataclass(slots=True)
class Assembly:
    """The records of a document, the vetoes its context added, and the times its records use."""

    records: list[Record] = field(default_factory=list)
    vetoes: list[Veto] = field(default_factory=list)
    used_times: list[TimeMention] = field(default_factory=list)


@dataclass(slots=True)
class _Scene:
    """One sentence with what the rules found in it."""

    text: str
    sentence: Sentence
    path: list[Node]
    quantities: list[Quantity]
    times: list[TimeMention]
    before: Sentence | None = None
    excluded: list[Span] = field(default_factory=list)
    last: Record | None = None
    group: list[str] = field(default_factory=list)
    baselines: dict[Span, Quantity] = field(default_factory=dict)

    def holes(self, begin: int, end: int) -> list[Span]:
        """What interrupts the name before a number: times, and 每年 and its like."""
        return sorted([*(t.span for t in self.times), *self.excluded, *find_regular(self.text, begin, end)])


def assemble(
    normal: NormalText, outline: Outline, sentences: list[Sentence], mentions: Mentions, calendar: Calendar
) -> Assembly:
    """Every record of a document in reading order."""
    text = normal.text
    clock = Clock(text, calendar, mentions.times)
    responsibles = Responsibles(text, outline)
    assembly = Assembly()
    last: Sentence | None = None
    for sentence in sentences:
        path = outline.path(sentence.node)
        clock.enter(sentence, path)
        scene = _Scene(text, sentence, path, _within(mentions.quantities, sentence), _within(mentions.times, sentence))
        scene.before = last if last is not None and last.paragraph == sentence.paragraph else None
        last = sentence
        scene.excluded = [v.span for v in _within(mentions.vetoes, sentence) if v.rule in INTERRUPTING]
        _drop_context(scene, assembly)
        records = sorted([*_quantity_records(scene, clock), *_milestones(scene, clock)], key=lambda r: r.span)
        for record in records:
            record.responsible = responsibles.of(sentence)
        assembly.records += records
        assembly.used_times += [r.dated.mention for r in records if r.dated is not None]
        clock.leave(scene.times, sentence)
    return assembly


_Found = TypeVar("_Found", Quantity, TimeMention, Veto)


def _within(items: list[_Found], sentence: Sentence) -> list[_Found]:
    """Those of the items, in reading order, that begin in a sentence."""
    first = bisect_left(items, sentence.start, key=lambda item: item.span.start)
    last = bisect_left(items, sentence.end, key=lambda item: item.span.start)
    return items[first:last]


def _drop_context(scene: _Scene, assembly: Assembly) -> None:
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
    scene.quantities = []
    for low, high in zip([None, *kept], kept, strict=False):
        if low is not None and is_baseline(
            scene.text, low, high, clause_start(scene.text, low.span.start, scene.sentence.start)
        ):
            scene.quantities.pop()
            scene.baselines[high.span] = low
            assembly.vetoes.append(Veto(low.span, "structure", "context.baseline"))
        scene.quantities.append(high)


def _groups(scene: _Scene) -> Iterator[list[Quantity]]:
    """Numbers that stand in one enumeration: 93%、92%和73%."""
    group: list[Quantity] = []
    for quantity in scene.quantities:
        if group and (
            quantity.kind != group[-1].kind
            or not cue("group.joined").fullmatch(scene.text, group[-1].span.end, quantity.span.start)
        ):
            yield group
            group = []
        group.append(quantity)
    if group:
        yield group


def _quantity_records(scene: _Scene, clock: Clock) -> Iterator[Record]:
    floor = scene.sentence.start
    for group in _groups(scene):
        first = group[0]
        begin = _begin(scene, first, floor)
        respective = bool(cue("group.respective").search(scene.text, begin, first.span.start))
        names, distributed = _names(scene, group, begin)
        said: list[str] = []
        respective = respective or distributed
        shared: Difference | None = None
        tail = read_comparator(scene.text, group[-1], begin, scene.sentence.end).comparator
        lead = read_comparator(scene.text, first, begin, first.span.end).comparator
        lead = "=" if lead == "range" or first.more else lead
        for i, quantity in enumerate(group):
            start = begin if i == 0 or (len(group) > 1 and respective) else max(begin, floor)
            bound = read_comparator(
                scene.text, quantity, start if i == 0 else group[i - 1].span.end, scene.sentence.end
            )
            if respective and bound.comparator == "=":
                bound = bound._replace(comparator=tail if tail not in ("=", "range") else lead)
            if shared is None or not respective:
                shared = read_change(scene.text, quantity, max(begin, floor))
            phrase = names[i] if names else _indicator(scene, quantity, bound, shared, start)
            if phrase and quantity.kind == "count" and phrase.start >= quantity.span.end and _upgrades(scene, quantity):
                shared = Difference()
            record = _record(scene, clock, quantity, bound, phrase, shared, begin)
            scene.last = record
            said.append(record.indicator)
            floor = max(floor, bound.end)
            yield record
        scene.group = said


def _begin(scene: _Scene, quantity: Quantity, floor: int) -> int:
    """Where the words about a number begin: its clause, or in an enumeration the member that it ends."""
    at = quantity.span.start - 1 if scene.text[quantity.span.start - 1] == "“" else quantity.span.start
    start = clause_start(scene.text, at, scene.sentence.start)
    if floor <= start:
        return start
    comma = scene.text.find("、", floor, quantity.span.start)
    return comma if comma >= 0 else floor


def _names(scene: _Scene, group: list[Quantity], begin: int) -> tuple[list[Phrase] | None, bool]:
    """The names of an enumeration of values, and whether the words before it hold as many as there are values."""
    if len(group) < 2:
        return None, False
    first = group[0].span.start
    subject = before(scene.text, begin, first, scene.holes(begin, first), members=True)
    if subject is None or not subject.text:
        if len(scene.group) == len(group):  # 收入分别达6.9万元、3.4万元，增长4.2%、5.3%
            return [Phrase(name, begin, first) for name in scene.group], True
        return None, False
    names = distribute(subject.text, len(group))
    return [subject._replace(text=name) for name in names or [subject.text] * len(group)], names is not None


def _indicator(scene: _Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int) -> Phrase | None:
    """What a number measures: after it (派出100名教师), around it (50%的学校达标), or before it (学位2400个)."""
    text, end = scene.text, scene.sentence.end
    stop = clause_end(text, bound.end, end)
    after_number = bound.end
    for other in scene.quantities:  # 12类|45件民生实事
        if other.span.start == after_number:
            after_number = other.span.end
    following = next((q.span.start for q in scene.quantities if q.span.start >= after_number), end)
    stop = min(stop, following)
    if stop == following < end:
        stop = _end_of_member(text, after_number, stop)
    share = _share_of(scene, quantity, begin) or _coverage(scene, quantity, begin)
    if share:
        return share
    until = _name_end(scene, quantity, bound, difference, begin)
    goes_to = cue("name.goes-to").match(text, quantity.span.end, stop) if quantity.kind == "percentage" else None
    left = before(text, begin, until, scene.holes(begin, until), stated=until < quantity.span.start)
    right_text = text[after_number:stop].lstrip("的")
    opens = bool(right_text) and not cue("name.none-after").match(right_text)
    if goes_to is not None:
        owner = left.text if left and left.text else scene.last.indicator if scene.last else ""
        return Phrase(owner + text[bound.end : stop], begin, stop)
    if quantity.kind in ("money", "measure") and text[bound.end : bound.end + 1] == "的" and opens:
        right = after(text, bound.end, stop)  # 投资3亿元的客运站
        return right._replace(text=right.text + (left.text if left else "")) if right else left
    if quantity.kind in ("percentage", "ratio", "percentage_point", "score", "rank"):
        if (left is None or not left.text) and opens and quantity.kind in ("percentage", "ratio"):
            return around(text, after_number, stop)
        if (
            left is not None
            and left.text
            and quantity.rule == "quantity.ratio"
            and text[left.end : left.end + 1] == "比"
        ):
            return left._replace(text=left.text + "比")
        return left
    lasting = quantity.kind == "duration" and (difference.change or text[begin : quantity.span.start].endswith("连续"))
    if lasting and left is not None and left.text:
        return left
    if opens and quantity.kind != "money" and quantity.kind != "coverage":
        right = after(text, after_number, stop)
        if right is not None and not (quantity.kind == "duration" and right_text.startswith("为一个周期")):
            return right._replace(verb=right.verb or (left.verb if left else None))
        if (left is None or not left.text) and quantity.unit in ("人", "名", "户", None):
            return around(text, after_number, stop)  # 1324人|凭转化贡献晋升职称
    if opens and quantity.kind == "money" and (left is None or is_verbal(left.text)):
        return after(text, after_number, stop) or left
    return left


def _upgrades(scene: _Scene, quantity: Quantity) -> bool:
    """提升39个县域质效, 改善700所学校条件: the verb is about the things, not about how many they are."""
    return scene.text[: quantity.span.start].endswith(("提升", "改善", "优化", "提高", "提升了", "改善了"))


def _end_of_member(text: str, begin: int, stop: int) -> int:
    """Where the member after a number ends when another number follows: 60万名近亲属|、共济金额6亿元."""
    joined = len(text[begin:stop].rstrip("、和及与"))
    if joined < stop - begin:
        return begin + joined  # 43所高校、职业院校|和538所中小学
    comma = text.rfind("、", begin, stop)
    return comma if comma > 0 else stop


def _name_end(scene: _Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int) -> int:
    """Where the name before a number ends at the latest: its comparator, baseline, or what it is compared with."""
    ends = [quantity.span.start, bound.start]
    if quantity.kind in ("percentage", "ratio") and (
        whole := cue("name.of-whole").search(scene.text, begin, quantity.span.start)
    ):
        ends.append(whole.start())
    if low := scene.baselines.get(quantity.span):
        ends.append(baseline_start(scene.text, low, begin))
    if quantity.kind == "rank" and (place := cue("name.rank-place").search(scene.text, begin, quantity.span.start)):
        ends.append(place.start())
    if difference.start is not None:
        ends.append(difference.start)
    return min(ends)


def _share_of(scene: _Scene, quantity: Quantity, begin: int) -> Phrase | None:
    """X占Y的68%: the name is X占Y比重; X may stand in the clause before."""
    if quantity.kind not in ("percentage", "ratio"):
        return None
    match = cue("name.share-of").search(scene.text, begin, quantity.span.start)
    if match is None:
        return None
    part = before(scene.text, begin, match.start(), scene.holes(begin, match.start()))
    name = part.text if part and part.text else (scene.last.indicator if scene.last else "")
    whole = match["whole"] or ""
    if not name:
        return None
    suffix = "" if name.endswith(_BARE_HEADS) else (f"占{whole}比重" if whole else "占比")
    return Phrase(name + suffix, begin, quantity.span.start, "占")


def _coverage(scene: _Scene, quantity: Quantity, begin: int) -> Phrase | None:
    """A在B全覆盖, A实现B全覆盖: A is what covers, B what is covered."""
    match = cue("name.covers").search(scene.text, begin, quantity.span.start) if quantity.kind == "coverage" else None
    if match is None:
        return None
    covering = before(scene.text, begin, match.start(), scene.holes(begin, match.start()), stated=True)
    if covering is None or not covering.text:
        return None
    return covering._replace(
        text=covering.text + (match["covered"] if match["verb"] != "在" else ""), verb=match["verb"]
    )


def _record(
    scene: _Scene,
    clock: Clock,
    quantity: Quantity,
    bound: Bound,
    phrase: Phrase | None,
    difference: Difference,
    begin: int,
) -> Record:
    text, sentence = scene.text, scene.sentence
    guesses: list[Guess] = []
    indicator = phrase.text if phrase and phrase.text not in words("empty_verb") else ""
    if not indicator and (subject := _clause_before(scene, begin)):
        indicator = subject
        guesses.append("name-from-record-before")
    if not indicator and scene.last is not None:
        indicator = scene.last.indicator
        guesses.append("name-from-record-before")
    if not indicator:
        indicator = _fallback(scene, quantity)
        guesses.append("name-from-clause-before")
    indicator = _with_population(indicator, scene.last.indicator if scene.last else _topic(scene, begin))
    dated = clock.at(scene.times, sentence, quantity.span.start, scene.path)
    if dated and dated.distance:
        guesses.append("time-from-paragraph" if dated.distance == 1 else "time-from-heading")
    verdict = _status(scene, clock, begin, quantity.span.end, dated)
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
        value=quantity.value,
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


def _status(scene: _Scene, clock: Clock, begin: int, end: int, dated: Dated | None) -> tuple[Status, str]:
    last_day = (dated.days[1] or dated.days[0]) if dated and dated.distance < 2 else None
    stop = clause_end(scene.text, end, scene.sentence.end)
    return read_status(scene.text, begin, stop, scene.path, last_day, _first_planned(clock.calendar))


def _shared_per(scene: _Scene, begin: int) -> str | None:
    """The basis that the first member of an enumeration gives: 每年培养A50名、B100名."""
    if scene.last is None or begin <= clause_start(scene.text, begin, scene.sentence.start):
        return None
    return scene.last.per if scene.text[begin : begin + 1] in "、和及" else None


def _first_planned(calendar: Calendar) -> date | None:
    return calendar.period[0]


def _with_population(indicator: str, owner: str) -> str:
    """A bare head takes the owner of the name before it: 蔬菜种植面积 …, 产量 → 蔬菜种植产量."""
    if not owner:
        return indicator
    if indicator in words("bare_part"):
        return owner if owner.endswith(indicator) else owner + indicator
    if indicator in words("bare_stage"):
        return indicator + owner
    if indicator not in words("bare_head"):
        return indicator
    head = max((h for h in words("head") if owner.endswith(h)), key=len, default="")
    population = owner[: -len(head)] if head else ""
    return population + indicator if population else indicator


def _topic(scene: _Scene, begin: int) -> str:
    """Whose clause the one before is, or the sentence before in the same paragraph: 经营主体增量提质，|总量|突破."""
    if begin > scene.sentence.start:
        return _clause_before(scene, begin)
    earlier = scene.before
    if earlier is None:
        return ""
    subject = subject_of_clause(scene.text, earlier.start, clause_end(scene.text, earlier.start, earlier.end), [])
    return subject.text if subject and len(subject.text) <= LONGEST_SUBJECT else ""


def _clause_before(scene: _Scene, begin: int) -> str:
    """The subject of the clause before, when that has no number of its own: 总值创历史新高，|达到5379亿元|."""
    floor = scene.last.span.end if scene.last else scene.sentence.start
    if begin - 1 < floor or scene.text[begin - 1] != "，":
        return ""
    earlier = clause_start(scene.text, begin - 1, floor)
    subject = subject_of_clause(scene.text, earlier, begin - 1, scene.holes(earlier, begin - 1))
    return subject.text if subject and (earlier > floor or scene.last is None) else ""


def _fallback(scene: _Scene, quantity: Quantity) -> str:
    """The clause before, or the heading, when the number's own clause names nothing."""
    start = clause_start(scene.text, quantity.span.start, scene.sentence.start)
    if start > scene.sentence.start:
        earlier = clause_start(scene.text, start - 1, scene.sentence.start)
        phrase = before(scene.text, earlier, start - 1, scene.holes(earlier, start - 1))
        if phrase and phrase.text:
            return phrase.text
    return (
        scene.path[-1].title
        if scene.path and scene.path[-1].title
        else scene.text[quantity.span.start : quantity.span.end]
    )


def _named_before(scene: _Scene, begin: int) -> str:
    """What the clause before names: 推进改扩建工程，|8月底前完成验收."""
    if begin <= scene.sentence.start:
        return ""
    last = [q for q in scene.quantities if q.span.end < begin]
    earlier = clause_start(scene.text, begin - 1, last[-1].span.end if last else scene.sentence.start)
    phrase = before(scene.text, earlier, begin - 1, scene.holes(earlier, begin - 1))
    return phrase.text if phrase and len(phrase.text) <= LONGEST_SUBJECT else ""


def _milestones(scene: _Scene, clock: Clock) -> Iterator[Record]:
    kept = ""  # whose action the milestone before it was: 工程8月完工，9月投入使用
    for time in scene.times:
        if not clock.governs(time, scene.sentence.start):
            continue
        days = clock.days(time)
        dated = Dated(time, days)
        begin = clause_start(scene.text, time.span.start, scene.sentence.start)
        end = clause_end(scene.text, time.span.end, scene.sentence.end)
        status, _ = _status(scene, clock, begin, end - 1, dated)
        subject = subject_of(scene.text, time, scene.sentence) or kept or _named_before(scene, begin)
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
