"""The picture of a page as recognition wants it: gray, without stamps, dust, and what shows through from behind."""

from __future__ import annotations

from typing import Any

import cv2
import numpy

STAMP = 70  # points; a red thing that is wider and higher is no text
RED = 25  # of 255, by which red stands out from green and blue
SHADE, WINDOW = 8, 21  # the paper is the median of a picture this much smaller, over so many of its pixels
INK = 99.8  # percentile of the darkness of pixels: two in a thousand are the darkest ink even of a few lines
SEEN, STRONG = 0.15, 0.4  # of the darkest ink: what is no mere noise, and what print has at least in its middle
THINNEST = 4  # how many times as long as wide a picture may be
DUST, ALONE = 2.0, 4.0  # points; dots so small, so far from anything larger, are no marks of the text


def cleaned(colours: Any, points: float) -> Any:
    """The gray picture of an RGB one; `points` is the size of a pixel."""
    return _with_room(without_faint(without_stamps(colours, points), points))


def _with_room(gray: Any) -> Any:
    """A picture that is no thin strip, with more paper at the right or below: recognition enlarges the shorter side."""
    high, wide = gray.shape
    below, right = (max(0, max(high, wide) // THINNEST - side) for side in (high, wide))
    return cv2.copyMakeBorder(gray, 0, below, 0, right, cv2.BORDER_CONSTANT, value=255)


def without_stamps(colours: Any, points: float) -> Any:
    """Gray, with what reflects as much red as the ink of a stamp turned to paper where one stands; black does not."""
    gray = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    red, others = colours[..., 0], colours[..., 1:].max(axis=2)
    inked = (cv2.subtract(red, others) > RED).astype(numpy.uint8)
    if not inked.any():
        return gray
    whole = cv2.dilate(inked, numpy.ones((3, 3), numpy.uint8))
    for left, top, width, height, _ in cv2.connectedComponentsWithStats(whole)[2][1:].tolist():
        if min(width, height) * points > STAMP:
            place = slice(top, top + height), slice(left, left + width)
            paper, ink = float(numpy.median(gray[place])), float(numpy.percentile(red[place][inked[place] > 0], 15))
            gray[place] = numpy.minimum(red[place] * (paper / ink), paper).astype(numpy.uint8)
    return gray


def without_faint(gray: Any, points: float) -> Any:
    """Print that is nowhere dark, and dust, turned to paper."""
    high, wide = gray.shape
    small = cv2.resize(gray, (max(1, wide // SHADE), max(1, high // SHADE)), interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(small, WINDOW), (wide, high))
    dark = 255 - cv2.divide(gray, paper, scale=255)
    ink = numpy.percentile(dark, INK)
    count, labels, stats, _ = cv2.connectedComponentsWithStats((dark > SEEN * ink).astype(numpy.uint8))
    kept: Any = numpy.zeros(count, bool)
    kept[numpy.unique(labels[dark > STRONG * ink])] = True
    large = kept & (stats[:, 2:4].max(axis=1) * points > DUST)
    large[0] = False
    reach = 1 + 2 * round(ALONE / points)
    near: Any = numpy.zeros(count, bool)
    near[numpy.unique(labels[cv2.dilate(large[labels].astype(numpy.uint8), numpy.ones((reach, reach))) > 0])] = True
    kept &= near
    kept[0] = True
    return numpy.where(kept[labels], gray, paper)
