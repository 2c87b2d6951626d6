"""The review page of one edition: its pages on one side, its records on the other, in one file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.pages.html import asset, bilingual, data_block, document, tag, text
from pipeline.pages.pictures import PagePicture
from pipeline.pages.published import Labels, PublishedEdition, Rows
from pipeline.pages.unclaimed import unclaimed
from pipeline.pages.words import axis_list, column_words, name_of
from pipeline.schema import TABLES, Table

_PLACES = ("edition_id", "project_id", "action_id", "page", "line")
"""Columns that say where a row belongs; the page shows them by where it shows the row."""

_EVIDENCE = ("lines", "line_boxes", "provenance")

_SCRIPTS = ("base.js", "model.js", "sheet.js", "record.js", "review.js")
_STYLES = ("base.css", "review.css")
_RECORDS = [
    table.name
    for table in TABLES.values()
    if "line" in table.header and table.name not in _EVIDENCE
]
"""The tables whose rows the page shows with the record they belong to."""

_A4 = (595.28, 841.89)


def review_page(
    edition: PublishedEdition, labels: Labels, pictures: Sequence[PagePicture] = ()
) -> str:
    """The page as one HTML file that needs nothing else.

    Args:
        edition: what is published of it.
        labels: the words of its codes.
        pictures: one a page of the source; empty where it is a text or not at hand.
    """
    title = name_of(edition.facts)
    script = "(() => {\n'use strict';\n" + "\n".join(map(asset, _SCRIPTS)) + "\n})();"
    blocks = (
        # A picture is a block of its own: the page works while later ones are still loading.
        f'<script type="text/plain" id="picture-{number}">{picture.webp}</script>'
        for number, picture in enumerate(pictures, start=1)
        if picture.webp
    )
    return document(
        "review.html",
        "\n".join(map(asset, _STYLES)),
        script,
        {
            "title": text(title),
            "heading": tag("span", text(title), lang="it"),
            "source": _source(edition),
            "data": data_block("data", review_data(edition, labels, pictures)),
            "pictures": "\n".join(blocks),
        },
    )


def review_data(
    edition: PublishedEdition, labels: Labels, pictures: Sequence[PagePicture] = ()
) -> dict[str, Any]:
    """What the page's script works on; cells are text as in the CSV, empty for null."""
    projects = {key: at for at, key in enumerate(edition.tables["projects"].column("project_id"))}
    actions = {key: at for at, key in enumerate(edition.tables["actions"].column("action_id"))}
    tables = {
        name: _table(TABLES[name], edition.tables[name], projects, actions) for name in _RECORDS
    }
    return {
        "edition": {name: value for name, value in edition.facts.items() if value},
        "tables": tables,
        "lines": _lines(edition, projects, actions),
        "sizes": _sizes(edition, pictures),
        "traces": _traces(edition, tables),
        "sums": sum_checks(edition),
        "unclaimed": unclaimed(edition),
        "changes": [
            [row[name] for name in ("entity", "entity_code", "field", "kind", "before", "after")]
            for row in edition.tables["changes"].records()
        ],
        "labels": {
            name: labels.list(name)
            for name in (
                *sorted({c.enum.name for t in TABLES.values() for c in t.columns if c.enum}),
                axis_list(edition.tables["actions"].column("code")),
            )
        },
        "axes": axis_list(edition.tables["actions"].column("code")),
    }


def sum_checks(edition: PublishedEdition) -> list[list[str] | None]:
    """For each action: sum of its sources, stated total, difference; None where none is stated.

    The sum is made here, of the published amounts, and is not the published sum. It is empty, and
    the difference too, where an amount is unreadable.
    """
    amounts: dict[str, list[str]] = defaultdict(list)
    unreadable = set()
    for row in edition.tables["funding"].records():
        amounts[row["action_id"]].append(row["amount_eur"])
        if row["amount_status"] == "unreadable":
            unreadable.add(row["action_id"])
    checks: list[list[str] | None] = []
    for row in edition.tables["actions"].records():
        total, key = row["total_stated_eur"], row["action_id"]
        if not total:
            checks.append(None)
        elif key in unreadable:
            checks.append(["", total, ""])
        else:
            added = sum((Decimal(value) for value in amounts[key] if value), Decimal("0.00"))
            checks.append([str(added), total, str(added - Decimal(total))])
    return checks


