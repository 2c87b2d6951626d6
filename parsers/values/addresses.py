"""Street addresses: type, name, house number, and the word for a room of the house.

Rules: the contract, "addresses". In prose an address needs a house number ("snc" counts), in a
caption or a list it does not; the town after it is not part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from parsers.values import Found, ValueProblem, districts
from parsers.values.patterns import GAP, MAYBE_GAP, Lazy, alternation, first_words, tokens, word_at
from parsers.vocabulary import PACKAGED, Vocabulary

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_LETTER = r"[^\W\d_]"
# Letters of an abbreviated type before its full stop or slash.
_ABBREVIATED = 2
# No street has a longer name in more words than this; it bounds what one match may cost.
_NAME_WORDS = 7
_NUMBERS = 20
_YEARS = range(1900, 2100)
_BLANKS = Lazy(MAYBE_GAP)
# A word, or its lower-case head where the space before a capital was lost ("viaPadova").
_RUN = Lazy(rf"(?<![\w.])(?:{_CAPITAL}+(?![a-zà-ÿ])|{_LETTER}[a-zà-ÿ]*)")
_WORD = Lazy(r"[\w./]+")
_COMMA = Lazy(rf"{MAYBE_GAP}(?:,{MAYBE_GAP})?")
_LIST = Lazy(rf"{MAYBE_GAP},{MAYBE_GAP}|{GAP}e{GAP}")
_SLASH = Lazy(rf"{MAYBE_GAP}/{MAYBE_GAP}")
_HYPHEN = Lazy("[\u2010\u2011]")
_BETWEEN = Lazy(r"(?<=[a-z]) ?- ?(?=[a-z](?![a-z]))")
_DASHES = "-\u2010\u2011–"
_CLOSED = Lazy(rf"{MAYBE_GAP}(?:$|[,;:.()\[\]/–-]|ed?{GAP})")
_AND_CAPITAL = Lazy(rf"{GAP}e{GAP}{_CAPITAL}{_LETTER}+")


class Address(NamedTuple):
    """An address as printed, its type spelt out.

    Attributes:
        street_type: lower case, in full ("viale" for "v.le").
        street_name: as printed ("P. L. Monti").
        house_number: without "n." and room word ("18 a-b", "51/55", "3, 5 e 7", "snc"), or None;
            no space stands beside its slashes, where a line may end.
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


def house_number(printed: str) -> str:
    """Read a printed house number: a space beside a slash is that of a line's end.

    A hyphen that keeps a line from breaking there is one as others are; spaces around one between
    letters are those of another font's glyph.

    >>> house_number("66/ A"), house_number("18 a\u2011b"), house_number("18 a - b")
    ('66/A', '18 a-b', '18 a-b')
    """
    return _BETWEEN.sub("-", _HYPHEN.sub("-", _SLASH.sub("/", printed)))


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
    if not listing and not grammar.may_be_numbered(text):
        return
    done = 0
    for at in _starts(text, vocabulary):
        if at >= done and (found := grammar.at(text, at, listing=listing)):
            yield found
            done = found.end


# A paragraph is asked whether it is a place, and then for its places.
@lru_cache(maxsize=256)
def _starts(text: str, vocabulary: Vocabulary) -> list[int]:
    return _grammar(vocabulary).starts(text)


