"""A package is proved as published, and no longer when anything in it or its source is changed."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline.commands.verify import command
from pipeline.fingerprint import ReadOptions
from pipeline.parquet import write_parquet
from pipeline.run import run
from pipeline.schema import TABLES
from pipeline.verify import PackageError, Verdict, verify
from pipeline.verify import replay as replaying
from pipeline.verify.source import essence, text_lines
from tests.cities import random_edition
from tests.truth import ROOT
from tests.typeset import Style, need, plain, random_style, render, word
from tests.typeset.boxes import Display

# What a sidecar may name, and no source prints: without the sidecar a change cannot be told.
GIVEN = {
    ("editions", column)
    for column in (
        "city_code",
        "city",
        "programme",
        "cci",
        "title",
        "reference_date",
        "source_url",
        "publisher",
        "licence",
    )
}
DIGITS = "0123456789"


@dataclass(frozen=True)
class Published:
    """A package, its sources, and what a second run of them gives."""

    package: Path
    sources: tuple[Path, ...]

    def verify(self, package: Path | None = None) -> Verdict:
        return verify(package or self.package, self.sources)


def publish(folder: Path, *sources: Path, options: ReadOptions | None = None) -> Published:
    result = run(sources, output=folder / "output", raw=folder, workers=1, options=options)
    assert not result.failed, result.failed
    return Published(folder / "output", sources)


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("text")
    source = folder / "bari-2021.txt"
    content = plain.text(
        random_edition(4, projects=3), Style(width=70, blanks=1.0), form_feeds=True, page_lines=40
    )
    source.write_bytes(plain.encode(content, "crlf"))
    return publish(folder, source)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("pdf")
    source = folder / "milano-2022-abridged.pdf"
    shutil.copy(ROOT / "raw" / source.name, source)
    sidecar = (ROOT / "raw" / "milano-2022-abridged.toml").read_text(encoding="utf-8")
    source.with_suffix(".toml").write_text(
        f'{sidecar}\nreference_date = 2022-02-28\npublisher = "Comune di Milano"\n'
        'source_url = "https://www.comune.example.it/schede.pdf"\n',
        encoding="utf-8",
    )
    return publish(folder, source)


@pytest.fixture
def run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run depends on the sources alone: once is enough for all changes to a package."""
    kept: dict[tuple[Path, ...], object] = {}
    again = replaying.run_again

    def once(package: object, sources: dict[str, Path], *rest: object) -> object:
        key = tuple(sources.values())
        if key not in kept:
            kept[key] = again(package, sources, *rest)  # type: ignore[arg-type]
        return kept[key]

    monkeypatch.setattr(replaying, "run_again", once)


# -- what holds -------------------------------------------------------------------------------


def test_a_text_is_proved(text: Published) -> None:
    verdict = text.verify()
    assert verdict.failures == []
    whole, again = verdict.characters
    assert whole == again > 1000
    assert not set(verdict.proved()) - {"reread", "source", "derived", "replayed", "given"}


def test_a_pdf_is_proved_by_the_other_reader(pdf: Published) -> None:
    verdict = pdf.verify()
    assert verdict.failures == []
    assert verdict.notes == []
    whole, again = verdict.characters
    assert whole == again > 10_000


def test_every_cell_is_proved(text: Published) -> None:
    rows = {
        name: (text.package / "csv" / f"{name}.csv").read_text().count("\n") - 1 for name in TABLES
    }
    cells = sum(count * len(TABLES[name].header) for name, count in rows.items())
    assert text.verify().proved().total() == cells


def test_the_real_report_is_proved(shared_editions: Path, tmp_path: Path) -> None:
    sources = []
    for name in ("milano-2022.txt", "milano-2022-libreoffice.pdf"):
        shutil.copy(shared_editions / name, tmp_path)
        sources.append(tmp_path / name)
    verdict = publish(tmp_path, *sources).verify()
    assert verdict.failures == []
    assert verdict.characters[0] == verdict.characters[1]


@pytest.mark.parametrize(("seed", "variant"), [*enumerate(plain.VARIANTS)])
def test_random_editions_are_proved(seed: int, variant: str, tmp_path: Path) -> None:
    source = tmp_path / f"edition-{seed}.txt"
    style = Style(width=50 + 10 * seed, blanks=0.5, seed=seed)
    source.write_bytes(plain.encode(plain.text(random_edition(seed), style), variant))
    verdict = publish(tmp_path, source).verify()
    assert verdict.failures == []


