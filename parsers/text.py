"""Published text with its evidence: a string that knows where each character was printed.

The reading of a printed line into published text (NFC, single spaces, no control, bidi, zero-width
or soft-hyphen characters) and the joining of lines follow the published tables' contract:
pieces join by one space; by nothing after a hyphen that is kept before a lower-case letter, or
where a hyphen is left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.hyphens import Hyphens
from parsers.lines import Line
from parsers.values.patterns import Lazy

HYPHENS = "-\u2010\u2011"
_SOFT_HYPHEN, _TYPOGRAPHIC = "\u00ad", "\u2010"
_GONE = (
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_LIGATURE = Lazy("[" + "".join(_LIGATURES) + "]")
# What makes a line need more than a strip: two spaces, other white space, what goes, ligatures.
_SPECIAL = Lazy(
    "  |[^\\S ]|[\x00-\x1f\x7f-\x9f" + _GONE + "".join(_LIGATURES) + "\u2000-\u200a\u202f\u00a0]"
)
# Between spaces, or at an end beside one, it parts no word: some producers write dashes so.
_SOFT_DASH = Lazy(r"(?<!\S)\u00ad(?!\S)")
_SPACE = Lazy(r"[\s\x00-\x1f\x7f-\x9f]")


class Piece(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive, code points) of one line's text."""

    line: int
    start: int
    end: int


class _Run(NamedTuple):
    """``length`` characters of a value from ``at``, read from ``width`` characters of a line.

    Where ``length`` and ``width`` are equal, the characters correspond one to one.
    """

    at: int
    length: int
    line: int
    start: int
    width: int
    group: int


@dataclass(slots=True, unsafe_hash=True)
class Text:
    """A string as published, and the pieces of lines that it was read from.

    >>> Text.of(Line(7, 1, "  Costo  Totale ")).value
    'Costo Totale'
    >>> Text.of(Line(7, 1, "  Costo  Totale ")).slice(6, 12).pieces()
    (Piece(line=7, start=9, end=15),)
    """

    value: str
    runs: tuple[_Run, ...] = ()
    broken: bool = False  # a soft hyphen ended it: the word goes on in the next line

    @classmethod
    def of(cls, line: Line, start: int = 0, end: int | None = None) -> Text:
        """Read ``line.text[start:end]``, white space at both ends and footnote marks left out."""
        raw = line.text
        hyphened = _SOFT_HYPHEN in raw
        if hyphened and (dashed := _SOFT_DASH.sub("-", raw)) != raw:
            return cls.of(line._replace(text=dashed), start, end)
        stop = len(raw) if end is None else end
        if line.superscripts and (marks := _note_marks(line, start, stop)):
            return _without(line, start, stop, marks)
        part = raw[start:stop]
        bare = part.strip()
        if not bare:
            return _EMPTY
        if hyphened:
            seen = len(bare.rstrip(_GONE))
            if bare[seen : seen + 1] == _SOFT_HYPHEN and not bare[seen - 1].isspace():
                text = cls.of(line, start, start + part.index(bare) + seen)
                return cls(text.value, text.runs, broken=True)
        first = start + part.index(bare[0]) if part[0] != bare[0] else start
        if not _is_special(bare) and (bare.isascii() or unicodedata.is_normalized("NFC", bare)):
            size = len(bare)
            return cls(bare, (_Run(0, size, line.number, first, size, 0),))
        return _read(line.number, raw, first, first + len(bare))

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def line(self) -> int:
        """Number of the line on which the text begins (0 if it is empty)."""
        return self.runs[0].line if self.runs else 0

    def slice(self, start: int, end: int) -> Text:
        """The part ``value[start:end]`` without spaces at its ends, with its evidence."""
        value = self.value
        while start < end and value[start] == " ":
            start += 1
        while end > start and value[end - 1] == " ":
            end -= 1
        if start >= end:
            return _EMPTY
        if start == 0 and end == len(value):
            return self
        runs = []
        for at, length, line, begin, width, group in self.runs:
            low, high = at, at + length
            if high <= start:
                continue
            if low >= end:
                break
            if low < start:
                low = start
            if high > end:
                high = end
            if length == width:
                begin, width = begin + low - at, high - low
            runs.append(_Run(low - start, high - low, line, begin, width, group))
        return Text(value[start:end], tuple(runs), broken=self.broken and end == len(value))

    def pieces(self) -> tuple[Piece, ...]:
        """The printed pieces in order, each inside one line."""
        pieces: list[Piece] = []
        last = None
        for run in self.runs:
            if last is not None and run.group == last.group and run.line == last.line:
                pieces[-1] = Piece(run.line, pieces[-1].start, run.start + run.width)
            else:
                pieces.append(Piece(run.line, run.start, run.start + run.width))
            last = run
        return tuple(pieces)

    def line_at(self, position: int) -> int:
        """Number of the line on which the character at ``position`` was printed."""
        line = self.line
        for run in self.runs:
            if run.at > position:
                break
            line = run.line
        return line


def _is_special(bare: str) -> bool:
    """Whether a line without space at its ends needs more than that; most do not."""
    if bare.isprintable() and "  " not in bare and (bare.isascii() or not _LIGATURE.search(bare)):
        return False
    return _SPECIAL.search(bare) is not None


_EMPTY = Text("")
# A raised number or star is a footnote's mark, unless it makes a unit (m², km²).
_NOTE_MARK = Lazy(r"\(?(?:\d{1,2}|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})\)?")
_UNIT = Lazy(r"(?<!\w)(?:k|c|d|m|h)?m$")


