"""One edition: from its source to the rows of every table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from parsers.errors import ReportError
from parsers.grammar import parse_report
from parsers.lines import Document
from parsers.report import Report, Signal
from parsers.vocabulary import Vocabulary
from pipeline import checks, corrections
from pipeline.documents import announces, begin, read_document, words
from pipeline.fingerprint import ReadOptions, crosschecked
from pipeline.fragments import Built
from pipeline.identity import Identified
from pipeline.sources import Source
from pipeline.tables import TableBuilder
from pipeline.tables_parts import Row

__all__ = [
    "Edition",
    "announces",
    "build",
    "corrected",
    "edition_row",
    "open_edition",
    "read_document",
    "words",
]


@dataclass(slots=True, eq=False)
class Edition:
    """An edition as read: its document, its report, its findings and their keys."""

    source: Source
    document: Document
    report: Report
    identified: Identified
    findings: list[Signal]
    vocabulary: Vocabulary


def open_edition(
    source: Source,
    options: ReadOptions,
    vocabulary: Vocabulary | None = None,
    reading: Callable[[], Document] | None = None,
) -> Edition:
    """Read and parse one source.

    Args:
        source: the edition.
        options: how it is read.
        vocabulary: the words to read it with instead of those of the options.
        reading: what gives its lines, where reading them has begun.

    Raises:
        SourceError: the file cannot be read.
        SidecarError: the words of the options cannot be used.
        GrammarError: it is no report.
    """
    vocabulary = vocabulary or words(options)
    reading = reading or begin(source, options, vocabulary)
    second = None
    if crosschecked(source, options):
        from pipeline.crosscheck import begin_second

        second = begin_second(source, options, vocabulary)
    document = reading()
    try:
        report = parse_report(document, city=source.sidecar.city_code, vocabulary=vocabulary)
    except ReportError as problem:
        problem.source = problem.source or source.name
        raise
    found = checks.findings(report, document, vocabulary)
    if second is not None:
        found = checks.in_order([*found, *second(document, report)])
    identified = Identified.of(source.edition_id, report)
    return Edition(source, document, report, identified, found, vocabulary)


def build(
    source: Source,
    options: ReadOptions,
    vocabulary: Vocabulary | None = None,
    reading: Callable[[], Document] | None = None,
) -> Built:
    """All rows of one edition, and what ``run.json`` tells of it; arguments as above.

    Raises:
        SourceError: the file cannot be read.
        GrammarError: it is no report.
        SidecarError: its corrections, or the words of the options, cannot be used.
    """
    edition = open_edition(source, options, vocabulary, reading)
    builder = TableBuilder(edition.identified, edition.document, edition.vocabulary)
    tables = builder.build(edition.findings)
    if source.corrections is not None:
        entries = corrections.load(source.corrections)
        corrections.apply(tables, entries, source.edition_id, edition.vocabulary)
    record = {**_record(edition), "cross_checked": crosschecked(source, options)}
    return Built({"editions": [edition_row(edition)], **tables}, record)


def corrected(edition: Edition) -> Edition:
    """An edition for people to read: its corrections laid in, each beside what is printed.

    Raises:
        SidecarError: its corrections cannot be used.
    """
    source = edition.source
    if source.corrections is None:
        return edition
    from pipeline.corrections.marked import Marked

    entries = corrections.load(source.corrections)
    builder = TableBuilder(edition.identified, edition.document, edition.vocabulary)
    before = builder.build(edition.findings)
    after = {name: list(rows) for name, rows in before.items()}
    corrections.apply(after, entries, source.edition_id, edition.vocabulary)
    found = Marked(edition.identified, before, after, edition.vocabulary).lay_in()
    return replace(edition, findings=found)


def edition_row(edition: Edition) -> Row:
    """The edition's row of ``editions``; ``is_latest`` is settled when all are published."""
    source, document, sidecar = edition.source, edition.document, edition.source.sidecar
    city_code = edition.report.city
    cities = edition.vocabulary["cities"]
    city = sidecar.city or cities.get(city_code or "", {}).get("name")
    programme = _programme(edition)
    return (
        source.edition_id,
        city_code,
        city,
        sidecar.programme or programme.get("label_it"),
        sidecar.cci or programme.get("cci"),
        sidecar.title or _title(edition),
        sidecar.reference_date,
        source.name,
        document.media_type,
        source.sha256,
        source.bytes,
        document.pages,
        len(document.lines),
        document.reader,
        sidecar.source_url,
        sidecar.publisher,
        sidecar.licence,
        False,
    )


def _programme(edition: Edition) -> dict[str, Any]:
    """The programme of most codes, from their family."""
    families = Counter(action.code.family for _, _, action in edition.identified.actions())
    if not families:
        return {}
    family = min(families, key=lambda name: (-families[name], name))
    found: dict[str, Any] = edition.vocabulary["programmes"].get(family, {})
    return found


def _title(edition: Edition) -> str | None:
    """Title of a cover: the front matter's text in the largest size, if it is set apart."""
    fronts = edition.report.front
    if not fronts:
        return None
    lines = {line.number: line for line in edition.document.lines}
    sized = [(lines[text.line].size or 0.0, text) for text in fronts if text.value]
    largest = max((size for size, _ in sized), default=0.0)
    if largest <= 0:
        return None
    chosen = [text.value for size, text in sized if size > 0.97 * largest]
    return " ".join(chosen) if 0 < len(chosen) <= 4 else None


def _record(edition: Edition) -> dict[str, Any]:
    """Coverage of an edition: lines and characters by role, for each page."""
    report, document = edition.report, edition.document
    roles: Counter[str] = Counter(report.roles)
    pages: dict[str, Counter[str]] = {}
    for line, role in zip(document.lines, report.roles, strict=True):
        counts = pages.setdefault(str(line.page) if line.page else "-", Counter())
        counts[role] += len(line.text.strip())
    characters = sum(sum(counts.values()) for counts in pages.values())
    unclaimed = sum(counts.get("unclassified", 0) for counts in pages.values())
    return {
        "lines": len(document.lines),
        "roles": dict(sorted(roles.items())),
        "characters": characters,
        "coverage": round(1 - unclaimed / characters, 6) if characters else 1.0,
        "unclaimed": [
            {"page": line.page, "line": line.number, "text": line.text.strip()}
            for line, role in zip(document.lines, report.roles, strict=True)
            if role == "unclassified"
        ],
        "outside": [{"page": page, "text": text} for page, text in document.outside],
        "characters_by_page": {
            page: {role: n for role, n in sorted(counts.items()) if n}
            for page, counts in pages.items()
        },
    }
