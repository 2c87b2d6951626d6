"""The lines of an edition as the checks look at them: one by one, or all as one text."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate, chain

from parsers.lines import Line
from parsers.values.patterns import Lazy

Printed = tuple[Line, str, str]
"""A line, its role, and its text as published."""

TEXT_ROLES = frozenset(("body", "status", "notice"))
HEADED_ROLES = TEXT_ROLES | {
    "funding",
    "total",
    "action_heading",
    "project_heading",
    "section_heading",
}

_WORD = Lazy(r"[^\W\d_]+")


def has_word(text: str, word: str) -> bool:
    """Whether a text has a word that is no part of a longer one.

    >>> has_word("nel municipio", "municipio"), has_word("nei municipi", "municipio")
    (True, False)
    """
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        beside = text[at - 1 : at] + text[end : end + 1]
        if not any(char.isalnum() or char == "_" for char in beside):
            return True
        at = text.find(word, end)
    return False


class Lines(list[Printed]):
    r"""Lines that can be searched as one text, at a fraction of what searching each of them costs.

    Patterns must not match a line feed.

    >>> texts = ("Via Roma", "nel 2021", "via Verdi")
    >>> lines = Lines((Line(at, 1, text), "body", text) for at, text in enumerate(texts, 1))
    >>> sorted(lines.matching(Lazy("[Vv]ia"))), sorted(lines.holding(" 2", "\nvia"))
    ([0, 2], [1, 2])
    """

    @cached_property
    def text(self) -> str:
        """All lines, each ended by a line feed but the last."""
        return "\n".join(text for _, _, text in self)

    @cached_property
    def small(self) -> str:
        """The text in small letters."""
        return self.text.lower()

    @cached_property
    def words(self) -> list[list[str]]:
        """The words of each line, their case folded."""
        return [_WORD.findall(text.casefold()) for _, _, text in self]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word is printed."""
        return Counter(chain.from_iterable(self.words))

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(text) + 1 for _, _, text in self)]

    def place(self, at: int) -> int:
        """The place of the line that a character of :attr:`text` stands on."""
        return bisect_right(self._starts, at) - 1

    def matching(self, pattern: Lazy) -> set[int]:
        """Places of the lines that a pattern is found on."""
        return {self.place(found.start()) for found in pattern.finditer(self.text)}

    def holding(self, *strings: str) -> set[int]:
        """Places of the lines that hold one of some strings.

        Of a string that begins with a line feed, of the line that it stands on but for that.
        """
        find: Callable[[str, int], int] = self.text.find
        found: set[int] = set()
        for string in strings:
            at = find(string, 0)
            while at >= 0:
                place = self.place(at + len(string) - 1)
                found.add(place)
                at = find(string, self._starts[place + 1] - 1)
        return found
