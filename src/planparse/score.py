"""How right an extraction is against gold: precision, recall, and each field on the records that match.

A prediction matches a gold record when their spans overlap, white space not counted. What overlaps an optional record
counts neither way. A record is strictly right when value, comparator, unit, status, change, time and indicator all are.
Its name is exact when it is one of gold's readings letter by letter. A heading is found when its label and the first
six characters of its title are.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

from planparse.model import Document, PlanparseError, Span, Target

FIELDS = ("value", "comparator", "unit", "status", "kind", "change", "per", "time", "indicator", "section")
STRICT = ("value", "comparator", "unit", "status", "change", "time", "indicator")
OPEN, CLOSE = "⟦", "⟧"
INVISIBLE = "\ufeff\u200b\u200c\u200d"
SAME_NAME = 0.7  # of difflib's ratio: 新增学位 and 公办园新增学位 are one name, 学位 and 学校 two
SAME_TITLE = 0.8
BANDS = (0.0, 0.5, 0.8, 0.9, 0.95)
"""Where the bands of confidence begin that are told apart in `--calibration`."""
_SAME_UNIT = {"个百分点": "百分点", "名次": "名", "位次": "名", "位": "名", "％": "%", "个": "", None: ""}
_SYMBOLS = (  # the longest first: copies of one plan write either
    *(("km²", "平方公里"), ("hm²", "公顷"), ("m²", "平方米"), ("㎡", "平方米"), ("m³", "立方米"), ("m3", "立方米")),
    *(("mg", "毫克"), ("μg", "微克"), ("ug", "微克"), ("kWh", "千瓦时"), ("kW", "千瓦"), ("km", "公里")),
    *(("cm", "厘米"), ("kg", "千克"), ("℃", "摄氏度"), ("°C", "摄氏度"), ("m", "米"), ("L", "升")),
)


class Fault(NamedTuple):
    """Something that is not as gold says: where, and what about it. Two runs are compared by `what` and `where`."""

    what: str
    where: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.where}" + (f": {self.detail}" if self.detail else "")


class Judged(NamedTuple):
    """A record that gold speaks of, or that nothing in gold asks for: whether it is strictly right, its name exact."""

    target: Target
    right: bool
    exact: bool


class Band(NamedTuple):
    """Records whose confidence is at least `low` and below `high`, and the share of them that is strictly right."""

    low: float
    high: float
    records: int
    right: float


@dataclass(slots=True)
class Score:
    """Counts of one document, or of several added up, what was wrong, and how right each record is that counts."""

    count: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    def f1(self, right: str = "tp", of: str = "") -> float:
        return _ratio(2 * self.count[right], 2 * self.count[f"{of}tp"] + self.count[f"{of}fp"] + self.count[f"{of}fn"])

    def figures(self) -> dict[str, float]:
        """The shares from 0 to 1, in the order of a report: of a field, of the matched records that have it right."""
        count = self.count
        return {
            "precision": _ratio(count["tp"], count["tp"] + count["fp"]),
            "recall": _ratio(count["tp"], self.records),
            "f1": self.f1(),
            "strict_f1": self.f1("strict"),
            **{name: _ratio(count[name], count["tp"]) for name in FIELDS},
            "exact": _ratio(count["exact"], count["tp"]),
            "action": _ratio(count["action"], count["actions"]),
            "outline_f1": self.f1("outline_tp", "outline_"),
            "document": _ratio(count["facts_right"], count["facts"]),
        }

    def calibration(self) -> Iterator[Band]:
        """How many records there are of each confidence, and how many of these are strictly right."""
        for low, high in pairwise([*BANDS, inf]):
            band = [one.right for one in self.judged if low <= one.target.confidence < high]
            yield Band(low, min(high, 1.0), len(band), _ratio(sum(band), len(band)))

    @property
    def records(self) -> int:
        """How many records gold asks for."""
        return self.count["tp"] + self.count["fn"]

    def faults_beyond(self, other: Score) -> list[Fault]:
        """What is wrong here and was right there."""
        known = {(fault.what, fault.where) for fault in other.faults}
        return [fault for fault in self.faults if (fault.what, fault.where) not in known]


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one document: what it says of itself, its headings as (label, title), and its records.

    Each record has its "span" in the text without white space and its readings of the name as a list.
    """

    facts: dict[str, Any]
    outline: list[tuple[str, str]]
    records: list[dict[str, Any]]

    @property
    def period(self) -> tuple[str | None, str | None]:
        return self.facts.get("period_start"), self.facts.get("period_end")


def squeeze(text: str) -> str:
    """The text with all white space and invisible marks removed."""
    return "".join(c for c in text if not c.isspace() and c not in INVISIBLE)


