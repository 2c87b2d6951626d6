from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import pypdfium2
import pytest

from pipeline.documents import announces
from pipeline.readers import helper, pdfium
from pipeline.readers.guard import guarded
from pipeline.readers.helper import Begin, Make, helped

T = TypeVar("T")
SHIPPED = Path(__file__).resolve().parents[3] / "raw" / "milano-2022-abridged.pdf"


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(helper, "_has_room", lambda: True)
    helper._end()
    yield
    helper._end()
    assert _no_child_is_left()


def _no_child_is_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def _with_pid(at: int) -> tuple[int, int]:
    return at, os.getpid()


def _give(make: Make[T]) -> AbstractContextManager[Make[T]]:
    return nullcontext(make)


def _begin(make: Make[T]) -> Begin[T]:
    return partial(_give, make)


def _pids(count: int) -> list[int]:
    return [pid for _, pid in helped(count, _with_pid, _begin(_with_pid))]


@pytest.mark.parametrize("count", range(40))
def test_all_items_come_in_order(count: int) -> None:
    assert [at for at, _ in helped(count, _with_pid, _begin(_with_pid))] == list(range(count))


def test_most_items_are_made_by_the_helper() -> None:
    pids = _pids(21)
    assert len(set(pids)) == 2
    assert pids.count(os.getpid()) == 7


def test_the_helper_stays_for_the_next_document() -> None:
    assert set(_pids(9)) == set(_pids(20))
    helper._end()
    assert _no_child_is_left()


@contextmanager
def _told_when_left(path: Path) -> Iterator[Make[int]]:
    try:
        yield _same
    finally:
        path.write_text("left")


def _same(at: int) -> int:
    return at


def test_a_document_is_left_before_the_next(tmp_path: Path) -> None:
    first = tmp_path / "first"
    assert list(helped(9, _same, partial(_told_when_left, first))) == list(range(9))
    # It answers one after the other.
    assert list(helped(9, _same, _begin(_same))) == list(range(9))
    assert first.read_text() == "left"


def test_two_documents_at_once_are_not_mixed() -> None:
    one, other = helped(20, _same, _begin(_same)), helped(20, _double, _begin(_double))
    assert list(zip(one, other, strict=True)) == [(at, 2 * at) for at in range(20)]


def _double(at: int) -> int:
    return 2 * at


def test_a_helper_that_was_killed_since_is_replaced() -> None:
    (killed,) = {*_pids(9)} - {os.getpid()}
    os.kill(killed, signal.SIGKILL)
    assert set(_pids(9)) == {os.getpid()}
    (other,) = {*_pids(9)} - {os.getpid()}
    assert other != killed


def test_a_forked_process_has_a_helper_of_its_own() -> None:
    (ours,) = {*_pids(9)} - {os.getpid()}
    pids = guarded(partial(_pids, 9), source="edizione.pdf")
    assert len(set(pids)) == 2
    assert ours not in pids
    assert ours in _pids(9)


class _Failing(NamedTuple):
    """Makes items, and fails in the helper for one of them."""

    failing: int
    fail: Callable[[], object]

    def __call__(self, at: int) -> str:
        if at == self.failing:
            self.fail()
        return f"item {at}"


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _raise() -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("failing", [0, 1, 6, 18])
@pytest.mark.parametrize("fail", [_die, _raise])
def test_what_a_failing_helper_does_not_give_is_made_here(
    failing: int, fail: Callable[[], object]
) -> None:
    given = helped(20, lambda at: f"item {at}", _begin(_Failing(failing, fail)))
    assert list(given) == [f"item {at}" for at in range(20)]
    assert _no_child_is_left()


def _not_found() -> AbstractContextManager[Make[int]]:
    raise OSError("no such file")


def test_a_helper_that_cannot_begin_is_done_without() -> None:
    assert list(helped(20, _same, _not_found)) == list(range(20))


class _Deadly:
    """Ends the process that pickles it."""

    def __reduce__(self) -> str:
        _die()
        return ""


def _cut_off(at: int) -> list[object]:
    # What stands before it is long enough to be sent.
    return ["x" * 1_000_000, _Deadly() if at == 4 else at]


def test_an_item_that_is_cut_off_is_made_here() -> None:
    given = helped(9, lambda at: ["x" * 1_000_000, at], _begin(_cut_off))
    assert [item[1] for item in given] == list(range(9))


def _until_13(at: int) -> int:
    return 10 // (13 - at)


def test_an_error_is_raised_where_the_item_stands() -> None:
    given = helped(20, _until_13, _begin(_until_13))
    assert [next(given) for _ in range(13)] == [_until_13(at) for at in range(13)]
    with pytest.raises(ZeroDivisionError):
        next(given)
    assert _no_child_is_left()


def test_nobody_works_on_for_items_that_nobody_takes() -> None:
    given = helped(1000, _with_pid, _begin(_with_pid))
    next(given)
    given.close()  # type: ignore[attr-defined]
    assert _no_child_is_left()


def test_a_helper_ends_with_its_process() -> None:
    code = (
        "import os; from tests.pipeline.readers import test_helper as t; "
        "t.helper._has_room = lambda: True; print(*({*t._pids(9)} - {os.getpid()}))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, check=True
    )
    assert done.stderr == b""
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_a_pdf_reads_the_same_without_a_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines() -> str:
        return repr(pdfium.read(SHIPPED, password=None, pairs=announces))

    shared = lines()
    monkeypatch.setattr(helper, "_has_room", lambda: False)
    assert lines() == shared


def test_pages_of_two_files_are_never_mixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "edizione.pdf"
    copy.write_bytes(SHIPPED.read_bytes())
    expected = repr(pdfium.read(copy, password=None, pairs=announces).lines)
    other = pypdfium2.PdfDocument.new()
    for _ in range(16):
        other.new_page(595, 842)
    other.save(tmp_path / "altra.pdf")
    opened = pdfium.open_document

    def replaced(path: Path, password: str | None) -> object:
        # What is opened once is replaced before it is opened again.
        document = opened(path, password)
        (tmp_path / "altra.pdf").rename(copy)
        monkeypatch.setattr(pdfium, "open_document", opened)
        return document

    monkeypatch.setattr(pdfium, "open_document", replaced)
    assert repr(pdfium.read(copy, password=None, pairs=announces).lines) == expected
