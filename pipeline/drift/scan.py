"""An edition laid out for looking at its lines one by one: roles, neighbours, what is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial

from parsers import labels
from parsers.flow import Flow
from parsers.hyphens import Hyphens
from parsers.items import Item, items_of
from parsers.known import known_words
from parsers.report import Action
from parsers.sections import Sections
from parsers.text import Text, join, read
from parsers.values import phases
from pipeline.drift.novelty import Novelty, Place
from pipeline.edition import Edition

FIELDS = ("funding", "total", "status")
PROSE = ("body", "status", "notice")
_ASIDE = ("blank", "furniture", "footnote", "annotation", "unclassified")


class Scan:
    """The content lines of an edition and the novelties met so far.

    Attributes:
        edition: as read with ``vocabulary``.
        vocabulary: the words in force.
        items: the content lines, front matter included.
        flow: the signs between them.
        sections: what looks above headings for names of sections.
        claimed: numbers of the lines that a novelty has explained.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.report = edition.report
        self.vocabulary = edition.vocabulary
        taken = [role if role in _ASIDE else None for role in self.report.roles]
        lines = edition.document.lines
        self.items = items_of(lines, [Text.of(line) for line in lines], taken, self.vocabulary)
        self.flow = Flow(self.items, self.vocabulary)
        self.hyphens = Hyphens(
            [line.text for line in lines],
            self.vocabulary["flow"]["hyphenated"],
            partial(known_words, self.vocabulary),
        )
        self.sections = Sections(self.flow, self.vocabulary, self.hyphens)
        self.claimed: set[int] = set()
        self._found: dict[tuple[str, str], Novelty] = {}

    # -- what stands where ------------------------------------------------------------------

    def role(self, place: int) -> str:
        """Role of the item at a place; empty beyond both ends."""
        if not 0 <= place < len(self.items):
            return ""
        return self.report.roles[self.items[place].index]

    def open_items(self, *roles: str) -> Iterator[tuple[int, Item]]:
        """Places and items of some roles that have words and are not explained yet."""
        for place, item in enumerate(self.items):
            if item.value and self.role(place) in roles and item.line.number not in self.claimed:
                yield place, item

    def actions(self) -> Iterator[Action]:
        """Every action in reading order."""
        for project in self.report.projects:
            yield from project.actions

    def action_at(self, item: Item) -> Action | None:
        """The action on whose sheet an item stands."""
        project, action = self.report.owners[item.index]
        if project is None or action is None:
            return None
        return self.report.projects[project].actions[action]

    def joined(self, items: Sequence[Item]) -> str:
        """The text of some items that follow each other."""
        return join([item.text for item in items], self.hyphens).value

    def beside_fields(self, place: int) -> bool:
        """Whether a funding line, a total or a status stands right before or after."""
        return self.role(place - 1) in FIELDS or self.role(place + 1) in FIELDS

    def is_label(self, text: str, end: int = 0) -> bool:
        """Whether the vocabulary knows a label at the start of a text, ``end`` long at least."""
        label = labels.match(text, self.vocabulary)
        return label is not None and (label.end >= end or label.colon)

    def says_phase(self, text: str) -> bool:
        """Whether a text states how far something has got."""
        return any(
            phases.is_known(text[start:end], self.vocabulary)
            for start, end in phases.clauses(text, self.vocabulary)
        )

    @cached_property
    def headings(self) -> list[int]:
        """Places of the items that begin a heading: of a project, a section or an action."""
        return [
            place
            for place in range(len(self.items))
            if self.role(place).endswith("_heading")
            and (
                self.role(place - 1) != self.role(place)
                or self.report.owners[self.items[place].index]
                != self.report.owners[self.items[place - 1].index]
            )
        ]

    def suspect(self, heading: int) -> int | None:
        """Where a name of a section seems to begin right above a heading that ends a sheet."""
        floor = heading
        while floor > 0 and not self.role(floor - 1).endswith("_heading"):
            floor -= 1
        if floor in (0, heading):
            return None
        return self.sections.suspect(heading, floor, self.report.roles)

    # -- what is new ------------------------------------------------------------------------

    def meet(self, novelty: Novelty, *lines: int) -> None:
        """Take down a novelty, printed on some lines; the first is where it begins."""
        self.claimed.update(lines)
        known = self._found.setdefault(novelty.key, novelty)
        if known.doubt and not novelty.doubt:
            known.patch, known.doubt = novelty.patch, ""  # here its place tells what it is
        line = self.edition.document.lines[lines[0] - 1]
        place = Place(line.page, line.number, read(line.text))
        if place not in known.places:
            known.places.append(place)

    def found(self) -> list[Novelty]:
        """All novelties, each with its places in reading order."""
        for novelty in self._found.values():
            novelty.places.sort(key=lambda place: place.line)
        return list(self._found.values())
