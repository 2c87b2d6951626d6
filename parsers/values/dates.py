"""Dates as intervals: "prima metà del 2022", "entro il 31 dicembre 2023", "01/05/25".

Rules: the contract, "dates". ``text[start:end]`` of what :func:`find` yields reads back with
:func:`parse` to the same value, unless it names a day that does not exist.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from parsers.values import Found, ValueProblem
from parsers.values.modality import modality
from parsers.values.patterns import GAP, MAYBE_GAP, Lazy, alternation, first_words, tokens, word_at
from parsers.values.periods import Period, PeriodReader
from parsers.vocabulary import PACKAGED, Vocabulary

__all__ = ["DateInterval", "find", "is_valid", "modality", "parse"]

_JOIN = Lazy(rf"{MAYBE_GAP}[-‐‑–—/]{MAYBE_GAP}")
# How far back an act may stand that a year belongs to ("delibera di Giunta comunale del 2018").
_ACT_REACH = 60
_NAME_REACH = 20
_LONGEST_LIST = 12
# From the first word of a phrase to its first number or name, in characters.
_REACH = 160
_PLAIN_A = Lazy(r"\ba\s*$", re.IGNORECASE)
_COMMA = Lazy(rf",{MAYBE_GAP}")
# More days of a list, up to its last but one: "10, 15 e 20 maggio 2022".
_DAYS = Lazy(rf"(?:{MAYBE_GAP},{MAYBE_GAP}\d{{1,2}}(?=,|{GAP}ed?{GAP}\d))+")
#: What may stand without a year or without a month word after each kind of opener.
_OPENED_BY = {
    "year": frozenset({"year", "number", "unit"}),
    "attribute": frozenset({"year", "number"}),
    "month": frozenset({"month", "number"}),
    "season": frozenset({"season"}),
}
_ALL = frozenset({"year", "number", "unit", "month", "season", "limit"})
#: Periods that an "e" may join when only the second has its year.
_KIN = {"month": 1, "part_of_month": 1, "day": 2, "season": 3, "quarter": 4, "half": 5, "range": 6}


class DateInterval(NamedTuple):
    """What a dated phrase says.

    Attributes:
        date_from: its first day; None if open ("entro ...") or not known.
        date_to: its last day; None if open ("da ...") or not known.
        precision: ``day``, ``month``, ``quarter``, ``half``, ``season``, ``year``,
            ``part_of_year``, ``part_of_month`` or ``range``; of a limit, its date's.
        ambiguous: the phrase does not say which days ("31 dicembre", "inverno 2022"): both null.
    """

    date_from: date | None
    date_to: date | None
    precision: str
    ambiguous: bool = False


def parse(text: str, vocabulary: Vocabulary = PACKAGED) -> DateInterval:
    """Read a whole text as one dated phrase; a preposition may open it.

    Raises:
        ValueProblem: it is none, or it names a day that does not exist.

    >>> parse("prima metà del 2022")
    DateInterval(date_from=datetime.date(2022, 1, 1), date_to=datetime.date(2022, 6, 30), \
precision='half', ambiguous=False)
    >>> parse("entro il 31 dicembre 2023").date_to
    datetime.date(2023, 12, 31)
    >>> parse("31 dicembre").ambiguous
    True
    """
    stripped = text.strip()
    phrase = _grammar(vocabulary).phrase(stripped, 0, anything=True)
    if phrase is None or phrase.end != len(stripped):
        raise ValueProblem(f"no date: {text!r}")
    try:
        return phrase.interval()
    except ValueError as problem:
        raise ValueProblem(f"no day of the calendar: {text!r}") from problem


def is_valid(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a whole text is one dated phrase."""
    try:
        parse(text, vocabulary)
    except ValueProblem:
        return False
    return True


