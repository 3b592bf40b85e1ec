"""A comparison for people, on a terminal: each row with both values and, below them, both sentences."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from planparse.compare.rows import SIDES, ZH, Comparison
from planparse.harmless import harmless
from planparse.messages import language
from planparse.model import Target
from planparse.write.to_table import WORDS, time_text, value_text

STYLES = {"kept": "green", "missed": "bold red", "raised": "green", "lowered": "red", "unclear": "yellow"}


def print_comparison(comparison: Comparison, console: Console) -> None:
    """The rows and how many there are of each verdict; the verdict is a word, the colour only helps."""
    table = Table(title=_shown(comparison.title), title_justify="left", header_style="bold", show_lines=True)
    table.add_column("结论", no_wrap=True)
    table.add_column("指标", ratio=2, overflow="fold")
    for _, zh in SIDES[comparison.kind]:
        table.add_column(zh, ratio=3, overflow="fold")
    for row in comparison.rows:
        verdict = f"{ZH[row.verdict]}\n{row.verdict}"
        why = row.reason_zh if language() == "zh" else row.reason
        reason = f"\n[dim]{_shown(why)}[/dim]" if why else ""
        table.add_row(
            verdict, _shown(row.indicator) + reason, _side(row.one), _side(row.two), style=STYLES.get(row.verdict, "")
        )
    if comparison.rows:
        console.print(table)
    console.print(
        "  ".join(f"{ZH[name]} {name}: {count}" for name, count in comparison.counts.items()), highlight=False
    )


def _side(target: Target | None) -> str:
    if target is None:
        return "—"
    return f"{_shown(value_text(target))}  {time_text(target, WORDS['zh'])}\n[dim]{_shown(target.sentence)}[/dim]"


def _shown(text: str) -> str:
    return escape(harmless(text))
