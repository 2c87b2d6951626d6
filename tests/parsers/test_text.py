"""Published text and its evidence: whatever was printed, the pieces read back to the value."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from parsers.hyphens import Hyphens
from parsers.lines import Line
from parsers.text import Piece, Text, join, read
from tests.evidence import reread

# What readers can give: no line ends, no control or bidi characters.
PRINTABLE = st.characters(
    exclude_categories=("Cs", "Cc", "Zl", "Zp"),
    exclude_characters="\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
ITALIAN = st.sampled_from(
    [*"aeiomnrst AEP19", " ", "  ", "\u00a0", "-", "–", "’", "à", "e\u0300", "\u00ad", "\u200b",
     "\ufb01", ".", ",", "€", "\u2011", "\ufeff", "\u2009", "\u0300"]
)  # fmt: skip
# No letters of a ligature have an accent of their own.
_ACCENTED = re.compile("(?<=[\ufb00-\ufb06])[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f]+")
LINES = (
    st.lists(ITALIAN | PRINTABLE, max_size=30)
    .map("".join)
    .map(lambda text: _ACCENTED.sub("", text))
)
# Nothing invisible stands between a word and the hyphen that ends its line, or behind that.
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200d\u2060\ufeff]+(?=[-\u2010\u2011][\\W_]*$)|(?<=\u00ad)[\\s\u200b-\u200d\u2060\ufeff]+$"
)
# Nor does a hyphen or an accent begin the line below a broken word.
_HYPHEN = re.compile(r"^(?:[\s\u200b-\u200d\u2060\ufeff]*[-\u00ad\u2010\u2011\u0300-\u036f])+")
ENDED = LINES.map(lambda text: _HYPHEN.sub("", _UNSEEN.sub("", text)))


def line(text: str, number: int = 1) -> Line:
    return Line(number, None, text)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("  Costo   Totale ", "Costo Totale"),
        ("citta\u0300", "città"),
        ("€\u00a01.552,00", "€ 1.552,00"),
        ("Costo\tTotale", "Costo Totale"),
        ("Co\u200bsto", "Costo"),
        ("Co\u00adsto", "Costo"),
        ("\ufeffCosto", "Costo"),
        ("e\ufb03cienza", "efficienza"),
        ("“Casa” – l’alloggio", "“Casa” – l’alloggio"),
        ("a\u202eb", "ab"),
        ("x\u2003y\u3000z", "x y z"),
        ("Casa \u00ad Parco", "Casa - Parco"),
        ("Casa \u00ad", "Casa -"),
        ("\u00ad ", "-"),
        ("\u200b", ""),
        ("", ""),
    ],
)
def test_reading_of_a_line(printed: str, value: str) -> None:
    assert read(printed) == value


@given(LINES)
def test_published_text_is_clean(printed: str) -> None:
    value = read(printed)
    assert value == value.strip()
    assert "  " not in value
    assert unicodedata.is_normalized("NFC", value)
    assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in value)
    assert not set(value) & set("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202e\u2066")
    assert read(value) == value


@given(LINES)
def test_a_string_is_published_as_a_line_of_it(printed: str) -> None:
    assert read(printed) == Text.of(line(printed)).value


@given(LINES)
def test_the_piece_of_a_line_reads_back(printed: str) -> None:
    text = Text.of(line(printed))
    assert reread(text.pieces(), {1: printed}) == text.value
    assert len(text.pieces()) == bool(text.value)


@given(LINES, st.data())
def test_the_pieces_of_a_slice_read_back(printed: str, data: st.DataObject) -> None:
    text = Text.of(line(printed))
    start = data.draw(st.integers(0, len(text.value)))
    end = data.draw(st.integers(start, len(text.value)))
    assume(not unicodedata.combining(text.value[start : start + 1] or " "))
    part = text.slice(start, end)
    assert part.value == text.value[start:end].strip(" ")
    again = reread(part.pieces(), {1: printed})
    # A ligature is one printed character, and so is its piece; so is a letter with its marks.
    assert part.value in again
    ligature = any("\ufb00" <= char <= "\ufb06" for char in printed)
    if not ligature and not unicodedata.combining(text.value[end : end + 1] or " "):
        assert again == read(part.value)


@given(st.lists(ENDED, max_size=5), st.data())
def test_the_pieces_of_joined_lines_read_back(printed: list[str], data: st.DataObject) -> None:
    texts = [Text.of(line(each, number)) for number, each in enumerate(printed, 1)]
    lines = dict(enumerate(printed, 1))
    hyphens = Hyphens(printed, ["socio", "a", "e"])
    whole = join(texts, hyphens)
    assert reread(whole.pieces(), lines) == read(whole.value)
    start = data.draw(st.integers(0, len(whole.value)))
    end = data.draw(st.integers(start, len(whole.value)))
    part = whole.slice(start, end)
    assert part.value == whole.value[start:end].strip(" ")
    assert part.value.replace(" ", "") in reread(part.pieces(), lines).replace(" ", "")
    assert [piece.line for piece in whole.pieces()] == sorted(
        {piece.line for piece in whole.pieces()}
    )


@given(st.lists(ENDED, max_size=4), st.lists(ENDED, max_size=4))
def test_joining_of_joined_texts(first: list[str], second: list[str]) -> None:
    printed = [*first, *second]
    texts = [Text.of(line(each, number)) for number, each in enumerate(printed, 1)]
    whole = join([join(texts[: len(first)]), join(texts[len(first) :])])
    assert reread(whole.pieces(), dict(enumerate(printed, 1))) == read(whole.value)


@given(st.lists(LINES, min_size=1, max_size=4), st.integers(0, 80))
def test_a_character_s_line(printed: list[str], at: int) -> None:
    texts = [Text.of(line(each, number)) for number, each in enumerate(printed, 1)]
    whole = join(texts)
    if at < len(whole.value) and whole.value[at] != " ":
        number = whole.line_at(at)
        assert whole.value[at] in unicodedata.normalize("NFKC", printed[number - 1]) or (
            whole.value[at] in read(printed[number - 1])
        )


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["mano-", "vra di area"], "manovra di area"),
        (["attività micro-", "imprenditoriali"], "attività micro-imprenditoriali"),
        (["socio-", "educativi e socio-educativi"], "socio-educativi e socio-educativi"),
        (["il quartiere Gallaratese-", "San Siro"], "il quartiere Gallaratese- San Siro"),
        (["Casa -", "servizi"], "Casa - servizi"),
        (["Casa –", "servizi"], "Casa – servizi"),
        (["anni 2014-", "2020"], "anni 2014-2020"),
        (["via Monti n. 18 a-", "b"], "via Monti n. 18 a-b"),
        (["mano\u00ad", "vra"], "manovra"),
        (["uno", "", "due"], "uno due"),
        (["-", "voce"], "- voce"),
        (["https://proget\u2010", "ti.it/rc/"], "https://progetti.it/rc/"),
        (["https://proget-", "ti.it/rc/"], "https://proget-ti.it/rc/"),
    ],
)  # fmt: skip
def test_hyphens_at_a_line_s_end(lines: list[str], value: str) -> None:
    texts = [Text.of(line(each, number)) for number, each in enumerate(lines, 1)]
    assert join(texts, Hyphens(lines, ["micro"])).value == value


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["https://comune.mi-", "lano.it/", "a Milano"], "https://comune.milano.it/"),
        (["www.comune.mi-", "lano.it", "a Milano"], "www.comune.milano.it"),
        (["metroplus.it/pro-", "getto", "Progetto 1"], "metroplus.it/progetto"),
        # The second half is a word too, or the compound stands elsewhere.
        (["https://x.it/porta-", "le", "il portale e le vie"], "https://x.it/porta-le"),
        (["www.pon-", "metro.it", "PONMetro, PON Metro"], "www.pon-metro.it"),
        (["x.it/mi-", "lano", "a Milano, mi-lano"], "x.it/mi-lano"),
        # The second half is no word of this edition, but may well be one.
        (["x.it/micro-", "aree", "microaree"], "x.it/micro-aree"),
        (["x.it/aree-", "tematiche", "tutto"], "x.it/aree-tematiche"),
        (["www.comune-", "milano.it", "tutto"], "www.comune-milano.it"),
    ],
)
def test_a_hyphen_inside_a_link_stays_but_in_a_word_of_the_edition(
    lines: list[str], value: str
) -> None:
    first, second, elsewhere = lines
    texts = [Text.of(line(each, number)) for number, each in enumerate((first, second), 1)]
    assert join(texts, Hyphens([first, second, elsewhere], ["micro"])).value == value


def test_a_typographic_hyphen_breaks_a_link_that_goes_on() -> None:
    first = replace(Text.of(line("https://proget\u2010", 1)), broken=True)
    whole = join([first, Text.of(line("ti.it/rc/", 2))])
    assert whole.value == "https://progetti.it/rc/"
    assert whole.pieces()[0].end == len("https://proget")


def test_a_soft_hyphen_at_the_end_of_a_part_breaks_its_word() -> None:
    heading = Text.of(line("Progetto 1 – Aree peri\u00ad", 1))
    title, before = heading.slice(13, len(heading.value)), heading.slice(0, 10)
    assert join([title, Text.of(line("feriche", 2))]).value == "Aree periferiche"
    assert join([before, Text.of(line("feriche", 2))]).value == "Progetto 1 feriche"


def test_a_compound_elsewhere_keeps_its_hyphen_and_a_word_elsewhere_loses_it() -> None:
    hyphens = Hyphens(["un bando pluri-annuale", "la manovra"])
    assert hyphens.keeps("pluri", "annuale")
    assert hyphens.keeps("Pluri", "Annuale")
    assert not hyphens.keeps("mano", "vra")
    assert not hyphens.keeps("in", "tegrazione")


def test_a_known_word_is_no_compound_whatever_it_begins_with() -> None:
    hyphens = Hyphens((), ["pro", "co"], lambda: {"procinto"})
    assert not hyphens.keeps("pro", "cinto")
    assert hyphens.keeps("co", "housing")


def test_pieces_of_a_removed_hyphen_leave_it_out() -> None:
    texts = [Text.of(line("  mano-", 1)), Text.of(line("vra", 2))]
    assert join(texts).pieces() == (Piece(1, 2, 6), Piece(2, 0, 3))


@given(
    st.lists(st.from_regex(r"[a-c]{1,2}(?:-[a-c]{1,2}){0,2}", fullmatch=True), max_size=8),
    st.lists(
        st.tuples(
            st.from_regex(r"[a-c]{1,2}(?:-[a-c])?", fullmatch=True),
            st.from_regex(r"[a-c]{1,2}", fullmatch=True),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_few_and_many_questions_get_the_same_answers(
    words: list[str], asked: list[tuple[str, str]]
) -> None:
    texts = [" ".join(words)]
    patient, fresh = Hyphens(texts), Hyphens(texts)
    for _ in range(200):
        patient.keeps("x", "y")
    for left, right in asked:
        assert patient.keeps(left, right) == fresh.keeps(left, right)
