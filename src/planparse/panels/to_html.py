"""A panel as one offline page: a table, a chart of one indicator over places or years, and the sentence of each cell.

The page asks nothing of any network. Its data are a JSON block, of which `page/*.js` makes text nodes, never markup.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import Any

from planparse._version import __version__
from planparse.panels.cells import Cell
from planparse.panels.columns import entry_link, gap_text, measure_name
from planparse.panels.measures import Measure
from planparse.panels.table import Panel
from planparse.write.to_csv import FORMULA
from planparse.write.to_review import script_safe

SCRIPTS = ("words", "panel_data", "table", "chart", "detail", "main")


def to_html(panel: Panel, *, zh: bool = False, review_link: str | None = None) -> str:
    """The page; its first language is that of the browser, or Chinese where `zh` asks for it."""
    style = _own("panel.css")
    scripts = [_asset("planparse.write", "review/elements.js"), *(_own(f"{name}.js") for name in SCRIPTS)]
    measures = _measures(panel)
    data = {
        "generator": f"planparse {__version__}",
        "language": "zh" if zh else None,
        "formula": FORMULA,
        "entries": [
            {
                "name": entry.name,
                "level": entry.origin.level,
                "year": entry.origin.year,
                "title": entry.document.document.title,
                "source": entry.document.document.source,
            }
            for entry in panel.entries
        ],
        "measures": [
            {
                "key": m.key,
                "indicator": m.indicator,
                "zh": measure_name(m, "zh"),
                "en": measure_name(m, "en"),
                "unit": m.unit,
            }
            for m in measures
        ],
        "cells": _cells(panel.cells, measures, review_link),
        "gaps": _gaps(panel, measures),
    }
    return Template(_own("panel.html")).substitute(
        policy=_policy(style, scripts),
        style=f"<style>{style}</style>",
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
        data=script_safe(data),
    )


def _cells(cells: Sequence[Cell], measures: list[Measure], review: str | None) -> list[dict[str, Any]]:
    """What the page shows of each cell that has a column."""
    numbers = {measure: number for number, measure in enumerate(measures)}
    return [
        {
            "entry": cell.entry.number,
            "status": cell.status,
            "period": cell.period.label if cell.period else "",
            "measure": numbers[cell.measure],
            "comparator": cell.amount.comparator,
            "value": cell.amount.value,
            "max": cell.amount.value_max,
            "quote": cell.record.quote,
            "sentence": cell.record.sentence,
            "section": cell.record.section,
            "page": cell.record.page,
            "id": cell.record.id,
            "others": [{"quote": t.quote, "sentence": t.sentence} for t in cell.others],
            "agrees": cell.agrees,
            "link": entry_link(cell.entry, cell.record, review) if review else None,
        }
        for cell in cells
        if cell.measure in numbers
    ]


def _measures(panel: Panel) -> list[Measure]:
    """The columns of both statuses; where nobody achieved what nobody planned, the gaps of both have one."""
    return list(dict.fromkeys([*panel.measures(), *panel.gap_columns().values()]))


def _gaps(panel: Panel, measures: list[Measure]) -> list[dict[str, Any]]:
    columns = {place: measures.index(measure) for place, measure in panel.gap_columns().items()}
    return [
        {
            "entry": gap.entry.number,
            "status": gap.status,
            "period": gap.period.label if gap.period else "",
            "measure": columns[gap.status, gap.indicator],
            "reason": gap.reason,
            "said": gap_text(gap),
        }
        for gap in panel.gaps
    ]


def _policy(style: str, scripts: Sequence[str]) -> str:
    return (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src {_hash(style)}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _own(name: str) -> str:
    return _asset("planparse.panels", f"page/{name}")


def _asset(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")
