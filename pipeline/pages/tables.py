"""Tables of the overview, and their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.pages.html import bilingual, tag, text
from pipeline.pages.words import euros


def listing(
    head: Iterable[tuple[str, str, str | None]],
    body: Iterable[Sequence[str]],
    italian: str,
    english: str,
    *,
    sortable: bool = False,
) -> str:
    """A table in both languages.

    Args:
        head: Italian and English title of each column, and the class of its cells.
        body: rows of cells as HTML.
        italian: what the table shows.
        english: the same in English.
        sortable: whether its columns can be sorted by a click.
    """
    cells = "".join(
        (
            tag("th", tag("button", text(it), type="button", data_en=en), scope="col", class_=kind)
            if sortable
            else bilingual(it, en, "th", scope="col", class_=kind)
        )
        if it
        else "<td></td>"
        for it, en, kind in head
    )
    rows = "\n".join(tag("tr", "".join(row)) for row in body)
    caption = bilingual(italian, english, "caption", class_="unseen")
    table = tag("table", f"{caption}{tag('thead', tag('tr', cells))}\n{tag('tbody', rows)}")
    return tag(
        "div",
        table,
        class_="scroll",
        role="group",
        aria_label=italian,
        tabindex="0",
        data_en_label=english,
    )


def count_cell(number: int) -> str:
    """A cell with a count."""
    return tag("td", str(number), class_="number")


def euro_cell(amount: Decimal) -> str:
    """A cell with an amount, that sorts by it."""
    return bilingual(*euros(str(amount)), "td", class_="number", data_sort=str(amount))


def unreadable_cell() -> str:
    """A cell for an amount that is printed and cannot be read."""
    return bilingual("illeggibile", "unreadable", "td", class_="number", data_sort="-1")


def blank_cell() -> str:
    """A cell for an amount that is not printed."""
    return tag("td", "–", class_="number", data_sort="-2")
