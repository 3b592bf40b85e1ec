"""The indicator of a number: what a construction reads of its clause; where that names nothing, what is carried on."""

from __future__ import annotations

from planparse.assemble.bounds import Bound, Difference, baseline_start, read_comparator
from planparse.assemble.carry import Focus, carry, carry_to_each
from planparse.assemble.constructions import Heard, Reading, readings
from planparse.assemble.distribute import distribute
from planparse.assemble.record import Decision, Said
from planparse.assemble.scene import Scene
from planparse.assemble.stretch import PEOPLE, around, before_comparison, name_end
from planparse.lexicon import actions, roles_of, words
from planparse.model import Quantity, Span
from planparse.rules import cue
from planparse.ruleset import recent_per_ruleset
from planparse.words import cut


def find_names(scene: Scene, group: list[Quantity], begin: int) -> tuple[list[Reading] | None, bool]:
    """The names of an enumeration of values, and whether the words before it hold as many as there are values."""
    if len(group) < 2:
        return None, False
    first = group[0].span.start
    if low := scene.baselines.get(group[0].span):
        first = baseline_start(scene.text, low, begin)
    first = before_comparison(scene, begin, first)
    subject = _shared(scene, group, begin) or scene.phrase("members", begin, first)
    if subject and subject.text and scene.text[group[0].span.start - 1] == "的":  # 年初确定的|12件、31项|实事
        return _of_whole(scene, group, begin)
    named = scene.named()[-len(group) :]
    if subject is None or not subject.text:
        shares = "占" in scene.text[begin : group[0].span.start]
        if len(named) == len(group) and not shares:  # 收入分别达6.9万元、3.4万元，增长4.2%、5.3%
            return [Reading("group.named-before", name, begin, first) for name in named], True
        return None, False
    subject = subject._replace(text=subject.text.replace("分别", ""))
    names = distribute(subject.text, len(group))
    if names is None and len(named) == len(group) and (each := carry_to_each(subject.text, named)):
        return [subject._replace(text=one.name, construction=one.rule) for one in each], True
    named_all = _granted(subject, names) if names else [subject.text] * len(group)
    return [subject._replace(text=name) for name in named_all], names is not None


def _of_whole(scene: Scene, group: list[Quantity], begin: int) -> tuple[list[Reading] | None, bool]:
    """The names of parts that each have their whole: 投资、税收分别|完成年计划|的43%、56%."""
    match = cue("group.of-whole").search(scene.text, begin, group[0].span.start)
    subject = scene.phrase("members", begin, match.start()) if match else None
    names = distribute(subject.text, len(group)) if subject else None
    if match is None or subject is None or names is None:
        return None, False
    return [subject._replace(text=name + (match["share"] or "")) for name in names], True


def _granted(subject: Reading, names: list[str]) -> list[str]:
    """What is granted stands behind the last of those it is for, and is of each: 省级、市级平台，分别|奖励|."""
    grant = cut(subject.text)[-1]
    if not subject.construction.startswith("grant.") or "subsidy" not in roles_of(grant):
        return names
    return [name.removesuffix(grant) + grant for name in names]


def owners_of(scene: Scene, group: list[Quantity]) -> list[str]:
    """What the numbers before name, one for each of a group that is told of them: 高新企业65家、民营企业90家，分别占
    全市的|12%、15%|."""
    named = scene.named()[-len(group) :] if len(group) > 1 else []
    return named if len(group) == len(named) == len(set(named)) else []


def _shared(scene: Scene, group: list[Quantity], begin: int) -> Reading | None:
    """What a row for whole enumerations reads of one, as if its first value stood before its last words:
    对A、B分别给予|100万元|、50万元|奖励."""
    first, last = group[0], group[-1]
    bound = read_comparator(scene.text, last, group[-2].span.end, scene.sentence.end)
    stretch = around(scene, first, bound, Difference(), begin, first.span.start)
    if len(units := {quantity.unit for quantity in group}) > 1 and not units <= PEOPLE:
        stretch = stretch._replace(unit="")  # 2万人、1万头|大牲畜
    return next(readings(stretch, "", shared=True), None)


def find_name(
    scene: Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int, last: str | None = None
) -> Reading | None:
    """What a number measures: after it (派出100名教师), around it (50%的学校达标), or before it (学位2400个); `last` is
    what was named before, where that is not the record before."""
    until = name_end(scene, quantity, bound, difference, begin)
    stretch = around(scene, quantity, bound, difference, begin, until)
    reading: Reading | None = None
    for candidate in readings(stretch, last or _named_last(scene)):
        reading = reading or candidate
        if not _is_empty(candidate.text):
            reading = candidate
            break
    reading = reading or Reading("", "", until, until)
    if reading.verb is None:
        named = bool(reading.text) and reading.start < until
        compared = difference.change or quantity.span in scene.baselines
        verb = None if named else _governing(scene, begin, until)
        verb = verb or (_last_verb(scene.text, until, quantity.span.start) if compared else None)
        reading = reading._replace(verb=verb) if verb else reading
    return reading


@recent_per_ruleset(4096)
def _is_empty(name: str) -> bool:
    """Whether a name tells nothing of what is measured: 惠及, 目标任务."""
    return name in words("empty") or cue("name.of-a-target").fullmatch(name) is not None


def hear(scene: Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int) -> Heard:
    """The tokens around a number and all its readings, for those who ask how it was read."""
    until = name_end(scene, quantity, bound, difference, begin)
    stretch = around(scene, quantity, bound, difference, begin, until)
    return Heard(stretch, tuple(readings(stretch, _named_last(scene))))


def _named_last(scene: Scene) -> str:
    """What was named before, also before a ；, and not which share it is: 税收占预算的90%，|占收入的70%|."""
    told = scene.records or scene.chained
    last = next((one for one in reversed(told) if not one.why["name"].rule.startswith("share.")), None)
    if last is not None or not told:
        return last.indicator if last else ""
    return told[-1].indicator.partition("占")[0] or told[-1].indicator


def _governing(scene: Scene, begin: int, until: int) -> str | None:
    """The verb that governs a number named behind it, or not at all: |建成|学校2所."""
    phrases = (scene.phrase(row, begin, until) for row in ("before", "verb"))
    return next((phrase.verb for phrase in phrases if phrase and phrase.verb), None)


def _last_verb(text: str, start: int, end: int) -> str | None:
    """The last verb of a stretch: 较上年|降低|了."""
    return next((word for word in reversed(cut(text[start:end])) if len(word) > 1 and word in actions()), None)


def full_name(
    scene: Scene, quantity: Quantity, reading: Reading | None, difference: Difference, begin: int
) -> tuple[str, dict[Decision, Said]]:
    """The indicator of a number, and what it came from: what its clause names, with what that leaves unsaid."""
    why: dict[Decision, Said] = {}
    focus = Focus(scene, quantity, bool(difference.change), begin)
    name = reading.text if reading and not _is_empty(reading.text) else ""
    if reading and name:
        why["name"] = Said(reading.construction, Span(reading.start, reading.end))
    elif carried := carry("name", focus):
        name, why["name"] = carried.name, Said(carried.rule)
    if carried := carry("owner", focus._replace(name=name)):
        name, why["owner"] = carried.name, Said(carried.rule)
    return name, why
