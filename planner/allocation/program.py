"""A linear program as plain data: named blocks of columns and rows, triplets, bounds. Always a minimisation.

Each block of rows belongs to a declared family (see `constraints`); its labels name the things each row is about, so
that a price, a slack and a breach all have a place. What cannot be matched by label is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Index = NDArray[np.int64]
INFINITY = float("inf")
Part = tuple[Index, Index, "Floats | float"]
"""Rows within a block, columns, and coefficients shaped like the rows (or one for all)."""


@dataclass(frozen=True)
class Block:
    """A run of columns or rows with one name and one label each."""

    name: str
    start: int
    labels: tuple[tuple[object, ...], ...]
    family: str = ""
    """The declared family that a block of rows belongs to."""
    whole: bool = False
    """Whether its columns are whole numbers in the mixed-integer form; the linear form relaxes them."""

    @property
    def stop(self) -> int:
        """One past its last column or row."""
        return self.start + len(self.labels)


@dataclass(frozen=True)
class Program:
    """Minimise cost · x where row_lower <= A x <= row_upper and lower <= x <= upper.

    Unit: money 万元, works and goods in their own unit, households in households, persons in persons.
    """

    columns: tuple[Block, ...]
    rows: tuple[Block, ...]
    matrix: csr_array
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats

    def column_block(self, name: str) -> Block:
        """The block of columns of that name.

        Raises: KeyError where there is none.
        """
        return _find(self.columns, name)

    def row_block(self, name: str) -> Block:
        """The block of rows of that name.

        Raises: KeyError where there is none.
        """
        return _find(self.rows, name)

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Which columns are whole numbers in the mixed-integer form. Shape: column."""
        found = np.zeros(len(self.lower), bool)
        for block in self.columns:
            found[block.start : block.stop] = block.whole
        return found

    def column_names(self) -> list[str]:
        """One unique plain name per column, in order, for exports."""
        return [f"{block.name}_{i}" for block in self.columns for i in range(len(block.labels))]

    def row_names(self) -> list[str]:
        """One unique plain name per row, in order, for exports."""
        return [f"{block.name}_{i}" for block in self.rows for i in range(len(block.labels))]


def _find(blocks: tuple[Block, ...], name: str) -> Block:
    for block in blocks:
        if block.name == name:
            return block
    raise KeyError(name)


@dataclass
class Builder:
    """Gathers blocks and triplets; `finish` freezes them into a `Program`."""

    family: str = ""
    """The family to which the blocks of rows to come belong."""

    _columns: list[Block] = field(default_factory=list)
    _rows: list[Block] = field(default_factory=list)
    _lower: list[Floats] = field(default_factory=list)
    _upper: list[Floats] = field(default_factory=list)
    _row_lower: list[Floats] = field(default_factory=list)
    _row_upper: list[Floats] = field(default_factory=list)
    _triplets: list[tuple[Index, Index, Floats]] = field(default_factory=list)
    _width: int = 0
    _height: int = 0

    def columns(
        self,
        name: str,
        labels: Sequence[tuple[object, ...]],
        lower: float | Floats = 0.0,
        upper: float | Floats = INFINITY,
        *,
        whole: bool = False,
    ) -> Index:
        """A new block of columns; gives their numbers in the order of the labels."""
        count = len(labels)
        self._columns.append(Block(name, self._width, tuple(labels), whole=whole))
        self._lower.append(np.broadcast_to(np.asarray(lower, float), (count,)).copy())
        self._upper.append(np.broadcast_to(np.asarray(upper, float), (count,)).copy())
        numbers = np.arange(self._width, self._width + count)
        self._width += count
        return numbers

    def rows(
        self,
        name: str,
        labels: Sequence[tuple[object, ...]],
        parts: Sequence[Part],
        lower: float | Floats = -INFINITY,
        upper: float | Floats = INFINITY,
    ) -> Index:
        """A new block of rows; `parts` are (row within the block, column, coefficient).

        Raises: ValueError where a row within the block does not exist or lengths differ.
        """
        count = len(labels)
        self._rows.append(Block(name, self._height, tuple(labels), self.family))
        for row, column, value in parts:
            shaped = np.asarray(row, np.int64)
            coefficient = np.broadcast_to(np.asarray(value, float), shaped.shape).ravel()
            at, of = shaped.ravel(), np.asarray(column, np.int64).ravel()
            if len(at) != len(of) or (len(at) and (at.min() < 0 or at.max() >= count)):
                raise ValueError(f"rows {name}: a part does not match its labels")
            if len(of) and (of.min() < 0 or of.max() >= self._width):
                raise ValueError(f"rows {name}: a column does not exist")
            self._triplets.append((at + self._height, of, coefficient))
        self._row_lower.append(np.broadcast_to(np.asarray(lower, float), (count,)).copy())
        self._row_upper.append(np.broadcast_to(np.asarray(upper, float), (count,)).copy())
        numbers = np.arange(self._height, self._height + count)
        self._height += count
        return numbers

    def finish(self) -> Program:
        """The program, with coefficients of one row and column added up and zeros dropped."""
        row = np.concatenate([t[0] for t in self._triplets])
        column = np.concatenate([t[1] for t in self._triplets])
        value = np.concatenate([t[2] for t in self._triplets])
        matrix = csr_array((value, (row, column)), shape=(self._height, self._width))
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        return Program(
            tuple(self._columns),
            tuple(self._rows),
            matrix,
            np.concatenate(self._lower),
            np.concatenate(self._upper),
            np.concatenate(self._row_lower),
            np.concatenate(self._row_upper),
        )
