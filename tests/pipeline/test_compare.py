"""What differs between two editions: planted differences, and nothing else."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.changes_fields import TABLES_READ, Tables, fold
from pipeline.compare import Change, between
from pipeline.edition import build
from pipeline.fingerprint import ReadOptions
from pipeline.fragments import write_fragment
from pipeline.schema import TABLES
from pipeline.sources import discover
from tests.cities import random_edition
from tests.truth import Action, Address, Block, Edition, Money, Project
from tests.typeset import Style, plain

SEEDS = (3, 8, 21)
STYLE = Style(width=130, blanks=1.0, seed=1)


def read(path: Path) -> Tables:
    """The published cells of a source."""
    (source,) = discover([path]).sources
    built = build(source, ReadOptions())
    fragment = write_fragment(built, path.parent, path.stem, source.edition_id, path.name, "00")
    return {
        name: [dict(zip(TABLES[name].header, row, strict=True)) for row in fragment.read(name)]
        for name in (*TABLES_READ, "lines")
    }


def printed(folder: Path, name: str, edition: Edition, style: Style = STYLE) -> Tables:
    path = folder / f"{name}.txt"
    path.write_text(plain.text(edition, style), encoding="utf-8")
    return read(path)


def told(found: list[Change]) -> list[tuple[str, str, str, str, str | None, str | None]]:
    return [
        (
            *(change.entity, change.code, change.field, change.kind),
            change.before.text if change.before else None,
            change.after.text if change.after else None,
        )
        for change in found
    ]


def money(label: str, euros: str) -> Money:
    amount = Decimal(euros)
    grouped = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    return Money(label, f"€ {grouped}", amount)


def action(code: str, **fields: object) -> Action:
    """A sheet with a bit of everything, so that each field can be changed alone."""
    chosen: dict[str, object] = {
        "title": f"Azione di prova {code[-1]} {code[2:]}",
        "body": (
            Block("paragraph", ("Gli spazi sono aperti a tutte le età.",)),
            Block("caption", ("Quartieri interessati: Porto, Stadera",)),
            Block("caption", ("via Garibaldi 12",)),
        ),
        "funding": (
            money("Risorse PON METRO", "1000000.00"),
            money("Altre risorse pubbliche", "5.50"),
        ),
        "total": money("Costo totale", "1000005.50"),
        "status": ("lavori in corso",),
        "addresses": (Address("via Garibaldi 12", "via", "Garibaldi", "12"),),
    }
    return Action(code=code, code_printed=code, dash=" – ", **{**chosen, **fields})  # type: ignore[arg-type]


def with_prova(edition: Edition, *actions: Action) -> Edition:
    """An edition with two projects of known content at its end, before technical assistance."""
    prefix = edition.city_code
    rest = (action(f"{prefix}4.9.{n}.z") for n in range(1, 4))
    number = len(edition.projects)
    added = (
        Project(number, " – ", "Officina delle prove", tuple(actions)),
        Project(number + 1, " – ", "Giardino dei confronti", tuple(rest)),
    )
    return dataclasses.replace(
        edition, projects=(*edition.projects[:-1], *added, edition.projects[-1])
    )


def codes(edition: Edition, count: int) -> list[str]:
    return [f"{edition.city_code}4.8.{n}.y" for n in range(1, count + 1)]


@pytest.mark.parametrize("seed", SEEDS)
def test_twelve_planted_differences_are_exactly_these(tmp_path: Path, seed: int) -> None:
    made = random_edition(seed, projects=5)
    names = codes(made, 10)
    sheets = [action(code) for code in names]
    before = with_prova(made, *sheets)
    title, pon, other, total, status, places, quarters, days, web, gone = range(10)

    def body(extra: Block, at: int = 1) -> tuple[Block, ...]:
        blocks = list(sheets[0].body)
        blocks.insert(at, extra)
        return tuple(blocks)

    after = list(sheets)
    after[title] = action(names[title], title="Una piazza per tutti")
    after[pon] = action(
        names[pon], funding=(money("Risorse PON METRO", "1200000.00"), sheets[0].funding[1])
    )
    after[other] = action(names[other], funding=sheets[0].funding[:1])
    after[total] = action(names[total], total=None)
    after[status] = action(names[status], status=("lavori tuttora in corso",))
    after[places] = action(names[places], body=body(Block("caption", ("Piazza Dante 7",)), 3))
    districts = Block("caption", ("Quartieri interessati: Porto, Santa Rita",))
    after[quarters] = action(
        names[quarters], body=(sheets[0].body[0], districts, sheets[0].body[2])
    )
    after[days] = action(
        names[days], body=body(Block("paragraph", ("La sede è aperta dal 12 maggio 2021.",)))
    )
    link = "https://progetti.comune.example.it/prove/"
    after[web] = action(names[web], body=body(Block("paragraph", (f"Si veda {link}",))))
    del after[gone]
    new_code = f"{made.city_code}4.8.9.x"
    later = with_prova(made, *after, action(new_code, title="Nuovi orti urbani"))
    moved = later.projects[-2].actions[-1]
    officina = dataclasses.replace(later.projects[-3], actions=(*later.projects[-3].actions, moved))
    giardino = dataclasses.replace(later.projects[-2], actions=later.projects[-2].actions[:-1])
    later = dataclasses.replace(
        later, projects=(*later.projects[:-3], officina, giardino, later.projects[-1])
    )

    found = told(between(printed(tmp_path, "a", before), printed(tmp_path, "b", later)))

    expected = [
        (names[title], "title", "changed", sheets[0].title, "Una piazza per tutti"),
        (names[pon], "funding.pon_metro", "changed", "1000000.00", "1200000.00"),
        (names[other], "funding.other_public", "removed", "5.50", None),
        (names[total], "total_stated_eur", "removed", "1000005.50", None),
        (names[status], "status", "changed", "lavori in corso", "lavori tuttora in corso"),
        (
            *(names[places], "addresses", "changed"),
            *("via Garibaldi 12", "via Garibaldi 12; Piazza Dante 7"),
        ),
        (names[quarters], "districts", "changed", "Porto; Stadera", "Porto; Santa Rita"),
        (names[days], "dates", "added", None, "dal 12 maggio 2021"),
        (names[web], "links", "added", None, link),
        (names[gone], "record", "removed", sheets[gone].title, None),
        (new_code, "record", "added", None, "Nuovi orti urbani"),
        (moved.code, "project", "changed", "Giardino dei confronti", "Officina delle prove"),
    ]
    assert sorted(found, key=str) == sorted((("action", *row) for row in expected), key=str)
    assert found == sorted(found, key=lambda row: row[:3])


def noisy(text: str) -> str:
    """The same words with other dashes, quotes, spaces and capitals."""
    text = re.sub("[–—]", "-", text.replace("’", "'").replace("“", '"').replace("”", '"'))
    return text.replace("lavori in corso\n\n", "Lavori  in corso.\n\n").replace("euro", "EURO")


@pytest.mark.parametrize("seed", SEEDS)
def test_setting_is_no_difference(tmp_path: Path, seed: int) -> None:
    made = random_edition(seed, projects=5)
    before = with_prova(made, *map(action, codes(made, 3)))
    first = printed(tmp_path, "a", before)
    for name, text in {
        "noisy": noisy(plain.text(before, STYLE)),
        "nfd": unicodedata.normalize("NFD", plain.text(before, STYLE)),
        "wide": plain.text(before, dataclasses.replace(STYLE, width=200, seed=5)),
    }.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        assert told(between(first, read(path))) == []


def test_an_inserted_project_renumbers_all_and_changes_nothing_else(tmp_path: Path) -> None:
    made = random_edition(5, projects=5)
    new = Project(1, " – ", "Orti di quartiere", (action(f"{made.city_code}4.8.1.y"),))
    rest = tuple(
        dataclasses.replace(project, number=project.number and project.number + 1)
        for project in made.projects
    )
    later = dataclasses.replace(made, projects=(new, *rest))
    found = between(printed(tmp_path, "a", made), printed(tmp_path, "b", later))
    assert [row[:4] for row in told(found)] == [
        ("action", new.actions[0].code, "record", "added"),
        ("project", "Orti di quartiere", "record", "added"),
    ]


def test_a_code_respelled_is_no_change_and_another_one_a_renaming(tmp_path: Path) -> None:
    made = random_edition(5, projects=4)
    one, two = codes(made, 2)
    before = with_prova(made, action(one))
    spelt = f"{one[:2]}. {one[2:-2]}{one[-1].upper()}"
    respelt = with_prova(made, dataclasses.replace(action(one), code_printed=spelt))
    renamed = with_prova(
        made, dataclasses.replace(action(one), code=two, code_printed=two, status=("concluso",))
    )
    first = printed(tmp_path, "a", before)
    assert between(first, printed(tmp_path, "b", respelt)) == []
    found = told(between(first, printed(tmp_path, "c", renamed)))
    assert found == [
        ("action", two, "code", "renamed", one, two),
        ("action", two, "phase", "changed", "in_progress", "completed"),
        ("action", two, "status", "changed", "lavori in corso", "concluso"),
    ]


# Rows without a parser: what a comparison must hold for whatever is published.

Sheet = tuple[str, str, str, str, str]


def rows(edition: str, projects: list[tuple[str, list[Sheet]]]) -> Tables:
    """Cells of an edition: projects by title, actions as code, title, amount, status, address."""
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in TABLES_READ}

    def add(table: str, **cells: object) -> None:
        empty = dict.fromkeys(TABLES[table].header, "")
        row = {name: str(value) for name, value in cells.items()}
        tables[table].append({**empty, "edition_id": edition, "page": "1", "line": "1", **row})

    for number, (title, sheets) in enumerate(projects, start=1):
        project = f"{edition}/progetto-{number}"
        add("projects", project_id=project, number=number, title=title, phase="not_stated")
        for code, name, amount, status, address in sheets:
            key = f"{edition}/{code}"
            common = {"project_id": project, "action_id": key}
            add("actions", **common, code=code, title=name, status=status, phase="planned", axis=4)
            if amount:
                status = "printed" if amount[0].isdigit() else "worded"
                euros = amount if status == "printed" else ""
                add(
                    *("funding",),
                    **{"action_id": key, "source": "pon_metro", "amount_eur": euros},
                    amount_printed=amount,
                    amount_status=status,
                )
            if address:
                add("addresses", action_id=key, text=address)
    return tables


@st.composite
def editions(draw: st.DrawFn, edition: str) -> Tables:
    """Editions out of few words, so that two of them have much in common."""
    titles = draw(st.lists(st.sampled_from("ABCDEF"), unique=True, max_size=4))
    left = [f"MI4.1.1.{letter}" for letter in "abcdefgh"]
    draw(st.randoms(use_true_random=False)).shuffle(left)
    few = st.tuples(
        st.sampled_from(["Casa", "Bici", "Orto"]),
        st.sampled_from(["", "1.00", "2.50", "in corso di definizione"]),
        st.sampled_from(["", "in corso", "concluso"]),
        st.sampled_from(["", "Via Dante 1", "Via Dante 2"]),
    )
    projects = []
    for title in titles:
        sheets = draw(st.lists(few, max_size=min(3, len(left))))
        projects.append((f"Progetto {title}", [(left.pop(), *sheet) for sheet in sheets]))
    return rows(edition, projects)


@settings(max_examples=200)
@given(editions("x"))
def test_an_edition_differs_in_nothing_from_itself(edition: Tables) -> None:
    assert between(edition, edition) == []


@settings(max_examples=300)
@given(editions("x"), editions("y"))
def test_backwards_what_was_added_is_removed(before: Tables, after: Tables) -> None:
    swap = {"added": "removed", "removed": "added"}
    forth = Counter((change[0], change[2], *change[3:]) for change in told(between(before, after)))
    back = Counter(
        (entity, field, swap.get(kind, kind), new, old)
        for entity, _, field, kind, old, new in told(between(after, before))
    )
    assert forth == back


@given(st.text())
def test_folding_is_done_at_once_and_knows_no_case_or_form(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(f" «{text}»  –") == fold(text) or fold(text) == ""


def test_sums_of_a_source_are_compared_and_not_their_lines() -> None:
    one = rows("x", [("P", [("MI4.1.1.a", "T", "3.00", "", "")])])
    two = rows("y", [("P", [("MI4.1.1.a", "T", "1.00", "", "")])])
    second = {**two["funding"][0], "amount_eur": "2.00"}
    assert between(one, {**two, "funding": [*two["funding"], second]}) == []
    worded = {**second, "amount_eur": "", "amount_printed": "in definizione"}
    (found,) = told(between(one, {**two, "funding": [*two["funding"], worded]}))
    assert found[2:] == ("funding.pon_metro", "changed", "3.00", "1.00; in definizione")


def test_a_project_with_another_title_is_known_by_its_actions() -> None:
    sheets = [("MI4.1.1.a", "T", "1.00", "", ""), ("MI4.1.1.b", "U", "2.00", "", "")]
    before = rows("x", [("Casa", sheets), ("Verde urbano", [])])
    after = rows("y", [("Altro", []), ("Abitare insieme", sheets), ("Verde in città urbano", [])])
    assert [row[1:4] for row in told(between(before, after))] == [
        ("Abitare insieme", "title", "changed"),
        ("Altro", "record", "added"),
        ("Verde in città urbano", "record", "added"),
        ("Verde urbano", "record", "removed"),
    ]
    numbered = rows("y", [("Casa", sheets), ("Verde urbano nuovo", [])])
    assert [row[1:4] for row in told(between(before, numbered))] == [
        ("Verde urbano nuovo", "title", "changed")
    ]


def test_a_code_misprinted_as_another_is_a_renaming_and_no_exchange(tmp_path: Path) -> None:
    one, two = action("MI1.1.1.c"), action("MI1.1.1.e")
    before = Edition("", "", "Milano", "MI", (Project(1, " - ", "Case", (one, two)),))
    wrong = dataclasses.replace(one, code="MI1.1.1.e", code_printed="MI1.1.1.e")
    after = Edition("", "", "Milano", "MI", (Project(1, " - ", "Case", (wrong, two)),))
    tables = printed(tmp_path, "a", before), printed(tmp_path, "b", after)
    (found,) = told(between(*tables))
    assert found == ("action", "MI1.1.1.e", "code", "renamed", "MI1.1.1.c", "MI1.1.1.e")
    (back,) = told(between(*reversed(tables)))
    assert back[2:] == ("code", "renamed", "MI1.1.1.e", "MI1.1.1.c")
    assert between(tables[1], tables[1]) == []


def test_a_second_printing_that_goes_is_removed_itself(tmp_path: Path) -> None:
    one, other = action("MI1.1.1.c"), action("MI1.1.1.c", title="Altra azione")
    twice = Edition("", "", "Milano", "MI", (Project(1, " - ", "Case", (one, other)),))
    once = Edition("", "", "Milano", "MI", (Project(1, " - ", "Case", (other,)),))
    (found,) = told(between(printed(tmp_path, "a", twice), printed(tmp_path, "b", once)))
    assert found[2:] == ("record", "removed", one.title, None)
