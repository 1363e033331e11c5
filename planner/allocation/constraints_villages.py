"""Constraint families about the listed villages: who of a stratum leaves there, and when a village may leave the list."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.allocation.constraints_people import in_time, previous
from planner.allocation.families import family
from planner.allocation.formulation import SHOW, Draft


@family(
    "village_people",
    "各贫困村脱贫人数与所在片一致",
    "persons out by listed village agree with their stratum",
    clause="二(三)",
    unit="人",
    sets=("village", "year"),
)
def village_people(d: Draft) -> None:
    """Sum over a stratum's listed villages = the stratum's; nobody behind unfinished works; never fewer than before."""
    pr = d.problem
    stratum = pr.strata.of_village[pr.listed]
    own = np.unique(stratum)
    where = {int(s): i for i, s in enumerate(own)}
    at = np.arange(len(own) * d.years).reshape(-1, d.years)
    rows = np.array([where[int(s)] for s in stratum])[:, None] * d.years + np.arange(d.years)
    d.builder.rows(
        "village_people",
        [(int(s), y) for s in own for y in range(d.years)],
        [(rows, d.village_out, 1.0), (at, d.out[own], -1.0)],
        lower=0.0,
        upper=0.0,
    )
    later, before = previous(d.village_out)
    step = np.arange(later.size).reshape(later.shape)
    d.builder.rows(
        "village_stay",
        [(int(v), y) for v in pr.listed for y in range(1, d.years)],
        [(step, later, 1.0), (step, before, -1.0)],
        lower=0.0,
    )
    for k in d.behind:
        has = [j for j, v in enumerate(pr.listed) if pr.behind[k][v] > 0 and d.done[k][v, 0] >= 0]
        if not has:
            continue
        village = pr.listed[has]
        cells = np.arange(len(has) * d.years).reshape(-1, d.years)
        waiting = pr.behind[k][village]
        free = np.repeat(pr.village_persons[village] - waiting, d.years)
        d.builder.rows(
            f"village_behind:{k}",
            [(k, int(v), y) for v in village for y in range(d.years)],
            [
                (cells, d.village_out[has], 1.0),
                *in_time(d, d.done[k][village], cells, -np.repeat(waiting[:, None], d.years, axis=1)),
            ],
            upper=free,
        )


def wanted_out(d: Draft) -> NDArray[np.float64]:
    """Persons expected out before a listed village is put forward: those needed, with a margin for bad luck.

    A village in which not even that many could be out is not put forward. Shape: listed village.
    """
    needed: NDArray[np.float64] = d.problem.out_needed[d.problem.listed] * d.problem.plan.number("village_margin")
    return needed


@family(
    "village_exit",
    "贫困村各项指标达到方可脱帽",
    "a village leaves the list only when each of its criteria holds",
    clause="二(三)",
    unit="村",
    sets=("village", "criterion", "year"),
)
def village_exit(d: Draft) -> None:
    """A village is put forward or not; put forward it has all its works begun, and enough persons out and houses safe.

    Off (the share expected) ≤ put forward; and of the villages whose last works begin in a year only the finished share.
    """
    pr = d.problem
    at = np.arange(d.years)
    grid = np.arange(d.forward.size).reshape(d.forward.shape)
    labels = [(int(v), int(y)) for v in pr.listed for y in at]
    for k in pr.works:
        has = [j for j, v in enumerate(pr.listed) if pr.village_open[k][v] and d.done[k][v, 0] >= 0]
        if has:
            cells = np.arange(len(has) * d.years).reshape(-1, d.years)
            d.builder.rows(
                f"village_works:{k}",
                [(k, int(pr.listed[j]), int(y)) for j in has for y in at],
                [(cells, d.ready[has], 1.0), (cells, d.done[k][pr.listed[has]], -1.0)],
                upper=0.0,
            )
    d.builder.rows("village_ready", labels, [(grid, d.forward, 1.0), (grid, d.ready, -1.0)], upper=0.0)
    d.builder.rows("village_forward", labels, [(grid, d.off, 1.0), (grid, d.forward, -1.0)], upper=0.0)
    late = np.full(grid.shape, -1.0)
    d.builder.rows("village_time", labels, [(grid, d.off, 1.0), *in_time(d, d.ready, grid, late)], upper=0.0)
    needed = pr.out_needed[pr.listed]
    has = [j for j in range(len(pr.listed)) if needed[j] > SHOW]
    cells = np.arange(len(has) * d.years).reshape(-1, d.years)
    d.builder.rows(
        "village_incidence",
        [(int(pr.listed[j]), int(y)) for j in has for y in at],
        [
            (cells, d.forward[has], np.repeat(wanted_out(d)[has][:, None], d.years, axis=1)),
            (cells, d.village_out[has], -1.0),
        ],
        upper=0.0,
    )
    _houses_of_villages(d)
    for name, block in (("village_forward_stays", d.forward), ("village_off_stays", d.off)):
        later, before = previous(block)
        step = np.arange(later.size).reshape(later.shape)
        d.builder.rows(
            name,
            [(int(v), y) for v in pr.listed for y in range(1, d.years)],
            [(step, later, 1.0), (step, before, -1.0)],
            lower=0.0,
        )


def _houses_of_villages(d: Draft) -> None:
    """Put forward × houses needed ≤ houses made safe there; those of a stratum's villages ≤ the stratum's."""
    pr = d.problem
    at = np.arange(d.years)
    for k, wanted in pr.houses_needed.items():
        served = d.village_good[k]
        has = [j for j in range(len(pr.listed)) if served[j, 0] >= 0]
        if not has:
            continue
        cells = np.arange(len(has) * d.years).reshape(-1, d.years)
        amount = np.repeat(wanted[pr.listed[has]][:, None], d.years, axis=1)
        labels = [(k, int(pr.listed[j]), int(y)) for j in has for y in at]
        d.builder.rows(
            f"village_houses:{k}", labels, [(cells, d.forward[has], amount), (cells, served[has], -1.0)], upper=0.0
        )
        stratum = pr.strata.of_village[pr.listed[has]]
        own = np.unique(stratum)
        where = {int(s): i for i, s in enumerate(own)}
        rows = np.array([where[int(s)] for s in stratum])[:, None] * d.years + at
        grid = np.arange(len(own) * d.years).reshape(-1, d.years)
        d.builder.rows(
            f"village_share:{k}",
            [(k, int(s), int(y)) for s in own for y in at],
            [(rows, served[has], 1.0), (grid, d.stock[k][own], -1.0)],
            upper=0.0,
        )
