"""Sources read side by side, each in a process of its own, so that none can harm another."""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from parsers.errors import ReportError, SourceError
from pipeline.readers.guard import die_with, limit

# Before the answer, which no pickle begins with: the child needs one processor from now on.
_ALONE = b"."
_NEXT = "run it again, and report it with the source if it stays so"

Job = TypeVar("Job")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Job, Value]):
    """What became of one job: a value or an error, never both.

    Attributes:
        seconds: wall time of its process.
        peak_bytes: most memory that its process held.
        trace: the traceback of a fault of the program, else empty.
    """

    job: Job
    value: Value | None
    error: ReportError | None
    seconds: float
    peak_bytes: int
    trace: str = ""


@dataclass(slots=True, eq=False)
class _Child(Generic[Job]):
    job: Job
    pid: int
    started: float
    answer: bytearray


def in_children(
    jobs: Sequence[Job],
    task: Callable[[Job, Callable[[], None]], Value],
    workers: int,
    *,
    on_fork: Callable[[], None],
    meanwhile: Callable[[], None],
) -> Iterator[Outcome[Job, Value]]:
    """Run a task on each job in a forked process and yield the outcomes as they come.

    Args:
        jobs: what to work on, begun in this order.
        task: what to do; its value is pickled. It calls what it is given with the job once it
            needs no more than one processor.
        workers: processes at one time at most.
        on_fork: called first in each child, to let go of what only the parent may hold.
        meanwhile: called once in the parent, when a first child leaves it a processor.
    """
    waiting = list(reversed(jobs))
    selector = selectors.DefaultSelector()
    running = 0
    warmed = False
    try:
        while waiting or running:
            while waiting and running < max(workers, 1):
                _start(waiting.pop(), task, on_fork, selector)
                running += 1
            for key, _ in selector.select():
                child: _Child[Job] = key.data
                block = os.read(key.fd, 1 << 16)
                if not block:
                    selector.unregister(key.fd)
                    os.close(key.fd)
                    running -= 1
                    yield _outcome(child)
                elif block.startswith(_ALONE) and not child.answer:
                    child.answer += block.removeprefix(_ALONE)
                    if not warmed:
                        meanwhile()
                        warmed = True
                else:
                    child.answer += block
    finally:
        for key in list(selector.get_map().values()):
            os.kill(key.data.pid, signal.SIGKILL)
            os.waitpid(key.data.pid, 0)
            os.close(key.fd)
        selector.close()


def _start(
    job: Job,
    task: Callable[[Job, Callable[[], None]], Value],
    on_fork: Callable[[], None],
    selector: selectors.BaseSelector,
) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    ours, theirs = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(ours)
            # The process ends with its one source: what it holds need not be looked through.
            gc.disable()
            die_with(parent)
            limit()
            on_fork()
            answer = pickle.dumps(_attempt(lambda: task(job, lambda: _tell(theirs))))
            with open(theirs, "wb") as pipe:
                pipe.write(answer)
        finally:
            os._exit(0)
    os.close(theirs)
    child = _Child(job, pid, time.monotonic(), bytearray())
    selector.register(ours, selectors.EVENT_READ, child)


def _tell(pipe: int) -> None:
    os.write(pipe, _ALONE)


_Answer = tuple[Value | None, ReportError | None, str]


def _attempt(task: Callable[[], Value]) -> _Answer[Value]:
    try:
        return task(), None, ""
    except ReportError as error:
        return None, error, ""
    except MemoryError:
        return None, SourceError(f"it took more memory than a source may; {_NEXT}"), ""
    except Exception as fault:  # the process ends here: reported with its trace, never passed over
        import traceback  # it takes a while to load, and should never be needed

        said = f"{type(fault).__name__}: {fault}"
        return None, SourceError(f"a fault of the program: {said}; {_NEXT}"), traceback.format_exc()


def _outcome(child: _Child[Job]) -> Outcome[Job, Value]:
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - child.started
    peak = usage.ru_maxrss * 1024
    try:
        answer: _Answer[Value] = pickle.loads(bytes(child.answer))
    except (EOFError, pickle.UnpicklingError):
        how = f"ended with status {os.waitstatus_to_exitcode(status)}"
        answer = None, SourceError(f"the process that read it {how}; {_NEXT}"), ""
    return Outcome(child.job, answer[0], answer[1], seconds, peak, answer[2])
