"""``ponmetro report``: the pages for people, made anew from what is published."""

from __future__ import annotations

from pathlib import Path

import click

EXIT_OUTPUT = 4

_EXIT_CODES = """
\b
Exit codes:
  0  the pages are made
  2  wrong usage
  4  nothing is published there, or the folder cannot be used
"""


@click.command(epilog=_EXIT_CODES)
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
    from pipeline.pages import report
    from pipeline.sources import discover
    from pipeline.store import StoreError
    from pipeline.talk import Talk

    talk = Talk()
    places = list(sources) or ([raw] if raw.is_dir() else [])
    try:
        report(output, discover(places).sources, password=password, talk=talk)
    except StoreError as error:
        talk.error(str(error))
        raise SystemExit(EXIT_OUTPUT) from None
    except ModuleNotFoundError as missing:
        talk.error(f"the pages need {missing.name}; the extra 'pages' installs it")
        raise SystemExit(EXIT_OUTPUT) from None
    talk.info(f"pages: {output}/index.html, {output}/review")
