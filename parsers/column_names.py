"""The names of a funding table's columns ("Fonte | Importo (€)"), which are no text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parsers.items import Item
from parsers.vocabulary import Vocabulary

# The cells of a head: two columns, each name on two lines at most.
_MOST_CELLS = 4
# A line of more characters is text.
_LONGEST = 60


@cache
def _heads(vocabulary: Vocabulary) -> tuple[frozenset[str], re.Pattern[str]]:
    """The first words of names of sources, and the pattern of a whole head."""
    words = vocabulary["labels"]["columns"]
    sources, sums = (
        "|".join(re.escape(name) for name in sorted(words[key], key=len, reverse=True))
        for key in ("sources", "amounts")
    )
    unit = r"(?: ?[(\[]? ?(?:€|in euro|euro|in €)\.? ?[)\]]?)?"
    first = frozenset(name.split()[0] for name in words["sources"])
    return first, re.compile(rf"(?:{sources}) (?:{sums}){unit}:?")


def columns_end(items: Sequence[Item], index: int, stop: int, vocabulary: Vocabulary) -> int:
    """The index behind the names of a source's and a sum's column; 0 where there are none.

    Both must be there, and nothing else: "Fonte" alone may be anything.
    """
    value = items[index].value
    if len(value) > _LONGEST:
        return 0
    first, whole = _heads(vocabulary)
    if value.partition(" ")[0].casefold() not in first:
        return 0
    printed = ""
    for end in range(index, min(index + _MOST_CELLS, stop)):
        printed = f"{printed} {items[end].value}".strip().casefold()
        if whole.fullmatch(printed):
            return end + 1
    return 0
