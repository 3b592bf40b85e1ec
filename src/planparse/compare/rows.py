"""The result of a comparison: rows of two records and a verdict, and the same as a sheet for the writers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from planparse.messages import in_chinese
from planparse.model import Document, Target
from planparse.write.sheet import Heading, Sheet
from planparse.write.to_table import value_text

ZH = {
    "kept": "完成",
    "missed": "未完成",
    "not reported": "未报告",
    "unclear": "不判定",
    "raised": "调高",
    "lowered": "调低",
    "reworded": "改写",
    "unchanged": "不变",
    "dropped": "取消",
    "new": "新增",
    "only in A": "仅前者有",
    "only in B": "仅后者有",
    "higher in B": "后者高",
    "lower in B": "后者低",
}
SIDES = {"fulfil": (("planned", "计划"), ("reported", "实际")), "diff": (("before", "前"), ("after", "后"))}


@dataclass(frozen=True, slots=True)
class Row:
    """A verdict on two records, one of which may be missing; `reason` says why there is none, or what decided."""

    verdict: str
    one: Target | None
    two: Target | None
    reason: str = ""

    @property
    def reason_zh(self) -> str:
        """The reason in Chinese."""
        return in_chinese(self.reason, "verdicts") or self.reason

    @property
    def indicator(self) -> str:
        return (self.one or self.two or _NONE).indicator


@dataclass(frozen=True, slots=True)
class Comparison:
    """`fulfil` or `diff` of two documents; rows in the order of the first, then what only the second has."""

    kind: str
    one: Document
    two: Document
    rows: list[Row]

    @property
    def counts(self) -> Counter[str]:
        return Counter(row.verdict for row in self.rows)

    @property
    def title(self) -> str:
        return " → ".join(d.document.title or d.document.source for d in (self.one, self.two))

    def sheet(self, names: Sequence[str] = (), *, zh: bool = False) -> Sheet:
        """The rows as plain values under named columns, with both sentences; `names` chooses and orders columns.

        With `zh` verdicts and reasons are in Chinese.
        """
        rows = [replace(row, verdict=ZH[row.verdict], reason=row.reason_zh) for row in self.rows] if zh else self.rows
        columns = choose_columns(self.kind, names)
        return Sheet(
            title=self.title,
            columns=tuple(column.heading for column in columns),
            rows=[tuple(column.value(row) for column in columns) for row in rows],
        )


class _Column(NamedTuple):
    heading: Heading
    value: Callable[[Row], object]


_NONE = Target(
    id="", status="planned", kind="count", indicator="", quote="", sentence="", start=0, end=0, rule="", confidence=0
)
_SIDE: tuple[tuple[str, str, Callable[[Target], object]], ...] = (
    ("", "", value_text),
    ("_value", "值", lambda t: t.value),
    ("_value_max", "值上限", lambda t: t.value_max),
    ("_unit", "单位", lambda t: t.unit),
    ("_change", "增减", lambda t: t.change),
    ("_by", "时间", lambda t: t.time.end if t.time else None),
    ("_section", "章节", lambda t: " > ".join(t.section)),
    ("_sentence", "原句", lambda t: t.sentence),
    ("_page", "页码", lambda t: t.page),
    ("_start", "起始位置", lambda t: t.start),
    ("_end", "结束位置", lambda t: t.end),
    ("_id", "编号", lambda t: t.id),
)


def _columns(kind: str) -> list[_Column]:
    columns = [
        _Column(Heading("verdict", "结论"), lambda row: row.verdict),
        _Column(Heading("reason", "理由"), lambda row: row.reason or None),
        _Column(Heading("indicator", "指标"), lambda row: row.indicator),
        _Column(Heading("indicator_id", "指标编码"), lambda row: (row.one or row.two or _NONE).indicator_id),
    ]
    for (name, zh), side in zip(SIDES[kind], (_one, _two), strict=True):
        columns += [_Column(Heading(name + end, zh + end_zh), _of(side, get)) for end, end_zh, get in _SIDE]
    return columns


def choose_columns(kind: str, names: Sequence[str]) -> list[_Column]:
    """The columns of these names, in either language; all for none. ValueError names an unknown one."""
    columns = _columns(kind)
    by_name = {name: column for column in columns for name in column.heading}
    if unknown := [name for name in names if name not in by_name]:
        known = ", ".join(f"{column.heading.name} {column.heading.zh}" for column in columns)
        raise ValueError(f"there is no column {unknown[0]!r}; the columns are {known}; either name will do")
    return [by_name[name] for name in names] or columns


def _one(row: Row) -> Target | None:
    return row.one


def _two(row: Row) -> Target | None:
    return row.two


def _of(side: Callable[[Row], Target | None], get: Callable[[Target], object]) -> Callable[[Row], object]:
    def value(row: Row) -> object:
        target = side(row)
        return None if target is None else get(target)

    return value
