"""How right an extraction is against gold: precision, recall, and each field on the records that match.

A prediction matches a gold record when their spans overlap, white space not counted. What overlaps an optional record
counts neither way. A record is strictly right when value, comparator, unit, status, change, time and indicator all are.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from planparse.model import Document, PlanparseError, Span, Target

FIELDS = ("value", "comparator", "unit", "status", "kind", "change", "per", "time", "indicator", "section")
STRICT = ("value", "comparator", "unit", "status", "change", "time", "indicator")
OPEN, CLOSE = "⟦", "⟧"
INVISIBLE = "\ufeff\u200b\u200c\u200d"
SAME_NAME = 0.7  # of difflib's ratio: 新增学位 and 公办园新增学位 are one name, 学位 and 学校 two
_SAME_UNIT = {"个百分点": "百分点", "名次": "名", "位次": "名", "位": "名", "％": "%", "个": "", None: ""}


@dataclass(slots=True)
class Score:
    """Counts of one document, or of several added up, and what was wrong in words."""

    count: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def f1(self, right: str = "tp") -> float:
        return _ratio(2 * self.count[right], 2 * self.count["tp"] + self.count["fp"] + self.count["fn"])

    def figures(self) -> dict[str, float]:
        """f1, strict_f1, and the share of matched records in which each field is right."""
        fields = {name: _ratio(self.count[name], self.count["tp"]) for name in FIELDS}
        return {"f1": self.f1(), "strict_f1": self.f1("strict"), **fields}


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one document: its period, and its records with spans in the text without white space."""

    period: tuple[str | None, str | None]
    records: list[dict[str, Any]]


def squeeze(text: str) -> str:
    """The text with all white space and invisible marks removed."""
    return "".join(c for c in text if not c.isspace() and c not in INVISIBLE)


def read_gold(path: Path, text: str) -> Gold:
    """A gold file beside the text it annotates; PlanparseError names the line that does not fit."""
    bare = squeeze(text)
    period: tuple[str | None, str | None] = (None, None)
    records: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        if "doc" in row:
            period = row["doc"].get("period_start"), row["doc"].get("period_end")
            continue
        before, _, rest = squeeze(row["at"]).partition(OPEN)
        inside, _, after = rest.partition(CLOSE)
        place = -1
        for _ in range(row.get("occ") or 1):
            place = bare.find(before + inside + after, place + 1)
        if place < 0:
            raise PlanparseError(f"{path.name}:{number}: the quotation is not in the document", code="bad-gold")
        start = place + len(before)
        names = row["indicator"] if isinstance(row["indicator"], list) else [row["indicator"]]
        records.append({**row, "indicator": names, "span": Span(start, start + len(inside))})
    return Gold(period, sorted(records, key=lambda r: r["span"]))


def score(gold: Gold, document: Document) -> Score:
    """The score of one document."""
    result = Score()
    matched: dict[int, list[Target]] = {}
    for target, span in _squeezed(document):
        hits = [i for i, row in enumerate(gold.records) if span.overlaps(row["span"])]
        if not hits:
            result.count["fp"] += 1
            result.notes.append(f"SPURIOUS {target.quote!r} {target.indicator!r}")
        else:
            best = max(hits, key=lambda i: _shared(span, gold.records[i]["span"]))
            matched.setdefault(best, []).append(target)
    for i, row in enumerate(gold.records):
        if not row.get("optional"):
            _count_row(row, matched.get(i, []), gold.period, result)
    return result


def add(scores: Iterator[Score]) -> Score:
    """The scores of several documents as one."""
    total = Score()
    for one in scores:
        total.count += one.count
        total.notes += one.notes
    return total


def _count_row(
    row: dict[str, Any], targets: list[Target], period: tuple[str | None, str | None], result: Score
) -> None:
    if not targets:
        result.count["fn"] += 1
        result.notes.append(f"MISSED {row['at']}")
        return
    verdicts = [judge(row, target, period) for target in targets]
    verdict = max(verdicts, key=lambda v: (all(v[name] for name in STRICT), sum(v.values())))
    result.count["tp"] += 1
    result.count["fp"] += len(targets) - 1
    result.count.update(name for name in FIELDS if verdict[name])
    right = all(verdict[name] for name in STRICT)
    result.count["strict"] += right
    if not right:
        target = targets[verdicts.index(verdict)]
        wrong = ", ".join(f"{name} {getattr(target, name)!r}" for name in STRICT if not verdict[name])
        result.notes.append(f"WRONG {row['at']}: {wrong}")


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
    for target in document.targets:
        yield target, Span(offsets[target.start], offsets[target.end])


def _shared(one: Span, two: Span) -> int:
    return min(one.end, two.end) - max(one.start, two.start)


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _plain(text: str | None) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", squeeze(text or "")) if c.isalnum()).lower()


def _alike(one: str, two: str) -> bool:
    a, b = _plain(one), _plain(two)
    return a == b or (bool(a and b) and SequenceMatcher(None, a, b, autojunk=False).ratio() >= SAME_NAME)


def _same(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return abs(one - two) <= 1e-4 * max(1.0, abs(two))


def _unit(unit: str | None) -> str:
    return _SAME_UNIT.get(unit, unit or "")


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
