"""Enumerations: the numbers of a sentence that one clause says together, and those that others are counted from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planparse.assemble.bounds import is_baseline, read_comparator
from planparse.assemble.clauses import clause_start
from planparse.assemble.context import veto_in_context
from planparse.assemble.scene import Scene
from planparse.model import Comparator, Quantity, Veto
from planparse.rules import cue


def drop_context(scene: Scene) -> list[Veto]:
    """Takes out what the context shows to be no target, and the baselines that belong to the number after them."""
    vetoes: list[Veto] = []
    kept: list[Quantity] = []
    for quantity in scene.quantities:
        if veto := veto_in_context(scene.text, quantity, scene.sentence.start, scene.sentence.end):
            vetoes.append(veto)
            if veto.rule == "context.duration":  # 营收|5年|增长: no part of the name around it
                scene.excluded.append(veto.span)
        else:
            kept.append(quantity)
    scene.quantities = kept
    said = scene.text[scene.sentence.start : kept[-1].span.start] if len(kept) > 1 else ""
    counted_from = any(map(said.__contains__, "由从较比"))
    for lows, highs in pairwise(groups(scene)) if counted_from else ():  # 由5%、8%分别提高到7%、9%
        floor = clause_start(scene.text, lows[0].span.start, scene.sentence.start)
        if len(lows) in (1, len(highs)) and is_baseline(scene.text, lows, highs[0], floor):
            scene.baselines |= {high.span: low for low, high in zip(lows, highs, strict=False)}
    low_spans = {low.span for low in scene.baselines.values()}
    scene.quantities = [quantity for quantity in kept if quantity.span not in low_spans]
    return vetoes + [Veto(span, "structure", "context.baseline") for span in low_spans]


def groups(scene: Scene) -> Iterator[list[Quantity]]:
    """Numbers that stand in one enumeration: 93%、92%和73%; those of one kind, or any behind 分别."""
    group: list[Quantity] = []
    for quantity in scene.quantities:
        if group and not _goes_on(scene, group, quantity):
            yield group
            group = []
        group.append(quantity)
    if group:
        yield group


def _goes_on(scene: Scene, group: list[Quantity], quantity: Quantity) -> bool:
    """Whether a number belongs to the enumeration before it."""
    if not cue("group.joined").fullmatch(scene.text, group[-1].span.end, quantity.span.start):
        return False
    begin = clause_start(scene.text, group[0].span.start, scene.sentence.start)
    return quantity.kind == group[-1].kind or "分别" in scene.text[begin : group[0].span.start]


def common_comparator(scene: Scene, group: list[Quantity], begin: int, *, respective: bool) -> Comparator:
    """What bounds every member of an enumeration: the words before the first (不少于|5天、20小时), or where it is
    distributed those after the last."""
    first, last = group[0], group[-1]
    if respective:
        tail = read_comparator(scene.text, last, last.span.start, scene.sentence.end).comparator
        if tail not in ("=", "range"):
            return tail
    lead = read_comparator(scene.text, first, begin, first.span.end).comparator
    return "=" if lead == "range" or first.more else lead
