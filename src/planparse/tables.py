"""Indicator tables: every numeric cell of an indicator row becomes a record."""

from __future__ import annotations

from datetime import date

from planparse.model import Source, Target


def table_targets(source: Source, period: tuple[date | None, date | None]) -> list[Target]:
    return []
