"""Verdicts (判定): one of four outcomes per criterion and household or village, and how outcomes combine.

Unknown stands for "the register does not say"; not in force for "the criterion does not apply". Neither is ever
turned into met: what is unknown stays unknown unless the known parts alone settle the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.terms import Outcome

Vector = NDArray[Any]
Outcomes = NDArray[np.int8]

MET = np.int8(Outcome.MET)
NOT_MET = np.int8(Outcome.NOT_MET)
UNKNOWN = np.int8(Outcome.UNKNOWN)
NOT_IN_FORCE = np.int8(Outcome.NOT_IN_FORCE)


def decided(holds: Vector, known: Vector) -> Outcomes:
    """Met where a test holds, not met where it does not, unknown where it cannot be told.

    Shape: that of both.
    """
    return np.where(known, np.where(holds, MET, NOT_MET), UNKNOWN)


def of_flag(flag: Vector) -> Outcomes:
    """A register flag as an outcome: 1 is met, 0 is not met.

    Unknown: every other value, so that an odd entry never counts as met.
    """
    yes = flag == 1
    return decided(yes, yes | (flag == 0))


def of_count(count: Vector) -> Outcomes:
    """Whether a register count says at least one.

    Unknown: negative counts and NaN.
    """
    return decided(count > 0, count >= 0)


def both(*parts: Outcomes) -> Outcomes:
    """Every part must be met: any not met is not met, else any unknown is unknown; not in force is left out.

    Where no part is in force, the whole is not in force.

    >>> both(np.array([1, 1, 0], np.int8), np.array([1, -1, -1], np.int8)).tolist()
    [1, -1, 0]
    """
    return _combined(np.stack(parts))


def either(*parts: Outcomes) -> Outcomes:
    """One met part is enough; else any unknown is unknown; not in force is left out.

    >>> either(np.array([1, 0, 0], np.int8), np.array([-1, -1, 0], np.int8)).tolist()
    [1, -1, 0]
    """
    grid = np.stack(parts)
    whole = np.where((grid == NOT_MET).any(axis=0), NOT_MET, NOT_IN_FORCE)
    whole = np.where((grid == UNKNOWN).any(axis=0), UNKNOWN, whole)
    return np.where((grid == MET).any(axis=0), MET, whole)


def _combined(grid: Outcomes) -> Outcomes:
    whole = np.where((grid == MET).any(axis=0), MET, NOT_IN_FORCE)
    whole = np.where((grid == UNKNOWN).any(axis=0), UNKNOWN, whole)
    return np.where((grid == NOT_MET).any(axis=0), NOT_MET, whole)


@dataclass(frozen=True)
class Verdicts:
    """Outcomes of several criteria for the same households or villages."""

    criteria: tuple[str, ...]
    """Names of the criteria, in the plan's order."""
    outcomes: Outcomes
    """Values of `Outcome`. Shape: criterion × household, or criterion × village."""

    @classmethod
    def of(cls, vectors: Sequence[tuple[str, Outcomes]], rows: int) -> Verdicts:
        """Verdicts from one vector per criterion.

        Shape: each vector has `rows` entries.
        """
        grid = np.stack([v for _, v in vectors]) if vectors else np.empty((0, rows), np.int8)
        grid.flags.writeable = False
        return cls(tuple(name for name, _ in vectors), grid)

    def __getitem__(self, criterion: str) -> Outcomes:
        """The outcomes of one criterion.

        Raises: KeyError where the criterion was not judged.
        """
        try:
            row: Outcomes = self.outcomes[self.criteria.index(criterion)]
        except ValueError:
            raise KeyError(criterion) from None
        return row

    def combine(self) -> Outcomes:
        """One outcome per household or village over all criteria (as `both`).

        Shape: household or village.
        """
        if not self.criteria:
            return np.full(self.outcomes.shape[1], NOT_IN_FORCE)
        return _combined(self.outcomes)

    def counts(self) -> dict[str, dict[Outcome, int]]:
        """How many households or villages have each outcome, by criterion."""
        return {
            name: {outcome: int((row == outcome).sum()) for outcome in Outcome}
            for name, row in zip(self.criteria, self.outcomes, strict=True)
        }
