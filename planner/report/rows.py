"""Rows of a table as plain records, and sums by key: the form from which figures read single cells."""

from __future__ import annotations

from typing import Any

import pandas as pd

Record = dict[str, Any]
"""One row: column to value."""


def records(table: pd.DataFrame) -> list[Record]:
    """Every row in the table's order; a missing word is an empty one, a missing number stays not a number."""
    words = {str(c) for c in table.columns if not pd.api.types.is_numeric_dtype(table[c].dtype)}
    return [
        {str(k): "" if k in words and pd.isna(v) else v for k, v in row.items()} for row in table.to_dict("records")
    ]


def by_key(table: pd.DataFrame, column: str) -> dict[str, Record]:
    """The first row of each value of a column, in the table's order."""
    found: dict[str, Record] = {}
    for row in records(table):
        found.setdefault(str(row[column]), row)
    return found


def sums(table: pd.DataFrame, columns: tuple[str, ...], of: str) -> dict[tuple[str, ...], float]:
    """A column summed by the values of others, keys in the order of their first row."""
    found: dict[tuple[str, ...], float] = {}
    for row in records(table):
        key = tuple(str(row[c]) for c in columns)
        found[key] = found.get(key, 0) + row[of]
    return found
