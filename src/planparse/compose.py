"""What the stages found, in normal offsets, becomes what is written, in source offsets: ids, pages, canonical names."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate

from planparse.assemble.confidence import confidence, recognised, traits
from planparse.assemble.record import Record
from planparse.dates import NO_DAYS, Days
from planparse.indicators import find_indicator
from planparse.model import (
    NormalText,
    Outline,
    OutlineNode,
    Sentence,
    Skipped,
    Source,
    Span,
    Target,
    Time,
    Veto,
)
from planparse.numerals import plain
from planparse.script import Script

AROUND = 120  # characters of the ledger's sentences before and behind a number: those of a table run on
_STOP = re.compile("[。；！？\n]")


class Composer:
    """Makes the targets of a document, of its prose and of each of its tables; ids are counted through all of them."""

    def __init__(self, source: Source, period: Days) -> None:
        self.source, self.period = source, period
        self.seen: Counter[tuple[str, str]] = Counter()
        self.made: dict[str, tuple[Record, NormalText]] = {}
        """The record behind each target by its id, and the text that it counts in."""

    def targets(self, records: Iterable[Record], normal: NormalText, script: Script) -> Iterator[Target]:
        """The targets that the records of a text make, in their order."""
        last: tuple[Sentence | None, str] = None, ""
        for record in records:
            if record.sentence != last[0]:
                last = record.sentence, _as_read(normal, record.sentence)
            target = self._target(record, normal, script, last[1])
            self.made[target.id] = record, normal
            yield target

    def _target(self, record: Record, normal: NormalText, script: Script, sentence: str) -> Target:
        span = normal.source_span(*record.span)
        stretch = record.sentence.start, record.sentence.end
        heading = next((node.title for node in reversed(record.path)), None)
        sure = confidence(traits(record))
        ocr = self.source.is_recognised(span.start)
        return Target(
            id=self.identify(sentence, normal.as_written(*record.span)),
            status=record.status,
            kind=record.kind,
            indicator=script.restore(record.indicator, *stretch) or "",
            indicator_id=find_indicator(record.indicator, record.action),
            action=script.restore(record.action, *stretch),
            comparator=record.comparator,
            value=None if record.value is None else plain(record.value),
            value_max=None if record.value_max is None else plain(record.value_max),
            unit=script.restore(record.unit, *record.span),
            change=record.change,
            baseline=None if record.baseline is None else plain(record.baseline),
            baseline_text=script.restore(record.baseline_text, *stretch),
            per=script.restore(record.per, *stretch),
            time=self._time(record, normal),
            binding=record.binding,
            responsible=[script.restore(body) or "" for body in record.responsible],
            section=[node.label for node in record.path if node.label],
            heading=script.restore(heading),
            quote=self.source.text[span.start : span.end],
            sentence=sentence,
            start=span.start,
            end=span.end,
            page=self.source.page_at(span.start),
            table=record.cell,
            ocr=ocr,
            rule=record.rule,
            confidence=recognised(sure, doubtful=self.source.is_doubtful(span)) if ocr else sure,
            why={part: said.rule for part, said in record.why.items()},
        )

    def grounds(self) -> dict[str, dict[str, Span]]:
        """Where the words stand that decided the parts of each target, by its id."""
        return {
            id_: {part: normal.source_span(*said.span) for part, said in record.why.items() if said.span}
            for id_, (record, normal) in self.made.items()
        }

    def identify(self, sentence: str, quote: str) -> str:
        """12 hex digits made from the words alone: the sentence, the quote, and which of its occurrences this is."""
        words = "".join(sentence.split()), "".join(quote.split())
        self.seen[words] += 1
        return hashlib.sha256("\x1f".join((*words, str(self.seen[words]))).encode()).hexdigest()[:12]

    def _time(self, record: Record, normal: NormalText) -> Time | None:
        """What dates a record: the time that governs it, else the document's period where it plans."""
        if record.dated is not None:
            if record.dated.days == NO_DAYS:  # seen, not understood: the document's period is no answer
                return None
            written = normal.as_written(*record.dated.mention.span)
            return Time(text=written, start=record.dated.days[0], end=record.dated.days[1], basis="explicit")
        start, end = self.period
        return Time(start=start, end=end) if record.status == "planned" and (start or end) else None


def _as_read(normal: NormalText, sentence: Sentence) -> str:
    """A sentence as the source has it, without wraps, and with blanks between the cells of a row."""
    if normal.text.find("\t", sentence.start, sentence.end) < 0:
        return normal.as_written(sentence.start, sentence.end).strip()
    cells = normal.text[sentence.start : sentence.end].split("\t")
    starts = accumulate((len(cell) + 1 for cell in cells), initial=sentence.start)
    return " ".join(normal.as_written(a, a + len(cell)) for a, cell in zip(starts, cells, strict=False)).strip()


def outline_nodes(outline: Outline, normal: NormalText, source: Source) -> list[OutlineNode]:
    """The headings and items of a document, numbered by their place in the tree."""
    nodes: list[OutlineNode] = []
    children: Counter[int | None] = Counter()
    for node in outline.nodes:
        children[node.parent] += 1
        parent = None if node.parent is None else nodes[node.parent].id
        span = normal.source_span(node.start, max(node.end, node.start + 1))
        nodes.append(
            OutlineNode(
                id=f"{parent}.{children[node.parent]}" if parent else str(children[node.parent]),
                level=node.level,
                label=node.label,
                title=normal.as_written(node.label_end, node.body).strip("，；。：、 ") or node.title,
                parent=parent,
                start=span.start,
                end=min(span.end, len(source.text)),  # the line end of the last paragraph may be our own
                page=source.page_at(span.start),
            )
        )
    return nodes


def entries(vetoes: Iterable[Veto], normal: NormalText) -> Iterator[Skipped]:
    """What the ledger says of the numbers that no target uses."""
    stops = [match.start() for match in _STOP.finditer(normal.text)]
    for veto in vetoes:
        yield _entry(normal.source_span(*veto.span), veto, normal.source, _around(normal, stops, veto.span))


def furniture_entries(normal: NormalText) -> Iterator[Skipped]:
    """The numbers of running heads and page numbers."""
    for span in normal.furniture:
        if any(char.isdigit() for char in normal.source[span.start : span.end]):
            yield _entry(
                span,
                Veto(span, "page-furniture", "normalise.furniture"),
                normal.source,
                normal.source[span.start : span.end].strip(),
            )


def _entry(span: Span, veto: Veto, source: str, sentence: str) -> Skipped:
    return Skipped(
        quote=source[span.start : span.end],
        start=span.start,
        end=span.end,
        reason=veto.reason,
        rule=veto.rule,
        sentence=sentence,
    )


def _around(normal: NormalText, stops: list[int], span: Span) -> str:
    """The words that a number stands in, up to the ends of its sentence, at most `AROUND` on either side."""
    before, behind = bisect_left(stops, span.start) - 1, bisect_left(stops, span.end)
    start = max(0, span.start - AROUND, stops[before] + 1 if before >= 0 else 0)
    end = min(len(normal.text), span.end + AROUND, stops[behind] + 1 if behind < len(stops) else len(normal.text))
    return _as_read(normal, Sentence(start, end, None, start))
