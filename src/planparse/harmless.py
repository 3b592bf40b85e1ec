"""Text of others on a terminal: names and documents may hold what moves its cursor, or forges a line of its own."""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys, what ends a line, what turns the writing direction, and halves of characters."""


def harmless(text: str) -> str:
    r"""The text with its control characters escaped, so that it is one line and does nothing.

    >>> print(harmless("计划\x1b[2J\n.txt"))
    计划\x1b[2J\x0a.txt
    """
    return CONTROL.sub(lambda found: _escaped(ord(found[0])), text)


def _escaped(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is no UTF-8
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
