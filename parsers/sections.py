"""Names of sections that stand right above another heading.

A report may put an axis over its projects ("Asse 4 – Infrastrutture", then "Progetto 7"), or a
chapter by a name of its own. Known names are headings; what only stands where a name would is
told of, for it is read as the end of the sheet above.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from parsers.flow import Flow
from parsers.hyphens import Hyphens
from parsers.items import Item, ends_closed, ends_open, is_numbered
from parsers.labels import opens_field
from parsers.text import join
from parsers.values import codes, districts, links, phases
from parsers.values.addresses import is_place_only
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

# So many lines a name may take, and so many words: more is a sentence.
_LINES = 3
_WORDS = 12
# Without any other sign only a short one is told from the last line of a status.
_FEW_WORDS = 8
# A chapter's own number, before its name.
_NUMBER = Lazy(r"(?:\d{1,2}|[IVX]{1,5})\s?(?:[.)–-]\s?|\s)(?=[A-ZÀ-Ý])")
#: A section that is counted: "Pilastro 2 – ...", "Sezione II".
ORDINAL = Lazy(
    r"(?P<words>[A-ZÀ-Ý][^\W\d_]{3,}(?:\s[^\W\d_]+)?)\s+(?P<number>\d{1,2}|[IVX]{1,5})"
    r"(?=\s*(?:[-–—:.]|$))"
)
_YEAR = Lazy(r"\b(?:19|20)\d\d\b")


@cache
def known_names(vocabulary: Vocabulary) -> Lazy:
    """What matches the whole name of a section, numbered or not."""
    table = vocabulary["headings"]
    named = "|".join(
        re.escape(name).replace("’", "[’']").replace(r"\ ", r"\s+")
        for name in sorted(table["sections"], key=len, reverse=True)
    )
    axes = "|".join(re.escape(word) for word in sorted(table["axis"], key=len, reverse=True))
    return Lazy(
        rf"(?:{named})[.:]?$|(?:{axes})\s+(?:\d|[IVX]+)\b(?:\s*[-–—:.]\s*.*|$)", re.IGNORECASE
    )


class Sections:
    """Looks above headings for names of sections.

    Args:
        flow: the content lines and the signs between them.
        vocabulary: the words in force.
        hyphens: how hyphens at line ends are read.
    """

    def __init__(self, flow: Flow, vocabulary: Vocabulary, hyphens: Hyphens) -> None:
        self._flow = flow
        self._items = flow.items
        self._vocabulary = vocabulary
        self._hyphens = hyphens

    def above(self, start: int, floor: int, contents: Collection[int] = ()) -> int | None:
        """Where a known name begins that ends right above a heading, None where none does.

        Args:
            start: item that begins the heading.
            floor: no item before this one belongs to the name.
            contents: items that are entries of a contents page.
        """
        for first in range(start - 1, max(floor, start - _LINES) - 1, -1):
            item = self._items[first]
            if first in contents or item.mark or not item.value or item.line.cell is not None:
                return None
            if not item.value[0].isupper():
                continue
            name = self.name(first, start)
            if len(name.split()) > _WORDS:
                return None
            if self._flow.fresh(first) is False:
                continue
            if known_names(self._vocabulary).match(name) and not any(
                self._flow.breaks(place)[0] for place in range(first + 1, start)
            ):
                return first
        return None

    def name(self, first: int, stop: int) -> str:
        """The text of some items as one."""
        return join([item.text for item in self._items[first:stop]], self._hyphens).value

    def suspect(self, start: int, floor: int, roles: Sequence[str | None]) -> int | None:
        """Where an unknown name seems to begin that ends right above a heading.

        Args:
            start: item that begins the heading.
            floor: first item of the sheet above.
            roles: of the edition's lines, by index.
        """
        first = start - 1
        while first > max(floor, start - _LINES) and self._items[first].value[:1].islower():
            first -= 1
        if first <= floor or not self._could_be_name(first, start):
            return None
        before = roles[self._items[first - 1].index]
        value = self._items[first - 1].value
        fresh = self._flow.fresh(first)
        if before in ("funding", "total"):
            return first
        if before == "status":
            return first if fresh or self._reads_apart(first, start) else None
        if before != "body" or not fresh or self._items[first - 1].mark or is_numbered(value):
            return None
        # A labelled line, or prose that ends in a full stop on a sheet that prints no fields.
        return first if value[-1] == "." or opens_field(value, self._vocabulary) else None

    def _reads_apart(self, first: int, stop: int) -> bool:
        """Whether a capital that begins a line tells of a name where nothing else does.

        It may as well begin the name of somebody or something that the line before names.
        """
        if self._flow.gap(first) is False:
            return False
        last = self._items[first - 1].value.rsplit(" ", 1)[-1]
        return not last[:1].isupper() and len(self.name(first, stop).split()) <= _FEW_WORDS

    def _could_be_name(self, first: int, stop: int) -> bool:
        items: list[Item] = list(self._items[first:stop])
        if any(item.mark or item.line.picture or item.line.cell is not None for item in items):
            return False
        if self._flow.fresh(first) is False:
            return False
        name = self.name(first, stop)
        numbered = _NUMBER.match(name)
        bare = name[numbered.end() :] if numbered else name
        if is_numbered(bare) or (numbered and is_numbered(self._items[first - 1].value)):
            return False
        if not bare[:1].isupper() or not 0 < len(bare.split()) <= _WORDS or len(bare) < 4:
            return False
        ordinal = ORDINAL.match(bare)
        lead = ordinal.end() if ordinal else 0
        if ends_closed(bare) or bare[-1] in ",;" or ends_open(bare, self._vocabulary):
            return False
        return not (
            ":" in bare[lead:].lstrip(" :")
            or "€" in bare
            or any(char.isdigit() for char in _YEAR.sub("", bare[lead:]))
            or opens_field(bare, self._vocabulary)
            or is_place_only(bare, self._vocabulary)
            or phases.has_phase(bare, self._vocabulary)
            or bool(districts.find(bare, self._vocabulary))
            or any(links.find(bare, vocabulary=self._vocabulary))
            or any(codes.find(bare, vocabulary=self._vocabulary))
        )
