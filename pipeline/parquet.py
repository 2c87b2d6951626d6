"""Parquet from the finished CSV, read with the declared types: the same cells by construction.

``pyarrow.csv`` needs no pandas (which ``pyarrow.array`` imports where it is installed), and a
block at a time keeps memory flat however many lines an edition has.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from pipeline.fragments import ROW_LIMIT, header_line
from pipeline.schema import SCHEMA_VERSION, TABLES, Column, Table, Type

# The pools that Arrow brings keep what they once had: 40 MB more at 200 pages, for no speed here.
pa.set_memory_pool(pa.system_memory_pool())

_BLOCK = 4 * ROW_LIMIT
_PLAIN = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
    "date32": pa.date32(),
}


def arrow_type(kind: Type) -> pa.DataType:
    """Arrow's type for a column's type."""
    return pa.decimal128(*kind.digits) if kind.digits else _PLAIN[kind.name]


def arrow_schema(table: Table) -> pa.Schema:
    """Arrow schema of a table, with the descriptions of its columns as field metadata."""
    return pa.schema(
        [
            pa.field(
                column.name,
                arrow_type(column.type),
                nullable=not column.required,
                metadata=_metadata(column),
            )
            for column in table.columns
        ],
        metadata={
            "table": table.name,
            "schema_version": SCHEMA_VERSION,
            "description": table.description_en,
            "description_it": table.description_it,
        },
    )


def write_parquet(table: Table, csv: Path | BinaryIO, parquet: Path | BinaryIO) -> None:
    """Write a table's Parquet from its CSV; one row group a block of the CSV.

    Raises:
        pyarrow.ArrowInvalid: a cell of the CSV does not spell its column's type.
    """
    schema = arrow_schema(table)
    reader = pa_csv.open_csv(
        csv,
        read_options=pa_csv.ReadOptions(use_threads=False, block_size=_BLOCK),
        convert_options=pa_csv.ConvertOptions(
            column_types={field.name: field.type for field in schema},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
        ),
    )
    with pq.ParquetWriter(parquet, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))


def warm_up() -> None:
    """Have Arrow start its threads and codecs; its first use takes 20 ms, whenever it comes."""
    table = TABLES["codes"]
    write_parquet(table, BytesIO(header_line(table)), BytesIO())


def _metadata(column: Column) -> dict[str, str]:
    metadata = {
        "title_it": column.title_it,
        "description": column.description_en,
        "description_it": column.description_it,
        "origin": column.origin,
    }
    if column.derived_from:
        metadata["derived_from"] = " ".join(column.derived_from)
    if column.unit:
        metadata["unit"] = column.unit
    return metadata
