"""A status made alike for the wordings: folded, and blank where it only cites.

Links, brackets and quotations are cited. Everything here keeps positions: a span in a folded or
masked text is the same span in the text itself.
"""

from __future__ import annotations

import re

from parsers.values.patterns import Lazy

LINK = Lazy(r"(?:https?://|www\.)\S*[^\s.,;:)\]»”\"']", re.IGNORECASE)

_ALIKE = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "é": "è"}
_LATE_ACCENT = Lazy(r"([aeiou])'(?![\w'])")
_ACCENTED = {"a": "à ", "e": "è ", "i": "ì ", "o": "ò ", "u": "ù "}
_OPENS = Lazy(r"[(\[“«„‘\"]")
_CLOSING = {"(": ")", "[": "]", "“": "”", "«": "»", "„": "”", "‘": "’"}


def fold(text: str) -> str:
    """Lower case, straight apostrophes and one kind of accent, character for character.

    >>> fold("L’AFFIDAMENTO E' CONCLUSO")
    "l'affidamento è  concluso"
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    for sign, usual in _ALIKE.items():
        lowered = lowered.replace(sign, usual)
    return _LATE_ACCENT.sub(lambda m: _ACCENTED[m[1]], lowered) if "'" in lowered else lowered


def protected(text: str) -> list[tuple[int, int]]:
    """Spans of links and of closed brackets and quotations, nested ones as one, in order."""
    spans = [m.span() for m in LINK.finditer(text)] if has_link(text) else []
    if not _OPENS.search(text):
        return spans
    open_: list[tuple[str, int]] = []
    straight = -1
    for place, char in enumerate(text):
        if char == '"':
            if straight >= 0:
                spans.append((straight, place + 1))
            straight = -1 if straight >= 0 else place
        elif char in _CLOSING:
            open_.append((_CLOSING[char], place))
        elif open_ and char == open_[-1][0] and not (char == "’" and _inside_word(text, place)):
            spans.append((open_.pop()[1], place + 1))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def has_link(text: str) -> bool:
    """Whether a text may hold a link: a look that costs less than the pattern."""
    return "://" in text or "www." in text.lower()


def masked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks for the characters of ``spans``."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], " " * (end - start)]
        last = end
    return "".join([*pieces, text[last:]])


def _inside_word(text: str, place: int) -> bool:
    return place + 1 < len(text) and text[place + 1].isalnum()