@pytest.mark.parametrize(("rotate", "reader"), [(90, "pdfium"), (180, "pdfplumber")])
def test_pages_on_their_side_are_proved(rotate: int, reader: str, tmp_path: Path) -> None:
    display = Display(rotate, (14, 9, 3, 21), (40, 25, 10, 12))
    published = publish(tmp_path, turned(tmp_path, display), options=ReadOptions(reader))
    verdict = published.verify()
    assert verdict.failures == []
    assert [note for note in verdict.notes if "sidecar" not in note] == []
    assert verdict.characters[0] == verdict.characters[1] > 500


@pytest.mark.parametrize(
    ("rotate", "table", "column"),
    [(90, "line_boxes", "bottom"), (270, "provenance", "x0"), (180, "provenance", "x1")],
)
def test_a_moved_edge_on_a_turned_page_is_found(
    rotate: int, table: str, column: str, tmp_path: Path
) -> None:
    published = publish(tmp_path, turned(tmp_path, Display(rotate)))

    def move(name: str, rows: Rows) -> None:
        if name == table:
            at = rows[0].index(column)
            rows[5][at] = str(Decimal(rows[5][at]) - 40)

    verdict = published.verify(changed(published, tmp_path, move))
    assert any(failure.check.startswith("read by") for failure in verdict.failures)


def turned(folder: Path, display: Display) -> Path:
    need("reportlab")
    path = folder / "edition.pdf"
    made = render(random_edition(7, projects=1), Style(seed=7), "reportlab")
    path.write_bytes(display.of(made))
    return path


@pytest.mark.parametrize("seed", range(3))
def test_word_files_are_proved_by_a_plain_walk(seed: int, tmp_path: Path) -> None:
    source = tmp_path / f"edition-{seed}.docx"
    need("docx")
    data = render(random_edition(seed), random_style(seed), "docx")
    source.write_bytes(word.rewritten(data, seed))
    verdict = publish(tmp_path, source).verify()
    assert verdict.failures == []
    assert verdict.characters[0] == verdict.characters[1] > 1000


def test_a_paragraph_that_a_word_file_lost_or_gained_is_found(tmp_path: Path) -> None:
    source = tmp_path / "edition.docx"
    need("docx")
    source.write_bytes(render(random_edition(0), Style(), "docx"))
    published = publish(tmp_path, source)
    files = word.files_of(source.read_bytes())
    body = files["word/document.xml"].decode()
    files["word/document.xml"] = body.replace("Risorse PON METRO", "Risorse altrui", 1).encode()
    source.write_bytes(word.packed(files))
    said = [str(failure) for failure in published.verify().failures if failure.check == "source"]
    assert any("published 'Risorse PON METRO" in one for one in said)
    assert any("re-derived 'Risorsealtrui" in one for one in said)
    for damaged in (source.read_bytes()[:5000], word.packed({"word/document.xml": b"<w:document"})):
        source.write_bytes(damaged)
        told = [one.derived for one in published.verify().failures if one.column == "pages"]
        assert any("is damaged" in (one or "") for one in told)


# -- what does not ----------------------------------------------------------------------------

Rows = list[list[str]]


def changed(published: Published, folder: Path, change: Callable[[str, Rows], None]) -> Path:
    """A copy of a package in which the rows of tables are changed in CSV and Parquet alike.

    The hashes are computed anew, so that only the content can tell.
    """
    package = folder / "package"
    shutil.copytree(published.package / ".current", package, symlinks=False)
    for name, table in TABLES.items():
        path = package / "csv" / f"{name}.csv"
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        before = [list(row) for row in rows]
        change(name, rows)
        if rows == before:
            continue
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        write_parquet(table, path, package / "parquet" / f"{name}.parquet")
    rehash(package)
    return package


def rehash(package: Path) -> None:
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text())
    for resource in descriptor["resources"]:
        content = (package / resource["path"]).read_bytes()
        resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
        if "bytes" in resource:
            resource["bytes"] = len(content)
    path.write_text(json.dumps(descriptor))


def flipped(cell: str, kind: str, chance: random.Random) -> str:
    """A cell with one character changed, of a kind with what was there."""
    if kind == "bool":
        return "false" if cell == "true" else "true"
    for _ in range(50):
        places = [at for at, char in enumerate(cell) if char not in "-. /" or kind == "string"]
        at = chance.choice(places)
        char = cell[at]
        pool = DIGITS if char in DIGITS else "abcdefghilmnoprstuvz"
        new = cell[:at] + chance.choice(pool.replace(char.lower(), "")) + cell[at + 1 :]
        if kind == "date32" and not _is_date(new):
            continue
        if kind in ("string", "date32") or str(_number(new)) == new:
            return new
    return cell


