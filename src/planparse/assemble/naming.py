"""The indicator of a number: from the words before, after or around it, else from the clause or sentence before."""

from __future__ import annotations

from planparse.assemble.bounds import Bound, Difference, baseline_start
from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.confidence import Guess
from planparse.assemble.distribute import distribute
from planparse.assemble.phrases import Phrase, after, around, before, is_verbal, last_verb, subject_of_clause
from planparse.assemble.scene import Scene
from planparse.model import Quantity
from planparse.rules import cue, having, words

LONGEST_SUBJECT = 12  # a longer phrase is a clause, not what the next one is about
_BARE_HEADS = ("率", "占比", "比例", "比重")


def find_names(scene: Scene, group: list[Quantity], begin: int) -> tuple[list[Phrase] | None, bool]:
    """The names of an enumeration of values, and whether the words before it hold as many as there are values."""
    if len(group) < 2:
        return None, False
    first = group[0].span.start
    if low := scene.baselines.get(group[0].span):
        first = baseline_start(scene.text, low, begin)
    first = _before_comparison(scene, begin, first)
    subject = before(scene.text, begin, first, scene.holes(begin, first), members=True)
    if subject is None or not subject.text:
        if len(scene.named) >= len(group):  # 收入分别达6.9万元、3.4万元，增长4.2%、5.3%
            return [Phrase(name, begin, first) for name in scene.named[-len(group) :]], True
        return None, False
    names = distribute(subject.text, len(group))
    return [subject._replace(text=name) for name in names or [subject.text] * len(group)], names is not None


def _before_comparison(scene: Scene, begin: int, end: int) -> int:
    """Where what a difference is counted from begins (进出口|较上年|增长), else the end."""
    said = scene.text[begin:end]
    if not any(word in said for word in ("较", "比", "扣", "基础上")):
        return end
    match = cue("name.compared").search(scene.text, begin, end)
    return match.start() if match else end


def find_name(scene: Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int) -> Phrase | None:
    """What a number measures: after it (派出100名教师), around it (50%的学校达标), or before it (学位2400个)."""
    text, end = scene.text, scene.sentence.end
    stop = clause_end(text, bound.end, end)
    after_number = bound.end
    for other in scene.quantities:  # 12类|45件民生实事
        if other.span.start == after_number:
            after_number = other.span.end
    following = next((q.span.start for q in scene.quantities if q.span.start >= after_number), end)
    deadlines = [t.span.start for t in scene.times if t.bounds and t.span.start >= after_number]
    stop = min(stop, following, *deadlines)
    if stop == following < end:
        stop = _end_of_member(text, after_number, stop)
    share = _share_of(scene, quantity, begin) or _coverage(scene, quantity, begin) or _grant(scene, quantity, bound)
    if share:
        return share
    until = _name_end(scene, quantity, bound, difference, begin)
    goes_to = cue("name.goes-to").match(text, quantity.span.end, stop) if quantity.kind == "percentage" else None
    left = before(text, begin, until, scene.holes(begin, until), stated=until < quantity.span.start)
    compared = difference.change or quantity.span in scene.baselines
    if left is not None and left.verb is None and compared:  # 由68%|提高到|72%
        left = left._replace(verb=last_verb(text, until, quantity.span.start))
    right_text = text[after_number:stop].lstrip("的")
    opens = bool(right_text) and not cue("name.none-after").match(right_text)
    if quantity.kind == "measure" and right_text[:1].isascii():  # 5万吨|CO2e: the rest of the unit
        opens = False
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
            and quantity.rule in having("of_two", "quantities")
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
        counts_people = quantity.unit in ("人", "名", "户", None) or right_text[0] in words("body")
        if (left is None or not left.text) and counts_people:
            return around(text, after_number, stop)  # 1324人|凭转化贡献晋升职称
    if opens and quantity.kind == "money" and (left is None or is_verbal(left.text)):
        grant = cue("name.grant").match(text, after_number, stop)
        named = Phrase(grant["grant"], after_number, grant.end(), left.verb if left else None) if grant else left
        return after(text, after_number, stop) or named
    return left


def full_name(scene: Scene, quantity: Quantity, phrase: Phrase | None, begin: int) -> tuple[str, list[Guess]]:
    """The indicator of a number, and what was guessed: its own phrase, else a subject or record before it."""
    guesses: list[Guess] = []
    indicator = phrase.text if phrase and phrase.text not in words("empty_verb") else ""
    if not indicator:
        indicator = _clause_before(scene, begin) or (scene.last.indicator if scene.last else "")
        guesses.append("name-from-record-before")
    if not indicator:
        indicator = _fallback(scene, quantity)
        guesses = ["name-from-clause-before"]
    same = scene.last is None or scene.last.unit == quantity.unit
    return _with_population(indicator, scene.last.indicator if scene.last else _topic(scene, begin), same=same), guesses


def _end_of_member(text: str, begin: int, stop: int) -> int:
    """Where the member after a number ends when another number follows: 60万名近亲属|、共济金额6亿元."""
    joined = len(text[begin:stop].rstrip("、和及与"))
    if joined < stop - begin:
        return begin + joined  # 43所高校、职业院校|和538所中小学
    comma = text.rfind("、", begin, stop)
    return comma if comma > 0 else stop


