"""Paired differences between scenarios under the same luck, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pandas as pd

from planner.comparison.indicators import frame
from planner.comparison.schedule import NORMAL_95


def paired(names: Sequence[str], table: pd.DataFrame) -> pd.DataFrame:
    """Each scenario less each one named before it, run by run: mean and 95 % interval of the mean."""
    wide = table.pivot(index=["year", "indicator", "run"], columns="scenario", values="value")
    rows = []
    for i, name in enumerate(names):
        for baseline in names[:i]:
            difference = wide[name] - wide[baseline]
            for key, each in difference.groupby(level=["year", "indicator"], sort=True):
                year, indicator = cast(tuple[int, str], key)
                values = each.to_numpy()
                half = NORMAL_95 * float(values.std(ddof=1)) / np.sqrt(len(values)) if len(values) > 1 else 0.0
                mean = float(values.mean())
                rows.append((name, baseline, int(year), indicator, mean, mean - half, mean + half, len(values)))
    return frame("paired", rows)
