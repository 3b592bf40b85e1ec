"""分别: several names share several values; what the first says for all of them, and what the last does, is given to
each."""

from __future__ import annotations

from itertools import accumulate

from planparse.assemble.clauses import split_names
from planparse.cache import compiled
from planparse.lexicon import roles_of, words
from planparse.rules import lexicon
from planparse.rules import words as word_list
from planparse.words import cut

SHORT_NAME, SHORT_OWNER = 4, 3  # in hanzi: 满意率 lacks its owner, 普惠性幼儿园覆盖率 does not
SHORTEST_MEMBER = 2
_NUMBERS = compiled(r"\d[\d.,]*[十百千万亿]*[%元人名家户吨亩个年]|\dA(?:级(?!的))?")
# 石化、食品|两大支柱|产业
_COUNTED = compiled(r"(?<=[一-龥])(?<![和及与])等?[两三四五六七八九]大(?:[一-龥]{2}){0,2}?(?=产业|行业|板块)")
_ORDINAL = compiled(r"第?([一二三四五六])(?:产业?)?")
_SUMS = ("收入", "支出", "投资")
_RATES = ("率", "比例", "占比", "比重", "数", "人数")
_OF_HEAD = frozenset(("verb", "act", "strong", "head"))


def distribute(subject: str, count: int) -> list[str] | None:
    """One name for each of `count` values, or None when the subject does not hold that many.

    >>> distribute("毛入园率、覆盖率和占比", 3)
    ['毛入园率', '覆盖率', '占比']
    >>> distribute("师生注册比例", 2)
    ['教师注册比例', '学生注册比例']
    >>> distribute("石化、食品两大支柱产业增加值", 2)
    ['石化产业增加值', '食品产业增加值']
    """
    names = split_names(_COUNTED.sub("", subject))
    if len(names) == count:
        return _completed(names)
    if len(names) == 1:
        for pair, members in lexicon()["pairs"].items():
            if pair in subject and len(members) == count:
                return [subject.replace(pair, member, 1) for member in members]
    return None


def _completed(names: list[str]) -> list[str]:
    """Each name with what it shares with the others, by the first of the ways in which names share words."""
    return next(filter(None, (way(names) for way in WAYS))) if len(names) > 1 else names


def _each_measured(names: list[str]) -> list[str] | None:
    """按期办结率、满意率: each says what is measured; a short one lacks its owner, which the first gives.

    >>> distribute("热线诉求解决率、满意率", 2), distribute("城镇调查失业率、消费价格", 2)
    (['热线诉求解决率', '热线诉求满意率'], ['城镇调查失业率', '消费价格'])
    >>> distribute("生产安全死亡事故起数、死亡人数", 2)
    ['生产安全死亡事故起数', '生产安全死亡人数']
    """
    return [names[0], *(_with_owner(name, names[0]) for name in names[1:])] if all(map(_head, names)) else None


def _numbered(names: list[str]) -> list[str] | None:
    """第一、第三|产业增加值: numbers that share what they number.

    >>> distribute("第一、二、三产业增加值", 3)
    ['第一产业增加值', '第二产业增加值', '第三产业增加值']
    """
    numbers = [_ORDINAL.match(name) for name in names]
    if not all(numbers) or any(_ORDINAL.fullmatch(name) is None for name in names[:-1]):
        return None
    nth, shared = "第" * names[0].startswith("第"), names[-1][numbers[-1].end(1) :]
    return [nth + number[1] + shared for number in numbers]


def _of_grades(names: list[str]) -> list[str] | None:
    """国家、省级和|市级|非遗项目: what is of a grade behind the last is of those before it, however they are written.

    >>> distribute("国家、省级和市级非遗项目", 3), distribute("省、市级示范村", 2)
    (['国家非遗项目', '省级非遗项目', '市级非遗项目'], ['省级示范村', '市级示范村'])
    """
    grade, *thing = _parts(names[-1])
    if "grade" not in roles_of(grade) or not thing:
        return None
    grades = [name if name.endswith("级") or len(name) > 1 else name + "级" for name in names[:-1]]
    told = all(_parts(name.removesuffix("级") + "级") == [name.removesuffix("级") + "级"] for name in grades)
    return [name + "".join(thing) for name in grades] + names[-1:] if told else None


def _of_one_begun(names: list[str]) -> list[str] | None:
    """首次获评|质量奖|、|质量奖提名奖|的单位: the last goes on from what ends the first.

    >>> distribute("首次获评质量奖、质量奖提名奖的单位", 2)
    ['首次获评质量奖的单位', '首次获评质量奖提名奖的单位']
    """
    whole = next((names[0][i:] for i in range(1, len(names[0]) - 1) if names[-1].startswith(names[0][i:])), "")
    return _between(names, whole, names[-1][names[-1].index("的") :]) if whole and "的" in names[-1] else None


