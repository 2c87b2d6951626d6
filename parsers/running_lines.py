"""The heads or the feet of all pages: which of their lines come again in place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from parsers.lines import Document, Line
from parsers.pagination import page_number
from parsers.running_titles import SHEET, SectionNames
from parsers.values.patterns import Lazy

# How many lines at a page's head and foot may be furniture.
DEPTH = 5
SUM = Lazy(r"€|\d\.\d{3}\b|\d,\d\d\b")

_DIGITS = Lazy(r"\d+")
_RULE_LINE = Lazy(r"[\W_]*$")
# Signs that OCR tells apart on one page and not on the next.
_ALIKE = (("–", "-"), ("—", "-"), ("’", "'"), (" ", ""))
# Lines in place on two pages differ by less than this (points).
_PLACE = 3.0
# A running line stands further from the text than a paragraph from the next, in ems.
_APART = 1.2
# A running title is set so much smaller than the text at least.
_SMALL = 0.97
# What comes in place on most pages is text where it is printed this many times as often.
_MOSTLY = 2

Question = Callable[[str], bool]


class Margins:
    """The heads of an edition's pages, or their feet.

    Args:
        document: the source as read.
        texts: the published reading of each line.
        pages: the lines of each page, in order.
        foot: whether these are the feet.
        usual: the size of the text in points; 0 without geometry.
        is_value: whether a text is a labelled value, or heads a list.
        is_heading: whether a text opens a project or an action.
        sections: the names of the edition's sections.
    """

    def __init__(
        self,
        document: Document,
        texts: Sequence[str],
        pages: dict[int, list[Line]],
        *,
        foot: bool,
        usual: float,
        is_value: Question,
        is_heading: Question,
        sections: SectionNames,
    ) -> None:
        self._document = document
        self._texts = texts
        self._foot = foot
        self._usual = usual
        self._is_value = is_value
        self._is_heading = is_heading
        self._sections = sections
        #: The lines of each page from its edge inwards.
        self.edges = {page: self._edge(lines) for page, lines in pages.items()}
        # Where each line stands, and the pages that have its words, or its very text, there.
        self._places: dict[int, int] = {}
        self._pages: dict[tuple[str, int], set[int]] = defaultdict(set)
        self._exact: dict[tuple[str, int], int] = defaultdict(int)
        # Pages whose number is as far from their count, with the same words, in a place.
        self._numbers: dict[tuple[int, str, int], set[int]] = defaultdict(set)
        # The first line of each page in a place.
        self._held: dict[int, dict[int, Line]] = defaultdict(dict)
        for page, lines in self.edges.items():
            for depth, line in enumerate(lines):
                self._place(page, depth, line)
        self._named: set[int] = set()

    def repeated(self) -> set[int]:
        """Peel running lines from the pages' edges, one layer at a time; indices of lines."""
        if not self._foot:
            self._named = {
                place
                for place, firsts in self._held.items()
                if self._sections.head(list(firsts.values()), len(self.edges))
            }
        margins = self._margins() | self._named
        found: set[int] = set()
        for page, lines in self.edges.items():
            for depth, line in enumerate(lines):
                is_rule = _RULE_LINE.match(self._texts[line.number - 1]) is not None
                if self._places[line.number] not in margins and not is_rule:
                    break
                if self._runs(page, depth):
                    found.add(line.number - 1)
                elif not is_rule:  # a drawn rule does not end the margin
                    break
        return found

    def lone_numbers(self) -> set[int]:
        """Page numbers of one page or two, which need not come again if they say what they are.

        "Pag. 1" or "- 2 -" is the page's own number, "1/2" also names how many pages there are.
        """
        found: set[int] = set()
        count = len(self.edges)
        for page, lines in self.edges.items():
            mark = page_number(lines[0].text) if lines and lines[0].cell is None else None
            if (
                mark
                and mark.spelled
                and not mark.words
                and (mark.number, mark.total or count) == (page, count)
                and self._set_apart(lines, 0)
                and not self._runs_on(lines, 0)
            ):
                found.add(lines[0].number - 1)
        return found

    def _edge(self, lines: list[Line]) -> list[Line]:
        """The lines of a page from its head (or its foot) inwards."""
        foot = self._foot
        if lines and lines[0].box is not None:
            ordered = sorted(
                (line for line in lines if line.box is not None),
                key=lambda line: -line.box.bottom if foot else line.box.top,  # type: ignore[union-attr]
            )
            return ordered[:DEPTH]
        return (lines[::-1] if foot else lines)[:DEPTH]

    def _place(self, page: int, depth: int, line: Line) -> None:
        """Note where a line stands: measured from the page's edge, else counted."""
        place, near = depth, [depth]
        if line.box is not None:
            sizes, sheet = self._document.sizes, line.page or 0
            height = sizes[sheet - 1].height if 0 < sheet <= len(sizes) else 0.0
            at = height - line.box.bottom if self._foot else line.box.top
            place = round(at / _PLACE)
            near = [place, place - 1, place + 1]
        text = self._texts[line.number - 1]
        mark, words = page_number(line.text), masked(text)
        self._held[place].setdefault(page, line)
        self._places[line.number] = place
        for each in near:
            self._pages[words, each].add(page)
            self._exact[text, each] += 1
            if mark:
                self._numbers[mark.number - page, mark.words, each].add(page)

    def _rises(self, page: int, line: Line) -> bool:
        """Whether a line counts the pages, here and on another page."""
        mark = page_number(line.text)
        if mark is None:
            return False
        return len(self._numbers[mark.number - page, mark.words, self._places[line.number]]) >= 2

    def _counts_pages(self, page: int, line: Line) -> bool:
        """Whether the only number on a line is as far from its page's as another page's is there.

        On a page's two sides other words may stand, so that each are on half of few pages.
        """
        numbers = _DIGITS.findall(line.text)
        if len(numbers) != 1 or line.page is None:
            return False
        text, place = self._texts[line.number - 1], self._places[line.number]
        return any(
            masked(self._texts[other.number - 1]) == masked(text)
            and _DIGITS.findall(other.text) == [str(int(numbers[0]) + another - page)]
            for near in (place, place - 1, place + 1)
            for another, other in self._held.get(near, {}).items()
            if another != page
        )

    def _margins(self) -> set[int]:
        """The places where repetition is the rule."""
        opening: list[str] = []
        if not (self._foot or self._usual):
            lines = [line for line in self._document.lines if not line.blank]
            opening = [self._texts[line.number - 1] for line in lines[:DEPTH]]
        margins = set()
        for place, firsts in self._held.items():
            repeated = sum(self._times(line) >= 2 for line in firsts.values())
            counted = sum(self._rises(page, line) for page, line in firsts.items())
            titled = any(self._exact[text, place] >= 2 for text in opening[place : place + 1])
            if self._is_margin(len(firsts), repeated, counted, titled=titled):
                margins.add(place)
        return margins

    def _is_margin(self, used: int, repeated: int, counted: int, *, titled: bool) -> bool:
        """Whether repetition is the rule in a place.

        A first line of the text shares its place with those of other pages, which all differ. Where
        places are measured, half of the pages that use one must repeat; where they are only counted
        from the page's edge, all but the first page and one more, and never on two pages alone,
        unless page numbers stand there or a line that opens the whole text.

        Args:
            used: how many pages have a line in the place.
            repeated: how many of those lines stand there on another page too.
            counted: how many of them are page numbers that rise with the pages.
            titled: whether a line of the first page stands in the place on another one too.
        """
        if self._usual:
            return 2 * max(repeated, counted) >= used
        least = max(2 if counted or titled else 3, len(self.edges) - 2)
        return max(repeated, counted) >= least

    def _runs(self, page: int, depth: int) -> bool:
        """Whether a line in a margin is a running line."""
        lines = self.edges[page]
        line = lines[depth]
        text, place = self._texts[line.number - 1], self._places[line.number]
        pages, count = self._times(line), len(self.edges)
        mark = page_number(line.text)
        if mark and not mark.words:
            return self._rises(page, line)
        # What ends in a colon leads on to what is below it or, in a cell, beside it.
        if text[-1:] in (":", ";") or self._is_value(text) or SUM.search(text):
            return False
        small = line.size is not None and line.size < _SMALL * self._usual
        if (
            (mark and self._rises(page, line))
            or (place in self._named and self._sections.again(line))
            or (small and self._names_sheet(text) and self._sections.larger(line))
        ):
            return True
        if self._is_text(line, place, 1 if 2 * pages <= count else _MOSTLY):
            return False
        if (2 * pages <= count or pages < count - 2) and (
            line.cell is not None
            or self._runs_on(lines, depth)
            or not self._set_apart(lines, depth)
        ):
            # What stands in place on some pages may do so by chance.
            return False
        same = self._exact[text, place]
        if self._is_heading(text):
            if small:
                return same >= 2
            return same >= 3 and self._sections.again(line)
        if _DIGITS.search(text):
            on_both = pages == count == 2 and re.search(r"\bpag|/", text, re.I) is not None
            return pages >= (2 if same >= 2 or self._counts_pages(page, line) else 3) or on_both
        return pages >= 2

    def _names_sheet(self, text: str) -> bool:
        """Whether a text names a project, an action or a section without a number."""
        return self._is_heading(text) or SHEET.match(text) is not None

    def _times(self, line: Line) -> int:
        """How many pages have a line's words in its place."""
        return len(self._pages[masked(self._texts[line.number - 1]), self._places[line.number]])

    def _is_text(self, line: Line, place: int, times: int) -> bool:
        """Whether a line is printed more than so many times as often as here, in the same type.

        Then it stands in the midst of pages, too.
        """
        text, style = self._texts[line.number - 1], (line.size, line.bold)
        here = times * self._exact[text, place]
        return here < self._counts[text] and here < sum(
            (other.size, other.bold) == style for other in self._printed[text]
        )

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(self._texts)

    @cached_property
    def _printed(self) -> dict[str, list[Line]]:
        """The lines of each text, wherever they stand."""
        printed: dict[str, list[Line]] = defaultdict(list)
        for line, text in zip(self._document.lines, self._texts, strict=True):
            printed[text].append(line)
        return printed

    def _set_apart(self, lines: list[Line], depth: int) -> bool:
        """Whether a line at a page's edge is smaller than the text or stands away from it.

        Lines that come again as often are of one margin with it. Without geometry nothing tells,
        and repetition decides.
        """
        line, foot = lines[depth], self._foot
        if line.box is None or not self._usual:
            return True
        if line.size is not None and line.size < _SMALL * self._usual:
            return True
        inward = [
            other.box
            for other in lines[depth + 1 :]
            if other.box is not None
            and (other.box.bottom < line.box.top if foot else other.box.top > line.box.bottom)
            and self._times(other) < self._times(line)
        ]
        if not inward:
            return True
        near = inward[0]
        room = line.box.top - near.bottom if foot else near.top - line.box.bottom
        return room > _APART * self._usual

    def _runs_on(self, lines: list[Line], depth: int) -> bool:
        """Whether a line at a page's foot is the end of what stands before it."""
        if not self._foot or depth + 1 >= len(lines):
            return False
        before, text = lines[depth + 1].text.strip(), lines[depth].text.strip()
        if self._is_value(f"{before} {text}") and before[-1:] in ":€":
            return True
        return text[:1].islower() and before[-1:] not in ".;:!?"


@lru_cache(maxsize=512)
def masked(text: str) -> str:
    """A running line's words without its page number."""
    folded = _DIGITS.sub("#", text).casefold()
    for sign, usual in _ALIKE:
        folded = folded.replace(sign, usual)
    return folded
