"""The whole flow: read → normalise → split → match → assemble → document."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from planparse.assemble import Assembly, assemble
from planparse.assemble.confidence import confidence, recognised
from planparse.assemble.record import Dated, Record
from planparse.dates import NO_DAYS, Calendar
from planparse.doubts import doubtful_numbers, doubtful_times
from planparse.facts import Facts, find_facts
from planparse.indicators import find_indicator
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
    OutlineNode,
    Period,
    PlanparseError,
    Sentence,
    Skipped,
    Source,
    Span,
    Target,
    TextLayout,
    Time,
    Veto,
    Warning,
)
from planparse.normalise import normalise
from planparse.numerals import plain
from planparse.read import read_bytes
from planparse.script import Script
from planparse.split import split
from planparse.tables import read_header, read_tables


def parse(source: Source) -> Document:
    """Everything a source says, as one Document."""
    with _collector_at_rest():
        return _parse(source)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Without the search for cycles, of which a parse makes none: over a long document it would cost a fifth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _parse(source: Source) -> Document:
    source = replace(source, tables=tuple(table for table in source.tables if read_header(table)))
    normal = normalise(source)
    outline, sentences = split(normal)
    facts = find_facts(normal, outline)
    mentions = find_mentions(normal.text)
    calendar = Calendar(facts.year, facts.period, facts.issued)
    assembly = assemble(normal, outline, sentences, mentions, calendar, facts.title)
    return _Composer(source, normal, outline, facts, mentions, assembly, calendar).document()


def parse_bytes(
    content: bytes, name: str, *, password: str | None = None, ocr: Ocr = "auto", limits: Limits = DEFAULT
) -> Document:
    """The Document of a file's content; one that cannot be read comes back as failed, with the reason in `warnings`."""
    try:
        return parse(read_bytes(content, name, password=password, ocr=ocr, limits=limits))
    except PlanparseError as error:
        facts = DocumentFacts(
            source=name,
            sha256=hashlib.sha256(content).hexdigest(),
            media_type="application/octet-stream",
            pages=None,
            characters=0,
        )
        return Document(document=facts, status="failed", warnings=[Warning(code=error.code, message=str(error))])


def as_recognised(target: Target, source: Source) -> Target:
    """A target that was read from a picture, where any character may be mistaken."""
    doubtful = source.is_doubtful(Span(target.start, target.end))
    return replace(target, ocr=True, confidence=recognised(target.confidence, doubtful=doubtful))


