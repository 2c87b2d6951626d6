"""Characters that a scan or another encoding left: words that no report prints."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from parsers.report import Report, Signal
from parsers.values import codes
from parsers.vocabulary import Vocabulary
from pipeline.damage import Printed

_SMALL = "a-zà-öø-ÿ"
_CAPITAL = "A-ZÀ-ÖØ-Þ"
_GARBLED = re.compile(
    # UTF-8 read as Windows-1252, bytes of no character, digits of another script.
    r"[ÃÂ]|â[€‚]|(?<!^)(?<!\n)\ufffd|\ufffd(?! )|[^\D0-9]"
    # A scan's digits and capitals inside of words, its letters inside of numbers.
    rf"|(?<![\w/.])[{_SMALL}’]*[{_SMALL}][015I][{_SMALL}’]+(?![\w/@])"
    rf"|(?<![\w/.])[{_SMALL}]{{2,}}0(?![\w/@])|[{_CAPITAL}]{{2}}0(?=[{_CAPITAL}]|\W)"
    rf"|(?<![\w/.-])(?:[015](?!mila|bis|ter)[{_SMALL}]{{3,}}|l[bcdfgmnpqrstvz][{_SMALL}]{{2,}})"
    r"|\d[OolIS]\d(?!\w)|(?<!\w)\d{3}[OolIS](?!\w)"
)
_PARTED = re.compile(r"([^\W\d_]{2,})- ([^\W\d_]{2,})")
_WORD = re.compile(r"[^\W\d_]+")
_LIKE_LETTER = {"I": "I1l", "O": "O0", "S": "S5", "B": "B8", "G": "G6"}
_LIKE_DIGIT = r"[\dOolISBZ]{1,2}"


class Garbled:
    """Looks for garbled characters in an edition.

    Args:
        lines: the lines with content.
    """

    def __init__(self, lines: Sequence[Printed], report: Report, vocabulary: Vocabulary) -> None:
        self._lines = lines
        self._report = report
        self._vocabulary = vocabulary
        self._text = "\n".join(text for _, _, text in lines)
        self._starts = [0, *accumulate(len(text) + 1 for _, _, text in lines)]

    def signs(self) -> Iterator[Signal]:
        """One finding ``text_garbled`` for each line that has such characters."""
        found = {
            **{self._place(at): what for at, what in self._parted()},
            **{self._place(at): what for at, what in self._codes()},
            **{self._place(m.start()): m.group() for m in _GARBLED.finditer(self._text)},
        }
        for place in sorted(found):
            line, _, text = self._lines[place]
            yield Signal(
                "text_garbled",
                f"{found[place]!r} looks like a scan's or an encoding's error; values of the line "
                "may be missing from the tables",
                line.number,
                text,
            )

    def _place(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _parted(self) -> Iterator[tuple[int, str]]:
        """Words with a hyphen and a space inside, that the edition prints whole elsewhere."""
        matches = list(_PARTED.finditer(self._text))
        if not matches:
            return
        words = Counter(map(str.casefold, _WORD.findall(self._text)))
        for match in matches:
            if (match[1] + match[2]).casefold() in words:
                yield match.start(), match.group()

    def _codes(self) -> Iterator[tuple[int, str]]:
        """What would be a code of the edition's city, were not a letter or a dot of it damaged."""
        city = self._report.city
        if city is None:
            return
        prefix = "".join(f"[{_LIKE_LETTER.get(letter, letter)}]" for letter in city)
        shape = re.compile(
            rf"(?<![\w=&?#@%./]){prefix}[. ]?"
            rf"(?P<numbers>{_LIKE_DIGIT}(?:[., ]{_LIKE_DIGIT}){{2,3}})[., ]?(?P<letter>[a-z])(?!\w)"
        )
        for match in shape.finditer(self._text):
            if not re.search(r"\d", match["numbers"]):
                continue
            near = self._text[match.start() : match.end() + 2]
            read = next(codes.find(near, city=city, vocabulary=self._vocabulary), None)
            if read is None or read.start > 0:
                yield match.start(), match.group()
