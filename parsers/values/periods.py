"""One period of the calendar as Italian prose spells it: a day, a month, a season, a year.

The meaning of each is the contract's ("dates"): a season is meteorological, ``inizio`` and
``fine`` of a year are its first and last quarter, of a month its first and last ten days. What
the contract leaves open follows from that: ``metà`` is what lies between the two, and a part of
a quarter, a half or a season is published as the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from parsers.values.patterns import (
    APOSTROPHE,
    GAP,
    MAYBE_GAP,
    Lazy,
    alternation,
    first_words,
    word_at,
)
from parsers.vocabulary import Vocabulary

#: A month and a day; a day of 0 or less counts back from the month's last (0 is the last).
Point = tuple[int, int]

_YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d)"
_DASH = r"[-‐‑–—/]"
_NUMERIC = Lazy(
    r"(?P<y1>\d{4})-(?P<m1>\d\d)-(?P<d1>\d\d)(?![\w/-])"
    r"|(?P<d2>\d{1,2})(?P<mark>[./-])(?P<m2>\d{1,2})(?P=mark)(?P<y2>\d{4})(?!\w|[.,/-]\d)"
    r"|(?P<d3>\d{1,2})/(?P<m3>\d{1,2})/(?P<y3>\d\d)(?!\w|[.,/-]\d)"
    r"|(?P<d4>\d\d)(?P<same>[.-])(?P<m4>\d\d)(?P=same)(?P<y4>\d\d)(?!\w|[.,/-]\d)"
)
_NUMERIC_MONTH = Lazy(r"(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\w|[.,/-]\d)")
_DAY = Lazy(r"(?P<day>\d{1,2})[°º]?(?:[./](?P<month>\d{1,2}))?(?![\w°º./])")
# What a period may begin with, besides a number and the names of months, seasons and parts.
_LEADING = ("month_words", "year_words", "first_day", "quarter_letters")
# Two digits of a year below this one are of this century.
_PIVOT = 70
_PRECISION_OF_UNIT = {3: "quarter", 6: "half"}
_PARTS_OF_YEAR: dict[str, tuple[Point, Point]] = {
    "start": ((1, 1), (3, 0)),
    "middle": ((4, 1), (9, 0)),
    "end": ((10, 1), (12, 0)),
    "first_half": ((1, 1), (6, 0)),
    "second_half": ((7, 1), (12, 0)),
}
_PARTS_OF_MONTH: dict[str, tuple[int, int]] = {
    "start": (1, 10),
    "middle": (11, 20),
    "end": (-9, 0),
    "first_half": (1, 15),
    "second_half": (16, 0),
}


class Period(NamedTuple):
    """A period as printed, with or without its year.

    Attributes:
        precision: a word of the contract's list.
        first, last: its two ends in any year.
        start, end: where it is printed.
        year: of ``first``; None where none is printed.
        to_year: the second of two printed years ("inverno 2022-23", "2019 e 2020").
        needs: what only an opener before it makes a date ("year": a bare one, "number": 02/2021,
            "unit", "month", "season": without year, "limit": "anno" without number); "short", an
            abbreviated month, needs a year; "" needs nothing.
        half_way: the last day of the first half of what ``metà`` is said of.
        months: how many a numbered unit has (3 of a "trimestre"), else 0.
    """

    precision: str
    first: Point
    last: Point
    start: int
    end: int
    year: int | None = None
    to_year: int | None = None
    needs: str = ""
    half_way: Point | None = None
    months: int = 0

    def days(self) -> tuple[date, date] | None:
        """Its first and last day; None where they cannot be known (no year, one-year winter).

        Raises:
            ValueError: there is no such day ("31 febbraio 2022").
        """
        if self.year is None:
            _on(2000, self.first)
            return None
        last_year = self.to_year or self.year
        if self.last[0] < self.first[0] and last_year != self.year + 1:
            return None
        return _on(self.year, self.first), _on(last_year, self.last)

    def middle(self) -> date | None:
        """The last day of the first half of what ``metà`` is said of, if it is said."""
        if self.half_way is None or self.year is None:
            return None
        return _on(self.year, self.half_way)

    def within(self, other: Period) -> Period:
        """Itself with the year of ``other`` where it has none ("marzo" of "marzo-aprile 2022")."""
        return self if self.year is not None else self._replace(year=other.year, needs="")


def _on(year: int, point: Point) -> date:
    month, day = point
    if day > 0:
        return date(year, month, day)
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1 - day)


class PeriodReader:
    """Reads the period that begins at a place of a text, with one vocabulary's words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary["dates"]
        self._months = _numbered(words["months"])
        self._whole_months = {names[0] for names in words["months"]}
        self._ordinals = _numbered(words["ordinals"])
        self._last = set(words["last_ordinal"])
        self._parts = {part: alternation(spelt) for part, spelt in words["parts"].items()}
        self._seasons: dict[str, int] = words["seasons"]
        self._units: dict[str, int] = words["units"]
        self._plural_years = set(words["plural_year_words"])
        self._programmes = set(words["programme_periods"])
        months = alternation(self._months)
        ordinals = alternation([*self._ordinals, *self._last])
        other_year = f"(?!{GAP}{alternation(words['other_years'])})"
        part = "|".join(f"(?P<{name}>{spelt})" for name, spelt in self._parts.items())
        of = f"(?:{MAYBE_GAP}{alternation(words['of'])})?{MAYBE_GAP}"
        month_word = f"(?:{alternation(words['month_words'])}{MAYBE_GAP})?"
        year_word = f"{alternation(words['year_words'])}{other_year}"
        first_day = alternation(words["first_day"])
        self._named = Lazy(
            rf"(?:{month_word}(?P<day>\d{{1,2}}|{first_day}){MAYBE_GAP}[°º]?{MAYBE_GAP}"
            rf"(?:di{GAP})?(?P<day_month>{months})"
            rf"|(?:(?:{part}){of})?(?:"
            rf"(?P<mese>{month_word})(?P<month>{months})"
            rf"|(?P<ordinal>{ordinals})[°º^]?{MAYBE_GAP}(?P<unit>{alternation(self._units)})"
            rf"|(?P<season>{alternation(self._seasons)}){other_year}"
            rf"|{alternation(words['quarter_letters'])}(?P<quarter>[1-4])(?!\d)"
            rf"|(?P<anno>{year_word})|(?={_YEAR})))"
            rf"(?:{of}(?:{year_word}{MAYBE_GAP})?(?P<year>{_YEAR})"
            rf"(?P<to>(?:{MAYBE_GAP}{_DASH}{MAYBE_GAP}{_YEAR}){{1,9}}"
            rf"|{MAYBE_GAP}{_DASH}{MAYBE_GAP}\d\d(?!\w|[./-]\w)"
            rf"|(?:,{MAYBE_GAP}{_YEAR}){{0,9}}{GAP}ed?{GAP}(?:il{GAP})?{_YEAR})?"
            rf"|{MAYBE_GAP}{_DASH}{MAYBE_GAP}(?P<dashed>{_YEAR})"
            rf"|(?:{MAYBE_GAP}{APOSTROPHE}|{_DASH})(?P<short>\d\d)(?!\w|{MAYBE_GAP}{months}))?",
            re.IGNORECASE,
        )
        self._ordinal = Lazy(ordinals, re.IGNORECASE)
        # "10/12 maggio" are two days, "10/05" before other words is a day of a month.
        self._slashed = Lazy(
            rf"(?P<day>\d{{1,2}})(?={MAYBE_GAP}/{MAYBE_GAP}\d{{1,2}}{GAP}{months})", re.IGNORECASE
        )
        # Most words that a date may follow are not followed by one: a quick look tells.
        self._firsts = first_words(
            [
                *(word for subject in _LEADING for word in words[subject]),
                *self._months,
                *self._ordinals,
                *self._last,
                *self._seasons,
                *(word for spelt in words["parts"].values() for word in spelt),
            ]
        )

    def period(self, text: str, at: int) -> Period | None:
        """The period printed at ``text[at:]``, or None."""
        if not text[at : at + 1].isdecimal():
            if word_at(text, at) not in self._firsts:
                return None
            found = self._named.match(text, at)
            return self._read(found) if found and found.end() > at else None
        if found := _NUMERIC.match(text, at):
            return _numeric(found)
        if found := _NUMERIC_MONTH.match(text, at):
            month = int(found["month"])
            if not 1 <= month <= 12:
                return None
            ends = ((month, 1), (month, 0))
            return Period("month", *ends, at, found.end(), int(found["year"]), needs="number")
        found = self._named.match(text, at)
        return self._read(found) if found and found.end() > at else None

    def partial(self, text: str, at: int) -> re.Match[str] | None:
        """A day without month, or an ordinal without unit, that a later period completes."""
        if not text[at : at + 1].isdecimal() and word_at(text, at) not in self._firsts:
            return None
        return (
            self._slashed.match(text, at) or _DAY.match(text, at) or self._ordinal.match(text, at)
        )

    def completed(self, partial: re.Match[str], by: Period) -> Period | None:
        """``partial`` read in the light of the period after it ("12" of "12-15 maggio 2022")."""
        day = partial.groupdict().get("day")
        start = partial.start()
        index = self._ordinals.get(partial[0].lower(), 0)
        if by.precision == "day" and (day or index == 1):
            month = int(partial.groupdict().get("month") or by.first[0])
            point = (month, int(day or 1))
            return by._replace(first=point, last=point, start=start) if month <= 12 else None
        ends = self._nth(partial[0], by.months) if by.months else None
        return by._replace(first=ends[0], last=ends[1], start=start) if ends else None

    def _nth(self, ordinal: str, months: int) -> tuple[Point, Point] | None:
        spelt = ordinal.lower()
        index = 12 // months if spelt in self._last else self._ordinals.get(spelt, 0)
        if not 0 < index * months <= 12:
            return None
        return ((index - 1) * months + 1, 1), (index * months, 0)

    def _read(self, found: re.Match[str]) -> Period | None:
        start, end = found.span()
        year, to_year = _years(found)
        if found["to"] and (to_year is None or not self._takes_two_years(found)):
            end, to_year = found.start("to"), None
        part = next((name for name in self._parts if found[name]), None)
        if found["day_month"]:
            point = (self._month(found["day_month"]), _day(found["day"]))
            needs = self._needs(found["day_month"], year, "")
            return Period("day", point, point, start, end, year, needs=needs)
        if found["month"]:
            month = self._month(found["month"])
            needs = self._needs(found["month"], year, "" if part or found["mese"] else "month")
            if part is None:
                return Period("month", (month, 1), (month, 0), start, end, year, needs=needs)
            days = _PARTS_OF_MONTH[part]
            ends = ((month, days[0]), (month, days[1]))
            middle = (month, 15) if part == "middle" else None
            return Period("part_of_month", *ends, start, end, year, None, needs, middle)
        if found["unit"] or found["quarter"]:
            months = self._units[found["unit"].lower()] if found["unit"] else 3
            nth = self._nth(found["ordinal"] or found["quarter"], months)
            if nth is None:
                return None
            precision = _PRECISION_OF_UNIT.get(months, "range")
            needs = "unit" if year is None else ""
            return Period(precision, *nth, start, end, year, needs=needs, months=months)
        if found["season"]:
            month = self._seasons[found["season"].lower()]
            ends = ((month, 1), ((month + 1) % 12 + 1, 0))
            needs = "" if part or year is not None else "season"
            return Period("season", *ends, start, end, year, to_year, needs)
        return self._year(found, part, year, to_year, end)

    def _year(
        self, found: re.Match[str], part: str | None, year: int | None, to: int | None, end: int
    ) -> Period | None:
        start = found.start()
        if part:
            precision = "half" if part.endswith("_half") else "part_of_year"
            middle = (6, 0) if part == "middle" else None
            ends = _PARTS_OF_YEAR[part]
            return Period(precision, *ends, start, end, year, None, "", middle)
        if found["anno"] and year is not None and to is None:
            decade = found["anno"].lower() in self._plural_years
            return None if decade else Period("year", (1, 1), (12, 0), start, end, year)
        if year is None:
            plural = found["anno"].lower() in self._plural_years
            return None if plural else Period("year", (1, 1), (12, 0), start, end, needs="limit")
        if f"{year}-{to}" in self._programmes:
            return None
        precision = "year" if to is None else "range"
        needs = "" if found["anno"] else "year"
        return Period(precision, (1, 1), (12, 0), start, end, year, to, needs)

    def _takes_two_years(self, found: re.Match[str]) -> bool:
        if found["season"]:
            crosses = self._seasons[found["season"].lower()] > 10
            return crosses and re.match(r"\s*" + _DASH, found["to"]) is not None
        named = ("month", "day_month", "unit", "quarter", *self._parts)
        return not any(found[name] for name in named)

    def _month(self, spelt: str) -> int:
        return self._months[spelt.lower()]

    def _needs(self, spelt: str, year: int | None, else_: str) -> str:
        if year is not None:
            return ""
        return else_ if spelt.lower() in self._whole_months else "short"


