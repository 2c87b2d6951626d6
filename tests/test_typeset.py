"""The test toolkit itself: what is set is what the edition says."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from io import BytesIO

import pypdfium2 as pdfium
import pytest

from tests.cities import random_edition
from tests.truth import Edition, differences, expected, load, prose
from tests.typeset import PRODUCERS, need, plain, random_style, render, rework
from tests.typeset.style import Style, flow


def _text(pdf: bytes, password: str | None = None, *, turned: bool = False) -> str:
    document = pdfium.PdfDocument(pdf, password=password)
    if turned:  # PDFium loses the order of lines on pages shown on their side
        for page in document:
            page.set_rotation(0)
    raw = "".join(page.get_textpage().get_text_range() for page in document)
    return prose(re.sub("[\ufffe\x02]", "", raw), fold=True)


def _docx_text(content: bytes) -> str:
    from docx import Document

    document = Document(BytesIO(content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    parts = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    return prose("".join(part.text for part in parts), fold=True)


def _wanted(edition: Edition) -> list[str]:
    """Short facts that no layout takes apart but by line breaks."""
    found = []
    for action in edition.actions:
        money = [*action.funding, *([action.total] if action.total else [])]
        found += [action.code_printed, action.title, *(m.printed for m in money), *action.links]
        found += [address.text for address in action.addresses]
    return [prose(text, fold=True) for text in found]


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("producer", PRODUCERS)
def test_every_producer_prints_the_facts(producer: str, seed: int) -> None:
    need(producer)
    edition = random_edition(seed) if seed else load()
    made = render(edition, random_style(seed), producer)
    text = _docx_text(made) if PRODUCERS[producer].suffix == ".docx" else _text(made)
    assert [fact for fact in _wanted(edition) if fact not in text] == []


@pytest.mark.parametrize("name", rework.REWORKS)
def test_reworked_files_keep_the_facts(name: str) -> None:
    for tool in ("typst", "gs", "qpdf"):
        need(tool)
    edition = random_edition(4)
    made = rework.REWORKS[name](render(edition, Style(), "typst"))
    text = _text(made, turned=name == "rotated")
    assert [fact for fact in _wanted(edition) if fact not in text] == []


def test_a_user_password_locks_and_a_scan_has_no_text() -> None:
    need("typst")
    need("qpdf")
    made = render(random_edition(5, projects=2), Style(), "typst")
    locked = rework.user_locked(made)
    with pytest.raises(pdfium.PdfiumError, match=r"[Pp]assword"):
        pdfium.PdfDocument(locked)
    assert _text(locked, rework.USER) == _text(made)
    assert _text(rework.scanned(made)) == ""
    assert 0 < len(_text(rework.scanned(made, pages={1}))) < len(_text(made))


@pytest.mark.parametrize("seed", range(12))
def test_plain_text_holds_all_and_no_line_is_too_wide(seed: int) -> None:
    edition, style = random_edition(seed), random_style(seed)
    written = plain.text(edition, style)
    whole = "".join(
        piece.lead
        + piece.text
        + "".join(piece.texts)
        + "".join(label + "".join(values) for label, values in piece.rows)
        for piece in flow(edition, style)
        if piece.kind != "picture"
    )
    assert prose(written.replace("•", "")) == prose(whole)
    assert max(map(len, written.splitlines())) <= style.width


def test_text_variants_say_the_same() -> None:
    written = plain.text(random_edition(1), random_style(1))
    codecs = {"bom": "utf-8-sig", "cp1252": "cp1252", "utf-16": "utf-16"}
    for variant in plain.VARIANTS:
        read = plain.encode(written, variant).decode(codecs.get(variant, "utf-8"))
        read = re.sub("\r\n?", "\n", read).replace("\u200b", "").replace("\u00a0", " ")
        assert unicodedata.normalize("NFC", read) == written, variant


def test_pages_of_text() -> None:
    edition, style = random_edition(2), Style(width=70)
    fed = plain.text(edition, style, form_feeds=True)
    assert fed.count("\f") == len(edition.projects) - 1
    paged = plain.text(edition, style, page_lines=40, form_feeds=True).split("\f")
    assert all(page.startswith(edition.header) for page in paged)
    assert [page.split()[-1] for page in paged] == [str(n + 1) for n in range(len(paged))]


@pytest.mark.parametrize("seed", range(30))
def test_made_up_editions_hang_together(seed: int) -> None:
    edition = random_edition(seed)
    assert edition == random_edition(seed)
    assert edition != random_edition(seed + 1)
    codes = [action.code for action in edition.actions]
    assert len(set(codes)) == len(codes)
    for action in edition.actions:
        printed = prose(
            " ".join([*(text for block in action.body for text in block.texts), *action.status])
        )
        facts = [address.text for address in action.addresses] + list(action.districts)
        facts += [*action.links, *(dated.text for dated in action.dates)]
        assert all(prose(fact) in printed for fact in facts)
        assert set(action.references) <= set(codes) - {action.code}
        if action.total:
            assert action.total.amount == sum(m.amount or 0 for m in action.funding)


def test_the_same_style_gives_the_same_file() -> None:
    for producer in ("typst", "reportlab"):
        need(producer)
        one, two = (render(random_edition(3), random_style(3), producer) for _ in range(2))
        assert one == two


def _published(edition: Edition) -> dict[str, list[dict[str, object]]]:
    """The truth in the form of published tables."""
    tables = {name: [dict(row) for row in rows] for name, rows in expected(edition).items()}
    ids = {project.title: f"x/progetto-{n}" for n, project in enumerate(edition.projects)}
    for name, rows in tables.items():
        for row in rows:
            phases = row.pop("phases", None)
            if isinstance(phases, tuple):
                row["phase"] = phases[0]
            if name == "projects":
                row["project_id"] = ids[str(row["title"])]
            elif name == "actions":
                row["project_id"] = ids[str(row.pop("project"))]
            else:
                row["action_id"] = f"x/{row.pop('code')}"
    return tables


def test_differences_are_found_and_hyphens_are_none() -> None:
    edition = load()
    tables = _published(edition)
    assert differences(edition, tables) == []
    tables["actions"][0]["title"] = "Abi-tare in borgo – Ristrutturazione immobili"
    assert differences(edition, tables) == []
    tables["funding"][0]["amount_eur"] = Decimal("2531250.01")
    tables["actions"][1]["status"] = None
    tables["links"].pop()
    found = differences(edition, tables)
    assert [line.split(":")[0] for line in found] == [
        "actions 2 status",
        "funding 1 amount_eur",
        "links",
    ]
