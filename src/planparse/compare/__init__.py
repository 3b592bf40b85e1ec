"""Two documents side by side: what a later plan asks for against an earlier one, and what became of a plan.

Where two records are not certainly the same measure of the same thing, there is no verdict: a row says why instead.
"""

from __future__ import annotations

from planparse.compare.diff import diff
from planparse.compare.fulfil import fulfil
from planparse.compare.rows import Comparison, Row

__all__ = ["Comparison", "Row", "diff", "fulfil"]
