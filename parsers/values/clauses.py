"""Where the clauses of a status end (the published contract's ``status_clauses``).

A clause ends at a full stop, a semicolon, or at a comma or "e" before a new predicate of the
phase vocabulary; not inside quotes, brackets or abbreviations; a link stays with its clause.
A spaced dash counts as a comma. Closing marks stay with their clause and "e" opens the next
one, so that the clauses, joined by one space, are the status again; only dashes and bullets
that set clauses apart belong to none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from parsers.values.folding import LINK, fold, has_link, masked, protected
from parsers.values.patterns import Lazy
from parsers.values.predicates import Mark, is_finite, marks, opening, spoken
from parsers.vocabulary import PACKAGED, Vocabulary

_STOP = Lazy(r"[.;!?•]+")
_BREAK = Lazy(r",(?!\d)|(?<!\w)ed?(?!\w)|(?<=\s)[-–—](?=\s)")
_LAST_WORD = Lazy(r"[^\s(“\"«']*$")
_ACRONYM = Lazy(r"\w(?:\.\w)*")
_SPACE = Lazy(r"\s*")
_PAUSE = Lazy(r"[.;,](?!\w)")
_LETTERS = Lazy(r"[^\W\d_]+")
_LIST_MARKS = " •–—-"
# States that no mere adjective has: a short subject before one of them is a new clause.
_NOT_ADJECTIVE = frozenset({"underway", "imminent", "pending", "future", "operating"})
_SHORT = 3
# How far after a comma or "e" a predicate without a subject may stand, in characters.
_NEAR = 80


class Told(NamedTuple):
    """A text made ready to be asked what it tells.

    Attributes:
        folded: the text, folded.
        shown: the same with blanks for what it only cites.
        marks: the wordings met in ``shown``, in order.
    """

    folded: str
    shown: str
    marks: list[Mark]


def told(text: str, vocabulary: Vocabulary) -> Told:
    """Make a text ready."""
    folded = fold(text)
    shown = masked(folded, protected(text))
    return Told(folded, shown, marks(shown, vocabulary))


def clauses(text: str, vocabulary: Vocabulary = PACKAGED) -> list[tuple[int, int]]:
    """Spans of the clauses of a status, in order, free of spaces at their ends.

    Args:
        text: a status, one line.
        vocabulary: the words that make a predicate.

    >>> status = "gara affidata e lavori in procinto di essere avviati; prevista la fine"
    >>> [status[start:end] for start, end in clauses(status)]
    ['gara affidata', 'e lavori in procinto di essere avviati;', 'prevista la fine']
    """
    return split(text, told(text, vocabulary), vocabulary)


def split(text: str, whole: Told, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Spans of the clauses of a status that is made ready."""
    return _Splitter(text, whole, vocabulary).split()


