"""The indicator of a number: what a construction reads of its clause; where that names nothing, what is carried on."""

from __future__ import annotations

from planparse.assemble.bounds import Bound, Difference, baseline_start, read_comparator
from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.constructions import Heard, Reading, Stretch, read_phrase, readings
from planparse.assemble.distribute import distribute
from planparse.assemble.record import Decision, Said
from planparse.assemble.scene import Scene
from planparse.assemble.tokens import Tokens
from planparse.cache import compiled
from planparse.lexicon import roles_of, words
from planparse.model import Quantity, Span
from planparse.rules import cue, lexicon
from planparse.ruleset import recent_per_ruleset
from planparse.words import cut

LONGEST_PART = 6  # a longer name stands for itself
WIDER = 1  # characters of a population before a part of it: 中|小学
LONGEST_GROUP = 8
LONGEST_SUBJECT = 12  # a longer phrase is a clause, not what the next one is about

_REST_OF_UNIT = compiled(r"[A-Za-z][A-Za-z0-9]*")  # 5万吨|CO2e


def find_names(scene: Scene, group: list[Quantity], begin: int) -> tuple[list[Reading] | None, bool]:
    """The names of an enumeration of values, and whether the words before it hold as many as there are values."""
    if len(group) < 2:
        return None, False
    first = group[0].span.start
    if low := scene.baselines.get(group[0].span):
        first = baseline_start(scene.text, low, begin)
    first = _before_comparison(scene, begin, first)
    subject = _shared(scene, group, begin) or scene.phrase("members", begin, first)
    if subject and subject.text and scene.text[group[0].span.start - 1] == "的":  # 年初确定的|12件、31项|实事
        return None, False
    named = scene.named()[-len(group) :]
    if subject is None or not subject.text:
        shares = "占" in scene.text[begin : group[0].span.start]
        if len(named) == len(group) and not shares:  # 收入分别达6.9万元、3.4万元，增长4.2%、5.3%
            return [Reading("group.named-before", name, begin, first) for name in named], True
        return None, False
    subject = subject._replace(text=subject.text.replace("分别", ""))
    names = distribute(subject.text, len(group))
    if names is None and cue("name.of-each").match(subject.text) and len(named) == len(group):
        names = [_without_head(owner) + subject.text for owner in named]  # 产业增加值…，|对增长的贡献率|分别为30%、70%
    if names is None and subject.text in words("part") and len(named) == len(group):
        # |总数|分别突破2000家、3000家
        names = [_with_population(subject.text, owner, same=True, thing=False) for owner in named]
    named_all = _granted(subject, names) if names else [subject.text] * len(group)
    return [subject._replace(text=name) for name in named_all], names is not None


def _granted(subject: Reading, names: list[str]) -> list[str]:
    """What is granted stands behind the last of those it is for, and is of each: 省级、市级平台，分别|奖励|."""
    grant = cut(subject.text)[-1]
    if not subject.construction.startswith("grant.") or "subsidy" not in roles_of(grant):
        return names
    return [name.removesuffix(grant) + grant for name in names]


def _without_head(name: str) -> str:
    """第一产业|增加值, 第一产业|对增长的贡献率: whose figure a name is of."""
    if name.endswith("贡献率") and "对" in name:
        return name.partition("对")[0]
    head = max((head for head in words("head") if name.endswith(head)), key=len, default="")
    return name.removesuffix(head) or name


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
    stretch = _stretch(scene, first, bound, Difference(), begin, first.span.start)
    return next(readings(stretch, "", shared=True), None)


def find_name(
    scene: Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int, last: str | None = None
) -> Reading | None:
    """What a number measures: after it (派出100名教师), around it (50%的学校达标), or before it (学位2400个); `last` is
    what was named before, where that is not the record before."""
    until = _name_end(scene, quantity, bound, difference, begin)
    stretch = _stretch(scene, quantity, bound, difference, begin, until)
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
    until = _name_end(scene, quantity, bound, difference, begin)
    stretch = _stretch(scene, quantity, bound, difference, begin, until)
    return Heard(stretch, tuple(readings(stretch, _named_last(scene))))


def _named_last(scene: Scene) -> str:
    return scene.last.indicator if scene.last else ""


