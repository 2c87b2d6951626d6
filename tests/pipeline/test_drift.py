from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parsers.errors import GrammarError
from pipeline.cli import main
from pipeline.drift import Novelty, drift, patch_of
from pipeline.fingerprint import ReadOptions
from pipeline.overlay import added
from tests.cities import random_edition
from tests.pipeline.novelties import FUNDINGS, plant
from tests.reading import Rows, source, tables
from tests.typeset import Style, need, plain, random_style, render

STYLE = Style(width=100, blanks=0.5)


def put(folder: Path, text: str, name: str = "bari-2023.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def met(path: Path, vocabulary: Path | None = None) -> list[Novelty]:
    return drift(source(path), ReadOptions(vocabulary=vocabulary))


def taught(folder: Path, novelties: list[Novelty]) -> Path:
    path = folder / "vocabulary.toml"
    path.write_text(added("", patch_of(novelties)), encoding="utf-8")
    return path


def ponmetro(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


# -- planted novelties, and none ------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_ten_novelties_are_found_and_once_taught_are_none(tmp_path: Path, seed: int) -> None:
    edition, planted = plant(random_edition(seed, projects=8), seed)
    path = put(tmp_path, plain.text(edition, STYLE))
    found = met(path)
    assert len(found) == sum(map(len, planted.values())) >= 10
    for kind, texts in planted.items():
        own = {one.text for one in found if one.kind == kind}
        assert len(own) == len(texts), kind
        if kind in ("label", "heading", "funding_source", "code_prefix"):
            assert own == texts
    words = taught(tmp_path, found)
    assert met(path, words) == []
    _are_read(tables(path, vocabulary=words), planted)


def _are_read(rows: Rows, planted: dict[str, set[str]]) -> None:
    """What was taught is in the tables where it belongs."""
    assert planted["heading"] & {str(row["title"]) for row in rows["projects"]}
    numbers = [row["number"] for row in rows["projects"] if row["number"] is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    sources = {row["label"]: row["source"] for row in rows["funding"]}
    wanted = dict(FUNDINGS)
    for label in planted["funding_source"]:
        assert sources[label] == wanted[label]
    totals = {str(row["total_stated_eur"]) for row in rows["actions"]}
    assert "150000.75" in totals
    assert ("lavori in corso", "in_progress") in {
        (row["status"], row["phase"]) for row in rows["actions"]
    }
    rules = {row["rule"] for row in rows["findings"]}
    assert not rules & {"unknown_label", "unknown_city"}


@pytest.mark.parametrize("seed", [2, 8])
def test_ten_novelties_are_found_in_a_pdf(tmp_path: Path, seed: int) -> None:
    need("typst")
    edition, planted = plant(random_edition(seed, projects=8), seed)
    path = tmp_path / "edition.pdf"
    path.write_bytes(render(edition, random_style(seed), "typst"))
    found = met(path)
    assert sorted(one.kind for one in found) == sorted(
        kind for kind, texts in planted.items() for _ in texts
    )
    assert met(path, taught(tmp_path, found)) == []


@pytest.mark.parametrize("seed", range(20, 32))
def test_a_known_edition_holds_nothing_new(tmp_path: Path, seed: int) -> None:
    style = random_style(seed)
    assert met(put(tmp_path, plain.text(random_edition(seed), style))) == []


def test_the_shipped_edition_holds_nothing_new() -> None:
    assert met(Path("raw/milano-2022-abridged.pdf")) == []


@pytest.mark.parametrize("name", ["milano-2022.txt", "milano-2022-libreoffice.pdf"])
def test_the_real_report_holds_nothing_new(shared_editions: Path, name: str) -> None:
    assert met(shared_editions / name) == []


# -- one by one -----------------------------------------------------------------------------

SHEET = """\
Progetto 1 - Case

MI4.1.1.a - Recupero di alloggi

Si recuperano alloggi per le famiglie del quartiere.
{before}
Risorse PON METRO € 100.000,00
{money}
Stato di attuazione: {status}
{after}
MI4.1.1.b - Arredi

Si comprano gli arredi.

Risorse PON METRO € 50.000,00
Stato di attuazione: completato
"""


def sheet(**parts: str) -> str:
    return SHEET.format(**{"before": "", "money": "", "status": "completato", "after": "", **parts})


@pytest.mark.parametrize(
    ("parts", "kind", "text", "path"),
    [
        ({"money": "Stato di atuazione: in corso"}, "label", "Stato di atuazione", "labels.status"),
        ({"money": "Costo totalle € 100.000,00"}, "label", "Costo totalle", "labels.total"),
        (
            {"money": "Rissorse PON METR € 5.000,00"},
            "funding_source",
            "Rissorse PON METR",
            "labels.funding.pon_metro",
        ),
        (
            {"money": "Rissorse private A carico del gestore"},
            "funding_source",
            "Rissorse private",
            "labels.funding.private",
        ),
        (
            {"money": "Legge 338/2000 € 5.000,00"},
            "funding_source",
            "Legge 338/2000",
            "labels.funding.other_public",
        ),
        (
            {"before": "Contrade interessate: Librino, Nesima, San Giorgio\n"},
            "label",
            "Contrade interessate",
            "districts.heads",
        ),
        ({"after": "Osservatorio civico\n"}, "heading", "Osservatorio civico", "headings.sections"),
        ({"after": "Partenariato 2 - Scuole\n"}, "heading", "Partenariato", "headings.project"),
        ({"after": "Iniziativa 2 - Scuole\n"}, "heading", "Iniziativa", "headings.project"),
        ({"after": "Pilastro 1 - Scuole\n"}, "heading", "Pilastro", "headings.axis"),
        (
            {"after": "Sezione II - Scuole\n\nProgetto 2 - X\n"},
            "heading",
            "Sezione",
            "headings.axis",
        ),
        (
            {"after": "Inclusione sociale\n\nProgetto 2 - Scuole\n"},
            "heading",
            "Inclusione sociale",
            "headings.sections",
        ),
        (
            {"status": "famiglie seguite da noi"},
            "status_wording",
            "famiglie seguite da noi",
            "phases",
        ),
        ({"status": "cantiere al palo"}, "status_wording", "al palo", "phases.words"),
        ({"status": "lavori complatati"}, "status_wording", "complatati", "phases.words"),
        ({"after": "PER4.1.1.a - Scuole\n"}, "code_prefix", "PER", "cities.PER"),
        ({"before": "Voce | 2019 | 2020\n"}, "line_shape", "a | 0 | 0", "drift.shapes"),
        ({"before": "♦♦♦\n"}, "line_shape", "♦♦♦", "drift.shapes"),
    ],
)
def test_each_novelty_is_named_and_taught_where_it_belongs(
    tmp_path: Path, parts: dict[str, str], kind: str, text: str, path: str
) -> None:
    edition = put(tmp_path, sheet(**parts))
    (found,) = met(edition)
    assert (found.kind, found.text) == (kind, text)
    table: object = found.patch
    for key in path.split("."):
        assert isinstance(table, dict)
        table = table[key]
    assert table
    assert len(found.places) == 1
    assert text.split("|")[0].strip(" a") in found.places[0].text
    assert met(edition, taught(tmp_path, [found])) == []


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"before": "Il progetto comprende: arredi, impianti.\n"},
        {"before": "Azione 1: recupero di edifici\nFase 2: collaudo\n"},
        {"before": "Alloggi nuovi: 20, del Comune e di altri enti, con spazi comuni e servizi.\n"},
        {"before": "Si veda www.comune.example.it/casa?voce=2|3\n"},
        {"status": "lavori conclusi e collaudati, v. https://comune.example.it/a_b"},
        {"status": "gara aggiudicata\n\nlavori avviati a marzo 2021"},
        {"after": "via Garibaldi 12\n"},
        {"money": "Altre risorse pubbliche € 5.000,00"},
    ],
)
def test_what_is_known_or_prose_is_not_new(tmp_path: Path, parts: dict[str, str]) -> None:
    assert met(put(tmp_path, sheet(**parts))) == []


