"""List marks that are drawn as shapes, as browsers draw those of ``<ul>``, set as bullets."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from parsers.lines import Box
from pipeline.readers.strips import Strip

# Width and height of a dot, in points, and how unlike they may be.
_DOT, _UNLIKE = (1.5, 8.0), 0.6
# The same in ems of the text behind it, and how far that may begin.
_SMALLEST, _LARGEST, _NEAR = 0.15, 0.5, 2.5
# Where a dot's middle stands above the baseline, in ems.
_LOW, _HIGH = 0.1, 0.6
# So many on a page are a chart's, or a dotted line's.
_MOST = 150
_BULLET = "•"


def dot_sized(box: Box) -> bool:
    """Whether a drawing has the size of a list's mark."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    return _DOT[0] <= width < _DOT[1] and abs(width - height) <= _UNLIKE


def bullets(dots: Sequence[Box], strips: Sequence[Strip]) -> list[Strip]:
    """Give a bullet for each dot that stands alone before the first text of a line."""
    if not dots or len(dots) > _MOST:
        return []
    found: list[Strip] = []
    # What is drawn twice, filled and with its outline, is one dot.
    for dot in dict.fromkeys(Box(*(round(edge, 1) for edge in each)) for each in dots):
        middle = (dot.top + dot.bottom) / 2
        level = [one for one in strips if _LOW * one.size <= one.base - middle <= _HIGH * one.size]
        text = min((one for one in level if one.x0 >= dot.x1), key=lambda one: one.x0, default=None)
        if text is None or text.x0 - dot.x1 > _NEAR * text.size:
            continue
        reach = _NEAR * text.size
        alone = not any(dot.x0 - reach < other.x1 < dot.x1 + 0.1 for other in level) and not any(
            other.top < middle < other.bottom and 0.1 < abs(other.x0 - dot.x0) < reach
            for other in dots
        )
        if alone and _SMALLEST * text.size <= dot.x1 - dot.x0 <= _LARGEST * text.size:
            found.append(
                Strip(
                    _BULLET,
                    array("f", [dot.x0]),
                    array("f", [dot.x1]),
                    dot.x0,
                    dot.x1,
                    text.base,
                    text.size,
                    text.bold,
                    text.ascent,
                    text.descent,
                )
            )
    return found
