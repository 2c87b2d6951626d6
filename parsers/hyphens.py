"""Hyphens at the ends of lines: which belong to a word or an address, and which the typesetter set.

The contract keeps a hyphen where the compound occurs elsewhere or is a known one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable

from parsers.values.patterns import Lazy

# Behind a broken word, up to so many characters of white space are looked past.
_INDENT = 200
# Up to so many words are searched for in the text, before its words are listed.
_FEW = 100


class Hyphens:
    """Whether a hyphen at a line's end belongs to its word.

    Args:
        texts: the document's lines; compounds and words inside them decide first.
        kept: first halves that always keep their hyphen (``micro``, ``socio``), but in known words.
        known: gives those, once they are asked for ("pro-" and "cinto").
    """

    _WORD = Lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")

    def __init__(
        self,
        texts: Iterable[str],
        kept: Iterable[str] = (),
        known: Callable[[], Container[str]] = frozenset,
    ) -> None:
        self._texts = texts
        self._kept = frozenset(kept)
        self._known = known
        self._folded: str | None = None
        self._asked = 0
        self._words: frozenset[str] = frozenset()

    def keeps(self, left: str, right: str) -> bool:
        """Whether ``left-`` at a line's end and ``right`` on the next are a compound."""
        if self._folded is None:
            folded = "\n".join(self._texts).casefold()
            self._folded = folded.replace("\u2010", "-").replace("\u2011", "-")
        left, right = left.casefold(), right.casefold()
        # No word of two letters is broken: "18 a-b".
        if len(left) == len(right) == 1 or self._holds(f"{left}-{right}"):
            return True
        if self._holds(left + right):
            return False
        return left.rsplit("-", 1)[-1] in self._kept and left + right not in self._known()

    def keeps_in_address(self, left: str, right: str) -> bool:
        """Whether ``left-`` and ``right`` are a compound of a web address, as most are.

        Not where they are a word elsewhere, and the second is none ("mi-" and "lano").
        """
        return (
            left.rsplit("-", 1)[-1].casefold() in self._kept
            or self.keeps(left, right)
            or not self._holds((left + right).casefold())
            or self._begins(right.casefold())
        )

    def _begins(self, word: str) -> bool:
        """Whether a word stands in the document, and not as the rest of a broken one alone."""
        folded = self._folded or ""
        return any(
            folded[max(found.start() - _INDENT, 0) : found.start()].rstrip()[-1:] != "-"
            for found in re.finditer(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", folded)
        )

    def _holds(self, word: str) -> bool:
        """Whether a word or compound stands in the document."""
        self._asked += 1
        folded = self._folded or ""
        if self._asked < _FEW:
            if word not in folded:
                return False
            # A word may be a part of a compound, but no compound is a part of a longer one.
            before, after = ("(?<![^\\W\\d_]-)", "-?") if "-" in word else ("", "")
            edges = rf"(?<![^\W\d_]){before}", rf"(?!{after}[^\W\d_])"
            return re.search(edges[0] + re.escape(word) + edges[1], folded) is not None
        if not self._words:
            words = frozenset(self._WORD.findall(folded))
            parts = (part for word in words if "-" in word for part in word.split("-"))
            self._words = words.union(parts)
        return word in self._words
