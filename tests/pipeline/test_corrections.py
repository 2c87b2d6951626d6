from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from parsers.errors import SidecarError
from pipeline.corrections import load
from pipeline.fingerprint import ReadOptions
from pipeline.run import run
from pipeline.schema import TABLES
from pipeline.show import render
from pipeline.sources import discover
from tests.reading import Rows, tables

SHEET = """\
Progetto 1 - Case

MI4.1.1.a - Recupero di alogi

Si integra con la piattaforma (azione MI1.1.1.a).

Quartieri interessati: Gorla, Greco

Risorse PON METRO € 100.000,00
Altre risorse pubbliche € 50.000,0
Costo totale € 150.000,00
Stato di attuazione: lavori conclusi entro fine ottobre

MI4.1.1.b - Piattaforma

Risorse PON METRO € 20.000,00
Altre risorse pubbliche € 20.000,00
Costo totale € 45.000,00
Stato di attuazione: gara in corso
"""


def correction(**fields: object) -> str:
    entry = {"table": "actions", "row": "MI4.1.1.a", "reason": "delibera 12/2022", **fields}
    lines = [
        f"{key} = {value}" if not isinstance(value, str) else f'{key} = "{value}"'
        for key, value in entry.items()
    ]
    return "[[correction]]\n" + "\n".join(lines) + "\n"


TITLE = correction(column="title", wrong="Recupero di alogi", right="Recupero di alloggi", page=1)


def put(folder: Path, corrections: str = "", text: str = SHEET) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "milano-2023.txt"
    path.write_text(text, encoding="utf-8")
    beside = folder / "milano-2023.corrections.toml"
    if corrections:
        beside.write_text(corrections, encoding="utf-8")
    else:
        beside.unlink(missing_ok=True)
    return path


def found(rows: Rows, rule: str) -> list[dict[str, object]]:
    return [row for row in rows["findings"] if row["rule"] == rule]


def row(rows: Rows, table: str, key: str) -> dict[str, object]:
    (only,) = (each for each in rows[table] if next(iter(each.values())) == f"milano-2023/{key}")
    return only


# -- what is applied ------------------------------------------------------------------------


def test_the_cell_is_right_the_finding_tells_and_provenance_keeps_what_is_printed(
    tmp_path: Path,
) -> None:
    before, after = tables(put(tmp_path)), tables(put(tmp_path, TITLE))
    assert row(after, "actions", "MI4.1.1.a")["title"] == "Recupero di alloggi"
    (told,) = found(after, "corrected")
    assert told["severity"] == "info"
    assert told["action_id"] == "milano-2023/MI4.1.1.a"
    assert told["line"] == 3
    assert told["text"] == "Recupero di alogi"
    for said in ("'Recupero di alogi'", "'Recupero di alloggi'", "page 1", "delibera 12/2022"):
        assert said in str(told["message"])
    assert after["provenance"] == before["provenance"]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"actions", "findings"}
    keys = [each["id"] for each in after["findings"]]
    assert keys == [f"milano-2023/findings-{n}" for n in range(1, len(keys) + 1)]
    lines = [each["line"] for each in after["findings"]]
    assert lines == sorted(lines, key=int)  # type: ignore[call-overload]


def test_an_amount_put_in_settles_its_finding_and_the_sum(tmp_path: Path) -> None:
    before = tables(put(tmp_path))
    assert found(before, "amount_unreadable")
    assert row(before, "actions", "MI4.1.1.a")["sources_sum_eur"] is None
    amount = correction(
        table="funding", row="MI4.1.1.a/funding-2", column="amount_eur", wrong="", right=50000
    )
    after = tables(put(tmp_path, amount))
    funding = row(after, "funding", "MI4.1.1.a/funding-2")
    assert (funding["amount_eur"], funding["amount_status"]) == (Decimal("50000.00"), "printed")
    assert funding["amount_printed"] == "€ 50.000,0"
    assert row(after, "actions", "MI4.1.1.a")["sources_sum_eur"] == Decimal("150000.00")
    assert not found(after, "amount_unreadable")
    assert [each["action_id"] for each in found(after, "total_mismatch")] == [
        "milano-2023/MI4.1.1.b"
    ]


def test_a_total_is_held_against_the_sources_again(tmp_path: Path) -> None:
    assert found(tables(put(tmp_path)), "total_mismatch")
    total = correction(
        row="MI4.1.1.b", column="total_stated_eur", wrong="45000.00", right="40000.00"
    )
    assert not found(tables(put(tmp_path, total)), "total_mismatch")
    worse = total.replace("40000.00", "40000.01")
    (told,) = found(tables(put(tmp_path, worse)), "total_mismatch")
    assert "-0.01" not in str(told["message"])
    assert "0.01" in str(told["message"])
    assert told["line"] == SHEET.splitlines().index("Costo totale € 45.000,00") + 1
    assert told["text"] == "Costo totale € 45.000,00"