def _stretch(scene: Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int, until: int) -> Stretch:
    """The tokens around a number that may name it."""
    after = bound.end
    of_these = scene.text[quantity.span.start - 1] == "的"
    for other in scene.quantities:  # 12类|45件民生实事, 确定的12件、|31项民生实事
        if other.span.start == after + (of_these and scene.text[after] == "、"):
            after = other.span.end
    if quantity.kind == "measure" and (rest := _REST_OF_UNIT.match(scene.text, after)):
        after = rest.end()
    if quantity.kind == "duration" and scene.text.startswith(("前", "后，"), after):
        after += 1  # 届满3个月|前提出申请, 5分钟|后，记录读数
    limit = quantity.kind == "duration" and (
        cue("limit.from").search(scene.text, begin, quantity.span.start) is not None
        or cue("limit.within").search(scene.text, quantity.span.end, after) is not None
    )
    if limit and (aside := cue("limit.aside").match(scene.text, after, scene.sentence.end)):
        after = aside.end()  # 7日内|依照本节规定，|送达
    return Stretch(
        kind=quantity.kind,
        unit=quantity.unit or "",
        before=scene.tokens(begin, until),
        wide=lambda: scene.tokens(_opening(scene, begin), until),
        tail=_tail(scene, quantity),
        behind=scene.tokens(after, _stop(scene, after + (limit and scene.text[after] == "，"))),  # 5日内|，作出决定
        bounded=until < quantity.span.start,
        changed=bool(difference.change),
        limit=limit,
    )


def _tail(scene: Scene, quantity: Quantity) -> Tokens | None:
    """The tokens behind the last number of a list that this one begins or goes on: 国家级|2家、省级5家|示范企业; behind
    a number of those of a grade all to the end of the clause: |2家|国家级和5家省级示范企业."""
    if cue("group.graded").match(scene.text, quantity.span.end, scene.sentence.end):
        return scene.tokens(quantity.span.end, clause_end(scene.text, quantity.span.end, scene.sentence.end))
    last = quantity
    for other in scene.quantities if quantity.kind == "count" else ():
        if other.unit == quantity.unit and cue("group.listed").fullmatch(scene.text, last.span.end, other.span.start):
            last = other
    end = last.span.end
    return scene.tokens(end, _stop(scene, end)) if last is not quantity else None


def _governing(scene: Scene, begin: int, until: int) -> str | None:
    """The verb that governs a number named behind it, or not at all: |建成|学校2所."""
    phrases = (scene.phrase(row, begin, until) for row in ("before", "verb"))
    return next((phrase.verb for phrase in phrases if phrase and phrase.verb), None)


def _opening(scene: Scene, begin: int) -> int:
    """Where the last sentence or part of one begins before a clause: what a grant says of whom it is for."""
    while begin > scene.sentence.start and scene.text[begin - 1] not in "。；：\n":
        begin = clause_start(scene.text, begin - 1, scene.sentence.start)
    return begin


def _stop(scene: Scene, after: int) -> int:
    """Where the words behind a number end: its clause, the next number that is no size (|面积3亩以上的|公园), or a time
    by which something is due."""
    text, end = scene.text, scene.sentence.end
    ahead = (q.span for q in scene.quantities if q.span.start >= after)
    following = next((span.start for span in ahead if not _is_size(text, after, span, end)), end)
    deadlines = [t.span.start for t in scene.times if t.bounds and t.span.start >= after]
    stop = min(clause_end(text, after, end), following, *deadlines)
    return _end_of_member(text, after, stop) if stop == following < end else stop


def _is_size(text: str, after: int, span: Span, end: int) -> bool:
    """Whether a number behind another only sizes what that counts: 1处|面积不小于3亩的|公园."""
    if any(mark in text[after : span.start] for mark in "、，和及并且"):
        return False
    return cue("name.size").match(text, span.end, end) is not None


def _end_of_member(text: str, begin: int, stop: int) -> int:
    """Where the member after a number ends when another number follows: 60万名近亲属|、共济金额6亿元."""
    joined = len(text[begin:stop].rstrip("、和及与"))
    if joined < stop - begin:
        return begin + joined  # 43所高校、职业院校|和538所中小学
    comma = text.rfind("、", begin, stop)
    return comma if comma > 0 else stop


def _last_verb(text: str, start: int, end: int) -> str | None:
    """The last verb of a stretch: 较上年|降低|了."""
    verbs = words("verb", "level")
    return next((word for word in reversed(cut(text[start:end])) if len(word) > 1 and word in verbs), None)


