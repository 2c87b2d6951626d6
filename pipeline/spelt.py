"""The rows of a published CSV, read back as they are spelt there."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

_LONGEST_CELL = 1 << 30
"""The csv module stops at 128 kB a cell by itself; a long text is no error."""


def rows(lines: Iterable[str], *, strict: bool = False) -> Iterator[list[str]]:
    """The records of a CSV, cells as texts.

    Args:
        lines: a file that was opened with ``newline=""``, or its lines.
        strict: bad quoting is an error.

    Raises:
        csv.Error: while they are gone through, what ``strict`` asks for.
    """
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(lines, strict=strict)


def records(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """The same under the names of the columns, which stand in the first record."""
    csv.field_size_limit(_LONGEST_CELL)
    return csv.DictReader(lines)
