"""Milestones: a calendar time that bounds a named action which has no quantity of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from planparse.assemble.bounds import read_per
from planparse.assemble.carry import LONGEST_SUBJECT, named_before
from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.distribute import distribute
from planparse.assemble.record import Dated, Record, Said
from planparse.assemble.scene import Scene
from planparse.assemble.status import status_of
from planparse.assemble.timing import Clock, says_due
from planparse.cache import compiled
from planparse.dates import Calendar
from planparse.lexicon import actions, roles_of
from planparse.model import Span, TimeMention
from planparse.rules import cue, having
from planparse.words import cut

SEPARATORS = "，、和及"
STOPS = ("，", "；", "。", "）", "", "\n")
SHORTEST = 4  # hanzi of a name: 年底前|完成 says nothing


class Frame(NamedTuple):
    """The words around a time, or around several that share them (7月14日和12月20日前): before and behind it."""

    before: Span
    behind: Span
    last: TimeMention  # of those that share the words
    place: int = 0  # of the time among these
    shared: int = 1


def milestone_records(scene: Scene, clock: Clock) -> Iterator[Record]:
    """The milestones of a sentence, in reading order."""
    kept = ""  # whose action the milestone before it was: 工程8月完工，9月投入使用
    for dated, frame in frames(scene, sorted([*clock.now, *clock.yearly], key=lambda one: one.mention.span)):
        per = read_per(scene.text, frame.before.start, dated.mention.span.end) if dated in clock.yearly else None
        if per is not None:  # 应当于|每年|6月底前: the name goes without it
            frame = frame._replace(before=frame.before._replace(end=per.start))
        clause = Span(frame.before.start, max(frame.behind.end, dated.mention.span.end))
        verdict = status_of(scene, clause, dated.mention.span, None if per else dated)
        if _is_due(frame.last, dated, clock.calendar):
            verdict = verdict._replace(status="planned")
        found = None
        achieved = verdict.status == "achieved"
        if achieved and clock.title == "planned" and cue("milestone.scheduled").search(scene.text, *clause):
            achieved = False  # a plan issued when its first dates had passed: 4月完成测绘
        if not _counts(scene, frame) and _can_bound(scene, frame, achieved=achieved, yearly=per is not None):
            found = name_of(scene, frame, kept)
        kept = ""
        if found is None:
            continue
        name, kept = found
        yield Record(
            span=dated.mention.span,
            kind="milestone",
            status=verdict.status,
            indicator=name,
            rule=dated.mention.rule,
            sentence=scene.sentence,
            path=scene.path,
            action=_verb(scene.text[frame.behind.start : frame.behind.end]),
            per=scene.text[per.start : per.end] if per else None,
            dated=None if per else dated,
            evidence=verdict.evidence,
            why={
                "name": Said("milestone"),
                **({"per": Said("per.before", per)} if per else {"time": Said(dated.scope, dated.mention.span)}),
                "status": verdict.said,
            },
        )


def _is_due(time: TimeMention, dated: Dated, calendar: Calendar) -> bool:
    """Whether a deadline lies after the day of the document: whatever is due by it is still to be done."""
    due = dated.days[1] if time.text.endswith("前") else dated.days[0] if time.text.endswith("起") else None
    return due is not None and calendar.issued is not None and due > calendar.issued


def frames(scene: Scene, times: list[Dated]) -> Iterator[tuple[Dated, Frame]]:
    """Each time that governs with the words that are its own."""
    text = scene.text
    floor = 0
    for i, dated in enumerate(times):
        row = _row(text, times, i)
        first, last = row[0].mention.span.start, row[-1].mention.span.end
        if (told := times[: times.index(row[0])]) and text[(close := told[-1].mention.span.end)] in SEPARATORS:
            floor = max(floor, close + 1)  # 甲片6月底前、|乙片|9月底前完成改造
        begin = max(clause_start(text, first, scene.sentence.start), floor)
        end = clause_end(text, last, scene.sentence.end)
        within = text[begin - 1 : begin] == "（" and text[end : end + 1] == "）"
        if within and not text.startswith("其中", begin):  # 建设数据平台（2025年底前完成）
            before, behind = Span(clause_start(text, begin - 1, scene.sentence.start), begin - 1), Span(last, end)
        else:
            before, behind = Span(begin, first), _behind(scene, times, last, end)
            floor = behind.end if dated is row[-1] and behind.end < end else floor
        yield dated, Frame(before, behind, row[-1].mention, row.index(dated), len(row))


def _behind(scene: Scene, times: list[Dated], last: int, end: int) -> Span:
    """The words behind a time up to those of the next; its next clause where its own ends with it, and those of the
    next time where one action is due by both."""
    text = scene.text
    while aside := cue("milestone.aside").match(text, last, scene.sentence.end):  # 2月底前，|根据上年成效，|提出名单
        last = aside.end() - 1
        end = clause_end(text, last + 1, scene.sentence.end)
    if end == last and text[end : end + 1] == "，":
        end = clause_end(text, end + 1, scene.sentence.end)
    ahead = (d.mention for d in times if last <= d.mention.span.start < end)
    # 大桥2027年开工、|2029年|通车: a year opens what follows where an enumeration parts the two
    after = next((time for time in ahead if time.bounds or text[time.span.start - 1] == "、"), None)
    if after is None:
        return Span(last, end)
    done = list(cue("milestone.completion").finditer(text, last, after.span.start))
    if done and done[-1].end() == after.span.start:  # 到2030年，建成|“十四五”期间|批准的基地
        return Span(last, end)
    if text[last] in SEPARATORS:  # 甲市6月底前、乙市12月底前转入运行
        return _behind(scene, times, after.span.end, clause_end(text, after.span.end, scene.sentence.end))
    cut = max(text.rfind(mark, last, after.span.start) for mark in "、和并（")
    if cut < last:
        cut = after.span.start if cue("milestone.completion").search(text, last, after.span.start) else last
    return Span(last, cut)


def _row(text: str, times: list[Dated], i: int) -> list[Dated]:
    """The times that stand in a row with one, joined by 、 or 和, in order."""
    joined = [
        bool(cue("group.joined").fullmatch(text, a.mention.span.end, b.mention.span.start)) for a, b in pairwise(times)
    ]
    first = max((k + 1 for k in range(i) if not joined[k]), default=0)
    last = next((k for k in range(i, len(joined)) if not joined[k]), len(joined))
    return times[first : last + 1]


def _counts(scene: Scene, frame: Frame) -> bool:
    """Whether a number says what the time dates: 年底前建成5所, 5所学校9月投用."""
    before, behind = frame.before, frame.behind
    return any(
        behind.start <= q.span.start < behind.end or (before.start <= q.span.start < before.end and q.kind == "count")
        for q in scene.quantities
    )


def _can_bound(scene: Scene, frame: Frame, *, achieved: bool, yearly: bool) -> bool:
    """Whether something can be due by a time, as its words say it: anything by a deadline and from a first day on, what
    can be completed in a month, what was finished in a year."""
    said = scene.text[frame.behind.start : frame.behind.end].strip("， ")
    time = frame.last
    if cue("milestone.stage").search(scene.text, scene.sentence.start, frame.before.end):
        return True
    if yearly and not cue("milestone.deadline").search(time.text):  # 每年12月开展宣传 is a custom, no deadline
        return False
    if cue("milestone.statement").match(said):
        return False
    horizon = time.rule in having("horizon", "times")
    years = not horizon and not time.groups.keys().isdisjoint(("plan", "coming"))
    if not (achieved or years or time.rule in having("short", "times")) and cue("milestone.deadline").search(time.text):
        return True
    wanted = "finished" if achieved or years or not time.bounds else "completion"
    stated = wanted == "finished" and not achieved and not years and scene.text.startswith("，", frame.behind.start)
    if stated and cue("milestone.outcome").fullmatch(said):  # 2027年，|环境质量明显改善
        return True
    return bool(cue(f"milestone.{wanted}").search(said))


def name_of(scene: Scene, frame: Frame, kept: str) -> tuple[str, str] | None:
    """What is done by a time, and whose action it is where the next clause does not say."""
    text = scene.text
    if says_due(text, frame.last.span):  # it dates the item
        return None
    if stage := cue("milestone.stage").search(text, scene.sentence.start, frame.before.end):
        begin = clause_start(text, stage.start(), scene.sentence.start)
        subject = _bare(text[begin : stage.start()]) or kept or _project(scene)
        return (subject + stage["stage"], subject) if subject else None
    goes_on = text[frame.behind.end : frame.behind.end + 1] not in STOPS  # up to the next time: 完成试点并于|9月底前
    when = cue("milestone.when").search(text, *frame.before)
    said = "" if when else _bare(text[frame.behind.start : frame.behind.end], open_end=goes_on)
    subject = _bare(text[frame.before.start : when.start("is") if when and when["is"] else frame.before.end])
    bracketed = text[frame.behind.end : frame.behind.end + 1] == "）" and text[frame.before.end] == "（"
    bare = not said or cue("milestone.bare").fullmatch(said)
    if bracketed and not bare:
        return None
    if not subject and bare:
        above = "" if text[frame.before.start - 1] in "：:" else _project(scene)  # 东环路：|3月开工
        subject = kept or above or _named_above(scene, frame.before.start) or _counted_above(scene, frame)
    if not subject and cue("time.of-it-all").match(text, frame.last.span.end):  # 惠及5200户，10月底前|全部完成
        return None
    if bare and cue("milestone.led").search(subject):  # （县教育局牵头，|8月底前|完成）
        return None
    told = said and cue("milestone.object").match(text, frame.behind.start)  # 县局应于9月底前|将|自查情况报市局
    whole = text[frame.before.start : frame.before.end].rstrip("，")
    only = told and (cue("milestone.obliged").search(whole) or not _is_verb(text[told.end() : frame.behind.end]))
    if bracketed or only or cue("milestone.actor").fullmatch(subject):
        name = subject if bracketed else said
    else:
        name = subject + said
    if frame.shared > 1 and "分别" in text[frame.behind.start : frame.behind.end]:
        names = distribute(name, frame.shared)
        name = names[frame.place] if names else name
    name = _without_modal(name)
    return (name, subject) if len(name) >= SHORTEST and (said or bracketed or when) else None


def _bare(text: str, *, open_end: bool = True) -> str:
    """The words of an action without what leads to it, and to a time behind it where one stands there."""
    text = text.strip("，、：— 的")
    match = cue("milestone.lead").match(text)
    text = text[match.end() :] if match else text
    if not open_end:
        return text
    return str(compiled(rf"(?:{cue('milestone.lead').pattern})$").sub("", text))


def _is_verb(words: str) -> bool:
    """Whether words begin with one that governs or leads: 项目9月底前将|建成|投产."""
    first = next(iter(cut(words)), "")
    return not {"verb", "act", "adverb", "lead", "finishing"}.isdisjoint(roles_of(first))


def _without_modal(name: str) -> str:
    """A name without the word between who acts and what is done: 三个县|要|启动试点."""
    parts = cut(name)
    for i, word in enumerate(parts):
        if i and cue("milestone.modal").fullmatch(word):
            return "".join(parts[:i] + parts[i + 1 :])
        if not {"verb", "act"}.isdisjoint(roles_of(word)):  # 参加|依法|须|招标的项目
            break
    return name


def _named_above(scene: Scene, begin: int) -> str:
    """What the clause before names; where that only dates an act, what one before it does: 建设|石桥水库|，2025年开工，
    2027年建成."""
    name = _undone_before(scene, begin)
    earlier = clause_start(scene.text, begin - 1, scene.sentence.start)
    dated = any(earlier <= time.span.start < begin for time in scene.times)
    while dated and not name and begin > scene.sentence.start:
        begin = clause_start(scene.text, begin - 1, scene.sentence.start)
        name = _undone_before(scene, begin)
    return name


def _project(scene: Scene) -> str:
    """The project that the item is, as its title calls it: 1．|农贸市场改造工程|。投资1800万元，6月开工."""
    title = cue("milestone.of-a-project").match(scene.path[-1].title) if scene.path else None
    return title[0] if title and not _is_verb(title[0]) else ""


def _counted_above(scene: Scene, frame: Frame) -> str:
    """What was counted before a clause that ends in a number: 铺设管网30公里，|10月底完工; what is then complete is the
    number's own time, but where a part was done before: 4月底完成任务的60%，|5月底全面完成. Whom it is for is not what
    is made: 铺设管网30公里，惠及800户，|10月底完工."""
    begin = frame.before.start
    whole = cue("time.of-it-all").match(scene.text, frame.last.span.end) is not None
    told = [record for record in scene.records if record.kind in (("percentage",) if whole else ("count", "measure"))]
    ends = {quantity.span.end for quantity in scene.quantities}
    if not told or begin - 1 not in ends:
        return ""
    made = [record for record in told if not _is_for_whom(scene, record)]
    return (made or told)[-1].indicator


def _is_for_whom(scene: Scene, record: Record) -> bool:
    """Whether a record counts those for whom something is made, as its clause or its name begins by saying."""
    begin = clause_start(scene.text, record.span.start, scene.sentence.start)
    said = (record.indicator, scene.text[begin : record.span.start])
    return any(cue("milestone.for-whom").match(beginning) for beginning in said)


def _undone_before(scene: Scene, begin: int) -> str:
    """What the clause before names, without what has been done, or goes on: |项目|开工，12月竣工; |园区|正加快建设，9月
    投产. What prepares a work is not the work: 完成环评审批，|9月开工."""
    name = named_before(scene, begin)
    if len(name) > LONGEST_SUBJECT:
        return ""
    next_clause = scene.text[begin - 1 : clause_end(scene.text, begin, scene.sentence.end)]
    if paper := cue("milestone.preparation").search(name + next_clause):
        return name[: paper.start()]
    if going := cue("milestone.under-way").search(name, 1):
        return name[: going.start()]
    done = next(cue("milestone.completion").finditer(name), None)
    return name[: done.start()] if done and done.start() != 1 and done.end() == len(name) else name


def _verb(said: str) -> str | None:
    """The governing verb: what completes, or the first that governs or states."""
    if match := cue("milestone.completion").search(said):
        return str(match[0])
    return next((word for word in cut(said) if len(word) > 1 and word in actions()), None)
