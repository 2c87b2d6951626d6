"""What words alone tell of where a title ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parsers.items import Item, ends_closed, ends_open, is_numbered
from parsers.labels import opens_field
from parsers.values.addresses import is_place_only
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

# The longest titles met take four lines; a heading that runs on longer is no title.
TITLE_LINES = 6
SENTENCE = Lazy(r"[^\W\d_]{3}[.;]\s+[A-ZÀ-Ý“]")
_FRAGMENT = 40  # characters of a title's last line, at most, where a hand broke it


def is_fragment(items: Sequence[Item], index: int, vocabulary: Vocabulary) -> bool:
    """Whether an item is a few words and no sentence, with a new block or a field behind it."""
    value = items[index].value
    if index + 1 >= len(items) or len(value) > _FRAGMENT or ends_closed(value):
        return False
    after = items[index + 1]
    if after.value[:1].islower() or ends_open(value, vocabulary) or after.blanks:
        return False
    return not is_place_only(value, vocabulary)


def leads_list(items: Sequence[Item], index: int) -> bool:
    """Whether an item ends in a colon and the next one is an item of a list: it is prose."""
    if items[index].value[-1] != ":" or index + 1 >= len(items):
        return False
    below = items[index + 1]
    return bool(below.mark) or is_numbered(below.value)


def is_prose(items: Sequence[Item], index: int, vocabulary: Vocabulary) -> bool:
    """Whether a sentence runs from an item over the next lines and closes as prose does."""
    text = ""
    for item in items[index : index + 2 * TITLE_LINES]:
        if text and (item.mark or opens_field(item.value, vocabulary)):
            return bool(item.mark) or ends_closed(text)
        begins = item.value[:1].isupper() and not ends_open(text, vocabulary)
        if text and begins and not ends_closed(text):
            return False
        text = f"{text} {item.value}".strip()
        if ends_closed(item.value) or SENTENCE.search(item.value):
            return True
    return False


@cache
def title_label(vocabulary: Vocabulary, end: str = r"\s*(?:[:|]\s*|$)") -> Lazy:
    words = sorted(vocabulary["headings"]["titles"], key=len, reverse=True)
    either = "|".join(re.escape(word).replace("’", "[’']") for word in words)
    return Lazy(rf"(?i:{either}){end}")


def repeats(so_far: str, following: str, other_title: str) -> bool:
    """Whether a line goes on as another title does, of which the title so far is the start.

    Actions open with their project's title in most editions, so that each shows the other whole.

    >>> repeats("Servizi", "digitali per la casa - Portale", "Servizi digitali")
    True
    """
    title, more, other = (folded(text).split() for text in (so_far, following, other_title))
    missing = other[len(title) :]
    shared = min(len(missing), len(more))
    return other[: len(title)] == title and shared > 0 and missing[:shared] == more[:shared]


def folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).casefold().strip()
