"""Measure cold commands, warm stages, a run with nothing to do, and memory: ``make bench``.

Everything is measured in one run, command beside command, so that the ratios hold on any machine.
The best rounds are those in which a machine's other work disturbed least: two processes of ours
lose more by it than one of another's.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "editions" / "milano-2022-libreoffice.pdf"
SHIPPED = ROOT / "raw" / "milano-2022-abridged.pdf"
_MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall and processor seconds of a command, and the most bytes one of its processes held."""

    seconds: float
    processor: float
    peak: int


@dataclass(slots=True)
class Cold:
    """What the commands spent on one PDF, round by round."""

    ours: list[Spent] = field(default_factory=list)
    again: list[Spent] = field(default_factory=list)
    plumber: list[Spent] = field(default_factory=list)
    poppler: list[Spent] = field(default_factory=list)


def spend(command: Sequence[str | Path]) -> Spent:
    """Run a command with its output thrown away.

    Raises:
        RuntimeError: it ended with an error.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, command)), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    with process:
        # The pipe of errors ends when the command does; wait4 then gives its memory.
        said = process.stderr.read().decode() if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed: {said}")
    return Spent(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def cold(pdf: Path, rounds: int) -> Cold:
    """Run the commands beside each other; a first round fills the caches and is not counted."""
    script = Path(sys.executable).with_name("ponmetro")
    ponmetro = [script] if script.exists() else [sys.executable, "-m", "pipeline"]
    poppler = shutil.which("pdftotext")
    found = Cold()
    for number in range(rounds + 1):
        with tempfile.TemporaryDirectory() as folder:
            run = [*ponmetro, "run", pdf, "--output", Path(folder) / "output", "--workers", "1"]
            ours, again = spend(run), spend(run)
        plumber = spend([sys.executable, ROOT / "bench" / "plain.py", pdf])
        text = spend([poppler, "-layout", pdf, os.devnull]) if poppler else None
        if number == 0:
            continue
        found.ours.append(ours)
        found.again.append(again)
        found.plumber.append(plumber)
        if text:
            found.poppler.append(text)
    return found


def stages(pdf: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds of each stage in a warm process, round by round."""
    command = [sys.executable, "-m", "bench.stages", str(pdf), str(rounds)]
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, list[float]] = json.loads(answer.stdout)
    return found


def repeated(pdf: Path, times: int, to: Path) -> int:
    """Write a PDF that holds another one several times; returns its number of pages."""
    source, made = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument.new()
    for _ in range(times):
        made.import_pages(source)
    made.save(to)
    return len(made)


def _row(name: str, *cells: str) -> None:
    print(f"  {name:<44}" + "".join(f"{cell:>13}" for cell in cells))


def _seconds(spent: Sequence[Spent]) -> float:
    return median(each.seconds for each in spent)


def _ratio(theirs: Sequence[float], ours: Sequence[float]) -> str:
    """Median of the ratios round by round."""
    return f"{median(a / b for a, b in zip(theirs, ours, strict=True)):.2f} x"


def _best(theirs: Sequence[float], ours: Sequence[float]) -> str:
    """Ratio of the best rounds."""
    return f"{min(theirs) / min(ours):.2f} x"


def report_cold(pages: int, found: Cold) -> None:
    """Print what the commands spent."""
    ours = [each.seconds for each in found.ours]
    print(f"\nCommands, {pages} pages (medians of {len(ours)} rounds)")
    _row("", "seconds", "against ours", "best rounds", "processor s", "peak MB")
    for name, spent in (
        ("ponmetro run, nothing cached, all tables", found.ours),
        ("ponmetro run again, nothing changed", found.again),
        ("pdfplumber, bare text", found.plumber),
        ("pdftotext", found.poppler),
    ):
        if not spent:
            _row(name, "not installed: poppler-utils")
            continue
        peak = median(each.peak for each in spent) / _MEBI
        theirs = [each.seconds for each in spent]
        ratios = _ratio(theirs, ours), _best(theirs, ours)
        processor = median(each.processor for each in spent)
        _row(name, f"{_seconds(spent):.3f}", *ratios, f"{processor:.3f}", f"{peak:.0f}")


def report_stages(pages: int, found: dict[str, list[float]]) -> None:
    """Print the pages per second of each stage, and its ratio to pdfplumber."""
    plumber = found["pdfplumber"]
    print(f"\nStages in a warm process, {pages} pages")
    _row("", "pages/s", "ms/page", "pdfplumber", "best rounds")
    for name, seconds in (
        ("reading with geometry (PDFium)", found["read"]),
        ("  of it characters, boxes, drawings", found["drawn"]),
        ("  of it lines, columns, reading order", found["layout"]),
        ("reading in a child process with limits", found["guarded"]),
        ("parsing", found["parse"]),
        ("reading and parsing", found["both"]),
        ("tables with provenance", found["tables"]),
        ("rows checked and written", found["rows"]),
        ("CSV and Parquet published", found["publish"]),
        ("pdfplumber, extract_text", plumber),
    ):
        each = median(seconds) / pages
        ratios = _ratio(plumber, seconds), _best(plumber, seconds)
        _row(name, f"{1 / each:.0f}", f"{1000 * each:.2f}", *ratios)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0])
    parser.add_argument("pdf", nargs="?", type=Path, default=SHARED if SHARED.exists() else SHIPPED)
    parser.add_argument("--rounds", type=int, default=11, help="rounds on the PDF itself")
    parser.add_argument("--large-rounds", type=int, default=3, help="rounds on the large edition")
    parser.add_argument("--pages", type=int, default=220, help="least pages of the large edition")
    options = parser.parse_args()
    pdf = options.pdf.resolve()
    pages = len(pypdfium2.PdfDocument(pdf))
    print(f"{pdf.name}, Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    small = cold(pdf, options.rounds)
    report_cold(pages, small)
    report_stages(pages, stages(pdf, options.rounds))
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.pdf"
        many = repeated(pdf, -(-options.pages // pages), large)
        big = cold(large, options.large_rounds)
        report_cold(many, big)
        report_stages(many, stages(large, options.large_rounds))
    more = median(each.peak for each in big.ours) - median(each.peak for each in small.ours)
    print(f"\nPeak memory of a run at {many} pages above that at {pages}: {more / _MEBI:.0f} MB")


if __name__ == "__main__":
    main()
