from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.errors import SourceError
from parsers.lines import Document
from pipeline.readers import read
from pipeline.readers.text import beside_pictures, decode
from pipeline.readers.unsafe import cleaned

SAMPLE = "Progetto 1 – Città\n\nCosto Totale € 1.098.020,74\n"


def _read(folder: Path, data: bytes) -> Document:
    path = folder / "edition.txt"
    path.write_bytes(data)
    return read(path, pairs=lambda text: False)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=["plain", "bom", "utf-16", "cp1252"]
)
def test_encodings_give_the_same_lines(tmp_path: Path, encoding: str) -> None:
    found = _read(tmp_path, SAMPLE.encode(encoding))
    assert [line.text for line in found.lines] == SAMPLE.split("\n")[:-1]
    assert [line.number for line in found.lines] == [1, 2, 3]
    assert found.pages is None
    assert (found.reader, found.media_type) == ("text", "text/plain")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    found = _read(tmp_path, f"uno{end}{end}due{end}".encode())
    assert [line.text for line in found.lines] == ["uno", "", "due"]


def test_no_final_line_end_is_no_loss(tmp_path: Path) -> None:
    assert [line.text for line in _read(tmp_path, b"uno\ndue").lines] == ["uno", "due"]


def test_form_feeds_end_lines_and_start_pages(tmp_path: Path) -> None:
    found = _read(tmp_path, b"uno\fdue\n\ftre\n\f")
    assert [(line.page, line.text) for line in found.lines] == [
        (1, "uno"),
        (2, "due"),
        (2, ""),
        (3, "tre"),
        (3, ""),
    ]
    assert found.pages == 3


def test_control_characters_become_spaces_and_bidi_controls_go(tmp_path: Path) -> None:
    found = _read(tmp_path, "a\tb\nc\x07d\ne\u202ef\u2069\n".encode())
    assert [line.text for line in found.lines] == ["a b", "c d", "ef"]
    assert found.unsafe == {2, 3}


def test_damaged_utf8_is_an_error_with_its_line(tmp_path: Path) -> None:
    data = "perché\nsì\nvirtù\n".encode().replace("ù".encode(), b"\xc3")
    with pytest.raises(SourceError, match="utf-8") as caught:
        _read(tmp_path, data)
    assert caught.value.line == 3
    assert caught.value.source == "edition.txt"


def test_a_byte_that_no_encoding_has_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="0x81"):
        _read(tmp_path, b"costo\n\x81 totale\n")


@pytest.mark.parametrize("data", [b"\x1f\x8brest", b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00"])
def test_a_binary_file_is_no_text(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceError, match="no text, no PDF"):
        _read(tmp_path, data)


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="empty"):
        _read(tmp_path, b"")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read(tmp_path / "nessuno.txt", pairs=lambda text: False)


BODY = ["Il progetto riguarda una cascina del Comune.", "Verrà ristrutturata."] * 6


@pytest.mark.parametrize("indent", [4, 5, 6, 8])
def test_a_lone_indent_marks_a_picture(indent: int) -> None:
    assert beside_pictures([*BODY, " " * indent + "Via Pianell 15, Milano", *BODY]) == {13}


@pytest.mark.parametrize(
    "line",
    ["     - primo punto", "     • primo punto", "     a) primo punto", " Progetto 2", "   due"],
)
def test_list_items_and_small_indents_are_no_pictures(line: str) -> None:
    assert beside_pictures([*BODY, line, *BODY]) == set()


def test_the_second_line_of_an_item_is_no_picture() -> None:
    assert beside_pictures([*BODY, "- un punto che continua", "     sotto", *BODY]) == set()


def test_laid_out_text_has_no_pictures() -> None:
    table = ["     Risorse            € 10,00", "  Altre                 € 5,00"]
    assert beside_pictures([*BODY, *table, *BODY]) == set()
    assert beside_pictures(["     rientro di paragrafo", "e il suo seguito"] * 20) == set()


@given(st.text())
def test_any_text_comes_back_line_by_line(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if not data or b"\x00" in data or data.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        return
    assert decode(data) == data.decode("utf-8").removeprefix("\ufeff")


@given(st.text())
def test_cleaned_text_is_clean_and_stays_so(text: str) -> None:
    found, unsafe = cleaned(text)
    gone = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
    assert re.search(gone, found) is None
    assert cleaned(found) == (found, False)
    assert unsafe or found == text or re.search("[\t\u2028\u2029]", text)


def test_tabs_are_spaces_whose_places_are_known(tmp_path: Path) -> None:
    (line,) = _read(tmp_path, "Costo\u200e\ttotale\t\t€ 1,00\n".encode()).lines
    assert line.text == "Costo totale  € 1,00"
    assert line.tabs == (5, 12, 13)
