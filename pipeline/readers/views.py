"""A drawn page, seen with one of its sides up: straightened, and its lines read one by one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import Any

from parsers.lines import Box
from pipeline.readers import ocr
from pipeline.readers.inked import Ink, erased, inked, ruled_lines

# Lines this many times as long as high tell how a page is turned, and how askew it lies.
_LONG = 4.0
_LEAST_SKEW = 0.05
# Widths of characters in ems, as in most fonts without serifs; of all others 0.56.
_WIDTHS = {
    char: width
    for chars, width in (
        ("ijlI|'’.,:;!·", 0.25),
        ('ftr()[]-/ìí“”"', 0.32),
        ("sckvxyzJç°", 0.5),
        ("ABEFKPSTVXYZÀÈÉ", 0.66),
        ("CDGHNOQRUÒÙ", 0.75),
        ("mM—", 0.85),
        ("wW…", 0.8),
    )
    for char in chars
}
_WIDTH = 0.56
# What a word's ink leaves free at its two ends.
_BEARING = 0.08
_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class ReadLine:
    """A line read, in pixels of the straightened picture; ``ink`` from ``left`` on."""

    text: str
    left: float
    lefts: list[float]
    rights: list[float]
    sure: list[float]
    ink: Ink

    def stroke(self, start: int, end: int) -> float:
        """The width of the strokes of some of its characters."""
        return self.ink.stroke(self.lefts[start] - self.left, self.rights[end - 1] - self.left)

    @property
    def wide(self) -> float:
        """The size that the widths of its words tell of, if its font is one like most."""
        words = [match.span() for match in _WORD.finditer(self.text)]
        inked = sum(self.rights[end - 1] - self.lefts[start] for start, end in words)
        ems = sum(_WIDTHS.get(char, _WIDTH) for char in self.text if char != " ")
        return inked / max(ems - _BEARING * len(words), _BEARING)


class View:
    """A page drawn with one of its sides up, straightened; pixels of the finer picture."""

    def __init__(
        self,
        engine: ocr.Engine,
        turns: int,
        corners: list[list[tuple[float, float]]],
        found_width: int,
        fine: Any,
        again: Any,
    ) -> None:
        self._engine = engine
        self.turns = turns
        self.width = fine.shape[1]
        scale = self.width / found_width
        boxes = [[(x * scale, y * scale) for x, y in box] for box in corners]
        flat = [box for box in boxes if _length(box) > _LONG * _height(box)]
        tall = [box for box in boxes if _height(box) > _LONG * _length(box)]
        self.on_its_side = sum(map(_height, tall)) > sum(map(_length, flat))
        slopes = [_slope(box) for box in flat]
        self.skew = round(median(slopes), 2) if slopes else 0.0
        if abs(self.skew) < _LEAST_SKEW:
            self.skew = 0.0
        self._fine, self._again = (_turned(picture, self.skew) for picture in (fine, again))
        height = fine.shape[0]
        self._boxes = sorted(
            _straightened(box, self.skew, self.width / 2, height / 2) for box in boxes
        )
        self._boxes.sort(key=lambda box: (box.top, box.x0))
        self.rules: list[Box] = []
        self.lines: list[ReadLine] = []

    def sureness(self, count: int) -> float:
        """How sure the reading of the longest lines is, 0 to 1."""
        longest = sorted(self._boxes, key=lambda box: box.x0 - box.x1)[:count]
        seen = [self._engine.read(_cut(self._fine, box)) for box in longest]
        sure = [one for line in seen for one in line.sure]
        return fmean(sure) if sure else 0.0

    def read_all(self) -> None:
        """Read every line; one with figures a second time, in another drawing of it."""
        dots = self.width / self._again.shape[1]
        self.rules = ruled_lines(self._fine)
        erased(self._fine, self.rules)
        erased(self._again, [scaled(box, 1 / dots) for box in self.rules])
        for box in self._boxes:
            picture = _cut(self._fine, box)
            if not picture.size:
                continue
            seen = self._engine.read(picture)
            ink = inked(picture)
            if not seen.text or ink is None:
                continue
            sure = seen.sure
            if any(char.isdigit() for char in seen.text):
                tight = Box(box.x0, max(box.top, 0) + ink.top, box.x1, max(box.top, 0) + ink.bottom)
                second = self._engine.read(_cut(self._again, scaled(tight, 1 / dots)))
                sure = ocr.doubted(seen, second)
            lefts, rights = ink.edges(seen.text, seen.middles)
            left, top = max(math.floor(box.x0), 0), max(math.floor(box.top), 0)
            self.lines.append(
                ReadLine(
                    seen.text,
                    left,
                    [left + edge for edge in lefts],
                    [left + edge for edge in rights],
                    sure,
                    replace(ink, base=top + ink.base),
                )
            )


def _length(box: Sequence[tuple[float, float]]) -> float:
    return math.dist(box[0], box[1])


def _height(box: Sequence[tuple[float, float]]) -> float:
    return math.dist(box[0], box[3])


def _slope(box: Sequence[tuple[float, float]]) -> float:
    """Degrees clockwise by which a line's box lies askew."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = box
    return math.degrees(math.atan2((by - ay) + (cy - dy), (bx - ax) + (cx - dx)))


def _turned(picture: Any, degrees: float) -> Any:
    """Turn a picture back by the degrees clockwise that it lies askew."""
    if not degrees:
        return picture
    import cv2

    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )


def _straightened(box: Sequence[tuple[float, float]], degrees: float, x: float, y: float) -> Box:
    angle = math.radians(-degrees)
    cosine, sine = math.cos(angle), math.sin(angle)
    points = [
        (x + (px - x) * cosine - (py - y) * sine, y + (px - x) * sine + (py - y) * cosine)
        for px, py in box
    ]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _cut(picture: Any, box: Box) -> Any:
    return picture[
        max(math.floor(box.top), 0) : math.ceil(box.bottom),
        max(math.floor(box.x0), 0) : math.ceil(box.x1),
    ]


def scaled(box: Box, scale: float) -> Box:
    """Give a box in the lengths of a picture that is so many times as large."""
    return Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)
