"""What the commands share: arguments, streams, exit statuses."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from stat import S_ISFIFO, S_ISREG
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from planparse.limits import ALONE, DEFAULT, Budget, Limits

if TYPE_CHECKING:
    from planparse.inputs import Input
    from planparse.isolation.bounds import Failure
    from planparse.model import Document, Ocr, Source
    from planparse.settings import Setting


def settings_for(inputs: Iterable[str]) -> list[Setting]:
    """What is set for some documents, or an exit with a line for each fault."""
    from planparse.model import PlanparseError
    from planparse.settings import find_settings

    try:
        return find_settings(inputs)
    except PlanparseError as error:
        for line in str(error).splitlines():
            say(f"planparse: {line}")
        raise typer.Exit(USAGE) from None


SETTLED: set[str] = set()
"""The options that are set for the documents of this command: in some of its formats they may do nothing."""


def _settle(context: typer.Context, given: list[str] | str) -> list[str] | str:
    """Makes what is set for the documents the defaults of the command's options."""
    from planparse.settings import as_defaults

    defaults = as_defaults(settings_for([given] if isinstance(given, str) else given))
    if context.info_name != "extract" or context.get_parameter_source("output") is not None:
        defaults.pop("form", None)  # what is written to a file has the format of its suffix
    SETTLED.clear()
    SETTLED.update(defaults)
    context.default_map = {**(context.default_map or {}), **defaults}
    return given


def _or_piped(inputs: list[str]) -> list[str]:
    """The inputs, or standard input where none is named and something is piped or redirected there."""
    if not inputs:
        mode = os.fstat(sys.stdin.fileno()).st_mode
        if not (S_ISFIFO(mode) or S_ISREG(mode)) or not sys.stdin.buffer.peek(1):  # type: ignore[union-attr]
            usage("nothing to read: name files or folders, or pipe a document in")
        return ["-"]
    return inputs


def _settle_inputs(context: typer.Context, inputs: list[str]) -> list[str] | str:
    return _settle(context, _or_piped(inputs))


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="[INPUT...]",
        callback=_settle_inputs,
        help="Files, folders, globs, or - for standard input, which is read when it is piped and none is named.",
    ),
]
OneInput = Annotated[str, typer.Argument(metavar="INPUT", callback=_settle, help="A file, or - for standard input.")]
RaisedLimits = Annotated[
    list[str], typer.Option("--limit", metavar="NAME=VALUE", help=f"Raise a limit: {', '.join(Limits.names())}.")
]
OcrMode = Annotated[
    str,
    typer.Option("--ocr", help="Recognise pages that are pictures: auto (those without text), always or never."),
]
OK, SOME_FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def use_packs(context: typer.Context, folders: list[str]) -> list[str]:
    """Has the rules of packs in force while the command runs, or ends with a line for each fault in them."""
    folders = folders or [name for name in os.environ.get("PLANPARSE_RULES", "").split(os.pathsep) if name]
    if not folders:
        return folders
    from planparse import cache
    from planparse.model import RuleError
    from planparse.ruleset import using
    from planparse.rulesets import load

    try:
        context.with_resource(using(load(folders)))
    except RuleError as error:
        for line in str(error).splitlines():
            say(f"planparse: {line}")
        raise typer.Exit(USAGE) from None
    cache.save()  # for workers
    return folders


Packs = Annotated[
    list[str],
    typer.Option(
        "--rules",
        metavar="FOLDER",
        callback=use_packs,
        help="A folder with rules of your own; may be given several times (else those of PLANPARSE_RULES).",
    ),
]


def read_all(
    inputs: Iterable[Input], ocr: Ocr = "auto", limits: Limits = DEFAULT, budget: Budget = ALONE
) -> Iterator[Document]:
    """The Documents of the inputs, in order, read apart from this process; what is wrong with one is its own matter."""
    from planparse.api import failed
    from planparse.isolation.bounds import Failure
    from planparse.isolation.in_turn import in_turn

    for given, outcome in in_turn(list(inputs), partial(_read, ocr=ocr, limits=limits), budget):
        yield failed(given.name, outcome.error) if isinstance(outcome, Failure) else outcome


