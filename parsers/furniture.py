"""What stands on a page without being its content: running lines, page numbers, footnotes,
link addresses printed again.

Furniture is found because it repeats in place over the pages, never because of where it is alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable

from parsers.lines import Document, Line
from parsers.text import read

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:pag(?:ina|\.)?\s*)?(?P<number>\d{1,4})(?:\s*(?:/|di|of)\s*\d{1,4})?(?:\s*[-–—|])?",
    re.IGNORECASE,
)
_RULE_LINE = re.compile(r"[\W_]*$")
_URL_LINE = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_NOTE = re.compile(r"(?P<mark>\(?\d{1,2}\)?|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})\s*(?=[^\W\d_])")
# Lines in place on two pages differ by less than this (points).
_PLACE = 3.0
# How many lines at a page's head and foot may be furniture.
_DEPTH = 6


def running_lines(document: Document, is_content: Callable[[str], bool]) -> set[int]:
    """Indices of running headers, footers and page numbers.

    Args:
        document: the source as read.
        is_content: whether a text opens a label or a heading; such a line is furniture only
            where it stands in place on most of the pages.
    """
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in document.lines:
        if line.page is not None and not line.blank:
            pages[line.page].append(line)
    if len(pages) < 2:
        return set()
    found: set[int] = set()
    for foot in (False, True):
        edges = {page: _edge(lines, foot) for page, lines in pages.items()}
        found |= _repeated(edges, document, foot, is_content)
    return found


def _edge(lines: list[Line], foot: bool) -> list[Line]:
    """The lines of a page from its head (or its foot) inwards."""
    if lines and lines[0].box is not None:
        ordered = sorted(
            (line for line in lines if line.box is not None),
            key=lambda line: -line.box.bottom if foot else line.box.top,  # type: ignore[union-attr]
        )
        return ordered[: 2 * _DEPTH]
    return (lines[::-1] if foot else lines)[:_DEPTH]


def _height(document: Document, page: int) -> float:
    return document.sizes[page - 1].height if page <= len(document.sizes) else 0.0


def _repeated(
    edges: dict[int, list[Line]],
    document: Document,
    foot: bool,
    is_content: Callable[[str], bool],
) -> set[int]:
    """Peel running lines from the pages' edges, one layer at a time."""
    found: set[int] = set()
    positions: dict[tuple[str, int], set[int]] = defaultdict(set)
    exact: Counter[tuple[str, int]] = Counter()
    numbers: dict[tuple[int, int], set[int]] = defaultdict(set)
    keys: dict[int, list[tuple[str, int]]] = {}
    for page, lines in edges.items():
        for depth, line in enumerate(lines):
            text = read(line.text)
            if line.box is not None:
                at = _height(document, page) - line.box.bottom if foot else line.box.top
                place = round(at / _PLACE)
            else:
                place = depth
            match = _PAGE_NUMBER.fullmatch(text)
            own = []
            for near in (place, place - 1, place + 1) if line.box is not None else (place,):
                own.append((text, near))
                positions[(_DIGITS.sub("#", text).casefold(), near)].add(page)
                exact[(text, near)] += 1
                if match:
                    numbers[(int(match["number"]) - page, near)].add(page)
            keys[line.number] = own
    for page, lines in edges.items():
        for line in lines:
            text = read(line.text)
            place = keys[line.number][0][1]
            pages = positions[(_DIGITS.sub("#", text).casefold(), place)]
            match = _PAGE_NUMBER.fullmatch(text)
            if match:
                furniture = len(numbers[(int(match["number"]) - page, place)]) >= 2
            elif is_content(text):
                furniture = len(pages) >= 3 and len(pages) > 0.6 * len(edges)
            elif _DIGITS.search(text):
                same = exact[(text, place)] >= 2
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


def repeated_addresses(document: Document, taken: set[int]) -> set[int]:
    """Indices of link addresses that a page prints again at its end.

    Such a line holds an address alone, the same address stands before it on its page (or, where
    pages are not marked, since the last heading-sized gap of addresses), and nothing but blank
    lines, furniture and other such lines follows before the page ends or a new page's first line.
    """
    lines = document.lines
    found: set[int] = set()
    printed: dict[str, int] = {}
    trailing: list[int] = []

    def close() -> None:
        for index in trailing:
            url = read(lines[index].text).rstrip("/")
            if printed.get(url, index) < index:
                found.add(index)
        trailing.clear()

    page: int | None = None
    for index, line in enumerate(lines):
        if line.page != page:
            close()
            page = line.page
        if line.blank or index in taken:
            continue
        text = read(line.text)
        if _URL_LINE.match(text):
            if printed.setdefault(text.rstrip("/"), index) < index:
                trailing.append(index)
            continue
        if document.pages is None and trailing and line.text.startswith(" "):
            close()
        if trailing and not _opens_page(text):
            trailing.clear()
        else:
            close()
        for url in re.findall(r"(?:https?://|www\.)[^\s<>)\]”»\"]+", text):
            printed.setdefault(url.rstrip("/.,;:"), index)
    close()
    return found


def _opens_page(text: str) -> bool:
    return bool(
        re.match(r"(?:progetto\s+(?:n\W{0,3})?\d|[A-Z]{2}\W?\d\.\d\.\d)", text, re.IGNORECASE)
    )


def footnotes(document: Document, taken: set[int]) -> set[int]:
    """Indices of footnote lines.

    With geometry: lines at a page's foot, set clearly smaller than the text, of which the first
    opens with a mark. Without: the last lines of a page from one that opens with a number which
    is glued to a word above it on the page.
    """
    by_page: dict[int, list[Line]] = defaultdict(list)
    sizes: Counter[float] = Counter()
    for index, line in enumerate(document.lines):
        if line.page is None or line.blank or index in taken:
            continue
        by_page[line.page].append(line)
        if line.size:
            sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else None
    found: set[int] = set()
    for lines in by_page.values():
        block: list[Line] = []
        for line in reversed(lines):
            if usual is not None and (line.size is None or line.size > 0.92 * usual):
                break
            block.append(line)
            if usual is None and len(block) > 8:
                break
        block.reverse()
        for place, line in enumerate(block):
            note = _NOTE.match(read(line.text))
            if note and (usual is not None or _marked(lines, line, note["mark"])):
                found.update(each.number - 1 for each in block[place:])
                break
    return found


def _marked(lines: list[Line], note: Line, mark: str) -> bool:
    """Whether a footnote's number is glued to a word earlier on the page."""
    digits = mark.strip("()")
    if not digits.isdigit():
        return False
    pattern = re.compile(rf"[^\W\d_]{{3,}}[”»\")]?{digits}(?=[\s,.;:)]|$)")
    for line in lines:
        if line.number >= note.number:
            return False
        if pattern.search(line.text):
            return True
    return False