def _table(
    table: Table, rows: Rows, projects: dict[str, int], actions: dict[str, int]
) -> dict[str, Any]:
    """A table's shown columns, and its rows: project, action, page, line, then the cells.

    Project and action are places in their tables, null for none.
    """
    shown = [
        column for column in table.columns if column is not table.key and column.name not in _PLACES
    ]
    places = [rows.index(column.name) for column in shown]
    of = {name: rows.index(name) for name in _PLACES if name in rows.header}

    def cell(row: list[str], name: str) -> str:
        return row[of[name]] if name in of else ""

    return {
        "columns": [
            {
                "name": column.name,
                "words": column_words(table, column),
                "about": [column.description_it, column.description_en],
                "origin": column.origin,
                "from": list(column.derived_from),
                "list": column.enum.name if column.enum else None,
                "kind": column.type.table_schema if column.unit != "EUR" else "euro",
            }
            for column in shown
        ],
        "words": [table.title_it, table.title_en],
        "rows": [
            [
                projects.get(cell(row, "project_id")),
                actions.get(cell(row, "action_id")),
                _number(cell(row, "page")),
                _number(cell(row, "line")),
                *(row[place] for place in places),
            ]
            for row in rows
        ],
    }


def _lines(
    edition: PublishedEdition, projects: dict[str, int], actions: dict[str, int]
) -> list[list[Any]]:
    """Every line: page, text, role, project, action, and its box with size and weight if it has."""
    boxes = {row["line"]: row for row in edition.tables["line_boxes"].records()}
    lines = []
    for row in edition.tables["lines"].records():
        line: list[Any] = [
            _number(row["page"]),
            row["text"],
            row["role"],
            projects.get(row["project_id"]),
            actions.get(row["action_id"]),
        ]
        box = boxes.get(row["line"])
        if box is not None:
            line += [_points(box[edge]) for edge in ("x0", "top", "x1", "bottom", "font_size")]
            line.append(1 if box["bold"] == "true" else 0)
        lines.append(line)
    return lines


def _sizes(edition: PublishedEdition, pictures: Sequence[PagePicture]) -> list[list[float]]:
    """Width and height of each page in points; empty where nothing has a place on a page.

    Without the source at hand a page is taken to be A4, or as large as what is printed on it.
    """
    boxes = edition.tables["line_boxes"].records()
    if not boxes and not pictures:
        return []
    count = max(len(pictures), int(edition.facts["pages"] or 0), 1)
    widest: dict[int, tuple[float, float]] = defaultdict(lambda: _A4)
    for box in boxes:
        width, height = widest[int(box["page"])]
        edges = (_points(box["x1"]) or 0.0, _points(box["bottom"]) or 0.0)
        widest[int(box["page"])] = (max(width, edges[0]), max(height, edges[1]))
    return [
        [pictures[at].width, pictures[at].height]
        if at < len(pictures) and pictures[at].width
        else list(widest[at + 1])
        for at in range(count)
    ]


def _traces(
    edition: PublishedEdition, tables: dict[str, dict[str, Any]]
) -> dict[str, list[list[Any]]]:
    """By table, each piece in order: row, shown column, line, first and end character, edges."""
    row_at = {name: {row[0]: at for at, row in enumerate(edition.tables[name])} for name in tables}
    column_at = {
        name: {column["name"]: at for at, column in enumerate(table["columns"])}
        for name, table in tables.items()
    }
    traces: dict[str, list[list[Any]]] = defaultdict(list)
    for piece in edition.tables["provenance"].records():
        name = piece["table_name"]
        traces[name].append(
            [
                row_at[name][piece["row_id"]],
                column_at[name][piece["column_name"]],
                int(piece["line"]),
                int(piece["char_start"]),
                int(piece["char_end"]),
                _points(piece["x0"]),
                _points(piece["x1"]),
            ]
        )
    return traces


def _source(edition: PublishedEdition) -> str:
    facts = edition.facts
    parts = [tag("span", text(facts["source_file"]))]
    if facts["pages"]:
        parts.append(bilingual(f"{facts['pages']} pagine", f"{facts['pages']} pages"))
    parts.append(bilingual(f"{facts['lines']} righe", f"{facts['lines']} lines"))
    parts.append(
        tag("abbr", f"SHA-256 {facts['source_sha256'][:12]}", title=facts["source_sha256"])
    )
    return " · ".join(parts)


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _points(cell: str) -> float | None:
    return float(cell) if cell else None
