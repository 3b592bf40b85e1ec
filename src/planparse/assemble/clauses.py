"""Where the clause of a number begins and ends: brackets and quotation marks are kept whole."""

from __future__ import annotations

import re

from planparse.cache import compiled

OPENERS = {"（": "）", "“": "”", "《": "》", "【": "】", "〔": "〕", "‘": "’"}
CLOSERS = {close: open_ for open_, close in OPENERS.items()}
# 和, 及 and 与 inside words: 普及, 涉及, 及时, 总和, 和谐, 参与
_IN_A_WORD = compiled(r".和[谐平美睦解缓]|[总饱调温共暖]和|[普惠涉波以]及|.及[时格第其]|[参给赠]与")
STOPS = frozenset("，。；：！？\n\t")
"""What ends a clause: a mark, the border of a cell; a double dash stands for one, too."""
_MARK = re.compile(f"[—{re.escape(''.join((*STOPS, *OPENERS, *CLOSERS)))}]")
BRACKET = re.compile(f"[{re.escape(''.join((*OPENERS, *CLOSERS)))}]")
_JOINT = re.compile(f"以及|[、和及与{re.escape(''.join((*OPENERS, *CLOSERS)))}]")


def _is_double(text: str, i: int) -> bool:
    """Whether a dash has another beside it."""
    return "—" in (text[i - 1 : i], text[i + 1 : i + 2])


def clause_start(text: str, at: int, floor: int = 0) -> int:
    """Where the clause that holds `at` begins: after the last stop outside brackets, or after an opening bracket.

    >>> clause_start("加快建设，创建示范校（园）5所", 13)
    5
    """
    depth = 0
    for mark in reversed([*_MARK.finditer(text, floor, at)]):
        if (char := mark[0]) in CLOSERS:
            depth += 1
        elif char in OPENERS:
            if depth == 0:
                return mark.end()
            depth -= 1
        elif depth == 0 and (char in STOPS or _is_double(text, mark.start())):
            return mark.end()
    return floor


def clause_end(text: str, at: int, ceiling: int) -> int:
    """Where the clause that holds `at` ends: before the next stop outside brackets, or a closing bracket.

    >>> clause_end("派出100名（骨干）教师，到校任教", 6, 18)
    12
    """
    depth = 0
    for mark in _MARK.finditer(text, at, ceiling):
        if (char := mark[0]) in OPENERS:
            depth += 1
        elif char in CLOSERS:
            if depth == 0:
                return mark.start()
            depth -= 1
        elif depth == 0 and (char in STOPS or _is_double(text, mark.start())):
            return mark.start()
    return ceiling


def bracket_start(text: str, at: int, floor: int) -> int:
    """Where the innermost brackets or quotation marks open that hold `at`, or the floor.

    >>> bracket_start("新建（含改建（2所））5所", 7, 0), bracket_start("新建（含改建（2所））5所", 11, 0)
    (7, 0)
    """
    depth = 0
    for mark in reversed([*BRACKET.finditer(text, floor, at)]):
        if mark[0] in CLOSERS:
            depth += 1
        elif depth == 0:
            return mark.end()
        else:
            depth -= 1
    return floor


def split_names(text: str) -> list[str]:
    """The members of an enumeration joined by 、 和 及 与 以及, those inside brackets and quotes left whole.

    >>> split_names("毛入园率、普及率和占比"), split_names("“双减”、五项管理")
    (['毛入园率', '普及率', '占比'], ['“双减”', '五项管理'])
    """
    names: list[str] = []
    depth = begin = 0
    for mark in _JOINT.finditer(text):
        if (sign := mark[0]) in OPENERS:
            depth += 1
        elif sign in CLOSERS:
            depth -= 1
        elif depth <= 0 and not _IN_A_WORD.match(text, max(0, mark.start() - 1)):
            names.append(text[begin : mark.start()])
            begin = mark.end()
    names.append(text[begin:])
    return [name for name in names if name]