class _Composer:
    """Turns what the stages found, in normal offsets, into the output types, in source offsets."""

    def __init__(
        self,
        source: Source,
        normal: NormalText,
        outline: Outline,
        facts: Facts,
        mentions: Mentions,
        assembly: Assembly,
        calendar: Calendar,
    ) -> None:
        self.source, self.normal, self.outline = source, normal, outline
        self.facts, self.mentions, self.assembly, self.calendar = facts, mentions, assembly, calendar
        self.script = Script(normal)
        self.seen: Counter[tuple[str, str]] = Counter()
        self.last: tuple[Sentence | None, str] = None, ""

    def document(self) -> Document:
        targets = [self.target(record) for record in self.assembly.records]
        cells, unused = read_tables(self.source, self.facts.period, self.identify)
        targets += map(self.placed, cells)
        targets = [as_recognised(t, self.source) if self.source.is_recognised(t.start) else t for t in targets]
        targets.sort(key=lambda t: (t.start, t.end))
        source = self.source
        start, end = self.facts.period
        return Document(
            document=DocumentFacts(
                source=source.name,
                sha256=source.sha256,
                media_type=source.media_type,
                pages=len(source.page_starts) or None,
                characters=len(source.text),
                encoding=source.encoding,
                title=self.script.restore(self.facts.title),
                issuer=self.script.restore(self.facts.issuer),
                doc_number=self.facts.doc_number,
                period=Period(start=start, end=end) if start or end else None,
            ),
            outline=self.outline_nodes(),
            targets=targets,
            skipped=sorted([*self.skipped(), *unused], key=lambda s: (s.start, s.end)),
            status="partial" if any(w.missing_text for w in source.warnings) else "ok",
            warnings=[*source.warnings, *self.empty_warning(targets), *self.doubts(targets)],
            text=source.text,
            layout=TextLayout(
                paragraphs=tuple(self.normal.paragraphs()),
                furniture=self.normal.furniture,
                page_starts=source.page_starts,
            ),
        )

    def empty_warning(self, targets: list[Target]) -> list[Warning]:
        if targets:
            return []
        return [
            Warning(
                code="no-targets", message="no planned or reported quantity was found; the ledger lists every number"
            )
        ]

    def doubts(self, targets: list[Target]) -> list[Warning]:
        """What a person must look at of what was read."""
        undated = {self.normal.place(time.span.start): time.text for time in self.assembly.undated}
        return [
            *doubtful_numbers(self.mentions.vetoes, self.normal, self.source),
            *doubtful_times(undated, targets, self.calendar.issued, self.source),
        ]

    def target(self, record: Record) -> Target:
        span = self.normal.source_span(*record.span)
        sentence = self.sentence(record.sentence)
        quote = self.source.text[span.start : span.end]
        stretch = record.sentence.start, record.sentence.end
        heading = next((node.title for node in reversed(record.path)), None)
        return Target(
            id=self.identify(sentence, self.normal.as_written(*record.span)),
            status=record.status,
            kind=record.kind,
            indicator=self.script.restore(record.indicator, *stretch) or "",
            indicator_id=find_indicator(record.indicator, record.action),
            action=self.script.restore(record.action, *stretch),
            comparator=record.comparator,
            value=None if record.value is None else plain(record.value),
            value_max=None if record.value_max is None else plain(record.value_max),
            unit=self.script.restore(record.unit, *record.span),
            change=record.change,
            baseline=None if record.baseline is None else plain(record.baseline),
            baseline_text=self.script.restore(record.baseline_text, *stretch),
            per=self.script.restore(record.per, *stretch),
            time=self.time(record),
            responsible=[self.script.restore(body) or "" for body in record.responsible],
            section=[node.label for node in record.path if node.label],
            heading=self.script.restore(heading),
            quote=quote,
            sentence=sentence,
            start=span.start,
            end=span.end,
            page=self.source.page_at(span.start),
            rule=record.rule,
            confidence=confidence(said.rule for said in record.why.values()),
        )

    def sentence(self, sentence: Sentence) -> str:
        """A sentence as the source has it, without wraps, and with blanks between the cells of a row."""
        if sentence != self.last[0]:
            written = self.normal.as_written(sentence.start, sentence.end).strip()
            self.last = sentence, written.replace("\t", " ")
        return self.last[1]

    def placed(self, cell: Target) -> Target:
        """A target of a table with the section that the table stands in."""
        path = self.outline.path(self.outline.at(self.normal.before(cell.start)))
        heading = path[-1].title if path else None
        return replace(cell, section=[node.label for node in path if node.label], heading=heading)

    def identify(self, sentence: str, quote: str) -> str:
        """12 hex digits made from the words alone: the sentence, the quote, and which of its occurrences this is."""
        words = "".join(sentence.split()), "".join(quote.split())
        self.seen[words] += 1
        return hashlib.sha256("\x1f".join((*words, str(self.seen[words]))).encode()).hexdigest()[:12]

    def time(self, record: Record) -> Time | None:
        dated: Dated | None = record.dated
        if dated is not None:
            if dated.days == NO_DAYS:  # seen, not understood: the document's period is no answer
                return None
            written = self.normal.as_written(*dated.mention.span)
            return Time(text=written, start=dated.days[0], end=dated.days[1], basis="explicit")
        start, end = self.facts.period
        if record.status == "planned" and (start or end):
            return Time(start=start, end=end)
        return None

    def outline_nodes(self) -> list[OutlineNode]:
        ids: list[str] = []
        nodes: list[OutlineNode] = []
        children: Counter[int | None] = Counter()
        for node in self.outline.nodes:
            children[node.parent] += 1
            own = str(children[node.parent])
            ids.append(own if node.parent is None else f"{ids[node.parent]}.{own}")
            span = self.normal.source_span(node.start, max(node.end, node.start + 1))
            nodes.append(
                OutlineNode(
                    id=ids[-1],
                    level=node.level,
                    label=node.label,
                    title=self.normal.as_written(node.label_end, node.body).strip("，；。：、 ") or node.title,
                    parent=None if node.parent is None else ids[node.parent],
                    start=span.start,
                    end=span.end,
                    page=self.source.page_at(span.start),
                )
            )
        return nodes

    def skipped(self) -> list[Skipped]:
        used = [r.span for r in self.assembly.records] + [t.span for t in self.assembly.used_times]
        labels = [Span(node.start, node.label_end) for node in self.outline.nodes if node.label_end > node.start]
        labels += self.outline.contents
        undated = {time.span for time in self.assembly.undated}
        found = [self.entry(veto) for veto in find_skipped(self.mentions, self.assembly.vetoes, labels, used, undated)]
        return found + [
            Skipped(
                quote=self.source.text[s.start : s.end],
                start=s.start,
                end=s.end,
                reason="page-furniture",
                rule="normalise.furniture",
            )
            for s in self.normal.furniture
            if any(c.isdigit() for c in self.source.text[s.start : s.end])
        ]

    def entry(self, veto: Veto) -> Skipped:
        span = self.normal.source_span(*veto.span)
        return Skipped(
            quote=self.source.text[span.start : span.end],
            start=span.start,
            end=span.end,
            reason=veto.reason,
            rule=veto.rule,
        )
