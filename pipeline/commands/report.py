"""``ponmetro report``: the pages for people, made anew from what is published."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.talk import Talk

EXIT_OUTPUT = 4

_EXIT_CODES = """
\b
Exit codes:
  0  the pages are made
  2  wrong usage
  4  nothing is published there, or the folder cannot be used
"""


@click.command(short_help="Make the pages to look at.", epilog=_EXIT_CODES)
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--raw",
    type=click.Path(path_type=Path, file_okay=False),
    default="raw",
    show_default=True,
    help="Folder of the editions, whose pages are shown.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="output",
    show_default=True,
    help="Folder that the tables are published in.",
)
@click.option("--password", help="Opens PDFs that are locked by a user password.")
def command(sources: tuple[Path, ...], raw: Path, output: Path, password: str | None) -> None:
    """Make the overview and the review pages of what is published.

    OUTPUT/index.html tells what the editions say; OUTPUT/review/EDITION.html shows every value
    beside its print, in one file that needs no server and no network. The pages of PDFs are drawn
    from the files in RAW, or from SOURCES (files and folders) instead.
    """
    from pipeline.store import StoreError
    from pipeline.talk import Talk

    talk = Talk()
    places = list(sources) or ([raw] if raw.is_dir() else [])
    try:
        made = make_pages(output, places, password=password, talk=talk)
    except StoreError as error:
        talk.error(str(error))
        raise SystemExit(EXIT_OUTPUT) from None
    if not made:
        raise SystemExit(EXIT_OUTPUT)


def make_pages(
    output: Path,
    places: Iterable[Path],
    *,
    password: str | None,
    talk: Talk,
    missing_only: bool = False,
) -> bool:
    """Make the pages of what is published in a folder, and say where they are.

    ``ponmetro run`` calls this when its tables are live, with ``missing_only``: tables that have
    not changed keep the pages they have.

    Args:
        output: the folder.
        places: files and folders of the editions.
        password: of locked PDFs.
        talk: where messages go.
        missing_only: leave pages that are there as they are.

    Returns:
        False where what draws them is not installed.

    Raises:
        StoreError: nothing is published there, or the folder cannot be used.
    """
    from pipeline.pages import missing_modules, report
    from pipeline.sources import discover

    lacking = missing_modules()
    if lacking:
        talk.warning(f"no pages: they need {', '.join(lacking)}, which ponmetro[pages] installs")
        return False
    found = discover(places)
    if not missing_only:  # a run has told of them
        for problem in found.problems:
            talk.warning(str(problem.error), file=problem.path.name)
    report(output, found.sources, password=password, talk=talk, missing_only=missing_only)
    talk.info(f"look at {output}/index.html, or run: ponmetro serve")
    return True
