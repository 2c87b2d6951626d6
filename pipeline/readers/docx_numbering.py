"""Numbers and bullets of lists, which a Word file prints without holding them as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipeline.readers.docx_package import child, name, on, parts, value
from pipeline.readers.docx_styles import Styles

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# The format goes as far as 30 letters.
_MOST_LETTERS = 780
# Fonts whose letters are pictures; Word itself keeps those in the private-use area.
_PICTURES = re.compile(r"wingdings|webdings|symbol", re.IGNORECASE)


@dataclass(slots=True)
class _Level:
    """One level of a list: first number, format, text with places for numbers, and restarts."""

    start: int
    form: str
    text: str
    parted: bool
    restart: int | None
    legal: bool


class Numbering:
    """Counts the lists of a file, in reading order.

    Args:
        root: of the part ``numbering.xml``, if there is one.
        styles: of the file.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._of_style: dict[tuple[str, str], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        links: dict[str, str] = {}
        for one in parts(root):
            if name(one) == "abstractNum":
                self._take_levels(one, value(one, "abstractNumId") or "")
                if link := value(child(one, "numStyleLink")):
                    links[value(one, "abstractNumId") or ""] = link
            elif name(one) == "num":
                self._take_list(one, value(one, "numId") or "")
        for number, key in self._lists.items():
            # A list in a list style has its levels where that style says.
            named = styles.listed(links[key], None) if key in links else None
            if named is not None and named[0] in self._lists:
                self._lists[number] = self._lists[named[0]]

    def _take_levels(self, element: Element, key: str) -> None:
        levels = self._levels[key] = {}
        for one in element:
            if name(one) == "lvl":
                at = _whole(value(one, "ilvl"), 0)
                levels[at] = _level(one)
                if style := value(child(one, "pStyle")):
                    self._of_style[(key, style)] = at

    def _take_list(self, element: Element, key: str) -> None:
        self._lists[key] = value(child(element, "abstractNumId")) or ""
        for one in element:
            if name(one) != "lvlOverride":
                continue
            at = _whole(value(one, "ilvl"), 0)
            if (own := child(one, "lvl")) is not None:
                self._own.setdefault(key, {})[at] = _level(own)
            if (start := value(child(one, "startOverride"))) is not None:
                self._starts.setdefault(key, {})[at] = _whole(start, 1)

    def mark(self, number: str, level: int | None, style: str) -> str:
        """Count a paragraph of a list, and give what is printed before it with its space.

        Args:
            number: of the list.
            level: in it, from 0; None where the paragraph's style decides.
            style: of the paragraph.
        """
        key = self._lists.get(number, "")
        if level is None:
            level = self._of_style.get((key, style), 0)
        levels = self._levels.get(key, {}) | self._own.get(number, {})
        own = levels.get(level)
        if own is None:
            return ""
        counts = self._counts.setdefault(key, {})
        start = self._starts.get(number, {}).pop(level, None)
        counts[level] = start if start is not None else counts.get(level, own.start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                del counts[deeper]
        if own.form == "bullet":
            return f"{own.text} " if own.text.strip() else ""

        def printed(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = levels.get(at)
            if of is None:
                return ""
            count = counts.setdefault(at, of.start)
            return _printed(count, "decimal" if own.legal else of.form)

        text = _PLACE.sub(printed, own.text)
        return text + (" " if text.strip() and own.parted else "")


def _level(element: Element) -> _Level:
    form = value(child(element, "numFmt")) or "decimal"
    text = value(child(element, "lvlText")) or ""
    fonts = child(element, "rPr", "rFonts")
    font = value(fonts, "ascii") or value(fonts, "hAnsi") or ""
    if form == "bullet" and _PICTURES.match(font):
        text = "".join(chr(0xF000 + ord(c)) if "!" <= c <= "\xff" else c for c in text)
    restart = value(child(element, "lvlRestart"))
    return _Level(
        _whole(value(child(element, "start")), 1),
        form,
        text,
        value(child(element, "suff")) != "nothing",
        None if restart is None else _whole(restart, 0),
        bool(on(child(element, "isLgl"))),
    )


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else default


def _printed(count: int, form: str) -> str:
    """A number in the format that a level asks for; one of another language in figures."""
    if form in ("none", "bullet"):
        return ""
    if form in ("lowerLetter", "upperLetter") and 0 < count <= _MOST_LETTERS:
        # After z come aa, bb (ECMA-376, 17.18.59).
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman, rest = "", count
        for size, sign in _ROMAN:
            roman += sign * (rest // size)
            rest %= size
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalZero":
        return f"{count:02}"
    return f"{count}°" if form == "ordinal" else str(count)
