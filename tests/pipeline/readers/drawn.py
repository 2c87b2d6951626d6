"""Small PDFs drawn for one question each, and their lines by either reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from parsers.lines import Document, Line
from pipeline.readers import read

WIDTH, HEIGHT = 500, 700
SIZE = 10
LABEL = re.compile(
    r"(?:Risorse PON METRO|Altre risorse pubbliche|Costo Totale|Stato di attuazione|[A-Z]{2}\d\.)"
)


def announces(text: str) -> bool:
    """Whether a text begins with one of the labels of these tests, or a code."""
    return LABEL.match(text) is not None


class Sheet:
    """A page to draw on, in points from its top left."""

    def __init__(self, path: Path, size: tuple[float, float] = (WIDTH, HEIGHT)) -> None:
        self.canvas = Canvas(str(path), pagesize=size)
        self.height = size[1]

    def text(self, x: float, y: float, text: str, *, bold: bool = False, size: int = SIZE) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, self.height - y, text)

    def lines(self, x: float, y: float, *texts: str, step: float = 13, bold: bool = False) -> None:
        for at, text in enumerate(texts):
            self.text(x, y + at * step, text, bold=bold)

    def box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top)

    def full(self, y: float, text: str = "testo") -> None:
        """Draw a line as wide as the page's text, from x 50 to about 450."""
        self.text(50, y, (text + " lungo quanto la pagina e anche di più ") * 2 + "ancora")


def draw(
    folder: Path, fill: Callable[[Sheet], None], size: tuple[float, float] = (WIDTH, HEIGHT)
) -> Path:
    """Give a one-page PDF."""
    path = folder / "drawn.pdf"
    sheet = Sheet(path, size)
    fill(sheet)
    sheet.canvas.save()
    return path


def document(path: Path, reader: str = "pdfium", password: str | None = None) -> Document:
    """Read a drawn PDF."""
    found = read(path, reader=reader, password=password, pairs=announces)
    for line in found.lines:
        assert line.lefts is not None
        assert line.rights is not None
        assert len(line.lefts) == len(line.rights) == len(line.text)
    return found


def lines(path: Path, reader: str = "pdfium") -> list[Line]:
    """Give the lines of a drawn PDF."""
    return document(path, reader).lines


def texts(path: Path, reader: str = "pdfium") -> list[str]:
    """Give the texts of a drawn PDF's lines, without the spaces at their ends."""
    return [line.text.strip() for line in lines(path, reader)]
