"""A command does without NumPy, and whoever needs it gets it back."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("numpy", reason="needs the package numpy")

_PROGRAM = """
import sys
from pipeline.lean import with_numpy, without_numpy
without_numpy()
import pyarrow as pa
assert sys.modules["numpy"] is None
assert pa.table({"a": [1, 2]}).to_pylist() == [{"a": 1}, {"a": 2}]
with_numpy()
import numpy
assert numpy.arange(3).sum() == 3
without_numpy()
import numpy
assert numpy.arange(3).sum() == 3
"""


def test_arrow_works_without_numpy_and_numpy_after_it() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
