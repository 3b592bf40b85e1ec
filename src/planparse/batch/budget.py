"""What one document of a batch may take."""

from __future__ import annotations

from typing import NamedTuple


class Budget(NamedTuple):
    """Seconds on the clock, and megabytes of memory of the process that reads it."""

    seconds: float = 300
    megabytes: int = 2_000