def _before_comparison(scene: Scene, begin: int, end: int) -> int:
    """Where what a difference is counted from begins (进出口|较上年|增长), else the end."""
    said = scene.text[begin:end]
    if not any(word in said for word in ("较", "比", "扣", "基础上")):
        return end
    match = cue("name.compared").search(scene.text, begin, end)
    return match.start() if match else end


def _name_end(scene: Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int) -> int:
    """Where the name before a number ends at the latest: its comparator, baseline, or what it is compared with."""
    ends = [quantity.span.start, bound.start]
    if low := scene.baselines.get(quantity.span):
        ends.append(baseline_start(scene.text, low, begin))
    if quantity.kind == "rank" and (place := cue("name.rank-place").search(scene.text, begin, quantity.span.start)):
        ends.append(place.start())
    if difference.start is not None:
        ends.append(difference.start)
    if difference.change is not None or quantity.unit == "倍":
        ends.append(_before_comparison(scene, begin, quantity.span.start))
    return min(ends)


def full_name(
    scene: Scene, quantity: Quantity, reading: Reading | None, difference: Difference, begin: int
) -> tuple[str, dict[Decision, Said]]:
    """The indicator of a number, and what it came from: its own name, else a subject or record before it."""
    why: dict[Decision, Said] = {}
    indicator = reading.text if reading and not _is_empty(reading.text) else ""
    if reading and indicator:
        why["name"] = Said(reading.construction, Span(reading.start, reading.end))
    if not indicator:
        indicator = _clause_before(scene, begin) or _last_alike(scene, quantity, difference)
        why["name"] = Said("carry.last")
        task = cue("name.as-a-task").search(indicator)
        if task and cue("name.comes-of-it").search(scene.text, begin, quantity.span.start):
            indicator = indicator[: task.start()]  # 改厕任务300座，完成|310座|
    if not indicator:
        indicator = _fallback(scene, quantity)
        why["name"] = Said("carry.before")
    if beside := _of_its_counterpart(scene, quantity, indicator):
        return beside, why | {"owner": Said("carry.counterpart")}
    if whole := _of_which(scene, quantity, indicator, difference, begin) or _to_measure(scene, indicator, begin):
        return indicator + whole, why | {"owner": Said("carry.of-which")}
    if whole := _in_full(scene, quantity, indicator, begin) or _of_the_measured(scene, indicator, difference):
        return whole, why | {"owner": Said("carry.in-full")}
    if indicator in words("part", "stage", "bare"):
        same = scene.last is None or scene.last.unit == quantity.unit
        owner = scene.last.indicator if scene.last else _topic(scene, begin)
        thing = scene.last.kind != "money" if scene.last else begin > scene.sentence.start
        indicator = _with_population(indicator, owner, same=same, thing=thing)
    return indicator, why


def _of_the_measured(scene: Scene, indicator: str, difference: Difference) -> str:
    """Whose figure it is (工业增加值12亿元，|对增长的贡献率|为30%), or of what (分门类看，…，|制造业|增长6%)."""
    last, each = scene.last, cue("name.of-each")
    if last and each.match(indicator) and not each.match(last.indicator):
        return _without_head(last.indicator) + indicator
    if not difference.change or {"head", "rate"} & roles_of(cut(indicator)[-1]):
        return ""
    told = [record for record in (*scene.chained, *scene.records) if record.change]
    if not told or cue("name.by-kind").search(scene.text, scene.since, told[0].span.start) is None:
        return ""
    whole = str(told[0].indicator)
    return indicator + whole.removeprefix(_without_head(whole))


def _in_full(scene: Scene, quantity: Quantity, indicator: str, begin: int) -> str:
    """What was just named in full, of which the last word stands behind a number that opens its clause and counts some
    of those (城市更新项目223个，|6个项目|获评典型), or is a verb alone (开展“匠心”培训，全年|培训|2万人次)."""
    if quantity.kind not in ("count", "measure"):
        return ""
    start = quantity.span.start
    named = ""
    if begin == start or cue("name.opens").fullmatch(scene.text, begin, start):
        alike = [r for r in scene.records if r.unit == quantity.unit and r.indicator.endswith(indicator)]
        if len(alike) == 1 and (alike[0].value or 0) > quantity.value:  # of several, it is of none
            named = alike[0].indicator
    elif indicator in words("verb") or quantity.unit in ("次", "场", "场次", "人次", "期", "轮"):
        named = _named_by_clause_before(scene, begin)
    short = named.endswith(indicator) and len(named) > len(indicator)
    return named if short and not cue("name.of-any").fullmatch(indicator) else ""


