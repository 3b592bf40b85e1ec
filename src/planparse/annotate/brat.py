"""brat: a folder with NAME.txt, NAME.ann, and NAME.planparse.json for what brat has no place for.

It counts code points, but takes CR LF for one character, and breaks at tabs and whatever Unicode calls a line end:
in NAME.txt a space stands for each of those but LF, one for one, so that no offset moves. A span over several lines has
a fragment for each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from planparse.annotate.marks import LABELS, Mark, document_of, head_of, marks_of, one_line
from planparse.model import Document, ReadError

BREAKS = dict.fromkeys(map(ord, "\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
_SPAN = re.compile(r"(?P<id>T\d+)\t(?P<label>\S+) (?P<spans>\d+ \d+(?:;\d+ \d+)*)\t")
_NOTE = re.compile(r"#\d+\tAnnotatorNotes (?P<id>T\d+)\t(?P<note>.*)")


def dump(documents: Iterable[Document]) -> dict[str, str]:
    """The files to put into a collection, by name."""
    files = {"annotation.conf": config()}
    for document in documents:
        name = Path(document.document.source).stem if document.document.source != "-" else "stdin"
        if f"{name}.ann" in files:
            raise ReadError(f"two documents are called {name}; export them into two folders", code="same-name")
        shown = document.text.translate(BREAKS)
        files[f"{name}.txt"] = shown
        files[f"{name}.ann"] = "".join(_lines(shown, marks_of(document)))
        files[f"{name}.planparse.json"] = one_line({"text": document.text, "head": head_of(document)}) + "\n"
    return files


def config() -> str:
    """The types that the annotations have."""
    return "[entities]\n" + "\n".join(LABELS) + "\n\n[relations]\n\n[events]\n\n[attributes]\n"


def load(files: dict[str, str]) -> list[Document]:
    """The documents of a collection, by file name; an annotation's note is its record as JSON."""
    names = sorted(name for name in files if name.endswith(".ann"))
    if not names:
        raise ReadError("the folder holds no NAME.ann", code="no-documents")
    return [_document(name, files) for name in names]


def _lines(shown: str, marks: list[Mark]) -> Iterator[str]:
    for number, mark in enumerate(marks, 1):
        pieces = [match.span() for match in re.finditer(r"[^\n]+", shown[mark.start : mark.end])]
        spans = [(mark.start + first, mark.start + last) for first, last in pieces]
        words = " ".join(shown[first:last] for first, last in spans)
        yield f"T{number}\t{mark.label} {';'.join(f'{first} {last}' for first, last in spans)}\t{words}\n"
        yield f"#{number}\tAnnotatorNotes T{number}\t{one_line(mark.fields)}\n"


def _document(name: str, files: dict[str, str]) -> Document:
    beside = files.get(f"{name.removesuffix('.ann')}.planparse.json")
    if beside is None:
        raise ReadError(f"{name} has no {name.removesuffix('.ann')}.planparse.json beside it", code="no-text")
    whole = json.loads(beside)
    lines = files[name].split("\n")
    notes = {match["id"]: json.loads(match["note"]) for line in lines if (match := _NOTE.match(line))}
    marks = []
    for line in lines:
        if match := _SPAN.match(line):
            places = [int(place) for place in re.findall(r"\d+", match["spans"])]
            marks.append(Mark(min(places), max(places), match["label"], notes.get(match["id"], {})))
    return document_of(whole["head"], whole["text"], marks)
