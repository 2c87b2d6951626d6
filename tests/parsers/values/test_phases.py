"""Phases of clauses and of actions, measured on labelled clauses and on the real report."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values.clauses import clauses
from parsers.values.phases import OUTSIDE, PHASES, has_phase, is_known, overall, phase
from parsers.vocabulary import PACKAGED, Vocabulary

ROOT = Path(__file__).resolve().parents[3]
LABELLED = tomllib.loads((ROOT / "tests/data/clauses.toml").read_text(encoding="utf-8"))
HALVES = ("seen", "held", "met")
ALL = (*PHASES, *OUTSIDE)


def labelled(*halves: str) -> list[tuple[str, str]]:
    return [
        (clause, label)
        for half in halves
        for label, clauses_ in LABELLED[half].items()
        for clause in clauses_
    ]


def measured() -> list[str]:
    """The rows of the table of figures in docs/phases.md."""
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for half in HALVES:
        for clause, label in labelled(half):
            for row in (label, "all"):
                total[half, row] += 1
                right[half, row] += phase(clause) == label
    rows = []
    for row in (*ALL, "all"):
        cells = []
        for half in HALVES:
            of = total[half, row]
            share = f" ({100 * right[half, row] / of:.1f} %)" if row == "all" else ""
            cells.append(f"{right[half, row]} of {of}{share}" if of else "")
        rows.append(f"| {row} | " + " | ".join(cells) + " |")
    return rows


def test_the_list_is_as_long_as_promised_and_has_no_clause_twice() -> None:
    every = [clause.casefold() for clause, _ in labelled(*HALVES)]
    assert len(set(every)) == len(every) >= 300
    assert len(labelled("held", "met")) >= len(labelled("seen")) >= 150
    assert {label for _, label in labelled("seen")} == set(ALL)
    assert {label for _, label in labelled("held")} == set(ALL)


def test_the_published_accuracy_is_the_measured_one() -> None:
    text = (ROOT / "docs/phases.md").read_text(encoding="utf-8")
    missing = [row for row in measured() if row not in text.splitlines()]
    assert not missing, "put these rows into docs/phases.md:\n" + "\n".join(measured())


def test_the_first_pass_is_published_and_no_better_than_today() -> None:
    text = (ROOT / "docs/phases.md").read_text(encoding="utf-8")
    for half, right in LABELLED["first_pass"].items():
        of = len(labelled(half))
        assert f"{right} of {of} ({100 * right / of:.1f} %)" in text
        assert right <= sum(phase(clause) == label for clause, label in labelled(half))


def test_every_action_of_the_real_report(shared_editions: Path) -> None:
    truth = json.loads((shared_editions / "milano-2022.truth.json").read_text(encoding="utf-8"))
    notices = {project["key"]: project["notice"] for project in truth["projects"]}
    wrong = {}
    for action in truth["actions"]:
        text = action.get("status") or notices[action["project"]] or ""
        found = overall([phase(text[start:end]) for start, end in clauses(text)])
        if found not in truth["phases"][action["code"]]:
            wrong[action["code"]] = found
    assert not wrong


def test_notices_of_the_real_report_and_no_description(shared_editions: Path) -> None:
    truth = json.loads((shared_editions / "milano-2022.truth.json").read_text(encoding="utf-8"))
    notices = [project["notice"] for project in truth["projects"] if project["notice"]]
    assert all(has_phase(notice) for notice in notices)
    assert not [action["code"] for action in truth["actions"] if has_phase(action["body"])]


@pytest.mark.parametrize(
    "notice",
    [
        "PROGETTO SOSPESO",
        "Il progetto è stato completato nel 2021",
        "L’avvio dei lavori è previsto per il 2023",
        "Le azioni del progetto sono in corso di realizzazione",
        "Progetto non ancora avviato",
    ],
)
def test_a_notice_tells_how_far_things_are(notice: str) -> None:
    assert has_phase(notice)


@pytest.mark.parametrize(
    "description",
    [
        "Il progetto prevede la realizzazione di 20 alloggi e l'attivazione di servizi.",
        "Saranno realizzati 20 alloggi per famiglie in difficoltà",
        "Il progetto, finanziato con fondi FESR, punta allo sviluppo di una piattaforma online.",
        "Attività realizzate con le reti di quartiere per sostenere le famiglie in condizione di "
        "bisogno abitativo e prevenire gli sfratti",
        "Soggetto attuatore: Comune di Bari",
        "",
    ],
)
def test_a_description_is_no_notice(description: str) -> None:
    assert not has_phase(description)


@pytest.mark.parametrize(("clause", "label"), labelled("seen"))
def test_how_it_is_written_does_not_matter(clause: str, label: str) -> None:
    assert phase(clause.upper()) == label
    assert phase(clause.replace("'", "’")) == label
    assert phase(clause.replace("’", "'")) == label
    assert phase(clause.replace(" ", "\u00a0")) == label
    for accented, late in (("à", "a'"), ("è", "e'"), ("È", "E'"), ("ù", "u'")):
        assert phase(clause.replace(accented, late)) == label


@pytest.mark.parametrize(
    ("plain", "negated", "label"),
    [
        ("lavori avviati", "lavori non avviati", "planned"),
        ("bando pubblicato", "bando non ancora pubblicato", "planned"),
        ("i lavori sono conclusi", "i lavori non sono ancora conclusi", "in_progress"),
        ("la gara è stata aggiudicata", "la gara non è stata ancora aggiudicata", "procurement"),
        ("contratto firmato", "contratto non ancora firmato", "contracting"),
        ("opere realizzate", "opere non realizzate", "planned"),
    ],
)
def test_what_is_denied_is_not_reached(plain: str, negated: str, label: str) -> None:
    assert phase(negated) == label
    assert ALL.index(phase(plain)) > ALL.index(label)


@pytest.mark.parametrize("step", ["la gara", "la progettazione", "la selezione", "la fornitura"])
def test_a_future_clause_is_planned_whatever_its_step(step: str) -> None:
    assert phase(f"{step} sarà avviata a settembre") == "planned"
    assert phase(f"si prevede di concludere {step} entro l'anno") == "planned"
    assert phase(f"{step} è in corso") not in ("planned", "not_stated")


def test_what_is_quoted_or_in_brackets_is_not_said() -> None:
    assert phase("in corso il progetto “Lavori completati”") == "in_progress"
    assert phase("conclusi i lavori (in corso il collaudo)") == "completed"
    assert phase("lavori in corso, si veda https://www.example.it/lavori-completati") == (
        "in_progress"
    )


@given(st.lists(st.sampled_from(ALL)))
def test_overall_follows_the_contract(phases: list[str]) -> None:
    found = overall(phases)
    stated = [each for each in phases if each != "not_stated"]
    inside = [each for each in stated if each in PHASES]
    assert found == overall(phases[::-1]) or {"deferred", "transferred"} <= set(stated)
    assert (found == "not_stated") == (not stated)
    assert (found == "completed") == (bool(stated) and set(stated) == {"completed"})
    if found in PHASES[:5]:
        assert found == max(inside, key=PHASES.index)
    if "in_progress" in stated:
        assert found == "in_progress"


@given(st.text(max_size=200))
def test_any_text_has_a_phase_of_the_contract(text: str) -> None:
    assert phase(text) in ALL
    assert is_known(text) == (phase(text) != "not_stated")


def test_the_vocabulary_is_whole() -> None:
    table = PACKAGED["phases"]
    assert tuple(table["phases"]) == ALL
    opencoesione = {
        "Non avviato",
        "In avvio di progettazione",
        "In corso di progettazione",
        "In affidamento",
        "In esecuzione",
        "Eseguito",
    }
    for name, entry in table["phases"].items():
        assert entry["label_it"]
        assert entry["label_en"]
        assert ("opencoesione" in entry) == (name in PHASES)
        assert entry.get("opencoesione", "Eseguito") in opencoesione
    for row in table["outcomes"].values():
        assert {"underway", "done"} <= set(row)
        assert set(row.values()) <= set(PHASES)


def test_every_wording_compiles_and_every_letter_is_reached() -> None:
    letters = "abcdefghijklmnopqrstuvwxyzàèìòù0"
    for first, second in product(letters, "a"):
        assert phase(f"{first}{second} {first}") in ALL


def test_a_user_adds_wordings() -> None:
    clause = "opera inaugurabile a giorni"
    entry: dict[str, Any] = {"phase": "in_progress", "words": ["inaugurabil[ei]"]}
    taught = Vocabulary({"phases": {"words": [entry]}})
    assert not is_known(clause)
    assert phase(clause, taught) == "in_progress"
    assert phase(clause) == "not_stated"


def test_a_user_overrules_a_wording() -> None:
    entry: dict[str, Any] = {"stage": "handover", "state": "underway", "words": ["cantierizzat~"]}
    taught = Vocabulary({"phases": {"words": [entry]}})
    assert phase("opera cantierizzata") == "in_progress"
    assert phase("opera cantierizzata", taught) == "starting"


@pytest.mark.parametrize(
    "entry",
    [
        {"phase": "finished", "words": ["x"]},
        {"stage": "tender", "state": "done", "words": ["x"]},
        {"stage": "works", "state": "over", "words": ["x"]},
        {"state": "done", "words": ["opera (rotta"]},
    ],
)
def test_a_wrong_entry_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="phases: "):
        phase("opera rotta", Vocabulary({"phases": {"words": [entry]}}))
