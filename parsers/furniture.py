"""What stands on a page without being its content.

Running lines, page numbers, and link addresses that are printed again.

Furniture is found because it repeats in place over the pages, never because of where it is alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from parsers.lines import Document, Line
from parsers.pagination import pages_of_sheets, printed_pages
from parsers.running_lines import SUM, Margins, masked
from parsers.running_titles import SHEET, SectionNames
from parsers.values.patterns import Lazy

_URL_LINE = Lazy(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_URL = Lazy(r"(?:https?://|www\.)[^\s<>)\]”»\"]+")
# A stamp is so many times larger than the text that it is printed across.
_LARGE = 3.0
# The letters that a running title has at least.
_TITLE = 8
# Text that is not upright is so many times higher than its type, and has so many letters.
_TALL = 2.5
_LETTERS = 4


def running_lines(
    document: Document,
    texts: Sequence[str],
    usual: float,
    is_value: Callable[[str], bool],
    is_heading: Callable[[str], bool],
) -> set[int]:
    """Indices of running headers, footers and page numbers.

    Args:
        document: the source as read.
        texts: the published reading of each line.
        usual: the size of the text in points; 0 without geometry.
        is_value: whether a text is a labelled value; sheets of one page each print those in
            place too, so they are never furniture.
        is_heading: whether a text opens a project or an action; furniture only as a running
            title: the same words on many pages, or set smaller than the text.
    """
    pages: dict[int, list[Line]] = defaultdict(list)
    numbered = pages_of_sheets(document)
    for line in document.lines:
        if line.page is not None and not line.blank:
            pages[numbered(line, line.page)].append(line)
    if not pages and document.media_type == "text/plain":
        pages.update(
            printed_pages(
                document, texts, lambda text: is_value(text) or bool(SUM.search(text)), is_heading
            )
        )
    found: set[int] = set()
    sections = SectionNames(document.lines, texts, is_heading)
    for foot in (False, True):
        margins = Margins(
            document,
            texts,
            pages,
            foot=foot,
            usual=usual,
            is_value=is_value,
            is_heading=is_heading,
            sections=sections,
        )
        found |= margins.repeated()
        if document.pages is not None and len(pages) <= 2:
            found |= margins.lone_numbers()
    if document.pages is None:
        found |= _between(document, texts, found, is_heading)
    return found | _stamps(document.lines, usual) | _sides(document.lines, texts, is_value)


def _stamps(lines: Sequence[Line], usual: float) -> set[int]:
    """What is printed large across the text of its page, such as "BOZZA"."""
    large = [line for line in lines if line.box and usual and (line.size or 0) > _LARGE * usual]
    return {
        one.number - 1
        for one in large
        if one.box
        and any(
            other.page == one.page
            and other.box
            and (other.size or 0) < (one.size or 0) / _LARGE
            and other.box.x0 < one.box.x1
            and other.box.x1 > one.box.x0
            and one.box.top < (other.box.top + other.box.bottom) / 2 < one.box.bottom
            for other in lines
        )
    }


def _sides(
    lines: Sequence[Line], texts: Sequence[str], is_value: Callable[[str], bool]
) -> set[int]:
    """What is printed up or down its page, or askew, in place on most pages.

    So offices stamp a register's number, or "copia conforme all'originale", on every page's side.
    """
    tall = [line for line in lines if line.box and is_tall(line)]
    if len(tall) < 2:
        return set()
    count = len({line.page for line in lines if not line.blank})
    places: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in tall:
        text = texts[line.number - 1]
        if line.box and not is_value(text):
            places[masked(text), round(line.box.x0)].append(line)
    return {
        line.number - 1
        for near in places.values()
        if len({line.page for line in near}) >= max(2, (count + 1) // 2)
        for line in near
    }


def is_tall(line: Line) -> bool:
    """Whether a line of several letters is far higher than its type: it is not set upright."""
    if line.box is None or not line.size or len(line.text.strip()) < _LETTERS:
        return False
    return line.box.bottom - line.box.top > _TALL * line.size


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
        # There is nothing to forget at most headings.
        if (in_sheet or on_page or trailing) and (heading := SHEET.match(text)):
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
