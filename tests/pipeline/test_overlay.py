from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import labels
from parsers.errors import SidecarError
from parsers.values import phases
from pipeline.overlay import added, checked, dumped, merged

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
LISTS = st.lists(WORDS, min_size=1, max_size=3, unique=True)
PATCHES = st.fixed_dictionaries(
    {},
    optional={
        "labels": st.fixed_dictionaries(
            {},
            optional={
                "status": st.fixed_dictionaries({"labels": LISTS}),
                "funding": st.fixed_dictionaries(
                    {"private": st.fixed_dictionaries({"labels": LISTS})}
                ),
            },
        ),
        "cities": st.dictionaries(WORDS, st.fixed_dictionaries({"name": WORDS}), max_size=2),
        "phases": st.fixed_dictionaries(
            {"words": st.lists(st.fixed_dictionaries({"phase": WORDS, "words": LISTS}), max_size=2)}
        ),
    },
)


def unordered(value: object) -> object:
    if isinstance(value, dict):
        return {key: unordered(each) for key, each in value.items() if each not in ({}, [])}
    return sorted(value, key=str) if isinstance(value, list) else value


@given(PATCHES, PATCHES)
def test_what_is_added_is_there_beside_what_was(first: dict, second: dict) -> None:  # type: ignore[type-arg]
    text = added(added("", first), second, "# said\n")
    assert unordered(tomllib.loads(text)) == unordered(merged(first, second))


@given(PATCHES)
def test_what_is_written_reads_back(patch: dict) -> None:  # type: ignore[type-arg]
    assert unordered(tomllib.loads(dumped(patch))) == unordered(patch)


@pytest.mark.parametrize(
    "text",
    [
        'labels = { status = { labels = ["a"] } }\n',
        'labels.status.labels = ["a"]\n',
        '[labels]\nstatus.labels = ["a"]\n',
        '[labels.status]\nlabels = ["a"]',
        '[ labels . "status" ] # so\nlabels = [ # these\n  "a", # first\n]\n[cities]\n',
        '[labels.status]\n# none yet\n\n[labels.total]\nlabels = ["b"]\n',
    ],
)
def test_every_way_of_writing_a_list_is_added_to(text: str) -> None:
    patch = {"labels": {"status": {"labels": ["nuovo"]}}}
    edited = added(text, patch)
    assert unordered(tomllib.loads(edited)) == unordered(merged(tomllib.loads(text), patch))
    if "# so" in text:
        assert "# these" in edited
        assert "# first" in edited


def test_words_laid_over_the_packaged_ones_are_read() -> None:
    own = checked(
        '[labels.status]\nlabels = ["a che punto siamo"]\n'
        '[[phases.words]]\nphase = "deferred"\nwords = ["al palo"]\n',
        "vocabulary.toml",
    )
    label = labels.match("A che punto siamo: cantiere al palo", own)
    assert label is not None
    assert label.kind == "status"
    assert phases.phase("cantiere al palo", own) == "deferred"
    assert phases.phase("cantiere al palo") == "not_stated"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[labels", "no TOML"),
        ("[label.status]\nlabels = []", "no such vocabulary"),
        ("[labels]\nstatus = 3", "labels.status"),
        ('[labels.status]\nlabel = ["a"]', "labels.status: there is no 'label' but labels"),
        ('[labels.funding.banks]\nlabels = ["a"]', "labels.funding: there is no 'banks' but"),
        ('[headings]\nsectons = ["a"]', "headings: there is no 'sectons' but project"),
        ('[labels.status]\nlabels = "a"', "labels.status.labels"),
        ("[labels.status]\nlabels = [3]", "an item of labels.status.labels"),
        ('[labels.status]\nlabels = [" "]', "an item of labels.status.labels: is empty"),
        ('[scales.words]\nspelt = ["("]', "no regular expression"),
        ('[phases.outcomes.works]\ndone = "over"', "phases.outcomes.works: a phase is one of"),
        ("[cities.PG]\n", "cities.PG: write a table with name"),
        ("[cities.PG]\nname = 3", "cities.PG"),
        ('[cities.pg]\nname = "Perugia"', "capital letters"),
        ('[axes.pon.IV]\nlabel_it = "a"', "a number"),
        ('[axes.pon.9]\nlabel_en = "a"', "label_it"),
        ('[axes.pon.9]\nlabel_it = "a"\nfund = "FEAD"', "fund is one of FESR"),
        ('[axes.pnrr.1]\nlabel_it = "a"', "the families are pon"),
        ("[programmes.pnrr]\nnames = []", "label_it"),
        ('[[phases.words]]\nwords = ["a"]', "give a phase"),
        ('[[phases.words]]\nphase = "sometime"\nwords = ["a"]', "phase is one of"),
        ('[[phases.words]]\nphase = "planned"\nwords = "a"', "list `words`"),
        ('[[phases.words]]\nphase = "planned"\nwords = ["al (palo"]', "regular expression"),
    ],
)
def test_what_cannot_be_used_is_told(text: str, said: str) -> None:
    with pytest.raises(SidecarError, match=r"vocabulary\.toml") as error:
        checked(text, "vocabulary.toml")
    assert said in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        '[addresses.types]\ncarrugio = ["carrugio"]',
        "[quantities.collectives]\nquarantina = 40",
        '[axes.pn.9]\nlabel_it = "a"',
        "[axes.pn.8]\nfund = 'FESR'",
        "[programmes.poc]\nbudget_eur = 1",
    ],
)
def test_tables_of_entries_take_one_more(text: str) -> None:
    checked(text, "vocabulary.toml")
