"""Street addresses: type, name, house number, and the word for a room of the house.

Rules: the contract, "addresses". In prose an address needs a house number ("snc" counts), in a
caption or a list it does not; the town after it is not part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from parsers.values import Found, ValueProblem, districts
from parsers.values.patterns import GAP, MAYBE_GAP, alternation
from parsers.vocabulary import PACKAGED, Vocabulary

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_LETTER = r"[^\W\d_]"
# No street has a longer name in more words than this; it bounds what one match may cost.
_NAME_WORDS = 7
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Address:
    """An address as printed, its type spelt out.

    Attributes:
        street_type: lower case, in full ("viale" for "v.le").
        street_name: as printed ("P. L. Monti").
        house_number: without "n." and room word ("18 a-b", "51/55", "3, 5 e 7", "snc"), or None.
    """

    street_type: str
    street_name: str
    house_number: str | None


def parse(text: str, vocabulary: Vocabulary = PACKAGED) -> Address:
    """Read a whole text as one address, with or without a house number.

    Raises:
        ValueProblem: it is none.

    >>> parse("via P. L. Monti n. 18 a-b")
    Address(street_type='via', street_name='P. L. Monti', house_number='18 a-b')
    >>> parse("v.le Ortles n. 69").street_type
    'viale'
    >>> parse("via Capuana 7 portineria").house_number
    '7'
    """
    stripped = text.strip()
    found = _grammar(vocabulary).at(stripped, 0, listing=True)
    if found is None or found.end != len(stripped):
        raise ValueProblem(f"no street address: {text!r}")
    return found.value


def is_valid(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a whole text is one address."""
    try:
        parse(text, vocabulary)
    except ValueProblem:
        return False
    return True


def find(
    text: str, *, listing: bool, vocabulary: Vocabulary = PACKAGED
) -> Iterator[Found[Address]]:
    """The addresses of a text, in order; one without house number only with ``listing``.

    >>> text = "Docce in via A. da Baggio n. 50 e in via Pucci n.3 (ristrutturazione)"
    >>> [text[found.start:found.end] for found in find(text, listing=False)]
    ['via A. da Baggio n. 50', 'via Pucci n.3']
    >>> list(find("fra piazza Napoli e il parco di via Odazio", listing=False))
    []
    """
    grammar = _grammar(vocabulary)
    done = 0
    for street in grammar.street_type.finditer(text):
        if street.start() < done:
            continue
        found = grammar.at(text, street.start(), listing=listing)
        if found:
            yield found
            done = found.end


