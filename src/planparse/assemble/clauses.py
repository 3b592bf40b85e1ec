"""Where the clause of a number begins and ends: brackets and quotation marks are kept whole."""

from __future__ import annotations

from planparse.cache import compiled

OPENERS = {"（": "）", "“": "”", "《": "》", "【": "】", "〔": "〕", "‘": "’"}
CLOSERS = {close: open_ for open_, close in OPENERS.items()}
# 和, 及 and 与 inside words: 普及, 涉及, 及时, 总和, 和谐, 参与
_IN_A_WORD = compiled(r".和[谐平美睦解缓]|[总饱调温共暖]和|[普惠涉波以]及|.及[时格第其]|[参给赠]与")
STOPS = frozenset("，。；：！？\n\t")
_DASH = "—"


def _is_stop(text: str, i: int) -> bool:
    """Whether a clause ends at a character: a mark, the border of a cell, or a double dash, which stands for a mark."""
    return text[i] in STOPS or (text[i] == _DASH and _DASH in (text[i - 1 : i], text[i + 1 : i + 2]))


def clause_start(text: str, at: int, floor: int = 0) -> int:
    """Where the clause that holds `at` begins: after the last stop outside brackets, or after an opening bracket.

    >>> clause_start("加快建设，创建示范校（园）5所", 13)
    5
    """
    depth = 0
    for i in range(at - 1, floor - 1, -1):
        char = text[i]
        if char in CLOSERS:
            depth += 1
        elif char in OPENERS:
            if depth == 0:
                return i + 1
            depth -= 1
        elif depth == 0 and _is_stop(text, i):
            return i + 1
    return floor


def clause_end(text: str, at: int, ceiling: int) -> int:
    """Where the clause that holds `at` ends: before the next stop outside brackets, or a closing bracket.

    >>> clause_end("派出100名（骨干）教师，到校任教", 6, 18)
    12
    """
    depth = 0
    for i in range(at, ceiling):
        char = text[i]
        if char in OPENERS:
            depth += 1
        elif char in CLOSERS:
            if depth == 0:
                return i
            depth -= 1
        elif depth == 0 and _is_stop(text, i):
            return i
    return ceiling


def split_names(text: str) -> list[str]:
    """The members of an enumeration joined by 、 和 及 与 以及, those inside brackets and quotes left whole.

    >>> split_names("毛入园率、普及率和占比"), split_names("“双减”、五项管理")
    (['毛入园率', '普及率', '占比'], ['“双减”', '五项管理'])
    """
    names: list[str] = []
    depth, begin, i = 0, 0, 0
    while i < len(text):
        char = text[i]
        depth += (char in OPENERS) - (char in CLOSERS)
        joiner = "以及" if text.startswith("以及", i) else char if char in "、和及与" else ""
        joiner = "" if _IN_A_WORD.match(text, max(0, i - 1)) else joiner
        if depth <= 0 and joiner:
            names.append(text[begin:i])
            begin = i + len(joiner)
            i = begin
            continue
        i += 1
    names.append(text[begin:])
    return [name for name in names if name]
