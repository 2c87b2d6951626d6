"""``ponmetro add``: an edition into its place, and nothing written over unasked."""

from __future__ import annotations

import string
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commands.add import _toml, command
from pipeline.sources import Sidecar, discover, read_sidecar


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder ``raw`` that is not there yet."""
    return tmp_path / "raw"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Schede Progetto (2023).TXT"
    path.write_text("Progetto 1 – Casa")
    return path


def add(file: Path, folder: Path, *args: str) -> Result:
    return CliRunner().invoke(command, [str(file), "--raw", str(folder), *args])


def test_a_file_takes_its_place_with_what_is_known_of_it(file: Path, folder: Path) -> None:
    options = {
        "city-code": "MI",
        "city": "Milano",
        "programme": "PON Città Metropolitane",
        "title": 'Le "schede"',
        "source-url": "https://www.comune.example.it/schede.pdf",
        "publisher": "Comune di Milano",
        "licence": "CC BY 4.0",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    result = add(file, folder, "--edition", "milano-2023", "--date", "2023-06-30", *words)
    assert result.exit_code == 0, result.output
    assert (folder / "milano-2023.txt").read_bytes() == file.read_bytes()
    assert read_sidecar(folder / "milano-2023.toml") == Sidecar(
        reference_date=date(2023, 6, 30),
        **{name.replace("-", "_"): value for name, value in options.items()},
    )
    (source,) = discover([folder]).sources
    assert source.edition_id == "milano-2023"
    assert "ponmetro run" in result.stderr
    assert result.stdout == ""
    assert sorted(path.name for path in folder.iterdir()) == ["milano-2023.toml", "milano-2023.txt"]


def test_the_id_is_the_names_and_a_sidecar_only_where_there_is_something_to_say(
    file: Path, folder: Path
) -> None:
    assert add(file, folder).exit_code == 0
    assert [path.name for path in folder.iterdir()] == ["schede-progetto-2023.txt"]


def test_nothing_is_written_over_unasked(file: Path, folder: Path) -> None:
    add(file, folder, "--edition", "e", "--date", "2023-06-30", "--city", "Milano")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    file.write_text("another")
    refused = add(file, folder, "--edition", "e", "--date", "2024-01-01")
    assert refused.exit_code == 3
    assert "--force" in refused.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert add(file, folder, "--edition", "e", "--date", "2024-01-01", "--force").exit_code == 0
    assert (folder / "e.txt").read_text() == "another"
    sidecar = read_sidecar(folder / "e.toml")
    assert sidecar == Sidecar(city="Milano", reference_date=date(2024, 1, 1))


def test_a_sidecar_that_came_first_is_used_and_checked(file: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "e.toml").write_text('city = "Milano"  # by hand\n')
    assert add(file, folder, "--edition", "e", "--date", "2023-06-30").exit_code == 3
    assert add(file, folder, "--edition", "e").exit_code == 0
    assert "by hand" in (folder / "e.toml").read_text()
    (folder / "f.toml").write_text("town = 1\n")
    refused = add(file, folder, "--edition", "f")
    assert refused.exit_code == 3
    assert "town" in refused.stderr
    assert not (folder / "f.txt").exists()


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--edition", "Milano 2023"], 3, "--edition milano-2023"),
        (["--edition", "vocabulary"], 3, "no edition id"),
        (["--edition", "readme"], 3, "no edition id"),
        (["--edition", "../e"], 3, "no edition id"),
        (["--city-code", "mi"], 3, "two capital letters"),
        (["--title", "two  spaces"], 3, "one line of text"),
        (["--title", "\x1b[31m"], 3, "cannot be printed"),
        (["--date", "30/06/2023"], 2, "--date"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    file: Path, folder: Path, args: list[str], code: int, said: str
) -> None:
    result = add(file, folder, *args)
    assert result.exit_code == code
    assert said in result.stderr
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.xlsx", b"x", ".pdf"), ("a.txt", b"", "empty"), ("a.txt", None, "no such file")],
)
def test_what_is_no_edition_is_refused(
    tmp_path: Path, folder: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = add(path, folder)
    assert result.exit_code == 3
    assert said in result.stderr


def test_an_id_that_another_file_has_is_refused(file: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "Milano 2023.pdf").write_bytes(b"%PDF-")
    for force in ((), ("--force",)):
        refused = add(file, folder, "--edition", "milano-2023", *force)
        assert refused.exit_code == 3
        assert "Milano 2023.pdf" in refused.stderr
    assert [path.name for path in folder.iterdir()] == ["Milano 2023.pdf"]


def test_the_same_content_under_another_id_is_said(file: Path, folder: Path) -> None:
    assert "same_edition_twice" not in add(file, folder, "--edition", "a").stderr
    again = add(file, folder, "--edition", "b")
    assert again.exit_code == 0
    assert "same content as a.txt" in again.stderr
    assert "same_edition_twice" in again.stderr


def test_a_file_that_is_in_its_place_gets_its_sidecar(folder: Path) -> None:
    folder.mkdir()
    path = folder / "milano-2023.txt"
    path.write_text("Progetto 1 – Casa")
    assert add(path, folder, "--date", "2023-06-30").exit_code == 0
    assert path.read_text() == "Progetto 1 – Casa"
    assert read_sidecar(folder / "milano-2023.toml").reference_date == date(2023, 6, 30)


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text(string.printable + "\x7f"))
def test_any_text_is_written_as_toml_reads_it(text: str) -> None:
    assert tomllib.loads(f"a = {_toml(text)}") == {"a": text}
