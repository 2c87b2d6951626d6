"""Regular expressions out of vocabulary words, the same way for every value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from parsers.values.kept import compiled

APOSTROPHE = "[’'‘`´ʼ]"
#: Gaps are bounded: two neighbouring unbounded ones would make hostile runs of blanks quadratic.
GAP = r"\s{1,3}"
MAYBE_GAP = r"\s{0,3}"

_WORD = re.compile(r"[^\W\d_]+")


class Lazy:
    """A regular expression that is compiled when it is first used.

    Vocabularies make long patterns and most editions use few of them, while compiling all of
    them would take longer than reading a report.
    """

    __slots__ = ("_flags", "_source", "findall", "finditer", "fullmatch", "match", "search", "sub")

    findall: Callable[..., list[str]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    sub: Callable[..., str]

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._source = pattern
        self._flags = flags

    @property
    def pattern(self) -> str:
        """The source of the expression."""
        return self._source

    def __getattr__(self, name: str) -> Any:
        # Reached only while a method's slot is empty.
        if name not in Lazy.__slots__:
            raise AttributeError(name)
        pattern = compiled(self._source, self._flags)
        for method in Lazy.__slots__[2:]:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


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
