"""The keys of an edition's projects and actions, as the published tables' contract names them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.report import Action, Report
from pipeline.slug import slug


@dataclass(slots=True, eq=False)
class Identified:
    """A report whose projects and actions have their keys."""

    edition_id: str
    report: Report
    project_ids: list[str] = field(default_factory=list)
    action_ids: list[list[str]] = field(default_factory=list)
    by_code: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, edition_id: str, report: Report) -> Identified:
        """Give every project and action its key; a second printing takes ``~2``."""
        self = cls(edition_id, report)
        seen: Counter[str] = Counter()

        def unique(key: str) -> str:
            seen[key] += 1
            return key if seen[key] == 1 else f"{key}~{seen[key]}"

        for project in report.projects:
            name = (
                f"progetto-{project.number}"
                if project.number is not None
                else slug(project.title.value) or "senza-progetto"
            )
            self.project_ids.append(unique(f"{edition_id}/{name}"))
            ids = []
            for action in project.actions:
                ids.append(unique(f"{edition_id}/{action.code.canonical}"))
                self.by_code.setdefault(action.code.canonical, ids[-1])
            self.action_ids.append(ids)
        return self

    def actions(self) -> Iterator[tuple[str, str, Action]]:
        """(project id, action id, action) in reading order."""
        for project, project_id, ids in zip(
            self.report.projects, self.project_ids, self.action_ids, strict=True
        ):
            for action, action_id in zip(project.actions, ids, strict=True):
                yield project_id, action_id, action
