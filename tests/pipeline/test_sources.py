from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.errors import SidecarError
from pipeline.slug import slug
from pipeline.sources import discover, read_sidecar


@pytest.mark.parametrize(
    ("stem", "edition_id"),
    [
        ("milano-2022", "milano-2022"),
        ("Milano_2022 (v. 2)", "milano-2022-v-2"),
        ("Città Metropolitane", "citta-metropolitane"),
        ("Citta\u0300", "citta"),
        ("--Roma--", "roma"),
        ("PON.Metro.2021", "pon-metro-2021"),
        ("日本", ""),
    ],
)
def test_edition_id_is_the_stem_in_lower_ascii(stem: str, edition_id: str) -> None:
    assert slug(stem) == edition_id


@given(st.text())
def test_slug_any_name_holds_only_letters_digits_and_single_hyphens(stem: str) -> None:
    found = slug(stem)
    assert slug(found) == found
    assert all(part.isascii() and part.isalnum() for part in found.split("-") if found)


def test_a_folder_gives_its_editions_and_passes_over_what_is_none(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.PDF",
        "a.toml",
        "README.md",
        ".hidden.pdf",
        "vocabulary.toml",
        "c.Docx",
        "~$c.docx",
        "x.xlsx",
    ):
        (tmp_path / name).write_text('title = "A"' if name == "a.toml" else "text")
    (tmp_path / "folder.pdf").mkdir()
    found = discover([tmp_path])
    assert [source.edition_id for source in found.sources] == ["a", "b", "c"]
    assert [source.media_type for source in found.sources] == [
        "application/pdf",
        "text/plain",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]
    assert found.sources[0].sidecar.title == "A"
    assert [path.name for path in found.ignored] == ["x.xlsx"]
    assert not found.problems


def test_a_sidecar_whose_edition_is_not_there_is_told(tmp_path: Path) -> None:
    for name in ("a.PDF", "a.toml", "a.corrections.toml", "vocabulary.toml", ".hidden.toml"):
        (tmp_path / name).write_text("")
    assert not discover([tmp_path]).ignored
    for name in ("milano-2032.toml", "milano-2032.corrections.toml"):
        (tmp_path / name).write_text("")
    ignored = [path.name for path in discover([tmp_path]).ignored]
    assert ignored == ["milano-2032.corrections.toml", "milano-2032.toml"]


def test_two_sources_that_share_a_sidecar_are_not_told_to_change_it(tmp_path: Path) -> None:
    for name in ("a.txt", "a.pdf"):
        (tmp_path / name).write_text("x")
    said = [str(problem.error) for problem in discover([tmp_path]).problems]
    assert [each.rpartition("; ")[2] for each in said] == ["rename one", "rename one"]


def test_a_file_named_by_itself_must_be_an_edition(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("x")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "日本.txt").write_text("x")
    names = ["x.xlsx", "empty.txt", "missing.pdf", "日本.txt"]
    found = discover([tmp_path / name for name in names])
    assert not found.sources
    said = {problem.path.name: str(problem.error) for problem in found.problems}
    assert "is no edition" in said["x.xlsx"]
    assert "is empty" in said["empty.txt"]
    assert "no such file" in said["missing.pdf"]
    assert "日本.toml" in said["日本.txt"]


def test_one_file_given_twice_is_one_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert len(discover([tmp_path / "a.txt", tmp_path]).sources) == 1


def test_two_sources_of_one_edition_are_both_at_fault_and_stop_no_other(tmp_path: Path) -> None:
    for name in ("milano.txt", "milano.pdf", "roma.txt", "other.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "other.toml").write_text('edition_id = "milano"')
    found = discover([tmp_path])
    assert [source.edition_id for source in found.sources] == ["roma"]
    assert [problem.path.name for problem in found.problems] == [
        "milano.pdf",
        "milano.txt",
        "other.txt",
    ]
    assert "milano.pdf" in str(found.problems[2].error)


def test_a_sidecar_may_say_everything(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        'edition_id = "milano-2022"\ncity_code = "MI"\ncity = "Milano"\nprogramme = "PON"\n'
        'cci = "2014IT16M2OP004"\ntitle = "Schede"\nreference_date = 2022-02-28\n'
        'source_url = "https://www.comune.milano.it/"\npublisher = "Comune"\n'
        'licence = "CC-BY-4.0"\n'
    )
    sidecar = read_sidecar(path)
    assert sidecar.edition_id == "milano-2022"
    assert sidecar.reference_date == date(2022, 2, 28)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('cty = "Milano"', "unknown field 'cty'; the fields are edition_id, city_code"),
        ('reference_date = "2022-02-28"', "write a date without quotes"),
        ("reference_date = 2022-02-28T10:00:00", "write a date without quotes"),
        ("title = 3", "one line of text"),
        ('title = ""', "one line of text"),
        ('title = "a\\nb"', "one line of text"),
        ('title = "a\\u202Eb"', "cannot be printed"),
        ('edition_id = "Milano 2022"', "small letters"),
        ('city_code = "mi"', "two capital letters"),
        ("title = ", "is no TOML"),
    ],
)
def test_a_sidecar_that_is_wrong_says_what_and_what_to_write(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text)
    with pytest.raises(SidecarError, match=said.replace("'", ".")) as caught:
        read_sidecar(path)
    assert caught.value.source == "a.toml"


def test_a_wrong_sidecar_is_a_problem_of_its_source_alone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "a.toml").write_bytes(b"\xff")
    found = discover([tmp_path])
    assert [source.edition_id for source in found.sources] == ["b"]
    assert [problem.edition_id for problem in found.problems] == ["a"]
