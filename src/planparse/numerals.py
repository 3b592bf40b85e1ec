"""Numbers as Chinese policy prose writes them: 3300多万, 二百三十余万, 1.5, 12,839."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
MORE = "余多几"


class Amount(NamedTuple):
    """A number, and whether 余, 多 or 几 stands inside it (then the true one is a little larger)."""

    value: Decimal
    more: bool = False


def parse_chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None when the characters do not form one.

    >>> parse_chinese("二百三十"), parse_chinese("两"), parse_chinese("一万五千"), parse_chinese("二〇二五")
    (Decimal('230'), Decimal('2'), Decimal('15000'), Decimal('2025'))
    >>> parse_chinese("三点五"), parse_chinese("十二亿"), parse_chinese("万")
    (Decimal('3.5'), Decimal('1200000000'), None)
    """
    whole, point, fraction = text.partition("点")
    if point:
        head, tail = parse_chinese(whole), "".join(str(DIGITS.get(c, "?")) for c in fraction)
        return Decimal(f"{head}.{tail}") if head is not None and tail.isdigit() else None
    if len(text) > 1 and all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    return _parse_places(text)


def _parse_places(text: str) -> Decimal | None:
    total = section = digit = 0
    seen = False
    for char in text:
        if char in DIGITS:
            digit, seen = DIGITS[char], True
        elif char in SMALL:
            if not seen and char != "十":
                return None
            section += (digit or 1) * SMALL[char]
            digit, seen = 0, True
        elif char in LARGE:
            if not seen:
                return None
            total = (
                (total + section + digit) * LARGE[char]
                if LARGE[char] > total > 0
                else total + (section + digit) * LARGE[char]
            )
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit) if seen else None


def parse_amount(text: str) -> Amount | None:
    """The value of a number with its multipliers (万, 亿, 千, 百) and infixes (余, 多, 几).

    >>> parse_amount("3300多万"), parse_amount("1.4亿"), parse_amount("12,839")
    (Amount(value=Decimal('33000000'), more=True), Amount(value=Decimal('140000000.0'), more=False), \
Amount(value=Decimal('12839'), more=False))
    >>> parse_amount("二百三十余万"), parse_amount("几")
    (Amount(value=Decimal('2300000'), more=True), None)
    """
    more = any(c in MORE for c in text)
    bare = "".join(c for c in text if c not in MORE + ", ")
    digits = bare.rstrip("十百千万亿")
    if not digits or not digits[0].isdigit():
        value = parse_chinese(bare)
        return None if value is None else Amount(value, more)
    number = Decimal(digits)
    for char in bare[len(digits) :]:
        number *= SMALL.get(char) or LARGE[char]
    return Amount(number, more)


def multiplier(text: str) -> Decimal:
    """The product of the 万 and 亿 a number ends in: what the first end of 1—2万 borrows from the second.

    >>> multiplier("2万"), multiplier("15")
    (Decimal('10000'), Decimal('1'))
    """
    product = Decimal(1)
    for char in reversed(text):
        if char in LARGE:
            product *= LARGE[char]
        elif char not in MORE:
            break
    return product


def plain(value: Decimal) -> int | float:
    """The JSON number for a value: whole numbers without a point, others without float noise.

    >>> plain(Decimal("140000000.0")), plain(Decimal("0.2740")), plain(Decimal(2) / Decimal(3))
    (140000000, 0.274, 0.666667)
    """
    if value == value.to_integral_value():
        return int(value)
    return float(round(value, 6))