def find_gold(given: Path) -> list[tuple[str, Path, Path]]:
    """(name, gold file, text) for a gold file or each in a folder; the text is NAME.txt beside it or one folder up."""
    paths = sorted(given.glob("*.gold.jsonl")) if given.is_dir() else [given]
    if not paths:
        raise PlanparseError("the folder holds no NAME.gold.jsonl", code="no-gold")
    found = []
    for path in paths:
        name = path.name.removesuffix(".gold.jsonl")
        texts = [path.with_name(f"{name}.txt"), path.parent.parent / f"{name}.txt"]
        text = next((text for text in texts if text.is_file()), None)
        if text is None:
            raise PlanparseError(
                f"{path.name}: the text {name}.txt is neither beside it nor one folder up", code="no-text"
            )
        found.append((name, path, text))
    return found


def gold_beside(text: Path) -> Path | None:
    """The gold of a text: NAME.gold.jsonl beside it, or in the folder gold/ there; None where there is none."""
    name = f"{text.stem}.gold.jsonl"
    return next((path for path in (text.with_name(name), text.parent / "gold" / name) if path.is_file()), None)


def read_gold(path: Path, text: str) -> Gold:
    """A gold file beside the text it annotates; PlanparseError names the line that does not fit."""
    bare = squeeze(text)
    facts: dict[str, Any] = {}
    outline: list[tuple[str, str]] = []
    records: list[dict[str, Any]] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PlanparseError(f"{path.name} cannot be read: {error}", code="bad-gold") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if "doc" in row:
                facts = row["doc"]
                outline = [(_plain(label), _plain(title)[:6]) for _, label, title in row.get("outline", [])]
            else:
                names = row["indicator"] if isinstance(row["indicator"], list) else [row["indicator"]]
                records.append({**row, "indicator": names, "span": _find_span(row, bare)})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            why = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise PlanparseError(f"{path.name}:{number}: {why}", code="bad-gold") from None
    return Gold(facts, outline, sorted(records, key=lambda r: r["span"]))


def _find_span(row: dict[str, Any], bare: str) -> Span:
    before, _, rest = squeeze(row["at"]).partition(OPEN)
    inside, _, after = rest.partition(CLOSE)
    place = -1
    for _ in range(row.get("occ") or 1):
        place = bare.find(before + inside + after, place + 1)
        if place < 0:
            raise ValueError(f"the quotation {row['at']!r} is not in the document")
    start = place + len(before)
    return Span(start, start + len(inside))


def score(gold: Gold, document: Document) -> Score:
    """The score of one document, whose `text` is the one that gold annotates."""
    result = Score()
    matched: dict[int, list[Target]] = {}
    for target, span in _squeezed(document):
        if _plain(target.quote) != _plain(document.text[target.start : target.end]):
            result.count["bad_quote"] += 1
            result.faults.append(Fault("MISPLACED", f"{target.quote!r} at {target.start}-{target.end}"))
        hits = [i for i, row in enumerate(gold.records) if span.overlaps(row["span"])]
        if not hits:
            result.count["fp"] += 1
            result.judged.append(Judged(target, right=False, exact=False))
            context = squeeze(document.text[max(0, target.start - 12) : target.end + 6])
            result.faults.append(Fault("SPURIOUS", f"{target.quote!r} {target.indicator!r}", f"…{context}…"))
        else:
            best = max(hits, key=lambda i: _shared(span, gold.records[i]["span"]))
            matched.setdefault(best, []).append(target)
    for i, row in enumerate(gold.records):
        if not row.get("optional"):
            _count_row(row, matched.get(i, []), gold.period, result)
    _count_outline(gold, document, result)
    _count_facts(gold, document, result)
    return result


def add(scores: Iterable[Score]) -> Score:
    """The scores of several documents as one."""
    total = Score()
    for one in scores:
        total.count += one.count
        total.faults += one.faults
        total.judged += one.judged
    return total


def _count_row(
    row: dict[str, Any], targets: list[Target], period: tuple[str | None, str | None], result: Score
) -> None:
    if not targets:
        result.count["fn"] += 1
        result.faults.append(Fault("MISSED", row["at"]))
        return
    verdicts = [judge(row, target, period) for target in targets]
    verdict = max(verdicts, key=lambda v: (all(v[name] for name in STRICT), sum(v.values())))
    result.count["tp"] += 1
    result.count["fp"] += len(targets) - 1
    result.count.update(name for name in FIELDS if verdict[name])
    right = all(verdict[name] for name in STRICT)
    target = targets[verdicts.index(verdict)]
    result.count["strict"] += right
    exact = _plain(target.indicator) in map(_plain, row["indicator"])
    result.count["exact"] += exact
    result.count["actions"] += "action" in row
    result.count["action"] += "action" in row and _plain(target.action) == _plain(row["action"])
    result.judged.append(Judged(target, right, exact))
    if not right:
        wrong = ", ".join(f"{name} {_said(target, name)}" for name in STRICT if not verdict[name])
        result.faults.append(Fault("WRONG", row["at"], wrong))