def _last_alike(scene: Scene, quantity: Quantity, difference: Difference) -> str:
    """What the sentence last counted in this unit, else what it last named: 农田60万亩，每亩投资…，累计达|800万亩|.
    A growth in percent is one of an amount: 收入12亿元，为预算的102%，|增长5%|."""
    told = scene.records or scene.chained
    if not told or (scene.last is None and not difference.change):
        return ""
    if difference.change and quantity.kind == told[-1].kind == "percentage" and not told[-1].change:
        amounts = (record.indicator for record in reversed(told) if record.kind != "percentage")
        return next(amounts, told[-1].indicator)
    if scene.last is None:  # 同比增长12%，比一季度回落4个百分点；|两年平均增长6%|
        return told[-1].indicator
    if quantity.kind in ("count", "measure", "money") and quantity.kind != scene.last.kind:
        alike = (record.indicator for record in reversed(scene.records) if record.unit == quantity.unit)
        return next(alike, scene.last.indicator)
    return scene.last.indicator


def _of_which(scene: Scene, quantity: Quantity, indicator: str, difference: Difference, begin: int) -> str:
    """What was just measured, where a name only says of whom or of which part: 覆盖率达到85%，其中|农村地区|达到90%;
    城镇|失业率|不超过4%，|农村|不超过3%."""
    kind = quantity.kind, quantity.unit, bool(difference.change)
    alike = [r for r in scene.records or scene.chained if (r.kind, r.unit, bool(r.change)) == kind]
    last = alike[-1] if alike else None
    if last is None or len(indicator) > LONGEST_GROUP:
        return ""
    # 东部地区|每千人病床数|不低于6张，|西部地区|不低于5张
    if (group := cue("name.group").search(indicator)) and group[0] in last.indicator:
        return str(last.indicator.partition(group[0])[2])
    whole = next((r.indicator for r in reversed(alike) if "owner" not in r.why), "")
    if quantity.kind == "count" and "grade" in roles_of(indicator):  # 创建示范村20个，其中|省级|5个
        return _beside(indicator, _ungraded(whole)) if whole else ""
    whose, other = (cue("name.population").match(name) for name in (indicator, last.indicator))
    measured = quantity.kind != "count" and last.indicator.endswith(tuple(words("rate", "head")))
    if measured and whose and whose.end() == len(indicator):
        return _beside(indicator, last.indicator[other.end() :] if other else last.indicator)
    if quantity.kind != "percentage" or last.change or len(indicator) > LONGEST_PART:
        return ""
    if "占" in last.indicator.removesuffix("占比"):
        return ""
    if "rate" not in roles_of(cut(last.indicator)[-1]) or {"rate", "head"} & roles_of(cut(indicator)[-1]):
        return ""
    if scene.text[begin] == "、" and "owner" in last.why:  # 其中单位0.5%|、个人|0.5%
        return _beside(indicator, whole)
    return _beside(indicator, last.indicator) if scene.text.startswith("其中", begin) else ""


def _of_its_counterpart(scene: Scene, quantity: Quantity, indicator: str) -> str:
    """What was just measured, of a part beside the one that it was measured of: 噪声|昼间|70分贝，|夜间|55分贝;
    物业费|多层住宅|0.8元，|高层住宅|1.2元."""
    kind, unit = quantity.kind, quantity.unit
    alike = [record.indicator for record in scene.records if (record.kind, record.unit) == (kind, unit)]
    for parts in lexicon()["counterparts"].values() if alike else ():
        if not indicator.startswith(tuple(parts)):
            continue
        last = alike[-1]
        part = max((part for part in parts if indicator.startswith(part)), key=len)
        thing = indicator.removeprefix(part)  # 多层|住宅|
        other = max((f"{one}{thing}" for one in parts if one != part and f"{one}{thing}" in last), key=len, default="")
        if other and len(last) > len(other):
            return last.replace(other, indicator, 1)
    return ""


def _to_measure(scene: Scene, indicator: str, begin: int) -> str:
    """What the clause before names, where a name only says of whom it is measured: 提高|入园率|，城区达到95%."""
    whose = cue("name.population").match(indicator)
    if whose is None or whose.end() < len(indicator):
        return ""
    measure = _clause_before(scene, begin) or _named_by_clause_before(scene, begin)
    return _beside(indicator, measure) if measure.endswith(tuple(words("rate", "head"))) else ""