def find(text: str, vocabulary: Vocabulary = PACKAGED) -> Iterator[Found[DateInterval]]:
    """The dated phrases of running prose, in order.

    A day that does not exist ("31 febbraio 2022") is yielded as ambiguous: it was meant as a
    date, so it is reported and not dropped.

    >>> text = "la consegna delle opere è prevista per la prima metà del 2022."
    >>> [text[found.start:found.end] for found in find(text)]
    ['prima metà del 2022']
    >>> [found.value.precision for found in find("PON Metro 2014-2020, Covid-19, L. 241/1990")]
    []
    """
    grammar = _grammar(vocabulary)
    done = 0
    for at in grammar.starts(text):
        if at < done:
            continue
        phrase = grammar.phrase(text, at)
        if phrase is None:
            continue
        try:
            interval = phrase.interval()
        except ValueError:
            interval = DateInterval(None, None, phrase.last.precision, ambiguous=True)
        if grammar.is_counted(text, phrase):
            interval = DateInterval(None, None, phrase.last.precision, ambiguous=True)
        yield Found(interval, phrase.start, phrase.end)
        done = phrase.end


class _Phrase(NamedTuple):
    """A limit's kind ("" without one) and one period, or the two ends of a range."""

    limit: str
    first: Period
    last: Period
    start: int

    @property
    def end(self) -> int:
        return self.last.end

    def interval(self) -> DateInterval:
        precision = self.last.precision if self.first is self.last else "range"
        first, last = self.first.days(), self.last.days()
        if first is None or last is None or first[0] > last[1]:
            return DateInterval(None, None, precision, ambiguous=True)
        since, until = first[0], last[1]
        middle = self.last.middle()
        day = timedelta(days=1)
        if self.limit == "until":
            return DateInterval(None, middle or until, precision)
        if self.limit == "since":
            return DateInterval(middle + day if middle else since, None, precision)
        if self.limit == "before":
            return DateInterval(None, since - day, precision)
        if self.limit == "after":
            return DateInterval(until + day, None, precision)
        return DateInterval(since, until, precision)