def _numbered(spellings: Iterable[Sequence[str]]) -> dict[str, int]:
    return {word.lower(): number for number, words in enumerate(spellings, 1) for word in words}


def _day(spelt: str) -> int:
    return int(spelt) if spelt.isdecimal() else 1


def _years(found: re.Match[str]) -> tuple[int | None, int | None]:
    if found["short"]:
        return _century(int(found["short"])), None
    if not found["year"]:
        return (int(found["dashed"]), None) if found["dashed"] else (None, None)
    year = int(found["year"])
    if not found["to"]:
        return year, None
    digits = re.findall(r"\d+", found["to"])[-1]
    to_year = int(digits) if len(digits) == 4 else year - year % 100 + int(digits)
    return year, to_year if to_year > year else None


def _century(two_digits: int) -> int:
    return two_digits + (2000 if two_digits < _PIVOT else 1900)


def _numeric(found: re.Match[str]) -> Period | None:
    groups = found.groupdict()
    index = next(number for number in "1234" if groups[f"d{number}"])
    year, month, day = (int(groups[f"{name}{index}"]) for name in "ymd")
    if index in "34":
        year = _century(year)
    period = Period("day", (month, day), (month, day), found.start(), found.end(), year)
    if index in "34":
        # Two digits each may be anything: what is no day is no date either.
        try:
            period.days()
        except ValueError:
            return None
    return period
