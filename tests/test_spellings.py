"""A thousand spellings of known values, with units and bounds: each is read back as the value that it was made from."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

import planparse
from test_numerals import spell

FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
UNITS = {
    "个": "个",
    "所": "所",
    "名": "名",
    "公里": "公里",
    "km": "公里",
    "亩": "亩",
    "吨": "吨",
    "kW": "千瓦",
    "平方米": "平方米",
    "m²": "平方米",
    "m³": "立方米",
    "kg": "千克",
    "元": "元",
    "美元": "美元",
    "%": "%",
    "百分点": "百分点",
    "μg/m³": "微克/立方米",
}
BEFORE = {
    "": "=",
    "不少于": ">=",
    "不低于": ">=",
    "不宜小于": ">=",
    "不应低于": ">=",
    "至少": ">=",
    "不超过": "<=",
    "不得大于": "<=",
    "不能高于": "<=",
    "最多为": "<=",
    "严禁超过": "<=",
    "大于或等于": ">=",
    "小于等于": "<=",
    "超过": ">",
    "低于": "<",
    "约": "~",
    "近": "~",
}
AFTER = {"": "=", "以上": ">=", "（含）以上": ">=", "以内": "<=", "以下": "<=", "左右": "~", "[1]以上": ">="}


class Spelling(NamedTuple):
    sentence: str
    value: Decimal
    top: Decimal | None
    comparator: str
    unit: str | None


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def mixed(number: int) -> str:
    """3万5千, 12万8千: thousands behind ten thousands."""
    return f"{number // 10**4}万{number % 10**4 // 1000}千"


WAYS: dict[str, Callable[[random.Random], tuple[str, Decimal, Decimal | None]]] = {}


def way(make: Callable[[random.Random], tuple[str, Decimal, Decimal | None]]) -> None:
    WAYS[make.__name__] = make


@way
def digits(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    number = dice.randint(2, 10**6)
    mark = dice.choice(["", ",", "，", " "])
    return (grouped(number, mark) if mark else str(number)), Decimal(number), None


@way
def decimals(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    number = Decimal(dice.randint(1, 9999)) / 100
    written = str(number.normalize() if number != number.to_integral_value() else number + Decimal("0.5"))
    return written.removeprefix("0") if dice.random() < 0.2 else written, Decimal(written), None


@way
def scaled(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    number = Decimal(dice.randint(11, 999)) / 10
    name, size = dice.choice([("万", 10**4), ("亿", 10**8), ("千万", 10**7), ("百万", 10**6), ("万亿", 10**12)])
    return f"{number}{name}", number * size, None


@way
def spelled(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    number = dice.choice([dice.randint(20, 999), dice.randint(10**3, 10**6)])
    return spell(number), Decimal(number), None


@way
def formal(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    number = dice.randint(20, 10**6)
    return spell(number).translate(FORMAL), Decimal(number), None


@way
def spelled_decimal(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    whole, tenth = dice.randint(2, 99), dice.randint(1, 9)
    return f"{spell(whole)}点{spell(tenth)}万", Decimal(f"{whole}.{tenth}") * 10**4, None


@way
def in_two_parts(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    number = dice.randint(1, 99) * 10**4 + dice.randint(1, 9) * 1000
    return mixed(number), Decimal(number), None


@way
def more_than(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    number = dice.randint(11, 99)
    return f"{number}{dice.choice('余多')}万", Decimal(number) * 10**4, None


@way
def span(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    low = dice.randint(2, 500)
    high = low + dice.randint(1, 400)
    scale, size = dice.choice([("", 1), ("万", 10**4)])
    return f"{low}{dice.choice(['-', '—', '～', '至', '到'])}{high}{scale}", Decimal(low) * size, Decimal(high) * size


@way
def neighbours(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    low = dice.randint(2, 8)
    tail, size = dice.choice([("十", 10), ("百", 100), ("千", 1000), ("万", 10**4)])
    ends = spell(low).replace("二", "两" if size > 10 else "二"), spell(low + 1)
    return "".join(ends) + tail, Decimal(low * size), Decimal((low + 1) * size)


@way
def neighbours_parted(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    low = dice.randint(2, 8)
    scale, size = dice.choice([("", 1), ("百", 100), ("千", 1000), ("万", 10**4), ("百万", 10**6)])
    ends = (spell(low), spell(low + 1)) if dice.random() < 0.5 else (str(low), str(low + 1))
    return "、".join(ends) + scale, Decimal(low * size), Decimal((low + 1) * size)


@way
def shared_scale(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    low = dice.randint(2, 8)
    high = dice.randint(low + 1, 9)
    scale, size = dice.choice([("百", 100), ("千", 1000), ("百万", 10**6), ("千万", 10**7), ("亿", 10**8)])
    return f"{low}{dice.choice(['-', '—', '～', '至', '到'])}{high}{scale}", Decimal(low * size), Decimal(high * size)


@way
def joined_tens(dice: random.Random) -> tuple[str, Decimal, Decimal | None]:
    number = dice.randint(20, 39)
    return spell(number).replace("二十", "廿").replace("三十", "卅"), Decimal(number), None


def spellings(count: int) -> list[Spelling]:
    dice = random.Random(20261127)
    made = []
    for n in range(count):
        name = list(WAYS)[n % len(WAYS)]
        written, value, top = WAYS[name](dice)
        unit = dice.choice(list(UNITS))
        if written[-1] in "千" and UNITS[unit] in ("千瓦", "千克"):
            unit = "个"
        if name == "neighbours_parted" and unit in ("%", "百分点"):
            unit = "亩"
        side = dice.random()
        before = dice.choice(list(BEFORE)) if side < 0.5 else ""
        after = dice.choice(list(AFTER)) if side >= 0.5 else ""
        comparator = BEFORE[before] if before else AFTER[after]
        if name == "more_than" and comparator == "=":
            comparator = ">"
        if top is not None:
            comparator = "range"
        if name == "digits" and dice.random() < 0.2:
            written = written.translate(FULL_WIDTH)
        head = {"%": "覆盖率", "百分点": "覆盖率提高"}.get(unit, "建设规模达到")
        made.append(Spelling(f"{head}{before}{written}{unit}{after}。", value, top, comparator, UNITS[unit]))
    return made


def test_every_spelling_is_read_back() -> None:
    made = spellings(1000)
    text = "某县2025年工作要点\n\n" + "\n".join(case.sentence for case in made) + "\n"
    document = planparse.extract(text.encode())
    found: list[list[planparse.Target]] = [[] for _ in made]
    for target in document.targets:
        found[document.text.count("\n", 0, target.start) - 2].append(target)
    wrong = [(case, targets) for case, targets in zip(made, found, strict=True) if not is_read(case, targets)]
    assert [(case.sentence, [(t.quote, t.value, t.value_max, t.comparator, t.unit) for t in targets])
            for case, targets in wrong] == []  # fmt: skip


def is_read(case: Spelling, targets: list[planparse.Target]) -> bool:
    if len(targets) != 1:
        return False
    target = targets[0]
    close = target.value is not None and abs(Decimal(str(target.value)) - case.value) <= Decimal("1e-6") * case.value
    top = (target.value_max is None) == (case.top is None) and (case.top is None or target.value_max == float(case.top))
    return close and top and (target.comparator, target.unit) == (case.comparator, case.unit)
