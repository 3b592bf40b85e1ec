"""What is refused, so that any input ends in bounded time and memory. README lists these."""

from __future__ import annotations

MAX_CHARACTERS = 5_000_000  # two minutes of work; the longest five-year plan has 120,000
MAX_MEMBERS = 2_000  # of a package
MAX_MEMBER_BYTES = 100_000_000
MAX_TOTAL_BYTES = 300_000_000
MAX_RATIO = 200  # of unpacked to packed; office documents stay below 50
MAX_NESTING = 2_000  # of web page elements: the parser needs time that grows with the square of this
MAX_SPAN = 50  # columns that one cell of a table covers
