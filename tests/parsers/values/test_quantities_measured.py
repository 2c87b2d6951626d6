"""Quantities measured on labelled passages: precision, recall and values read exactly."""

from __future__ import annotations

import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from parsers.values.quantities import Quantity, find

ROOT = Path(__file__).resolve().parents[3]
LABELLED = tomllib.loads((ROOT / "tests/data/quantities.toml").read_text(encoding="utf-8"))
PASSAGES: list[dict[str, Any]] = LABELLED["passage"]
DOCUMENT = ROOT / "docs/quantities.md"
# A wrong quantity is worse than a missed one: below this the rules are not fit to publish.
LEAST_PRECISION = 0.97


class Figures(NamedTuple):
    """Counts of one pass over the list.

    A quantity is right when its value and its noun are those of the label, and exact when its
    value, second value, approximation and unit all are.
    """

    labelled: int
    found: int
    right: int
    exact: int

    def rows(self) -> list[str]:
        return [
            f"| precision | {_share(self.right, self.found)} |",
            f"| recall | {_share(self.right, self.labelled)} |",
            f"| exact | {_share(self.exact, self.labelled)} |",
        ]


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)"


def labels(passage: dict[str, Any]) -> list[Quantity]:
    return [
        Quantity(
            Decimal(taken["value"]),
            Decimal(taken["max"]) if "max" in taken else None,
            taken.get("about", False),
            taken["unit"],
        )
        for taken in passage.get("takes", [])
    ]


def noun(quantity: Quantity) -> tuple[Decimal, str]:
    return quantity.value, quantity.unit.split()[0]


def measured() -> Figures:
    labelled = found = right = exact = 0
    for passage in PASSAGES:
        wanted = labels(passage)
        got = [one.value for one in find(passage["text"])]
        labelled += len(wanted)
        found += len(got)
        right += (Counter(map(noun, wanted)) & Counter(map(noun, got))).total()
        exact += (Counter(wanted) & Counter(got)).total()
    return Figures(labelled, found, right, exact)


def test_the_list_has_passages_of_both_kinds_and_none_twice() -> None:
    assert len({passage["text"].casefold() for passage in PASSAGES}) == len(PASSAGES) >= 80
    assert len([passage for passage in PASSAGES if "takes" in passage]) >= 40
    assert len([passage for passage in PASSAGES if "takes" not in passage]) >= 30


def test_every_unit_stands_in_its_passage_as_labelled() -> None:
    for passage in PASSAGES:
        assert all(taken.unit in passage["text"] for taken in labels(passage)), passage["text"]


def test_the_published_figures_are_the_measured_ones() -> None:
    today = DOCUMENT.read_text(encoding="utf-8").partition("## Today")[2]
    rows = measured().rows()
    assert [row for row in today.splitlines() if row in rows] == rows, (
        "put these rows into docs/quantities.md:\n" + "\n".join(rows)
    )


def test_the_first_pass_is_published_and_no_better_than_today() -> None:
    text = DOCUMENT.read_text(encoding="utf-8").partition("## Today")[0]
    today = measured()
    first = Figures(labelled=today.labelled, **LABELLED["first_pass"])
    assert [row for row in text.splitlines() if row in first.rows()] == first.rows()
    assert first.right <= today.right
    assert first.exact <= today.exact


def test_precision_comes_before_recall() -> None:
    today = measured()
    assert today.right >= LEAST_PRECISION * today.found
