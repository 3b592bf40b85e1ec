"""What the columns of a table hold, as their heads say: roles by rules/tables.toml, times and units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from planparse.assemble.evidence import Evidence
from planparse.assemble.timing import role_of
from planparse.cache import compiled
from planparse.match import read_quantity
from planparse.model import Span, TimeMention
from planparse.rules import Rule, cue, rules
from planparse.tables.sheet import Sheet

_UNIT = compiled(
    r"[（［〔](?:单位[:：]?)?(?P<unit>[^（）［］〔〕\d]{1,14})[）］〕]|[，,：:](?P<unit>[%‰\w/]{1,8})$|单位[:：]?(?P<unit>[^\s（）]{1,14})"
    r"|(?P<unit>[%‰])(?=[）)]?$)|(?<=[\u4e00-\u9fff）]{2})(?<![元吨人户亩])[/／][（(]?(?P<unit>[^（）\d]{1,14})[）)]?$"
)
MARKS = "①②③④⑤⑥⑦⑧⑨⑩*＊"  # of notes
_BRACKETED = compiled(r"[（〔［][^（〔［]*[）〕］]")
_YEAR = compiled(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:[-—–~～至](?P<year2>(?:19|20)\d{2}))?(?!\d)")


class Column(NamedTuple):
    """A column: its role, the row of rules/tables.toml that says so, what else its head says it measures, its time and
    its unit. A column about the one to its left has the time and, but for its own, the status of that."""

    role: str
    rule: Rule | None = None
    measure: str = ""
    time: TimeMention | None = None
    unit: str | None = None
    said: Evidence | None = None  # of the status of its cells


def read_head(sheet: Sheet, spans: Iterable[Span]) -> Column:
    """What the cells of a head, one below the other, say of their column."""
    words, time = "", None
    for span in spans:
        cell, found = _without_time(sheet.normal.text, span, sheet.mentions.times)
        words, time = words + cell, time or found
    unit = find_unit(words)
    bare = (words[: unit.start()] + words[unit.end() :] if unit else words).strip("，：:").rstrip(MARKS)
    bare = bare[1:-1] if _BRACKETED.fullmatch(bare) else bare
    written = unit["unit"] if unit else None
    for rule in rules("tables"):
        named = time is not None and rule["role"] in ("name", "category")  # 2025年|目标 names no rows
        if (match := rule.pattern.search(bare)) and not named:
            rest = bare[: match.start()] + bare[match.end() :] if rule["role"] == "value" else ""
            measure = "" if _BRACKETED.fullmatch(rest) else rest
            said = Evidence(rule.id, rule["weight"]) if rule["weight"] else None
            return Column(rule["role"], rule, measure, time, written, said)
    return Column("value" if time else "text", None, "" if time and len(bare) < 2 else bare, time, written)


def _without_time(text: str, span: Span, times: list[TimeMention]) -> tuple[str, TimeMention | None]:
    """The words of a cell but for its time, and that: 2025年|目标值, or the bare 2025 or “十四五”."""
    own = [t for t in times if span.start <= t.span.start and t.span.end <= span.end]
    own = [t for t in own if role_of(text, t, span) != "compared"]
    if not own and (match := _YEAR.search(text, *span) or cue("table.plan").match(text, *span)):
        groups = {name: said for name, said in match.groupdict().items() if said}
        own = [TimeMention(Span(*match.span()), match[0], groups, "time.plan" if "plan" in groups else "time.year")]
    time = own[0] if own else None
    cuts = [span.start, *time.span, span.end] if time else [span.start, span.end, span.end, span.end]
    return text[cuts[0] : cuts[1]] + text[cuts[2] : cuts[3]], time


def find_unit(text: str) -> Any:
    """Where a head, a name or a caption gives a unit: 产量（万吨）, 单位：亿元."""
    at = 0
    while match := _UNIT.search(text, at):
        if is_unit(match["unit"]):
            return match
        at = match.start() + 1  # 各单位用水限额（单位：立方米): what looks like one may hide another
    return None


def is_unit(written: str) -> bool:
    """Whether a number can have this unit: 万人次, 公里/百平方公里."""
    quantity = read_quantity(f"1{written}", 0)
    return quantity is not None and quantity.span.end == len(written) + 1
