"""Income per head in a year, from named steps in a declared order: trend, noise, illness, disaster, gains, 低保."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.plan.measures import Measure
from planner.simulation.randomness import Luck
from planner.simulation.world import FAR, MONTHS, World

Floats = NDArray[np.float64]
HALF_YEAR = 6


def draw_year(world: World, luck: Luck, year: int) -> None:
    """Draw by how much each household's income departs from the trend this year; it remembers a part of last year's."""
    plan = world.setting.plan
    memory, size = plan.number("noise_memory"), plan.number("noise")
    fresh = luck.normal("income", year * MONTHS, world.who) * size
    # A good or a bad year for the whole county comes on top of each household's own.
    fresh = fresh + luck.normal("county", year * MONTHS, np.zeros(1, np.int64)) * plan.number("county_noise")
    world.unsteady = fresh if year == 0 else memory * world.unsteady + np.sqrt(1 - memory**2) * fresh


def income_of_year(world: World, luck: Luck, year: int) -> Floats:
    """Net income per head of a year as a verifier reckons it.

    Unit: 元/人/年. Shape: household.
    """
    steps = income_steps(world, luck, year)
    return steps["low_allowance"]


def income_steps(world: World, luck: Luck, year: int) -> dict[str, Floats]:
    """Income after each step, in order; the last is the income.

    Shape: household.
    """
    s, plan = world.setting, world.setting.plan
    steps: dict[str, Floats] = {}
    steps["trend"] = s.base * (1 + plan.number("trend")) ** (year + 1)
    size = plan.number("noise")
    income = steps["trend"] * np.exp(world.unsteady - size**2 / 2)
    steps["noise"] = income
    ill = world.ill_month // MONTHS == year
    relief = np.zeros(len(income))
    for k, m in plan.measures.items():
        if k in world.arrival and m.pathway is not None and plan.pathways[m.pathway].kind == "medical":
            paid = (world.arrival[k] // MONTHS <= year) & (s.lapse[k] > year)
            covered = paid & (world.household["insured"] == 1)
            relief = np.maximum(relief, covered * plan.number("illness_relief"))
    income = income * np.where(ill, 1 - plan.number("illness_cost") * (1 - relief), 1.0)
    steps["illness"] = income
    hit = (world.disaster_month // MONTHS == year)[world.home]
    income = income - np.where(
        hit, plan.number("disaster_cost") * plan.number("income_farm_share") * steps["trend"], 0.0
    )
    steps["disaster"] = income
    for k in s.delivery:
        if plan.measures[k].gain is not None:
            income = income + gain_of_year(world, luck, k, plan.measures[k], year) / world.persons
            steps[k] = income
    allowance = (world.household["dibao"] == 1) | (world.household["wubao"] == 1)
    income = np.where(allowance, np.maximum(income, s.floor[year] * s.line[year]), income)
    steps["low_allowance"] = income
    return steps


def quick_income(world: World, year: int) -> Floats:
    """Income per head expected for a year from what is planned: trend, mean gains, 低保; no luck. Shape: household."""
    s, plan = world.setting, world.setting.plan
    income = s.base * (1 + plan.number("trend")) ** (year + 1)
    for k, when in s.delivery.items():
        measure = plan.measures[k]
        if measure.gain is None:
            continue
        first = measure.first_year.value if measure.first_year else 1.0
        part = np.where(when == year, first, np.where((when >= 0) & (when < year) & (s.lapse[k] > year), 1.0, 0.0))
        income = income + measure.gain.value * part / world.persons
    allowance = (world.household["dibao"] == 1) | (world.household["wubao"] == 1)
    return np.where(allowance, np.maximum(income, s.floor[year] * s.line[year]), income)


def gain_of_year(world: World, luck: Luck, k: str, measure: Measure, year: int) -> Floats:
    """What a measure adds to the income of each household in a year.

    The year of delivery brings the first-year share, in full when it came in the first half and less and less after;
    each household has its own yield; a measure that failed or was lost brings nothing. Unit: 元/户/年.
    """
    arrival = world.arrival[k]
    there = np.flatnonzero((arrival < FAR) & (arrival // MONTHS <= year) & (world.lost[k] // MONTHS > year))
    gain = np.zeros(len(arrival))
    if not len(there) or measure.gain is None:
        return gain
    plan = world.setting.plan
    spread = plan.number("gain_sigma")
    who = world.who[there]
    own = np.exp(spread * luck.normal(f"yield:{k}", 0, who) - spread**2 / 2)
    fails = measure.failure.value if measure.failure else 0.0
    takes = luck.uniform(f"take:{k}", 0, who) >= fails
    month = arrival[there] % MONTHS
    late = np.clip((MONTHS - month) / HALF_YEAR, 0.0, 1.0)
    first = (measure.first_year.value if measure.first_year else 1.0) * late
    part = np.where(arrival[there] // MONTHS == year, first, 1.0)
    price = 1.0
    if measure.pathway is not None and plan.pathways[measure.pathway].kind == "industry":
        swing = plan.number("price_sigma")
        price = float(np.exp(swing * luck.normal("price", year * MONTHS, np.zeros(1, np.int64))[0] - swing**2 / 2))
        # What the program plans on knows nothing of it: a fall in prices is met with the plan that was made.
        price *= plan.series("price_level").at(world.setting.years[year])
    gain[there] = measure.gain.value * own * takes * part * price
    return gain
