"""What a command leaves unloaded.

pyarrow loads NumPy wherever it is installed, which takes as long as reading an edition. No table
here passes through an array: a command does without, as it does where NumPy is not installed.
"""

from __future__ import annotations

import sys


def without_numpy() -> None:
    """Have packages of this process find no NumPy, unless it is loaded."""
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]


def with_numpy() -> None:
    """Take back :func:`without_numpy`, for what cannot do without."""
    if sys.modules.get("numpy", ...) is None:
        del sys.modules["numpy"]
