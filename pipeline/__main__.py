"""``python -m pipeline`` is ``ponmetro``."""

from __future__ import annotations

from pipeline.cli import main as command
from pipeline.lean import without_numpy


def main() -> None:
    """The command in a process of its own."""
    without_numpy()
    command(prog_name="ponmetro")


if __name__ == "__main__":
    main()
