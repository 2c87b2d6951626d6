"""Tables whose labels stand over their values, side by side: read column by column.

What a table of sums prints in two rows, "Risorse PON METRO | Altre risorse pubbliche | Costo
totale" over three sums, is read label by label, each before its own value.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter

from pipeline.readers.corridors import Row
from pipeline.readers.grids import Pairs, bare_label
from pipeline.readers.strips import Fragment
from pipeline.readers.tables import Cell

SUM = re.compile(r"[\u20ac\s\d.,%/\u2013-]*\d[\u20ac\s\d.,%/\u2013-]*(?:euro)?", re.IGNORECASE)

Place = tuple[int, int]
"""Row and column of a cell."""

Columns = list[tuple[list[Fragment], list[Fragment]]]
"""The lines of a label, and those of the value under it."""

# In ems: lines of one cell, and a value below its label, stand no further apart.
_NEXT_LINE, _VALUE_BELOW = 1.7, 3.0
# Lines that a label may take.
_LABEL_LINES = 3


def headed(texts: Mapping[Place, str], pairs: Pairs) -> dict[Place, Place]:
    """Give the places of a table's cells in rows of label and value, if labels head columns of it.

    Args:
        texts: of the cells that hold text.
        pairs: whether a text begins with a label or is a code.

    Returns:
        The new place of each cell; nothing where no labels do.
    """
    rows = [list(row) for _, row in groupby(sorted(texts), key=itemgetter(0))]
    shown = [[texts[place] for place in row] for row in rows]
    heads = {
        at
        for at in range(len(rows) - 1)
        if _are_labels(shown[at], pairs)
        and _are_values(shown[at + 1], pairs)
        and {column for _, column in rows[at + 1]} <= {column for _, column in rows[at]}
        # Further rows are of several things, and no label says which.
        and not (at + 2 < len(rows) and _are_values(shown[at + 2], pairs))
    }
    places: dict[Place, Place] = {}
    number = 0
    for at, row in enumerate(rows if heads else []):
        if at in heads:
            under = {column: (line, column) for line, column in rows[at + 1]}
            for label in row:
                places[label] = number, 0
                if label[1] in under:
                    places[under[label[1]]] = number, 1
                number += 1
        elif at - 1 not in heads:
            places.update({place: (number, place[1]) for place in row})
            number += 1
    return places


def headed_cells(cells: list[Cell], pairs: Pairs) -> list[Cell]:
    """Give the cells of a ruled table, in rows of label and value where labels head columns."""
    places = headed({(cell.row, cell.column): text_of(cell.fragments) for cell in cells}, pairs)
    for cell in cells if places else ():
        cell.row, cell.column = places[cell.row, cell.column]
    return sorted(cells, key=lambda cell: (cell.row, cell.column)) if places else cells


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
    labels = [text_of(label) for label, _ in columns]
    return (columns, end) if values and _are_labels(labels, pairs) else None


def _is_set_anew(row: Row, columns: Columns) -> bool:
    """Whether a row is set in another size than the values above it: a heading."""
    size = columns[0][1][0].size
    return any(abs(item.size - size) > 0.05 * size for item in row)


def text_of(lines: Sequence[Fragment]) -> str:
    """Give the text of a cell's lines as one."""
    return " ".join(line.text.strip() for line in lines)


def _are_labels(texts: Sequence[str], pairs: Pairs) -> bool:
    """Whether some texts side by side are labels without values, most of them known."""
    known = sum(bare_label(text, pairs) for text in texts)
    return known > 1 and 2 * known > len(texts) and not any(map(str.isdigit, "".join(texts)))


def _are_values(texts: Sequence[str], pairs: Pairs) -> bool:
    """Whether some texts side by side are values, sums at least half of them."""
    sums = sum(SUM.fullmatch(text) is not None for text in texts)
    return len(texts) > 1 and 2 * sums >= len(texts) and not any(map(pairs, texts))
