"""``ponmetro verify``: prove a published package against its sources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands._options import PASSWORD, vocabulary_option

if TYPE_CHECKING:
    from pipeline.verify import Verdict

EXIT_FAILED = 1
EXIT_UNREADABLE = 3
_SHOWN = 50


@click.command(
    short_help="Derive every published cell again.",
    epilog="""
\b
Exit codes:
  0  every cell is proved
  1  something fails
  2  wrong usage
  3  the package or a source cannot be opened
""",
)
@click.argument("package", type=click.Path(path_type=Path))
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--partial", is_flag=True, help="Prove only the editions whose source is given.")
@vocabulary_option("beside a source")
@PASSWORD
@click.option("--all", "every", is_flag=True, help=f"Print every failure, not the first {_SHOWN}.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def command(
    package: Path,
    sources: tuple[Path, ...],
    partial: bool,
    vocabulary: Path | None,
    password: str | None,
    every: bool,
    as_json: bool,
) -> None:
    """Derive every cell of PACKAGE again from its SOURCES (files and folders).

    PACKAGE is a published folder, or its datapackage.json. What is printed is read again from the
    source by the other reader, what is derived is computed again, and the whole is run again.
    """
    from pipeline.verify import PackageError, verify

    try:
        verdict = verify(
            package, sources, vocabulary=vocabulary, password=password, partial=partial
        )
    except PackageError as problem:
        click.echo(f"error: {problem}", err=True)
        raise SystemExit(EXIT_UNREADABLE) from None
    if as_json:
        click.echo(json.dumps(_as_data(verdict), ensure_ascii=False, indent=1))
    else:
        for line in summary(verdict, None if every else _SHOWN):
            click.echo(line)
    raise SystemExit(0 if verdict.holds else EXIT_FAILED)


def summary(verdict: Verdict, shown: int | None) -> Sequence[str]:
    """What was proved, and what fails, as lines for people."""
    from pipeline.verify import WAYS

    counts = verdict.proved()
    whole, again = verdict.characters
    share = f"{100 * again / whole:.2f} %" if whole else "none"
    lines = [
        f"{', '.join(verdict.editions) or 'no edition'}",
        f"{counts.total():>9,} cells proved",
        *(f"{counts[way]:>9,} {way}: {meaning}" for way, meaning in WAYS.items() if counts[way]),
        f"{again:>9,} of {whole:,} published characters read again from the source ({share})",
        *(f"note: {note}" for note in verdict.notes),
    ]
    failures = verdict.failures
    lines += [f"FAILED {failure}" for failure in failures[:shown]]
    if shown is not None and len(failures) > shown:
        lines.append(f"... and {len(failures) - shown} more (--all prints them)")
    lines.append("all proved" if verdict.holds else f"{len(failures)} failed")
    return lines


def _as_data(verdict: Verdict) -> dict[str, object]:
    from dataclasses import asdict

    whole, again = verdict.characters
    return {
        "holds": verdict.holds,
        "editions": verdict.editions,
        "cells": dict(verdict.proved()),
        "characters": {"published": whole, "read_again": again},
        "notes": verdict.notes,
        "failures": [asdict(failure) for failure in verdict.failures],
    }
