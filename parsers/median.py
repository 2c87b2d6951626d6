"""The median alone: the library's module of statistics takes longer to load than a page to read."""

from __future__ import annotations

from collections.abc import Iterable


def median(numbers: Iterable[float]) -> float:
    """Give the middle of some numbers, of two middle ones their mean.

    >>> median([3, 1, 2]), median([4.0, 1.0, 2.0, 3.0])
    (2, 2.5)

    Raises:
        ValueError: there are none.
    """
    ordered = sorted(numbers)
    if not ordered:
        raise ValueError("no numbers have no median")
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
