"""``ponmetro add``: put an edition into ``raw/`` and say in its sidecar what is known of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from parsers.errors import ReportError, SourceError

EXIT_REFUSED = 3

_EXIT_CODES = """
\b
Exit codes:
  0  the edition is in its place
  2  wrong usage
  3  the file cannot be an edition, or its place is taken
"""


@click.command(short_help="Put a file in place as an edition.", epilog=_EXIT_CODES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--edition", help="Its id, for example milano-2023.  [default: from the file's name]")
@click.option(
    "--date",
    "reference_date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day that it refers to, for example 2023-06-30.",
)
@click.option("--city-code", help="Two letters of the action codes, for example MI.")
@click.option("--city", help="Name of the city.")
@click.option("--programme", help="Name of the programme.")
@click.option("--title", help="Title of the edition.")
@click.option("--source-url", help="Where the file was published.")
@click.option("--publisher", help="Who published it.")
@click.option("--licence", help="Licence of the file.")
@click.option(
    "--raw",
    type=click.Path(path_type=Path, file_okay=False),
    default="raw",
    show_default=True,
    help="Folder of the editions.",
)
@click.option("--force", is_flag=True, help="Replace the file and the sidecar that are there.")
def command(
    file: Path,
    edition: str | None,
    reference_date: datetime | None,
    raw: Path,
    force: bool,
    **said: str | None,
) -> None:
    """Copy FILE into RAW as an edition, and write what is known of it into the TOML beside it.

    What the options leave out is read from the text when the edition is. With --force an edition
    in the same place is replaced; what its sidecar said and no option says anew stays.
    """
    from pipeline.talk import Talk

    talk = Talk()
    fields: dict[str, str | date] = {name: value for name, value in said.items() if value}
    if reference_date is not None:
        fields["reference_date"] = reference_date.date()
    try:
        target = _add(file, edition, fields, raw, force)
        for other in _same_content(target, raw):
            talk.warning(
                f"{target.name}: has the same content as {other.name}; if they are one edition, "
                "take one of them away [same_edition_twice]"
            )
    except ReportError as error:
        talk.error(str(error))
        raise SystemExit(EXIT_REFUSED) from None
    sidecar = target.with_suffix(".toml")
    beside = f", {sidecar}" if sidecar.is_file() else ""
    talk.info(f"added: {target}{beside}")
    talk.info(f"next: ponmetro drift {target} tells what no vocabulary knows in it,")
    talk.info("      ponmetro run publishes it, and what it changes, in changes.csv")


def _add(
    file: Path, edition: str | None, fields: Mapping[str, str | date], raw: Path, force: bool
) -> Path:
    """Put the file and its sidecar into their places; both are checked before either is touched.

    Raises:
        SourceError: the file cannot be an edition, or the place is taken.
        SidecarError: a field cannot be what it is said to be.
    """
    from pipeline.slug import slug
    from pipeline.sources import MEDIA_TYPES, VOCABULARY_FILE

    suffix = file.suffix.lower()
    edition_id = edition or slug(file.stem)
    if not file.is_file():
        raise SourceError("no such file; check the name", source=str(file))
    if suffix not in MEDIA_TYPES:
        kinds = ", ".join(MEDIA_TYPES)
        raise SourceError(f"is no edition; give a file that ends in {kinds}", source=file.name)
    if file.stat().st_size == 0:
        raise SourceError("is empty; fetch it again", source=file.name)
    target = raw / f"{edition_id}{suffix}"
    taken = ("", "readme", Path(VOCABULARY_FILE).stem)
    if edition_id != slug(edition_id) or edition_id in taken:
        raise SourceError(
            f"{edition_id!r} is no edition id; give one of small letters, digits and hyphens, for "
            "example --edition milano-2023",
            source=file.name,
        )
    _check_place(file, target, edition_id, bool(fields), force)
    try:
        raw.mkdir(parents=True, exist_ok=True)
        with _sidecar(target, fields) as sidecar:
            if not (target.exists() and target.samefile(file)):
                _place(file, target)
            if sidecar is not None:
                _place(sidecar, target.with_suffix(".toml"))
    except OSError as problem:
        raise SourceError(f"cannot be put there: {problem.strerror}", source=str(target)) from None
    return target


def _check_place(file: Path, target: Path, edition_id: str, says: bool, force: bool) -> None:
    """Refuse to write over anything unasked, and an id that another file has."""
    from pipeline.sources import discover

    if target.parent.is_dir():
        found = discover([target.parent])
        holders: list[tuple[Path, str | None]] = [
            *((one.path, one.edition_id) for one in found.sources),
            *((one.path, one.edition_id) for one in found.problems),
        ]
        for path, other in holders:
            if other == edition_id and path != target and not path.samefile(file):
                raise SourceError(
                    f"has the edition id {edition_id!r}; move it away, or give another --edition",
                    source=str(path),
                )
    sidecar = target.with_suffix(".toml")
    for path, written in ((target, True), (sidecar, says)):
        same = path.exists() and path.samefile(file)
        if written and path.exists() and not same and not force:
            raise SourceError("is there already; replace it with --force", source=str(path))


@contextmanager
def _sidecar(target: Path, fields: Mapping[str, str | date]) -> Iterator[Path | None]:
    """The new sidecar, checked, in a folder of its own; None where nothing is said.

    Raises:
        SidecarError: a field, old or new, cannot be what it is said to be.
    """
    from pipeline.sources import read_sidecar

    old = target.with_suffix(".toml")
    before = read_sidecar(old)._asdict() if old.is_file() else {}
    if not fields:
        yield None
        return
    known = {name: value for name, value in before.items() if value is not None}
    known.pop("edition_id", None)  # the file's name says it
    with TemporaryDirectory() as folder:
        path = Path(folder) / old.name
        text = "".join(f"{name} = {_toml(value)}\n" for name, value in {**known, **fields}.items())
        path.write_text(text, encoding="utf-8")
        read_sidecar(path)
        yield path


def _toml(value: str | date) -> str:
    """A value as TOML writes it; JSON's strings are TOML's."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _place(file: Path, target: Path) -> None:
    """Copy a file so that its place holds the old one or the new one, never a part."""
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(file, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _same_content(target: Path, raw: Path) -> list[Path]:
    """Other files of the folder with the same content."""
    from pipeline.sources import discover

    digests = {one.path: one.sha256 for one in discover([raw]).sources}
    mine = digests.pop(target, None)
    return [path for path, digest in digests.items() if digest == mine]
