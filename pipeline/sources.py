"""What lies in ``raw/``: the editions, the sidecar beside each, and what is neither."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from parsers.errors import ReportError, SidecarError, SourceError
from pipeline.slug import slug

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain",
}
"""Media type of each kind of file that is an edition, by its suffix in lower case."""

VOCABULARY_FILE = "vocabulary.toml"

CORRECTIONS = ".corrections.toml"
"""Ending of the file of corrections to the edition of the same stem."""

_NOT_EDITIONS = re.compile(r"\..*|~\$.*|readme(\..*)?|.*\.(toml|md)", re.IGNORECASE)
"""Names that may lie beside the editions: hidden files, Word's marks of open files (``~$``),
notes, sidecars, vocabulary."""

_EDITION_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CITY_CODE = re.compile(r"[A-Z]{2}")


class Sidecar(NamedTuple):
    """What ``<edition>.toml`` says about the file beside it; every field is optional."""

    edition_id: str | None = None
    city_code: str | None = None
    city: str | None = None
    programme: str | None = None
    cci: str | None = None
    title: str | None = None
    reference_date: date | None = None
    source_url: str | None = None
    publisher: str | None = None
    licence: str | None = None


class Source(NamedTuple):
    """One edition as received.

    Attributes:
        path: the file.
        edition_id: of the sidecar, else from the file's stem.
        media_type: by the file's suffix.
        sha256: hexadecimal digest of the content.
        bytes: size of the content.
        sidecar: what the TOML beside the file says.
        sidecar_sha256: digest of that TOML, empty without one.
        corrections: ``<edition>.corrections.toml`` beside the file, if there is one.
        corrections_sha256: digest of that TOML, empty without one.
    """

    path: Path
    edition_id: str
    media_type: str
    sha256: str
    bytes: int
    sidecar: Sidecar = Sidecar()
    sidecar_sha256: str = ""
    corrections: Path | None = None
    corrections_sha256: str = ""

    @property
    def name(self) -> str:
        """The file's name without folders, as published in ``editions.source_file``."""
        return self.path.name


class Problem(NamedTuple):
    """A file that cannot be read as an edition, and why.

    ``edition_id`` is the one it would have had, by its name where its sidecar is at fault.
    """

    path: Path
    edition_id: str | None
    error: ReportError


@dataclass(slots=True, eq=False)
class Discovery:
    """What was found: sources by edition, problems, and files that are no editions."""

    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)


def read_sidecar(path: Path) -> Sidecar:
    """Read and check the TOML beside a source.

    Raises:
        SidecarError: it is no TOML, names an unknown field, or gives a value of the wrong kind.
    """
    import tomllib  # most folders have few sidecars, and many runs none

    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SidecarError(f"is no TOML: {problem}", source=path.name) from None
    allowed = Sidecar._fields
    for key, value in table.items():
        if key not in allowed:
            raise SidecarError(
                f"unknown field {key!r}; the fields are {', '.join(allowed)}", source=path.name
            )
        problem_found = _wrong(key, value)
        if problem_found:
            raise SidecarError(f"{key} = {value!r}: {problem_found}", source=path.name)
    return Sidecar(**table)


def _wrong(key: str, value: object) -> str | None:
    if key == "reference_date":
        if not isinstance(value, date) or isinstance(value, datetime):
            return "write a date without quotes, for example 2022-02-28"
        return None
    if not isinstance(value, str) or value != " ".join(value.split()) or not value:
        return "write one line of text in quotes, without outer or double spaces"
    if not value.isprintable():
        return "holds a character that cannot be printed"
    if key == "edition_id" and not _EDITION_ID.fullmatch(value):
        return "write small letters, digits and single hyphens, for example milano-2022"
    if key == "city_code" and not _CITY_CODE.fullmatch(value):
        return "write the two capital letters of the codes, for example MI"
    return None