class _Splitter:
    """One status being split."""

    def __init__(self, text: str, whole: Told, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.folded, found = whole.shown, whole.marks
        self.words = [m.start() for m in _LETTERS.finditer(self.folded)]
        self.marks = [m for m in spoken(found, self.folded, vocabulary) if m.state != "hint"]
        self.states = [m for m in self.marks if m.state]
        self.relatives = [m.start for m in found if m.state == "relative"]
        self.lead = opening(vocabulary, "adverbs", "auxiliaries")
        self.article = opening(vocabulary, "adverbs", "articles")
        self.attached = opening(vocabulary, "attached")
        self.heads = opening(vocabulary, "heads")

    def split(self) -> list[tuple[int, int]]:
        cuts = sorted({0, len(self.text), *self._cuts()})
        pieces: list[tuple[int, int]] = []
        begin = 0
        for start, end in pairwise(cuts):
            if self._says(begin, end) or (end == len(self.text) and not pieces):
                pieces.append((begin, end))
                begin = end
            elif pieces and begin == start:
                # A bare link or closing mark stays with the clause before it.
                pieces[-1] = (pieces[-1][0], end)
                begin = end
        trimmed = [self._trim(start, end) for start, end in pieces]
        return [(start, end) for start, end in trimmed if start < end]

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and (self.text[start].isspace() or self.text[start] in _LIST_MARKS):
            start += 1
        while start < end and (self.text[end - 1].isspace() or self.text[end - 1] in _LIST_MARKS):
            end -= 1
        return start, end

    def _cuts(self) -> Iterator[int]:
        links = [m.end() for m in LINK.finditer(self.text)] if has_link(self.text) else []
        begin = 0
        for end in [*self._stops(), len(self.text)]:
            yield from self._soft_cuts(begin, end, links)
            yield end
            begin = end

    def _stops(self) -> Iterator[int]:
        """Ends of the full stops and semicolons that close a clause."""
        begin = 0
        for stop in _STOP.finditer(self.folded):
            if ";" in stop[0] or "•" in stop[0] or self._closes(stop.start(), stop.end(), begin):
                begin = stop.end()
                yield begin

    def _closes(self, start: int, end: int, begin: int) -> bool:
        """Whether the full stop at ``start`` closes the clause that began at ``begin``."""
        found = _LAST_WORD.search(self.folded, max(begin, start - 12), start)
        last = found[0] if found else ""
        following = self.text[end : end + 1]
        if following and not following.isspace() and following not in "”»\"')":
            # Within "S.p.A." or "1.000"; but "completata.Si prevede" lost its space.
            return len(last) > _SHORT and last.isalpha() and following.isupper()
        if last.isdigit() and not self._says(begin, start):
            return False
        if last in _abbreviations(self.vocabulary, "abbreviations"):
            return False
        soft = _abbreviations(self.vocabulary, "soft_abbreviations")
        if last in soft or _ACRONYM.fullmatch(last):
            place = self._reached(_SPACE, end)
            pause = _PAUSE.search(self.folded, end)
            limit = pause.start() if pause else len(self.text)
            return self.text[place : place + 1].isupper() and self._begins(end, limit)
        return True

    def _soft_cuts(self, begin: int, end: int, links: list[int]) -> Iterator[int]:
        """Cuts at commas, "e", dashes and links, within what two full stops enclose."""
        places = [(m.start(), m.end(), end) for m in _BREAK.finditer(self.folded, begin, end)]
        places += [(link, link, end) for link in links if begin < link < end]
        places.sort()
        limit = end
        for index in reversed(range(len(places))):
            start, after, _ = places[index]
            places[index] = (start, after, limit)
            if self.folded[start:after] == "," or self._predicate_at(after):
                limit = start
        last = opened = seen = begin
        for start, after, limit in places:
            if start == after:
                said = self._next(self.states, last, start) is not None
                bare = not self._says(last, start)
                new = (said or bare) and self._next(self.states, start, end) is not None
            else:
                # "Gara non avviata: il progetto, approvato nel 2022, è ...": a subject anew.
                opened = max(opened, self.folded.rfind(": ", seen, start))
                seen = start
                said = self._next(self.states, max(last, opened), start) is not None
                new = said and self._begins(after, limit)
            if new:
                last = start if self.folded[start:after].isalpha() else after
                yield last

    def _says(self, start: int, end: int) -> bool:
        """Whether a word begins in a span, links, brackets and quotations not counted."""
        place = bisect_left(self.words, start)
        return place < len(self.words) and self.words[place] < end

    def _next(self, found: list[Mark], start: int, end: int) -> Mark | None:
        place = bisect_left(found, start, key=lambda mark: mark.start)
        return found[place] if place < len(found) and found[place].start < end else None

    def _predicate_at(self, place: int) -> bool:
        """Whether a predicate stands at a place, adverbs and auxiliaries aside."""
        predicate = self._next(self.states, place, place + _NEAR)
        return bool(predicate and self.lead.fullmatch(self.folded, place, predicate.start))

    def _begins(self, start: int, end: int) -> bool:
        """Whether a new predicate begins here: itself, or with its subject before it."""
        if self._predicate_at(start):
            return True
        start = self._reached(_SPACE, start)
        if self._reached(self.attached, start) > start or self.folded.startswith("senza ", start):
            return False
        noun = self._reached(self.article, start)
        first = self._next(self.marks, start, end)
        predicate = self._next(self.states, start, end)
        headed = first is not None and first.start == noun
        if predicate is None:
            # "e avvio della nuova agenzia": a noun of beginning is a predicate by itself.
            return headed and noun == start and first is not None and first.stage == "start"
        relative = bisect_left(self.relatives, start)
        if relative < len(self.relatives) and self.relatives[relative] < predicate.start:
            return False
        if headed or self._reached(self.heads, noun) > noun:
            return True
        if is_finite(predicate, self.folded, self.vocabulary):
            return True
        words = self.folded[start : predicate.start].split(maxsplit=_SHORT)
        return predicate.state in _NOT_ADJECTIVE and len(words) <= _SHORT

    def _reached(self, words: Lazy | re.Pattern[str], place: int) -> int:
        found = words.match(self.folded, place)
        return found.end() if found else place


@cache
def _abbreviations(vocabulary: Vocabulary, kind: str) -> frozenset[str]:
    return frozenset(vocabulary["phases"]["grammar"][kind])
