"""What a run says at its end: an edition a line, the findings to look at, and where to look."""

from __future__ import annotations

from pathlib import Path

from pipeline.fragments import Fragment
from pipeline.outcome import RunResult
from pipeline.schema import TABLES
from pipeline.talk import Talk, counted

_SHOWN = 20
"""Findings of an edition that are spelt out; the table has them all."""

_UNKNOWN = frozenset(("unknown_label", "unknown_city", "phase_unread", "heading_suspect"))
"""Rules of findings that words of one's own may settle."""


def summarise(result: RunResult, output: Path, strict: str | None, talk: Talk) -> None:
    """Say what is published now, and what a person should look at.

    Args:
        result: of the run.
        output: the folder that was published into.
        strict: with ``warning``, warnings are spelt out too.
        talk: where to.
    """
    for edition_id in sorted(result.fragments):
        _edition(result.fragments[edition_id], _how(edition_id, result), strict, talk)
    for edition_id in result.left if result.published else ():
        talk.info(
            f"{edition_id}: not among the sources any more, and its rows are gone",
            edition_id=edition_id,
        )
    if result.fragments:
        what = "published" if result.published else "unchanged"
        talk.info(f"{what}: {output}/csv, {output}/parquet, {output}/datapackage.json")


def _how(edition_id: str, result: RunResult) -> str:
    if edition_id in result.kept:
        return "kept from before"
    return "read" if edition_id in result.read else "unchanged"


def _edition(fragment: Fragment, how: str, strict: str | None, talk: Talk) -> None:
    projects, actions = fragment.rows("projects"), fragment.rows("actions")
    errors, warnings = fragment.findings["error"], fragment.findings["warning"]
    euros = _italian(fragment.euros)
    talk.info(
        f"{fragment.edition_id}: {counted(projects, 'project')}, {counted(actions, 'action')}, "
        f"EUR {euros}, {counted(errors, 'error')}, {counted(warnings, 'warning')} ({how})",
        edition_id=fragment.edition_id,
        projects=projects,
        actions=actions,
        euros=fragment.euros,
        findings=fragment.findings,
        outcome=how,
    )
    spelt = {"error", "warning"} if strict == "warning" else {"error"}
    if sum(fragment.findings[severity] for severity in spelt):
        _findings(fragment, spelt, talk)
    if how == "read":
        _news(fragment, talk)


def _news(fragment: Fragment, talk: Talk) -> None:
    """What an edition that was just read changes, and whether it holds words that are new."""
    changes = TABLES["changes"]
    rows = fragment.read("changes")
    if rows:
        before = rows[0][changes.index("previous_edition_id")]
        talk.info(
            f"{fragment.edition_id}: {counted(len(rows), 'difference')} from {before}; "
            f"ponmetro diff {before} {fragment.edition_id} prints them",
            edition_id=fragment.edition_id,
        )
    findings = TABLES["findings"]
    rules = {row[findings.index("rule")] for row in fragment.read("findings")}
    if rules & _UNKNOWN:
        talk.info(
            f"{fragment.edition_id}: it holds words that no vocabulary knows; "
            f"ponmetro drift on {fragment.source_file} proposes how to teach them",
            edition_id=fragment.edition_id,
        )


def _findings(fragment: Fragment, spelt: set[str], talk: Talk) -> None:
    table = TABLES["findings"]
    rows = [dict(zip(table.header, row, strict=True)) for row in fragment.read("findings")]
    chosen = [row for row in rows if row["severity"] in spelt]
    for row in chosen[:_SHOWN]:
        page = f", page {row['page']}" if row["page"] else ""
        say = talk.error if row["severity"] == "error" else talk.warning
        message = row.pop("message")
        say(
            f"{fragment.source_file}{page}, line {row['line']}: {message} [{row['rule']}]",
            **row,
        )
    if len(chosen) > _SHOWN:
        talk.info(f"and {len(chosen) - _SHOWN} more in findings.csv")


def _italian(euros: str) -> str:
    """Euros as the reports print them: ``1234567.89`` is ``1.234.567,89``."""
    return f"{int(euros[:-3]):,}".replace(",", ".") + "," + euros[-2:]
