"""``python -m pipeline`` is ``ponmetro``."""

from __future__ import annotations

from pipeline.cli import main

if __name__ == "__main__":
    main(prog_name="ponmetro")
