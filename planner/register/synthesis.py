"""A made-up register that agrees with the plan's totals, seeded, and marked synthetic wherever it is shown.

Exact: registered persons, persons on 低保 and those of them in households with labour, disabled persons, graduates,
poor villages, villages due by year, and every printed task that is bound to a kind of village. Assumed: everything else,
by the plan's `synthesis` entries, to which the register is fitted; `report` shows how well.
"""

from __future__ import annotations

import numpy as np

from planner.errors import Fault, PlanError
from planner.plan.model import Plan
from planner.register.model import Register
from planner.register.synthesis_households import make_households
from planner.register.synthesis_villages import Columns, Source, make_villages

POPULATION = (
    "poor", "rural", "near_poor_share", "per_household", "villages", "poor_villages", "dibao", "dibao_with_labour",
    "disabled", "graduates", "to_relocate",
)  # fmt: skip
"""Figures of a plan's population that a register cannot be made up without."""


def synthesise(plan: Plan, seed: int) -> Register:
    """A register for a plan.

    The same plan and seed give the same bytes. The register's seed is another than the luck seed of a simulation.

    Raises: PlanError naming every figure of the population that is missing; RegisterError where totals cannot be met.
    """
    return synthesise_from(plan, np.random.Generator(np.random.PCG64(seed)), seed)


def synthesise_from(plan: Plan, source: Source, seed: int) -> Register:
    """A register for a plan with the luck of `source`; `seed` is what the register says of itself.

    Raises: as `synthesise`.
    """
    need_population(plan)
    villages, remote = make_villages(plan, source)
    households = make_households(plan, villages, remote, source)
    _settle_roads(plan, villages, households)
    return Register.of(households, villages, tuple(plan.townships), synthetic=True, seed=seed)


def need_population(plan: Plan) -> None:
    """Refuse a plan that lacks a figure of the population that a register cannot be made up without.

    Raises: PlanError naming every figure that is missing.
    """
    missing = [name for name in POPULATION if name not in plan.population]
    if missing:
        raise PlanError([Fault("plan", 0, f"population.{n}", "plan.entry_missing", {"name": n}) for n in missing])


def _settle_roads(plan: Plan, villages: Columns, households: Columns) -> None:
    """Unlisted villages get gravel kilometres only where a registered household has no road."""
    count = len(villages["township"])
    lacking = np.bincount(
        households["village"], weights=(households["road_ok"] == 0) & (households["registered"] == 1), minlength=count
    )
    unlisted = villages["poor_village"] == 0
    mean = plan.number("km_gravel_other")
    typical = lacking[unlisted & (lacking > 0)].mean() if (unlisted & (lacking > 0)).any() else 1.0
    km = np.where(lacking > 0, np.maximum(0.5, np.round(mean * lacking / typical, 1)), 0.0)
    villages["km_gravel"] = np.where(unlisted, km, villages["km_gravel"])
