"""Regular expressions out of vocabulary words, the same way for every value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from parsers.kept import compiled

APOSTROPHE = "[’'‘`´ʼ]"
#: Gaps are bounded: two neighbouring unbounded ones would make hostile runs of blanks quadratic.
GAP = r"\s{1,3}"
MAYBE_GAP = r"\s{0,3}"

# From so many initials on, one look at all of them pays.
_MANY = 3
_WORD = re.compile(r"[^\W\d_]+")
_NONE: frozenset[str] = frozenset()
_SIGNS = "~≈"
_DIGITS = re.compile(r"\d+")


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
    return either(map(_one, ordered))


def either(patterns: Iterable[str]) -> str:
    """A group that matches the first of some patterns that matches, each opening with itself.

    Those of one initial share it, and what begins with none of many initials is told by one look:
    the engine would try each pattern in turn, at every place of a text.

    >>> either(["via", "viale", "corso", "°"])
    '(?:v(?:ia|iale)|corso|°)'
    """
    groups: dict[str, list[str]] = {}
    letters: dict[str, None] = {}
    for pattern in patterns:
        groups.setdefault(pattern[0].lower(), []).append(pattern)
        if pattern[0].isalpha():
            letters[pattern[0]] = None
    lettered = [_shared(group) for initial, group in groups.items() if initial.isalpha()]
    signs = [each for initial, group in groups.items() if not initial.isalpha() for each in group]
    if len(lettered) >= _MANY:
        lettered = [f"(?=[{''.join(letters)}])(?:{'|'.join(lettered)})"]
    return f"(?:{'|'.join([*lettered, *signs])})"


def _shared(group: list[str]) -> str:
    initials = {pattern[0] for pattern in group}
    if len(group) == 1 or len(initials) > 1:  # of the two cases of a letter
        return "|".join(group)
    return f"{group[0][0]}(?:{'|'.join(pattern[1:] for pattern in group)})"


def first_words(words: Iterable[str]) -> frozenset[str]:
    """The first run of letters of each of ``words``, in lower case."""
    return frozenset(found[0].lower() for word in words if (found := _WORD.match(word)))


def word_at(text: str, at: int) -> str:
    """The run of letters that begins at a place of a text, in lower case; "" without one."""
    found = _WORD.match(text, at)
    return found[0].lower() if found else ""


def lower(text: str) -> str:
    """A text in lower case, character for character."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


class Tokens:
    """Where the words and numbers of a text stand, looked up by word.

    A word is a run of letters in lower case, or a "~" or "≈".
    """

    __slots__ = ("_lowered", "_words", "numbers")

    def __init__(self, text: str) -> None:
        self._lowered = lower(text)
        signs = (sign for sign in _SIGNS if sign in text)
        self._words = frozenset([*_WORD.findall(self._lowered), *signs])
        #: Starts of the runs of digits.
        self.numbers = [digits.start() for digits in _DIGITS.finditer(text)]

    def starts(self, words: frozenset[str], heads: frozenset[str] = _NONE) -> list[int]:
        """Starts of some words, and of all whose first three letters are given, in no order."""
        found: list[int] = []
        lowered = self._lowered
        wanted = self._words & words
        if heads:
            wanted |= {word for word in self._words if word[:3] in heads}
        for word in wanted:
            at = lowered.find(word)
            while at >= 0:
                end = at + len(word)
                if not (lowered[at - 1 : at].isalpha() or lowered[end : end + 1].isalpha()):
                    found.append(at)
                at = lowered.find(word, end)
        return found


@lru_cache(maxsize=256)
def tokens(text: str) -> Tokens:
    """The words and numbers of a text, which one value after the other looks for."""
    return Tokens(text)


def _one(word: str) -> str:
    escaped = re.escape(word).replace(r"\ ", GAP).replace("'", APOSTROPHE)
    if word.endswith("'"):
        return escaped + MAYBE_GAP
    return escaped + (r"(?![^\W\d_])" if word[-1].isalpha() else "")
