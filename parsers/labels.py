"""The labels of a sheet: what a line announces before its value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from parsers.vocabulary import PACKAGED, Vocabulary

_NOTE = r"(?:\s*\((?![^)]*\d{4,})[^()]{1,60}\))?"
_FOOTNOTE = (
    r"(?:\s?(?:\(\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|\*{1,3})"
    r"|(?<=[^\W\d_])\d{1,2}(?=\s*(?::|€|$|\s)))?"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label met at the start of a text.

    Attributes:
        kind: ``funding``, ``total``, ``status`` or ``other``.
        source: the funding source, for ``funding``.
        end: where the label ends in the text, its colon left out.
        value: where the value begins, after colon, dash, dot leaders and spaces.
        colon: whether a colon (or a dash, or leaders) parts label and value.
        weak: whether the label is a common word too, to be believed only before a colon.
    """

    kind: str
    source: str | None
    end: int
    value: int
    colon: bool
    weak: bool


_SPELLINGS = {
    "’": r"\s?[’'‘´`]\s?",
    "-": r"\s?[-‐‑–—]?\s?",
    "–": "[-‐‑–—]",
    "à": "(?:à|a[’'´`]?)",
    "è": "(?:è|e[’'´`]?)",
    "ù": "(?:ù|u[’'´`]?)",
    " ": r"\s*",
}


def _word_pattern(label: str) -> str:
    return "".join(_SPELLINGS.get(char) or re.escape(char) for char in label)


def _alternatives(labels: Iterable[str]) -> str:
    ordered = sorted(set(labels), key=lambda label: (-len(label), label))
    return "|".join(_word_pattern(label) for label in ordered)


@dataclass(frozen=True, slots=True)
class _Compiled:
    first: re.Pattern[str]
    patterns: tuple[tuple[str, str | None, re.Pattern[str]], ...]
    weak: frozenset[str]


# A label ends at a word's end; a footnote's number may be glued to it.
_BOUNDARY = r"(?=\d{0,2}(?:\W|$))(?![^\W\d_])"


@cache
def _compiled(vocabulary: Vocabulary) -> _Compiled:
    table = vocabulary["labels"]
    funding = table["funding"]
    heads = _alternatives(funding["heads"])
    joints = _alternatives(funding["joints"])
    named: list[tuple[str, str | None, str]] = []
    words = list(funding["heads"])
    for source, own in funding.items():
        if source in ("heads", "joints"):
            continue
        composed = rf"(?:{heads})\s*(?:{joints})?\s*(?:{_alternatives(own['qualifiers'])})"
        named.append(("funding", source, rf"{_alternatives(own['labels'])}|{composed}"))
        words += own["labels"]
    for kind in ("total", "status", "other"):
        named.append((kind, None, _alternatives(table[kind]["labels"])))
        words += table[kind]["labels"]
    tails = rf"(?:\s*(?:[-–—]\s*)?(?:{_alternatives(table['tails'])})(?!\w))*"
    starts = sorted({re.split(r"[\s’'-]", word)[0][:5] for word in words})
    return _Compiled(
        re.compile("|".join(map(re.escape, starts)), re.IGNORECASE),
        tuple(
            (
                kind,
                source,
                re.compile(
                    rf"(?P<name>{pattern}){_BOUNDARY}{tails}{_NOTE}{_FOOTNOTE}", re.IGNORECASE
                ),
            )
            for kind, source, pattern in named
        ),
        frozenset(_fold(label) for label in table["status"]["colon_only"]),
    )


_SEPARATOR = re.compile(
    r"\s*(?:[:：]\s*(?:[-–—]\s+)?|(?:\.\s?){3,}|…+|\s[-–—=]\s|[-–—]\s|_{2,}|)\s*"
)


def _fold(label: str) -> str:
    return re.sub(r"[\s’']+", "", label).casefold()


def match(text: str, vocabulary: Vocabulary = PACKAGED) -> Label | None:
    """The longest known label at the very start of a text, or None.

    >>> label = match("Risorse PON METRO € 1.552.500,00")
    >>> label.kind, label.source, label.colon
    ('funding', 'pon_metro', False)
    >>> match("STATO DI ATTUAZIONE : completato").value
    22
    """
    compiled = _compiled(vocabulary)
    if not compiled.first.match(text):
        return None
    best: tuple[int, str, str | None, str] | None = None
    for kind, source, pattern in compiled.patterns:
        found = pattern.match(text)
        if found and (best is None or found.end() > best[0]):
            best = (found.end(), kind, source, found["name"])
    if best is None:
        return None
    end, kind, source, name = best
    while end > 0 and text[end - 1] == " ":
        end -= 1
    after = _SEPARATOR.match(text, end)
    value = after.end() if after else end
    colon = bool(text[end:value].strip())
    return Label(kind, source, end, value, colon, _fold(name) in compiled.weak)


def opens_field(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a line plainly opens with a label: before a colon, before a sum, or alone.

    >>> opens_field("Costo totale € 3.100.000,00"), opens_field("Stato di abbandono")
    (True, False)
    """
    label = match(text, vocabulary)
    if label is None:
        return False
    rest = text[label.value :]
    if label.colon or rest[:1] == "€" or rest[:1].isdigit():
        return True
    return not rest and not label.weak
