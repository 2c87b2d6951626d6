"""Jobs in processes of their own: what they give comes whole, and the parent works meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from parsers.errors import SourceError
from pipeline.workers import Outcome, in_children

Alone = Callable[[], None]


def outcomes(
    task: Callable[[int, Alone], bytes], jobs: int = 1, workers: int = 1
) -> tuple[list[Outcome[int, bytes]], list[int]]:
    """What comes of some jobs, and the processes that worked meanwhile."""
    met: list[int] = []
    found = in_children(
        range(jobs),
        task,
        workers,
        on_fork=lambda: None,
        meanwhile=lambda: met.append(os.getpid()),
    )
    return list(found), met


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("byte", [b".", b"\x80", b"\0"])
def test_a_long_answer_comes_whole(byte: bytes, told: bool) -> None:
    def task(job: int, alone: Alone) -> bytes:
        if told:
            alone()
        return byte * 300_000

    [outcome], met = outcomes(task)
    assert outcome.value == byte * 300_000
    assert outcome.error is None
    assert met == ([os.getpid()] if told else [])


def test_the_parent_works_once_however_many_children_leave_it_a_processor() -> None:
    def task(job: int, alone: Alone) -> bytes:
        alone()
        return b"%d" % job

    found, met = outcomes(task, jobs=5, workers=2)
    assert sorted(outcome.value or b"" for outcome in found) == [b"0", b"1", b"2", b"3", b"4"]
    assert met == [os.getpid()]


def test_a_child_that_fails_or_dies_is_an_error_of_its_job() -> None:
    def task(job: int, alone: Alone) -> bytes:
        alone()
        if job == 0:
            raise SourceError("no report", source="a.pdf")
        if job == 1:
            os._exit(7)
        return b"read"

    found, _ = outcomes(task, jobs=3)
    errors = {outcome.job: str(outcome.error) for outcome in found if outcome.error}
    assert "no report" in errors[0]
    assert "status 7" in errors[1]
    assert [outcome.value for outcome in found if outcome.job == 2] == [b"read"]
