"""Two readings of one PDF are compared record by record; a difference is one finding."""

from __future__ import annotations

import csv
import dataclasses
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from parsers.errors import SourceError
from parsers.grammar import parse_report
from parsers.lines import Document, Line
from parsers.report import Signal
from pipeline.cli import main
from pipeline.crosscheck import Reading, disagreements
from pipeline.fingerprint import ReadOptions
from pipeline.readers import plumber
from pipeline.run import run
from pipeline.verify import verify
from tests import reading
from tests.pipeline.readers.drawn import Sheet

SHEETS = [
    "Progetto 1 - Case e servizi",
    "Il progetto è in trasferimento.",
    "MI1.1.1.a - Recupero di alloggi",
    "L'intervento riguarda 12 alloggi in via Pianell 15, come l'azione MI1.1.1.b.",
    "I lavori finiscono nella prima metà del 2022.",
    "Risorse PON METRO: € 1.552.500,00",
    "Altre risorse pubbliche: € 47.500,00",
    "Costo totale: € 1.600.000,00",
    "Stato di attuazione: in corso di esecuzione. Conclusione prevista entro il 31 dicembre 2023.",
    "MI1.1.1.b - Servizi per la casa",
    "Servizi di accompagnamento.",
    "Risorse PON METRO: € 300.000,00",
    "Stato di attuazione: concluso",
    "Progetto 2 - Acqua",
    "MI2.1.1.a - Reti",
    "Reti nuove.",
    "Risorse PON METRO: € 20.000,00",
    "Stato di attuazione: concluso",
]


def sheet(path: Path, lines: list[str] | None = None) -> Path:
    """A PDF of one page, each line of it set by itself."""
    drawn = Sheet(path)
    for place, text in enumerate(lines or SHEETS):
        drawn.text(50, 50 + 16 * place, text)
    drawn.canvas.save()
    return path


@dataclass
class Twice:
    """The document of a PDF, to be given again with something changed."""

    document: Document

    def told(self, change: Callable[[list[Line]], list[Line]]) -> list[Signal]:
        lines = [
            line._replace(number=number)
            for number, line in enumerate(change(list(self.document.lines)), 1)
        ]
        again = dataclasses.replace(self.document, lines=lines, reader="other")
        return disagreements(
            Reading(self.document, parse_report(self.document)), Reading(again, parse_report(again))
        )

    def misread(self, before: str, after: str) -> list[Signal]:
        assert any(before in line.text for line in self.document.lines)
        return self.told(lambda lines: [_with(line, before, after) for line in lines])


def _with(line: Line, before: str, after: str) -> Line:
    text = line.text.replace(before, after)
    more = len(text) - len(line.text)
    assert line.lefts is not None
    assert line.rights is not None
    lefts, rights = list(line.lefts), list(line.rights)
    if more > 0:
        lefts, rights = lefts + [lefts[-1]] * more, rights + [rights[-1]] * more
    return line._replace(text=text, lefts=lefts[: len(text)], rights=rights[: len(text)])


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    path = sheet(tmp_path_factory.mktemp("sheet") / "sheet.pdf")
    document = reading.read(path, pairs=reading.announces)
    assert [line.text for line in document.lines] == SHEETS
    return Twice(document)


# -- what differs ------------------------------------------------------------------------------

PLANTED = [
    # before, after, cell, line, action, both readings
    ("1.552.500", "1.582.500", "funding.amount_printed of MI1.1.1.a", 6, "MI1.1.1.a",
     ("'€ 1.552.500,00'", "'€ 1.582.500,00'")),
    ("Altre risorse pubbliche", "Altre risorse publiche", "funding.label of MI1.1.1.a", 7,
     "MI1.1.1.a", ("'Altre risorse pubbliche'", "'Altre risorse publiche'")),
    ("1.600.000,00", "1.600.000,01", "actions.total_stated_eur of MI1.1.1.a", 8, "MI1.1.1.a",
     ("1600000.00", "1600000.01")),
    ("Recupero di alloggi", "Recupero di aloggi", "actions.title of MI1.1.1.a", 3, "MI1.1.1.a",
     ("'Recupero di alloggi'", "'Recupero di aloggi'")),
    ("MI2.1.1.a", "MI2.1.1.e", "actions.code of MI2.1.1.a", 15, "MI2.1.1.a",
     ("MI2.1.1.a", "MI2.1.1.e")),
    ("MI2.1.1.a", "MI.2.1.1.a", "actions.code_printed of MI2.1.1.a", 15, "MI2.1.1.a",
     ("'MI2.1.1.a'", "'MI.2.1.1.a'")),
    ("Acqua", "Aria", "projects.title of progetto 2", 14, None, ("'Acqua'", "'Aria'")),
    ("Progetto 2", "Progetto 3", "projects.number of progetto 2", 14, None, ("2", "3")),
    ("via Pianell 15", "via Pianell 18", "paragraphs.text of MI1.1.1.a", 4, "MI1.1.1.a",
     ("Pianell 15", "Pianell 18")),
    ("12 alloggi", "72 alloggi", "paragraphs.text of MI1.1.1.a", 4, "MI1.1.1.a",
     ("12 alloggi", "72 alloggi")),
    ("l'azione MI1.1.1.b", "l'azione MI1.1.1.d", "paragraphs.text of MI1.1.1.a", 4, "MI1.1.1.a",
     ("MI1.1.1.b", "MI1.1.1.d")),
    ("metà del 2022", "metà del 2023", "paragraphs.text of MI1.1.1.a", 5, "MI1.1.1.a",
     ("del 2022", "del 2023")),
    ("31 dicembre", "81 dicembre", "status_clauses.text of MI1.1.1.a", 9, "MI1.1.1.a",
     ("31 dicembre 2023", "81 dicembre 2023")),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "cell", "line", "code", "readings"), PLANTED)
