"""The characters of a font's glyphs, from the table (`cmap`) of a TrueType or OpenType file."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

MAX_CHARACTERS = 70_000  # that a font draws; a damaged table may claim any number
UNICODE = {(0, n) for n in range(7)} | {(3, 1), (3, 10)}  # platform and encoding of tables in Unicode
SURROGATES = range(0xD800, 0xE000)


def read_characters(content: bytes) -> dict[int, str]:
    """The character of each glyph by its number; none where the file is no font, or holds no table in Unicode."""
    try:
        found: dict[int, str] = {}
        for code, glyph in islice(_codes(content), MAX_CHARACTERS):
            if glyph and code not in SURROGATES:
                found.setdefault(glyph, chr(code))
    except (struct.error, ValueError, OverflowError):
        return {}
    return found


def _codes(content: bytes) -> Iterator[tuple[int, int]]:
    """Each code with its glyph, of all tables in Unicode."""
    (count,) = struct.unpack_from(">H", content, 4)
    for i in range(count):
        name, _, base, _ = struct.unpack_from(">4sLLL", content, 12 + 16 * i)
        if name == b"cmap":
            (tables,) = struct.unpack_from(">H", content, base + 2)
            for n in range(tables):
                platform, encoding, offset = struct.unpack_from(">HHL", content, base + 4 + 8 * n)
                if (platform, encoding) in UNICODE:
                    (form,) = struct.unpack_from(">H", content, base + offset)
                    yield from {4: _segments, 12: _groups}.get(form, _nothing)(content, base + offset)


def _nothing(content: bytes, at: int) -> Iterator[tuple[int, int]]:
    return iter(())


def _groups(content: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Of format 12: runs of codes whose glyphs run along."""
    (count,) = struct.unpack_from(">L", content, at + 12)
    for n in range(count):
        first, last, glyph = struct.unpack_from(">3L", content, at + 16 + 12 * n)
        yield from ((code, glyph + code - first) for code in range(first, last + 1))


def _segments(content: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Of format 4: segments of codes, whose glyphs run along or stand in a list."""
    (double,) = struct.unpack_from(">H", content, at + 6)
    for n in range(0, double, 2):
        (last,) = struct.unpack_from(">H", content, at + 14 + n)
        (first,) = struct.unpack_from(">H", content, at + 16 + double + n)
        (delta,) = struct.unpack_from(">H", content, at + 16 + 2 * double + n)
        place = at + 16 + 3 * double + n
        (offset,) = struct.unpack_from(">H", content, place)
        for code in range(first, last + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", content, place + offset + 2 * (code - first))
            yield code, (glyph + delta) % 0x10000 if glyph else 0
