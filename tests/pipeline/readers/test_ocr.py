"""Pages that are pictures of text: noticed without OCR, read and marked with it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from parsers.errors import SourceError
from parsers.lines import Document
from pipeline.documents import announces
from pipeline.edition import build
from pipeline.fingerprint import ReadOptions
from pipeline.readers import pictured, read
from pipeline.readers.displayed import as_displayed
from pipeline.readers.ocr import Engine
from pipeline.schema import TABLES
from tests.cities import random_edition
from tests.conftest import ROOT
from tests.reading import source
from tests.truth import Edition
from tests.typeset import Style, need, render
from tests.typeset.rework import rotated, scanned, upright_by_rotation

Rows = dict[str, list[dict[str, object]]]

COMPACT = Style(
    margins=(60.0, 60.0, 60.0, 50.0), scale=(1.5, 1.2), page_a_project=False, pictures=False
)
"""Few pages: each takes seconds to read."""


def _edition(seed: int) -> tuple[Edition, bytes]:
    need("reportlab")
    edition = random_edition(seed, projects=1)
    return edition, render(edition, COMPACT, "reportlab")


def _tables(pdf: bytes, folder: Path, options: ReadOptions | None = None) -> Rows:
    path = folder / "edizione.pdf"
    path.write_bytes(pdf)
    built = build(source(path), options or ReadOptions())
    return {
        name: [dict(zip(table.header, row, strict=True)) for row in built.rows.get(name, ())]
        for name, table in TABLES.items()
    }


def _lines(pdf: bytes, folder: Path, reader: str = "pdfium") -> Document:
    path = folder / "edizione.pdf"
    path.write_bytes(pdf)
    return read(path, reader=reader, pairs=announces, ocr=True)


def _pages(tables: Rows, rule: str) -> list[object]:
    return [
        row["page"]
        for row in tables["findings"]
        if row["rule"] == rule and (rule != "page_ocr" or row["action_id"] is None)
    ]


def _wrong(edition: Edition, tables: Rows) -> list[str]:
    """What is neither as printed nor doubted on its line."""
    doubted_at = {row["line"] for row in tables["findings"] if row["rule"] == "low_ocr_confidence"}
    found = []
    got = [(row["code"], row["line"]) for row in tables["actions"]]
    want = [action.code for action in edition.actions]
    found += [f"{len(got)} actions, not {len(want)}"] * (len(got) != len(want))
    pairs: list[tuple[object, object, object]] = [
        (code, wanted, line) for (code, line), wanted in zip(got, want, strict=False)
    ]
    sums = [(row["amount_eur"], row["line"]) for row in tables["funding"]]
    printed = [money.amount for action in edition.actions for money in action.funding]
    found += [f"{len(sums)} sums, not {len(printed)}"] * (len(sums) != len(printed))
    pairs += [(sum_, wanted, line) for (sum_, line), wanted in zip(sums, printed, strict=False)]
    totals = [row["total_stated_eur"] for row in tables["actions"]]
    stated = [action.total.amount if action.total else None for action in edition.actions]
    found += [
        f"total {one}, not {two}" for one, two in zip(totals, stated, strict=False) if one != two
    ]
    found += [f"{one}, not {two}" for one, two, at in pairs if one != two and at not in doubted_at]
    return found


@pytest.fixture(scope="module")
def ocr() -> None:
    """What tests need that read pictures."""
    if pictured.is_installed():
        return
    if os.environ.get("CI") == "true":
        pytest.fail("OCR needs the Python packages of the extra ocr")
    pytest.skip("OCR needs the Python packages of the extra ocr")


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the extra."""
    monkeypatch.setattr(pictured, "PACKAGES", ("a_package_that_nobody_has",))


@pytest.mark.usefixtures("no_ocr")
@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_without_the_extra_pages_and_cure_are_named(tmp_path: Path, reader: str) -> None:
    _, pdf = _edition(11)
    tables = _tables(scanned(pdf, pages={2}), tmp_path, ReadOptions(reader))
    (found,) = [row for row in tables["findings"] if row["rule"] == "page_unread"]
    assert (found["page"], found["text"]) in {(2, "page 2"), (1, "page 2")}
    assert "page 2" in str(found["message"])
    assert "pip install 'ponmetro[ocr]'" in str(found["message"])
    assert not _pages(tables, "page_ocr")


