"""Vectors of floats as whole numbers times one power of two, so that sums and products of stored floats are exact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Wholes = NDArray[Any]
"""Python's own whole numbers of any size."""


@dataclass(frozen=True)
class Exact:
    """Each number is its whole part times two to the power."""

    whole: Wholes
    power: int

    @classmethod
    def of(cls, values: Floats) -> Exact:
        """The exact values of finite floats.

        Raises: ValueError where one is not finite.
        """
        if not np.isfinite(values).all():
            raise ValueError("only finite numbers are exact")
        part, power = np.frexp(np.asarray(values, float))
        whole = np.ldexp(part, 53).astype(np.int64)
        power = np.where(whole == 0, 0, power - 53)
        lowest = int(power.min(initial=0))
        return cls(whole.astype(object) << (power - lowest).astype(object), lowest)

    def __getitem__(self, at: NDArray[Any]) -> Exact:
        return Exact(self.whole[at], self.power)

    def __mul__(self, other: Exact) -> Exact:
        return Exact(self.whole * other.whole, self.power + other.power)

    def __sub__(self, other: Exact) -> Exact:
        lowest = min(self.power, other.power)
        return Exact(self._at(lowest) - other._at(lowest), lowest)

    def _at(self, power: int) -> Wholes:
        return self.whole * (1 << (self.power - power))

    def sums(self, starts: NDArray[Any]) -> Exact:
        """Sums of consecutive runs; run i goes from `starts[i]` to before `starts[i + 1]`."""
        running = np.concatenate([np.zeros(1, object), np.add.accumulate(self.whole, dtype=object)])
        return Exact(running[starts[1:]] - running[starts[:-1]], self.power)

    def total(self) -> Fraction:
        """The sum of all."""
        return fraction(int(sum(self.whole.tolist())), self.power)

    def floats(self) -> Floats:
        """The nearest floats."""
        return np.array([float(fraction(int(w), self.power)) if w else 0.0 for w in self.whole], np.float64)


def fraction(whole: int, power: int) -> Fraction:
    """Whole times two to the power."""
    return Fraction(whole << power) if power >= 0 else Fraction(whole, 1 << -power)


def dot(a: Floats, b: Floats) -> Fraction:
    """The exact inner product."""
    used = np.flatnonzero((a != 0) & (b != 0))
    return (Exact.of(a[used]) * Exact.of(b[used])).total()
