"""Documents to a panel: which cells are asked for, which rows and columns they make, and which stay empty."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from planparse.indicators import find_indicator, indicator_row
from planparse.model import Document, PlanparseError, Status
from planparse.panels.cells import Cell, Entry, Period, document_period, find_cells, period_of
from planparse.panels.gaps import Alike, Gap, LikeNames, explain_gap
from planparse.panels.measures import ASPECTS, Measure
from planparse.places import find_origin

if TYPE_CHECKING:
    import pandas

STATUSES: tuple[Status, ...] = ("planned", "achieved")


class Row(NamedTuple):
    """A line of the wide form: what a document plans, or has achieved, for a period."""

    status: Status
    entry: Entry
    period: Period | None


class Wanted(NamedTuple):
    """An indicator that is asked for, and what of it: its growth alone, or all."""

    indicator: str
    aspect: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """`cells` by row and measure, `gaps` by row and indicator; `wanted` in the order in which they were asked for."""

    entries: list[Entry]
    wanted: list[Wanted]
    cells: list[Cell]
    gaps: list[Gap]

    def to_pandas(self) -> pandas.DataFrame:
        """The cells as a table of pandas, one a row; PlanparseError where pandas is not installed."""
        from planparse.forms import to_pandas
        from planparse.panels.columns import LONG

        return to_pandas([{c.name: c.value(cell) for c in LONG} for cell in self.cells], [c.name for c in LONG])

    def write(self, path: str | Path, **style: Any) -> None:
        """Writes the panel as .xlsx, .csv, .parquet or .html; `wide`, `zh` and `review_link` as in the command."""
        from planparse.files import whole_file
        from planparse.panels.render import FORMATS, render_panel

        form = Path(path).suffix.lower().removeprefix(".")
        if form not in FORMATS:
            raise PlanparseError(f"the suffix of {path} names none of {', '.join(FORMATS)}", code="no-format")
        content = render_panel(self, form, **style)
        with whole_file(Path(path)) as file:
            file.write(content.encode() if isinstance(content, str) else content)

    def rows(self) -> list[Row]:
        """The rows that hold a cell or a gap: planned before achieved, by document, by year."""
        found = {Row(cell.status, cell.entry, cell.period) for cell in self.cells}
        found |= {Row(gap.status, gap.entry, gap.period) for gap in self.gaps}
        return sorted(found, key=lambda row: (row.status != "planned", row.entry.number, row.period or (0, "")))

    def measures(self, statuses: Sequence[Status] = STATUSES) -> list[Measure]:
        """The columns: for each indicator what is said of it, level before growth; one for what nobody says."""
        by_indicator: dict[str, list[Measure]] = defaultdict(list)
        for measure in dict.fromkeys(cell.measure for cell in self.cells if cell.status in statuses):
            if measure.aspect != "other":
                by_indicator[measure.indicator].append(measure)
        columns: list[Measure] = []
        for indicator in dict.fromkeys(wanted.indicator for wanted in self.wanted):
            row = indicator_row(indicator)
            assert row is not None
            found = by_indicator[indicator] or [Measure(indicator, "level", row["unit"])]
            columns += sorted(found, key=lambda m: (ASPECTS.index(m.aspect), m.per or "", m.since or ""))
        return columns

    def gap_columns(self) -> dict[tuple[Status, str], Measure]:
        """The column that an indicator's gaps stand in: what most documents state of it."""
        counts = Counter((cell.status, cell.measure) for cell in self.cells if cell.measure.aspect != "other")
        found: dict[tuple[Status, str], Measure] = {}
        for status in STATUSES:
            for measure in sorted(self.measures([status]), key=lambda m: -counts[status, m]):
                found.setdefault((status, measure.indicator), measure)
        return found


