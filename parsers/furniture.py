"""What stands on a page without being its content.

Running lines, page numbers, and link addresses that are printed again.

Furniture is found because it repeats in place over the pages, never because of where it is alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache

from parsers.lines import Document, Line
from parsers.pagination import page_number, printed_pages
from parsers.running_titles import SHEET, SectionNames
from parsers.values.patterns import Lazy

_DIGITS = Lazy(r"\d+")
_RULE_LINE = Lazy(r"[\W_]*$")
_URL_LINE = Lazy(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_URL = Lazy(r"(?:https?://|www\.)[^\s<>)\]”»\"]+")
# Signs that OCR tells apart on one page and not on the next.
_ALIKE = (("–", "-"), ("—", "-"), ("’", "'"), (" ", ""))
# Lines in place on two pages differ by less than this (points).
_PLACE = 3.0
# A running line stands further from the text than a paragraph from the next, in ems.
_APART = 1.2
_SUM = Lazy(r"€|\d\.\d{3}\b|\d,\d\d\b")
# How many lines at a page's head and foot may be furniture.
_DEPTH = 5
# The letters that a running title has at least.
_TITLE = 8


def running_lines(
    document: Document,
    texts: Sequence[str],
    is_value: Callable[[str], bool],
    is_heading: Callable[[str], bool],
) -> set[int]:
    """Indices of running headers, footers and page numbers.

    Args:
        document: the source as read.
        texts: the published reading of each line.
        is_value: whether a text is a labelled value; sheets of one page each print those in
            place too, so they are never furniture.
        is_heading: whether a text opens a project or an action; furniture only as a running
            title: the same words on many pages, or set smaller than the text.
    """
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in document.lines:
        if line.page is not None and not line.blank:
            pages[line.page].append(line)
    if not pages and document.media_type == "text/plain":
        pages.update(
            printed_pages(
                document, texts, lambda text: is_value(text) or bool(_SUM.search(text)), is_heading
            )
        )
    found: set[int] = set()
    usual = usual_size(document)
    sections = SectionNames(document.lines, texts, is_heading)
    for foot in (False, True):
        edges = {page: _edge(lines, foot) for page, lines in pages.items()}
        found |= _repeated(edges, document, texts, foot, usual, is_value, is_heading, sections)
        if document.pages is not None and len(pages) <= 2:
            found |= _lone_numbers(edges, foot, usual, is_value)
    if document.pages is None:
        found |= _between(document, texts, found, is_heading)
    return found


def _edge(lines: list[Line], foot: bool) -> list[Line]:
    """The lines of a page from its head (or its foot) inwards."""
    if lines and lines[0].box is not None:
        ordered = sorted(
            (line for line in lines if line.box is not None),
            key=lambda line: -line.box.bottom if foot else line.box.top,  # type: ignore[union-attr]
        )
        return ordered[:_DEPTH]
    return (lines[::-1] if foot else lines)[:_DEPTH]


def _height(document: Document, page: int) -> float:
    return document.sizes[page - 1].height if page <= len(document.sizes) else 0.0


def _repeated(
    edges: dict[int, list[Line]],
    document: Document,
    texts: Sequence[str],
    foot: bool,
    usual: float,
    is_value: Callable[[str], bool],
    is_heading: Callable[[str], bool],
    sections: SectionNames,
) -> set[int]:
    """Peel running lines from the pages' edges, one layer at a time."""
    found: set[int] = set()
    positions: dict[tuple[str, int], set[int]] = defaultdict(set)
    exact: dict[tuple[str, int], int] = defaultdict(int)
    opening: list[str] = []
    if not (foot or usual):
        opening = [texts[line.number - 1] for line in document.lines if not line.blank][:_DEPTH]
    numbers: dict[tuple[int, str, int], set[int]] = defaultdict(set)
    places: dict[int, int] = {}
    held: dict[int, dict[int, Line]] = defaultdict(dict)
    for page, lines in edges.items():
        for depth, line in enumerate(lines):
            text = texts[line.number - 1]
            if line.box is not None:
                at = _height(document, page) - line.box.bottom if foot else line.box.top
                place = round(at / _PLACE)
            else:
                place = depth
            mark = page_number(line.text)
            masked = _masked(text)
            held[place].setdefault(page, line)
            places[line.number] = place
            for near in (place, place - 1, place + 1) if line.box is not None else (place,):
                positions[masked, near].add(page)
                exact[text, near] += 1
                if mark:
                    numbers[mark.number - page, mark.words, near].add(page)

    def rises(page: int, line: Line, place: int) -> bool:
        """Whether a line counts the pages, here and on another page."""
        mark = page_number(line.text)
        return mark is not None and len(numbers[mark.number - page, mark.words, place]) >= 2

    margins = set()
    for place, firsts in held.items():
        repeated = sum(
            len(positions[_masked(texts[line.number - 1]), place]) >= 2 for line in firsts.values()
        )
        counted = sum(rises(page, line, place) for page, line in firsts.items())
        titled = any(exact[text, place] >= 2 for text in opening[place : place + 1])
        if _is_margin(len(firsts), repeated, counted, len(edges), titled=titled, sized=usual > 0):
            margins.add(place)
    named = {
        place
        for place, firsts in held.items()
        if not foot and sections.head(list(firsts.values()), len(edges))
    }
    margins |= named
    for page, lines in edges.items():
        for depth, line in enumerate(lines):
            text = texts[line.number - 1]
            place = places[line.number]
            if place not in margins and not _RULE_LINE.match(text):
                break
            pages = positions[_masked(text), place]
            mark = page_number(line.text)
            if mark and not mark.words:
                furniture = rises(page, line, place)
            elif is_value(text) or _SUM.search(text):
                furniture = False
            elif (mark and rises(page, line, place)) or (place in named and sections.again(line)):
                furniture = True
            elif 2 * len(pages) < len(edges) and (
                line.cell is not None
                or _runs_on(lines, depth, foot, is_value)
                or not _set_apart(lines, depth, foot, usual)
            ):
                # What stands in place on a few pages may do so by chance.
                furniture = False
            elif is_heading(text):
                same = exact[text, place]
                small = line.size is not None and usual > 0 and line.size < 0.97 * usual
                furniture = same >= 2 if small else same >= 3 and sections.again(line)
            elif _DIGITS.search(text):
                same = exact[text, place] >= 2
                furniture = len(pages) >= (2 if same else 3) or (
                    len(pages) == len(edges) == 2 and bool(re.search(r"\bpag|/", text, re.I))
                )
            else:
                furniture = len(pages) >= 2
            if not furniture and _RULE_LINE.match(text):
                continue  # a drawn rule does not end the margin
            if not furniture:
                break
            found.add(line.number - 1)
    return found


