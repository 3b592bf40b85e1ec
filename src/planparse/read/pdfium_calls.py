"""pdfium asked about many characters or objects at a time: the loops run in C, and no call checks its arguments.

Objects are addresses here. A page has thousands of them, and the checks cost more than the answers. So would the room
for each answer of its own: all are written to one place, and read there before the next.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterable, Sequence
from ctypes import byref, c_int, c_void_p
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top
Corners = tuple[float, float, float, float, float, float, float, float]  # x and y; along the line of text, then back
Colour = tuple[int, int, int, int]  # red, green, blue and opacity, of 255


def address(handle: Any) -> int:
    return ctypes.cast(handle, c_void_p).value or 0


def _unchecked(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of the arguments given; none given are those that need no conversion: `byref` and small numbers."""
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


_box = _unchecked(pdfium.FPDFText_GetLooseCharBox, c_int)
_is_generated = _unchecked(pdfium.FPDFText_IsGenerated, c_int)
_is_unnamed = _unchecked(pdfium.FPDFText_HasUnicodeMapError, c_int)
_text_object = _unchecked(pdfium.FPDFText_GetTextObject, c_void_p)
_page_object = _unchecked(pdfium.FPDFPage_GetObject, c_void_p)
_form_object = _unchecked(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, c_int)
_kind = _unchecked(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
_corners = _unchecked(pdfium.FPDFPageObj_GetRotatedBounds, c_int, c_void_p, c_void_p)
_mode = _unchecked(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
_fill = _unchecked(pdfium.FPDFPageObj_GetFillColor, c_int, *[c_void_p] * 5)


def boxes(textpage: Any, places: Sequence[int]) -> list[Box]:
    """The boxes of some characters, each as high as its font; all zero for a character without one."""
    room = struct.Struct("4f")
    found = ctypes.create_string_buffer(room.size)
    answers = map(_box, _all_of(textpage), places, repeat(byref(found)))
    return [(left, bottom, right, top) for left, top, right, bottom in _written(found, room, answers)]


def are_generated(textpage: Any, places: Sequence[int]) -> list[int]:
    """Whether characters are blanks that pdfium sees in a gap, and the file does not hold."""
    return list(map(_is_generated, _all_of(textpage), places))


def are_unnamed(textpage: Any, places: Sequence[int]) -> list[int]:
    """Whether the file names no character for a glyph, so that pdfium takes its code for one."""
    return list(map(_is_unnamed, _all_of(textpage), places))


def text_objects(textpage: Any, places: Sequence[int]) -> list[int | None]:
    """The objects that some characters belong to."""
    return list(map(_text_object, _all_of(textpage), places))


def page_objects(page: Any) -> list[int]:
    return list(map(_page_object, _all_of(page), range(pdfium.FPDFPage_CountObjects(page))))


def form_objects(form: int) -> list[int]:
    return list(map(_form_object, repeat(form), range(pdfium.FPDFFormObj_CountObjects(as_handle(form)))))


def kind_of(item: int) -> int:
    return int(_kind(item))


def corners(texts: Sequence[int]) -> list[Corners]:
    """Where text objects stand: from the first corner to the second as their text runs."""
    room = struct.Struct("8f")
    found = ctypes.create_string_buffer(room.size)
    return _written(found, room, map(_corners, texts, repeat(byref(found))))


def render_modes(objects: Sequence[int]) -> list[int]:
    """How text objects are drawn; unknown for all others."""
    return list(map(_mode, objects))


def fill_colours(objects: Sequence[int]) -> list[Colour]:
    room = struct.Struct("4I")
    found = ctypes.create_string_buffer(room.size)
    parts = [repeat(byref(found, 4 * part)) for part in range(4)]
    return _written(found, room, map(_fill, objects, *parts))


def as_handle(item: int) -> Any:
    """An object as the other functions of pdfium take it."""
    return ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)


def _all_of(page: Any) -> Iterable[Any]:
    """A page, or its text, as the first argument of many calls."""
    return repeat(byref(page.raw.contents))


def _written(found: Any, room: struct.Struct, answers: Iterable[int]) -> list[Any]:
    """What each of some calls writes to one place as it is made; zeros where it has no answer."""
    nothing = room.unpack(bytes(room.size))
    return [room.unpack(found) if answered else nothing for answered in answers]