def make_panel(
    documents: Iterable[Document],
    indicators: Sequence[str] = (),
    *,
    years: Callable[[int], bool] = lambda year: True,
    statuses: Sequence[Status] = STATUSES,
) -> Panel:
    """The panel of documents; all indicators that they name, where none is asked for.

    Raises PlanparseError for an indicator that the rules do not have.

    >>> from planparse import extract
    >>> plan = extract("甲县2024年政府工作报告\\n\\n今年，城镇新增就业800人，居民消费价格涨幅2%左右。".encode())
    >>> panel = make_panel([plan], ["城镇新增就业", "粮食产量"], statuses=["planned"])
    >>> [(c.entry.name, c.period.label, c.measure.key, c.amount.value) for c in panel.cells]
    [('甲县', '2024', 'urban-new-jobs:level', 800)]
    >>> [(gap.indicator, gap.reason) for gap in panel.gaps]
    [('grain-output', 'not stated')]
    """
    wanted = [find_wanted(name) for name in indicators]
    entries = [Entry(number, document, find_origin(document.document)) for number, document in enumerate(documents)]
    found = [[cell for cell in find_cells(entry) if cell.status in statuses] for entry in entries]
    wanted = wanted or _most_stated(found)
    names = LikeNames(want.indicator for want in wanted)
    indicators_wanted = {want.indicator for want in wanted if want.aspect is None}
    aspects_wanted = {(want.indicator, want.aspect) for want in wanted}
    cells: list[Cell] = []
    gaps: list[Gap] = []
    for entry, own in zip(entries, found, strict=True):
        chosen = [
            c
            for c in own
            if c.measure.indicator in indicators_wanted or (c.measure.indicator, c.measure.aspect) in aspects_wanted
        ]
        kept = [c for c in chosen if c.period is not None and years(c.period.until)]
        cells += kept
        alike = names.find(entry.document)
        for status in statuses:
            gaps += _gaps(entry, status, own_period(entry.document, status, years), wanted, chosen, alike)
    return Panel(entries, wanted, cells, gaps)


def find_wanted(name: str) -> Wanted:
    """What a name asks for: an id, an id with an aspect (gdp:growth), or a Chinese name."""
    id_, _, aspect = name.partition(":")
    found = id_ if indicator_row(id_) else find_indicator(id_)
    row = indicator_row(found) if found else None
    if row is None or (aspect and aspect not in ASPECTS):
        raise PlanparseError(_unknown(id_, aspect), code="no-such-indicator")
    return Wanted(row["growth_of"], "growth") if "growth_of" in row else Wanted(row["id"], aspect or None)


def _unknown(name: str, aspect: str) -> str:
    from difflib import get_close_matches

    from planparse.rules import read

    if aspect and aspect not in ASPECTS:
        return f"of an indicator there are {', '.join(ASPECTS[:-1])}, not {aspect!r}"
    known = [word for row in read("indicators")["indicator"] for word in (row["id"], row["name"])]
    like = get_close_matches(name, known, n=3, cutoff=0.4)
    return f"there is no indicator {name!r}" + (
        f"; perhaps {', '.join(like)}" if like else "; see rules/indicators.toml"
    )


def _most_stated(found: list[list[Cell]]) -> list[Wanted]:
    """All indicators, those first that most documents state."""
    counts = Counter(name for cells in found for name in {cell.measure.indicator for cell in cells})
    return [Wanted(name) for name, _ in counts.most_common()]


def own_period(document: Document, status: Status, years: Callable[[int], bool]) -> Period | None:
    """The period for which a document's gaps are said: its own, or the year of which it mostly reports."""
    if status == "planned":
        period = document_period(document)
    else:
        found = [period_of(target) for target in document.targets if target.status == status]
        single = Counter(period for period in found if period and period.label.isdecimal())
        period = next((period for period, _ in single.most_common(1)), None)
    return period if period and years(period.until) else None


def _gaps(
    entry: Entry, status: Status, period: Period | None, wanted: list[Wanted], cells: list[Cell], alike: Alike
) -> list[Gap]:
    if period is None:
        return []
    stated = {c.measure.indicator for c in cells if (c.status, c.period) == (status, period)}
    missing = dict.fromkeys(want.indicator for want in wanted if want.indicator not in stated)
    return [explain_gap(entry, status, period, indicator, cells, alike) for indicator in missing]
