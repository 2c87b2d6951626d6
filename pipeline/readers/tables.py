"""Ruled tables: the cells that lines on the page enclose."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.lines import Box
from pipeline.readers.rules import is_vertical
from pipeline.readers.strips import Fragment

# Lines that come this near, in points, touch.
_TOUCH = 3.0
_MOST_RULES = 2000


@dataclass(slots=True, eq=False)
class Cell:
    """A cell that holds text; ``row`` and ``column`` count the table's rows and columns."""

    box: Box
    row: int
    column: int
    fragments: list[Fragment]


def find_tables(rules: Sequence[Box], fragments: Sequence[Fragment]) -> list[list[Cell]]:
    """Give the ruled tables of a page that have text in two columns or more, cells in order.

    A frame around text, or a box behind one label, is no table.
    """
    found: list[list[Cell]] = []
    if not 4 <= len(rules) <= _MOST_RULES:
        return found
    for group in _touching(rules):
        upright = [rule for rule in group if is_vertical(rule)]
        level = [rule for rule in group if not is_vertical(rule)]
        if len(upright) < 2 or len(level) < 2:
            continue
        cells = _cells(upright, level, fragments)
        if len({cell.column for cell in cells}) > 1:
            found.append(cells)
    return found


def _touching(rules: Sequence[Box]) -> list[list[Box]]:
    """Put rules together that touch, directly or through others."""
    ordered = sorted(rules, key=lambda rule: rule.top)
    parents = list(range(len(ordered)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for at, rule in enumerate(ordered):
        for other in range(at + 1, len(ordered)):
            next_rule = ordered[other]
            if next_rule.top > rule.bottom + _TOUCH:
                break
            if next_rule.x0 <= rule.x1 + _TOUCH and next_rule.x1 >= rule.x0 - _TOUCH:
                parents[root(other)] = root(at)
    groups: dict[int, list[Box]] = {}
    for at, rule in enumerate(ordered):
        groups.setdefault(root(at), []).append(rule)
    return list(groups.values())


def _cells(
    upright: Sequence[Box], level: Sequence[Box], fragments: Sequence[Fragment]
) -> list[Cell]:
    left, right = _sides(upright, level)
    top, bottom = min(rule.top for rule in level), max(rule.bottom for rule in level)
    cells: list[Cell] = []
    for one in fragments:
        x, y = (one.x0 + one.x1) / 2, one.base - 0.3 * one.size
        if not (left <= x <= right and top <= y <= bottom):
            continue
        beside = [(r.x0 + r.x1) / 2 for r in upright if r.top - _TOUCH <= y <= r.bottom + _TOUCH]
        around = [(r.top + r.bottom) / 2 for r in level if r.x0 - _TOUCH <= x <= r.x1 + _TOUCH]
        box = Box(
            max((at for at in beside if at <= x), default=left),
            max((at for at in around if at <= y), default=top),
            min((at for at in beside if at > x), default=right),
            min((at for at in around if at > y), default=bottom),
        )
        for cell in cells:
            if abs(cell.box.x0 - box.x0) < _TOUCH and abs(cell.box.top - box.top) < _TOUCH:
                cell.fragments.append(one)
                break
        else:
            cells.append(Cell(box, 0, 0, [one]))
    tops = _steps([cell.box.top for cell in cells])
    sides = _steps([cell.box.x0 for cell in cells])
    for cell in cells:
        cell.row = bisect(tops, cell.box.top) - 1
        cell.column = bisect(sides, cell.box.x0) - 1
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _sides(upright: Sequence[Box], level: Sequence[Box]) -> tuple[float, float]:
    """Give the left and right side of a table, which may be open there.

    Its level lines all end where a side would be, or where a page cuts it off.
    """
    left, right = min(rule.x0 for rule in upright), max(rule.x1 for rule in upright)
    start, end = min(rule.x0 for rule in level), max(rule.x1 for rule in level)
    if sum(rule.x0 - start < _TOUCH for rule in level) > 1:
        left = min(left, start)
    if sum(end - rule.x1 < _TOUCH for rule in level) > 1:
        right = max(right, end)
    return left, right


def _steps(values: list[float]) -> list[float]:
    """Give the distinct values, those that differ by a line's width being one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] >= _TOUCH:
            found.append(value)
    return found
