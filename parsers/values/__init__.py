"""The kinds of value that a sheet prints, one module each.

Every module has the same verbs: ``parse`` reads a whole text and raises a :class:`ValueProblem`,
``is_valid`` asks the same question, ``find`` yields what a running text holds with its place.
"""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class ValueProblem(ValueError):
    """A text that does not spell the value it should; the message says why."""


class Found(NamedTuple, Generic[T]):
    """A value met in running text: ``text[start:end]`` of what was searched (code points)."""

    value: T
    start: int
    end: int
