"""What a register amounts to: shares, means, ratios and ties, each with its standard error and how many are unknown.

The standard error is that of a simple random sample of as many; where the register holds everyone it says how far a
figure could lie from an assumed one by luck alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[Any]
NAN = float("nan")
MEDIAN_ERROR = 1.2533
"""Standard error of a median over that of a mean, for a normal spread."""


@dataclass(frozen=True)
class Measured:
    """A value found in a register."""

    value: float
    """NaN where there is nothing to measure."""
    error: float
    """Standard error; NaN where it is exact by its nature."""
    base: int
    """Households or villages that it is measured on."""
    unknown: int = 0
    """Of those asked, how many do not say."""


def known(values: Vector) -> NDArray[np.bool_]:
    """Where a flag, count or amount is known: neither negative nor NaN."""
    found: NDArray[np.bool_] = np.asarray(values >= 0)
    return found


def total(values: Vector, mask: Vector) -> Measured:
    """The sum over the rows of `mask`."""
    mine = values[mask]
    says = known(mine)
    return Measured(float(mine[says].sum()), NAN, int(says.sum()), int((~says).sum()))


def share(holds: Vector, says: Vector, mask: Vector) -> Measured:
    """The share of the rows of `mask` for which something holds, among those known."""
    base = mask & says
    count = int(base.sum())
    unknown = int(mask.sum()) - count
    if not count:
        return Measured(NAN, NAN, 0, unknown)
    value = float((holds & base).sum()) / count
    return Measured(value, float(np.sqrt(max(value * (1 - value), 0.25 / count) / count)), count, unknown)


def mean(values: Vector, mask: Vector) -> Measured:
    """The mean over the rows of `mask` where it is known."""
    mine = values[mask].astype(np.float64)
    says = known(mine)
    mine = mine[says]
    if not len(mine):
        return Measured(NAN, NAN, 0, int((~says).sum()))
    return Measured(float(mine.mean()), float(mine.std() / np.sqrt(len(mine))), len(mine), int((~says).sum()))


def median(values: Vector, mask: Vector) -> Measured:
    """The median over the rows of `mask` where it is known."""
    found = mean(values, mask)
    if not found.base:
        return found
    mine = values[mask].astype(np.float64)
    return Measured(float(np.median(mine[known(mine)])), found.error * MEDIAN_ERROR, found.base, found.unknown)


def spread_of_logs(values: Vector, mask: Vector) -> Measured:
    """The standard deviation of the logarithm over the rows of `mask` where it is above nought."""
    mine = values[mask].astype(np.float64)
    mine = mine[known(mine) & (mine > 0)]
    missing = int(mask.sum()) - len(mine)
    if not len(mine):
        return Measured(NAN, NAN, 0, missing)
    value = float(np.log(mine).std())
    return Measured(value, value / np.sqrt(2 * len(mine)), len(mine), missing)


def per(above: Vector, below: Vector, mask: Vector) -> Measured:
    """A sum over a sum, such as labour per person, over the rows of `mask` where both are known."""
    says = mask & known(above) & known(below)
    count, missing = int(says.sum()), int((mask & ~says).sum())
    whole = float(below[says].sum())
    if not whole:
        return Measured(NAN, NAN, 0, missing)
    value = float(above[says].sum()) / whole
    rest = (above[says] - value * below[says]).astype(np.float64)
    return Measured(value, float(np.sqrt((rest**2).sum()) / whole), count, missing)


def ratio(one: Measured, other: Measured) -> Measured:
    """One measured value over another."""
    unknown = one.unknown + other.unknown
    if not (one.base and other.base and other.value):
        return Measured(NAN, NAN, 0, unknown)
    value = one.value / other.value
    relative = np.hypot(one.error / one.value if one.value else 0.0, other.error / other.value)
    return Measured(value, float(value * relative), one.base + other.base, unknown)


def correlation(one: Vector, other: Vector, mask: Vector) -> Measured:
    """The correlation of two columns over the rows of `mask` where both are known."""
    says = mask & known(one) & known(other)
    a, b = one[says].astype(np.float64), other[says].astype(np.float64)
    missing = int((mask & ~says).sum())
    if len(a) < 2 or not a.std() or not b.std():
        return Measured(NAN, NAN, 0, missing)
    value = float(np.corrcoef(a, b)[0, 1])
    return Measured(value, float((1 - value**2) / np.sqrt(len(a))), len(a), missing)