def test_a_question_for_a_label_is_one_where_a_status_lacks(tmp_path: Path) -> None:
    text = sheet().replace("Stato di attuazione: completato\n", "{}\n", 1)
    (found,) = met(put(tmp_path, text.format("A che punto siamo: lavori in corso")))
    assert (found.kind, found.text) == ("label", "A che punto siamo")
    assert found.patch == {"labels": {"status": {"labels": ["a che punto siamo"]}}}


def test_a_bold_label_among_the_fields_needs_no_colon(tmp_path: Path) -> None:
    need("typst")
    edition = random_edition(3)
    first = edition.projects[0]
    own = [
        replace(action, status_label="Grado di realizzazione", status=("lavori in corso",))
        for action in first.actions
    ]
    projects = (replace(first, actions=tuple(own)), *edition.projects[1:])
    path = tmp_path / "edition.pdf"
    path.write_bytes(render(replace(edition, projects=projects), Style(), "typst"))
    (found,) = met(path)
    assert (found.text, len(found.places)) == ("Grado di realizzazione", len(own))
    words = taught(tmp_path, [found])
    assert met(path, words) == []
    status = [row["status"] for row in tables(path, vocabulary=words)["actions"]]
    assert status[: len(own)] == ["lavori in corso"] * len(own)


def test_a_section_by_no_sign_but_its_place_is_asked_about(tmp_path: Path) -> None:
    status = "lavori in corso di esecuzione con consegna ai primi nuclei"
    text = sheet(status=status, after="Osservatorio civico").replace("quartiere", "quartiere qui")
    (found,) = met(put(tmp_path, text))
    assert (found.kind, found.text) == ("heading", "Osservatorio civico")
    assert "end of what is above" in found.doubt


