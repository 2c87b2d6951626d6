"""Run a reader in a child process with limits: a file may crash, hang or swell its reader.

A form that draws itself kills a process that uses PDFium, and 2 kB of deflated zeros fill 2 GB.
In a child this is an error of one file, and the run goes on.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import resource
import select
import signal
import struct
import sys
import time
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from parsers.errors import ReportError, SourceError

P = ParamSpec("P")
T = TypeVar("T")

# A dense page takes 5 ms and some kB of lines: 2,000 pages fit many times over, with pdfplumber,
# which takes 100 ms a page, too.
MEMORY_MB = 1536
CPU_S = 600
WALL_S = 900

_PR_SET_PDEATHSIG = 1
_HEADER = struct.Struct("!Q")
_PIECE = 1 << 20
# In place of a length: so many seconds more.
_MORE = 1 << 63
# In a guarded child, where it asks for them.
_asking: int | None = None
_NEXT = "open the file and export it again, or raise the limit if it is sound"


def guarded(
    function: Callable[[], T],
    *,
    source: str,
    memory_mb: int = MEMORY_MB,
    cpu_s: int = CPU_S,
    wall_s: float = WALL_S,
) -> T:
    """Call a function in a child process and give what it returns.

    Args:
        function: what to call; it and its result must not depend on changes it makes.
        source: the file, for errors.
        memory_mb: address space in MB that the child may take beyond what it starts with.
        cpu_s: processor time in seconds.
        wall_s: time in seconds, after which the child is killed.

    Raises:
        SourceError: the child crashed or passed a limit; the message says which.
        Exception: whatever the function raised, as it was raised.
    """
    return begun(function, source=source, memory_mb=memory_mb, cpu_s=cpu_s, wall_s=wall_s)()


def begun(
    function: Callable[[], T],
    *,
    source: str,
    memory_mb: int = MEMORY_MB,
    cpu_s: int = CPU_S,
    wall_s: float = WALL_S,
) -> Callable[[], T]:
    """Begin what :func:`guarded` does; what is returned waits for it and gives its result.

    Between the two the caller has its processor for itself.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(function, writing, memory_mb, cpu_s, parent)
    os.close(writing)
    deadline = time.monotonic() + wall_s

    def result() -> T:
        value: T = _result(child, reading, deadline, source, memory_mb, cpu_s, wall_s)
        return value

    return result


def _result(
    child: int,
    reading: int,
    deadline: float,
    source: str,
    memory_mb: int,
    cpu_s: int,
    wall_s: float,
) -> Any:
    try:
        answer, late = _received(reading, deadline)
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    finally:
        os.close(reading)
    if late:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if late:
        raise SourceError(f"reading took more than {wall_s:g} s: {_NEXT}", source=source)
    if answer is None:
        raise SourceError(_reason(status, memory_mb, cpu_s), source=source)
    good, value = pickle.loads(answer)
    if good:
        return value
    if isinstance(value, MemoryError):
        raise SourceError(
            f"reading took more than {memory_mb} MB of memory: {_NEXT}", source=source
        )
    raise value


def more_time(seconds: int) -> None:
    """Allow a guarded child more time, of its processor and of the clock, for work that needs it.

    Does nothing in a process that nobody guards.
    """
    if _asking is None:
        return
    soft = resource.getrlimit(resource.RLIMIT_CPU)[0]
    if soft != resource.RLIM_INFINITY:
        _limit(resource.RLIMIT_CPU, soft + seconds)
    os.write(_asking, _HEADER.pack(_MORE | seconds))


def limit(memory_mb: int = MEMORY_MB, cpu_s: int = CPU_S) -> None:
    """Limit this process: address space beyond what it has, processor time; no core dumps."""
    _limit(resource.RLIMIT_AS, _address_space() + memory_mb * 1024 * 1024)
    _limit(resource.RLIMIT_CPU, cpu_s)
    _limit(resource.RLIMIT_CORE, 0)


def alone(parent: int) -> None:
    """Make a process just forked for one file its own: it ends with the file, or its parent."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()
    die_with(parent)


def die_with(parent: int) -> None:
    """Have the system end this process when its parent is killed, lest it read on for nobody."""
    if sys.platform == "linux":
        import ctypes  # readers of PDFs need it too

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was killed before the system knew
            os._exit(1)


def _run(function: Callable[[], T], writing: int, memory_mb: int, cpu_s: int, parent: int) -> None:
    """Do the child's work, and never return: its parent's handlers and buffers are not its own."""
    global _asking
    code = 1
    try:
        _asking = writing
        alone(parent)
        limit(memory_mb, cpu_s)
        try:
            answer = pickle.dumps((True, function()), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            answer = pickle.dumps((False, MemoryError()))
        except Exception as error:
            answer = _packed(error)
        with os.fdopen(writing, "wb", closefd=False) as pipe:
            pipe.write(_HEADER.pack(len(answer)))
            pipe.write(answer)
        code = 0
    finally:
        os._exit(code)


def _packed(error: Exception) -> bytes:
    """Pickle an error, or what it says where it cannot be pickled and made again."""
    try:
        packed = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(packed)
    except Exception:
        said = f"the reader failed: {type(error).__name__}: {error}"
        return pickle.dumps((False, ReportError(said)))
    return packed


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (value, hard))


def _address_space() -> int:
    """Give the bytes of address space that this process has; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _received(reading: int, deadline: float) -> tuple[bytes | None, bool]:
    """Give the whole answer of the child, None where there is none, and whether time was up."""
    data = bytearray()
    while True:
        left = deadline - time.monotonic()
        # What was said in time counts, however late it is heard.
        if not select.select([reading], [], [], max(left, 0.0))[0]:
            return None, True
        piece = os.read(reading, _PIECE)
        if not piece:
            return None, False
        data += piece
        while len(data) >= _HEADER.size and _HEADER.unpack_from(data)[0] & _MORE:
            deadline += _HEADER.unpack_from(data)[0] ^ _MORE
            del data[: _HEADER.size]
        if len(data) >= _HEADER.size:
            size = _HEADER.unpack_from(data)[0]
            if len(data) >= _HEADER.size + size:
                return bytes(data[_HEADER.size :]), False


def _reason(status: int, memory_mb: int, cpu_s: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return f"reading took more than {cpu_s} s of processor time: {_NEXT}"
        if number == signal.SIGKILL:
            return f"the reader was killed, for want of memory it seems: {_NEXT}"
        name = signal.Signals(number).name
        return (
            f"the reader crashed ({name}): the file is damaged, made to do harm, "
            f"or needs more than {memory_mb} MB of memory; {_NEXT}"
        )
    return f"the reader ended without an answer: {_NEXT}"