def _ungraded(name: str) -> str:
    """What a grade alone is of, the grade before it left out: 市级|示范园区, 省级以上|示范园区, 全国|示范村."""
    grade = cue("name.of-a-grade").match(name)
    return name[grade.end() :] if grade else name


def _beside(indicator: str, rest: str) -> str:
    """What is left of a name behind another that may end as it begins, or be a part of the population that it begins
    with: 农村|居民|人均可支配收入, |小学|中小学近视率."""
    if 0 < (at := rest.find(indicator)) <= WIDER:
        return rest[at + len(indicator) :]
    said = next((indicator[i:] for i in range(len(indicator)) if rest.startswith(indicator[i:])), "")
    return rest.removeprefix(said)


def _with_population(indicator: str, owner: str, *, same: bool, thing: bool) -> str:
    """A bare head takes the owner of the name before it, or that itself where it is a thing: 蔬菜种植面积 …, 产量 →
    蔬菜种植产量; 治理河流8条、长度… → 河流长度."""
    if not owner:
        return indicator
    if indicator in words("part", "stage"):  # |新登记|经营主体200户，总量突破2万户
        owner = next((owner.removeprefix(stage) for stage in words("stage") if owner.startswith(stage)), owner)
    if indicator in words("part"):
        owner = owner.removesuffix("增速")
        owner = cue("name.examples").sub("", owner)
        return owner if owner.endswith(indicator) else owner + indicator
    if indicator in words("stage"):
        return indicator + owner if same else indicator
    if indicator not in words("bare"):
        return indicator
    owner = next((rest for told in words("bare") if len(rest := owner.removeprefix(told)) < len(owner) and rest), owner)
    head = max((h for h in words("head") if owner.endswith(h)), key=len, default="")
    if not head and (not thing or "的" in owner or owner in words("verb", "adverb", "lead")):
        return indicator
    population = owner[: -len(head)] if head else owner
    named = len(population) > 1 or cue("name.of-one-character").fullmatch(population)
    return population + indicator if named else indicator


def _topic(scene: Scene, begin: int) -> str:
    """Whose clause the one before is, or the sentence before in the same paragraph: 经营主体增量提质，|总量|突破."""
    if begin > scene.sentence.start:
        return _clause_before(scene, begin)
    earlier = scene.before
    if earlier is None:
        return ""
    end = clause_end(scene.text, earlier.start, earlier.end)
    subject = read_phrase("subject", scene.other_tokens(earlier.start, end))
    return subject.text if subject and len(subject.text) <= LONGEST_SUBJECT else ""


def _clause_before(scene: Scene, begin: int) -> str:
    """The subject of the clause before, when that has no number of its own: 总值创历史新高，|达到5379亿元|."""
    floor = scene.last.span.end if scene.last else scene.sentence.start
    if begin - 1 < floor or scene.text[begin - 1] != "，":
        return ""
    earlier = clause_start(scene.text, begin - 1, floor)
    subject = scene.phrase("subject", earlier, begin - 1)
    return subject.text if subject and (earlier > floor or scene.last is None) else ""


def _fallback(scene: Scene, quantity: Quantity) -> str:
    """What the sentence before counts in this unit, the clause before, or the heading, when its own names nothing."""
    if scene.earlier is not None and scene.earlier.unit == quantity.unit:
        return scene.earlier.indicator
    start = clause_start(scene.text, quantity.span.start, scene.sentence.start)
    if start > scene.sentence.start:
        earlier = clause_start(scene.text, start - 1, scene.sentence.start)
        if phrase := scene.phrase("before", earlier, start - 1):
            return phrase.text
    return (
        scene.path[-1].title
        if scene.path and scene.path[-1].title
        else scene.text[quantity.span.start : quantity.span.end]
    )


def _named_by_clause_before(scene: Scene, begin: int) -> str:
    """What the clause before says last, when no number stands in between."""
    if begin <= scene.sentence.start:
        return ""
    last = [q for q in scene.quantities if q.span.end < begin]
    earlier = clause_start(scene.text, begin - 1, last[-1].span.end if last else scene.sentence.start)
    phrase = scene.phrase("before", earlier, begin - 1)
    return phrase.text if phrase else ""


def named_before(scene: Scene, begin: int) -> str:
    """What the clause before names: 推进改扩建工程，|8月底前完成验收."""
    name = _named_by_clause_before(scene, begin)
    return name if len(name) <= LONGEST_SUBJECT else ""
