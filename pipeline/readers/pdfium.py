"""The default reader of PDFs: PDFium, through its plain functions."""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pypdfium2_raw as raw

from parsers.errors import SourceError
from parsers.lines import Document, PageSize
from pipeline.readers import layout
from pipeline.readers import pdfium_api as api
from pipeline.readers.helper import Begin, Make, helped
from pipeline.readers.page import Page
from pipeline.readers.pdfium_facts import Edges, Facts, Fonts, facts
from pipeline.readers.pdfium_page import page_of
from pipeline.readers.pictured import Reads

NAME = "pdfium"
MEDIA_TYPE = "application/pdf"

_NEEDS_PASSWORD = 4


def read(
    path: Path,
    *,
    password: str | None,
    pairs: Callable[[str], bool],
    reads: Reads | None = None,
) -> Document:
    """Read a PDF with a text layer.

    Args:
        path: the file.
        password: what opens a locked file; an owner's password is not needed to read.
        pairs: whether a text begins with a label, so that what stands right of it is its value.
        reads: what reads pages that are pictures of text, if they are to be read.

    Raises:
        SourceError: the file is no PDF, damaged, locked or without pages.
    """
    begin = again(path, password)
    document = open_document(path, password)
    try:
        count = raw.FPDF_GetPageCount(document)
        if count < 1:
            raise SourceError("the PDF has no pages: export it again", source=path.name)
        drawn = pages(document, count, begin)
        return layout.document(drawn, count, pairs, reader=NAME, media_type=MEDIA_TYPE, reads=reads)
    finally:
        raw.FPDF_CloseDocument(document)


def open_document(path: Path, password: str | None) -> ctypes.c_void_p:
    """Open a PDF; the caller closes it.

    Raises:
        SourceError: the file is no PDF, damaged or locked.
    """
    api.start()
    keys: list[bytes | None] = [None]
    if password is not None:
        keys += [password.encode("utf-8"), password.encode("latin-1", "replace")]
    for key in keys:
        document = raw.FPDF_LoadDocument(os.fsencode(path), key)
        if document:
            opened: ctypes.c_void_p = document
            return opened
        error = raw.FPDF_GetLastError()
        if error != _NEEDS_PASSWORD:
            raise SourceError("the PDF is damaged: export or download it again", source=path.name)
    if password is None:
        raise SourceError("the PDF is locked: give its password with --password", source=path.name)
    raise SourceError("the PDF is locked and the password is wrong", source=path.name)


def _identity(path: Path) -> tuple[int, int, int, int]:
    """What tells a file from another that takes its place."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def again(path: Path, password: str | None) -> Begin[Facts | None]:
    """Give what opens a PDF another time, in another process, for :func:`pages`."""
    return partial(_opened_again, path, password, _identity(path))


@contextlib.contextmanager
def _opened_again(
    path: Path, password: str | None, known: tuple[int, int, int, int]
) -> Iterator[Make[Facts | None]]:
    """Open a PDF that was opened before; pages of two files must not be mixed."""
    document = open_document(path, password)
    try:
        if _identity(path) != known:
            raise SourceError("the file changed while it was read: run again", source=path.name)
        yield partial(_told, document, {})
    finally:
        raw.FPDF_CloseDocument(document)


def pages(document: ctypes.c_void_p, count: int, begin: Begin[Facts | None]) -> Iterator[Page]:
    """Give what is drawn on the pages of an open PDF.

    Args:
        document: open.
        count: of its pages.
        begin: opens it again, for a second process; where it raises, that one is done without.
    """
    for number, told in enumerate(helped(count, partial(_told, document, {}), begin), 1):
        if told is None:
            yield Page(number, PageSize(0.0, 0.0), problem="the page is damaged")
        else:
            yield page_of(told, number)


def _told(document: ctypes.c_void_p, fonts: Fonts, index: int) -> Facts | None:
    """Ask PDFium about a page and let go of it; None for a damaged one."""
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        return None
    links: list[tuple[str, Edges]] = []
    if raw.FPDFPage_GetAnnotCount(page):
        from pipeline.readers.pdfium_forms import flattened

        links += _links(document, page)
        if flattened(document, page):
            raw.FPDF_ClosePage(page)
            page = raw.FPDF_LoadPage(document, index)
    textpage = raw.FPDFText_LoadPage(page)
    try:
        told = facts(page, textpage, fonts)
    finally:
        raw.FPDFText_ClosePage(textpage)
        raw.FPDF_ClosePage(page)
    told.links = links
    return told


def _links(document: ctypes.c_void_p, page: ctypes.c_void_p) -> Iterator[tuple[str, Edges]]:
    """Give a page's links, each with its place in page space."""
    place = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, place, link):
        action = raw.FPDFLink_GetAction(link)
        if not action:
            continue
        length = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if length <= 1:
            continue
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(document, action, buffer, length)
        rect = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, rect)
        url = buffer.value.decode("utf-8", "replace")
        yield url, (rect.left, rect.bottom, rect.right, rect.top)
