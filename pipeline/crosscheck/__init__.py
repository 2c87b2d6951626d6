"""Two readers of one PDF held against each other: ``--cross-check``.

PDFium and pdfplumber share nothing but the file. Each reads it in a process of its own, at one
time; the same layout and grammar make records of both readings, and where these differ, one of the
engines is wrong: an error finding that quotes both.
"""

from __future__ import annotations

from collections.abc import Callable

from parsers.errors import ReportError
from parsers.grammar import parse_report
from parsers.lines import Document
from parsers.report import Report, Signal
from parsers.vocabulary import Vocabulary
from pipeline.crosscheck.compare import Reading, disagreements
from pipeline.documents import begin
from pipeline.fingerprint import ReadOptions
from pipeline.sources import Source

__all__ = ["Reading", "begin_second", "disagreements"]

OTHER = {"pdfium": "pdfplumber", "pdfplumber": "pdfium"}
"""The reader that each one is held against."""

Second = Callable[[Document, Report], list[Signal]]
"""Waits for the second reading and holds a first one against it."""


def begin_second(source: Source, options: ReadOptions, vocabulary: Vocabulary) -> Second:
    """Begin to read a PDF with the other reader.

    Returns:
        What gives the findings on a first reading. A second reader that fails costs no edition: it
        is the finding ``not_cross_checked``.
    """
    reader = OTHER[options.reader]
    wait = begin(source, options._replace(reader=reader), vocabulary)

    def findings(document: Document, report: Report) -> list[Signal]:
        try:
            again = wait()
            reread = parse_report(again, city=source.sidecar.city_code, vocabulary=vocabulary)
        except ReportError as problem:
            said = f"{reader} gives no reading to compare: {problem.message}"
            return [Signal("not_cross_checked", said, 1, source.name)]
        return disagreements(Reading(document, report), Reading(again, reread))

    return findings
