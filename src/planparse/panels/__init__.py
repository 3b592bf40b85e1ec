"""Many documents side by side: documents and years down, canonical indicators across, each cell with its sentence.

A cell is only what a document says of an indicator in a unit that converts exactly; an empty one says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from planparse.model import Document, Status
from planparse.panels.table import Panel, make_panel

__all__ = ["Panel", "make_panel", "panel"]


def panel(
    documents: Iterable[Document],
    indicators: Sequence[str] = (),
    *,
    years: int | Collection[int] | None = None,
    status: Literal["planned", "achieved", "both"] = "both",
) -> Panel:
    """Documents side by side by canonical indicator: `.cells`, `.gaps`, `.to_pandas()`, `.write("panel.xlsx")`.

    `indicators` are ids or Chinese names (all that the documents name, without); `years` those that values are for.
    Raises PlanparseError for an indicator that the rules do not have. See docs/panel.md.

    >>> from planparse import extract
    >>> texts = [f"{place}县2024年计划\\n\\n城镇新增就业{n}人。" for place, n in (("甲", 800), ("乙", 900))]
    >>> plans = [extract(text=text) for text in texts]
    >>> [(cell.entry.name, cell.amount.value) for cell in panel(plans, ["城镇新增就业"], years=2024).cells]
    [('甲县', 800), ('乙县', 900)]
    """
    wanted = {years} if isinstance(years, int) else None if years is None else set(years)
    statuses: list[Status] = ["planned", "achieved"] if status == "both" else [status]
    return make_panel(documents, indicators, years=lambda year: wanted is None or year in wanted, statuses=statuses)