@lru_cache(maxsize=1024)
def is_place_only(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a paragraph holds only a place, a list of places, or the heading of such a list.

    A building may be named before its address, a town and a remark in brackets may follow; with a
    verb it is a sentence.

    >>> [is_place_only(text) for text in ("Via Pianell 15, Milano", "Unità immobiliari")]
    [True, True]
    >>> is_place_only("Il progetto riguarda una cascina in via De Lemene 51")
    False
    """
    grammar = _paragraph(vocabulary)
    stripped = text.strip()
    if grammar.heading.fullmatch(stripped) or districts.find(stripped, vocabulary):
        return True
    if not grammar.may_open(stripped):
        return False
    found = find(stripped, listing=True, vocabulary=vocabulary)
    first = next(found, None)
    if first is None or not grammar.before_first.fullmatch(stripped, 0, first.start):
        return False
    places = [first, *found]
    between = all(
        grammar.between.fullmatch(stripped, one.end, next_.start) for one, next_ in pairwise(places)
    )
    return between and grammar.after_last.fullmatch(stripped, places[-1].end) is not None


def heads_places(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text is the heading of a list of places and nothing else.

    >>> heads_places("Unità immobiliari:"), heads_places("Unità immobiliari di pregio")
    (True, False)
    """
    return _paragraph(vocabulary).heading.fullmatch(text.strip()) is not None


class _Grammar:
    """Small patterns and sets of words, put together in code: one large pattern compiles slowly."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        table = vocabulary["addresses"]
        words = table["words"]
        self._types = {spelt.lower(): kind for kind, ws in table["types"].items() for spelt in ws}
        self._number_needed = set(words["number_needed"])
        self._not_names = set(words["not_names"])
        self._plural_saints = set(words["plural_saints"])
        self._whole_types = {spelt for spelt in self._types if "." not in spelt}
        self._stops = set(words["connectors"]) | self._whole_types
        rooms = [*words["rooms"], *words["numbered_rooms"]]
        self._goes_on = {room.split()[0] for room in rooms}
        self._verbs = frozenset(words["verbs"])
        months = alternation(names[0] for names in vocabulary["dates"]["months"])
        self._leads = first_words(self._types)
        # Where spaces were lost, a type is the head of a longer run of letters.
        self._heads = frozenset(lead[:3] for lead in self._leads if len(lead) > _ABBREVIATED)
        self._street = _compiled(alternation(self._types))
        self._day = _compiled(
            rf"(?:\d{{1,2}}[°º]?|[IVX]{{1,6}}|primo){GAP}{months}"
            rf"(?:{GAP}(?:1[89]|20)\d\d(?={MAYBE_GAP}(?:,|n|$)))?"
        )
        self._token = Lazy(_token(words))
        self._ending = Lazy(rf"{GAP}{alternation(words['endings'])}(?={MAYBE_GAP}[\dn,])")
        self._mark = _compiled(
            rf"{MAYBE_GAP},?{MAYBE_GAP}{alternation(words['number_marks'])}{MAYBE_GAP}"
        )
        self._numberless = first_words(words["no_number"])
        self._none = _compiled(rf"{MAYBE_GAP},?{MAYBE_GAP}({alternation(words['no_number'])})")
        self._number = _compiled(_number(words))
        self._room = _compiled(
            rf"{MAYBE_GAP},?{MAYBE_GAP}(?:{alternation(words['rooms'])}"
            rf"|{alternation(words['numbered_rooms'])}{MAYBE_GAP}(?:[a-z]|\d{{1,3}})(?!\w))"
        )
        plurals = [forms[-1] for forms in vocabulary["quantities"]["nouns"]]
        counted = [*words["counted"], *plurals]
        self._counted = _compiled(rf"{MAYBE_GAP}(?:{alternation(counted)}|{months})")

    def may_be_numbered(self, text: str) -> bool:
        """Whether a text holds a number or a word that stands for one."""
        found = tokens(text)
        return bool(found.numbers or found.starts(self._numberless))

    def may_open(self, word: str) -> bool:
        """Whether a street type may begin at a run of letters."""
        return word in self._leads or word[:3] in self._heads

    def starts(self, text: str) -> list[int]:
        """Where a street type may begin: a look at each word that costs less than the pattern."""
        found: list[int] = []
        for at in sorted(tokens(text).starts(self._leads, self._heads)):
            run = _RUN.match(text, at)
            if run and run[0].lower() in self._leads:
                found.append(at)
        return found

    def at(self, text: str, at: int, *, listing: bool) -> Found[Address] | None:
        """The address that begins with a street type at ``at``."""
        street = self._street.match(text, at)
        name = self._name(text, street) if street else None
        if street is None or name is None:
            return None
        kind = self._types[re.sub(r"\s+", " ", street[0].replace("’", "'")).lower()]
        printed = text[name[0] : name[1]]
        number = self._house_number(text, name[1], listing)
        if number is None:
            bare = listing and street[0].lower() not in self._number_needed
            # In capitals nothing but a number tells a name from the words after it.
            if not bare or _in_capitals(street[0]):
                return None
            return Found(Address(kind, printed, None), at, name[1])
        room = self._room.match(text, number[1])
        end = room.end() if room and self._closes(text, room.end(), True) else number[1]
        house = house_number(text[number[0] : number[1]])
        return Found(Address(kind, printed, house), at, end)

    def _name(self, text: str, street: re.Match[str]) -> tuple[int, int] | None:
        """What the street is called: capitals, initials, particles before them, or a day."""
        start = _skip_blanks(text, street.end())
        if day := self._day.match(text, start):
            return (start, day.end()) if start > street.end() else None
        end, saints = start, False
        for count in range(_NAME_WORDS):
            at = _skip_blanks(text, end)
            apart = at > end or (count == 0 and (at > street.end() or not street[0].isupper()))
            token = self._token.match(text, at) if apart else None
            word = _WORD.match(text, at)
            if token is None or token["word"].lower() in self._stops - self._first(count):
                break
            if count and word and word[0].lower() in self._whole_types:
                break
            saints = saints or not self._plural_saints.isdisjoint(token[0].split())
            end = token.end()
            if ending := self._ending.match(text, end):
                end = ending.end()
            if saints and (second := _AND_CAPITAL.match(text, end)):
                end = second.end()
        name = text[start:end]
        return (start, end) if name and self._is_name(street[0], name) else None

    def _first(self, count: int) -> set[str]:
        # "via Borgo Palazzo": a type may lead a name, but no connector may.
        return self._whole_types if count == 0 else set()

    def _is_name(self, street: str, name: str) -> bool:
        said = name.lower()
        if _in_capitals(street):
            # Capitals throughout: "CORSO DI FORMAZIONE 3", "IN VIA SPERIMENTALE 3".
            return self._not_names.isdisjoint({said.split()[0], said.split()[-1]})
        return said not in self._not_names

    def _house_number(self, text: str, at: int, listing: bool) -> tuple[int, int] | None:
        if absent := self._none.match(text, at):
            return absent.span(1)
        mark = self._mark.match(text, at)
        begin = mark.end() if mark else _COMMA.match(text, at).end()  # type: ignore[union-attr]
        end = self._numbers(text, begin, listing)
        if end is None:
            return None
        digits = text[begin:end]
        if mark is None and digits.isdecimal() and int(digits) in _YEARS:
            return None
        return (begin, end) if mark or not self._counts(text, end) else None

    def _counts(self, text: str, end: int) -> bool:
        """Whether a noun or a month after a number says that it is no house ("3 alloggi")."""
        room = self._room.match(text, end)
        if room and self._closes(text, room.end(), True):
            return False
        return self._counted.match(text, end) is not None

    def _numbers(self, text: str, begin: int, listing: bool) -> int | None:
        """The end of one house number or several ("3, 5 e 7")."""
        end = self._one(text, begin, listing)
        for _ in range(_NUMBERS if end else 0):
            link = _LIST.match(text, end or 0)
            item = self._one(text, link.end(), listing) if link else None
            if item is None or not self._closes(text, item, listing) or self._counts(text, item):
                break
            end = item
        return end

    def _one(self, text: str, begin: int, listing: bool) -> int | None:
        number = self._number.match(text, begin)
        if number is None:
            return None
        apart = number["apart"]
        # "15 a Milano", "5 e via Roma": the vowel is a word of its own.
        if apart and not self._closes(text, number.end(), listing and apart[-1] not in "eE"):
            return number.start("apart")
        return number.end()

    def _closes(self, text: str, end: int, listing: bool) -> bool:
        """Whether nothing of the same phrase goes on at ``end``.

        In a list the next street may follow without a mark, as line follows line.
        """
        if _CLOSED.match(text, end):
            return True
        word = _WORD.match(text, _skip_blanks(text, end))
        if word is None:
            return False
        said = word[0].lower()
        return said in self._goes_on or said in self._verbs or (listing and said in self._types)


class _Paragraph:
    """What may stand around the addresses of a paragraph that is nothing but a place."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary["addresses"]["words"]
        self.heading = _compiled(rf"{alternation(words['headings'])}{MAYBE_GAP}[:.–-]?")
        word = rf"(?!(?i:{alternation(words['verbs'])})(?!\w))[\w.'’“”\"«»°-]{{1,40}}"
        lead = (
            rf"(?:[-–•·▪*]{MAYBE_GAP})?(?:(?i:{alternation(words['buildings'])})(?:{GAP}{word}){{0,7}}"
            rf"{MAYBE_GAP}[,:–-]?{MAYBE_GAP}|(?i:in|presso){GAP})?"
        )
        capital = rf"{_CAPITAL}[\w'’]{{1,30}}"
        town = (
            rf"(?:{MAYBE_GAP}[,–-]?{MAYBE_GAP}(?:\d{{5}}{GAP})?{capital}(?:{GAP}{capital}){{0,3}}"
            rf"(?:{MAYBE_GAP}\([A-Z]{{2}}\))?)?"
        )
        remark = rf"(?:{MAYBE_GAP}\([^()]{{1,160}}\))?"
        self._heads = first_words([*words["buildings"], "in", "presso"])
        self._streets = _grammar(vocabulary)
        self.before_first = Lazy(lead)
        self.between = Lazy(
            rf"{town}{remark}{MAYBE_GAP}(?:[,;/–-]|(?:,{MAYBE_GAP})?ed?{GAP})?{MAYBE_GAP}{lead}"
        )
        self.after_last = Lazy(rf"{town}{remark}{MAYBE_GAP}[.,;:]?")

    def may_open(self, text: str) -> bool:
        """Whether a text opens with a street, a building or a list mark: a cheap look before."""
        word = word_at(text, 0)
        return not word or word in self._heads or self._streets.may_open(word)


def _token(words: dict[str, list[str]]) -> str:
    particle = rf"(?i:{alternation(words['particles'])}){MAYBE_GAP}"
    short = rf"{alternation(words['abbreviations'])}{MAYBE_GAP}"
    initial = rf"{_CAPITAL}\.{MAYBE_GAP}(?={_LETTER})"
    word = rf"(?P<word>{_CAPITAL}{_LETTER}{{0,30}}(?:[’'‘`´-]{_LETTER}{{1,30}}){{0,4}})"
    place = rf"\d{{1,2}}[°º]{GAP}(?={_CAPITAL})"
    return rf"(?:{particle}|{short}|{initial}|{place}){{0,4}}{word}"


def _number(words: dict[str, list[str]]) -> str:
    """A house number with its letters, or a range; ``apart``: a vowel that may be a word."""
    last = f"(?!{_LETTER})"
    letters = rf"(?:{MAYBE_GAP}[{_DASHES}/]{MAYBE_GAP}[a-z]{last}){{0,3}}"
    letter = (
        rf"(?:/{MAYBE_GAP}[a-z]{last}|[a-z](?![\w'’])"
        rf"|{GAP}[a-z](?={MAYBE_GAP}[{_DASHES}/]{MAYBE_GAP}[a-z]{last})"
        rf"|{GAP}[b-df-hj-np-tv-z](?!\w|['’]|\.\w)){letters}"
    )
    repeat = rf"{MAYBE_GAP}/?{alternation(words['repeats'])}(?!\w)"
    # "15,17" are two houses, "12,50 euro" and "1.250" none.
    sum_ = rf",(?:0|\d{{4}}|\d{{1,3}}(?:[.,]\d|{MAYBE_GAP}{alternation(words['counted'])}(?!\w)))"
    digits = rf"\d{{1,4}}(?!\d|\.\d|[°º]|{sum_})"
    return (
        rf"{digits}(?:{repeat}|{letter})?"
        rf"(?:{MAYBE_GAP}[{_DASHES}/]{MAYBE_GAP}{digits}(?:{repeat}|{letter})?){{0,9}}"
        rf"(?P<apart>{GAP}[aeiou](?![\w'’])){{0,1}}"
    )


def _in_capitals(street: str) -> bool:
    return street.isupper() and len(street) > 1


def _skip_blanks(text: str, at: int) -> int:
    return _BLANKS.match(text, at).end()  # type: ignore[union-attr]


def _compiled(pattern: str) -> Lazy:
    return Lazy(pattern, re.IGNORECASE)


_grammar = cache(_Grammar)
_paragraph = cache(_Paragraph)
