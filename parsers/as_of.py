"""The day that a status was taken at, behind its label: "Stato di attuazione al 30/06/2022"."""

from __future__ import annotations

import re
from functools import cache

from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary


@cache
def day_taken(vocabulary: Vocabulary) -> Lazy:
    """The day behind a status's label at which it was taken ("al 30/06/2022")."""
    words = sorted(vocabulary["labels"]["status"]["as_of"], key=len, reverse=True)
    before = "|".join(re.escape(word).replace("\\ ", r"\s+") for word in words)
    day = r"\d{1,2}°?(?:\s?[./-]\s?\d{1,2}\s?[./-]\s?|\s+[^\W\d_]{4,9}\s+)(?:\d{4}|\d{2})"
    when = rf"(?:{before})\s+(?:{day}|[^\W\d_]{{4,9}}\s+\d{{4}})(?!\w)"
    # Without such a word only before a colon or a dash: "Stato di attuazione – dicembre 2022: ...".
    bare = rf"(?:{day}|(?:[^\W\d_]{{4,9}}\s+)?\d{{4}})"
    closed = r"(?=\s*:|\s[-–—]\s|$)"
    apart = r"(?:,|\s[-–—]|)\s+"
    return Lazy(rf"{apart}(?:{when}|{bare}{closed}|\((?:{when}|{bare})\))", re.IGNORECASE)
