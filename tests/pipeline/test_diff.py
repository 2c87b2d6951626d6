"""``ponmetro diff``: what a person and a program get to see."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from textwrap import indent

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from pipeline import changes_text
from pipeline.changes_text import word_changes
from pipeline.commands.diff import command
from pipeline.compare import between
from pipeline.run import run
from tests.cities import random_edition
from tests.pipeline.test_compare import STYLE, action, codes, money, printed, rows, with_prova
from tests.truth import ROOT, Edition
from tests.typeset import plain

BEFORE = ("MI4.1.1.a 100.00 Casa", "MI4.1.1.b 1000000.00 Orto *verde*", "MI4.1.1.c 5.00 Bici")
AFTER = ("MI4.1.1.a 100.00 Casa", "MI4.1.1.b 1250000.50 Orto *giallo*", "MI4.1.1.d 7.00 Treno")


def diff(*args: object) -> Result:
    return CliRunner().invoke(command, [str(arg) for arg in args])


@pytest.fixture
def published(raw: Path, output: Path) -> Path:
    (raw / "mi-1.txt").write_text("\n".join(BEFORE))
    (raw / "mi-1.toml").write_text("reference_date = 2022-02-28\n")
    (raw / "mi-2.txt").write_text("\n".join(AFTER))
    (raw / "mi-2.toml").write_text("reference_date = 2023-06-30\n")
    run([raw], output=output)
    return output


def test_published_editions_as_text(published: Path) -> None:
    result = diff("mi-1", "mi-2", "--output", published)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "mi-1 (2022-02-28) → mi-2 (2023-06-30): 4 differences",
        "",
        "action MI4.1.1.b – Orto *giallo*",
        "  PON Metro: [-€ 1.000.000,00-] {+€ 1.250.000,50+} (+€ 250.000,50, +25,0%)"
        "  (line 2 → line 2)",
        "  title: Orto [-*verde*-] {+*giallo*+}  (line 2 → line 2)",
        "",
        "action MI4.1.1.c – Bici",
        "  removed: [-Bici-]  (line 3)",
        "",
        "action MI4.1.1.d – Treno",
        "  added: {+Treno+}  (line 3)",
    ]
    documented = (ROOT / "docs" / "changes.md").read_text(encoding="utf-8")
    assert indent(result.stdout, "    ") in documented


def test_every_field_is_documented() -> None:
    documented = (ROOT / "docs" / "changes.md").read_text(encoding="utf-8")
    assert [
        name for name in ("record", *changes_text.FIELDS) if f"`{name}`" not in documented
    ] == []


def test_markdown_shows_what_is_printed_as_it_is(published: Path) -> None:
    options = ("--output", published, "--format", "markdown", "--language", "it")
    result = diff("mi-1", "mi-2", *options)
    assert "### mi-1 (2022-02-28) → mi-2 (2023-06-30): 4 differenze" in result.stdout
    assert "- *titolo*: Orto ~~\\*verde\\*~~ **\\*giallo\\*** (riga 2 → riga 2)" in result.stdout
    assert "- *aggiunto*: **Treno** (riga 3)" in result.stdout


def test_csv_and_json_hold_the_rows_of_changes_and_both_places(published: Path) -> None:
    with (published / "csv" / "changes.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    table = diff("mi-1", "mi-2", "--output", published, "--format", "csv").stdout
    found = list(csv.DictReader(StringIO(table)))
    assert [{name: row[name] for name in expected[0]} for row in found] == expected
    records = json.loads(diff("mi-1", "mi-2", "--output", published, "--format", "json").stdout)
    assert [{name: str(value or "") for name, value in row.items()} for row in records] == found
    amount = records[0]
    assert amount["difference_eur"] == "250000.50"
    assert (amount["page_before"], amount["line_before"], amount["line_after"]) == (None, 2, 2)
    assert records[2]["line_after"] is None


def test_the_exit_code_tells(published: Path, raw: Path) -> None:
    assert diff("mi-1", "mi-1", "--output", published).exit_code == 0
    assert "no differences" in diff("mi-1", "mi-1", "--output", published).stdout
    unknown = diff("mi-1", "mi-9", "--output", published)
    assert unknown.exit_code == 3
    assert "mi-9" in unknown.stderr
    assert "mi-1, mi-2" in unknown.stderr
    assert diff("mi-1", "mi-2", "--output", raw / "none").exit_code == 3
    assert diff("mi-1").exit_code == 2
    (raw / "locked.txt").write_text("LOCKED")
    locked = diff("mi-1", raw / "locked.txt", "--output", published)
    assert locked.exit_code == 3
    assert "locked.txt" in locked.stderr


def test_a_file_is_compared_without_being_published(published: Path, raw: Path) -> None:
    before = sorted(published.rglob("*"))
    same = diff("mi-1", raw / "mi-1.txt", "--output", published)
    assert (same.exit_code, same.stderr) == (0, "")
    assert diff(raw / "mi-1.txt", raw / "mi-2.txt", "--output", published).exit_code == 1
    assert sorted(published.rglob("*")) == before


def test_each_value_is_shown_where_it_is_printed(tmp_path: Path) -> None:
    made = random_edition(5, projects=4)
    name = codes(made, 1)[0]
    later = action(
        name,
        status=("lavori conclusi a marzo 2023",),
        total=money("Costo totale", "2000005.50"),
        body=action(name).body[:1],
    )

    def text(edition: Edition) -> list[str]:
        return plain.text(edition, STYLE).splitlines()

    old, new = with_prova(made, action(name)), with_prova(made, later)
    found = between(printed(tmp_path, "a", old), printed(tmp_path, "b", new))
    places = {
        change.field: [
            lines[int(item.line) - 1]
            for value, lines in ((change.before, text(old)), (change.after, text(new)))
            if value
            for item in value.items
        ]
        for change in found
    }
    assert places == {
        "addresses": ["     via Garibaldi 12"],
        "dates": ["Stato di attuazione: lavori conclusi a marzo 2023"],
        "districts": ["     Quartieri interessati: Porto, Stadera"] * 2,
        "phase": [
            "Stato di attuazione: lavori in corso",
            "Stato di attuazione: lavori conclusi a marzo 2023",
        ],
        "status": [
            "Stato di attuazione: lavori in corso",
            "Stato di attuazione: lavori conclusi a marzo 2023",
        ],
        "total_stated_eur": ["Costo totale € 1.000.005,50", "Costo totale € 2.000.005,50"],
    }
    shown = changes_text.text(*_sides(), found)
    assert "status: lavori [-in corso-] {+conclusi a marzo 2023+}" in shown
    assert "phase: [-in progress-] {+completed+}" in shown
    assert "districts: [-Porto-]" in shown
    assert "stated total: [-€ 1.000.005,50-] {+€ 2.000.005,50+} (+€ 1.000.000,00, +100,0%)" in shown


def _sides() -> tuple[dict[str, str], dict[str, str]]:
    return (
        {"edition_id": "a", "reference_date": ""},
        {"edition_id": "b", "reference_date": "2023-01-01"},
    )


def test_colours_are_for_terminals() -> None:
    one = rows("x", [("P", [("MI4.1.1.a", "Casa", "", "", "")])])
    two = rows("y", [("P", [("MI4.1.1.a", "Orto", "", "", "")])])
    shown = changes_text.text(*_sides(), between(one, two), colours=True)
    assert "title: \x1b[31mCasa\x1b[0m \x1b[32mOrto\x1b[0m" in shown
    assert "\x1b" not in changes_text.text(*_sides(), between(one, two))


_TEXTS = st.lists(st.sampled_from(["lavori", "in", "corso", "conclusi", "–", "2023"])).map(" ".join)


@given(_TEXTS, _TEXTS)
def test_words_that_stay_and_leave_are_the_old_text_and_with_those_that_come_the_new(
    before: str, after: str
) -> None:
    pieces = word_changes(before, after)
    assert " ".join(words for kind, words in pieces if kind != "+") == before
    assert " ".join(words for kind, words in pieces if kind != "-") == after


def test_a_text_without_end_is_not_compared_word_by_word() -> None:
    before, after = "a b " * 50_000, "b a " * 50_000
    assert word_changes(before, after) == (("-", before), ("+", after))
