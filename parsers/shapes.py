"""The shape of a line: its marks and columns, whatever its words and figures say."""

from __future__ import annotations

import re
from functools import cache

from parsers.values import links
from parsers.values.patterns import Lazy
from parsers.vocabulary import PACKAGED, Vocabulary

_LETTERS = Lazy(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_FIGURES = Lazy(r"\d+(?:[.,]\d+)*")
_RUN = Lazy(r"\ba(?:\sa)+\b")
_ADDRESS = Lazy(r"\S+@\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
_COLUMNS = Lazy(r"(?<=\S)\s{3,}(?=\S)")
_FIGURE = Lazy(r"[€%]|[-–]|(?:€\s?)?\d[\d.,/%-]*€?")
# A row of figures: so many of its words, and this share of them.
_LEAST_FIGURES = 3
_SHARE = 0.6


def shape(text: str) -> str:
    """A line with ``a`` for each run of words and ``0`` for each figure.

    >>> shape("Importo previsto | 2019 | 1.250,00")
    'a | 0 | 0'
    """
    bare = _FIGURES.sub("0", _LETTERS.sub("a", " ".join(text.split())))
    return _RUN.sub("a", bare)


def is_known(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a line has a shape that the vocabulary lists."""
    return shape(text) in vocabulary["drift"]["shapes"]


def is_ordinary(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a line is made as prose, labels and addresses are: no foreign mark, no columns.

    Args:
        text: the line; with its own spaces where columns are to be seen by them.
        vocabulary: the marks in force.

    >>> is_ordinary("Lavori conclusi: 80 alloggi (100%), v. www.comune.example.it")
    True
    >>> is_ordinary("Importo | 2019 | 2020"), is_ordinary("12,5 18,3 44,0 9,1")
    (False, False)
    """
    bare = _ADDRESS.sub(" ", text)
    for found in reversed(list(links.find(bare, vocabulary=vocabulary))):
        bare = bare[: found.start] + " " + bare[found.end :]
    if _foreign(vocabulary).search(bare):
        return False
    if len(_COLUMNS.findall(bare.strip())) > 1:
        return False
    words = bare.split()
    figures = sum(1 for word in words if _FIGURE.fullmatch(word))
    digits = sum(1 for word in words if any(char.isdigit() for char in word))
    return not (digits >= _LEAST_FIGURES and figures >= _SHARE * len(words))


@cache
def _foreign(vocabulary: Vocabulary) -> Lazy:
    """A character that is no letter, digit, space, bullet or known mark."""
    marks = re.escape(vocabulary["drift"]["marks"] + vocabulary["flow"]["bullets"])
    return Lazy(rf"[^\w\s{marks}\u00ad\u200b-\u200d\u2060\ufeff\ue000-\uf8ff]|__")
