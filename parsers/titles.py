"""Where a heading's title ends.

With geometry its style, its distance and its width tell. Without, a line that the next word would
still have fitted on ends it, and the words help: a final dash or preposition, a lower-case start,
the project's title repeated, a sentence that runs on. Where nothing decides, the end is not
certain and is said to be so (``title_end_uncertain``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers import leads, room
from parsers.flow import Flow
from parsers.hyphens import Hyphens
from parsers.items import Item, ends_closed, ends_open, in_capitals, is_numbered
from parsers.labels import match, opens_field, opens_with_head
from parsers.text import Text, join
from parsers.title_words import (
    SENTENCE,
    TITLE_LINES,
    folded,
    is_fragment,
    is_prose,
    leads_list,
    repeats,
    title_label,
)
from parsers.values import phases
from parsers.values.codes import Code
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

_TITLE_LENGTH = 320
# Headings are set larger or bolder than the text: a heading with fewer characters than this share
# of the longest line around it had room for more.
_ROOM = {"project": 0.55, "section": 0.55, "action": 0.8}
# Headings are set apart from the text below where no more than this share is seen not to be.
_TOGETHER = 0.1
# Whose name is on the next line.
_STREET_END = Lazy(r"(?<!\w)(?:Via|Viale|V\.le|Piazza|Piazzale|P\.zza|Vicolo)$")
# What no subtitle begins with: "Città", and "Di Fiume" below.
_GENITIVE = Lazy(r"D(?:i|el|ello|ella|ei|egli|elle)\s|(?:D|Dell)[’']\w")
_DASH = Lazy(r"[-–—:]\s*")
_DASH_AND_WORD = Lazy(r"[-–—] \S+")
_SPACED = r"\s+(?=[A-ZÀ-Ý“\"«])"


@dataclass(slots=True, eq=False)
class Heading:
    """A heading met in the text.

    Attributes:
        kind: ``project``, ``section`` or ``action``; ``chapter`` above one of the first two.
        start: index of its first item.
        end: index after its last item (the title's end).
        title: its title, joined.
        number, number_text: of a numbered project.
        code, code_text: of an action.
        certain: whether the end of the title is.
        title_at: item index and offset where the title begins.
        outline: the form of an outline's number before it, "" without one.
    """

    kind: str
    start: int
    end: int
    title: Text
    number: int | None = None
    number_text: Text | None = None
    code: Code | None = None
    code_text: Text | None = None
    certain: bool = True
    title_at: tuple[int, int] = (0, 0)
    outline: str = ""

    @property
    def key(self) -> str:
        """What identifies the heading within an edition."""
        if self.code is not None:
            return self.code.canonical
        return str(self.number) if self.number is not None else self.title.value.casefold()


class TitleEnds:
    """Settles the titles of an edition's headings."""

    def __init__(self, flow: Flow, vocabulary: Vocabulary, hyphens: Hyphens) -> None:
        self._flow = flow
        self._items = flow.items
        self._vocabulary = vocabulary
        self._hyphens = hyphens
        self._sized = any(item.line.size is not None for item in flow.items)
        # Where the text is set in capitals too, they are no sign of a title.
        loud = sum(in_capitals(item.value) for item in flow.items)
        self._loud = loud > len(flow.items) / 2
        self._set_apart = False

    def settle(self, headings: Sequence[Heading]) -> None:
        """Set ``title``, ``end`` and ``certain`` of each heading, in reading order."""
        self._set_apart = self._flow.gaps_speak and self._seen_apart(headings)
        project_title = ""
        for place, heading in enumerate(headings):
            following = headings[place + 1] if place + 1 < len(headings) else None
            stop = following.start if following else len(self._items)
            self._settle(heading, stop, project_title, following)
            if heading.kind != "action":
                project_title = heading.title.value

    def _settle(
        self, heading: Heading, stop: int, project_title: str, following: Heading | None
    ) -> None:
        at, offset = heading.title_at = self._labelled(heading, stop)
        if heading.kind == "section" and heading.end - heading.start > 1:
            end, certain = heading.end, True
        else:
            first_action = self._first_action(heading, following)
            ends = self._ends(heading, stop, first_action or project_title)
            end, certain = self._choose(heading, ends, first_action)
        first = self._items[at].text
        texts = [first.slice(offset, len(first.value))]
        texts += [self._items[index].text for index in range(at + 1, end)]
        if not texts[0].value and len(texts) > 1:
            # A code or number alone on its line; the dash before its title is on the next.
            parted = _DASH.match(texts[1].value)
            if parted:
                texts[1] = texts[1].slice(parted.end(), len(texts[1].value))
        heading.title = join(texts, self._hyphens)
        heading.end = end
        # A line below its code that closes as a sentence does is more likely text.
        below = heading.code is not None and not texts[0].value
        heading.certain = certain and not (below and heading.title.value.endswith("."))

    def _labelled(self, heading: Heading, stop: int) -> tuple[int, int]:
        """Where a title begins: behind its label, where a form has one below the code."""
        at, offset = heading.title_at
        value, pattern = self._items[at].value, title_label(self._vocabulary)
        if heading.kind == "action" and (beside := pattern.match(value, offset)):
            # "Codice MI4.1.1.a Titolo: ..."
            offset = beside.end() if value[offset : beside.end()].rstrip()[-1] == ":" else offset
        if heading.kind != "action" or value[offset:].strip() or at + 1 >= stop:
            return at, offset
        below = self._items[at + 1]
        if (gap := leads.gap(below)) and pattern.fullmatch(below.value[:gap]):
            return at + 1, gap + 1
        label = pattern.match(below.value)
        if label is None and heading.code_text and not value.startswith(heading.code_text.value):
            # "Codice progetto MI4.1.1.a" has no colon either.
            label = title_label(self._vocabulary, _SPACED).match(below.value)
        if label is None:
            return at, offset
        if label.end() < len(self._items[at + 1].value):
            return at + 1, label.end()
        return (at + 2, 0) if at + 2 < stop else (at, offset)

    def _first_action(self, heading: Heading, following: Heading | None) -> str:
        """The text from a project's first action's title on; empty for other headings."""
        if heading.kind == "action" or following is None or following.kind != "action":
            return ""
        start, begin = following.title_at
        rest = [item.value for item in self._items[start + 1 : start + 5]]
        return " ".join([self._items[start].value[begin:], *rest])

    def _ends(self, heading: Heading, stop: int, other_title: str) -> list[int]:
        """Where the title can end: indices after its last item, the first ones first."""
        items = self._items
        at, offset = heading.title_at
        so_far = items[at].value[offset:]
        cell = items[at].line.cell
        index = at + 1
        ends: list[int] = []
        if not so_far.strip():
            # A code in a box of its own, or a number above its title.
            if index >= stop or self._closed_by(index, heading.kind):
                return [index]
            so_far, cell = items[index].value, items[index].line.cell
            index += 1
        while index < stop:
            item = items[index]
            if self._closed_by(index, heading.kind):
                break
            if cell is not None and item.line.cell != cell:
                if not self._turns(index):
                    break
                cell = None
            if cell is None or item.line.cell is None:
                verdict = self._goes_on(heading, index, so_far, other_title)
                if verdict is False:
                    break
                if verdict is None:
                    ends.append(index)
            elif self._flow.style_changes(index):
                # What stands beside a value further up may be a cell, and the text below it, too.
                break
            if ends and index - at >= TITLE_LINES:
                return ends
            if len(so_far) > _TITLE_LENGTH or SENTENCE.search(item.value):
                return ends or [index]
            so_far = f"{so_far} {item.value}"
            index += 1
        return [*ends, index]

    def _choose(self, heading: Heading, ends: list[int], first_action: str) -> tuple[int, bool]:
        """One of the possible ends, and whether it is the only one or a sign speaks for it."""
        if len(ends) == 1:
            return ends[0], True
        if heading.kind == "action":
            return ends[0], False
        at, offset = heading.title_at
        repeated = folded(first_action)
        for end in reversed(ends):
            title = " ".join(item.value for item in self._items[at:end])[offset:]
            if repeated and repeated.startswith(folded(title)):
                return end, True
        for end in ends:
            rest_text = " ".join(item.value for item in self._items[end : ends[-1]])
            if rest_text and phases.has_phase(rest_text, self._vocabulary):
                return end, end == ends[0] and len(ends) == 2
        return ends[0], False

    def _seen_apart(self, headings: Sequence[Heading]) -> bool:
        """Whether headings are set apart from the text below: as good as all whose ends show."""
        apart = together = 0
        for heading in headings:
            for index in range(
                heading.start + 1, min(heading.start + TITLE_LINES, len(self._items))
            ):
                gap = self._flow.gap(index)
                if gap:
                    apart += 1
                    break
                if (
                    gap is False
                    and self._flow.fits(index)
                    and self._items[index].value[:1].isupper()
                ):
                    together += 1
                    break
        return together <= _TOGETHER * apart

    # -- signs ------------------------------------------------------------------------------

    def _closed_by(self, index: int, kind: str) -> bool:
        """Whether an item cannot belong to a title: a label, a list item, a picture's caption."""
        item = self._items[index]
        if item.mark and item.mark not in "-–—‒":
            return True
        if self._lists_field(item.value):
            return True
        if item.mark and kind != "project" and self._flow.fresh(index):
            return ends_closed(self._items[index - 1].value)
        if opens_field(item.value, self._vocabulary) or self._opens_row(item):
            return True
        return item.line.picture and not self._items[index - 1].line.picture

    def _opens_row(self, item: Item) -> bool:
        """Whether a wide gap parts a label from its value ("CUP      B61H17000010006")."""
        gap = leads.gap(item)
        label = match(item.value[:gap], self._vocabulary) if gap else None
        return label is not None and label.end == gap

    def _lists_field(self, value: str) -> bool:
        """Whether a text is a labelled item of a list ("- Importo: € ...")."""
        start = leads.listed(value)
        if not start or ":" not in value:
            return False
        text = value[start:]
        return opens_field(text, self._vocabulary) or opens_with_head(text, self._vocabulary)

    def _goes_on(self, heading: Heading, index: int, so_far: str, other_title: str) -> bool | None:
        """Whether a title goes on in an item; None where nothing is sure."""
        flow, items = self._flow, self._items
        prev, item = items[index - 1], items[index]
        lower = item.value[:1].islower()
        open_end = lower or item.value[:1] in "-–—" or ends_open(so_far, self._vocabulary)
        open_end = open_end or _STREET_END.search(so_far) is not None
        if prev.line.size is not None and item.line.size is not None:
            if flow.style_changes(index):
                return False
            if flow.begins(index):
                return self._runs_over(index, so_far)
            capitals = self._both_in_capitals(so_far, item.value)
            near = (self._stands_out(index) or capitals) and flow.is_near(index)
            if flow.gap(index) and not (near and (lower or not self._fits(index))):
                return False
            if capitals:
                return True
            if self._stands_out(index):
                # The style of a heading goes on; typesetters that balance lines break early.
                return not (flow.fits(index) and item.value[:1].isupper() and self._short(index))
            if flow.fits(index) and item.line.begins is None:
                together = flow.gap(index) is False
                if item.value[:1] in "-–—" and self._set_apart:
                    return together
                if not lower and heading.kind == "action" and self._is_fragment(index):
                    return None
                return lower and (ends_open(so_far, self._vocabulary) or together)
            if not open_end and leads_list(items, index):
                return False
            if open_end or (self._set_apart and flow.gap(index) is False):
                return True
            if _GENITIVE.match(item.value) and self._is_fragment(index):
                return True
            return self._by_words(index, so_far, other_title)
        if item.blanks and flow.blanks_speak:
            # A blank line in mid sentence: the line between them may be lost.
            return None if lower or item.value[:1] in "-–—" or so_far[-1:] in "-–—" else False
        if open_end or repeats(so_far, item.value, other_title):
            return True
        if self._both_in_capitals(so_far, item.value):
            return True
        if is_numbered(item.value):
            return False
        if flow.exact:
            if flow.fits(index):
                return False
        else:
            length = len(prev.line.text.strip()) + 1 + len(item.value.split(" ", 1)[0])
            if length <= _ROOM[heading.kind] * flow.width(index):
                # A break before a word that had room was meant, but for a name that a hand broke.
                return None if heading.kind == "action" and self._is_fragment(index) else False
        return self._by_words(index, so_far, other_title)

    def _both_in_capitals(self, so_far: str, value: str) -> bool:
        """Whether a title in capitals goes on in capitals, which the text is not set in."""
        return not self._loud and in_capitals(so_far) and in_capitals(value)

    def _is_fragment(self, index: int) -> bool:
        return is_fragment(self._items, index, self._vocabulary)

    def _stands_out(self, index: int) -> bool:
        """Whether a line's style is not the usual one of the text: it is heading still."""
        line, usual = self._items[index].line, self._flow.style
        if usual is None or line.size is None:
            return False
        size, bold = usual
        return line.size > 1.07 * size or (bool(line.bold) and not bold)

    def _turns(self, index: int) -> bool:
        """Whether a title set beside its code goes on at the top of the next column or page."""
        prev, item = self._items[index - 1], self._items[index]
        before, line = prev.line, item.line
        if before.box is None or line.box is None or line.cell is not None:
            return False
        turned = before.page != line.page or line.box.bottom < before.box.top
        open_end = item.value[:1].islower() or ends_open(prev.value, self._vocabulary)
        same = self._stands_out(index) and not self._flow.style_changes(index)
        return turned and open_end and same

    def _runs_over(self, index: int, so_far: str) -> bool:
        """Whether a title runs over the end of a paragraph, as where it was wrapped by hand."""
        signs = (
            self._items[index].value[:1].islower(),
            ends_open(so_far, self._vocabulary),
            self._stands_out(index),
        )
        return sum(signs) >= 2

    def _fits(self, index: int) -> bool | None:
        """Whether an item's first word would have fitted above; a dash keeps with its word."""
        dash = _DASH_AND_WORD.match(self._items[index].value)
        if dash and self._items[index].line.box:
            return room.fits(self._items, index, dash[0])
        return self._flow.fits(index)

    def _short(self, index: int) -> bool:
        """Whether the line before an item leaves more than a third of its room."""
        line = self._items[index - 1].line
        if line.box is None or line.room is None:
            return False
        return line.room - line.box.x1 > (line.room - line.box.x0) / 3

    def _by_words(self, index: int, so_far: str, other_title: str) -> bool | None:
        """What the words say where neither width nor style does."""
        if repeats(so_far, self._items[index].value, other_title):
            return True
        if index + 1 >= len(self._items):
            return None
        value, after = self._items[index].value, self._items[index + 1]
        runs_on = (
            (after.value[:1].islower() and not after.mark)
            or ends_open(value, self._vocabulary)
            or SENTENCE.search(value) is not None
            or ends_closed(value)
        )
        # A line that runs on into a sentence is prose: were it title, the title would not end.
        return False if runs_on and is_prose(self._items, index, self._vocabulary) else None
