"""`planparse export` and `planparse import`: to the annotators' tools and back."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planparse.cli.console import (
    OK,
    SOME_FAILED,
    Inputs,
    Packs,
    RaisedLimits,
    put,
    raise_limits,
    read_results,
    refuse_inputs,
    report,
    trouble,
    usage,
)

if TYPE_CHECKING:
    from planparse.limits import Limits
    from planparse.model import Document

CONFIGS = {"label-studio": ".config.xml", "doccano": ".labels.json"}


def export(
    inputs: Inputs,
    to: Annotated[str, typer.Option(help="label-studio, doccano or brat.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A file; for brat, a folder.")],
    limit: RaisedLimits = [],  # noqa: B006  never changed
    rules: Packs = [],  # noqa: B006  never changed
) -> None:
    """Write documents, or outputs of extract, for an annotators' tool, with the labels that it needs."""
    from planparse.model import PlanparseError

    tool, limits = _tool(to), raise_limits(limit)
    documents = [document for given in inputs for document in read_results(given, limits)]
    status = report(documents)
    read = [document for document in documents if document.status != "failed"]
    try:
        written = tool.dump([_with_text(document, limits) for document in read])
    except PlanparseError as error:
        trouble(str(output), error)
    sources = [*inputs, *(document.document.source for document in read)]
    for place in [output] if isinstance(written, str) else [output / name for name in written]:
        refuse_inputs(place, sources)
    if isinstance(written, str):
        put(written, output)
        put(tool.config(), output.with_name(output.stem + CONFIGS[to]))
    else:
        _put_folder(written, output)
    raise typer.Exit(status)


def import_(
    source: Annotated[Path, typer.Argument(metavar="EXPORT", help="What the tool exported; for brat, the folder.")],
    from_: Annotated[str, typer.Option("--from", help="label-studio, doccano or brat.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="NAME.json, .jsonl, .csv, or .gold.jsonl for `eval`.")
    ] = None,
) -> None:
    """Read what annotators corrected."""
    from planparse.model import PlanparseError, ReadError

    tool = _tool(from_)
    try:
        documents = tool.load(_files(source) if from_ == "brat" else source.read_text(encoding="utf-8"))
    except PlanparseError as error:
        trouble(str(source), error)
    except OSError as error:
        trouble(str(source), ReadError(f"it cannot be read: {error.strerror}", code="unreadable"))
    except (ValueError, LookupError, TypeError, AttributeError):
        trouble(
            str(source), ReadError(f"this is no export of {from_} of what planparse exported", code="not-an-export")
        )
    refuse_inputs(output, [str(source)])
    put(_render(documents, output), output)
    raise typer.Exit(OK)


def _tool(name: str) -> Any:
    from planparse.annotate import TOOLS

    if name not in TOOLS:
        usage(f"there is no tool {name!r}; the tools are {', '.join(TOOLS)}")
    return import_module(f"planparse.annotate.{name.replace('-', '_')}")


def _render(documents: list[Document], output: Path | None) -> str | bytes:
    from planparse import write
    from planparse.write.to_gold import to_gold

    if output is not None and output.name.endswith(".gold.jsonl"):
        if len(documents) != 1:
            usage(f"a gold file is of one document, not of {len(documents)}; import them as .json")
        return to_gold(documents[0])
    form = "json" if output is None else write.format_of(output)
    if form is None:
        usage(f"the suffix of {output} names no format; use .json, .jsonl, .csv or .gold.jsonl")
    return write.render(documents, form, bom=output is not None)


def _with_text(document: Document, limits: Limits) -> Document:
    """The document with the text that its offsets count in, read again when it comes from an output."""
    from planparse.api import load
    from planparse.model import ReadError
    from planparse.read import read_bytes

    if document.text:
        return document
    name = document.document.source
    source = read_bytes(load(Path(name), limits), name, limits=limits)
    if source.sha256 != document.document.sha256:
        raise ReadError(f"{name} is no longer the file that was extracted; extract it again", code="changed")
    return replace(document, text=source.text)


def _files(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise NotADirectoryError(20, "it is not a folder")
    return {path.name: path.read_bytes().decode() for path in folder.iterdir() if path.suffix in (".ann", ".json")}


def _put_folder(files: dict[str, str], folder: Path) -> None:
    from planparse.cli.console import say

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        say(f"planparse: cannot write {folder}: {error.strerror}")
        raise typer.Exit(SOME_FAILED) from None
    for name, content in files.items():
        put(content, folder / name)
