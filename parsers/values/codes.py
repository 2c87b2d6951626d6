"""Action codes, the programmes' local project codes, in every spelling met in real documents.

Three families (the contract's ``code``): ``pon`` (``MI4.2.1.b``), ``pn`` with four numbers
(``BO1.1.3.1.a``) and ``poc`` with a Roman ambit (``POC BA I.3.1.e``). A code without its letter
("linea 6.1.4") is no whole code and never read as one.

>>> [parse(text).canonical for text in ("MI.4.2.1.b", "Ba2.2.1a", "BO1.1.3.1.A", "POC BA I.3.1.e")]
['MI4.2.1.b', 'BA2.2.1.a', 'BO1.1.3.1.a', 'POC BA I.3.1.e']
>>> parse("Poc ca i.2.2.e").canonical
'POC CA I.2.2.e'
>>> parse("3.3.1. A", city="VE").canonical
'VE3.3.1.a'
>>> parse("MI3.2.8.3.b").axis, parse("MI3.2.8.3.b").specific_objective
(3, '2.8')
>>> [found.value.canonical for found in find("(azione MI 4.1.1.b); MI4.1.1 e MI3.1.1; linea 6.1.4")]
['MI4.1.1.b']
>>> title = "MI2.2.4.a- Area per la mobilità condivisa e sostenibile"
>>> title[after_heading(title, find_heading(title).end):]
'Area per la mobilità condivisa e sostenibile'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from parsers.values import Found, ValueProblem, links
from parsers.values.patterns import Lazy
from parsers.vocabulary import PACKAGED, Vocabulary

# Spaces of every width, line breaks, and the zero-width characters of typesetters. Bounded, so
# that a text of nothing but spaces is still searched in linear time.
_BLANK = "[\\s\u00ad\u200b-\u200d\u2060\ufeff]"
_GAP = _BLANK + "{0,60}"
_DOT = rf"{_GAP}\.{_GAP}"
_NUMBERS = rf"[0-9]{{1,2}}(?:{_DOT}[0-9]{{1,2}}){{2,3}}(?![0-9])"
# One digit each, but for the objectives of 2021-27 ("4.4.11.1"): a date is no code without city.
_BARE_NUMBERS = rf"[1-9](?:{_DOT}[1-9]{_DOT}[1-9][0-9]?{_DOT}[1-9]|{_DOT}[1-9]{_DOT}[1-9])(?![0-9])"
_AMBIT = rf"(?:I{{1,3}}|IV|VI{{0,3}}|IX){_DOT}[0-9]{{1,2}}{_DOT}[0-9]{{1,2}}(?![0-9])"
# What every code holds and most lines do not: a quick test before the costly one.
_DOTTED = Lazy(rf"\.{_GAP}[0-9]{{1,2}}{_DOT}[0-9]")
_NOT_INSIDE = r"(?<![\w=&?#@%])"
_BLANKS = Lazy(_BLANK + "*")
_SPACE = Lazy(r"\s")
_APART = Lazy(r"\s\.\s")
_PART = Lazy(r"[0-9]+|[IVX]+")
_BRACKET_END = Lazy(rf"{_GAP}[)\]]")
_SUFFIX = Lazy(rf"(?P<joint>{_DOT}|{_GAP})(?P<letter>[A-Za-z]{{1,2}})(?!\w|['’]\w|\.[0-9])")
_DASHES = "\u002d\u2010-\u2015\u2212"
_SEPARATORS = Lazy(rf"(?:{_GAP}[{_DASHES}:.|·•;,_/])*{_GAP}")
_CLOSERS = ")]}»”\"’'.,;:|/" + "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"


class CodeProblem(ValueProblem):
    """A text that is no whole action code."""


class Code(NamedTuple):
    """A whole action code.

    Attributes:
        canonical: as published, ``MI4.2.1.b``; without city where none was printed nor given.
        family: ``pon``, ``pn`` or ``poc``, a key of the programmes' vocabulary.
        city: the prefix in capitals, known or not; None where none was printed nor given.
        numbers: of ``pon`` three, of ``pn`` four, of ``poc`` the Roman ambit and two.
        letter: the last letter or letters, lower case.
    """

    canonical: str
    family: str
    city: str | None
    numbers: tuple[str | int, ...]
    letter: str

    @property
    def axis(self) -> int | None:
        """The first number; None for POC codes."""
        first = self.numbers[0]
        return first if isinstance(first, int) else None

    @property
    def specific_objective(self) -> str | None:
        """The first two numbers, of four the second and third; None for POC codes."""
        if self.family == "poc":
            return None
        first = 1 if len(self.numbers) == 4 else 0
        return f"{self.numbers[first]}.{self.numbers[first + 1]}"


def parse(text: str, *, city: str | None = None, vocabulary: Vocabulary = PACKAGED) -> Code:
    """The one code that ``text`` is, in any spelling.

    Args:
        text: the code and nothing else; spaces around and inside do not matter.
        city: the prefix to take where the code is printed without one.
        vocabulary: the cities, and the words around codes.

    Raises:
        CodeProblem: the text is no whole code, or has no city and none is given.
    """
    found = _at(text, _skip(text, 0), city, vocabulary, _Place.WHOLE)
    if found is None or _skip(text, found.end) != len(text):
        raise CodeProblem(f"no whole action code: {text!r}")
    if found.value.city is None:
        raise CodeProblem(f"action code without city: {text!r}")
    return found.value


def is_valid(text: str, *, city: str | None = None, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether ``text`` is one whole code."""
    try:
        parse(text, city=city, vocabulary=vocabulary)
    except CodeProblem:
        return False
    return True


