"""What the headings of numbered projects open with."""

from __future__ import annotations

import re
from functools import cache

from parsers.values import codes
from parsers.values.patterns import Lazy, either
from parsers.vocabulary import Vocabulary


@cache
def project_pattern(vocabulary: Vocabulary) -> Lazy:
    """What a project's heading opens with: a word for it and its ``number``."""
    table = vocabulary["headings"]
    words = either(
        r"\s*".join(re.escape(letter) for letter in word.replace(" ", ""))
        for word in sorted(table["project"], key=len, reverse=True)
    )
    numbers = "|".join(
        re.escape(word) for word in sorted(table["number_words"], key=len, reverse=True)
    )
    return Lazy(
        rf"{words}\s*(?:(?:{numbers})\s*)?(?P<number>\d{{1,3}}|(?<=\s)\d(?:\s\d)?)(?![\d/]|[.,]\d)",
        re.IGNORECASE,
    )


@cache
def project_initials(vocabulary: Vocabulary) -> frozenset[str]:
    """The first letters of those words, in lower case: a quick look before the pattern."""
    return frozenset(word[0].casefold() for word in vocabulary["headings"]["project"])


def looks_like_heading(text: str, city: str | None, vocabulary: Vocabulary) -> bool:
    """Whether a text opens as a numbered project or as an action."""
    return bool(
        project_pattern(vocabulary).match(text)
        or codes.find_heading(text, city=city, vocabulary=vocabulary)
    )
