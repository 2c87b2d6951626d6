"""What a controller asks of an edition beside the one before it.

Findings are signs to be looked at by a person: withdrawn actions and moved sums are normal, as long
as somebody knows of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from parsers.values.phases import OUTSIDE, PHASES
from pipeline.changes_fields import Entity, Sheets, local
from pipeline.compare import Change, Pair
from pipeline.schema import severity_of

JUMP = Decimal("0.10")
"""Share by which a sum may move: between editions single actions move while axis sums hardly do,
so that more is a new decision or a misread amount."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of the later edition, before it has its number.

    Attributes: as the columns of ``findings``; ``page`` and ``line`` as the CSV spells them.
    """

    rule: str
    message: str
    action_id: str | None
    page: str
    line: str
    text: str

    def row(self, edition_id: str, number: int) -> tuple[object, ...]:
        """The row of ``findings``."""
        place = (int(self.page) if self.page else None, int(self.line))
        severity = severity_of(self.rule)
        key = f"{edition_id}/findings-{number}"
        return (
            *(key, edition_id, self.rule, severity, self.message, self.action_id),
            *(*place, self.text),
        )


def findings(pair: Pair, changes: Sequence[Change]) -> list[Finding]:
    """Actions that vanished, statuses that go backwards, and sums that jump, by line.

    Args:
        pair: the two editions.
        changes: what differs between them.
    """
    found = [
        *_vanished(pair, changes),
        *_backwards(pair),
        *_jumps(pair),
    ]
    return sorted(found, key=lambda finding: int(finding.line))


def same_twice(reason: str, edition_id: str, source_file: str) -> Finding:
    """That two editions are one, given twice; it stands at the edition's beginning."""
    message = f"the edition is {edition_id} again: {reason}; take one away"
    return Finding("same_edition_twice", message, None, "", "1", source_file)


def _vanished(pair: Pair, changes: Iterable[Change]) -> Iterator[Finding]:
    """An action that the edition before printed; the finding stands at its project's heading."""
    for change in changes:
        if (change.entity, change.field, change.kind) != ("action", "record", "removed"):
            continue
        row = pair.old.actions[change.code].row
        project = pair.new.projects.get(pair.projects.get(local(row, "project_id"), ""))
        page, line = (project.row["page"], project.row["line"]) if project else ("", "1")
        yield Finding(
            "action_vanished",
            f"the edition {pair.old.edition_id} prints this action ({_place(row)}), this one not",
            None,
            page,
            line,
            f"{change.code} {change.title}",
        )


def _place(row: Mapping[str, str]) -> str:
    page = f"page {row['page']}, " if row["page"] else ""
    return f"{page}line {row['line']}"


def _backwards(pair: Pair) -> Iterator[Finding]:
    for key, other in pair.actions.items():
        before, after = pair.old.actions[key], pair.new.actions[other]
        was, now = before.row["phase"], after.row["phase"]
        if was in OUTSIDE or now in OUTSIDE:
            continue
        if PHASES.index(now) < PHASES.index(was):
            item = after.fields["phase"].items[0]
            yield Finding(
                "status_backwards",
                f"the phase is {now}, in the edition {pair.old.edition_id} it was {was}",
                after.id,
                item.page,
                item.line,
                after.row["status"] or after.title,
            )


def _jumps(pair: Pair) -> Iterator[Finding]:
    """Sums of all sources by project and by axis."""

    def axis(action: Entity) -> str:
        return action.row["axis"]

    def project(action: Entity) -> str:
        return local(action.row, "project_id")

    def project_now(action: Entity) -> str:
        return pair.projects.get(project(action), "")

    for key, was, now in _moved(_sums(pair.old, project_now), _sums(pair.new, project)):
        heading = pair.new.projects[key]
        yield _jump(pair, f'the project "{heading.title}"', heading, None, was, now)
    first: dict[str, Entity] = {}
    for action in pair.new.actions.values():
        first.setdefault(axis(action), action)
    for key, was, now in _moved(_sums(pair.old, axis), _sums(pair.new, axis)):
        yield _jump(pair, f"axis {key}", first[key], first[key].id, was, now)


def _sums(sheets: Sheets, group: Callable[[Entity], str]) -> dict[str, Decimal]:
    """Euros by group; a group with a sum that could not be read has none."""
    sums: dict[str, Decimal] = {}
    unknown = {""}
    for action in sheets.actions.values():
        key = group(action)
        for field, value in action.fields.items():
            if field.startswith("funding."):
                sums[key] = sums.get(key, Decimal()) + (value.amount or 0)
                if value.unreadable:
                    unknown.add(key)
        sums.setdefault(key, Decimal())
    return {key: total for key, total in sums.items() if key not in unknown}


def _moved(
    before: Mapping[str, Decimal], after: Mapping[str, Decimal]
) -> Iterator[tuple[str, Decimal, Decimal]]:
    for key, now in after.items():
        was = before.get(key, Decimal())
        if was and abs(now - was) > JUMP * was:
            yield key, was, now


def _jump(
    pair: Pair, name: str, heading: Entity, action_id: str | None, was: Decimal, now: Decimal
) -> Finding:
    return Finding(
        "sum_jump",
        f"the sources of {name} sum to {now}, in the edition {pair.old.edition_id} to {was}: "
        f"{(now - was) / was:+.1%}, a change of more than {JUMP:.0%}",
        action_id,
        heading.row["page"],
        heading.row["line"],
        heading.title,
    )
