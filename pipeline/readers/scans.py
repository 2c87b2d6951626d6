"""How the lines that OCR reads in the picture of a page become the page's strips.

A picture is drawn as the page is displayed, turned until its text is upright and straightened
where it was laid askew on the scanner; what is read in it gets the same edges, baselines and sizes
that a font's text has, so that the one layout arranges both.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from parsers.lines import Box, PageSize
from pipeline.lean import with_numpy
from pipeline.readers import ocr
from pipeline.readers.displayed import turned_box
from pipeline.readers.page import DEFAULT_ASCENT, DEFAULT_DESCENT, Page
from pipeline.readers.pictured import SOME_SHARE
from pipeline.readers.strips import Strip
from pipeline.readers.views import ReadLine, View, scaled

# Lines are found in a picture of this many pixels along the longer edge (120 to the inch of A4),
# and read in one of so many to the inch; figures once more in a third one.
_FIND_EDGE = 1408
_READ_DPI = 200
_AGAIN_DPI = 150
_LONGEST_EDGE = 4200
# Text that stands on its head reads below this, on its feet above it.
_UPRIGHT = 0.85
_SAMPLE = 5
# Height in ems of small letters, and the share of others up to which the ink tells of it.
_SMALL = 0.57
_FEW_TALL = 0.3
# Sizes that differ by less are one, measured twice.
_SAME_SIZE = 0.12
# Of a few letters the size is but a guess.
_FEW_LETTERS = 12
_ROUGHLY = 0.25
# Strokes are bold where they are so many times as wide as most, or as the rest of their line.
_BOLD = 1.12
_CONTRAST = 1.2
_LEAD = 5


class Scans:
    """The pictured pages of one PDF; what reads them is loaded for the first one.

    Args:
        path: of the PDF.
        password: what opens it, if anything must.
    """

    def __init__(self, path: Path, password: str | None) -> None:
        self._path, self._password = path, password
        self._engine: ocr.Engine | None = None
        self._pdf: Any = None
        self._sizes: list[float] = []

    def read(self, page: Page) -> Page | None:
        """Read a pictured page; None where no text is found in it.

        Text that the page has besides its picture stays, and is not read again in it.
        """
        if self._engine is None:
            with_numpy()
            import pypdfium2

            self._engine = ocr.Engine()
            self._pdf = pypdfium2.PdfDocument(self._path, password=self._password)
        view = self._upright(page)
        if view is None:
            return None
        size = page.size if view.turns % 2 == 0 else PageSize(page.size.height, page.size.width)
        scale = size.width / view.width
        strips = self._strips(view.lines, scale)
        rules = [scaled(box, scale) for box in view.rules]
        # A picture of the whole page would be taken for one beside the text.
        pictures = [box for box in page.pictures if _share(box, page.size) < SOME_SHARE]
        read = replace(page, pictures=pictures, skew=view.skew)
        if not view.turns:
            strips = [strip for strip in strips if not _printed(strip, page.strips)]
            read.strips = page.strips + strips
            read.rules = page.rules + rules
        else:
            read.turned = [*page.turned, (view.turns, strips)]
            read.rules = page.rules + [turned_box(box, view.turns, page.size) for box in rules]
        return read if strips else None

    def _upright(self, page: Page) -> View | None:
        """Look at a page from the side where its text stands upright."""
        view = self._view(page, 0)
        if view is not None and view.on_its_side:
            view = self._view(page, 1)
        if view is None:
            return None
        if view.sureness(_SAMPLE) < _UPRIGHT:
            other = self._view(page, (view.turns + 2) % 4)
            if other is not None and other.sureness(_SAMPLE) > view.sureness(_SAMPLE):
                view = other
        view.read_all()
        return view if view.lines else None

    def _view(self, page: Page, turns: int) -> View | None:
        assert self._engine is not None
        edge = max(page.size.width, page.size.height, 1.0)
        rough = self._drawn(page.number, _FIND_EDGE / edge, turns)
        corners = self._engine.find(rough)
        if not corners:
            return None
        dots = min(_READ_DPI / 72, _LONGEST_EDGE / edge)
        fine = self._drawn(page.number, dots, turns)
        again = self._drawn(page.number, dots * _AGAIN_DPI / _READ_DPI, turns)
        return View(self._engine, turns, corners, rough.shape[1], fine, again)

    def _drawn(self, number: int, scale: float, turns: int) -> Any:
        """Draw a page whose text is turned clockwise by some quarters, upright."""
        import numpy

        page = self._pdf[number - 1]
        picture = page.render(scale=scale, rotation=-90 * turns % 360, rev_byteorder=False)
        pixels = picture.to_numpy()
        if pixels.ndim == 2:
            pixels = pixels[:, :, None]
        if pixels.shape[2] == 1:
            pixels = pixels.repeat(3, axis=2)
        made = numpy.array(pixels[:, :, :3], order="C")
        page.close()
        return made

    def _strips(self, lines: Sequence[ReadLine], scale: float) -> list[Strip]:
        """Make strips, in points, of lines in pixels.

        Sizes that are nearly the same are made the same over all the pages of the document.
        """
        # Words tell sizes best as against each other; small letters, how large they are at all.
        wide = [line.wide * scale for line in lines]
        heights = [
            (line.ink.rise * scale / _SMALL / size, len(line.text))
            for line, size in zip(lines, wide, strict=True)
            if _tall(line.text) < _FEW_TALL
        ]
        measure = _usual(heights) or 1.0
        sizes = [
            self._settled(size * measure, len(line.text))
            for size, line in zip(wide, lines, strict=True)
        ]
        strokes = [line.stroke(0, len(line.text)) * scale for line in lines]
        # Bold letters are wider: against their height their strokes tell more.
        ems = [
            line.ink.rise * scale / _SMALL if _tall(line.text) < _FEW_TALL else size
            for line, size in zip(lines, sizes, strict=True)
        ]
        heavy = [stroke / em for stroke, em in zip(strokes, ems, strict=True)]
        usual = _usual([(one, len(line.text)) for one, line in zip(heavy, lines, strict=True)])
        found = []
        for line, size, weight in zip(lines, sizes, heavy, strict=True):
            lead = _bold_lead(line, weight > _BOLD * usual)
            for start, end, bold in ((0, lead, True), (lead, len(line.text), False)):
                if start < end:
                    found.append(_strip(line, start, end, size, bold, scale))
        return found

    def _settled(self, size: float, letters: int) -> float:
        """Give the known size that one is nearly the same as, or make it known."""
        room = _SAME_SIZE if letters > _FEW_LETTERS else _ROUGHLY
        near = [known for known in self._sizes if abs(known - size) <= room * known]
        if near:
            return min(near, key=lambda known: abs(known - size))
        self._sizes.append(round(size, 1))
        return self._sizes[-1]


def _tall(text: str) -> float:
    """Give the share of capitals and figures in the letters and figures of a text."""
    letters = [char for char in text if char.isalnum()]
    return sum(not char.islower() for char in letters) / max(len(letters), 1)


def _usual(widths: Sequence[tuple[float, int]]) -> float:
    """Give the width of most strokes, each counted as often as it has characters."""
    half = sum(count for _, count in widths) / 2
    for width, count in sorted(widths):
        half -= count
        if half <= 0:
            return width
    return 0.0


def _bold_lead(line: ReadLine, heavy: bool) -> int:
    """Give how many of a line's first characters are bold: all, a label's, or none.

    Args:
        line: as read.
        heavy: whether its strokes are wider than those of most lines.
    """
    best, lead = _CONTRAST, len(line.text) if heavy else 0
    for space in re.finditer(r"\s+", line.text):
        start, end = space.span()
        if start < _LEAD or len(line.text) - end < _LEAD:
            continue
        rest = line.stroke(end, len(line.text))
        contrast = line.stroke(0, start) / rest if rest else 0.0
        if contrast > best:
            best, lead = contrast, end
    return lead


def _strip(line: ReadLine, start: int, end: int, size: float, bold: bool, scale: float) -> Strip:
    text = line.text[start:end]
    last = start + len(text.rstrip()) - 1
    return Strip(
        text,
        array("f", [left * scale for left in line.lefts[start:end]]),
        array("f", [right * scale for right in line.rights[start:end]]),
        line.lefts[start] * scale,
        line.rights[last] * scale,
        line.ink.base * scale,
        size,
        bold,
        DEFAULT_ASCENT * size,
        DEFAULT_DESCENT * size,
        confidences=array("f", line.sure[start:end]),
    )


def _share(box: Box, size: PageSize) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top) / max(size.width * size.height, 1.0)


def _printed(strip: Strip, others: Sequence[Strip]) -> bool:
    """Whether the page has text of its own where a line was read."""
    middle = strip.base - 0.3 * strip.size
    return any(
        other.base - other.ascent < middle < other.base + other.descent
        and min(strip.x1, other.x1) - max(strip.x0, other.x0) > 0.5 * (strip.x1 - strip.x0)
        for other in others
    )
