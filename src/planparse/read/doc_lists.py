"""The lists of a legacy Word file, which stand in its table stream as definitions (LST) and their uses (LFO)."""

from __future__ import annotations

from planparse.read.doc_format import WordFile, read_int
from planparse.read.numbering import Level, NumberedList

DEFINITIONS, USES = 73, 74
DEFINITION_BYTES, USE_BYTES, LEVEL_BYTES = 28, 16, 28
FORMS = {  # codes of number formats, by the names that DOCX gives them
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}


def read_lists(word: WordFile) -> dict[object, NumberedList]:
    """The lists by the number, from 1, that paragraphs give; those of one definition count on together."""
    definitions = _definitions(word)
    part = word.part(USES)
    lists: dict[object, NumberedList] = {}
    count = read_int(part, 0, 4) if part else 0
    at = 4 + USE_BYTES * count
    for number in range(count):
        use = 4 + USE_BYTES * number
        group = read_int(part, use, 4)
        levels, restarts = dict(definitions.get(group, {})), {}
        at += 4
        for _ in range(read_int(part, use + 12, 1)):
            start, flags = read_int(part, at, 4), read_int(part, at + 4, 4)
            at += 8
            if flags & 0x10:
                restarts[flags & 0xF] = start
            if flags & 0x20:
                levels[flags & 0xF], at = _level(part, at)
                restarts[flags & 0xF] = levels[flags & 0xF].start
        lists[number + 1] = NumberedList(group, levels, restarts)
    return lists


def _definitions(word: WordFile) -> dict[int, dict[int, Level]]:
    """The levels of each definition; they follow the part that the definitions stand in."""
    start, at = word.place(DEFINITIONS)
    definitions: dict[int, dict[int, Level]] = {}
    for number in range(read_int(word.tables, start) if at > start else 0):
        definition = start + 2 + DEFINITION_BYTES * number
        levels: dict[int, Level] = {}
        for depth in range(1 if read_int(word.tables, definition + 26, 1) & 1 else 9):
            levels[depth], at = _level(word.tables, at)
        definitions[read_int(word.tables, definition, 4)] = levels
    return definitions


def _level(data: bytes, at: int) -> tuple[Level, int]:
    """A level, and where the next one begins. Characters below 9 in its text stand for the number of that depth."""
    flags = read_int(data, at + 5, 1)
    text = at + LEVEL_BYTES + read_int(data, at + 24, 1) + read_int(data, at + 25, 1)
    length = read_int(data, text)
    written = data[text + 2 : text + 2 + 2 * length].decode("utf-16-le", "replace")
    level = Level(
        pattern="".join(f"%{ord(char) + 1}" if ord(char) < 9 else char for char in written),
        form=FORMS.get(read_int(data, at + 4, 1), "decimal"),
        start=read_int(data, at, 4),
        restarts=not flags & 8 or read_int(data, at + 26, 1) > 0,
        legal=bool(flags & 4),
    )
    return level, text + 2 + 2 * length
