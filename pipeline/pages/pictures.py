"""The pages of a PDF as pictures: what was printed, drawn by the PDF's own instructions.

A page drawn from the lines that were read would show a wrong reading as if it were the print.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.errors import SourceError
from pipeline.readers.guard import guarded

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

_DPI = 110
"""Small print stays legible at the width of half a screen, and half as large again."""

_MANY_PAGES = 60
_DPI_OF_MANY = 84
"""Legible at the width of half a screen: a file of 300 pages can still be mailed."""

_LONG_EDGE = 2000
"""Pixels at most along a page's longer edge: a poster must not weigh as much as a report."""

_TONES = [round(round(value * 7 / 255) * 255 / 7) for value in range(256)] * 3
"""Eight tones of each colour: text and drawings look the same, and pack far better."""

_DRAWING_BYTES = 60_000
"""A picture that stays larger than this without loss holds a photograph, which loss suits."""

_PHOTOGRAPH_QUALITY = 45

_BUDGET = 14_000_000
"""Bytes of pictures in one file that can still be mailed; further pages are drawn from lines."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as displayed.

    Attributes:
        width, height: in points; 0 where the page is broken.
        webp: the picture in base64, empty where the budget is spent or the page is broken.
    """

    width: float
    height: float
    webp: str


def page_pictures(path: Path, password: str | None = None) -> list[PagePicture]:
    """Draw every page of a PDF.

    Raises:
        SourceError: the file cannot be opened; drawing crashed, hung or took too much memory.
    """
    return guarded(lambda: _draw(path, password), source=path.name)


def _draw(path: Path, password: str | None) -> list[PagePicture]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as problem:
        raise SourceError(f"cannot be opened: {problem}", source=path.name) from None
    dpi = _DPI if len(document) <= _MANY_PAGES else _DPI_OF_MANY
    pictures = []
    left = _BUDGET
    for number in range(len(document)):
        try:
            picture = _page(document[number], dpi, left > 0)
        except pdfium.PdfiumError:
            picture = PagePicture(0, 0, "")
        left -= len(picture.webp)
        pictures.append(picture)
    document.close()
    return pictures


def _page(page: PdfPage, dpi: int, wanted: bool) -> PagePicture:
    width, height = page.get_size()
    webp = ""
    if wanted:
        scale = min(dpi / 72, _LONG_EDGE / max(width, height, 1))
        image = page.render(scale=scale).to_pil()
        webp = base64.b64encode(_webp(image)).decode("ascii")
    page.close()
    return PagePicture(round(width, 2), round(height, 2), webp)


def _webp(image: Image) -> bytes:
    image = image.convert("RGB")
    drawing = BytesIO()
    image.point(_TONES).save(drawing, "WEBP", lossless=True, quality=20, method=1)
    if drawing.tell() <= _DRAWING_BYTES:
        return drawing.getvalue()
    photograph = BytesIO()
    image.save(photograph, "WEBP", quality=_PHOTOGRAPH_QUALITY, method=2)
    return min(drawing.getvalue(), photograph.getvalue(), key=len)
