"""Editions as plain text, in the ways that text extractors and editors write it."""

from __future__ import annotations

import random
import textwrap
import unicodedata

from tests.truth import Edition
from tests.typeset.style import Piece, Style, flow


def _wrap(text: str, style: Style, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        style.width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


_MARKS = {"bullet": "• ", "dash": "- ", "caption": "     "}


def _lines(piece: Piece, style: Style) -> list[str]:
    if piece.kind == "places":
        return list(piece.texts)
    if piece.kind == "picture":
        return []
    if piece.kind == "labelled":
        lines = []
        for label, values in piece.rows:
            lines += _wrap(f"{label} {values[0]}", style)
            for value in values[1:]:
                lines += _wrap(value, style)
        return lines
    mark = _MARKS.get(piece.kind, "")
    return _wrap(piece.lead + piece.text, style, first=mark)


def text(edition: Edition, style: Style, *, form_feeds: bool = False, page_lines: int = 0) -> str:
    """Write an edition as text, wrapped at ``style.width``, LF at each line's end.

    Args:
        edition: what to write.
        style: its width, its chance of blank lines between pieces, header and page numbers.
        form_feeds: a form feed before each project but the first, or at each page's end.
        page_lines: cut into pages of so many lines, anywhere, with the style's header and number.
    """
    chance = random.Random(style.seed)
    lines: list[str] = []
    for piece in flow(edition, style):
        if piece.kind == "project" and lines and form_feeds and not page_lines:
            lines.append("\f")
        elif lines and chance.random() < style.blanks:
            lines += [""] * chance.randint(1, 2)
        lines += _lines(piece, style)
    if page_lines:
        return _paged(lines, edition, style, page_lines, form_feeds)
    return "\n".join(lines).replace("\f\n", "\f") + "\n"


def _paged(lines: list[str], edition: Edition, style: Style, size: int, feeds: bool) -> str:
    pages = []
    for number, start in enumerate(range(0, len(lines), size), 1):
        head = [edition.header, ""] if style.header else []
        foot = ["", f"{number:>{style.width}}"] if style.page_numbers else []
        pages.append("\n".join([*head, *lines[start : start + size], *foot]) + "\n")
    return ("\f" if feeds else "").join(pages)


VARIANTS = ("utf-8", "bom", "crlf", "cr", "cp1252", "nfd", "nbsp", "zero-width", "utf-16")
"""Ways of writing one text as bytes."""


def encode(plain: str, variant: str) -> bytes:
    """Write a text as bytes in one of :data:`VARIANTS`; no variant loses anything of it."""
    if variant == "bom":
        return b"\xef\xbb\xbf" + plain.encode()
    if variant == "crlf":
        return plain.replace("\n", "\r\n").encode()
    if variant == "cr":
        return plain.replace("\n", "\r").encode()
    if variant == "cp1252":
        return plain.encode("cp1252")
    if variant == "nfd":
        return unicodedata.normalize("NFD", plain).encode()
    if variant == "nbsp":
        return plain.replace("€ ", "€\u00a0").replace("n. ", "n.\u00a0").encode()
    if variant == "zero-width":
        return plain.replace(" – ", " –\u200b ").replace("€", "\u200b€").encode()
    if variant == "utf-16":
        return plain.encode("utf-16")
    return plain.encode()
