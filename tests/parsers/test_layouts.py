"""Sheets as other cities' reports lay them out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.grammar import parse_report
from parsers.lines import Document, Line
from parsers.report import Action
from tests import reading
from tests.reading import report


def actions(text: str) -> list[Action]:
    return reading.actions(report(text))


def sums(of: Action) -> list[tuple[str, Decimal | None]]:
    return [(each.source, each.amount) for each in of.funding]


def totals(of: Action) -> list[Decimal | None]:
    return [each.amount for each in of.totals]


@pytest.mark.parametrize(
    "day",
    [
        "al 30/06/2022",
        "al 31.03.2025",
        "al 30 giugno 2022",
        "(al 30/06/2022)",
        "aggiornato al 1° luglio 2022",
        "a giugno 2022",
    ],
)
@pytest.mark.parametrize("joint", [": ", "\n", ":\n"])
def test_the_day_behind_a_status_label_is_no_status(day: str, joint: str) -> None:
    (only,) = actions(
        "BO6.1.1.a - Autobus elettrici\nRisorse REACT-EU: € 3.000.000,00\n"
        f"Stato attuazione {day}{joint}Fornitura in corso.\n"
    )
    assert only.status.value == "Fornitura in corso."


def test_a_day_behind_the_colon_is_status() -> None:
    (only,) = actions("BO6.1.1.a - Autobus\nStato: al 30/06/2022 la fornitura è in corso\n")
    assert only.status.value == "al 30/06/2022 la fornitura è in corso"


def test_cells_parted_by_bars() -> None:
    first, second = actions(
        "1.1 BA1.1.1.a – Portale\nIl portale riunisce i servizi.\n"
        "Fonte di finanziamento | Importo\n"
        "Risorse PON METRO | € 1.000.000,00\nRisorse comunali | € 250.000,00\n"
        "Costo complessivo | € 1.250.000,00\nStato di avanzamento | Lavori in corso.\n\n"
        "1.2 BA1.1.1.b – Sportello\n"
        "Risorse PON METRO | € 300.000,00 | POC METRO | € 50.000,00\n"
        "Stato di avanzamento | Concluso\n"
    )
    assert sums(first) == [("pon_metro", Decimal(1_000_000)), ("other_public", Decimal(250_000))]
    assert totals(first) == [Decimal(1_250_000)]
    assert first.status.value == "Lavori in corso."
    assert sums(second) == [("pon_metro", Decimal(300_000)), ("poc_metro", Decimal(50_000))]
    assert second.status.value == "Concluso"


def test_a_source_behind_the_word_source() -> None:
    (only,) = actions(
        "BO6.1.2.b - Piste ciclabili\nFonte di finanziamento: REACT-EU € 3.000.000,00\n"
        "Altre risorse pubbliche: 1,2 Meuro\nStato: concluso\n"
    )
    assert sums(only) == [("react_eu", Decimal(3_000_000)), ("other_public", Decimal(1_200_000))]


def test_a_source_named_without_a_sum_is_no_row() -> None:
    (only,) = actions(
        "BO6.1.2.b - Piste ciclabili\nFonte di finanziamento: REACT-EU\n"
        "Soggetto attuatore: Comune\nRisorse REACT-EU: € 3.000.000,00\nStato: concluso\n"
    )
    assert sums(only) == [("react_eu", Decimal(3_000_000))]


@pytest.mark.parametrize("total", ["Totale\t€ 1.000.000,00", "TOTALE    EUR  1.000.000,00"])
def test_a_bare_total_under_the_sums_is_no_source(total: str) -> None:
    (only,) = actions(
        "CA4.1.1.a – Alloggi\nRisorse PON METRO\t€ 700.000,00\n"
        f"Risorse regionali\t€ 300.000,00\n{total}\n"
    )
    assert [source for source, _ in sums(only)] == ["pon_metro", "other_public"]
    assert totals(only) == [Decimal(1_000_000)]


@pytest.mark.parametrize("empty", ["Risorse comunali: -", "Risorse comunali –"])
def test_a_status_below_a_dash_for_no_sum(empty: str) -> None:
    (only,) = actions(
        f"BA3.1.1.a - Case\nRisorse PON METRO: € 10.000,00\n{empty}\n"
        "Stato di attuazione: procedura in corso\n"
    )
    assert sums(only) == [("pon_metro", Decimal(10_000)), ("other_public", None)]
    assert only.status.value == "procedura in corso"


def test_a_sum_in_a_sentence_of_a_status_is_no_source() -> None:
    (only,) = actions(
        "TO7.1.1.b – Voucher\nRisorse REACT-EU: € 2.750.000,00\nStato di attuazione\n"
        "Erogati voucher per € 1.200.000,00.\nLiquidazione del saldo entro la fine del 2022.\n"
    )
    assert sums(only) == [("react_eu", Decimal(2_750_000))]
    assert only.status.value.startswith("Erogati voucher per € 1.200.000,00. Liquidazione")


def test_a_title_in_capitals_over_short_lines() -> None:
    (only,) = actions(
        "BO6.1.1.a\nRINNOVO DELLA FLOTTA DEGLI AUTOBUS\nURBANI CON MEZZI ELETTRICI E\nA IDROGENO\n"
        "La flotta degli autobus urbani si rinnova con mezzi che non inquinano l’aria.\n"
        "Risorse REACT-EU: € 3.000.000,00\nStato: concluso\n"
    )
    assert only.title.value == (
        "RINNOVO DELLA FLOTTA DEGLI AUTOBUS URBANI CON MEZZI ELETTRICI E A IDROGENO"
    )


def test_a_code_given_again_in_a_field_is_no_heading() -> None:
    (only,) = actions(
        "FI1.1.1.a: Anagrafe unica\nCodice progetto: FI1.1.1.a\nCUP: H11B16000000006\n"
        "Risorse PON METRO: € 1.000,00\nStato di attuazione: concluso\n"
    )
    assert only.title.value == "Anagrafe unica"
    assert sums(only) == [("pon_metro", Decimal(1_000))]


def test_a_form_that_names_code_and_title() -> None:
    first, second = actions(
        "Codice progetto: PA1.1.1.a\nTitolo progetto: Piattaforma dei servizi\n"
        "CUP: D71B16000000006\nFonte di finanziamento: PON Metro € 2.400.000,00\n"
        "Stato di avanzamento: collaudo in corso\n\n"
        "Codice progetto: PA2.1.1.b\nTitolo progetto:\nIlluminazione pubblica\n"
        "CUP: D71B16000000007\nRisorse PON METRO: € 4.000.000,00\n"
    )
    assert first.title.value == "Piattaforma dei servizi"
    assert second.title.value == "Illuminazione pubblica"
    assert first.status.value == "collaudo in corso"


def test_a_year_in_brackets_is_part_of_a_label() -> None:
    (only,) = actions(
        "TO1.1.1.d – Edilizia\nRisorse PON METRO (2018): € 100.000,00\n"
        "Risorse PON METRO (2019-2020): € 120.000,00\nStato: in corso\n"
    )
    assert sums(only) == [("pon_metro", Decimal(100_000)), ("pon_metro", Decimal(120_000))]


def test_a_title_that_a_hand_broke_is_told() -> None:
    read = report(
        "TO1.1.1.a – Recupero di Palazzo\nSan Giorgio\n"
        "Il Palazzo ospita gli uffici del Comune e viene adattato ai nuovi servizi per la città.\n"
        "Risorse PON METRO € 10.000,00\nStato di attuazione: in corso\n"
    )
    assert "title_end_uncertain" in reading.rules(read)


@pytest.mark.parametrize("behind", ["", "\nRisorse PON METRO: € 410.000,00\n"])
def test_a_description_behind_the_status_is_told(behind: str) -> None:
    read = report(
        "ME1.1.1.a – Sportello telematico\n\nStato di attuazione: attività in corso\n\n"
        "L'azione ha realizzato uno sportello per i cittadini, con pagamenti e prenotazioni.\n"
        f"{behind}\nME1.1.1.b – Secondo\n\nRisorse PON METRO: € 10.000,00\n"
    )
    assert "stray_text" in reading.rules(read)


def test_a_money_line_that_is_read_as_text_is_told() -> None:
    read = report(
        "TO1.1.1.e – Lavoro\nIl testo dell’azione.\n- PON METRO € 700.000,00\n\n"
        "Altre risorse pubbliche: € 200.000,00\nStato: in corso\n"
    )
    assert "unknown_label" in reading.rules(read)


def table(*rows: tuple[str, str]) -> list[Action]:
    """The actions of one table of two columns; an empty cell has no line."""
    cells = [(row, column, text) for row, own in enumerate(rows) for column, text in enumerate(own)]
    lines = [
        Line(number, 1, text, cell=(0, row, column))
        for number, (row, column, text) in enumerate((cell for cell in cells if cell[2]), start=1)
    ]
    document = Document(lines, 1, "pdfium", "application/pdf")
    return reading.actions(parse_report(document))


@pytest.mark.parametrize("none", ["-", "–", ""])
def test_a_source_without_a_sum_takes_none_from_the_next_row(none: str) -> None:
    (only,) = table(
        ("Codice progetto", "BA4.1.1.b"),
        ("Titolo progetto", "Alloggi per l’inclusione"),
        ("Stato di avanzamento", "Gara in corso"),
        ("Descrizione", "Il recupero di dodici alloggi del Comune."),
        ("Risorse PON METRO", "2.000.000,00"),
        ("Risorse private", none),
        ("Totale", "2.000.000,00"),
    )
    assert only.title.value == "Alloggi per l’inclusione"
    assert only.status.value == "Gara in corso"
    assert "Il recupero di dodici alloggi" in only.description.value
    assert sums(only) == [("pon_metro", Decimal(2_000_000)), ("private", None)]
    assert totals(only) == [Decimal(2_000_000)]


def test_a_code_given_again_in_a_cell_is_no_heading() -> None:
    (only,) = table(
        ("BA1.1.1.a", "Portale"),
        ("Codice progetto", "BA1.1.1.a"),
        ("CUP", "D71B16000000007"),
        ("Risorse PON METRO", "2.000.000,00"),
    )
    assert only.title.value == "Portale"


@pytest.mark.parametrize("mark", ["*", "(1)"])
def test_a_note_below_a_sheet_is_no_status(mark: str) -> None:
    text = (
        f"PA4.1.1.a - Alloggi\nRisorse PON METRO{mark}: € 2.000.000,00\n"
        "Stato di attuazione\nlavori in corso in 20 alloggi\n"
        f"{mark} importo al lordo del ribasso\nd'asta\n\nPA4.1.1.b - Altri\n{{}}\n"
    )
    first, _ = actions(text.format("Testo."))
    assert first.status.value == "lavori in corso in 20 alloggi"
    roles = reading.roles(report(text), text)
    assert [line for role, line in roles if role == "footnote"] == [
        f"{mark} importo al lordo del ribasso",
        "d'asta",
    ]


def test_starred_items_of_a_list_are_no_notes() -> None:
    first, _ = actions(
        "PA4.1.1.a - Alloggi\nSono previsti:\n* gli arredi;\n* gli impianti.\n"
        "Stato: in corso\n\nPA4.1.1.b - Altri\nTesto.\n"
    )
    assert first.description.value == "Sono previsti: gli arredi; gli impianti."


def kinds(text: str) -> list[str]:
    return [signal.rule for signal in report(text).signals]


HEAD = "BO1.1.2.1.a - Laboratorio di dati\n"


def test_the_parts_of_a_total_are_its_sources() -> None:
    (only,) = actions(
        f"{HEAD}Costo totale: € 2,1 mln\n  di cui PN Metro Plus: € 1.700.000\n"
        "  di cui risorse comunali: € 400.000\nStato: gara in corso\n"
    )
    assert sums(only) == [("pn_metro_plus", Decimal(1700000)), ("other_public", Decimal(400000))]
    assert [each.label.value for each in only.funding] == [
        "di cui PN Metro Plus",
        "di cui risorse comunali",
    ]
    assert totals(only) == [Decimal(2100000)]
    assert only.status.value == "gara in corso"


def test_parts_that_repeat_the_sources_above_are_no_sources() -> None:
    (only,) = actions(
        f"{HEAD}Risorse PON METRO € 300,00\nRisorse comunali € 200,00\nCosto totale € 500,00\n"
        "di cui PON METRO € 300,00\nStato: gara in corso\n"
    )
    assert [amount for _, amount in sums(only)] == [Decimal(300), Decimal(200)]
    assert totals(only) == [Decimal(500)]


def test_a_part_of_a_source_is_its_note() -> None:
    (only,) = actions(
        f"{HEAD}Risorse PON METRO € 300,00\ndi cui FSE € 100,00\nStato: gara in corso\n"
    )
    assert sums(only) == [("pon_metro", Decimal(300))]


COLUMNS = """CODICE          CT2.2.4.c
TITOLO          Corsia protetta per gli autobus
                e opere complementari
