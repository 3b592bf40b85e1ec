"""Which records are asked for: by status, kind, indicator, section, or a condition on the columns of the flat forms."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from planparse.indicators import find_indicator, indicator_row
from planparse.model import Document, PlanparseError, Target
from planparse.ruleset import per_ruleset
from planparse.write import COLUMNS

Test = Callable[[Document, Target], Any]

COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda item, whole: item in whole,
    ast.NotIn: lambda item, whole: item not in whole,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}


@dataclass(frozen=True)
class Selection:
    """What a record must be, each part by one of several words; an empty part asks for nothing.

    `where` is an expression like `value >= 90 and unit == '%'` on the columns of the flat forms, by either name.
    """

    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    where: str = ""

    def __bool__(self) -> bool:
        return self != Selection()

    def of(self, document: Document) -> Document:
        """The document with the records that are asked for; its ledger and outline stay whole.

        >>> from planparse import extract
        >>> document = extract("2024年计划\\n\\n新增学位800个，巩固率达到95%，新建公园2个。".encode())
        >>> [t.quote for t in Selection(kinds=("count",), where="目标值 > 100").of(document).targets]
        ['800个']
        """
        return (
            replace(document, targets=[t for t in document.targets if self._asks_for(document, t)])
            if self
            else document
        )

    def _asks_for(self, document: Document, target: Target) -> bool:
        return (
            (not self.statuses or target.status in self.statuses)
            and (not self.kinds or target.kind in self.kinds)
            and (not self.indicators or any(_is_of(target, name) for name in self.indicators))
            and (not self.sections or any(_stands_in(target, section) for section in self.sections))
            and (not self.where or bool(self._test(document, target)))
        )

    @cached_property
    def _test(self) -> Test:
        return read_condition(self.where)

    def __getstate__(self) -> dict[str, Any]:
        """Without the condition as read: another process reads it again."""
        return {name: value for name, value in self.__dict__.items() if name != "_test"}


ALL = Selection()


@per_ruleset
def _id_of(name: str) -> str | None:
    return name if indicator_row(name) else find_indicator(name)


def _is_of(target: Target, name: str) -> bool:
    """By the id or a spelling of an indicator; by part of its name for one that the rules do not know."""
    known = _id_of(name)
    return target.indicator_id == known if known else name in target.indicator


def _stands_in(target: Target, section: str) -> bool:
    """三 and 三>2 by the labels from the outermost on; any other words by the heading."""
    labels = [label.strip() for label in section.split(">")]
    return target.section[: len(labels)] == labels or section in (target.heading or "")


def read_condition(where: str) -> Test:
    """The condition as a function; PlanparseError says what of it is not understood.

    >>> read_condition("value >")
    Traceback (most recent call last):
    planparse.model.PlanparseError: --where is not understood at 'value >'; write it as value >= 90 and unit == '%'
    """
    try:
        return _built(ast.parse(where.strip(), mode="eval").body, where)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _not_understood(where) from None


def _built(node: ast.expr, where: str) -> Test:
    """An expression as a function; nothing of Python but comparisons, and, or, not, columns and constants."""
    if isinstance(node, ast.BoolOp):
        tests, whole = [_built(value, where) for value in node.values], all if isinstance(node.op, ast.And) else any
        return lambda d, t: whole(test(d, t) for test in tests)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        inner = _built(node.operand, where)
        return (lambda d, t: not inner(d, t)) if isinstance(node.op, ast.Not) else (lambda d, t: -inner(d, t))
    if isinstance(node, ast.Compare):
        return _compared(node, where)
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        items = [_built(item, where) for item in node.elts]
        return lambda d, t: tuple(item(d, t) for item in items)
    if isinstance(node, ast.Constant) and isinstance(node.value, (str, int, float, type(None))):
        constant = node.value
        return lambda d, t: constant
    if isinstance(node, ast.Name):
        return _column(node.id)
    raise _not_understood(ast.unparse(node))


def _compared(node: ast.Compare, where: str) -> Test:
    sides = [_built(side, where) for side in (node.left, *node.comparators)]
    steps = [COMPARE[type(op)] for op in node.ops]

    def test(document: Document, target: Target) -> bool:
        values = [side(document, target) for side in sides]
        try:
            return all(step(a, b) for step, a, b in zip(steps, values, values[1:], strict=False))
        except TypeError:  # an empty cell is not above nor below anything
            return False

    return test


def _column(name: str) -> Test:
    for column in COLUMNS:
        if name in (column.name, column.zh):
            value = column.value
            return lambda d, t: found.isoformat() if isinstance(found := value(d, t), date) else found
    known = ", ".join(column.name for column in COLUMNS)
    raise PlanparseError(f"--where names no column {name!r}; the columns are {known}", code="bad-condition")


def _not_understood(piece: str) -> PlanparseError:
    return PlanparseError(
        f"--where is not understood at {piece!r}; write it as value >= 90 and unit == '%'", code="bad-condition"
    )
