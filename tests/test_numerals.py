"""Numbers there and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.numerals import parse_amount, parse_chinese, plain

DIGITS = "零一二三四五六七八九"


def spell(number: int) -> str:
    """The numeral of a whole number below 10^12, as a document spells it."""
    if number >= 10**8:
        return spell(number // 10**8) + "亿" + rest(number % 10**8, 10**7)
    if number >= 10**4:
        return spell(number // 10**4) + "万" + rest(number % 10**4, 10**3)
    text = ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit, number = divmod(number, size)
        if digit:
            text += DIGITS[digit] + name
        elif text and number and not text.endswith("零"):
            text += "零"
    return text + (DIGITS[number] if number or not text else "")


def rest(number: int, full: int) -> str:
    return "" if not number else ("零" if number < full else "") + spell(number)


@given(st.integers(0, 10**12 - 1))
def test_whole_numbers(number: int) -> None:
    assert parse_chinese(spell(number)) == number


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["", "万", "亿", "万亿", "千", "百万"]))
def test_digits_with_multipliers(number: Decimal, scale: str) -> None:
    size = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "千": 1000, "百万": 10**6}[scale]
    amount = parse_amount(f"{number}{scale}")
    assert amount is not None
    assert amount.value == number * size


@pytest.mark.parametrize(
    ("text", "value", "more"),
    [
        ("两", 2, False),
        ("十五", 15, False),
        ("一百零五", 105, False),
        ("3.2万", 32000, False),
        ("2万余", 20000, True),
        ("690余", 690, True),
        ("一千多", 1000, True),
        ("一万五千", 15000, False),
    ],
)
def test_as_written(text: str, value: int, more: bool) -> None:
    amount = parse_amount(text)
    assert amount is not None
    assert (plain(amount.value), amount.more) == (value, more)


@pytest.mark.parametrize("text", ["", "万", "百", "几", "点五"])
def test_no_number(text: str) -> None:
    assert parse_amount(text) is None
