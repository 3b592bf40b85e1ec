"""The ruled tables of a picture: OpenCV finds the lines, pdfplumber the cells between them."""

from __future__ import annotations

from typing import Any

import cv2
import numpy
from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from planparse.read.ruled_tables import SNAP, Edge, as_edge

SHORTEST, THICKEST = 18, 5  # points; shorter lines are strokes of hanzi, thicker ones bars and pictures
MAX_LINES, MAX_CROSSINGS = 300, 1_500  # of a page; more are a pattern, in which looking for cells takes too long


def find_tables(pixels: Any, points: float) -> list[Any]:
    """The tables of a level gray picture, their cells in points from its upper left corner."""
    ink = cv2.adaptiveThreshold(pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    edges = [_edge(box, "h") for box in _lines(ink, points)]
    edges += [_edge((top, left, bottom, right), "v") for left, top, right, bottom in _lines(ink.T, points)]
    if len(edges) > MAX_LINES:
        return []
    merged = merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    crossings = edges_to_intersections(merged, SNAP, SNAP)
    if len(crossings) > MAX_CROSSINGS:
        return []
    no_page: Any = None  # what only text and cropping need
    return [Table(no_page, cells) for cells in cells_to_tables(intersections_to_cells(crossings))]


def _lines(ink: Any, points: float) -> list[tuple[float, float, float, float]]:
    """The level lines of a picture as left, top, right, bottom; where they waver by a pixel they are one."""
    thick = cv2.dilate(numpy.ascontiguousarray(ink), numpy.ones((3, 1), numpy.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, numpy.ones((1, 1 + round(SHORTEST / points)), numpy.uint8))
    boxes = cv2.connectedComponentsWithStats(long)[2][1:, :4] * points
    return [(x, y, x + width, y + height) for x, y, width, height in boxes.tolist() if height <= THICKEST]


def _edge(box: tuple[float, float, float, float], orientation: str) -> Edge:
    """A line without thickness."""
    left, top, right, bottom = box
    if orientation == "h":
        top = bottom = (top + bottom) / 2
    else:
        left = right = (left + right) / 2
    return as_edge(orientation, left, right, top, bottom)
