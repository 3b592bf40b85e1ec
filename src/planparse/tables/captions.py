"""What stands above a table and speaks of it: 表2 各区任务（单位：套）."""

from __future__ import annotations

from planparse.cache import compiled
from planparse.model import Span, Table

REACH = 3  # lines above a table, empty ones among them
LONGEST = 60
_UNIT = compiled(r"单\s*位\s*(?:[:：]|\s[\w/%]{1,14}\s*$)")
_CAPTION = compiled(
    r"\s*(?:附?表|专栏|附件)\s*[\d一二三四五六七八九十]|.*(?:表|情况|指标|一览|目标)\s*(?:（[^（）]*）)?\s*$"
)


def find_caption(text: str, table: Table) -> Span:
    """The lines above a table that name it or give its unit; an empty stretch where there are none."""
    end = start = min(cell.start for row in table.rows for cell in row if cell)
    start = end = text.rfind("\n", 0, end) + 1
    for _ in range(REACH):
        begin = text.rfind("\n", 0, max(0, start - 1)) + 1
        line = text[begin:start]
        if start == 0 or (line.strip() and not _speaks(line)):
            break
        start = begin
    return Span(start, end)


def _speaks(line: str) -> bool:
    """Whether a line names a table or gives its unit, and is no prose."""
    words = line.strip()
    return len(words) <= LONGEST and "。" not in words and bool(_UNIT.search(words) or _CAPTION.match(words))
