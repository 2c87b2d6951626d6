"""One action's sheet: labels and values however they break, and what is prose after all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.grammar import parse_report
from parsers.lines import Box, Document, Line
from parsers.report import Action
from tests import reading
from tests.reading import report

HEAD = "Progetto 1 – Primo\n\nMI4.1.1.a - Azione prima\n\n"
BODY = "Un testo che descrive l’azione e che finisce con un punto.\n"


def action(sheet: str) -> Action:
    """The only action of an edition whose sheet is given."""
    (only,) = reading.actions(report(HEAD + sheet))
    return only


def money(of: Action) -> list[tuple[str, str, str, Decimal | None]]:
    return [(f.source, f.label.value, f.printed.value, f.amount) for f in of.funding]


def totals(of: Action) -> list[tuple[str, Decimal | None]]:
    return [(total.label.value, total.amount) for total in of.totals]


PON = ("pon_metro", "Risorse PON METRO", "€ 1.552.500,00", Decimal("1552500.00"))


@pytest.mark.parametrize(
    ("printed", "rows"),
    [
        (
            "PON Metro € 5.000,00, POC Metro € 6.000,00",
            [("pon_metro", "PON Metro", 5000), ("poc_metro", "POC Metro", 6000)],
        ),
        (
            "PON Metro € 5.000,00 - POC Metro € 6.000,00",
            [("pon_metro", "PON Metro", 5000), ("poc_metro", "POC Metro", 6000)],
        ),
        (
            "Fonti di copertura: PON METRO € 5.000,00; PAC € 9.000,00",
            [
                ("pon_metro", "Fonti di copertura: PON METRO", 5000),
                ("other_public", "PAC", 9000),
            ],
        ),
        (
            "Altre risorse pubbliche - D.G.R. 12: € 1.000,00",
            [("other_public", "Altre risorse pubbliche - D.G.R. 12", 1000)],
        ),
        (
            "Risorse PNRR M2C2: 1.110.000 €",
            [("other_public", "Risorse PNRR M2C2", 1110000)],
        ),
        (
            "Importo altre fonti - CTM S.p.A.: Euro 375.000,00",
            [("other_public", "Importo altre fonti - CTM S.p.A.", 375000)],
        ),
        (
            "Compartecipazione MM S.p.A.: € 84.000,00",
            [("unknown", "Compartecipazione MM S.p.A.", 84000)],
        ),
        (
            "Costo a carico di Roma Capitale: 424.668,00 €",
            [("other_public", "Costo a carico di Roma Capitale", 424668)],
        ),
        (
            "Costo dell’intervento a carico del PON METRO: 7,9 M€",
            [("pon_metro", "Costo dell’intervento a carico del PON METRO", 7900000)],
        ),
        (
            "Costo complessivo a valere sul POC Metro: € 5.000,00",
            [("poc_metro", "Costo complessivo a valere sul POC Metro", 5000)],
        ),
        (
            "Risorse PON METRO: € 5.000,00\nCompartecipazione MM S.p.A. pari ad euro 84.000,00",
            [
                ("pon_metro", "Risorse PON METRO", 5000),
                ("unknown", "Compartecipazione MM S.p.A. pari ad", 84000),
            ],
        ),
        ("Dotazione € 400.000,00 PON METRO", [("unknown", "Dotazione", 400000)]),
        ("Importo PON Metro\nEuro 5.000,-", [("pon_metro", "Importo PON Metro", 5000)]),
        (
            "Risorse PON METRO: € 5.000,00\nSpeso: € 4.000,00",
            [("pon_metro", "Risorse PON METRO", 5000)],
        ),
    ],
)
def test_sources_however_they_are_named(printed: str, rows: list[tuple[str, str, int]]) -> None:
    read = action(f"{BODY}{printed}\nStato di attuazione: in corso\n")
    assert [(source, label, amount) for source, label, _, amount in money(read)] == rows


def test_a_source_s_further_name_holds_no_sum_of_its_own() -> None:
    (row,) = money(action(f"{BODY}Altre risorse pubbliche 1.000,00 di cui FSC: € 500,00\n"))
    assert row[3] in (Decimal(1000), None)


@pytest.mark.parametrize(
    "printed",
    [
        "Risorse PON METRO € 1.552.500,00",
        "Risorse PON METRO: € 1.552.500,00",
        "Risorse PON METRO\n€ 1.552.500,00",
        "Risorse PON METRO:\n€ 1.552.500,00",
        "Risorse PON\nMETRO € 1.552.500,00",
        "Risorse\nPON METRO\n€ 1.552.500,00",
        "Risorse PON METRO €\n1.552.500,00",
        "Risorse PON METRO\n\n€ 1.552.500,00",
        "Risorse PON METRO Risorse PON METRO € 1.552.500,00",
        "Risorse PON METRO\nRisorse PON METRO € 1.552.500,00",
        "Risorse PON METRO:\nRisorse PON METRO:\n€ 1.552.500,00",
        "Risorse PON METRO ..... € 1.552.500,00",
        "Risorse PON METRO: ..... € 1.552.500,00",
        "Risorse PON METRO: ………… € 1.552.500,00",
    ],
)
@pytest.mark.parametrize(
    "status", ["Stato di attuazione: in corso\n", "Stato di attuazione\nin corso\n"]
)
@pytest.mark.parametrize("between", ["", "\n"])
def test_a_label_and_its_sum_however_they_break(printed: str, status: str, between: str) -> None:
    read = action(BODY + between + printed + "\n" + between + status)
    if "PON METRO Risorse" in printed:  # on one line, the label is what stands before the sum
        assert [row[3] for row in money(read)] == [PON[3]]
    else:
        assert money(read) == [PON]
    assert read.status.value == "in corso"
    assert read.description.value == BODY.strip()


@pytest.mark.parametrize(
    "printed",
    [
        "Risorse PON METRO € 100,00 Altre risorse pubbliche € 50,00 Costo totale € 150,00",
        "Risorse PON METRO € 100,00 Altre risorse pubbliche € 50,00\nCosto totale € 150,00",
        "Risorse PON METRO € 100,00\nAltre risorse pubbliche € 50,00 Costo totale € 150,00",
        "Risorse PON METRO: € 100,00; Altre risorse pubbliche: € 50,00; Costo totale: € 150,00",
        "Risorse PON METRO € 100,00\nAltre risorse\npubbliche € 50,00\nCosto\ntotale € 150,00",
        "Risorse PON METRO 100,00 Altre risorse pubbliche 50,00\nCosto totale 150,00",
    ],
)
def test_several_sums_on_a_line(printed: str) -> None:
    read = action(BODY + printed + "\nStato di attuazione: in corso\n")
    assert [(row[0], row[1], row[3]) for row in money(read)] == [
        ("pon_metro", "Risorse PON METRO", Decimal(100)),
        ("other_public", "Altre risorse pubbliche", Decimal(50)),
    ]
    assert totals(read) == [("Costo totale", Decimal(150))]
    assert read.status.value == "in corso"


def test_a_status_on_the_line_of_a_sum() -> None:
    read = action(BODY + "Risorse PON METRO € 100,00 Stato di attuazione: lavori\nin corso\n")
    assert [row[3] for row in money(read)] == [Decimal(100)]
    assert read.status.value == "lavori in corso"


@pytest.mark.parametrize(
    ("printed", "amount", "status"),
    [
        ("€ 1.552.500,00", "1552500.00", "printed"),
        ("€1.312.500,00", "1312500.00", "printed"),
        ("40.218.000€", "40218000.00", "printed"),
        ("1.285.000 euro", "1285000.00", "printed"),
        ("788.669,71", "788669.71", "printed"),
        ("1,112 milioni", "1112000.00", "rounded"),
        ("40.3 milioni", "40300000.00", "rounded"),
        ("169.01 MEUR", "169010000.00", "rounded"),
        ("530mila euro", "530000.00", "rounded"),
        ("un milione e mezzo", "1500000.00", "rounded"),
        ("2 milioni e 600mila euro", "2600000.00", "rounded"),
        ("A carico dell’aggiudicatario", None, "worded"),
    ],
)
@pytest.mark.parametrize("colon", ["", ":"])
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_shapes_of_a_sum(
    printed: str, amount: str | None, status: str, colon: str, gap: str
) -> None:
    read = action(f"{BODY}Risorse PON METRO{colon}{gap}{printed}\nStato di attuazione: in corso\n")
    (row,) = read.funding
    assert row.printed.value == printed
    assert row.amount == (None if amount is None else Decimal(amount))
    assert row.status == status
    assert read.status.value == "in corso"


@pytest.mark.parametrize(
    "printed",
    [
        *("€ 1.250.00,00", "15.911246 di euro", "37.770.000,00 milioni di euro", "€ 1.2.3,00"),
        *("2:254.977,00 euro", "€ 2:254.977,00", "2 :254.977,00", "2022, 75 euro"),
    ],
)
@pytest.mark.parametrize("label", ["Risorse PON METRO", "Costo totale"])
def test_a_malformed_sum_is_flagged_and_never_guessed(printed: str, label: str) -> None:
    text = HEAD + f"{BODY}{label} {printed}\nStato di attuazione: in corso\n"
    rows = reading.tables_of(text)
    (read,) = rows["actions"]
    (finding,) = (row for row in rows["findings"] if row["rule"] == "amount_unreadable")
    assert finding["severity"] == "error"
    assert printed in str(finding["text"])
    if label == "Costo totale":
        assert read["total_stated_eur"] is None
        assert rows["funding"] == []
    else:
        (row,) = rows["funding"]
        assert (row["amount_eur"], row["amount_status"]) == (None, "unreadable")
        assert row["amount_printed"] == printed
        assert read["sources_sum_eur"] is None
    assert read["status"] == "in corso"


@pytest.mark.parametrize(
    "label", ["Risorse FSC Lombardia", "Contributo Fondazione Cariplo", "Mutuo BEI"]
)
@pytest.mark.parametrize("colon", ["", ":"])
def test_an_unknown_label_with_a_sum_keeps_its_row(label: str, colon: str) -> None:
    text = HEAD + (
        f"{BODY}Risorse PON METRO € 100,00\n{label}{colon} € 50,00\nCosto totale € 150,00\n"
        "Stato di attuazione: in corso\n"
    )
    rows = reading.tables_of(text)
    assert [(r["source"], r["label"], r["amount_eur"]) for r in rows["funding"]][1] in (
        ("unknown", label, Decimal("50.00")),
        ("other_public", label, Decimal("50.00")),
    )
    if rows["funding"][1]["source"] == "unknown":
        assert "unknown_label" in {row["rule"] for row in rows["findings"]}
    assert rows["actions"][0]["sources_sum_eur"] == Decimal("150.00")
    assert "total_mismatch" not in {row["rule"] for row in rows["findings"]}


def test_an_unknown_label_after_the_status_keeps_its_row() -> None:
    text = HEAD + (
        f"{BODY}Risorse PON METRO € 100,00\nStato di attuazione: in corso\nMutuo BEI: € 50,00\n"
    )
    rows = reading.tables_of(text)
    assert [row["amount_eur"] for row in rows["funding"]] == [Decimal(100), Decimal(50)]
    assert rows["actions"][0]["status"] == "in corso"


def test_a_total_that_does_not_add_up_is_an_error() -> None:
    sheet = "Risorse PON METRO € 100,00\nAltre risorse pubbliche € 50,00\nCosto totale € 151,00\n"
    rows = reading.tables_of(HEAD + BODY + sheet + "Stato di attuazione: in corso\n")
    (finding,) = rows["findings"]
    assert (finding["rule"], finding["severity"]) == ("total_mismatch", "error")
    assert finding["action_id"] == "edition/MI4.1.1.a"


@pytest.mark.parametrize(
    "prose",
    [
        "Il progetto comprende interventi su edifici in\nstato di abbandono e di degrado.",
        "Gli spazi oggi versano in cattivo stato: saranno rinnovati.",
        "Le opere sono finanziate con le\nrisorse PON Metro e con altri fondi della città.",
        "La rete mette a disposizione del quartiere\nAltre risorse umane e competenze.",
        "Il piano prevede un costo totale di € 5.000,00 per ogni alloggio recuperato.",
        "Sono previsti contributi di 500,00 euro a famiglia.",
    ],
)
def test_prose_about_money_or_state_is_prose(prose: str) -> None:
    read = action(f"{BODY}{prose}\nRisorse PON METRO € 100,00\nStato di attuazione: in corso\n")
    assert read.description.value == f"{BODY.strip()} " + prose.replace("\n", " ")
    assert [row[3] for row in money(read)] == [Decimal(100)]
    assert read.status.value == "in corso"


@pytest.mark.parametrize(
    "status",
    [
        "lavori conclusi",
        "lavori in corso,\nla conclusione è prevista nella\nprimavera 2022",
        "gara conclusa.\nContratto firmato.",
        "in corso (dettagli su\nhttps://www.comune.example.it/lavori/) e poi\nin collaudo",
        "- lavori conclusi\n- collaudo in corso",
        "in corso di definizione la progettazione - avvio\n- lavori compresi - nel 2022",
    ],
)
@pytest.mark.parametrize(
    "label", ["Stato di attuazione: ", "Stato di attuazione:\n", "STATO DI ATTUAZIONE\n"]
)
def test_a_status_over_several_lines(status: str, label: str) -> None:
    text = (
        f"{HEAD}{BODY}Risorse PON METRO € 100,00\n{label}{status}\n\n"
        f"MI4.1.1.b - Azione seconda\n\n{BODY}Risorse PON METRO € 100,00\n"
        "Stato di attuazione: in corso\n"
    )
    first, second = reading.actions(report(text))
    wanted = status.removeprefix("- ").replace("\n- collaudo", " collaudo").replace("\n", " ")
    assert first.status.value == wanted
    assert second.status.value == "in corso"


def test_a_status_goes_on_over_a_page() -> None:
    text = (
        f"{HEAD}{BODY}Risorse PON METRO € 100,00\nStato di attuazione: lavori in corso, la\f"
        "conclusione è prevista a fine 2023\n"
    )
    (only,) = reading.actions(report(text))
    assert only.status.value == "lavori in corso, la conclusione è prevista a fine 2023"


def test_the_order_of_the_fields_is_free() -> None:
    read = action(
        "Stato di attuazione: in corso\nRisorse PON METRO € 100,00\nCosto totale € 100,00\n"
        "Descrizione: un testo che dice che cosa si fa.\n"
    )
    assert read.status.value == "in corso"
    assert [row[3] for row in money(read)] == [Decimal(100)]
    assert read.description.value.endswith("un testo che dice che cosa si fa.")


@pytest.mark.parametrize(
    "label", ["Descrizione", "Obiettivi", "ATTIVITÀ", "Cosa prevede", "In sintesi"]
)
@pytest.mark.parametrize("status", ["gara in corso", "gara in corso."])
@pytest.mark.parametrize("tail", ["Risorse PON METRO € 100,00\n", ""])
def test_a_label_alone_ends_a_status(label: str, status: str, tail: str) -> None:
    prose = "Una rete di dodici scuole apre i suoi cortili ai quartieri che le stanno attorno.\n"
    rows = reading.tables_of(f"{HEAD}Stato di attuazione: {status}\n{label}\n{prose}{tail}")
    (read,) = rows["actions"]
    assert read["status"] == status
    assert read["description"] == f"{label} {prose.strip()}"
    told = {row["rule"] for row in rows["findings"]}
    assert told == (set() if tail else {"missing_funding"})


def test_a_label_s_word_that_ends_a_full_line_belongs_to_its_status() -> None:
    status = (
        "lavori in corso presso la nuova palazzina che ospita oggi il Centro e la sua\n"
        "Sede\n"
        "distaccata, in via di consegna"
    )
    read = action(f"{BODY}Risorse PON METRO € 100,00\nStato di attuazione: {status}\n")
    assert read.status.value == status.replace("\n", " ")


@pytest.mark.parametrize(
    "head", ["FINANZIAMENTO", "Importo:", "Costo", "DOTAZIONE FINANZIARIA", "Quadro economico"]
)
def test_a_word_for_money_alone_above_its_sum(head: str) -> None:
    rows = reading.tables_of(f"{HEAD}{BODY}{head}\n€ 1.552.500,00\nStato: lavori in corso\n")
    (row,) = rows["funding"]
    assert (row["source"], row["amount_eur"]) == ("unknown", Decimal("1552500.00"))
    assert row["label"] == head.rstrip(":")
    assert [row["rule"] for row in rows["findings"]] == ["unknown_label"]


@pytest.mark.parametrize("after", ["12 scuole.", "€ 300,00 l’anno per ogni famiglia."])
def test_a_word_for_money_above_prose_is_no_label(after: str) -> None:
    rows = reading.tables_of(f"{HEAD}{BODY}Contributo\n{after}\nStato: lavori in corso\n")
    assert rows["funding"] == []


def test_an_action_without_sums_or_status() -> None:
    rows = reading.tables_of(HEAD + BODY)
    (read,) = rows["actions"]
    assert (read["status"], read["sources_sum_eur"], read["total_stated_eur"]) == (None,) * 3
    assert [row["rule"] for row in rows["findings"]] == ["missing_status", "missing_funding"]


@pytest.mark.parametrize(("indent", "told"), [(15.0, True), (0.0, False)])
def test_a_paragraph_that_is_set_in_behind_a_status_is_told(indent: float, told: bool) -> None:
    status = "Stato di attuazione: lavori conclusi con il collaudo di tutte le opere previste."
    prose = "La rete accoglie duecento persone, che i volontari seguono ogni giorno nei quartieri"
    printed = [
        ("Progetto 1 – Primo", 50.0),
        ("MI4.1.1.a - Azione prima", 50.0),
        ("Risorse PON METRO € 100,00", 50.0),
        (status, 50.0),
        (prose, 50.0 + indent),
    ]
    lines = []
    for number, (text, left) in enumerate(printed, 1):
        lefts = [left + 5 * place for place in range(len(text))]
        rights = [edge + 5 for edge in lefts]
        box = Box(left, 12.0 * number - 10, rights[-1], 12.0 * number)
        room = 50.0 + 5 * len(prose)
        lines.append(Line(number, 1, text, box, 10.0, False, 0, lefts, rights, room))
    read = parse_report(Document(lines, 1, "pdf", "application/pdf"))
    messages = [signal.message for signal in read.signals if signal.rule == "stray_text"]
    assert any("behind a status" in message for message in messages) is told


@pytest.mark.parametrize("before", ["", "Il progetto apre le scuole\nai quartieri. "])
def test_a_sum_in_a_sentence_is_quoted_where_no_line_is_of_money(before: str) -> None:
    sentence = "Il costo complessivo dell’intervento è pari a € 410.000,00."
    sheet = f"{HEAD}{before}{sentence} Le scuole sono 12.\nStato di attuazione: in corso\n"
    rows = reading.tables_of(sheet)
    (told,) = rows["findings"]
    assert (told["rule"], told["text"]) == ("missing_funding", sentence)
    assert sentence in sheet.splitlines()[int(str(told["line"])) - 1]
    assert rows["funding"] == []


def kinds(sheet: str) -> list[tuple[str, str]]:
    tail = "Risorse PON METRO € 100,00\nStato di attuazione: in corso\n"
    return [(each.kind, each.text.value) for each in action(sheet + tail).paragraphs]


@pytest.mark.parametrize("mark", ["- ", "– ", "• ", "\uf0b7 ", "* ", "▪ ", "✓ "])
def test_marks_of_list_items_are_no_text(mark: str) -> None:
    sheet = (
        f"Il progetto prevede:\n{mark}la prima attività;\n"
        f"{mark}la seconda attività,\nche va a capo.\n"
    )
    assert kinds(sheet) == [
        ("paragraph", "Il progetto prevede:"),
        ("bullet", "la prima attività;"),
        ("bullet", "la seconda attività, che va a capo."),
    ]


def test_a_mark_alone_on_its_line() -> None:
    sheet = "Il progetto prevede:\n•\nla prima attività;\n•\nla seconda attività.\n"
    assert kinds(sheet) == [
        ("paragraph", "Il progetto prevede:"),
        ("bullet", "la prima attività;"),
        ("bullet", "la seconda attività."),
    ]


def test_printed_numbers_stay() -> None:
    sheet = "Il progetto prevede:\n1. la prima attività;\n2. la seconda attività.\na) un inciso.\n"
    assert kinds(sheet) == [
        ("paragraph", "Il progetto prevede:"),
        ("numbered", "1. la prima attività;"),
        ("numbered", "2. la seconda attività."),
        ("numbered", "a) un inciso."),
    ]


def test_a_wrapped_dash_is_no_mark() -> None:
    sheet = (
        "Le attività della rete di quartiere – aperte a tutte le persone residenti\n"
        "– comprendono lo sportello, i laboratori e la sala studio per i giovani.\n"
    )
    assert kinds(sheet) == [("paragraph", sheet.strip().replace("\n", " "))]


def test_blank_lines_part_paragraphs() -> None:
    sheet = (
        "Il primo paragrafo finisce qui.\n\n"
        "Il secondo paragrafo è più lungo del primo e per questo va\na capo, poi finisce qui.\n\n"
    )
    assert kinds(sheet) == [
        ("paragraph", "Il primo paragrafo finisce qui."),
        (
            "paragraph",
            "Il secondo paragrafo è più lungo del primo e per questo va a capo, poi finisce qui.",
        ),
    ]


def test_places_are_captions() -> None:
    sheet = (
        "Un testo che descrive l’azione.\n\n"
        "Unità immobiliari\nvia Garibaldi 12\nPiazza Dante 3 negozio\n\n"
    )
    assert kinds(sheet)[1:] == [
        ("caption", "Unità immobiliari"),
        ("caption", "via Garibaldi 12"),
        ("caption", "Piazza Dante 3 negozio"),
    ]


@pytest.mark.parametrize("label", ["Fondo periferie", "Fondo", "Nota spese", "Fondo di prova 2020"])
def test_a_sum_whose_label_opens_with_a_field_s_word_keeps_its_row(label: str) -> None:
    rows = reading.tables_of(
        "Progetto 1 – Primo\n\nMI4.1.1.a - Azione prima\n\nUn testo della prova.\n\n"
        f"Risorse PON METRO € 1.000,00\n{label} € 500,00\nCosto totale € 1.500,00\n"
        "Stato di attuazione: completato\n"
    )
    assert [(row["source"], str(row["amount_eur"])) for row in rows["funding"]] == [
        ("pon_metro", "1000.00"),
        ("unknown", "500.00"),
    ]
    assert [row["rule"] for row in rows["findings"]] == ["unknown_label"]


def test_no_cents_are_no_broken_word() -> None:
    read = action(f"{BODY}Importo PON Metro\nEuro 5.000,-\nStato di attuazione\nin corso\n")
    assert (money(read)[0][3], read.status.value) == (Decimal(5000), "in corso")


def test_a_weak_label_alone_behind_the_sums_is_one() -> None:
    read = action(f"{BODY}Risorse PON METRO € 5.000,00\nStato\nLavori in corso\n")
    assert read.status.value == "Lavori in corso"


@pytest.mark.parametrize(
    "printed",
    [
        "Risorse PON METRO (in migliaia di euro): 5.000,00",
        "Risorse PON METRO (€/000): 5.000",
        "Risorse PON METRO in k€: 520",
        "Risorse PON METRO: € 5.000,00 (a detrarre)",
    ],
)
def test_a_sum_in_another_unit_or_to_be_taken_off_is_never_read_as_it_stands(printed: str) -> None:
    read = report(f"{HEAD}{BODY}{printed}\nStato di attuazione: in corso\n")
    (only,) = reading.actions(read)
    assert [row[3] for row in money(only)] == [None]
    assert "amount_unreadable" in reading.rules(read)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Importi in migliaia di euro", True),
        ("Valori espressi in milioni", True),
        ("Dati in M€", True),
        ("IMPORTI IN MIGLIAIA DI EURO", True),
        ("Somme in keuro", True),
        ("Importi in euro", False),
        ("Risparmi per milioni di euro, dati in mano ai cittadini", False),
    ],
)
def test_a_unit_said_once_for_all_sums_is_told(said: str, told: bool) -> None:
    read = report(f"{said}\n\n{HEAD}{BODY}Risorse PON METRO: 5.000,00\n")
    assert ("amount_unreadable" in reading.rules(read)) is told


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("Fondi L.R. 9/2015 € 5.000,00", ("Fondi L.R. 9/2015", "5000.00")),
        ("Risorse P0N METRO € 5.000,00", ("Risorse P0N METRO", "5000.00")),
        ("Legge 205/2017: € 5.000,00", ("Legge 205/2017", "5000.00")),
        ("Patto per il Sud DGR 12/2016 euro 5.000,00", ("Patto per il Sud DGR 12/2016", "5000.00")),
        ("Lavori 3.000,00 € 2.000,00", ("Lavori", None)),
        ("Contributi a 40 imprese, fino a € 10.000,00 ciascuna a fondo perduto", None),
    ],
)
def test_a_sum_under_a_label_with_numbers_keeps_its_row(
    printed: str, kept: tuple[str, str | None] | None
) -> None:
    read = report(f"{HEAD}{BODY}{printed}\nRisorse PON METRO € 7.000,00\nStato: in corso\n")
    (only,) = reading.actions(read)
    rows = [(row.label.value, row.amount and str(row.amount)) for row in only.funding]
    assert rows == [*([kept] if kept else []), ("Risorse PON METRO", "7000.00")]
    assert ("unknown_label" in reading.rules(read)) is (kept is not None)


@pytest.mark.parametrize("label", ["Mutuo Cassa Depositi", "D.L. 34/2020", "a) Risorse PON METRO"])
@pytest.mark.parametrize("joint", [": circa ", ", ", " = ", " ..... ", " pari ad ", " – "])
def test_a_few_words_and_a_sum_are_a_row_or_told(label: str, joint: str) -> None:
    for printed, euro in (
        ("868,89 €", "868.89"),
        ("€ 1.868,89 + IVA", "1868.89"),
        ("12.868 euro", "12868.00"),
        ("€ 868,-", "868.00"),
    ):
        for before in (BODY, f"{BODY}Altre risorse pubbliche € 7.000,00\n"):
            sheet = f"{before}{label}{joint}{printed}\nStato di attuazione: in corso\n"
            read = report(HEAD + sheet)
            (only,) = reading.actions(read)
            kept = [row.amount for row in only.funding if row.amount != Decimal("7000.00")]
            told = {"unknown_label", "amount_unreadable", "stray_text"}.intersection(
                reading.rules(read)
            )
            assert kept == [Decimal(euro)] or told


def test_a_figure_before_a_column_of_sums_is_a_notes() -> None:
    read = report(f"{HEAD}{BODY}Risorse PON METRO 1     782,35 euro\nStato: in corso\n")
    (only,) = reading.actions(read)
    assert [row.amount for row in only.funding] == [Decimal("782.35")]


@pytest.mark.parametrize(
    "head",
    [
        "Fonte Importo",
        "FONTE DI FINANZIAMENTO IMPORTO (€)",
        "Fonte\nImporto",
        "Fonte di\nfinanziamento\nImporto in euro",
    ],
)
def test_names_of_a_funding_tables_columns_are_no_text(head: str) -> None:
    of = action(f"{BODY}{head}\n\nRisorse PON METRO € 1.552.500,00\n")
    assert of.description.value == BODY.strip()
    assert money(of) == [PON]


@pytest.mark.parametrize(
    "text",
    [
        "Fonte\n\nRisorse PON METRO € 1.552.500,00",
        "Fonte Importo\n\nLa fontana riapre.\nRisorse PON METRO € 1.552.500,00",
        "Fonte Importo locale\n\nRisorse PON METRO € 1.552.500,00",
    ],
)
def test_what_may_be_no_such_names_stays_text(text: str) -> None:
    of = action(f"{BODY}\n{text}\n")
    assert "Fonte" in of.description.value
    assert money(of) == [PON]
