"""分别: several names share several values, and a head or a population that the text gives once is restored to each."""

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
_RATES = ("率", "比例", "占比", "比重", "数", "人数")
_OF_HEAD = frozenset(("verb", "act", "strong", "head"))


def distribute(subject: str, count: int) -> list[str] | None:
    """One name for each of `count` values, or None when the subject does not hold that many.

    >>> distribute("毛入园率、覆盖率和占比", 3)
    ['毛入园率', '覆盖率', '占比']
    >>> distribute("小学专任教师专、本科率", 2)
    ['小学专任教师专科率', '小学专任教师本科率']
    >>> distribute("花生种植、收获机械化率", 2)
    ['花生种植机械化率', '花生收获机械化率']
    >>> distribute("高血压、糖尿病规范管理率", 2)
    ['高血压规范管理率', '糖尿病规范管理率']
    >>> distribute("化学需氧量、氨氮排放量", 2)
    ['化学需氧量排放量', '氨氮排放量']
    >>> distribute("石化、食品两大支柱产业增加值", 2)
    ['石化产业增加值', '食品产业增加值']
    >>> distribute("城镇调查失业率、消费价格", 2)
    ['城镇调查失业率', '消费价格']
    >>> distribute("生活垃圾、餐厨垃圾处理率", 2)
    ['生活垃圾处理率', '餐厨垃圾处理率']
    >>> distribute("城镇新增就业、创业担保贷款", 2)
    ['城镇新增就业', '创业担保贷款']
    >>> distribute("清洁能源、新能源装机占比", 2)
    ['清洁能源装机占比', '新能源装机占比']
    >>> distribute("设备购置和企业技术改造投资", 2)
    ['设备购置投资', '企业技术改造投资']
    >>> distribute("公共建筑、居住建筑节能率", 2), distribute("氨氮、总磷", 2)
    (['公共建筑节能率', '居住建筑节能率'], ['氨氮', '总磷'])
    >>> distribute("师生注册比例", 2)
    ['教师注册比例', '学生注册比例']
    """
    names = split_names(_COUNTED.sub("", subject))
    if len(names) == count:
        return _restore(names)
    if len(names) == 1:
        for pair, members in lexicon()["pairs"].items():
            if pair in subject and len(members) == count:
                return [subject.replace(pair, member, 1) for member in members]
    return None


def _restore(names: list[str]) -> list[str]:
    """Each name complete: the head of the last for those that have none, the population of the first for the rest."""
    if len(names) < 2:
        return names
    if all(_head(name) for name in names):
        return [names[0], *(_with_owner(name, names[0]) for name in names[1:])]
    if completed := _of_those(names) or _numbered(names) or _of_grades(names) or _alike(names):
        return completed
    other = next((word for word in words("parallel") if names[-1].startswith(word)), None)
    if names[0] in words("parallel") and other:  # 城镇、农村居民收入
        return [name + names[-1].removeprefix(other) for name in names[:-1]] + names[-1:]
    first, last = cut(names[0]), cut(names[-1])
    if last[-1] in words("kind") and len(last) > 1 and len(first) == 1:  # 锂电、光伏|产业
        return [name + last[-1] for name in names[:-1]] + names[-1:]
    if not _head(names[-1]) and (len(names[-1]) >= SHORT_NAME or len("".join(names)) == 2 * len(names)):  # 氨氮、总磷
        return names
    last = last[:1] + [part for word in last[1:] for part in _parted(word, names[0][-SHORTEST_MEMBER:])]
    own = _own(names, last)
    head = "".join(last[own:]) or _head(names[-1]) or ""
    short_rate = head.endswith(_RATES) and len(last) <= SHORT_OWNER
    alike = short_rate or _matches(first[-1], last[0])
    paired = alike and len(names) == 2 and not _head(names[0])
    of_one = own == 1 and not _is_more(last[0], first[-1]) and (len(last) <= 2 or paired)
    population = "".join(first[:-1]) if of_one and "”" not in names[0] else ""
    population = "对" if first[0] == "对" else population  # 对亚洲、非洲出口
    completed = [name if _head(name) else _complete(name, last, head) for name in names[:-1]] + names[-1:]
    return completed[:1] + [population + name for name in completed[1:]]


def _of_those(names: list[str]) -> list[str] | None:
    """首次上规的|批发企业、零售企业: what the first is said of with 的 is said of each that ends as it does.

    >>> distribute("首次上规的批发企业、零售企业", 2)
    ['首次上规的批发企业', '首次上规的零售企业']
    >>> distribute("首次上规的批发企业、零售企业奖励", 2)
    ['首次上规的批发企业奖励', '首次上规的零售企业奖励']
    """
    clause, mark, first = names[0].rpartition("的")
    last, thing, tail = names[-1].rpartition(first[-2:])
    members = [first, *names[1:-1], last + thing]
    alike = all("的" not in name and name.endswith(thing) and name != thing for name in members)
    return [clause + mark + name + tail for name in members] if mark and thing and alike else None


def _of_grades(names: list[str]) -> list[str] | None:
    """国家、省级和|市级|非遗项目: what is of a grade behind the last is of those before it, however they are written.

    >>> distribute("国家、省级和市级非遗项目", 3), distribute("省、市级示范村", 2)
    (['国家非遗项目', '省级非遗项目', '市级非遗项目'], ['省级示范村', '市级示范村'])
    """
    grade, *thing = cut(names[-1])
    if "grade" not in roles_of(grade) or not thing:
        return None
    grades = [name if name.endswith("级") or len(name) > 1 else name + "级" for name in names[:-1]]
    told = all(cut(name.removesuffix("级") + "级") == [name.removesuffix("级") + "级"] for name in grades)
    return [name + "".join(thing) for name in grades] + names[-1:] if told else None


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


