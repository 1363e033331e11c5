"""A register of households and villages: read-only columns, and the links household → village → township."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.errors import Fault, RegisterError
from planner.register.columns import HOUSEHOLD, VILLAGE, Column

Vector = NDArray[Any]


class Table(Mapping[str, Vector]):
    """Named columns of one length, read-only."""

    def __init__(self, columns: Mapping[str, Vector], declared: Mapping[str, Column], file: str) -> None:
        faults = [Fault(file, 0, name, "register.column_missing", {}) for name in declared if name not in columns]
        if faults:
            raise RegisterError(faults)
        held = {name: np.array(columns[name]) for name in declared}
        lengths = {len(v) for v in held.values()}
        if len(lengths) != 1:
            raise RegisterError([Fault(file, 0, "", "register.lengths", {"found": sorted(lengths)})])
        for vector in held.values():
            vector.flags.writeable = False
        self._columns = held
        self.rows = lengths.pop()

    def __getitem__(self, name: str) -> Vector:
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@dataclass(frozen=True)
class Register:
    """Households and villages as they stand before the plan begins."""

    households: Table
    villages: Table
    townships: tuple[str, ...]
    synthetic: bool
    """Whether it was made up; said wherever its numbers are shown."""
    seed: int

    @classmethod
    def of(
        cls,
        households: Mapping[str, Vector],
        villages: Mapping[str, Vector],
        townships: tuple[str, ...],
        *,
        synthetic: bool,
        seed: int,
    ) -> Register:
        """A register from plain columns.

        Raises: RegisterError where a column is missing or lengths differ.
        """
        return cls(
            Table(households, HOUSEHOLD, "households"), Table(villages, VILLAGE, "villages"), townships, synthetic, seed
        )

    @property
    def income(self) -> NDArray[np.float64]:
        """Net income per head at the start. Unit: 元/人/年. Shape: household."""
        h = self.households
        total: NDArray[np.float64] = (
            h["income_farm"] + h["income_wage"] + h["income_transfer"] + h["income_property"]
        ).astype(np.float64)
        return total

    @property
    def township_of_household(self) -> NDArray[np.int64]:
        """Shape: household."""
        return self.villages["township"][self.households["village"]].astype(np.int64)
