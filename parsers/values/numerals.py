"""Whole numbers spelt in letters, as offices repeat a sum behind it ("ottocentomila/00")."""

from __future__ import annotations

import re
from functools import cache

from parsers.vocabulary import PACKAGED, Vocabulary


def read(text: str, *, vocabulary: Vocabulary = PACKAGED) -> int | None:
    """The whole number, below a billion, that a text spells; None where it spells none.

    Args:
        text: words, in one piece or several, with or without accents; their case is nothing.
        vocabulary: the words, in its ``scales.spelling``.

    >>> [read(text) for text in ("ottocentosettantamila", "Tre milioni duecentomila", "mille")]
    [870000, 3200000, 1000]
    >>> read("a corpo") is None
    True
    """
    words = vocabulary["scales"]["spelling"]
    rest = "".join(text.lower().replace("é", "e").split())
    total = 0
    for word, one, factor in (
        (words["millions"], words["million"], 1_000_000),
        (words["thousands"], words["thousand"], 1_000),
    ):
        head, found, tail = rest.partition(word)
        if found and head in _below_thousand(vocabulary):
            total += _below_thousand(vocabulary)[head] * factor
            rest = tail
        elif rest.startswith(one):
            total += factor
            rest = rest.removeprefix(one)
    if not rest:
        return total or None
    last = _below_thousand(vocabulary).get(rest)
    return None if last is None else total + last


def agrees(text: str, euro: int, cents: int, *, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text spells a sum ("euro ottocentomila/00"), its currency and cents said or not.

    >>> agrees("ottocentomila/00", 800_000, 0), agrees("ottocentomila/50", 800_000, 0)
    (True, False)
    """
    bare = re.sub(r"^(?:euro|eur|€)\s*|\s*(?:euro|eur|€)$", "", text.strip().lower())
    match = re.fullmatch(r"([^\W\d_][^\W\d_ ]*(?: [^\W\d_]+)*)(?:[/,]([0-9]{2}))?", bare)
    if match is None or int(match[2] or 0) != cents:
        return False
    return read(match[1], vocabulary=vocabulary) == euro


@cache
def _below_thousand(vocabulary: Vocabulary) -> dict[str, int]:
    """All spellings of 1 to 999, each with its number."""
    words = vocabulary["scales"]["spelling"]
    small = {word: number for number, word in enumerate(words["to_nineteen"], 1)}
    units = list(small.items())[:9]
    for place, ten in enumerate(words["tens"], 2):
        small[ten] = place * 10
        for unit, number in units:
            # "Ventuno", "ventotto": two vowels do not meet.
            stem = ten[:-1] if unit[0] in "uo" else ten
            small[stem + unit] = place * 10 + number
    spelt = dict(small)
    for count in range(1, 10):
        hundred = ("" if count == 1 else units[count - 1][0]) + words["hundred"]
        spelt[hundred] = count * 100
        for word, number in small.items():
            spelt[hundred + word] = count * 100 + number
            if word[0] == "o":
                spelt[hundred[:-1] + word] = count * 100 + number
    # "Ventunomila" and "ventunmila" are both written.
    spelt.update({word[:-1]: number for word, number in spelt.items() if word.endswith("uno")})
    return spelt
