"""A source's lines, read in a process of its own.

What this module imports is little: reading begins before the grammar is there to parse.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from types import ModuleType

from parsers.errors import ReportError, SidecarError
from parsers.lines import Document
from parsers.vocabulary import PACKAGED, Vocabulary
from pipeline.fingerprint import ReadOptions
from pipeline.readers.guard import begun
from pipeline.sources import Source


def announces(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a cell's text announces the value in the cell beside it: a label or a code."""
    read, labels, codes = _grammar()
    value = read(text)
    label = labels.match(value, vocabulary)
    if label is not None:
        return label.value >= len(value) - 1 or label.kind in ("funding", "total", "status")
    found = codes.find_heading(value, vocabulary=vocabulary)
    return found is not None and codes.after_heading(value, found.end) >= len(value)


@cache
def _grammar() -> tuple[Callable[[str], str], ModuleType, ModuleType]:
    from parsers import labels
    from parsers.text import read
    from parsers.values import codes

    return read, labels, codes


def words(options: ReadOptions) -> Vocabulary:
    """The vocabulary in force: the packaged words with the user's laid over them.

    Raises:
        SidecarError: the user's file cannot be used.
    """
    path = options.vocabulary
    if path is None:
        return PACKAGED
    from pipeline import overlay

    try:
        return overlay.checked(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as problem:
        raise SidecarError(f"cannot be read: {problem}", source=path.name) from None


def begin(source: Source, options: ReadOptions, vocabulary: Vocabulary) -> Callable[[], Document]:
    """Begin to read a source in a child process with limits.

    Returns:
        What waits for the lines and gives them; it raises SourceError where the file cannot be
        read, or its reader crashed or passed a limit.
    """
    pairs = partial(announces, vocabulary=vocabulary)

    def lines() -> Document:
        from pipeline.readers import read
        from pipeline.talk import Talk

        return read(
            source.path,
            reader=options.reader,
            password=options.password,
            pairs=pairs,
            ocr=options.ocr,
            told=Talk().progress,
        )

    wait = begun(lines, source=source.name)

    def result() -> Document:
        try:
            return wait()
        except ReportError as problem:
            problem.source = problem.source or source.name
            raise

    return result


def read_document(source: Source, options: ReadOptions, vocabulary: Vocabulary) -> Document:
    """The lines of one source.

    Raises:
        SourceError: the file cannot be read.
    """
    return begin(source, options, vocabulary)()
