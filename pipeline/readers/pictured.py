"""Which pages are pictures of text, and what reads them, loaded for the first one only."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

from pipeline.readers.guard import more_time
from pipeline.readers.page import Page

Reads = Callable[[Page], Page | None]
"""Gives a pictured page with the text that was read in it; None where there is none."""

PACKAGES = ("rapidocr", "onnxruntime")
"""What the extra ``ocr`` brings."""

SOME_SHARE = 0.1
"""A picture over so much of a page without any character may be one of text."""

# A page with a picture over so much of it, and no more characters than a stamp has, is a scan.
_SCAN_SHARE = 0.5
_STAMP = 250
# A dense page takes ten seconds of an idle processor.
_PAGE_S = 90


def pictured(page: Page) -> str | None:
    """Say what a page shows that is no text, where that may be text in a picture; else None."""
    strips = [*page.strips, *(strip for _, strips in page.turned for strip in strips)]
    characters = sum(len(strip.text.strip()) for strip in strips)
    if characters > _STAMP:
        return None
    if page.shapes:
        return "shapes without a text layer, letters perhaps"
    whole = max(page.size.width * page.size.height, 1.0)
    covered = sum(
        max(min(box.x1, page.size.width) - max(box.x0, 0), 0)
        * max(min(box.bottom, page.size.height) - max(box.top, 0), 0)
        for box in page.pictures
    )
    if covered > _SCAN_SHARE * whole:
        return "a picture of text" if not characters else "a picture with little text over it"
    if not characters and covered > SOME_SHARE * whole:
        return "a picture and no text"
    return None


def missing(what: str) -> str:
    """Say of a page that is not read what it takes to read it."""
    return f"{what}, which is not read: install OCR (pip install 'ponmetro[ocr]') and run again"


def is_installed() -> bool:
    """Whether pictures of text can be read here, without loading what reads them."""
    return all(importlib.util.find_spec(name) is not None for name in PACKAGES)


def reads(path: Path, password: str | None, told: Callable[[str], None] | None) -> Reads:
    """Give what reads the pictured pages of a PDF, each within a time of its own."""
    made: list[Reads] = []

    def read(page: Page) -> Page | None:
        more_time(_PAGE_S)
        if told is not None:
            told(f"{path.name}: page {page.number} is a picture, read by OCR")
        if not made:
            from pipeline.readers.scans import Scans

            made.append(Scans(path, password).read)
        return made[0](page)

    return read
