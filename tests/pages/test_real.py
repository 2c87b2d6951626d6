"""The review pages of the real report, as PDF and as text."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from pipeline.pages import write_pages
from pipeline.run import run
from pipeline.sources import discover
from pipeline.talk import Talk
from tests.pages.conftest import Site, copy_tables
from tests.pages.walk import wrong_cells

MAILED_BYTES = 5_000_000


@pytest.mark.parametrize("name", ["milano-2022-libreoffice.pdf", "milano-2022.txt"])
def test_every_cell_of_the_real_report_lights_its_print(
    shared_editions: Path, tmp_path: Path, look: Callable[..., Any], name: str
) -> None:
    source = tmp_path / name
    shutil.copy(shared_editions / name, source)
    published = Site(tmp_path, tmp_path / "output")
    quiet = Talk(stream=StringIO())
    run([source], output=published.output, talk=quiet)
    (tmp_path / "pages").mkdir()
    edition_id = source.stem
    folder = copy_tables(published, tmp_path / "pages", edition_id)
    write_pages(folder, discover([source]).sources, talk=quiet)
    page = folder / "review" / f"{edition_id}.html"
    assert page.stat().st_size < MAILED_BYTES
    assert wrong_cells(published, edition_id, look(page.as_uri())) == []
