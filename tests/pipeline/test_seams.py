"""Web addresses that a hyphen breaks: the hyphen is read as the address's, the line's, or told."""

from __future__ import annotations

import pytest

from parsers.grammar import parse_report
from parsers.lines import Box, Document, Line, LinkAnnotation
from parsers.vocabulary import PACKAGED
from pipeline import integrity

_HYPHENED = """\
Si recupera un edificio del Comune di Torino per le fami-
glie del quartiere, con spazi comuni aperti alla citta-
dinanza e servizi di orientamento, e con il coinvolgi-
mento degli enti del terzo settore.
"""
_PLAIN = """\
Si recupera un edificio del Comune di Torino per le
famiglie del quartiere, con spazi comuni aperti alla
cittadinanza e servizi di orientamento.
"""


def _read(body: str, link: str, *linked: str) -> tuple[list[str], list[str]]:
    content = (
        "Progetto 1 - Casa\nTO4.1.1.a - Recupero di alloggi\n"
        f"{body}Risorse PON METRO € 10.000,00\nStato di attuazione: in corso\n{link}\n"
    )
    lines = [Line(at, 1, text) for at, text in enumerate(content.splitlines(), 1)]
    document = Document(lines, 1, "stub", "application/pdf")
    document.links = [LinkAnnotation(1, url, Box(0, 0, 1, 1)) for url in linked]
    report = parse_report(document)
    told = [
        signal.text
        for signal in integrity.signs(report, document, PACKAGED)
        if signal.rule == "text_broken"
    ]
    return [link.value for link in report.projects[0].actions[0].links], told


@pytest.mark.parametrize("body", [_HYPHENED, _PLAIN])
def test_a_word_of_the_edition_is_broken_in_an_address(body: str) -> None:
    link = "https://casa.comune.to-\nrino.it/"
    assert _read(body, link) == (["https://casa.comune.torino.it/"], [])


def test_what_the_source_links_to_tells() -> None:
    link = "https://casaquar-\ntieri.it/aree-\ntematiche"
    whole = "https://casaquartieri.it/aree-tematiche"
    assert _read(_HYPHENED, link, whole) == ([whole], [])


def test_a_hyphen_that_may_be_either_s_is_told_where_hyphens_break_words() -> None:
    link = "https://www.casaquar-\ntieri.it/"
    whole = "https://www.casaquar-tieri.it/"
    assert _read(_HYPHENED, link) == ([whole], [whole])
    assert _read(_PLAIN, link) == ([whole], [])


def test_an_address_s_own_hyphen_that_stands_elsewhere_is_not_told() -> None:
    link = "https://www.casa-\nquartieri.it/ e https://casa-quartieri.it/"
    links, told = _read(_HYPHENED, link)
    assert links == ["https://www.casa-quartieri.it/", "https://casa-quartieri.it/"]
    assert told == []