def is_place_only(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a paragraph holds only a place, a list of places, or the heading of such a list.

    A building may be named before its address, a town and a remark in brackets may follow; with a
    verb it is a sentence.

    >>> [is_place_only(text) for text in ("Via Pianell 15, Milano", "Unità immobiliari")]
    [True, True]
    >>> is_place_only("Il progetto riguarda una cascina in via De Lemene 51")
    False
    """
    grammar = _grammar(vocabulary)
    stripped = text.strip()
    if grammar.heading.fullmatch(stripped) or districts.find(stripped, vocabulary):
        return True
    places = list(find(stripped, listing=True, vocabulary=vocabulary))
    if not places or not grammar.before_first.fullmatch(stripped, 0, places[0].start):
        return False
    between = all(
        grammar.between.fullmatch(stripped, one.end, next_.start)
        for one, next_ in pairwise(places)
    )
    return between and grammar.after_last.fullmatch(stripped, places[-1].end) is not None


class _Grammar:
    def __init__(self, vocabulary: Vocabulary) -> None:
        table = vocabulary["addresses"]
        words = table["words"]
        self._types = {spelt.lower(): kind for kind, ws in table["types"].items() for spelt in ws}
        self._number_needed = set(words["number_needed"])
        self._not_names = set(words["not_names"])
        street = alternation(self._types)
        whole = alternation(kind for kind in self._types if "." not in kind)
        months = alternation(names[0] for names in vocabulary["dates"]["months"])
        self.street_type = re.compile(rf"(?<![\w.]){street}", re.IGNORECASE)
        self._name = re.compile(_name(words, whole, months))
        mark = alternation(words["number_marks"])
        self._marked, self._bare = {}, {}
        for listing in (True, False):
            number = _number(words, whole, months, listing)
            self._marked[listing] = re.compile(
                rf"{MAYBE_GAP},?{MAYBE_GAP}{mark}{MAYBE_GAP}{number}", re.IGNORECASE
            )
            self._bare[listing] = re.compile(
                rf"{MAYBE_GAP}(?:,{MAYBE_GAP})?{number}", re.IGNORECASE
            )
        self._without = re.compile(
            rf"{MAYBE_GAP},?{MAYBE_GAP}(?P<number>{alternation(words['no_number'])})", re.IGNORECASE
        )
        self._room = re.compile(_room(words, whole), re.IGNORECASE)
        counted = [*words["counted"], *_plurals(vocabulary["quantities"]["nouns"])]
        self._counted = re.compile(
            rf"{MAYBE_GAP}(?:{alternation(counted)}|{months})", re.IGNORECASE
        )
        self._paragraph(words, whole)

    def _paragraph(self, words: dict[str, list[str]], street: str) -> None:
        self.heading = re.compile(
            rf"{alternation(words['headings'])}{MAYBE_GAP}[:.–-]?", re.IGNORECASE
        )
        word = rf"(?!{alternation(words['verbs'])}(?!\w))[\w.'’“”\"«»°-]{{1,40}}"
        lead = (
            rf"(?:[-–•·▪*]{MAYBE_GAP})?(?:(?i:{alternation(words['buildings'])})(?:{GAP}{word}){{0,7}}"
            rf"{MAYBE_GAP}[,:–-]?{MAYBE_GAP}|(?i:in|presso){GAP})?"
        )
        capital = rf"(?!(?i:{street})){_CAPITAL}[\w'’]{{1,30}}"
        town = (
            rf"(?:{MAYBE_GAP}[,–-]?{MAYBE_GAP}(?:\d{{5}}{GAP})?{capital}(?:{GAP}{capital}){{0,3}}"
            rf"(?:{MAYBE_GAP}\([A-Z]{{2}}\))?)?"
        )
        remark = rf"(?:{MAYBE_GAP}\([^()]{{1,160}}\))?"
        self.before_first = re.compile(lead)
        self.between = re.compile(
            rf"{town}{remark}{MAYBE_GAP}(?:[,;/–-]|(?:,{MAYBE_GAP})?ed?{GAP})?{MAYBE_GAP}{lead}"
        )
        self.after_last = re.compile(rf"{town}{remark}{MAYBE_GAP}[.,;:]?")

    def at(self, text: str, at: int, *, listing: bool) -> Found[Address] | None:
        """The address that begins with a street type at ``at``."""
        street = self.street_type.match(text, at)
        name = self._name.match(text, street.end()) if street else None
        if street is None or name is None or not self._is_name(street[0], name["name"]):
            return None
        kind = self._types[re.sub(r"\s+", " ", street[0].replace("’", "'")).lower()]
        number = self._house_number(text, name.end(), listing)
        if number is None:
            bare = listing and street[0].lower() not in self._number_needed
            # In capitals nothing but a number tells a name from the words after it.
            if not bare or (street[0].isupper() and len(street[0]) > 1):
                return None
            return Found(Address(kind, name["name"], None), at, name.end())
        room = self._room.match(text, number.end())
        end = room.end() if room else number.end()
        return Found(Address(kind, name["name"], number["number"]), at, end)

    def _is_name(self, street: str, name: str) -> bool:
        said = name.lower()
        if street.isupper() and len(street) > 1:
            # Capitals throughout: "CORSO DI FORMAZIONE 3", "IN VIA SPERIMENTALE 3".
            return self._not_names.isdisjoint({said.split()[0], said.split()[-1]})
        return said not in self._not_names

    def _house_number(self, text: str, at: int, listing: bool) -> re.Match[str] | None:
        found = self._without.match(text, at) or self._marked[listing].match(text, at)
        if found:
            return found
        found = self._bare[listing].match(text, at)
        if found is None or (
            self._counted.match(text, found.end()) and not self._room.match(text, found.end())
        ):
            return None
        digits = found["number"]
        return None if digits.isdecimal() and int(digits) in _YEARS else found


def _name(words: dict[str, list[str]], street: str, months: str) -> str:
    """What a street is called: capitals, initials, particles before them, or a day."""
    particle = rf"(?:(?i:{alternation(words['particles'])}){MAYBE_GAP})"
    stop = rf"(?!(?i:{alternation(words['connectors'])})(?!\w))"
    plain = rf"{stop}{_CAPITAL}{_LETTER}{{0,30}}(?:[’'‘`´-]{_LETTER}{{1,30}})*"
    initials = rf"(?:{_CAPITAL}\.{MAYBE_GAP}){{1,3}}(?={_LETTER})"
    short = rf"(?:{alternation(words['abbreviations'])}{MAYBE_GAP}|{initials})"
    token = rf"(?:(?:{particle}|{short}){{0,4}}{plain})"
    day = (
        rf"(?:\d{{1,2}}[°º]?|[IVX]{{1,6}}|(?i:primo)){GAP}(?i:{months})"
        rf"(?:{GAP}(?:1[89]|20)\d\d(?={MAYBE_GAP}(?:,|n|$)))?"
    )
    saints = rf"{alternation(words['plural_saints'])}{MAYBE_GAP}{plain}{GAP}e{GAP}{plain}"
    more = rf"(?:{GAP}(?!(?i:{street})){token}){{0,{_NAME_WORDS - 1}}}"
    return rf"(?:{GAP}|(?={_CAPITAL}{_LETTER}))(?P<name>{day}|{saints}|{token}{more})"


def _number(words: dict[str, list[str]], street: str, months: str, listing: bool) -> str:
    """A house number with its letters, or several of one street."""
    repeat = rf"(?:{MAYBE_GAP}{alternation(words['repeats'])})"
    rooms = alternation([*words["rooms"], *words["numbered_rooms"]])
    # In a list set line after line the next street follows without a mark.
    goes_on = rf"|{rooms}|{street}" if listing else rf"|{rooms}"
    closed = rf"{MAYBE_GAP}(?:$|[,;:.()\[\]–])"
    # A vowel apart is a word of its own ("15 a Milano") unless nothing goes on after it.
    letter = (
        rf"(?:/{MAYBE_GAP}[a-z](?!{_LETTER})|[a-z](?![\w'’])|{GAP}?[a-z](?=[-/–][a-z](?!{_LETTER}))"
        rf"|{GAP}[b-df-hj-np-tv-z](?!\w|['’]|\.\w)|{GAP}[aiou](?=(?:{closed}|{GAP}(?:e{GAP}{goes_on})))"
        rf"|{GAP}e(?={closed}))"
    )
    letters = rf"(?:{letter}(?:{MAYBE_GAP}[-/–]{MAYBE_GAP}[a-z](?!{_LETTER}))*)"
    one = rf"\d{{1,4}}(?!\d|[.,]\d|[°º])(?:{repeat}|{letters})?"
    spans = rf"{one}(?:{MAYBE_GAP}[/–-]{MAYBE_GAP}{one}){{0,9}}"
    ends = rf"(?=(?:{closed}|{GAP}(?:e{GAP}{goes_on})))"
    item = rf"(?:{MAYBE_GAP},{MAYBE_GAP}|{GAP}e{GAP}){spans}{ends}(?!{MAYBE_GAP}{months})"
    return rf"(?P<number>{spans}(?:{item}){{0,19}})"


def _room(words: dict[str, list[str]], street: str) -> str:
    ends = rf"(?={MAYBE_GAP}(?:$|[,;:.()\[\]/–-]|ed?{GAP}|{street}))"
    numbered = rf"{alternation(words['numbered_rooms'])}{MAYBE_GAP}(?:[a-z]|\d{{1,3}})(?!\w)"
    return rf"{MAYBE_GAP},?{MAYBE_GAP}(?:{numbered}|{alternation(words['rooms'])}){ends}"


def _plurals(nouns: Iterable[str]) -> list[str]:
    return [noun for noun in nouns if not noun.endswith("*")]


_grammar = cache(_Grammar)
