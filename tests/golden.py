"""Expected results in files beside the tests, written by ``make golden`` and by nothing else."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "goldens"
_SHOWN = 40


def check(name: str, got: str) -> None:
    """Compare a text with the golden of a name.

    Under ``PONMETRO_WRITE_GOLDENS`` a golden that is missing or differs is written, and the test
    fails that one time: whoever wrote it is to look at the difference before it is committed.
    """
    path = FOLDER / name
    wanted = path.read_bytes().decode("utf-8") if path.exists() else None
    if got == wanted:
        return
    if os.environ.get("PONMETRO_WRITE_GOLDENS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(got.encode("utf-8"))
        pytest.fail(f"{name} was written anew: look at it (git diff), then run again")
    if wanted is None:
        pytest.fail(f"there is no golden {name}: write it with `make golden`, and look at it")
    lines = list(difflib.unified_diff(wanted.split("\n"), got.split("\n"), "golden", "now", n=1))
    more = f"\n... and {len(lines) - _SHOWN} more lines" if len(lines) > _SHOWN else ""
    pytest.fail(
        f"{name} differs; if that is right, `make golden`:\n" + "\n".join(lines[:_SHOWN]) + more
    )
