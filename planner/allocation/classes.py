"""Household classes (户类): households of one stratum that need alike and earn alike, so that money and people meet.

A stratum (片) is a township × kind of village. Within it households are told apart by what they need of the dear goods
and the shared works, by whether the trend of income alone lifts them, by the size of the gap, and by who may follow
which pathway. Classes with few households are merged into coarser ones, level by level; everything a class carries
is then the mean over its households, so persons, households and costs stay exact and only the matching is coarse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.allocation.packages import HouseholdNeeds, Package
from planner.plan.model import Plan
from planner.register.model import Register
from planner.terms import Places

SMALLEST_CLASS = 60
"""Households below which a class is merged into a coarser one."""
NONE = 1e-12
WORTH_OFFERING = 0.03
"""Share of a class for which a package must suffice in some year, or it is not offered."""


Mean = Callable[[NDArray[Any]], NDArray[np.float64]]


WORTH_SECOND = 0.08
"""Share of a class that a second measure has to add in some year, or it is not offered."""


@dataclass(frozen=True)
class Strata:
    """Townships × kinds of village that hold registered households."""

    township: NDArray[np.int64]
    places: NDArray[np.int64]
    of_village: NDArray[np.int64]
    """Stratum of each village. Shape: village."""


@dataclass(frozen=True)
class Classes:
    """Household classes and what one exiting household of each takes, per package."""

    of_household: NDArray[np.int64]
    """Class of each registered household. Shape: household."""
    stratum: NDArray[np.int64]
    households: NDArray[np.float64]
    persons: NDArray[np.float64]
    offer_class: NDArray[np.int64]
    """An offer is a package offered to a class. Shape: offer."""
    offer_package: NDArray[np.int64]
    share: NDArray[np.float64]
    """Share of the class for which the package suffices. Shape: offer × year."""
    chance: NDArray[np.float64]
    """Mean chance of success among those. Shape: offer × year."""
    goods: dict[str, NDArray[np.float64]]
    """Household measure to units per exiting household. Shape: offer."""
    works: dict[str, NDArray[np.float64]]
    """Works measure to the share of exiting households that stand behind it. Shape: offer."""
    misfit: float
    """Share of households whose own needs differ from their class's majority: the error of aggregation."""


