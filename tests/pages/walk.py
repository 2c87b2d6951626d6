"""What a review page lights for each cell, and what the tables say that it must light."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tests.pages.conftest import Site

Place = tuple[float, ...]

WALK = """() => {
  const lit = () => [
    ...[...document.querySelectorAll('#sheet rect.lit')].map((rect) => [
      Number(rect.closest('.leaf').dataset.at) + 1,
      ...['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name)))]),
    ...[...document.querySelectorAll('#sheet mark:not(.unclaimed), #sheet mark.unclaimed.value')]
      .map((mark) => [Number(mark.closest('.line').dataset.line),
        Number(mark.dataset.start), Number(mark.dataset.end)])];
  const found = {};
  for (const record of document.querySelectorAll('#list [data-record]')) {
    record.click();
    for (const cell of document.querySelectorAll('#record .cell[data-key]')) {
      cell.click();
      found[cell.dataset.key] = {
        text: cell.textContent, printed: cell.classList.contains('printed'), places: lit(),
      };
    }
  }
  return found;
}"""


def cells(site: Site, edition_id: str) -> dict[str, list[dict[str, str]]]:
    """Pieces of each traced cell, by the page's key of the cell."""
    place: dict[tuple[str, str], int] = {}
    pieces: dict[str, list[dict[str, str]]] = defaultdict(list)
    for piece in site.rows("provenance", edition_id):
        name = piece["table_name"]
        if (name, "") not in place:
            place[name, ""] = 0
            for at, row in enumerate(site.rows(name, edition_id)):
                place[name, next(iter(row.values()))] = at
        pieces[f"{name}/{place[name, piece['row_id']]}/{piece['column_name']}"].append(piece)
    return pieces


def record_of(site: Site, edition_id: str, key: str) -> int:
    """Place in the list of the record that shows a cell: the edition, then projects and actions."""
    name, row, _ = key.split("/")
    cells = site.rows(name, edition_id)[int(row)]
    order = ["edition"]
    actions = site.rows("actions", edition_id)
    for project in site.rows("projects", edition_id):
        mine = [one for one in actions if one["project_id"] == project["project_id"]]
        order += [project["project_id"], *(one["action_id"] for one in mine)]
    return order.index(cells.get("action_id") or cells.get("project_id") or "edition")


def places(site: Site, edition_id: str, pieces: list[dict[str, str]]) -> set[Place]:
    """Where some pieces are printed: page and rectangle, or line and characters in a text."""
    boxes = {row["line"]: row for row in site.rows("line_boxes", edition_id)}
    found: set[Place] = set()
    for piece in pieces:
        box = boxes.get(piece["line"])
        if box is None:
            found.add((int(piece["line"]), int(piece["char_start"]), int(piece["char_end"])))
            continue
        left, right = (float(piece[edge] or box[edge]) for edge in ("x0", "x1"))
        top, bottom = float(box["top"]), float(box["bottom"])
        found.add((int(box["page"]), left, top, max(right - left, 1), bottom - top))
    return found


def near(found: set[Place], wanted: set[Place]) -> bool:
    """Whether two sets of places are the same to a hundredth of a point."""
    return {tuple(round(n, 2) for n in one) for one in found} == {
        tuple(round(n, 2) for n in one) for one in wanted
    }


def wrong_cells(site: Site, edition_id: str, page: Any) -> list[str]:
    """Keys of the traced cells that are not on the page, or light another place than theirs."""
    found = page.evaluate(WALK)
    wanted = cells(site, edition_id)
    assert wanted
    shown = {key for key, cell in found.items() if cell["printed"] and cell["text"].strip()}
    return sorted(shown ^ set(wanted)) + [
        key
        for key in sorted(shown & set(wanted))
        if not near(
            {tuple(one) for one in found[key]["places"]}, places(site, edition_id, wanted[key])
        )
    ]
