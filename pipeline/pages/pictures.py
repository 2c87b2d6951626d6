"""The pages of a PDF as pictures: what was printed, drawn by the PDF's own instructions.

A page drawn from the lines that were read would show a wrong reading as if it were the print.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.readers.guard import guarded

if TYPE_CHECKING:
    from PIL.Image import Image

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
        width, height: in points.
        webp: the picture in base64, empty where the budget is spent or the page is broken.
    """

    width: float
    height: float
    webp: str


def page_pictures(path: Path, password: str | None = None) -> list[PagePicture]:
    """Draw every page of a PDF.

    Raises:
        SourceError: drawing crashed, hung or took too much memory.
        ReportError: the file cannot be opened.
    """
    return guarded(lambda: _draw(path, password), source=path.name)


def _draw(path: Path, password: str | None) -> list[PagePicture]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path, password=password)
    dpi = _DPI if len(document) <= _MANY_PAGES else _DPI_OF_MANY
    pictures = []
    spent = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            pictures.append(PagePicture(0, 0, ""))
            continue
        width, height = page.get_size()
        webp = ""
        if spent < _BUDGET:
            scale = min(dpi / 72, _LONG_EDGE / max(width, height, 1))
            webp = base64.b64encode(_webp(page.render(scale=scale).to_pil())).decode("ascii")
            spent += len(webp)
        page.close()
        pictures.append(PagePicture(round(width, 2), round(height, 2), webp))
    document.close()
    return pictures


def _webp(image: Image) -> bytes:
    image = image.convert("RGB")
    drawing = BytesIO()
    image.point(_TONES).save(drawing, "WEBP", lossless=True, quality=20, method=1)
    if drawing.tell() <= _DRAWING_BYTES:
        return drawing.getvalue()
    photograph = BytesIO()
    image.save(photograph, "WEBP", quality=_PHOTOGRAPH_QUALITY, method=2)
    return min(drawing.getvalue(), photograph.getvalue(), key=len)
