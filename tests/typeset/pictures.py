"""The pictures of made-up editions: those of the shipped one."""

from __future__ import annotations

from functools import cache

from examples.build import map_pin, row_of_houses


@cache
def picture(name: str) -> bytes:
    """Give the PNG of ``pin`` or of ``row-<seed>``."""
    return map_pin() if name == "pin" else row_of_houses(int(name.removeprefix("row-")))
