"""What a damage does: nothing, a finding, or a silent change; and whether it could be known."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers.errors import ReportError
from tests.mutate.editions import COMPARED, Reading, Subject, kept_columns
from tests.mutate.kinds import KINDS, Damage

HARMLESS, SIGNALLED, SILENT, UNKNOWABLE = "harmless", "signalled", "silent", "unknowable"

REASONS = {
    "amount": "another well-formed sum, and no stated total to hold it against",
    "code": "another well-formed code: any letter or number may be an action's",
    "words": "other words in running text, a title or a value that is printed once",
    "lost text": "lines of running text, or a whole sheet, that nothing else speaks of",
    "order": "lines of one field in another order: each is still what is printed",
    "repeated": "the text is printed twice, and so it is published",
}
"""Why a damage cannot be known from the report itself."""


@dataclass(frozen=True)
class Outcome:
    """What came of one damage.

    Attributes:
        subject, kind, note: what was damaged, and how.
        verdict: ``harmless``, ``signalled``, ``silent`` or ``unknowable`` (silent by nature).
        fields: ``table.column`` that differ, or ``table`` where the number of rows does.
        reason: key of :data:`REASONS` for ``unknowable``.
        rules: of the findings that came with the damage.
        role: of the first line touched.
    """

    subject: str
    kind: str
    note: str
    verdict: str
    fields: tuple[str, ...]
    reason: str
    rules: tuple[str, ...]
    role: str


def outcomes(subject: Subject, seeds: Iterable[str], kinds: Sequence[str]) -> Iterator[Outcome]:
    """Damage an edition once a seed, kinds in turn, and say what came of it."""
    for place, seed in enumerate(seeds):
        kind = kinds[place % len(kinds)]
        damage = KINDS[kind](subject, random.Random(seed))
        if damage is not None:
            yield judge(subject, damage)


def judge(subject: Subject, damage: Damage) -> Outcome:
    """Read a damaged edition and compare."""
    first = min(damage.touched)

    def outcome(
        verdict: str, fields: Iterable[str] = (), reason: str = "", rules: Iterable[str] = ()
    ) -> Outcome:
        return Outcome(
            subject.name,
            damage.kind,
            damage.note,
            verdict,
            tuple(sorted(fields)),
            reason,
            tuple(sorted(rules)),
            subject.roles[first - 1],
        )

    try:
        after = Reading.of(damage.document)
    except ReportError as error:
        return outcome(SIGNALLED, rules=[error.rule])
    fields = differing(subject.reading, after)
    if damage.kind == "code":
        # The spelling is published as printed; all else is to stay.
        fields -= {"actions.code_printed", "actions.description", "paragraphs.text"}
        fields -= {"actions.status", "status_clauses.text", "projects.notice"}
    if not fields:
        return outcome(HARMLESS)
    new = after.rules - subject.reading.rules
    if new:
        return outcome(SIGNALLED, fields, rules=map(str, new))
    reason = unknowable(subject, damage, after, fields)
    return outcome(UNKNOWABLE if reason else SILENT, fields, reason)


def differing(before: Reading, after: Reading) -> set[str]:
    """``table.column`` of the cells that differ, ``table`` where rows came or went."""
    found: set[str] = set()
    for table in COMPARED:
        old, new = before.cells(table), after.cells(table)
        if old == new:
            continue
        if len(old) != len(new):
            found.add(table)
            continue
        for at, (_, column) in enumerate(kept_columns(table)):
            if any(a[at] != b[at] for a, b in zip(old, new, strict=True)):
                found.add(f"{table}.{column}")
    return found


# -- what cannot be known ---------------------------------------------------------------------


def unknowable(subject: Subject, damage: Damage, after: Reading, fields: set[str]) -> str:
    """Why a silent change is one by nature; empty where it is not.

    Judged by what was damaged, and only where every other line kept its role and its owner: a
    change that makes the grammar read *other* lines otherwise is never excused.
    """
    kept = same_structure(subject, damage, after)
    first = min(damage.touched)
    role = subject.roles[first - 1]
    roles = {subject.roles[number - 1] for number in damage.touched}
    if damage.kind == "page":
        return "lost text" if kept else ""
    if not kept:
        return ""
    if damage.kind == "dropped":
        return "lost text" if role in _PROSE or not _redundant(subject, first) else ""
    if damage.kind == "doubled":
        return ""
    if damage.kind == "swapped":
        return "order" if len(roles) == 1 or roles <= {"funding", "total"} else ""
    if damage.kind in ("digit", "letter"):
        assert damage.span is not None
        return _of_character(subject, damage, first, role)
    if damage.kind == "spaces":
        return ""
    return ""


_PROSE = {"body", "status", "notice", "action_heading", "project_heading"}


def same_structure(subject: Subject, damage: Damage, after: Reading) -> bool:
    """Whether every line that is left has the role and the owner it had."""
    before_owners, owners = subject.reading.owners, after.owners
    for at, number in enumerate(damage.origin):
        if not number:
            continue
        if after.report.roles[at] != subject.roles[number - 1]:
            return False
        one, two = before_owners[number - 1], owners[at]
        if one != two and damage.kind not in ("digit", "letter"):
            return False
        if [part is None for part in one] != [part is None for part in two]:
            return False
    return True


def _redundant(subject: Subject, line: int) -> bool:
    """Whether a sum is printed with all others of its total."""
    return subject.reading.owners[line - 1][1] in subject.with_total


def _of_character(subject: Subject, damage: Damage, line: int, role: str) -> str:
    assert damage.span is not None
    start, end = damage.span
    cells = {
        f"{table}.{column}"
        for a, b, table, column in subject.proved[line]
        if a < end and start < b
    }
    if not cells:
        return ""  # a label, or the word before a project's number
    if "actions.code" in cells:
        return "code"
    if cells & {"funding.amount_eur", "actions.total_stated_eur"}:
        return "" if _redundant(subject, line) else "amount"
    if "projects.number" in cells or "funding.label" in cells:
        return ""
    return "words"