def _lone_numbers(
    edges: dict[int, list[Line]], foot: bool, usual: float, is_value: Callable[[str], bool]
) -> set[int]:
    """Page numbers of one page or two, where none need come again: those that say what they are.

    "Pag. 1" or "- 2 -" is the page's own number, "1/2" also names how many pages there are.
    """
    found: set[int] = set()
    for page, lines in edges.items():
        mark = page_number(lines[0].text) if lines and lines[0].cell is None else None
        if (
            mark
            and mark.spelled
            and not mark.words
            and (mark.number, mark.total or len(edges)) == (page, len(edges))
            and _set_apart(lines, 0, foot, usual)
            and not _runs_on(lines, 0, foot, is_value)
        ):
            found.add(lines[0].number - 1)
    return found


def _between(
    document: Document,
    texts: Sequence[str],
    found: set[int],
    is_heading: Callable[[str], bool],
) -> set[int]:
    """Running lines of the pages that no number parts, in a text that marks no pages.

    They are the words of lines that stand in place on other pages.
    """
    often = Counter(texts[index] for index in found)
    return {
        line.number - 1
        for line in document.lines
        if often[text := texts[line.number - 1]] >= 2
        and sum(map(str.isalpha, text)) >= _TITLE
        and not (is_heading(text) or SHEET.match(text))
    }


