"""Records as one line each, the form that the case files write them in."""

from __future__ import annotations

from planparse.model import Target
from planparse.write.to_table import value_text


def show(target: Target) -> str:
    """status | quote | indicator | value | time, with baseline and bodies where there are any."""
    time = target.time
    when = (
        "-"
        if time is None
        else f"{time.start or ''}/{time.end or ''}{'' if time.basis == 'explicit' else ' (document)'}"
    )
    parts = [target.status, "".join(target.quote.split()), target.indicator, value_text(target), when]
    if target.baseline is not None or target.baseline_text:
        parts.append(f"from {target.baseline if target.baseline is not None else target.baseline_text}")
    if target.responsible:
        parts.append("by " + "、".join(target.responsible))
    return " | ".join(parts)
