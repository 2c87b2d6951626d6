from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from pipeline.documents import announces
from pipeline.readers import helper, pdfium
from pipeline.readers.helper import helped

SHIPPED = Path(__file__).resolve().parents[3] / "raw" / "milano-2022-abridged.pdf"


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "_has_room", lambda: True)


def _no_child_is_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def _with_pid(at: int) -> tuple[int, int]:
    return at, os.getpid()


@pytest.mark.parametrize("count", range(40))
def test_all_items_come_in_order(count: int) -> None:
    assert [at for at, _ in helped(count, _with_pid, lambda: _with_pid)] == list(range(count))


def test_most_items_are_made_by_the_helper() -> None:
    pids = [pid for _, pid in helped(20, _with_pid, lambda: _with_pid)]
    assert len(set(pids)) == 2
    assert pids.count(os.getpid()) == 5
    assert _no_child_is_left()


def _until(failing: int, fail: Callable[[], object]) -> Callable[[], Callable[[int], str]]:
    def make(at: int) -> str:
        if at == failing:
            fail()
        return f"item {at}"

    return lambda: make


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("failing", [0, 1, 6, 17])
@pytest.mark.parametrize("fail", [_die, lambda: 1 // 0])
def test_what_a_failing_helper_does_not_give_is_made_here(
    failing: int, fail: Callable[[], object]
) -> None:
    given = helped(20, lambda at: f"item {at}", _until(failing, fail))
    assert list(given) == [f"item {at}" for at in range(20)]


def test_a_helper_that_cannot_begin_is_done_without() -> None:
    def begin() -> Callable[[int], int]:
        raise OSError("no such file")

    assert list(helped(20, lambda at: at, begin)) == list(range(20))


class _Deadly:
    """Ends the process that pickles it."""

    def __reduce__(self) -> str:
        _die()
        return ""


def test_an_item_that_is_cut_off_is_made_here() -> None:
    def make(at: int) -> list[object]:
        # What stands before it is long enough to be sent.
        return ["x" * 1_000_000, _Deadly() if at == 5 else at]

    given = helped(9, lambda at: ["x" * 1_000_000, at], lambda: make)
    assert [item[1] for item in given] == list(range(9))


def test_an_error_is_raised_where_the_item_stands() -> None:
    def make(at: int) -> int:
        return 10 // (13 - at)

    given = helped(20, make, lambda: make)
    assert [next(given) for _ in range(13)] == [make(at) for at in range(13)]
    with pytest.raises(ZeroDivisionError):
        next(given)
    assert _no_child_is_left()


def test_nobody_works_on_for_items_that_nobody_takes() -> None:
    given = helped(1000, _with_pid, lambda: _with_pid)
    next(given)
    given.close()  # type: ignore[attr-defined]
    assert _no_child_is_left()


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
