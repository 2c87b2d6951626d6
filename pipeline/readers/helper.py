"""A second process that reads most pages of a PDF, while this one makes lines of them.

PDFium may not be asked by two threads, and Python runs one at a time; a forked process has both
for itself. What it gives must be plain values.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeVar

from pipeline.readers.guard import alone

T = TypeVar("T")
Make = Callable[[int], T]

# Forking takes as long as reading so few pages.
_FEW = 8
# Asking PDFium takes two thirds of the time that a page takes, and this process does the rest of
# it for all: so of each group of pages it asks for the last alone.
_GROUP = 4
_PIPE_BYTES = 1 << 20


def helped(count: int, make: Make[T], begin: Callable[[], Make[T]]) -> Iterator[T]:
    """Give ``make(0)``, ``make(1)`` ... in order, most of them made by a helper meanwhile.

    A helper fails without a word: what it does not give is made here, and raises its error here.

    Args:
        count: of items.
        make: makes an item in this process.
        begin: gives what makes them in the helper, which must share no open file with this one.
    """
    if count < _FEW or not _has_room():
        yield from map(make, range(count))
        return
    with _helper(count, begin) as answers:
        for first in range(0, count, _GROUP):
            last = first + _GROUP - 1
            own = [make(last)] if last < count else []
            for at in range(first, min(last, count)):
                yield _answer(answers, make, at)
            yield from own


def _has_room() -> bool:
    """Whether there is a processor for a helper."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _answer(answers: BinaryIO, make: Make[T], at: int) -> T:
    try:
        item: T = pickle.load(answers)
    except (EOFError, pickle.UnpicklingError):
        return make(at)
    return item


@contextlib.contextmanager
def _helper(count: int, begin: Callable[[], Make[T]]) -> Iterator[BinaryIO]:
    """Fork the helper, give the file that it writes its items to, and end it."""
    reading, writing = os.pipe()
    with contextlib.suppress(OSError):  # an unprivileged user may be at the limit of the system
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _help(count, begin, writing, parent)
    os.close(writing)
    try:
        with open(reading, "rb") as answers:
            yield answers
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _help(count: int, begin: Callable[[], Make[T]], writing: int, parent: int) -> None:
    """Do the helper's work, and never return."""
    try:
        alone(parent)
        make = begin()
        with open(writing, "wb") as answers:
            for at in range(count):
                if at % _GROUP != _GROUP - 1:
                    pickle.dump(make(at), answers, pickle.HIGHEST_PROTOCOL)
                    answers.flush()
    finally:
        os._exit(0)
