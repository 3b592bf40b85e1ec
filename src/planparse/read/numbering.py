"""Automatic numbers of Word paragraphs, as the labels that a reader sees: 一、 （一） 1. ①."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import ascii_lowercase, ascii_uppercase

import regex

UNITS = ("千", "百", "十", "")
COUNTED = {  # 一百零五
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
BY_DIGIT = {  # 一〇五
    **dict.fromkeys(
        ("ideographDigital", "chineseDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), "〇一二三四五六七八九"
    ),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), "０１２３４５６７８９"),
}
IN_ORDER = {
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "upperRoman": "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    "lowerRoman": "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ",
    "upperLetter": ascii_uppercase,
    "lowerLetter": ascii_lowercase,
}
UNMARKED = ("bullet", "none")


@dataclass(frozen=True, slots=True)
class Level:
    """One depth of a list: what stands around the number (`%1、`, `%1.%2`), and how the number is spelled."""

    pattern: str
    form: str = "decimal"
    start: int = 1
    restarts: bool = True  # after a number of a lesser depth
    legal: bool = False  # every number in the pattern in Arabic digits


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list. Those of one `group` go on with each other's numbers, except where `restarts` says what to begin with."""

    group: object
    levels: Mapping[int, Level]
    restarts: Mapping[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document and where each of them has got to."""

    def __init__(self, lists: Mapping[object, NumberedList]) -> None:
        self.lists = lists
        self.counters: dict[object, dict[int, int]] = defaultdict(dict)
        self.restarted: set[tuple[object, int]] = set()
        self.unknown = False  # whether a paragraph asked for a list that there is not

    def label(self, key: object, depth: int) -> str:
        """The label of the next paragraph of a list, and its counter moved on; "" for bullets and unknown lists."""
        numbered = self.lists.get(key)
        level = numbered.levels.get(depth) if numbered else None
        if numbered is None or level is None:
            self.unknown = True
            return ""
        counters = self.counters[numbered.group]
        if depth in numbered.restarts and (key, depth) not in self.restarted:
            self.restarted.add((key, depth))
            counters[depth] = numbered.restarts[depth] - 1
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [d for d in counters if d > depth and _restarts(numbered.levels.get(d))]:
            del counters[deeper]
        if level.form in UNMARKED:
            return ""

        def written(match: regex.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = numbered.levels.get(at, level)
            return spell(counters.get(at, shown.start), "decimal" if level.legal else shown.form)

        return str(regex.sub(r"%([1-9])", written, level.pattern)).strip()


def with_label(label: str, text: str) -> str:
    """A paragraph after its label, set apart where the two would run into one word or number.

    >>> with_label("（一）", "新建学校"), with_label("1.", "15所学校"), with_label("第一条", "总则")
    ('（一）新建学校', '1. 15所学校', '第一条 总则')
    """
    touching = label[-1:].isalpha() or label[-1:].isdecimal() or text.lstrip()[:1].isdecimal()
    return f"{label} {text}" if label and touching else label + text


def _restarts(level: Level | None) -> bool:
    return level is None or level.restarts


def spell(number: int, form: str) -> str:
    """A number in a number format of Word; in digits where the format goes no further, or is a foreign one.

    >>> spell(12, "chineseCounting"), spell(3, "decimalEnclosedCircle"), spell(4, "decimal")
    ('十二', '③', '4')
    >>> spell(105, "chineseCountingThousand"), spell(20, "ideographDigital"), spell(13, "upperRoman")
    ('一百零五', '二〇', '13')
    """
    if form in COUNTED and 0 < number < 10_000:
        return _count(number)
    if form in BY_DIGIT:
        return "".join(BY_DIGIT[form][int(digit)] for digit in str(number))
    sequence = IN_ORDER.get(form, "")
    return sequence[number - 1] if 0 < number <= len(sequence) else str(number)


def _count(number: int) -> str:
    text = "".join(
        "零一二三四五六七八九"[int(digit)] + (unit if digit != "0" else "")
        for digit, unit in zip(f"{number:04}", UNITS, strict=True)
    )
    text = str(regex.sub("零+", "零", text)).strip("零")
    return text.removeprefix("一") if text.startswith("一十") else text
