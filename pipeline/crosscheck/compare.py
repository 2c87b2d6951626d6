"""Two readings of one file held against each other, record by record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from parsers.lines import Document, Line
from parsers.report import Report, Signal
from parsers.text import Text
from pipeline.crosscheck.records import Cell, Entity, Records, Row, is_setting

_RULE = "reader_disagreement"
# Characters quoted on each side of what differs, and of it at most.
_AROUND = 24
_MOST = 160


@dataclass(slots=True)
class Reading:
    """What one reader gave: its name is the document's."""

    document: Document
    report: Report


def disagreements(first: Reading, second: Reading) -> list[Signal]:
    """What the second reading has otherwise, as findings on the lines of the first.

    One finding a cell, or a row where one reading lacks it or cuts it otherwise. What only follows
    from a cell that is told of (a date in a paragraph, the phase of a status) is not told again.

    Args:
        first: the reading that is published.
        second: of the same file by another engine.
    """
    return _Comparison(first, second).signals


class _Comparison:
    """Both readings, and what was found so far."""

    def __init__(self, first: Reading, second: Reading) -> None:
        self.first, self.second = first, second
        self.signals: list[Signal] = []
        # Lines that hold a difference: (whether of the first reading, number).
        self._told: set[tuple[bool, int]] = set()
        self._on_page: dict[int | None, list[Line]] = {}
        for line in first.document.lines:
            self._on_page.setdefault(line.page, []).append(line)
        ours, theirs = (Records.of(each.report.projects) for each in (first, second))
        self._codes = {action.code for action in ours.actions}
        projects = self._entities(ours.projects, theirs.projects)
        for one, other in projects:
            self._entity(ours.projects[one], theirs.projects[other])
        same, parents = dict(projects), {other for _, other in projects}
        for one, other in self._entities(ours.actions, theirs.actions):
            action, reread = ours.actions[one], theirs.actions[other]
            mine, its = action.parent, reread.parent
            if mine in same and its in parents and same[mine] != its:
                under = (ours.projects[mine].name, theirs.projects[its].name)
                self._tell("actions.project_id", action, (action.text, reread.text), under)
            self._entity(action, reread)

    # -- entities ---------------------------------------------------------------------------

    def _entities(self, ours: Sequence[Entity], theirs: Sequence[Entity]) -> list[tuple[int, int]]:
        """Which is which, in our order; tells of those that only one reading has."""
        pairs = _paired([one.key for one in ours], [one.key for one in theirs])
        here, there = dict(pairs), {other for _, other in pairs}
        for place, entity in enumerate(ours):
            if place not in here:
                self._row(entity.table, entity, [entity.head], [])
        for place, entity in enumerate(theirs):
            if place not in there:
                self._row(entity.table, entity, [], [entity.head])
        for (before, left), (after, right) in pairwise(pairs):
            if right < left:
                entity = ours[after]
                said = (f"it after {ours[before].name}", f"it before {ours[before].name}")
                texts = (entity.text, theirs[right].text)
                self._tell(f"{entity.table}.position", entity, texts, said)
        return pairs

    def _entity(self, one: Entity, other: Entity) -> None:
        self._cells(one.table, one, one.head, other.head)
        for name, rows in one.rows.items():
            self._rows(name, one, rows, other.rows[name])
        for name, rows in one.facts.items():
            self._rows(name, one, rows, other.facts[name], follows=True)

    # -- rows and cells ---------------------------------------------------------------------

    def _rows(
        self,
        table: str,
        entity: Entity,
        ours: Sequence[Row],
        theirs: Sequence[Row],
        *,
        follows: bool = False,
    ) -> None:
        keys, others = _keys(ours), _keys(theirs)
        if keys == others:
            return
        matcher = SequenceMatcher(None, keys, others, autojunk=False)
        blocks = [each[1:] for each in matcher.get_opcodes() if each[0] != "equal"]
        spare = Counter(others[at] for *_, c, d in blocks for at in range(c, d))
        moved = Counter(keys[at] for a, b, *_ in blocks for at in range(a, b)) & spare
        for a, b, c, d in blocks:
            mine = [at for at in range(a, b) if keys[at] not in moved]
            its = [at for at in range(c, d) if others[at] not in moved]
            if len(mine) == len(its):
                for at, place in zip(mine, its, strict=True):
                    self._cells(table, entity, ours[at], theirs[place], follows=follows)
                continue
            left, right = [ours[at] for at in mine], [theirs[at] for at in its]
            if not (follows and self._is_told(_texts(left), _texts(right))):
                self._row(table, entity, left, right)
        for key in moved:
            row, other = ours[keys.index(key)], theirs[others.index(key)]
            texts = (row[0][0].text, other[0][0].text)
            if not (follows and self._is_told(texts[:1], texts[1:])):
                self._tell(table, entity, texts, (_said(row), "it in another place"))

    def _cells(
        self, table: str, entity: Entity, row: Row, other: Row, *, follows: bool = False
    ) -> None:
        for chain, its in zip(row, other, strict=True):
            for cell, reread in zip(chain, its, strict=True):
                if cell.same != reread.same:
                    if not (follows and self._is_told([cell.text], [reread.text])):
                        self._cell(f"{table}.{cell.column}", entity, cell, reread)
                    break

    def _is_told(self, ours: Sequence[Text], theirs: Sequence[Text]) -> bool:
        return not self._told.isdisjoint(_lines(ours, theirs))

    # -- findings ---------------------------------------------------------------------------

    def _cell(self, name: str, entity: Entity, cell: Cell, reread: Cell) -> None:
        texts = cell.text, reread.text
        if cell.said == cell.text.value and reread.said == reread.text.value:
            texts = _parted(*texts)
            self._tell(name, entity, texts, (_quoted(texts[0]), _quoted(texts[1])))
        else:
            self._tell(name, entity, texts, (cell.said, reread.said))

    def _row(self, table: str, entity: Entity, ours: Sequence[Row], theirs: Sequence[Row]) -> None:
        """Tell of rows that one reading lacks, or cuts otherwise."""
        said = [" | ".join(map(_said, rows)) or "no such row" for rows in (ours, theirs)]
        left, right = _texts(ours), _texts(theirs)
        texts = (next(iter(left), Text("")), next(iter(right), Text("")))
        self._tell(table, entity, texts, (said[0], said[1]))
        self._mark(left, right)

    def _tell(
        self, name: str, entity: Entity, texts: tuple[Text, Text], said: tuple[str, str]
    ) -> None:
        readings = []
        for reading, text, words in zip((self.first, self.second), texts, said, strict=True):
            where = f" ({_place(reading.document, text.line)})" if text.line else ""
            readings.append(f"{reading.document.reader} reads {words}{where}")
        line = texts[0].line or self._across(texts[1].line) or entity.text.line
        printed = texts[0].value or texts[1].value or entity.text.value
        code = entity.code if entity.code in self._codes else None
        message = f"{name} of {entity.name}: {', '.join(readings)}"
        self.signals.append(Signal(_RULE, message, line, _shortened(Text(printed)).value, code))
        self._mark(texts[:1], texts[1:])

    def _mark(self, ours: Iterable[Text], theirs: Iterable[Text]) -> None:
        self._told |= _lines(ours, theirs)

    def _across(self, number: int) -> int:
        """The line of the first reading where a line of the second stands on its page."""
        if not number:
            return 0
        line = self.second.document.lines[number - 1]
        same = self._on_page.get(line.page, ())
        return min(same, key=lambda one: _apart(one, line)).number if same else 1


