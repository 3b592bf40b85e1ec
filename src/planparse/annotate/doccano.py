"""doccano: JSON Lines for sequence labelling, one document a line.

It counts UTF-16 code units, unless a project counts grapheme clusters as one character: leave that off. It gives back
labels and what stands beside them, but no note on a label: the records travel beside, found again by their spans.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from planparse.annotate.marks import LABELS, Mark, document_of, head_of, marks_of, one_line
from planparse.annotate.offsets import from_utf16, utf16_offsets
from planparse.model import Document


def dump(documents: Iterable[Document]) -> str:
    """The lines to import."""
    return "".join(map(_line, documents))


def config() -> str:
    """The labels to import into a project."""
    return json.dumps([{"text": label} for label in LABELS], indent=1) + "\n"


def load(content: str) -> list[Document]:
    """The documents of an export."""
    return [_document(json.loads(line)) for line in content.split("\n") if line.strip()]


def _line(document: Document) -> str:
    units, marks = utf16_offsets(document.text), marks_of(document)
    beside = {"head": head_of(document), "records": [[m.start, m.end, m.label, m.fields] for m in marks]}
    labels = [[units[mark.start], units[mark.end], mark.label] for mark in marks]
    return (
        one_line({"text": document.text, "label": labels, "planparse": json.dumps(beside, ensure_ascii=False)}) + "\n"
    )


def _document(row: dict[str, Any]) -> Document:
    beside = json.loads(row.get("planparse") or row["meta"]["planparse"])
    units = utf16_offsets(row["text"])
    known = [Mark(*record) for record in beside["records"]]
    spans = [
        (from_utf16(units, start), from_utf16(units, end), label)
        for start, end, label in map(_triple, row.get("label") or row.get("entities") or [])
    ]
    return document_of(beside["head"], row["text"], _with_records(spans, known))


def _triple(label: Any) -> tuple[int, int, str]:
    if isinstance(label, dict):
        return label["start_offset"], label["end_offset"], label["label"]
    return label[0], label[1], label[2]


def _with_records(spans: list[tuple[int, int, str]], known: list[Mark]) -> list[Mark]:
    """Each span with the record it had: at the very place, else the first that it overlaps; none twice."""
    left, marks = list(known), []
    here = {(start, end) for start, end, _ in spans}
    for start, end, label in spans:
        same = [m for m in left if (m.start, m.end) == (start, end)]
        moved = [m for m in left if m.start < end and start < m.end and (m.start, m.end) not in here]
        record = next(iter([*(m for m in same if m.label == label), *same, *moved]), None)
        if record is not None:
            left.remove(record)
        marks.append(Mark(start, end, label, record.fields if record else {}))
    return marks