def _name_end(scene: Scene, quantity: Quantity, bound: Bound, difference: Difference, begin: int) -> int:
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
    if difference.change is not None:
        ends.append(_before_comparison(scene, begin, quantity.span.start))
    return min(ends)


def _share_of(scene: Scene, quantity: Quantity, begin: int) -> Phrase | None:
    """X占Y的68%: the name is X占Y比重; X may stand in the clause before."""
    if quantity.kind not in ("percentage", "ratio"):
        return None
    match = cue("name.share-of").search(scene.text, begin, quantity.span.start)
    if match is None:
        return _completed(scene, quantity, begin)
    part = before(scene.text, begin, match.start(), scene.holes(begin, match.start()))
    name = part.text if part and part.text else (scene.last.indicator if scene.last else "")
    whole = match["whole"] or ""
    if not name:
        return None
    suffix = "" if name.endswith(_BARE_HEADS) else (f"占{whole}比重" if whole else "占比")
    return Phrase(name + suffix, begin, quantity.span.start, "占")


def _completed(scene: Scene, quantity: Quantity, begin: int) -> Phrase | None:
    """完成年度计划的68%: what is completed was named before."""
    match = cue("name.of-target").search(scene.text, begin, quantity.span.start)
    if match is None or scene.last is None:
        return None
    part = before(scene.text, begin, match.start(), scene.holes(begin, match.start()))
    name = part.text if part and part.text else scene.last.indicator
    return Phrase(f"{name}完成{match['whole']}", begin, quantity.span.start, "完成")


def _grant(scene: Scene, quantity: Quantity, bound: Bound) -> Phrase | None:
    """对首次认定的企业给予20万元奖励: who is granted what."""
    text, start, end = scene.text, scene.sentence.start, quantity.span.start
    near = text[max(start, end - 24) : end]
    if quantity.kind == "money":
        if not any(word in near for word in words("grant")):
            return None
    elif quantity.kind != "percentage" or "按" not in near:
        return None
    kind = cue("name.grant").match(text, bound.end, scene.sentence.end)
    name = kind["grant"].removeprefix("给予") if kind else ""
    if quantity.kind == "percentage" and name and (share := cue("name.granted-share").search(text, start, end)):
        return Phrase(share["base"] + name, share.start(), bound.end, "给予")
    granted = cue("name.granted").search(text, start, end) if quantity.kind == "money" else None
    if granted is None or (not name and granted["grant"] in words("receiving")):
        return None
    name = name or granted["grant"].removeprefix("给予")
    return Phrase(granted["whom"] + name, granted.start(), bound.end, granted["grant"])


def _coverage(scene: Scene, quantity: Quantity, begin: int) -> Phrase | None:
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


def _with_population(indicator: str, owner: str, *, same: bool) -> str:
    """A bare head takes the owner of the name before it: 蔬菜种植面积 …, 产量 → 蔬菜种植产量."""
    if not owner:
        return indicator
    if indicator in words("bare_part"):
        owner = owner.removesuffix("增速")
        return owner if owner.endswith(indicator) else owner + indicator
    if indicator in words("bare_stage"):
        stages = words("bare_stage")
        owner = next((owner.removeprefix(stage) for stage in stages if owner.startswith(stage)), owner)
        return indicator + owner if same else indicator
    if indicator not in words("bare_head"):
        return indicator
    head = max((h for h in words("head") if owner.endswith(h)), key=len, default="")
    population = owner[: -len(head)] if head else ""
    return population + indicator if population else indicator


def _topic(scene: Scene, begin: int) -> str:
    """Whose clause the one before is, or the sentence before in the same paragraph: 经营主体增量提质，|总量|突破."""
    if begin > scene.sentence.start:
        return _clause_before(scene, begin)
    earlier = scene.before
    if earlier is None:
        return ""
    subject = subject_of_clause(scene.text, earlier.start, clause_end(scene.text, earlier.start, earlier.end), [])
    return subject.text if subject and len(subject.text) <= LONGEST_SUBJECT else ""


def _clause_before(scene: Scene, begin: int) -> str:
    """The subject of the clause before, when that has no number of its own: 总值创历史新高，|达到5379亿元|."""
    floor = scene.last.span.end if scene.last else scene.sentence.start
    if begin - 1 < floor or scene.text[begin - 1] != "，":
        return ""
    earlier = clause_start(scene.text, begin - 1, floor)
    subject = subject_of_clause(scene.text, earlier, begin - 1, scene.holes(earlier, begin - 1))
    return subject.text if subject and (earlier > floor or scene.last is None) else ""


def _fallback(scene: Scene, quantity: Quantity) -> str:
    """What the sentence before counts in this unit, the clause before, or the heading, when its own names nothing."""
    if scene.earlier is not None and scene.earlier.unit == quantity.unit:
        return scene.earlier.indicator
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


def named_before(scene: Scene, begin: int) -> str:
    """What the clause before names: 推进改扩建工程，|8月底前完成验收."""
    if begin <= scene.sentence.start:
        return ""
    last = [q for q in scene.quantities if q.span.end < begin]
    earlier = clause_start(scene.text, begin - 1, last[-1].span.end if last else scene.sentence.start)
    phrase = before(scene.text, earlier, begin - 1, scene.holes(earlier, begin - 1))
    return phrase.text if phrase and len(phrase.text) <= LONGEST_SUBJECT else ""
