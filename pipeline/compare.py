"""What differs between two editions, from the cells that are published of each.

Pure: rows in, differences out. Actions are the same by their canonical code, projects by title,
then by the actions they share and by number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.changes_fields import Entity, Sheets, Tables, Value, heading, local, sheets

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs.

    Attributes:
        entity: ``action`` or ``project``.
        code: canonical code of the action, title of the project.
        title: of the action or project, to name it to a person.
        field: as in ``changes.field``.
        kind: ``added``, ``removed``, ``changed`` or ``renamed``.
        before, after: the values; None where there is none.
    """

    entity: str
    code: str
    title: str
    field: str
    kind: str
    before: Value | None
    after: Value | None


def between(before: Tables, after: Tables) -> list[Change]:
    """The differences between two editions, ordered by entity, code and field.

    Args:
        before: rows of :data:`~pipeline.changes_fields.TABLES_READ` of the earlier edition, as
            its CSV spells the cells (an empty string is null); with ``lines`` in them, statuses,
            notices and totals are placed on their own lines.
        after: the same of the later one.
    """
    return differences(matched(before, after))


@dataclass(slots=True)
class Pair:
    """Two editions, and which projects and actions of the earlier are which of the later."""

    old: Sheets
    new: Sheets
    projects: dict[str, str]
    actions: dict[str, str]


def matched(before: Tables, after: Tables) -> Pair:
    """Read both editions and tell which entity is which."""
    old, new = sheets(before), sheets(after)
    actions = _same_codes(old, new)
    actions |= _renamed(old, new, actions)
    return Pair(old, new, _same_projects(old, new, actions), actions)


def differences(pair: Pair) -> list[Change]:
    """The differences between two matched editions, as :func:`between` gives them."""
    found = [
        *_projects(pair),
        *_records("project", pair.projects, pair.old.projects, pair.new.projects),
        *_actions(pair),
        *_records("action", pair.actions, pair.old.actions, pair.new.actions),
    ]
    return sorted(found, key=lambda change: (change.entity, change.code, change.field))


def _same_codes(old: Sheets, new: Sheets) -> dict[str, str]:
    """Actions of one code; where an edition prints it twice, those of one title before the others.

    A code misprinted as that of another action would else make the two change places.
    """
    before, after = _by_code(old), _by_code(new)
    found: dict[str, str] = {}
    for code in before.keys() & after.keys():
        keys, others = before[code], after[code]
        for key in keys if len(keys) + len(others) > 2 else ():
            title = _title(old.actions[key])
            same = next((each for each in others if _title(new.actions[each]) == title), None)
            if same is not None:
                found[key] = same
                others.remove(same)
        found |= zip([key for key in keys if key not in found], others, strict=False)
    return found


def _by_code(edition: Sheets) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, action in edition.actions.items():
        groups.setdefault(action.row["code"], []).append(key)
    return groups


def _renamed(old: Sheets, new: Sheets, known: Mapping[str, str]) -> dict[str, str]:
    """Actions that go on under another code: one left and one new with one title and sums."""
    taken = set(known.values())
    gone = _by_content(entity for key, entity in old.actions.items() if key not in known)
    come = _by_content(entity for key, entity in new.actions.items() if key not in taken)
    return {
        keys[0]: come[content][0]
        for content, keys in gone.items()
        if len(keys) == 1 == len(come.get(content, ()))
    }


def _by_content(actions: Iterable[Entity]) -> dict[Hashable, list[str]]:
    groups: dict[Hashable, list[str]] = {}
    for action in actions:
        if "title" in action.fields:
            sums = frozenset(
                (field, value.same)
                for field, value in action.fields.items()
                if field.startswith("funding.") or field == "total_stated_eur"
            )
            groups.setdefault((action.fields["title"].same, sums), []).append(action.code)
    return groups


def _same_projects(old: Sheets, new: Sheets, actions: Mapping[str, str]) -> dict[str, str]:
    """Which project is which: by title; of the rest by actions in common and by number.

    An inserted project renumbers all that follow, so a number alone tells nothing: it counts as
    one action in common, and only between titles that have most of their words in common.
    """
    found: dict[str, str] = {}
    titles: dict[Hashable, list[str]] = {}
    for key, project in new.projects.items():
        titles.setdefault(_title(project), []).append(key)
    for key, project in old.projects.items():
        if titles.get(_title(project)):
            found[key] = titles[_title(project)].pop(0)
    scores = Counter(
        (local(old.actions[key].row, "project_id"), local(new.actions[other].row, "project_id"))
        for key, other in actions.items()
    )
    numbers = {project.row["number"]: key for key, project in new.projects.items()}
    for key, project in old.projects.items():
        other = numbers.get(project.row["number"], "") if project.row["number"] else ""
        if other and _alike(project.title, new.projects[other].title):
            scores[key, other] += 1
    rest = {
        (key, other): (-score, *sorted((old.projects[key].title, new.projects[other].title)))
        for (key, other), score in scores.items()
        if key in old.projects and other in new.projects
    }
    taken = set(found.values())
    # The order is the same in both directions, so that what is added one way is removed the other.
    for key, other in sorted(rest, key=rest.__getitem__):
        if key not in found and other not in taken:
            found[key] = other
            taken.add(other)
    return found


def _title(entity: Entity) -> Hashable:
    return entity.fields["title"].same if "title" in entity.fields else entity.code


def _alike(before: str, after: str) -> bool:
    """Whether two titles have most of their words in common."""
    words, others = (set(_WORD.findall(title.casefold())) for title in (before, after))
    return 2 * len(words & others) >= max(len(words | others), 1)


def _projects(pair: Pair) -> Iterator[Change]:
    for key, other in pair.projects.items():
        yield from _fields("project", pair.old.projects[key], pair.new.projects[other])


def _actions(pair: Pair) -> Iterator[Change]:
    for key, other in pair.actions.items():
        before, after = pair.old.actions[key], pair.new.actions[other]
        if before.row["code"] != after.row["code"]:
            yield Change(
                *("action", other, after.title, "code", "renamed"),
                *(heading(before, key), heading(after, other)),
            )
        was, now = local(before.row, "project_id"), local(after.row, "project_id")
        stays = pair.projects.get(was) == now if was and now else was == now
        skip = {"project"} if stays else set()
        yield from _fields("action", before, after, skip)


def _fields(
    entity: str, before: Entity, after: Entity, skip: Iterable[str] = ()
) -> Iterator[Change]:
    for field in sorted((before.fields.keys() | after.fields.keys()) - set(skip)):
        old, new = before.fields.get(field), after.fields.get(field)
        if old is not None and new is not None and old.same == new.same:
            continue
        kind = "added" if old is None else "removed" if new is None else "changed"
        yield Change(entity, after.code, after.title, field, kind, old, new)


def _records(
    entity: str,
    same: Mapping[str, str],
    old: Mapping[str, Entity],
    new: Mapping[str, Entity],
) -> Iterator[Change]:
    for key, gone in old.items():
        if key not in same:
            value = heading(gone, gone.title)
            yield Change(entity, gone.code, gone.title, "record", "removed", value, None)
    taken = set(same.values())
    for key, come in new.items():
        if key not in taken:
            value = heading(come, come.title)
            yield Change(entity, come.code, come.title, "record", "added", None, value)