def _lines(ours: Iterable[Text], theirs: Iterable[Text]) -> set[tuple[bool, int]]:
    found = {(True, piece.line) for text in ours for piece in text.pieces()}
    return found | {(False, piece.line) for text in theirs for piece in text.pieces()}


def _apart(one: Line, other: Line) -> float:
    if one.box is None or other.box is None:
        return abs(one.number - other.number)
    return abs(one.box.top - other.box.top) + abs(one.box.bottom - other.box.bottom)


def _place(document: Document, number: int) -> str:
    page = document.lines[number - 1].page
    return f"line {number}" if page is None else f"page {page}, line {number}"


def _keys(rows: Sequence[Row]) -> list[Hashable]:
    return [tuple(cell.same for chain in row for cell in chain) for row in rows]


def _texts(rows: Iterable[Row]) -> list[Text]:
    return [row[0][0].text for row in rows]


def _said(row: Row) -> str:
    """A row as it is quoted: what is printed of the first cell of each chain."""
    words = " ".join(chain[0].text.value for chain in row if chain[0].text.value)
    return _quoted(_shortened(Text(words)))


def _paired(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Places of the same entities: by key, and between two of them by order where counts agree."""
    places: dict[Hashable, list[int]] = {}
    for place, key in enumerate(theirs):
        places.setdefault(key, []).append(place)
    found: dict[int, int] = {}
    for place, key in enumerate(ours):
        if places.get(key):
            found[place] = places[key].pop(0)
    gaps = _gaps(len(ours), found), _gaps(len(theirs), {other: one for one, other in found.items()})
    for before, mine in gaps[0].items():
        its = gaps[1].get(found[before] if before is not None else None, [])
        if len(mine) == len(its):
            found.update(zip(mine, its, strict=True))
    return sorted(found.items())


def _gaps(count: int, found: dict[int, int]) -> dict[int | None, list[int]]:
    """Places without a partner, by the last one before them that has one."""
    gaps: dict[int | None, list[int]] = {}
    before = None
    for place in range(count):
        if place in found:
            before = place
        else:
            gaps.setdefault(before, []).append(place)
    return gaps


# -- quoting --------------------------------------------------------------------------------


def _quoted(text: Text) -> str:
    return f"'{text.value}'" if text.value else "nothing"


def _parted(one: Text, other: Text) -> tuple[Text, Text]:
    """Both texts from where they part to where they meet again, with a few words around."""
    start, begin = _alike(one.value, other.value)
    after, beyond = _alike(one.value[start:][::-1], other.value[begin:][::-1])
    left = _around(one, start, len(one.value) - after)
    return left, _around(other, begin, len(other.value) - beyond)


def _alike(one: str, other: str) -> tuple[int, int]:
    """How far two texts say the same from their beginnings."""
    at = place = 0
    while True:
        while at < len(one) and is_setting(one[at]):
            at += 1
        while place < len(other) and is_setting(other[place]):
            place += 1
        ended = at == len(one) or place == len(other)
        if ended or one[at].casefold() != other[place].casefold():
            return at, place
        at, place = at + 1, place + 1


def _around(text: Text, start: int, end: int) -> Text:
    low = max(text.value.rfind(" ", 0, max(start - _AROUND, 0)) + 1, 0)
    high = text.value.find(" ", min(end + _AROUND, len(text.value)))
    return _shortened(text, low, len(text.value) if high < 0 else high)


def _shortened(text: Text, start: int = 0, end: int | None = None) -> Text:
    """A part of a text, cut to what a finding may quote, with dots where something is left out."""
    end = len(text.value) if end is None else end
    stop = min(end, start + _MOST)
    part = text.slice(start, stop) if text.runs else Text(text.value[start:stop])
    value = f"{'…' if start else ''}{part.value}{'…' if stop < len(text.value) else ''}"
    return Text(value, part.runs)
