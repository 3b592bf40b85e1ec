"""Which time dates a record: each has one role, and a scope: its sentence, its paragraph, a list, a heading."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from planparse.assemble.clauses import clause_end, clause_start
from planparse.assemble.record import Dated
from planparse.assemble.status import heading_status, is_of_two_years, tells_its_year, title_status
from planparse.dates import NO_DAYS, Calendar, Days, number, resolve
from planparse.finder import Finder
from planparse.model import Node, Sentence, Span, TimeMention
from planparse.rules import cue, having, rules
from planparse.ruleset import per_ruleset

BEFORE, BEHIND = 24, 72  # how many characters beside a time tell its role

OF_THE_YEAR = ("全年", "年", "当年")  # the year being spoken of, which a heading that says so does not name
PARTS = ("month", "quarter", "quarters", "half")  # of a year
NEXT_YEAR = ("明年", "来年")
LATE = 4  # the month from which on a review tells of its own year, and no more of the one before
DATELESS = ("compared", "condition", "repeated")  # roles in which a time of a heading dates nothing of its section


class Lead(NamedTuple):
    """A time that a colon hands on (2025年主要目标是：): to what stands in its place, or in the list that follows."""

    dated: Dated
    above: list[Node]
    listed: bool = False  # whether `above` is that of a list, whose items it reaches
    opens: bool = False  # whether nothing stands behind the colon


class Clock:
    """The times of a document in reading order, and those in force where a record stands."""

    def __init__(
        self,
        text: str,
        calendar: Calendar,
        times: list[TimeMention],
        sentences: Sequence[Sentence] = (),
        title: str | None = None,
    ) -> None:
        self.text, self.calendar, self.title = text, calendar, title_status(title)
        self.tells_its_year = tells_its_year(title)
        self.of_two_years = is_of_two_years(title, calendar.year)
        self.times = times
        self.starts = [time.span.start for time in times]
        self.headings: dict[int, list[Dated]] = {}  # by where the heading begins: what dates it names
        self.turned: dict[int, Dated] = {}  # and which of several a paragraph below it last opened with
        self.due = _due_times(text, times, sentences)
        self.sentence: Sentence | None = None
        self.now: list[Dated] = []  # the times of the sentence that govern
        self.yearly: list[Dated] = []  # those of every year or month anew: each|6月底前|, which no calendar dates
        self.grounds: list[Span] = []  # what the sentence goes on from: 在|2025年|建成30个的基础上，再建20个
        self.carried: Dated | None = None
        self.chained: Dated | None = None  # from one part of a sentence to those behind its ；
        self.lead: Lead | None = None
        self.path: list[Node] = []
        self._base: Calendar | None = None
        self._spoken: Calendar | None = None  # the year that the paragraph has named with a month

    def enter(self, sentence: Sentence, path: list[Node], times: Sequence[TimeMention] = ()) -> None:
        """Moves on to a sentence with its times: a new paragraph forgets what the last one carried."""
        if self.sentence is None or sentence.paragraph != self.sentence.paragraph:
            self.lead = self._lead_over(path)
            self.carried = self.lead.dated if self.lead else self._past(sentence, path) or self._spelled_out(sentence)
            self._spoken = None
        if self.text[sentence.start - 1] != "；":
            self.chained = None
        if (self.carried or self.lead) and self._starts_anew(sentence):
            self.carried = self.lead.dated if self.lead else None
        self.sentence, self.path, self._base, self.now, self.yearly = sentence, path, self._spoken, [], []
        self.grounds = _grounds(self.text, sentence) if times else []
        for time in times:
            role = role_of(self.text, time, sentence)
            if role == "repeated":
                self.yearly.append(Dated(time, NO_DAYS))
            leads = role != "compared" and cue("time.lead").match(self.text, time.span.end, sentence.end)
            if role == "governs" or leads:
                self.now.append(Dated(time, self.days(time)))
            if leads and self.now[-1].days[1] is not None:
                self.carried = self.now[-1]._replace(scope="time.lead")
                ends = self.text[leads.end() : leads.end() + 1] in ("", "\n")
                self.lead, self._base = Lead(self.carried, path, opens=ends), None
            passing = role != "governs" or self._left(time, sentence.end)
            if not passing and (year := _year_named(time, self.now[-1].days)):
                self._base = self.calendar.of_year(year)  # 2026年6月底前完成试点，|9月底前|推开
                self._spoken = self._base if "month" in time.groups else self._spoken

    def _starts_anew(self, sentence: Sentence) -> bool:
        """Whether a sentence tells how it is now, or what holds for whoever comes: no day of a goal dates that."""
        due = self.carried is not None and self.carried.days[0] is None
        told = ("time.now", "time.rule") if due else ("time.now",)
        return any(cue(one).match(self.text, sentence.start, sentence.end) for one in told)

    def _lead_over(self, path: list[Node]) -> Lead | None:
        """The lead-in that reaches a new paragraph."""
        lead = self.lead
        if lead is None:
            return None
        if lead.opens:
            return lead._replace(above=path[:-1], listed=True, opens=False) if path != lead.above else lead
        inside = path[: len(lead.above)] == lead.above and (lead.listed or bool(lead.above))
        return lead if inside or path == lead.above else None

    def _past(self, sentence: Sentence, path: list[Node]) -> Dated | None:
        """What a review goes on with, paragraph after paragraph, under a heading that leaves it open what it tells."""
        told, before = self.carried, self.sentence
        if told is None or told.days[1] is None or not self._is_past(told.days[1]):
            return None
        undecided = before is not None and sentence.node == before.node and bool(path) and heading_status(path) is None
        listed = bool(path) and (path[-1].label or "").endswith(("是", "要"))
        return told if undecided or listed else None

    def _spelled_out(self, sentence: Sentence) -> Dated | None:
        """What dates the paragraph above a list of dashes dates the list: 2025年，…。 ——动能持续增强。…"""
        return self.carried if self.text.startswith("—", sentence.start) else None

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
            if (start and start.year == end.year) or self._is_past(end):
                return self.calendar.of_year(end.year)
        if self.calendar.year and self._reviews_before:
            return self.calendar.of_year(self.calendar.year - 1)
        year, start, issued = self.calendar.year, self.calendar.period[0], self.calendar.issued
        late = issued is not None and issued.year == year and issued.month >= LATE
        if year and start and not late and not self.tells_its_year and heading_status(self.path) == "achieved":
            return self.calendar.of_year(year - 1)
        return self.calendar

    @property
    def _reviews_before(self) -> bool:
        """Whether a document of two years, issued in the first of them, speaks where it does not plan: 今年 is that."""
        year, issued = self.calendar.year, self.calendar.issued
        before = issued is not None and year is not None and issued.year == year - 1
        return before and self.of_two_years and heading_status(self.path) != "planned"

    def _is_past(self, day: object) -> bool:
        first = self.calendar.period[0] or self.calendar.issued
        return first is not None and day < first  # type: ignore[operator]

    def leave(self, milestones: Sequence[Span] = ()) -> None:
        """Remembers a time that opened the sentence, for those that follow in the paragraph. The day or month by which
        one thing is done dates nothing else, and a part of a year is over where another time has taken over from it."""
        if not self.now or self.sentence is None:
            return
        start = self.sentence.start
        source = cue("time.source").match(self.text, start, self.sentence.end)
        staged = cue("time.stage").match(self.text, start)
        openings = (start, source.end() if source else start)
        for dated in self.now:
            time = dated.mention
            if self._left(time, self.sentence.end):
                continue
            begin = clause_start(self.text, time.span.start, start)
            opens = begin in openings or not self.text[start:begin].strip("—")
            opens &= begin == time.span.start or dated.days == self.now[-1].days  # 普惠率|去年|是88%，今年达到90%
            due = time.span in milestones or time.is_deadline
            passes = due or dated is not self.now[-1]
            one_thing = not staged and (time.until is not None or (passes and time.rule in having("deadline", "times")))
            of_a_value = cue("time.of-a-value").match(self.text, time.span.end, self.sentence.end)
            if one_thing or of_a_value or dated.days[1] is None:
                continue
            if opens:
                self.carried, self.chained = dated._replace(scope="time.paragraph"), None
                self._turn_to(dated.days)
            elif not due and (dated.days[0] is not None or self.text.startswith("，", time.span.end)):
                self.chained = dated._replace(scope="time.paragraph")

    def _turn_to(self, days: Days) -> None:
        """A paragraph right below a heading of two times (“十四五”时期和2025年工作回顾), or behind a salutation, that
        opens with one of them goes on with it, and so do those that follow, until another opens with the other."""
        sentence = self.sentence
        opening = self.text[sentence.paragraph : sentence.start].strip() if sentence else ""
        salutation = cue("heading.salutation").match(opening)
        saluted = salutation is not None and salutation.end() == len(opening)
        for node in reversed(self.path):
            told = self._dates_of(node) if saluted or (node == self.path[-1] and not opening) else []
            for dated in told if len(told) > 1 else ():
                if dated.days == days:
                    self.turned[node.start] = dated

    def days(self, time: TimeMention) -> Days:
        """The days of a time: 全年 and months are of the section's year, 今年 and 去年 of the document's."""
        relative = time.groups.get("relative")
        if relative in (None, *OF_THE_YEAR) and "past" not in time.groups and "coming" not in time.groups:
            base = self.base
        elif self.calendar.year and (
            self._reviews_before or (self.of_two_years and self._spoken_the_year_before(relative))
        ):
            base = self.calendar.of_year(self.calendar.year - 1)
        else:
            base = self.calendar
        return resolve(time.groups, base, time.until)

    def _spoken_the_year_before(self, relative: str | None) -> bool:
        """Whether a document of two years speaks of 今年 as in the first of them: where it reviews; and where it calls
        the second 明年."""
        return relative in NEXT_YEAR or heading_status(self.path) == "achieved"

    def at(self, clause: int, position: int, end: int) -> Dated | None:
        """The time in force at a position of the sentence. One that follows before `end` wins over those before the
        `clause`: 4条道路|10月底前|通车."""
        told = (d for d in reversed(self.now) if d.mention.span.end <= position)
        passed = (d for d in told if not self._left(d.mention, position))
        ahead = (d for d in self.now if position < d.mention.span.start < end and d.mention.bounds)
        dated = next(passed, None)
        if dated is None or dated.mention.span.start < clause:
            dated = next(ahead, dated)
        return dated or self._of_row() or self._by_line() or self.chained or self.carried or self._of_heading(self.path)

    def _left(self, time: TimeMention, position: int) -> bool:
        """Whether a position lies behind what all goes on from, of which a time is part."""
        return any(ground.end <= position and time.span.overlaps(ground) for ground in self.grounds)

    def _of_row(self) -> Dated | None:
        """The time that is a cell of its own: 改造公厕40座⇥8月底前."""
        return next((d for d in self.now if is_cell(self.text, d.mention.span)), None)

    def _by_line(self) -> Dated | None:
        """The time that a line below gives: 完成时限：8月底前."""
        time = self.due.get(self.sentence.start) if self.sentence else None
        return Dated(time, self.days(time)) if time else None

    def each(self, position: int, count: int) -> list[Dated]:
        """The enumerated times before a position, one for each of so many values: |2024年、2025年|分别建成3所、5所."""
        told = [dated for dated in self.now if dated.mention.span.end <= position][-count:]
        joined = cue("group.joined")
        apart = (joined.fullmatch(self.text, a.mention.span.end, b.mention.span.start) for a, b in pairwise(told))
        return told if len(told) == count and all(apart) else []

    def _of_heading(self, path: list[Node]) -> Dated | None:
        """The year or period that the nearest dated heading names; of two, the one turned to, none when neither is and
        they end apart."""
        for node in reversed(path):
            if (found := self._dates_of(node)) and (
                node.label is not None or found[0].mention.span.start == node.start
            ):
                one_end = len({dated.days[1] for dated in found}) == 1
                return self.turned.get(node.start) or (found[0] if one_end else None)
        return None

    def _dates_of(self, node: Node) -> list[Dated]:
        """A heading dates its section by a year, a plan period or, where it is no sentence, a part of a year (一季度
        工作情况); a deadline in it dates one sentence."""
        if node.start not in self.headings:
            first, last = bisect_left(self.starts, node.start), bisect_left(self.starts, _dates_until(self.text, node))
            grounds = _grounds(self.text, Span(node.start, node.body))
            passing = PARTS if _is_told_in_full(self.text, node) else ()
            self.headings[node.start] = [
                Dated(time, resolve(time.groups, self.calendar, time.until), "time.heading")
                for time in self.times[first:last]
                if time.rule in having("of_section", "times")
                and time.groups.get("relative") not in OF_THE_YEAR
                and time.groups.keys().isdisjoint(passing)
                and role_of(self.text, time, Span(node.start, node.body)) not in DATELESS
                and not any(time.span.overlaps(ground) for ground in grounds)
            ]
        return self.headings[node.start]


def _year_named(time: TimeMention, days: Days) -> int | None:
    """The year that a time names, with a month or as a whole: what follows in its sentence is counted from it."""
    start, end = days
    whole = start is not None and end is not None and (start.month, start.day, end.year) == (1, 1, start.year)
    if whole and time.until is None and end is not None and (end.month, end.day) == (12, 31):
        return end.year
    return number(time.groups.get("year")) if "month" in time.groups else None


def _dates_until(text: str, node: Node) -> int:
    """Where the words of a heading end that date its section: with its first clause where the item is told in full,
    7.实施项目120个，|2026年|完成投资3亿元。"""
    return clause_end(text, node.start, node.body) if _is_told_in_full(text, node) else node.body


def _is_told_in_full(text: str, node: Node) -> bool:
    """Whether the title of an item is a sentence of what it tells."""
    return text[node.start : node.body + 1].rstrip().endswith(("。", "；"))


def _grounds(text: str, within: Sentence | Span) -> list[Span]:
    """What a stretch says that all behind it goes on from: |在去年12亿元的基础上|再增2亿元."""
    return [Span(*match.span()) for match in cue("name.ground").finditer(text, within.start, within.end)]


def role_of(text: str, time: TimeMention, within: Sentence | Span) -> str:
    """What a time is for: it governs, or is compared with, part of a name, …: rules/roles.toml."""
    (start, end), (opening, closing) = time.span, "«»" if time.bounds else "‹›"
    before, behind = text[max(within.start, start - BEFORE) : start], text[end : min(within.end, end + BEHIND)]
    marked = f"{before}{opening}{time.text}{closing}{behind}"
    found = _roles().find_by_rule(marked)
    return found[0][1]["role"] if found else "governs"


@per_ruleset
def _roles() -> Finder:
    return Finder("roles", rules("roles"))


def is_cell(text: str, span: Span) -> bool:
    """Whether a stretch is a cell of its own in a row."""
    beside = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return "\t" in beside and all(mark in "\t\n" for mark in beside)


def says_due(text: str, time: Span) -> Any:
    """The words before a time that say by when the item above is done: 完成时限：|8月底前, or in brackets of their own,
    。（区园林局牵头，|6月底前|完成）."""
    said = cue("time.due").search(text, max(0, time.start - BEFORE), time.start)
    if said is None and cue("time.due-closed").match(text, time.end):
        return cue("time.due-in-brackets").search(text, max(0, time.start - BEHIND), time.start)
    return said


def _due_times(text: str, times: Sequence[TimeMention], sentences: Sequence[Sentence]) -> dict[int, TimeMention]:
    """The times of 完成时限：8月底前, by where each sentence begins that they date: those above it in the item, or in
    the paragraph that it ends."""
    due: dict[int, TimeMention] = {}
    starts = [sentence.start for sentence in sentences]
    for time in times:
        said = says_due(text, time.span)
        at = bisect_right(starts, time.span.start) - 1
        if said is None or at < 0:
            continue
        own, opening = sentences[at], sentences[at].paragraph
        line = said.start() == opening or bool(cue("time.due-line").fullmatch(text, opening, said.start()))
        for sentence in reversed(sentences[: at + 1]):
            apart = sentence.node != own.node or (not line and sentence.paragraph != own.paragraph)
            if apart or sentence.start in due:
                break
            due[sentence.start] = time
    return due
