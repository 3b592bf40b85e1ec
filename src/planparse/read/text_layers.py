"""What a text layer may be other than the text that a page shows."""

from __future__ import annotations

import regex

from planparse.characters import fold

# the scripts of this country, of formulas, and of names
_WRITTEN = (
    r"\p{Han}\p{Latin}\p{Greek}\p{Cyrillic}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Arabic}\p{Mongolian}\p{Tibetan}\p{Yi}"
)
_GARBAGE = regex.compile(
    r"\(cid:\d+\)|[\p{Co}\p{Cn}\ufffd\x00-\x08\u00a1-\u00b6\u00b8-\u00ff]"
    rf"|(?![{_WRITTEN}\p{{Common}}\p{{Inherited}}])[\p{{L}}\p{{M}}]"
)
_LEFT, _RIGHT = frozenset("æçêë"), frozenset("öø÷û")  # of brackets; é, è, ú and ù are letters of readings too
_NAMELESS = regex.compile(r"\p{Co}{3,}")
_LETTER, _HANZI = regex.compile(r"\p{L}"), regex.compile(r"\p{Han}")
_HANZI_ONLY = regex.compile(r"[\u4e00-\u9fff]+")
COMMON = frozenset(
    bytes(b for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for b in (row, cell)).decode("gb2312", "ignore")
)  # the 3,755 hanzi of its first level
FEW, RARE = 40, 0.3  # hanzi of a page that is judged, and how many of them are rare where it is mistaken; 0.06 else


def is_garbled(text: str) -> bool:
    """Whether a text layer has no ToUnicode map: private-use characters, (cid:n), letters of any script, with accents.

    >>> is_garbled("\ue012\ue013\ue0a1" * 10), is_garbled("(cid:12)(cid:7)" * 5), is_garbled("新建学校5所")
    (True, True, False)
    >>> is_garbled("ಕጠᚒಱᎠ" * 5), is_garbled("Δ=0,5 dB，ᠮᠣᠩᠭᠣᠯ བོད་ཡིག" * 2)
    (True, False)
    """
    if "(cid:" not in text and not _GARBAGE.search("".join(set(text) - COMMON)):
        return False
    bad = sum(len(match) for match in _GARBAGE.findall(text))
    return len(text) > 20 and bad > 0.2 * len(text)


def count_nameless(text: str) -> int:
    """How many characters stand in words of the private area, of which only the writer's own font knows the shapes. A
    sign, or one over and over, is none.

    >>> count_nameless("新建\ue012\ue013\ue0a1五所"), count_nameless("增长5\ue010 3%"), count_nameless("\uf0b7" * 4)
    (3, 0, 0)
    """
    return sum(len(word) for word in _NAMELESS.findall(text) if len(set(word)) > 1)


def has_split_brackets(text: str) -> bool:
    """Whether letters stand where the page shows the parts that a font of symbols puts tall brackets together from.

    >>> has_split_brackets("其中矩阵按上式计算为éaùêbúëcû"), has_split_brackets("儿女（ér nǚ）的读音")
    (True, False)
    """
    return not _LEFT.isdisjoint(text) and not _RIGHT.isdisjoint(text) and is_chinese(text)


def is_chinese(text: str) -> bool:
    """Whether at least half of the letters of a text are hanzi: programs that know none take them for Latin letters.

    >>> is_chinese("新建GB学校5所"), is_chinese("iS:fi^t5E"), is_chinese("")
    (True, False, True)
    """
    letters, hanzi = len(_LETTER.findall(text)), len(_HANZI.findall(text))
    return 2 * hanzi >= letters


def is_mistaken(text: str) -> bool:
    """Whether the hanzi of a text layer are others than the page shows: every third of them is a rare one.

    >>> plan = "新建学校五所，改造道路三百公里，培训教师两千名，全部镇街都要按照统一的部署完成任务，确保如期见效"
    >>> is_mistaken(plan), is_mistaken(plan.encode("utf-8").decode("gbk", "ignore"))
    (False, True)
    """
    hanzi = "".join(_HANZI_ONLY.findall(text))
    if len(hanzi) < FEW or _rare(hanzi) <= RARE:
        return False
    return _rare(fold(hanzi)) > RARE


def _rare(hanzi: str) -> float:
    return 1 - sum(map(COMMON.__contains__, hanzi)) / len(hanzi)