def _is_date(text: str) -> bool:
    try:
        pa.scalar(text).cast(pa.date32())
    except pa.ArrowInvalid:
        return False
    return True


def _number(text: str) -> Decimal | int:
    return Decimal(text) if "." in text else int(text)


def flip_one_of_each_column(
    seed: int, wanted: Callable[[str, str], bool]
) -> tuple[Callable[[str, Rows], None], set[tuple[str, str, str]]]:
    """A change of one cell in each column of each table, and the cells that it changes.

    Each is in a row of its own while there are rows enough. The key of a changed row is the one
    that the changed table shows.
    """
    chance = random.Random(seed)
    cells: set[tuple[str, str, str]] = set()

    def change(name: str, rows: Rows) -> None:
        header, body = rows[0], rows[1:]
        free = list(range(len(body)))
        chance.shuffle(free)
        touched = []
        for at, column in enumerate(TABLES[name].columns):
            if not wanted(name, column.name):
                continue
            place = next((one for one in free if body[one][at]), None)
            if place is None:
                continue
            free.remove(place)
            kind = column.type.name.partition("(")[0]
            body[place][at] = flipped(body[place][at], kind, chance)
            touched.append((place, header[at]))
        cells.update((name, body[place][0], column) for place, column in touched)

    return change, cells


def failing(verdict: Verdict) -> set[tuple[str, str, str]]:
    return {(one.table, one.row_id, one.column) for one in verdict.failures}


def _not_edition(name: str, column: str) -> bool:
    return name != "editions" and column != "edition_id"


@pytest.mark.usefixtures("run_once")
@pytest.mark.parametrize("seed", range(6))
def test_each_changed_cell_is_named(text: Published, tmp_path: Path, seed: int) -> None:
    change, cells = flip_one_of_each_column(seed, _not_edition)
    verdict = text.verify(changed(text, tmp_path, change))
    assert len(cells) > 60
    assert cells - failing(verdict) == set()


@pytest.mark.usefixtures("run_once")
@pytest.mark.parametrize("seed", range(2))
def test_each_changed_cell_of_a_pdf_is_named(pdf: Published, tmp_path: Path, seed: int) -> None:
    change, cells = flip_one_of_each_column(100 + seed, _not_edition)
    verdict = pdf.verify(changed(pdf, tmp_path, change))
    assert len(cells) > 80
    assert cells - failing(verdict) == set()


@pytest.mark.usefixtures("run_once")
def test_an_edition_id_that_is_changed_in_one_row_is_named(text: Published, tmp_path: Path) -> None:
    change, cells = flip_one_of_each_column(
        1, lambda name, column: name != "editions" and column == "edition_id"
    )
    verdict = text.verify(changed(text, tmp_path, change))
    assert cells - failing(verdict) == set()


@pytest.mark.parametrize("column", TABLES["editions"].header)
def test_a_changed_cell_of_an_edition_is_caught(
    text: Published, tmp_path: Path, column: str
) -> None:
    change, cells = flip_one_of_each_column(
        2, lambda name, other: (name, other) == ("editions", column)
    )
    verdict = text.verify(changed(text, tmp_path, change))
    if not cells:
        assert verdict.holds
    elif ("editions", column) not in GIVEN:
        assert not verdict.holds


@pytest.mark.parametrize("column", sorted(column for _, column in GIVEN))
def test_what_a_sidecar_names_is_held_against_it(
    pdf: Published, tmp_path: Path, column: str
) -> None:
    change, cells = flip_one_of_each_column(
        3, lambda name, other: (name, other) == ("editions", column)
    )
    package = changed(pdf, tmp_path, change)
    assert cells
    assert cells <= failing(pdf.verify(package))


@pytest.mark.usefixtures("run_once")
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_change_in_one_of_two_files_is_named(text: Published, tmp_path: Path, kind: str) -> None:
    change, cells = flip_one_of_each_column(7, _not_edition)
    package = changed(text, tmp_path, change)
    other = {"csv": "parquet", "parquet": "csv"}[kind]
    shutil.rmtree(package / other)
    shutil.copytree(text.package / other, package / other)
    rehash(package)
    verdict = text.verify(package)
    named = {(one.table, one.column) for one in verdict.failures if "differ" in one.check}
    assert {(table, column) for table, _, column in cells} <= named


