"""Editions in order, what they change as published, and the guard before one is replaced."""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path

import pytest

from pipeline import changes
from pipeline.outcome import RunResult
from pipeline.run import run
from tests.cities import random_edition
from tests.pipeline.test_compare import STYLE, action, codes, with_prova
from tests.typeset import plain


def editions_row(edition_id: str, city: str, programme: str, day: date | None) -> dict[str, str]:
    return {
        "edition_id": edition_id,
        "city_code": city,
        "city": "",
        "programme": programme,
        "reference_date": str(day or ""),
    }


def test_editions_follow_one_another_by_date_then_id_within_city_and_programme() -> None:
    table = [
        editions_row("mi-c", "MI", "PON", date(2022, 1, 1)),
        editions_row("mi-a", "MI", "PON", date(2023, 1, 1)),
        editions_row("mi-b", "MI", "PON", None),
        editions_row("mi-d", "MI", "PON", date(2022, 1, 1)),
        editions_row("mi-p", "MI", "POC", None),
        editions_row("ve-a", "VE", "PON", None),
        editions_row("no-a", "", "PON", None),
        editions_row("no-b", "", "PON", None),
    ]
    for seed in range(5):
        random.Random(seed).shuffle(table)
        assert changes.previous(table) == {"mi-c": "mi-b", "mi-d": "mi-c", "mi-a": "mi-d"}


# Published: with the stand-in for reading, where a line of a source is an action.


