"""From runs to tidy tables: yearly indicators, bands, places, pathways, flows, waits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.plan.model import Plan
from planner.simulation.replications import Run
from planner.tables import INDICATORS, PLACE_INDICATORS, TABLES

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
"""Edges of the 90 % and 50 % bands, and the median."""


def frame(name: str, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """A declared table from rows, with its columns' kinds."""
    kinds = {"text": "str", "year": "int64", "count": "int64", "yuan": "int64", "number": "float64"}
    made = pd.DataFrame(list(rows), columns=list(TABLES[name]))
    return made.astype({column: kinds[kind] for column, kind in TABLES[name].items()})


def yearly(names: Sequence[str], years: Sequence[int], runs: Sequence[Run]) -> pd.DataFrame:
    """One row per scenario, run, year and indicator."""
    rows = []
    for run in runs:
        for y, year in enumerate(years):
            for indicator in INDICATORS:
                if indicator == "led_out":
                    value = float(run.led_out[y])
                elif indicator == "left_anyway":
                    value = float(run.left_anyway[y])
                else:
                    value = run.record.counts.get((indicator, y), 0.0)
                rows.append((names[run.scenario], run.seed, year, indicator, value))
    return frame("yearly", rows)


def bands(table: pd.DataFrame) -> pd.DataFrame:
    """Mean and quantiles over runs."""
    grouped = table.groupby(["scenario", "year", "indicator"], sort=False)["value"]
    made = grouped.agg(["mean"]).join(pd.DataFrame({name: grouped.quantile(q) for name, q in QUANTILES.items()}))
    return made.reset_index()[list(TABLES["bands"])]


def places(names: Sequence[str], plan: Plan, years: Sequence[int], runs: Sequence[Run]) -> pd.DataFrame:
    """Means over runs by township; for `capped_off` the mean is a probability."""
    threshold = cap_off_threshold(plan)
    rows = []
    for i, name in enumerate(names):
        mine = [run for run in runs if run.scenario == i]
        for y, year in enumerate(years):
            for indicator in PLACE_INDICATORS:
                if indicator == "capped_off":
                    each = [(run.record.places["incidence", y] <= threshold).astype(float) for run in mine]
                else:
                    each = [run.record.places[indicator, y] for run in mine]
                mean = np.mean(each, axis=0)
                rows += [
                    (name, town, year, indicator, float(value))
                    for town, value in zip(plan.townships, mean, strict=True)
                ]
    return frame("places", rows)


def cap_off_threshold(plan: Plan) -> float:
    """The incidence, in %, at or below which a place is capped off."""
    for milestone in plan.milestones.values():
        if milestone.measure in ("cap_off", "incidence") and milestone.at_most is not None:
            return milestone.at_most.value
    return 0.0


def pathways(names: Sequence[str], plan: Plan, years: Sequence[int], runs: Sequence[Run]) -> pd.DataFrame:
    """Mean persons of the cohort who are out, by the pathway that led them; `own` for none. Targets in their year."""
    rows = []
    for i, name in enumerate(names):
        mean = np.mean([run.record.by_pathway for run in runs if run.scenario == i], axis=0)
        for w, pathway in enumerate([*plan.pathways, "own"]):
            target = plan.pathways[pathway].target if pathway in plan.pathways else None
            for y, year in enumerate(years):
                wanted = target.value if target is not None and target.year == year else float("nan")
                rows.append((name, year, pathway, float(mean[w, y]), wanted))
    return frame("pathways", rows)


def flows(names: Sequence[str], years: Sequence[int], runs: Sequence[Run]) -> pd.DataFrame:
    """Mean persons moving between states in a year."""
    rows = []
    for i, name in enumerate(names):
        mine = [run.record.flows for run in runs if run.scenario == i]
        keys = sorted({key for each in mine for key in each}, key=lambda k: (k[0], int(k[1]), int(k[2])))
        for y, before, after in keys:
            mean = float(np.mean([each.get((y, before, after), 0.0) for each in mine]))
            rows.append((name, years[y], before.name.lower(), after.name.lower(), mean))
    return frame("flows", rows)


def bottlenecks(names: Sequence[str], years: Sequence[int], runs: Sequence[Run]) -> pd.DataFrame:
    """Requests to each resource in a year and the mean months waited."""
    rows = []
    for i, name in enumerate(names):
        mine = [run.record.waits for run in runs if run.scenario == i]
        for y, resource in sorted({key for each in mine for key in each}):
            found = [each.get((y, resource), (0, 0.0)) for each in mine]
            requests = float(np.mean([n for n, _ in found]))
            months = sum(m for _, m in found) / max(sum(n for n, _ in found), 1)
            rows.append((name, years[y], resource, requests, float(months), requests))
    return frame("bottlenecks", rows)
