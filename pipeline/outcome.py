"""What a run did: for its caller, as an exit code, and as ``run.json``."""

from __future__ import annotations

import json
import resource
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pipeline import __version__
from pipeline.fragments import Fragment
from pipeline.schema import SCHEMA_VERSION
from pipeline.sources import Discovery, Problem, Source

EXIT_OK = 0
EXIT_FINDINGS = 1
EXIT_SOURCE = 3
EXIT_OUTPUT = 4
EXIT_INTERRUPTED = 130


@dataclass(slots=True, eq=False)
class RunResult:
    """What a run did.

    Attributes:
        fragments: rows of each edition that is published now, by its id.
        read, reused: ids of the editions that were read, and that had not changed.
        failed: what could not be read, with the reason.
        kept: ids of failed editions whose rows of before stay published.
        left: ids of editions that are no longer among the sources.
        published: whether the tables are new.
    """

    fragments: dict[str, Fragment] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    reused: list[str] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    published: bool = False

    def findings(self, *severities: str) -> int:
        """Number of published findings of some severities."""
        return sum(
            fragment.findings[severity]
            for fragment in self.fragments.values()
            for severity in severities
        )

    def exit_code(self, strict: str | None = None) -> int:
        """Exit code: a source that failed, else findings under ``strict``, else all well.

        Args:
            strict: ``error``, ``warning`` (warnings count too) or None.
        """
        if self.failed or not self.fragments:
            return EXIT_SOURCE
        severities = {"error": ("error",), "warning": ("error", "warning")}.get(strict or "", ())
        return EXIT_FINDINGS if self.findings(*severities) else EXIT_OK


class Clock:
    """Wall time of the stages, and what each source cost; only ``run.json`` holds these."""

    def __init__(self) -> None:
        self.started = datetime.now(UTC)
        self.begun = self._last = time.monotonic()
        self.stages: dict[str, float] = {}
        self.sources: dict[str, dict[str, float]] = {}

    def stage(self, name: str) -> None:
        """End a stage, which began when the one before ended."""
        now = time.monotonic()
        self.stages[name] = round(now - self._last, 4)
        self._last = now


def record(result: RunResult, found: Discovery, clock: Clock, workers: int) -> bytes:
    """``run.json``: what a run did, source by source, with counts, times and memory."""
    failed = {problem.path.name: problem for problem in result.failed}
    sources: list[dict[str, Any]] = []
    for source in found.sources:
        fragment = result.fragments.get(source.edition_id)
        sources.append(
            {
                "edition_id": source.edition_id,
                "source_file": source.name,
                "sha256": source.sha256,
                "bytes": source.bytes,
                "outcome": _outcome_of(source, result),
                **_failure(failed.pop(source.name, None)),
                "rows": {name: fragment.rows(name) for name in fragment.spans} if fragment else {},
                "findings": fragment.findings if fragment else {},
                "record": fragment.record if fragment else {},
                **clock.sources.get(source.edition_id, {}),
            }
        )
    for name, problem in failed.items():
        sources.append(
            {
                "edition_id": problem.edition_id,
                "source_file": name,
                "outcome": "failed",
                **_failure(problem),
            }
        )
    usage = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    whole = {
        "ponmetro": __version__,
        "schema_version": SCHEMA_VERSION,
        "started": clock.started.isoformat(timespec="milliseconds"),
        "seconds": round(time.monotonic() - clock.begun, 4),
        "stages": clock.stages,
        "workers": workers,
        "peak_memory_bytes": max(resource.getrusage(who).ru_maxrss for who in usage) * 1024,
        "sources": sources,
        "kept": sorted(result.kept),
        "left": result.left,
        "ignored": [path.name for path in found.ignored],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _outcome_of(source: Source, result: RunResult) -> str:
    if source.edition_id in result.read:
        return "read"
    return "reused" if source.edition_id in result.reused else "failed"


def _failure(problem: Problem | None) -> dict[str, str]:
    return {"error": str(problem.error)} if problem else {}
