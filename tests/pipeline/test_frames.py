"""The published tables as data frames."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import pipeline
from pipeline.run import run
from pipeline.schema import TABLES
from pipeline.store import StoreError


@pytest.fixture
def published(raw: Path, output: Path) -> Path:
    (raw / "a.txt").write_text("MI4.2.1.b 1234567.89 Città\nMI1.1.1.a 0.01 due")
    (raw / "a.toml").write_text("reference_date = 2022-02-28")
    run([raw], output=output)
    return output


def test_all_tables_come_with_exact_types(published: Path) -> None:
    tables = pipeline.load(published)
    assert list(tables) == list(TABLES)
    for name, frame in tables.items():
        assert list(frame.columns) == list(TABLES[name].header)
    funding = tables["funding"]
    assert funding["amount_eur"].sum() == Decimal("1234567.90")
    assert str(funding["line"].dtype) == "int32[pyarrow]"
    assert str(funding["page"].dtype) == "int32[pyarrow]"
    assert tables["editions"]["reference_date"][0] == date(2022, 2, 28)
    assert tables["editions"]["is_latest"][0]


def test_labels_are_joined_on_wish(published: Path) -> None:
    actions = pipeline.load(published, labels="it")["actions"]
    place = list(actions.columns).index("phase")
    assert list(actions.columns)[place + 1] == "phase_label"
    assert set(actions["phase_label"]) == {"non indicato"}
    assert set(actions["axis_label"]) == {"Infrastrutture per l'inclusione sociale"}
    english = pipeline.load(str(published), labels="en")
    assert set(english["funding"]["source_label"]) == {"PON Metro"}
    assert set(english["editions"]["city_code_label"]) == {"Milan"}


def test_a_published_folder_without_its_links_can_be_loaded(published: Path) -> None:
    assert len(pipeline.load((published / ".current").resolve())["actions"]) == 2


def test_a_folder_with_nothing_published_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing is published"):
        pipeline.load(tmp_path)
