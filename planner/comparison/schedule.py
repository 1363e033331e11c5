"""The comparison with the schedule (三年脱帽): probability of each milestone, and how much is missing."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.comparison.indicators import frame
from planner.plan.model import Milestone, Plan

NORMAL_95 = 1.959963984540054


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share.

    >>> low, high = wilson(5, 10)
    >>> round(low, 4), round(high, 4)
    (0.2366, 0.7634)
    """
    if trials == 0:
        return 0.0, 1.0
    z2 = NORMAL_95**2
    share = successes / trials
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = NORMAL_95 * sqrt(share * (1 - share) / trials + z2 / (4 * trials**2)) / (1 + z2 / trials)
    return max(0.0, centre - half), min(1.0, centre + half)


def shortfall(milestone: Milestone, values: dict[str, NDArray[np.float64]], listed: int) -> NDArray[np.float64]:
    """How much each run misses a milestone by, in the milestone's unit; nought where it is met. Shape: run."""
    if milestone.measure == "cap_off":
        most = milestone.at_most.value if milestone.at_most else 0.0
        worst = np.maximum(values["incidence"], values["worst_village_incidence"])
        return np.asarray(np.maximum(worst - most, 0.0))
    value = values[milestone.measure]
    if milestone.at_least is not None:
        return np.maximum(milestone.at_least.value - value, 0.0)
    most = milestone.at_most.value if milestone.at_most else 0.0
    gap = np.maximum(value - most, 0.0)
    if milestone.reading == "strict":
        # Every person out is not enough: every village has to be off the list as well.
        gap = np.maximum(gap, (values["villages_off"] < listed).astype(float))
    return gap


def milestones(names: Sequence[str], plans: Sequence[Plan], table: pd.DataFrame, listed: int) -> pd.DataFrame:
    """Probability with its Wilson interval, and the median shortfall, per scenario and milestone."""
    wide = table.pivot(index=["scenario", "run", "year"], columns="indicator", values="value")
    rows = []
    for name, plan in zip(names, plans, strict=True):
        for key, milestone in plan.milestones.items():
            mine = wide.loc[name].xs(milestone.year, level="year")
            gap = shortfall(milestone, {c: mine[c].to_numpy() for c in mine.columns}, listed)
            met = int((gap <= 0).sum())
            low, high = wilson(met, len(gap))
            threshold = milestone.at_least or milestone.at_most
            rows.append(
                (
                    name,
                    key,
                    milestone.reading,
                    milestone.measure,
                    milestone.year,
                    threshold.value if threshold else 0.0,
                    met / len(gap),
                    low,
                    high,
                    float(np.median(gap)),
                    len(gap),
                )
            )
    return frame("milestones", rows)
