"""Signs of damage: each speaks where a line was damaged, and not where it is as printed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from parsers.grammar import parse_report
from parsers.lines import Box, Document, Line, LinkAnnotation
from parsers.vocabulary import PACKAGED
from pipeline.checks import findings
from tests.pipeline.sheets import SHEET, document, found


@pytest.mark.parametrize(
    ("behind", "told"),
    [
        (" L’intervento rinnova gli impianti di tutta la città.", True),
        (" Il recupero delle case rende il quartiere più vivo.", True),
        (". Il progetto riqualifica gli incroci della città.", True),
        (". L’azione prevede il recupero di dodici alloggi.", True),
        (" Il progetto offre un servizio attivo 24 ore su 24.", True),
        (" Il servizio è attivo 24 ore su 24.", False),
        (". Il progetto sarà appaltato dalla centrale di committenza.", False),
        (". L’intervento sarà completato con i fondi del Comune.", False),
        (". Il progetto è stato prorogato al 31 dicembre 2023.", False),
        (". La commissione esamina le offerte di tutti i concorrenti.", False),
        (", presso La nuova biblioteca della città metropolitana", False),
        (", visitabile sul sito https://www.comune.it/Il progetto della città", False),
    ],
)
def test_a_description_inside_a_status(behind: str, told: bool) -> None:
    text = SHEET.replace("completato\n", f"completato il 3 maggio 2021, lavori conclusi{behind}\n")
    assert text != SHEET
    rules = [signal.rule for signal in found(text) if "no part of the status" in signal.message]
    assert rules == (["stray_text"] if told else [])


def test_a_sheet_as_printed_raises_nothing() -> None:
    assert found(SHEET) == []


@pytest.mark.parametrize(
    ("printed", "damaged", "rule"),
    [
        ("metà del 2022", "metàdel2022", "spaces_lost"),
        (
            "MI4.1.1.b - Abitare sociale – Accompagnamento",
            "MI4.1.1.b-Accompagnamentosociale",
            "spaces_lost",
        ),
        ("Le famiglie ricevono un sostegno personale e continuo.", "neimunicipi", "spaces_lost"),
        (
            "Le famiglie ricevono un sostegno personale e continuo.",
            "conivicinil’aiutoacasa.",
            "spaces_lost",
        ),
        ("\nAssistenza tecnica\n", "\nAssistenzatecnica\n", "heading_suspect"),
        ("\nAssistenza tecnica\n", "\nAssistenza tecxica\n", "heading_suspect"),
        ("\nAssistenza tecnica\n", "\nASSISTENZATECNICA\n", "spaces_lost"),
        ("\nAssistenza tecnica\n", "\nPfogetto II – Case\n", "heading_suspect"),
        ("MI4.1.1.b - Abitare", "MI4.1.Z/b - Abitare", "heading_suspect"),
        ("MI4.1.1.b - Abitare", "Operazione MI4.1.1.b1 - Abitare", "heading_suspect"),
        ("azione MI4.1.1.b", "azione M14.1.1.b", "text_garbled"),
        ("azione MI4.1.1.b", "azione MI4.1.Z.b", "text_garbled"),
        ("azione MI4.1.1.b", "azione POCMIII.1.1.b", "text_garbled"),
        (
            "in corso\n\nMI5.1.1.b",
            "in corso\nhttps://rete.example.it/\nhttps://rete.exanple.it/\n\nMI5.1.1.b",
            "text_garbled",
        ),
        ("nella seconda", "neIla seconda", "text_garbled"),
        ("seconda metà", "sec0nda metà", "text_garbled"),
        ("del 2022", "del 2O22", "text_garbled"),
        ("del 2022", "del ２０２２", "text_garbled"),
        ("metà", "metÃ\u00a0", "text_garbled"),
        ("metà", "met\ufffd", "text_garbled"),
        ("disposizione degli", "disposizione de- gli", "text_garbled"),
        ("e integra i servizi.", "e integra i servizi.\nrete di quartiere.", "text_broken"),
        (
            "la conclusione è prevista nella seconda metà del 2022",
            "la conclusione è",
            "text_broken",
        ),
        ("Risorse PON METRO € 300", "Risorse PN METRO € 300", "source_mismatch"),
        ("Risorse PON METRO € 300.000,00", "Risorse PON METRO 3 000,00 €", "text_garbled"),
        ("Risorse PON METRO € 300", "Risorse PON METRO e 300", "text_garbled"),
        ("personale e continuo.\n", "personale e continuo,\n\n", "text_broken"),
        ("personale e continuo.\n", "personale e continuo.\n\npiazza Dante n.\n\n", "text_broken"),
        ("personale e continuo.\n", "personale e continuo.\n\n19 b\n\n", "text_broken"),
        (
            "personale e continuo.\n",
            "personale e continuo.\n\nvia Gari baldi 103/A\n\n",
            "text_broken",
        ),
        ("€ 50.000,00\nStato di attuazione: in corso\n", "5", "text_broken"),
        ("sociale – Accompagnamento", "sociale – Accompagnamento continuo.", "title_end_uncertain"),
        (
            "Le famiglie",
            "Progetto rinviato a successiva programmazione\n\nLe famiglie",
            "stray_text",
        ),
        ("completato\n", "completato\n\nUna rete di scuole e biblioteche.\n", "stray_text"),
        ("nella seconda metà del 2022", "entro il 31", "text_broken"),
        (
            "e integra i servizi.\nSi lega ad altri interventi (azione MI4.1.1.b) nei Municipi.",
            "e integra i servizi (azione MI4.1.1.b).\nnei Municipi della città.",
            "text_broken",
        ),
        ("Progetto 1 – Abitare sociale\n", "Progetto 1 – Abitare della\n", "title_end_uncertain"),
        ("Progetto 1 – Abitare sociale\n", "Progetto 1 – Abitare città.\n", "title_end_uncertain"),
        ("Progetto 1 – Abitare sociale\n", "Progetto 1 – A ogni età.\n", "title_end_uncertain"),
        ("Accompagnamento\nLe", "Accompagnamento\n\nAssistenza tecnica\n\nLe", "heading_suspect"),
        (
            "Le famiglie",
            "Le case restano fra le lampade nuove\n\nComunali.\n\nLe famiglie",
            "text_broken",
        ),
        (
            "Le famiglie",
            "Si installano sensori sulle lampade\n– montate su pali intelligenti.\nLe famiglie",
            "text_broken",
        ),
        (
            "Le famiglie",
            "Si apre il palco delle comunità\no culturali. Si tratta di:\n• spazi;\nLe famiglie",
            "text_broken",
        ),
        (
            "Le famiglie",
            "Quartieri interessati: Centro,\nPorto,\nStadera\nStadera\n\nLe famiglie",
            "repeated_line",
        ),
        ("Risorse PON METRO € 50.000,00", "€ 50.000,00", "stray_text"),
        ("Risorse PON METRO € 50.000,00", "50.000,00", "stray_text"),
        (
            "Altre risorse pubbliche € 500",
            "Il Comune coordina gli enti. Gli\nAltre risorse pubbliche € 500",
            "stray_text",
        ),
        (
            "Il sito del programma racconta i progetti.",
            "Il sito offre:\n- un elenco;\n- una mappa; - un sito;\n- un avviso;\n- una via.",
            "text_broken",
        ),
        (
            "e continuo.",
            "e continuo. Quartieri interessati: Centro, Porto, Stadera",
            "stray_text",
        ),
        (
            "Progetto 1 – Abitare sociale",
            "Progetto 1 – Abitare sociale Progetto rinviato a successiva programmazione",
            "title_end_uncertain",
        ),
        ("sociale – Accompagnamento", "sociale: Un aiuto Il servizio è", "title_end_uncertain"),
        (
            "completato\n\nAssistenza tecnica\n",
            "completato Assistenza tecnica\n",
            "heading_suspect",
        ),
        ("completato\n", "completato Progetto 2 – Scuole aperte\n", "heading_suspect"),
        ("MI4.1.1.b - Abitare", "MI4.III.1.b - Abitare", "heading_suspect"),
        ("e continuo.\n", "e continuo.\nAssistenza tecnica\n", "heading_suspect"),
        ("seconda metà", "se conda metà", "text_garbled"),
        ("lavori in corso", "lavori in c orso", "text_garbled"),
        (
            "Il sito del programma",
            "Il sito https://www.com une.it/rete del programma",
            "text_garbled",
        ),
        (
            "Il sito del programma",
            "Il sito https: //www.comune.it/rete del programma",
            "text_garbled",
        ),
        (
            "Il sito del programma",
            "Il sito https://www.comune.i t/rete del programma",
            "text_garbled",
        ),
        ("del 2022", "del 202 2", "text_garbled"),
        (
            "Le famiglie ricevono un sostegno personale e continuo.",
            "famiglia-Alloggidegliinquilini",
            "spaces_lost",
        ),
        (
            "MI5.1.1.b - Com",
            "i lavori sono\nin corso\nin corso\n\nMI5.1.1.b - Com",
            "repeated_line",
        ),
        ("€ 50.000,00\nStato di attuazione: in corso\n", "€ 50.000", "text_broken"),
        ("Il sito del programma", "Il sito https://www.comune.it/re te/ del", "text_garbled"),
        (
            "Le famiglie",
            "Unità immobiliari\nvia Verdi 3\n\nUnità immobiliari\nvia Po 5 Unità immobiliari\nLe",
            "text_broken",
        ),
        ("del 2022", "del 2 022", "text_garbled"),
        ("attuazione: completato", "attuazione:\ncompletato\ncompletato", "repeated_line"),
        ("metà del 2022", "metà del\n20 22", "text_garbled"),
        ("Il sito del programma", "Il sito https://rete.example.it /re/ del", "text_garbled"),
        ("azione MI4.1.1.b", "azione POC MIII.1.1.b", "text_garbled"),
        ("la conclusione è", "laconclusione è", "spaces_lost"),
        ("lavori in corso", "lavoriin corso", "spaces_lost"),
        ("metà del 2022", "metà del2022", "spaces_lost"),
        ("e integra i servizi.", "e integra 3servizi e i servizi.", "spaces_lost"),
        (
            "Il sito del programma racconta i progetti.",
            "Il sito offre:\n- un elenco\n- una mappa sociale. - un sito\n- un avviso\n- una via.",
            "text_broken",
        ),
        ("nella seconda metà del 2022", "il 31dicembre 2022", "spaces_lost"),
    ],
)
def test_a_damage_is_told(printed: str, damaged: str, rule: str) -> None:
    text = SHEET.replace(printed, damaged, 1)
    assert text != SHEET
    if rule == "text_garbled" and "de- gli" in damaged:
        text = text.replace("comprende gli", "comprende degli")
    assert rule in {signal.rule for signal in found(text)}


def test_a_sheet_before_all_headings_is_told() -> None:
    sheet = (
        "Operazione MI4.1.1.a1 - Alloggi\nImporto totale: € 5.250.000,00\nAttuazione: in corso\n"
    )
    told = [(signal.rule, signal.text) for signal in found(sheet + "\n" + SHEET)]
    assert ("heading_suspect", "Importo totale: € 5.250.000,00") in told


def test_a_cover_that_names_a_status_or_a_sum_of_no_sheet_is_none() -> None:
    cover = "Comune di Milano\nStato di attuazione del programma\nal 30 giugno 2022\n\n"
    assert found(cover + SHEET) == []


def test_a_section_over_two_lines_is_read_and_no_finding() -> None:
    assert found(SHEET.replace("\nAssistenza tecnica\n", "\nAssistenza\ntecnica\n")) == []


def test_a_block_printed_twice_is_told_once() -> None:
    body = "Le famiglie ricevono un sostegno personale e continuo.\nUn servizio.\n"
    once = SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.\n", body)
    twice = SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.\n", body * 2)
    assert [signal.rule for signal in found(once)] == []
    assert [signal.rule for signal in found(twice)] == ["repeated_line"]


@pytest.mark.parametrize(
    "prose",
    [
        "Si usano 15mila euro, l’app iOS, il wi-fi, Agenda2030 e i mezzi Euro 5.",
        "Servizi pre- e post-scuola, tricolore, n. 1bis, 4a e CO2 in meno.",
        "I lavori di cui all’art. 5 del D.Lgs. 50/2016, PM10 e la legge n. 190.",
        "Il servizio WeMi, l’InfoPoint, i servizi socio educativi e il lotto b del parco.",
        "Si veda il Progetto 3 – Scuole, https://www.comune.it/rete e www.comune.it.",
        "Il contributo è di 50.000,00 euro; si parla di opere – anche minori – e di spazi.",
    ],
)
def test_prose_as_offices_write_it_raises_nothing(prose: str) -> None:
    text = SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.", prose)
    assert found(text) == []


def test_a_sum_of_another_programme_is_no_finding_where_others_have_one() -> None:
    text = SHEET.replace("Risorse PON METRO € 300", "Risorse POC METRO € 300")
    text = text.replace("Risorse PON METRO € 100", "Risorse POC METRO € 100")
    assert "source_mismatch" not in {signal.rule for signal in found(text)}


def test_a_word_more_behind_a_status_is_no_finding() -> None:
    for more in ("Si prevede a breve l’uscita di un avviso.", "L’apertura entro marzo 2023."):
        assert found(SHEET.replace("completato\n", f"completato\n\n{more}\n")) == []


def paged(*, line: str = "") -> str:
    """Sheets of a page each over a page number, the third with a line more."""
    sheets = [
        f"Progetto {number} – Rete {name}\n\nMI1.1.1.{letter} - Rete {name} – Servizi\n"
        f"La rete {name} unisce i quartieri.\n{line if number == 3 else ''}\n"
        f"Risorse PON METRO € {number}00.000,00\nStato di attuazione: in corso\n\nPagina {number}"
        for number, (name, letter) in enumerate(
            (("verde", "a"), ("civica", "b"), ("digitale", "c"), ("sociale", "d")), 1
        )
    ]
    return "\f".join(sheets)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Una casa di proprietà del Comune di Milano apre nel quartiere.", False),
        ("Una casa di proprietà del\nComune di Milano apre nel quartiere.", False),
        ("Le scuole aprono. Comune di Milano", True),
        ("Comune di Milano La rete apre nel quartiere.", True),
        ("La rete apre Comune di Milano nel quartiere.", True),
    ],
)
def test_a_running_line_in_the_text_is_told_and_a_mention_of_its_name_is_not(
    text: str, told: bool
) -> None:
    sheets = paged(line=text).split("\f")
    edition = "\f".join(f"Comune di Milano\n\n{sheet}" for sheet in sheets)
    assert ("stray_text" in {signal.rule for signal in found(edition)}) is told


def test_a_page_number_in_the_text_is_told_and_a_mention_of_a_page_is_not() -> None:
    assert found(paged()) == []
    titled = paged().replace("digitale – Servizi", "digitale – Pagina 9\nServizi")
    assert "stray_text" in {signal.rule for signal in found(titled)}
    for glued in ("Pagina 9 Le scuole aprono.", "Le scuole aprono. Pagina 9"):
        assert [signal.rule for signal in found(paged(line=glued))] == ["stray_text"]
    titled = paged().replace("digitale – Servizi", "digitale – Servizi per Pagina 9")
    assert "stray_text" in {signal.rule for signal in found(titled)}
    assert "stray_text" in {each.rule for each in found(paged(line="La rete ha scuole, Pagina 9"))}
    assert "stray_text" in {each.rule for each in found(paged(line="La rete ha scuole e Pagina 9"))}
    assert "stray_text" in {
        each.rule for each in found(paged(line="La rete ha scuole. Le Pagina 9"))
    }
    listed = "Le scuole sono alle pagine 3 e Pagina 9"
    for mention in ("Le scuole sono elencate a Pagina 9", "Le scuole aprono: pagina 9", listed):
        assert found(paged(line=mention)) == []


@pytest.mark.parametrize(("printed", "told"), [("€ 1.000", True), ("€ 1.000,00", False)])
def test_a_last_sum_cut_behind_a_group_is_told_where_most_have_cents(
    printed: str, *, told: bool
) -> None:
    text = paged().replace("€ 100.000,00", "€ 100.000")
    cut = text[: text.rindex("€ 400.000,00")] + printed
    assert ("text_broken" in {signal.rule for signal in found(cut)}) is told


@pytest.mark.parametrize(("end", "told"), [("dice", True), ("dicembre", False), ("ottobre", False)])
def test_a_source_that_ends_inside_a_month_s_name(end: str, *, told: bool) -> None:
    text = paged().removesuffix("in corso\n\nPagina 4") + f"in corso, fine lavori a {end}"
    assert ("text_broken" in {signal.rule for signal in found(text)}) is told


def test_a_blank_line_in_a_sentence_is_told_where_others_have_none() -> None:
    words = "I servizi\naiutano chi cerca\nlavoro e chi\nimpara un mestiere\nnei quartieri."
    text = SHEET.replace("Il sito del programma racconta i progetti.", words)
    assert found(text) == []
    rules = {signal.rule for signal in found(text.replace("chi\nimpara", "chi\n\nimpara"))}
    assert rules == {"text_broken"}
    assert found(text.replace("\n", "\n\n")) == []


def test_text_under_a_heading_that_begins_in_lower_case_is_told() -> None:
    # In a plain text it would be read as the title's rest; where a page shows the end, it is not.
    lines = [Line(number, None, line) for number, line in enumerate(SHEET.splitlines(), 1)]
    document = Document(lines, None, "text", "text/plain")
    report = parse_report(document)
    place = next(at for at, line in enumerate(lines) if line.text.startswith("Le famiglie"))
    lines[place] = lines[place]._replace(text="famiglie del quartiere ricevono un sostegno.")
    told = [each for each in findings(report, document, PACKAGED) if each.rule == "text_broken"]
    assert [each.line for each in told] == [place + 1]


def test_a_running_line_of_two_pages_of_plain_text_is_left_out() -> None:
    running = "Città di Milano – Programma metropolitano"
    first, second = SHEET.split("Il supporto al programma", 1)
    text = f"{running}\n\n{first}\f{running}\n\nIl supporto al programma{second}"
    assert found(text) == []
    read = document(text)
    roles = zip(read.lines, parse_report(read).roles, strict=True)
    assert {role for line, role in roles if line.text == running} == {"furniture"}
    text = f"{first}\fIl supporto al programma{second}"
    assert found(text) == []


def test_a_line_at_the_ends_of_neighbouring_pages_is_told() -> None:
    # On two of three pages of a plain text it may be a running line, or none.
    first, rest = SHEET.split("Il supporto al programma", 1)
    second, third = rest.split("MI5.1.1.b", 1)
    running = "Città di Milano – Programma metropolitano"
    pages = [first + running, f"Il supporto al programma{second}{running}", f"MI5.1.1.b{third}"]
    assert "stray_text" in {signal.rule for signal in found("\f".join(pages))}
    apart = [first, f"Il supporto al programma{second}", f"MI5.1.1.b{third}"]
    assert found("\f".join(apart)) == []


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("https://quartieri.comune.it/", "https://quart1eri.comune.it/", True),
        ("https://www.comune.it/rete/", "https://www.c0mune.it/rete/", True),
        ("https://www.comune.it/bandi/10", "https://www.comune.it/bandi/11", False),
        ("https://www.comune.it/mali", "https://www.comune.it/mail", False),
        ("https://www.comune.it/a1", "https://www.comune.it/a2", False),
    ],
)
def test_an_address_with_a_digit_for_a_letter_is_told_where_its_like_is_printed(
    one: str, other: str, told: bool
) -> None:
    text = SHEET.replace("un sostegno personale", f"un sostegno ({one} ) personale")
    rules = {signal.rule for signal in found(text.replace("i progetti.", f"i progetti ({other} )"))}
    assert ("text_garbled" in rules) is told


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("attività in cors", True),
        ("lavori in fase di realizzazion", True),
        ("lavori in corso nei municip", True),
        ("lavori in corso, sito in Assistenz", True),
        ("lavori in corso, sito in Barcelon", False),
        ("attività in corso", False),
        ("in corso, con un acquisto di bus", False),
        ("i lavori sono in corso e l", True),
        ("in corso\n\nM", True),
        ("in corso la rendicontazione dell'", True),
        ("in corso nell’aula e nell’atrio, con la rendicontazione delle spese nell", True),
        ("in corso\n\nMI5.1.1.c - Ascolto\nRisorse PON ME", True),
        ("in corso la re", True),
        ("lavori in corso per accom", True),
        ("lavori in corso per comunica", True),
        ("lavori in corso per ora", False),
        ("in corso, con un bar sociale", False),
        ("lavori in corso nel lotto b", False),
        ("attività in via di formal", True),
        ("attività di coworking", False),
        ("in corso, con uno sportello per lo sport", False),
    ],
)
def test_a_source_that_ends_inside_a_word_is_told(end: str, told: bool) -> None:
    start, _, _ = SHEET.rpartition("in corso")
    rules = {signal.rule for signal in found(f"{start}{end}\n")}
    assert ("text_broken" in rules) is told


def test_a_source_that_ends_inside_a_description_is_told_where_others_are_closed() -> None:
    text = f"{SHEET}\nMI5.1.1.c - Ascolto\nIl sito raccoglie le domande dei cittadini"
    assert "text_broken" not in {signal.rule for signal in found(f"{text}.\n")}
    assert "text_broken" in {signal.rule for signal in found(text)}


def test_a_heading_of_a_project_over_nothing_is_told() -> None:
    assert "text_broken" in {signal.rule for signal in found(f"{SHEET}\nProgetto 2 – Scuole\n")}


LONG = (
    "Il progetto unisce le scuole e le biblioteche del quartiere e offre a chi vi abita\n"
    "un luogo di ascolto, con corsi di lingua e di mestiere, e con un aiuto a chi cerca\n"
    "lavoro o casa; le famiglie che vi si rivolgono ricevono un sostegno personale e non\n"
    "sono lasciate sole neppure quando il percorso è finito, perché restano in contatto\n"
    "con gli operatori e con i volontari del quartiere per tutto il tempo che è utile a\n"
    "loro.\n"
)


def test_a_line_that_ends_early_in_a_sentence_is_told_where_others_are_full() -> None:
    text = SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.\n", LONG)
    assert found(text) == []
    damaged = text.replace(
        "Stato di attuazione: completato\n", "Stato di attuazione: completato\nvicini\n"
    )
    assert "text_broken" in {signal.rule for signal in found(damaged)}
    # Where lines end early as a rule, one more says nothing.
    ragged = text.replace(
        "\nStato di attuazione: in corso", "\nStato di attuazione: gara\nin corso"
    )
    short = LONG.replace(" un ", "\nun ").replace(" e ", "\ne ")
    rules = {signal.rule for signal in found(ragged.replace(LONG, short))}
    assert "text_broken" not in rules


def test_a_blank_line_inside_a_status_is_told_where_blank_lines_part_paragraphs() -> None:
    text = SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.\n", LONG)
    text = text.replace("completato\n", "percorsi in corso con le scuole\n\nper finalità sociali\n")
    assert "a blank line parts a sentence" in " ".join(signal.message for signal in found(text))
    everywhere = text.replace("\n", "\n\n")
    assert "a blank line" not in " ".join(signal.message for signal in found(everywhere))


def test_the_end_of_a_lists_item_that_is_read_as_a_paragraph_is_told() -> None:
    items = "Il sito offre:\n\na. un elenco;\n\nb. mappe (di sistema) e il Portale\nUnico;\n"
    text = SHEET.replace("Il sito del programma racconta i progetti.\n", items)
    assert "the end of a sentence" in " ".join(signal.message for signal in found(text))
    whole = text.replace("Portale\nUnico;", "Portale Unico;")
    assert found(whole) == []


@pytest.mark.parametrize(
    ("rest", "told"), [("baldi 7", True), ("Baldi 7", False), ("nei 7", False)]
)
def test_a_word_that_a_cell_broke_without_a_hyphen_is_told(rest: str, told: bool) -> None:
    printed = f"L’asilo di via Garibaldi apre.\nvia Gari\n{rest}"
    made = document(
        SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.", printed)
    )
    lines = [
        line._replace(cell=(0, 0, 0)) if line.text in ("via Gari", rest) else line
        for line in made.lines
    ]
    made = replace(made, lines=lines)
    said = " ".join(each.message for each in findings(parse_report(made), made, PACKAGED))
    assert ("without a hyphen" in said) is told


@pytest.mark.parametrize(("more", "told"), [(" Le famiglie", True), (" e famiglie", False)])
def test_a_title_that_goes_on_behind_the_end_of_others_is_told(more: str, told: bool) -> None:
    sheets = "".join(
        f"MI1.1.1.{letter} - Rete {letter} – Servizi alle persone{more if letter == 'c' else ''}\n"
        "La rete unisce le scuole del quartiere.\nRisorse PON METRO € 50.000,00\n"
        "Stato di attuazione: in corso\n\n"
        for letter in "abcd"
    )
    said = " ".join(each.message for each in found(f"Progetto 1 – Rete\n\n{sheets}"))
    assert ("with which others end" in said) is told


def test_a_full_line_under_a_project_that_goes_on_nowhere_is_told() -> None:
    projects = "".join(
        f"Progetto {number} – Rete {number}\n\nMI1.1.1.{letter} - Rete {number} – Servizi\n{LONG}"
        "Risorse PON METRO € 50.000,00\nStato di attuazione: in corso\n\n"
        for number, letter in enumerate("abcd", 1)
    )
    assert found(projects) == []
    line = LONG.splitlines()[0]
    damaged = projects.replace("Rete 3\n\n", f"Rete 3\n\n{line}\n\n", 1)
    assert "text_broken" in {signal.rule for signal in found(damaged)}


def test_a_number_alone_at_a_pages_edge_that_is_read_as_text_is_told() -> None:
    first, second = SHEET.split("Assistenza tecnica\n", 1)
    text = f"{first}\n\n1\n\fAssistenza tecnica\n{second}"
    assert "stray_text" in {signal.rule for signal in found(text)}


def test_a_block_with_a_link_that_is_printed_twice_is_told() -> None:
    printed = "in corso, conclusione nella seconda\nmetà del 2023\nhttps://comune.example.it/rete\n"
    text = SHEET.replace("in corso\n\nMI5.1.1.b", f"{printed}\nMI5.1.1.b")
    assert "repeated_line" not in {signal.rule for signal in found(text)}
    again = text.replace(
        "rete\n\nMI5.1.1.b", "rete\n\fmetà del 2023\nhttps://comune.example.it/rete\n\nMI5.1.1.b"
    )
    assert "repeated_line" in {signal.rule for signal in found(again)}


def test_headings_left_whole_in_a_text_that_is_broken_are_no_damage() -> None:
    sheets = "".join(
        f"MI4.1.1.{letter} - Riqualificazione di spazi per attività sociali nel quartiere {name}\n"
        + "".join(
            f"Si recupera il bene {at} di {name} che\nospita servizi per le famiglie.\n"
            for at in range(24)
        )
        + "Risorse PON METRO € 100.000,00\nStato di attuazione: concluso\n"
        for letter, name in zip(
            "abcdef", ("Uno", "Due", "Tre", "Sei", "Sette", "Otto"), strict=True
        )
    )
    text = f"Progetto 1 – Spazi\n{sheets}"
    assert not [each for each in found(text) if "far longer" in each.message]


def test_a_line_far_longer_than_the_others_is_told() -> None:
    text = SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.\n", LONG * 4)
    text = text.replace(f"{LONG}{LONG}", LONG + LONG.replace("scuole", "piazze"))
    lines = text.splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if line.startswith("un luogo"))
    joined = "".join([*lines[:at], lines[at].rstrip() + " ", *lines[at + 1 :]])
    reason = "far longer than all others"
    assert not [each for each in found(text) if reason in each.message]
    assert [each for each in found(joined) if reason in each.message]


def test_a_sentence_in_the_place_of_a_sum_is_told_and_who_bears_a_cost_is_not() -> None:
    sentence = "Le opere riducono i consumi e migliorano la qualità dell’aria."
    for value, told in ((sentence, True), ("A carico dell’aggiudicatario della gara.", False)):
        text = SHEET.replace("Risorse PON METRO € 50.000,00", f"Risorse PON METRO\n{value}")
        assert ("stray_text" in {signal.rule for signal in found(text)}) is told


@pytest.mark.parametrize(("below", "told"), [(0.0, True), (12.0, False)])
def test_a_short_line_in_the_place_of_another_is_a_copy(below: float, told: bool) -> None:
    read = document(SHEET.replace("racconta i progetti.", "è in via Verdi n.\n166\n166"))
    at = next(line.number for line in read.lines if line.text == "166")
    tops = {number: 12.0 * number for number in range(1, len(read.lines) + 1)}
    tops[at + 1] = tops[at] + below
    lines = [
        line._replace(page=1, box=Box(50, tops[line.number], 500, tops[line.number] + 10), size=10)
        for line in read.lines
    ]
    drawn = replace(read, lines=lines, pages=1)
    rules = {signal.rule for signal in findings(parse_report(drawn), drawn, PACKAGED)}
    assert ("repeated_line" in rules) is told


@pytest.mark.parametrize(
    "word", ["Abba Cede ", "progetto avviato ", "https://a.it/b ", "via Roma "]
)
@pytest.mark.parametrize("place", ["Le famiglie ricevono", " – Accompagnamento\n"])
def test_a_line_of_a_whole_book_is_gone_through_once(word: str, place: str) -> None:
    text = SHEET.replace(place, f" {word * (100_000 // len(word))}{place}")
    start = time.process_time()
    found(text)
    # Gone through once for each word it takes four seconds and more.
    assert time.process_time() - start < 3


def test_a_source_that_ends_before_its_first_action() -> None:
    (signal,) = found("Progetto 1 – Abitare sociale\n\nProgetto rinviato al 2023.\n")
    assert (signal.rule, signal.line) == ("text_broken", 3)


@pytest.mark.parametrize(
    ("printed", "rules"),
    [
        (["vedi https://www.example.it/la"], ["text_broken"]),
        (["vedi https://www.example.it/la", "casa e altro"], []),
        (["vedi https://www.example.it/lacas", "a Milano si apre"], ["text_broken"]),
        (["vedi https://www.example.it/lacas", "a"], []),
        (["vedi https://www.example.it/la-casa"], ["link_not_printed"]),
        (["vedi www.example.it"], ["link_not_printed"]),
        (["vedi https://www.example.it/", "lacasa/"], []),
        (["vedi la pagina"], ["link_not_printed"]),
    ],
)
def test_a_printed_address_that_ends_before_the_one_it_links_to(
    printed: list[str], rules: list[str]
) -> None:
    lines = [
        Line(number, 1, text, Box(50.0, 20.0 * number, 300.0, 20.0 * number + 10), 10.0, False)
        for number, text in enumerate([*SHEET.splitlines(), *printed], 1)
    ]
    made = Document(lines, 1, "test", "application/pdf")
    box = next(line.box for line in lines if line.text.startswith("vedi"))
    assert box is not None
    made.links = [LinkAnnotation(1, "https://www.example.it/lacasa", box)]
    told = [
        signal.rule
        for signal in findings(parse_report(made), made, PACKAGED)
        if "www.example.it/lacasa" in signal.text
    ]
    assert told == rules