def cells(output: Path, table: str) -> list[dict[str, str]]:
    with (output / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(raw: Path, name: str, *lines: str) -> None:
    (raw / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")


def test_changes_are_published_in_order_and_once(raw: Path, output: Path) -> None:
    put(raw, "a", "MI4.1.1.a 100.00 Casa", "MI4.1.1.b 100.00 Orto", "MI4.1.1.c 5.00 Bici")
    put(raw, "b", "MI4.1.1.a 104.00 Casa", "MI4.1.1.b 100.00 Orto", "MI4.1.1.d 5.00 Treno")
    put(raw, "c", "MI4.1.1.a 104.00 Casa", "MI4.1.1.b 100.00 Orti", "MI4.1.1.d 5.00 Treno")
    run([raw], output=output, workers=2)
    assert [tuple(row.values()) for row in cells(output, "changes")] == [
        (
            "b/changes-1",
            "b",
            "a",
            "action",
            "MI4.1.1.a",
            "funding.pon_metro",
            "changed",
            "100.00",
            "104.00",
        ),
        ("b/changes-2", "b", "a", "action", "MI4.1.1.c", "record", "removed", "Bici", ""),
        ("b/changes-3", "b", "a", "action", "MI4.1.1.d", "record", "added", "", "Treno"),
        ("c/changes-1", "c", "b", "action", "MI4.1.1.b", "title", "changed", "Orto", "Orti"),
    ]
    (raw / "b.txt").unlink()
    run([raw], output=output)
    assert {row["previous_edition_id"] for row in cells(output, "changes")} == {"a"}
    assert len(cells(output, "changes")) == 4


def test_nothing_is_compared_again_where_nothing_changed(
    raw: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(raw, "a", "MI4.1.1.a 100.00 Casa", "MI4.1.1.c 5.00 !Bici")
    put(raw, "b", "MI4.1.1.a 104.00 Casa")
    first = run([raw], output=output)
    before = (output / "csv" / "changes.csv").read_bytes()
    monkeypatch.setattr("pipeline.changes._compare", None)
    again = run([raw], output=output)
    assert not again.published
    assert again.findings("warning") == first.findings("warning") == 2
    put(raw, "other-city", "MI4.1.1.a 1.00 Casa")
    (raw / "other-city.toml").write_text('city_code = "VE"')
    assert run([raw], output=output).published
    assert (output / "csv" / "changes.csv").read_bytes() == before


def test_what_a_controller_asks_stands_among_the_findings(raw: Path, output: Path) -> None:
    put(raw, "a", "MI4.1.1.a 100.00 Casa", "MI4.1.1.b 1.00 Orto", "MI4.1.1.c 9.00 Bici")
    put(raw, "b", "MI4.1.1.a 150.00 Casa", "MI4.1.1.c 9.00 !Bici")
    result = run([raw], output=output)
    found = [row for row in cells(output, "findings") if row["edition_id"] == "b"]
    assert [(row["rule"], row["line"], row["action_id"]) for row in found] == [
        ("action_vanished", "1", ""),
        ("sum_jump", "1", ""),
        ("sum_jump", "1", "b/MI4.1.1.a"),
        ("missing_status", "2", "b/MI4.1.1.c"),
    ]
    assert [row["id"] for row in found] == [f"b/findings-{n}" for n in range(1, 5)]
    assert found[0]["text"] == "MI4.1.1.b Orto"
    assert "159.00" in found[1]["message"]
    assert "110.00" in found[1]["message"]
    assert "+44.5%" in found[1]["message"]
    assert result.fragments["b"].findings["warning"] == 4
    assert (result.exit_code(None), result.exit_code("warning")) == (0, 1)


def test_a_sum_may_move_by_a_tenth(raw: Path, output: Path) -> None:
    put(raw, "a", "MI4.1.1.a 100.00 Casa")
    put(raw, "b", "MI4.1.1.a 110.00 Casa")
    put(raw, "c", "MI4.1.1.a 98.99 Casa")
    run([raw], output=output)
    assert {row["edition_id"] for row in cells(output, "findings")} == {"c"}


def test_a_status_that_goes_backwards_is_found_at_its_line(tmp_path: Path) -> None:
    made = random_edition(5, projects=4)
    name, other, put_off = codes(made, 3)
    raw, output = tmp_path / "raw", tmp_path / "output"
    raw.mkdir()
    for edition, status in (("e-2021", "lavori in corso"), ("e-2022", "progettazione in corso")):
        late = "concluso" if edition == "e-2021" else "rinviato"
        printed_edition = with_prova(
            made,
            action(name, status=(status,)),
            action(
                other, status=("progettazione in corso",) if edition[-1] == "1" else ("concluso",)
            ),
            action(put_off, status=(late,)),
        )
        put(raw, edition, plain.text(printed_edition, STYLE))
    run([raw], output=output)
    (found,) = (row for row in cells(output, "findings") if row["rule"] == "status_backwards")
    assert (found["edition_id"], found["action_id"]) == ("e-2022", f"e-2022/{name}")
    assert found["text"] == "progettazione in corso"
    lines = {row["id"]: row["text"] for row in cells(output, "lines")}
    assert "progettazione in corso" in lines[f"e-2022/lines-{found['line']}"]


def test_one_edition_given_twice_is_found(raw: Path, output: Path) -> None:
    for name in "abc":
        put(raw, name, "MI4.1.1.a 100.00 Casa" + " " * (name == "c"))
    run([raw], output=output)
    found = [row for row in cells(output, "findings") if row["rule"] == "same_edition_twice"]
    assert [row["edition_id"] for row in found] == ["b"]
    assert "a.txt" in found[0]["message"]


FULL = [f"MI4.1.1.{letter} 100.00 Casa {letter}" for letter in "abcdefgh"]


def ids(output: Path) -> int:
    return len(cells(output, "actions"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (FULL[:3], "holds 3 actions where 8 are published"),
        ([line.replace("100.00", "1.00") for line in FULL], "euros where 800.00 are published"),
    ],
)
def test_an_edition_that_shrinks_replaces_nothing_unasked(
    raw: Path, output: Path, lines: list[str], said: str
) -> None:
    put(raw, "a", *FULL)
    put(raw, "b", "MI4.1.1.a 1.00 Altro")
    run([raw], output=output)
    put(raw, "a", *lines)

    def attempt(*accept: str) -> RunResult:
        return run([raw], output=output, accept=accept)

    for accept in ((), ("b",)):
        result = attempt(*accept)
        assert result.exit_code() == 3
        (problem,) = result.failed
        assert said in str(problem.error)
        assert "--accept=a" in str(problem.error)
        assert result.kept == ["a"]
        assert ids(output) == 9
        assert {row["amount_eur"] for row in cells(output, "funding")} == {"100.00", "1.00"}
    assert attempt("a").exit_code() == 0
    assert ids(output) == 1 + len(lines)
    assert attempt().exit_code() == 0


def test_an_edition_that_loses_little_or_is_set_wider_replaces_its_own(
    raw: Path, output: Path
) -> None:
    put(raw, "a", *FULL, *["", "words"] * 10)
    run([raw], output=output)
    put(raw, "a", *FULL[:4], "words", "words", "words")
    assert run([raw], output=output).exit_code() == 0
    assert ids(output) == 4


def test_accept_alone_means_any_edition(raw: Path, output: Path) -> None:
    from click.testing import CliRunner

    from pipeline.cli import main

    put(raw, "a", *FULL)
    common = ["run", "--raw", str(raw), "--output", str(output)]
    assert CliRunner().invoke(main, common).exit_code == 0
    put(raw, "a", *FULL[:1])
    refused = CliRunner().invoke(main, common)
    assert refused.exit_code == 3
    assert "--accept=a" in refused.output
    assert CliRunner().invoke(main, [*common, "--accept", str(raw)]).exit_code == 0
    assert ids(output) == 1
