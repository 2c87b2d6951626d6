"""What prose counts and measures: "c.a 50 posti letto", "nove punti", "300 - 400 metri".

A number is a quantity only before a noun of the vocabulary: precision before recall. Years, code
and street numbers, numbers of axes and sums of money are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from parsers.values import Found, ValueProblem
from parsers.values.patterns import GAP, MAYBE_GAP, Lazy, alternation, first_words, tokens
from parsers.vocabulary import PACKAGED, Vocabulary

_DIGITS = r"\d{1,3}(?:[.’']\d{3}){1,3}(?:,\d{1,3})?(?!\d|[.,]\d)|\d{1,9}(?:,\d{1,3})?(?!\d|[.,]\d)"
_YEAR = Lazy(r"(?:19|20)\d\d")
# "nel 2020 famiglie e imprese": after these four digits are a year.
_YEAR_BEFORE = Lazy(r"(?:\b(?:nel|del|dal|al|dell[’']anno|anno|il)|[-–/])\s?$", re.IGNORECASE)
# How far back the label of a number may stand ("Assi 3 e 4").
_LABEL_REACH = 40


class Quantity(NamedTuple):
    """A counted or measured amount of something.

    Attributes:
        value: the number, of a range its first.
        value_max: the second number of a range, else None.
        approximate: whether a word such as "circa", "oltre" or "fino a" goes with it.
        unit: what is counted, as printed ("posti letto").
    """

    value: Decimal
    value_max: Decimal | None
    approximate: bool
    unit: str


def parse(text: str, vocabulary: Vocabulary = PACKAGED) -> Quantity:
    """Read a whole text as one quantity.

    Raises:
        ValueProblem: it is none.

    >>> parse("c.a 1.000 posti letto")
    Quantity(value=Decimal('1000'), value_max=None, approximate=True, unit='posti letto')
    >>> parse("300 - 400 metri").value_max
    Decimal('400')
    >>> parse("nove punti").value
    Decimal('9')
    """
    stripped = text.strip()
    found = _grammar(vocabulary).at(stripped, 0)
    if found is None or found.end != len(stripped):
        raise ValueProblem(f"no quantity: {text!r}")
    return found.value


def is_valid(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a whole text is one quantity."""
    try:
        parse(text, vocabulary)
    except ValueProblem:
        return False
    return True


def find(text: str, vocabulary: Vocabulary = PACKAGED) -> Iterator[Found[Quantity]]:
    """The quantities of running prose, in order, each from its first word to the end of its unit.

    >>> text = "80 unità abitative in 18 complessi immobiliari, n. 20 alloggi (Assi 3 e 4)"
    >>> [text[found.start:found.end] for found in find(text)]
    ['80 unità abitative', '18 complessi immobiliari', 'n. 20 alloggi']
    """
    grammar = _grammar(vocabulary)
    words = tokens(text)
    done = 0
    for at in sorted([*words.numbers, *words.starts(grammar.leads)]):
        if at < done or not grammar.may_begin(text, at):
            continue
        found = grammar.at(text, at)
        if found and not grammar.is_labelled(text, found.start):
            yield found
            done = found.end


