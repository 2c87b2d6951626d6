"""Styles of a Word file: weight, size, hidden text, lists and tab leaders of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipeline.readers.docx_package import child, name, on, parts, value

# In points, where neither a style nor the file's defaults name one (ECMA-376, 17.3.2.38).
_SIZE = 10.0
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LEVELS = tuple("012345678")
_LEADERS = frozenset(("dot", "hyphen", "underscore", "heavy", "middleDot"))


@dataclass(frozen=True, slots=True)
class Look:
    """How characters are set; ``size`` is in points."""

    bold: bool = False
    size: float = _SIZE
    hidden: bool = False
    raised: bool = False


class Styles:
    """The styles that the file defines; without the part for them, the format's defaults.

    Args:
        root: of the part ``styles.xml``.
    """

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        for style in parts(root):
            key = value(style, "styleId")
            if name(style) != "style" or key is None:
                continue
            self._styles[key] = style
            if value(style, "default") in ("1", "true", "on"):
                self._defaults[value(style, "type") or ""] = key
        self._base = child(root, "docDefaults", "rPrDefault", "rPr")
        self._looks: dict[str, Look] = {}

    def of(self, kind: str, element: Element | None) -> str:
        """The style that an element names, else the default one of its kind; empty for none."""
        return value(element) or self._defaults.get(kind, "")

    def chain(self, style: str) -> Iterator[Element]:
        """A style and those that it is based on, itself first."""
        seen = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(child(self._styles[style], "basedOn")) or ""

    def look(self, style: str) -> Look:
        """How the text of a paragraph in a style is set."""
        found = self._looks.get(style)
        if found is None:
            chain = [child(one, "rPr") for one in self.chain(style)]
            found = self._looks[style] = Look(
                bool(_first_on([*chain, self._base], "b")),
                _first_size([*chain, self._base]) or _SIZE,
                bool(_first_on([*chain, self._base], "vanish")),
                _raised([*chain, self._base]),
            )
        return found

    def run(self, paragraph: Look, properties: Element | None) -> Look:
        """How a run is set in a paragraph.

        Bold in the paragraph's style and in the run's style cancel out (ECMA-376, 17.7.3).
        """
        if properties is None:
            return paragraph
        style = value(child(properties, "rStyle"))
        chain = [child(one, "rPr") for one in self.chain(style)] if style else []
        own = [properties, *chain]
        bold, hidden = on(child(properties, "b")), on(child(properties, "vanish"))
        if bold is None:
            bold = paragraph.bold != bool(_first_on(chain, "b"))
        if hidden is None:
            hidden = paragraph.hidden != bool(_first_on(chain, "vanish"))
        return Look(bold, _first_size(own) or paragraph.size, hidden, _raised(own))

    def listed(self, style: str, properties: Element | None) -> tuple[str, int | None] | None:
        """The list that a paragraph is in, and its level if it is named; None in no list."""
        own = [properties, *(child(one, "pPr") for one in self.chain(style))]
        level: int | None = None
        for one in own:
            within = child(one, "numPr")
            if level is None and (named := value(child(within, "ilvl"))) is not None:
                level = int(named) if named in _LEVELS else 0
            number = value(child(within, "numId"))
            if number is not None:
                return None if number == "0" else (number, level)
        return None

    def leads(self, style: str, properties: Element | None) -> bool:
        """Whether a paragraph has a tab stop that dots or dashes lead to."""
        own = [properties, *(child(one, "pPr") for one in self.chain(style))]
        return any(
            value(stop, "leader") in _LEADERS for one in own for stop in parts(child(one, "tabs"))
        )

    def bordered(self, style: str) -> bool:
        """Whether a style of tables draws their lines."""
        return any(draws(child(one, "tblPr", "tblBorders")) for one in self.chain(style))


def draws(borders: Element | None) -> bool:
    """Whether any of an element's borders is a line."""
    return any(value(one) not in (None, "nil", "none") for one in parts(borders))


def _first_on(chain: list[Element | None], toggle: str) -> bool | None:
    return next((said for one in chain if (said := on(child(one, toggle))) is not None), None)


def _first_size(chain: list[Element | None]) -> float | None:
    for one in chain:
        said = value(child(one, "sz"))
        number = _NUMBER.match(said or "")
        if said is not None and number:
            # Half points, or in the strict form a length with its unit.
            return float(number.group()) / (1 if said.endswith("pt") else 2)
    return None


def _raised(chain: list[Element | None]) -> bool:
    said = next((said for one in chain if (said := value(child(one, "vertAlign")))), None)
    return said == "superscript"
