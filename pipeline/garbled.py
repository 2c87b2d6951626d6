"""Characters that a scan or another encoding left: words that no report prints."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from parsers.report import Funding, Report, Signal, Total
from parsers.values import codes
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.printed import Lines, has_word

# UTF-8 read as Windows-1252, and bytes that made no character.
_FOREIGN = Lazy(r"[ÃÂ]|â[€‚]|ï[‚ƒ€]|(?<=[^\n])\ufffd|\ufffd(?! \D)|[^\D0-9]")
_SMALL = "a-zà-öø-ÿ"
_CAPITAL = "A-ZÀ-ÖØ-Þ"
# A scan's digits and capitals inside of words, its letters inside of numbers. Each alternative
# begins with the character itself, which makes searching a whole edition cheap.
_MISREAD = Lazy(
    rf"[015I](?<=[{_SMALL}].)(?=[{_SMALL}])(?![{_SMALL}’]*[\d/@])"
    rf"|0(?<=[{_SMALL}]{{2}}0)(?![\w/@])|0(?<=[{_CAPITAL}]{{2}}0)(?=[{_CAPITAL}]|\W)"
    rf"|[015](?<![\w/.,-].)(?!mila|bis|ter)[{_SMALL}]{{3}}"
    rf"|l(?<![\w/.-].)[bcdfgmnpqrstvz][{_SMALL}]{{2}}"
    r"|[OolIS](?<=\d.)\d|[OolIS](?<=(?<!\w)\d{3}.)(?!\w)"
)
_PARTED = Lazy(r"- (?<=[^\W\d_]{2}- )(?P<rest>[^\W\d_]{2,})")
_LAST_WORD = Lazy(r"[^\W\d_]+$")
_LIKE_LETTER = {"I": "I1l", "O": "O0", "S": "S5", "B": "B8", "G": "G6"}
_LIKE_DIGIT = r"[\dOolISBZ]{1,2}"
_JOINT = "[., ·:/_-]"
_CODE = Lazy(r"[A-Z]{2}[. ]?\d(?:\.\d\d?){2,3}\.?[a-z]")
# "Le azioni MI4.1.1 e MI3.1.1".
_LETTERLESS = Lazy(r"[A-Z]{2}[. ]?\d\d?(?:\.\d\d?){2,3}\.? [eo]")
# What stands glued to a code's letter or in its place: a note's number, the next code, an accent.
_GLUED = r"(?:[a-z]{1,2}(?:[\dA-Z]|-(?:bis|ter|quater)\b)|[à-ÿ])"
_ADDRESS = Lazy(r"(?:https?://|www\.)\S+")
# "htpps://www.", "http:/www.", "https//www."
_HOST = Lazy(r"/www\.(?<!https://www\.)(?<!http://www\.)", re.IGNORECASE)
_SCHEME = Lazy(r"(?<!\w)h[a-z]{2,5}[:;.]?/?$", re.IGNORECASE)
# What a scan makes of letters in one.
_AS_LETTERS = str.maketrans("015i", "olsl")
# Letters that a damaged address differs in from the whole one.
_SLIPS = 2

_SPACED, _DOTTED = Lazy(r"\d{1,2} \d{3}(?!\d)"), Lazy(r"\d\.\d{3}(?!\d)")
# A letter that is like the sign of the euro, alone at a label's end.
_NO_SIGN = Lazy(r"(?<=\s)[CcEeG]$")


class Garbled:
    """Looks for garbled characters in an edition.

    Args:
        lines: the lines with content.
    """

    def __init__(self, lines: Lines, report: Report, vocabulary: Vocabulary) -> None:
        self._lines = lines
        self._report = report
        self._vocabulary = vocabulary
        self._text = lines.text
        self._sums: list[Funding | Total] = []
        for project in report.projects:
            for action in project.actions:
                self._sums += [*action.funding, *action.totals]

    def signs(self) -> Iterator[Signal]:
        """One finding ``text_garbled`` for each line that has such characters."""
        found = dict(self._all())
        for place in sorted(found):
            line, _, text = self._lines[place]
            yield Signal(
                "text_garbled",
                f"{found[place]!r} looks like a scan's or an encoding's error; values of the line "
                "may be missing from the tables",
                line.number,
                text,
            )
        yield from self._groups()

    def _all(self) -> Iterator[tuple[int, str]]:
        """(place of the line, what is garbled)."""
        own = set(self._text)
        foreign = {
            each for each in own if each in "ÃÂâï\ufffd" or (each > "9" and each.isdecimal())
        }
        patterns = (_MISREAD, _FOREIGN) if foreign else (_MISREAD,)
        for pattern in patterns:
            for match in pattern.finditer(self._text):
                place = self._lines.place(match.start())
                if "://" not in self._lines[place][2]:
                    yield place, self._word(match.start())
        for at, what in (*self._parted(), *self._codes(), *self._links()):
            yield self._lines.place(at), what
        places = {line.number: place for place, (line, _, _) in enumerate(self._lines)}
        for number, what in self._currencies():
            yield places[number], what

    def _currencies(self) -> Iterator[tuple[int, str]]:
        """(line, last word) of labels that end in what was the euro sign of the edition's sums."""
        if "€" not in self._text:
            return
        for money in self._sums:
            end = _NO_SIGN.search(money.label.value)
            if end and money.printed.value[:1].isdigit():
                yield money.label.line_at(end.start()), end[0]

    def _groups(self) -> Iterator[Signal]:
        """Sums grouped by a space right behind the label, where dots group the others.

        The figure before the space may be a note's: "Costo totale 1 297,55 euro".
        """
        spaced = [money for money in self._sums if _SPACED.match(money.printed.value)]
        dotted = sum(_DOTTED.search(money.printed.value) is not None for money in self._sums)
        for money in spaced if len(spaced) < dotted else ():
            yield Signal(
                "text_garbled",
                "a space groups this sum, where dots group the others: its first figure may be "
                "the mark of a note",
                money.printed.line_at(0),
                money.printed.value,
            )

    def _word(self, at: int) -> str:
        """The characters without a space around a place."""
        start = max(self._text.rfind(" ", 0, at), self._text.rfind("\n", 0, at)) + 1
        return re.split(r"\s", self._text[start : at + 40], maxsplit=1)[0]

    def _parted(self) -> Iterator[tuple[int, str]]:
        """Words with a hyphen and a space inside, that the edition prints whole elsewhere."""
        for match in _PARTED.finditer(self._text):
            start = max(0, match.start() - 40)
            left = _LAST_WORD.search(self._text[start : match.start()])
            if left is None:
                continue
            if has_word(self._lines.small, f"{left[0]}{match['rest']}".lower()):
                yield match.start(), f"{left[0]}{match.group()}"

    def _links(self) -> Iterator[tuple[int, str]]:
        """An address that stands right before or behind its like, but for a letter or two.

        Anywhere, where the like has letters in place of digits that look like them.
        """
        for match in _HOST.finditer(self._text) if "/www." in self._text else ():
            scheme = _SCHEME.search(self._text, max(0, match.start() - 10), match.start())
            if scheme:
                yield match.start(), f"{scheme[0]}{match[0]}"
        alike: dict[str, re.Match[str]] = {}
        for each in _ADDRESS.finditer(self._text):
            other = alike.setdefault(each[0].lower().translate(_AS_LETTERS), each)
            both = zip(each[0].lower(), other[0].lower(), strict=True)
            pairs = [one + two for one, two in both if one != two]
            if pairs and all(any(map(str.isdigit, pair)) for pair in pairs):
                damaged = max(each, other, key=lambda one: sum(map(str.isdigit, one[0])))
                yield damaged.start(), damaged[0]
        for one, other in itertools.pairwise(_ADDRESS.finditer(self._text)):
            if self._text[one.end() : other.start()].strip() or len(one[0]) != len(other[0]):
                continue
            unlike = [(a, b) for a, b in zip(one[0], other[0], strict=True) if a != b]
            if 0 < len(unlike) <= _SLIPS and all(a.isalpha() and b.isalpha() for a, b in unlike):
                yield one.start(), one[0]

    def _codes(self) -> Iterator[tuple[int, str]]:
        """What would be a code of the edition's city, were not a letter or a dot of it damaged."""
        city = self._report.city
        if city is None:
            return
        first, *more = (f"[{_LIKE_LETTER.get(letter, letter)}]" for letter in city)
        shape = Lazy(
            rf"{first}(?<![\w=&?#@%./].){''.join(more)}[. /:]?"
            rf"(?P<numbers>{_LIKE_DIGIT}(?:{_JOINT}{_LIKE_DIGIT}){{2,3}})"
            rf"(?:{_JOINT}|\()?(?P<letter>[a-z])(?!\w)"
        )
        begins = rf"{city}(?:(?<!\w{city})|(?<=POC{city}))"
        unspaced = r"[IVX]{1,4}(?:\.\d\d?){2}\.?[a-z]\b"  # "POC MI II.2.1.a" without its spaces
        glued = rf"[. ]?\d\d?(?:\.\d\d?){{2,3}}\.?{_GLUED}"
        for match in re.finditer(rf"{begins}(?:{unspaced}|{glued})", self._text):
            yield match.start(), match.group()
        for match in shape.finditer(self._text):
            if _CODE.fullmatch(match.group()) or _LETTERLESS.fullmatch(match.group()):
                continue
            if not re.search(r"\d", match["numbers"]):
                continue
            near = self._text[match.start() : match.end() + 2]
            read = next(codes.find(near, city=city, vocabulary=self._vocabulary), None)
            if read is None or read.start > 0:
                yield match.start(), match.group()