class _Grammar:
    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary["quantities"]
        self._numerals = _numerals(words["numerals"])
        self._scales: dict[str, int] = words["scales"]
        self._collectives: dict[str, int] = words["collectives"]
        about = alternation(words["approximations"])
        self._plurals = {forms[-1] for forms in words["nouns"]}
        self._singulars = {forms[0] for forms in words["nouns"]}
        # Any word: whether it is a numeral is looked up, which keeps the pattern small.
        numeral = r"[^\W\d_]{2,20}"
        opener = (
            rf"(?:(?:(?P<from>{alternation(words['from'])})"
            rf"|(?P<between>{alternation(words['between'])})){GAP})?"
        )
        mark = f"(?:{alternation(words['number_marks'])}{MAYBE_GAP})?"
        # "da 2 a 3", "tra 2 e 3", "2-3", "2 o 3", but not "2 e 3" alone: these are two.
        to, and_ = alternation(words["to"]), alternation(words["and"])
        link = (
            rf"(?:{MAYBE_GAP}[-‐‑–—/]{MAYBE_GAP}|{GAP}(?:o|oppure){GAP}"
            rf"|{GAP}(?P<to>{to}){GAP}|{GAP}(?P<and>{and_}){GAP})"
        )
        scale = rf"(?:{MAYBE_GAP}(?P<scale>{alternation(self._scales)})(?:{GAP}di)?)?"
        adjective = f"(?:{alternation(words['adjectives'])}{GAP}){{0,2}}"
        extension = f"(?:{GAP}{alternation(words['extensions'])}){{0,2}}"
        self._quantity = Lazy(
            rf"(?:(?P<about>{about}){MAYBE_GAP}(?:di{GAP})?)?"
            rf"(?:una?{GAP}(?P<collective>{alternation(self._collectives)}){GAP}di"
            rf"|{mark}{opener}(?P<first>{_DIGITS}|{numeral})"
            rf"(?:{link}(?P<second>{_DIGITS}|{numeral}))?{scale})"
            rf"(?:{GAP}(?P<after>{about}))?{MAYBE_GAP}{adjective}"
            rf"(?P<unit>(?:(?P<measure>{alternation(words['measures'])})"
            rf"|(?P<noun>[^\W\d_]{{2,30}})){extension})"
            rf"(?:{GAP}(?P<last>circa|c\.a\.?|ca\.))?(?!\w)",
            re.IGNORECASE,
        )
        self._label = Lazy(
            rf"(?<!\w){alternation(words['labels'])}{MAYBE_GAP}(?:n\.?\s?)?"
            rf"(?:\d{{1,4}}(?:\s?[,/-]\s?|\s(?:e|ed|o)\s)){{0,6}}$",
            re.IGNORECASE,
        )
        openers = (
            *words["approximations"],
            *words["number_marks"],
            *words["from"],
            *words["between"],
        )
        self._months = {name for names in vocabulary["dates"]["months"] for name in names}
        self.leads = first_words([*openers, *self._numerals, "un", "una"]) | {"~", "≈"}

    def may_begin(self, text: str, at: int) -> bool:
        """Whether a quantity may begin at a number or a lead, by what stands before it."""
        before = text[at - 1] if at else " "
        if before.isalnum() or before in "_€":
            return False
        if text[at].isdecimal():
            # "1 250 cittadini": the rest of a number whose groups a space parts is no number.
            joined = before in ".,/-–:’'" and at > 1 and text[at - 2].isalnum()
            return not joined and not (before == " " and at > 1 and text[at - 2].isdecimal())
        return True

    def is_labelled(self, text: str, start: int) -> bool:
        """Whether the number at ``start`` is the name of what stands before it ("Assi 3 e 4")."""
        return self._label.search(text[max(0, start - _LABEL_REACH) : start]) is not None

    def at(self, text: str, at: int) -> Found[Quantity] | None:
        """The quantity that begins at ``at``."""
        found = self._quantity.match(text, at)
        if found is None:
            return None
        about = any(found[name] for name in ("about", "after", "last", "collective"))
        if found["collective"]:
            value, top = Decimal(self._collectives[found["collective"].lower()]), None
        else:
            if not self._is_number(found["first"]) or not self._is_number(found["second"] or "2"):
                return None
            value = self._number(found["first"], found["scale"])
            top = self._number(found["second"], found["scale"]) if found["second"] else None
            if value == 0 or self._is_year(text, found) or not self._is_range(found, value, top):
                return None
        if found["noun"] and not self._counts(found["noun"].lower(), value, top):
            return None
        return Found(Quantity(value, top, about, found["unit"]), at, found.end())

    def _counts(self, noun: str, value: Decimal, top: Decimal | None) -> bool:
        return noun in (self._singulars if value == 1 and top is None else self._plurals)

    def _is_range(self, found: re.Match[str], value: Decimal, top: Decimal | None) -> bool:
        if top is None:
            return not (found["from"] or found["between"])
        opened = (not found["to"] or found["from"]) and (not found["and"] or found["between"])
        return bool(opened) and top > value

    def _is_number(self, spelt: str) -> bool:
        return spelt[0].isdecimal() or spelt.lower() in self._numerals

    def _number(self, spelt: str, scale: str | None) -> Decimal:
        by_name = self._numerals.get(spelt.lower())
        plain = re.sub(r"[.’']", "", spelt).replace(",", ".")
        number = Decimal(by_name if by_name is not None else plain)
        return number * self._scales[scale.lower()] if scale else number

    def _is_year(self, text: str, found: re.Match[str]) -> bool:
        if not _YEAR.fullmatch(found["first"]):
            return False
        if found["second"] and _YEAR.fullmatch(found["second"]):
            return True
        before = text[: found.start("first")][-12:]
        month = before.split()[-1].lower() if before.split() else ""
        return month in self._months or _YEAR_BEFORE.search(before) is not None


def _numerals(words: Mapping[str, Any]) -> dict[str, int]:
    numerals: dict[int, str] = dict(enumerate(words["units"], 2)) | dict(
        enumerate(words["teens"], 10)
    )
    for tens, spelt in enumerate(words["tens"], 2):
        numerals[10 * tens] = spelt
        numerals[10 * tens + 1] = spelt[:-1] + "uno"
        for unit, word in enumerate(words["units"], 2):
            # A vowel before a vowel falls: "ventotto".
            numerals[10 * tens + unit] = (spelt[:-1] if word[0] == "o" else spelt) + word
    accented = {word[:-1] + "é": number for number, word in numerals.items() if word[-3:] == "tre"}
    elided = {word[:-1]: number for number, word in numerals.items() if word.endswith("uno")}
    plain = {word: number for number, word in numerals.items()}
    return {**plain, **accented, **elided, **words["more"]}


_grammar = cache(_Grammar)
