"""What the rows of an edition depend on, as one digest: when it stands, nothing is read again."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.sources import MEDIA_TYPES, Source, digest_of

_READERS = re.compile(
    r"(pypdfium2|pdfplumber|pdfminer[._]six|pyarrow|regex|rapidocr|onnxruntime|opencv_python\w*)-"
    r"(.+)\.dist-info"
)
_PROGRAM = (".py", ".toml")


class ReadOptions(NamedTuple):
    """How sources are read, as asked for on the command line.

    Attributes:
        reader: ``pdfium`` or ``pdfplumber``, for PDFs.
        password: opens a locked PDF.
        vocabulary: TOML of words to lay over the packaged ones, if there is one.
        cross_check: whether each PDF is read by the other reader, too, and compared.
        ocr: whether pages that are pictures of text are read, if the extra ``ocr`` is installed.
    """

    reader: str = "pdfium"
    password: str | None = None
    vocabulary: Path | None = None
    cross_check: bool = False
    ocr: bool = True


def program_digest() -> str:
    """Digest of this program: its own files, and the versions of what it reads with.

    The names of the installed distributions are enough: to ask each for its metadata would take
    longer than a run in which nothing changed may.
    """
    digest = hashlib.sha256(repr(sys.version_info[:3]).encode())
    here = os.path.dirname(__file__)
    for package in (here, str(_package("parsers"))):
        # Without pathlib, which would take as long as all the rest.
        for path in sorted(_program_files(package)):
            with open(path, "rb") as file:
                digest.update(path[len(package) :].encode() + b"\0" + file.read() + b"\0")
    for folder in sorted({_site("pyarrow"), _site("pypdfium2"), _site("pdfplumber")}):
        for name in sorted(os.listdir(folder)):
            if _READERS.fullmatch(name):
                digest.update(name.encode() + b"\0")
    return digest.hexdigest()


def fingerprint(source: Source, options: ReadOptions, program: str, vocabulary: str) -> str:
    """Digest of all that the rows of one source depend on.

    Args:
        source: the edition.
        options: how it is read.
        program: of :func:`program_digest`.
        vocabulary: digest of the overlay, empty without one.
    """
    parts = (
        program,
        vocabulary,
        source.edition_id,
        source.name,
        source.sha256,
        source.sidecar_sha256,
        source.corrections_sha256,
        options.reader,
        options.password or "",
        "cross-checked" if crosschecked(source, options) else "",
        "ocr" if options.ocr else "",
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def crosschecked(source: Source, options: ReadOptions) -> bool:
    """Whether a source is read twice: a text has one reader, and is never."""
    return options.cross_check and source.media_type == MEDIA_TYPES[".pdf"]


def vocabulary_digest(options: ReadOptions) -> str:
    """Digest of the overlay, empty without one."""
    if options.vocabulary is None:
        return ""
    return digest_of(options.vocabulary)


def _program_files(package: str) -> Iterator[str]:
    for folder, folders, names in os.walk(package):
        if "__pycache__" in folders:
            folders.remove("__pycache__")
        yield from (os.path.join(folder, name) for name in names if name.endswith(_PROGRAM))


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    return Path(spec.origin).parent


def _site(name: str) -> str:
    """The folder that a package is installed in, without importing it."""
    return str(_package(name).parent)
