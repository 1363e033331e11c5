"""The register's own door to Parquet: columns of plain values in and out, and tables of others within limits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from planner.errors import Fault
from planner.register.cells import Cell
from planner.register.sheets import WIDEST, Grid, kept_rows

MOST_ROWS = 5_000_000
MOST_BYTES = 4_000_000_000
"""Bytes that the columns of a file may unpack to, as the file itself says."""

Vectors = dict[str, NDArray[Any]]


def write_columns(path: Path, columns: Mapping[str, NDArray[Any]]) -> None:
    """Write vectors of one length as a Parquet file without any note on who wrote it when."""
    table = pa.table({name: pa.array(np.ascontiguousarray(v)) for name, v in columns.items()})
    pq.write_table(table.replace_schema_metadata(None), path)


def read_columns(path: Path) -> Vectors:
    """The columns of a file that `write_columns` wrote.

    Raises: ValueError where the file is none such.
    """
    try:
        table = pq.read_table(path)
        return {name: table.column(name).to_numpy() for name in table.column_names}
    except (pa.ArrowException, OSError) as problem:
        raise ValueError(path.name) from problem


def read_parquet(path: Path, shown: str) -> tuple[Grid | None, list[Fault]]:
    """The table in a Parquet file of another's making, or the faults for which it is not read."""
    try:
        with pq.ParquetFile(path) as file:
            faults = _too_large(file.metadata, shown)
            faults += [
                Fault(shown, 0, field.name[:40], "register.parquet_type", {"found": str(field.type)[:40]})
                for field in file.schema_arrow
                if not _plain(field.type)
            ]
            if faults:
                return None, faults
            table = file.read()
    except (pa.ArrowException, OSError, ValueError):
        return None, [Fault(shown, 0, "", "register.parquet_broken", {})]
    columns: list[list[Cell]] = [
        column.cast(pa.float64()).to_pylist() if pa.types.is_decimal(column.type) else column.to_pylist()
        for column in table.columns
    ]
    heads: list[Cell] = list(table.column_names)
    return Grid(shown, "", [(0, tuple(heads)), *kept_rows(zip(*columns, strict=True))], headed=True), []


def _too_large(about: Any, shown: str) -> list[Fault]:
    size = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
    if about.num_rows > MOST_ROWS or size > MOST_BYTES:
        values = {"found": about.num_rows, "limit": MOST_ROWS}
        return [Fault(shown, 0, "", "register.parquet_rows", values)]
    if about.num_columns > WIDEST:
        return [Fault(shown, 0, "", "register.too_wide", {"found": about.num_columns, "limit": WIDEST})]
    return []


def _plain(kind: Any) -> bool:
    """Whether the values of a type are single words, numbers, truths or dates."""
    if pa.types.is_dictionary(kind):
        return _plain(kind.value_type)
    return any(
        test(kind)
        for test in (
            pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_string,
            pa.types.is_large_string, pa.types.is_string_view, pa.types.is_date, pa.types.is_timestamp, pa.types.is_null,
        )
    )  # fmt: skip
