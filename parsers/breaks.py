"""The breaks that a source itself has, as a Word file has paragraphs: whether they were meant.

Text that was pasted from a PDF has a paragraph, or a line break, at the end of each printed line.
Its breaks say no more than those of print, and are told by where they part sentences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from parsers.items import Item, ends_closed
from parsers.median import median
from parsers.values.patterns import Lazy

STREET = Lazy(
    r"(?=[vplcs])(?:(?:via|viale|v\.le|piazza|p\.zza|largo|corso|vicolo|strada)\s+[A-Z]"
    r"|(?:via|viale|v\.le|piazza|p\.zza|vicolo)$)",
    re.IGNORECASE,
)

# An address in a sentence that a line's end breaks before its house number.
_STREET_END = Lazy(
    r"\b(?:in|di|da|presso) (?:[Vv]ia(?:le)?|[Vv]\.le|[Pp]iazza|[Pp]\.zza|[Vv]icolo)"
    r"(?: [A-Z][\w.]*)*$"
    r"|\b(?:in|di|da|presso) (?:[Cc]orso|[Ll]argo)(?: [A-Z][\w.]*)+$"
)
# A listed address: nothing of a sentence, a house number at its end.
PLACE_END = Lazy(
    r"^(?:via|viale|v\.le|piazza|p\.zza|largo|corso|vicolo|strada)\s[^,;:]*\d\s?(?:/?\s?[a-z](?:[-/][a-z])?)?$",
    re.IGNORECASE,
)

# Breaks were not meant where more than this share of them part a sentence in its middle ...
_MANY = 0.3
# ... or more than this share, and those stand at the ends of lines that are as good as full: this
# much of the longest. Items of a list in small letters are of any length.
_SOME, _FULL = 0.02, 0.75
_FEWEST = 3


def runs_on(prev: Item, item: Item) -> bool:
    """Whether a sentence plainly goes on from one item to the next."""
    return (
        item.value[0].islower()
        and not item.mark
        and not ends_closed(prev.value)
        and "://" not in item.value
        and not STREET.match(item.value)
    )


def ends_in_street(value: str) -> bool:
    """Whether a line ends with the street of an address in a sentence."""
    last = value.rsplit(" ", 1)[-1]
    return bool((last[0].isupper() or STREET.match(last)) and _STREET_END.search(value))


def not_meant(items: Sequence[Item]) -> set[bool]:
    """The kinds of own breaks that say nothing: ends of paragraphs (True), line breaks (False)."""
    counts: dict[bool, int] = defaultdict(int)
    parted: dict[bool, list[int]] = defaultdict(list)
    longest = 0
    for prev, item in pairwise(items):
        begins = item.line.begins
        if begins is None or not item.value or not prev.value or prev.line.cell != item.line.cell:
            continue
        counts[begins] += 1
        longest = max(longest, len(prev.value), len(item.value))
        if runs_on(prev, item):
            parted[begins].append(len(prev.value))
    return {
        kind
        for kind, lengths in parted.items()
        if len(lengths) >= _FEWEST
        and (
            len(lengths) > _MANY * counts[kind]
            or (len(lengths) >= _SOME * counts[kind] and median(lengths) >= _FULL * longest)
        )
    }
