"""Replications written out by hand: what a record would have counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from planner.simulation.record import Record
from planner.simulation.replications import Run
from planner.tables import INDICATORS, PLACE_INDICATORS
from planner.terms import State

YEARS = (2031, 2032)


def hand_run(
    scenario: int,
    seed: int,
    *,
    flows: Mapping[tuple[int, State, State], float] | None = None,
    waits: Mapping[tuple[int, str], tuple[int, float]] | None = None,
    incidence: Sequence[float] = (0.0, 0.0),
    led_out: Sequence[float] = (0.0, 0.0),
    pathways: int = 4,
    **counts: Sequence[float],
) -> Run:
    """A run of two years and two townships; counts by indicator, one number a year."""
    record = Record(2, 2, pathways, by_pathway=np.zeros((pathways + 1, 2)))
    for indicator in INDICATORS:
        for y, value in enumerate(counts.get(indicator, (0.0, 0.0))):
            record.counts[indicator, y] = value
    for name in PLACE_INDICATORS:
        for y in range(2):
            record.places[name, y] = np.array(incidence if name == "incidence" else [0.0, 0.0], float)
    record.flows.update(flows or {})
    record.waits.update(waits or {})
    out = np.array(counts.get("persons_out", (0.0, 0.0)), float)
    return Run(scenario, seed, record, np.array(led_out, float), out - np.array(led_out, float))
