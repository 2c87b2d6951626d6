"""Lines that stand set in within their column, as those of a list's item do."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.items import Item
from parsers.lines import Line

Column = tuple[int | None, float]
"""A page, and the right edge of what is set in one column of it, in points."""

# In ems: the lines of an item are set in by more, those of the text by less.
_SET_IN, _FLUSH = 0.5, 0.1


def column_starts(items: Sequence[Item]) -> dict[Column, float]:
    """Give where each column's leftmost line begins, in points; cells are no columns."""
    starts: dict[Column, float] = {}
    for line in (item.line for item in items):
        if line.box is not None and (column := _column(line)):
            starts[column] = min(starts.get(column, line.box.x0), line.box.x0)
    return starts


def outdents(before: Line, after: Line, starts: dict[Column, float]) -> bool:
    """Whether the first line of a column is not set in as the last one of the column before is.

    Args:
        before: the last line of a column.
        after: the first one of the next.
        starts: where columns begin, as :func:`column_starts` gives them.
    """
    last, first = _set_in(before, starts), _set_in(after, starts)
    return last is not None and first is not None and last > _SET_IN and first < _FLUSH


def _column(line: Line) -> Column | None:
    return (line.page, round(line.room)) if line.room is not None and line.cell is None else None


def _set_in(line: Line, starts: dict[Column, float]) -> float | None:
    column = _column(line)
    if line.box is None or column is None:
        return None
    return (line.box.x0 - starts[column]) / (line.size or 10.0)
