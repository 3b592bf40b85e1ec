"""A table for people, on a terminal: by section, as wide as the terminal allows."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planparse.harmless import CONTROL
from planparse.model import Document, Target

COMPARATORS = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ ", "range": ""}
CHANGES = {"increase": "↑ ", "decrease": "↓ ", None: ""}
BESIDE = ("高于", "低于", "快于", "慢于", "好于", "领先", "优于")  # another place or group: no change over time
STYLES = {"planned": "cyan", "achieved": "green"}
WITH_TIME, WITH_SENTENCE = 72, 110  # terminals of these widths have room for the column
WIDEST_NAME, WIDEST_VALUE = 44, 24
INDENT, GAP = 2, 2
VALUE = 2  # the place of the column of values
BEFORE = 8  # characters of a sentence that are shown before its quote


class Words(NamedTuple):
    """What the table itself says, in one language."""

    header: tuple[str, ...]
    status: dict[str, str]
    since: str
    summary: str
    unread: str
    documents: str


WORDS = {
    "en": Words(
        ("status", "indicator", "value", "by", "in the text"),
        {"planned": "planned", "achieved": "achieved"},
        "from {}",
        "{} records ({} planned, {} achieved) · ledger {} ({} unresolved) · {} warnings",
        "could not be read",
        "{} documents: ",
    ),
    "zh": Words(
        ("状态", "指标", "值", "时限", "原文"),
        {"planned": "计划", "achieved": "已达"},
        "{} 起",
        "{} 条记录（计划 {}，已达 {}）· 台账 {}（未决 {}）· 警告 {}",
        "未能读取",
        "{} 份文件：",
    ),
}


def print_table(
    documents: list[Document], console: Console, *, headers: str = "en", least_sure_first: bool = False
) -> None:
    """The records of each document by section, or the least sure first, and a line that sums them up."""
    words = WORDS[headers]
    for document in documents:
        console.print(clean(document.document.title or document.document.source, "bold"))
        if document.status == "failed":
            console.print(Text(words.unread, "bold red"), end="\n\n")
            continue
        (_print_doubtful if least_sure_first else _print_records)(document.targets, console, words)
        console.print(_summary([document], words), end="\n\n")
    if len(documents) > 1:
        console.print(Text(words.documents.format(len(documents)), "bold") + _summary(documents, words))


def _print_records(targets: list[Target], console: Console, words: Words) -> None:
    widths = _widths(targets, console.width, words)
    console.print(_grid(widths, [tuple(Text(word, "dim") for word in words.header)]))
    for (section, heading), group in groupby(targets, key=lambda t: (t.section, t.heading)):
        console.print(clean("  ".join(filter(None, (" > ".join(section), heading))), "bold"), no_wrap=True)
        console.print(_grid(widths, [_cells(target, words) for target in group]))


def _print_doubtful(targets: list[Target], console: Console, words: Words) -> None:
    """Without sections, the confidence of each before its status; those as sure as each other in reading order."""
    sure = "0.00 "
    widths = _widths(targets, console.width, words, extra=len(sure))
    console.print(_grid(widths, [tuple(Text(word, "dim") for word in words.header)]))
    rows = [
        (Text(f"{target.confidence:.2f} ", "bold") + status, *rest)
        for target in sorted(targets, key=lambda target: target.confidence)
        for status, *rest in [_cells(target, words)]
    ]
    console.print(_grid(widths, rows))


def _widths(targets: list[Target], room: int, words: Words, extra: int = 0) -> list[int]:
    """The widths of the columns that have room, the same for every section; `extra` goes before the status."""
    status, name, value, time = map(cell_len, words.header[:4])
    status = max(status, *map(cell_len, words.status.values())) + extra
    name = max([name, *(cell_len(target.indicator) for target in targets)])
    value = min(max([value, *(cell_len(value_text(target)) for target in targets)]), WIDEST_VALUE)
    time = max([time, *(cell_len(time_text(target, words)) for target in targets)])
    fixed = [status, value, *([time] if room >= WITH_TIME else [])]
    left = room - sum(fixed) - GAP * len(fixed) - INDENT
    if room < WITH_SENTENCE:
        return [status, min(name, left), *fixed[1:]]
    name = min(name, WIDEST_NAME)
    return [status, name, *fixed[1:], left - name - GAP]


def _grid(widths: list[int], rows: list[tuple[Text, ...]]) -> Padding:
    grid = Table.grid(padding=(0, GAP, 0, 0))
    for place, width in enumerate(widths):
        grid.add_column(width=width, justify="right" if place == VALUE else "left", no_wrap=place > VALUE)
    for row in rows:
        grid.add_row(*row[: len(widths)])
    return Padding(grid, (0, 0, 0, INDENT), expand=False)


def _cells(target: Target, words: Words) -> tuple[Text, ...]:
    return (
        Text(words.status[target.status], STYLES[target.status]),
        clean(target.indicator),
        clean(value_text(target), "bold"),
        Text(time_text(target, words)),
        _excerpt(target),
    )


def _excerpt(target: Target) -> Text:
    """The sentence from a little before the quote on, the quote in it underlined."""
    quote = "".join(target.quote.split())
    place = max(0, target.sentence.find(quote))
    start = place - BEFORE if place > BEFORE else 0
    text = clean(("…" if start else "") + target.sentence[start:], "dim")
    text.highlight_words([quote], "not dim underline")
    return text


def _summary(documents: list[Document], words: Words) -> Text:
    targets = [target for document in documents for target in document.targets]
    skipped = [entry for document in documents for entry in document.skipped]
    planned = sum(target.status == "planned" for target in targets)
    return Text(
        words.summary.format(
            len(targets),
            planned,
            len(targets) - planned,
            len(skipped),
            sum(entry.reason == "unresolved" for entry in skipped),
            sum(len(document.warnings) for document in documents),
        ),
        "bold",
    )


def clean(text: str, style: str = "") -> Text:
    """A text of a document as it may go to a terminal: nothing in it is markup or moves the cursor."""
    return Text(CONTROL.sub("\N{REPLACEMENT CHARACTER}", text), style)


def value_text(target: Target) -> str:
    """A value as a reader writes it: ≥ 93%, ↑ 5百分点, 高于全国 0.4百分点, 1–3个, 1.4亿元."""
    if target.value is None:
        return "—"
    number = short(target.value) + ("" if target.value_max is None else f"–{short(target.value_max)}")
    per = f"（{target.per}）" if target.per else ""
    said = f"{COMPARATORS[target.comparator]}{number}{target.unit or ''}{per}"
    if target.action in BESIDE and target.baseline_text:
        return f"{target.action}{target.baseline_text} {said}"
    return CHANGES[target.change] + said


def short(value: float) -> str:
    """A number with 万 or 亿 where that reads better.

    >>> short(140000000), short(20000), short(93), short(0.274)
    ('1.4亿', '2万', '93', '0.274')
    """
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if value >= size and value % (size / 10**4) == 0:
            return f"{value / size:.10g}{name}"
    return f"{value:.10g}"


def time_text(target: Target, words: Words) -> str:
    """The last day of a record; the first, and that it is, when there is no last one."""
    if target.time is None:
        return ""
    start, end = target.time.start, target.time.end
    return end.isoformat() if end else words.since.format(start) if start else ""
