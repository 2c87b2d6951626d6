from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.run import run

CLEAN = """\
Progetto 1 - Case

MI4.1.1.a - Recupero di alloggi

Risorse PON METRO € 100.000,00
Stato di attuazione: completato
"""
WARNED = CLEAN.replace("Stato di attuazione: completato\n", "")
WRONG = CLEAN.replace(
    "Stato", "Altre risorse pubbliche € 5.000,00\nCosto totale € 100.000,00\nStato"
)


def ponmetro(*words: object) -> Result:
    return CliRunner().invoke(main, ["check", *(str(word) for word in words)])


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (CLEAN, [], 0),
        (CLEAN, ["--strict=warning"], 0),
        (WARNED, [], 0),
        (WARNED, ["--strict"], 0),
        (WARNED, ["--strict=warning"], 1),
        (WRONG, [], 1),
        (WRONG, ["--strict"], 1),
        ("nothing of the kind\n", [], 3),
        (CLEAN, ["--format", "xml"], 2),
        (CLEAN, ["--output", "output"], 2),
    ],
)
def test_exit_codes_fit_a_pipeline(
    tmp_path: Path, text: str, options: list[str], code: int
) -> None:
    assert ponmetro(put(tmp_path, "milano-2023", text), *options).exit_code == code


def test_a_person_reads_them_by_edition_and_rule_with_the_line(tmp_path: Path) -> None:
    put(tmp_path, "a", WRONG)
    put(tmp_path, "b", WARNED)
    put(tmp_path, "c", CLEAN)
    said = ponmetro("--raw", tmp_path).stdout
    assert said.index("a: 1 error, 0 warnings, 0 notes") < said.index("b: 0 errors, 1 warning")
    assert "c: 0 errors, 0 warnings, 0 notes" in said
    assert "error: total_mismatch (1) - total mismatch / totale diverso dalla somma" in said
    assert "line 7, MI4.1.1.a: the sources sum to 105000.00" in said
    assert "| Costo totale € 100.000,00" in said
    assert "| MI4.1.1.a - Recupero di alloggi" in said


def test_programs_read_the_same_findings(tmp_path: Path) -> None:
    path = put(tmp_path, "a", WRONG)
    found = json.loads(ponmetro(path, "--format", "json").stdout)
    (one,) = found["a"]
    assert (one["rule"], one["line"], one["page"]) == ("total_mismatch", 7, None)
    assert one["quoted"] == "Costo totale € 100.000,00"
    (row,) = csv.DictReader(io.StringIO(ponmetro(path, "--format", "csv").stdout))
    assert {key: value or None for key, value in row.items()} == {
        key: None if value is None else str(value) for key, value in one.items()
    }


def test_a_workflow_reads_annotations(tmp_path: Path) -> None:
    path = put(tmp_path, "a", WRONG.replace("alloggi", "100% alloggi").replace("Case", "C, a: b"))
    lines = ponmetro(path, "--format", "github").stdout.splitlines()
    (line,) = lines
    assert line.startswith(f"::error file={path},line=7,title=total_mismatch::")
    assert line.endswith("%0ACosto totale € 100.000,00")
    warned = put(tmp_path, "b", WARNED.replace("alloggi", "100% alloggi"))
    (line,) = ponmetro(warned, "--format", "github").stdout.splitlines()
    assert line.startswith("::warning ")
    assert "100%25 alloggi" in line


def test_one_bad_source_does_not_hide_the_others(tmp_path: Path) -> None:
    put(tmp_path, "a", "nothing of the kind\n")
    put(tmp_path, "b", WRONG)
    done = ponmetro(tmp_path)
    assert done.exit_code == 3
    assert "total_mismatch" in done.stdout
    assert "a.txt" in done.stderr


def test_nothing_is_published_and_what_is_can_be_checked(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    put(raw, "a", WRONG)
    read = ponmetro(raw, "--format", "json")
    assert not output.exists()
    assert ponmetro("--output", output).exit_code == 3
    run([raw], output=output)
    published = ponmetro("--output", output, "--format", "json")
    assert published.exit_code == 1
    (before,), (after,) = (json.loads(done.stdout)["a"] for done in (read, published))
    assert {**before, "file": "a.txt"} == after


def test_an_empty_folder_is_no_clean_bill(tmp_path: Path) -> None:
    done = ponmetro("--raw", tmp_path)
    assert done.exit_code == 3
    assert "no edition" in done.stderr
    assert ponmetro("--raw", tmp_path / "no").exit_code == 2
