"""Text for a terminal: wrapped to its width, with places at the right edge and aligned columns."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from itertools import zip_longest

_CODES = {"heading": "1", "faint": "2", "error": "31", "warning": "33", "info": "36"}
_NARROWEST = 40
_GAP = 2


class Paper:
    """Lines of text in the making.

    Args:
        width: columns of the terminal; less than 40 is taken as 40.
        colours: whether ANSI colours are written.
    """

    def __init__(self, width: int = 80, *, colours: bool = False) -> None:
        self._width = max(width, _NARROWEST)
        self._colours = colours
        self._lines: list[str] = []

    @classmethod
    def of_terminal(cls) -> Paper:
        """Paper for standard output: its width, 80 in a pipe; colours on a terminal only."""
        colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        return cls(shutil.get_terminal_size((80, 24)).columns, colours=colours)

    def __str__(self) -> str:
        return "\n".join(self._lines)

    def gap(self) -> None:
        """An empty line, but never two and none at the top."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def heading(self, text: str, place: str = "") -> None:
        """A line that stands out."""
        self.entry(text, place, colour="heading")

    def section(self, text: str) -> None:
        """The title of a part, set off from what is above it."""
        self.gap()
        self.heading(text)

    def entry(
        self,
        text: str,
        place: str = "",
        *,
        indent: int = 0,
        hang: int = 0,
        faint: bool = False,
        colour: str = "",
    ) -> None:
        """A text wrapped beside the place that it was printed at.

        Args:
            text: of one line.
            place: written at the right edge of the first line.
            indent: columns left free.
            hang: further columns left free from the second line on.
            faint: whether it is of less weight.
            colour: ``heading`` or a severity.
        """
        room = self._width - (len(place) + _GAP if place else 0)
        lines = textwrap.wrap(
            text,
            room,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hang),
            break_on_hyphens=False,
        ) or [""]
        style = colour or ("faint" if faint else "")
        for number, line in enumerate(lines):
            shown = self._styled(line, style)
            if place and number == 0:
                shown += " " * (self._width - len(line) - len(place)) + self._styled(place, "faint")
            self._lines.append(shown)

    def ends(self, left: str, right: str, *, indent: int, margin: int) -> None:
        """Two texts on one line: the second ends ``margin`` columns before the right edge."""
        room = self._width - indent - margin
        self._lines.append(
            " " * indent + self._styled(f"{left} {right:>{room - len(left) - 1}}", "faint")
        )

    def table(
        self, rows: Sequence[Sequence[str]], *, right: set[int], places: bool = False
    ) -> None:
        """Rows in aligned columns, indented by two; the last column takes the room that is left.

        Args:
            rows: cells, as many in each row.
            right: columns that are aligned at their right.
            places: whether the last cell of each row is a place, for the right edge.
        """
        body = [row[:-1] if places else row for row in rows]
        place_width = max((len(row[-1]) + _GAP for row in rows), default=0) if places else 0
        room = self._width - place_width - _GAP
        widths = [max(map(len, column)) for column in zip(*body, strict=True)]
        fixed = sum(widths[1:-1]) + _GAP * (len(widths) - 1)
        least = min(widths[-1], max(12, (room - fixed) // 3))
        widths[0] = min(widths[0], max(10, room - fixed - least))
        widths[-1] = max(1, room - fixed - widths[0])
        for row, cells in zip(rows, body, strict=True):
            wrapped = [
                textwrap.wrap(cell, width, break_on_hyphens=False) or [""]
                for cell, width in zip(cells, widths, strict=True)
            ]
            for number, parts in enumerate(zip_longest(*wrapped, fillvalue="")):
                line = " " * _GAP + (" " * _GAP).join(
                    part.rjust(width) if column in right else part.ljust(width)
                    for column, (part, width) in enumerate(zip(parts, widths, strict=True))
                )
                line = line.rstrip()
                if places and number == 0 and row[-1]:
                    place = row[-1]
                    line += " " * (self._width - len(line) - len(place))
                    line += self._styled(place, "faint")
                self._lines.append(line)

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._colours and style else text
