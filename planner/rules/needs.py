"""Needs (需求): from verdicts to units of each measure by place and year, their cost, and the households behind them.

A need follows from an open criterion. Household criteria count for the registered households everywhere; village criteria
count for the villages on the list, since only they have a list to leave. Which measure an open criterion is counted
under, where several would close it, is settled in `planner.rules.choosing`, so that nobody is counted twice for one thing;
whom else a measure could serve is shown apart and is in no sum.

The needs of a later year are those of the register as it stands at the start, judged by that year's standard: what changes
from year to year is the thresholds. What is delivered and what incomes do in between is for the simulation.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from planner.plan.model import Plan
from planner.register.model import Register
from planner.rules.book import (
    eligibility,
    evaluate_households,
    evaluate_villages,
    flags_counted,
    household_columns,
    threshold_in,
)
from planner.rules.choosing import Choice, Mask, choose
from planner.rules.rule import CATALOGUE, Columns
from planner.rules.units import SHARED_WORKS, costs, household_units, own_costs, recorded_units, village_units
from planner.rules.verdict import MET, NOT_IN_FORCE, NOT_MET, UNKNOWN, Vector, Verdicts
from planner.rules.village_exit import village_aggregates
from planner.terms import Places

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class MeasureNeed:
    """Needs of one measure (措施需求). Every array: village, or the places that villages were summed to."""

    units: Floats
    """Units that an open criterion waits for, in the measure's own unit."""
    households: Whole
    """Registered households that wait for them: for shared works all of the village where its exit waits."""
    persons: Whole
    """Persons of those households, as far as their number is known."""
    yuan: Whole
    """Cost of the units, the residents' own share included; a year's cost where it recurs. Unit: whole 元."""
    own_yuan: Whole
    """What the residents pay of it. Unit: whole 元."""
    unknown: Whole
    """Households (for shared works: villages) of which the register does not say whether, or how much, they need."""
    instead: Whole
    """Households that could take it for something that is counted under another measure; in no sum."""
    beyond: Floats
    """Units that the register counts as still to be built and that no open criterion waits for."""

    def summed(self, group: Vector, count: int) -> MeasureNeed:
        """The same by places: `group` gives each village its place, of which there are `count`."""
        return MeasureNeed(*(_summed(getattr(self, f.name), group, count) for f in fields(self)))


@dataclass(frozen=True)
class IncomeGap:
    """Income below the line (收入缺口). Every array: village."""

    households: Whole
    """Registered households whose income per head is not above the line."""
    persons: Whole
    yuan: Whole
    """What they are short of the line by, all their persons and one year together. Unit: whole 元/年."""
    unknown: Whole
    """Households whose income is not known."""
    transfer: Whole
    """Those below the line whom no income measure of the plan lifts over it, and who are on the rolls of a transfer."""
    nothing: Whole
    """Those whom no measure lifts over it and who are on no rolls either."""


@dataclass(frozen=True)
class Needs:
    """What every village and its registered households lack by the standard of a year."""

    plan: Plan
    register: Register
    year: int
    measures: dict[str, MeasureNeed]
    """By measure, in the plan's order; tasks held by a clause close no criterion and are not there."""
    gap: IncomeGap
    households: Whole
    """Registered households. Shape: village."""
    persons: Whole
    """Their persons, as far as known. Shape: village."""
    open_households: Whole
    """Those of them with an open criterion. Shape: village."""
    open_persons: Whole
    lacking: dict[str, Whole]
    """Household criterion to the households that do not meet it. Shape: village."""
    doubtful: dict[str, Whole]
    """Household criterion to the households of which that is unknown. Shape: village."""
    nothing: dict[str, Whole]
    """Household criterion to those of the lacking for whom the plan has no measure, or none that suffices."""
    villages: Verdicts
    """Village criteria; not in force in villages that are not on the list."""
    to_leave: Whole
    """Persons who have to leave poverty for the incidence to be low enough; -1 where unknown, 0 where not on the list."""
    size_unknown: Whole
    """Registered households whose number of persons is not known. Shape: village."""

    @property
    def places(self) -> Whole:
        """Kind of each village (`Places`). Shape: village."""
        villages = self.register.villages
        due = villages["due_year"] == self.plan.horizon.first
        return np.where(due, Places.DUE, np.where(villages["poor_village"] == 1, Places.POOR, Places.OTHER))

    @property
    def townships(self) -> Whole:
        """Township of each village. Shape: village."""
        return self.register.villages["township"].astype(np.int64)

    def account(self, measure: str) -> str:
        """`plan`, or `side` for a line beside the plan's whole."""
        return self.plan.lines[self.plan.measures[measure].line].account


