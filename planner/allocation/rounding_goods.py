"""Whole households: the program's stocks of household measures, rounded stratum by stratum and year by year.

Where every household of a measure counts and costs the same, a number of households is enough. Where they differ (persons
are counted, or a cap is by household) they are named at once, since only named households have a number of persons and a
cost.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.allocation.constraints_money import wanted_units
from planner.allocation.controlled import PARTS, controlled, in_parts
from planner.allocation.formulation import Draft
from planner.allocation.problem import AREAS, area_of, household_cost
from planner.allocation.purse import Purse, whole_yuan
from planner.plan.measures import Measure
from planner.terms import Places

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Flags = NDArray[np.bool_]
SMALL = 1e-6
"""Part of a unit by which a limit may be off a whole one."""


class GoodsRounding:
    """Households that hold each measure, decided year after year as the money allows."""

    def __init__(self, d: Draft, values: Floats, purse: Purse) -> None:
        pr = d.problem
        self._d, self._pr, self._purse, self._values = d, pr, purse, values
        kinds = pr.strata.places
        self._areas = {area: np.array([area_of(int(p)) == area for p in kinds]) for area in AREAS}
        self._home = pr.register.households["village"][pr.needs.rows].astype(np.int64)
        self._stratum = pr.strata.of_village[self._home]
        self._goal: dict[str, Wholes] = {}
        self._parts: dict[str, Wholes] = {}
        self._meant: dict[str, Wholes] = {}
        """For measures whose households differ: parts of units meant to be held. Shape: stratum × year."""
        self.stock: dict[str, Wholes] = {}
        """Measure to households that hold it. Shape: stratum × year."""
        self.holders: dict[str, Flags] = {}
        """The same by name, for measures whose households differ. Shape: household × year."""
        self.unmet: list[tuple[str, int, float]] = []
        """Measure, year index and units by which a printed task stays unmet."""
        for k in pr.goods:
            columns = d.stock[k]
            amounts = np.where(columns >= 0, np.maximum(values[columns], 0.0), 0.0)
            self._parts[k] = in_parts(amounts)
            self._goal[k] = controlled(amounts, [kinds, (kinds == Places.OTHER).astype(np.int64)])
            self.stock[k] = np.zeros(columns.shape, np.int64)
            measure = pr.plan.measures[k]
            if differs(measure):
                self.holders[k] = np.zeros((len(self._stratum), d.years), bool)
                persons = in_parts(amounts * pr.units_each[k][:, None])
                self._meant[k] = persons if measure.counted == "person" else self._goal[k] * PARTS

    def year(self, y: int) -> None:
        """Decide a year; those before it stand."""
        for k in self._pr.goods:
            if k in self.holders:
                self._by_name(k, y)
            else:
                self._by_number(k, y)

    def units(self, k: str) -> Floats:
        """Units held. Shape: year."""
        if k in self.holders:
            found: Floats = (self.holders[k] * self._size(k)[:, None]).sum(axis=0).astype(np.float64)
            return found
        stock: Floats = self.stock[k].sum(axis=0).astype(np.float64)
        return stock

    def _size(self, k: str) -> Wholes:
        """Units of a measure for each household. Shape: household."""
        persons = self._pr.needs.persons
        return persons if self._pr.plan.measures[k].counted == "person" else np.ones(len(persons), np.int64)

    # Households that are alike

    def _by_number(self, k: str, y: int) -> None:
        measure = self._pr.plan.measures[k]
        before = self._before(k, y)
        now = np.maximum(self._goal[k][:, y], before)
        over = int((now - before).sum()) - self._capacity(k, y)
        if over > 0:
            self._give_up(k, y, now, before, np.ones(len(now), bool), over)
        each = int(whole_yuan(household_cost(measure, np.ones(1, np.int64)))[0])
        for area, mine in self._areas.items():
            count = int((now - before)[mine].sum())
            paid = self._purse.pay_up_to(k, area, y, count * each)
            served = paid // each if each else count
            self._purse.refund(k, area, y, paid - served * each)
            if served < count:
                self._give_up(k, y, now, before, mine, count - served)
        self.stock[k][:, y] = now
        for i, wanted in self._tasks(k, y):
            self._ask_for(k, i, y, wanted, each, before)

    def _before(self, k: str, y: int) -> Wholes:
        """Households that need not be paid for any more. Shape: stratum."""
        none = np.zeros(len(self.stock[k]), np.int64)
        return none if y == 0 or self._pr.plan.measures[k].recurring else self.stock[k][:, y - 1]

    def _capacity(self, k: str, y: int) -> int:
        """Whole units that can be delivered in a year; where the cost comes back, that can be in place."""
        measure, pr = self._pr.plan.measures[k], self._pr
        most = measure.capacity.at(pr.years[y])
        if measure.entitlement:
            most = max(most, float((pr.units_each[k] * pr.takers[k]).sum()))
        return int(np.floor(most + SMALL))

    def _give_up(self, k: str, y: int, now: Wholes, before: Wholes, mine: Flags, count: int) -> None:
        """Take so many back: those rounded up from the least first, then from the places due last."""
        whole, rest = self._parts[k][:, y] // PARTS, self._parts[k][:, y] % PARTS
        up = np.flatnonzero(mine & (now > np.maximum(whole, before)))
        for s in up[np.lexsort((up, rest[up]))][:count]:
            now[s] -= 1
            count -= 1
        others = np.flatnonzero(mine & (now > before))
        for s in others[np.lexsort((-others, -self._pr.strata.places[others]))]:
            step = min(count, int(now[s] - before[s]))
            now[s] -= step
            count -= step

    def _tasks(self, k: str, y: int) -> list[tuple[int, float]]:
        """Number and units of each printed task of the year; what the program itself leaves open is not asked for."""
        return asked_in(self._d, self._values, k, y)

    def _ask_for(self, k: str, i: int, y: int, wanted: float, each: int, before: Wholes) -> None:
        pr, now = self._pr, self.stock[k][:, y]
        inside = inside_of(pr.strata.places, pr.plan.measures[k].tasks[i].places)
        room = self._capacity(k, y) - int((now - before).sum())
        rest = self._parts[k][:, y] % PARTS
        while now[inside].sum() < wanted - SMALL:
            able = np.flatnonzero(inside & (now < pr.takers[k]))
            paid = False
            for s in able[np.lexsort((able, -rest[able]))] if room > 0 else ():
                paid = self._purse.pay(k, area_of(int(pr.strata.places[s])), y, each)
                if paid:
                    now[s] += 1
                    room -= 1
                    break
            if not paid:
                self.unmet.append((k, y, wanted - float(now[inside].sum())))
                return

    # Households that differ

    def _by_name(self, k: str, y: int) -> None:
        pr, measure = self._pr, self._pr.plan.measures[k]
        size = self._size(k)
        cost = whole_yuan(household_cost(measure, pr.needs.persons))
        had = self.holders[k][:, y - 1] if y else np.zeros(len(size), bool)
        order = self._order(k, y)
        # Those who have it stay first.
        holds = self._chosen(k, y, order[np.argsort(~had[order], kind="stable")], size)
        if not measure.recurring:
            holds |= had
        new = order[(holds & (measure.recurring | ~had))[order]]
        new = new[np.cumsum(size[new]) <= self._capacity(k, y)]
        new = self._paid_for(k, y, new, cost)
        now = (had & (not measure.recurring)).astype(bool)
        now[new] = True
        self.holders[k][:, y] = now
        for i, wanted in self._tasks(k, y):
            self._ask_by_name(k, i, y, wanted, order, size, cost)
        self.stock[k][:, y] = np.bincount(self._stratum[self.holders[k][:, y]], minlength=len(self.stock[k]))

    def _chosen(self, k: str, y: int, order: Wholes, size: Wholes) -> Flags:
        """The first of each stratum whose units come nearest to the program's, what one has over told off at the next."""
        rising = not self._pr.plan.measures[k].recurring
        had = self.holders[k][:, y - 1] if y and rising else np.zeros(len(size), bool)
        chosen = np.zeros(len(size), bool)
        over = 0
        for s in range(len(self.stock[k])):
            here = order[self._stratum[order] == s]
            meant = int(self._meant[k][s, y]) - over
            # Nearest: half of a household may stand above.
            upto = np.cumsum(size[here]) * PARTS - size[here] * PARTS // 2
            taken = here[(upto <= meant) | had[here]]
            chosen[taken] = True
            over = int(size[taken].sum()) * PARTS - meant
        return chosen

    def _order(self, k: str, y: int) -> Wholes:
        """Households that can take it: villages due earliest first, then the better chance with it, then the register."""
        pr = self._pr
        due = pr.register.villages["due_year"].astype(np.int64)[self._home]
        due = np.where(due > 0, due, max(pr.plan.schedule) + 1)
        uses = [p for p, package in enumerate(pr.needs.packages) if k in package.measures]
        chance = pr.needs.chance[:, uses, y].max(axis=1) if uses else np.zeros(len(due))
        able = np.flatnonzero(pr.needs.takes[k])
        ordered: Wholes = able[np.lexsort((able, -chance[able], due[able]))]
        return ordered

    def _paid_for(self, k: str, y: int, wanted: Wholes, cost: Wholes) -> Wholes:
        """As many of these, from the first, as the money of their area pays for."""
        kept = np.zeros(len(cost), bool)
        for area, mine in self._areas.items():
            here = wanted[mine[self._stratum[wanted]]]
            paid = self._purse.pay_up_to(k, area, y, int(cost[here].sum()))
            here = here[np.cumsum(cost[here]) <= paid]
            self._purse.refund(k, area, y, paid - int(cost[here].sum()))
            kept[here] = True
        return wanted[kept[wanted]]

    def _ask_by_name(self, k: str, i: int, y: int, wanted: float, order: Wholes, size: Wholes, cost: Wholes) -> None:
        """One household after another until a task is met: each the first whose size fits what is missing, else the first."""
        pr, now = self._pr, self.holders[k][:, y]
        inside = inside_of(pr.strata.places, pr.plan.measures[k].tasks[i].places)[self._stratum]
        new = now & ~self.holders[k][:, y - 1] if y and not pr.plan.measures[k].recurring else now
        room = self._capacity(k, y) - int(size[new].sum())
        missing = wanted - float(size[now & inside].sum())
        while missing > SMALL:
            able = order[(inside & ~now)[order]]
            able = able[size[able] <= room]
            able = able[np.argsort(size[able] > missing, kind="stable")]
            for h in able:
                if self._purse.pay(k, area_of(int(pr.strata.places[self._stratum[h]])), y, int(cost[h])):
                    now[h] = True
                    room -= int(size[h])
                    missing -= float(size[h])
                    break
            else:
                self.unmet.append((k, y, missing))
                return


def differs(measure: Measure) -> bool:
    """Whether the households of a measure count or cost differently, so that their number says too little."""
    return measure.counted == "person" or measure.cost_cap is not None


def inside_of(kinds: NDArray[np.int64], places: str) -> Flags:
    """Which strata or villages are in the places of a task. Shape: as `kinds`."""
    found = np.ones(len(kinds), bool)
    if places == "due_villages":
        found = kinds == Places.DUE
    elif places == "poor_villages":
        found = kinds != Places.OTHER
    return np.asarray(found, bool)


def asked_in(d: Draft, values: Floats, k: str, y: int) -> list[tuple[int, float]]:
    """Number and units of each of a measure's printed tasks of a year, less what the program itself leaves open."""
    pr = d.problem
    if pr.plan.regime.kind not in ("tasks_hard", "tasks_soft", "lines_within"):
        return []
    found = []
    for i, task in enumerate(pr.plan.measures[k].tasks):
        year = task.amount.year if task.amount.year is not None else pr.years[0]
        if year == pr.years[y]:
            open_ = float(values[d.short_task[k, i]]) if (k, i) in d.short_task else 0.0
            found.append((i, wanted_units(d, k, i) - open_))
    return found