IMPORTO         € 1.980.000,00
COMUNE          Euro 20.000,00
FONTE           PON Metro FESR
DESCRIZIONE     Corsia riservata lungo 3,2 km.
STATO           Progetto definitivo approvato. Redazione del progetto esecutivo affidata a
                professionisti esterni.
NOTE            Nessuna.
"""


def test_labels_in_a_column_end_at_the_gap() -> None:
    (only,) = actions(COLUMNS)
    assert only.title.value == "Corsia protetta per gli autobus e opere complementari"
    assert sums(only) == [("unknown", Decimal(1980000)), ("unknown", Decimal(20000))]
    assert [each.label.value for each in only.funding] == ["IMPORTO", "COMUNE"]
    assert only.status.value == (
        "Progetto definitivo approvato. Redazione del progetto esecutivo affidata a "
        "professionisti esterni."
    )


def test_wide_spaces_of_a_justified_line_part_no_label() -> None:
    (only,) = actions(f"{HEAD}Risorse    PON METRO € 300,00\nStato    di    attuazione: in corso\n")
    assert sums(only) == [("pon_metro", Decimal(300))]
    assert only.status.value == "in corso"


@pytest.mark.parametrize("dash", ["-", "–", ": -"])
def test_a_dash_for_a_sum_ends_its_line_whatever_the_label(dash: str) -> None:
    gap = "" if dash[0] == ":" else "           "
    (only,) = actions(
        f"{HEAD}Finanziamento PON METRO   Euro 780.000,00\nCofinanziamento{gap}{dash}\n"
        "Totale finanziamento      Euro 780.000,00\nStato: gara in corso\n"
    )
    assert totals(only) == [Decimal(780000)]


@pytest.mark.parametrize(
    ("printed", "label", "amount"),
    [
        ("Importo finanziato: euro 3.450.000,00 (IVA inclusa)", "Importo finanziato", "3450000"),
        ("Budget: 4.215.300 euro", "Budget", "4215300"),
        ("Risorse assegnate: € 5.372.000,00 (PON METRO ASSE 2)", "Risorse assegnate", "5372000"),
        (
            "Importo ammesso: euro 4.800.000,00, di cui euro 3.300.000,00 a valere sul PON ed\n"
            "euro 1.500.000,00 di cofinanziamento del Comune",
            "Importo ammesso",
            "4800000",
        ),
        (
            "Risorse: Totale € 5.000.000,00, di cui € 3.000.000,00 PON e € 2.000.000,00 POC",
            "Risorse",
            "5000000",
        ),
        ("Risorse: Totale € 1.250.000,00, interamente POC", "Risorse", "1250000"),
        ("Budget: 2.900.000 euro PON Metro + 600.000 euro Comune", "Budget", None),
        ("- Importo: 2.730.000,00 euro;", "Importo", "2730000"),
    ],
)
def test_a_sum_behind_a_word_for_money_keeps_its_row(
    printed: str, label: str, amount: str | None
) -> None:
    text = f"{HEAD}Beneficiario: Comune\n{printed}\nDescrizione: un servizio.\nStato: in corso\n"
    (only,) = actions(text)
    assert sums(only) == [("unknown", None if amount is None else Decimal(amount))]
    assert only.funding[0].label.value == label
    assert "unknown_label" in kinds(text)
    assert ("amount_unreadable" in kinds(text)) is (amount is None)


def test_what_was_spent_is_no_source() -> None:
    (only,) = actions(
        f"{HEAD}Risorse PON METRO: € 300,00\nImporto impegnato: € 200,00\nPagamenti: € 100,00\n"
        "Avanzamento finanziario: 22,35%\nStato: in corso\n"
    )
    assert sums(only) == [("pon_metro", Decimal(300))]


def test_fields_of_a_list() -> None:
    lettered, dashed = actions(
        "RM1.1.1.a - Turismo\nQuadro finanziario:\na) PON Metro € 1.512.000,00\n"
        "b) Risorse proprie di Roma Capitale € 88.000,00\nc) Totale € 1.600.000,00\n"
        "Avanzamento procedurale: lavori in corso\nAvanzamento fisico: 35%\n\n"
        "RM1.1.1.b - SPORTELLO UNICO\n- Importo: 2.730.000,00 euro;\n- Fonte: PON Metro, Asse 1;\n"
        "- Avanzamento: servizio avviato.\n- Descrizione: uno sportello per tutti.\n"
    )
    assert sums(lettered) == [("pon_metro", Decimal(1512000)), ("other_public", Decimal(88000))]
    assert totals(lettered) == [Decimal(1600000)]
    assert lettered.status.value == "lavori in corso"
    assert dashed.title.value == "SPORTELLO UNICO"
    assert sums(dashed) == [("unknown", Decimal(2730000))]
    assert dashed.status.value == "servizio avviato."


def test_a_list_in_prose_is_no_field() -> None:
    text = (
        f"{HEAD}Il piano comprende:\n- la casa, per € 10.000.000,00;\n- PON Metro: un sito.\n"
        "- Risorse comunali: € 300,00 l’anno per famiglia.\nRisorse PON METRO € 300,00\n"
    )
    (only,) = actions(text)
    assert sums(only) == [("pon_metro", Decimal(300))]


def test_a_known_label_on_its_own_line_ends_a_status() -> None:
    (only,) = actions(
        f"{HEAD}Risorse PON METRO: € 300,00\nStato della procedura\nGara in corso.\nNote\n"
        "Il ritardo è di mesi 7.\n"
    )
    assert only.status.value == "Gara in corso."


def test_headings_of_a_form_in_capitals() -> None:
    first, second = actions(
        "PON METRO PALERMO\n                Interventi in corso e conclusi\n"
        "AZIONE PA 1.1.1.e\nPiattaforma dei servizi\nFINANZIAMENTO PON METRO\n€ 8.230.000,00\n"
        "STATO\nIn fase di attuazione\nDESCRIZIONE\nServizi on line in 15 ambiti.\n\n"
        "AZIONE PA 2.2.3.a\nNodo di interscambio\nFINANZIAMENTO PON METRO\n€ 300,00\n"
        "STATO\nGara in corso\nDESCRIZIONE\nIl nodo sorge in periferia.\n"
    )
    assert [each.code.canonical for each in (first, second)] == ["PA1.1.1.e", "PA2.2.3.a"]
    assert first.title.value == "Piattaforma dei servizi"
    assert sums(first) == [("pon_metro", Decimal(8230000))]
    assert [first.status.value, second.status.value] == ["In fase di attuazione", "Gara in corso"]


def test_a_weak_word_alone_in_a_text_in_capitals_is_no_label() -> None:
    (only,) = actions("PA1.1.1.e - SERVIZI\nI BENI DELLO\nSTATO\nSONO RECUPERATI.\n")
    assert not only.status.value
