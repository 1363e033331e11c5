"""The made-up villages of a synthetic register."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.plan.model import Plan
from planner.quantities import share_out
from planner.terms import Places

Columns = dict[str, NDArray[Any]]
Source = np.random.Generator

PLACE_WORDS = {Places.DUE: "due", Places.POOR: "poor", Places.OTHER: "other"}
"""How the plan's `synthesis` entries name the three kinds of village."""


def places_of(plan: Plan, villages: Columns) -> NDArray[np.int64]:
    """Which of the three kinds each village is. Shape: village."""
    due_first = villages["due_year"] == plan.horizon.first
    listed = villages["poor_village"] == 1
    return np.where(due_first, Places.DUE, np.where(listed, Places.POOR, Places.OTHER)).astype(np.int64)


def make_villages(plan: Plan, source: Source) -> tuple[Columns, NDArray[np.float64]]:
    """Columns of all villages, in the order of their townships, and how remote each is (偏远程度, mean 0, spread 1)."""
    total = int(plan.population["villages"].value)
    poor = int(plan.population["poor_villages"].value)
    names = plan.townships
    spread = plan.number("township_spread")
    weights = np.exp(source.normal(0, spread, len(names)))
    per_township = share_out(total - len(names), weights.tolist())
    township = np.repeat(np.arange(len(names)), [n + 1 for n in per_township])
    remote = source.normal(0, spread, len(names))[township] + source.normal(0, 1, total)
    remote = (remote - remote.mean()) / max(float(remote.std()), 1e-9)
    listed = np.zeros(total, bool)
    listed[np.argsort(-remote, kind="stable")[:poor]] = True
    size = np.exp(source.normal(0, spread, total))
    villages: Columns = {
        "village": np.arange(total),
        "township": township,
        "poor_village": listed.astype(np.int8),
        "due_year": _due_years(plan, listed, remote, source),
        "rural_persons": np.array(share_out(int(plan.population["rural"].value), size.tolist())),
    }
    place = places_of(plan, villages)
    order = np.arange(total) - np.searchsorted(township, township)
    villages["name"] = np.array([f"{names[t]}第{k + 1:02d}村" for t, k in zip(township, order, strict=True)])
    for column, entry in (
        ("road_hard", "road_hard"),
        ("grid_ok", "grid"),
        ("broadcasting", "broadcasting"),
        ("broadband", "broadband"),
        ("water_works", "water_works"),
        ("coop", "coop"),
        ("industry", "industry"),
        ("service_centre", "service_centre"),
        ("leadership", "leadership"),
    ):
        villages[column] = _flag(plan, f"village_open_{entry}", place, remote, source)
    villages["km_gravel"] = np.zeros(total)
    villages["water_projects"] = (villages["water_works"] == 0).astype(np.int64)
    villages["km_concrete"] = np.where(
        place == Places.OTHER,
        np.where(villages["road_hard"] == 0, _around(plan, "km_concrete_other", total, source), 0.0),
        np.where(place == Places.POOR, _around(plan, "km_concrete_poor", total, source), 0.0),
    )
    areas = np.where(place == Places.OTHER, plan.number("grid_areas_other"), plan.number("grid_areas_poor"))
    villages["grid_areas"] = np.where((place != Places.OTHER) | (villages["grid_ok"] == 0), areas, 0).astype(np.int64)
    _meet_tasks(plan, villages, place, source)
    return villages, remote


def swayed(plan: Plan, remote: NDArray[np.float64], source: Source) -> NDArray[np.float64]:
    """Luck that leans towards the remote by the plan's weight; mean 0, spread 1. Shape: as `remote`."""
    weight = plan.number("remote_gap")
    luck: NDArray[np.float64] = weight * remote + np.sqrt(1 - weight**2) * source.normal(0, 1, len(remote))
    return luck


def _due_years(plan: Plan, listed: NDArray[np.bool_], remote: NDArray[np.float64], source: Source) -> NDArray[np.int64]:
    """Listed villages in the years of the schedule, the less remote sooner; any left over in the year after it."""
    rows = np.flatnonzero(listed)
    order = rows[np.argsort(swayed(plan, remote[rows], source), kind="stable")]
    years = np.zeros(len(listed), np.int64)
    start = 0
    for year in sorted(plan.schedule):
        stop = start + int(plan.schedule[year].villages.value)
        years[order[start:stop]] = year
        start = stop
    years[order[start:]] = max(plan.schedule) + 1
    return years


def _flag(
    plan: Plan, entry: str, place: NDArray[np.int64], remote: NDArray[np.float64], source: Source
) -> NDArray[np.int8]:
    """1 where it is there; the open share by kind of village is met as nearly as whole villages allow."""
    flag = np.ones(len(place), np.int8)
    luck = swayed(plan, remote, source)
    for kind, word in PLACE_WORDS.items():
        rows = np.flatnonzero(place == kind)
        worst = rows[np.argsort(-luck[rows], kind="stable")]
        flag[worst[: round(plan.number(f"{entry}_{word}") * len(rows))]] = 0
    return flag


def _around(plan: Plan, entry: str, count: int, source: Source) -> NDArray[np.float64]:
    spread = np.exp(source.normal(0, plan.number("township_spread"), count))
    km: NDArray[np.float64] = np.round(plan.number(entry) * spread / spread.mean(), 1)
    return np.maximum(km, 0.5)


def _meet_tasks(plan: Plan, villages: Columns, place: NDArray[np.int64], source: Source) -> None:
    """Printed tasks bound to a kind of village are shared out over those villages so that they agree exactly."""
    for measure in plan.measures.values():
        for task in measure.tasks:
            column = measure.need
            if measure.kind != "village_works" or task.places == "county" or column not in villages:
                continue
            if villages[column].dtype == np.int8:
                continue
            inside = np.flatnonzero(place == Places.DUE if task.places == "due_villages" else place != Places.OTHER)
            if not len(inside):
                continue
            weights = np.exp(source.normal(0, plan.number("township_spread"), len(inside)))
            whole = np.issubdtype(villages[column].dtype, np.integer)
            step = 1 if whole else 10
            units = round(task.amount.value * step)
            least = int(units >= len(inside))
            parts = np.array(share_out(units - least * len(inside), weights.tolist()), dtype=np.int64) + least
            filled = villages[column].astype(np.float64)
            filled[inside] = parts / step
            villages[column] = filled.astype(villages[column].dtype)