def needs(plan: Plan, register: Register, year: int) -> Needs:
    """Needs of every measure in every village, by the standard of a year.

    Raises: PlanError as `book.faults_of`.
    """
    columns = household_columns(register)
    rows = np.flatnonzero(columns["registered"] == 1)
    mine = {name: vector[rows] for name, vector in columns.items()}
    count = register.villages.rows
    home = mine["village"].astype(np.int64)
    verdicts = evaluate_households(plan, mine, year)
    eligible = eligibility(plan, mine)
    choice = choose(plan, mine, verdicts, eligible, year)
    aggregates = village_aggregates(mine, home, np.ones(len(rows), bool), count, flags=flags_counted(plan))
    villages = _in_force(evaluate_villages(plan, register.villages, aggregates, year), register)
    sized = np.maximum(mine["persons"].astype(np.int64), 0)
    at = _Counted(home, sized, count)
    open_now = (verdicts.outcomes == NOT_MET).any(axis=0)
    return Needs(
        plan,
        register,
        year,
        {
            key: _of_works(plan, key, register, choice, villages, at)
            if measure.kind in SHARED_WORKS
            else _of_households(plan, key, mine, choice, at)
            for key, measure in plan.measures.items()
            if key in choice.taken
        },
        _income_gap(plan, mine, verdicts, choice, _on_rolls(plan, eligible, len(rows)), year, at),
        at.households(np.ones(len(rows), bool)),
        at.persons(np.ones(len(rows), bool)),
        at.households(open_now),
        at.persons(open_now),
        {name: at.households(verdicts[name] == NOT_MET) for name in verdicts.criteria},
        {name: at.households(verdicts[name] == UNKNOWN) for name in verdicts.criteria},
        {name: at.households(mask) for name, mask in choice.nothing.items()},
        villages,
        _to_leave(plan, register, aggregates["poor_left"], year),
        at.households(mine["persons"] <= 0),
    )


@dataclass(frozen=True)
class _Counted:
    """Sums over each village's registered households."""

    home: Whole
    size: Whole
    count: int

    def households(self, mask: Mask) -> Whole:
        return np.bincount(self.home[mask], minlength=self.count).astype(np.int64)

    def persons(self, mask: Mask) -> Whole:
        return _summed(np.where(mask, self.size, 0), self.home, self.count)

    def of(self, values: Vector) -> Vector:
        return _summed(values, self.home, self.count)


def _of_households(plan: Plan, key: str, mine: Columns, choice: Choice, at: _Counted) -> MeasureNeed:
    measure, taken = plan.measures[key], choice.taken[key]
    units = np.where(taken, household_units(measure, mine), 0.0)
    unsized = np.isnan(units)
    return MeasureNeed(
        units=at.of(np.nan_to_num(units)),
        households=at.households(taken),
        persons=at.persons(taken),
        yuan=at.of(costs(measure, units)),
        own_yuan=at.of(own_costs(measure, units)),
        unknown=at.households(choice.unsure[key] | unsized),
        instead=at.households(choice.instead[key]),
        beyond=np.zeros(at.count),
    )


