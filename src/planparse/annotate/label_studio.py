"""Label Studio: a JSON list of tasks with predictions.

It counts code points, and CR and LF as one each (its editor makes a <br> of either), as `planparse text` does. Old
versions counted UTF-16 code units: a region's own text tells which it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from planparse._version import __version__
from planparse.annotate.marks import LABELS, Mark, document_of, head_of, marks_of
from planparse.annotate.offsets import from_utf16, utf16_offsets
from planparse.model import Document, ReadError, Span


def dump(documents: Iterable[Document]) -> str:
    """The tasks to import; a region's note is its record as JSON, which an annotator can correct."""
    return json.dumps([_task(document) for document in documents], ensure_ascii=False, indent=1) + "\n"


def config() -> str:
    """The labelling interface that the tasks need."""
    labels = "\n".join(f'    <Label value="{label}"/>' for label in LABELS)
    style = "<Style>.htx-text{ white-space: pre-wrap; }</Style>"
    return (
        f'<View>\n  {style}\n  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n'
        '  <Text name="text" value="$text"/>\n</View>\n'
    )


def load(content: str) -> list[Document]:
    """The documents of an export; of a task, the last annotation that was not cancelled, else the prediction."""
    return [_document(task) for task in json.loads(content)]


def _task(document: Document) -> dict[str, Any]:
    result = [_region(document.text, mark) for mark in marks_of(document)]
    return {
        "data": {"text": document.text, "planparse": head_of(document)},
        "predictions": [{"model_version": f"planparse {__version__}", "result": result}],
    }


def _region(text: str, mark: Mark) -> dict[str, Any]:
    return {
        "id": mark.fields["id"],
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end], "labels": [mark.label]},
        "meta": {"text": [json.dumps(mark.fields, ensure_ascii=False)]},
    }


def _document(task: dict[str, Any]) -> Document:
    text = task["data"]["text"]
    done = [one for one in task.get("annotations") or [] if not one.get("was_cancelled")]
    result = (done or task.get("predictions") or [{"result": []}])[-1]["result"]
    regions = [region for region in result if region.get("type") == "labels"]
    places = _places(text, [region["value"] for region in regions])
    return document_of(task["data"]["planparse"], text, map(_mark, regions, places))


def _mark(region: dict[str, Any], place: Span) -> Mark:
    note = (region.get("meta") or {}).get("text") or ["{}"]
    return Mark(*place, region["value"]["labels"][0], json.loads(note[0]))


def _places(text: str, values: list[dict[str, Any]]) -> list[Span]:
    """Where the regions of a task are: in code points, unless only UTF-16 code units fit what all of them say."""
    points = [Span(value["start"], value["end"]) for value in values]
    if _fit(text, points, values):
        return points
    units = utf16_offsets(text)
    moved = [Span(from_utf16(units, start), from_utf16(units, end)) for start, end in points]
    if _fit(text, moved, values):
        return moved
    raise ReadError("the regions do not hold the text that they say they do; is it another text?", code="bad-span")


def _fit(text: str, places: list[Span], values: list[dict[str, Any]]) -> bool:
    said = [_plain(value.get("text") or text[start:end]) for value, (start, end) in zip(values, places, strict=True)]
    return said == [_plain(text[start:end]) for start, end in places]


def _plain(text: str) -> str:
    """Without white space, which the editor gives back in ways of its own."""
    return "".join(text.replace("\\n", "").split())
