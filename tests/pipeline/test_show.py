"""``ponmetro show``: an edition or an action as a person reads it, with where it was printed."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from parsers.errors import ReportError
from pipeline.cli import main
from pipeline.fingerprint import ReadOptions
from pipeline.show import UnknownCodeError, render
from pipeline.terminal import Paper
from tests.reading import source

TEXT = (
    "Progetto 1 – Quartieri connessi\n"
    "\n"
    "MI.4.2.1.b - Quartieri connessi – Riqualificazione\n"
    "\n"
    "Un testo che descrive l’azione, collegata con l’azione MI1.1.1.a.\n"
    "\n"
    "Risorse PON METRO € 1.552.500,00\n"
    "Altre risorse pubbliche € 500,50\n"
    "Costo totale € 1.553.000,50\n"
    "Stato di attuazione: lavori conclusi, il collaudo è previsto a fine 2023\n"
    "\n"
    "MI1.1.1.a - Piattaforma digitale\n"
    "\n"
    "Un testo che descrive la piattaforma, in via Garibaldi 12.\n"
    "\n"
    "Risorse PON METRO € 1.250.00,00\n"
)


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    path = tmp_path / "milano.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def shown(path: Path, code: str | None = None) -> str:
    return render(source(path), code, ReadOptions())


def test_an_edition_in_raw_is_shown_by_its_id(edition: Path) -> None:
    raw = ["--raw", str(edition.parent)]
    by_file = CliRunner().invoke(main, ["show", str(edition), *raw])
    by_id = CliRunner().invoke(main, ["show", "milano", *raw])
    assert by_id.exit_code == by_file.exit_code == 0
    assert by_id.output == by_file.output
    assert CliRunner().invoke(main, ["show", "torino", *raw]).exit_code == 3


def line_with(text: str, words: str) -> str:
    (line,) = (line for line in text.split("\n") if words in line)
    return line


def test_an_edition_shows_its_actions_with_their_places(edition: Path) -> None:
    text = shown(edition)
    assert "PON Città Metropolitane" in text
    assert re.search(r"Progetto 1 – Quartieri connessi +1$", text, re.MULTILINE)
    assert re.search(r"MI4\.2\.1\.b  Quartieri connessi – Riqualificazione +3$", text, re.MULTILINE)
    assert re.search(r"in esecuzione +1\.553\.000,50$", text, re.MULTILINE)
    assert re.search(r"MI1\.1\.1\.a  Piattaforma digitale +12$", text, re.MULTILINE)


def test_sums_are_aligned(edition: Path) -> None:
    text = shown(edition)
    pon, other = line_with(text, "  PON Metro "), line_with(text, "altre risorse pubbliche ")
    assert "1.552.500,00" in pon
    assert "500,50" in other
    assert pon.index(",00") == other.index(",50")
    assert "illeggibile: 1" in pon


def test_findings_and_coverage_are_shown(edition: Path) -> None:
    text = shown(edition)
    assert re.search(r"errore: importo illeggibile: .*1\.250\.00,00 +16$", text, re.MULTILINE)
    assert "avvertenza: stato mancante" in text
    assert "titolo di azione 2" in text
    assert "riga vuota 6" in text
    assert text.endswith("nessuno")


def test_text_that_no_rule_takes_is_shown(edition: Path) -> None:
    edition.write_text(TEXT + "\n\ufffd\ufffd ?!\n", encoding="utf-8")
    assert re.search(r"\ufffd\ufffd \?! +18$", shown(edition), re.MULTILINE)


@pytest.mark.parametrize("code", ["MI4.2.1.b", "mi.4.2.1.b", "MI 4.2.1 b", "4.2.1.b"])
def test_an_action_under_any_spelling_of_its_code(edition: Path, code: str) -> None:
    text = shown(edition, code)
    assert text.startswith("MI4.2.1.b  Quartieri connessi – Riqualificazione")
    assert "stampato «MI.4.2.1.b»" in text
    assert "asse 4 · obiettivo specifico 4.2 · fondo FESR" in text
    assert "Costo totale" in line_with(text, "uguale alla somma")
    assert "2023-10-01 / 2023-12-31" in text
    assert re.search(r"MI1\.1\.1\.a  Piattaforma digitale +5$", text, re.MULTILINE)
    places = [line.split()[-1] for line in text.split("\n") if re.search(r" (7|8|9)$", line)]
    assert places == ["7", "8", "9"]


def test_an_action_shows_what_is_wrong_with_it_and_not_with_others(edition: Path) -> None:
    text = shown(edition, "MI1.1.1.a")
    assert "illeggibile: «€ 1.250.00,00»" in text
    assert "errore: importo illeggibile" in text
    assert "nessuno stampato" in text
    assert "via Garibaldi 12" in text
    assert "illeggibile" not in shown(edition, "MI4.2.1.b")


def test_both_printings_of_a_code_are_shown(edition: Path) -> None:
    edition.write_text(TEXT + TEXT.split("\n\n", 1)[1], encoding="utf-8")
    text = shown(edition, "MI1.1.1.a")
    assert text.count("MI1.1.1.a  Piattaforma digitale") == 2
    assert text.count("codice ripetuto") == 1


def test_an_unknown_code_names_the_nearest(edition: Path) -> None:
    with pytest.raises(UnknownCodeError) as caught:
        shown(edition, "MI4.2.1.c")
    assert isinstance(caught.value, ReportError)
    assert "milano.txt" in str(caught.value)
    assert "MI4.2.1.b" in str(caught.value)
    with pytest.raises(UnknownCodeError, match=r"its codes are MI4\.2\.1\.b, MI1\.1\.1\.a"):
        shown(edition, "quartieri")


@pytest.mark.parametrize("columns", [40, 57, 80, 133])
@pytest.mark.parametrize("code", [None, "MI4.2.1.b", "MI1.1.1.a"])
def test_nothing_is_wider_than_the_terminal(
    edition: Path, monkeypatch: pytest.MonkeyPatch, columns: int, code: str | None
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = shown(edition, code).split("\n")
    assert max(map(len, lines)) <= columns
    assert any(len(line) == columns for line in lines)
    assert not any(line != line.rstrip() for line in lines)


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in shown(edition)
    monkeypatch.setattr("sys.stdout", _Terminal())
    coloured, plain = shown(edition), None
    monkeypatch.setenv("NO_COLOR", "1")
    plain = shown(edition)
    monkeypatch.undo()
    assert "\x1b[1m" in coloured
    assert "\x1b[31m" in coloured
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[\d*m", "", coloured) == plain


def test_a_table_of_long_cells_keeps_its_columns() -> None:
    paper = Paper(60)
    paper.table(
        [
            ("Un’etichetta assai lunga che non sta su di una riga sola", "1,00", "nota", "3:7"),
            ("Breve", "1.000.000,00", "una nota che è lunga anche lei e va a capo", "12:345"),
        ],
        right={1},
        places=True,
    )
    lines = str(paper).split("\n")
    assert max(map(len, lines)) == 60
    ends = {
        line.index(sum_) + len(sum_)
        for line in lines
        for sum_ in ("1,00", "1.000.000,00")
        if f" {sum_}" in line
    }
    assert len(ends) == 1
    assert [line.split()[-1] for line in lines if line.endswith(("3:7", "12:345"))] == [
        "3:7",
        "12:345",
    ]


def test_the_command(edition: Path) -> None:
    good = CliRunner().invoke(main, ["show", str(edition), "MI1.1.1.a"])
    assert good.exit_code == 0
    assert good.stdout.startswith("MI1.1.1.a  Piattaforma digitale")
    bad = CliRunner().invoke(main, ["show", str(edition), "MI1.1.1.b"])
    assert bad.exit_code == 3
    assert bad.stdout == ""
    assert "did you mean MI1.1.1.a" in bad.stderr
