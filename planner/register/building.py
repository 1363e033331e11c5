"""Parts become the columns of a register: unknown written as the register writes it, rows that were set aside left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.register.columns import HOUSEHOLD, UNKNOWN, VILLAGE, Column
from planner.register.linking import Village, Villages
from planner.register.parts import Part

Vectors = dict[str, NDArray[Any]]
MOST_NUMBER = int(HOUSEHOLD["household"].high)


def settled(vector: NDArray[Any], column: Column) -> NDArray[Any]:
    """A vector with NaN for unknown in the form of its column: small whole numbers, whole numbers, or floats."""
    if column.kind == "amount":
        return vector.astype(np.float64)
    unknown = 0 if column.name in ("due_year", "group") else UNKNOWN
    whole = np.where(np.isnan(vector.astype(np.float64)), unknown, vector.astype(np.float64))
    return whole.astype(np.int8 if column.kind == "flag" else np.int64)


def spread(part: Part) -> None:
    """Turn what stands for several columns, or for a column in other words, into those columns."""
    words = part.values.get("attribute")
    if words is not None:
        numbers = words.astype(np.float64)
        known = ~np.isnan(numbers)
        bits = np.nan_to_num(numbers).astype(np.int64)
        for target, bit in (("dibao", 1), ("wubao", 2)):
            told = np.where(known, (bits & bit) > 0, np.nan)
            part.values[target] = _filled(part.values.get(target), told)
    if "house_grade" in part.values:
        part.values["house_safe"] = _filled(part.values.get("house_safe"), part.values["house_grade"])
    if "pupils_all" in part.values and "students" not in part.values:
        part.values["pupils"] = _filled(part.values.get("pupils"), part.values["pupils_all"])
    if "village_attribute" in part.values:
        part.values["poor_village"] = _filled(part.values.get("poor_village"), part.values["village_attribute"])
    if "house_area_person" in part.values and "house_area" not in part.values:
        part.values["house_area"] = np.round(part.numbers("house_area_person") * part.numbers("persons"), 2)


def _filled(first: NDArray[Any] | None, then: NDArray[Any]) -> NDArray[Any]:
    """The first vector where it knows, else the second."""
    return then if first is None else np.where(np.isnan(first.astype(np.float64)), then, first)


def household_columns(
    parts: Sequence[Part], kept: Sequence[NDArray[np.int64]], homes: Sequence[NDArray[np.int64]],
    groups: Sequence[NDArray[np.int64]], numbers: NDArray[np.int64],
) -> Vectors:  # fmt: skip
    """Every column of the households that are kept, in the order of their tables.

    `kept`, `homes`, `groups` have one vector per part; homes are rows of the villages that are kept.
    """
    columns: Vectors = {
        "household": numbers,
        "village": _joined([h[k] for h, k in zip(homes, kept, strict=True)]),
        "group": _joined([g[k] for g, k in zip(groups, kept, strict=True)]),
    }
    for name, column in HOUSEHOLD.items():
        if name in columns:
            continue
        pieces = [part.numbers(name)[rows] for part, rows in zip(parts, kept, strict=True)]
        if name == "registered":
            pieces = [np.where(np.isnan(piece), 1.0, piece) for piece in pieces]
        columns[name] = settled(np.concatenate(pieces), column)
    return columns


def _joined(pieces: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(pieces).astype(np.int64)


def village_columns(villages: Villages, kept: Sequence[int]) -> Vectors:
    """Every column of the villages that are kept; all unknown where a village comes from households alone."""
    chosen: list[Village] = [villages.found[row] for row in kept]
    columns: Vectors = {
        "village": np.arange(len(chosen), dtype=np.int64),
        "name": np.array([v.name for v in chosen], dtype=np.str_),
        "township": np.array([v.township for v in chosen], dtype=np.int64),
    }
    for name, column in VILLAGE.items():
        if name in columns:
            continue
        vector = np.full(len(chosen), np.nan)
        for i, village in enumerate(chosen):
            if village.spot is not None and village.spot[0].sheet.kind == "villages":
                held = village.spot[0].values.get(name)
                vector[i] = np.nan if held is None else held[village.spot[1]]
        columns[name] = settled(vector, column)
    return columns


def numbers_of(ids: Sequence[str | None]) -> tuple[NDArray[np.int64], bool]:
    """The number of each household, and whether it is the bureau's own.

    Own numbers are kept where all are whole, none begins with a nought and none is too long; else they count from nought.
    """
    own = bool(ids) and all(
        name is not None and name.isascii() and name.isdecimal() and str(int(name)) == name and int(name) <= MOST_NUMBER
        for name in ids
    )
    if own:
        return np.array([int(name) for name in ids if name is not None], dtype=np.int64), True
    return np.arange(len(ids), dtype=np.int64), False
