"""The entries of contents pages.

They are headings with leaders and page numbers, or a bare run of headings that all come again.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache

from parsers.items import Item
from parsers.labels import opens_field, opens_value
from parsers.title_words import TITLE_LINES
from parsers.titles import Heading
from parsers.values.patterns import Lazy, either
from parsers.vocabulary import Vocabulary

_LEADERS = Lazy(r"(?:\.\s?){4,}|…{2,}|_{4,}|·{4,}|(?:\s\.){3,}")
# An entry ends with leaders and its number, or with leaders and the number on the next line.
_TAIL = Lazy(r"\s\d{1,4}$|(?<=\D)\d{1,4}$")
_ENDINGS = ("...", ". . .", "…", "____", "····", " . .")
_OPEN_ENDINGS = ("..", " .", "…", "___", "··")
_NUMBER = Lazy(r"\d{1,4}$")


@cache
def _title(vocabulary: Vocabulary) -> Lazy:
    words = either(map(re.escape, vocabulary["headings"]["contents"]))
    return Lazy(rf"{words}[.:]?$", re.IGNORECASE)


class Contents:
    """Finds the items of contents pages.

    Args:
        items: the content lines.
        candidates: what looks like a heading, in reading order.
    """

    def __init__(
        self, items: Sequence[Item], candidates: Sequence[Heading], vocabulary: Vocabulary
    ) -> None:
        self._items = items
        self._candidates = candidates
        self._vocabulary = vocabulary

    def find(self) -> set[int]:
        """Indices of all items that belong to a contents page."""
        entries = self._led()
        for index, item in enumerate(self._items):
            if _title(self._vocabulary).match(item.value):
                entries.add(index)
        return entries | self._bare_run(entries)

    def _led(self) -> set[int]:
        """Entries with leaders, the lines of their titles, and what stands between them."""
        ends = [index for index in range(len(self._items)) if self._ends_entry(index)]
        starts = sorted(heading.start for heading in self._candidates)
        found: set[int] = set()
        before = -1
        for end in ends:
            first = end
            near = bisect_right(starts, max(before, end - TITLE_LINES))
            if near < len(starts) and starts[near] <= end:
                first = starts[near]
            elif before >= 0 and end - before <= TITLE_LINES and self._same_page(before, end):
                first = before + 1
            if self._prose_free(first, end):
                found.update(range(first, end + 1))
            last = end
            while last + 1 < len(self._items) and _NUMBER.match(self._items[last + 1].value):
                if self._items[last].value[-1:].isdigit():
                    break
                last += 1
                found.add(last)
            before = last
        return found

    def _ends_entry(self, index: int) -> bool:
        value = self._items[index].value
        # What all leaders hold and most lines do not: a quick look before the costly ones.
        if not (
            ".." in value
            or value.endswith(" .")
            or ". ." in value
            or "…" in value
            or "__" in value
            or "··" in value
        ):
            return False
        tail = _TAIL.search(value[-6:]) if value[-1:].isdecimal() else None
        if tail and value[: len(value) - len(tail.group())].rstrip().endswith(_ENDINGS):
            return True
        if leaders := _LEADERS.search(value):
            # Leaders part labels from their sums, too.
            rest = value[leaders.end() :].strip()
            is_page = not rest or _NUMBER.match(rest) is not None
            return is_page or not opens_value(value, self._vocabulary)
        following = self._items[index + 1].value if index + 1 < len(self._items) else ""
        return value.endswith(_OPEN_ENDINGS) and _NUMBER.match(following) is not None

    def _same_page(self, one: int, other: int) -> bool:
        return self._items[one].line.page == self._items[other].line.page

    def _bare_run(self, entries: set[int]) -> set[int]:
        """The headings at the start that nothing stands under and that are printed again."""
        candidates = [each for each in self._candidates if each.start not in entries]
        keys = Counter((each.kind, each.key) for each in candidates)
        run: list[tuple[Heading, int]] = []
        seen: set[tuple[str, str]] = set()
        for heading, following in itertools.pairwise(candidates):
            key = (heading.kind, heading.key)
            stop = following.start
            bare = stop - heading.start <= TITLE_LINES and self._prose_free(heading.start, stop)
            if key in seen or keys[key] < 2 or not bare:
                break
            seen.add(key)
            run.append((heading, stop))
        if len(run) < 2:
            return set()
        return {index for heading, stop in run for index in range(heading.start, stop)}

    def _prose_free(self, start: int, stop: int) -> bool:
        """Whether no label stands and no sentence ends in a range of items."""
        for index in range(start, stop):
            value = self._items[index].value
            if opens_field(value, self._vocabulary):
                return False
            if value.endswith((".", ";", ":")) and not value.endswith(_OPEN_ENDINGS):
                return False
        return True
