"""A record as lines for people who review changes: what it says, and by which rules it came about."""

from __future__ import annotations

from planparse.model import Target
from planparse.write.to_table import value_text


def show(target: Target) -> str:
    """Status, kind, quote, indicator with its verb, value, basis of distribution, the time with its own basis, and the
    bodies responsible."""
    time = target.time
    when = "-" if time is None else f"{time.start or ''}/{time.end or ''} {time.basis}"
    name = target.indicator + (f" ({target.action})" if target.action else "")
    low = f" from {target.baseline}" if target.baseline is not None else ""
    than = f" than {target.baseline_text}" if target.baseline_text else ""
    value = value_text(target) + low + than
    bodies = ["by " + "、".join(target.responsible)] if target.responsible else []
    parts = [f"{target.status} {target.kind}", target.quote, name, value, target.per or "-", when, *bodies]
    return " | ".join(" ".join(part.split()) for part in parts)


def reasons(target: Target) -> str:
    """The section, then what decided each part: the rule of the value, those of name, comparator, time, status."""
    decided = {"value": target.rule, **target.why}
    section = [f"§{'.'.join(target.section)}"] if target.section else []
    return " · ".join([*section, *(f"{part} {rule}" for part, rule in decided.items())])
