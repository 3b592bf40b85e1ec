"""Planned or achieved: all that speaks of it is weighed, the words of a record, its time, its headings, the title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from planparse.assemble.clauses import clause_start
from planparse.assemble.course import CLEAR, of_headings
from planparse.assemble.evidence import NOWHERE, Evidence, find_evidence, read_evidence, weigh
from planparse.assemble.record import Dated, Said
from planparse.assemble.scene import Scene
from planparse.cache import compiled
from planparse.lexicon import words
from planparse.model import Node, Span, Status
from planparse.words import cut

_MEMBER_END = compiled(r"、|（(?=[^）]*\d)")
_REVIEWED = compiled(r"(?:19|20)\d\d[^和与及暨、]*[和与及暨、]")
_YEAR = compiled(r"(?:19|20)\d\d")
FAINT = 1.5  # words that weigh less leave the clauses before them in force
NARROW = 1.0  # a sum below it might as well be the other way


class Verdict(NamedTuple):
    """The status of a record, and all that spoke for and against it, the strongest reason first."""

    status: Status
    evidence: tuple[Evidence, ...]
    weight: float  # of all the evidence

    @property
    def said(self) -> Said:
        """The row that decided, unless nothing did or nearly as much speaks against it."""
        strongest = self.evidence[0] if self.evidence else Evidence("status.narrow", 0)
        rule = strongest.rule if abs(self.weight) >= NARROW else "status.narrow"
        return Said(rule, strongest.span if strongest.span != NOWHERE else None)


def title_status(title: str | None) -> Status | None:
    """What the title says of a document's records: a plan's are planned, those of a review or bulletin achieved.

    >>> title_status("某县2023年水利工作总结"), title_status("某县“十四五”水利规划"), title_status("某县政府工作报告")
    ('achieved', 'planned', None)
    """
    return _clear(weigh(read_evidence("title", title or "")))


def tells_its_year(title: str | None) -> bool:
    """Whether what a document tells is of the year that its title names: a review's, also one that goes on to plans; in
    one of two years, as in a report, it is of the year before.

    >>> tells_its_year("某院2025年工作总结及下一步打算"), tells_its_year("某局2024年工作总结暨2025年工作打算")
    (True, False)
    """
    said = title or ""
    two_halves = bool(read_evidence("halves", said)) and len(set(_YEAR.findall(said))) == 1
    if two_halves and not _REVIEWED.search(said):  # 建市以来工作总结和2006年工作要点
        return False
    return two_halves or title_status(title) == "achieved"


def is_of_two_years(title: str | None, year: int | None) -> bool:
    """Whether a title names what was done in the year before this, also without its number, and what is planned for it.

    >>> is_of_two_years("某局2024年工作总结暨2025年工作打算", 2025), is_of_two_years("某局2025年工作总结及打算", 2025)
    (True, False)
    >>> is_of_two_years("某局工作总结及2025年工作打算", 2025)
    True
    """
    said = title or ""
    if year is None or not read_evidence("halves", said):
        return False
    named = set(_YEAR.findall(said)) - {str(year - 1)}
    return named == {str(year)} and (str(year - 1) in said or not _REVIEWED.search(said))


def heading_status(path: list[Node]) -> Status | None:
    """What the headings that lead to a section say of it; None where they say nothing, or both."""
    return _clear(weigh(of_headings(path)))


def _clear(weight: float) -> Status | None:
    if abs(weight) < CLEAR:
        return None
    return "achieved" if weight > 0 else "planned"


def status_of(scene: Scene, clause: Span, at: Span, dated: Dated | None) -> Verdict:
    """The status of a record that stands at a place of a clause, dated by a time; a document plans by itself."""
    stop = _MEMBER_END.search(scene.text, at.end, clause.end)
    own = [*_of_words(scene, Span(clause.start, stop.start() if stop else clause.end)), *_of_time(scene, dated)]
    verdict = decide([*own, *scene.course.standing, *(() if own else scene.course.last)])
    weight = weigh(own)
    if weight and (weight > 0) == (verdict.status == "achieved"):
        scene.course.last = read_evidence("last", verdict.status)
    return verdict


def decide(heard: Sequence[Evidence]) -> Verdict:
    """The status that evidence gives; a document plans by itself."""
    weight = weigh(heard)
    ordered = tuple(sorted(heard, key=attrgetter("weight"), reverse=weight > 0))
    return Verdict("achieved" if weight > 0 else "planned", ordered, weight)


def _of_words(scene: Scene, clause: Span) -> Iterator[Evidence]:
    """What the words of a clause say, and where they say little, what those before it in the sentence do."""
    said = scene.words()
    if not said:
        return
    own = [one for one in said if clause.start <= one.span.start < clause.end]
    carried = [one for one in said if one.carry]
    begin = clause_start(scene.text, clause.start, scene.since) if carried or not own else clause.start
    own = own or [one for one in said if begin <= one.span.start < clause.start]
    yield from own
    behind = [one for one in said if one.reach and one not in own]
    yield from (one for one in behind if one.reach == "sentence" or one.span.start == clause.end + 1)
    before = [one for one in carried if one.span.start < begin]
    if before and abs(weigh(own)) < FAINT:
        last = max(clause_start(scene.text, one.span.start, scene.since) for one in before)
        told = (one for one in before if one.span.start >= last)
        yield from told if _goes_on(scene, begin, clause.end) else (one._replace(weight=one.carry) for one in told)


def _goes_on(scene: Scene, begin: int, end: int) -> bool:
    """Whether a clause only counts what more there is, and so is said as loud as that before it:
    已建成公园12个，|其中口袋公园5个|; 现有小学56所，|在校生3.8万人|."""
    if scene.text.startswith("其中", begin):
        return True
    dated = any(begin <= time.span.start < end for time in scene.times)
    return not dated and words("verb", "level", "lead", "adverb").isdisjoint(cut(scene.text[begin:end]))


def _of_time(scene: Scene, dated: Dated | None) -> tuple[Evidence, ...]:
    """What the time that dates a record says, the same of all that it dates."""
    if dated is None:
        return ()
    key, times = (dated.mention.span, dated.scope), scene.course.times
    if key not in times:
        times[key] = tuple(_read_time(scene, dated))
    return times[key]


def _read_time(scene: Scene, dated: Dated) -> Iterator[Evidence]:
    """What a time says by its words and by its distance from the document's own."""
    if scene.is_base(dated.mention.span):
        return
    span = dated.mention.span
    if dated.scope != "time.heading":
        yield from find_evidence("time", scene.text, max(0, span.start - 2), span.end)
    yield from (one._replace(span=span) for one in read_evidence("days", scene.course.relation(dated)))