def test_a_misread_cell_is_one_finding(
    twice: Twice,
    before: str,
    after: str,
    cell: str,
    line: int,
    code: str | None,
    readings: tuple[str, str],
) -> None:
    (found,) = twice.misread(before, after)
    assert (found.rule, found.line, found.code) == ("reader_disagreement", line, code)
    assert found.message.startswith(f"{cell}: pdfium reads ")
    ours, theirs = found.message.split(", other reads ")
    for said, words in ((ours, readings[0]), (theirs, readings[1])):
        assert words in said
        assert said.endswith(f"(page 1, line {line})")
    assert found.text.strip("…") in SHEETS[line - 1]


def test_a_row_that_one_reading_lacks(twice: Twice) -> None:
    (found,) = twice.told(lambda lines: [line for line in lines if "Altre" not in line.text])
    assert (found.line, found.code) == (7, "MI1.1.1.a")
    assert found.message == (
        "funding of MI1.1.1.a: pdfium reads 'Altre risorse pubbliche € 47.500,00' "
        "(page 1, line 7), other reads no such row"
    )


def test_a_row_that_only_the_second_reading_has(twice: Twice) -> None:
    """It stands in no line of the first: the finding goes to the line nearest on the page."""

    def more(lines: list[Line]) -> list[Line]:
        line = _with(lines[6], "Altre risorse pubbliche: € 47.500,00", "Risorse private: € 5,00")
        return [*lines[:7], line, *lines[7:]]

    (found,) = twice.told(more)
    assert (found.line, found.code) == (7, "MI1.1.1.a")
    assert found.message == (
        "funding of MI1.1.1.a: pdfium reads no such row, "
        "other reads 'Risorse private € 5,00' (page 1, line 8)"
    )


def test_an_action_that_one_reading_does_not_see(twice: Twice) -> None:
    found = twice.misread("MI2.1.1.a - Reti", "Una nota di testo")
    said = "pdfium reads 'MI2.1.1.a Reti' (page 1, line 15), other reads no such row"
    assert f"actions of MI2.1.1.a: {said}" in {each.message for each in found}
    unseen = twice.misread("MI1.1.1.b - Servizi per la casa", "MI1.1.1.a - Servizi per la casa")
    assert any("MI1.1.1.b" in each.message for each in unseen)


def test_rows_and_actions_in_another_order(twice: Twice) -> None:
    def swapped(lines: list[Line]) -> list[Line]:
        return [*lines[:5], lines[6], lines[5], *lines[7:]]

    (found,) = twice.told(swapped)
    assert "reads it in another place (page 1, line " in found.message
    (found,) = twice.told(lambda lines: [*lines[:2], *lines[9:13], *lines[2:9], *lines[13:]])
    assert found.message.startswith(
        "actions.position of MI1.1.1.b: pdfium reads it after MI1.1.1.a"
    )


def test_paragraphs_that_are_cut_otherwise_are_one_finding(twice: Twice) -> None:
    def cut(lines: list[Line]) -> list[Line]:
        long = lines[3]
        assert long.lefts is not None
        assert long.rights is not None
        at = long.text.index("come")
        halves = [
            long._replace(
                text=long.text[part], lefts=long.lefts[part], rights=long.rights[part],
                cell=(7, row, 0),
            )
            for row, part in enumerate((slice(0, at), slice(at, None)))
        ]  # fmt: skip
        return [*lines[:3], *halves, *lines[4:]]

    found = twice.told(cut)
    assert [each.message.split(" of ")[0] for each in found][:1] == ["paragraphs"]
    assert " | " in found[0].message