def test_a_corrected_status_gives_its_clauses_and_phase(tmp_path: Path) -> None:
    status = correction(
        row="MI4.1.1.b",
        column="status",
        wrong="gara in corso",
        right="gara aggiudicata; lavori avviati",
    )
    rows = tables(put(tmp_path, status))
    action = row(rows, "actions", "MI4.1.1.b")
    assert (action["status"], action["phase"]) == (
        "gara aggiudicata; lavori avviati",
        "in_progress",
    )
    own = [each for each in rows["status_clauses"] if each["action_id"] == action["action_id"]]
    assert [(each["id"], each["text"], each["phase"]) for each in own] == [
        ("milano-2023/MI4.1.1.b/status_clauses-1", "gara aggiudicata;", "starting"),
        ("milano-2023/MI4.1.1.b/status_clauses-2", "lavori avviati", "in_progress"),
    ]


def test_a_clause_read_otherwise_gives_the_action_another_phase(tmp_path: Path) -> None:
    phase = correction(
        table="status_clauses", row="MI4.1.1.b", column="phase", wrong="procurement", right="design"
    )
    assert row(tables(put(tmp_path, phase)), "actions", "MI4.1.1.b")["phase"] == "design"


def test_a_corrected_code_takes_its_key_everywhere(tmp_path: Path) -> None:
    code = correction(row="MI4.1.1.b", column="code", wrong="MI4.1.1.b", right="MI1.1.1.a")
    rows = tables(put(tmp_path, code))
    action = row(rows, "actions", "MI1.1.1.a")
    assert action["code_printed"] == "MI4.1.1.b"
    assert (action["axis"], action["specific_objective"]) == (1, "1.1")
    assert "milano-2023/MI4.1.1.b" not in repr(
        {name: own for name, own in rows.items() if name != "findings"}
    )
    assert rows["action_references"][0]["target_action_id"] == "milano-2023/MI1.1.1.a"
    ids = {each["id"] for name in ("funding", "status_clauses") for each in rows[name]}
    assert {
        each["row_id"]
        for each in rows["provenance"]
        if each["table_name"] in ("funding", "status_clauses")
    } <= ids


@pytest.mark.parametrize(
    ("fields", "table", "key", "cell"),
    [
        (
            {"table": "dates", "column": "date_to", "wrong": "", "right": date(2022, 10, 31)},
            "dates",
            "MI4.1.1.a/dates-1",
            date(2022, 10, 31),
        ),
        (
            {"table": "districts", "column": "name", "wrong": "Greco", "right": "Greco Segnano"},
            "districts",
            "MI4.1.1.a/districts-2",
            "Greco Segnano",
        ),
        (
            {"table": "projects", "row": "progetto-1", "column": "number", "wrong": 1, "right": 7},
            "projects",
            "progetto-7",
            7,
        ),
        (
            {
                "table": "funding",
                "column": "source",
                "wrong": "pon_metro",
                "right": "react_eu",
            },
            "funding",
            "MI4.1.1.a/funding-1",
            "react_eu",
        ),
    ],
)
def test_cells_of_every_type_are_corrected(
    tmp_path: Path, fields: dict[str, object], table: str, key: str, cell: object
) -> None:
    rows = tables(put(tmp_path, correction(**fields)))
    assert row(rows, table, key)[str(fields["column"])] == cell
    assert len(found(rows, "corrected")) == 1
    assert not found(rows, "correction_stale")
    if table == "dates":
        assert not found(rows, "date_ambiguous")


# -- what no longer applies -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"column": "title", "wrong": "Altro", "right": "Ancora"}, "holds 'Recupero di alogi'"),
        ({"row": "MI9.9.9.z", "column": "title", "wrong": "A", "right": "B"}, "no such row"),
        (
            {"table": "funding", "column": "amount_eur", "wrong": 1, "right": 2},
            "no row of it holds 1.00",
        ),
        (
            {
                "table": "funding",
                "row": "MI4.1.1.b",
                "column": "amount_eur",
                "wrong": 20000,
                "right": 25000,
            },
            "2 rows hold 20000.00",
        ),
    ],
)
def test_a_correction_that_does_not_fit_changes_nothing_and_is_an_error(
    tmp_path: Path, fields: dict[str, object], said: str
) -> None:
    before, after = tables(put(tmp_path)), tables(put(tmp_path, correction(**fields)))
    (stale,) = found(after, "correction_stale")
    assert stale["severity"] == "error"
    assert said in str(stale["message"])
    assert {name: own for name, own in after.items() if name != "findings"} == {
        name: own for name, own in before.items() if name != "findings"
    }
    assert len(after["findings"]) == len(before["findings"]) + 1


