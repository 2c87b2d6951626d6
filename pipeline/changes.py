"""Editions in order, and what each changes: the rows that only a look at two of them can give.

The order is the published one (the contract's ``is_latest``): within a city and programme by
reference date, none before any, then by edition id. What the comparison of two editions gave is
kept beside their rows, so that a run in which nothing changed compares nothing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import spelt
from pipeline.fragments import Fragment, encode_rows, read_fragment
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from pipeline.changes_checks import Finding
    from pipeline.compare import Change

Row = tuple[str | None, ...]
Cells = Mapping[str, str]


LEAST = {"lines": Decimal("0.25"), "actions": Decimal("0.5"), "euros": Decimal("0.5")}
"""Share of what is published that its replacement must hold. Programmes lose single actions between
editions, never half; half of the lines alone may go because the same text was set wider, and blank
lines because a PDF has none."""


def previous(editions: Iterable[Cells]) -> dict[str, str]:
    """The edition before each one that has one, of the same city and programme.

    Args:
        editions: rows of ``editions``, cells as the CSV spells them. One whose city is not known
            is comparable with none.
    """
    lines: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in editions:
        city = row["city_code"] or row["city"]
        if city:
            mark = (row["reference_date"], row["edition_id"])
            lines.setdefault((city, row["programme"]), []).append(mark)
    found: dict[str, str] = {}
    for marks in lines.values():
        ordered = [edition_id for _, edition_id in sorted(marks)]
        found.update(zip(ordered[1:], ordered, strict=False))
    return found


def rows(edition_id: str, previous_id: str, changes: Iterable[Change]) -> list[Row]:
    """Rows of ``changes``, numbered in the order of the changes."""
    return [
        (
            *(f"{edition_id}/changes-{number}", edition_id, previous_id),
            *(change.entity, change.code, change.field, change.kind),
            change.before.text if change.before else None,
            change.after.text if change.after else None,
        )
        for number, change in enumerate(changes, start=1)
    ]


def refused(
    fragments: Mapping[str, Fragment],
    before: Mapping[str, str],
    marks: Mapping[str, str],
    cache: Path,
    accept: Container[str],
) -> dict[str, str]:
    """Editions that hold far less than what is published of them, with the reason.

    Args:
        fragments: what was read, by edition id.
        before: fingerprint of each edition that is published.
        marks: fingerprint of each that was read.
        cache: where the published rows are.
        accept: ids that may replace theirs all the same, or ``all``.
    """
    reasons = {}
    for edition_id, fragment in fragments.items():
        new = edition_id in before and before[edition_id] != marks[edition_id]
        if not new or edition_id in accept or "all" in accept:
            continue
        published = read_fragment(cache, before[edition_id])
        reason = shrinks(_counts(published), _counts(fragment)) if published else None
        if reason:
            reasons[edition_id] = reason
    return reasons


def _counts(fragment: Fragment) -> dict[str, Decimal]:
    return {
        "lines": Decimal(fragment.rows("lines")),
        "actions": Decimal(fragment.rows("actions")),
        "euros": Decimal(fragment.euros),
    }


def shrinks(before: Mapping[str, Decimal], after: Mapping[str, Decimal]) -> str | None:
    """Why an edition must not replace the published one of its id unasked; None if it may.

    Args:
        before: ``lines``, ``actions`` and ``euros`` of what is published.
        after: the same of what would replace it.

    >>> shrinks({"actions": Decimal(30)}, {"actions": Decimal(29)})
    >>> shrinks({"actions": Decimal(30)}, {"actions": Decimal(3)})
    'holds 3 actions where 30 are published, less than 50%'
    """
    less = [
        f"{after[name]} {name} where {before[name]} are published, less than {share:.0%}"
        for name, share in LEAST.items()
        if name in before and after[name] < share * before[name]
    ]
    return f"holds {'; '.join(less)}" if less else None


def compared(
    fragments: Mapping[str, Fragment], marks: Mapping[str, str], program: str, cache: Path
) -> dict[str, Fragment]:
    """The editions, each with its rows of ``changes`` and the findings that come of them.

    Args:
        fragments: all editions that are to be published, by id.
        marks: fingerprint of each.
        program: digest of this program; what another version found out does not count.
        cache: folder that keeps what was found out of an edition as ``<mark>.changes``.
    """
    table = TABLES["editions"]
    editions = {
        edition_id: dict(zip(table.header, fragment.read("editions")[0], strict=True))
        for edition_id, fragment in fragments.items()
    }
    found = dict(fragments)
    for edition_id, previous_id in previous(editions.values()).items():
        path = cache / f"{marks[edition_id]}.changes"
        stamp = [program, marks[previous_id], marks[edition_id]]
        bodies = _load(path, stamp)
        if bodies is None:
            bodies = _compare(
                fragments[previous_id],
                fragments[edition_id],
                twice=_twice(editions[previous_id], editions[edition_id]),
            )
            _store(path, stamp, bodies)
        found[edition_id] = fragments[edition_id].with_rows(bodies)
    return found


def _twice(before: Cells, after: Cells) -> str | None:
    """Why two editions can only be one; None where nothing says so."""
    if before["source_sha256"] == after["source_sha256"]:
        return f"its file has the content of {before['source_file']}"
    if before["reference_date"] and before["reference_date"] == after["reference_date"]:
        return f"it has the date of {before['source_file']} and differs from it in nothing"
    return None


def _compare(before: Fragment, after: Fragment, twice: str | None) -> dict[str, str]:
    """The CSV rows of ``changes``, and of ``findings`` if there are more than before."""
    # Loaded for what has changed only: a run in which nothing did shall not wait for them.
    from pipeline import changes_checks as checks
    from pipeline.changes_fields import TABLES_READ
    from pipeline.compare import differences, matched

    old, new = (
        {name: _cells(fragment, name) for name in TABLES_READ} for fragment in (before, after)
    )
    pair = matched(old, new)
    changes = differences(pair)
    findings = checks.findings(pair, changes)
    if twice and not changes:
        findings.insert(0, checks.same_twice(twice, before.edition_id, after.source_file))
    table = TABLES["changes"]
    numbered = rows(after.edition_id, before.edition_id, changes)
    bodies = {"changes": encode_rows(table, numbered).decode("utf-8")}
    if findings:
        bodies["findings"] = _merged(after, findings)
    return bodies


def _cells(fragment: Fragment, name: str) -> list[dict[str, str]]:
    header = TABLES[name].header
    return [dict(zip(header, row, strict=True)) for row in fragment.read(name)]


def _merged(fragment: Fragment, findings: Iterable[Finding]) -> str:
    """An edition's findings with some more, by line and numbered anew."""
    table = TABLES["findings"]
    body = encode_rows(table, (finding.row(fragment.edition_id, 0) for finding in findings))
    merged = fragment.read("findings") + list(spelt.rows(StringIO(body.decode("utf-8"))))
    merged.sort(key=lambda row: int(row[table.index("line")]))
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for number, row in enumerate(merged, start=1):
        writer.writerow([f"{fragment.edition_id}/findings-{number}", *row[1:]])
    return text.getvalue()


def _load(path: Path, stamp: list[str]) -> dict[str, str] | None:
    try:
        kept = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    bodies: dict[str, str] = kept["tables"]
    return bodies if kept["stamp"] == stamp else None


def _store(path: Path, stamp: list[str], bodies: dict[str, str]) -> None:
    part = path.with_name(f"{path.name}.part")
    kept = {"stamp": stamp, "tables": bodies}
    part.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    part.replace(path)
