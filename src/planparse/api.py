"""The library calls behind the commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from planparse.limits import DEFAULT, Limits
from planparse.model import Document, Ocr, PlanparseError
from planparse.pipeline import parse, parse_bytes
from planparse.read import read_bytes
from planparse.ruleset import in_force, using
from planparse.rulesets import load as load_rules


def extract(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits = DEFAULT,
    rules: Sequence[str | Path] = (),
) -> Document:
    """The Document of one file, given by path or content: `.targets`, `.outline`, `.skipped`, `.warnings`, `.text`.

    `ocr` is "auto" (pages without text are recognised where `planparse[ocr]` is installed), "always" or "never".
    Raises PlanparseError when the input cannot be read; its message says what to do next, its `code` is stable.
    A `planparse.Limits` raises what is refused. `rules` are folders with rules of your own (docs/rules.md), which hold
    for this call alone; RuleError has a line for each fault in them.
    For every target, `document.text[target.start:target.end] == target.quote`.

    >>> extract("2024年计划\\n\\n新增学位800个。".encode()).targets[0].value
    800
    """
    content = source if isinstance(source, bytes) else load(Path(source))
    name = name or ("-" if isinstance(source, bytes) else str(source))
    with _with(rules):
        return parse(read_bytes(content, name, password=password, ocr=ocr, limits=limits))


def extract_many(
    paths: Iterable[str | Path],
    *,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits = DEFAULT,
    rules: Sequence[str | Path] = (),
) -> Iterator[Document]:
    """The Documents of many files, in their order; one that cannot be read has status "failed" and says why.

    `rules` as in `extract`, read once.
    """
    ruleset = load_rules(rules) if rules else in_force()
    for path in paths:
        try:
            content = load(Path(path))
        except PlanparseError as error:
            yield failed(str(path), error)
        else:
            with using(ruleset):
                document = parse_bytes(content, str(path), password=password, ocr=ocr, limits=limits)
            yield document


def _with(rules: Sequence[str | Path]) -> AbstractContextManager[None]:
    return using(load_rules(rules)) if rules else nullcontext()


def load(path: Path) -> bytes:
    """The bytes of a file; ReadError when it is missing, a folder, or not ours to read."""
    from planparse.model import ReadError

    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError("there is no such file; check the path", code="missing") from None
    except IsADirectoryError:
        raise ReadError(
            "this is a folder; `planparse extract FOLDER` reads the documents in it", code="folder"
        ) from None
    except OSError as error:
        raise ReadError(f"the file cannot be read: {error.strerror}", code="unreadable") from None


def failed(name: str, error: PlanparseError) -> Document:
    """The Document that stands for an input that could not be read."""
    from planparse.model import DocumentFacts, Warning

    facts = DocumentFacts(source=name, sha256="", media_type="application/octet-stream", pages=None, characters=0)
    return Document(document=facts, status="failed", warnings=[Warning(code=error.code, message=str(error))])
