"""Where the clauses of a status end."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values.clauses import clauses


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in clauses(text)]


@pytest.mark.parametrize(
    "printed",
    [
        "lavori conclusi.| Collaudo in corso.",
        "lavori conclusi;| in corso la rendicontazione",
        "gara affidata| e lavori in procinto di essere avviati per 8 stazioni;| prevista la fine",
        "gara in corso di affidamento| e inizio lavori previsto per primavera 2022",
        "l’affidamento si è concluso| e l’attività sarà avviata non appena arredati gli alloggi.",
        "completata la messa a punto del sistema,| è in corso la realizzazione degli altri.",
        "in corso la rendicontazione dell’azione 2 e 3| e avvio della nuova Agenzia",
        "Il progetto e' concluso| ed e' in corso la rendicontazione",
        "Gara conclusa,| la fornitura e la posa sono in corso",
        "Avviati i lavori del I lotto| e, a breve, saranno avviati quelli del II lotto",
        "servizio avviato a gennaio 2020| e tuttora in corso",
        "LAVORI ULTIMATI| E COLLAUDATI.| RENDICONTAZIONE IN CORSO.",
        "completata.|Si prevede la consegna",
        "1. Progettazione conclusa.| 2. Gara in corso.",
    ],
)
def test_a_clause_ends_at_a_stop_or_before_a_new_predicate(printed: str) -> None:
    assert split(printed.replace("|", "")) == [part.strip() for part in printed.split("|")]


@pytest.mark.parametrize(
    "whole",
    [
        "Completati i lavori di scavo, posa e ripristino",
        "in corso le attività di formazione e orientamento avviate nel 2021",
        "in corso i lavori e le forniture di arredi previste dal progetto",
        "lavori avviati e conclusi nel 2021",
        "Una volta conclusa la gara, saranno avviati i lavori",
        "in corso l'installazione delle colonnine e delle telecamere che saranno collegate",
        "Approvato il progetto ai sensi dell'art. 23 del D.Lgs. 50/2016",
        "acquistati n. 20 bus per c.a 1.000.000,00 euro (es. ibridi, ecc.) da MM S.p.A. di Milano",
        "Sospesa la gara a seguito di ricorso al T.A.R. Lazio",
        "conclusa la selezione per “Servizi avviati. Lavori in corso, e conclusi”",
        "lavori completati (conclusa la gara; avviati i servizi, e collaudati)",
        'bandita la gara "Opere avviate; opere concluse"',
        "in corso gli interventi sugli alloggi di via P. L. Monti, F.lli Zoia e A. da Baggio",
        "rientra nell'azione MI4.2.1.b in corso",
    ],
)
def test_what_is_one_clause_stays_whole(whole: str) -> None:
    assert split(whole) == [whole]


def test_an_abbreviation_may_close_a_clause() -> None:
    assert split("Aggiudicata a MM S.p.A. Lavori in corso.") == [
        "Aggiudicata a MM S.p.A.",
        "Lavori in corso.",
    ]


def test_a_link_stays_with_its_clause() -> None:
    link = "https://quartieri.example.it/a;b,e.html"
    assert split(f"il progetto è completato: {link} la consegna avverrà a giugno") == [
        f"il progetto è completato: {link}",
        "la consegna avverrà a giugno",
    ]
    assert split(f"lavori in corso; {link} Conclusa la gara.") == [
        f"lavori in corso; {link}",
        "Conclusa la gara.",
    ]
    assert split(f"Piattaforma realizzata e in fase di sviluppo {link}") == [
        "Piattaforma realizzata",
        f"e in fase di sviluppo {link}",
    ]


def test_list_marks_between_clauses_belong_to_none() -> None:
    expected = ["Lotto 1: completato", "Lotto 2: in corso", "Lotto 3: da avviare"]
    assert split(" - ".join(expected)) == expected
    assert split("• " + " • ".join(expected)) == expected


def test_nothing_has_no_clauses() -> None:
    assert split("") == []
    assert split("   ") == []


PIECES = (
    "lavori|gara|la|il|dei|attività|conclusa|avviati|in corso|sarà avviata|è|prevista|che|dopo|"
    "e|ed|,|.|;|-|(|)|“|”|S.p.A.|1.000|n. 3|2022|MI4.1.1.a|https://example.it/x"
)


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=40))
def test_the_clauses_in_order_make_up_the_status(words: list[str]) -> None:
    text = " ".join(words)
    spans = clauses(text)
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    left_out = text
    for start, end in reversed(spans):
        left_out = left_out[:start] + left_out[end:]
    assert not re.search(r"[^\s•–—-]", left_out)


@given(st.text(max_size=200))
def test_any_text_is_split(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in clauses(text))


@pytest.mark.parametrize(
    "piece",
    ["e ", ", ", "1. ", ". ", "(", "“”", "in ", "in corso e ", "che in corso ", "S.p.A. ", "a.b."],
)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        passes: list[float] = []
        # The best of some: what else the machine does is no matter of the text's.
        for _ in range(3):
            started = time.perf_counter()
            clauses(text)
            passes.append(time.perf_counter() - started)
        return min(passes)

    # Twenty times the text takes some twenty times as long; the square would be 400.
    assert seconds(40_000) < 100 * max(seconds(2_000), 0.002)
