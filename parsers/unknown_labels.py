"""Labels that no vocabulary knows, before a sum: those that hold numbers, and all others."""

from __future__ import annotations

import re

from parsers import leads
from parsers.values.patterns import Lazy

# The sum's own currency stands before it: without one, where the label ends is not to be known.
_NUMBERED = Lazy(
    r"(?P<label>[^\W\d_][^€:;]{1,70}?)(?P<colon>\s?:)?\s*(?=€|\b[eE](?:uro?|URO?)\b\s?\d)"
)
# Another sum inside, which leaves no one reading.
_SUM_INSIDE = Lazy(r"\d{1,3}(?:[.\s’']\d{3})+|\d,\d\d\b")

_MONEY = Lazy(
    r"(?:€|\beuro?\b)[\s.]*\d[\d.,’'\s]*|\d[\d.,’'\s]*(?:€|(?:di )?euro?\b)"
    r"|\b\d{1,3}(?:[.\s’']\d{3})*,\d\d(?!\d)|\b\d{1,3}(?:\.\d{3})+(?![\d.])",
    re.IGNORECASE,
)
_DIGIT = Lazy("[0-9]")
_BEHIND = Lazy(r"[^\W\d_]+")
# Words behind a sum, besides a note in brackets; words of a label; characters of the text.
_REST_WORDS, _LABEL_WORDS, _LONGEST = 2, 9, 200


def numbered(text: str) -> tuple[int, int] | None:
    """(end of label, start of value) of a text whose label holds a number; None of others.

    >>> [numbered(text) for text in ("Fondi L.R. 9/2015 € 5,00", "L. 205/2017: euro 5,00", "€ 5")]
    [(17, 18), (11, 13), None]
    >>> numbered("Lavori 3.000,00 € 2.000,00")
    (6, 7)
    """
    shape = _NUMBERED.match(text)
    if shape is None or not any(map(str.isdigit, shape["label"])):
        return None
    if inside := _SUM_INSIDE.search(text, 0, shape.end("label")):
        return len(text[: inside.start()].rstrip()), inside.start()
    return len(shape["label"].rstrip()), shape.end()


def ends_in_sum(text: str) -> bool:
    """Whether a text is a few words and a sum: money, whatever the words and what joins them.

    >>> [ends_in_sum(text) for text in (
    ...     "Mutuo Cassa Depositi: circa 868,89 €", "D.L. 34/2020 di 536 euro + IVA", "dal 2022")]
    [True, True, False]
    >>> ends_in_sum("Il contributo di € 300,00 va alle famiglie che abitano nel quartiere")
    False
    """
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return False
    start = leads.listed(text)
    money = _MONEY.search(text, start)
    if money is None or not text[start : start + 1].isalpha() or text[start].islower():
        return False
    behind = re.sub(r"\([^)]*\)?", "", text[money.end() :])
    return (
        len(text[start : money.start()].split()) <= _LABEL_WORDS
        and len(_BEHIND.findall(behind)) <= _REST_WORDS
    )
