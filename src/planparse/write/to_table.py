"""A table for people, on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from planparse.model import Document, Target

COMPARATORS = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ ", "range": ""}
CHANGES = {"increase": "↑ ", "decrease": "↓ ", None: ""}


def print_table(documents: list[Document], console: Console) -> None:
    """One table a document: planned and achieved told apart by a word, not by colour alone."""
    for document in documents:
        title = document.document.title or document.document.source
        table = Table(title=title, title_justify="left", header_style="bold", expand=False)
        table.add_column("§", style="dim", no_wrap=True)
        table.add_column("状态")
        table.add_column("指标", ratio=1, overflow="fold")
        table.add_column("值", justify="right", no_wrap=True)
        table.add_column("时限", no_wrap=True)
        for target in document.targets:
            style = "" if target.status == "planned" else "dim"
            table.add_row(
                " > ".join(target.section),
                "计划" if target.status == "planned" else "已达",
                target.indicator,
                value_text(target),
                deadline_text(target),
                style=style,
            )
        console.print(table)
        planned = sum(t.status == "planned" for t in document.targets)
        unresolved = sum(s.reason == "unresolved" for s in document.skipped)
        console.print(
            f"{planned} planned, {len(document.targets) - planned} achieved; ledger: "
            f"{len(document.skipped)} numbers skipped, {unresolved} unresolved"
        )


def value_text(target: Target) -> str:
    """A value as a reader writes it: ≥ 93%, ↑ 5百分点, 1–3个, 1.4亿元."""
    if target.value is None:
        return "—"
    number = short(target.value) + ("" if target.value_max is None else f"–{short(target.value_max)}")
    per = f"（{target.per}）" if target.per else ""
    return f"{CHANGES[target.change]}{COMPARATORS[target.comparator]}{number}{target.unit or ''}{per}"


def short(value: float) -> str:
    """A number with 万 or 亿 where that reads better.

    >>> short(140000000), short(20000), short(93), short(0.274)
    ('1.4亿', '2万', '93', '0.274')
    """
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if value >= size and value % (size / 10**4) == 0:
            return f"{value / size:.10g}{name}"
    return f"{value:.10g}"


def deadline_text(target: Target) -> str:
    if target.time is None:
        return ""
    day = target.time.end or target.time.start
    return "" if day is None else (day.isoformat() if target.time.end else f"{day.isoformat()} 起")
