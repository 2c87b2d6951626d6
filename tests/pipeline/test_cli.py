"""The command line: what it prints where, and what it exits with."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pipeline import __version__
from pipeline.cli import main
from pipeline.talk import Talk
from tests.pipeline.test_store import ENVIRONMENT, PROGRAM


def ponmetro(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def ready(raw: Path) -> Path:
    (raw / "a.txt").write_text("A 1234567.50 !!title")
    (raw / "b.txt").write_text("B 2.00 title")
    return raw


def test_a_run_says_what_is_published_and_what_to_look_at(ready: Path, output: Path) -> None:
    done = ponmetro("run", "--raw", ready, "--output", output)
    assert done.exit_code == 0
    assert not done.stdout
    assert "a: 1 project, 1 action, EUR 1.234.567,50, 1 error, 0 warnings (read)" in done.stderr
    assert "error: a.txt, page 1, line 1: said, so [total_mismatch]" in done.stderr
    assert f"published: {output}/csv" in done.stderr
    assert "unchanged: " in ponmetro("run", "--raw", ready, "--output", output).stderr


@pytest.mark.parametrize(
    ("strict", "source", "code"),
    [
        ([], "a.txt", 0),
        (["--strict"], "a.txt", 1),
        (["--strict"], "b.txt", 0),
        (["--strict=warning"], "b.txt", 0),
        (["--strict=error"], "a.txt", 1),
        (["--strict=rubbish"], "a.txt", 2),
    ],
)
def test_strict_stands_before_a_source_as_well(
    ready: Path, output: Path, strict: list[str], source: str, code: int
) -> None:
    assert ponmetro("run", *strict, ready / source, "--output", output).exit_code == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["run", "--rubbish"], 2),
        (["run", "--workers", "0"], 2),
        (["run", "--reader", "rubbish"], 2),
        (["run", "--raw", "no-such-folder"], 2),
        (["run", "no-such-file.pdf"], 3),
        (["schema", "--format", "rubbish"], 2),
        (["rubbish"], 2),
    ],
)
def test_wrong_usage_and_missing_files_have_their_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    done = ponmetro(*words)
    assert done.exit_code == code
    assert done.stderr


def test_an_output_that_is_no_folder_has_its_code(ready: Path, tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "csv").write_text("mine")
    done = ponmetro("run", "--raw", ready, "--output", tmp_path / "output")
    assert done.exit_code == 4
    assert "--output" in done.stderr


def test_logs_are_one_object_a_line(ready: Path, output: Path) -> None:
    (ready / "c.txt").write_text("FAULT")
    done = ponmetro("run", "--raw", ready, "--output", output, "--json-logs")
    assert done.exit_code == 3
    objects = [json.loads(line) for line in done.stderr.splitlines()]
    assert {one["level"] for one in objects} == {"info", "error"}
    assert any(one.get("euros") == "1234567.50" for one in objects)
    assert any(one.get("rule") == "total_mismatch" and one["line"] == "1" for one in objects)


def test_every_command_and_option_has_help() -> None:
    for name, command in main.commands.items():
        said = ponmetro(name, "--help")
        assert said.exit_code == 0
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"
    assert "Exit codes" in ponmetro("run", "--help").stdout


def test_the_version_is_told() -> None:
    assert __version__ in ponmetro("--version").stdout


@pytest.mark.parametrize("form", ["markdown", "json", "sql"])
def test_the_schema_goes_to_standard_output(form: str) -> None:
    done = ponmetro("schema", "--format", form)
    assert done.exit_code == 0
    assert "total_stated_eur" in done.stdout
    assert not done.stderr


def test_show_tells_what_is_wrong_with_a_source(tmp_path: Path) -> None:
    done = ponmetro("show", tmp_path / "no.pdf")
    assert done.exit_code == 3
    assert "no such file" in done.stderr


def test_show_tells_of_a_folder_without_editions(tmp_path: Path) -> None:
    done = ponmetro("show", tmp_path)
    assert done.exit_code == 3
    assert f"{tmp_path}: no edition is in this folder" in done.stderr


def test_a_run_in_which_nothing_changed_loads_no_reader_and_no_arrow(
    ready: Path, output: Path
) -> None:
    """What makes it quick; the time itself is for ``make bench``."""
    arguments = ["--raw", str(ready), "--output", str(output)]
    subprocess.run([*PROGRAM, *arguments], env=ENVIRONMENT, check=True, capture_output=True)
    code = (
        "import atexit, sys, pipeline.cli\n"
        "heavy = ('pyarrow', 'pandas', 'numpy', 'pypdfium2', 'pdfplumber', 'pipeline.edition')\n"
        "atexit.register(lambda: print([name for name in heavy if name in sys.modules]))\n"
        "pipeline.cli.main(['run', *sys.argv[1:]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "unchanged" in done.stderr
    assert done.stdout.strip() == "[]"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_and_colour_are_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain, terminal, quiet = io.StringIO(), Terminal(), Terminal()
    for stream in (plain, terminal):
        talk = Talk(stream=stream)
        talk.progress("1/2 a.txt")
        talk.error("no")
    assert plain.getvalue() == "error: no\n"
    assert "1/2 a.txt" in terminal.getvalue()
    assert "\x1b[31m" in terminal.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    Talk(stream=quiet).error("no")
    assert quiet.getvalue() == "error: no\n"


def test_every_command_that_reads_takes_words_of_ones_own(tmp_path: Path) -> None:
    sheet = "PROGETTO 1 - Case\n\nMI4.1.1.a - Alloggi\n\nFondo Aria € 10,00\n"
    sheet += "Stato di attuazione: completato\n"
    path, words = tmp_path / "milano.txt", tmp_path / "words.toml"
    path.write_text(sheet, encoding="utf-8")
    words.write_text('[labels.funding.private]\nlabels = ["fondo aria"]\n', encoding="utf-8")
    output = tmp_path / "output"

    def ponmetro(*said: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in said])

    own = ("--vocabulary", words)
    assert ponmetro("run", path, "--output", output, *own).exit_code == 0
    assert "/funding-1,milano,milano/MI4.1.1.a,private," in (
        output / "csv" / "funding.csv"
    ).read_text(encoding="utf-8")
    assert "risorse private" in ponmetro("show", path, "MI4.1.1.a", *own).stdout
    assert "unknown_label" in ponmetro("check", path).stdout
    assert "unknown_label" not in ponmetro("check", path, *own).stdout
    assert ponmetro("diff", "milano", path, "--output", output, *own).exit_code == 0
    assert ponmetro("diff", "milano", path, "--output", output).exit_code == 1
    assert ponmetro("drift", path, *own).exit_code == 0
    assert ponmetro("verify", output, path, *own).exit_code == 0
    assert ponmetro("verify", output, path).exit_code == 1


@pytest.mark.parametrize("command", ["run", "check", "show"])
def test_words_that_are_not_there_are_wrong_usage(tmp_path: Path, command: str) -> None:
    done = CliRunner().invoke(main, [command, "a.txt", "--vocabulary", str(tmp_path / "no.toml")])
    assert done.exit_code == 2
    assert "no.toml" in done.stderr


def test_a_run_points_to_what_changed_and_to_what_is_new(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    raw.mkdir()
    sheet = "PROGETTO 1 - Case\n\nMI4.1.1.a - Alloggi\n\n{money}\nStato di attuazione: completato\n"
    for year, money in ((2022, "Risorse PON METRO € 10,00"), (2023, "Fondo Aria € 10,00")):
        (raw / f"milano-{year}.txt").write_text(sheet.format(money=money), encoding="utf-8")
        (raw / f"milano-{year}.toml").write_text(f"reference_date = {year}-06-30\n")
    places = ("--raw", str(raw), "--output", str(output))
    said = CliRunner().invoke(main, ["run", *places]).stderr
    assert (
        "milano-2023: 2 differences from milano-2022; ponmetro diff milano-2022 milano-2023" in said
    )
    assert "ponmetro drift on milano-2023.txt" in said
    assert "drift on milano-2022.txt" not in said
    assert "differences" not in CliRunner().invoke(main, ["run", *places]).stderr
    assert "ponmetro check --output" in CliRunner().invoke(main, ["check", *places[:2]]).stderr
    dearer = sheet.format(money="Risorse PON METRO € 11,00")
    (raw / "milano-2023.txt").write_text(dearer, encoding="utf-8")
    said = CliRunner().invoke(main, ["run", *places]).stderr
    assert "milano-2023: 1 difference from milano-2022; " in said


def test_an_edition_that_shrinks_is_refused_with_what_to_do(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    raw.mkdir()
    path = raw / "milano-2022.txt"
    sheet = "MI4.1.1.{} - Alloggi\n\nRisorse PON METRO € 10,00\nStato di attuazione: completato\n"
    path.write_text("PROGETTO 1 - Case\n" + "".join(map(sheet.format, "abcdef")), encoding="utf-8")
    places = ["run", "--raw", str(raw), "--output", str(output)]
    assert CliRunner().invoke(main, places).exit_code == 0
    path.write_text("PROGETTO 1 - Case\n" + sheet.format("a"), encoding="utf-8")
    refused = CliRunner().invoke(main, places)
    assert refused.exit_code == 3
    assert f"ponmetro diff milano-2022 {path}" in refused.stderr
    told = ["diff", "milano-2022", str(path), "--output", str(output)]
    assert "removed" in CliRunner().invoke(main, told).stdout
    assert CliRunner().invoke(main, [*places, "--accept=milano-2022"]).exit_code == 0


def test_a_text_of_a_hundred_and_thirty_thousand_letters_is_a_cell_as_any(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    raw.mkdir()
    long = "parola " * 18_800
    sheet = "Progetto 1 - Case\n\nMI4.1.1.a - {title}\n\nRisorse PON METRO € 10,00\n\n{text}.\n"
    for year, title in ((2022, "Alloggi"), (2023, "Orti")):
        text = sheet.format(title=title, text=long) + f"Stato di attuazione: {long}{year}\n"
        (raw / f"milano-{year}.txt").write_text(text, encoding="utf-8")
    places = ("--raw", raw, "--output", output)
    assert ponmetro("run", *places).exit_code == 0
    assert ponmetro("check", "--output", output).exit_code in (0, 1)
    assert ponmetro("diff", "milano-2022", "milano-2023", "--output", output).exit_code == 1


def test_report_tells_of_a_source_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.pages.missing_modules", list)
    monkeypatch.setattr("pipeline.pages.report", lambda *places, **said: True)
    done = ponmetro("report", tmp_path / "missing.pdf")
    assert done.exit_code == 0
    assert "missing.pdf: no such file" in done.stderr
