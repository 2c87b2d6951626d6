"""The same edition wrapped, spaced, cut and encoded in other ways says the same."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from tests import reading
from tests.cities import random_edition
from tests.reading import Rows
from tests.truth import Action, Edition, differences, paragraphs, prose
from tests.typeset import Style, plain

WIDTHS = (20, 24, 30, 38, 47, 58, 70, 84, 100, 130, 160, 200)


def uncertain(rows: Rows) -> tuple[set[str], set[object]]:
    """Codes of the actions, and ids of the projects, whose title's end is not certain."""
    marked = [row for row in rows["findings"] if row["rule"] == "title_end_uncertain"]
    lines = {row["line"] for row in marked if row["action_id"] is None}
    return (
        {str(row["action_id"]).split("/")[1] for row in marked if row["action_id"]},
        {row["project_id"] for row in rows["projects"] if row["line"] in lines},
    )


_PROBLEM = re.compile(r"(?P<table>\w+) (?P<place>\d+) (?P<column>\w+): ")


def problems(edition: Edition, rows: Rows) -> list[str]:
    """What differs from the truth without a finding that says so.

    Paragraphs are left out: without blank lines their ends show no more. Their words are not:
    title and description are compared as one where the title's end is uncertain.
    """
    actions, projects = uncertain(rows)
    found = []
    for problem in differences(edition, rows, skip=("paragraphs",)):
        match = _PROBLEM.match(problem)
        if match and match["table"] in ("actions", "projects"):
            place, column = int(match["place"]) - 1, match["column"]
            row = rows[match["table"]][place]
            if column in ("title", "notice", "project") and row["project_id"] in projects:
                continue
            if column in ("title", "description") and match["table"] == "actions":
                action = edition.actions[place]
                printed = prose(action.title + described(action))
                read = prose(f"{row['title'] or ''}{row['description'] or ''}")
                if action.code in actions and printed == read:
                    continue
        found.append(problem)
    return found


def described(action: Action) -> str:
    return "".join(text for _, text in paragraphs(action))


def errors(rows: Rows) -> Counter[object]:
    return Counter(row["rule"] for row in rows["findings"] if row["severity"] == "error")


def check(edition: Edition, content: bytes | str) -> None:
    rows = reading.tables_of(content)
    assert problems(edition, rows) == []
    assert errors(rows) == {}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("blanks", [0.0, 0.3, 1.0])
def test_any_width(width: int, blanks: float) -> None:
    for seed in range(3):
        edition = random_edition(100 * width + seed)
        style = Style(width=width, blanks=blanks, seed=seed)
        check(edition, plain.text(edition, style))


@pytest.mark.parametrize("variant", plain.VARIANTS)
@pytest.mark.parametrize("width", [40, 90])
def test_any_encoding(variant: str, width: int) -> None:
    edition = random_edition(len(variant) + width)
    text = plain.text(edition, Style(width=width, blanks=1.0, seed=width))
    check(edition, plain.encode(text, variant))


@pytest.mark.parametrize("page_lines", [17, 30, 45])
@pytest.mark.parametrize(("feeds", "header"), [(False, False), (True, False), (True, True)])
def test_pages_cut_anywhere(page_lines: int, feeds: bool, header: bool) -> None:
    for seed in range(2):
        edition = random_edition(page_lines + 10 * seed)
        style = Style(
            width=80, blanks=1.0, seed=seed, header=header, page_numbers=feeds and seed == 0
        )
        check(edition, plain.text(edition, style, form_feeds=feeds, page_lines=page_lines))


@pytest.mark.parametrize("width", [60, 90, 120])
def test_blank_lines_anywhere(width: int) -> None:
    for seed in range(3):
        edition = random_edition(1000 + width + seed)
        chance = random.Random(seed)
        text = plain.text(edition, Style(width=width, blanks=0.5, seed=seed))
        lines = []
        for line in text.split("\n"):
            lines.append(line)
            lines += [""] * (chance.random() < 0.3) * chance.randint(1, 2)
        check(edition, "\n".join(lines))


@pytest.mark.parametrize("width", [60, 90, 120])
def test_a_blank_line_after_each(width: int) -> None:
    edition = random_edition(2000 + width)
    check(edition, plain.text(edition, Style(width=width, blanks=1.0)).replace("\n", "\n\n"))


@pytest.mark.parametrize("width", [60, 90, 120])
def test_form_feeds_anywhere(width: int) -> None:
    for seed in range(3):
        edition = random_edition(3000 + width + seed)
        chance = random.Random(seed)
        text = plain.text(edition, Style(width=width, blanks=1.0, seed=seed))
        lines = [line + ("\f" if chance.random() < 0.04 else "\n") for line in text.split("\n")]
        check(edition, "".join(lines))


@pytest.mark.parametrize("seed", range(4))
def test_indents_and_trailing_spaces(seed: int) -> None:
    edition = random_edition(4000 + seed)
    chance = random.Random(seed)
    text = plain.text(edition, Style(width=80, blanks=1.0, seed=seed))
    lines = [
        f"{' ' * (line[:1] != ' ')}{line}{' ' * chance.randint(0, 3)}" for line in text.split("\n")
    ]
    check(edition, "\n".join(line if line.strip() else "" for line in lines))


@pytest.mark.parametrize("case", ["upper", "lower"])
def test_labels_in_any_case(case: str) -> None:
    edition = random_edition(5000)
    text = plain.text(edition, Style(width=90, blanks=1.0))
    for label in ("Risorse P", "Altre risorse pubbliche", "Costo totale", "Stato di attuazione"):
        text = re.sub(rf"(?m)^{label}", label.upper() if case == "upper" else label.lower(), text)
    rows = reading.tables_of(text)
    assert [p for p in problems(edition, rows) if " label:" not in p] == []
