"""Numbers as Chinese official prose writes them: 3300多万, 3万5千, 二百三十余万, 三四百, 一点二万, 壹拾万, 12,839.

What may stand in a number is the fragment `amount` of rules/fragments.toml; here it gets its value.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from planparse.cache import compiled

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
SCALES = SMALL | LARGE
MANY_DIGITS = 10**20  # from here on nothing is left of six decimals
NEXT_PLACE = {"百": "十", "千": "百", "万": "千", "亿": "千万"}
MORE = "余多几"
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
"""The numerals of cheques and contracts, which cannot be altered by a stroke."""
JOINED = str.maketrans({"廿": "二十", "卅": "三十"})
SPELLED = str.maketrans("123456789、", "一二三四五六七八九 ")

_NEIGHBOURS = compiled(r"(.*?[十百千万亿零]|)([一二两三四五六七八])([两二三四五六七八九])([十百千万亿]*)")
_WRITTEN = compiled(r"零?(\d+(?:\.\d+)?|\.\d+)([十百千万亿]*)")


class Amount(NamedTuple):
    """A number; the upper end that neighbouring digits give it (三四百 is 300 to 400); and whether 余, 多 or 几 stands
    inside it, so that the true one is a little larger."""

    value: Decimal
    top: Decimal | None = None
    more: bool = False


@lru_cache(maxsize=4096)
def parse_amount(text: str) -> Amount | None:
    """The value of a number with its multipliers (万, 亿, 千, 百) and infixes (余, 多, 几); None when it has none.

    >>> parse_amount("3300多万"), parse_amount("12,839")
    (Amount(value=Decimal('33000000'), top=None, more=True), Amount(value=Decimal('12839'), top=None, more=False))
    >>> parse_amount("三四百"), parse_amount("几")
    (Amount(value=Decimal('300'), top=Decimal('400'), more=False), None)
    >>> parse_amount("2、3百")
    Amount(value=Decimal('200'), top=Decimal('300'), more=False)
    """
    if not text or text.isdecimal():
        return Amount(Decimal(text)) if text else None
    if "、" in text:  # 2、3百, as 二三百
        text = text.translate(SPELLED)
    more = any(char in MORE for char in text)
    bare = "".join(char for char in text if char not in MORE + ", ")
    if not _is_coherent(bare):
        return None
    bare = bare.translate(FORMAL).translate(JOINED)
    if bare[:1].isdecimal() or bare[:1] == ".":
        value = Decimal(bare) if bare.isascii() else _parse_written(bare)
        return None if value is None else Amount(value, None, more)
    if neighbours := _NEIGHBOURS.fullmatch(bare):
        head, low, high, tail = neighbours.groups()
        ends = parse_chinese(head + low + tail), parse_chinese(head + high + tail)
        if None not in ends and _are_neighbours(low, high):
            return Amount(ends[0] or Decimal(0), ends[1], more)
    if len(bare) > 1 and SCALES.keys().isdisjoint(bare) and "点" not in bare:
        return None  # 二〇二厂: digit by digit only years are spelled, and names
    value = parse_chinese(bare)
    return None if value is None else Amount(value, None, more)


def _is_coherent(text: str) -> bool:
    """Whether a formal numeral has a place: a lone 伍 or 陆 is a surname or a word."""
    return len(text) > 1 or ord(text or "一") not in FORMAL


def _are_neighbours(low: str, high: str) -> bool:
    """Whether two digits side by side are the ends of a range: 七八, 一两, and the set phrase 三五."""
    return DIGITS[high] - DIGITS[low] == 1 or low + high == "三五"


def _parse_written(text: str) -> Decimal | None:
    """The value of digits with multipliers, each part smaller than the one before: 3万5千, 1亿2000万, 3万5, 3万零20.
    What stands before a last 万 may have parts of its own: 3千5百万."""
    whole = text.rstrip("万亿")
    if whole != text and whole[-1:] in SMALL and not LARGE.keys() & set(whole) and (part := _parse_written(whole)):
        return part * multiplier(text[len(whole) :])
    total, last, scale = Decimal(0), None, 1
    position = 0
    for part in _WRITTEN.finditer(text):
        value = Decimal(part[1])
        if last is not None and not part[2] and len(part[0]) == 1:
            value *= scale // 10
        scale = 1
        for char in part[2]:
            scale *= SCALES[char]
        value *= scale
        if part.start() != position or (last is not None and value >= last):
            return None
        total, last, position = total + value, value, part.end()
    return total if position == len(text) and last is not None else None


def parse_chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None when the characters do not form one.

    >>> parse_chinese("二百三十"), parse_chinese("两"), parse_chinese("一万五千"), parse_chinese("二〇二五")
    (Decimal('230'), Decimal('2'), Decimal('15000'), Decimal('2025'))
    >>> parse_chinese("一点二万"), parse_chinese("十二亿"), parse_chinese("万"), parse_chinese("三八")
    (Decimal('12000.0'), Decimal('1200000000'), None, None)
    """
    whole, point, fraction = text.partition("点")
    if point:
        return _parse_fraction(whole, fraction)
    if len(text) > 1 and all(char in DIGITS for char in text):
        spelled = "".join(str(DIGITS[char]) for char in text)
        return Decimal(spelled) if len(text) > 2 or "0" in spelled else None  # 三八 is a name
    return _parse_places(text)


