"""``ponmetro drift``: what the parser had not met in an edition, and how to teach it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands._options import with_options

if TYPE_CHECKING:
    from pipeline.drift import Novelty

EXIT_CODES = """
\b
Exit codes:
  0  nothing new, or all that is new was applied
  1  novelties
  2  wrong usage
  3  the source, or the vocabulary, could not be read
  4  the vocabulary could not be written
"""


@click.command(short_help="Print what no vocabulary knows yet.", epilog=EXIT_CODES)
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--apply",
    "apply_",
    is_flag=True,
    help="Lay the proposed words into the vocabulary of the folder, or of --vocabulary.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "toml"]),
    default="text",
    show_default=True,
    help="For a person, for a program, or the proposed words alone.",
)
@with_options
def command(
    source: Path,
    apply_: bool,
    vocabulary: Path | None,
    raw: Path,
    form: str,
    reader: str,
    password: str | None,
) -> None:
    """Print what no vocabulary knows of the edition in FILE, and the words that would teach it.

    These are prefixes of codes, headings, funding sources, labels, shapes of lines and wordings
    of a status, each with where and how often it is printed, the nearest known entry, and a
    proposal in TOML. Nothing is published, and nothing is written without --apply.
    """
    from parsers.errors import ReportError
    from pipeline.drift import drift
    from pipeline.drift.render import FORMATS
    from pipeline.fingerprint import ReadOptions
    from pipeline.outcome import EXIT_FINDINGS, EXIT_OUTPUT, EXIT_SOURCE
    from pipeline.readers.guard import guarded
    from pipeline.sources import VOCABULARY_FILE, discover
    from pipeline.talk import Talk, counted

    words = vocabulary or raw / VOCABULARY_FILE
    options = ReadOptions(reader, password, words if words.is_file() else None)
    talk = Talk()
    found = discover([source])
    try:
        for problem in found.problems:
            raise problem.error
        if len(found.sources) != 1:
            raise click.UsageError(f"{source}: name one edition")
        (one,) = found.sources
        novelties = guarded(lambda: drift(one, options), source=one.name)
    except ReportError as error:
        talk.error(str(error))
        raise SystemExit(EXIT_SOURCE) from None
    click.echo(FORMATS[form](novelties, one.name), nl=False)
    if not novelties:
        return
    if not apply_:
        raise SystemExit(EXIT_FINDINGS)
    try:
        _apply(words, novelties, one.name)
    except OSError as error:
        talk.error(f"{words}: {error.strerror}; name another file with --vocabulary")
        raise SystemExit(EXIT_OUTPUT) from None
    taught = counted(len(novelties), "novelty", "novelties")
    talk.info(f"taught {taught} to {words}; look it through before a run")


def _apply(path: Path, novelties: Sequence[Novelty], name: str) -> None:
    """Lay the patches into a vocabulary, whole or not at all, with what is to be settled."""
    from pipeline.drift import patch_of
    from pipeline.drift.render import doubts
    from pipeline.overlay import added

    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(added(text, patch_of(novelties), doubts(novelties, name)), encoding="utf-8")
    part.replace(path)
