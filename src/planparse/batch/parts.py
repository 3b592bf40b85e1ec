"""Documents as parts of an output: a worker renders its part, the parent puts them together in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from planparse import write
from planparse.limits import DEFAULT, Limits
from planparse.model import Document, Ocr
from planparse.ruleset import Pack
from planparse.select import ALL, Selection
from planparse.write.to_csv import compressed
from planparse.write.to_json import document_json

JOINTS, TAILS = {"json": ",\n"}, {"json": "]}\n"}  # of the text formats that have them


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What, beside its content, a document's result depends on: the format and what `write.render` takes for it.

    `alone` is for results that are files of their own, not parts of one. The password decides only whether there is
    a result, and is not written anywhere.
    """

    form: str
    alone: bool
    style: dict[str, Any] = field(default_factory=dict)
    min_confidence: float = 0
    selection: Selection = ALL
    ocr: Ocr = "auto"
    limits: Limits = DEFAULT
    packs: tuple[Pack, ...] = field(default=(), repr=False)  # what they hold is in the fingerprint of the rules
    password: str | None = field(default=None, repr=False)


def alone(document: Document, options: Options) -> bytes:
    """The document as a file of its own."""
    content = write.render([document], options.form, **options.style)
    return content.encode() if isinstance(content, str) else content


def part(document: Document, options: Options) -> bytes:
    """What the document adds to a text; for a binary format, which is made at the end, the document as JSON."""
    if options.form == "csv.gz":
        return compressed(part(document, replace(options, form="csv")))  # members of one file, one behind the other
    if options.form in write.BINARY:
        return document_json(document).encode()
    head, tail = _frame(options)
    return alone(document, options).removeprefix(head).removesuffix(tail)


def _frame(options: Options) -> tuple[bytes, bytes]:
    """What stands before and after the parts of a text format."""
    tail = TAILS.get(options.form, "")
    return str(write.render([], options.form, **options.style)).removesuffix(tail).encode(), tail.encode()


def joined(parts: Iterable[bytes], options: Options) -> Iterator[bytes]:
    """The pieces of a text output, in order."""
    head, tail = _frame(options)
    joint = JOINTS.get(options.form, "").encode()
    yield head
    for number, part in enumerate(parts):
        yield joint + part if number else part
    yield tail


def put_together(parts: Iterable[bytes], options: Options, file: BinaryIO, before: Path | None = None) -> None:
    """Writes the output that the parts make, holding few of them in memory; a database grows from the one `before`."""
    if options.form == "csv.gz":
        file.writelines([compressed(_frame(replace(options, form="csv"))[0]), *parts])
        return
    if options.form not in write.BINARY:
        file.writelines(joined(parts, options))
        return
    from planparse.contract import read_document

    if options.form == "sqlite":
        from planparse.write.to_sqlite import write_sqlite

        write_sqlite(map(read_document, parts), file, before)
        return
    from planparse.write.to_parquet import write_parquet

    write_parquet(map(read_document, parts), write.choose(options.style.get("columns", ())), file)
