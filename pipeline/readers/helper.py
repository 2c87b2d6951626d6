"""A second process that reads most pages of a PDF, while this one makes lines of them.

PDFium may not be asked by two threads, and Python runs one at a time; a forked process has both
for itself. What it is asked and what it gives must be plain values. It stays for the next PDF:
to fork it, and to copy the memory that both then write to, takes as long as reading some pages.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO, TypeVar

from pipeline.readers.guard import alone

T = TypeVar("T")
Make = Callable[[int], T]
Begin = Callable[[], AbstractContextManager[Make[T]]]

# Forking takes as long as reading so few pages.
_FEW = 8
# Asking PDFium takes two thirds of the time that a page takes, and this process does the rest of
# it for all: so of each group of pages it asks for the last alone.
_GROUP = 3
_PIPE_BYTES = 1 << 20


def helped(count: int, make: Make[T], begin: Begin[T]) -> Iterator[T]:
    """Give ``make(0)``, ``make(1)`` ... in order, most of them made by a helper meanwhile.

    A helper fails without a word: what it does not give is made here, and raises its error here.

    Args:
        count: of items.
        make: makes an item in this process.
        begin: gives what makes them in the helper, which must share no open file with this one;
            pickled, and its context is left behind the last item.
    """
    if count < _FEW or not _has_room():
        yield from map(make, range(count))
        return
    with _asked(count, begin) as helper:
        for first in range(0, count, _GROUP):
            last = first + _GROUP - 1
            own = [make(last)] if last < count else []
            for at in range(first, min(last, count)):
                yield helper.answer(make, at)
            yield from own


def _has_room() -> bool:
    """Whether there is a processor for a helper."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class _Helper:
    """A forked process, and the pipes to it and from it."""

    def __init__(self) -> None:
        asked, asking = os.pipe()
        answered, answering = os.pipe()
        with contextlib.suppress(OSError):  # an unprivileged user may be at the limit of the system
            fcntl.fcntl(answering, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        parent = os.getpid()
        self.failed = False
        self._process = os.fork()
        if self._process == 0:
            os.close(asking)
            os.close(answered)
            _help(asked, answering, parent)
        os.close(asked)
        os.close(answering)
        self._questions: BinaryIO = os.fdopen(asking, "wb")
        self._answers: BinaryIO = os.fdopen(answered, "rb")

    def ask(self, count: int, begin: Begin[T]) -> None:
        question = pickle.dumps((count, begin))
        with contextlib.suppress(BrokenPipeError):  # it was killed since; nor will it answer
            self._questions.write(question)
            self._questions.flush()

    def answer(self, make: Make[T], at: int) -> T:
        try:
            item: T = pickle.load(self._answers)
        except (EOFError, pickle.UnpicklingError):
            self.failed = True
            return make(at)
        return item

    def let_go(self) -> None:
        """Close the pipes, behind which it ends by itself."""
        with contextlib.suppress(BrokenPipeError):
            self._questions.close()
        self._answers.close()

    def end(self) -> None:
        """End it at once."""
        self.let_go()
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


# Helpers of this process that wait for the next document.
_waiting: list[_Helper] = []


@contextlib.contextmanager
def _asked(count: int, begin: Begin[T]) -> Iterator[_Helper]:
    """Ask a helper for its items, and keep it if it gave them all and they were taken."""
    helper = _waiting.pop() if _waiting else _Helper()
    done = False
    try:
        helper.ask(count, begin)
        yield helper
        done = not helper.failed and not _waiting
    finally:
        if done:
            _waiting.append(helper)
        else:
            helper.end()


@atexit.register
def _end() -> None:
    """End the helpers that wait."""
    while _waiting:
        _waiting.pop().end()


def _leave() -> None:
    """Let go, in a process just forked, of the helpers of the one that it was forked from."""
    while _waiting:
        _waiting.pop().let_go()


os.register_at_fork(after_in_child=_leave)


def _help(asked: int, answering: int, parent: int) -> None:
    """Do the helper's work, and never return."""
    try:
        alone(parent)
        gc.freeze()
        with open(asked, "rb") as questions, open(answering, "wb") as answers:
            while True:
                count, begin = pickle.load(questions)
                with begin() as make:
                    for at in range(count):
                        if at % _GROUP != _GROUP - 1:
                            pickle.dump(make(at), answers, pickle.HIGHEST_PROTOCOL)
                            answers.flush()
                gc.collect()
    finally:
        os._exit(0)
