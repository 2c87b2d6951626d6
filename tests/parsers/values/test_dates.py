"""Dates in Italian prose: what is one, which days it means, where its text begins."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values import ValueProblem, dates
from parsers.vocabulary import PACKAGED, Vocabulary

MONTHS = [names[0] for names in PACKAGED["dates"]["months"]]


def texts(prose: str) -> list[str]:
    return [prose[found.start : found.end] for found in dates.find(prose)]


def days(text: str) -> tuple[str | None, str | None]:
    value = dates.parse(text)
    return (
        value.date_from.isoformat() if value.date_from else None,
        value.date_to.isoformat() if value.date_to else None,
    )


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("01/05/25", "2025-05-01", "2025-05-01", "day"),
        ("18.12.2017", "2017-12-18", "2017-12-18", "day"),
        ("18-12-2017", "2017-12-18", "2017-12-18", "day"),
        ("2017-12-18", "2017-12-18", "2017-12-18", "day"),
        ("8 APRILE 2020", "2020-04-08", "2020-04-08", "day"),
        ("1° gennaio 2022", "2022-01-01", "2022-01-01", "day"),
        ("1º gennaio 2022", "2022-01-01", "2022-01-01", "day"),
        ("primo gennaio 2022", "2022-01-01", "2022-01-01", "day"),
        ("29 febbraio 2020", "2020-02-29", "2020-02-29", "day"),
        ("febbraio 2021", "2021-02-01", "2021-02-28", "month"),
        ("febbraio 2020", "2020-02-01", "2020-02-29", "month"),
        ("feb. 2021", "2021-02-01", "2021-02-28", "month"),
        ("gen-22", "2022-01-01", "2022-01-31", "month"),
        ("dicembre ’22", "2022-12-01", "2022-12-31", "month"),
        ("mese di maggio 2023", "2023-05-01", "2023-05-31", "month"),
        ("maggio del 2023", "2023-05-01", "2023-05-31", "month"),
        ("II trimestre 2023", "2023-04-01", "2023-06-30", "quarter"),
        ("terzo trimestre del 2023", "2023-07-01", "2023-09-30", "quarter"),
        ("ultimo trimestre dell’anno 2023", "2023-10-01", "2023-12-31", "quarter"),
        ("Q1 2023", "2023-01-01", "2023-03-31", "quarter"),
        ("primo semestre 2023", "2023-01-01", "2023-06-30", "half"),
        ("2° semestre 2023", "2023-07-01", "2023-12-31", "half"),
        ("prima metà del 2022", "2022-01-01", "2022-06-30", "half"),
        ("SECONDA META' DEL 2022", "2022-07-01", "2022-12-31", "half"),
        ("primavera 2022", "2022-03-01", "2022-05-31", "season"),
        ("estate del 2022", "2022-06-01", "2022-08-31", "season"),
        ("autunno 2022", "2022-09-01", "2022-11-30", "season"),
        ("inverno 2022-2023", "2022-12-01", "2023-02-28", "season"),
        ("inverno 2023/24", "2023-12-01", "2024-02-29", "season"),
        ("2020", "2020-01-01", "2020-12-31", "year"),
        ("anno 2021", "2021-01-01", "2021-12-31", "year"),
        ("inizio 2023", "2023-01-01", "2023-03-31", "part_of_year"),
        ("primi mesi del 2023", "2023-01-01", "2023-03-31", "part_of_year"),
        ("metà 2023", "2023-04-01", "2023-09-30", "part_of_year"),
        ("fine anno 2023", "2023-10-01", "2023-12-31", "part_of_year"),
        ("inizio maggio 2022", "2022-05-01", "2022-05-10", "part_of_month"),
        ("metà maggio 2022", "2022-05-11", "2022-05-20", "part_of_month"),
        ("fine maggio 2022", "2022-05-22", "2022-05-31", "part_of_month"),
        ("fine febbraio 2022", "2022-02-19", "2022-02-28", "part_of_month"),
        ("dal 2019 al 2021", "2019-01-01", "2021-12-31", "range"),
        ("tra marzo e giugno 2022", "2022-03-01", "2022-06-30", "range"),
        ("da marzo a giugno 2022", "2022-03-01", "2022-06-30", "range"),
        ("febbraio-marzo 2022", "2022-02-01", "2022-03-31", "range"),
        ("gennaio, febbraio e marzo 2022", "2022-01-01", "2022-03-31", "range"),
        ("dal 12 al 15 maggio 2022", "2022-05-12", "2022-05-15", "range"),
        ("12-13 maggio 2022", "2022-05-12", "2022-05-13", "range"),
        ("dal 1 dicembre 2021 al 31 marzo 2022", "2021-12-01", "2022-03-31", "range"),
        ("dal primo al terzo trimestre 2023", "2023-01-01", "2023-09-30", "range"),
        ("tra fine 2022 e inizio 2023", "2022-10-01", "2023-03-31", "range"),
        ("anni 2019 e 2020", "2019-01-01", "2020-12-31", "range"),
        ("tra il 2020 e il 2022", "2020-01-01", "2022-12-31", "range"),
        ("entro il 31 dicembre 2023", None, "2023-12-31", "day"),
        ("entro e non oltre il 30/06/2023", None, "2023-06-30", "day"),
        ("entro giugno 2023", None, "2023-06-30", "month"),
        ("entro fine ottobre 2023", None, "2023-10-31", "part_of_month"),
        ("entro metà 2023", None, "2023-06-30", "part_of_year"),
        ("entro la primavera del 2023", None, "2023-05-31", "season"),
        ("entro 2023", None, "2023-12-31", "year"),
        ("fino al 2022", None, "2022-12-31", "year"),
        ("prima dell’estate 2023", None, "2023-05-31", "season"),
        ("dal 2022", "2022-01-01", None, "year"),
        ("a partire da gennaio 2023", "2023-01-01", None, "month"),
        ("dall’autunno 2022", "2022-09-01", None, "season"),
        ("dopo l’estate 2022", "2022-09-01", None, "season"),
    ],
)
def test_meaning(text: str, first: str | None, last: str | None, precision: str) -> None:
    assert days(text) == (first, last)
    assert dates.parse(text).precision == precision
    assert not dates.parse(text).ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "31 dicembre",
        "ottobre",
        "inverno 2022",
        "entro fine ottobre",
        "entro l’anno",
        "fine anno",
        "novembre-gennaio 2023",
        "dal 2022 al 2020",
        "da ottobre 2021 a marzo",
    ],
)
def test_what_does_not_say_its_days_is_ambiguous(text: str) -> None:
    assert dates.parse(text).ambiguous
    assert days(text) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "31 febbraio 2022",
        "30/13/2022",
        "32 gennaio",
        "29/02/2021",
        "",
        "a breve",
        "2020 e poi",
        "5",
    ],
)
def test_no_value(text: str) -> None:
    assert not dates.is_valid(text)
    with pytest.raises(ValueProblem):
        dates.parse(text)


@pytest.mark.parametrize(
    "prose",
    [
        "da concludere entro 12 mesi dal 1° marzo 2023",
        "la consegna avviene 6 mesi dopo il 1° marzo 2023",
        "nei primi due mesi del 2023",
        "nei primi quattro mesi del 2023.",
    ],
)
def test_a_date_that_a_span_is_counted_from_says_no_days(prose: str) -> None:
    assert [found.value[:2] for found in dates.find(prose)] == [(None, None)]


def test_a_span_that_starts_on_a_date_says_its_day() -> None:
    (found,) = dates.find("il servizio è attivo per 12 mesi dal 1° marzo 2023")
    assert str(found.value.date_from) == "2023-03-01"


@pytest.mark.parametrize("end", ["", ".", ";", ")", " e oltre"])
@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("nel 2021/22", "2021-01-01", "2022-12-31"),
        ("nel triennio 2021-23", "2021-01-01", "2023-12-31"),
        ("annualità 2021-2022-2023", "2021-01-01", "2023-12-31"),
        ("il 10/20 maggio 2023", "2023-05-10", "2023-05-20"),
        ("il 10, 15 e 20 maggio 2023", "2023-05-10", "2023-05-20"),
        ("nei primi sei mesi del 2023", "2023-01-01", "2023-06-30"),
        ("negli ultimi 3 mesi del 2023", "2023-10-01", "2023-12-31"),
        ("nel IIº trimestre 2023", "2023-04-01", "2023-06-30"),
        ("nel T3 2023", "2023-07-01", "2023-09-30"),
        ("nel III trim 2023", "2023-07-01", "2023-09-30"),
    ],
)
def test_a_phrase_is_read_whole_at_a_sentence_s_end(
    phrase: str, first: str, last: str, end: str
) -> None:
    (found,) = dates.find(f"Lavori avviati {phrase}{end}")
    assert (str(found.value.date_from), str(found.value.date_to)) == (first, last)


@pytest.mark.parametrize("text", ["il 31 febbraio 2022", "il 30/13/2022"])
def test_an_impossible_day_in_prose_is_reported(text: str) -> None:
    (found,) = dates.find(text)
    assert found.value.ambiguous
    assert found.value.date_from is None
    assert found.value.date_to is None


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("è prevista per la prima metà del 2022.", ["prima metà del 2022"]),
        ("lavori iniziati a febbraio 2021", ["febbraio 2021"]),
        ("prevista la conclusione a fine 2023", ["fine 2023"]),
        ("inizio lavori previsto per primavera 2022", ["primavera 2022"]),
        ("Nel 2020, parte delle risorse", ["2020"]),
        ("nel corso del 2022 e nell'anno 2023", ["2022", "anno 2023"]),
        ("da concludere entro il 31 dicembre 2023", ["entro il 31 dicembre 2023"]),
        ("attivo dal 2019 al 2021", ["dal 2019 al 2021"]),
        ("entro la data del 31/12/2022", ["entro la data del 31/12/2022"]),
        ("nell’autunno del 2021", ["autunno del 2021"]),
        ("i dati del 2019", ["2019"]),
        ("entro fine ottobre, poi a novembre", ["entro fine ottobre", "novembre"]),
        ("a febbraio2021 e nel2022", ["febbraio2021", "2022"]),
        ("nel dicembre 2021 e a marzo 2022", ["dicembre 2021", "marzo 2022"]),
        ("concluso lo scorso ottobre", ["ottobre"]),
        ("nel mese di dicembre", ["mese di dicembre"]),
        ("nel 2019, nel 2020 e nel 2021", ["2019", "2020", "2021"]),
        ("in aprile, maggio, giugno 2022", ["aprile, maggio, giugno 2022"]),
        ("nel II° trimestre 2022", ["II° trimestre 2022"]),
        ("per tutto il 2022", ["2022"]),
        ("a cavallo tra 2022 e 2023", ["tra 2022 e 2023"]),
        ("delibera n. 12 del 12 marzo 2018", ["12 marzo 2018"]),
    ],
)
def test_text_begins_at_the_first_word_of_date_or_limit(prose: str, expected: list[str]) -> None:
    assert texts(prose) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "PON Metro 2014-2020 e periodo di programmazione 2021-2027",
        "nel periodo 2014-2020",
        "Regolamento (UE) n. 1303/2013, L. 241/1990, D.Lgs. 50/2016",
        "delibera n. 12 del 2018",
        "il bando pubblico del 2018",
        "Covid-19, Eurovelo 5, linea M4, Agenda 2030, Expo 2015",
        "€ 10.042.017,00 e 40.2020",
        "in via 25 Aprile 3, Biblioteca 8 Marzo, piazza IV Novembre 10",
        "a breve, non appena possibile, a seguito di avviso",
        "entro 60 giorni, entro 2000 metri, fino a 2000 euro",
        "da 2000 a 2500 famiglie",
        "negli anni 2010, da anni, dopo mesi",
        "nell’anno scolastico 2022/2023",
        "nel primo trimestre di attività",
        "max 2-3 anni, 300 - 400 metri, 4 mensilità",
        "MI4.2.1.a e MI 4.1.20",
        "maggio e una via, di marzo",
        "la prima metà del percorso",
    ],
)
def test_no_dates(prose: str) -> None:
    assert texts(prose) == []


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("lavori iniziati a febbraio 2021", "actual"),
        ("Consegna lavori avvenuta il 3/10/2022", "actual"),
        ("Consegna lavori che sarà avvenuta il 3/10/2022", "planned"),
        ("gara in corso di affidamento e inizio lavori previsto per primavera 2022", "planned"),
        ("conclusa la terza e ultima raccolta fondi a fine 2021", "actual"),
        ("lavori in procinto di essere avviati; prevista la conclusione a fine 2023", "planned"),
        (
            "i lavori sono stati eseguiti, la consegna è prevista per la prima metà del 2022",
            "planned",
        ),
        ("Nel 2020, parte delle risorse del progetto sono state destinate a misure", "actual"),
        ("è stata completata. Si prevede di bandire la gara nella prima metà del 2022", "planned"),
        ("i lavori saranno completati a fine 2023", "planned"),
        ("SARA’ COMPLETATO A FINE 2023", "planned"),
        ("lavori completati entro il 31 dicembre 2021", "actual"),
        ("lavori completati, collaudo entro il 31 dicembre 2023", "planned"),
        ("lavori in corso, fine lavori dicembre 2022", "planned"),
        ("lavori in corso da marzo 2021", "actual"),
        ("il progetto, avviato nel 2020, sarà completato presto", "actual"),
        ("il progetto, avviato tempo fa, sarà completato nel 2023", "planned"),
        ("la gara è stata aggiudicata e nel 2023 inizieranno i lavori", "planned"),
        ("le attività previste sono state concluse a maggio 2022", "actual"),
        ("scadenza prorogata al 31 dicembre 2023", "planned"),
        ("contratto firmato il 12/03/2021, lavori da avviare", "actual"),
        ("entro il 2023", "planned"),
        ("i lavori dovrebbero concludersi nell'estate 2023", "planned"),
    ],
)
def test_modality_is_that_of_the_nearest_predicate(clause: str, expected: str) -> None:
    (found,) = dates.find(clause)
    assert dates.modality(clause, found) == expected


def test_words_come_from_the_vocabulary() -> None:
    assert texts("nel lockdown, a vendemmia 2022") == []
    taught = Vocabulary({"dates": {"seasons": {"vendemmia": 9}}})
    prose = "nel lockdown, a vendemmia 2022"
    (found,) = dates.find(prose, taught)
    assert found.value.date_from == date(2022, 9, 1)


DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@given(DAYS, st.sampled_from("/.-"))
def test_a_printed_day_reads_back(day: date, mark: str) -> None:
    value = dates.DateInterval(day, day, "day")
    assert dates.parse(day.strftime(f"%d{mark}%m{mark}%Y")) == value
    assert dates.parse(day.strftime(f"%d{mark}%m{mark}%y")) == value
    assert dates.parse(f"{day.day} {MONTHS[day.month - 1]} {day.year}") == value


@given(DAYS)
def test_a_printed_month_and_its_limits_read_back(day: date) -> None:
    first = day.replace(day=1)
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    month = f"{MONTHS[day.month - 1]} {day.year}"
    assert dates.parse(month) == dates.DateInterval(first, last, "month")
    assert dates.parse(f"entro {month}") == dates.DateInterval(None, last, "month")
    assert dates.parse(f"da {month}") == dates.DateInterval(first, None, "month")


@given(DAYS, DAYS)
def test_a_printed_range_reads_back_or_is_ambiguous(one: date, other: date) -> None:
    value = dates.parse(f"dal {one:%d/%m/%Y} al {other:%d/%m/%Y}")
    assert value.precision == "range"
    if one <= other:
        assert (value.date_from, value.date_to) == (one, other)
    else:
        assert value.ambiguous


PIECES = (
    "gennaio|febbraio|marzo|aprile|gen|set.|2020|2021|22|1°|31|12|01/02/2022|2/2022|entro|il|"
    "dal|al|a|e|-|/|,|.|’|del|nel|nell'anno|prima|metà|fine|inizio|primo|trimestre|semestre|"
    "estate|inverno|tra|fra|fino a|mese di|anni|lavori|via|n.|I|Q1|dopo"
)
WORDS = st.lists(st.sampled_from(PIECES.split("|")), max_size=14)


@given(WORDS.map(" ".join) | WORDS.map("".join) | st.text(max_size=60))
def test_spans_are_in_order_and_read_back(prose: str) -> None:
    done = 0
    for found in dates.find(prose):
        assert done <= found.start < found.end <= len(prose)
        done = found.end
        text = prose[found.start : found.end]
        assert dates.modality(prose, found) in ("actual", "planned")
        if dates.is_valid(text):
            assert dates.parse(text) == found.value
        else:
            assert found.value.ambiguous


@given(st.text(max_size=40))
def test_only_a_value_problem_escapes(text: str) -> None:
    assert dates.is_valid(text) in (True, False)


@pytest.mark.parametrize(
    ("prose", "first", "last"),
    [
        ("riaperti i termini fino alle ore 12.00 del 15 luglio 2024", None, date(2024, 7, 15)),
        ("offerte entro le ore 9:30 del 15/07/2024", None, date(2024, 7, 15)),
        ("iscrizioni dalle ore 9 del 3 maggio 2022", date(2022, 5, 3), None),
    ],
)
def test_the_hour_of_a_limit_is_none_of_its_date(
    prose: str, first: date | None, last: date | None
) -> None:
    (found,) = dates.find(prose)
    assert (found.value.date_from, found.value.date_to) == (first, last)
