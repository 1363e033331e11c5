"""Whole village works: each village's works are bought in one year or not at all.

By the end of a year as much is bought as the program buys, to within one village. First come the villages put forward by
then, then those whose works the program buys whole, then those due earliest, then the larger share, then the order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.allocation.controlled import PARTS, in_parts
from planner.allocation.formulation import Draft
from planner.allocation.problem import area_of
from planner.allocation.purse import Purse, whole_yuan
from planner.allocation.rounding_goods import SMALL, asked_in, inside_of

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
NEVER = -1
FORWARD = 0.5
"""Share put forward from which a village counts as put forward."""


class WorksRounding:
    """Villages whose works are bought, year after year as the money allows."""

    def __init__(self, d: Draft, values: Floats, purse: Purse) -> None:
        pr = d.problem
        self._d, self._pr, self._purse, self._values = d, pr, purse, values
        self._kinds = pr.strata.places[pr.strata.of_village]
        due = pr.register.villages["due_year"].astype(np.int64)
        self._due = np.where(due > 0, due, max(pr.plan.schedule) + 1)
        self._forward = np.zeros((len(due), d.years), bool)
        self._forward[pr.listed] = values[d.forward] > FORWARD
        self.bought = {k: np.full(len(due), NEVER, np.int64) for k in pr.works}
        """Works to the index of the year in which each village's are bought; -1 for never. Shape: village."""
        self.cost = {k: whole_yuan(pr.works_cost[k]) for k in pr.works}
        """Whole yuan for the works of a village. Shape: village."""
        self.unmet: list[tuple[str, int, float]] = []
        """Works, year index and units by which a task or a village put forward stays unserved."""
        self._share = {k: in_parts(np.where(c >= 0, values[c], 0.0)) for k, c in d.done.items()}
        self._units = {k: in_parts(pr.works_units[k]) for k in pr.works}

    def done(self, k: str) -> Wholes:
        """1 from the year in which a village's works are bought. Shape: village × year."""
        years = np.arange(self._d.years)
        when = self.bought[k][:, None]
        found: Wholes = ((when != NEVER) & (when <= years)).astype(np.int64)
        return found

    def keep_up(self, y: int) -> None:
        """Pay again for works whose cost comes back every year."""
        for k in self._pr.works:
            if self._pr.plan.measures[k].recurring:
                for v in np.flatnonzero(self.bought[k] != NEVER).tolist():
                    if not self._pay(k, v, y):
                        self.unmet.append((k, y, float(self._pr.works_units[k][v])))

    def must(self, y: int) -> None:
        """Works of villages put forward by the year, those the program buys whole, and what printed tasks still ask for."""
        for k in self._pr.works:
            waits = self._pr.village_open[k] & self._forward[:, y] & (self._units[k] > 0)
            for v in np.flatnonzero(waits & (self.bought[k] == NEVER)).tolist():
                if not self._buy(k, v, y):
                    self.unmet.append((k, y, float(self._pr.works_units[k][v])))
            for v in self._turn(k, y):
                if self._share[k][v, y] >= PARTS:
                    self._buy(k, v, y)
            for i, wanted in asked_in(self._d, self._values, k, y):
                self._ask_for(k, i, y, wanted)

    def fill(self, y: int) -> None:
        """In turn, whatever still fits below what the program buys by the end of the year."""
        for k in self._pr.works:
            room = self._missing(k, y)
            for v in self._turn(k, y):
                if self._units[k][v] <= room and self._buy(k, v, y):
                    room -= int(self._units[k][v])

    def near(self, y: int) -> None:
        """One more where that comes nearer to what the program buys, if it can be paid for."""
        for k in self._pr.works:
            room = self._missing(k, y)
            for v in self._turn(k, y):
                if self._units[k][v] < 2 * room and self._buy(k, v, y):
                    room -= int(self._units[k][v])

    def _missing(self, k: str, y: int) -> int:
        """Parts of units that the program has bought by the end of a year and that are not bought here."""
        meant = sum(int(a) * int(b) for a, b in zip(self._share[k][:, y], self._units[k], strict=True)) // PARTS
        return meant + int(SMALL * PARTS) - int(self._units[k][self.bought[k] != NEVER].sum())

    def _turn(self, k: str, y: int) -> list[int]:
        """Villages in which the program buys by then, and for which nothing is bought yet."""
        share = self._share[k][:, y]
        v = np.flatnonzero((share > 0) & (self._units[k] > 0) & (self.bought[k] == NEVER))
        order = np.lexsort((v, -share[v], self._due[v], share[v] < PARTS, ~self._forward[v, y]))
        ordered: list[int] = v[order].tolist()
        return ordered

    def _ask_for(self, k: str, i: int, y: int, wanted: float) -> None:
        """Villages in turn until a task is met; where that takes too much, the largest that fit instead of the first."""
        before = self.bought[k].copy()
        missing = self._cover(k, i, y, wanted, largest=False)
        if missing > 0:
            for v in np.flatnonzero(self.bought[k] != before).tolist():
                self.bought[k][v] = NEVER
                if self.cost[k][v]:
                    self._purse.refund(k, area_of(int(self._kinds[v])), y, int(self.cost[k][v]))
            missing = self._cover(k, i, y, wanted, largest=True)
        if missing > 0:
            self.unmet.append((k, y, missing / PARTS))

    def _cover(self, k: str, i: int, y: int, wanted: float, *, largest: bool) -> int:
        """Buy until a task is met: villages that fit what is missing, at last the least that is enough.

        Gives the parts of units still missing.
        """
        units = self._units[k]
        inside = inside_of(self._kinds, self._pr.plan.measures[k].tasks[i].places)
        missing = int(in_parts(np.array([wanted]))[0]) - int(units[inside & (self.bought[k] != NEVER)].sum())
        while missing > SMALL * PARTS:
            others = np.flatnonzero(inside & (units > 0) & (self.bought[k] == NEVER)).tolist()
            turn = list(dict.fromkeys([v for v in self._turn(k, y) if inside[v]] + others))
            if largest:
                turn.sort(key=lambda v: -int(units[v]))
            fits = [v for v in turn if units[v] <= missing]
            rest = sorted((v for v in turn if units[v] > missing), key=lambda v: int(units[v]))
            bought = next((v for v in (*fits, *rest) if self._buy(k, v, y)), None)
            if bought is None:
                return missing
            missing -= int(units[bought])
        return 0

    def _buy(self, k: str, v: int, y: int) -> bool:
        measure = self._pr.plan.measures[k]
        now = self.bought[k] != NEVER if measure.recurring else self.bought[k] == y
        units = int(self._units[k][now].sum()) + int(self._units[k][v])
        if units > (measure.capacity.at(self._pr.years[y]) + SMALL) * PARTS or not self._pay(k, v, y):
            return False
        self.bought[k][v] = y
        return True

    def _pay(self, k: str, v: int, y: int) -> bool:
        cost = int(self.cost[k][v])
        return cost == 0 or self._purse.pay(k, area_of(int(self._kinds[v])), y, cost)
