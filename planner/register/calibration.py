"""Drawing so that what is drawn agrees with what is wanted: tilted shares, samples of a fixed size, exact sums."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.errors import Fault, RegisterError
from planner.quantities import share_out

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Source = np.random.Generator
STEEPEST = 50.0
"""Tilt beyond which a mean is out of reach."""
HALVINGS = 60
MOST_LIKELY = 0.95
"""The highest chance that one person is drawn for something."""


def tilted(shares: Floats, values: Floats, mean: float) -> Floats:
    """Shares of one shape whose mean is as wanted: each is multiplied by the same power of its value (raking).

    Where the mean lies outside the values, the shares gather at the nearest end.

    >>> tilted(np.array([0.5, 0.5]), np.array([1.0, 2.0]), 1.75).round(6).tolist()
    [0.25, 0.75]
    """
    low, high = -STEEPEST, STEEPEST
    found = shares
    for _ in range(HALVINGS):
        slope = (low + high) / 2
        weight = shares * np.exp(slope * (values - (values[-1] if slope > 0 else values[0])))
        found = weight / weight.sum()
        low, high = (slope, high) if float(found @ values) < mean else (low, slope)
    return found


def counts_of_sum(total: int, wanted: int, shares: Floats) -> Whole:
    """How many of `total` take each of the values 1, 2, …, so that their sum is exactly as wanted.

    By largest remainder, then by moving as few as possible from one value to the next.

    Raises: RegisterError where the sum lies below `total` or above `total` times the largest value.
    """
    counts = np.array(share_out(total, shares.tolist()), dtype=np.int64)
    values = np.arange(1, len(counts) + 1)
    gap = wanted - int(counts @ values)
    while gap:
        step = 1 if gap > 0 else -1
        movable = np.flatnonzero(counts[:-1] > 0) if step > 0 else np.flatnonzero(counts[1:] > 0) + 1
        if not len(movable):
            raise _unreachable("per_household", wanted, abs(gap))
        at = movable[np.argmax(counts[movable])]
        moved = min(abs(gap), int(counts[at]))
        counts[at] -= moved
        counts[at + step] += moved
        gap -= step * moved
    return counts


def pick(weights: Floats, wanted: int, source: Source) -> Mask:
    """A sample of exactly `wanted` rows, each with a chance in proportion to its weight (Pareto order sampling).

    A row of weight nought is never taken; fewer are taken where fewer have a weight.

    Shape: as `weights`.
    """
    luck = source.random(len(weights))
    able = weights > 0
    wanted = min(wanted, int(able.sum()))
    if wanted <= 0:
        return np.zeros(len(weights), bool)
    chance = chance_for_total(np.ones(len(weights)), weights, wanted, 1.0)
    # order sampling after Rosén (1997): the ranks of odds over odds keep the chances to within the sampling error
    with np.errstate(divide="ignore", invalid="ignore"):
        rank = np.where(able, luck * (1 - chance) / (chance * (1 - luck)), np.inf)
    taken = np.zeros(len(weights), bool)
    taken[np.argpartition(rank, wanted - 1)[:wanted]] = True
    return taken


def pick_within(weights: Floats, share: Floats, strata: Whole, base: Mask, source: Source) -> Mask:
    """Samples of the rows of `base`, stratum by stratum, each the stratum's share of its rows.

    Shape: `share` by stratum, the rest by row.
    """
    taken = np.zeros(len(weights), bool)
    for stratum in range(len(share)):
        rows = np.flatnonzero(base & (strata == stratum))
        taken[rows[pick(weights[rows], round(share[stratum] * len(rows)), source)]] = True
    return taken


def chance_for_total(
    trials: NDArray[np.number[Any]], weights: Floats, wanted: float, most: float = MOST_LIKELY
) -> Floats:
    """The chance of each trial, in proportion to the row's weight and at most `most`, so that `wanted` are expected.

    Where not even the most would do, every row of a weight has the most. Shape: as `weights`.
    """
    chance = np.zeros(len(weights))
    rest = trials * weights
    capped = np.zeros(len(weights), bool)
    left = wanted
    while (weight := float(rest.sum())) > 0 and left > 0:
        chance = np.where(capped, most, weights * (left / weight))
        over = chance > most
        if not over.any():
            return chance
        capped |= over
        rest = np.where(capped, 0.0, rest)
        left = wanted - most * float((trials * capped).sum())
    found: Floats = np.where(capped, most, 0.0)
    return found


def take_exact(rows: Whole, sizes: NDArray[np.generic], wanted: int, path: str) -> Whole:
    """The first of `rows` whose sizes sum exactly to `wanted`, passing over a household that would overshoot.

    Where that leaves a gap, the last taken that is smaller by the gap than one left gives way to it.

    Raises: RegisterError where no such choice is found.
    """
    running = np.cumsum(sizes[rows])
    stop = int(np.searchsorted(running, wanted, side="right"))
    taken = list(rows[:stop])
    missing = wanted - int(sizes[rows[:stop]].sum())
    left: list[Any] = []
    for position, row in enumerate(rows[stop:], start=stop):
        if missing <= 0:
            break
        if sizes[row] <= missing:
            taken.append(row)
            missing -= int(sizes[row])
        else:
            left.append(rows[position])
    if missing and (swap := _swap(taken, left, sizes, missing)) is not None:
        taken[swap[0]] = swap[1]
        missing = 0
    if missing:
        raise _unreachable(path, wanted, missing)
    return np.array(taken, dtype=np.int64)


def _swap(taken: list[Any], left: list[Any], sizes: NDArray[np.generic], missing: int) -> tuple[int, Any] | None:
    """Which of the taken gives way to which of the left, so that the gap is closed."""
    first: dict[int, Any] = {}
    for row in left:
        first.setdefault(int(sizes[row]), row)
    for position in range(len(taken) - 1, -1, -1):
        larger = first.get(int(sizes[taken[position]]) + missing)
        if larger is not None:
            return position, larger
    return None


def _unreachable(path: str, wanted: int, missing: int) -> RegisterError:
    return RegisterError(
        [Fault("register", 0, path, "register.total_unreachable", {"wanted": wanted, "missing": missing})]
    )
