"""The whole flow: read → normalise → split → match → assemble → document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from planparse.assemble import Assembly, assemble
from planparse.assemble.constructions import Heard
from planparse.assemble.record import Record
from planparse.compose import Composer, entries, furniture_entries, outline_nodes
from planparse.dates import Calendar
from planparse.doubts import doubtful_numbers, doubtful_times, unread_tables
from planparse.facts import Facts, find_facts
from planparse.ledger import find_skipped
from planparse.limits import DEFAULT, Limits
from planparse.match import find_mentions
from planparse.model import (
    Document,
    DocumentFacts,
    Mentions,
    NormalText,
    Ocr,
    Outline,
    Period,
    PlanparseError,
    RuleError,
    Skipped,
    Source,
    Span,
    Target,
    TextLayout,
    UsedPack,
    Warning,
)
from planparse.normalise import normalise
from planparse.read import read_bytes
from planparse.ruleset import in_force
from planparse.script import Script
from planparse.split import split
from planparse.tables import TableReading, find_tables, read_table
from planparse.tables.cells import Setting

_IN_ORDER = attrgetter("start", "end")


class Trace(NamedTuple):
    """A Document with what it was made from: the record behind each target by its id, in the text that it counts in,
    and how each number of the prose could be read."""

    document: Document
    normal: NormalText
    mentions: Mentions
    made: dict[str, tuple[Record, NormalText]]
    heard: dict[Span, Heard]


def parse(source: Source) -> Document:
    """Everything a source says, as one Document."""
    with _packs_answer():
        return _parse(source, None).document


def trace(source: Source) -> Trace:
    """Everything a source says, and how it was read."""
    with _packs_answer():
        return _parse(source, {})


@contextmanager
def _packs_answer() -> Iterator[None]:
    """Has an error that rows of packs bring about say so: RuleError, with what to do."""
    try:
        yield
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        packs = in_force().packs
        if not packs:
            raise
        names = ", ".join(str(pack.folder) for pack in packs)
        raise RuleError(
            f"{names}: a row of these packs cannot be read with ({type(error).__name__}: {error}); run "
            "`planparse rules check` on them, or switch rows off until it goes"
        ) from error


def _parse(source: Source, heard: dict[Span, Heard] | None) -> Trace:
    tables = find_tables(source)
    source = replace(source, tables=tuple(table.grid.table for table in tables))
    normal = normalise(source)
    outline, sentences = split(normal)
    facts = find_facts(normal, outline)
    mentions = find_mentions(normal.text)
    calendar = Calendar(facts.year, facts.period, facts.issued)
    assembly = assemble(normal, outline, sentences, mentions, calendar, facts.genre, heard)
    paths = (outline.path(outline.at(normal.before(table.grid.first_cell.start))) for table in tables)
    tables = [
        read_table(table, Setting(index, path, calendar, facts.genre))
        for index, (table, path) in enumerate(zip(tables, paths, strict=True))
    ]
    script, composer = Script(normal), Composer(source, facts.period)
    targets = list(composer.targets(assembly.records, normal, script))
    skipped = list(_skipped(normal, outline, mentions, assembly))
    for table in tables:
        own = table.grid.sheet.normal
        targets += composer.targets(table.records, own, Script(own, mixed=script.mixed))
        skipped += entries(table.skipped, own)
    targets.sort(key=_IN_ORDER)
    document = Document(
        document=_facts(source, facts, script),
        outline=outline_nodes(outline, normal, source),
        targets=targets,
        skipped=sorted(skipped, key=_IN_ORDER),
        status="partial" if any(warning.missing_text for warning in source.warnings) else "ok",
        warnings=[*source.warnings, *_warnings(source, normal, mentions, assembly, tables, targets, facts.issued)],
        text=source.text,
        layout=TextLayout(
            paragraphs=tuple(normal.paragraphs()),
            furniture=normal.furniture,
            page_starts=source.page_starts,
            grounds=composer.grounds(),
        ),
    )
    return Trace(document, normal, mentions, composer.made, heard or {})


def _facts(source: Source, facts: Facts, script: Script) -> DocumentFacts:
    """What a document says of itself, as it writes it."""
    start, end = facts.period
    return DocumentFacts(
        source=source.name,
        sha256=source.sha256,
        media_type=source.media_type,
        pages=len(source.page_starts) or None,
        characters=len(source.text),
        encoding=source.encoding,
        title=script.restore_title(facts.title),
        issuer=script.restore(facts.issuer),
        doc_number=facts.doc_number,
        period=Period(start=start, end=end) if start or end else None,
        packs=[UsedPack(name=pack.name, fingerprint=pack.fingerprint) for pack in in_force().packs],
    )


def _skipped(normal: NormalText, outline: Outline, mentions: Mentions, assembly: Assembly) -> Iterator[Skipped]:
    """The numbers of the prose and of its furniture that are no target, and why."""
    used = [record.span for record in assembly.records] + [time.span for time in assembly.used_times]
    labels = [Span(node.start, node.label_end) for node in outline.nodes if node.label_end > node.start]
    undated = {time.span for time in assembly.undated}
    vetoes = find_skipped(mentions, assembly.vetoes, [*labels, *outline.contents], used, undated)
    yield from entries(vetoes, normal)
    yield from furniture_entries(normal)


def _warnings(
    source: Source,
    normal: NormalText,
    mentions: Mentions,
    assembly: Assembly,
    tables: list[TableReading],
    targets: list[Target],
    issued: date | None,
) -> Iterator[Warning]:
    """What a person must look at of what was read."""
    if not targets:
        message = "no planned or reported quantity was found; the ledger lists every number"
        yield Warning(code="no-targets", message=message)
    undated = {normal.place(time.span.start): time.text for time in assembly.undated}
    for table in tables:
        undated |= {table.grid.sheet.normal.place(time.span.start): time.text for time in table.undated}
    yield from doubtful_numbers(mentions.vetoes, normal, source)
    yield from doubtful_times(undated, targets, issued, source)
    yield from unread_tables((table.grid.first_cell for table in tables if table.grid.is_lost), source)


def parse_bytes(
    content: bytes, name: str, *, password: str | None = None, ocr: Ocr = "auto", limits: Limits = DEFAULT
) -> Document:
    """The Document of a file's content; one that cannot be read comes back as failed, with the reason in `warnings`.

    So does one that a defect of planparse fails on: it costs no other.
    """
    try:
        return parse(read_bytes(content, name, password=password, ocr=ocr, limits=limits))
    except PlanparseError as error:
        code, message = error.code, str(error)
    except MemoryError:  # of the whole process: for whoever limits it to say
        raise
    except Exception as error:
        code = "internal-error"
        message = f"{type(error).__name__}: {error}; this is a defect of planparse: report it"
    return _failed(content, name, Warning(code=code, message=message))


def _failed(content: bytes, name: str, reason: Warning) -> Document:
    facts = DocumentFacts(
        source=name,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="application/octet-stream",
        pages=None,
        characters=0,
    )
    return Document(document=facts, status="failed", warnings=[reason])
