"""What every tool is given and gives back: a text, marks on it, and all else that a document says, as plain JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, get_args

from planparse._version import __version__
from planparse.contract import read_output
from planparse.model import SCHEMA_VERSION, Document, Kind, ReadError, Status, Target
from planparse.write.to_json import as_json

LABELS = tuple(f"{status}-{kind}" for status in get_args(Status) for kind in get_args(Kind))
HEAD = ("document", "outline", "skipped", "status", "warnings")
IN_THE_MARK = ("start", "end", "quote", "status", "kind")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span in code points, its label `status-kind`, and the other fields of its record; none for a new mark."""

    start: int
    end: int
    label: str
    fields: dict[str, Any]


def marks_of(document: Document) -> list[Mark]:
    """The marks of a document's targets, in their order."""
    return [_mark_of(target) for target in document.targets]


def _mark_of(target: Target) -> Mark:
    fields = {name: value for name, value in as_json(target).items() if name not in IN_THE_MARK}
    return Mark(target.start, target.end, f"{target.status}-{target.kind}", fields)


def head_of(document: Document) -> dict[str, Any]:
    """All of a document but its text and its targets."""
    return {name: as_json(getattr(document, name)) for name in HEAD}


def document_of(head: dict[str, Any], text: str, marks: Iterable[Mark]) -> Document:
    """The document that marks on a text describe; ReadError names the mark that does not fit."""
    targets = [_target_of(text, mark) for mark in sorted(marks, key=lambda mark: (mark.start, mark.end))]
    output = {"schema_version": SCHEMA_VERSION, "generator": f"planparse {__version__}"}
    whole = json.dumps({**output, "documents": [{**head, "targets": targets}]})
    return replace(read_output(whole).documents[0], text=text)


def _target_of(text: str, mark: Mark) -> dict[str, Any]:
    if mark.label not in LABELS:
        raise ReadError(f"there is no label {mark.label!r}; the labels are {', '.join(LABELS)}", code="bad-label")
    if not 0 <= mark.start < mark.end <= len(text):
        raise ReadError(f"the mark {mark.start}-{mark.end} is outside of the text", code="bad-span")
    status, kind = mark.label.split("-")
    quote = text[mark.start : mark.end]
    blank = {
        "id": hashlib.sha256(f"{mark.start}\0{quote}".encode()).hexdigest()[:12],
        "indicator": "",
        "sentence": quote,
        "rule": "annotator",
        "confidence": 1,
    }
    return {
        **blank,
        **mark.fields,
        "start": mark.start,
        "end": mark.end,
        "quote": quote,
        "status": status,
        "kind": kind,
    }


def one_line(value: object) -> str:
    """JSON on one line, whatever a tool takes for a line end."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(f"\\u{ord(c):04x}" if c in "\x7f\x85\u2028\u2029" else c for c in text)
