"""What every command that reads editions is told of them, declared once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from pipeline.fingerprint import ReadOptions
from pipeline.sources import VOCABULARY_FILE

Command = Callable[..., None]

PASSWORD = click.option("--password", help="Opens PDFs that are locked by a user password.")


def vocabulary_option(folder: str) -> Callable[[Command], Command]:
    """``--vocabulary``, which is ``vocabulary.toml`` of some folder where it is not given."""
    return click.option(
        "--vocabulary",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help=f"TOML of your own words.  [default: {VOCABULARY_FILE} {folder}]",
    )


CROSS_CHECK = click.option(
    "--cross-check",
    is_flag=True,
    help="Read PDFs with the other reader, too; where the records differ is an error finding.",
)
_RAW = click.option(
    "--raw",
    type=click.Path(path_type=Path, file_okay=False),
    default="raw",
    show_default=True,
    help=f"Folder of the editions and of {VOCABULARY_FILE}.",
)
_READER = click.option(
    "--reader",
    type=click.Choice(["pdfium", "pdfplumber"]),
    default="pdfium",
    show_default=True,
    help="What reads PDFs.",
)


_OCR = click.option(
    "--ocr/--no-ocr",
    default=True,
    show_default=True,
    help="Read pages that are pictures of text, where the extra ocr is installed.",
)


def reading(command: Command) -> Command:
    """Give a command ``--raw``, ``--vocabulary``, ``--reader``, ``--ocr`` and ``--password``.

    The command is called with ``raw`` and with ``options``, a ReadOptions of the other four and of
    ``--cross-check``, which it may declare besides: without ``--vocabulary``, the words are those
    of the folder, if it has any.
    """

    @wraps(command)
    def told(
        *,
        raw: Path,
        vocabulary: Path | None,
        reader: str,
        password: str | None,
        ocr: bool,
        cross_check: bool = False,
        **others: Any,
    ) -> None:
        if vocabulary is not None and not vocabulary.is_file():
            raise click.UsageError(
                f"there is no file {vocabulary}; `ponmetro drift FILE --apply` makes one"
            )
        words = vocabulary or raw / VOCABULARY_FILE
        options = ReadOptions(
            reader, password, words if words.is_file() else None, cross_check, ocr
        )
        command(raw=raw, options=options, **others)

    return with_options(_OCR(told))


def with_options(command: Command) -> Command:
    """Declare the four options alone, for a command that may be told of words yet to be written."""
    for option in (PASSWORD, _READER, vocabulary_option("in RAW"), _RAW):
        command = option(command)
    return command
