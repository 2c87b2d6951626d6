"""The words of the reports, as data: one TOML file a subject, and what a user adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from parsers import kept

_FOLDER = Path(__file__).parent


class Vocabulary:
    """The packaged words, with the user's overlays laid over them.

    Instances are compared by identity, so that what a module compiles from one can be cached
    by it (``functools.cache`` on a function of the vocabulary).

    Args:
        overlay: subject to table, of the shape of the packaged files; lists are appended to,
            tables merged, other values replaced.
    """

    def __init__(self, overlay: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self._overlay = dict(overlay or {})
        self._subjects: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, subject: str) -> Mapping[str, Any]:
        """The table of one subject (the TOML file's stem).

        Raises:
            KeyError: there is no such subject.
        """
        if subject not in self._subjects:
            table = _packaged(subject)
            if subject in self._overlay:
                table = _merged(table, self._overlay[subject])
            self._subjects[subject] = table
        return self._subjects[subject]


@cache
def _packaged(subject: str) -> Mapping[str, Any]:
    try:
        source = (_FOLDER / f"{subject}.toml").read_bytes()
    except FileNotFoundError:
        raise KeyError(subject) from None
    return kept.table(subject, source)


def _merged(base: Any, over: Any) -> Any:
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        merged = dict(base)
        for key, value in over.items():
            merged[key] = _merged(base[key], value) if key in base else value
        return merged
    if isinstance(base, list) and isinstance(over, list):
        return [*base, *(item for item in over if item not in base)]
    return over


PACKAGED = Vocabulary()