def _set_apart(lines: list[Line], depth: int, foot: bool, usual: float) -> bool:
    """Whether a line at a page's edge is smaller than the text or stands away from it.

    Without geometry nothing tells, and repetition decides.
    """
    line = lines[depth]
    if line.box is None or not usual:
        return True
    if line.size is not None and line.size < 0.97 * usual:
        return True
    inward = [
        other.box
        for other in lines[depth + 1 :]
        if other.box is not None
        and (other.box.bottom < line.box.top if foot else other.box.top > line.box.bottom)
    ]
    if not inward:
        return True
    near = inward[0]
    room = line.box.top - near.bottom if foot else near.top - line.box.bottom
    return room > _APART * usual


def _runs_on(lines: list[Line], depth: int, foot: bool, is_value: Callable[[str], bool]) -> bool:
    """Whether a line at a page's foot is the end of what stands before it."""
    if not foot or depth + 1 >= len(lines):
        return False
    before, text = lines[depth + 1].text.strip(), lines[depth].text.strip()
    if is_value(f"{before} {text}") and before[-1:] in ":€":
        return True
    return text[:1].islower() and before[-1:] not in ".;:!?"


@lru_cache(maxsize=512)
def _masked(text: str) -> str:
    """A running line's words without its page number."""
    folded = _DIGITS.sub("#", text).casefold()
    for sign, usual in _ALIKE:
        folded = folded.replace(sign, usual)
    return folded


def _is_margin(
    used: int, repeated: int, counted: int, count: int, *, titled: bool, sized: bool
) -> bool:
    """Whether repetition is the rule in a place.

    A first line of the text shares its place with those of other pages, which all differ. Where
    places are measured, half of the pages that use one must repeat; where they are only counted
    from the page's edge, all but the first page and one more, and never on two pages alone, unless
    page numbers stand there or a line that opens the whole text.

    Args:
        used: how many pages have a line in the place.
        repeated: how many of those lines stand there on another page too.
        counted: how many of them are page numbers that rise with the pages.
        count: how many pages there are.
        titled: whether a line of the first page stands in the place on another one too.
        sized: whether places are measured.
    """
    if sized:
        return 2 * max(repeated, counted) >= used
    return max(repeated, counted) >= max(2 if counted or titled else 3, count - 2)


def usual_size(document: Document) -> float:
    """The size that most characters of a document are set in; 0 without geometry."""
    printed: Counter[float] = Counter()
    for line in document.lines:
        if line.size:
            printed[line.size] += len(line.text)
    sizes: Counter[float] = Counter()
    for size, characters in printed.items():
        sizes[round(size, 1)] += characters
    return sizes.most_common(1)[0][0] if sizes else 0.0


def repeated_addresses(document: Document, texts: Sequence[str], taken: set[int]) -> set[int]:
    """Indices of link addresses that a page prints again at its end.

    Such a line holds an address alone and is the last thing of its page (of a text, whose pages
    may not all be marked, also the last before a project's heading). The address stands before it
    in the same sheet, or elsewhere on its page if the line is set apart from what it follows.
    """
    lines = document.lines
    found: set[int] = set()
    on_page: set[str] = set()
    in_sheet: set[str] = set()
    trailing: list[int] = []
    page: int | None = None
    apart = False
    last: Line | None = None
    for index, line in enumerate(lines):
        if line.page != page:
            found.update(trailing)
            trailing.clear()
            on_page.clear()
            page = line.page
        if line.blank:
            apart = True
            continue
        if index in taken:
            continue
        text = texts[index]
        if heading := SHEET.match(text):
            if not document.sizes and not heading["code"]:
                found.update(trailing)
                on_page.clear()
            in_sheet.clear()
        if " " not in text and _URL_LINE.match(text):
            url = text.rstrip("/")
            again = url in in_sheet or (url in on_page and (trailing or apart or _far(last, line)))
            if again:
                trailing.append(index)
            else:
                trailing.clear()
        else:
            trailing.clear()
        if "://" in text or "www." in text:
            for match in _URL.findall(text):
                on_page.add(match.rstrip("/.,;:"))
                in_sheet.add(match.rstrip("/.,;:"))
        apart, last = False, line
    found.update(trailing)
    return found


def _far(before: Line | None, line: Line) -> bool:
    """Whether a line is set apart from the one before it by more than two lines' distance."""
    if before is None or before.box is None or line.box is None or before.page != line.page:
        return False
    return line.box.bottom - before.box.bottom > 2.2 * (line.size or 10.0)
