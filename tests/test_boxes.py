"""The rectangle of each published piece holds that piece: read back by the other engine itself.

The engine reads the file as it was before its pages were turned, cropped and moved; where its
characters are displayed afterwards is computed here, and not by any reader of the project.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest

from pipeline.verify.source import essence
from tests import reading
from tests.cities import random_edition
from tests.typeset import Style, need, render, rework
from tests.typeset.boxes import Display

Char = tuple[str, float, float]
"""A character and its middle, from the top left of its page."""

DISPLAYS = {
    "as it is": Display(),
    "cropped": Display(crop=(14, 9, 3, 21)),
    "offset": Display(wider=(40, 25, 10, 12)),
    "turned right, cropped, offset": Display(90, (14, 9, 3, 21), (40, 25, 10, 12)),
    "upside down, cropped, offset": Display(180, (14, 9, 3, 21), (40, 25, 10, 12)),
    "turned left, cropped, offset": Display(270, (14, 9, 3, 21), (40, 25, 10, 12)),
}
NEAR = 0.75


@cache
def plain() -> bytes:
    return render(random_edition(7, projects=2), Style(seed=7), "reportlab")


@cache
def characters(engine: str) -> tuple[list[tuple[float, float]], list[list[Char]]]:
    """The size of each page, and its characters as an engine gives them."""
    if engine == "pdfplumber":
        with pdfplumber.open(BytesIO(plain())) as pdf:
            return [(page.width, page.height) for page in pdf.pages], [
                [
                    (c["text"], (c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2)
                    for c in page.chars
                ]
                for page in pdf.pages
            ]
    document = pdfium.PdfDocument(plain())
    sizes = [page.get_size() for page in document]
    return sizes, [list(_pdfium(page)) for page in document]


def _pdfium(page: pdfium.PdfPage) -> Iterator[Char]:
    text, height = page.get_textpage(), page.get_height()
    for at in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(at, loose=True)
        yield text.get_text_range(at, 1), (left + right) / 2, height - (bottom + top) / 2


def unlike(path: Path, reader: str, display: Display) -> list[str]:
    """Pieces whose rectangle on the displayed page holds something else."""
    tables = reading.tables(path, reader=reader)
    sizes, pages = characters({"pdfium": "pdfplumber", "pdfplumber": "pdfium"}[reader])
    shown = [
        [(char, x, *display.place(x, y, size)) for char, x, y in chars]
        for size, chars in zip(sizes, pages, strict=True)
    ]
    boxes = {row["line"]: row for row in tables["line_boxes"]}
    lines = {row["line"]: row for row in tables["lines"]}
    found = []
    assert len(tables["provenance"]) > 40
    for row in tables["provenance"]:
        box, line = boxes[row["line"]], lines[row["line"]]
        printed = str(row["text_printed"])
        if display.rotate % 180:
            # The line runs up or down the page: left and right edge are those of all of it.
            assert (row["x0"], row["x1"]) == (box["x0"], box["x1"])
            printed = str(line["text"])
        inside = sorted(
            (before, char)
            for char, before, x, y in shown[int(str(line["page"])) - 1]
            if float(str(row["x0"])) - NEAR <= x <= float(str(row["x1"])) + NEAR
            and float(str(box["top"])) <= y <= float(str(box["bottom"]))
        )
        text = "".join(char for _, char in inside)
        if essence(text) != essence(printed):
            found.append(
                f"{row['row_id']} {row['column_name']}: {printed!r}, and there is {text!r}"
            )
    return found


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("name", DISPLAYS)
def test_each_piece_stands_where_it_is_said_to(name: str, reader: str, tmp_path: Path) -> None:
    need("reportlab")
    path = tmp_path / "edition.pdf"
    path.write_bytes(DISPLAYS[name].of(plain()))
    assert unlike(path, reader, DISPLAYS[name]) == []


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_pages_that_their_rotation_sets_upright(reader: str, tmp_path: Path) -> None:
    need("reportlab")
    path = tmp_path / "edition.pdf"
    path.write_bytes(rework.upright_by_rotation(plain()))
    assert unlike(path, reader, Display()) == []