def find(
    text: str, *, city: str | None = None, vocabulary: Vocabulary = PACKAGED
) -> Iterator[Found[Code]]:
    """The whole codes that running text mentions, in order.

    A number without its city counts only behind a word for action or in a list after such a code,
    and only where ``city`` is given. Codes inside web addresses are no mention, and in an
    enumeration ("MI3.1.1.a, b e c") only what is a whole code is one.
    """
    if not _DOTTED.search(text):
        return
    addresses = links.find(text, vocabulary=vocabulary)
    address = next(addresses, None)
    grammar = _grammar(vocabulary)
    last_end = position = 0
    while _DOTTED.search(text, position) and (match := grammar.start.search(text, position)):
        start = match.start()
        position = start + 1
        while address is not None and address.end <= start:
            address = next(addresses, None)
        if address is not None and address.start <= start:
            position = address.end
            continue
        found = _at(text, start, city, vocabulary, _Place.PROSE)
        if found is None and (
            grammar.mention.search(text[max(0, start - 80) : start])
            or (last_end > 0 and grammar.joint.fullmatch(text, last_end, start))
        ):
            found = _at(text, start, city, vocabulary, _Place.NAMED)
        if found is not None and found.value.city is not None:
            yield found
            position = last_end = found.end


def find_heading(
    text: str, *, city: str | None = None, vocabulary: Vocabulary = PACKAGED
) -> Found[Code] | None:
    """The code that opens a heading, behind a word such as "Scheda azione" or not.

    Args:
        text: one line, or some lines joined by any white space.
        city: the prefix to take where the code is printed without one; without it such a code
            comes with its ``city`` None, for the caller to report.
        vocabulary: the cities, and the words that may stand before the code.

    Returns:
        The code with its own place, without the words before it; None where the text does not
        open with a whole code, or where the code is the end of a bracket of the line before.
    """
    if not _DOTTED.search(text):
        return None
    start = _skip(text, 0)
    lead = _grammar(vocabulary).lead.match(text, start)
    found = _at(text, lead.end() if lead else start, city, vocabulary, _Place.HEADING)
    if found is None or _BRACKET_END.match(text, found.end):
        return None
    return found


