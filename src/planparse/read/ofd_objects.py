"""The objects that an OFD page draws, those of its forms too, and how each lies on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from planparse.model import ReadError
from planparse.read.package import local
from planparse.read.ruled_tables import Point

OBJECTS = ("TextObject", "PathObject", "ImageObject")
MAX_FORMS, MAX_DEPTH = 10_000, 10  # that one page draws, and in each other


class Matrix(NamedTuple):
    """x = a·u + c·v + e and y = b·u + d·v + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, u: float, v: float) -> Point:
        return self.a * u + self.c * v + self.e, self.b * u + self.d * v + self.f

    def then(self, other: Matrix) -> Matrix:
        """This one, and what it gives by the other."""
        a, b, c, d = other[:4]
        return Matrix(
            a * self.a + c * self.b,
            b * self.a + d * self.b,
            a * self.c + c * self.d,
            b * self.c + d * self.d,
            *other.at(self.e, self.f),
        )


class Placed(NamedTuple):
    """An object and how it lies on the page, in millimetres and downwards."""

    element: Element
    matrix: Matrix


def find_objects(page: Element, forms: Mapping[str, Element]) -> Iterator[Placed]:
    """What a page or the notes on it draw, in order, a form as itself where it is missing; ReadError when forms draw
    each other without end."""
    stack = [(page, Matrix(), 0)]
    drawn = 0
    while stack:
        element, matrix, depth = stack.pop()
        kind = local(element)
        if element.get("Visible") == "false" or element.get("Alpha") == "0":
            continue
        if kind in OBJECTS:
            yield Placed(element, _own(element).then(matrix))
        elif kind == "CompositeObject":
            form = forms.get(element.get("ResourceID") or "")
            drawn += 1
            if drawn > MAX_FORMS or depth > MAX_DEPTH:
                raise ReadError("the forms of a page draw each other without end; the file is refused", code="bomb")
            if form is None:
                yield Placed(element, matrix)
                continue
            inner = _own(element).then(matrix)
            stack += [(part, inner, depth + 1) for part in reversed(form)]
        elif kind != "Clips":
            inner = _own(element).then(matrix) if kind == "Appearance" else matrix
            stack += [(part, inner, depth) for part in reversed(element)]


def turned(objects: list[Placed], size: tuple[float, float]) -> tuple[list[Placed], tuple[float, float]]:
    """The objects and the size of a page with most of its text upright: a wide table may lie on its side."""
    characters: Counter[int] = Counter()
    for item, matrix in objects:
        if local(item) == "TextObject":
            characters[_quarter(matrix)] += sum(len("".join(part.itertext())) for part in item)
    quarter = max(characters, key=characters.__getitem__, default=0)
    wide, tall = size
    back = (Matrix(), Matrix(0, -1, 1, 0, 0, wide), Matrix(-1, 0, 0, -1, wide, tall), Matrix(0, 1, -1, 0, tall, 0))[
        quarter
    ]
    if not quarter:
        return objects, size
    return [Placed(item, matrix.then(back)) for item, matrix in objects], (wide, tall) if quarter == 2 else (tall, wide)


def _quarter(matrix: Matrix) -> int:
    """Of a turn, clockwise, that text is set at."""
    if abs(matrix.a) >= abs(matrix.b):
        return 0 if matrix.a >= 0 else 2
    return 1 if matrix.b > 0 else 3


def _own(element: Element) -> Matrix:
    """The matrix of an object inside of what it is drawn in."""
    x, y, wide, tall = numbers(element.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
    usual = (wide, 0.0, 0.0, tall, 0.0, 0.0) if local(element) == "ImageObject" else tuple(Matrix())
    a, b, c, d, e, f = numbers(element.get("CTM"), usual)
    return Matrix(a, b, c, d, x + e, y + f)


def numbers(written: str | None, otherwise: tuple[float, ...]) -> list[float]:
    """As many numbers as the default has, or the default; ValueError when they are none."""
    found = [float(part) for part in (written or "").split()]
    return found if len(found) == len(otherwise) else list(otherwise)
