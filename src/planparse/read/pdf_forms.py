"""How much a PDF draws when its forms draw each other: twenty forms of three lines can draw a million times.

A library follows every drawing before it tells of one. Here the forms are weighed without being drawn, from the bytes
of the file and not by its table of objects, which may say otherwise: where an object stands twice, either counts.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import regex

from planparse.limits import Limits

LEVELS = 40  # forms in each other that pdfium looks into
DRAWING = 500  # bytes of instructions that take as long as setting out to draw a form
SHARED = 20  # pages that show one stream; where there are more, its names are looked for in all objects
_ = rb"(?:[\0\s]|%[^\r\n]{0,200}+[\r\n])"  # a blank, or a comment
_REF = _ + rb"*+(\d{1,9})" + _ + rb"++\d{1,5}" + _ + rb"++R\b"
# of `re`, which seeks the first digit three times as fast in a file that is full of numbers
_OBJECT = re.compile(rb"([0-9](?<![0-9]{2})[0-9]{0,8}+)" + _ + rb"++[0-9]{1,5}+" + _ + rb"++obj\b")
_NAMED = regex.compile(rb"/([^\0\s/<>\[\](){}%]+)" + _REF)
_HELD = {key: regex.compile(rb"/" + key + _REF) for key in (b"Parent", b"Resources", b"XObject")}
_CONTENTS = regex.compile(rb"/Contents" + _ + rb"*+(?:\[([^\[\]]*+)\]|" + _REF + rb")")
_LISTED = regex.compile(rb"(\d{1,9})" + _ + rb"++\d{1,5}" + _ + rb"++R\b")
_KIDS = regex.compile(rb"/Kids" + _ + rb"*+\[([^\[\]]*+)\]")
_PACK = regex.compile(rb"/Type" + _ + rb"*+/ObjStm\b")
_FIRST = regex.compile(rb"/First" + _ + rb"+(\d{1,9})")
_DRAW = regex.compile(rb"/([^\0\s/<>\[\](){}%]*+)" + _ + rb"*+Do(?![^\0\s/<>\[\](){}%])")
_ESCAPE = regex.compile(rb"#([0-9A-Fa-f]{2})")

Names = dict[bytes, set[int]]


class Drawings:
    """The streams of a file and what they draw; to be told of all of them before they are weighed."""

    def __init__(self) -> None:
        self.objects = defaultdict[int, list[bytes]](list)
        self.sizes = dict[int, int]()
        self.draws = defaultdict[int, Counter[bytes]](Counter)
        self._named = dict[int, Names]()

    def add(self, before: bytes, unpacked: bytes) -> None:
        """A stream, and what stands in the file between the last one and it."""
        number = self._add_objects(_plain(before))
        if number is None:
            return
        if _PACK.search(self.objects[number][-1]):
            self._add_packed(self.objects[number][-1], unpacked)
        self.sizes[number] = max(self.sizes.get(number, 0), len(unpacked))
        if b"Do" in unpacked:
            self.draws[number] |= Counter(map(_plain, _DRAW.findall(unpacked)))

    def _add_objects(self, text: bytes) -> int | None:
        """The number of the last object."""
        found = list(_OBJECT.finditer(text))
        ends = [*(after.start() for after in found[1:]), len(text)]
        for one, end in zip(found, ends, strict=False):
            self.objects[int(one[1])].append(text[one.end() : end])
        return int(found[-1][1]) if found else None

    def _add_packed(self, described: bytes, unpacked: bytes) -> None:
        first = _FIRST.search(described)
        body = unpacked[int(first[1]) if first else 0 :]
        index = [int(n) for n in unpacked[: len(unpacked) - len(body)].split() if n.isdigit()]
        starts = list(zip(index[::2], index[1::2], strict=False))
        for (number, start), (_number, end) in pairwise([*starts, (0, len(body))]):
            self.objects[number].append(_plain(body[start : max(start, end)]))

    def check(self, limits: Limits) -> None:
        """ReadError("bomb") when more is drawn than a file may unpack to."""
        if any(self.draws.values()):
            what = "bytes that the PDF draws with its forms, at least"
            limits.check("max_total_bytes", self._weight(limits.max_total_bytes, limits.max_pages), what)

    def _weight(self, most: int, pages: int) -> int:
        """The bytes of all drawings, each form as often as it is drawn; no more than is enough to be over `most`."""
        owners = self._owners()
        drawn = {number: self._drawn(number, owners.get(number, [number])) for number in self.draws}
        weights = {number: size + DRAWING for number, size in self.sizes.items()}
        for _level in range(LEVELS):
            grown = {
                number: self.sizes[number]
                + DRAWING
                + sum(count * max(weights[form] for form in forms) for count, forms in drawn[number])
                for number in self.draws
            }
            heaviest = max(grown.values())
            if heaviest > most or all(weights[number] == weight for number, weight in grown.items()):
                break
            weights |= grown
        twice = (max(Counter(_LISTED.findall(kids)).values(), default=1) for kids in self._all(_KIDS))
        shown = sum(grown.get(number, 0) * len(pages) for number, pages in owners.items())
        return max(heaviest, shown * min(pages, math.prod(twice)))

    def _drawn(self, number: int, holders: list[int]) -> list[tuple[int, set[int]]]:
        """How often a stream draws what: by its own resources, or by those of the pages that show it; a name that they
        leave out may mean whatever it means anywhere."""
        held = list({*holders})
        for key in (b"Parent", b"Parent", b"Resources", b"XObject"):
            held += [int(n) for holder in held for text in self.objects[holder] for n in _HELD[key].findall(text)]
        places = [self._names(holder) for holder in {*held}] if len(held) < SHARED else []
        drawn = []
        for name, count in self.draws[number].items():
            forms = {form for names in places for form in names.get(name, ())} or self._everywhere.get(name, set())
            drawn += [(count, forms)] if forms else []
        return drawn

    def _owners(self) -> dict[int, list[int]]:
        """The pages that show a stream."""
        owners = defaultdict[int, list[int]](list)
        for page, texts in list(self.objects.items()):
            for listed, one in (found.groups() for text in texts for found in _CONTENTS.finditer(text)):
                numbers = _LISTED.findall(listed) if one is None else [one]
                if one is not None and int(one) not in self.sizes:  # an object that lists them
                    numbers = [n for text in self.objects.get(int(one), ()) for n in _LISTED.findall(text)]
                for number in numbers:
                    owners[int(number)].append(page)
        return owners

    def _names(self, number: int) -> Names:
        """The streams that names mean in an object."""
        if number not in self._named:
            names = self._named[number] = defaultdict(set)
            for name, meant in (pair for text in self.objects[number] for pair in _NAMED.findall(text)):
                if int(meant) in self.sizes:
                    names[name].add(int(meant))
        return self._named[number]

    @cached_property
    def _everywhere(self) -> Names:
        names = defaultdict[bytes, set[int]](set)
        for number in list(self.objects):
            for name, meant in self._names(number).items():
                names[name] |= meant
        return names

    def _all(self, pattern: regex.Pattern[bytes]) -> Iterator[bytes]:
        return (found for texts in self.objects.values() for text in texts for found in pattern.findall(text))


def _plain(text: bytes) -> bytes:
    """Names with what stands for #4F in them."""
    return _ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), text) if b"#" in text else text
