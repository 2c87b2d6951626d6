"""What print does not decide, so that no reader can be held to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from tests.truth import Edition, expected, prose

Rows = Mapping[str, Sequence[Mapping[str, object]]]

# Paragraphs are compared without spaces; so many of their first characters find the printed line.
_ENOUGH = 12


def parted(edition: Edition, tables: Rows) -> list[dict[str, object]]:
    """The paragraphs as read, those apart that run into each other only over a full page's end.

    Where a paragraph's last line fills its width and ends a page (or a column), nothing on paper
    says whether the next page begins anew: no distance is left to be seen, and no room.
    """
    wanted = expected(edition)["paragraphs"]
    found: list[dict[str, object]] = []
    tops = _tops(tables)
    for row in tables["paragraphs"]:
        whole = str(row["text"])
        while len(found) + 1 < len(wanted):
            first, second = (str(each["text"]) for each in wanted[len(found) : len(found) + 2])
            if wanted[len(found) + 1]["kind"] != "paragraph":
                break
            if prose(whole) == prose(first) or not prose(whole).startswith(
                prose(first) + prose(second)[:_ENOUGH]
            ):
                break
            if not any(prose(second).startswith(top) for top in tops):
                break
            found.append({**row, "text": first})
            whole = _rest(whole, first)
        found.append({**row, "text": whole})
    return found


def _rest(whole: str, first: str) -> str:
    """What is left of a text behind the letters of another that it begins with."""
    length = len(prose(first))
    for at in range(len(whole) + 1):
        if len(prose(whole[:at])) == length:
            return whole[at:].strip()
    raise AssertionError(whole)


def _tops(tables: Rows) -> list[str]:
    """The first letters of each body line at the top of a page or column, below a full line."""
    boxes = {row["line"]: row for row in tables["line_boxes"]}
    body = [row for row in tables["lines"] if row["role"] == "body" and row["line"] in boxes]
    edges: dict[object, float] = {}
    for row in body:
        box = boxes[row["line"]]
        edges[row["page"]] = max(edges.get(row["page"], 0.0), float(str(box["x1"])))
    tops = []
    for before, row in pairwise(body):
        above, box = boxes[before["line"]], boxes[row["line"]]
        turned = before["page"] != row["page"] or float(str(box["top"])) < float(str(above["top"]))
        word = str(row["text"]).split()[0]
        size = float(str(box["font_size"] or 10))
        # A word and its space may need up to 0.7 em a letter; columns have edges of their own.
        full = float(str(above["x1"])) + 0.7 * size * (len(word) + 1) > edges[before["page"]]
        if turned and (full or before["page"] == row["page"]):
            tops.append(prose(str(row["text"]))[:_ENOUGH])
    return tops
