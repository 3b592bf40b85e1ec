"""What is refused, so that any input ends in bounded time and memory. README lists these."""

from __future__ import annotations

MAX_CHARACTERS = 5_000_000  # two minutes of work; the longest five-year plan has 120,000
MAX_MEMBERS = 2_000  # of a package
MAX_MEMBER_BYTES = 100_000_000
MAX_TOTAL_BYTES = 300_000_000
MAX_RATIO = 200  # of unpacked to packed; office documents stay below 50
MAX_NESTING = 2_000  # of web page elements: the parser needs time that grows with the square of this
MAX_SPAN = 50  # columns that one cell of a table covers
MAX_PIXELS = 80_000_000  # of a picture, before it is made smaller; A4 at 600 dpi has 35 million
MAX_SIDE = 2_000  # pixels of a page that is recognised; A4 at 150 dpi has 1,754
MAX_SCANNED_PAGES = 300  # of a document; a page takes some three seconds
