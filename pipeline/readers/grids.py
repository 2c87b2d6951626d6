"""The rows of a grid of cells, where a label, its value, or both run over several lines."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Sequence
from itertools import pairwise

from parsers.median import median
from pipeline.readers.strips import Fragment

Pairs = Callable[[str], bool]
Cells = list[list[Fragment]]
"""The lines of each column of one row."""

# In ems: baselines this near are one; lines further apart than this are of two cells.
_SAME = 0.3
_NEXT_LINE = 1.45
# Lines of a cell stand this much closer than cells do.
_LOOSER = 1.2

_VALUE_FOLLOWS = re.compile(r"\u20ac|,\d\d\b|\d\.\d{3}|:\s*\S|\s[-\u2010-\u2015]\s+\S")


def bare_label(text: str, pairs: Pairs) -> bool:
    """Whether a text is a label or a code without its value or title behind it.

    >>> bare_label("Costo totale:", lambda text: True)
    True
    >>> bare_label("Costo totale: € 12,00", lambda text: True)
    False
    """
    return pairs(text.strip()) and _VALUE_FOLLOWS.search(text) is None


def grid_rows(columns: Cells, levels: Sequence[float], pairs: Pairs) -> list[Cells]:
    """Give the rows of a grid, each with the lines of its cells.

    Args:
        columns: the lines of each column, top down.
        levels: heights of ruled lines across the grid, which part its rows.
        pairs: whether a text begins with a label or is a code.
    """
    heights = sorted(levels)
    bands: dict[int, Cells] = {}
    for at, column in enumerate(columns):
        for line in column:
            band = bisect(heights, line.base - _SAME * line.size)
            bands.setdefault(band, [[] for _ in columns])[at].append(line)
    found: list[Cells] = []
    for band in sorted(bands):
        cells = bands[band]
        labels = sum(pairs(line.text) for line in cells[0])
        found += [cells] if heights and labels < 2 else _by_labels(cells, pairs)
    return found


def _by_labels(columns: Cells, pairs: Pairs) -> list[Cells]:
    """Part rows where a new label starts in the first column."""
    first = columns[0]
    others = [line for column in columns[1:] for line in column]
    starts = [at for at in range(len(first)) if at == 0 or not _goes_on(first, at, others, pairs)]
    if len(starts) < 2:
        return [columns]
    labels = [first[start:end] for start, end in pairwise([*starts, len(first)])]
    found: list[Cells] = [[label, *([] for _ in columns[1:])] for label in labels]
    for at, column in enumerate(columns[1:], 1):
        groups = _groups(column, labels)
        if len(groups) < len(labels):
            groups = [[line] for line in column]
        for group in groups:
            found[_owner(group, labels)][at] += group
    return found


def _goes_on(first: list[Fragment], at: int, others: Sequence[Fragment], pairs: Pairs) -> bool:
    """Whether a line of the first column goes on with the label of the line before."""
    above, line = first[at - 1], first[at]
    if line.text.lstrip()[:1].islower() and not above.text.rstrip().endswith(":"):
        return True
    if not pairs(above.text) and pairs(f"{above.text.strip()} {line.text.strip()}"):
        return not pairs(line.text)
    if pairs(line.text):
        return False
    if line.text.lstrip()[:1].islower() or line.text.lstrip()[:1] == "(":
        return True
    alone = all(abs(other.base - line.base) > _SAME * line.size for other in others)
    return alone and line.base - above.base <= _NEXT_LINE * line.size


def _groups(column: list[Fragment], labels: list[list[Fragment]]) -> list[list[Fragment]]:
    """Put the lines of a column together that are set as one cell."""
    if not column:
        return []
    steps = [after.base - before.base for before, after in pairwise(column)]
    usual = min(steps, default=0.0)
    groups = [column[:1]]
    for step, line in zip(steps, column[1:], strict=True):
        level = any(abs(label[0].base - line.base) <= _SAME * line.size for label in labels)
        if level or step > _LOOSER * usual:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _owner(group: list[Fragment], labels: list[list[Fragment]]) -> int:
    """Give the label that a cell stands beside: level with its first line, or about its middle."""
    for at, label in enumerate(labels):
        if abs(label[0].base - group[0].base) <= _SAME * group[0].size:
            return at
    middle = median((group[0].base, group[-1].base))
    return min(
        range(len(labels)),
        key=lambda at: abs(median((labels[at][0].base, labels[at][-1].base)) - middle),
    )
