"""The edition in ``raw/`` is what its sources say, and says what the report says."""

from __future__ import annotations

import ctypes
import json
import re
from decimal import Decimal
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.truth import ROOT, euros, expected, load, prose
from tests.typeset import need

SHIPPED = ROOT / "raw" / "milano-2022-abridged.pdf"
TRUTH = ROOT.parent / "shared" / "editions" / "milano-2022.truth.json"


def _pages(pdf: bytes) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    return [prose(page.get_textpage().get_text_range()) for page in document]


def _producer(pdf: bytes) -> str:
    return str(pdfium.PdfDocument(pdf).get_metadata_value("Creator"))


def _web_links(pdf: bytes) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    raw = pdfium.raw
    found = []
    for page in document:
        position, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, position, link):
            action = raw.FPDFLink_GetAction(link)
            size = raw.FPDFAction_GetURIPath(document, action, None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(document, action, buffer, size)
            found.append(buffer.value.decode())
    return found


@pytest.fixture(scope="module")
def rebuilt() -> bytes:
    need("typst")
    from examples.build import build

    return build()


def test_it_is_what_its_sources_give(rebuilt: bytes) -> None:
    shipped = SHIPPED.read_bytes()
    if _producer(shipped) == _producer(rebuilt):
        assert rebuilt == shipped, "raw/ is stale: run `make edition`"
    else:  # another release of the typesetter may write other bytes, never another text
        assert _pages(rebuilt) == _pages(shipped)


def test_it_looks_like_a_report() -> None:
    edition = load()
    pages = _pages(SHIPPED.read_bytes())
    for number, page in enumerate(pages, 1):
        assert page.startswith(prose(edition.header))
        assert page.endswith(str(number))
    for project in edition.projects:
        starts = [prose(edition.header + project.lead + project.title) in page for page in pages]
        assert starts.count(True) == 1, f"{project.title} opens no page of its own"
    document = pdfium.PdfDocument(SHIPPED)
    images = [
        o for p in document for o in p.get_objects() if o.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE
    ]
    pins = sum(b.kind in {"caption", "picture"} for a in edition.actions for b in a.body)
    assert len(images) == pins + len(document), "pictures, pins and a logo a page"
    assert _web_links(SHIPPED.read_bytes()) == [u for a in edition.actions for u in a.links]


def test_every_printed_text_is_in_it() -> None:
    text = "".join(_pages(SHIPPED.read_bytes()))
    for action in load().actions:
        assert prose(action.code_printed + action.dash + action.title) in text
        for money in (*action.funding, *([action.total] if action.total else [])):
            assert prose(f"{money.label} {money.printed}") in text


def test_its_facts_hang_together() -> None:
    edition = load()
    printed = {a.code: prose(" ".join([*(t for b in a.body for t in b.texts), *a.status]))
               for a in edition.actions}  # fmt: skip
    assert len(edition.projects) == 14
    assert len(printed) == len(edition.actions) == 30
    for action in edition.actions:
        for fact in (
            *action.links,
            *action.districts,
            *(address.text for address in action.addresses),
            *(dated.text for dated in action.dates),
        ):
            assert prose(fact) in printed[action.code]
        assert all(target in printed for target in action.references)
        mentioned = re.findall(r"MI[\d.]+[a-z]\b", printed[action.code])
        assert mentioned == list(action.references)
        if action.total:
            assert action.total.amount == sum(m.amount or 0 for m in action.funding)


def test_its_sums_are_those_of_the_report() -> None:
    rows = expected(load())
    sums = {"pon_metro": Decimal(0), "other_public": Decimal(0), "private": Decimal(0)}
    for row in rows["funding"]:
        amount = row["amount_eur"]
        sums[str(row["source"])] += amount if isinstance(amount, Decimal) else 0
    totals = [row["total_stated_eur"] for row in rows["actions"]]
    assert sums["pon_metro"] == euros("€ 40.625.873,25")
    assert sums["other_public"] == euros("€ 13.692.992,10")
    assert sum(t for t in totals if isinstance(t, Decimal)) == euros("€ 37.876.486,51")
    assert {t: len(rows[t]) for t in ("addresses", "districts", "dates", "links")} == {
        "addresses": 17,
        "districts": 8,
        "dates": 7,
        "links": 2,
    }
    assert len(rows["action_references"]) == 6


@pytest.mark.skipif(not TRUTH.exists(), reason="the report's truth file is not beside the project")
def test_its_facts_are_those_of_the_report() -> None:
    truth = json.loads(Path(TRUTH).read_text("utf-8"))
    rows = expected(load())
    pick = ("code", "code_printed", "title", "status")
    assert [tuple(row[k] for k in pick) for row in rows["actions"]] == [
        (a["code"], a["raw"], a["title"], a["status"]) for a in truth["actions"]
    ]
    assert [(r["number"], r["title"], r["notice"]) for r in rows["projects"]] == [
        (p["number"], p["title"], p["notice"]) for p in truth["projects"]
    ]
    assert [[r["code"], r["text"]] for r in rows["addresses"]] == truth["addresses"]
    assert [[r["code"], r["name"]] for r in rows["districts"]] == truth["quarters"]
    assert [[r["code"], r["url"]] for r in rows["links"]] == truth["links"]
    assert [[r["code"], r["target_code"]] for r in rows["action_references"]] == truth["references"]
    dates = [[r["code"], r["text"], str(r["date_from"]), str(r["date_to"])] for r in rows["dates"]]
    assert sorted(dates) == sorted(truth["dates"])
    for action in truth["actions"]:
        ours = [r for r in rows["funding"] if r["code"] == action["code"]]
        private = [r["amount_printed"] for r in ours if r["source"] == "private"]
        assert private == [v for k, v in action["funding"].items() if k == "private"]
        for key, source in (("pon", "pon_metro"), ("other", "other_public")):
            stated = [Decimal(v) for k, v in action["funding"].items() if k == key]
            assert [r["amount_eur"] for r in ours if r["source"] == source] == stated
