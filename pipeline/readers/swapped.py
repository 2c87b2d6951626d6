"""Ligatures whose entry in a font's Unicode map lost its byte order, spelt again.

Ghostscript 10.00 writes the letters of a ligature each with its bytes swapped, so that every
reader shows "Proge\u7400\u7400o" for "Progetto". Of three letters it adds the last two up: "ffi"
becomes U+6600 U+CF00 (0x66 + 0x69 = 0xCF), "tti" U+7400 U+DD00, whose second half is no character:
some engines leave it out, and the glyph's width tells it from one letter. What else such a map may
hold stays as it is.
"""

from __future__ import annotations

import re
from array import array
from functools import cache

_PAIRS = ("ff", "fi", "fl", "fj", "ft", "tt", "ti", "tf", "Th")
_TRIPLES = ("ffi", "ffl", "ffj", "fft", "fti", "tti")


def _swapped(*units: int) -> str:
    return "".join(chr(unit << 8) for unit in units)


_SPELT = {_swapped(*pair.encode()): pair for pair in _PAIRS} | {
    _swapped(ord(one[0]), ord(one[1]) + ord(one[2])): one for one in _TRIPLES
}
_HALF = _swapped(ord("t"))
_HALF_SPELT = "tti"
# What stands beside such a ligature in a Latin word or an address.
_BESIDE = re.compile("[A-Za-z\u00c0-\u024f/._-]")
# In ems: two letters of it are narrower.
_HALF_WIDTH = 0.7

# What such a ligature begins with, to look for in every text.
SWAPPED = re.compile("[\u5400\u6600\u7400]")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The ligatures in a Latin word or an address, and characters of other scripts."""
    letter = _BESIDE.pattern
    spelt = "|".join([*_SPELT, _HALF])
    within = re.compile(f"(?<={letter})(?:{spelt})|(?:{spelt})(?={letter})")
    return within, re.compile("[\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff]")


def unswapped(
    text: str,
    lefts: array[float],
    rights: array[float],
    size: float,
    beside: tuple[str, str] = ("", ""),
) -> tuple[str, array[float], array[float]]:
    """Spell such ligatures of a stretch of Latin text, each letter with its share of the glyph.

    Args:
        text: in one font.
        lefts: left edge of each character.
        rights: right edges, likewise.
        size: of the font.
        beside: the characters before and behind the stretch, "" where there are none: a ligature
            may be a stretch of its own.
    """
    within, foreign = _patterns()
    before, behind = (char if _BESIDE.match(char) else "" for char in beside)
    whole = f"{before}{text}{behind}"
    if foreign.search(within.sub("", whole)):
        return text, lefts, rights
    parts: list[str] = []
    new_lefts, new_rights = array("f"), array("f")
    done = 0
    for found in within.finditer(whole, len(before)):
        start, end = found.start() - len(before), found.end() - len(before)
        if end > len(text):
            continue
        left, right = lefts[start], rights[end - 1]
        letters = _SPELT.get(found.group())
        if letters is None and right - left >= _HALF_WIDTH * size:
            letters = _HALF_SPELT
        if letters is None:
            continue
        parts += (text[done:start], letters)
        new_lefts.extend(lefts[done:start])
        new_rights.extend(rights[done:start])
        step = (right - left) / len(letters)
        new_lefts.extend(left + at * step for at in range(len(letters)))
        new_rights.extend(left + (at + 1) * step for at in range(len(letters)))
        done = end
    if not done:
        return text, lefts, rights
    new_lefts.extend(lefts[done:])
    new_rights.extend(rights[done:])
    return "".join([*parts, text[done:]]), new_lefts, new_rights
