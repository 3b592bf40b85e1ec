"""What stands above a table and speaks of it: 表2 各区任务（单位：套）."""

from __future__ import annotations

from planparse.cache import compiled
from planparse.characters import VEIL
from planparse.lines import PAGE_NUMBER
from planparse.model import Span, Table

REACH = 3  # lines above a table, empty ones among them, the furniture of a page that ends between them not
LONGEST = 60
_UNIT = compiled(r"单\s*位\s*(?:[:：]|\s[\w/%]{1,14}\s*$)")
_CAPTION = compiled(
    r"\s*(?:附?表|专栏|附件)\s*[\d一二三四五六七八九十]|.*(?:表|情况|指标|一览|目标)\s*(?:（[^（）]*）)?\s*$"
)

_NAME = compiled(
    r"(?:附?表|专栏|附件)[A-Z]?[.\d一二三四五六七八九十]+[:：]?(?P<name>[^。；]{2,40}?)[（(]?(?:单位[:：].*)?"
)


def name_of_table(caption: str) -> str:
    """What a caption, without blanks, says that its table is about: 夜间噪声限值 of 表3.1夜间噪声限值（单位：分贝）."""
    named = (_NAME.fullmatch(line) for line in caption.split("\n"))
    return next((found["name"] for found in named if found), "")


def find_caption(seen: str, table: Table) -> Span:
    """The lines above a table that name it or give its unit, in a text whose furniture is veiled; an empty stretch
    where there are none."""
    first = min(cell.start for row in table.rows for cell in row if cell)
    begin = start = end = seen.rfind("\n", 0, first) + 1
    passed = 0
    while begin and passed < REACH:
        above = seen.rfind("\n", 0, begin - 1) + 1
        line, begin = seen[above:begin], above
        words = line.replace(VEIL, "").strip()
        if PAGE_NUMBER.fullmatch(words) or (not words and VEIL in line):
            continue
        if words and not _speaks(words):
            break
        start = begin if words else start
        passed += 1
    return Span(start, end)


def _speaks(line: str) -> bool:
    """Whether a line names a table or gives its unit, and is no prose."""
    return len(line) <= LONGEST and "。" not in line and bool(_UNIT.search(line) or _CAPTION.match(line))