class _Grammar:
    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary["dates"]
        limits, openers = words["limits"], words["openers"]
        self._reader = PeriodReader(vocabulary)
        spelt_limits = {**limits, "between": words["between"]}
        self._limits = _by_first_word(spelt_limits)
        self._openers = _by_first_word(openers)
        hour = rf"{alternation(words['hours'])}{MAYBE_GAP}\d{{1,2}}(?:[.:,]\d\d)?"
        filler = alternation(words["fillers"])
        filler = f"(?:(?:{hour}{GAP}{alternation(words['of'])}|{filler}){MAYBE_GAP})?"
        self._article = _compiled(f"{MAYBE_GAP}(?:{alternation(words['articles'])}{MAYBE_GAP})?")
        self._filler = _compiled(f"{MAYBE_GAP}{filler}")
        self._measure = _compiled(f"{MAYBE_GAP}{alternation(words['measures'])}")
        self._loose = _compiled(alternation(words["loose_limits"]))
        self._of = _compiled(f"{GAP}{alternation(words['of'])}")
        self._range_to = _compiled(
            f"{MAYBE_GAP},?{MAYBE_GAP}{alternation(words['range_to'])}{MAYBE_GAP}{filler}"
        )
        self._between_to = _compiled(f"{GAP}{alternation(words['between_to'])}{MAYBE_GAP}")
        self._list_to = _compiled(f"{GAP}{alternation(words['list_to'])}{GAP}")
        self._act = _compiled(rf"(?<![\w.]){alternation(words['acts'])}(?!\w)[^;:]*$|\d\s?$")
        span = rf"(?:\d{{1,3}}|{alternation(words['counts'])}){GAP}{alternation(words['spans'])}"
        until = alternation([*limits["until"], *limits["after"]])
        of = f"(?:{GAP}{alternation(words['of'])})?"
        self._counted = _compiled(rf"(?<!\w){span}{of}{MAYBE_GAP}$")
        self._granted = _compiled(
            rf"(?<!\w){until}{GAP}(?:{alternation(words['articles'])}{GAP})?{span}{MAYBE_GAP}$"
        )
        self._name = _compiled(rf"(?<!\w){alternation(words['named_after_days'])}{MAYBE_GAP}$")
        self._no_name = _compiled(rf"(?<!\w){alternation(words['not_named'])}{MAYBE_GAP}$")
        leads = [word for names in (*words["months"], *words["ordinals"]) for word in names]
        for spelt in (*limits.values(), *openers.values(), *words["parts"].values()):
            leads += spelt
        for subject in ("between", "month_words", "year_words", "first_day", "last_ordinal"):
            leads += words[subject]
        names = [spelt[0] for spelt in words["months"]]
        self._cores = first_words(
            [*names, *words["seasons"], *words["units"], *words["year_words"]]
        )
        self._leads = first_words([*leads, *words["seasons"], *words["quarter_letters"]])

    def starts(self, text: str) -> Iterator[int]:
        """Where a phrase may begin: a cheap look before the grammar.

        Near before a number or a name that no date can do without; most texts have none.
        """
        found = tokens(text)
        cores = sorted([*found.numbers, *found.starts(self._cores)])
        if not cores:
            return
        following = 0
        for at in sorted([*found.numbers, *found.starts(self._leads)]):
            while following < len(cores) and cores[following] < at:
                following += 1
            if following == len(cores):
                return
            before = text[at - 1] if at else " "
            if before.isalnum() or before == "_" or cores[following] - at > _REACH:
                continue
            if before in ".,/-" and at > 1 and text[at - 2].isdecimal() and text[at].isdecimal():
                continue
            yield at

    def phrase(self, text: str, at: int, anything: bool = False) -> _Phrase | None:
        """The dated phrase that begins at ``at``; with ``anything``, whatever should open it."""
        word = word_at(text, at)
        for kind, spelt in self._limits.get(word, ()):
            limit = spelt.match(text, at)
            if limit and (phrase := self._limited(text, kind, limit)):
                return phrase
        for kind, spelt in self._openers.get(word, ()):
            opener = spelt.match(text, at)
            if opener and not (kind == "attribute" and self._cites(text, at)):
                begin = self._skip(text, opener.end())
                if phrase := self._joined(text, begin, _OPENED_BY[kind]):
                    return phrase
        phrase = self._joined(text, at, _ALL if anything else frozenset())
        if phrase and not anything and self._is_name(text, phrase.first):
            return None
        return phrase

    def _limited(self, text: str, kind: str, limit: re.Match[str]) -> _Phrase | None:
        article = _end(self._article, text, limit.end())
        begin = _end(self._filler, text, article)
        granted = _ALL if kind == "until" else _ALL - {"limit"}
        definite = article > limit.end() + 1 or limit[0][-1] in "lL"
        if not definite and not self._is_loose(text, limit[0], begin):
            granted -= {"year"}
        if kind in ("since", "between"):
            to = self._range_to if kind == "since" else self._between_to
            if phrase := self._range(text, begin, to, granted):
                return _Phrase("", phrase[0], phrase[1], limit.start())
        joined = self._joined(text, begin, granted)
        if kind == "between":
            # "tra il 2020 e il 2022": the reader took both years for one list.
            listed = joined is not None and joined.first.to_year is not None
            listed = listed and not self._measure.match(text, joined.end if joined else begin)
            kind, joined = "", joined if listed else None
        return _Phrase(kind, joined.first, joined.last, limit.start()) if joined else None

    def _range(
        self, text: str, at: int, to: Lazy, granted: frozenset[str]
    ) -> tuple[Period, Period] | None:
        first = self._reader.period(text, at)
        partial = None if first else self._reader.partial(text, at)
        head = first or partial
        if head is None:
            return None
        link = to.match(text, head.end if isinstance(head, Period) else head.end())
        last = self._reader.period(text, link.end()) if link else None
        if link is None or last is None or last.needs == "short":
            return None
        if last.needs == "year" and _PLAIN_A.search(link[0]):
            return None  # "dal 2019 a 2000 alloggi"
        if first is None:
            first = self._reader.completed(partial, last) if partial else None
        elif first.needs == "year" and "year" not in granted:
            return None
        return (first.within(last), last) if first else None

    def _joined(self, text: str, at: int, granted: frozenset[str]) -> _Phrase | None:
        """One period, or two with a dash or an "e" between that share what the second says.

        A list ("2019, 2020 e 2021", "maggio e ottobre 2022") is one interval from its first to its
        last, for only as a whole does it say its year.
        """
        first = self._reader.period(text, at)
        pair = self._pair(text, at, first)
        if pair and (pair[1].needs == "" or pair[1].needs in granted):
            return _Phrase("", *pair, pair[0].start)
        if first is None or (first.needs and first.needs not in granted):
            return None
        if first.months and first.year is None and self._of.match(text, first.end):
            return None  # "nel primo trimestre di attività" is no quarter of the calendar
        return _Phrase("", first, first, first.start)

    def _pair(self, text: str, at: int, first: Period | None) -> tuple[Period, Period] | None:
        partial = None if first else self._reader.partial(text, at)
        if first is None and partial is None:
            return None
        end = first.end if first else partial.end() if partial else at
        if first and first.year is None:
            end = self._listed(text, first, end)
        elif partial and (days := _DAYS.match(text, end)):
            end = days.end()
        dash = _JOIN.match(text, end)
        link = dash or self._list_to.match(text, end)
        if link is None and first and end > first.end:
            link = _COMMA.match(text, end)
        last = self._reader.period(text, link.end()) if link else None
        if last is None or last.needs in ("year", "short", "limit"):
            return None
        if first is None:
            first = self._reader.completed(partial, last) if partial else None
            return (first, last) if first and first.first < last.first else None
        if first.year is None:
            alike = dash or _KIN.get(first.precision) == _KIN.get(last.precision)
            return (first.within(last), last) if alike else None
        return (first, last) if dash and last.year is not None else None

    def _listed(self, text: str, first: Period, end: int) -> int:
        """The end of further periods like ``first`` after commas ("gennaio, febbraio e ...")."""
        for _ in range(_LONGEST_LIST):
            comma = _COMMA.match(text, end)
            item = self._reader.period(text, comma.end()) if comma else None
            if item is None or item.year is not None or item.precision != first.precision:
                break
            end = item.end
        return end

    def _skip(self, text: str, at: int) -> int:
        return _end(self._filler, text, _end(self._article, text, at))

    def _is_loose(self, text: str, limit: str, begin: int) -> bool:
        """Whether a number after "entro" without an article is a year ("entro 2023")."""
        return bool(self._loose.fullmatch(limit)) and not self._measure.match(text, begin + 4)

    def _cites(self, text: str, at: int) -> bool:
        """Whether a year before ``at`` belongs to an act ("delibera n. 12 del 2018")."""
        return self._act.search(text[max(0, at - _ACT_REACH) : at]) is not None

    def is_counted(self, text: str, phrase: _Phrase) -> bool:
        """Whether a phrase is where a span is counted from ("entro 12 mesi dal 1° marzo 2022")."""
        if phrase.limit in ("", "before", "after", "since"):
            before = text[max(0, phrase.start - _ACT_REACH) : phrase.start]
            pattern = self._granted if phrase.limit == "since" else self._counted
            return pattern.search(before) is not None
        return False

    def _is_name(self, text: str, period: Period) -> bool:
        """Whether a day is what a street or a school is called after ("via 25 Aprile")."""
        before = text[max(0, period.start - _NAME_REACH) : period.start]
        named = self._name.search(before) is not None and not self._no_name.search(before)
        return period.precision == "day" and named


def _by_first_word(kinds: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, Lazy]]]:
    """Kinds of phrases, and what matches each, by the first words of their phrases."""
    found: dict[str, list[tuple[str, Lazy]]] = defaultdict(list)
    for kind, phrases in kinds.items():
        spelt = _compiled(alternation(phrases))
        for word in first_words(phrases):
            found[word].append((kind, spelt))
    return found


def _compiled(pattern: str) -> Lazy:
    return Lazy(pattern, re.IGNORECASE)


def _end(pattern: Lazy, text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


_grammar = cache(_Grammar)
