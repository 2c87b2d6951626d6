"""Whether a dated phrase is said of the past or of what lies ahead (``dates.modality``).

The predicate that governs is the one nearest to the phrase: each sign of punctuation and each
conjunction between the two counts as distance. No clock and no edition date is asked, so the
answer depends on the words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal

from parsers.values import Found
from parsers.values.patterns import GAP, MAYBE_GAP, Lazy, alternation, either
from parsers.vocabulary import PACKAGED, Vocabulary

Modality = Literal["actual", "planned"]

_SENTENCE_END = Lazy(r"[;!?]|\.(?=\s)")
_BREAK = Lazy(r"[,:()]|\s[-–—]\s")
_CONJUNCTION = Lazy(r"\b(?:ed?|ma|mentre)\b", re.IGNORECASE)
# In characters: a sentence is further than any clause, a comma than the length of most phrases.
_SENTENCE_COST = 400
_BREAK_COST = 60
_CONJUNCTION_COST = 20
# Italian puts the verb before its date, so one that follows is a little further.
_AFTER_COST = 5


def modality(clause: str, found: Found[Any], vocabulary: Vocabulary = PACKAGED) -> Modality:
    """Whether ``clause`` says the dated phrase ``found`` in it of the past or of the future.

    >>> from parsers.values.dates import find
    >>> clause = "i lavori sono stati eseguiti, la consegna è prevista per la prima metà del 2022"
    >>> modality(clause, next(find(clause)))
    'planned'
    >>> modality("lavori iniziati a febbraio 2021", next(find("lavori iniziati a febbraio 2021")))
    'actual'
    """
    words = _words(vocabulary)
    deadline = words.deadline.match(clause, found.start) is not None
    governing = _nearest(clause, found, words.predicates(clause))
    if governing:
        _, end, kind = governing
        before = clause[end : found.start]
    else:
        kind, before = "", "," + clause[: found.start]
    if kind == "planned" or words.announced_end.search(before):
        return "planned"
    if deadline and (kind != "actual" or _BREAK.search(before)):
        return "planned"
    return "actual"


def _nearest(
    clause: str, found: Found[Any], predicates: Iterable[tuple[int, int, str]]
) -> tuple[int, int, str] | None:
    apart = [
        (start - found.end if start >= found.end else found.start - end, (start, end, kind))
        for start, end, kind in predicates
        if end <= found.start or start >= found.end
    ]
    best, cost = None, 0
    for characters, predicate in sorted(apart):
        if best and characters >= cost:
            break  # every further one costs at least its characters
        this = _distance(clause, found, predicate[0], predicate[1])
        if best is None or this < cost:
            best, cost = predicate, this
    return best


def _distance(clause: str, found: Found[Any], start: int, end: int) -> int:
    after = start >= found.end
    between = clause[found.end : start] if after else clause[end : found.start]
    return (
        len(between)
        + _SENTENCE_COST * len(_SENTENCE_END.findall(between))
        + _BREAK_COST * len(_BREAK.findall(between))
        + _CONJUNCTION_COST * len(_CONJUNCTION.findall(between))
        + (_AFTER_COST if after else 0)
    )


class _Words:
    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary["modality"]
        participle = rf"\w+(?:{'|'.join(words['participle_endings'])})\b"
        actual = rf"(?:{_stems(words['actual'])})"
        adverb = rf"(?:\w+mente{GAP}|già{GAP}|anche{GAP}|quindi{GAP}|inoltre{GAP})?"
        helped = rf"{alternation(words['auxiliaries'])}{GAP}{adverb}{participle}"
        future = (
            rf"(?!{alternation(words['not_future'])})\w+"
            rf"{alternation(words['future_endings'])}(?:{GAP}\w+){{0,2}}?{GAP}{participle}"
            rf"|(?!{alternation(words['not_future'])})\w+{alternation(words['future_endings'])}"
        )
        to_do = (
            rf"da{GAP}\w+(?:{'|'.join(words['infinitive_endings'])})\b"
            rf"|{alternation(words['passive_infinitives'])}{GAP}{adverb}{participle}"
        )
        # In this order: "è prevista" is planned though it is helped, "sarà conclusa" though stem.
        self._predicate = Lazy(
            rf"\b(?=\w)(?:(?P<planned>(?:(?:è|e'|sono|era|erano|si{GAP}è){GAP}(?:stat[oaie]{GAP})?)?"
            rf"(?:{_stems(words['planned'])})|{future}|{to_do})"
            rf"|(?P<ongoing>{alternation(words['ongoing'])})"
            rf"|(?P<actual>{helped}|{actual}))",
            re.IGNORECASE,
        )
        self.deadline = Lazy(alternation(words["deadlines"]), re.IGNORECASE)
        self.announced_end = Lazy(
            rf"(?:[,;:(]|\bcon){MAYBE_GAP}(?:l[ao]?{GAP}|il{GAP}|l['’])?"
            rf"{alternation(words['ends'])}[^,;]*$",
            re.IGNORECASE,
        )

    def predicates(self, clause: str) -> Iterator[tuple[int, int, str]]:
        for found in self._predicate.finditer(clause):
            yield found.start(), found.end(), found.lastgroup or ""


def _stems(entries: list[str]) -> str:
    stems = either(re.escape(entry[:-1]) for entry in entries if entry.endswith("*"))
    whole = alternation(entry for entry in entries if not entry.endswith("*"))
    return rf"{stems}[oaie]\b|{whole}"


_words = cache(_Words)