def test_one_novelty_printed_twice_is_one_with_two_places(tmp_path: Path) -> None:
    text = sheet(money="Fondo Aria € 10,00") + "Fondo aria € 20,00\n"
    (found,) = met(put(tmp_path, text))
    assert [place.line for place in found.places] == [
        number for number, line in enumerate(text.splitlines(), 1) if "ondo" in line
    ]


def test_a_novelty_behind_another_is_found_with_it(tmp_path: Path) -> None:
    text = sheet().replace("Stato di attuazione: completato", "Punto di arrivo: tutto al palo", 1)
    text = text.replace("Stato di attuazione", "Punto di arrivo")
    found = met(put(tmp_path, text))
    assert [(one.kind, one.text) for one in found] == [
        ("label", "Punto di arrivo"),
        ("status_wording", "tutto al palo"),
    ]


def test_an_edition_of_an_unknown_city_is_read_once_taught(tmp_path: Path) -> None:
    text = "Comune di Perugia\n\n" + sheet().replace("MI4", "PER4").replace("Progetto 1 - Case", "")
    path = put(tmp_path, text)
    (found,) = met(path)
    assert found.patch == {"cities": {"PER": {"name": "Perugia", "name_en": "Perugia"}}}
    words = taught(tmp_path, [found])
    assert met(path, words) == []
    rows = tables(path, vocabulary=words)
    assert [row["code"] for row in rows["actions"]] == ["PER4.1.1.a", "PER4.1.1.b"]
    assert rows["editions"][0]["city"] == "Perugia"


def test_what_is_no_report_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GrammarError):
        met(put(tmp_path, "Gentile cittadina,\nla ringraziamo.\n"))


def test_a_misspelt_wording_takes_the_meaning_of_the_known_one(tmp_path: Path) -> None:
    path = put(tmp_path, sheet(status="lavori complatati"))
    found = met(path)
    rows = tables(path, vocabulary=taught(tmp_path, found))
    assert rows["actions"][0]["phase"] == "completed"


# -- the command ----------------------------------------------------------------------------


def test_the_command_reports_applies_and_then_finds_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    path = put(raw, sheet(money="Fondo Aria € 10,00", status="cantiere al palo"))
    words = raw / "vocabulary.toml"
    words.write_text('# ours\n[labels.status]\nlabels = ["a che punto siamo"] # since 2021\n')
    seen = ponmetro("drift", path, "--raw", raw)
    assert seen.exit_code == 1
    for expected in ("2 novelties", "Fondo Aria", "line 8: Fondo Aria € 10,00", "nearest known"):
        assert expected in seen.stdout
    assert "fondo aria" not in words.read_text()
    done = ponmetro("drift", path, "--raw", raw, "--apply", "--format", "json")
    assert done.exit_code == 0
    assert {one["kind"] for one in json.loads(done.stdout)["novelties"]} == {
        "funding_source",
        "status_wording",
    }
    text = words.read_text()
    assert text.startswith("# ours\n")
    assert "# since 2021" in text
    assert "write its phase" in text
    again = ponmetro("drift", path, "--raw", raw)
    assert (again.exit_code, again.stdout) == (0, "bari-2023.txt: nothing new\n")
    assert ponmetro("drift", path, "--raw", raw, "--apply").exit_code == 0
    assert words.read_text() == text


def test_the_command_prints_words_that_another_file_can_take(tmp_path: Path) -> None:
    path = put(tmp_path, sheet(money="Fondo Aria € 10,00"))
    words = tmp_path / "elsewhere" / "words.toml"
    printed = ponmetro("drift", path, "--vocabulary", words, "--format", "toml")
    assert printed.exit_code == 1
    assert tomllib.loads(printed.stdout) == {
        "labels": {"funding": {"other_public": {"labels": ["fondo aria"]}}}
    }
    assert not words.exists()
    assert ponmetro("drift", path, "--vocabulary", words, "--apply").exit_code == 0
    assert tomllib.loads(words.read_text()) == tomllib.loads(printed.stdout)
    assert ponmetro("drift", path, "--vocabulary", words).exit_code == 0


def test_a_source_or_a_vocabulary_that_cannot_be_read_has_its_code(tmp_path: Path) -> None:
    assert ponmetro("drift", tmp_path / "no.pdf").exit_code == 3
    path = put(tmp_path, sheet())
    words = put(tmp_path, "[labels]\nstatus = 3\n", "words.toml")
    done = ponmetro("drift", path, "--vocabulary", words)
    assert done.exit_code == 3
    assert "words.toml" in done.stderr
    assert ponmetro("drift", path, "--format", "xml").exit_code == 2