def _of_one_scale(names: list[str]) -> list[str] | None:
    """新认定的国家|级|、省|级|孵化器: members that end in one sign share what stands before the first and behind the
    last.

    >>> distribute("新认定的国家级、自治区级孵化器", 2), distribute("投资1亿元、5亿元以上的项目", 2)
    (['新认定的国家级孵化器', '新认定的自治区级孵化器'], ['投资1亿元以上的项目', '投资5亿元以上的项目'])
    >>> distribute("城镇新增就业、创业担保贷款", 2)
    ['城镇新增就业', '创业担保贷款']
    """
    one, other = _parts(names[0])[-1], _parts(names[-1])[0]
    before, behind = names[0].removesuffix(one), names[-1].removeprefix(other)
    if one[-1] != other[-1] or min(len(one), len(other), len(behind)) < SHORTEST_MEMBER:
        return None
    if "after" in roles_of(one):  # 新增|就业|、|创业|担保贷款
        return None
    return None if before and names[-1].startswith(before) else _between(names, one, behind)


def _of_one_thing(names: list[str]) -> list[str] | None:
    """首次上规的|批发企业、零售企业|奖励: members that end in the same thing share what is said behind the last, and
    what stands before the first with 的 or before its grade.

    >>> distribute("首次上规的批发企业、零售企业", 2), distribute("清洁能源、新能源装机占比", 2)
    (['首次上规的批发企业', '首次上规的零售企业'], ['清洁能源装机占比', '新能源装机占比'])
    >>> distribute("获评国家级绿色工厂、省级绿色工厂称号的企业", 2)
    ['获评国家级绿色工厂称号的企业', '获评省级绿色工厂称号的企业']
    """
    before, first = _led(names[0])
    own, thing, behind = names[-1].rpartition(first[-SHORTEST_MEMBER:])
    members = [first, *names[1:-1], own + thing]
    shares = thing and (before or behind) and not _NUMBERS.fullmatch(_parts(first)[-1])
    if not shares or not all("的" not in name and name.endswith(thing) and name != thing for name in members):
        return None
    return [before + name + behind for name in members]


def _parallel(names: list[str]) -> list[str] | None:
    """城镇、|农村|居民收入: words that stand beside each other share all that is behind the last.

    >>> distribute("城镇、农村居民收入", 2)
    ['城镇居民收入', '农村居民收入']
    """
    other = next((word for word in words("parallel") if names[-1].startswith(word)), None)
    if names[0] not in words("parallel") or other is None:
        return None
    return [name + names[-1].removeprefix(other) for name in names[:-1]] + names[-1:]


def _of_a_sort(names: list[str]) -> list[str] | None:
    """锂电、光伏|产业: a word that only sorts what it stands behind is of each.

    >>> distribute("锂电、光伏产业", 2)
    ['锂电产业', '光伏产业']
    """
    first, last = _parts(names[0]), _parts(names[-1])
    if last[-1] not in words("kind") or len(last) == 1 or len(first) > 1:
        return None
    return [name + last[-1] for name in names[:-1]] + names[-1:]


def _unmeasured(names: list[str]) -> list[str] | None:
    """氨氮、总磷: where the last says nothing of what is measured, each stays as it is.

    >>> distribute("氨氮、总磷", 2)
    ['氨氮', '总磷']
    """
    whole = len(names[-1]) >= SHORT_NAME or len("".join(names)) == 2 * len(names)
    return names if whole and not _head(names[-1]) else None


def _measured(names: list[str]) -> list[str]:
    """高血压、糖尿病|患者管理率: those without a head of their own take that of the last, and a population that only
    the first gives is of each.

    >>> distribute("高血压、糖尿病规范管理率", 2), distribute("全市化学需氧量、氨氮排放量", 2)
    (['高血压规范管理率', '糖尿病规范管理率'], ['全市化学需氧量排放量', '全市氨氮排放量'])
    >>> distribute("小学专任教师专、本科率", 2), distribute("花生种植、收获机械化率", 2)
    (['小学专任教师专科率', '小学专任教师本科率'], ['花生种植机械化率', '花生收获机械化率'])
    >>> distribute("生活垃圾、餐厨垃圾处理率", 2), distribute("设备购置和企业技术改造投资", 2)
    (['生活垃圾处理率', '餐厨垃圾处理率'], ['设备购置投资', '企业技术改造投资'])
    """
    first, last = _parts(names[0]), _parts(names[-1])
    own = _own(names, last)
    head = "".join(last[own:]) or _head(names[-1]) or ""
    population = "".join(first[:-1]) if own == 1 and "”" not in names[0] and _lacks(names, first, last, head) else ""
    population = "对" if first[0] == "对" else population  # 对亚洲、非洲出口
    completed = [name if _head(name) else _complete(name, last, head) for name in names[:-1]] + names[-1:]
    return completed[:1] + [population + name for name in completed[1:]]


WAYS = (
    *(_each_measured, _numbered, _of_grades, _of_one_begun, _of_one_thing, _of_one_scale),
    *(_parallel, _of_a_sort, _unmeasured, _measured),
)
"""In which names share words, the most telling first; the last takes what is left."""


