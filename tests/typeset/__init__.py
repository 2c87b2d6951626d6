"""Editions as files: one edition, any look, any producer.

``render(edition, style, "typst")`` gives the bytes of a file; :data:`PRODUCERS` names who can make
one, :func:`missing` says what a producer still needs on this machine. PDFs go on through
``tests.typeset.rework``; plain text is ``tests.typeset.plain``.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.truth import Edition
from tests.typeset import html, office, reportlab_, typst_, words
from tests.typeset.style import Style, random_style

__all__ = ["PRODUCERS", "Producer", "Style", "missing", "need", "random_style", "render"]


@dataclass(frozen=True)
class Producer:
    """Who makes a file, and what it takes: modules, and programs with their Debian packages."""

    make: Callable[[Edition, Style], bytes]
    suffix: str
    modules: tuple[str, ...] = ()
    programs: tuple[tuple[str, str], ...] = ()


PRODUCERS = {
    "typst": Producer(typst_.pdf, ".pdf", ("typst", "reportlab")),
    "reportlab": Producer(reportlab_.pdf, ".pdf", ("reportlab",)),
    "words": Producer(words.pdf, ".pdf", ("reportlab",)),
    "weasyprint": Producer(html.weasyprint_pdf, ".pdf", ("weasyprint",)),
    "chromium": Producer(html.chromium_pdf, ".pdf", (), (("chromium", "chromium"),)),
    "libreoffice": Producer(
        office.libreoffice_pdf, ".pdf", ("docx",), (("soffice", "libreoffice-writer-nogui"),)
    ),
    "docx": Producer(office.docx, ".docx", ("docx",)),
}
"""Who can set an edition, by name."""


def missing(name: str) -> str | None:
    """Say what ``name``, a producer or a program such as ``gs``, lacks here; None if nothing."""
    debian = {"gs": "ghostscript"}
    producer = PRODUCERS.get(name)
    if producer is None:
        return None if shutil.which(name) else f"Debian package {debian.get(name, name)}"
    for module in producer.modules:
        if importlib.util.find_spec(module) is None:
            return f"Python package {module}"
    for program, package in producer.programs:
        if shutil.which(program) is None:
            return f"Debian package {package}"
    return None


def need(name: str) -> None:
    """Skip the running test where ``name`` cannot work, naming what to install; fail it in CI."""
    lack = missing(name)
    if lack and os.environ.get("CI") == "true":
        pytest.fail(f"{name} needs the {lack}")
    if lack:
        pytest.skip(f"{name} needs the {lack}")


def render(edition: Edition, style: Style, producer: str) -> bytes:
    """Give an edition as the file that a producer makes of it."""
    return PRODUCERS[producer].make(edition, style)
