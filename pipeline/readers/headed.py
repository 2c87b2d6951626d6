"""Tables whose labels stand over their values, side by side: read column by column.

What a table of sums prints in two rows, "Risorse PON METRO | Altre risorse pubbliche | Costo
totale" over three sums, is read label by label, each before its own value.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import groupby, pairwise

from pipeline.readers.corridors import Row
from pipeline.readers.grids import Pairs, bare_label
from pipeline.readers.strips import Fragment
from pipeline.readers.tables import Cell

SUM = re.compile(r"[\u20ac\s\d.,%/\u2013-]*\d[\u20ac\s\d.,%/\u2013-]*(?:euro)?", re.IGNORECASE)

Columns = list[tuple[list[Fragment], list[Fragment]]]
"""The lines of a label, and those of the value under it."""

# In ems: lines of one cell, and a value below its label, stand no further apart.
_NEXT_LINE, _VALUE_BELOW = 1.7, 3.0
# Lines that a label may take.
_LABEL_LINES = 3


def headed_cells(cells: list[Cell], pairs: Pairs) -> list[Cell]:
    """Give the cells of a ruled table, in rows of label and value where labels head columns.

    Args:
        cells: row by row.
        pairs: whether a text begins with a label or is a code.
    """
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.row)]
    texts = [[_text(cell.fragments) for cell in row] for row in rows]
    heads = {
        at
        for at in range(len(rows) - 1)
        if _are_labels(texts[at], pairs)
        and _are_values(texts[at + 1], pairs)
        and {cell.column for cell in rows[at + 1]} <= {cell.column for cell in rows[at]}
        # Further rows are of several things, and no label says which.
        and not (at + 2 < len(rows) and _are_values(texts[at + 2], pairs))
    }
    if not heads:
        return cells
    found: list[Cell] = []
    number = 0
    for at, row in enumerate(rows):
        if at in heads:
            under = {cell.column: cell for cell in rows[at + 1]}
            for label in row:
                value = under.get(label.column)
                found.append(Cell(label.box, number, 0, label.fragments))
                if value is not None:
                    found.append(Cell(value.box, number, 1, value.fragments))
                number += 1
        elif at - 1 not in heads:
            found += [Cell(cell.box, number, cell.column, cell.fragments) for cell in row]
            number += 1
    return found


def headed_rows(rows: Sequence[Row], at: int, pairs: Pairs) -> tuple[Columns, int] | None:
    """Give the labels and values of a table without lines, and the row behind it.

    Args:
        rows: top down.
        at: the first row of its labels.
        pairs: whether a text begins with a label or is a code.
    """
    head = rows[at]
    if len(head) < 2 or not any(pairs(item.text.strip()) for item in head):
        return None
    cuts = [(left.x1 + right.x0) / 2 for left, right in pairwise(head)]
    columns: Columns = [([], []) for _ in head]
    values, end = 0, at
    for row in rows[at:]:
        far = _NEXT_LINE if values else _VALUE_BELOW
        texts = [item.text.strip() for item in row]
        full = len(row) == len(head) and _are_values(texts, pairs)
        places = [bisect(cuts, (item.x0 + item.x1) / 2) for item in row]
        if (
            row[0].base - rows[max(end - 1, at)][0].base > far * row[0].size
            or len(set(places)) < len(places)
            or any(item.x0 < cut < item.x1 for cut in cuts for item in row)
            or (values and (full or any(map(pairs, texts)) or _is_set_anew(row, columns)))
        ):
            # Further rows of values are of several things, and no label says which.
            if full:
                return None
            break
        values = values or int(full)
        if not values and end - at >= _LABEL_LINES:
            return None
        for place, item in zip(places, row, strict=True):
            if not isinstance(item, Fragment):
                return None
            columns[place][values].append(item)
        end += 1
    labels = [_text(label) for label, _ in columns]
    return (columns, end) if values and _are_labels(labels, pairs) else None


def _is_set_anew(row: Row, columns: Columns) -> bool:
    """Whether a row is set in another size than the values above it: a heading."""
    size = columns[0][1][0].size
    return any(abs(item.size - size) > 0.05 * size for item in row)


def _text(lines: Sequence[Fragment]) -> str:
    return " ".join(line.text.strip() for line in lines)


def _are_labels(texts: Sequence[str], pairs: Pairs) -> bool:
    """Whether some texts side by side are labels without values, most of them known."""
    known = sum(bare_label(text, pairs) for text in texts)
    return known > 1 and 2 * known > len(texts) and not any(map(str.isdigit, "".join(texts)))


def _are_values(texts: Sequence[str], pairs: Pairs) -> bool:
    """Whether some texts side by side are values, sums at least half of them."""
    sums = sum(SUM.fullmatch(text) is not None for text in texts)
    return len(texts) > 1 and 2 * sums >= len(texts) and not any(map(pairs, texts))
