"""Which words around a number may name it: where they begin and end before it and behind it."""

from __future__ import annotations

from planparse.assemble.bounds import Bound, Difference, baseline_start
from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.constructions import Stretch
from planparse.assemble.scene import Scene
from planparse.assemble.tokens import Tokens
from planparse.cache import compiled
from planparse.model import Quantity, Span
from planparse.rules import cue

PEOPLE = frozenset(("户", "人", "名"))  # the same people counted twice: 86户、312人|困难群众
_REST_OF_UNIT = compiled(r"[A-Za-z][A-Za-z0-9]*")  # 5万吨|CO2e


def name_end(scene: Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int) -> int:
    """Where the name before a number ends at the latest: its comparator, baseline, or what it is compared with."""
    ends = [quantity.span.start, bound.start]
    if low := scene.baselines.get(quantity.span):
        ends.append(baseline_start(scene.text, low, begin))
    if quantity.kind == "rank" and (place := cue("name.rank-place").search(scene.text, begin, quantity.span.start)):
        ends.append(place.start())
    if difference.start is not None:
        ends.append(difference.start)
    if difference.change is not None or quantity.unit == "倍":
        ends.append(before_comparison(scene, begin, quantity.span.start))
    return min(ends)


def before_comparison(scene: Scene, begin: int, end: int) -> int:
    """Where what a difference is counted from begins (进出口|较上年|增长), else the end."""
    said = scene.text[begin:end]
    if not any(word in said for word in ("较", "比", "扣", "基础上")):
        return end
    match = cue("name.compared").search(scene.text, begin, end)
    return match.start() if match else end


def around(scene: Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int, until: int) -> Stretch:
    """The tokens around a number that may name it, those before it up to where its name ends."""
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
    a number of those of a grade all to the end of the clause: |2家|国家级和5家省级示范企业; behind a tier what the last
    of them is granted as: |每亩100元、每户最高5万元的标准给予|补贴."""
    if tiers := cue("group.of-tiers").match(scene.text, quantity.span.end, scene.sentence.end):
        return scene.tokens(tiers.end(), _stop(scene, tiers.end()))
    if cue("group.graded").match(scene.text, quantity.span.end, scene.sentence.end):
        return scene.tokens(quantity.span.end, clause_end(scene.text, quantity.span.end, scene.sentence.end))
    last = quantity
    for other in scene.quantities if quantity.kind == "count" else ():
        listed = cue("group.listed").fullmatch(scene.text, last.span.end, other.span.start)
        if (listed and other.unit == quantity.unit) or _counts_again(scene.text, last, other):
            last = other
    end = last.span.end
    return scene.tokens(end, _stop(scene, end)) if last is not quantity else None


def _counts_again(text: str, number: Quantity, other: Quantity) -> bool:
    """Whether a number counts by head those that the one before it counts by household: 86户、|312人|."""
    apart = {number.unit, other.unit} <= PEOPLE and number.unit != other.unit
    return apart and text[number.span.end : other.span.start] == "、"


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
