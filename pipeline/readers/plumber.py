"""The second reader of PDFs: pdfplumber, an engine of its own to hold the first against."""

from __future__ import annotations

import logging
import math
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers.errors import SourceError
from parsers.lines import Box, Document, LinkAnnotation, PageSize
from pipeline.readers import layout
from pipeline.readers.dots import dot_sized
from pipeline.readers.page import DEFAULT_ASCENT, DEFAULT_DESCENT, Page, is_bold, is_shown, outlined
from pipeline.readers.pictured import Reads
from pipeline.readers.rules import MOST_PATHS, ruled, sign_sized
from pipeline.readers.strips import LIGATURE, Strip, drawn_hyphens, expand
from pipeline.readers.swapped import SWAPPED, unswapped
from pipeline.readers.tokens import WIDE_GAP

NAME = "pdfplumber"
MEDIA_TYPE = "application/pdf"

# Fields have their values from their parents, up to so many.
_DEEPEST = 16
_UNMAPPED = re.compile(r"\(cid:\d+\)|\x00")
_WHITE = (1, 1.0, (1,), (1.0,), (1, 1, 1), (1.0, 1.0, 1.0), (0, 0, 0, 0), (0.0, 0.0, 0.0, 0.0))


def read(
    path: Path,
    *,
    password: str | None,
    pairs: Callable[[str], bool],
    reads: Reads | None = None,
) -> Document:
    """Read a PDF with a text layer; the same shape as :func:`pipeline.readers.pdfium.read` gives.

    Args:
        path: the file.
        password: what opens a locked file.
        pairs: whether a text begins with a label, so that what stands right of it is its value.
        reads: what reads pages that are pictures of text, if they are to be read.

    Raises:
        SourceError: the file is no PDF, damaged, locked or without pages.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    # What the engine remarks on a file is told by the findings, and not on the terminal.
    logging.getLogger("pdfminer").addHandler(logging.NullHandler())
    try:
        pdf = pdfplumber.open(path, password=password or "")
    except MemoryError:
        raise
    except Exception as error:  # whatever the engine meets in a damaged file, it raises
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args)):
            said = "the password is wrong" if password else "give its password with --password"
            raise SourceError(f"the PDF is locked: {said}", source=path.name) from None
        raise SourceError(
            "the PDF is damaged: export or download it again", source=path.name
        ) from error
    try:
        count = len(pdf.pages)
    except MemoryError:
        raise
    except Exception as fault:
        pdf.stream.close()
        said = f"{NAME} cannot read the PDF ({_named(fault)}): use the other reader"
        raise SourceError(said, source=path.name) from fault
    with pdf:
        if not count:
            raise SourceError("the PDF has no pages: export it again", source=path.name)
        return layout.document(
            _pages(pdf), count, pairs, reader=NAME, media_type=MEDIA_TYPE, reads=reads
        )


def _pages(pdf: Any) -> Iterator[Page]:
    for page in pdf.pages:
        try:
            made = _page(page)
        except MemoryError:
            raise
        except Exception as fault:  # of one page, which is told and leaves the others whole
            size = PageSize(page.width, page.height)
            made = Page(page.page_number, size, problem=f"{NAME} cannot read it: {_named(fault)}")
        yield made
        # It keeps 2.5 MB a page otherwise.
        page.close()


def _named(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"


def _page(page: Any) -> Page:
    shown = _Shown(page)
    made = Page(page.page_number, PageSize(shown.width, shown.height))
    turned: dict[int, list[Strip]] = {}
    for turns, strip in _strips(page.chars, shown):
        if turns is None:
            made.turned.append((None, [strip]))
        elif turns:
            turned.setdefault(turns, []).append(strip)
        elif is_shown(strip, made.size):
            made.strips.append(strip)
        else:
            made.outside.append(strip.text)
    made.turned += sorted(turned.items())
    made.pictures = [shown.box(image) for image in page.images]
    drawn = [*page.lines, *page.rects, *page.curves]
    for thing in drawn if len(drawn) <= MOST_PATHS else ():
        unseen = not thing.get("fill") or thing.get("non_stroking_color") in _WHITE
        if not thing.get("stroke") and unseen:
            continue
        edges = shown.box(thing)
        if dot_sized(edges):
            made.dots.append(edges)
        if thing["object_type"] != "curve":
            made.rules += ruled(edges, made.size)
        elif sign_sized(edges):
            made.pictures.append(edges)
    made.shapes = outlined(made, lambda: sum(len(thing.get("pts") or ()) for thing in drawn))
    for annotation in page.annots:
        if annotation.get("uri"):
            url = annotation["uri"]
            made.links.append(LinkAnnotation(made.number, url, shown.box(annotation)))
        elif _shows_text(annotation["data"]):
            made.problem = f"it has fields or notes filled in, which {NAME} does not read"
    return made


def _shows_text(annotation: dict[str, Any]) -> bool:
    """Whether an annotation is a field that holds a text, or a typed note."""
    from pdfminer.pdftypes import resolve1

    kind = str(getattr(resolve1(annotation.get("Subtype")), "name", ""))
    if kind == "FreeText":
        return bool(resolve1(annotation.get("Contents")))
    own = annotation
    for _ in range(_DEEPEST if kind == "Widget" else 0):
        value = resolve1(own.get("V"))
        if value is not None:
            return isinstance(value, bytes | list) and bool(value)
        own = resolve1(own.get("Parent"))
        if not isinstance(own, dict):
            break
    return False


class _Shown:
    """The page as displayed, in a media box that the engine has turned but not cropped."""

    def __init__(self, page: Any) -> None:
        media, crop = page.page_obj.mediabox, page.page_obj.cropbox or page.page_obj.mediabox
        x0, x1 = sorted((media[0], media[2]))
        y0, y1 = sorted((media[1], media[3]))
        near = max(min(crop[0], crop[2]), x0) - x0, max(min(crop[1], crop[3]), y0) - y0
        far = x1 - min(max(crop[0], crop[2]), x1), y1 - min(max(crop[1], crop[3]), y1)
        if near[0] + far[0] >= x1 - x0 or near[1] + far[1] >= y1 - y0:
            near = far = (0.0, 0.0)
        # What is cut off at the left, bottom, right and top goes round with the page.
        margins = [near[0], near[1], far[0], far[1]]
        turns = page.rotation // 90 % 4
        left, bottom, right, top = margins[turns:] + margins[:turns]
        self._left, self._top = left, top
        self._offset_x, self._offset_top = page.mediabox[0], page.mediabox[1]
        wide, high = (y1 - y0, x1 - x0) if turns % 2 else (x1 - x0, y1 - y0)
        self._media_height = high
        self.width = wide - left - right
        self.height = high - top - bottom

    def box(self, thing: dict[str, Any]) -> Box:
        """Give the box of one of the engine's objects."""
        x, y = self._offset_x + self._left, self._offset_top + self._top
        return Box(thing["x0"] - x, thing["top"] - y, thing["x1"] - x, thing["bottom"] - y)

    def base(self, char: dict[str, Any]) -> tuple[float, float]:
        """Give the point where a character starts, on its baseline before any rise."""
        return char["matrix"][4] - self._left, self._media_height - char["matrix"][5] - self._top


