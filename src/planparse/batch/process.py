"""What a worker does with one document: read, compare, extract, render."""

from __future__ import annotations

import hashlib
from pathlib import Path

from planparse.api import failed, load
from planparse.batch.parts import Options, alone, part
from planparse.batch.task import Result, Task
from planparse.model import Document, PlanparseError
from planparse.pipeline import parse_bytes
from planparse.ruleset import using
from planparse.rulesets import of_packs


def process(options: Options, task: Task) -> Result:
    """The result of a task; a document that cannot be read has one too, which says why."""
    try:
        content = load(Path(task.path), options.limits)
    except PlanparseError as error:
        return result(failed(task.name, error), options)
    if task.known and hashlib.sha256(content).hexdigest() == task.known.sha256:
        return Result(*task.known)
    with using(of_packs(options.packs)):
        document = parse_bytes(content, task.name, password=options.password, ocr=options.ocr, limits=options.limits)
    if options.min_confidence:
        document = document.with_confidence(options.min_confidence)
    return result(options.selection.of(document), options)


def result(document: Document, options: Options) -> Result:
    """The result that carries a document."""
    return Result(
        document.document.sha256,
        document.status,
        len(document.targets),
        tuple(document.warnings),
        alone(document, options) if options.alone else part(document, options),
    )
