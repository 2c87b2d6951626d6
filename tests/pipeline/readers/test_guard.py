from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from parsers.errors import SourceError
from pipeline.readers import read
from pipeline.readers.guard import guarded


def _take(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def _spin() -> None:
    while True:
        pass


def test_what_the_function_returns_comes_back() -> None:
    assert guarded(lambda: ["Progetto", 1], source="a.pdf") == ["Progetto", 1]
    assert len(guarded(lambda: bytes(5_000_000), source="a.pdf")) == 5_000_000


def test_the_child_changes_nothing_here() -> None:
    seen: list[int] = []
    guarded(lambda: seen.append(1), source="a.pdf")
    assert seen == []


def test_errors_come_back_as_they_are(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file") as caught:
        guarded(lambda: read(tmp_path / "nessuno.pdf", pairs=bool), source="nessuno.pdf")
    assert caught.value.source == "nessuno.pdf"
    with pytest.raises(ZeroDivisionError):
        guarded(lambda: 1 // 0, source="a.pdf")


def test_too_much_memory_is_an_error_of_the_file() -> None:
    with pytest.raises(SourceError, match=r"a\.pdf: .*64 MB of memory"):
        guarded(lambda: _take(200), source="a.pdf", memory_mb=64)
    assert guarded(lambda: _take(16), source="a.pdf", memory_mb=64) == 16 << 20


def test_too_long_is_an_error_of_the_file() -> None:
    begun = time.monotonic()
    with pytest.raises(SourceError, match=r"0\.2 s"):
        guarded(lambda: time.sleep(30), source="a.pdf", wall_s=0.2)
    assert time.monotonic() - begun < 5


def test_too_much_work_is_an_error_of_the_file() -> None:
    with pytest.raises(SourceError, match="processor time"):
        guarded(_spin, source="a.pdf", cpu_s=1)


def test_a_crash_is_an_error_of_the_file() -> None:
    # The signal by which PDFium ends when memory runs out.
    with pytest.raises(SourceError, match="SIGTRAP"):
        guarded(lambda: os.kill(os.getpid(), signal.SIGTRAP), source="a.pdf")


def test_an_end_without_an_answer_is_an_error_of_the_file() -> None:
    with pytest.raises(SourceError, match="without an answer"):
        guarded(lambda: os._exit(0), source="a.pdf")