def _read(given: Input, *, ocr: Ocr, limits: Limits) -> Document:
    from planparse.api import failed
    from planparse.model import PlanparseError
    from planparse.pipeline import parse_bytes

    try:
        if given.error is not None:
            raise given.error
        content = _content(given.path, limits)
    except PlanparseError as error:
        return failed(given.name, error)
    return parse_bytes(content, given.name, password=_password(), ocr=ocr, limits=limits)


def _content(path: str, limits: Limits) -> bytes:
    from planparse.api import load

    return read_stdin(limits) if path == "-" else load(Path(path), limits)


def _password() -> str | None:
    return os.environ.get("PLANPARSE_PASSWORD")


def read_stdin(limits: Limits = DEFAULT) -> bytes:
    """What comes on standard input; ReadError when that is too much, or it is closed."""
    from planparse.api import read_whole
    from planparse.model import ReadError

    try:
        return read_whole(sys.stdin.buffer, limits)
    except OSError:
        raise ReadError("standard input cannot be read; is it closed?", code="unreadable") from None


def raise_limits(given: Iterable[str]) -> Limits:
    """The limits that the command line raises: NAME=VALUE, hyphens for underscores if wanted."""
    values: dict[str, int] = {}
    for item in given:
        name, _, value = item.replace("-", "_").partition("=")
        if name not in Limits.names() or not value.isdecimal() or not int(value):
            usage(f"--limit is NAME=VALUE, not {item!r}; the names are {', '.join(Limits.names())}")
        values[name] = int(value)
    return replace(DEFAULT, **values)


def check_ocr(ocr: str) -> Ocr:
    """The mode that is asked for, or an exit when there is no such one, or the extra for it is missing."""
    if ocr not in ("auto", "always", "never"):
        usage(f"--ocr is auto, always or never, not {ocr!r}")
    if ocr == "always":
        from planparse.read.scans import INSTALL, can_recognise

        if not can_recognise():
            usage(f"--ocr always needs an extra; run {INSTALL}")
    return ocr  # type: ignore[return-value]


def read_one(source: str, limits: Limits = DEFAULT, ocr: Ocr = "auto") -> Document:
    """The Document of one input, or an exit with the reason."""
    from planparse.inputs import find_inputs

    found = list(find_inputs([source]))
    if len(found) > 1:
        usage(f"{source} means {len(found)} documents, and this command takes one: {found[0].name}, for example")
    (document,) = read_all(found, ocr, limits)
    if document.status == "failed":
        raise typer.Exit(report([document]))
    return document


def read_source(given: str, limits: Limits = DEFAULT) -> Source:
    """One input as it is read, apart from this process, before anything is found in it; or an exit with the reason."""
    from planparse.isolation.bounds import Failure
    from planparse.isolation.in_turn import in_turn

    ((_, outcome),) = in_turn([given], partial(_read_source, limits=limits), ALONE)
    if isinstance(outcome, Failure):
        trouble(given, outcome.error)
    return outcome


def _read_source(given: str, *, limits: Limits) -> Source | Failure:
    from planparse.isolation.bounds import Failure
    from planparse.model import PlanparseError
    from planparse.read import read_bytes

    try:
        return read_bytes(_content(given, limits), given, password=_password(), limits=limits)
    except PlanparseError as error:
        return Failure(error.code, str(error))


