"""Regular expressions out of vocabulary words, the same way for every value."""

from __future__ import annotations

import re
from collections.abc import Iterable

APOSTROPHE = "[’'‘`´ʼ]"
#: Gaps are bounded: two neighbouring unbounded ones would make hostile runs of blanks quadratic.
GAP = r"\s{1,3}"
MAYBE_GAP = r"\s{0,3}"

_WORD = re.compile(r"[^\W\d_]+")


def alternation(words: Iterable[str]) -> str:
    """A group that matches any of ``words``, the longest first.

    A space stands for any gap, an apostrophe for any glyph of one. A word that ends in a letter
    must end there, but a digit may follow: lost spaces ("nel2020") are common in text layers.

    >>> bool(re.fullmatch(alternation(["nell'anno"]), "nell’anno"))
    True
    >>> bool(re.match(alternation(["nel"]), "nel2020"))
    True
    >>> bool(re.match(alternation(["nel"]), "nello"))
    False
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_one(word) for word in ordered) + ")"


def first_words(words: Iterable[str]) -> set[str]:
    """The first run of letters of each of ``words``, in lower case."""
    return {found[0].lower() for word in words if (found := _WORD.match(word))}


def _one(word: str) -> str:
    escaped = re.escape(word).replace(r"\ ", GAP).replace("'", APOSTROPHE)
    if word.endswith("'"):
        return escaped + MAYBE_GAP
    return escaped + (r"(?![^\W\d_])" if word[-1].isalpha() else "")
