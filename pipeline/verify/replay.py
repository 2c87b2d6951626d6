"""The whole run again, on the same sources: what only the grammar tells is told twice.

Boundaries of paragraphs and titles, roles of lines, findings and changes follow from no other
cell. They are held against a second run of this program, in a folder that is thrown away.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.fingerprint import ReadOptions
from pipeline.schema import TABLES
from pipeline.sources import VOCABULARY_FILE, Sidecar
from pipeline.verify.opened import Package, Row, open_package
from pipeline.verify.verdict import Failure, Verdict

SIDECAR_CELLS = frozenset(Sidecar._fields)
"""Columns of ``editions`` that a sidecar may name; without it they are taken as given."""


def replay(
    package: Package,
    sources: Mapping[str, Path],
    options: ReadOptions,
    verdict: Verdict,
) -> None:
    """Run again and hold every cell against what comes out.

    What is seen over several editions (``changes``, and findings that follow from them) is held
    only where all of them are given.

    Args:
        package: as published.
        sources: file of each edition that is to be held.
        options: how the package was read.
        verdict: where the outcome goes.
    """
    again = run_again(package, sources, options, verdict)
    if again is None:
        return
    bare = {edition_id for edition_id, path in sources.items() if not _sidecar(path).is_file()}
    for edition_id in sorted(bare):
        verdict.notes.append(
            f"{edition_id}: no sidecar is given, what it may have named is not proved"
        )
    incomparable = {
        row["edition_id"]
        for row in package.tables["changes"]
        if row["previous_edition_id"] not in sources
    }
    for name, table in TABLES.items():
        if "edition_id" not in table.header:
            _same_rows(name, package.tables[name], again.tables[name], bare, verdict)
            continue
        published, derived = package.by_edition(name), again.by_edition(name)
        for edition_id in sources:
            if name in ("changes", "findings") and edition_id in incomparable:
                continue
            _same_rows(name, published[edition_id], derived[edition_id], bare, verdict)
    if _described(package) != _described(again):
        verdict.fail(Failure("replay", "datapackage.json", "the descriptions of this program"))


def run_again(
    package: Package, sources: Mapping[str, Path], options: ReadOptions, verdict: Verdict
) -> Package | None:
    """What this program publishes of the sources; None where none of them can be read."""
    from pipeline.run import run

    with tempfile.TemporaryDirectory(prefix="ponmetro-verify-") as place:
        raw, output = Path(place, "raw"), Path(place, "output")
        raw.mkdir()
        for edition_id, path in sources.items():
            _lay_out(package, edition_id, path, raw)
        result = run([raw], output=output, raw=raw, options=options)
        for problem in result.failed:
            verdict.fail(Failure("replay", problem.path.name, str(problem.error), "editions"))
        return open_package(output, Verdict()) if result.fragments else None


def _sidecar(path: Path) -> Path:
    return path.with_suffix(".toml")


def _lay_out(package: Package, edition_id: str, path: Path, raw: Path) -> None:
    """Put a source under the name it was published by, with its sidecar or one like it."""
    (row,) = [row for row in package.tables["editions"] if row["edition_id"] == edition_id]
    name = Path(row["source_file"] or path.name).name
    (raw / name).symlink_to(path.resolve())
    for beside in path.parent.glob("*.toml"):
        if beside.name == VOCABULARY_FILE:
            target = raw / beside.name
        elif beside.stem.split(".")[0] == path.stem.split(".")[0]:
            target = raw / beside.name.replace(path.stem, Path(name).stem, 1)
        else:
            continue
        if not target.exists():
            target.symlink_to(beside.resolve())
    sidecar = _sidecar(raw / name)
    if not sidecar.exists():
        sidecar.write_text("\n".join(_as_toml(row)) + "\n", encoding="utf-8")


def _as_toml(row: Row) -> Iterable[str]:
    for name in sorted(SIDECAR_CELLS):
        value = row.get(name)
        if value is not None:
            spelt = value if name == "reference_date" else json.dumps(value, ensure_ascii=False)
            yield f"{name} = {spelt}"


def _same_rows(
    name: str, published: Sequence[Row], derived: Sequence[Row], bare: set[str], verdict: Verdict
) -> None:
    table = TABLES[name]
    key = table.key.name
    if len(published) != len(derived):
        missing = {row[key] for row in derived} - {row[key] for row in published}
        added = {row[key] for row in published} - {row[key] for row in derived}
        verdict.fail(
            Failure("replay", _counted(published, added), _counted(derived, missing), name)
        )
        return
    for row, other in zip(published, derived, strict=True):
        for column in table.header:
            cell = (name, row[key] or "", column)
            taken = name == "editions" and column in SIDECAR_CELLS and row["edition_id"] in bare
            place = (row.get("page") or "", row.get("line") or "")
            if name == "editions" and column == "is_latest":
                continue  # computed over all editions of the package, given here or not
            way = "given" if taken or name == "codes" else "replayed"
            verdict.check(way, "replay", cell, row[column], other[column], place)


def _counted(rows: Sequence[Row], unlike: set[str | None]) -> str:
    named = ", ".join(sorted(str(key) for key in unlike)[:3])
    return f"{len(rows)} rows" + (f", among them {named}" if named else "")


def _described(package: Package) -> object:
    """The descriptor without the hashes, which follow from the files."""
    resources = [
        {name: value for name, value in one.items() if name not in ("hash", "bytes")}
        for one in package.descriptor["resources"]
    ]
    return {**package.descriptor, "resources": resources}
