"""Timetables of money: sums by year, which are no source of funding, nor their total the cost."""

from __future__ import annotations

import re

from parsers import labels
from parsers.flow import Flow
from parsers.labels import Label
from parsers.values import amounts
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

_YEARS = Lazy(
    r"(?:(?:anno|annualità|esercizio)\s+)?(?:19|20)\d\d(?:\s?[/–-]\s?(?:(?:19|20)?\d\d))?"
    r"(?!\w|[.,]\d)\s*[:|–-]?\s*",
    re.IGNORECASE,
)


class Timetables:
    """Finds what stands below a heading such as "Cronoprogramma finanziario".

    The sheets of the cities' operational plans have one under the sources and the cost.
    """

    def __init__(self, flow: Flow, vocabulary: Vocabulary) -> None:
        self._flow = flow
        self._items = flow.items
        self._vocabulary = vocabulary

    def end(self, index: int, stop: int, label: Label | None) -> int:
        """The index after a timetable's last item; 0 where none begins at an item.

        It is its heading, the years with their sums, and a total below them that says no more.
        """
        heading = self._items[index].value
        if label is not None and label.kind != "other":
            return 0
        if not labels.heads_timetable(heading, self._vocabulary):
            return 0
        if self._flow.fresh(index) is False:
            return 0
        end, years = index + 1, 0
        while end < stop and (year := self._year(end, stop)):
            years += 1
            end = year
        if not years:
            return 0
        if end < stop:
            total = labels.match(self._items[end].value, self._vocabulary)
            if total is not None and total.kind == "total" and total.weak:
                value = self._items[end].value[total.value :]
                if self._is_sum(value):
                    return end + 1
                if not value and end + 1 < stop and self._is_sum(self._items[end + 1].value):
                    return end + 2
        return end

    def _year(self, index: int, stop: int) -> int:
        """The index after a year and its sum, in one item or two; 0 in other items."""
        value = self._items[index].value
        year = _YEARS.match(value)
        if year is None:
            return 0
        if year.end() < len(value):
            return index + 1 if self._is_sum(value[year.end() :]) else 0
        if index + 1 < stop and self._is_sum(self._items[index + 1].value):
            return index + 2
        return index + 1 if index + 1 >= stop or self._years_on(index + 1) else 0

    def _years_on(self, index: int) -> bool:
        return _YEARS.match(self._items[index].value) is not None

    def _is_sum(self, text: str) -> bool:
        return text.strip() in ("-", "–", "—") or amounts.is_sum(text, vocabulary=self._vocabulary)
