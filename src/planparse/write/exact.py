"""Which numbers a spreadsheet can hold."""

from __future__ import annotations


def is_exact(value: float) -> bool:
    """Whether a spreadsheet keeps a number as it is: it rounds after 15 digits.

    >>> is_exact(0.274), is_exact(1400000000000000000000), is_exact(123456789012345678)
    (True, True, False)
    """
    digits = repr(value).partition("e")[0].replace(".", "").strip("-0")
    return len(digits) <= 15 and abs(value) < 1e300