def _note_marks(line: Line, start: int, stop: int) -> list[tuple[int, int]]:
    """Footnote marks inside a part of a line; they are printed raised behind a word."""
    raw = line.text
    return [
        (low, high)
        for low, high in line.superscripts
        if start < low < high <= stop
        and _NOTE_MARK.fullmatch(raw[low:high].strip())
        and not _UNIT.search(raw[start:low])
    ]


def _without(line: Line, start: int, stop: int, marks: list[tuple[int, int]]) -> Text:
    """The reading of a line without some of its characters."""
    bare = line._replace(superscripts=())
    value = ""
    runs: list[_Run] = []
    at = start
    for group, (low, high) in enumerate([*marks, (stop, stop)]):
        part = Text.of(bare, at, low)
        if part.value:
            if value and line.text[at : at + 1].isspace():
                value += " "
            for run in part.runs:
                runs.append(
                    _Run(len(value) + run.at, run.length, run.line, run.start, run.width, group)
                )
            value += part.value
        at = high
    return Text(value, tuple(runs))


def _read(number: int, raw: str, start: int, end: int) -> Text:
    """The general reading, character cluster by cluster."""
    out: list[str] = []
    runs: list[_Run] = []
    at = 0
    index = start
    while index < end:
        begin = index
        char = raw[index]
        index += 1
        if char in _GONE:
            continue
        if _SPACE.match(char):
            while index < end and (_SPACE.match(raw[index]) or raw[index] in _GONE):
                index += 1
            got = " "
            if not out or out[-1] == " ":
                continue
        else:
            cluster, index = _cluster(raw, begin, end)
            got = unicodedata.normalize("NFC", _LIGATURES.get(char, char) + cluster[1:])
        last = runs[-1] if runs else None
        simple = len(got) == index - begin
        if (
            simple
            and last is not None
            and last.length == last.width
            and last.start + last.width == begin
        ):
            runs[-1] = _Run(
                last.at, last.length + len(got), number, last.start, last.width + len(got), 0
            )
        else:
            runs.append(_Run(at, len(got), number, begin, index - begin, 0))
        out.append(got)
        at += len(got)
    value = "".join(out)
    text = Text(value, tuple(runs))
    return text if value == value.strip() else text.slice(0, len(value))


def _cluster(raw: str, begin: int, end: int) -> tuple[str, int]:
    """A character with the marks and letters that NFC composes with it, and the place after."""
    cluster, index = raw[begin], begin + 1
    while True:
        look = index
        while look < end and raw[look] in _GONE:
            look += 1
        if look >= end:
            return cluster, index
        following = raw[look]
        if not unicodedata.combining(following):
            composed = unicodedata.normalize("NFC", cluster + following)
            if composed == unicodedata.normalize("NFC", cluster) + following:
                return cluster, index
        cluster += following
        index = look + 1


_NO_HYPHENS = Hyphens(())
_LAST_WORD = Lazy(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*$")
_ADDRESS = Lazy(r"://|\bwww\.|\w\.[a-z]{2,}/")
_FIRST_WORD = Lazy(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")


def join(texts: Sequence[Text], hyphens: Hyphens = _NO_HYPHENS) -> Text:
    """Join the readings of consecutive lines into one text.

    >>> first, second = Text.of(Line(1, 1, "mano-")), Text.of(Line(2, 1, "vra di area"))
    >>> join([first, second]).value
    'manovra di area'
    >>> join([first, second]).pieces()
    (Piece(line=1, start=0, end=4), Piece(line=2, start=0, end=11))
    """
    present = [text for text in texts if text.value]
    if len(present) < 2:
        return present[0] if present else _EMPTY
    parts: list[str] = []
    runs: list[_Run] = []
    at = 0
    group = 0
    for text, after in zip(present, (*present[1:], _EMPTY), strict=True):
        value, own, following = text.value, text.runs, after.value
        space = bool(following) and not text.broken
        # A web address may have a hyphen of its own, and never the typographic one.
        set_in = following and value[-1] == _TYPOGRAPHIC
        if following and len(value) > 1 and value[-1] in HYPHENS and value[-2] not in " -–":
            nxt = following[0]
            if nxt.islower():
                space = False
                left = _LAST_WORD.search(value[:-1])
                right = _FIRST_WORD.match(following)
                address = text.broken or _ADDRESS.search(value.rsplit(" ", 1)[-1])
                plain = set_in or not address
                keeps = hyphens.keeps if plain else hyphens.keeps_in_address
                if left and right and not keeps(left.group(), right.group()):
                    cut = text.slice(0, len(value) - 1)
                    value, own = cut.value, cut.runs
            elif nxt.isdigit():
                space = False
        if at:
            runs += [
                _Run(at + begin, length, line, start, width, group + own_group)
                for begin, length, line, start, width, own_group in own
            ]
        else:
            runs += own
        group = runs[-1].group + 1 if runs else 0
        parts.append(value)
        at += len(value)
        if space:
            parts.append(" ")
            at += 1
    return Text("".join(parts), tuple(runs), broken=present[-1].broken)


def read(text: str) -> str:
    """Published form of a printed string: what :meth:`Text.of` gives for a line of it."""
    bare = text.strip()
    if bare.isprintable() and not _is_special(bare):
        return bare if bare.isascii() else unicodedata.normalize("NFC", bare)
    return Text.of(Line(0, None, text)).value