@dataclass(slots=True)
class _Char:
    """A character, turned upright with its text."""

    text: str
    x0: float
    x1: float
    base: float
    below: float
    size: float
    font: str
    turns: int | None


def _strips(chars: Sequence[dict[str, Any]], shown: _Shown) -> Iterator[tuple[int | None, Strip]]:
    """Give what was drawn in one go, with its quarter turns clockwise (None: askew)."""
    made = [_char(char, shown) for char in chars]
    # How far below its baseline a font's box reaches tells a raised character from a low box.
    depths: dict[tuple[str, int | None], Counter[float]] = {}
    for char in made:
        depths.setdefault((char.font, char.turns), Counter())[round(char.below / char.size, 2)] += 1
    usual = {key: found.most_common(1)[0][0] for key, found in depths.items()}
    stretch: list[_Char] = []
    for char in made:
        char.base += char.below - usual[char.font, char.turns] * char.size
        if stretch and not _follows(stretch[-1], char):
            yield from _strip(stretch)
            stretch = []
        stretch.append(char)
    yield from _strip(stretch)


def _char(char: dict[str, Any], shown: _Shown) -> _Char:
    a, b = char["matrix"][:2]
    angle = math.degrees(math.atan2(b, a))
    turns: int | None = -round(angle / 90) % 4
    if abs(angle - 90 * round(angle / 90)) > 3:
        turns = None
    box = shown.box(char)
    x, y = shown.base(char)
    edges = {
        0: (box.x0, box.x1, y, box.bottom),
        1: (box.top, box.bottom, shown.width - x, shown.width - box.x0),
        2: (shown.width - box.x1, shown.width - box.x0, shown.height - y, shown.height - box.top),
        3: (shown.height - box.bottom, shown.height - box.top, x, box.x1),
        None: (box.x0, box.x1, box.bottom, box.bottom),
    }
    x0, x1, base, bottom = edges[turns]
    size = box.x1 - box.x0 if turns in (1, 3) else box.bottom - box.top
    text = char["text"]
    if not text or _UNMAPPED.fullmatch(text):
        text = "\ufffd"
    # A size is a difference of places: unrounded, two lines of one type differ in the last digit.
    return _Char(text, x0, x1, base, bottom - base, round(size, 3) or 1.0, char["fontname"], turns)


def _follows(last: _Char, char: _Char) -> bool:
    if last.turns is None and char.turns is None:
        return last.font == char.font and abs(last.size - char.size) < 0.2 * char.size
    return (
        last.turns == char.turns
        and last.font == char.font
        and abs(last.size - char.size) < 0.01
        and abs(last.base - char.base) < 0.05
        and -0.5 * char.size < char.x0 - last.x1 < WIDE_GAP * char.size
    )


def _strip(chars: list[_Char]) -> Iterator[tuple[int | None, Strip]]:
    text = ""
    lefts, rights = array("f"), array("f")
    for char in chars:
        step = (char.x1 - char.x0) / max(len(char.text), 1)
        text += char.text
        lefts.extend(char.x0 + at * step for at in range(len(char.text)))
        rights.extend(char.x0 + (at + 1) * step for at in range(len(char.text)))
    if not text.strip():
        return
    text = drawn_hyphens(text, lefts, rights)
    if SWAPPED.search(text):
        text, lefts, rights = unswapped(text, lefts, rights, chars[0].size)
    if LIGATURE.search(text):
        text, lefts, rights = expand(text, lefts, rights)
    lead, trail = len(text) - len(text.lstrip()), len(text.rstrip()) - 1
    first = chars[0]
    turns = first.turns
    ascent, descent = (DEFAULT_ASCENT, DEFAULT_DESCENT)
    if turns is None:
        left, right = min(lefts), max(rights)
        lefts, rights = array("f", [left]) * len(text), array("f", [right]) * len(text)
        lead, trail = 0, 0
    bold = is_bold(first.font)
    yield (
        turns,
        Strip(
            text,
            lefts,
            rights,
            lefts[lead],
            rights[trail],
            first.base,
            first.size,
            bold,
            ascent * first.size,
            descent * first.size,
        ),
    )
