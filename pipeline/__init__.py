"""From editions in ``raw/`` to tables in ``output/``: readers, tables, checks, store.

Researchers need one function of it:

    import pipeline

    tables = pipeline.load("output")
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

__all__ = ["__version__", "load"]


def __getattr__(name: str) -> Any:
    """Give ``load`` on demand: a run must not pay for what only readers of the data need."""
    if name == "load":
        from pipeline.frames import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