@pytest.mark.usefixtures("run_once")
@pytest.mark.parametrize("seed", range(10))
def test_one_changed_cell_is_enough(text: Published, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    table = chance.choice(["actions", "funding", "provenance", "lines", "dates", "paragraphs"])
    column = chance.choice(TABLES[table].header[1:])
    change, cells = flip_one_of_each_column(
        seed, lambda name, other: (name, other) == (table, column)
    )
    verdict = text.verify(changed(text, tmp_path, change))
    assert verdict.holds == (not cells)


def test_a_file_that_is_not_the_published_one_fails_by_its_hash(
    text: Published, tmp_path: Path
) -> None:
    package = tmp_path / "package"
    shutil.copytree(text.package / ".current", package)
    path = package / "csv" / "funding.csv"
    path.write_bytes(path.read_bytes().replace(b"0", b"1", 1))
    assert "hash" in {one.check for one in text.verify(package).failures}


def test_a_row_that_is_left_out_is_missed(text: Published, tmp_path: Path) -> None:
    def drop(name: str, rows: Rows) -> None:
        if name == "funding":
            del rows[-1]

    assert not text.verify(changed(text, tmp_path, drop)).holds


@pytest.mark.parametrize("seed", range(8))
def test_a_changed_digit_of_the_source_is_caught(
    text: Published, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    data = bytearray(text.sources[0].read_bytes())
    at = chance.choice([at for at, byte in enumerate(data) if chr(byte) in DIGITS])
    data[at] = ord(chance.choice(DIGITS.replace(chr(data[at]), "")))
    source = tmp_path / text.sources[0].name
    source.write_bytes(data)

    # The package names the changed source's own hash: only what is printed can tell.
    digest = hashlib.sha256(data).hexdigest()

    def rename(name: str, rows: Rows) -> None:
        if name == "editions":
            rows[1][rows[0].index("source_sha256")] = digest

    verdict = verify(changed(text, tmp_path, rename), [source])
    line = data[:at].count(b"\n") + data[:at].count(b"\f") + 1
    assert {"lines"} <= {one.table for one in verdict.failures if one.line == str(line)}
    assert not verify(text.package, [source]).holds


def test_a_source_that_is_not_given_is_told(pdf: Published, text: Published) -> None:
    verdict = verify(pdf.package, text.sources)
    assert not verdict.holds
    assert any(one.derived == "no edition of the package" for one in verdict.failures)


# -- the pieces -------------------------------------------------------------------------------


def test_lines_of_a_text_are_its_bytes_own() -> None:
    assert text_lines("\ufeffa\rb\x0b\r\n\u202ec".encode("utf-8-sig")[3:])[0] == (None, "a")
    assert text_lines(b"a\x0cb\x0c") == [(1, "a"), (2, "b")]
    assert text_lines("perché".encode("cp1252")) == [(None, "perché")]
    assert text_lines("a\n\n".encode("utf-16")) == [(None, "a"), (None, "")]


def test_two_engines_agree_on_the_essence_of_a_text() -> None:
    assert essence("\uf0b7 Uffici") == essence("• U\ufb03ci".replace("\ufb03", "ffi"))
    assert essence("1.552.500,00") != essence("1.552.500.00")


# -- the command ------------------------------------------------------------------------------


def invoke(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(command, [str(word) for word in words])
    return result.exit_code, result.output


def test_exit_codes(text: Published, tmp_path: Path) -> None:
    code, output = invoke(text.package, *text.sources)
    assert code == 0
    assert "all proved" in output
    assert invoke(text.package / "datapackage.json", *text.sources)[0] == 0
    change, _ = flip_one_of_each_column(
        5, lambda name, column: (name, column) == ("funding", "amount_eur")
    )
    code, output = invoke(changed(text, tmp_path, change), *text.sources)
    assert code == 1
    assert "FAILED" in output
    assert invoke(text.package)[0] == 2
    assert invoke(tmp_path / "nowhere", *text.sources)[0] == 3
    assert invoke(text.package, tmp_path / "no.txt")[0] == 3
    (tmp_path / "datapackage.json").write_text("{")
    assert invoke(tmp_path, *text.sources)[0] == 3


def test_a_failure_says_where(text: Published, tmp_path: Path) -> None:
    change, cells = flip_one_of_each_column(
        6, lambda name, column: (name, column) == ("funding", "amount_eur")
    )
    package = changed(text, tmp_path, change)
    ((_, row_id, _),) = cells
    code, output = invoke(package, *text.sources, "--json")
    assert code == 1
    data = json.loads(output)
    assert data["holds"] is False
    (failure,) = [
        one for one in data["failures"] if (one["row_id"], one["column"]) == (row_id, "amount_eur")
    ]
    assert failure["line"].isdigit()
    assert Decimal(failure["published"]) != Decimal(failure["derived"])


def test_partial_leaves_other_editions_alone(tmp_path: Path) -> None:
    sources = []
    for seed in (4, 4):
        path = tmp_path / f"edition-{len(sources)}.txt"
        text = plain.text(random_edition(seed, projects=3), Style(width=70, blanks=1.0))
        path.write_text(text.replace("2021", "2020") if sources else text)
        sources.append(path)
    published = publish(tmp_path, *sources)
    assert published.verify().holds
    assert not verify(published.package, sources[:1]).holds
    for source in sources:
        verdict = verify(published.package, [source], partial=True)
        assert verdict.failures == []
        assert any("source is not given" in note for note in verdict.notes)
    folder = tmp_path / "sources"
    folder.mkdir()
    for source in sources:
        shutil.copy(source, folder)
    assert verify(published.package, [folder]).holds


def test_a_package_of_another_schema_is_refused(text: Published, tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(text.package / ".current", package)
    path = package / "datapackage.json"
    path.write_text(path.read_text().replace('"version": "1.', '"version": "9.'))
    with pytest.raises(PackageError, match="schema version"):
        text.verify(package)


def test_parquet_of_another_schema_is_told(text: Published, tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(text.package / ".current", package)
    path = package / "parquet" / "funding.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["line"]), path)
    rehash(package)
    assert "parquet" in {one.check for one in text.verify(package).failures}


# -- corrections ------------------------------------------------------------------------------

CORRECTED = (
    ("actions", "MI4.1.1.a", "title", "Recupero di alogi", "Recupero di alloggi"),
    ("funding", "MI4.1.1.a/funding-2", "amount_eur", "", "50000.00"),
    ("actions", "MI4.1.1.b", "code", "MI4.1.1.b", "MI4.1.1.c"),
    ("actions", "MI4.1.1.a", "status", "lavori conclusi", "gara in corso, lavori da avviare"),
    ("projects", "progetto-1", "number", "1", "2"),
    ("projects", "progetto-1", "title", "Case", "Case comuni"),
)


def sheets(folder: Path, corrections: str) -> Path:
    source = folder / "milano-2023.txt"
    source.write_text(
        "Progetto 1 - Case\n\nMI4.1.1.a - Recupero di alogi\n\nSi integra con MI4.1.1.b.\n\n"
        "Risorse PON METRO € 100.000,00\nAltre risorse pubbliche € 50.000,0\n"
        "Costo totale € 150.000,00\nStato di attuazione: lavori conclusi\n\n"
        "MI4.1.1.b - Piattaforma\n\nRisorse PON METRO € 20.000,00\n"
        "Stato di attuazione: gara in corso\n",
        encoding="utf-8",
    )
    (folder / "milano-2023.corrections.toml").write_text(corrections, encoding="utf-8")
    return source


@pytest.mark.parametrize("entry", CORRECTED, ids=lambda entry: f"{entry[0]}-{entry[2]}")
def test_a_correction_is_held_against_its_file(entry: tuple[str, ...], tmp_path: Path) -> None:
    names = ("table", "row", "column", "wrong", "right")
    lines = [f'{name} = "{value}"' for name, value in zip(names, entry, strict=True)]
    if entry[2] == "number":
        lines = [line.replace('"1"', "1").replace('"2"', "2") for line in lines]
    corrections = "\n".join(["[[correction]]", *lines, 'reason = "delibera 12/2022"', ""])
    source = sheets(tmp_path, corrections)
    published = publish(tmp_path, source)
    found = (published.package / "csv" / "findings.csv").read_text()
    assert ",corrected," in found
    assert published.verify().failures == []
    (tmp_path / "milano-2023.corrections.toml").unlink()
    cells = {(one.table, one.column) for one in published.verify().failures}
    assert (entry[0], entry[2]) in cells or entry[2] in ("code", "number")