def _between(names: list[str], first: str, behind: str) -> list[str]:
    """Each with what stands before the first's own words, and what is said behind the last's."""
    before = names[0].removesuffix(first)
    members = [first, *names[1:-1], names[-1].removesuffix(behind)]
    return [before + name.removeprefix(before) + behind for name in members]


def _led(name: str) -> tuple[str, str]:
    """What stands before the own words of the first of several, up to 的 or to their grade, and those words."""
    clause, of, own = name.rpartition("的")
    if of:
        return clause + of, own
    parts = _parts(name)
    at = next((i for i, word in enumerate(parts) if "grade" in roles_of(word)), 0)
    return "".join(parts[:at]), "".join(parts[at:])


def _lacks(names: list[str], first: list[str], last: list[str], head: str) -> bool:
    """Whether the last name lacks the population that the first gives: 花生|种植、|收获|机械化率."""
    alike = len(first[-1]) == len(last[0]) or last[0] in word_list("shortened")
    short = head.endswith(_RATES) and len(last) <= SHORT_OWNER
    return len(last) <= 2 or ((short or alike) and len(names) == 2 and not _head(names[0]))


def _own(names: list[str], last: list[str]) -> int:
    """How many words of the last name are its own, the rest belonging to each: those as long as the others, before the
    first that tells what is measured: 高血压、|糖尿病|患者规范管理率; 化学需氧量、|氨氮|排放总量."""
    first = cut(names[0])[-1]
    if done := _done_last(last) if _is_done(first) else 0:  # 学校|建设|、医院|改造|投资
        return done
    most = len(last) - 1 - (len(last[-1]) == 1)  # 机械化|率
    most = next((i for i in range(1, most) if not _OF_HEAD.isdisjoint(roles_of(last[i]))), most)
    lengths = list(accumulate(map(len, last[: max(most, 1)])))
    for i in range(len(lengths)):
        if last[i].endswith(first[-2:]):  # 道路交通|事故|、生产安全|事故|死亡人数
            return i + 1
    like = len(names[-2]), len(cut(names[-2])[-1])  # with a population before it or without
    return min(range(1, len(lengths) + 1), key=lambda own: (min(abs(lengths[own - 1] - size) for size in like), -own))


def _is_done(word: str) -> bool:
    """Whether a word, or what it ends in, says what is done with something, and not what is measured: 技术|改造."""
    roles = roles_of(word) | roles_of(word[-SHORTEST_MEMBER:])
    return "verb" in roles and "head" not in roles


def _done_last(last: list[str]) -> int:
    """How many words of a name tell of what something is done with and what is done: 企业技术改造|投资; 0 when none."""
    return next((i for i in range(2, len(last)) if _is_done(last[i - 1])), 0)


def _with_owner(name: str, first: str) -> str:
    """A short rate or sum with the owner that the first name gives: 热线诉求解决率、|热线诉求|满意率."""
    whole = cut(first)
    lengths = list(accumulate(map(len, reversed(whole))))
    own = next((i for i, length in enumerate(lengths, 1) if length >= len(name)), len(whole))
    if own == len(whole) and not name.endswith(whole[-1]):
        own = 1  # 生产安全事故|起数、死亡人数
    owner = "".join(whole[:-own]).removesuffix(name[:SHORTEST_MEMBER])  # 生产安全|死亡|事故起数、|死亡|人数
    lacking = len(name) <= SHORT_NAME and sum(len(word) > 1 for word in cut(name)) <= 1  # not 消费|价格
    lacking &= not name[1:].endswith(_SUMS)  # nor 税收|收入
    return owner + name if lacking and len(owner) >= SHORT_OWNER and not first.startswith(name) else name


def _head(name: str) -> str | None:
    """The measured head that a name ends in: 率, 占比, 面积, 总额."""
    if name.endswith(tuple(word_list("substance"))):
        return None
    return max((head for head in words("head") if name.endswith(head) and len(name) > len(head)), key=len, default=None)


def _complete(name: str, last: list[str], head: str) -> str:
    """A name with the head of the last one: 生活|垃圾|、餐厨|垃圾处理率; a lone character takes the second of its
    parallel's, as 专 beside 本科 stands for 专科."""
    short = cut(name)[-1]
    if short in word_list("shortened") and last and len(last[0]) >= 2:
        name += last[0][1]
    return name + head.removeprefix(short)


def _parts(name: str) -> list[str]:
    """The words of a name, a number with its unit and a grade each one of them: 5亿元|以上, 自治区级|示范社."""
    parts: list[str] = []
    at = 0
    for number in _NUMBERS.finditer(name):
        parts += [*_words(name[at : number.start()]), number[0]]
        at = number.end()
    return parts + _words(name[at:])


def _words(text: str) -> list[str]:
    """Its words, a grade whole."""
    found: list[str] = []
    for word in cut(text):
        if word == "级" and found:
            found[-1] += word
        else:
            found.append(word)
    return found
