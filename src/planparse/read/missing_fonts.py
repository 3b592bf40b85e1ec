"""A font for the characters of fonts that a file does not hold: pdfium leaves out of a text what has no box.

It draws nothing; its one glyph, narrower than any character, stands for all of them: how wide each is, the file says.
A font of the machine that fits is taken before it.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

EAST_ASIAN = frozenset({128, 129, 134, 136})  # character sets of pdfium: of Japan, Korea, and both scripts of China
_HANDLE = 1  # of the font: anything but null
_NARROW, _TALL, _EM = 50, 700, 1000
_BOX = (0, 0, _NARROW, _TALL)
_NAME = b"None\0"


@cache
def stand_in_for_missing_fonts() -> Any:
    """Has pdfium take the font. What it calls must live as long as it does, and is given back to be kept."""
    system = pdfium.FPDF_GetDefaultSystemFontInfo()
    known, font = system.contents, _make_font()
    kinds: dict[str, Any] = dict(pdfium.FPDF_SYSFONTINFO._fields_)

    def map_font(_: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any) -> int | None:
        found = known.MapFont(system, weight, italic, charset, pitch, face, exact)
        return _address(found) or (_HANDLE if charset in EAST_ASIAN else None)

    def get_font(_: Any, face: Any) -> int | None:
        return _address(known.GetFont(system, face))

    def get_data(_: Any, handle: Any, table: int, buffer: Any, size: int) -> int:
        if handle != _HANDLE:
            return int(known.GetFontData(system, handle, table, buffer, size))
        return 0 if table else _fill(buffer, size, font)

    def get_name(_: Any, handle: Any, buffer: Any, size: int) -> int:
        return int(known.GetFaceName(system, handle, buffer, size)) if handle != _HANDLE else _fill(buffer, size, _NAME)

    def get_charset(_: Any, handle: Any) -> int:
        return int(known.GetFontCharset(system, handle)) if handle != _HANDLE else min(EAST_ASIAN)

    def enumerate_fonts(_: Any, mapper: Any) -> None:
        known.EnumFonts(system, mapper)

    def delete(_: Any, handle: Any) -> None:
        if handle != _HANDLE:
            known.DeleteFont(system, handle)

    ours = pdfium.FPDF_SYSFONTINFO()
    ours.version = 1
    calls = {
        "EnumFonts": enumerate_fonts,
        "MapFont": map_font,
        "GetFont": get_font,
        "GetFontData": get_data,
        "GetFaceName": get_name,
        "GetFontCharset": get_charset,
        "DeleteFont": delete,
    }
    for name, call in calls.items():
        setattr(ours, name, kinds[name](call))
    pdfium.FPDF_SetSystemFontInfo(ours)
    return ours


def _address(handle: Any) -> int | None:
    return handle if handle is None or isinstance(handle, int) else ctypes.cast(handle, ctypes.c_void_p).value


def _fill(buffer: Any, size: int, content: bytes) -> int:
    """Puts content where pdfium wants it, if it fits there, and says how long it is."""
    if buffer and size >= len(content):
        ctypes.memmove(buffer, content, len(content))
    return len(content)


def _make_font() -> bytes:
    """A TrueType file: a glyph for nothing, and one for every character, a stroke without width."""
    ends = struct.pack(">hhhhh HH 2B 4h", 1, *_BOX, 1, 0, 1, 1, 0, _NARROW, 0, _TALL)
    glyph = ends + bytes(-len(ends) % 4)
    every = struct.pack(">HHLLL LLL", 13, 0, 28, 0, 1, 0x21, 0x2FFFF, 1)
    tables = {
        b"cmap": struct.pack(">HHHHL", 0, 1, 3, 10, 12) + every,
        b"glyf": glyph,
        b"head": struct.pack(">LLLLHH16x4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, *_BOX, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">LhhhH22xH", 0x10000, _TALL, 0, 0, _EM, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
        b"loca": struct.pack(">3L", 0, 0, len(glyph)),
        b"maxp": struct.pack(">LHHHHH18x", 0x10000, 2, 2, 1, 0, 0),
    }
    place = 12 + 16 * len(tables)
    head, body = struct.pack(">LHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64), b""
    for name, table in tables.items():
        head += struct.pack(">4sLLL", name, 0, place + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body