@pytest.mark.usefixtures("no_ocr")
def test_a_stamp_over_a_picture_does_not_hide_that_it_is_one(tmp_path: Path) -> None:
    import io

    import pikepdf
    from reportlab.pdfgen.canvas import Canvas

    _, pdf = _edition(11)
    buffer = io.BytesIO()
    sheet = Canvas(buffer, pagesize=(595, 842))
    sheet.drawString(60, 820, "Comune di Firenze - Prot. 0012345 del 01/02/2022 - Copia conforme")
    sheet.save()
    with pikepdf.open(io.BytesIO(scanned(pdf))) as scan, pikepdf.open(buffer) as stamp:
        scan.pages[0].add_overlay(stamp.pages[0])
        scan.save(stamped := io.BytesIO())
    path = tmp_path / "edizione.pdf"
    path.write_bytes(stamped.getvalue())
    assert [page for page, _ in read(path, pairs=announces).unread] == [1, 2]


@pytest.mark.usefixtures("ocr")
def test_letters_drawn_as_shapes_are_read(tmp_path: Path) -> None:
    """Ghostscript, told to use no fonts, draws every letter."""
    need("gs")
    edition, pdf = _edition(12)
    printed, drawn = tmp_path / "printed.pdf", tmp_path / "drawn.pdf"
    printed.write_bytes(pdf)
    options = ["-q", "-dBATCH", "-dNOPAUSE", "-dNoOutputFonts", "-sDEVICE=pdfwrite"]
    subprocess.run(["gs", *options, "-o", drawn, printed], check=True, timeout=60)
    tables = _tables(drawn.read_bytes(), tmp_path)
    assert not _pages(tables, "page_unread")
    assert not _wrong(edition, tables)


@pytest.mark.usefixtures("ocr")
def test_it_can_be_left_out(tmp_path: Path) -> None:
    _, pdf = _edition(11)
    path = tmp_path / "edizione.pdf"
    path.write_bytes(scanned(pdf, pages={2}))
    found = read(path, pairs=announces, ocr=False)
    assert [page for page, _ in found.unread] == [2]


@pytest.mark.usefixtures("ocr")
@pytest.mark.parametrize(("seed", "pages"), [(12, {2}), (13, None)])
def test_what_a_scan_says_is_read_or_doubted(
    tmp_path: Path, seed: int, pages: set[int] | None
) -> None:
    edition, pdf = _edition(seed)
    tables = _tables(scanned(pdf, pages=pages), tmp_path)
    assert not _pages(tables, "page_unread")
    assert not _wrong(edition, tables)
    seen = set(_pages(tables, "page_ocr"))
    assert seen == (pages or {row["page"] for row in tables["lines"]})
    marked = {
        row["action_id"]
        for row in tables["findings"]
        if row["rule"] == "page_ocr" and row["action_id"] is not None
    }
    for row in tables["lines"]:
        assert row["page"] not in seen or row["action_id"] in {*marked, None}


@pytest.fixture(scope="module")
def plain(ocr: None, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The scan of a page, upright."""
    return _lines(scanned(_edition(13)[1]), tmp_path_factory.mktemp("scan"))


@pytest.mark.parametrize("turn", [rotated, upright_by_rotation])
def test_a_turned_scan_reads_the_same_in_its_place(
    tmp_path: Path, plain: Document, turn: Callable[[bytes], bytes]
) -> None:
    found = _lines(turn(scanned(_edition(13)[1])), tmp_path)
    said = {line.text for line in plain.lines}
    same = [line for line in found.lines if line.text in said]
    assert len(same) > 0.9 * len(plain.lines)
    for line in same:
        assert line.box is not None
        box = as_displayed(found, 1, line.box)
        high = box.bottom - box.top > box.x1 - box.x0
        assert high == (turn is rotated) or len(line.text) < 3


def test_both_readers_read_a_picture_the_same(tmp_path: Path, plain: Document) -> None:
    found = _lines(scanned(_edition(13)[1]), tmp_path, "pdfplumber")
    assert [line.text for line in found.lines] == [line.text for line in plain.lines]
    assert [line.confidences for line in found.lines] == [line.confidences for line in plain.lines]


@pytest.mark.usefixtures("ocr")
def test_a_run_reads_a_scan(tmp_path: Path) -> None:
    (tmp_path / "firenze.pdf").write_bytes(scanned(_edition(13)[1]))
    command = [sys.executable, "-m", "pipeline", "run", "firenze.pdf", "--output", "output"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert b"3 actions" in done.stderr
    assert b"page_ocr" in (tmp_path / "output/csv/findings.csv").read_bytes()


def test_ocr_that_cannot_be_loaded_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(SourceError, match=r"cannot be loaded .*--no-ocr"):
        Engine()
