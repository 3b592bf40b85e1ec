"""Which time dates a record: the nearest before it in the sentence, what opened the paragraph, or the heading."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import pairwise

from planparse.assemble.clauses import clause_start
from planparse.assemble.record import Dated
from planparse.assemble.status import heading_status
from planparse.dates import NO_DAYS, Calendar, Days, resolve
from planparse.model import Node, Sentence, Span, Status, TimeMention
from planparse.rules import cue, having


class Clock:
    """The times of a document in reading order, and the one in force where a record stands."""

    def __init__(self, text: str, calendar: Calendar, times: list[TimeMention], title: Status | None = None) -> None:
        self.text, self.calendar, self.title = text, calendar, title
        self.times = times
        self.starts = [time.span.start for time in times]
        self.headings: dict[int, list[Dated]] = {}  # by where the heading begins: what dates it names
        self.paragraph = -1
        self.node: int | None = None
        self.carried: Dated | None = None
        self.path: list[Node] = []
        self._base: Calendar | None = None
        self._days: dict[Span, Days] = {}  # of the times of the sentence

    def enter(self, sentence: Sentence, path: list[Node]) -> None:
        """Moves on to a sentence: a new paragraph forgets what the last one carried."""
        if sentence.paragraph != self.paragraph:
            undated = sentence.node == self.node and path and heading_status(path) is None
            listed = bool(path) and (path[-1].label or "").endswith(("是", "要"))
            self.carried = self.carried if undated or listed else None
            self.paragraph, self.node = sentence.paragraph, sentence.node
        self.path, self._base, self._days = path, None, {}

    @property
    def base(self) -> Calendar:
        """The calendar that 全年 and months of the sentence are counted from."""
        if self._base is None:
            self._base = self._year_in_force()
        return self._base

    def _year_in_force(self) -> Calendar:
        """The year being spoken of, last year in a review."""
        for dated in (self.carried, self._of_heading(self.path)):
            start, end = dated.days if dated is not None else NO_DAYS
            if end is None:
                continue
            if (start and start.year == end.year) or _is_past(end, self.calendar):
                return self.calendar.of_year(end.year)
        looks_back = self.title != "achieved" and heading_status(self.path) == "achieved"
        if self.calendar.year is not None and self.calendar.period[0] and looks_back:
            return self.calendar.of_year(self.calendar.year - 1)
        return self.calendar

    def leave(self, times: list[TimeMention], sentence: Sentence, milestones: list[Span]) -> None:
        """Remembers a time that opened the sentence, for those that follow in the paragraph; the day or month by which
        one thing is done dates nothing else."""
        source = cue("time.source").match(self.text, sentence.start, sentence.end)
        openings = (sentence.start, source.end() if source else sentence.start)
        for time in times:
            begin = clause_start(self.text, time.span.start, sentence.start)
            opens = begin in openings or not self.text[sentence.start : begin].strip("—")
            due = time.span in milestones or (time.groups.get("edge") or "").endswith("前")
            if time.until is not None or (due and time.rule in having("deadline", "times")):
                continue
            if opens and self.governs(time, sentence.start) and self.days(time)[1] is not None:
                self.carried = Dated(time, self.days(time), "time.paragraph")

    def days(self, time: TimeMention) -> Days:
        """The days of a time: 全年 and months are of the section's year, 今年 and 去年 of the document's."""
        if time.span not in self._days:
            relative = time.groups.get("relative")
            of_section = (
                relative in (None, "全年", "年", "当年") and "past" not in time.groups and "coming" not in time.groups
            )
            base = self.base if of_section else self.calendar
            self._days[time.span] = resolve(time.groups, base, time.until)
        return self._days[time.span]

    def governs(self, time: TimeMention, floor: int) -> bool:
        """Whether a time dates what follows, rather than being compared with or naming something."""
        before = self.text[max(floor, time.span.start - 6) : time.span.start]
        after = self.text[time.span.end : time.span.end + 6]
        if (
            "day" in time.groups
            and "edge" not in time.groups
            and cue("time.of-a-meeting").match(self.text, time.span.end)
        ):
            return False
        if time.text[0] in "到至" and cue("time.reached").search(before):
            return True
        if cue("time.compared").search(before) or (cue("time.attributive").search(before) and not time.bounds):
            return False
        return not cue("time.in-a-name").match(after)

    def at(self, times: list[TimeMention], sentence: Sentence, clause: int, position: int, end: int) -> Dated | None:
        """The time in force at a position of a sentence; `times` are those of the sentence. One that follows before
        `end` wins over those before the `clause`: 4条道路|10月底前|通车."""
        passed = (t for t in reversed(times) if t.span.end <= position and self.governs(t, sentence.start))
        ahead = (t for t in times if position < t.span.start < end and t.bounds and self.governs(t, position))
        time = next(passed, None)
        if time is None or time.span.start < clause:
            time = next(ahead, time)
        return Dated(time, self.days(time)) if time is not None else self.carried or self._of_heading(self.path)

    def each(self, times: list[TimeMention], sentence: Sentence, position: int, count: int) -> list[Dated]:
        """The enumerated times before a position, one for each of so many values: |2024年、2025年|分别建成3所、5所."""
        told = [time for time in times if time.span.end <= position][-count:]
        joined = cue("group.joined")
        if len(told) < count or not all(
            joined.fullmatch(self.text, a.span.end, b.span.start) and self.governs(a, sentence.start)
            for a, b in pairwise(told)
        ):
            return []
        return [Dated(time, self.days(time)) for time in told]

    def _of_heading(self, path: list[Node]) -> Dated | None:
        """The year or period that the nearest dated heading names; none when it names two that end apart."""
        for node in reversed(path):
            if (found := self._dates_of(node)) and (
                node.label is not None or found[0].mention.span.start == node.start
            ):
                return found[0] if len({dated.days[1] for dated in found}) == 1 else None
        return None

    def _dates_of(self, node: Node) -> list[Dated]:
        if node.start not in self.headings:
            first, last = bisect_left(self.starts, node.start), bisect_left(self.starts, node.body)
            self.headings[node.start] = [
                Dated(time, resolve(time.groups, self.calendar, time.until), "time.heading")
                for time in self.times[first:last]
                if _is_review_year(time) and not cue("time.compared").search(self.text, node.start, time.span.start)
            ]
        return self.headings[node.start]


def _is_past(day: date, calendar: Calendar) -> bool:
    return calendar.period[0] is not None and day < calendar.period[0]


def _is_review_year(time: TimeMention) -> bool:
    """A heading dates its section by a year or a plan period; a month or deadline in it dates one sentence."""
    return time.rule in having("of_section", "times")
