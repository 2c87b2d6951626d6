"""Seconds of each stage on one PDF in a warm process, as one JSON object.

Run as ``python -m bench.stages PDF ROUNDS``: in each round we and pdfplumber work one after the
other, so that what else the machine does falls on both alike. pdfplumber has a process of its own
beside ours, as its users have: neither works in what the other left of the memory. Both turns are
about as long: a tenth of a second after a pause measures how fast a processor's caches fill.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2_raw as raw

from parsers.grammar import parse_report
from pipeline.documents import announces, read_document, words
from pipeline.fingerprint import ReadOptions
from pipeline.identity import Identified
from pipeline.readers import layout, pdfium, read
from pipeline.sources import discover
from pipeline.tables import TableBuilder

Seconds = dict[str, list[float]]


def measure(path: Path, rounds: int) -> Seconds:
    """Time the stages on a PDF.

    Returns:
        for each stage its seconds in each round, the median of as many passes as there was time
        for; ``pdfplumber`` is ``extract_text`` of all pages.
    """
    fresh = get_context("spawn")
    seconds: Seconds = {}
    with (
        ProcessPoolExecutor(1, fresh) as theirs,
        ProcessPoolExecutor(1, fresh) as reader,
        ProcessPoolExecutor(1, fresh) as writer,
    ):
        for number in range(rounds + 1):
            spent = theirs.submit(_extract_text, path).result()
            length = spent["pdfplumber"]
            spent |= reader.submit(_turn, _read, path, length).result()
            spent |= reader.submit(_turn, _parts, path, length / 2).result()
            spent |= writer.submit(_turn, _write, path, length / 2).result()
            if number == 0:
                continue  # it compiles patterns and loads the libraries
            for stage, each in spent.items():
                seconds.setdefault(stage, []).append(each)
    return seconds


def _turn(make: Callable[[Path], dict[str, float]], path: Path, length: float) -> dict[str, float]:
    """Pass through stages again and again for so many seconds, twice at least."""
    # As in a run, whose processes end with their one source.
    gc.collect()
    gc.disable()
    passes: list[dict[str, float]] = []
    end = time.perf_counter() + length
    while len(passes) < 2 or time.perf_counter() < end:
        passes.append(make(path))
    return {stage: median(each[stage] for each in passes) for stage in passes[0]}


def _read(path: Path) -> dict[str, float]:
    """Read and parse, in a process without Arrow, as a run's processes are that do so.

    Nothing else is done between, as nothing is in the process of pdfplumber.
    """
    seconds: dict[str, float] = {}
    vocabulary = words(ReadOptions())
    _forget()
    with _timed("read", seconds):
        document = read(path, pairs=partial(announces, vocabulary=vocabulary))
    _forget()
    with _timed("parse", seconds):
        parse_report(document, vocabulary=vocabulary)
    seconds["both"] = seconds["read"] + seconds["parse"]
    return seconds


def _parts(path: Path) -> dict[str, float]:
    """What reading is made of, and reading behind the limits of a process of its own."""
    (source,) = discover([path]).sources
    seconds: dict[str, float] = {}
    options = ReadOptions()
    vocabulary = words(options)
    pairs = partial(announces, vocabulary=vocabulary)
    opened = pdfium.open_document(source.path, None)
    count = raw.FPDF_GetPageCount(opened)
    with _timed("drawn", seconds):
        drawn = list(pdfium.pages(opened, count, pdfium.again(source.path, None)))
    with _timed("layout", seconds):
        layout.document(drawn, len(drawn), pairs, reader="", media_type="")
    raw.FPDF_CloseDocument(opened)
    with _timed("guarded", seconds):
        read_document(source, options, vocabulary)
    return seconds


def _write(path: Path) -> dict[str, float]:
    """Make the tables of what was read, and publish them."""
    from pipeline.edition import build
    from pipeline.fragments import write_fragment
    from pipeline.publish import publish

    (source,) = discover([path]).sources
    seconds: dict[str, float] = {}
    options = ReadOptions()
    vocabulary = words(options)
    document = read_document(source, options, vocabulary)
    report = parse_report(document, vocabulary=vocabulary)
    with _timed("tables", seconds):
        TableBuilder(Identified.of(source.edition_id, report), document, vocabulary).build([])
    built = build(source, options)
    with tempfile.TemporaryDirectory() as folder:
        cache, publication = Path(folder) / "cache", Path(folder) / "publication"
        cache.mkdir()
        publication.mkdir()
        with _timed("rows", seconds):
            fragment = write_fragment(
                built, cache, "0" * 64, source.edition_id, source.name, source.sha256
            )
        with _timed("publish", seconds):
            publish(publication, [fragment], vocabulary)
    return seconds


def _forget() -> None:
    """Empty what the parsers remember of texts: a pass must not profit from the one before.

    Nor parsing from reading, which a run leaves to another process. What they keep of a
    vocabulary is without bound, and stays.
    """
    for remembered in _caches(len(sys.modules)):
        remembered.cache_clear()


@lru_cache(maxsize=1)
def _caches(_loaded: int) -> list[Any]:
    """The caches of texts in so many modules, looked for once: that, too, empties a processor's."""
    return [
        thing
        for name, module in list(sys.modules.items())
        for thing in (list(vars(module).values()) if name.startswith("parsers") else ())
        if hasattr(thing, "cache_parameters") and thing.cache_parameters()["maxsize"]
    ]


def _extract_text(path: Path) -> dict[str, float]:
    import pdfplumber

    seconds: dict[str, float] = {}
    with _timed("pdfplumber", seconds), pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()
    return seconds


@contextmanager
def _timed(stage: str, seconds: dict[str, float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[stage] = time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
