"""What a run has published, edition by edition, read back from its CSV files.

The pages know nothing that the tables do not say: what they show, anyone with the tables can
check.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import spelt
from pipeline.schema import TABLES

_NOT_BY_EDITION = ("editions", "codes")


@dataclass(slots=True)
class Rows:
    """Rows of one table and edition in published order; cells as in the CSV, empty for null."""

    header: tuple[str, ...]
    rows: list[list[str]]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[list[str]]:
        return iter(self.rows)

    def index(self, column: str) -> int:
        """Place of a column."""
        return self.header.index(column)

    def column(self, name: str) -> list[str]:
        """The cells of one column."""
        place = self.index(name)
        return [row[place] for row in self.rows]

    def records(self) -> list[dict[str, str]]:
        """The rows as dictionaries by column."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """One edition: its row of ``editions`` and its rows of every other table."""

    facts: dict[str, str]
    tables: dict[str, Rows]

    @property
    def edition_id(self) -> str:
        """Key of the edition."""
        return self.facts["edition_id"]


class Labels:
    """The words of both languages for each code, from the table ``codes``."""

    def __init__(self, rows: Rows) -> None:
        self._words = {
            (row["list"], row["code"]): (row["label_it"], row["label_en"]) for row in rows.records()
        }

    def of(self, name: str, code: str) -> tuple[str, str]:
        """Italian and English words of a code; the code itself where the list has none."""
        return self._words.get((name, code), (code, code))

    def list(self, name: str) -> dict[str, tuple[str, str]]:
        """Words by code of one list, in its order."""
        return {code: words for (listed, code), words in self._words.items() if listed == name}


class Publication:
    """One published state: a folder with ``csv/`` and ``datapackage.json``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package: dict[str, Any] = json.loads((folder / "datapackage.json").read_bytes())
        self.labels = Labels(self._whole("codes"))

    def editions(self) -> Iterator[PublishedEdition]:
        """Every edition in turn; only one is held in memory at a time."""
        names = [name for name in TABLES if name not in _NOT_BY_EDITION]
        cursors = {name: _Cursor(self.folder / "csv" / f"{name}.csv") for name in names}
        try:
            for facts in self._whole("editions").records():
                yield PublishedEdition(
                    facts,
                    {name: cursors[name].take(facts["edition_id"]) for name in names},
                )
        finally:
            for cursor in cursors.values():
                cursor.close()

    def _whole(self, name: str) -> Rows:
        with (self.folder / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = spelt.rows(file)
        return Rows(tuple(header), rows)


class _Cursor:
    """A table read once from front to back: its rows are in the order of the editions."""

    def __init__(self, path: Path) -> None:
        self._file = path.open(encoding="utf-8", newline="")
        self._rows = spelt.rows(self._file)
        self.header = tuple(next(self._rows))
        self._edition = self.header.index("edition_id")
        self._next: Sequence[str] | None = next(self._rows, None)

    def take(self, edition_id: str) -> Rows:
        """The rows of an edition, which are the next ones or none."""
        taken: list[list[str]] = []
        while self._next is not None and self._next[self._edition] == edition_id:
            taken.append(list(self._next))
            self._next = next(self._rows, None)
        return Rows(self.header, taken)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
