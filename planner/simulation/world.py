"""The state of one replication: arrays of households and villages, one writer per column, and what does not change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.allocation.problem import household_cost, net_cost, works_units
from planner.allocation.proposal import Proposal
from planner.plan.model import Plan
from planner.register.model import Register
from planner.rules.book import threshold_in
from planner.terms import State

Floats = NDArray[np.float64]
FAR = 10_000
"""A month that never comes."""
MONTHS = 12


@dataclass(frozen=True)
class Setting:
    """Everything that the replications of one scenario share."""

    plan: Plan
    register: Register
    proposal: Proposal
    years: tuple[int, ...]
    line: Floats
    """The poverty line. Unit: 元/人/年. Shape: year."""
    floor: Floats
    """低保 as a share of the line, nought without a programme. Shape: year."""
    delivery: dict[str, NDArray[np.int64]]
    """Household measure to the year index of its planned delivery, -1 for never. Shape: household (all)."""
    lapse: dict[str, NDArray[np.int64]]
    """Household measure to the year index from which it is not paid for any more, `FAR` for never. Shape: household (all)."""
    cost: dict[str, Floats]
    """Household measure to what it costs a household. Unit: 万元. Shape: household (all)."""
    works_cost: dict[str, Floats]
    """Whole works of each village. Unit: 万元. Shape: village."""
    base: Floats
    """Income per head at the start. Unit: 元/人/年. Shape: household (all)."""
    whole: float = 0.995
    """Share paid from which works count as paid in full."""

    @classmethod
    def of(cls, plan: Plan, register: Register, proposal: Proposal) -> Setting:
        """Gather what a plan, a register and a proposal give."""
        years = plan.horizon.years
        criterion = next(c for c in plan.household_criteria.values() if c.kind == "income_line")
        count = register.households.rows
        rows = np.flatnonzero(register.households["registered"] == 1)
        persons = register.households["persons"].astype(np.int64)
        delivery, lapse, cost = {}, {}, {}
        for k, when in proposal.assignment.delivered.items():
            everyone = np.full(count, -1, np.int64)
            everyone[rows] = when
            delivery[k] = everyone
            lapse[k] = np.full(count, FAR, np.int64)
            lapse[k][rows] = proposal.assignment.lapse(k, FAR)
            cost[k] = household_cost(plan.measures[k], persons)
        helped = plan.regime.kind != "none"
        floor = plan.series("dibao_floor")
        return cls(
            plan,
            register,
            proposal,
            years,
            np.array([threshold_in(criterion, y) for y in years]),
            np.array([floor.at(y) if helped else 0.0 for y in years]),
            delivery,
            lapse,
            cost,
            {k: works_units(plan.measures[k], register) * net_cost(plan, plan.measures[k]) for k in proposal.works},
            register.income,
        )


class World:
    """One replication's state. Months count from January of the first year."""

    def __init__(self, setting: Setting) -> None:
        h, v = setting.register.households, setting.register.villages
        self.setting = setting
        self.home = h["village"].astype(np.int64)
        self.persons = h["persons"].astype(np.int64)
        self.who = h["household"].astype(np.int64)
        self.cohort = h["registered"] == 1
        self.state = np.where(self.cohort, State.REGISTERED, State.MARGIN).astype(np.int8)
        self.exit_month = np.full(h.rows, FAR, np.int64)
        self.exit_pathway = np.full(h.rows, -1, np.int8)
        self.household: dict[str, NDArray[Any]] = {name: np.array(h[name]) for name in h}
        self.village: dict[str, NDArray[Any]] = {name: np.array(v[name]) for name in v}
        self.off = np.full(v.rows, FAR, np.int64)
        """Month in which a listed village left the list."""
        self.arrival = {k: np.full(h.rows, FAR, np.int64) for k in setting.delivery}
        """Measure to the month in which it was in place. Written by the deliveries."""
        self.lost = {k: np.where(from_ < FAR, from_ * MONTHS, FAR) for k, from_ in setting.lapse.items()}
        """Measure to the month in which its gain was lost, or is no longer paid for. Written by the journeys."""
        self.works_done = {k: np.full(v.rows, FAR, np.int64) for k in setting.proposal.works}
        """Works measure to the month from which it serves: built, not yet accepted. Written by the works."""
        self.ill_month = np.full(h.rows, -FAR, np.int64)
        self.disaster_month = np.full(v.rows, -FAR, np.int64)
        self.unsteady = np.zeros(h.rows)
        """Log of this year's income against the trend; remembers last year's."""
        self.listed = np.zeros(h.rows, bool)
        """On this year's list. Written by verification."""
        self.waited: dict[tuple[int, str], list[float]] = {}
        """(year, resource) to months waited, one number per request."""

    def year_of(self, month: int) -> int:
        """Index of the year of a month."""
        return month // MONTHS
