"""What to know of the pages that OCR read: which they are, and what in them is unsure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parsers.lines import Document, Line
from parsers.report import Report, Signal
from parsers.text import Text

OCR_CONFIDENCE = 0.9
"""Below this a character read by OCR is not to be trusted; ``docs/ocr.md`` has the figures."""

# Where so many of a page's figures, and of at least so many, are unsure, those that seem sure are
# not to be trusted either: OCR reads a bad copy wrongly with confidence.
_BAD_PAGE = 0.4
_ENOUGH = 4
# An amount or a code, or what is left of one; what stands in it besides its figures.
_FIGURES = re.compile(r"\S*\d[.,]\S*")
_MARKS = ".,"


def pictured(report: Report, document: Document) -> Iterator[Signal]:
    """Name the pages that OCR read, and the amounts and codes in them that it is not sure of."""
    if not document.pictured:
        return
    for page in sorted(document.pictured):
        first = next((line.number for line in document.lines if line.page == page), 1)
        yield Signal(
            "page_ocr",
            f"page {page} is a picture of text, read by OCR: its rows hold what was recognised",
            first,
            f"page {page}",
        )
    yield from _marked(report, document)
    lines = {line.number: line for line in document.lines if line.confidences is not None}
    bad = _bad_pages(lines.values())
    told: set[int] = set()
    for text, code in _texts(report):
        for piece in text.pieces():
            read = lines.get(piece.line)
            sure = 1.0 if read is None else _sure(read, piece.start, piece.end)
            spoilt = read is not None and read.page in bad
            if (spoilt or sure < OCR_CONFIDENCE) and piece.line not in told:
                told.add(piece.line)
                yield _unsure(sure, piece.line, text.value, code, spoilt)
    for number, line in lines.items():
        # In running text, and where a heading or a sum may not have been known for one.
        for found in _FIGURES.finditer(line.text):
            sure = _sure(line, *found.span())
            spoilt = line.page in bad
            if (spoilt or sure < OCR_CONFIDENCE) and number not in told:
                told.add(number)
                yield _unsure(sure, number, found.group(), None, spoilt)


def _marked(report: Report, document: Document) -> Iterator[Signal]:
    """Name the actions that OCR read, were it in part."""
    lines = {line.number: line for line in document.lines if line.confidences is not None}
    pages: dict[tuple[int, int], set[int]] = {}
    for number, (project, action) in enumerate(report.owners, 1):
        if number in lines and project is not None and action is not None:
            pages.setdefault((project, action), set()).add(lines[number].page or 1)
    for (project, action), found in sorted(pages.items()):
        read = report.projects[project].actions[action]
        yield Signal(
            "page_ocr",
            f"rows of this action were read by OCR (page {', '.join(map(str, sorted(found)))})",
            read.heading_line,
            read.code_text.value,
            read.code.canonical,
        )


def _texts(report: Report) -> Iterator[tuple[Text, str | None]]:
    """Give the printed numbers, codes and amounts of a report, with the action of each."""
    for project in report.projects:
        yield project.number_text, None
        for mention in project.references:
            yield mention.text, None
        for action in project.actions:
            code = action.code.canonical
            yield action.code_text, code
            for sum_ in action.funding:
                yield sum_.printed or sum_.label, code
            for total in action.totals:
                yield total.printed or total.label, code
            for mention in action.references:
                yield mention.text, code


def _sure(line: Line, start: int, end: int) -> float:
    """Give how sure the least sure letter, figure or mark of some characters is."""
    assert line.confidences is not None
    return min(
        (
            line.confidences[at]
            for at in range(start, end)
            if line.text[at].isalnum() or line.text[at] in _MARKS
        ),
        default=1.0,
    )


def _bad_pages(lines: Iterable[Line]) -> set[int | None]:
    """Give the pages that read badly."""
    sure: dict[int | None, list[float]] = {}
    for line in lines:
        for figures in _FIGURES.finditer(line.text):
            sure.setdefault(line.page, []).append(_sure(line, *figures.span()))
    return {
        page
        for page, found in sure.items()
        if len(found) >= _ENOUGH
        and sum(one < OCR_CONFIDENCE for one in found) > _BAD_PAGE * len(found)
    }


def _unsure(sure: float, line: int, text: str, code: str | None, spoilt: bool) -> Signal:
    how = f"with confidence {sure:.2f}" if sure else "in two ways at two sizes"
    if spoilt:
        how += ", on a page that reads badly"
    return Signal(
        "low_ocr_confidence",
        f"read from a picture {how}: compare it with the page",
        line,
        text,
        code,
    )
