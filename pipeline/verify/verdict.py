"""What a proof says: which cells hold, by what, and which fail."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

Cell = tuple[str, str, str]
"""Table, row and column."""

WAYS = {
    "reread": "printed or parsed, read again from the source",
    "source": "lines and their places, compared with the source",
    "derived": "computed again from proved cells",
    "replayed": "told by the grammar, the same in a second reading",
    "given": "named by the sidecar or the schema, not printed in the source",
}
"""How a cell is proved, the strongest way first."""


# Checks that a cell follows from what is printed.
_FOLLOWING = frozenset(("value", "derived", "evidence"))


class PackageError(ValueError):
    """The package cannot be opened at all; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not hold.

    Attributes:
        check: which one failed.
        table, row_id, column: where; empty strings where it is no cell.
        published, derived: what the package says, and what the proof gives.
        page, line: where it was printed, if it was.
    """

    check: str
    published: str | None
    derived: str | None
    table: str = ""
    row_id: str = ""
    column: str = ""
    page: str = ""
    line: str = ""

    def __str__(self) -> str:
        place = " ".join(part for part in (self.table, self.row_id, self.column) if part)
        if self.line:
            page = f"page {self.page}, " if self.page else ""
            place += f" ({page}line {self.line})"
        return (
            f"{self.check}: {place or 'package'}: published {_shown(self.published)}, "
            f"re-derived {_shown(self.derived)}"
        )


def _shown(value: str | None) -> str:
    if value is None:
        return "nothing"
    return repr(value if len(value) <= 120 else f"{value[:117]}...")


@dataclass(slots=True)
class Verdict:
    """The outcome of a proof.

    Attributes:
        corrected: keys of projects and actions in which a correction stands for what is printed:
            their cells need not follow from the print, the second run tells whether they hold.
        editions: ids of the editions that were held against their sources.
        failures: what does not hold, in the order found.
        notes: what the proof could not look at, and why.
        characters: visible ones of ``lines.text``, and how many of them the source gave again.
    """

    editions: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    characters: list[int] = field(default_factory=lambda: [0, 0])
    corrected: set[str] = field(default_factory=set)
    _proved: dict[Cell, str] = field(default_factory=dict)
    _failed: set[Cell] = field(default_factory=set)

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    def prove(self, way: str, table: str, row_id: str, column: str) -> None:
        """Count a cell as proved; the first way that proves it counts."""
        self._proved.setdefault((table, row_id, column), way)

    def fail(self, failure: Failure) -> None:
        """Count a failure; of one cell only the first is kept."""
        if failure.check in _FOLLOWING and self._is_corrected(failure.row_id):
            return
        cell = (failure.table, failure.row_id, failure.column)
        if failure.row_id and failure.column:
            if cell in self._failed:
                return
            self._failed.add(cell)
        self.failures.append(failure)

    def _is_corrected(self, row_id: str) -> bool:
        return any(row_id == key or row_id.startswith(f"{key}/") for key in self.corrected)

    def check(
        self,
        way: str,
        check: str,
        cell: Cell,
        published: str | None,
        derived: str | None,
        place: tuple[str, str] = ("", ""),
    ) -> bool:
        """Hold a cell against what was derived; returns whether they are equal."""
        if published == derived:
            self.prove(way, *cell)
            return True
        self.fail(Failure(check, published, derived, *cell, *place))
        return False

    def proved(self) -> Counter[str]:
        """How many cells are proved in each way; a cell that failed is in none."""
        return Counter(way for cell, way in self._proved.items() if cell not in self._failed)