def _parted(word: str, thing: str) -> list[str]:
    """A word of the last name that begins as the first name ends, in two: 公共建筑、居住|建筑|节能率."""
    rest = word.removeprefix(thing)
    return [thing, rest] if rest != word and len(rest) >= SHORTEST_MEMBER else [word]


def _is_done(word: str) -> bool:
    """Whether a word, or what it ends in, says what is done with something, and not what is measured: 技术|改造."""
    roles = roles_of(word) | roles_of(word[-SHORTEST_MEMBER:])
    return "verb" in roles and "head" not in roles


def _done_last(last: list[str]) -> int:
    """How many words of a name tell of what something is done with and what is done: 企业技术改造|投资; 0 when none."""
    return next((i for i in range(2, len(last)) if _is_done(last[i - 1])), 0)


def _is_more(word: str, other: str) -> bool:
    """Whether a word is another with what tells it from the rest: 新|能源."""
    return word != other and word.endswith(other)


def _matches(word: str, other: str) -> bool:
    """Whether two words can be members of one population: 花生|种植|、|收获|机械化率; 专科 may be shortened to 专."""
    return len(word) == len(other) or word in word_list("shortened")


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


def _alike(names: list[str]) -> list[str] | None:
    """新认定的国家|级|、省|级|孵化器: members of one kind share what stands before the first and behind the last.

    >>> distribute("首次获评质量奖、质量奖提名奖的单位", 2)
    ['首次获评质量奖的单位', '首次获评质量奖提名奖的单位']
    """
    one, other = _member(names[0], -1), _member(names[-1], 0)
    whole = next((names[0][i:] for i in range(len(names[0]) - 1) if names[-1].startswith(names[0][i:])), "")
    if whole and whole != names[0] and "的" in names[-1]:
        before, tail = names[0].removesuffix(whole), names[-1][names[-1].index("的") :]
        return [before + name.removeprefix(before) + tail for name in names[:-1]] + [before + names[-1]]
    if graded := _graded(names):
        return graded
    before, behind = names[0].removesuffix(one), names[-1].removeprefix(other)
    if one[-1] != other[-1] or min(len(one), len(other)) < SHORTEST_MEMBER or len(behind) < SHORTEST_MEMBER:
        return None
    if "after" in roles_of(one):  # 新增|就业|、|创业|担保贷款
        return None
    if before and (names[-1].startswith(before) or _is_more(other, one)):  # 清洁|能源、新|能源装机
        return None
    return [before + name.removeprefix(before) + behind for name in names[:-1]] + [before + names[-1]]


def _graded(names: list[str]) -> list[str] | None:
    """获评|国家级绿色工厂|、|省级绿色工厂|称号的企业: what both grades are of ends the first, and the rest is shared.

    >>> distribute("获评国家级绿色工厂、省级绿色工厂称号的企业", 2)
    ['获评国家级绿色工厂称号的企业', '获评省级绿色工厂称号的企业']
    """
    first, last = cut(names[0]), cut(names[-1])
    at = next((i for i, word in enumerate(first) if "grade" in roles_of(word)), None)
    if at is None or "grade" not in roles_of(last[0]):
        return None
    before, thing = "".join(first[:at]), "".join(first[at + 1 :])
    _, shared, behind = names[-1].partition(thing) if thing else ("", "", "")
    if not shared or "的" not in behind:
        return None
    return [before + name.removeprefix(before) + behind for name in names[:-1]] + [before + names[-1]]


def _member(name: str, at: int) -> str:
    """The first or last word of a name; a number with its unit is one: 投资1亿元|、10亿元|以上的项目."""
    numbers: list[str] = _NUMBERS.findall(name)
    if numbers and (name.endswith(numbers[at]) if at else name.startswith(numbers[at])):
        return numbers[at]
    return cut(name)[at]


def _with_owner(name: str, first: str) -> str:
    """A short rate or sum with the owner that the first name gives: 热线诉求解决率、|热线诉求|满意率."""
    whole = cut(first)
    lengths = list(accumulate(map(len, reversed(whole))))
    own = next((i for i, length in enumerate(lengths, 1) if length >= len(name)), len(whole))
    if own == len(whole) and not name.endswith(whole[-1]):
        own = 1  # 生产安全事故|起数、死亡人数
    owner = "".join(whole[:-own])
    lacking = len(name) <= SHORT_NAME and sum(len(word) > 1 for word in cut(name)) <= 1  # not 消费|价格
    return owner + name if lacking and len(owner) >= SHORT_OWNER and not first.startswith(name) else name


def _head(name: str) -> str | None:
    """The measured head that a name ends in: 率, 占比, 面积, 总额."""
    if name in word_list("substance"):
        return None
    return max((head for head in words("head") if name.endswith(head) and len(name) > len(head)), key=len, default=None)


def _complete(name: str, last: list[str], head: str) -> str:
    """A name with the head of the last one: 生活|垃圾|、餐厨|垃圾处理率; a lone character takes the second of its
    parallel's, as 专 beside 本科 stands for 专科."""
    short = cut(name)[-1]
    if short in word_list("shortened") and last and len(last[0]) >= 2:
        name += last[0][1]
    return name + head.removeprefix(short)
