"""One allocation question as index sets and arrays: what is needed where, what it costs, who may pay. No solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.allocation.classes import Classes, Strata, make_classes, strata_of, works_behind
from planner.allocation.packages import HouseholdNeeds, household_needs
from planner.errors import Fault, RegisterError
from planner.plan.measures import Measure
from planner.plan.model import Plan
from planner.register.model import Register
from planner.rules.book import evaluate_villages, flags_counted, threshold_in
from planner.rules.village_exit import village_aggregates
from planner.terms import Outcome, Places

Floats = NDArray[np.float64]
AREAS = ("poor", "other")
"""The two kinds of place that a source may be bound to: villages on the list, and the rest with the county itself."""


@dataclass(frozen=True)
class Problem:
    """Index sets and arrays of one question, in a fixed order (the plan's own)."""

    plan: Plan
    register: Register
    needs: HouseholdNeeds
    strata: Strata
    classes: Classes
    years: tuple[int, ...]
    goods: tuple[str, ...]
    """Household measures: goods and income measures."""
    takers: dict[str, Floats]
    """Households that can take a measure. Shape: stratum."""
    units_each: dict[str, Floats]
    """Units per household (persons, where persons are counted). Shape: stratum."""
    cost_each: dict[str, Floats]
    """Unit: 万元 per household. Shape: stratum."""
    works: tuple[str, ...]
    """Shared works and duties."""
    works_units: dict[str, Floats]
    """Units of the whole works of a village, nought where none is needed. Shape: village."""
    works_cost: dict[str, Floats]
    """Unit: 万元 for the whole works of a village, the residents' own share taken off. Shape: village."""
    behind: dict[str, Floats]
    """Works measure to registered persons who cannot leave before it is there. Shape: village."""
    village_persons: Floats
    """Registered persons. Shape: village."""
    village_most: Floats
    """Registered persons who could at most be expected out so far, each by its best package. Shape: village × year."""
    listed: NDArray[np.int64]
    """Villages on the list, in order."""
    village_open: dict[str, NDArray[np.bool_]]
    """Works measure to villages whose exit waits for it. Shape: village."""
    out_needed: Floats
    """Persons who have to be out before the incidence allows the exit. Shape: village."""
    houses_needed: dict[str, Floats]
    """Good counted by a share criterion to units needed before the village's exit. Shape: village."""

    @property
    def first_allowed(self) -> NDArray[np.int64]:
        """First year index in which each listed village may leave. Shape: listed."""
        due = self.register.villages["due_year"][self.listed].astype(np.int64)
        if self.plan.rulings["leave_before_due"].choice != "not_before":
            return np.zeros(len(due), np.int64)
        return np.maximum(due - self.years[0], 0)


def make_problem(plan: Plan, register: Register) -> Problem:
    """All index sets and arrays for a plan and a register.

    Raises: RegisterError where nobody is registered.
    """
    if not (register.households["registered"] == 1).any():
        raise RegisterError([Fault("register", 0, "registered", "register.nobody", {})])
    needs = household_needs(plan, register)
    strata = strata_of(plan, register)
    classes = make_classes(plan, register, needs, strata)
    home = register.households["village"][needs.rows].astype(np.int64)
    stratum = strata.of_village[home]
    goods = tuple(k for k, m in plan.measures.items() if m.kind.startswith("household_"))
    works = tuple(k for k, m in plan.measures.items() if m.kind in ("village_works", "duty"))
    count_s, count_v = len(strata.township), register.villages.rows
    takers, units_each, cost_each = {}, {}, {}
    for k in goods:
        mask = needs.takes[k]
        takers[k] = np.bincount(stratum, weights=mask, minlength=count_s).astype(float)
        units_each[k], cost_each[k] = _each(plan.measures[k], needs.persons, mask, stratum, count_s)
    units = {k: works_units(plan.measures[k], register) for k in works}
    cost = {k: units[k] * net_cost(plan, plan.measures[k]) for k in works}
    behind_masks = works_behind(plan, needs)
    behind = {
        k: np.bincount(home, weights=mask * needs.persons, minlength=count_v).astype(float)
        for k, mask in behind_masks.items()
    }
    persons = np.bincount(home, weights=needs.persons, minlength=count_v).astype(float)
    opened, out_needed, houses = _village_side(plan, register, needs, works, home, persons)
    return Problem(
        plan,
        register,
        needs,
        strata,
        classes,
        plan.horizon.years,
        goods,
        takers,
        units_each,
        cost_each,
        works,
        units,
        cost,
        behind,
        persons,
        _village_most(plan, needs, home, count_v),
        np.flatnonzero(register.villages["poor_village"] == 1),
        opened,
        out_needed,
        houses,
    )


def _each(
    measure: Measure, persons: NDArray[np.int64], mask: NDArray[np.bool_], stratum: NDArray[np.int64], count: int
) -> tuple[Floats, Floats]:
    """Mean units and cost per taking household of each stratum; the county's mean where a stratum has no taker."""
    units = persons.astype(float) if measure.counted == "person" else np.ones(len(persons))
    cost = household_cost(measure, persons)
    taken = np.bincount(stratum, weights=mask, minlength=count)

    def mean(values: Floats) -> Floats:
        overall = values[mask].mean() if mask.any() else float(values.mean())
        total = np.bincount(stratum, weights=values * mask, minlength=count)
        return np.where(taken > 0, total / np.maximum(taken, 1), overall)

    return mean(units), mean(cost)


def household_cost(measure: Measure, persons: NDArray[np.int64]) -> Floats:
    """What a measure costs for households of these sizes, cap and persons moved along included. Unit: 万元."""
    units = persons.astype(float) if measure.counted == "person" else np.ones(len(persons))
    cost = units * measure.cost.wan
    if measure.cost_cap is not None:
        cost = np.minimum(cost, measure.cost_cap.wan)
    if measure.moved_along is not None:
        cost = cost * (1 + measure.moved_along.value)
    return cost


def net_cost(plan: Plan, measure: Measure) -> float:
    """Cost per unit that the fund line bears. Unit: 万元."""
    if measure.own_share is None:
        return measure.cost.wan
    ruling = measure.own_share.ruling
    inside = ruling is not None and plan.rulings[ruling].choice == "inside"
    return measure.cost.wan - (0.0 if inside else measure.own_share.wan)


def works_units(measure: Measure, register: Register) -> Floats:
    """Units needed by each village: a count or length as it stands, a missing flag as one."""
    column = register.villages[str(measure.need)]
    if column.dtype == np.int8:
        return np.isin(column, (0, -1)).astype(float)
    units: Floats = np.maximum(column.astype(float), 0.0)
    return units


def _village_most(plan: Plan, needs: HouseholdNeeds, home: NDArray[np.int64], count: int) -> Floats:
    """Persons times the best chance so far, tried once in the best year or in every year, by village."""
    best = np.where(needs.suffices, needs.chance, 0.0).max(axis=1)
    again = plan.number("tried_again")
    out, left = np.zeros(best.shape), np.ones(len(best))
    for y in range(best.shape[1]):
        out[:, y] = (out[:, y - 1] if y else 0.0) + left * best[:, y]
        left = left * np.where(best[:, y] > 0, again * (1 - best[:, y]), 1.0)
    most = np.maximum(out, np.maximum.accumulate(best, axis=1))
    return np.stack(
        [np.bincount(home, weights=most[:, y] * needs.persons, minlength=count) for y in range(best.shape[1])], axis=1
    ).astype(float)


def _village_side(
    plan: Plan,
    register: Register,
    needs: HouseholdNeeds,
    works: tuple[str, ...],
    home: NDArray[np.int64],
    persons: Floats,
) -> tuple[dict[str, NDArray[np.bool_]], Floats, dict[str, Floats]]:
    """What each village's exit waits for: works, persons out, houses."""
    villages = register.villages
    columns = {name: register.households[name][needs.rows] for name in register.households}
    everyone = np.ones(len(home), bool)
    aggregates = village_aggregates(columns, home, everyone, villages.rows, flags=flags_counted(plan))
    verdicts = evaluate_villages(plan, villages, aggregates, plan.horizon.first)
    opened = {}
    for k in works:
        mask = np.zeros(villages.rows, bool)
        for c in plan.measures[k].closes:
            if c in plan.village_criteria:
                mask |= verdicts[c] != Outcome.MET
        opened[k] = mask
    out_needed = np.zeros(villages.rows)
    wanted: dict[str, Floats] = {}
    households = np.bincount(home, minlength=villages.rows).astype(float)
    for name, criterion in plan.village_criteria.items():
        if criterion.kind == "incidence":
            allowed = threshold_in(criterion, plan.horizon.first) * villages["rural_persons"]
            out_needed = np.maximum(0.0, persons - allowed)
        elif criterion.column and criterion.column.startswith("share_"):
            good = _good_behind(plan, name, criterion.column)
            if good is None:
                continue
            lacking = np.bincount(home, weights=needs.takes[good], minlength=villages.rows)
            spare = (1 - threshold_in(criterion, plan.horizon.first)) * households
            wanted[good] = np.maximum(0.0, lacking - spare)
    return opened, out_needed, wanted


def _good_behind(plan: Plan, criterion: str, column: str) -> str | None:
    """The household good that closes what a share criterion counts."""
    for k, m in plan.measures.items():
        if m.kind == "household_good" and criterion in m.closes:
            return k
    flag = column.removeprefix("share_")
    same = [c for c, made in plan.household_criteria.items() if made.column == flag]
    for k, m in plan.measures.items():
        if m.kind == "household_good" and any(c in m.closes for c in same):
            return k
    return None


def area_of(places: int) -> str:
    """The area of a kind of village."""
    return AREAS[1] if places == Places.OTHER else AREAS[0]
