"""A world reckoned by hand: the tiny county without any luck, and proposals written out instead of solved.

All spreads, chances and delays are nought unless a test says otherwise. Years 2031 to 2034; work begins in January; the
rainy season halves the speed of building. Money comes whole in January.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

import numpy as np

from planner.allocation.assignment import Assignment
from planner.allocation.ledger import Entry
from planner.allocation.proposal import Expected, Proposal
from planner.plan.model import Plan
from planner.register.model import Register
from planner.simulation import engine
from planner.simulation.money import Accounts
from planner.simulation.record import Record
from planner.simulation.world import Setting, World
from tests.allocation.tiny import SECTIONS, TOWNSHIPS, due, fig, measure, merged, source

YEARS = (2031, 2032, 2033, 2034)
JANUARY = [{"month": 1, "share": 1.0}]
QUIET: dict[str, float] = {
    "trend": 0, "noise": 0, "noise_memory": 0.5, "county_noise": 0, "illness_hazard": 0, "illness_cost": 0.25,
    "illness_relief": 0.5, "disaster_hazard": 0, "disaster_cost": 0.3, "income_farm_share": 0.5, "price_sigma": 0, "price_level": 1,
    "gain_sigma": 0, "list_overshoot": 0.1, "list_month": 3, "held_back": 0, "village_held_back": 0, "false_accept": 0,
    "return_found": 1, "entry_found": 1, "adjust_month": 10, "crews": 0.5, "rain_slow": 0.5, "delay_sigma": 0,
    "class_months": 2, "classes_at_once": 1, "advance_share": 0.25, "house_counts_built": 0.5, "dibao_floor": 1.01,
}  # fmt: skip


def months(approve: float, build: float, accept: float, *, crew: bool = True) -> dict[str, Any]:
    """How long works take."""
    return {"approve": fig(approve, "月"), "build": fig(build, "月"), "accept": fig(accept, "月"), "crew": crew}


CHANGES: dict[str, Any] = {
    "horizon": {"last": YEARS[-1]},
    "sources": {
        "own": source(1000, ["roads", "homes", "people", "green"], tranches=JANUARY),
        "tied": None,
        "land": None,
    },
    "measures": {
        "gravel": {"works": months(1, 3, 1), "own_share": None},
        "relief": measure("household_income", "people", "户", 0.1, 99, pathway="medical", gain=fig(0, "元/户/年")),
    },
    "pathways": {
        "medical": {"name": "某途径", "english": "pathway", "kind": "medical", "clause": "一", "lead": "某局"}
    },
    "dynamics": {name: fig(value, "比例") for name, value in QUIET.items()},
}


def hand_plan(*, numbers: Mapping[str, float] | None = None, **sections: Any) -> Plan:
    """The quiet plan; `numbers` are dynamics, other sections are laid over it leaf by leaf."""
    given = {"dynamics": {name: fig(value, "比例") for name, value in (numbers or {}).items()}}
    return Plan.model_validate_json(json.dumps(merged(merged(merged(SECTIONS, CHANGES), given), sections)))


def entry(year: int, name: str, wan: float, line: str = "people", origin: str = "own") -> Entry:
    """Money of one measure in one year."""
    return Entry(year, origin, line, name, TOWNSHIPS[0], "poor", 1.0, round(wan * 10_000))


def hand_proposal(
    plan: Plan,
    register: Register,
    *,
    delivered: Mapping[str, Sequence[int]] | None = None,
    works: Mapping[str, Sequence[Sequence[float]]] | None = None,
    entries: Sequence[Entry] = (),
) -> Proposal:
    """A proposal as a test writes it: year index of each delivery by registered household, shares of works by village."""
    years = plan.horizon.years
    count = int((register.households["registered"] == 1).sum())
    never = np.full(count, -1, np.int16)
    villages = register.villages.rows
    nothing = Expected(np.zeros((1, len(years))), np.zeros(len(years)), np.zeros((villages, len(years))), {}, {})
    return Proposal(
        years,
        {k: np.array(v, float) for k, v in (works or {}).items()},
        Assignment(never, never, {k: np.array(v, np.int16) for k, v in (delivered or {}).items()}),
        list(entries),
        nothing,
        (),
        np.zeros((1, 2), np.int64),
        0.0,
    )


def hand_setting(plan: Plan, register: Register, **proposal: Any) -> Setting:
    """A setting of a plan, a register and a proposal in a test's words."""
    return Setting.of(plan, register, hand_proposal(plan, register, **proposal))


@dataclass
class Watched:
    """A replication with what it left behind."""

    record: Record
    world: World
    accounts: Accounts

    @property
    def waiting(self) -> int:
        """Yuan on the accounts at the end."""
        return int(sum(account.level for account in self.accounts.measure.values()))


def watch(setting: Setting, seed: int = 0) -> Watched:
    """Run one replication and keep its world and its accounts."""
    worlds: list[World] = []
    accounts: list[Accounts] = []

    def world(*given: Any) -> World:
        worlds.append(World(*given))
        return worlds[-1]

    def account(*given: Any) -> Accounts:
        accounts.append(Accounts(*given))
        return accounts[-1]

    with mock.patch.object(engine, "World", world), mock.patch.object(engine, "Accounts", account):
        record = engine.simulate(setting, seed)
    return Watched(record, worlds[0], accounts[0])


def one_village(rows: int, **columns: Any) -> dict[str, Any]:
    """Households of four in village 0, poor, with no need but income."""
    return {
        "village": [0] * rows, "persons": [4] * rows, "labour": [2] * rows, "income_farm": [2000.0] * rows,
        "household": list(range(rows)), "house_safe": [1] * rows, "road_ok": [1] * rows, "insured": [1] * rows,
        "dibao": [0] * rows, "wubao": [0] * rows, "site_at_risk": [0] * rows, "consent_to_move": [0] * rows,
        **columns,
    }  # fmt: skip


def scheduled(**by_year: float) -> dict[str, Any]:
    """A schedule of persons: `y2031=8` and so on; no villages."""
    return {year.removeprefix("y"): due(persons, 0) for year, persons in by_year.items()}