def is_named(text: str, *, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text is a whole code behind a word for it.

    >>> is_named("Codice progetto: MI4.1.1.a"), is_named("MI4.1.1.a")
    (True, False)
    """
    found = find_heading(text, vocabulary=vocabulary)
    return found is not None and found.start > 0 and after_heading(text, found.end) == len(text)


def after_heading(text: str, end: int) -> int:
    """Where the title starts: behind the code's end and any dash, colon, dot or bar after it."""
    match = _SEPARATORS.match(text, end)
    return match.end() if match else end


def is_known_city(code: Code, *, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether the code's prefix is one of the vocabulary's cities."""
    return code.city in vocabulary["cities"]


class _Place(IntEnum):
    """Where a code is looked for: the more the surroundings tell, the higher."""

    PROSE = 0
    NAMED = 1
    HEADING = 2
    WHOLE = 3


class _Grammar(NamedTuple):
    start: Lazy
    poc: Lazy
    cities: Lazy
    unknown: Lazy
    bare: Lazy
    lead: Lazy
    mention: Lazy
    joint: Lazy
    next_code: Lazy
    one_letter: frozenset[str]
    two_letter: frozenset[str]


def _at(
    text: str, start: int, city: str | None, vocabulary: Vocabulary, place: _Place
) -> Found[Code] | None:
    """The code that is printed exactly at ``start``, or None."""
    grammar = _grammar(vocabulary)
    prose = place < _Place.HEADING
    if match := _known(grammar.poc.match(text, start), vocabulary) or _known(
        grammar.cities.match(text, start), vocabulary
    ):
        doubtful = match["city"] is not None and match["city"].islower()
    elif match := grammar.unknown.match(text, start):
        doubtful = False
        if _SPACE.search(match["join"]) and (
            place == _Place.PROSE
            or (place < _Place.WHOLE and match["city"].lower() in grammar.two_letter)
        ):
            return None
    elif place != _Place.PROSE and (match := grammar.bare.match(text, start)):
        doubtful = False
    else:
        return None
    suffix = _suffix(text, match, place, grammar)
    if suffix is None:
        return None
    letter, end, joined = suffix
    # In prose "mi 4.1.1 b" is too little; in a heading "3.3.1 a)" is a list's own numbering.
    printed = match.groupdict().get("city")
    if not joined and prose and doubtful:
        return None
    if not joined and place == _Place.HEADING and printed is None and text[end : end + 1] == ")":
        return None
    prefix = _letters(printed).upper() if printed else city
    numbers = tuple(map(_number, _PART.findall(match["numbers"].upper())))
    return Found(_code(prefix, numbers, letter), start, end)


def _known(match: re.Match[str] | None, vocabulary: Vocabulary) -> re.Match[str] | None:
    """A match whose two letters are a city's in any case; of a POC code also others in capitals."""
    if match is None or match["city"] is None:
        return match
    prefix = _letters(match["city"])
    if prefix.upper() in vocabulary["cities"]:
        return match
    return match if prefix.isupper() and match.group()[:3].upper() == "POC" else None


def _letters(city: str) -> str:
    """A city's prefix without the blanks that may stand inside."""
    return "".join(filter(str.isalpha, city))


def _code(city: str | None, numbers: tuple[str | int, ...], letter: str) -> Code:
    dotted = ".".join(map(str, (*numbers, letter)))
    if isinstance(numbers[0], str):
        canonical = " ".join(part for part in ("POC", city, dotted) if part)
        return Code(canonical, "poc", city, numbers, letter)
    family = "pn" if len(numbers) == 4 else "pon"
    return Code(f"{city or ''}{dotted}", family, city, numbers, letter)


def _number(part: str) -> str | int:
    return int(part) if part.isdigit() else part


def _suffix(
    text: str, match: re.Match[str], place: _Place, grammar: _Grammar
) -> tuple[str, int, bool] | None:
    """The letter behind the numbers, its end, and whether it is joined to them beyond doubt."""
    suffix = _SUFFIX.match(text, match.end())
    if suffix is None:
        return None
    letter, joint, end = suffix.group("letter"), suffix.group("joint"), suffix.end()
    dotted, spaced = "." in joint, _SPACE.search(joint) is not None
    if len(letter) == 2:
        mixed = letter[0].islower() != letter[1].islower()
        if spaced or mixed or letter.lower() in grammar.two_letter:
            return None
    # "4 . 1 . 1 . a" is set apart letter by letter: there the space says nothing. No sentence
    # starts in lower case: "4.1.1. a" is one code, whatever follows.
    apart = _APART.search(match.group("numbers")) is not None
    joined = not spaced or (dotted and (apart or letter.islower() or joint[-1] == "."))
    if spaced and dotted and letter in "eo" and grammar.next_code.match(text, _skip(text, end)):
        return None  # "6.1.4. e 6.1.5"
    if (
        joined
        or place == _Place.WHOLE
        or _stands_alone(text, end, letter, place, grammar, stopped=dotted)
    ):
        return letter.lower(), end, joined
    return None


def _stands_alone(
    text: str, end: int, letter: str, place: _Place, grammar: _Grammar, *, stopped: bool
) -> bool:
    """Whether a letter after a space is the code's, and not a word or the start of one.

    Where it is ``stopped``, a full stop stands before the letter: a sentence may start here.
    """
    prose = place < _Place.HEADING
    word = letter.lower() in grammar.one_letter
    rest_at = _skip(text, end)
    rest = text[rest_at : rest_at + 40]
    if not rest:
        return not (prose and word and letter.islower())
    if rest[0] in _CLOSERS:
        glued = rest_at == end and rest[1:2].isalnum()
        if glued and (rest[0] == "." or letter in "eE"):
            return False  # "c.a 50", "E-government"
        if rest[0] == "." and re.match(rf"\.{_GAP}[0-9]", rest):
            return False  # "n. 20 alloggi"
        return not (prose and letter in "eo" and rest[0] == ",")
    if grammar.next_code.match(rest):
        return False
    if not word:
        return True
    capitals = re.match(r"[^\W\d_]{2,}", rest)
    shouted = capitals is not None and capitals.group().isupper()
    return letter.isupper() and rest[0].isupper() and not (prose and (shouted or stopped))


def _skip(text: str, position: int) -> int:
    match = _BLANKS.match(text, position)
    return match.end() if match else position


def _words(words: Iterable[str]) -> str:
    """An alternation of words, the longest first, with any gap for a space."""
    ordered = sorted(words, key=len, reverse=True)
    typographic = {"'": "['’]", " ": _BLANK + "{1,60}"}
    return "|".join(
        "".join(typographic.get(character, re.escape(character)) for character in word)
        for word in ordered
    )


@cache
def _grammar(vocabulary: Vocabulary) -> _Grammar:
    words, cities = vocabulary["codes"], vocabulary["cities"]
    # Any two letters: whether they are a city's is looked up; a user's own may be of any length.
    own = sorted((each for each in cities if len(each) != 2), key=len, reverse=True)
    either = [f"(?i:{_GAP.join(map(re.escape, each))})" for each in own]
    city = "|".join([*either, rf"[A-Za-z]{_GAP}[A-Za-z]"])
    # One dot, dash or underscore may join prefix and numbers; a POC code has them as spaces.
    join = rf"{_GAP}[._–-]?{_GAP}"
    names = ("heading_leads", "mention_leads", "mention_joints", "list_joints")
    leads, mentions, joints, listed = (_words(words[name]) for name in names)
    # Where the text layer lost its spaces ("azioneMI4.1.1.a") capitals behind a small letter tell.
    glued = r"(?<=[a-zà-ÿ])[A-Z]{2}"
    return _Grammar(
        # Where any of those below may start: one look at each place of running text.
        start=Lazy(
            rf"{_NOT_INSIDE}(?:(?i:POC){join}(?:(?:{city}){join})?(?i:{_AMBIT})"
            rf"|(?:{city}){join}(?:{_NUMBERS}|{_AMBIT})|(?<![.,]){_BARE_NUMBERS})"
            rf"|[A-Z]{{2}}(?<=[a-zà-ÿ]..){join}(?:{_NUMBERS}|{_AMBIT})"
        ),
        poc=Lazy(
            rf"{_NOT_INSIDE}(?i:POC){join}(?:(?P<city>{city}){join})?"
            # Small capitals may be stored as the letters that they stand for: "Poc ca i.2.2.e".
            rf"(?P<numbers>(?i:{_AMBIT}))"
        ),
        cities=Lazy(
            rf"(?P<city>{_NOT_INSIDE}(?:{city})|{glued}){join}"
            rf"(?P<numbers>{_NUMBERS}|{_AMBIT})"
        ),
        unknown=Lazy(rf"{_NOT_INSIDE}(?P<city>[A-Z]{{2}})(?P<join>{join})(?P<numbers>{_NUMBERS})"),
        bare=Lazy(rf"(?<![\w.,=&?#@%])(?P<numbers>{_BARE_NUMBERS})"),
        lead=Lazy(
            rf"(?i:{leads})(?![a-zà-ÿ0-9_]){_GAP}(?:(?i:{joints}){_GAP})*"
            rf"(?:[0-9]{{1,3}}{_GAP}[{_DASHES}:.)]{_GAP}(?=(?:POC|[A-Z]{{2}}){_GAP}[._–-]?{_GAP}[0-9I]))?"
        ),
        mention=Lazy(rf"(?<!\w)(?i:{mentions})(?!\w){_GAP}(?:(?i:{joints}){_GAP})?\Z"),
        joint=Lazy(rf"{_GAP}(?:{listed}){_GAP}", re.IGNORECASE),
        next_code=Lazy(rf"(?:[A-Z][A-Za-z])?{join}[0-9]"),
        one_letter=frozenset(words["one_letter_words"]),
        two_letter=frozenset(words["two_letter_words"]),
    )
