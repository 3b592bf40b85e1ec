"""The characters of OFD text objects, with their boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from planparse.read.ofd_objects import Matrix, Placed, numbers
from planparse.read.ofd_resources import Font
from planparse.read.package import local
from planparse.read.page_layout import Run
from planparse.read.ruled_tables import Point

POINTS = 72 / 25.4  # OFD measures in millimetres, and downwards
USUAL_SIZE = 3.7  # millimetres of 10.5 points, where an object says neither its size nor its height
SLANT = 0.02  # of the width: text that climbs by more is set at an angle
BLANKS = 2  # different glyphs that a stretch of blanks may have, by their widths: more of them are words
LOST = "\ufffd"  # a glyph that no character is known of


@dataclass(slots=True)
class PageText:
    """The characters of a page, blanks left out; its texts that are set at an angle; its glyphs without a character."""

    runs: list[Run] = field(default_factory=list)
    slanted: list[str] = field(default_factory=list)
    lost: int = 0


def read_text(objects: Iterable[Placed], fonts: Mapping[str, Font], height: float) -> PageText:
    """The text of a page from its objects; heights are in points."""
    page = PageText()
    for item, matrix in objects:
        if local(item) == "TextObject" and item.get("Size") != "0":
            _add(page, item, matrix, fonts.get(item.get("Font") or ""), height)
    return page


def _add(page: PageText, item: Element, matrix: Matrix, font: Font | None, height: float) -> None:
    tall = numbers(item.get("Boundary"), (0.0,) * 4)[3]
    size = float(item.get("Size") or 0) or tall or USUAL_SIZE
    at = (0.0, tall or size)
    wide = size * float(item.get("HScale") or 1)
    slanted = matrix.a <= 0 or matrix.d <= 0 or abs(matrix.b) > SLANT * matrix.a
    for code, text in _codes(item, font):
        at = (float(code.get("X") or at[0]), float(code.get("Y") or at[1]))
        page.lost += text.count(LOST)
        if slanted:
            page.slanted.append(text.replace(LOST, ""))
            continue
        for character, (right, down), room in set_out(text, code, at, wide):
            x, y = matrix.at(right, down)
            left, bottom = x * POINTS, height - y * POINTS
            box = left, bottom, left + matrix.a * room * POINTS, bottom + matrix.d * size * POINTS
            if character.strip() and character != LOST:
                page.runs.append(Run(*box, character))


def _codes(item: Element, font: Font | None) -> Iterator[tuple[Element, str]]:
    """The codes of a text object and their characters: as written, or those of the glyphs that are drawn instead."""
    transforms = [part for part in item if local(part) == "CGTransform"]
    start = 0  # of the code, in the characters of the object
    codes = [part for part in item.iter() if local(part) == "TextCode"]
    for code in codes or ([item] if transforms else []):
        written = (code.text or "").strip("\r\n") if codes else ""
        characters = list(written)
        for transform in reversed(transforms):
            _transform(characters, transform, start, font)
        start += len(written)
        yield code, "".join(characters)


def _transform(characters: list[str], transform: Element, start: int, font: Font | None) -> None:
    """Puts the characters of glyphs where a code only holds the place of them."""
    first = int(transform.get("CodePosition") or 0) - start
    last = first + int(transform.get("CodeCount") or 1)
    glyphs = [int(word) for part in transform if local(part) == "Glyphs" for word in (part.text or "").split()]
    codes = characters[first:last] if first >= 0 else []
    known = [(font.characters if font else {}).get(glyph, LOST) for glyph in glyphs]
    blank = len(set(glyphs)) <= BLANKS
    if len(known) == len(codes):
        characters[first:last] = [_better(*pair, blank=blank) for pair in zip(codes, known, strict=True)]
    elif (
        not (blank and any(map(str.isspace, codes))) and all(map(_is_placeholder, codes)) and (codes or not characters)
    ):
        characters[first:last] = known


def _better(code: str, character: str, *, blank: bool) -> str:
    return character if _is_placeholder(code) and not (blank and code.isspace() and character == LOST) else code


def _is_placeholder(code: str) -> bool:
    """Whether a code says nothing of the character: private, unassigned, a control, a blank or a sign for it."""
    return code in "\ufffd¤□" or code.isspace() or unicodedata.category(code) in ("Co", "Cn", "Cc")


def set_out(text: str, code: Element, at: Point, wide: float) -> Iterator[tuple[str, Point, float]]:
    """Each character of a TextCode, its place, and the room it takes: the step to the next unless that leaves a gap."""
    across, down = (steps(code.get(name), len(text)) for name in ("DeltaX", "DeltaY"))
    x, y = at
    for i, character in enumerate(text):
        room = wide / 2 if character.isascii() else wide
        step = across[i] if i < len(across) else 0.0 if any(down) else room
        yield character, (x, y), step if 0 < step < 1.1 * wide else room
        x, y = x + step, y + (down[i] if i < len(down) else 0.0)


def steps(written: str | None, count: int) -> list[float]:
    """The steps between characters: numbers, "g 3 4.2" for three of 4.2.

    >>> steps("5 g 2 4.2", 4)
    [5.0, 4.2, 4.2]
    """
    found: list[float] = []
    words = iter((written or "").split())
    for word in words:
        times = min(int(next(words, "")), count) if word == "g" else 1
        found += [float(next(words, "") if word == "g" else word)] * times
    return found
