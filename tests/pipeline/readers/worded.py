"""Word files made by hand, as small as the format allows, for tests of the reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from parsers.lines import Document
from pipeline.edition import announces
from pipeline.readers import read

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def part(root: str, inner: str) -> str:
    """A part with all the usual prefixes."""
    return f"<w:{root} {_NAMES}>{inner}</w:{root}>"


def relations(*found: tuple[str, str, str]) -> str:
    """A part of relations: id, kind and target; a target with a scheme lies outside."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for key, kind, target in found
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of texts and of runs as XML."""
    inner = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run; ``properties`` are those of its characters."""
    inner = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def field(instruction: str, result: str, *, ends: bool = True) -> str:
    """The runs of a field."""
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if ends else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}{end}'
    )


def table(*rows: list[str], properties: str = "") -> str:
    """A table of cells; a cell is a text, or its content as XML."""
    made = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{one if one.startswith('<') else p(one)}</w:tc>" for one in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{made}</w:tbl>"


def word(*blocks: str, parts: Mapping[str, str | bytes] = {}, related: str = "") -> bytes:
    """A Word file of the blocks of its body, and of other parts by their names in ``word/``."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": part("document", f"<w:body>{''.join(blocks)}</w:body>"),
        "word/_rels/document.xml.rels": related
        or relations(
            *((f"r{n}", name.rstrip("0123456789"), f"{name}.xml") for n, name in enumerate(parts))
        ),
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    return packed(files)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """An archive of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def document(folder: Path, data: bytes, name: str = "edition.docx") -> Document:
    """The lines of a Word file."""
    path = folder / name
    path.write_bytes(data)
    return read(path, pairs=announces)


def texts(folder: Path, *blocks: str, parts: Mapping[str, str | bytes] = {}) -> list[str]:
    """The texts of the lines of a Word file."""
    return [line.text for line in document(folder, word(*blocks, parts=parts)).lines]
