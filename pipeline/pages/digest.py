"""One edition in sums and counts: all that the overview needs of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.pages.published import PublishedEdition
from pipeline.pages.words import axis_list

ZERO = Decimal("0.00")


@dataclass(slots=True)
class Digest:
    """What the overview needs of one edition; amounts in euros.

    ``unreadable`` holds the keys of actions that have an amount which could not be read.
    """

    facts: dict[str, str]
    axes: str
    projects: list[dict[str, str]]
    actions: list[dict[str, str]]
    dates: list[dict[str, str]]
    changes: list[dict[str, str]]
    findings: Counter[str]
    findings_by_action: Counter[str]
    unreadable: set[str]
    by_axis: dict[str, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    by_source: dict[str, Decimal] = field(default_factory=dict)
    by_project: dict[str, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def total(self) -> Decimal:
        """Sum of all sources."""
        return sum(self.by_source.values(), ZERO)


def digest(edition: PublishedEdition) -> Digest:
    """Add up one edition's published amounts."""
    tables = edition.tables
    actions = tables["actions"].records()
    findings = tables["findings"].records()
    funding = tables["funding"].records()
    made = Digest(
        facts=edition.facts,
        axes=axis_list(tables["actions"].column("code")),
        projects=tables["projects"].records(),
        actions=actions,
        dates=tables["dates"].records(),
        changes=tables["changes"].records(),
        findings=Counter(row["severity"] for row in findings),
        findings_by_action=Counter(row["action_id"] for row in findings),
        unreadable={row["action_id"] for row in funding if row["amount_status"] == "unreadable"},
    )
    action_of = {row["action_id"]: row for row in actions}
    for row in funding:
        amount, source = Decimal(row["amount_eur"] or 0), row["source"]
        action = action_of[row["action_id"]]
        made.by_source[source] = made.by_source.get(source, ZERO) + amount
        for sums in (made.by_axis[action["axis"]], made.by_project[action["project_id"]]):
            sums[source] = sums.get(source, ZERO) + amount
    return made
