"""Ten or eleven novelties planted into a made-up edition, and what drift must call each."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.truth import Action, Block, Edition, Money, Project

STATUS_LABELS = (
    "Grado di realizzazione:",
    "Stato di atuazione:",
    "Punto della situazione:",
    "A che punto siamo:",
    "Iter amministrativo:",
    "Progresso:",
)
TOTAL_LABELS = (
    "Importo globale",
    "Costo totalle",
    "Somma delle fonti",
    "Ammontare complessivo",
    "Valore dell’operazione",
)
OTHER_LABELS = (
    "Referente comunale",
    "Codice gestionale",
    "Soggetto sostenitore",
    "RUP",
    "Unità organizzativa",
    "Data ultimo aggiornamento",
)
SECTIONS = (
    "Osservatorio e partecipazione",
    "Valutazione del programma",
    "Assistenza tecnnica",
    "Governance",
    "Supporto agli uffici",
)
COUNTED = ("Iniziativa", "Intervento strategico", "Scheda", "Macroprogetto")
PREFIXES = ("PG", "TS", "SA", "PE", "AQ")
FUNDINGS = (
    ("Contributo Fondazione Cassa di Risparmio", "private"),
    ("Mutuo Cassa Depositi e Prestiti", "other_public"),
    ("Rissorse PON METR", "pon_metro"),
    ("Fondo di solidarietà 2020", "other_public"),
    ("Legge 338/2000", "other_public"),
    ("Oneri di urbanizzazione", "other_public"),
    ("Sponsorizzazioni di imprese", "private"),
    ("Risorse MIT", "other_public"),
)
WORDINGS = (
    "cantiere al palo",
    "tutto in alto mare",
    "lavori complatati",
    "opere ai titoli di coda",
    "iniziativa sul binario giusto",
    "pratica in naftalina",
    "in ghiacciaia",
)
SHAPES = (
    "Indicatore | 2019 | 2020",
    "Posti → famiglie → quartieri",
    "120,5 88,0 14,2 7,9 100",
    "Target {n} = 40 ~ 50",
)

Planted = dict[str, set[str]]


def plant(edition: Edition, seed: int) -> tuple[Edition, Planted]:
    """The edition with ten novelties, each on a sheet of its own where there are enough.

    In half of the editions an eleventh, a project that is headed by another word.
    """
    chance = random.Random(seed)
    planted: Planted = {}
    actions = [
        (number, place)
        for number, project in enumerate(edition.projects)
        for place in range(len(project.actions))
    ]
    places = chance.sample(actions, len(actions))
    sheets = {where: edition.projects[where[0]].actions[where[1]] for where in actions}
    turn = 0

    def change(kind: str, text: str, how: Callable[[Action], Action]) -> None:
        nonlocal turn
        where = places[turn % len(places)]
        turn += 1
        sheets[where] = how(sheets[where])
        planted.setdefault(kind, set()).add(text.rstrip(":"))

    def funded(label: str, printed: str, amount: Decimal | None) -> Callable[[Action], Action]:
        money = Money(label, printed, amount, colon=amount is None)
        return lambda action: replace(action, funding=(*action.funding, money), total=None)

    label = chance.choice(STATUS_LABELS)
    change("label", label, lambda a: replace(a, status_label=label, status=("lavori in corso",)))
    total = chance.choice(TOTAL_LABELS)
    sums = (Decimal("120000.50"), Decimal("30000.25"))
    own = (
        Money("Risorse PON METRO", "€ 120.000,50", sums[0]),
        Money("Altre risorse pubbliche", "€ 30.000,25", sums[1]),
    )
    stated = Money(total, "€ 150.000,75", sum(sums, Decimal(0)))
    change("label", total, lambda a: replace(a, funding=own, total=stated))
    other = chance.choice(OTHER_LABELS)
    change("label", other, funded(other, "ufficio casa", None))
    for funding, _ in chance.sample(FUNDINGS, 2):
        change("funding_source", funding, funded(funding, "€ 55.000,00", Decimal(55000)))
    for wording in chance.sample(WORDINGS, 2):
        change("status_wording", wording, lambda a, text=wording: replace(a, status=(text,)))
    shape = chance.choice(SHAPES)
    change("line_shape", shape, lambda a: replace(a, body=(*a.body, Block("paragraph", (shape,)))))
    prefix = chance.choice([each for each in PREFIXES if each != edition.city_code])
    where = places[turn % len(places)]
    code = f"{prefix}4.1.1.a"
    sheets[where] = replace(sheets[where], code=code, code_printed=code)
    planted["code_prefix"] = {prefix}
    section = chance.choice(SECTIONS)
    planted["heading"] = {section}
    counted = chance.choice(COUNTED) if chance.random() < 0.5 else None
    at = chance.randrange(1, len(edition.projects) - 1)
    if counted:
        planted["heading"].add(counted)
    projects = []
    for number, project in enumerate(edition.projects):
        title = section if project.number is None else project.title
        printed, dash = project.number, project.dash
        if counted and number == at:
            title, printed, dash = f"{counted} {printed}{dash}{title}", None, ""
        own_sheets = tuple(sheets[number, place] for place in range(len(project.actions)))
        projects.append(Project(printed, dash, title, own_sheets, project.notice))
    return replace(edition, projects=tuple(projects)), planted
