"""A comparison as JSON: the verdicts counted, and one row a line with both records whole."""

from __future__ import annotations

import json

from planparse._version import __version__
from planparse.compare.rows import SIDES, Comparison, Row
from planparse.model import SCHEMA_VERSION
from planparse.write.to_json import as_json


def to_json(comparison: Comparison) -> str:
    """{"schema_version", "generator", "comparison", two documents, "counts", "rows"}; ends with a line end."""
    (one, _), (two, _) = SIDES[comparison.kind]
    head = {
        "schema_version": SCHEMA_VERSION,
        "generator": f"planparse {__version__}",
        "comparison": comparison.kind,
        one: as_json(comparison.one.document),
        two: as_json(comparison.two.document),
        "counts": dict(comparison.counts),
    }
    rows = [_row(row, one, two) for row in comparison.rows]
    lines = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "rows": [\n  {lines}]}}\n'


def _row(row: Row, one: str, two: str) -> dict[str, object]:
    return {"verdict": row.verdict, "reason": row.reason or None, one: as_json(row.one), two: as_json(row.two)}
