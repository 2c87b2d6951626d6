"""A published package proved against its sources: ``ponmetro verify``.

Every cell is derived again. The files are held against their hashes and CSV against Parquet; keys,
enumerations and evidence by SQL; each line and each piece of evidence against the source, read by
the reader that did not publish it; each value against its pieces; each derived column and sum
against the cells it follows from; and all of it against a second run. ``docs/verify.md`` says what
each of these proves.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from parsers.errors import ReportError
from pipeline.fingerprint import ReadOptions
from pipeline.sources import VOCABULARY_FILE, discover
from pipeline.verify import derived, evidence, keys, replay, source, values, word
from pipeline.verify.opened import Package, Row, open_package
from pipeline.verify.verdict import WAYS, Failure, PackageError, Verdict

__all__ = ["WAYS", "Failure", "PackageError", "Verdict", "verify"]


def verify(
    path: Path,
    sources: Sequence[Path],
    *,
    vocabulary: Path | None = None,
    password: str | None = None,
    partial: bool = False,
) -> Verdict:
    """Prove a package.

    Args:
        path: the folder that holds ``datapackage.json``, or that file.
        sources: the editions' files, or folders of them; a sidecar beside one is used.
        vocabulary: the words that the package was read with; else those beside the sources.
        password: opens locked PDFs.
        partial: do not ask for the source of every edition.

    Raises:
        PackageError: the package or a source cannot be opened at all.
    """
    verdict = Verdict()
    package = open_package(path, verdict)
    verdict.corrected = _corrected(package)
    keys.check_keys(package, verdict)
    matched = _match(package, sources, verdict)
    known = {row["edition_id"] or "" for row in package.tables["editions"]}
    for edition_id in sorted(known - set(matched)):
        if partial:
            verdict.notes.append(f"{edition_id}: not proved, its source is not given")
        else:
            verdict.fail(
                Failure(
                    "source",
                    edition_id,
                    "no source given; --partial proves the others",
                    "editions",
                    edition_id,
                    "source_file",
                )
            )
    for row, is_latest in derived.latest(package.tables["editions"]):
        cell = ("editions", row["edition_id"] or "", "is_latest")
        verdict.check("derived", "derived", cell, row["is_latest"], is_latest)
    options = _options(package, matched, vocabulary, password)
    for edition_id, file in matched.items():
        verdict.editions.append(edition_id)
        _edition(package, edition_id, file, options, verdict)
    if matched:
        replay.replay(package, matched, options, verdict)
    return verdict


_OF_A_CROSS_CHECK = ("reader_disagreement", "not_cross_checked")
# How the finding of a correction names its cell.
_CORRECTED = re.compile(r"\w+\.(\w+) of (\S+(?: \S+)*?): .* is corrected to '?(\d*)")


def _corrected(package: Package) -> set[str]:
    """Keys of the projects and actions that a correction of theirs is told of."""
    found: set[str] = set()
    for row in package.tables["findings"]:
        if row["rule"] != "corrected":
            continue
        named = _CORRECTED.match(row["message"] or "")
        if row["action_id"] is not None:
            found.add(row["action_id"])
        elif named is not None:
            number = named[3] if named[1] == "number" else ""
            found.add(f"{row['edition_id']}/progetto-{number}" if number else named[2])
    return found


def _files(sources: Sequence[Path]) -> Iterator[Path]:
    """The files, and the editions in the folders."""
    for place in sources:
        if not place.is_dir():
            yield place
            continue
        found = discover([place])
        if found.problems:
            raise PackageError(str(found.problems[0].error))
        yield from (source.path for source in found.sources)


def _match(package: Package, sources: Sequence[Path], verdict: Verdict) -> dict[str, Path]:
    """The file of each edition: by its hash, else by its name."""
    editions = package.tables["editions"]
    found: dict[str, Path] = {}
    for path in _files(sources):
        try:
            data = path.read_bytes()
        except OSError as problem:
            raise PackageError(f"{path}: {problem.strerror}; name the source's file") from None
        digest = hashlib.sha256(data).hexdigest()
        by_hash = [row for row in editions if row["source_sha256"] == digest]
        row = next(
            iter(by_hash or [row for row in editions if row["source_file"] == path.name]), None
        )
        if row is None:
            verdict.fail(Failure("source", path.name, "no edition of the package", "editions"))
            continue
        edition_id = row["edition_id"] or ""
        found[edition_id] = path
        for column, derived_cell in (
            ("source_sha256", digest),
            ("source_bytes", str(len(data))),
            ("source_file", path.name),
        ):
            cell = ("editions", edition_id, column)
            verdict.check("source", "source", cell, row[column], derived_cell)
    return dict(sorted(found.items()))


def _options(
    package: Package, matched: dict[str, Path], vocabulary: Path | None, password: str | None
) -> ReadOptions:
    """How the package was read: by the reader that its PDFs name, with the words beside them."""
    readers = [row["reader"] for row in package.tables["editions"] if row["reader"] != "text"]
    reader = next((name for name in readers if name in ("pdfium", "pdfplumber")), "pdfium")
    folders = {path.parent for path in matched.values()}
    words = [folder / VOCABULARY_FILE for folder in sorted(folders)]
    beside = next((path for path in words if path.is_file()), None)
    # A cross-check that found nothing leaves nothing in the tables.
    crossed = any(row["rule"] in _OF_A_CROSS_CHECK for row in package.tables["findings"])
    seen = any(row["rule"] == "page_ocr" for row in package.tables["findings"])
    return ReadOptions(reader or "pdfium", password, vocabulary or beside, crossed, seen)


def _edition(
    package: Package, edition_id: str, file: Path, options: ReadOptions, verdict: Verdict
) -> None:
    from pipeline.edition import words

    (row,) = [row for row in package.tables["editions"] if row["edition_id"] == edition_id]
    vocabulary = words(options)
    lines = evidence.Lines.of(package, edition_id)
    second: source.SecondReading | None = None
    pages: int | None = None
    if row["media_type"] == source.TEXT:
        reread = source.text_lines(file.read_bytes())
        pages = max((page or 0 for page, _ in reread), default=0) or None
        evidence.check_lines_of_text(lines, reread, verdict)
    elif row["media_type"] == source.PDF:
        try:
            second = source.second_reading(file, row["reader"] or "", options.password)
        except ReportError as problem:
            verdict.fail(
                Failure("source", file.name, str(problem), "editions", edition_id, "pages")
            )
        else:
            pages = second.pages
            evidence.check_lines_of_pdf(lines, second, verdict)
    elif row["media_type"] == word.WORD:
        try:
            word.check_lines_of_word(package, edition_id, lines, word.word_text(file), verdict)
        except ReportError as problem:
            verdict.fail(
                Failure("source", file.name, str(problem), "editions", edition_id, "pages")
            )
    else:
        verdict.notes.append(f"{edition_id}: no second reader for {row['media_type']}")
    _counts(row, lines, pages, verdict)
    printed = evidence.check_provenance(package, edition_id, lines, second, verdict)
    values.check_values(package, edition_id, printed, vocabulary, verdict)
    derived.Derivation(package, edition_id, lines, vocabulary, verdict).check()


def _counts(row: Row, lines: evidence.Lines, pages: int | None, verdict: Verdict) -> None:
    edition_id = row["edition_id"] or ""
    counted = {"lines": str(len(lines.rows))}
    if row["media_type"] in (source.TEXT, source.PDF, word.WORD):
        counted["pages"] = None if pages is None else str(pages)  # type: ignore[assignment]
    for column, derived_cell in counted.items():
        cell = ("editions", edition_id, column)
        verdict.check("source", "source", cell, row[column], derived_cell)
