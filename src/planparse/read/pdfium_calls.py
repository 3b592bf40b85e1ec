"""pdfium asked about many characters or objects at a time: the loops run in C, and no call checks its arguments.

Objects are addresses here. A page has thousands of them, and the checks cost more than the answers.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Sequence
from ctypes import c_int, c_void_p
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top
Corners = tuple[float, float, float, float, float, float, float, float]  # x and y; along the line of text, then back
_BOX, _CORNERS, _COLOUR = struct.Struct("4f"), struct.Struct("8f"), struct.Struct("4I")
Colour = tuple[int, int, int, int]  # red, green, blue and opacity, of 255


def address(handle: Any) -> int:
    return ctypes.cast(handle, c_void_p).value or 0


def _unchecked(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


_box = _unchecked(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_is_generated = _unchecked(pdfium.FPDFText_IsGenerated, c_int, c_void_p, c_int)
_is_unnamed = _unchecked(pdfium.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
_text_object = _unchecked(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_page_object = _unchecked(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
_form_object = _unchecked(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, c_int)
_kind = _unchecked(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
_corners = _unchecked(pdfium.FPDFPageObj_GetRotatedBounds, c_int, c_void_p, c_void_p)
_mode = _unchecked(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
_fill = _unchecked(pdfium.FPDFPageObj_GetFillColor, c_int, *[c_void_p] * 5)


def boxes(textpage: Any, places: Sequence[int]) -> list[Box]:
    """The boxes of some characters, each as high as its font; all zero for a character without one."""
    found = ctypes.create_string_buffer(_BOX.size * len(places))
    list(map(_box, repeat(address(textpage)), places, _slots(found, _BOX)))
    return [(left, bottom, right, top) for left, top, right, bottom in _BOX.iter_unpack(found)]


def are_generated(textpage: Any, places: Sequence[int]) -> list[int]:
    """Whether characters are blanks that pdfium sees in a gap, and the file does not hold."""
    return list(map(_is_generated, repeat(address(textpage)), places))


def are_unnamed(textpage: Any, places: Sequence[int]) -> list[int]:
    """Whether the file names no character for a glyph, so that pdfium takes its code for one."""
    return list(map(_is_unnamed, repeat(address(textpage)), places))


def text_objects(textpage: Any, places: Sequence[int]) -> list[int | None]:
    """The objects that some characters belong to."""
    return list(map(_text_object, repeat(address(textpage)), places))


def page_objects(page: Any) -> list[int]:
    return list(map(_page_object, repeat(address(page)), range(pdfium.FPDFPage_CountObjects(page))))


def form_objects(form: int) -> list[int]:
    return list(map(_form_object, repeat(form), range(pdfium.FPDFFormObj_CountObjects(as_handle(form)))))


def kinds_of(objects: Sequence[int]) -> list[int]:
    return list(map(_kind, objects))


def corners(texts: Sequence[int]) -> list[Corners]:
    """Where text objects stand: from the first corner to the second as their text runs."""
    found = ctypes.create_string_buffer(_CORNERS.size * len(texts))
    list(map(_corners, texts, _slots(found, _CORNERS)))
    return list(_CORNERS.iter_unpack(found))


def render_modes(texts: Sequence[int]) -> list[int]:
    return list(map(_mode, texts))


def fill_colours(objects: Sequence[int]) -> list[Colour]:
    found = ctypes.create_string_buffer(_COLOUR.size * len(objects))
    slots = _slots(found, _COLOUR)
    parts = (range(slots.start + 4 * n, slots.stop + 4 * n, slots.step) for n in range(4))
    list(map(_fill, objects, *parts))
    return list(_COLOUR.iter_unpack(found))


def as_handle(item: int) -> Any:
    """An object as the other functions of pdfium take it."""
    return ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)


def _slots(buffer: Any, kind: struct.Struct) -> range:
    start = ctypes.addressof(buffer)
    return range(start, start + len(buffer), kind.size)
