"""Footnotes: set small at a page's foot, or opened by a number that is glued to a word above."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from parsers.lines import Document, Line
from parsers.running_lines import SUM
from parsers.values.patterns import Lazy

_NOTE = Lazy(r"(?P<mark>\(?\d{1,2}\)?|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})\s*(?=[^\W\d_])")
# A note of a text without pages, and how many lines above it its mark may stand.
_SIGNED_NOTE = Lazy(r"(?P<mark>\(\d{1,2}\)|\*{1,3})\s+(?=[^\W\d_])")
_NOTE_REACH = 40
# Sizes of a note and of its mark in the text, at most, as shares of the text's.
_NOTE_SIZE, _MARK_SIZE = 0.92, 0.75
_LONGEST_MARK = 4
# The next column begins at least so many lines above the end of one.
_TURN = 8.0
# Notes stand this far below the text on a page that is not full, in ems of the text.
_FAR = 4.0
# A mark with a stop behind it, or alone on its line; a note only where it is raised in the text,
# or where the note stands far below it.
_LOOSE_NOTE = Lazy(r"\(?(\d{1,2}|\*{1,3})\)?\s*[.)]?(?=\s|$)")


def footnotes(
    document: Document, texts: Sequence[str], taken: set[int], usual: float | None
) -> set[int]:
    """Indices of footnote lines.

    With geometry: lines at the foot of a page, or column, set clearly smaller than the text, of
    which the first opens with a mark. Without: the last lines of a page from one that opens with a
    number which is glued to a word above it on the page.

    Args:
        document: the source as read.
        texts: the published reading of each line.
        taken: indices of lines that are something else.
        usual: the size of the text in points; None without geometry.
    """
    by_page: dict[int, list[Line]] = defaultdict(list)
    for index, line in enumerate(document.lines):
        if line.page is None or line.blank or index in taken:
            continue
        by_page[line.page].append(line)
    found: set[int] = set()
    for page, lines in ((whole, part) for whole in by_page.values() for part in _columns(whole)):
        block: list[Line] = []
        for line in reversed(lines):
            if usual is not None and (line.size is None or line.size > _NOTE_SIZE * usual):
                break
            block.append(line)
            if usual is None and len(block) > 8:
                break
        block.reverse()
        for place, line in enumerate(block):
            text = texts[line.number - 1]
            note = _NOTE.match(text)
            opens = note and (usual is not None or _marked(page, line, note["mark"]))
            loose = _LOOSE_NOTE.match(text) if usual is not None and not opens else None
            apart = not place and _set_apart(lines[: -len(block)], block, usual or 0.0)
            raised = loose and not apart and _raised(by_page, line, loose[1])
            if opens or (loose and (apart or raised or _opens_raised(line))):
                found.update(each.number - 1 for each in block[place:])
                break
    if usual is None:
        found |= _notes_below_sheets(texts, taken | found)
    else:
        found |= _lone_marks(document, texts, taken | found, usual)
    return found


def _set_apart(above: Sequence[Line], block: Sequence[Line], usual: float) -> bool:
    """Whether lines at a page's foot stand far below all else, and hold no sum.

    The text may have their marks in its own size, where nothing tells them from its figures.
    """
    first = block[0]
    if not above or above[-1].box is None or first.box is None or first.cell is not None:
        return False
    far = first.box.top - above[-1].box.bottom > _FAR * usual
    return far and not any(SUM.search(line.text) for line in block)


def _columns(lines: list[Line]) -> list[list[Line]]:
    """Part a page's lines where they go on high up and further right: notes end each column."""
    starts = [0]
    for at, (above, line) in enumerate(pairwise(lines), 1):
        if above.box is None or line.box is None or above.cell or line.cell:
            continue
        height = above.box.bottom - above.box.top
        if line.box.x0 > above.box.x0 and line.box.bottom < above.box.top - _TURN * height:
            starts.append(at)
    return [lines[start:end] for start, end in pairwise([*starts, len(lines)])]


def _lone_marks(
    document: Document, texts: Sequence[str], taken: set[int], usual: float
) -> set[int]:
    """Indices of lines that hold nothing but the mark of a note at the foot of their page.

    Some typesetters put a mark on a line of its own, below a heading that is set as a grid.
    """
    found: set[int] = set()
    for line in document.lines:
        at = line.number - 1
        text = texts[at]
        if len(text) > _LONGEST_MARK or not text or at in taken:
            continue
        if line.size is None or line.size > _MARK_SIZE * usual:
            continue
        for note in document.lines[at + 1 :]:
            if note.page != line.page:
                break
            opens = _NOTE.match(texts[note.number - 1])
            if opens and opens["mark"] == text and note.size and note.size < _NOTE_SIZE * usual:
                found.add(at)
                break
    return found


def _notes_below_sheets(texts: Sequence[str], taken: set[int]) -> set[int]:
    """Indices of a plain text's notes whose star or bracketed number is glued to a word above."""
    found: set[int] = set()
    for index, text in enumerate(texts):
        note = _SIGNED_NOTE.match(text) if text[:1] in ("*", "(") and index not in taken else None
        if note is None:
            continue
        glued = Lazy(rf"[\w€%”»]{re.escape(note['mark'])}(?=[\s,.;:)]|$)")
        above = range(max(0, index - _NOTE_REACH), index)
        if not any(note["mark"] in texts[at] and glued.search(texts[at]) for at in above):
            continue
        found.add(index)
        while index + 1 < len(texts) and texts[index + 1][:1].islower():
            index += 1
            found.add(index)
    return found


def _opens_raised(line: Line) -> bool:
    """Whether a line begins with a raised mark, as notes do and items of lists do not."""
    return any(start == 0 for start, _ in line.superscripts)


def _raised(by_page: Mapping[int, Sequence[Line]], note: Line, mark: str) -> bool:
    """Whether a footnote's mark is printed raised before it, on its page or the one before.

    A note for which its page has no room stands on the next one.
    """
    page = note.page or 0
    return any(
        line.text[start:end].strip("() ") == mark
        for line in (*by_page.get(page - 1, ()), *by_page.get(page, ()))
        if line.number < note.number
        for start, end in line.superscripts
    )


def _marked(lines: list[Line], note: Line, mark: str) -> bool:
    """Whether a footnote's number is glued to a word earlier on the page."""
    digits = mark.strip("()")
    if not digits.isdigit():
        return False
    pattern = Lazy(rf"[^\W\d_]{{3,}}[”»\")]?{digits}(?=[\s,.;:)]|$)")
    for line in lines:
        if line.number >= note.number:
            return False
        if pattern.search(line.text):
            return True
    return False
