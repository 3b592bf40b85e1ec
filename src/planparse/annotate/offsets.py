"""Offsets in UTF-16 code units, which browsers count in, and in code points, which everything here counts in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from planparse.model import ReadError


def utf16_offsets(text: str) -> Sequence[int]:
    """For each code point offset, the same place in UTF-16 code units.

    >>> utf16_offsets("𠮷野家")
    [0, 2, 3, 4]
    """
    return list(accumulate((2 if ord(char) > 0xFFFF else 1 for char in text), initial=0))


def from_utf16(offsets: Sequence[int], place: int) -> int:
    """The code point offset of a place in UTF-16 code units; ReadError when there is no such place."""
    found = bisect_left(offsets, place)
    if found == len(offsets) or offsets[found] != place:
        raise ReadError(f"the offset {place} is outside of the text, or inside of a character", code="bad-span")
    return found