def strata_of(plan: Plan, register: Register) -> Strata:
    """Every township × kind of village, in order; kinds of village by the first year's due list."""
    villages = register.villages
    first = villages["due_year"] == plan.horizon.first
    kind = np.where(first, Places.DUE, np.where(villages["poor_village"] == 1, Places.POOR, Places.OTHER))
    key = villages["township"].astype(np.int64) * len(Places) + kind
    unique, of_village = np.unique(key, return_inverse=True)
    return Strata(unique // len(Places), unique % len(Places), of_village.astype(np.int64))


def works_behind(plan: Plan, needs: HouseholdNeeds) -> dict[str, NDArray[np.bool_]]:
    """Works measure to the households that stand behind it: those with an open criterion that it closes."""
    behind = {}
    for k, m in plan.measures.items():
        if m.kind == "village_works":
            opened = [needs.open[c] for c in m.closes if c in needs.open]
            if opened:
                behind[k] = np.logical_or.reduce(opened)
    return behind


def make_classes(plan: Plan, register: Register, needs: HouseholdNeeds, strata: Strata) -> Classes:
    """Group the registered households into classes and work out each class's offers."""
    stratum = strata.of_village[register.households["village"][needs.rows]]
    behind = works_behind(plan, needs)
    key = _group(plan, register, needs, stratum, behind)
    _, of_household = np.unique(key, return_inverse=True)
    of_household = of_household.astype(np.int64)
    count = int(of_household.max()) + 1
    households = np.bincount(of_household, minlength=count).astype(np.float64)

    def mean(values: NDArray[np.generic]) -> NDArray[np.float64]:
        total = np.bincount(of_household, weights=values.astype(np.float64), minlength=count).astype(np.float64)
        return total / households

    share, chance = _shares(needs, mean, count)
    offered = _offered(needs.packages, share * chance)
    offer_class, offer_package = np.nonzero(offered)
    goods = {}
    for k, m in plan.measures.items():
        if not m.kind.startswith("household_"):
            continue
        rate = mean(needs.takes[k])
        per = np.zeros(len(offer_class))
        for p, package in enumerate(needs.packages):
            at = offer_package == p
            if k in package.measures:
                per[at] = 1.0
            elif m.kind == "household_good" and not _waived(plan, package, m.closes):
                per[at] = rate[offer_class[at]]
        goods[k] = per
    works = {}
    for k, mask in behind.items():
        rate = mean(mask)
        waived = np.array([_waived(plan, package, plan.measures[k].closes) for package in needs.packages])
        works[k] = np.where(waived[offer_package], 0.0, rate[offer_class])
    first_row = np.zeros(count, np.int64)
    first_row[of_household[::-1]] = np.arange(len(of_household))[::-1]
    return Classes(
        of_household=of_household,
        stratum=stratum[first_row],
        households=households,
        persons=np.bincount(of_household, weights=needs.persons, minlength=count).astype(np.float64),
        offer_class=offer_class,
        offer_package=offer_package,
        share=share[offer_class, offer_package],
        chance=chance[offer_class, offer_package],
        goods=goods,
        works=works,
        misfit=_misfit([*behind.values(), *(needs.takes[k] for k in _dear_goods(plan))], of_household, mean),
    )


def _waived(plan: Plan, package: Package, closes: list[str]) -> bool:
    """Whether the package's own measures close all that a good or work would close (a new home closes the house)."""
    own = {c for k in package.measures for c in plan.measures[k].closes}
    household = [c for c in closes if c in plan.household_criteria]
    return bool(household) and all(c in own for c in household)


def _group(
    plan: Plan,
    register: Register,
    needs: HouseholdNeeds,
    stratum: NDArray[np.int64],
    behind: dict[str, NDArray[np.bool_]],
) -> NDArray[np.int64]:
    """A key per household; rare keys give way to coarser ones, level by level."""
    mine = register.households
    years = needs.chance.shape[2]
    own = next(p for p, package in enumerate(needs.packages) if package.name == "own")
    suffices = needs.suffices
    first_own = np.where(suffices[:, own].any(axis=1), suffices[:, own].argmax(axis=1), years)
    trend = np.minimum(first_own, 2)
    gap = np.zeros(len(stratum), np.int64)
    single = [p for p, package in enumerate(needs.packages) if len(package.measures) == 1]
    gap[~suffices[:, single, 0].any(axis=1)] = 1
    dear = _dear_goods(plan)
    goods = sum((needs.takes[k].astype(np.int64) << i for i, k in enumerate(dear)), np.zeros(len(stratum), np.int64))
    works = sum(
        (mask.astype(np.int64) << i for i, mask in enumerate(behind.values())), np.zeros(len(stratum), np.int64)
    )
    labour = (mine["labour"][needs.rows] > 0).astype(np.int64)
    relocates = _relocation(plan, needs)
    pathways = sum(
        (needs.takes[k].astype(np.int64) << i for i, k in enumerate(_pathway_measures(plan))),
        np.zeros(len(stratum), np.int64),
    )
    allowance = (mine["dibao"][needs.rows] == 1).astype(np.int64)
    levels = (
        (stratum, goods, works, relocates, trend, gap, labour, allowance, pathways),
        (stratum, goods, works, relocates, trend, gap, labour, allowance),
        (stratum, goods, works, relocates, np.minimum(trend, 1), labour),
        (stratum, (goods > 0) * 1, (works > 0) * 1, relocates, labour),
        (stratum, (goods > 0) * 1, relocates),
        (stratum,),
    )
    key = np.full(len(stratum), -1, np.int64)
    used = 0
    for depth, parts in enumerate(levels):
        free = np.flatnonzero(key < 0)
        if not len(free):
            break
        stacked = np.stack([np.asarray(part)[free] for part in parts], axis=1)
        _, inverse, counts = np.unique(stacked, axis=0, return_inverse=True, return_counts=True)
        inverse = inverse.reshape(-1)
        keep = counts[inverse] >= (SMALLEST_CLASS if depth < len(levels) - 1 else 1)
        key[free[keep]] = used + inverse[keep]
        used += len(counts)
    return key


def _dear_goods(plan: Plan) -> list[str]:
    """Goods worth a place in the signature: those that cost at least a tenth of the dearest."""
    cost = {k: m.cost.wan for k, m in plan.measures.items() if m.kind == "household_good" and not m.entitlement}
    return [k for k, c in cost.items() if c * 10 >= max(cost.values())]


def _pathway_measures(plan: Plan) -> list[str]:
    """Income measures that depend on more than being able to work."""
    return [k for k, m in plan.measures.items() if m.kind == "household_income" and m.need is not None]


def _relocation(plan: Plan, needs: HouseholdNeeds) -> NDArray[np.int64]:
    moves = np.zeros(len(needs.rows), np.int64)
    for k, m in plan.measures.items():
        if m.counted == "person":
            moves |= needs.takes[k].astype(np.int64)
    return moves


def _shares(needs: HouseholdNeeds, mean: Mean, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of each class for which a package is good enough, and the mean chance among those."""
    suffices = needs.suffices
    packages, years = suffices.shape[1:]
    share, chance = np.zeros((count, packages, years)), np.zeros((count, packages, years))
    for p in range(packages):
        for y in range(years):
            good = suffices[:, p, y]
            share[:, p, y] = mean(good)
            chance[:, p, y] = mean(good * needs.chance[:, p, y]) / np.maximum(share[:, p, y], NONE)
    return share, chance


def _offered(packages: tuple[Package, ...], worth: NDArray[np.float64]) -> NDArray[np.bool_]:
    """A package is offered where it does for some; two measures only where they reach more than either alone."""
    best = worth.max(axis=2)
    offered: NDArray[np.bool_] = best >= WORTH_OFFERING
    index = {package.name: p for p, package in enumerate(packages)}
    for p, package in enumerate(packages):
        if len(package.measures) == 2:
            alone = np.maximum(worth[:, index[package.measures[0]]], worth[:, index[package.measures[1]]])
            offered[:, p] &= (worth[:, p] > alone + WORTH_SECOND).any(axis=1)
    return offered


def _misfit(masks: list[NDArray[np.bool_]], of_household: NDArray[np.int64], mean: Mean) -> float:
    differs = np.zeros(len(of_household), bool)
    for mask in masks:
        majority = mean(mask) >= 0.5
        differs |= mask != majority[of_household]
    return float(differs.mean())
