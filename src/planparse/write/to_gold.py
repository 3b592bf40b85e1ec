"""A gold file: what a person has corrected, in the form that `planparse eval` scores against."""

from __future__ import annotations

import json
from typing import Any

from planparse.model import Document, Target
from planparse.write.to_json import as_json

CONTEXT = 8  # characters on either side of a span; more where that occurs twice
SAME = ("status", "kind", "value", "value_max", "comparator", "unit", "change", "baseline", "baseline_text")


def to_gold(document: Document) -> str:
    """The document line, then one line a record, its span between ⟦ and ⟧ in the text without white space."""
    facts = as_json(document.document)
    period = facts["period"] or {}
    head = {
        "doc": {
            **{name: facts[name] for name in ("title", "issuer", "doc_number")},
            "period_start": period.get("start"),
            "period_end": period.get("end"),
        },
        "outline": [[node.level, node.label, node.title] for node in document.outline],
    }
    offsets, bare = _squeezed(document.text)
    rows = [head, *(_row(target, bare, offsets[target.start], offsets[target.end]) for target in document.targets)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _row(target: Target, bare: str, start: int, end: int) -> dict[str, Any]:
    values = as_json(target)
    time = values["time"] if values["time"] and values["time"]["basis"] == "explicit" else {}
    row = {
        **_quotation(bare, start, end),
        **{name: values[name] for name in SAME},
        "indicator": [target.indicator],
        "action": target.action,
        "per": target.per,
        **{f"time_{name}": time.get(name) for name in ("text", "start", "end")},
        "section": target.section,
    }
    return {name: value for name, value in row.items() if value is not None}


def _quotation(bare: str, start: int, end: int) -> dict[str, Any]:
    """The span with enough around it to occur once; with which occurrence it is where nothing is enough."""
    for wide in (CONTEXT, 2 * CONTEXT, 4 * CONTEXT, 8 * CONTEXT):
        before, after = bare[max(0, start - wide) : start], bare[end : end + wide]
        whole = before + bare[start:end] + after
        first = bare.find(whole)
        if bare.find(whole, first + 1) < 0:
            break
    at = f"{before}⟦{bare[start:end]}⟧{after}"
    places, place = [], bare.find(whole)
    while place >= 0:
        places.append(place)
        place = bare.find(whole, place + 1)
    return {"at": at} if len(places) == 1 else {"at": at, "occ": places.index(start - len(before)) + 1}


def _squeezed(text: str) -> tuple[list[int], str]:
    """For each offset its place in the text without white space and invisible marks, and that text."""
    offsets, kept = [0], []
    for char in text:
        if not (char.isspace() or char in "\ufeff\u200b\u200c\u200d"):
            kept.append(char)
        offsets.append(len(kept))
    return offsets, "".join(kept)
