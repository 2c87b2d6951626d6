"""Words that are known as such, though an edition may print them once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

# A word of a wording, and what it has in place of its ending ("~" for any); parts of words stand
# between other signs than these.
_WORDING = Lazy(r"(?:^|(?<=[ ?]))([a-zà-ÿ]{2,})(?:(~)|\[([a-zà-ÿ]+)\])?(?= |$)", re.M)
_ENDINGS = "oaie"


@cache
def known_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Words of the vocabularies of phases, dates and grammar, in small letters.

    >>> from parsers.vocabulary import PACKAGED
    >>> {"procinto", "ultimate", "dicembre", "nella"} <= known_words(PACKAGED)
    True
    """
    words: set[str] = set()
    wordings = [word for entry in vocabulary["phases"]["words"] for word in entry["words"]]
    wordings += vocabulary["phases"]["grammar"]["auxiliaries"].split("|")
    for wording in _WORDING.finditer("\n".join(wordings)):
        stem, any_ending, endings = wording.groups(default="")
        words.update(stem + end for end in _ENDINGS if any_ending)
        words.update(stem + end for end in endings)
        if not any_ending and not endings:
            words.add(stem)
    for name in ("openers", "hyphenated", "loans"):
        words.update(vocabulary["flow"][name])
    for value in vocabulary["dates"].values():
        words.update(word for text in _texts(value) for word in text.split() if word.isalpha())
    return frozenset(words)


def _texts(value: object) -> Iterator[str]:
    """All strings in a value of a vocabulary, keys of tables among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from value
        yield from _texts(list(value.values()))
    elif isinstance(value, Sequence):
        for each in value:
            yield from _texts(each)
