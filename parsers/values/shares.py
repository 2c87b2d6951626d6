"""Whether a text speaks of a part of a whole ("3 edifici su 5", "12 dei 20 autobus").

What is done in part is under way (the published contract's ``phase``: ``in_progress`` when works
"are done or under way in part"), so a conclusion is weighed against what it is said of.
"""

from __future__ import annotations

import re
from functools import cache

from parsers.kept import compiled
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

# Of "primo dei tre lotti" too: an ordinal up to its whole is a part of it.
_WORDS = {
    word: value
    for value, words in enumerate(
        (
            "zero nessuno nessuna",
            "un uno una primo prima",
            "due secondo seconda",
            "tre terzo terza",
            "quattro quarto quarta",
            "cinque quinto quinta",
            "sei",
            "sette",
            "otto",
            "nove",
            "dieci",
            "undici",
            "dodici",
            "tredici",
            "quattordici",
            "quindici",
            "sedici",
            "diciassette",
            "diciotto",
            "diciannove",
            "venti",
        )
    )
    for word in words.split()
}
_NUMBER = rf"(\d[\d.,]*(?<![.,])|(?<!\w)(?:{'|'.join(sorted(_WORDS, reverse=True))})(?!\w))"
_UNIT = (
    r"(?:(?!gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre"
    r"|novembre|dicembre|ore\b|giorni\b|volte\b|sui?\b)[a-z]['\w/-]*\s+){0,4}?"
)
_OF = r"(?:sugli|sulle|sui|su|degli|delle|dei|tra|fra)\s+(?:i\s+|gli\s+|le\s+)?"
_ALL = r"(?:(?:un\s+)?totale\s+di\s+|complessiv[ie]\s+|previst[ie]\s+|totali\s+|circa\s+|n\.\s*)?"
# "su 3 piani" tells what a building is like.
_WHOLE = rf"{_NUMBER}(?!\s*(?:%|pian[oi]|livell[oi])|[\d/])"
# What each of the costly patterns needs.
_OF_ALL = Lazy(rf"(?:sugli|sulle|sui|su|degli|delle|dei|tra|fra)\s[^.,;:]{{0,30}}?{_NUMBER}")
_PART = Lazy(rf"(?<![\d./,]){_NUMBER}\s+{_UNIT}\(?{_OF}{_ALL}{_WHOLE}")
_WHOLE_FIRST = Lazy(rf"\s*{_OF}{_ALL}{_WHOLE}\D*?(?<![\d./,]){_NUMBER}")
# "3/5 edifici" after a word; "il 3/5" is a day and "n. 3/5" an act.
_SLASHED = Lazy(r"(?:^|[^\W\d_]{5}\s+)(\d{1,4})/(\d{1,4})(?=\s+[^\W\d_]{4})")
_GROUPED = Lazy(r"\.(?=\d{3}(?!\d))")
_YEAR = Lazy(r"(?:19|20)\d\d")


def is_part(folded: str, vocabulary: Vocabulary) -> bool:
    """Whether a text in lower case names a number of a greater one, or a word for a part.

    Args:
        folded: the text, as ``folding.fold`` gives it.
        vocabulary: the words for a part are its ``phases.grammar.parts``.

    >>> from parsers.vocabulary import PACKAGED
    >>> [is_part(text, PACKAGED) for text in ("3 edifici su 5", "5 edifici su 5", "24 ore su 24")]
    [True, False, False]
    >>> is_part("ultimati tranne le opere a verde", PACKAGED)
    True
    """
    if _parts(vocabulary).search(folded):
        return True
    pairs = []
    if _OF_ALL.search(folded):
        pairs = [(match[1], match[2]) for match in _PART.finditer(folded)]
        if whole := _WHOLE_FIRST.match(folded):
            pairs.append((whole[2], whole[1]))
    if "/" in folded:
        pairs += [(match[1], match[2]) for match in _SLASHED.finditer(folded)]
    return any(not _YEAR.fullmatch(part) and _value(part) < _value(whole) for part, whole in pairs)


def _value(number: str) -> float:
    if number in _WORDS:
        return _WORDS[number]
    bare = _GROUPED.sub("", number).replace(",", ".")
    # A number of no known shape is no part of anything.
    return float(bare) if bare.count(".") <= 1 else float("nan")


@cache
def _parts(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = vocabulary["phases"]["grammar"]["parts"].replace(" ", r"\s+")
    return compiled(rf"(?<!\w)(?:{words})(?:(?<=')|(?!\w))", 0)
