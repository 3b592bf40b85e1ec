"""What a document says, where a sentence stands, of the status of whatever stands there: by its title, the headings,
the openings of paragraphs, and the distance of a time from the document's own."""

from __future__ import annotations

from datetime import date, timedelta

from planparse.assemble.evidence import Evidence, read_evidence, weigh
from planparse.assemble.record import Dated
from planparse.cache import compiled
from planparse.dates import Calendar
from planparse.model import Node, Sentence, Span
from planparse.ruleset import recent_per_ruleset

CLEAR = 1.5  # what a heading or title must weigh to speak for all below it
LONGEST_HEADING = 40
OPENING = 8  # characters of a paragraph that tell whether it turns
LONG_BEGUN = 3 * 366  # days between the beginning of a span and the document's own
_OPENING = compiled(r"问：[^。\n]{1,60}|[^。；：\n]{1,40}：?")


def of_headings(path: list[Node]) -> tuple[Evidence, ...]:
    """The nearest heading whose form speaks, and the words in all of them."""
    return _of_headings(*((node.title, node.label) for node in reversed(path)))


@recent_per_ruleset(1024)
def _of_headings(*headings: tuple[str, str | None]) -> tuple[Evidence, ...]:
    """What headings say, given by their titles and labels, the nearest first."""
    titles = [title for title, _ in headings if len(title) <= LONGEST_HEADING]
    forms = (read_evidence("heading", title) for title in titles)
    form = next((form for form in forms if weigh(form)), ())
    words = [one for title in titles for one in read_evidence("heading-word", title)]
    labels = dict.fromkeys(label for _, label in headings if label)
    return (*form, *words, *(one for label in labels for one in read_evidence("label", label)))


def _turn(text: str) -> tuple[Evidence, ...]:
    """The first paragraph that turns from what is so to what comes."""
    turns = (read_evidence("turn", line[:OPENING]) for line in text.split("\n"))
    return next((turn for turn in turns if turn), ())


class Course:
    """What a document has said of the status of its records up to a sentence."""

    def __init__(self, text: str, calendar: Calendar, title: str | None) -> None:
        self.text, self.calendar = text, calendar
        self.title = read_evidence("title", title or "")
        self.first_half = read_evidence("halves", title or "") or (() if self.title else _turn(text))
        start, end = calendar.period
        self.own = start or calendar.issued or (date(calendar.year, 1, 1) if calendar.year else None)
        """The first day that the document can speak from; one that plans nothing and was issued when its years were
        over speaks from then."""
        if self.own and end and calendar.issued and calendar.issued > end and weigh(self.title) >= 0:
            self.own = calendar.issued
        reviews = weigh(self.title) > 0 and end is not None
        self.plans_from = end + timedelta(days=1) if reviews and end else self.own
        self.paragraph, self.chapter = -1, -1
        self.times: dict[tuple[Span, str], tuple[Evidence, ...]] = {}  # what dates anything, by its scope
        self.path: list[Node] = []
        self.headings: tuple[Evidence, ...] = ()
        self.lead: tuple[Evidence, ...] = ()
        self.last: tuple[Evidence, ...] = ()
        self.standing: tuple[Evidence, ...] = (*self.title, *self.first_half)
        """What speaks for or against all that stands here."""

    def enter(self, sentence: Sentence, path: list[Node]) -> None:
        """Moves on to a sentence; what a paragraph opens with holds on to the end of its chapter."""
        if sentence.paragraph == self.paragraph:
            return
        self.paragraph, self.last = sentence.paragraph, ()
        if path is not self.path:
            self.path, self.headings = path, of_headings(path)
        chapter = path[0].start if path else -1
        if chapter != self.chapter:
            self.chapter, self.lead = chapter, ()
        opening = _OPENING.match(self.text, sentence.start, sentence.end)
        if opening and (lead := read_evidence("lead", opening[0])):
            self.lead = lead
        if self.first_half and weigh((*self.headings, *self.lead)) < -CLEAR:
            self.first_half = ()
        self.standing = (*self.headings, *self.title, *self.first_half, *self.lead)

    def relation(self, dated: Dated) -> str:
        """How the days of a time lie to those of the document, as the rows for days read it."""
        first, last = dated.days
        if (last or first) is None or self.own is None or self.plans_from is None:
            return ""
        by = " by its heading" if dated.scope == "time.heading" else ""
        issued, end = self.calendar.issued, self.calendar.period[1] or date(self.own.year, 12, 31)
        if last is None:  # 2023年起
            return "open"
        if last < self.own:
            return "past" + by
        if first and (self.own - first).days > LONG_BEGUN and last.year == self.own.year:
            return "long begun" + by
        if issued and last < issued and not dated.mention.is_deadline:
            return "before the day of issue" + by
        if last > end:
            return "after its period" + by
        known = issued or self.calendar.period[0]  # not only the year
        return "in its period" + by if known and last >= self.plans_from else ""
