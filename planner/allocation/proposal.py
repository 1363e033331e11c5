"""A proposal (安排建议): what is bought where and when, by which money, who is expected out, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.allocation.assignment import Assignment
from planner.allocation.certificate import Served
from planner.allocation.ledger import Entry
from planner.allocation.loss import Reach
from planner.allocation.rounding import Loss, Unmet

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RankResult:
    """What one aim reached, in its own unit, and whether it can still be better."""

    name: str
    value: float
    at_bound: bool


@dataclass(frozen=True)
class Expected:
    """What the program itself expects, deterministic; cumulative by year end."""

    persons: Floats
    """Persons led out by stratum. Shape: stratum × year."""
    relief: Floats
    """Persons out by a transfer alone. Shape: year."""
    villages: Floats
    """Share of each village off the list. Shape: village × year."""
    by_pathway: dict[tuple[int, str], Floats]
    """(stratum, pathway or `own`) to persons led out in each year. Shape: year."""
    short: dict[str, float]
    """Persons missing from each pathway's target."""


@dataclass(frozen=True)
class Proposal:
    """One allocation of one plan to one register."""

    years: tuple[int, ...]
    works: dict[str, Floats]
    """1 from the year in which a village's works are paid for. Shape: village × year."""
    assignment: Assignment
    entries: list[Entry]
    expected: Expected
    ranks: tuple[RankResult, ...]
    strata: NDArray[np.int64]
    """Township and kind of village of each stratum. Shape: stratum × 2."""
    misfit: float
    """Error of aggregation into classes: share of households whose needs differ from their class's majority."""
    values: Floats = field(repr=False, default_factory=lambda: np.zeros(0))
    """The program's own columns, for the certificate."""
    served: tuple[Served, ...] = field(repr=False, default=())
    """What each aim left behind, for the certificate."""
    forward: NDArray[np.bool_] = field(repr=False, default_factory=lambda: np.zeros((0, 0), bool))
    """Whether a village is put forward to leave the list. Shape: village × year."""
    losses: tuple[Loss, ...] = field(repr=False, default=())
    """Every measure and year before and after rounding."""
    unmet: tuple[Unmet, ...] = ()
    """Clauses that whole units cannot keep."""
    reach: Reach | None = field(repr=False, default=None)
    """Persons whom the deliveries can lead out, before and after rounding; None where nothing is planned."""

    def persons_out(self, year: int) -> float:
        """Persons expected out by the end of a year, those by a transfer alone included."""
        return float(self.expected.persons[:, self.years.index(year)].sum())

    def villages_off(self, year: int) -> float:
        """Villages expected off the list by the end of a year."""
        return float(self.expected.villages[:, self.years.index(year)].sum())

    def put_forward(self, year: int) -> int:
        """Villages put forward to leave the list by the end of a year."""
        return int(self.forward[:, self.years.index(year)].sum()) if self.forward.size else 0

    def yuan(self, year: int | None = None, account: set[str] | None = None) -> int:
        """Money of the proposal, of one year or all, of the sources named or all."""
        return sum(e.yuan for e in self.entries if year in (None, e.year) and (account is None or e.source in account))
