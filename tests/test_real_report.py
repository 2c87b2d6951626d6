"""The real report, in both of its renderings, against the facts that were taken down by hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests import reading
from tests.reading import Rows
from tests.truth import prose

RENDERINGS = {"text": "milano-2022.txt", "pdf": "milano-2022-libreoffice.pdf"}
SOURCES = {"pon": "pon_metro", "other": "other_public", "private": "private"}

# What the two renderings need not share (README of the shared editions).
OWN_TABLES = {"editions", "lines", "line_boxes", "provenance", "codes", "changes"}
OWN_COLUMNS = {"edition_id", "page", "line"}


@pytest.fixture(scope="module")
def truth(shared_editions: Path) -> Any:
    return json.loads((shared_editions / "milano-2022.truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def renderings(shared_editions: Path) -> dict[str, Rows]:
    return {key: reading.tables(shared_editions / name) for key, name in RENDERINGS.items()}


@pytest.fixture(scope="module", params=sorted(RENDERINGS))
def rows(request: pytest.FixtureRequest, renderings: dict[str, Rows]) -> Rows:
    return renderings[request.param]


def bare(text: object) -> str | None:
    """Prose without spaces, hyphens, and what opens a list item."""
    return None if text is None else re.sub(r"[–\uf0b7•]", "", prose(str(text)))


def code_of(row: Mapping[str, object]) -> str:
    """The code of the action that a row hangs on."""
    return str(row["action_id"]).split("/")[1]


def pairs(rows: Rows, table: str, *columns: str) -> list[list[str]]:
    return sorted([code_of(row), *(str(row[name]) for name in columns)] for row in rows[table])


def test_projects(rows: Rows, truth: Any) -> None:
    wanted = [
        (
            project["number"],
            prose(project["title"]),
            project["notice"] and prose(project["notice"]),
        )
        for project in truth["projects"]
    ]
    got = [
        (row["number"], prose(str(row["title"])), row["notice"] and prose(str(row["notice"])))
        for row in rows["projects"]
    ]
    assert got == wanted
    assert len(got) == 14
    assert sum(notice is not None for _, _, notice in got) == 2
    assert [row["position"] for row in rows["projects"]] == list(range(1, 15))
    phases = {row["number"]: row["phase"] for row in rows["projects"] if row["notice"]}
    assert phases == {1: "transferred", 3: "deferred"}


def test_actions(rows: Rows, truth: Any) -> None:
    keys = {
        row["project_id"]: "AT" if row["number"] is None else str(row["number"])
        for row in rows["projects"]
    }
    assert len(rows["actions"]) == 30
    for row, wanted in zip(rows["actions"], truth["actions"], strict=True):
        assert (row["code"], row["code_printed"]) == (wanted["code"], wanted["raw"])
        assert keys[row["project_id"]] == wanted["project"], wanted["code"]
        assert prose(str(row["title"])) == prose(wanted["title"])
        assert bare(row["description"]) == bare(wanted["body"] or None), wanted["code"]
        assert bare(row["status"]) == bare(wanted["status"]), wanted["code"]
        assert row["phase"] in truth["phases"][wanted["code"]], wanted["code"]
    assert [row["position"] for row in rows["actions"]] == list(range(1, 31))


def test_schemes_follow_from_the_codes(rows: Rows) -> None:
    funds = {1: "FESR", 2: "FESR", 3: "FSE", 4: "FESR", 5: "FESR"}
    for row in rows["actions"]:
        axis, objective = re.findall(r"\d", str(row["code"]))[:2]
        assert row["axis"] == int(axis)
        assert row["specific_objective"] == f"{axis}.{objective}"
        assert row["fund"] == funds[int(axis)]


def test_funding(rows: Rows, truth: Any) -> None:
    for action in truth["actions"]:
        ours = [row for row in rows["funding"] if code_of(row) == action["code"]]
        wanted = []
        for key, value in action["funding"].items():
            if key == "private":
                wanted.append(("private", "worded", None, value))
            elif key != "total":
                wanted.append((SOURCES[key], "printed", Decimal(value), None))
        got = [
            (
                row["source"],
                row["amount_status"],
                row["amount_eur"],
                row["amount_printed"] if row["amount_status"] == "worded" else None,
            )
            for row in ours
        ]
        assert sorted(got, key=repr) == sorted(wanted, key=repr), action["code"]


def test_totals_and_sums(rows: Rows, truth: Any) -> None:
    stated = {row["code"]: row["total_stated_eur"] for row in rows["actions"]}
    for action in truth["actions"]:
        total = action["funding"].get("total")
        assert stated[action["code"]] == (None if total is None else Decimal(total))
    totals = [total for total in stated.values() if total is not None]
    assert (len(totals), sum(totals)) == (14, Decimal("37876486.51"))
    sums: Counter[object] = Counter()
    for row in rows["funding"]:
        sums[row["source"]] += row["amount_eur"] or Decimal(0)  # type: ignore[assignment]
    assert sums["pon_metro"] == Decimal("40625873.25")
    assert sums["other_public"] == Decimal("13692992.10")
    assert Counter(row["source"] for row in rows["funding"]) == {
        "pon_metro": 28,
        "other_public": 14,
        "private": 2,
    }
    for row in rows["actions"]:
        total, of_sources = row["total_stated_eur"], row["sources_sum_eur"]
        assert total is None or total == of_sources, row["code"]


def test_what_the_prose_holds(rows: Rows, truth: Any) -> None:
    assert pairs(rows, "action_references", "target_code") == sorted(truth["references"])
    assert pairs(rows, "links", "url") == sorted(truth["links"])
    assert pairs(rows, "addresses", "text") == sorted(truth["addresses"])
    assert pairs(rows, "districts", "name") == sorted(truth["quarters"])
    assert pairs(rows, "dates", "text", "date_from", "date_to") == sorted(truth["dates"])
    counts = ("action_references", "links", "addresses", "districts", "dates")
    assert [len(rows[table]) for table in counts] == [6, 2, 17, 8, 7]
    actions = {row["action_id"] for row in rows["actions"]}
    assert all(row["target_action_id"] in actions for row in rows["action_references"])


def test_clauses_and_paragraphs_make_up_their_whole(rows: Rows) -> None:
    for row in rows["actions"]:
        of_action = [r for r in rows["paragraphs"] if r["action_id"] == row["action_id"]]
        whole = " ".join(str(each["text"]) for each in of_action)
        assert whole == (row["description"] or "")
        clauses = [r for r in rows["status_clauses"] if r["action_id"] == row["action_id"]]
        letters = re.sub(r"\W", "", " ".join(str(each["text"]) for each in clauses))
        status = re.sub(r"\W", "", str(row["status"] or ""))
        # A conjunction between two clauses belongs to neither of them.
        assert len(status) - len(letters) <= max(0, len(clauses) - 1), row["code"]


def test_no_line_is_lost_and_nothing_is_wrong(rows: Rows) -> None:
    found = Counter((row["severity"], row["rule"]) for row in rows["findings"])
    assert found == {("warning", "missing_status"): 4, ("warning", "missing_funding"): 2}
    missing = {
        str(rule): sorted(code_of(row) for row in rows["findings"] if row["rule"] == rule)
        for rule in ("missing_status", "missing_funding")
    }
    assert missing == {
        "missing_status": ["MI3.3.1.a", "MI4.1.1.b", "MI5.1.1.a", "MI5.2.1.a"],
        "missing_funding": ["MI3.3.1.a", "MI4.1.1.b"],
    }
    assert "unclassified" not in {row["role"] for row in rows["lines"]}


def test_links_at_the_ends_of_pages_are_annotations(renderings: dict[str, Rows]) -> None:
    repeated = [row for row in renderings["text"]["lines"] if row["role"] == "annotation"]
    assert len(repeated) == 2
    printed = {row["line"] for row in renderings["text"]["links"]}
    urls = {str(row["url"]) for row in renderings["text"]["links"]}
    for row in repeated:
        assert str(row["text"]).strip() in urls
        assert row["line"] not in printed
        assert row["action_id"] is None


def test_running_lines_are_furniture(renderings: dict[str, Rows]) -> None:
    lines = renderings["pdf"]["lines"]
    pages = {row["page"] for row in lines}
    assert len(pages) == 20
    furniture = Counter(row["page"] for row in lines if row["role"] == "furniture")
    assert furniture == dict.fromkeys(pages, 2), "a header and a number on each page"


def test_both_renderings_give_the_same_tables(renderings: dict[str, Rows]) -> None:
    def shown(key: str, table: str) -> list[dict[str, object]]:
        (edition,) = renderings[key]["editions"]
        own = str(edition["edition_id"])
        return [
            {
                name: prose(cell.replace(own, "E")) if isinstance(cell, str) else cell
                for name, cell in row.items()
                if name not in OWN_COLUMNS
            }
            for row in renderings[key][table]
        ]

    for table in sorted(renderings["text"].keys() - OWN_TABLES):
        assert shown("text", table) == shown("pdf", table), table


def test_an_edition_says_what_it_is(renderings: dict[str, Rows]) -> None:
    for key, media_type in (("text", "text/plain"), ("pdf", "application/pdf")):
        (edition,) = renderings[key]["editions"]
        assert (edition["city_code"], edition["city"]) == ("MI", "Milano")
        assert edition["cci"] == "2014IT16M2OP004"
        assert edition["media_type"] == media_type
        assert edition["lines"] == len(renderings[key]["lines"])
    assert renderings["text"]["editions"][0]["pages"] is None
    assert renderings["pdf"]["editions"][0]["pages"] == 20