def read_results(given: str, limits: Limits = DEFAULT, *, records_only: bool = False) -> list[Document]:
    """The Documents of outputs that `extract -f json` wrote (a file, a folder of them), or of documents; or an exit.

    `records_only` is for who needs neither outline, ledger nor reviews: large outputs are read faster.
    """
    from planparse.api import load
    from planparse.contract import read_output, read_records
    from planparse.inputs import find_inputs
    from planparse.model import PlanparseError

    path = Path(given)
    outputs = [path] if path.suffix.lower() == ".json" else sorted(path.rglob("*.json")) if path.is_dir() else []
    if not outputs:
        documents = list(read_all(find_inputs([given]), limits=limits))
        if all(document.status == "failed" for document in documents):
            report(documents)
            raise typer.Exit(SOME_FAILED)
        return documents
    documents = []
    for output in outputs:
        try:
            content = load(output, limits)
            documents += read_records(content) if records_only else read_output(content).documents
        except PlanparseError as error:
            trouble(str(output), error)
    return documents


def report(documents: Iterable[Document]) -> int:
    """One line on standard error for each warning; the exit status."""
    documents = list(documents)
    for document in documents:
        for warning in document.warnings:
            say(f"planparse: {document.document.source}: {warning.message} [{warning.code}]")
    return SOME_FAILED if not documents or any(d.status == "failed" for d in documents) else OK


def is_folder(output: str) -> bool:
    """Whether an output is a folder: it is one already, or is written with a slash at its end."""
    return output.endswith(("/", os.sep)) or os.path.isdir(output)


def check_output(output: str | Path | None) -> None:
    """Ends with the status of wrong usage when an output has no name, or no folder to lie in."""
    if output is None:
        return
    if not str(output).strip() or str(output) == ".":
        usage("-o names no file; an empty name means none")
    folder = Path(output).parent
    if not is_folder(str(output)) and not os.path.isdir(folder):
        usage(
            f"there is no folder {folder} for {Path(output).name}; make it first: mkdir -p {shlex.quote(str(folder))}"
        )


def refuse_inputs(output: str | Path | None, inputs: Iterable[str]) -> None:
    """Ends with the status of wrong usage when an output would take the place of what it is made from."""
    if output is None or not os.path.isfile(output):
        return
    for given in inputs:
        if os.path.isfile(given) and Path(given).samefile(output):
            usage(f"{output} is an input itself and would be lost; choose another output")


def put(content: str | bytes, output: Path | None = None) -> None:
    """Bytes, or text as UTF-8 whatever the console's own encoding is, to a file or to standard output."""
    if isinstance(content, str):
        content = content.encode(errors="replace")  # a file name may hold bytes that are no UTF-8
    if output is not None and str(output) != "-":
        from planparse.files import whole_file

        try:
            with whole_file(output) as file:
                file.write(content)
        except OSError as error:
            say(f"planparse: cannot write {output}: {error.strerror}")
            raise typer.Exit(SOME_FAILED) from None
        return
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise typer.Exit(no_output(error)) from None


def no_output(error: OSError) -> int:
    """The exit status when standard output takes no more: a reader who has gone has what he wanted."""
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  what is left in it cannot be written either
    if isinstance(error, BrokenPipeError):
        return OK
    say(f"planparse: cannot write standard output: {error.strerror or error}")
    return SOME_FAILED


def show_long(text: str) -> None:
    """A text for people: page by page where it is longer than the terminal, else as it is."""
    if sys.stdout.isatty() and text.count("\n") >= os.get_terminal_size().lines:
        import pydoc

        os.environ.setdefault("LESS", "-RFX")  # colours, and no pager for what fits after all
        pydoc.pager(text)
    else:
        put(text)


def say(message: str) -> None:
    """A line on standard error, in the language of the reader."""
    from planparse.harmless import harmless
    from planparse.messages import said

    try:
        print(harmless(said(message)), file=sys.stderr)
    except OSError:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123  what is left in it would be tried again at the end


def trouble(name: str, error: Exception, status: int = SOME_FAILED) -> NoReturn:
    """Ends because an input cannot be worked with, saying why."""
    say(f"planparse: {name}: {error} [{getattr(error, 'code', 'error')}]")
    raise typer.Exit(status)


def usage(message: str) -> NoReturn:
    """Ends with the status of wrong usage."""
    say(f"planparse: {message}")
    raise typer.Exit(USAGE)
