"""Many damages over many editions, and their rates."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.mutate.editions import Subject, subjects
from tests.mutate.kinds import KINDS
from tests.mutate.measure import (
    HARMLESS,
    REASONS,
    SIGNALLED,
    SILENT,
    UNKNOWABLE,
    Outcome,
    outcomes,
)

_CHUNK = 24
_SUBJECTS: list[Subject] = []


def measure(
    mutations: int,
    editions: int,
    *,
    seed: int = 0,
    kinds: Sequence[str] = tuple(KINDS),
    workers: int = 2,
    seconds: float | None = None,
    pdfs: bool = True,
    shared: bool = True,
    projects: int | None = None,
) -> list[Outcome]:
    """Damage editions in turn and say what came of each damage.

    Args:
        mutations: how many, spread evenly over editions and kinds.
        editions: how many made-up ones, beside the shipped and the real one.
        seed: the same one gives the same damages.
        kinds: of damage.
        workers: processes.
        seconds: stop about then, with what has been measured.
        pdfs, shared, projects: as in :func:`~tests.mutate.editions.subjects`.
    """
    _SUBJECTS[:] = subjects(editions, pdfs=pdfs, shared=shared, projects=projects)
    tasks = list(_tasks(mutations, seed, kinds))
    until = None if seconds is None else time.monotonic() + seconds
    if workers == 1:
        return [found for task in tasks for found in _measure(task, until)]
    # The editions are read before the workers fork, and shared with them.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        chunks = pool.map(_measure, tasks, [until] * len(tasks))
        return [found for chunk in chunks for found in chunk]


Task = tuple[int, list[str], list[str]]


def _tasks(mutations: int, seed: int, kinds: Sequence[str]) -> Iterator[Task]:
    each = max(len(kinds), -(-mutations // len(_SUBJECTS)))
    for start in range(0, each, _CHUNK):
        for place in range(len(_SUBJECTS)):
            numbers = range(start, min(start + _CHUNK, each))
            wanted = [kinds[number % len(kinds)] for number in numbers]
            yield place, [f"{seed} {place} {number}" for number in numbers], wanted


def _measure(task: Task, until: float | None) -> list[Outcome]:
    place, seeds, kinds = task
    if until is not None and time.monotonic() > until:
        return []
    return list(outcomes(_SUBJECTS[place], seeds, kinds))


def table(found: Sequence[Outcome]) -> str:
    """The rates by kind, as Markdown."""
    lines = [
        "| damage | done | harmless | signalled | silent, knowable | silent, not knowable |",
        "|---|---|---|---|---|---|",
    ]
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in found:
        by_kind[outcome.kind][outcome.verdict] += 1
    rows = [(kind, by_kind[kind]) for kind in KINDS if kind in by_kind]
    rows.append(("all", sum((counts for _, counts in rows), Counter())))
    for kind, counts in rows:
        cells = [
            counts.total(),
            *(counts[name] for name in (HARMLESS, SIGNALLED, SILENT, UNKNOWABLE)),
        ]
        lines.append(f"| {kind} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def fields(found: Sequence[Outcome], verdict: str) -> str:
    """Where the silent changes are, most frequent first."""
    counts = Counter(name for each in found if each.verdict == verdict for name in each.fields)
    return "\n".join(f"{count:6} {name}" for name, count in counts.most_common())


def reasons(found: Sequence[Outcome]) -> str:
    """Why what is silent cannot be known, most frequent first."""
    counts = Counter(each.reason for each in found if each.verdict == UNKNOWABLE)
    return "\n".join(f"{count:6} {REASONS[name]}" for name, count in counts.most_common())