def _parse_fraction(whole: str, fraction: str) -> Decimal | None:
    digits = fraction.rstrip("十百千万亿")
    head = parse_chinese(whole)
    if head is None or not digits or any(char not in DIGITS for char in digits):
        return None
    value = Decimal(f"{head}.{''.join(str(DIGITS[char]) for char in digits)}")
    for scale in fraction[len(digits) :]:
        value *= SCALES[scale]
    return value


def _parse_places(text: str) -> Decimal | None:
    """The value of digits with their places: a multiplier needs a digit before it, but for 十. A last digit without a
    place takes the one below the last: 一万五 is 15000, 一万零五 is 10005."""
    total = section = digit = 0
    seen = False
    place = 10**5  # of the last 十, 百 or 千 in this section: they go down
    if len(text) > 2 and DIGITS.get(text[-1]) and SCALES.get(text[-2], 0) > 10:
        text += NEXT_PLACE[text[-2]]
    for char in text:
        if char in DIGITS:
            if digit:
                return None
            digit, seen = DIGITS[char], True
        elif char in SMALL:
            if (not seen and char != "十") or SMALL[char] >= place:
                return None
            place = SMALL[char]
            section += (digit or 1) * place
            digit, seen = 0, True
        elif char in LARGE:
            if not seen:
                return None
            scale, below = LARGE[char], section + digit
            whole = scale > total > 0 or not below  # 千万亿, 三万万
            total = (total + below) * scale if whole else total + below * scale
            section, digit, place = 0, 0, 10**5
        else:
            return None
    return Decimal(total + section + digit) if seen else None


def multiplier(text: str, *, small: bool = False) -> Decimal:
    """The product of the 万 and 亿 a number ends in: what the first end of 1—2万 borrows from the second; with `small`
    of its 百 and 千 too.

    >>> multiplier("2万"), multiplier("15"), multiplier("3千万"), multiplier("3千万", small=True)
    (Decimal('10000'), Decimal('1'), Decimal('10000'), Decimal('10000000'))
    """
    product = Decimal(1)
    for char in reversed(text):
        if char in LARGE or (small and char in "百千"):
            product *= SCALES[char]
        elif char not in MORE:
            break
    return product


def plain(value: Decimal) -> int | float:
    """The JSON number for a value: whole numbers without a point, others without float noise.

    >>> plain(Decimal("140000000.0")), plain(Decimal("0.2740")), plain(Decimal(2) / Decimal(3))
    (140000000, 0.274, 0.666667)
    >>> plain(Decimal("1E-12")), plain(Decimal("2.0000000001"))
    (1e-12, 2)
    """
    rounded = round(value, 6) if abs(value) < MANY_DIGITS else value
    rounded = rounded or Decimal(f"{value:.6g}")  # 万亿分之一 is not nothing
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
