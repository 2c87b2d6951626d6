"""Labels that no vocabulary knows and that hold numbers, of laws, axes and lots."""

from __future__ import annotations

import re

from parsers.values.patterns import Lazy

# The sum's own currency stands before it: without one, where the label ends is not to be known.
_NUMBERED = Lazy(
    r"(?P<label>[^\W\d_][^€:;]{1,70}?)(?P<colon>\s?:)?\s*(?=€|\b[eE](?:uro?|URO?)\b\s?\d)"
)
# Another sum inside, which leaves no one reading.
_SUM_INSIDE = re.compile(r"\d{1,3}(?:[.\s’']\d{3})+|\d,\d\d\b")


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