def test_the_second_correction_of_one_cell_is_stale(tmp_path: Path) -> None:
    again = TITLE.replace("alloggi", "case")
    rows = tables(put(tmp_path, TITLE + again))
    assert len(found(rows, "corrected")) == len(found(rows, "correction_stale")) == 1


# -- what cannot be read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[correction]", "no TOML"),
        ("[correction]\na = 1", "[[correction]]"),
        ("other = 1\n" + TITLE, "[[correction]]"),
        (TITLE.replace("reason", "why"), "unknown field 'why'"),
        (TITLE.replace('reason = "delibera 12/2022"', ""), "'reason' is missing"),
        (TITLE.replace('"actions"', '"lines"'), "'table' is one of"),
        (TITLE.replace('"title"', '"position"'), "'column' is one of"),
        (TITLE.replace('"title"', '"code_printed"'), "'column' is one of"),
        (TITLE.replace('"title"', '"sources_sum_eur"'), "'column' is one of"),
        (TITLE.replace("page = 1", "page = 0"), "'page'"),
        (TITLE.replace('"Recupero di alogi"', "3"), "'wrong' is one line of text"),
        (TITLE.replace("alloggi", "alogi"), "are the same"),
        (correction(column="code", wrong="MI4.1.1.a", right="MI4"), "'right'"),
        (correction(column="code", wrong="MI4.1.1.a", right="MI 4.1.1.b"), "MI4.1.1.b"),
        (correction(column="code", wrong="MI4.1.1.a", right=""), "cannot be empty"),
        (correction(column="phase", wrong="design", right="done"), "is one of planned"),
        (correction(column="total_stated_eur", wrong="1,5", right=2), "is a number"),
        (correction(column="total_stated_eur", wrong="1.555", right=2), "at most 2 decimals"),
        (
            correction(table="dates", column="date_to", wrong="2022-01-01", right=""),
            "is a date without quotes",
        ),
    ],
)
def test_entries_are_checked_against_the_schema(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "milano-2023.corrections.toml"
    path.write_text(text)
    with pytest.raises(SidecarError, match=r"milano-2023\.corrections\.toml") as error:
        load(path)
    assert said in str(error.value)


def test_amounts_are_exact_whether_written_as_number_or_text(tmp_path: Path) -> None:
    path = tmp_path / "a.corrections.toml"
    path.write_text(correction(column="total_stated_eur", wrong="0.10", right="1552500.30"))
    as_text = load(path)
    path.write_text(
        path.read_text().replace('"0.10"', "0.10").replace('"1552500.30"', "1552500.30")
    )
    assert load(path) == as_text
    assert as_text[0].right == Decimal("1552500.30")


# -- in a run -------------------------------------------------------------------------------


def cells(output: Path, table: str) -> list[dict[str, str]]:
    with (output / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_applies_them_and_reads_anew_when_they_change(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    put(raw, TITLE)
    assert run([raw], output=output).read == ["milano-2023"]
    assert cells(output, "actions")[0]["title"] == "Recupero di alloggi"
    assert run([raw], output=output).reused == ["milano-2023"]
    put(raw, TITLE.replace("alloggi", "case"))
    assert run([raw], output=output).read == ["milano-2023"]
    assert cells(output, "actions")[0]["title"] == "Recupero di case"
    put(raw)
    assert run([raw], output=output).read == ["milano-2023"]
    assert cells(output, "actions")[0]["title"] == "Recupero di alogi"


def test_a_file_that_is_wrong_fails_its_edition_and_what_was_published_stays(
    tmp_path: Path,
) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    put(raw, TITLE)
    run([raw], output=output)
    put(raw, TITLE.replace('"title"', '"colour"'))
    result = run([raw], output=output)
    assert [str(problem.error) for problem in result.failed]
    assert "milano-2023.corrections.toml" in str(result.failed[0].error)
    assert result.exit_code(None) == 3
    assert cells(output, "actions")[0]["title"] == "Recupero di alloggi"


def test_corrections_are_no_sidecar_and_orphans_are_told(tmp_path: Path) -> None:
    put(tmp_path, TITLE)
    (tmp_path / "milano-2023.corrections.txt").write_text(SHEET)
    (tmp_path / "torino-2023.corrections.toml").write_text(TITLE)
    seen = discover([tmp_path])
    assert [source.edition_id for source in seen.sources] == [
        "milano-2023",
        "milano-2023-corrections",
    ]
    assert [source.corrections is not None for source in seen.sources] == [True, False]
    assert not seen.problems
    assert [path.name for path in seen.ignored] == ["torino-2023.corrections.toml"]


# -- for the eye ----------------------------------------------------------------------------


def shown(path: Path, code: str | None = None) -> str:
    (found,) = discover([path]).sources
    return " ".join(render(found, code, ReadOptions()).split())


def test_a_person_sees_the_right_value_and_what_is_printed(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        TITLE
        + correction(
            table="funding",
            row="MI4.1.1.a/funding-2",
            column="amount_eur",
            wrong="",
            right="50000.00",
        )
        + correction(column="status", wrong="lavori conclusi entro fine ottobre", right="in corso")
        + correction(row="MI4.1.1.b", column="code", wrong="MI4.1.1.b", right="MI4.1.1.c")
        + correction(row="MI4.1.1.b", column="total_stated_eur", wrong=45000, right=40000)
        + correction(
            table="districts", row="MI4.1.1.a", column="name", wrong="Gorla", right="Gorlà"
        ),
    )
    first = shown(path, "MI4.1.1.a")
    for said in (
        "MI4.1.1.a Recupero di alloggi [corretto; stampato: Recupero di alogi]",
        "Altre risorse pubbliche [importo 50.000,00",
        "corretto; stampato: € 50.000,0]",
        "in corso [corretto; stampato: lavori conclusi entro fine ottobre]",
        "Gorlà [corretto; stampato: Gorla]",
        "uguale alla somma",
        "Stato di attuazione: in esecuzione",
    ):
        assert said in first, said
    assert "illeggibile" not in first
    second = shown(path, "MI4.1.1.c")
    assert "40.000,00 uguale alla somma" in second
    assert "stampato «MI4.1.1.b»" in second
    whole = shown(path)
    assert "Recupero di alloggi [corretto; stampato: Recupero di alogi]" in whole
    assert "190.000,00" in whole  # all sources, the corrected one among them


def test_a_person_sees_which_correction_no_longer_applies(tmp_path: Path) -> None:
    path = put(tmp_path, correction(column="title", wrong="Altro titolo", right="Titolo"))
    assert "errore: correzione" in shown(path)
    assert "[corretto" not in shown(path)


CELLS = [
    ("projects", "title", "Case", "Casa"),
    ("projects", "number", 1, 2),
    ("actions", "description", None, "Altro"),
    ("actions", "fund", "FESR", "FSE"),
    ("funding", "label", "Altre risorse pubbliche", "Fondi comunali"),
    ("funding", "source", "other_public", "private"),
    ("status_clauses", "phase", "completed", "in_progress"),
    ("dates", "text", "entro fine ottobre", "fine ottobre"),
    ("dates", "modality", "actual", "planned"),
    ("dates", "date_to", "", date(2022, 10, 31)),
    ("addresses", "house_number", "3", "8"),
    ("links", "url", "https://comune.example.it/casa", "https://comune.example.it/case"),
    ("quantities", "value", "20", "200"),
    ("action_references", "target_code", "MI1.1.1.a", "MI4.1.1.b"),
    ("paragraphs", "kind", "bullet", "paragraph"),
]


@pytest.mark.parametrize(("table", "column", "wrong", "right"), CELLS)
def test_every_kind_of_cell_can_be_shown_corrected(
    tmp_path: Path, table: str, column: str, wrong: object, right: object
) -> None:
    more = "- 20 alloggi in via Roma 3\n\nVedi https://comune.example.it/casa\n\nQuartieri"
    rich = SHEET.replace("Quartieri", more, 1)
    path = put(tmp_path, text=rich)
    rows = [row for row in tables(path)[table] if wrong is None or _is(row[column], wrong)]
    entry = {"wrong": rows[0][column] if wrong is None else wrong, "right": right}
    key = str(rows[0][TABLES[table].key.name])
    path = put(tmp_path, correction(table=table, row=key, column=column, **entry), rich)
    text = shown(path) + shown(path, "MI4.1.1.a")
    assert "cella corretta" in text
    assert "superata" not in text
    spelt = {"private": "risorse private", "in_progress": "in esecuzione"}.get(str(right), right)
    assert str(spelt) in text


def _is(cell: object, wrong: object) -> bool:
    return str("" if cell is None else cell).removesuffix(".000") == str(wrong)