def discover(places: Iterable[Path]) -> Discovery:
    """Find the editions in files and folders, in the order of their ids.

    A file named by itself must be an edition; in a folder, notes, sidecars and hidden files are
    passed over by name, folders too, and a file of another kind is listed in ``ignored``, as are
    sidecar and corrections of an edition that is not there. Two files with one edition id are a
    problem of both.
    """
    found = Discovery()
    for path in dict.fromkeys(_files(places, found)):
        _take(path, found)
    by_id: dict[str, list[Source]] = {}
    for source in found.sources:
        by_id.setdefault(source.edition_id, []).append(source)
    for edition_id, same in by_id.items():
        for source in same if len(same) > 1 else ():
            others = ", ".join(other.name for other in same if other is not source)
            shared = [other.path.with_suffix("") for other in same].count(
                source.path.with_suffix("")
            )
            sidecar = f"{source.path.stem}.toml"
            remedy = "" if shared > 1 else f", or give it another edition_id in {sidecar}"
            found.problems.append(
                Problem(
                    source.path,
                    edition_id,
                    SourceError(
                        f"has the edition id {edition_id!r} of {others}; rename one{remedy}",
                        source=source.name,
                    ),
                )
            )
    found.sources = sorted(
        (same[0] for same in by_id.values() if len(same) == 1), key=lambda one: one.edition_id
    )
    found.problems.sort(key=lambda problem: problem.path.name)
    return found


def _files(places: Iterable[Path], found: Discovery) -> Iterator[Path]:
    for place in places:
        if not place.is_dir():
            yield place
            continue
        paths = sorted(place.iterdir())
        stems = {path.stem for path in paths if path.suffix.lower() in MEDIA_TYPES}
        for path in paths:
            if _describes(path) not in (None, *stems):
                found.ignored.append(path)
            if path.is_dir() or _NOT_EDITIONS.fullmatch(path.name):
                continue
            if path.suffix.lower() in MEDIA_TYPES:
                yield path
            else:
                found.ignored.append(path)


def _describes(path: Path) -> str | None:
    """The stem of the edition that a sidecar or a file of corrections is named after."""
    if path.suffix != ".toml" or path.name.startswith(".") or path.name == VOCABULARY_FILE:
        return None
    return path.name.removesuffix(CORRECTIONS).removesuffix(".toml")


def _take(path: Path, found: Discovery) -> None:
    edition_id = slug(path.stem)
    try:
        found.sources.append(_source(path, edition_id))
    except ReportError as error:
        found.problems.append(Problem(path, edition_id or None, error))


def _source(path: Path, edition_id: str) -> Source:
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    try:
        if media_type is None and path.exists():
            kinds = ", ".join(MEDIA_TYPES)
            raise SourceError(f"is no edition; give a file that ends in {kinds}", source=path.name)
        digest = digest_of(path)
        size = path.stat().st_size
        sidecar_path = path.with_suffix(".toml")
        has_sidecar = sidecar_path.is_file() and not sidecar_path.name.endswith(CORRECTIONS)
        corrections = path.with_name(path.stem + CORRECTIONS)
        has_corrections = corrections.is_file()
        sidecar = read_sidecar(sidecar_path) if has_sidecar else Sidecar()
        sidecar_digest = digest_of(sidecar_path) if has_sidecar else ""
        corrections_digest = digest_of(corrections) if has_corrections else ""
    except FileNotFoundError:
        raise SourceError("no such file; check the name", source=str(path)) from None
    except OSError as problem:
        raise SourceError(f"cannot be opened: {problem.strerror}", source=path.name) from None
    if size == 0:
        raise SourceError("is empty; fetch it again", source=path.name)
    if not (sidecar.edition_id or edition_id):
        raise SourceError(
            f"its name gives no edition id; give one in {sidecar_path.name}", source=path.name
        )
    return Source(
        path=path,
        edition_id=sidecar.edition_id or edition_id,
        media_type=media_type or "",
        sha256=digest,
        bytes=size,
        sidecar=sidecar,
        sidecar_sha256=sidecar_digest,
        corrections=corrections if has_corrections else None,
        corrections_sha256=corrections_digest,
    )


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