def _count_outline(gold: Gold, document: Document, result: Score) -> None:
    wanted = Counter(gold.outline)
    found = Counter((_plain(node.label), _plain(node.title)[:6]) for node in document.outline)
    result.count["outline_tp"] = (wanted & found).total()
    result.count["outline_fn"] = (wanted - found).total()
    result.count["outline_fp"] = (found - wanted).total()
    for what, headings in (("HEADING MISSED", wanted - found), ("HEADING SPURIOUS", found - wanted)):
        result.faults += [Fault(what, " ".join(heading)) for heading in headings]


def _count_facts(gold: Gold, document: Document, result: Score) -> None:
    facts, wanted = document.document, gold.facts
    period = (_iso(facts.period.start), _iso(facts.period.end)) if facts.period else (None, None)
    right = {
        "title": _alike(facts.title or "", wanted.get("title") or "", SAME_TITLE),
        "issuer": _plain(facts.issuer) == _plain(wanted.get("issuer")),
        "doc_number": _plain(facts.doc_number) == _plain(wanted.get("doc_number")),
        "period": period == gold.period,
    }
    result.count["facts"] = len(right)
    result.count["facts_right"] = sum(right.values())
    result.faults += [Fault("DOCUMENT", name, repr(getattr(facts, name))) for name, ok in right.items() if not ok]


def _said(target: Target, name: str) -> str:
    if name == "time":
        return f"{target.time.start}/{target.time.end}" if target.time else "None"
    return repr(getattr(target, name))


def judge(row: dict[str, Any], target: Target, period: tuple[str | None, str | None]) -> dict[str, bool]:
    """Field by field, whether a prediction says what gold does."""
    milestone = row["kind"] == "milestone"
    return {
        "value": milestone or (_same(target.value, row.get("value")) and _same(target.value_max, row.get("value_max"))),
        "comparator": milestone or target.comparator == (row.get("comparator") or "="),
        "unit": milestone or _unit(target.unit) == _unit(row.get("unit")),
        "status": target.status == row["status"],
        "kind": target.kind == row["kind"],
        "change": target.change == row.get("change"),
        "per": _plain(target.per) == _plain(row.get("per")),
        "time": _right_time(row, target, period),
        "indicator": any(_alike(target.indicator, name) for name in row["indicator"]),
        "section": [_plain(s) for s in target.section] == [_plain(s) for s in row.get("section") or []],
    }


def _right_time(row: dict[str, Any], target: Target, period: tuple[str | None, str | None]) -> bool:
    """The last day decides: the deadline, or the as-of date; the first where gold has no last."""
    wanted = row.get("time_start"), row.get("time_end")
    explicit = target.time is not None and target.time.basis == "explicit"
    found = (_iso(target.time.start), _iso(target.time.end)) if explicit and target.time else (None, None)
    if row["status"] == "achieved" and wanted == (None, None):
        return True
    if row["status"] == "planned":
        wanted, found = (days if days != (None, None) else period for days in (wanted, found))
    return found[1] == wanted[1] and (wanted[1] is not None or found[0] == wanted[0])


def _squeezed(document: Document) -> Iterator[tuple[Target, Span]]:
    """Each target with its span in the text without white space."""
    offsets = [0]
    for char in document.text:
        offsets.append(offsets[-1] + len(squeeze(char)))
    last = len(document.text)
    for target in document.targets:
        yield target, Span(offsets[min(target.start, last)], offsets[min(target.end, last)])


def _shared(one: Span, two: Span) -> int:
    return min(one.end, two.end) - max(one.start, two.start)


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _plain(text: str | None) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", squeeze(text or "")) if c.isalnum()).lower()


def _alike(one: str, two: str, enough: float = SAME_NAME) -> bool:
    a, b = _plain(one), _plain(two)
    return a == b or (bool(a and b) and SequenceMatcher(None, a, b, autojunk=False).ratio() >= enough)


def _same(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return abs(one - two) <= 1e-4 * max(1.0, abs(two))


def _unit(unit: str | None) -> str:
    """A unit with its symbols by their names."""
    named = _SAME_UNIT.get(unit, unit or "")
    for symbol, name in _SYMBOLS:
        named = named.replace(symbol, name)
    return named


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
