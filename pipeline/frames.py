"""The published tables as pandas data frames, with exact types."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.schema import TABLES, Column, Table
from pipeline.store import StoreError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_FOUR_NUMBERS = 4
"""Dots of a 2021-27 code, whose axes are another list than those of 2014-2020."""


def load(
    output: str | Path = "output", *, labels: Literal["it", "en"] | None = None
) -> dict[str, pd.DataFrame]:
    """All published tables by name.

    Columns have Arrow types: euros stay decimals, days stay dates, whole numbers with nulls stay
    whole. All tables are of one publication, also while a run is publishing.

    Args:
        output: the folder that a run has published into.
        labels: with ``it`` or ``en``, a column ``<name>_label`` with the words of that language
            stands after each coded column (``actions.phase_label`` after ``actions.phase``).

    Raises:
        StoreError: nothing is published there.
        ModuleNotFoundError: pandas is missing; the extra ``analysis`` installs it.
    """
    import pandas as pd
    import pyarrow.parquet as pq

    folder = _published(Path(output))
    arrow = {name: pq.read_table(folder / f"{name}.parquet") for name in TABLES}
    if labels is not None:
        codes = arrow["codes"].to_pylist()
        words = {(row["list"], row["code"]): row[f"label_{labels}"] for row in codes}
        arrow = {name: _labelled(TABLES[name], table, words) for name, table in arrow.items()}
    return {name: table.to_pandas(types_mapper=pd.ArrowDtype) for name, table in arrow.items()}


def _published(output: Path) -> Path:
    """The Parquet folder of one state, whatever is published while it is read."""
    link = output / ".current"
    folder = (output / os.readlink(link) if link.is_symlink() else output) / "parquet"
    if not folder.is_dir():
        raise StoreError("nothing is published there; run ponmetro run", source=str(output))
    return folder


def _labelled(table: Table, data: pa.Table, words: dict[tuple[str, str], str]) -> pa.Table:
    import pyarrow as pa

    for column in reversed(table.columns):
        lists = _lists(table, column, data)
        if lists is not None:
            place = table.index(column.name) + 1
            codes = data[column.name].to_pylist()
            cells = [words.get((name, str(code))) for name, code in zip(lists, codes, strict=True)]
            data = data.add_column(place, f"{column.name}_label", pa.array(cells, pa.string()))
    return data


def _lists(table: Table, column: Column, data: pa.Table) -> list[str] | None:
    """The list of ``codes`` that each cell of a column is of; None if it holds no codes."""
    if column.enum:
        return [column.enum.name] * data.num_rows
    if (table.name, column.name) == ("editions", "city_code"):
        return ["city"] * data.num_rows
    if (table.name, column.name) == ("actions", "axis"):
        codes = data["code"].to_pylist()
        return ["axis_pn" if code.count(".") == _FOUR_NUMBERS else "axis" for code in codes]
    return None
