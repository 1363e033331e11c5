"""Many replications: the same luck across scenarios, one process or several, the same answer either way."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.simulation.engine import simulate
from planner.simulation.record import Record
from planner.simulation.world import Setting

CHUNK = 5
"""Seeds that a worker takes at a time."""


@dataclass(frozen=True)
class Study:
    """Scenarios to be simulated under the same luck, and for each the world without its programme."""

    settings: tuple[Setting, ...]
    without: tuple[int, ...]
    """For each scenario, its place in `baselines`."""
    baselines: tuple[Setting, ...]


@dataclass(frozen=True)
class Run:
    """One scenario under one seed."""

    scenario: int
    seed: int
    record: Record
    led_out: NDArray[np.float64]
    """Persons out at year end who would not be out without the programme under the same luck. Shape: year."""
    left_anyway: NDArray[np.float64]
    """Persons out at year end who would be out without it too. Shape: year."""


_STUDY: list[Study] = []


def _begin(study: Study) -> None:
    _STUDY[:] = [study]


def _chunk(seeds: Sequence[int]) -> list[Run]:
    return [run for seed in seeds for run in runs_of(_STUDY[0], seed)]


def runs_of(study: Study, seed: int) -> list[Run]:
    """Every scenario under one seed, set against the world without its programme."""
    baselines = [simulate(setting, seed) for setting in study.baselines]
    runs = []
    for i, setting in enumerate(study.settings):
        same = setting is study.baselines[study.without[i]]
        without = baselines[study.without[i]]
        record = without if same else simulate(setting, seed)
        persons = setting.register.households["persons"][setting.register.households["registered"] == 1]
        led = (record.out & ~without.out) @ persons.astype(float)
        anyway = (record.out & without.out) @ persons.astype(float)
        runs.append(Run(i, seed, _light(record), led, anyway))
    return runs


def _light(record: Record) -> Record:
    """Without the households, which are not passed between processes."""
    return Record(
        record.years,
        record.townships,
        record.pathways,
        dict(record.counts),
        dict(record.flows),
        record.places,
        record.by_pathway,
        record.waits,
        np.zeros((0, 0), bool),
        record.money,
    )


def replicate(
    study: Study, first_seed: int, runs: int, workers: int, progress: Callable[[int], None] | None = None
) -> list[Run]:
    """Runs of all scenarios for seeds `first_seed` and on, in the order of seeds and scenarios."""
    seeds = list(range(first_seed, first_seed + runs))
    chunks = [seeds[i : i + CHUNK] for i in range(0, len(seeds), CHUNK)]
    found: list[Run] = []
    if workers <= 1 or len(chunks) == 1:
        for chunk in chunks:
            found += [run for seed in chunk for run in runs_of(study, seed)]
            if progress:
                progress(len(chunk))
        return found
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(study,)) as pool:
        for chunk, part in zip(chunks, pool.map(_chunk, chunks), strict=True):
            found += part
            if progress:
                progress(len(chunk))
    return found
