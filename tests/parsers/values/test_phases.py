"""Phases of clauses and of actions, measured on labelled clauses and on the real report."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values.clauses import clauses
from parsers.values.phases import OUTSIDE, PHASES, has_phase, is_known, overall, phase, stated
from parsers.vocabulary import PACKAGED, Vocabulary

ROOT = Path(__file__).resolve().parents[3]
LABELLED = tomllib.loads((ROOT / "tests/data/clauses.toml").read_text(encoding="utf-8"))
INDEPENDENT = tomllib.loads(
    (ROOT / "tests/data/clauses_independent.toml").read_text(encoding="utf-8")
)
HALVES = ("seen", "held", "met")
SETS = (*HALVES, "independent", "apart")
ALL = (*PHASES, *OUTSIDE)


def labelled(*halves: str) -> list[tuple[str, str]]:
    return [
        (clause, label)
        for half in halves
        for label, clauses_ in (LABELLED | INDEPENDENT)[half].items()
        for clause in clauses_
    ]


def measured() -> list[str]:
    """The rows of the table of figures in docs/phases.md."""
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for half in SETS:
        for clause, label in labelled(half):
            for row in (label, "all"):
                total[half, row] += 1
                right[half, row] += phase(clause) == label
    for label, found in INDEPENDENT["first_pass"].items():
        for row in (label, "all"):
            total["first pass", row] += total["independent", label]
            right["first pass", row] += found
    rows = []
    for row in (*ALL, "all"):
        cells = []
        for half in (*HALVES, "first pass", "independent", "apart"):
            of = total[half, row]
            share = f" ({100 * right[half, row] / of:.1f} %)" if row == "all" else ""
            cells.append(f"{right[half, row]} of {of}{share}" if of else "")
        rows.append(f"| {row} | " + " | ".join(cells) + " |")
    return rows


def test_the_list_is_as_long_as_promised_and_has_no_clause_twice() -> None:
    every = [clause.casefold() for clause, _ in labelled(*HALVES)]
    assert len(set(every)) == len(every) >= 300
    independent = [clause.casefold() for clause, _ in labelled("independent")]
    assert len(set(independent)) == len(independent) >= 160
    for half in ("independent", "apart"):
        assert {label for _, label in labelled(half)} == set(ALL)
    both = [clause.casefold() for clause, _ in labelled("independent", "apart")]
    assert len(set(both)) == len(both) >= 300
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
    first = INDEPENDENT["first_pass"]
    assert set(first) == set(INDEPENDENT["independent"])
    for label, then in first.items():
        assert then <= sum(phase(each) == label for each in INDEPENDENT["independent"][label])


def test_the_phase_of_whole_statuses_by_another_hand() -> None:
    statuses = INDEPENDENT["statuses"]
    assert len(statuses) >= 60
    wrong = {}
    apart = []
    for status in statuses:
        text = status["text"]
        said = [text[start:end] for start, end in clauses(text)]
        found = [phase(each) for each in said]
        if overall(found) != status["action"]:
            wrong[text] = overall(found)
        if [bare(each) for each in said] != [bare(each) for each in status["clauses"]]:
            apart.append(text)
    assert not wrong
    # Where two statements are one a person may doubt, too; their phase is right all the same.
    assert len(apart) <= 2, apart


def bare(clause: str) -> str:
    """A clause without the marks around it and the "e" that leads on to it."""
    return re.sub(r"^ed?\s+", "", clause.strip(" .;,"))


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


@pytest.mark.parametrize(
    "clause",
    [
        "Consegnati {part} dei {whole} autobus",
        "Consegnati {part} autobus elettrici su {whole}",
        "Lavori conclusi in {part} scuole su {whole}",
        "{part} edifici su {whole} sono stati completati",
        "Su {whole} edifici, completati {part}",
        "consegnati {part} autobus (su {whole})",
        "completati {part}/{whole} edifici",
    ],
)
@given(st.integers(1, 90), st.integers(1, 90))
def test_a_part_of_a_whole_is_not_completed(clause: str, part: int, whole: int) -> None:
    said = clause.format(part=part, whole=whole)
    assert phase(said) == ("in_progress" if part < whole else "completed")


@pytest.mark.parametrize("number", ["uno dei tre", "il primo dei tre", "due su tre"])
def test_a_part_may_be_told_in_words(number: str) -> None:
    assert phase(f"Ultimato {number} lotti") == "in_progress"


@pytest.mark.parametrize(
    "rest",
    [
        "ad eccezione delle opere a verde",
        "tranne le finiture",
        "salvo gli impianti",
        "a meno delle sistemazioni esterne",
        "(escluso il lotto 3)",
        "per due terzi",
        "per la metà",
        "all'80%",
    ],
)
def test_what_is_left_out_keeps_the_works_open(rest: str) -> None:
    assert phase(f"Lavori ultimati {rest}") == "in_progress"


@pytest.mark.parametrize(
    "clause",
    [
        "Completati 5 edifici su 5",
        "consegna nel 2020 delle 3.000 biciclette avvenuta",
        "Consegnati il 12 maggio 20 autobus",
        "Lavori ultimati nella seconda metà del 2021",
        "Lavori ultimati nel 2021 su 3 edifici",
        "Realizzati 2 edifici su 3 piani",
        "Portale online 24 ore su 24",
        "Lavori ultimati al 100,00%",
    ],
)
def test_a_whole_is_completed(clause: str) -> None:
    assert phase(clause) == "completed"


@pytest.mark.parametrize(
    ("clause", "label"),
    [
        ("Nessuna attività avviata", "planned"),
        ("nessun edificio completato", "planned"),
        ("Non risultano lavori conclusi", "planned"),
        ("Nessuna criticità, lavori conclusi", "completed"),
        ("Fine lavori prev. giugno 2023", "planned"),
        ("Fine lavori (prevista): giugno 2023", "planned"),
        ("Conclusione presunta: giugno 2023", "planned"),
        ("Fine lavori: 30 giugno 2021", "completed"),
        ("Vengono erogati i servizi di accompagnamento", "in_progress"),
        ("Collaudo non ancora approvato", "in_progress"),
        ("In attesa del certificato di collaudo", "in_progress"),
        ("CRE in corso di emissione", "in_progress"),
        ("Inaugurazione in primavera, se conclusi i lavori", "planned"),
        ("Progetto presentato in Soprintendenza", "design"),
        ("Ordine trasmesso al fornitore", "starting"),
        ("CRE approvato", "completed"),
        ("Verbale di ultimazione lavori del 3/4/2021", "completed"),
    ],
)
def test_an_end_that_is_denied_or_ahead_is_none(clause: str, label: str) -> None:
    assert phase(clause) == label


@pytest.mark.parametrize(
    ("clause", "label"),
    [
        ("Prog. esecutiva in corso", "design"),
        ("Approvato il definitivo", "design"),
        ("Esecutivo approvato", "procurement"),
        ("Esame della Commissione paesaggio in corso", "design"),
        ("progettazione conclusa per 5 scuole su 8", "design"),
        ("Progetto in attesa di approvazione", "design"),
        ("Soccorso istruttorio in corso", "procurement"),
        ("Termini prorogati al 15 ottobre", "procurement"),
        ("Aggiudicazione in corso", "contracting"),
        ("Aggiudicazione non ancora efficace", "contracting"),
        ("Controlli sull'aggiudicatario in corso", "contracting"),
        ("Stand-still in corso", "contracting"),
        ("Contratto predisposto", "contracting"),
        ("Affidamento con determina n. 45 del 3 marzo 2021", "starting"),
        ("Gara aggiudicata con ribasso del 23%", "starting"),
        ("Perizia di variante in corso di redazione", "in_progress"),
    ],
)
def test_what_is_under_way_is_the_step_that_is_named(clause: str, label: str) -> None:
    assert phase(clause) == label


@pytest.mark.parametrize(
    ("clause", "label"),
    [
        ("Servizio mai interrotto", "in_progress"),
        ("Il servizio non ha subito interruzioni", "in_progress"),
        ("Dopo una lunga sospensione i lavori sono stati ultimati", "completed"),
        ("Lavori ripresi dopo la sospensione", "in_progress"),
        ("Ripresi i lavori sospesi a marzo 2020", "in_progress"),
        ("I lavori che erano stati sospesi sono ripresi", "in_progress"),
        ("I lavori, sospesi nel 2020, sono stati ultimati", "completed"),
        ("Lavori ripresi a maggio e poi nuovamente sospesi", "deferred"),
        ("Lavori sospesi, saranno ripresi a giugno", "deferred"),
        ("La Giunta ha deliberato di rinviare l'intervento", "deferred"),
        ("L'avvio è stato spostato in avanti di un anno", "deferred"),
        ("L'avvio slitterà al 2024", "deferred"),
        ("Intervento spostato sul PN Metro Plus", "transferred"),
    ],
)
def test_a_putting_off_counts_while_it_lasts(clause: str, label: str) -> None:
    assert phase(clause) == label


@pytest.mark.parametrize(
    ("clause", "label"),
    [
        ("Attività in pieno svolgimento", "in_progress"),
        ("Sportello aperto al pubblico dal 3 marzo", "in_progress"),
        ("Il servizio è entrato in funzione a maggio", "in_progress"),
        ("Parco aperto al pubblico dal 3 maggio", "completed"),
        ("Impianto entrato in funzione", "completed"),
    ],
)
def test_a_service_that_is_opened_runs_and_a_thing_is_done(clause: str, label: str) -> None:
    assert phase(clause) == label


@pytest.mark.parametrize(
    ("slip", "label"),
    [
        ("lavori compeltati", "completed"),
        ("Lavori in cosro", "in_progress"),
        ("Contratto sotoscritto", "starting"),
        ("avvio rinviatto in attesa dello sgombero", "deferred"),
        ("progetazione esecutiva in corso", "design"),
        ("Opere realizate", "completed"),
    ],
)
def test_a_slip_of_the_pen_in_a_long_word_is_read(slip: str, label: str) -> None:
    assert phase(slip) == label


@pytest.mark.parametrize(
    "word",
    ["contatto", "compito", "reazione", "esperto", "inviati", "avvento", "premesso", "computo"],
)
def test_a_word_of_its_own_is_no_slip(word: str) -> None:
    assert phase(word) == "not_stated"


LONG = ("completati", "aggiudicata", "sottoscritto", "rinviata", "progettazione", "collaudate")


@given(st.sampled_from(LONG), st.integers(1, 20), st.sampled_from(["swap", "lose", "double"]))
def test_a_slip_gives_the_phase_of_its_word_or_none(word: str, at: int, how: str) -> None:
    at = 1 + at % (len(word) - 2)
    if how == "swap":
        slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    else:
        slip = word[:at] + (word[at + 1 :] if how == "lose" else word[at] + word[at:])
    assert phase(slip) in (phase(word), "not_stated")


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


@pytest.mark.parametrize(
    ("status", "phases"),
    [
        # What is said in short of the subject before.
        (
            "Avviso pubblico pubblicato il 3 maggio e chiuso il 3 giugno; valutazione in corso",
            ["procurement", "procurement", "procurement"],
        ),
        ("Lavori appaltati e conclusi.", ["starting", "completed"]),
        ("Gara espletata. Conclusi i lavori.", ["contracting", "completed"]),
        # Behind a colon the sentence has another subject.
        (
            "Non è ancora stata avviata la procedura di gara: il progetto esecutivo, approvato con "
            "D.G.C. n. 512 del 3.8.2022, è in corso di verifica.",
            ["design"],
        ),
        ("Lavori non avviati: gara in corso.", ["procurement"]),
        ("Lavori non avviati: si veda la nota.", ["planned"]),
        # A subject and its verb are one clause in the second sentence too.
        (
            "Gara conclusa. I lavori, affidati all'impresa Alfa, non sono stati completati.",
            ["contracting", "in_progress"],
        ),
        # Two predicates set against each other.
        ("I lavori del lotto 1 sono terminati mentre il lotto 2 è in gara.", ["in_progress"]),
        ("Lavori terminati a novembre 2022 ma non ancora collaudati.", ["in_progress"]),
        ("Gara conclusa ma non ancora aggiudicata", ["contracting"]),
        # What is only added to a noun or a verb.
        ("Convenzioni sottoscritte con 9 enti su 12 ammessi a finanziamento.", ["starting"]),
        ("I lavori si sono conclusi nei tempi previsti, senza sospensioni.", ["completed"]),
        (
            "L'operazione, non potendo essere conclusa entro i termini, è stata spostata sul POC.",
            ["transferred"],
        ),
        ("L'avvio della progettazione è subordinato alle risorse.", ["planned"]),
        (
            "La stazione appaltante sta procedendo allo scorrimento delle graduatorie.",
            ["procurement"],
        ),
        (
            "L'intervento non è più finanziato dal PON e prosegue con risorse comunali.",
            ["deferred", "transferred"],
        ),
        ("alloggi ristrutturati e assegnati", ["completed"]),
        ("Edificio recuperato e assegnato all’associazione", ["completed"]),
        ("progetto esecutivo completato e assegnati i lavori", ["procurement", "starting"]),
        ("ristrutturazione di 20 alloggi assegnata all’impresa", ["starting"]),
        ("aggiudicata in via provvisoria", ["contracting"]),
        ("conclusi i lavori della commissione", ["contracting"]),
        ("la commissione ha concluso i propri lavori", ["contracting"]),
        ("individuato l’operatore, in corso le verifiche di legge", ["contracting"] * 2),
        ("lavori consegnati in via d’urgenza", ["in_progress"]),
        ("ordine diretto di acquisto emesso su MEPA", ["starting"]),
        ("opera collaudata e in esercizio", ["completed", "completed"]),
        ("sportello realizzato e attivo", ["completed", "in_progress"]),
        ("alloggi ristrutturati, assegnati e arredati", ["completed", "completed"]),
        ("lavori ultimati, assegnato l’incarico di collaudo", ["completed", "starting"]),
        ("esclusa la prima classificata, in corso lo scorrimento", ["procurement"]),
        ("apertura delle offerte economiche il 15 aprile 2026", ["procurement"]),
        ("conclusa la valutazione delle offerte tecniche", ["procurement"]),
        ("progettazione affidata, in corso", ["design", "design"]),
        ("gara aggiudicata, in corso", ["starting", "in_progress"]),
        ("operazione sostituita dalla VE6.1.2.b", ["deferred"]),
        ("le risorse sono confluite nell’azione CA3.1.1.a", ["transferred"]),
        ("servizio prorogato di 12 mesi", ["in_progress"]),
        ("prorogato il termine del bando", ["procurement"]),
        ("esecuzione lavori (SAL n. 4)", ["in_progress"]),
        ("inizio lavori 10/01/2022", ["in_progress"]),
        ("verbale di consegna lavori del 10/01/2022", ["in_progress"]),
        ("consegna anticipata in via d’urgenza dal 2 maggio 2017", ["in_progress"]),
        ("contratto in data 4/5/2022", ["starting"]),
        ("pista ciclabile percorribile", ["completed"]),
        ("appalto rinnovato per un ulteriore biennio", ["in_progress"]),
        ("primo contratto applicativo in esecuzione", ["in_progress"]),
        ("nuovo bando in uscita", ["planned"]),
        ("riapertura dei termini fino al 15 luglio 2024", ["procurement"]),
        ("lavori sostanzialmente conclusi", ["in_progress"]),
        ("operazione decertificata", ["deferred"]),
        ("progetto archiviato", ["deferred"]),
        ("in corso l’esame delle 43 istanze pervenute", ["procurement"]),
        ("lavori consegnati parzialmente", ["in_progress"]),
        ("in corso la verifica preventiva dell’interesse archeologico", ["design"]),
    ],
)
def test_statuses_in_officialese(status: str, phases: list[str]) -> None:
    assert [phase for *_, phase in stated(status)] == phases


@pytest.mark.parametrize(
    ("status", "label"),
    [
        ("Gara revocata; in preparazione un nuovo bando", "procurement"),
        ("Contratto risolto, in corso il nuovo affidamento", "procurement"),
        (
            "Annullata la gara in autotutela, in corso la predisposizione dei nuovi atti",
            "procurement",
        ),
        ("Revocata l’aggiudicazione, in corso lo scorrimento della graduatoria", "procurement"),
        ("Contratto risolto per inadempimento. Stipulato un nuovo contratto", "starting"),
        ("Risolto il contratto; interpello del secondo classificato in corso", "procurement"),
        ("Gara revocata", "deferred"),
        ("Gara revocata; una nuova gara sarà bandita nel 2024", "deferred"),
        ("Lotto 1: gara revocata; lotto 2: gara in corso", "deferred"),
        ("Lavori sospesi; in corso la gara per il nuovo arredo", "deferred"),
        ("Intervento definanziato; in corso la gara per un nuovo lotto", "deferred"),
    ],
)
def test_a_tender_called_off_goes_on_where_it_is_held_anew(status: str, label: str) -> None:
    assert overall([phase for *_, phase in stated(status)]) == label
