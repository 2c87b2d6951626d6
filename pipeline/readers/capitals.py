"""Small capitals whose characters have lost their case.

A browser draws the letters of "Abitazioni" as capitals of two sizes. Where one glyph of the font
stands for a letter in both, the file names one character for it, large or small ("AbitAzioni",
"Per Persone"): only the sizes still tell the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.readers.strips import Fragment

# How large small capitals are beside the others.
_SMALLEST, _LARGEST = 0.6, 0.92
# A heading has so many lines without a large letter at most; behind a large initial is a paragraph.
_LINES = 3
# A capital inside a word, and a word that no heading has in large letters only.
_INSIDE = re.compile(r"[^\W\d_A-ZÀ-Þ][A-ZÀ-Þ]")
_PLAIN_WORD = re.compile(r"\b[^\W\d_A-ZÀ-Þ]{4,}\b")

_Sizes = tuple[float, float]
"""Of small and of large letters, in tenths of a point."""


def settle_capitals(fragments: Sequence[Fragment]) -> None:
    """Give the letters of small capitals the case that their sizes tell, where the file mixes it.

    Args:
        fragments: of a document in reading order; their ``text`` is changed, letter by letter,
            and lines without large letters are made as high as the others of their heading.
    """
    known = {id(one): sizes for one in fragments if len(one.runs) > 1 and (sizes := _sizes(one))}
    if not known:
        return
    mixed = {sizes for one in fragments if (sizes := known.get(id(one))) and _is_mixed(one, sizes)}
    above: _Sizes | None = None
    below = 0
    for one in fragments:
        sizes = known.get(id(one))
        below = below + 1 if sizes is None else 0
        if (
            above
            and 0 < below <= _LINES
            and {_tenths(size) for _, _, size in _runs(one)} == {above[0]}
        ):
            sizes = above
            _stretch(one, sizes)
        above = sizes
        if sizes in mixed:
            one.text = _settled(one, sizes)


def _sizes(one: Fragment) -> _Sizes | None:
    """Give the two sizes of a line that begins words in large letters and ends them in small."""
    last = 0.0
    for start, _, size in _runs(one):
        if (
            last
            and _SMALLEST * last < size < _LARGEST * last
            and one.text[start - 1 : start + 1].isalpha()
        ):
            return _tenths(size), _tenths(last)
        last = size
    return None


def _is_mixed(one: Fragment, sizes: _Sizes) -> bool:
    """Whether capitals stand inside the small letters of words."""
    return any(
        _tenths(size) == sizes[0] and _INSIDE.search(one.text, start, end)
        for start, end, size in _runs(one)
    )


def _stretch(one: Fragment, sizes: _Sizes) -> None:
    """Make a line that has small letters only as high as those above it: their bottoms tell."""
    larger = sizes[1] / sizes[0]
    one.top = one.base - larger * (one.base - one.top)
    one.bottom = one.base + larger * (one.bottom - one.base)


def _settled(one: Fragment, sizes: _Sizes) -> str:
    settled = one.text
    for start, end, size in _runs(one):
        text = settled[start:end]
        if _tenths(size) == sizes[0]:
            text = text.lower()
        elif _tenths(size) == sizes[1] and not _PLAIN_WORD.search(text):
            text = text.upper()
        # A letter whose other case is two would move all behind it from their places.
        if len(text) == end - start:
            settled = settled[:start] + text + settled[end:]
    return settled


def _runs(one: Fragment) -> Iterator[tuple[int, int, float]]:
    """Start, end and size of what is set in one style, marks of notes left out."""
    start = 0
    for end, size, _, raised in one.runs:
        if not raised:
            yield start, end, size
        start = end


def _tenths(size: float) -> float:
    return round(size, 1)
