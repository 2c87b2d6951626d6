"""Made-up editions of all 14 cities, so that no test is tied to the one known report."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.truth import Action, Address, Block, Dated, Edition, Money, Project

CITIES = {
    "BA": "Bari",
    "BO": "Bologna",
    "CA": "Cagliari",
    "CT": "Catania",
    "FI": "Firenze",
    "GE": "Genova",
    "ME": "Messina",
    "MI": "Milano",
    "NA": "Napoli",
    "PA": "Palermo",
    "RC": "Reggio Calabria",
    "RM": "Roma",
    "TO": "Torino",
    "VE": "Venezia",
}

_PROJECTS = (
    "Casa e comunità",
    "Ciclovie metropolitane",
    "Sportello unico digitale",
    "Poli di innovazione sociale nei quartieri periferici della città",
    "Mobilità lenta e intermodalità",
    "Accoglienza e autonomia delle persone in condizione di fragilità",
    "Efficienza energetica degli edifici pubblici e delle scuole",
    "Alloggi per l’inclusione",
    "HUB della cittadinanza attiva",
    "Reti di prossimità",
    "Servizi digitali integrati per i Comuni della Città Metropolitana",
    "Trasporto pubblico sostenibile",
    "Parco lineare e aree verdi",
    "Lavoro, formazione e impresa sociale per i giovani",
)
_PARTS = (
    "Ristrutturazione immobili",
    "Accompagnamento sociale",
    "Piattaforma digitale",
    "Servizi alle persone",
    "Recupero dell’ex mercato coperto e degli spazi annessi",
    "Nuovi percorsi ciclabili e pedonali protetti",
    "Acquisto di autobus elettrici",
    "Sostegno all’avvio di attività di economia sociale",
    "Riqualificazione di edifici in disuso per finalità sociali",
    "Infrastruttura di ricarica",
    "Sensori, dati aperti e centrale della mobilità",
    "Agenzia per la casa e contrasto alla povertà abitativa nei Municipi",
)
_SENTENCES = (
    "L’intervento rende accessibili gli spazi pubblici del quartiere a tutte le età.",
    "Le famiglie seguite dai servizi sociali ricevono un sostegno personale e continuo.",
    "Il Comune mette a disposizione gli immobili e coordina gli enti del terzo settore.",
    "La rete unisce scuole, biblioteche e centri civici con collegamenti sicuri.",
    "Sono compresi gli arredi, gli impianti e la sistemazione delle aree esterne.",
    "Il servizio è gratuito per i residenti e prevede un punto di ascolto in ogni quartiere.",
    "Gli operatori affiancano le persone nella ricerca della casa e del lavoro.",
    "Il sistema raccoglie i dati dei sensori e li rende disponibili ai cittadini.",
    "Si valorizzano attività micro-imprenditoriali e forme di mutuo aiuto.",
    "Le opere riducono i consumi e migliorano la qualità dell’aria.",
    "È previsto il coinvolgimento delle associazioni nei servizi socio-educativi.",
    "Gli uffici comunali gestiranno le pratiche in rete, con tempi più brevi per chi le presenta.",
)
_ITEMS = (
    "uno sportello informativo aperto a tutti;",
    "percorsi di formazione per chi cerca un’occupazione;",
    "laboratori per ragazzi, con il contributo delle scuole e delle famiglie del quartiere;",
    "spazi per la vita associativa;",
    "un servizio di trasporto per le persone con disabilità, attivo anche nei giorni festivi;",
    "mediazione linguistica e culturale.",
)
_Y = date
_STATUSES: tuple[tuple[str, str, tuple[Dated, ...]], ...] = (
    ("completato", "completed", ()),
    ("in corso", "in_progress", ()),
    ("attività in corso", "in_progress", ()),
    ("lavori in corso", "in_progress", ()),
    ("lavori conclusi e collaudati", "completed", ()),
    ("in fase di sottoscrizione contratto", "contracting", ()),
    ("gara in corso di affidamento", "procurement", ()),
    ("progettazione esecutiva in corso", "design", ()),
    ("lavori in procinto di essere avviati", "starting", ()),
    (
        "lavori avviati a marzo 2021",
        "in_progress",
        (Dated("marzo 2021", _Y(2021, 3, 1), _Y(2021, 3, 31), "month", "actual", "status"),),
    ),
    (
        "i lavori sono in corso e la conclusione è prevista entro il 31 dicembre 2023",
        "in_progress",
        (Dated("entro il 31 dicembre 2023", None, _Y(2023, 12, 31), "day", "planned", "status"),),
    ),
    (
        "i lavori sono stati eseguiti, la consegna è prevista nella seconda metà del 2022",
        "in_progress",
        (
            Dated(
                "seconda metà del 2022",
                _Y(2022, 7, 1),
                _Y(2022, 12, 31),
                "half",
                "planned",
                "status",
            ),
        ),
    ),
)
_NOTICES = (
    ("Progetto rinviato a successiva programmazione", "deferred"),
    ("Progetto in fase di trasferimento su altri fondi nazionali", "transferred"),
)
_STREETS = (
    ("via", "Garibaldi"),
    ("via", "G. Mazzini"),
    ("Via", "Santa Croce"),
    ("viale", "dei Mille"),
    ("v.le", "Europa"),
    ("piazza", "Dante"),
    ("Piazza", "della Libertà"),
    ("corso", "Vittorio Emanuele II"),
    ("Largo", "San Marco"),
    ("via", "F.lli Cervi"),
)
_TYPES = {"v.le": "viale"}
_DISTRICTS = ("Borgo Nuovo", "Santa Rita", "San Paolo", "Centro", "Madonnella", "Porto", "Stadera")


@dataclass
class _Maker:
    """What one edition keeps constant while its parts are made up."""

    chance: random.Random
    prefix: str
    family: str
    spell: Callable[[str], str]
    money: Callable[[Decimal], str]
    label: str
    colon: bool
    codes: list[str]

    def amount(self) -> Decimal:
        cents = self.chance.choice((0, 0, self.chance.randrange(100)))
        return Decimal(self.chance.randrange(20_000, 9_000_000)) + Decimal(cents) / 100

    def code(self, axis: int) -> str:
        while True:
            rest = [str(self.chance.randint(1, top)) for top in (3, 4)]
            letter = self.chance.choice("abcdef")
            if self.family == "poc":
                roman = ("I", "II", "III", "IV")[axis % 4]
                code = f"POC {self.prefix} {roman}.{'.'.join(rest)}.{letter}"
            elif self.family == "pn":
                code = f"{self.prefix}{axis}.{self.chance.randint(1, 5)}.{'.'.join(rest)}.{letter}"
            else:
                code = f"{self.prefix}{axis}.{'.'.join(rest)}.{letter}"
            if code not in self.codes:
                self.codes.append(code)
                return code

    def address(self) -> Address:
        kind, name = self.chance.choice(_STREETS)
        number = f"{self.chance.randint(1, 180)}{self.chance.choice(('', '', '/A', ' b'))}"
        mark = self.chance.choice(("", "", "n. "))
        text = f"{kind} {name} {mark}{number}"
        return Address(text, _TYPES.get(kind, kind.lower()), name, number)


def _spellings(chance: random.Random, family: str) -> Callable[[str], str]:
    """One way of writing codes, kept over the edition but for a stray one."""
    if family == "poc":
        return lambda code: code
    ways: tuple[Callable[[str], str], ...] = (
        lambda code: code,
        lambda code: f"{code[:2]}.{code[2:]}",
        lambda code: f"{code[:2]} {code[2:]}",
        lambda code: f"{code[:-2]}{code[-1]}",
        lambda code: code[0] + code[1].lower() + code[2:],
    )
    main, stray = chance.choice(ways), chance.choice(ways)
    return lambda code: (stray if chance.random() < 0.1 else main)(code)


def _grouped(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _shapes(chance: random.Random) -> Callable[[Decimal], str]:
    """One way of writing euros, kept over the edition."""
    shapes: tuple[Callable[[Decimal], str], ...] = (
        lambda amount: f"€ {_grouped(amount)}",
        lambda amount: f"€ {_grouped(amount)}",
        lambda amount: f"€{_grouped(amount)}",
        lambda amount: f"{_grouped(amount)} euro",
        lambda amount: f"{_grouped(amount)} €",
        _grouped,
    )
    return chance.choice(shapes)


def _body(make: _Maker, subtitle: bool, known: list[str]) -> tuple[list[Block], dict[str, Any]]:
    chance = make.chance
    blocks: list[Block] = []
    addresses: list[Address] = []
    references: list[str] = []
    districts: tuple[str, ...] = ()
    if subtitle:
        blocks.append(Block("paragraph", ("Un progetto per la città che cambia",)))
    pool = chance.sample(_SENTENCES, len(_SENTENCES))
    for _ in range(chance.randint(1, 3)):
        text = " ".join(pool.pop() for _ in range(chance.randint(1, 3)))
        if known and chance.random() < 0.2:
            references.append(chance.choice(known))
            text += f" Si integra con altri interventi (azione {make.spell(references[-1])})."
        if chance.random() < 0.15:
            addresses.append(make.address())
            text += f" La sede è in {addresses[-1].text}, vicino alla stazione."
        blocks.append(Block("paragraph", (text,)))
    if chance.random() < 0.35:
        blocks.append(Block("paragraph", ("Il progetto comprende:",)))
        kind = chance.choice(("bullet", "dash", "numbered"))
        for place, item in enumerate(chance.sample(_ITEMS, chance.randint(2, 4)), 1):
            blocks.append(Block(kind, (f"{place}. {item}" if kind == "numbered" else item,)))
    if chance.random() < 0.2:
        districts = tuple(chance.sample(_DISTRICTS, chance.randint(2, 5)))
        blocks.append(Block("caption", ("Quartieri interessati: " + ", ".join(districts),)))
    if chance.random() < 0.2:
        addresses.append(make.address())
        blocks += [
            Block("picture", (f"row-{chance.randrange(99)}",)),
            Block("caption", (addresses[-1].text,)),
        ]
    if chance.random() < 0.15:
        cells = [make.address() for _ in range(chance.randint(4, 9))]
        addresses += cells
        blocks.append(Block("places", ("Unità immobiliari", *(cell.text for cell in cells))))
    return blocks, {
        "addresses": tuple(addresses),
        "references": tuple(references),
        "districts": districts,
    }


def _action(make: _Maker, project: str, code: str, notice_phase: str | None) -> Action:
    chance = make.chance
    known = [other for other in make.codes if other != code]
    blocks, facts = _body(make, chance.random() < 0.1, known)
    dash = chance.choice((" - ", " - ", " – ", "- "))
    part = chance.choice(_PARTS)
    title = chance.choice((f"{project} - {part}", f"{project} – {part}", part))
    funding, total = [], None
    if chance.random() < 0.93:
        amount = make.amount()
        funding.append(Money(make.label, make.money(amount), amount, make.colon))
        if chance.random() < 0.5:
            other = make.amount()
            funding.append(Money("Altre risorse pubbliche", make.money(other), other, make.colon))
            total = Money("Costo totale", make.money(amount + other), amount + other, make.colon)
    phase = notice_phase or "not_stated"
    status: tuple[str, ...] = ()
    dates: tuple[Dated, ...] = ()
    links: tuple[str, ...] = ()
    if chance.random() < 0.9:
        text, phase, dates = chance.choice(_STATUSES)
        status = (text,)
        if chance.random() < 0.1:
            links = (f"https://progetti.comune.example.it/{make.prefix.lower()}/",)
            status = (text, *links)
    return Action(
        code=code,
        code_printed=make.spell(code),
        dash=dash,
        title=title,
        body=tuple(blocks),
        funding=tuple(funding),
        total=total,
        status=status,
        phases=(phase,),
        links=links,
        dates=dates,
        **facts,
    )


_PROGRAMMES = {
    "pon": ("PON Città Metropolitane 2014-2020", "Risorse PON METRO"),
    "poc": ("POC Città Metropolitane 2014-2020", "Risorse POC METRO"),
    "pn": ("PN Metro Plus e città medie Sud 2021-2027", "Risorse PN METRO plus"),
}


def random_edition(seed: int, *, projects: int | None = None) -> Edition:
    """Make up an edition; the same ``seed`` gives the same one.

    City, programme family, spelling of codes and amounts, projects, actions, prose, sums that add
    up, missing statuses and fundings, notices, references, links, places and dates are random.
    """
    chance = random.Random(seed)
    prefix, city = chance.choice(sorted(CITIES.items()))
    family = chance.choice(("pon", "pon", "pon", "pon", "poc", "pn"))
    programme, label = _PROGRAMMES[family]
    make = _Maker(
        chance=chance,
        prefix=prefix,
        family=family,
        spell=_spellings(chance, family),
        money=_shapes(chance),
        label=label,
        colon=chance.random() < 0.3,
        codes=[],
    )
    made = []
    titles = chance.sample(_PROJECTS, projects or chance.randint(3, 8))
    for number, title in enumerate(titles, 1):
        notice, phase = chance.choice(_NOTICES) if chance.random() < 0.15 else (None, None)
        codes = [make.code(chance.randint(1, 8)) for _ in range(chance.randint(1, 4))]
        made.append(
            Project(
                number=number,
                dash=chance.choice((" – ", " - ")),
                title=title,
                actions=tuple(_action(make, title, code, phase) for code in codes),
                notice=(notice,) if notice else (),
                phases=(phase or "not_stated",),
            )
        )
    code = make.code(5)
    technical = _action(make, "Assistenza tecnica", code, None)
    made.append(Project(None, "", "Assistenza tecnica", (technical,)))
    return Edition(f"Schede progetto {city}", f"{programme} – {city}", city, prefix, tuple(made))
