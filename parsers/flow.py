"""How the lines of a source follow each other: what runs on, what begins anew, and how surely.

A line's neighbours tell by geometry where there is one (distance, indent, style, and whether the
next word would still have fitted), by characters and blank lines where there is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from parsers import broken_links, room
from parsers.breaks import PLACE_END, STREET, ends_in_street, not_meant, runs_on
from parsers.hanging import Column, column_starts, outdents
from parsers.items import Item, ends_closed, ends_open, is_numbered, marks, points_on
from parsers.lines import Line
from parsers.text import HYPHENS
from parsers.values import districts
from parsers.values.addresses import is_place_only
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

# A step between baselines that exceeds the usual one by this share parts two blocks.
_STEP = 0.09
# Without geometry, a line with more than this share of the characters of the longest around it
# says nothing of its break: proportional fonts set up to half as many characters more on a width.
_FULL = 2 / 3
# The width around a line is the longest of this many lines on both sides: pages differ in size.
_REACH = 12
# Of text set in a proportional font hardly a break in eight is forced at one number of characters;
# of text wrapped by characters all are, but for the ones that a copy moved.
_FORCED = 0.8
# Paragraph ends that must be seen before their distance is taken for a rule of the edition.
_SAMPLES = 8
# The heading of a list is a short line.
_HEADING_LENGTH = 60
# A label, and a list of districts with its label, break over so many lines at most.
_LABEL_LINES = 3
_LIST_LINES = 8

_LONGEST_MARK = len("(12)")
_BARE_NUMBER = Lazy(r"\(?(?:\d{1,2}|[a-z])[.)]$")
# A house number that a line's end parts from its street.
_HOUSE = Lazy(r"(?:n{1,2}\s?[.°]|n\s|num\.|civ\.)?\s?\d", re.IGNORECASE)
_DIGIT = Lazy(r"\d")
# The first of several names.
_NAMES = Lazy(r"[A-ZÀ-Ý][\w’']*(?: [A-ZÀ-Ý][\w’']*){0,3}, ?[A-ZÀ-Ý]")
# Headings are set with more space between their lines than the text, up to double their size.
_WIDEST_STEP = 2.0
# A line's largest letters are no smaller than this much of its box: fonts reach over 1.25 sizes.
_SIZE = 0.8


class Flow:
    """The signs between neighbouring items of one edition."""

    def __init__(self, items: Sequence[Item], vocabulary: Vocabulary) -> None:
        self.items = items
        self.vocabulary = vocabulary
        # What was asked of an item: one is looked at from several sides.
        self._gaps: dict[int, bool | None] = {}
        self._fresh: dict[int, bool | None] = {}
        self._measure()

    def _measure(self) -> None:
        """What the edition's own certain continuations say: step, blank lines, width."""
        steps: dict[tuple[int, bool], Counter[float]] = defaultdict(Counter)
        parted = together = 0
        capacity: list[tuple[int, int]] = []
        for prev, item in zip(self.items, self.items[1:], strict=False):
            if not item.value or not prev.value or not runs_on(prev, item):
                continue
            if item.line.box and prev.line.box and item.line.page == prev.line.page:
                step = round(item.line.box.bottom - prev.line.box.bottom, 1)
                if step > 0 and item.line.size:
                    steps[round(item.line.size), item.line.cell is not None][step] += 1
            if item.line.page == prev.line.page:
                together += 1
                parted += item.blanks > 0
            capacity.append((len(prev.line.text.rstrip()), len(item.value.partition(" ")[0])))
        self._not_meant = not_meant(self.items)
        # The lines of cells may stand closer than those of the text.
        self._steps = {kind: counts.most_common(1)[0][0] for kind, counts in steps.items()}
        # Blank lines speak only where they do not also stand inside paragraphs.
        self.blanks_speak = parted <= 0.05 * together
        # A word longer than the width stands alone on its line and does not show the width.
        lengths = [len(item.line.text.rstrip()) if " " in item.value else 0 for item in self.items]
        longest = max(lengths, default=0)
        # Where certain breaks were forced at one width, the text was wrapped by characters.
        forced = sum(size + 1 + word > longest for size, word in capacity)
        self.exact = longest if capacity and forced >= _FORCED * len(capacity) else None
        self._lengths = lengths

    @cached_property
    def style(self) -> tuple[float, bool] | None:
        """Size and weight that most characters are set in; None without geometry."""
        printed: Counter[tuple[float, bool]] = Counter()
        for item in self.items:
            if item.line.size:
                printed[item.line.size, bool(item.line.bold)] += len(item.value)
        styles: Counter[tuple[float, bool]] = Counter()
        for (size, bold), characters in printed.items():
            styles[round(size, 1), bold] += characters
        return styles.most_common(1)[0][0] if styles else None

    @cached_property
    def gaps_speak(self) -> bool:
        """Whether paragraphs are set apart by distance: as good as all that surely end are."""
        apart = [
            bool(gap)
            for index in range(1, len(self.items))
            if ends_closed(self.items[index - 1].value)
            and self.fits(index)
            and (gap := self.gap(index)) is not None
        ]
        return len(apart) >= _SAMPLES and sum(apart) >= 0.9 * len(apart)

    @cached_property
    def _starts(self) -> dict[Column, float]:
        return column_starts(self.items)

    def width(self, index: int) -> int:
        """Characters of the longest line around an item."""
        return max(self._lengths[max(0, index - _REACH) : index + _REACH + 1])

    def step(self, line: Line) -> float:
        """Usual distance of baselines in text set about as a line is, in points; 0 if unseen."""
        size = round(line.size or 0.0)
        text, cells = (self._steps.get((size, celled), 0.0) for celled in (False, True))
        return max(text, cells) if line.cell else text or cells  # lists are set as the text is

    def begins(self, index: int) -> bool | None:
        """Whether item ``index`` begins a paragraph by what the source itself says.

        None where the source has no paragraphs, or breaks its sentences as a pasted text does.
        """
        begins = self.items[index].line.begins
        return None if begins in self._not_meant else begins

    def fits(self, index: int) -> bool | None:
        """Whether the first word of item ``index`` would have fitted on the line before it.

        A break that the source itself has was meant. None where nothing tells.
        """
        if self.begins(index) is not None:
            return True
        prev, item = self.items[index - 1], self.items[index]
        before, after = prev.line, item.line
        word = item.value.partition(" ")[0]
        if before.box and after.box:
            return room.fits(self.items, index, word)
        if before.box or after.box:
            return None
        length = len(before.text.rstrip())
        if self.exact is not None:
            return length + 1 + len(word) <= self.exact
        width = self.width(index)
        if length <= _FULL * width and length + 1 + len(word) < width:
            return True
        return None

    def style_changes(self, index: int) -> bool:
        """Whether item ``index`` is set in another size or weight than the line before it."""
        before, after = self.items[index - 1].line, self.items[index].line
        if before.size is None or after.size is None:
            return False
        if abs(before.size - after.size) > 0.07 * max(before.size, after.size):
            return True
        return bool(before.bold) != bool(after.bold)

    def gap(self, index: int) -> bool | None:
        """Whether more than the usual step parts item ``index`` from the line before it."""
        if index not in self._gaps:
            self._gaps[index] = self._gap(index)
        return self._gaps[index]

    def _gap(self, index: int) -> bool | None:
        prev, item = self.items[index - 1].line, self.items[index].line
        above, box = prev.box, item.box
        if above is None or box is None or prev.page != item.page:
            return None
        distance = box.bottom - above.bottom
        if distance <= 0:  # another column
            return None
        size, before = item.size, prev.size
        step = self.step(item) or self.step(prev)
        if not step:
            step = 1.35 * max(size or 0.0, before or 0.0)
            return distance > 1.25 * step if step else None
        scale = max(1.0, (size or 1.0) / (before or 1.0))
        return distance > step * scale * (1 + _STEP) + 0.3

    def is_near(self, index: int) -> bool:
        """Whether an item is no further from the line before it than a heading's lines are."""
        before, line = self.items[index - 1].line, self.items[index].line
        if before.box is None or line.box is None or line.size is None:
            return False
        # Small capitals are most of their line, and the few large ones set its step.
        size = max(line.size, _SIZE * (line.box.bottom - line.box.top))
        return line.box.bottom - before.box.bottom <= _WIDEST_STEP * size

    def indent(self, index: int) -> float:
        """How far right of the line before it item ``index`` begins, in ems; 0 without geometry."""
        before, after = self.items[index - 1].line, self.items[index].line
        if before.box is None or after.box is None:
            return 0.0
        return (after.box.x0 - before.box.x0) / (after.size or 10.0)

    def _opened(self, index: int) -> bool:
        """Whether the item before ``index`` cannot end a text; "gestiona-" and "le" do."""
        value = self.items[index - 1].value
        if " " not in value and index > 1 and (above := self.items[index - 2].value):
            value = f"{above[:-1]}{value}" if above[-1] in HYPHENS else value
        return ends_open(value, self.vocabulary)

    def breaks(self, index: int) -> tuple[bool, bool]:
        """Whether item ``index`` begins a new paragraph, and whether that is certain."""
        prev, item = self.items[index - 1], self.items[index]
        # A list mark may stand alone on its line.
        if len(prev.value) <= _LONGEST_MARK and (not prev.value or _BARE_NUMBER.match(prev.value)):
            return False, True
        if self.begins(index):
            return True, True
        if self.continues_link(index):
            return False, True
        if item.mark and (not item.value or self._opens_item(index)):
            return True, True
        before, after = prev.line, item.line
        if before.cell != after.cell:
            return True, True
        lower = item.value[0].islower()
        closed = ends_closed(prev.value)
        opened = self._opened(index) or ends_in_street(prev.value)
        if is_numbered(item.value) and self._parted(index, closed=closed):
            return True, True
        if not lower and not opened and districts.opens(item.value, self.vocabulary):
            return True, True
        if after.picture and (not before.picture or not lower or STREET.match(item.value)):
            return True, True
        if item.value[0] == "(" and not closed:
            return False, True
        if STREET.match(item.value) and (PLACE_END.search(prev.value) or self._lists_places(index)):
            return True, True
        if _HOUSE.match(item.value) and STREET.match(prev.value) and not _DIGIT.search(prev.value):
            return False, True
        if closed and self._lists_on(index):
            return False, True
        if lower and not closed and opened:
            return False, True
        gap, fits = self.gap(index), self.fits(index)
        # A sentence runs on from a full line, though its lines stand apart as titles' may.
        full = lower and not closed and fits is False and not self._lists_place(index)
        if gap and not (full and self.is_near(index)):
            return True, True
        if self.style_changes(index) and not lower:
            return True, True
        if not closed and _NAMES.match(item.value) and self._in_districts(index):
            return False, False
        if fits and (not lower or closed):
            return not opened, True
        below = before.page == after.page and gap is not None
        if before.box and after.box and (below or room.same_column(before, after)):
            hanging = bool(prev.mark) or is_numbered(prev.value)
            indent = self.indent(index)
            if below and indent > 0.9 and not hanging and not lower:
                return True, True
            if hanging and indent < -0.5:
                return True, True
        hung = closed and not (below or lower) and self._hangs(index - 1)
        if hung and outdents(before, after, self._starts):
            # A list's last item at a column's foot, and text at the top of the next.
            return True, True
        if fits and lower and (before.box or STREET.match(item.value)):
            # A short line before a lower-case one: list items without marks, or listed places.
            return not (opened or prev.mark or item.mark or self._hangs(index)), False
        if item.blanks and self.blanks_speak:
            if closed or not (lower or opened) or self._lists_place(index):
                return True, True
            return False, False
        if closed and ":" in item.value and self._districts(index, index + 2):
            return True, True
        # No sentence begins with a small letter, nor goes on behind a line that could hold more.
        began = (
            not lower or prev.value[-1:] == "." or (prev.value[-1:] == ";" and fits is not False)
        )
        if closed and began and is_place_only(item.value, self.vocabulary):
            return True, True
        if gap is False and not fits and self.gaps_speak:
            return False, True
        if closed and not lower:
            # Full lines on both sides of a full stop: nothing tells; most of them run on.
            return prev.value[-1] in ":;", False
        if not lower and not opened and len(item.value) < _HEADING_LENGTH:
            return is_place_only(item.value, self.vocabulary) and (
                is_place_only(prev.value, self.vocabulary) or self._in_districts(index)
            ), False
        return False, lower or opened or not closed

    def _hangs(self, index: int) -> bool:
        """Whether an item stands below a numbered or marked one, in line with the rest of that."""
        for first in range(index - 1, max(-1, index - 1 - _LIST_LINES), -1):
            indent = sum(self.indent(place) for place in range(first + 1, index + 1))
            if abs(indent) > 0.1:
                item = self.items[first]
                return indent > 0 and bool(item.mark or is_numbered(item.value))
        return False

    def _lists_place(self, index: int) -> bool:
        """Whether an item that begins with a street is a place and nothing else."""
        value = self.items[index].value
        return bool(STREET.match(value)) and is_place_only(value, self.vocabulary)

    def _lists_places(self, index: int) -> bool:
        """Whether an item is a place behind another one that has its number."""
        before = self.items[index - 1].value
        return bool(_DIGIT.search(before)) and all(map(self._lists_place, (index - 1, index)))

    def _lists_on(self, index: int) -> bool:
        """Whether a label of districts ends a line and their names begin the next."""
        if self.items[index - 1].value[-1:] != ":":
            return False
        starts = range(index - 1, max(-1, index - 1 - _LABEL_LINES), -1)
        return any(self._districts(start, index + 1) for start in starts)

    def _in_districts(self, index: int) -> bool:
        """Whether the lines before item ``index`` are a list of districts."""
        starts = range(index - 1, max(-1, index - 1 - _LIST_LINES), -1)
        return any(self._districts(start, index) for start in starts)

    def _districts(self, start: int, stop: int) -> bool:
        """Whether some lines together are a label of districts and names."""
        text = " ".join(item.value for item in self.items[start:stop])
        return bool(districts.find(text, self.vocabulary))

    def continues_link(self, index: int) -> bool:
        """Whether item ``index`` begins with the rest of an address that a line's end broke."""
        goes_on = broken_links.goes_on(self.items, index, self.fits, self.vocabulary)
        return goes_on and not self.begins(index)

    def _parted(self, index: int, *, closed: bool) -> bool:
        """Whether anything but its own form sets item ``index`` off from the line before it."""
        if closed or self.gap(index) or self.fits(index):
            return True
        return bool(self.items[index].blanks and self.blanks_speak)

    def _opens_item(self, index: int) -> bool:
        """Whether a mark at the start of an item opens a list item rather than a wrapped dash."""
        item = self.items[index]
        bullets, _ = marks(self.vocabulary)
        if item.mark not in "-–—‒−*o" or item.mark in bullets:
            return True
        if index == 0:
            return True
        prev = self.items[index - 1]
        if prev.mark == item.mark and not ends_open(prev.value, self.vocabulary):
            return True
        if prev.line.cell != item.line.cell:
            return True
        return self._parted(index, closed=ends_closed(prev.value))

    def fresh(self, index: int) -> bool | None:
        """Whether item ``index`` can begin a block; None where nothing tells.

        A heading, a label or a section can only stand where a block begins.
        """
        if index not in self._fresh:
            self._fresh[index] = self._is_fresh(index)
        return self._fresh[index]

    def _is_fresh(self, index: int) -> bool | None:
        if index == 0:
            return True
        prev, item = self.items[index - 1], self.items[index]
        if not item.value:  # a list's mark alone
            return None
        if item.line.cell is not None and item.line.cell != prev.line.cell:
            return True
        # "…example.it/c" and "t/" below: no word that another one follows.
        opened = self._opened(index) and not (
            prev.value[-1] == "/" and index > 1 and self.continues_link(index - 1)
        )
        gap = self.gap(index)
        if gap or self.style_changes(index):
            return True
        if self.begins(index):
            # "Si integra con la" before a paragraph's end: then the heading's own form decides.
            return None if opened or points_on(prev.value, self.vocabulary) else True
        if opened:
            # Behind a blank line a sentence may have lost its end.
            return None if item.blanks and self.blanks_speak else False
        if ends_closed(prev.value):
            return True
        if item.blanks and self.blanks_speak:
            return True
        if points_on(prev.value, self.vocabulary):
            return None
        return True if self.fits(index) else None
