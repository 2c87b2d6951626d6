"""Word files give the tables of what was written in them, however they are written.

``RENDERINGS_SEED`` draws other editions and other ways, as in ``test_renderings``.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests import reading
from tests.cities import random_edition
from tests.renderings.real import UNTOLD, real_edition
from tests.renderings.test_renderings import FIRST
from tests.truth import Edition, differences, load
from tests.typeset import Style, need, plain, random_style, render, word
from tests.typeset.html import html
from tests.typeset.word_body import WAYS

# Word says where paragraphs end; only pasted text leaves a title's end open.
_CERTAIN = "title_end_uncertain"


def found_wrong(
    edition: Edition, data: bytes, *, fold: bool = False, skip: tuple[str, ...] = ()
) -> list[str]:
    """What the tables read from a Word file have otherwise than the edition, or wrong."""
    tables = reading.tables_of(data, "edition.docx")
    found = differences(edition, tables, fold=fold, skip=skip)
    found += [
        f"{row['rule']} at line {row['line']}: {row['text']}"
        for row in tables["findings"]
        if row["severity"] == "error" or row["rule"] == _CERTAIN
    ]
    assert {row["page"] for table in tables.values() for row in table if "page" in row} <= {None}
    return found


def written(edition: Edition, style: Style) -> bytes:
    need("docx")
    return render(edition, style, "docx")


@pytest.mark.parametrize("seed", range(FIRST, FIRST + 10))
def test_made_up_editions(seed: int) -> None:
    edition, style = random_edition(seed), random_style(seed)
    assert found_wrong(edition, written(edition, style), fold=style.fold) == [], style


@pytest.mark.parametrize("seed", range(FIRST, FIRST + 20))
def test_editions_in_any_way_of_writing(seed: int) -> None:
    edition, style = random_edition(seed), random_style(seed)
    data = word.rewritten(written(edition, style), seed)
    assert found_wrong(edition, data, fold=style.fold) == [], style


@pytest.mark.parametrize("way", [*WAYS, *word.OTHERS])
def test_each_way_of_writing(way: str) -> None:
    edition, style = random_edition(FIRST + 500), Style(seed=FIRST, links=False)
    data = written(edition, style)
    again = word.rewritten(data, FIRST, way)
    assert word.files_of(again) != word.files_of(data)
    assert found_wrong(edition, again) == []


def _kinds(style: Style) -> tuple[str, ...]:
    """Without its map pin a caption that says more than a place is a paragraph as others are."""
    return () if style.pictures else ("paragraphs.kind",)


@pytest.mark.parametrize("seed", [FIRST + 60, FIRST + 63])
def test_the_shipped_edition(seed: int) -> None:
    style = random_style(seed)
    data = word.rewritten(written(load(), style), seed)
    assert found_wrong(load(), data, fold=style.fold, skip=_kinds(style)) == []


@pytest.mark.parametrize("seed", [FIRST + 61, FIRST + 62])
def test_the_real_report(seed: int, shared_editions: Path) -> None:
    edition, style = real_edition(shared_editions), random_style(seed)
    data = word.rewritten(written(edition, style), seed)
    assert found_wrong(edition, data, fold=style.fold, skip=(*UNTOLD, *_kinds(style))) == []


# -- pasted text: a paragraph, or a line break, at the end of each printed line ------------------


def _pasted(text: str, *, breaks: bool) -> bytes:
    need("docx")
    from docx import Document

    made = Document()
    paragraph = None
    for line in text.split("\n"):
        if not line.strip() or paragraph is None or not breaks:
            paragraph = made.add_paragraph(line)
        else:
            paragraph.add_run().add_break()
            paragraph.add_run(line)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("breaks", [False, True])
def test_the_real_report_pasted_line_by_line(breaks: bool, shared_editions: Path) -> None:
    text = (shared_editions / "milano-2022.txt").read_text("utf-8")
    tables = reading.tables_of(_pasted(text, breaks=breaks), "edition.docx")
    assert differences(real_edition(shared_editions), tables, skip=UNTOLD) == []


@pytest.mark.parametrize("width", [60, 95, 130])
@pytest.mark.parametrize("seed", range(FIRST, FIRST + 6))
def test_pasted_text_reads_as_the_text_does(seed: int, width: int) -> None:
    edition = random_edition(seed)
    text = plain.text(edition, replace(random_style(seed), width=width, blanks=1.0))
    wanted = differences(edition, reading.tables_of(text))
    for breaks in (False, True):
        tables = reading.tables_of(_pasted(text, breaks=breaks), "edition.docx")
        assert differences(edition, tables) == wanted


# -- LibreOffice ---------------------------------------------------------------------------------


def _by_libreoffice(data: bytes, suffix: str, folder: Path) -> bytes:
    """What LibreOffice writes as .docx when it has opened a file."""
    need("soffice")
    program = shutil.which("soffice")
    assert program
    source, made = folder / f"edition{suffix}", folder / "made"
    source.write_bytes(data)
    read_as = ["--infilter=HTML (StarWriter)"] if suffix == ".html" else []
    subprocess.run(
        [program, f"-env:UserInstallation={folder.as_uri()}/profile", "--headless", *read_as,
         "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (made / "edition.docx").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [FIRST + 1, FIRST + 3])
def test_what_libreoffice_writes_of_a_word_file(seed: int, tmp_path: Path) -> None:
    edition, style = random_edition(seed), random_style(seed)
    ways = ("numbers", "notes", "contents", "page breaks", "leaders")
    data = word.rewritten(written(edition, style), seed, *ways)
    again = _by_libreoffice(data, ".docx", tmp_path)
    assert found_wrong(edition, again, fold=style.fold) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [FIRST, FIRST + 2])
def test_what_libreoffice_writes_of_a_web_page(seed: int, tmp_path: Path) -> None:
    edition = random_edition(seed)
    # It knows no notes of a page, and prints them where they are called.
    style = replace(
        random_style(seed), code_box=False, contents=False, pictures=False, footnotes=False
    )
    # It does not set a mark and its text side by side, as the page does, and knows lists.
    page = re.sub(
        r'<div class="item"><div>.</div><p>(.*?)</p></div>',
        r"<ul><li>\1</li></ul>",
        html(edition, style),
    )
    again = _by_libreoffice(page.encode(), ".html", tmp_path)
    assert found_wrong(edition, again, fold=style.fold) == []