def _of_works(
    plan: Plan, key: str, register: Register, choice: Choice, villages: Verdicts, at: _Counted
) -> MeasureNeed:
    measure = plan.measures[key]
    closing = [villages[name] for name in measure.closes if name in villages.criteria]
    outcomes = np.stack(closing) if closing else np.empty((0, at.count), np.int8)
    exit_waits, exit_unsure = (outcomes == NOT_MET).any(axis=0), (outcomes == UNKNOWN).any(axis=0)
    waiting = choice.taken[key]
    lacking = exit_waits | (at.households(waiting) > 0)
    wanted = np.where(lacking, village_units(measure, register.villages), 0.0)
    units = np.nan_to_num(wanted)
    behind = waiting | exit_waits[at.home]
    doubtful = ~lacking & (exit_unsure | (at.households(choice.unsure[key]) > 0))
    return MeasureNeed(
        units=units,
        households=at.households(behind),
        persons=at.persons(behind),
        yuan=costs(measure, units),
        own_yuan=own_costs(measure, units),
        unknown=(doubtful | np.isnan(wanted)).astype(np.int64),
        instead=np.zeros(at.count, np.int64),
        beyond=np.where(lacking, 0.0, recorded_units(measure, register.villages)),
    )


def _income_gap(
    plan: Plan, mine: Columns, verdicts: Verdicts, choice: Choice, rolls: Mask, year: int, at: _Counted
) -> IncomeGap:
    below, unknown, left = np.zeros(len(rolls), bool), np.zeros(len(rolls), bool), np.zeros(len(rolls), bool)
    short = np.zeros(len(rolls))
    for name, criterion in plan.household_criteria.items():
        if CATALOGUE["household"][criterion.kind].threshold != "income":
            continue
        below |= verdicts[name] == NOT_MET
        unknown |= verdicts[name] == UNKNOWN
        left |= choice.nothing[name]
        missing = threshold_in(criterion, year) - np.nan_to_num(mine["income"].astype(np.float64))
        short = np.maximum(short, np.where(verdicts[name] == NOT_MET, missing, 0.0))
    yuan = np.floor(short * at.size + 0.5).astype(np.int64)
    return IncomeGap(
        at.households(below),
        at.persons(below),
        at.of(yuan),
        at.households(unknown),
        at.households(left & rolls),
        at.households(left & ~rolls),
    )


def _on_rolls(plan: Plan, eligible: dict[str, NDArray[np.int8]], rows: int) -> Mask:
    """Who may follow a pathway that is a transfer: its money is held by its own line, not bought per household."""
    found = [eligible[name] == MET for name, pathway in plan.pathways.items() if pathway.kind == "transfer"]
    return np.logical_or.reduce(found) if found else np.zeros(rows, bool)


def _in_force(verdicts: Verdicts, register: Register) -> Verdicts:
    """Village criteria as they bind: in villages that are not on the list none is in force."""
    listed = register.villages["poor_village"] == 1
    grid = np.where(listed, verdicts.outcomes, NOT_IN_FORCE).astype(np.int8)
    grid.flags.writeable = False
    return Verdicts(verdicts.criteria, grid)


def _to_leave(plan: Plan, register: Register, poor_left: Floats, year: int) -> Whole:
    """The fewest persons without whom the incidence of a village meets its threshold, by the rule's own comparison."""
    villages = register.villages
    rural = villages["rural_persons"].astype(np.float64)
    known = (poor_left >= 0) & (rural > 0)
    poor, divisor = np.nan_to_num(poor_left), np.where(rural > 0, rural, 1.0)
    needed = np.zeros(villages.rows, np.int64)
    for criterion in plan.village_criteria.values():
        if CATALOGUE["village"][criterion.kind].quotient is None:
            continue
        threshold = threshold_in(criterion, year)
        # One more than the product allows, then back: the product may be a hair off, the quotient decides.
        stay = np.floor(threshold * rural) + 1
        for _ in range(2):
            stay -= stay / divisor > threshold
        needed = np.maximum(needed, (poor - np.minimum(stay, poor)).astype(np.int64))
    return np.where(villages["poor_village"] == 1, np.where(known, needed, -1), 0)


def _summed(values: Vector, group: Vector, count: int) -> Vector:
    """Sums by group; whole numbers stay whole."""
    total = np.bincount(group, weights=values, minlength=count)
    return np.rint(total).astype(np.int64) if values.dtype.kind in "iub" else total.astype(np.float64)
