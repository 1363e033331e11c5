"""Packages: the ways in which one household can be led out, and whether they suffice for it in a year.

A package is what a household is given to raise its income: nothing (trend alone), a transfer that reaches the line, one
income measure, or two. The pathway of its first measure is the household's primary pathway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from planner.plan.measures import Measure
from planner.plan.model import Plan
from planner.register.model import Register
from planner.rules.book import eligibility, evaluate_households, household_columns, threshold_in
from planner.terms import Outcome


@dataclass(frozen=True)
class Package:
    """Income measures given together, and the pathway that counts."""

    name: str
    pathway: str | None
    """None for a household that leaves by the trend of its own income."""
    measures: tuple[str, ...]


@dataclass(frozen=True)
class HouseholdNeeds:
    """What each registered household lacks and which packages would do, worked out once for a plan and a register."""

    rows: NDArray[np.int64]
    """Rows of the register that are registered. Shape: household."""
    persons: NDArray[np.int64]
    open: dict[str, NDArray[np.bool_]]
    """Criterion to whether it is open (not met, or unknown), income apart. Shape: household."""
    packages: tuple[Package, ...]
    chance: NDArray[np.float64]
    """Chance that a household given a package in a year is above the line at its end. Shape: household × package × year."""
    least_chance: float
    """The chance from which a household is worth putting on a year's list; the quantile that the program plans on."""
    takes: dict[str, NDArray[np.bool_]]
    """Household measure to whether the household can take it. Shape: household."""

    @property
    def suffices(self) -> NDArray[np.bool_]:
        """Whether a package is good enough for a household in a year. Shape: household × package × year."""
        return self.chance >= self.least_chance


def largest_pathway(plan: Plan) -> str:
    """The pathway with the largest target; its measures are given beside others and name an exit last."""

    def target(pathway: str) -> float:
        figure = plan.pathways[pathway].target
        return figure.value if figure is not None else 0.0

    return max(plan.pathways, key=target)


def packages_of(plan: Plan) -> tuple[Package, ...]:
    """Trend, transfer, each income measure alone, and each with a measure of the pathway with the largest target."""
    income = {k: m for k, m in plan.measures.items() if m.kind == "household_income"}
    largest = largest_pathway(plan)
    seconds = [k for k, m in income.items() if m.pathway == largest]
    found = [Package("own", None, ())]
    found += [Package(w, w, ()) for w, p in plan.pathways.items() if p.kind == "transfer"]
    found += [Package(k, m.pathway, (k,)) for k, m in income.items()]
    found += [
        Package(f"{k}+{second}", m.pathway, (k, second))
        for k, m in income.items()
        for second in seconds
        if m.pathway != largest
    ]
    return tuple(found)


def household_needs(plan: Plan, register: Register) -> HouseholdNeeds:
    """Open criteria, takers of each measure, and sufficiency of each package by year."""
    columns = household_columns(register)
    rows = np.flatnonzero(columns["registered"] == 1)
    mine = {name: vector[rows] for name, vector in columns.items()}
    verdicts = evaluate_households(plan, mine, plan.horizon.first)
    open_now = {
        name: np.isin(verdicts[name], (Outcome.NOT_MET, Outcome.UNKNOWN))
        for name, criterion in plan.household_criteria.items()
        if criterion.kind != "income_line"
    }
    allowed = eligibility(plan, mine)
    takes = {k: _takes(m, mine, open_now, allowed) for k, m in plan.measures.items() if m.kind.startswith("household_")}
    packages = packages_of(plan)
    chance = _chances(plan, mine, open_now, takes, allowed, packages)
    least = plan.number("least_chance")
    return HouseholdNeeds(rows, mine["persons"].astype(np.int64), open_now, packages, chance, least, takes)


def _takes(
    measure: Measure,
    mine: dict[str, NDArray[Any]],
    open_now: dict[str, NDArray[np.bool_]],
    allowed: dict[str, NDArray[Any]],
) -> NDArray[np.bool_]:
    """Goods go to those with an open criterion they close; income measures to those eligible for the pathway."""
    if measure.kind == "household_good":
        lacking = np.zeros(len(mine["persons"]), bool)
        for criterion in measure.closes:
            if criterion in open_now:
                lacking |= open_now[criterion]
        return lacking
    takes = np.ones(len(mine["persons"]), bool) if measure.pathway is None else allowed[measure.pathway] == Outcome.MET
    if measure.need is not None and measure.need in mine:
        takes = takes & (mine[measure.need] > 0)
    return takes


def _chances(
    plan: Plan,
    mine: dict[str, NDArray[Any]],
    open_now: dict[str, NDArray[np.bool_]],
    takes: dict[str, NDArray[np.bool_]],
    allowed: dict[str, NDArray[Any]],
    packages: tuple[Package, ...],
) -> NDArray[np.float64]:
    """For each package: all its measures take, and trend + gains, blurred by the yearly noise, exceed the line."""
    years = plan.horizon.years
    persons = mine["persons"].astype(np.float64)
    result = np.zeros((len(persons), len(packages), len(years)))
    needs_source = [name for name, c in plan.household_criteria.items() if c.kind == "income_source_or_transfer"]
    lacks_source = np.zeros(len(persons), bool)
    for name in needs_source:
        lacks_source |= open_now[name]
    income_line = next(c for c in plan.household_criteria.values() if c.kind == "income_line")
    noise = float(np.hypot(plan.number("noise"), plan.number("county_noise")))
    spread = plan.number("gain_sigma")
    for y, year in enumerate(years):
        trend = mine["income"].astype(np.float64) * (1 + plan.number("trend")) ** (y + 1)
        line = threshold_in(income_line, year)
        for p, package in enumerate(packages):
            if package.pathway is not None and not package.measures:
                floor = plan.series("dibao_floor").at(year) if plan.regime.kind != "none" else 0.0
                result[:, p, y] = (allowed[package.pathway] == Outcome.MET) & (floor > 1)
                continue
            if package.pathway is None and _measure_required(plan):
                continue
            able, source, takes_hold = np.ones(len(persons), bool), ~lacks_source, 1.0
            gain, doubt = np.zeros(len(persons)), (noise * trend) ** 2
            for k in package.measures:
                measure = plan.measures[k]
                each = quick_gain(measure) * plan.number("first_year_reached") / persons
                gain += each
                doubt = doubt + (spread * each) ** 2
                able &= takes[k]
                takes_hold *= 1 - (measure.failure.value if measure.failure else 0.0)
                if any(c in measure.closes for c in needs_source):
                    source = np.ones(len(persons), bool)
            above = ndtr((trend + gain - line) / np.sqrt(doubt))
            result[:, p, y] = np.where(able & source, takes_hold * above, 0.0)
    return result


def _measure_required(plan: Plan) -> bool:
    """Whether a ruling lets nobody leave by the trend of income alone."""
    ruling = plan.rulings.get("exit_carries_measure")
    return ruling is not None and ruling.choice == "required"


def quick_gain(measure: Measure) -> float:
    """Income per household in the year of delivery. Unit: 元/户/年."""
    if measure.gain is None:
        return 0.0
    return measure.gain.value * (measure.first_year.value if measure.first_year else 1.0)
