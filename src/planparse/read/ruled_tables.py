"""Tables drawn with ruling lines, found where the rules cross."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from planparse.read.page_layout import Rows, Run, group_lines, join, join_lines

MIN_RULES = 4  # lines that make a table of one row and two columns, or a frame
MAX_RULES, MAX_CROSSINGS = 1_000, 4_000  # of a page that is no map or plan: time grows with their square
THIN = 3.0  # points; a box narrower than this is a rule
MIN_NUMBERED = 3  # lines that are rows of their own, where a column numbers them
SNAP = 3.0  # points; rules nearer to each other than this are one

Point = tuple[float, float]
Edge = dict[str, Any]


class TooManyRules(Exception):
    """A page has more rules than are looked into."""


def may_hold_tables(rules: Sequence[Run]) -> bool:
    """Whether there are enough rules, and an upright one among them: level ones alone set a head or a note apart."""
    return len(rules) >= MIN_RULES and any(rule.height > max(rule.width, THIN) for rule in rules)


def find_ruled_tables(rules: Sequence[Run], runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """The tables that rules draw around runs of text; and the frames of a single column, which are none."""
    if not may_hold_tables(rules):
        return [], []
    from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges([_edge(rule) for rule in rules], SNAP, SNAP, SNAP, SNAP)
    if len(edges) > MAX_RULES:
        raise TooManyRules
    edges = merge_edges([*edges, *_closing(edges), *_sides(edges)], SNAP, SNAP, SNAP, SNAP)
    crossings = edges_to_intersections(edges, SNAP, SNAP)
    if len(crossings) > MAX_CROSSINGS:
        raise TooManyRules
    cells = intersections_to_cells(crossings)
    no_page: Any = None  # a table asks it for text, which stands here already
    groups = cells_to_tables(cells)
    grids = [Table(no_page, group) for group in groups]
    alone = set(cells).difference(*groups)
    frames = [_upright(box, 0) for box in (*alone, *(grid.bbox for grid in grids if len(grid.rows[0].cells) == 1))]
    tables = (table_run(grid, 0, runs) for grid in grids)
    return [table for table in tables if table is not None], frames


def table_run(table: Any, height: float, runs: Sequence[Run]) -> Run | None:
    """A table of pdfplumber as a run with rows; a frame of a single column is no table.

    `height` is where on the page the table's distances, which grow downwards, begin.
    """
    place = _upright(table.bbox, height)
    inside = sorted((run for run in runs if place.holds(run)), key=_height)
    rows = [texts for row in table.rows for texts in _row_texts([c and _upright(c, height) for c in row.cells], inside)]
    if len(rows[0]) == 1 or not any(any(row) for row in rows):
        return None
    place.rows = rows
    return place


def rules_along(sides: Iterable[tuple[Point, Point]]) -> list[Run]:
    """The level and upright ones among the sides of a path."""
    boxes = (Run(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in sides)
    return [box for box in boxes if min(box.width, box.height) < THIN <= max(box.width, box.height)]


def _edge(rule: Run) -> Edge:
    x, y = rule.middle
    if rule.height < rule.width:
        return as_edge("h", rule.left, rule.right, -y, -y)
    return as_edge("v", x, x, -rule.top, -rule.bottom)


def as_edge(orientation: str, x0: float, x1: float, top: float, bottom: float) -> Edge:
    """A rule as pdfplumber has it, with distances that grow downwards."""
    size = {"width": x1 - x0, "height": bottom - top}
    return {"orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom, **size}


def _closing(edges: list[Edge]) -> list[Edge]:
    """Rules that a page break leaves out: from one upright rule to the next where both begin, or end, together."""
    upright = sorted((edge for edge in edges if edge["orientation"] == "v"), key=lambda e: float(e["x0"]))
    closing = []
    for end in ("top", "bottom"):
        for y in {edge[end] for edge in upright}:
            at = [edge for edge in upright if edge["top"] - SNAP <= y <= edge["bottom"] + SNAP]
            closing += [
                as_edge("h", a["x0"], b["x0"], y, y)
                for a, b in pairwise(at)
                if abs(a[end] - y) < SNAP and abs(b[end] - y) < SNAP
            ]
    return closing


def _sides(edges: list[Edge]) -> list[Edge]:
    """Upright rules where a table is open to the left and right: between level ones that begin, or end, at one place
    beyond an upright rule which runs from one to the other."""
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    level = [edge for edge in edges if edge["orientation"] == "h"]
    sides = []
    for end in ("x0", "x1"):
        for a, b in _pairs(level, end):
            if any(a["x0"] < u["x0"] < a["x1"] and _spans(u, a["top"], b["top"]) for u in upright):
                sides.append(as_edge("v", a[end], a[end], a["top"], b["top"]))
    return sides


def _pairs(level: list[Edge], end: str) -> Iterator[tuple[Edge, Edge]]:
    """Level rules each with the next below it that begins, or ends, where it does."""
    places: list[list[Edge]] = []
    for edge in sorted(level, key=lambda e: float(e[end])):
        if not places or edge[end] - places[-1][-1][end] > SNAP:
            places.append([])
        places[-1].append(edge)
    for place in places:
        yield from pairwise(sorted(place, key=lambda e: float(e["top"])))


def _spans(upright: Edge, top: float, bottom: float) -> bool:
    return bool(upright["top"] - SNAP <= top and bottom <= upright["bottom"] + SNAP)


def _upright(box: tuple[float, float, float, float], height: float) -> Run:
    left, top, right, bottom = box
    return Run(left, height - bottom, right, height - top)


def _height(run: Run) -> float:
    return run.middle[1]


def _row_texts(cells: Sequence[Run | None], runs: list[Run]) -> Rows:
    """What stands in the cells of a row; in several rows where no rule divides them, but a column of numbers does."""
    held = [None if cell is None else _held(cell, runs) for cell in cells]
    tops = next((tops for inside in held if inside and (tops := _numbered(inside))), None)
    if tops is None:
        return [[None if inside is None else join_lines(inside) for inside in held]]
    found: Rows = [[None if inside is None else "" for inside in held] for _ in tops]
    for column, inside in enumerate(held):
        lines: list[list[Run]] = [[] for _ in tops]
        for line in group_lines(inside or []):
            lines[max(0, bisect_left(tops, -line[0].middle[1] + line[0].height / 2) - 1)] += line
        for row, texts in zip(found, lines, strict=True):
            row[column] = join_lines(texts) if inside is not None else None
    return found


def _held(cell: Run, runs: list[Run]) -> list[Run]:
    """What stands in a cell, of runs sorted by their height."""
    level = runs[bisect_left(runs, cell.bottom, key=_height) : bisect_right(runs, cell.top, key=_height)]
    return [run for run in level if cell.holds(run)]


def _numbered(runs: list[Run]) -> list[float] | None:
    """How far down the lines of a cell stand that are but numbers, each one more than that above: 1, 2, 3."""
    if len(runs) < MIN_NUMBERED or not "".join(run.text for run in runs).replace(" ", "").isdecimal():
        return None  # as nearly all cells: no need to look for their lines
    lines = group_lines(runs)
    words = [join(line).text.strip() for line in lines]
    if len(words) < MIN_NUMBERED or not all(word.isdecimal() for word in words):
        return None
    if any(int(after) != int(before) + 1 for before, after in pairwise(words)):
        return None
    return [-line[0].middle[1] for line in lines]
