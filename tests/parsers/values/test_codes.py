"""Action codes in every spelling, and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values import codes
from parsers.vocabulary import PACKAGED, Vocabulary

CITIES = sorted(PACKAGED["cities"])


def mentioned(text: str, city: str | None = None) -> list[str]:
    return [found.value.canonical for found in codes.find(text, city=city)]


def heading(text: str, city: str | None = None) -> tuple[str, str, str] | None:
    """The canonical code, the code as printed and the title of a heading."""
    found = codes.find_heading(text, city=city)
    if found is None:
        return None
    title = text[codes.after_heading(text, found.end) :]
    return found.value.canonical, text[found.start : found.end], title


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("MI4.1.1.a", "MI4.1.1.a"),
        ("MI.4.2.1.b", "MI4.2.1.b"),
        ("RC.3.1.1.b", "RC3.1.1.b"),
        ("MI 4.2.1.a", "MI4.2.1.a"),
        ("BA1.1.1a", "BA1.1.1.a"),
        ("Ba2.2.1a", "BA2.2.1.a"),
        ("ba2.2.2.a", "BA2.2.2.a"),
        ("BO1.1.3.1.A", "BO1.1.3.1.a"),
        ("BO4.4.11.1.a", "BO4.4.11.1.a"),
        ("MI\u00a04.1.1.b", "MI4.1.1.b"),
        ("MI\u202f4.1.1.b", "MI4.1.1.b"),
        ("MI\u200b4.1.\u200b1.b", "MI4.1.1.b"),
        ("MI\n4.1.1.b", "MI4.1.1.b"),
        ("MI4.1.\n1.b", "MI4.1.1.b"),
        ("M I 4 . 1 . 1 . a", "MI4.1.1.a"),
        ("MI 4.1.1 e", "MI4.1.1.e"),
        ("  MI4.1.1.a  ", "MI4.1.1.a"),
        ("MI_4.1.1.a", "MI4.1.1.a"),
        ("NA1.1.1.aa", "NA1.1.1.aa"),
        ("LE4.1.1.a", "LE4.1.1.a"),
        ("POC BA I.3.1.e", "POC BA I.3.1.e"),
        ("POC\nBA I.3.1.e", "POC BA I.3.1.e"),
        ("POC_BA_I.3.1.E", "POC BA I.3.1.e"),
        ("BA I.3.1.e", "POC BA I.3.1.e"),
    ],
)
def test_spellings(printed: str, canonical: str) -> None:
    assert codes.parse(printed).canonical == canonical


@pytest.mark.parametrize("printed", ["3.3.1 A", "3.3.1.A", "3.3.1. A", "3.3.1A", "3.3.1a"])
def test_code_without_city_takes_the_given_one(printed: str) -> None:
    assert codes.parse(printed, city="VE").canonical == "VE3.3.1.a"
    with pytest.raises(codes.CodeProblem, match="without city"):
        codes.parse(printed)


@pytest.mark.parametrize(
    "text",
    [
        "", "MI", "MI4.1.1", "6.1.4", "MI4.1.a", "MI4.1.1.1.1.a", "MI4.1.1.a.1", "MI4.1.1.a - Hub",
        "MI4.1.1.abc", "MI4.1.1.à", "MI4.1.1.il", "MI4.1.1.552", "Xx4.1.1.a", "XXX4.1.1.a",
        "MI4.1.1.a MI4.1.1.b", "MI٤.1.1.a", "POC BA I.3.1", "1.552.500,00", "18.12.2017",
    ],
)  # fmt: skip
def test_what_is_no_whole_code(text: str) -> None:
    assert not codes.is_valid(text, city="MI")


def test_parts_of_a_code() -> None:
    pon, pn = codes.parse("MI4.2.1.b"), codes.parse("MI3.2.8.3.b")
    poc = codes.parse("POC BA I.3.1.e")
    assert (pon.family, pon.city, pon.numbers, pon.letter) == ("pon", "MI", (4, 2, 1), "b")
    assert (pon.axis, pon.specific_objective) == (4, "4.2")
    assert (pn.family, pn.axis, pn.specific_objective) == ("pn", 3, "2.8")
    assert (poc.family, poc.city, poc.numbers, poc.letter) == ("poc", "BA", ("I", 3, 1), "e")
    assert (poc.axis, poc.specific_objective) == (None, None)


def test_cities_are_the_vocabulary() -> None:
    assert len(CITIES) == 14
    assert all(codes.is_known_city(codes.parse(f"{city}1.1.1.a")) for city in CITIES)
    lecce = codes.parse("LE1.1.1.a")
    assert not codes.is_known_city(lecce)
    taught = Vocabulary({"cities": {"LE": {"name": "Lecce"}}})
    assert codes.is_known_city(lecce, vocabulary=taught)
    assert codes.parse("le1.1.1.a", vocabulary=taught).canonical == "LE1.1.1.a"
    assert not codes.is_valid("le1.1.1.a")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("accompagnamento sociale (azione MI3.1.1.a).", ["MI3.1.1.a"]),
        ("la realizzazione (Azione MI 4.1.1.b) sarà", ["MI4.1.1.b"]),
        ("di cui all’azione MI1.1.1.a);", ["MI1.1.1.a"]),
        ("MI4.1.1.a, MI4.1.1.b e MI3.1.1.a.", ["MI4.1.1.a", "MI4.1.1.b", "MI3.1.1.a"]),
        ("MI2.2.4.a/MI3.1.1.a", ["MI2.2.4.a", "MI3.1.1.a"]),
        ("azioni MI\n4.1.1.b ed MI\n3.1.1.a", ["MI4.1.1.b", "MI3.1.1.a"]),
        ("azioneMI4.1.1.a", ["MI4.1.1.a"]),
        ("il progetto POC BA I.3.1.e e", ["POC BA I.3.1.e"]),
        # What only looks like a code.
        ("MI4.1.1 e MI3.1.1", []),
        ("AZIONI MI4.1.1 E MI3.1.1", []),
        ("linea 6.1.4 e linea 6.1.5", []),
        ("MI4.1.1 a cura di altri", []),
        ("azione MI4.1.1. A seguito della gara", []),
        ("azione MI4.1.1. A Milano il servizio", []),
        ("MI4.1.1 c.a 50 posti", []),
        ("MI4.1.1 n. 20 alloggi", []),
        ("MI4.1.1 e-commerce", []),
        ("€ 1.552.500,00 e 192.168.1.1 a", []),
        ("www.pnmetroplus.it/progetto?codice=MI2.2.4.b", []),
        ("https://www.comune.milano.it/MI2.2.4.b/", []),
        ("v. https://x.it/MI2.2.4.b e MI2.2.4.a", ["MI2.2.4.a"]),
        ("norma UE 1.2.3.a", []),
        ("MI3.1.1.a, b e c", ["MI3.1.1.a"]),
    ],
)
def test_mentions_in_running_text(text: str, canonical: list[str]) -> None:
    assert mentioned(text, "MI") == canonical


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("azione 3.3.1 A", ["VE3.3.1.a"]),
        ("azioni 3.3.1.a e 3.3.1.b", ["VE3.3.1.a", "VE3.3.1.b"]),
        ("le schede n. 3.3.1 A, 3.3.1 B e 3.3.1 C;", ["VE3.3.1.a", "VE3.3.1.b", "VE3.3.1.c"]),
        ("linee d’azione 2.2.1a/2.2.2a", ["VE2.2.1.a", "VE2.2.2.a"]),
        ("la versione 3.3.1.a del software", []),
        ("al paragrafo 3.3.1 A", []),
        ("azioni 6.1.4. e 6.1.5", []),
    ],
)
def test_mentions_without_city_need_a_word_for_action(text: str, canonical: list[str]) -> None:
    assert mentioned(text, "VE") == canonical
    assert mentioned(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MI4.1.1.a - Abitare", ("MI4.1.1.a", "MI4.1.1.a", "Abitare")),
        (" MI4.1.1.a – Abitare", ("MI4.1.1.a", "MI4.1.1.a", "Abitare")),
        ("MI2.2.4.a- Area", ("MI2.2.4.a", "MI2.2.4.a", "Area")),
        ("MI4.1.1.a: Abitare", ("MI4.1.1.a", "MI4.1.1.a", "Abitare")),
        ("MI4.1.1.a | “Abitare”", ("MI4.1.1.a", "MI4.1.1.a", "“Abitare”")),
        ("BA1.1.1a Titolo", ("BA1.1.1.a", "BA1.1.1a", "Titolo")),
        ("MI\n4.1.1.b - Hub", ("MI4.1.1.b", "MI\n4.1.1.b", "Hub")),
        ("POC\nBA I.3.1.e Titolo", ("POC BA I.3.1.e", "POC\nBA I.3.1.e", "Titolo")),
        ("Scheda azione: MI4.1.1.a", ("MI4.1.1.a", "MI4.1.1.a", "")),
        ("CODICE PROGETTO MI4.1.1.A - X", ("MI4.1.1.a", "MI4.1.1.A", "X")),
        ("Azione n. MI4.1.1.a X", ("MI4.1.1.a", "MI4.1.1.a", "X")),
        ("MI 4.1.1 A: Titolo", ("MI4.1.1.a", "MI 4.1.1 A", "Titolo")),
        ("MI4.1.1 b Titolo", ("MI4.1.1.b", "MI4.1.1 b", "Titolo")),
        ("MI4.1.1 e", ("MI4.1.1.e", "MI4.1.1 e", "")),
        ("AZIONE MI4.1.1 A RECUPERO", ("MI4.1.1.a", "MI4.1.1 A", "RECUPERO")),
        ("ZZ 4.1.1.a Titolo", ("ZZ4.1.1.a", "ZZ 4.1.1.a", "Titolo")),
        ("MI4.1.1 a cura di", None),
        ("MI4.1.1 e MI3.1.1.a - Hub", None),
        ("MI4.1.1.b) sarà affiancata", None),
        ("(MI4.1.1.b) Sarà affiancata", None),
        ("[MI4.1.1.b] Sarà affiancata", None),
        ("MI4.1.1 L'attività", None),
        ("MI4.1.1 A 2 alloggi", None),
        ("https://x.it/MI4.1.1.a", None),
        ("Progetto rinviato MI4.1.1.a", None),
        ("", None),
    ],
)
def test_headings(text: str, expected: tuple[str, str, str] | None) -> None:
    assert heading(text) == expected


def test_heading_without_city() -> None:
    assert heading("3.3.1 A Titolo", "VE") == ("VE3.3.1.a", "3.3.1 A", "Titolo")
    assert heading("3.3.1. A Titolo", "VE") == ("VE3.3.1.a", "3.3.1. A", "Titolo")
    nameless = codes.find_heading("Azione 3.3.1 A – Titolo")
    assert nameless is not None
    assert nameless.value.city is None
    for text in ("3.3.1 Attività", "3.3.1 A cura di", "3.3.1 a) testo", "12.5.20 A Roma"):
        assert heading(text, "VE") is None


NUMBERS = st.integers(1, 9)
CODES = st.builds(
    lambda city, numbers, letter: f"{city}{'.'.join(map(str, numbers))}.{letter}",
    st.sampled_from(CITIES),
    st.lists(NUMBERS, min_size=3, max_size=4),
    st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
)


@given(CODES)
def test_canonical_reads_as_itself(canonical: str) -> None:
    assert codes.parse(canonical).canonical == canonical
    assert mentioned(f"(azione {canonical}), poi") == [canonical]


@given(CODES, st.data())
def test_spaces_and_line_breaks_beside_marks_change_nothing(
    canonical: str, data: st.DataObject
) -> None:
    gap = st.sampled_from(["", "", " ", "\n", "\u00a0", " \n "])
    body = "".join(data.draw(gap) + "." if sign == "." else sign for sign in canonical[2:])
    printed = canonical[:2] + data.draw(st.sampled_from(["", " ", ".", "\n"])) + body
    found = codes.find_heading(f"{printed} - Titolo")
    assert found is not None
    assert (found.value.canonical, found.end) == (canonical, len(printed))


@given(CODES)
def test_without_its_letter_no_code(canonical: str) -> None:
    short = canonical.rpartition(".")[0]
    for text in (short, f"azione {short} e {short}", f"{short} a cura di", f"{short} - Titolo"):
        assert mentioned(text) == []
        assert codes.find_heading(text) is None


@given(st.text(alphabet="MIBAPOC0123456789. aeio()-\n/", max_size=60))
def test_only_the_typed_error_escapes_and_places_are_true(text: str) -> None:
    for found in codes.find(text, city="MI"):
        printed = text[found.start : found.end]
        assert codes.parse(printed, city="MI") == found.value
    codes.find_heading(text)
    if codes.is_valid(text):
        assert codes.parse(text) == codes.parse(codes.parse(text).canonical)


@pytest.mark.parametrize("unit", ["MI ", "MI4.1.1 ", "3.3.1 ", " ", "POC ", "1.", "M I 4 . "])
def test_long_hostile_text_takes_linear_time(unit: str) -> None:
    began = time.process_time()
    list(codes.find(unit * 10_000, city="MI"))
    codes.find_heading(unit * 10_000)
    assert time.process_time() - began < 5
