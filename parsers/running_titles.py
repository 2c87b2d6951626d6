"""Running titles that name a section of the report, told from the heading that opens it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from parsers.lines import Line
from parsers.values.patterns import Lazy

SHEET = Lazy(
    r"progetto\s*(?:n\W{0,3})?\d|assistenza tecnica\W*$"
    r"|(?P<code>(?:poc\s?)?(?:[A-Z]{2})?\W?(?:\d|[ivx]+)\W?\.\s?\d\s?\.\s?\d)",
    re.IGNORECASE,
)
"""What opens a new sheet: a project, or an action (``code``)."""


class SectionNames:
    """The names of sections in a report's lines, in reading order."""

    def __init__(
        self, lines: Sequence[Line], texts: Sequence[str], is_heading: Callable[[str], bool]
    ) -> None:
        self._lines = [line for line in lines if not line.blank]
        self._places = {line.number: place for place, line in enumerate(self._lines)}
        self._texts = texts
        self._is_heading = is_heading

    def head(self, first: Sequence[Line], pages: int) -> bool:
        """Whether section names stand first on all of so many pages but two."""
        least = max(3, pages - 2)
        return len(first) >= least <= sum(self._is_heading(self._text(line)) for line in first)

    def again(self, title: Line) -> bool:
        """Whether a title only repeats: the section began before it, or begins right below it.

        A heading that is printed over several lines may be repeated in one, never the other way:
        what follows would be left without its beginning.
        """
        name, place = self._text(title), self._places[title.number]
        below = self._lines[place + 1 : place + 2]
        if any(self._opens(line, name) for line in below if line.page == title.page):
            return True
        match = SHEET.match(name)
        if match is None:
            return False
        if place and self._text(self._lines[place - 1]) == name:
            return False  # the heading below its own running title
        for before in range(place - 1, -1, -1):
            line = self._lines[before]
            other = SHEET.match(self._text(line))
            if other and bool(other["code"]) == bool(match["code"]):
                return self._opens(line, name) and self._next(line) != self._next(title)
        return False

    def larger(self, title: Line) -> bool:
        """Whether a title's words are printed in a larger type, too, on one line or a few.

        Word and browsers head a page with the first heading on it, also where that stands below
        the end of the section before.
        """
        name = self._text(title)
        return any(
            (line.size or 0.0) > (title.size or 0.0)
            and name.startswith(self._text(line))
            and self._opens(line, name)
            for line in self._lines
        )

    def _opens(self, line: Line, name: str) -> bool:
        """Whether a line, or it and the next one or two, are a name; a table's cell is none."""
        place = self._places[line.number]
        texts = [self._text(line) for line in self._lines[place : place + 3]]
        return line.cell is None and name in itertools.accumulate(texts, "{} {}".format)

    def _next(self, line: Line) -> list[str]:
        place = self._places[line.number]
        return [self._text(line) for line in self._lines[place + 1 : place + 2]]

    def _text(self, line: Line) -> str:
        return self._texts[line.number - 1]
