"""Street addresses in captions and prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values import ValueProblem, addresses
from parsers.vocabulary import Vocabulary


def texts(text: str, *, listing: bool = False) -> list[str]:
    return [text[found.start : found.end] for found in addresses.find(text, listing=listing)]


@pytest.mark.parametrize(
    ("text", "street", "name", "number"),
    [
        ("via P. L. Monti n. 18 a-b", "via", "P. L. Monti", "18 a-b"),
        ("via P. L. Monti n. 20 a", "via", "P. L. Monti", "20 a"),
        ("Via Pistoiese 122 rosso", "via", "Pistoiese", "122 rosso"),
        ("via Roma civ. 3/bis", "via", "Roma", "3/bis"),
        ("Salita Inf. San Rocchino 12 r", "salita", "Inf. San Rocchino", "12 r"),
        ("Via Ravagnese Sup. 111", "via", "Ravagnese Sup.", "111"),
        ("Viale San Martino is. 73", "viale", "San Martino", "73"),
        ("Vico 3° Duomo 5", "vico", "3° Duomo", "5"),
        ("Lungo Po Antonelli 21", "lungopo", "Antonelli", "21"),
        ("Corte Colonne 1310", "corte", "Colonne", "1310"),
        ("via Palmanova 59 negozio", "via", "Palmanova", "59"),
        ("Largo Boccioni 10", "largo", "Boccioni", "10"),
        ("via F.lli Zoia 105", "via", "F.lli Zoia", "105"),
        ("via Alex Visconti 24 A/F", "via", "Alex Visconti", "24 A/F"),
        ("v.le Ortles n. 69", "viale", "Ortles", "69"),
        ("via A. da Baggio n. 50", "via", "A. da Baggio", "50"),
        ("via Pucci n.3", "via", "Pucci", "3"),
        ("via De Lemene 51/55", "via", "De Lemene", "51/55"),
        ("P.zza XXV Aprile, 2", "piazza", "XXV Aprile", "2"),
        ("via 25 Aprile 3", "via", "25 Aprile", "3"),
        ("piazza 8 novembre 1917 n. 4", "piazza", "8 novembre 1917", "4"),
        ("c.so Vittorio Emanuele II, 30", "corso", "Vittorio Emanuele II", "30"),
        ("P.le Loreto n° 12 bis", "piazzale", "Loreto", "12 bis"),
        ("via dell’Orso 10/A", "via", "dell’Orso", "10/A"),
        ("via SS. Cosma e Damiano 7-9", "via", "SS. Cosma e Damiano", "7-9"),
        ("VIA A. MANZONI N. 12/B", "via", "A. MANZONI", "12/B"),
        ("alzaia Naviglio Grande snc", "alzaia", "Naviglio Grande", "snc"),
        ("via Roma nn. 12, 14 e 16", "via", "Roma", "12, 14 e 16"),
        ("via Monte Napoleone 8 scala B", "via", "Monte Napoleone", "8"),
        ("via Padova", "via", "Padova", None),
        ("lungotevere dei Mellini 5", "lungotevere", "dei Mellini", "5"),
    ],
)
def test_parts(text: str, street: str, name: str, number: str | None) -> None:
    assert addresses.parse(text) == addresses.Address(street, name, number)


@pytest.mark.parametrize("text", ["", "via", "Milano", "via Pianell 15, Milano", "in via Pucci 3"])
def test_no_value(text: str) -> None:
    assert not addresses.is_valid(text)
    with pytest.raises(ValueProblem):
        addresses.parse(text)


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("Casa Jannacci in v.le Ortles n. 69 (manutenzione straordinaria);", ["v.le Ortles n. 69"]),
        (
            "Docce in via A. da Baggio n. 50 e in via Pucci n.3 (ristrutturazione)",
            ["via A. da Baggio n. 50", "via Pucci n.3"],
        ),
        ("Via Pianell 15, Milano", ["Via Pianell 15"]),
        ("in via Padova 15 a Milano", ["via Padova 15"]),
        ("da via Padova 20 a via Roma 30", ["via Padova 20", "via Roma 30"]),
        ("presso Largo Treves 1, 20121 Milano", ["Largo Treves 1"]),
        ("via Roma 12, 20 alloggi", ["via Roma 12"]),
        ("via Padova 12 d’intesa con", ["via Padova 12"]),
        ("sito in piazza Garibaldi snc.", ["piazza Garibaldi snc"]),
        ("LAVORI IN VIA PADOVA N. 15 E ALTRI", ["VIA PADOVA N. 15"]),
        ("presso Via Pianell15,Milano", ["Via Pianell15"]),
        ("in via Monti n. 18 a-b, aperta", ["via Monti n. 18 a-b"]),
        ("in via Monti n. 18 a\u2011b, aperta", ["via Monti n. 18 a\u2011b"]),
        ("in via Monti 3\u20115", ["via Monti 3\u20115"]),
    ],
)
def test_in_prose(prose: str, expected: list[str]) -> None:
    assert texts(prose) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "una cascina in via De Lemene di proprietà del Comune",
        "fra piazza Napoli e il parco di via Odazio",
        "fermate in via Segneri e largo Gelsomini",
        "in via sperimentale, di due sportelli",
        "in via prioritaria e, eventualmente, in 3 quartieri",
        "corso di formazione 3, largo uso 2, in corso 12 interventi",
        "IN VIA SPERIMENTALE 3, CORSO DI FORMAZIONE 3",
        "LAVORI IN VIA PADOVA E RIFACIMENTO DI 12 ALLOGGI",
        "in via Padova nel 2020, via Padova 2022, via Padova 15 marzo 2022",
        "in via Padova 28 stazioni, via Padova 1.200 mq, via Padova 3° piano",
        "Via Roma. Il 2 maggio",
        "Strada Provinciale 35, via PEC 3, in corso Progetto 7",
    ],
)
def test_prose_without_a_house_number_has_none(prose: str) -> None:
    assert texts(prose) == []


def test_a_list_needs_no_house_number_and_no_marks_between() -> None:
    assert texts("via Padova, viale Monza e corso Sempione", listing=True) == [
        "via Padova",
        "viale Monza",
        "corso Sempione",
    ]
    run = "via P. L. Monti n. 20 a via Capuana 7 portineria via Capuana 7 negozio"
    assert texts(run, listing=True) == [
        "via P. L. Monti n. 20 a",
        "via Capuana 7 portineria",
        "via Capuana 7 negozio",
    ]
    assert texts("Borgo Panigale, Rione Sanità", listing=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "Via Pianell 15, Milano",
        "Via Pianell 15 - 20159 Milano (MI)",
        "via Capuana 7 portineria",
        "via Padova 3, via Roma 5 e piazza Duomo 2",
        "Cascina di via De Lemene 51/55",
        "Casa di accoglienza Jannacci in v.le Ortles n. 69 (manutenzione straordinaria);",
        "Docce pubbliche in via A. da Baggio n. 50 e in via Pucci n.3 (ristrutturazione);",
        "Unità immobiliari",
        "LOCALIZZAZIONE:",
        "Quartieri interessati: Gorla, Niguarda",
    ],
)
def test_places_only(text: str) -> None:
    assert addresses.is_place_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Il progetto riguarda una cascina in via De Lemene 51",
        "Casa della salute che sorge in via Roma 3",
        "via Roma 3 verrà ristrutturata",
        "Riqualificazione di via Padova",
        "Itinerario ciclabile - Corso Sempione 3",
        "Quartieri connessi",
        "Sedi operative in costruzione",
    ],
)
def test_sentences_and_titles_are_no_places(text: str) -> None:
    assert not addresses.is_place_only(text)


def test_words_come_from_the_vocabulary() -> None:
    taught = Vocabulary({"addresses": {"types": {"carruggio": ["carruggio", "carr."]}}})
    (found,) = addresses.find("in carr. Lungo 4", listing=False, vocabulary=taught)
    assert found.value == addresses.Address("carruggio", "Lungo", "4")
    assert texts("in carr. Lungo 4") == []


PIECES = (
    "via|Via|VIA|v.le|corso|Corso|Padova|PADOVA|P.|F.lli|da|De|15|2020|a|e|b|/|-|,|n.|snc|bis|"
    "negozio|scala|XXV|aprile|25|Milano|(|)|.|’|dell’|alloggi|Cascina|in"
)
WORDS = st.lists(st.sampled_from(PIECES.split("|")), max_size=14)


@given(WORDS.map(" ".join) | WORDS.map("".join) | st.text(max_size=60), st.booleans())
def test_spans_are_in_order_and_read_back(text: str, listing: bool) -> None:
    done = 0
    for found in addresses.find(text, listing=listing):
        assert done <= found.start < found.end <= len(text)
        done = found.end
        assert found.value.street_name in text[found.start : found.end]
        assert found.value.house_number is None or listing or found.value.house_number
    assert addresses.is_place_only(text) in (True, False)


@given(
    st.sampled_from(["via", "viale", "piazza", "corso"]),
    st.sampled_from(["Padova", "P. L. Monti", "della Repubblica", "De Lemene"]),
    st.integers(1, 999).map(str).flatmap(lambda n: st.sampled_from([n, n + "/A", n + " bis"])),
    st.sampled_from([" ", ", ", " n. ", " n.", " civico "]),
)
def test_a_printed_address_reads_back(street: str, name: str, number: str, mark: str) -> None:
    text = f"{street} {name}{mark}{number}"
    assert addresses.parse(text) == addresses.Address(street, name, number)


@pytest.mark.parametrize(
    ("prose", "address", "house"),
    [
        ("in via Pianell al civico 15 e altrove", "via Pianell al civico 15", "15"),
        ("in via Pianell ai nn. 15-17", "via Pianell ai nn. 15-17", "15-17"),
        ("gli alloggi di via Pianell 15,17 sono pronti", "via Pianell 15,17", "15,17"),
        ("Via Pianell 12, 14 e 16 sono pronte", "Via Pianell 12, 14 e 16", "12, 14 e 16"),
        ("in via Pianell 12, 14 alloggi sono pronti", "via Pianell 12", "12"),
        ("Via Pianell 3, 1.250 euro", "Via Pianell 3", "3"),
    ],
)
def test_house_numbers_in_prose(prose: str, address: str, house: str) -> None:
    (found,) = addresses.find(prose, listing=False)
    assert (prose[found.start : found.end], found.value.house_number) == (address, house)


@pytest.mark.parametrize("prose", ["spesa in via Roma 12,50 euro", "da via Roma 3,4 milioni"])
def test_a_sum_behind_a_street_is_no_house(prose: str) -> None:
    assert not list(addresses.find(prose, listing=False))
