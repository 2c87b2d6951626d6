"""Files that call themselves Word files, or are some under another name, or mean harm."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from parsers.errors import SourceError
from pipeline.readers.guard import guarded
from tests.pipeline.readers.worded import document, p, packed, part, relations, word

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_GOOD = word(p("Progetto 1 – Casa"), p("a" * 500))


def _said(folder: Path, data: bytes, name: str = "edition.docx") -> str:
    with pytest.raises(SourceError) as caught:
        document(folder, data, name)
    assert caught.value.source == name
    return str(caught.value)


@pytest.mark.parametrize("name", ["edition.docx", "edition.txt", "edition.pdf", "edition"])
def test_the_content_tells_and_not_the_name(name: str, tmp_path: Path) -> None:
    assert document(tmp_path, _GOOD, name).reader == "docx"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Progetto 1", "is no Word file: its first bytes"),
        (b"{\\rtf1 Progetto}", "is no Word file: its first bytes"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (_OLE + "WordDocument".encode("utf-16-le"), "Word 97-2003"),
        (_OLE, "old Office program"),
        (packed({"a.pdf": b"%PDF-1.4"}), "archive and no Word file: unpack it"),
        (packed({"xl/workbook.xml": "<workbook/>"}), "an Excel workbook"),
        (packed({"ppt/presentation.xml": "<x/>"}), "a PowerPoint presentation"),
        (packed({"mimetype": "x", "content.xml": "<x/>"}), "an OpenDocument file"),
        (word(p()), "holds no text"),
        (word('<w:altChunk r:id="r1"/>', p("a")), "embeds the text of another file"),
        (_GOOD[: len(_GOOD) // 2], "damaged"),
    ],
)
def test_what_is_no_word_file_is_said(data: bytes, said: str, tmp_path: Path) -> None:
    assert said in _said(tmp_path, data)


def test_an_old_or_locked_file_is_said_under_any_name(tmp_path: Path) -> None:
    old = _OLE + "WordDocument".encode("utf-16-le")
    assert "save it as .docx" in _said(tmp_path, old, "edition.txt")


def test_broken_xml_is_said_with_its_part(tmp_path: Path) -> None:
    assert "word/styles.xml" in _said(tmp_path, word(p("a"), parts={"styles": "<w:styles"}))
    assert "word/document.xml" in _said(tmp_path, word("<w:p>"))


def _laughs() -> str:
    entities = '<!ENTITY e0 "ha">' + "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9)
    )
    return f"<!DOCTYPE x [{entities}]>" + part("styles", "<w:x>&e8;</w:x>")


@pytest.mark.parametrize(
    "content",
    [
        _laughs(),
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + part("styles", "<w:x>&f;</w:x>"),
        '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">' + part("styles", ""),
        ("\ufeff<!DOCTYPE x>" + part("styles", "")).encode("utf-16-le"),
    ],
)
def test_no_document_type_is_taken(content: str | bytes, tmp_path: Path) -> None:
    said = _said(tmp_path, word(p("a"), parts={"styles": content}))
    assert "declares a document type" in said


def test_a_part_that_grows_is_not_unpacked(tmp_path: Path) -> None:
    buffer = io.BytesIO(word(p("a"), related=relations(("r1", "styles", "styles.xml"))))
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/styles.xml", "w", force_zip64=True) as file,
    ):
        for _ in range(300):
            file.write(bytes(1 << 20))
    data = buffer.getvalue()
    assert len(data) < 1_000_000
    assert "takes more than 256 MB" in _said(tmp_path, data)


def test_parts_nested_without_end_are_an_error(tmp_path: Path) -> None:
    deep = "<w:ins>" * 5000 + "</w:ins>" * 5000
    assert "too deep" in _said(tmp_path, word(f"<w:p>{deep}</w:p>"))


def test_an_encrypted_archive_is_said(tmp_path: Path) -> None:
    data = bytearray(_GOOD)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 4)
    assert "damaged" in _said(tmp_path, bytes(data))


@pytest.mark.parametrize("encoding", ["unheard-of", "shift_jis", "utf-16"])
def test_an_encoding_that_cannot_be_read_is_said(encoding: str, tmp_path: Path) -> None:
    declared = f"<?xml version='1.0' encoding='{encoding}'?><w:styles/>"
    assert "word/styles.xml" in _said(tmp_path, word(p("a"), parts={"styles": declared}))


@pytest.mark.parametrize("seed", range(40))
def test_damage_is_an_error_and_never_a_crash(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    data = bytearray(_GOOD)
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(4, len(data))] = chance.randrange(256)
    path = tmp_path / "edition.docx"
    path.write_bytes(bytes(data))
    try:
        found = guarded(lambda: document(tmp_path, bytes(data)), source="edition.docx")
    except SourceError:
        return
    assert found.lines