# -- what does not -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Recupero di alloggi", "RECUPERO DI ALLOGGI"),  # small capitals, to one engine
        ("Recupero di alloggi", "Recuperodi  alloggi"),  # words set without spaces
        ("Servizi di accompagnamento", "Servizi di ac-compagnamento"),
        ("€ 300.000,00", "€300.000,00"),
        ("Risorse PON METRO: €", "RISORSE PON METRO: €"),
    ],
)
def test_what_no_engine_can_know_is_no_disagreement(twice: Twice, before: str, after: str) -> None:
    assert twice.misread(before, after) == []


def test_readings_on_other_lines_and_pages_agree(twice: Twice) -> None:
    def later(lines: list[Line]) -> list[Line]:
        blank = lines[0]._replace(text="  ", lefts=[0.0] * 2, rights=[0.0] * 2)
        return [blank] + [line._replace(page=2) for line in lines]

    assert twice.told(later) == []


# -- real second readings ----------------------------------------------------------------------

_MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <35> <35> [/eight] endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""
"""A character map with a glyph's name in it: pdfplumber takes the 5 for an 8, PDFium does not."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw"


def ambiguous(folder: Path) -> Path:
    path = sheet(folder / "milano.pdf", [*SHEETS[:1], *SHEETS[2:3], "Casa.", SHEETS[5], SHEETS[12]])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                thing.ToUnicode = pdf.make_stream(_MAP)
        pdf.save(path)
    return path


def findings(output: Path) -> list[dict[str, str]]:
    with (output / "csv" / "findings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("reader", "sums"), [("pdfium", "55"), ("pdfplumber", "88")])
def test_a_character_map_that_one_engine_reads_otherwise(
    folder: Path, reader: str, sums: str
) -> None:
    ambiguous(folder)
    output = folder.parent / "output"
    run([], raw=folder, output=output, options=ReadOptions(reader, cross_check=True))
    (found,) = findings(output)
    other = {"pdfium": "pdfplumber", "pdfplumber": "pdfium"}[reader]
    read = {"55": "'€ 1.552.500,00'", "88": "'€ 1.882.800,00'"}
    assert found["message"] == (
        f"funding.amount_printed of MI1.1.1.a: {reader} reads {read.pop(sums)} (page 1, line 4), "
        f"{other} reads {next(iter(read.values()))} (page 1, line 4)"
    )
    assert {name: found[name] for name in ("rule", "severity", "action_id", "page", "line")} == {
        "rule": "reader_disagreement",
        "severity": "error",
        "action_id": "milano/MI1.1.1.a",
        "page": "1",
        "line": "4",
    }
    verdict = verify(output, [folder / "milano.pdf"])
    assert {failure.check for failure in verdict.failures} <= {f"read by {other}"}


def test_commands_that_read_can_cross_check(folder: Path) -> None:
    path = str(ambiguous(folder))
    output = str(folder.parent / "output")
    runner = CliRunner()
    for command in (["run", path, "--output", output, "--strict"], ["check", path]):
        assert runner.invoke(main, command).exit_code == 0
        failed = runner.invoke(main, [*command, "--cross-check"])
        assert failed.exit_code == 1
        assert "pdfplumber reads '€ 1.882.800,00'" in failed.output
    shown = runner.invoke(main, ["show", path, "MI1.1.1.a", "--cross-check"])
    assert "lettori discordi" in shown.output


def test_a_run_knows_whether_it_compared(folder: Path) -> None:
    ambiguous(folder)
    (folder / "testo.txt").write_text("\n".join(SHEETS), encoding="utf-8")
    output = folder.parent / "output"
    for crossed, read, errors in ((False, ["milano", "testo"], 0), (True, ["milano"], 1),
                                  (True, [], 1), (False, ["milano"], 0)):  # fmt: skip
        options = ReadOptions(cross_check=crossed)
        result = run([], raw=folder, output=output, options=options)
        assert result.read == read
        assert result.findings("error") == errors


def _crash(*_: object, **__: object) -> Document:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _refuse(path: Path, **_: object) -> Document:
    raise SourceError("the PDF is damaged: export or download it again", source=path.name)


@pytest.mark.parametrize(("fault", "said"), [(_crash, "was killed"), (_refuse, "is damaged")])
def test_a_second_reader_that_fails_costs_no_edition(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., Document], said: str
) -> None:
    sheet(folder / "milano.pdf")
    output = folder.parent / "output"
    assert run([], raw=folder, output=output).exit_code() == 0
    monkeypatch.setattr(plumber, "read", fault)
    result = run([], raw=folder, output=output, options=ReadOptions(cross_check=True))
    (found,) = (each for each in findings(output) if each["rule"] == "not_cross_checked")
    assert found["severity"] == "warning"
    assert said in found["message"]
    assert "pdfplumber" in found["message"]
    assert (result.exit_code("error"), result.exit_code("warning")) == (0, 1)
    assert result.fragments["milano"].rows("actions") == 3
