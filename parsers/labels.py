"""The labels of a sheet: what a line announces before its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.values.patterns import Lazy
from parsers.vocabulary import PACKAGED, Vocabulary

_NOTE = Lazy(r"\s*\((?![^)]*\d{4,})[^()]{1,60}\)")
_FOOTNOTE = Lazy(r"\s?(?:\(\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|\*{1,3})|(?<=[^\W\d_])\d{1,2}(?=[\s:€]|$)")
# A label ends at a word's end; a footnote's number may be glued to it.
_WORD_END = Lazy(r"(?=[\d¹²³⁴⁵⁶⁷⁸⁹⁰]{0,2}(?:\W|$))(?![^\W\d_¹²³⁴⁵⁶⁷⁸⁹⁰])")


class Label(NamedTuple):
    """A label met at the start of a text.

    Attributes:
        kind: ``funding``, ``total``, ``status`` or ``other``.
        source: the funding source, for ``funding``.
        end: where the label ends in the text, its colon left out.
        value: where the value begins, after colon, dash, dot leaders and spaces.
        colon: whether a colon (or a dash, or leaders) parts label and value.
        weak: whether the label is a common word too, to be believed only before a colon.
    """

    kind: str
    source: str | None
    end: int
    value: int
    colon: bool
    weak: bool


# What a spelling may leave out or write otherwise: spaces, apostrophes, dashes, accents, case.
_SKIPPED = frozenset(" \t\u00a0\u202f’'‘´`-‐‑‒–—")
_PLAIN = str.maketrans("àáèéìíòóùú", "aaeeiioouu")
# The longest label with its tails, in characters of the text.
_REACH = 160


def _fold(label: str) -> str:
    return "".join(char for char in label.lower().translate(_PLAIN) if char not in _SKIPPED)


def _folded(text: str) -> tuple[str, list[int]]:
    """A text's beginning as labels are compared, and the place of each character in it."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text[:_REACH].translate(_PLAIN)):
        if char not in _SKIPPED:
            chars.append(char.lower()[:1])
            places.append(place)
    return "".join(chars), places


class _Words:
    """Folded words by length, for the longest one that opens a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(filter(None, map(_fold, words)))
        self._lengths = sorted({len(word) for word in self.words}, reverse=True)

    def ends(self, folded: str, start: int) -> Iterator[int]:
        """Ends of the words that stand at ``start``, the longest first."""
        room = len(folded) - start
        for length in self._lengths:
            if length <= room and folded[start : start + length] in self.words:
                yield start + length


class _Group(NamedTuple):
    kind: str
    source: str | None
    whole: _Words
    qualifiers: _Words | None


class _Compiled(NamedTuple):
    openings: frozenset[str]
    groups: tuple[_Group, ...]
    heads: _Words
    joints: _Words
    tails: _Words
    weak: frozenset[str]


@cache
def _compiled(vocabulary: Vocabulary) -> _Compiled:
    table = vocabulary["labels"]
    funding = table["funding"]
    groups = [
        _Group("funding", source, _Words(own["labels"]), _Words(own["qualifiers"]))
        for source, own in funding.items()
        if source not in ("heads", "joints")
    ]
    groups += [
        _Group(kind, None, _Words(table[kind]["labels"]), None)
        for kind in ("total", "status", "other")
    ]
    heads = _Words(funding["heads"])
    known = [heads.words, *(group.whole.words for group in groups)]
    return _Compiled(
        frozenset(word[:3] for words in known for word in words),
        tuple(groups),
        heads,
        _Words(funding["joints"]),
        _Words(table["tails"]),
        frozenset(_fold(label) for label in table["status"]["colon_only"]),
    )


_SEPARATOR = Lazy(r"\s*(?:[:：]\s*(?:[-–—]\s+)?|(?:\.\s?){3,}|…+|\s[-–—=]\s|[-–—]\s|_{2,}|)\s*")


def can_open(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text starts as a label does; a quick test before the costly ones."""
    return _fold(text[:10])[:3] in _compiled(vocabulary).openings


# A line is looked at from several sides; what it opens with is found once.
@lru_cache(maxsize=4096)
def match(text: str, vocabulary: Vocabulary = PACKAGED) -> Label | None:
    """The longest known label at the very start of a text, or None.

    >>> label = match("Risorse PON METRO € 1.552.500,00")
    >>> label.kind, label.source, label.colon
    ('funding', 'pon_metro', False)
    >>> match("STATO DI ATTUAZIONE : completato").value
    22
    """
    compiled = _compiled(vocabulary)
    if not can_open(text, vocabulary):
        return None
    folded, places = _folded(text)
    best: tuple[int, _Group] | None = None
    for group in compiled.groups:
        for end in _ends(group, folded, compiled):
            if best is not None and end <= best[0]:
                break
            if _bounded(text, places[end - 1] + 1):
                best = (end, group)
                break
    if best is None:
        return None
    at, group = best
    name = folded[:at]
    while tail := next(
        (
            end
            for end in compiled.tails.ends(folded, at)
            if _bounded(text, places[end - 1] + 1) and places[at] > places[at - 1] + 1
        ),
        None,
    ):
        at = tail
    end = places[at - 1] + 1
    for pattern in (_NOTE, _FOOTNOTE):
        if found := pattern.match(text, end):
            end = found.end()
    while end > 0 and text[end - 1] == " ":
        end -= 1
    after = _SEPARATOR.match(text, end)
    value = after.end() if after else end
    colon = bool(text[end:value].strip())
    return Label(group.kind, group.source, end, value, colon, name in compiled.weak)


def _ends(group: _Group, folded: str, compiled: _Compiled) -> list[int]:
    """Where a group's labels end that open a text, the longest first."""
    ends = set(group.whole.ends(folded, 0))
    if group.qualifiers is not None:
        for head in compiled.heads.ends(folded, 0):
            for joint in (head, *compiled.joints.ends(folded, head)):
                ends.update(group.qualifiers.ends(folded, joint))
    return sorted(ends, reverse=True)


def _bounded(text: str, end: int) -> bool:
    """Whether a word ends here; a footnote's number may be glued to it."""
    return _WORD_END.match(text, end) is not None


def opens_field(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a line plainly opens with a label: before a colon, before a sum, or alone.

    >>> opens_field("Costo totale € 3.100.000,00"), opens_field("Stato di abbandono")
    (True, False)
    """
    label = match(text, vocabulary)
    if label is None:
        return False
    rest = text[label.value :]
    if label.colon or rest[:1] == "€" or rest[:1].isdigit():
        return True
    return not rest and not label.weak


_SUM = Lazy(r"(?:circa\s+|c\.?a\.?\s+)?(?:€|eur|\d)", re.IGNORECASE)


def opens_value(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a line is a labelled value: a source or a total and its sum, or a status.

    >>> opens_value("Risorse PON METRO € 1.552.500,00"), opens_value("PON Metro - Comune di Bari")
    (True, False)
    """
    label = match(text, vocabulary)
    if label is None or label.kind == "other" or label.value >= len(text):
        return False
    if label.kind == "status":
        return label.colon or not label.weak
    return _SUM.match(text, label.value) is not None
