"""How much room a printed line leaves: whether the next one's first word would have fitted."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.items import Item
from parsers.lines import Line

# Widths of a space in ems, from the narrowest to the widest with something to spare: a break was
# meant where the next word would have fitted even behind a wide one.
_NARROW_SPACE, _WIDE_SPACE, _HAIR = 0.2, 0.48, 0.1
# What stands beside a picture may stand in a cell, whose right side keeps so many ems free, over
# so many lines.
_CELL_PADDING, _CELL_LINES = 1.2, 8
# More than all of these.
_MOST_SPARE = 2.2
# Lines of one cell, or of columns alike, keep to edges this near each other, in points.
_SAME_X = 0.5


def fits(items: Sequence[Item], index: int, word: str) -> bool | None:
    """Whether a word would have fitted on the line before an item; None where nothing tells.

    Args:
        items: the content lines in order.
        index: of the item that the word begins.
        word: the first of the item.
    """
    before, after = items[index - 1].line, items[index].line
    if before.room is None or before.cell != after.cell:
        return None
    if not (before.box and after.lefts and after.rights):
        return None
    at = after.text.find(word)
    if at < 0 or at + len(word) > len(after.rights):
        return None
    needed = after.rights[at + len(word) - 1] - after.lefts[at]
    size = before.size or 10.0
    scale = size / after.size if after.size else 1.0
    end = before.box.x1 + needed * scale
    if end + _MOST_SPARE * size < before.room:
        return True
    if end + _WIDE_SPACE * size < before.room:
        return end + _spare(items, index - 1) * size < before.room or None
    return False if end + _NARROW_SPACE * size > before.room else None


def same_column(before: Line, after: Line) -> bool:
    """Whether a line at a page's top keeps to the same right edge as the one before it."""
    return (
        before.page != after.page
        and before.room is not None
        and after.room is not None
        and abs(before.room - after.room) < _SAME_X
    )


def _spare(items: Sequence[Item], index: int) -> float:
    """Give how many ems behind the line of an item leave no room for a space and a word."""
    line = items[index].line
    spare = _WIDE_SPACE + _wider(line)
    for item in reversed(items[max(0, index + 1 - _CELL_LINES) : index + 1]):
        other = item.line
        if other.box is None or line.box is None or abs(other.box.x0 - line.box.x0) > _SAME_X:
            break
        if other.picture:
            return spare + _CELL_PADDING
    return spare


def _wider(line: Line) -> float:
    """Give by how many ems the least space of a line exceeds a wide one, as in type of one width.

    Such lines are full to the hair.
    """
    if not line.lefts or not line.rights:
        return 0.0
    least = min(
        [
            line.lefts[at + 1] - line.rights[at - 1]
            for at, char in enumerate(line.text[1:-1], 1)
            if char == " "
        ],
        default=0.0,
    )
    least /= line.size or 10.0
    return least - _WIDE_SPACE + _HAIR if least > _WIDE_SPACE else 0.0
