"""A damaged source changes no table in silence, where the damage can be known: the quick form."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.mutate.editions import Subject, subjects
from tests.mutate.kinds import KINDS
from tests.mutate.measure import HARMLESS, SIGNALLED, SILENT, UNKNOWABLE, Outcome, judge
from tests.mutate.rates import measure, table

# What docs/silent-errors.md publishes; it may only fall.
BOUND = 0.0
# Kinds that hit a sum, a code, a label or a heading: none of them may pass in silence.
NEVER = ("separator", "code", "label", "columns", "unlabelled", "torn")


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    return measure(288, 4, seed=1, pdfs=False, shared=False, projects=3)


def test_silent_errors_stay_below_the_published_rate(found: list[Outcome]) -> None:
    silent = [each for each in found if each.verdict == SILENT]
    assert len(found) > 200
    assert len(silent) <= BOUND * len(found), silent


@pytest.mark.parametrize("kind", NEVER)
def test_sums_codes_and_labels_never_change_in_silence(found: list[Outcome], kind: str) -> None:
    own = [each for each in found if each.kind == kind]
    assert own
    silent = [each for each in own if each.verdict in (SILENT, UNKNOWABLE)]
    assert [each for each in silent if each.reason != "break"] == []


def test_a_code_in_another_spelling_is_the_same_code(found: list[Outcome]) -> None:
    own = [each for each in found if each.kind == "code"]
    assert Counter(each.verdict for each in own)[HARMLESS] > 0.8 * len(own)
    for each in own:
        assert not {"actions", "actions.code", "action_references.target_code"} & set(each.fields)


def test_what_is_excused_is_never_a_sum_beside_its_total(found: list[Outcome]) -> None:
    for each in found:
        if each.reason == "amount":
            assert not {"total_mismatch"} & set(each.rules)
            assert each.role in ("funding", "total")


@pytest.fixture(scope="module")
def subject() -> Subject:
    return next(iter(subjects(0, pdfs=False, shared=False)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_does_the_same_damage(subject: Subject, kind: str) -> None:
    one, two = (KINDS[kind](subject, random.Random("7")) for _ in range(2))
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert one.document == two.document
        assert judge(subject, one) == judge(subject, two)
        assert one.touched
        assert all(1 <= number <= len(subject.document.lines) for number in one.touched)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_damages_something(subject: Subject, kind: str) -> None:
    made = [KINDS[kind](subject, random.Random(str(seed))) for seed in range(8)]
    done = [damage for damage in made if damage is not None]
    assert done
    texts = [line.text for line in subject.document.lines]
    assert all([line.text for line in damage.document.lines] != texts for damage in done)


def test_a_digit_of_a_sum_with_a_total_is_signalled(subject: Subject) -> None:
    verdicts = Counter(
        judge(subject, damage).verdict
        for seed in range(60)
        if (damage := KINDS["digit"](subject, random.Random(str(seed)))) is not None
        and subject.roles[min(damage.touched) - 1] == "total"
    )
    assert verdicts
    assert set(verdicts) == {SIGNALLED}


def test_the_table_adds_up(found: list[Outcome]) -> None:
    rows = [line.strip("| ").split(" | ") for line in table(found).splitlines()[2:]]
    for row in rows:
        done, *parts = map(int, row[1:])
        assert done == sum(parts)
    assert int(rows[-1][1]) == len(found)
