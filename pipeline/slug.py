"""Names for keys: lower ASCII, with hyphens for all else."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """A name in lower ASCII, other runs than ``[a-z0-9]`` turned into ``-``.

    >>> slug("Assistenza tecnica – Città"), slug("Milano 2022 (città).v2")
    ('assistenza-tecnica-citta', 'milano-2022-citta-v2')
    """
    plain = unicodedata.normalize("NFKD", name.lower())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
