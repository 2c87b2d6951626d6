"""The published folder: whole versions behind one link, swapped by one rename.

    output/
        csv -> .current/csv         what people open; these links never change
        parquet -> .current/parquet
        datapackage.json -> .current/datapackage.json
        run.json -> .current/run.json
        .current -> .versions/7     the one link that a publication swaps
        .versions/6, .versions/7    whole states; the two before stay for who is reading them
        .cache/                     rows of each edition, as read, by fingerprint
        .lock                       held by the run that may write

A process killed at any point leaves ``.current`` on a whole state; what it had begun is cleared by
the next run. Who reads several files resolves ``.current`` once and reads below it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from parsers.errors import ReportError

_KEPT_BEFORE = 2
"""States kept besides the current one: a reader may be in the one before, and slow."""

_STATE = ".state.json"


class StoreError(ReportError):
    """The output folder cannot be used; the message says why and what to do."""


class Store:
    """An output folder, locked for one run at a time while used as a context.

    Args:
        root: the folder; it is made where there is none.
        waiting: called once when another run holds the folder, before waiting for it.
    """

    def __init__(self, root: Path, waiting: Callable[[], None]) -> None:
        self.root = root
        self.cache = root / ".cache"
        self._versions = root / ".versions"
        self._current = root / ".current"
        self._waiting = waiting
        self._lock = -1

    def __enter__(self) -> Store:
        try:
            for folder in (self.root, self.cache, self._versions):
                folder.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.root / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as problem:
            raise StoreError(
                f"cannot be written: {problem.strerror}; choose another with --output",
                source=str(self.root),
            ) from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._waiting()
            fcntl.flock(self._lock, fcntl.LOCK_EX)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def release(self) -> None:
        """Let go of the lock; a child process does so first, lest it outlive its parent's run."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    @property
    def current(self) -> Path | None:
        """The folder of the published state, None before the first publication."""
        try:
            return self.root / os.readlink(self._current)
        except FileNotFoundError:
            return None

    def state(self) -> dict[str, Any]:
        """What the published state says of itself; empty before the first publication.

        ``whole`` tells whether its files are those that were written (by size and time).
        """
        current = self.current
        if current is None:
            return {}
        try:
            state: dict[str, Any] = json.loads((current / _STATE).read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        files = state.pop("files")
        state["whole"] = files == _stamps(current) and self._linked(current)
        return state

    @contextmanager
    def publication(self, state: dict[str, Any]) -> Iterator[Path]:
        """A new folder to fill; it becomes the published state when the block ends well.

        Args:
            state: what :meth:`state` is to give back.

        Raises:
            StoreError: a file of the user stands where a link must be.
        """
        self._clear()
        folder = self._versions / str(max(self._numbers(), default=0) + 1)
        folder.mkdir()
        yield folder
        state = {**state, "files": _stamps(folder)}
        (folder / _STATE).write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
        _sync(folder)
        self._link(folder)
        self._swap(self._current, f".versions/{folder.name}")
        _sync_one(self.root)
        self._clear()
        self._unlink_gone(folder)

    def replace(self, name: str, content: bytes) -> None:
        """Replace one file of the published state that nothing else depends on (``run.json``)."""
        if self.current is not None:
            part = self.current / f".{name}.part"
            part.write_bytes(content)
            part.replace(self.current / name)

    def forget(self, keep: set[str]) -> None:
        """Clear the cache of rows but for some fingerprints."""
        for path in self.cache.iterdir():
            if path.name.split(".")[0] not in keep or path.suffix == ".part":
                path.unlink(missing_ok=True)

    def _numbers(self) -> list[int]:
        return sorted(int(path.name) for path in self._versions.iterdir() if path.name.isdigit())

    def _clear(self) -> None:
        """Delete states that are neither current nor shortly before it."""
        numbers = self._numbers()
        current = int(self.current.name) if self.current else 0
        older = [number for number in numbers if number < current]
        keep = {current, *older[-_KEPT_BEFORE:]}
        for number in numbers:
            if number not in keep:
                import shutil  # it takes a while to load, and most runs leave nothing

                shutil.rmtree(self._versions / str(number))

    def _names(self, folder: Path) -> list[str]:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))

    def _linked(self, folder: Path) -> bool:
        return all(_link_text(self.root / name) for name in self._names(folder))

    def _link(self, folder: Path) -> None:
        for name in self._names(folder):
            link = self.root / name
            if link.exists() and not link.is_symlink():
                raise StoreError(
                    f"{name} stands in it and was not written by a run; move it away or choose "
                    "another folder with --output",
                    source=str(self.root),
                )
            if _link_text(link) != f".current/{name}":
                self._swap(link, f".current/{name}")

    def _unlink_gone(self, folder: Path) -> None:
        for path in self.root.iterdir():
            gone = _link_text(path) == f".current/{path.name}" and not (folder / path.name).exists()
            if gone:
                path.unlink()

    def _swap(self, link: Path, target: str) -> None:
        part = self.root / ".link.part"
        part.unlink(missing_ok=True)
        part.symlink_to(target)
        part.rename(link)


def _link_text(path: Path) -> str | None:
    return os.readlink(path) if path.is_symlink() else None


def _stamps(folder: Path) -> dict[str, list[int]]:
    """Size and time of each published file but the record of the run."""
    stamps = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != "run.json" and not name.startswith("."):
            status = path.stat()
            stamps[name] = [status.st_size, status.st_mtime_ns]
    return stamps


def _sync(folder: Path) -> None:
    """Have everything below a folder on disk before a link names it."""
    for path in (*folder.rglob("*"), folder):
        _sync_one(path)


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
