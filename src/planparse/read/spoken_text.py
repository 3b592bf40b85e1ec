"""Text that a file gives in words for glyphs without a shape: `/ActualText`, as office programs write it where they
lack a font. pdfium leaves such glyphs out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2.raw as pdfium

from planparse.read.page_layout import Run
from planparse.read.pdfium_calls import Corners, as_handle

DESCENT = 0.12  # of a hanzi's size: how far it reaches below its line
_NAME = b"ActualText"
_Buffer = ctypes.c_ubyte * 1024  # bytes; longer words are none for a glyph


def find_spoken(texts: Sequence[tuple[int, Corners]]) -> Iterator[Run]:
    """The words for text objects without extent, each where its glyph would stand."""
    for item, place in texts:
        if place[0] == place[2] and place[1] == place[5] and (words := _words(item)):
            size = _size(item)
            left, bottom = place[0], place[1] - DESCENT * size
            yield Run(left, bottom, left + size * len(words), bottom + size, words)


def _words(item: int) -> str:
    """What the marks of an object say that it stands for; the innermost counts."""
    handle = as_handle(item)
    for number in reversed(range(pdfium.FPDFPageObj_CountMarks(handle))):
        mark, size, buffer = pdfium.FPDFPageObj_GetMark(handle, number), ctypes.c_ulong(), _Buffer()
        given = pdfium.FPDFPageObjMark_GetParamBlobValue(mark, _NAME, buffer, len(buffer), size)
        if given and size.value <= len(buffer):
            return _decoded(bytes(buffer[: size.value])).strip()
    return ""


def _decoded(words: bytes) -> str:
    """A text string of a PDF."""
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if words.startswith(mark):
            return words.removeprefix(mark).decode(encoding, "ignore")
    return words.decode("latin-1")


def _size(item: int) -> float:
    """How large an object's letters are on the page."""
    handle, size, matrix = as_handle(item), ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(handle, size)
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    return abs(size.value) * float((matrix.c**2 + matrix.d**2) ** 0.5)
