"""Web addresses in running text, and the ones that a line's end broke."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values import links
from parsers.vocabulary import Vocabulary


def printed(text: str) -> list[str]:
    return [found.value for found in links.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://wemi.comune.milano.it/", ["https://wemi.comune.milano.it/"]),
        ("online (https://wemi.comune.milano.it/).", ["https://wemi.comune.milano.it/"]),
        ("“https://x.it/a”, poi", ["https://x.it/a"]),
        ("<http://x.it/a>", ["http://x.it/a"]),
        ("https://x.it/a_(b).", ["https://x.it/a_(b)"]),
        ("[https://x.it/a]", ["https://x.it/a"]),
        ("https://x.it/a?b=c&d=e;", ["https://x.it/a?b=c&d=e"]),
        ("https://a.it/,https://b.it/", ["https://a.it/", "https://b.it/"]),
        ("vedi www.ponmetro.it.", ["www.ponmetro.it"]),
        ("HTTPS://WWW.PONMETRO.IT", ["HTTPS://WWW.PONMETRO.IT"]),
        ("v. pnmetroplus.it/p?codice=MI2.2.4.b,", ["pnmetroplus.it/p?codice=MI2.2.4.b"]),
        ("il sito comune.milano.it, da", ["comune.milano.it"]),
        ("https://x.it/per\u200bcorso/", ["https://x.it/percorso/"]),
        ("scrivere a info@comune.milano.it", []),
        ("mario.bianchi@comune.it", []),
        ("il servizio è attivato.Il bando", []),
        ("attivato.It", []),
        ("n.it e 3.it", []),
        ("https:// e http:", []),
        ("Milano.", []),
        ("D.Lgs. 50/2016, art. 3.2", []),
    ],
)
def test_addresses(text: str, expected: list[str]) -> None:
    assert printed(text) == expected


def test_parse_wants_one_address() -> None:
    assert links.parse(" https://x.it/a ") == "https://x.it/a"
    for text in ("", "x", "https://", "https://x.it.", "https://a.it https://b.it", "a@b.it"):
        assert not links.is_valid(text)
        with pytest.raises(links.LinkProblem):
            links.parse(text)


def test_top_levels_are_vocabulary() -> None:
    taught = Vocabulary({"links": {"top_levels": ["roma"]}})
    assert printed("sito comune.roma") == []
    assert [found.value for found in links.find("sito comune.roma", vocabulary=taught)]


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("v. https://www.comune.", "milano.it/aree"),
        ("v. https://www.comune.milano", "it/aree"),
        ("https://quartiericonnessi.comu", "ne.milano.it/"),
        ("https://", "www.comune.milano.it"),
        ("https:", "//www.comune.milano.it"),
        ("www.", "comune.milano.it"),
        ("https://x.it/aree-", "tematiche"),
        ("https://x.it/aree", "-tematiche/casa"),
        ("https://x.it", "/aree-tematiche"),
        ("https://x.it/", "aree-tematiche/casa"),
        ("https://x.it/", "abitare-in-borgo"),
        ("https://x.it/doc.", "pdf"),
        ("https://x.it/p?codice=", "MI2.2.4.b"),
        ("https://x.it/p?", "codice=MI2.2.4.b"),
        ("https://x.it/p", "?codice=MI2.2.4.b"),
    ],
)
def test_broken(text: str, following: str) -> None:
    assert links.is_broken(text, following)
    whole = text.rpartition(" ")[2] + following
    assert links.is_valid(whole)


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("https://wemi.comune.milano.it/", "La consegna"),
        ("https://wemi.comune.milano.it/", "la consegna"),
        ("https://wemi.comune.milano.it/", "Stato: in corso"),
        ("https://wemi.comune.milano.it/", "https://wemi.comune.milano.it/"),
        ("https://wemi.comune.milano.it/", "2021-2027 e"),
        ("https://wemi.comune.milano.it/", "31/12/2023"),
        ("https://wemi.comune.milano.it/", "e/o centro"),
        ("https://wemi.comune.milano.it/", "micro-imprese"),
        ("https://wemi.comune.milano.it/", ""),
        ("https://wemi.comune.milano.it.", "Il servizio"),
        ("https://wemi.comune.milano.it.", "entro il"),
        ("https://wemi.comune.milano.it", "- voce"),
        ("https://wemi.comune.milano.it)", "a_b"),
        ("https://x.it/ piazza/", "a/b/c"),
        ("nessun indirizzo", "/a/b/"),
        ("", "/a/b/"),
    ],
)
def test_not_broken(text: str, following: str) -> None:
    assert not links.is_broken(text, following)


PATHS = st.text(alphabet="abcdefgh0123456789-_/", max_size=30)


@given(PATHS, st.sampled_from([".", ",", ";", ":", ")", "”", "!", "?", ").", "»,"]))
def test_closing_punctuation_is_left_to_the_sentence(path: str, closing: str) -> None:
    address = f"https://www.comune.milano.it/{path}"
    text = f"Il sito ({address}{closing} Poi"
    (found,) = links.find(text)
    assert found.value == text[found.start : found.end] == address
    assert links.parse(address) == address


@given(st.text(alphabet="htps:/w.it?=&@,()ab \n-", max_size=60), st.text(max_size=20))
def test_only_the_typed_error_escapes(text: str, other: str) -> None:
    for found in links.find(text + other):
        assert links.parse((text + other)[found.start : found.end]) == found.value
    links.is_valid(text)
    links.is_broken(text, other)
    links.is_broken(other, text)
