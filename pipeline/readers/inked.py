"""What the ink of a line's picture tells: baseline, size, where words end; and ruled lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from parsers.lines import Box
from parsers.median import median

# Rows with this share of the ink of the fullest stand between the tops and feet of small letters.
_BODY = 0.4
# Rows with less belong to no letter: a stroke of a neighbour, a speck.
_SPECK = 0.03
# A ruled line, in pixels of 200 to the inch: at least so long, at most so thick.
_RULE_LENGTH = 60
_RULE_THICK = 8
_DARK = 150
_FINER = 3
# Gaps between words that differ by less from most are such as most.
_UNEVEN = 0.6
_SPACE = re.compile(" +")


@dataclass(frozen=True, slots=True)
class Ink:
    """Where a line's letters stand in its picture, in pixels.

    Attributes:
        top, bottom: of all of them.
        base: the baseline.
        rise: how far most letters reach above the baseline: small ones where most are small.
        columns: pixels of ink in each column.
        depths: how far they lie from the edge of their stroke, added up for each column.
    """

    top: float
    bottom: float
    base: float
    rise: float
    columns: tuple[int, ...]
    depths: tuple[float, ...]

    def edges(self, text: str, middles: Sequence[float]) -> tuple[list[float], list[float]]:
        """Give the left and right edge of each character of a line.

        Inside a word letters meet half-way; a word ends where its ink does.

        Args:
            text: of the line, without space at its ends.
            middles: of its characters.
        """
        first, last = self._reach(0, len(self.columns))
        bounds = [(left + right) / 2 for left, right in pairwise(middles)]
        lefts, rights = [float(first), *bounds], [*bounds, float(last)]
        spaces = [found.span() for found in _SPACE.finditer(text)]
        gaps = [self._gap(middles[start - 1], middles[end]) for start, end in spaces]
        usual = median(stop - start for start, stop in gaps) if gaps else 0.0
        for (start, end), (right, left) in zip(spaces, gaps, strict=True):
            if abs(left - right - usual) < _UNEVEN * usual:
                # A letter's shape makes gaps uneven, where the font's spaces are all one.
                right, left = (left + right - usual) / 2, (left + right + usual) / 2
            rights[start - 1], lefts[end] = right, left
            step = (left - right) / (end - start)
            for place in range(start, end):
                lefts[place] = right + (place - start) * step
                rights[place] = lefts[place] + step
        return lefts, rights

    def stroke(self, left: float, right: float) -> float:
        """Give the width of the strokes between two edges, 0 where there is no ink."""
        here = slice(int(left), int(min(right, len(self.columns))) + 1)
        count = sum(self.columns[here])
        # Over a bar's width, the distance to its nearer edge is a quarter of it on average.
        return 4 * sum(self.depths[here]) / count if count else 0.0

    def _reach(self, start: int, end: int) -> tuple[int, int]:
        inked = [at for at in range(start, end) if self.columns[at]]
        return (inked[0], inked[-1] + 1) if inked else (start, end)

    def _gap(self, left: float, right: float) -> tuple[float, float]:
        """Give the widest stretch without ink between the middles of two characters."""
        best = (int((left + right) / 2), int((left + right) / 2))
        start = None
        for at in range(int(left), int(right) + 1):
            if at < len(self.columns) and not self.columns[at]:
                start = at if start is None else start
                if at + 1 - start > best[1] - best[0]:
                    best = (start, at + 1)
            else:
                start = None
        return float(best[0]), float(best[1])


def inked(picture: Any) -> Ink | None:
    """Measure a picture of one line; None where it has no ink."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    _, dark = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if dark.mean() > 0.5:
        dark = 1 - dark
    rows = dark.sum(axis=1).tolist()
    most = max(rows, default=0)
    if not most:
        return None
    full = [at for at, count in enumerate(rows) if count >= _BODY * most]
    top, base = full[0], full[-1] + 1
    rise = base - top
    while top > 0 and rows[top - 1] > _SPECK * most:
        top -= 1
    bottom = base
    while bottom < len(rows) and rows[bottom] > _SPECK * most:
        bottom += 1
    columns = dark[top:bottom].sum(axis=0).tolist()
    # In the coarse pixels of a scan a stroke is two or three wide: enlarged, it can be measured.
    fine = cv2.resize(grey, None, fx=_FINER, fy=_FINER, interpolation=cv2.INTER_CUBIC)
    _, strokes = cv2.threshold(fine, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    depths = cv2.distanceTransform(strokes, cv2.DIST_L2, 5)
    depths = cv2.resize(depths, grey.shape[::-1], interpolation=cv2.INTER_AREA) / _FINER
    depths = depths[top:bottom].sum(axis=0).tolist()
    return Ink(top, bottom, base, rise, tuple(columns), tuple(depths))


def ruled_lines(picture: Any) -> list[Box]:
    """Find the straight lines drawn along and down a page, such as a table's."""
    import cv2

    dark = (cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) < _DARK).astype("uint8")
    found = []
    for shape in ((_RULE_LENGTH, 1), (1, _RULE_LENGTH)):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(0, shape))
        count, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
        for left, top, width, height, _ in boxes[1:count].tolist():
            if min(width, height) <= _RULE_THICK:
                found.append(Box(left, top, left + width, top + height))
    return sorted(found)


def erased(picture: Any, rules: Sequence[Box]) -> None:
    """Take ruled lines out of a picture, lest they are read as letters."""
    for rule in rules:
        top, left = max(int(rule.top) - 1, 0), max(int(rule.x0) - 1, 0)
        picture[top : int(rule.bottom) + 2, left : int(rule.x1) + 2] = 255
